//! Mutated datasets, configurations, files of state, journals and tables: no panic, none over a second, no memory
//! beyond the limit, and every refusal names where and why.
//!
//! The work is done by this test binary itself, run again on each core to do nothing but [`child`], under a limit of its
//! memory. A mutant is known by its kind and its number, from which it is made anew.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{self, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use clap::Parser;
use detente::cli::arguments::{Arguments, Command as Subcommand};
use detente::cli::paper::Paper;
use detente::cli::{self, Exit, Failure};
use detente::config::{Environment, Settings, Wishes};
use detente::dataset;
use detente::journal::Journal;
use detente::state_file::{StateFile, TalkFile};
use detente::study::Entry;
use detente::study::chance::Chance;
use rayon::prelude::*;
use tempfile::{TempDir, tempdir};

use super::mutator::mutant;
use super::{rounds, tell, time};
use crate::common::SMALL;
use crate::journal::model::Model;
use crate::journal::review;

/// The kinds of files, and how many of a hundred mutants are of each.
const KINDS: [(&str, u64); 7] =
    [("dataset", 20), ("config", 25), ("state", 15), ("talk", 10), ("journal", 15), ("table", 10), ("map", 5)];

/// How many mutants one program reads before another begins.
const BATCH: u64 = 25_000;

/// What one mutant may take, and after how long it is one that never ends.
const LONGEST: Duration = Duration::from_secs(1);
const ENDLESS: Duration = Duration::from_secs(30);

/// What one mutant may take of the memory, in KiB: eight times its size, and what the program itself takes to read it.
const MEMORY: u64 = 8 << 10;

/// What the program that reads mutants may take of the address space, in KiB. The test binary alone takes some 60 MiB.
const ADDRESSES: u64 = 1 << 20;

/// The files that mutants are made of.
fn corpus(kind: &str) -> Vec<Vec<u8>> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/corpus").join(kind);
    let mut paths: Vec<PathBuf> = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut files: Vec<Vec<u8>> = paths.iter().map(|path| fs::read(path).unwrap()).collect();
    if kind == "dataset" {
        files.push(SMALL.into());
    }
    files
}

/// Where mutants are written that are read from a file.
struct Bench {
    home: TempDir,
}

impl Bench {
    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        let _ = fs::remove_file(&path); // To write over a file has some file systems wait for the disk.
        fs::write(&path, bytes).unwrap();
        path
    }

    /// Reads a mutant as the program does. Fails where a refusal does not say where and why.
    fn read(&self, kind: &str, bytes: &[u8]) {
        match kind {
            "dataset" => read_dataset(bytes),
            "config" => self.read_config(bytes),
            "state" => self.read_state(bytes),
            "talk" => drop((self.write("talk.json", bytes), TalkFile::new(Some(self.home.path().into())).read())),
            "journal" => read_journal(bytes),
            "table" => self.import(bytes, None),
            "map" => self.import(&fs::read("tests/fixtures/tables/acled.csv").unwrap(), Some(bytes)),
            kind => panic!("no kind {kind}"),
        }
    }

    fn read_config(&self, bytes: &[u8]) {
        let path = self.write("config.toml", bytes);
        let wishes = Wishes { file: Some(path.clone()), ..Wishes::default() };
        let Err(told) = Settings::read(&wishes, Environment::of(|_| None)) else { return };
        let rest = told.strip_prefix(&*path.display().to_string()).unwrap_or_else(|| panic!("{told} names no file"));
        assert!(is_placed(rest), "{told}");
        assert_told(&told);
    }

    fn read_state(&self, bytes: &[u8]) {
        let path = self.write("state.json", bytes);
        let (_, notice) = StateFile::new(Some(self.home.path().into())).read();
        notice.iter().for_each(|told| {
            assert!(told.contains("state.json"), "{told}");
            assert_told(told);
        });
        let kept = fs::read_dir(self.home.path()).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap());
        assert!(kept.collect::<Vec<_>>().contains(&bytes.to_vec()), "what could not be read is lost");
        fs::read_dir(self.home.path()).unwrap().for_each(|entry| drop(fs::remove_file(entry.unwrap().path())));
        drop(path);
    }

    /// Imports a table: what comes out is a sound dataset, or nothing.
    fn import(&self, table: &[u8], map: Option<&[u8]>) {
        let table = self.write("table.csv", table);
        let map = map.map(|bytes| self.write("map.toml", bytes));
        let built_in = if table.metadata().unwrap().len().is_multiple_of(2) { "acled" } else { "ucdp-ged" };
        let map = map.as_deref().unwrap_or(Path::new(built_in));
        let written = ["detente", "import", table.to_str().unwrap(), "--map", map.to_str().unwrap()];
        let Some(Subcommand::Ask(question)) = Arguments::try_parse_from(written).unwrap().command else { panic!() };
        let mut out = Vec::new();
        match cli::run(&question, None, false, &mut Paper::new(&mut out, None)) {
            Err(Failure::Usage(told) | Failure::Nothing(told)) => {
                let behind = |path: &Path| told.split_once(&*path.display().to_string()).map(|(_, behind)| behind);
                let of_the_table = behind(&table).is_some_and(|why| why.starts_with(": "));
                assert!(of_the_table || behind(map).is_some_and(is_placed), "{told} does not say where");
                assert_told(&told);
            }
            Err(Failure::Output(error)) => assert!(!error.to_string().is_empty()),
            Ok(Exit::Usage) => panic!("a usage that is no failure"),
            Ok(Exit::Found | Exit::Nothing) => {
                let findings: Vec<String> = dataset::validate(&out).iter().map(ToString::to_string).collect();
                assert!(findings.is_empty(), "an unsound dataset comes out: {}", findings.join("\n"));
            }
        }
    }
}

fn read_dataset(bytes: &[u8]) {
    for reading in [dataset::read(bytes), dataset::read_carefully(bytes, true)] {
        assert!(reading.dataset.is_some() || !reading.findings.is_empty(), "refused without a word");
        let lines = bytes.iter().filter(|&&byte| byte == b'\n').count() + 1;
        for finding in &reading.findings {
            assert!((1..=lines).contains(&finding.line) && finding.column > 0, "{finding} of {lines} lines");
            assert_told(&finding.to_string());
        }
    }
}

/// A journal holds no line that was not kept, and takes new ones unless a newer version has written it.
fn read_journal(bytes: &[u8]) {
    let originals: Vec<Entry> = corpus("journal").iter().flat_map(|file| lines(file)).collect();
    let disk = Model::default();
    disk.write(bytes);
    let (mut journal, found) = Journal::open(disk.clone());
    assert!(found.entries.iter().all(|entry| originals.contains(entry)), "a line was invented");
    found.notice.iter().for_each(|told| assert_told(told));
    let before = disk.live();
    let (at, deed) = review(77);
    match journal.note(at, deed).unsaved {
        Some(unsaved) => {
            assert!(unsaved.why.contains("newer version"), "{}", unsaved.why);
            assert_eq!(disk.live(), before, "a journal of a newer version is changed");
        }
        None => {
            let again = Journal::open(disk).1.entries;
            assert!(again.iter().any(|entry| entry.deed == deed), "what was kept is lost");
            assert!(found.entries.iter().all(|entry| again.contains(entry)), "what was there is lost");
        }
    }
}

fn lines(file: &[u8]) -> impl Iterator<Item = Entry> {
    file.split(|&byte| byte == b'\n').filter_map(|line| Entry::parse(line).ok())
}

/// Says whether behind the name of a file a line, a column and something more are told, or what is wrong as a whole.
fn is_placed(told: &str) -> bool {
    let mut parts = told.split(':').skip(1);
    let mut number = || parts.next().is_some_and(|number| number.parse::<usize>().is_ok_and(|at| at > 0));
    let of_the_whole = ["larger than", "UTF-8"].iter().any(|words| told.contains(words));
    number() && number() && parts.next().is_some_and(|why| !why.trim().is_empty()) || of_the_whole
}

/// Fails where what is told could do harm, or is nothing, or more than anybody reads.
fn assert_told(told: &str) {
    let harmless = |letter: char| !letter.is_control() || letter == '\n';
    assert!(!told.trim().is_empty() && told.chars().all(harmless), "{told:?}");
    assert!(told.len() < 100_000, "{} bytes are told", told.len());
}

/// The memory of this program in KiB: the most that it had since it was last asked. A system that does not begin anew
/// then tells the most that it ever had, which is no less.
fn most_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let _ = fs::write("/proc/self/clear_refs", "5");
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// Ends the program where it reads one mutant without end.
fn watch(kind: String, number: &'static AtomicU64) {
    thread::spawn(move || {
        let (mut last, mut since) = (u64::MAX, Instant::now());
        loop {
            thread::sleep(ENDLESS / 100);
            let present = number.load(Ordering::Relaxed);
            if present != last {
                (last, since) = (present, Instant::now());
            }
            if since.elapsed() > ENDLESS {
                let _ = writeln!(io::stdout(), "\n{kind} {present} takes more than {ENDLESS:?}");
                process::abort();
            }
        }
    });
}

/// What a program says of the mutants that it has read: the longest time in microseconds and the most memory in KiB that
/// one of them took.
#[derive(Debug, Clone, Copy, Default)]
struct Said {
    slowest: u64,
    memory: u64,
}

#[test]
#[ignore = "run by other tests as a program of its own"]
fn child() {
    static PRESENT: AtomicU64 = AtomicU64::new(0);
    let number = |name: &str| std::env::var(name).unwrap().parse::<u64>().unwrap();
    let kind = std::env::var("DETENTE_CHILD").unwrap();
    let (first, count) = (number("DETENTE_FIRST"), number("DETENTE_COUNT"));
    let (corpus, bench) = (corpus(&kind), Bench { home: tempdir().unwrap() });
    let mut said = Said::default();
    watch(kind.clone(), &PRESENT);
    std::panic::set_hook(Box::new({
        let kind = kind.clone();
        move |panic| drop(writeln!(io::stdout(), "\n{kind} {}: {panic}", PRESENT.load(Ordering::Relaxed)))
    }));
    most_memory();
    for seed in first..first + count {
        PRESENT.store(seed, Ordering::Relaxed);
        let bytes = mutant(&corpus, &mut Chance::new(seed));
        let before = most_memory();
        let took = time(LONGEST, || bench.read(&kind, &bytes));
        let (memory, size) = (most_memory().saturating_sub(before), bytes.len() as u64 >> 10);
        assert!(took < LONGEST, "it takes {took:?}");
        assert!(memory <= MEMORY + 8 * size, "it takes {memory} KiB, of {size} KiB");
        said = Said { slowest: said.slowest.max(took.as_micros() as u64), memory: said.memory.max(memory) };
    }
    let _ = std::panic::take_hook();
    writeln!(io::stdout(), "\nread {} {}", said.slowest, said.memory).unwrap();
}

/// Reads mutants of a kind, from one number on, in a program of its own.
fn read_all(kind: &str, first: u64, count: u64) -> Said {
    let shell = format!(
        "ulimit -v {ADDRESSES}; exec \"$0\" --exact holding::mutants::child --ignored --nocapture --test-threads=1"
    );
    let mut command = Command::new("sh");
    command.arg("-c").arg(shell).arg(std::env::current_exe().unwrap()).env("DETENTE_CHILD", kind);
    command.env("DETENTE_FIRST", first.to_string()).env("DETENTE_COUNT", count.to_string());
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{kind}: {printed}");
    let said = printed.lines().find_map(|line| line.strip_prefix("read ")?.split_once(' ')).unwrap();
    Said { slowest: said.0.parse().unwrap(), memory: said.1.parse().unwrap() }
}

#[test]
fn r39_to_r42_no_mutant_of_a_file_is_more_than_refused_where_and_why() {
    let (begun, all) = (Instant::now(), rounds(3_000, 1_000_000));
    let first: u64 = std::env::var("DETENTE_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0);
    let counts = KINDS.map(|(kind, share)| (kind, all * share / 100));
    let batches = counts.into_iter().flat_map(|(kind, count)| {
        (0..count).step_by(BATCH as usize).map(move |at| (kind, first + at, BATCH.min(count - at)))
    });
    let batches: Vec<(&str, u64, u64)> = batches.collect();
    let said = batches.into_par_iter().map(|(kind, first, count)| (kind, read_all(kind, first, count)));
    let said: Vec<(&str, Said)> = said.collect();
    for (kind, count) in counts {
        let own = || said.iter().filter(|(known, _)| *known == kind).map(|(_, said)| said);
        let (slowest, memory) = (own().map(|said| said.slowest).max(), own().map(|said| said.memory).max());
        let most = format!("{} µs, the most memory {} KiB", slowest.unwrap_or(0), memory.unwrap_or(0));
        tell(begun, &format!("{kind}: {count}, the longest {most}"));
    }
}
