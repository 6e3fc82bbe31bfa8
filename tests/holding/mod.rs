//! What the program holds out against, in a short form with every run of the tests. The long forms run with
//! `DETENTE_LONG=1 cargo test --release holding -- --test-threads=1 --nocapture`; docs/holding.md says what they found.

mod bounds;
mod endings;
mod grammar;
mod hostile;
mod keys;
mod mutants;
mod mutator;
mod soak;
mod state;
mod terminals;

use std::io::Write;
use std::time::{Duration, Instant};

use crate::common::is_long;

/// How often something is done: `short` times, or `long` times in the long form; `DETENTE_ROUNDS` says another number.
pub fn rounds(short: u64, long: u64) -> u64 {
    let asked = std::env::var("DETENTE_ROUNDS").ok().and_then(|rounds| rounds.parse().ok());
    asked.unwrap_or(if is_long() { long } else { short })
}

/// How long something takes that is to take less than `limit`: on a busy machine anything can take long, but not each of
/// three times.
fn time(limit: Duration, mut work: impl FnMut()) -> Duration {
    let mut once = || {
        let begun = Instant::now();
        work();
        begun.elapsed()
    };
    let took = once();
    if took < limit { took } else { took.min(once()).min(once()) }
}

/// Tells the figures of a long form past the buffer of the test harness, as they come.
fn tell(begun: Instant, figures: &str) {
    if is_long() {
        let _ = writeln!(std::io::stdout(), "{figures}, in {:.0?}", begun.elapsed());
    }
}
