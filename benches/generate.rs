//! Writes an invented dataset of the published shape: `cargo bench --bench generate -- 1000000 /tmp/million.json [SEED]`.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a tool for measurements")]

mod generated;

use std::fs::File;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [events, path, rest @ ..] = arguments.as_slice() else {
        return println!("cargo bench --bench generate -- EVENTS FILE [SEED]");
    };
    let seed = rest.first().map_or(generated::SEED, |seed| seed.parse().expect("the seed is a whole number"));
    let events = events.parse().expect("the number of events comes first");
    generated::write(events, seed, File::create(path).unwrap()).unwrap();
    println!(
        "{path}: {events} events, seed {seed}, {:.1} MB",
        File::open(path).unwrap().metadata().unwrap().len() as f64 / 1e6
    );
}
