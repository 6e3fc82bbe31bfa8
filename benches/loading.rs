//! Loading: how fast a file opens, beside serde_json parsing the same bytes into the types of the file and nothing more.
//!
//! `cargo bench --bench loading` measures 100,000 and 1,000,000 events; `-- FILE` measures a file of yours.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that is read by people")]

mod generated;
mod report;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Instant;

use detente::dataset::{self, file};
use report::Table;

/// How often each is measured; the median counts.
const TIMES: usize = 5;

fn main() {
    let given = std::env::args().skip(1).find(|argument| !argument.starts_with("--")).map(PathBuf::from);
    let files = given.map_or_else(
        || [100_000, 1_000_000].map(|events| generated::file(env!("CARGO_TARGET_TMPDIR"), events)).to_vec(),
        |path| vec![path],
    );
    let headings = ["file", "MB", "serde_json, s", "detente, s", "serde_json, MB/s", "detente, MB/s", "of its speed"];
    let mut table = Table::new(headings);
    for path in files {
        table.row(measured(&path));
    }
    print!("{table}");
    report::replace("Loading", "cargo bench --bench loading", &["serde_json 1".to_owned()], &table.to_string());
}

/// A file, and how fast it is parsed and loaded; the one after the other, so that both meet the same machine.
fn measured(path: &Path) -> [String; 7] {
    let bytes = fs::read(path).unwrap();
    let megabytes = bytes.len() as f64 / 1e6;
    let (mut parsing, mut loading) = (Vec::new(), Vec::new());
    for _ in 0..TIMES {
        parsing.push(seconds(|| serde_json::from_slice::<file::Dataset>(&bytes).unwrap()));
        loading.push(seconds(|| {
            let file = File::open(path).unwrap();
            dataset::read_quickly(file, bytes.len() as u64, &|_| true).unwrap().expect("a sound file")
        }));
    }
    let (parsing, loading) = (report::median(&mut parsing), report::median(&mut loading));
    let speed = |seconds: f64| format!("{:.0}", megabytes / seconds);
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    [
        name,
        format!("{megabytes:.0}"),
        format!("{parsing:.2}"),
        format!("{loading:.2}"),
        speed(parsing),
        speed(loading),
        format!("{:.0} %", 100.0 * parsing / loading),
    ]
}

/// How long something takes to be made; that it is dropped is not counted.
fn seconds<T>(make: impl FnOnce() -> T) -> f64 {
    let begun = Instant::now();
    let made = make();
    let taken = begun.elapsed().as_secs_f64();
    drop(made);
    taken
}
