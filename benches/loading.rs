//! Loading: how fast a file opens, beside serde_json parsing the same bytes into the types of the file and nothing more.
//!
//! `cargo bench --bench loading` measures 100,000 and 1,000,000 events; `-- FILE` measures a file of yours.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that is read by people")]

mod generated;
mod report;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use detente::dataset::{self, file};
use report::Table;

/// How often each is measured; the median counts.
const TIMES: usize = 5;

/// Tells this program to measure one thing once. Each has a process of its own, as a reader's has: what others left behind
/// in the memory of one makes all that comes after slower.
const TASK: &str = "DETENTE_LOADING";

fn main() {
    if let Ok(task) = std::env::var(TASK) {
        let path = PathBuf::from(std::env::args().nth(1).unwrap());
        println!("{}", if task == "parse" { parse(&path) } else { load(&path) });
        return;
    }
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
    let megabytes = fs::metadata(path).unwrap().len() as f64 / 1e6;
    let (mut parsing, mut loading) = (Vec::new(), Vec::new());
    for _ in 0..TIMES {
        parsing.push(alone("parse", path));
        loading.push(alone("load", path));
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

/// The seconds that a task takes in a process of its own.
fn alone(task: &str, path: &Path) -> f64 {
    let told = Command::new(std::env::current_exe().unwrap()).arg(path).env(TASK, task).output().unwrap();
    String::from_utf8_lossy(&told.stdout).trim().parse().unwrap()
}

/// The seconds that serde_json takes for a file that is in memory.
fn parse(path: &Path) -> f64 {
    let bytes = fs::read(path).unwrap();
    let begun = Instant::now();
    let parsed = serde_json::from_slice::<file::Dataset>(&bytes).unwrap();
    let taken = begun.elapsed().as_secs_f64();
    drop(parsed);
    taken
}

/// The seconds that a file takes from being opened to being a dataset.
fn load(path: &Path) -> f64 {
    let length = fs::metadata(path).unwrap().len();
    let begun = Instant::now();
    let loaded = dataset::read_quickly(File::open(path).unwrap(), length, &|_| true).unwrap();
    let taken = begun.elapsed().as_secs_f64();
    drop(loaded.expect("a sound file"));
    taken
}
