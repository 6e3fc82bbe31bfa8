//! How long a query takes among a thousand, ten thousand, a hundred thousand and a million events, letter by letter as it
//! is typed; beside it fzf and nucleo with the same query on the same names.
//!
//! `cargo bench --bench search` measures all sizes and writes `RESULTS.md`; `cargo bench --bench search -- 100000` prints
//! one size alone.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a measurement that is read by people"
)]

mod generated;
mod report;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

use detente::dataset::{self, Dataset};
use detente::search::Index;
use nucleo::pattern::{CaseMatching, Normalization};
use nucleo::{Config, Nucleo};
use report::{Table, median};

/// The numbers of events.
const SIZES: [usize; 4] = [1_000, 10_000, 100_000, 1_000_000];

/// The longest query that is compared, in letters.
const LONGEST: usize = 12;

/// The length of the query that is typed in all.
const TYPED: usize = 10;

/// How many queries are typed.
const QUERIES: usize = 4;

/// How often each query is typed into detente; into the others, which take longer, once.
const ROUNDS: usize = 5;

/// The times of queries of one length, in milliseconds.
#[derive(Default)]
struct Times {
    first: Vec<f64>,
    all: Vec<f64>,
    nucleo: Vec<f64>,
    fzf: Vec<f64>,
}

fn main() {
    let wanted: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if wanted.is_empty() { &SIZES[..] } else { &wanted };
    let headings = ["events", "index, ms", "bytes a name", "first, ms", "all, ms", "ten letters, ms", "nucleo", "fzf"];
    let (mut growth, mut last) = (Table::new(headings), String::new());
    for &events in sizes {
        let (row, table) = measure(events);
        println!("{events} events\n\n{table}\n");
        growth.row(row);
        last = table;
    }
    println!("{growth}");
    if wanted.is_empty() {
        let peers = [format!("fzf {}", report::said("fzf", &["--version"])), "nucleo 0.5".to_owned()];
        let body = format!("{growth}\nLetter by letter at a million, in milliseconds:\n\n{last}");
        report::replace("Search", "cargo bench --bench search", &peers, &body);
    }
}

/// The row of the table of growth, and the table of a size by letters.
fn measure(events: usize) -> (Vec<String>, String) {
    let dataset = open(events);
    let begun = Instant::now();
    let index = Index::new(dataset);
    let made = milliseconds(begun);
    eprintln!("{events} events: index made in {made:.0} ms");
    let directory = tempfile::tempdir().unwrap();
    let names = write_names(dataset, directory.path());
    let mut peer = nucleo(dataset);
    let reading = fzf(&names, "");
    let mut times: BTreeMap<usize, Times> = BTreeMap::new();
    let mut typed = Vec::new();
    for query in queries(dataset) {
        for _ in 0..ROUNDS {
            type_letters(&index, &query, &mut times);
            typed.push(type_in_all(&index, &query));
        }
        peer.pattern.reparse(0, "", CaseMatching::Ignore, Normalization::Smart, false);
        settle(&mut peer);
        for length in 1..=LONGEST {
            let (typed, times) = (beginning(&query, length), times.entry(length).or_default());
            times.nucleo.push(ask_nucleo(&mut peer, &typed));
            times.fzf.push(fzf(&names, &typed));
        }
    }
    let bytes = index.size() as f64 / dataset.len() as f64;
    let mut all = Times::default();
    let table = by_letters(times, reading, &mut all);
    let row = [events as f64, made, bytes, median(&mut all.first), median(&mut all.all), median(&mut typed)];
    let peers = [median(&mut all.nucleo), median(&mut all.fzf)];
    (row.iter().chain(&peers).map(|figure| written(*figure)).collect(), table)
}

fn open(events: usize) -> &'static Dataset {
    let reading = dataset::read(&generated::bytes(events)[..]);
    Box::leak(Box::new(reading.dataset.expect("a generated dataset is sound")))
}

/// The names of events, spread over the file, as a reader types them.
fn queries(dataset: &Dataset) -> Vec<String> {
    let names = (1..=QUERIES).map(|number| &dataset.events[dataset.events.len() * number / (QUERIES + 1)].about.name);
    // Of every other name what comes behind its first word, so that not all queries begin as names do.
    let texts = names.enumerate().map(|(number, name)| match number % 2 {
        0 => name.to_lowercase(),
        _ => name.split_once(' ').map_or("", |(_, rest)| rest).to_lowercase(),
    });
    texts.collect()
}

/// The first letters of a query, as far as they are letters: a space at the end asks nothing new.
fn beginning(query: &str, length: usize) -> String {
    query.chars().filter(|letter| letter.is_alphanumeric() || *letter == ' ').take(length).collect()
}

/// Types a query letter by letter.
fn type_letters(index: &Index, query: &str, times: &mut BTreeMap<usize, Times>) {
    for length in 1..=LONGEST {
        let (typed, times) = (beginning(query, length), times.entry(length).or_default());
        let (begun, mut first) = (Instant::now(), None);
        let found = index.seek(&typed, &|| false, &mut |_| {
            first.get_or_insert_with(|| milliseconds(begun));
        });
        let all = milliseconds(begun);
        assert!(found.is_some_and(|found| !found.records().is_empty()), "{typed:?} is in a name");
        times.first.push(first.unwrap_or(all));
        times.all.push(all);
    }
}

fn type_in_all(index: &Index, query: &str) -> f64 {
    let begun = Instant::now();
    (1..=TYPED).for_each(|length| drop(index.search(&beginning(query, length))));
    milliseconds(begun)
}

/// The names of all records, one a line.
fn write_names(dataset: &Dataset, directory: &Path) -> PathBuf {
    let path = directory.join("names");
    let mut out = std::io::BufWriter::new(File::create(&path).unwrap());
    dataset.all().for_each(|record| writeln!(out, "{}", dataset.name(record)).unwrap());
    out.flush().unwrap();
    path
}

/// How long fzf takes from its start to its last line, reading the names included.
fn fzf(names: &Path, query: &str) -> f64 {
    let begun = Instant::now();
    let mut fzf = Command::new("fzf");
    fzf.arg("--filter").arg(query).stdin(File::open(names).unwrap()).stdout(Stdio::null()).stderr(Stdio::null());
    match fzf.status() {
        Ok(_) => milliseconds(begun),
        Err(_) => f64::NAN,
    }
}

/// nucleo with all names read, on as many threads as there are cores.
fn nucleo(dataset: &'static Dataset) -> Nucleo<()> {
    let mut nucleo = Nucleo::new(Config::DEFAULT, Arc::new(|| {}), None, 1);
    let injector = nucleo.injector();
    for record in dataset.all() {
        injector.push((), |(), columns| columns[0] = dataset.name(record).to_string().into());
    }
    settle(&mut nucleo);
    nucleo
}

/// How long nucleo takes when a query grows to this.
fn ask_nucleo(nucleo: &mut Nucleo<()>, query: &str) -> f64 {
    let begun = Instant::now();
    nucleo.pattern.reparse(0, query, CaseMatching::Ignore, Normalization::Smart, true);
    settle(nucleo);
    milliseconds(begun)
}

/// Waits until nucleo has done what was asked.
fn settle(nucleo: &mut Nucleo<()>) {
    while nucleo.tick(1000).running {}
}

fn by_letters(times: BTreeMap<usize, Times>, reading: f64, all: &mut Times) -> String {
    let headings = ["letters", "first", "all", "nucleo", "fzf", "fzf, reading apart", "all : nucleo", "all : fzf"];
    let mut table = Table::new(headings);
    for (length, mut times) in times {
        let mut taken =
            [&mut times.first, &mut times.all, &mut times.nucleo, &mut times.fzf].map(|times| median(times));
        taken[3] = (taken[3] - reading).max(0.0);
        let [first, own, nucleo, apart] = taken;
        let figures = [length as f64, first, own, nucleo, apart + reading, apart, own / nucleo, own / apart];
        table.row(figures.map(written));
        all.first.append(&mut times.first);
        all.all.append(&mut times.all);
        all.nucleo.append(&mut times.nucleo);
        all.fzf.append(&mut times.fzf);
    }
    format!("{table}\nfzf takes {} ms to read and write the names where nothing is asked.", written(reading))
}

fn written(figure: f64) -> String {
    match figure {
        _ if !figure.is_finite() => "–".to_owned(),
        100.0.. => format!("{figure:.0}"),
        _ if figure.fract() == 0.0 => format!("{figure:.0}"),
        10.0.. => format!("{figure:.1}"),
        _ => format!("{figure:.2}"),
    }
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}
