//! Mutated datasets, configurations, files of state, journals and tables: no panic, none over a second, no memory
//! beyond the limit, and every refusal names where and why.
//!
//! The work is done by this test binary itself, run again to do nothing but [`child`], under a limit of its memory.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
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
use tempfile::{TempDir, tempdir};

use super::mutator::mutant;
use super::{rounds, tell};
use crate::common::SMALL;
use crate::journal::model::Model;
use crate::journal::review;

/// The kinds of files, and how many of a hundred mutants are of each.
const KINDS: [(&str, u64); 7] =
    [("dataset", 20), ("config", 25), ("state", 15), ("talk", 10), ("journal", 15), ("table", 10), ("map", 5)];

/// What one mutant may take.
const LONGEST: Duration = Duration::from_secs(1);

/// What the program that reads mutants may take of the address space and of the memory, in KiB. The test binary alone
/// takes some 60 MiB.
const ADDRESSES: u64 = 1 << 20;
const MEMORY: u64 = 160 << 10;

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
        let is_placed = rest.split(':').skip(1).take(2).all(|number| number.parse::<usize>().is_ok_and(|at| at > 0));
        let of_the_whole = rest.contains("larger than") || rest.contains("UTF-8");
        assert!(is_placed && rest.split(':').count() > 3 || of_the_whole, "{told}");
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
                let names = [&table, map].iter().any(|path| told.contains(&*path.display().to_string()));
                assert!(names, "{told} names no file");
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

/// Fails where what is told could do harm, or is nothing, or more than anybody reads.
fn assert_told(told: &str) {
    let harmless = |letter: char| !letter.is_control() || letter == '\n';
    assert!(!told.trim().is_empty() && told.chars().all(harmless), "{told:?}");
    assert!(told.len() < 100_000, "{} bytes are told", told.len());
}

/// How long this thread has been at work: on a busy machine a mutant waits longer than it takes.
fn at_work() -> Duration {
    let stated = fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    Duration::from_nanos(stated.split(' ').next().unwrap().parse().unwrap())
}

#[test]
#[ignore = "run by other tests as a program of its own"]
fn child() {
    let number = |name: &str| std::env::var(name).unwrap().parse::<u64>().unwrap();
    let kind = std::env::var("DETENTE_CHILD").unwrap();
    let (first, count) = (number("DETENTE_FIRST"), number("DETENTE_COUNT"));
    let (corpus, bench) = (corpus(&kind), Bench { home: tempdir().unwrap() });
    let mut longest = Duration::ZERO;
    for seed in first..first + count {
        let bytes = mutant(&corpus, &mut Chance::new(seed));
        // What makes the program fail is there to be looked at, and added to the corpus.
        std::panic::set_hook(Box::new({
            let (kind, bytes) = (kind.clone(), bytes.clone());
            move |panic| {
                let path = std::env::temp_dir().join(format!("detente-mutant-{kind}-{seed}"));
                let _ = fs::write(&path, &bytes);
                let _ = writeln!(io::stdout(), "\nmutant {seed}, kept in {}: {panic}", path.display());
            }
        }));
        let begun = at_work();
        bench.read(&kind, &bytes);
        let took = at_work() - begun;
        assert!(took < LONGEST, "it takes {took:?}");
        longest = longest.max(took);
    }
    let _ = std::panic::take_hook();
    let memory = fs::read_to_string("/proc/self/status").unwrap();
    let memory = memory.lines().find(|line| line.starts_with("VmHWM")).unwrap().to_owned();
    writeln!(io::stdout(), "\nread {count}, the slowest in {longest:?}, {memory}").unwrap();
}

/// Reads mutants of a kind in a program of its own; answers what it says of itself.
fn read_all(kind: &str, count: u64) -> String {
    let shell = format!(
        "ulimit -v {ADDRESSES}; exec \"$0\" --exact holding::mutants::child --ignored --nocapture --test-threads=1"
    );
    let mut command = Command::new("sh");
    command.arg("-c").arg(shell).arg(std::env::current_exe().unwrap());
    command.env("DETENTE_CHILD", kind).env("DETENTE_COUNT", count.to_string());
    command.env("DETENTE_FIRST", std::env::var("DETENTE_SEED").unwrap_or("0".to_owned()));
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{kind}: {printed}");
    let said = printed.lines().find(|line| line.starts_with("read ")).unwrap().to_owned();
    let memory: u64 = said.split_whitespace().rev().nth(1).unwrap().parse().unwrap();
    assert!(memory < MEMORY, "{kind}: {said}");
    said
}

#[test]
fn r39_to_r42_no_mutant_of_a_file_is_more_than_refused_where_and_why() {
    let all = rounds(3_000, 1_000_000);
    for (kind, share) in KINDS {
        let begun = Instant::now();
        let said = read_all(kind, all * share / 100);
        tell(begun, &format!("{kind}: {said}"));
    }
}
