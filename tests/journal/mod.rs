//! The journal of reviews: nothing that it said was kept is ever lost, and nothing stops it from going on.

mod cuts;
mod files;
mod kills;
pub mod model;

use detente::study::schedule::Grade;
use detente::study::stamp::Stamp;
use detente::study::{Deed, Entry, Key};

/// A review that differs from every other.
pub fn review(number: u64) -> (Stamp, Deed) {
    let card = Key { id: number.wrapping_mul(0x9e37_79b9_7f4a_7c15), meaning: number as u32 };
    let grade = Grade::ALL[(number % 4) as usize];
    let at = Stamp { utc_ms: 1_800_000_000_000 + number as i64 * 1_000, offset: 60 };
    (at, Deed::Review { card, grade, rehearsal: false })
}

/// What lines say, whatever their numbers.
pub fn said(entries: &[Entry]) -> Vec<(Stamp, Deed)> {
    entries.iter().map(|entry| (entry.at, entry.deed)).collect()
}
