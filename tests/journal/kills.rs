//! Programs that are killed, and several at once, on the real disk.
//!
//! The programs are this test binary itself, run again to do nothing but [`child`]: it keeps one review after another
//! and says each one's number on standard output once it is kept.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use detente::journal::{FileDisk, Journal};
use detente::study::Deed;
use detente::study::chance::Chance;
use tempfile::tempdir;

use super::review;
use crate::holding::rounds;

fn start(directory: &Path, first: u64, count: u64, through: &str) -> Child {
    let program = std::env::current_exe().unwrap();
    let test = "journal::kills::child";
    let shell = format!("{through} exec \"$0\" --exact {test} --ignored --nocapture --test-threads=1");
    let mut command = Command::new("sh");
    command.arg("-c").arg(shell).arg(program);
    command.env("DETENTE_CHILD", directory).env("DETENTE_FIRST", first.to_string());
    command.env("DETENTE_COUNT", count.to_string());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

#[test]
#[ignore = "run by other tests as a program of its own"]
fn child() {
    let number = |name: &str| std::env::var(name).unwrap().parse::<u64>().unwrap();
    let directory = std::env::var_os("DETENTE_CHILD").unwrap();
    let (mut journal, _) = Journal::open(FileDisk::new(Some(directory.into())));
    for number in (number("DETENTE_FIRST")..).take(number("DETENTE_COUNT") as usize) {
        let (at, deed) = review(number);
        let report = journal.note(at, deed);
        let said = if report.unsaved.is_none() { "kept" } else { "unsaved" };
        // One write, past the buffer of the test harness, so that what was said is said whole.
        rustix::io::write(std::io::stdout(), format!("\n{said} {number}\n").as_bytes()).unwrap();
    }
    std::io::stdout().flush().unwrap();
}

/// The numbers that a program said were kept.
fn kept(output: impl Read) -> Vec<u64> {
    let lines = BufReader::new(output).lines().map_while(Result::ok);
    lines.filter_map(|line| line.strip_prefix("kept ")?.parse().ok()).collect()
}

/// Fails unless the journal holds each of the reviews exactly once.
fn assert_holds(directory: &Path, numbers: &[u64]) {
    let (_, found) = Journal::open(FileDisk::new(Some(directory.to_path_buf())));
    let deeds: Vec<Deed> = found.entries.iter().map(|entry| entry.deed).collect();
    let unique: HashSet<Deed> = deeds.iter().copied().collect();
    assert_eq!(unique.len(), deeds.len(), "a review is there twice");
    let lost: Vec<&u64> = numbers.iter().filter(|number| !unique.contains(&review(**number).1)).collect();
    assert!(lost.is_empty(), "{lost:?} were kept and are lost");
    let ordered: Vec<u64> = found.entries.iter().map(|entry| entry.number).collect();
    assert!(ordered.windows(2).all(|pair| pair[0] < pair[1]), "numbers are not in order");
}

#[test]
fn r43_no_kill_loses_a_review_that_was_kept() {
    let rounds = rounds(25, 1_000);
    let home = tempdir().unwrap();
    let mut chance = Chance::new(rounds);
    let mut all = Vec::new();
    for round in 0..rounds {
        let mut child = start(home.path(), round * 100_000, 100_000, "");
        let output = child.stdout.take().unwrap();
        let reader = thread::spawn(move || kept(output));
        thread::sleep(Duration::from_micros(10_000 + chance.below(100_000) as u64));
        child.kill().unwrap();
        child.wait().unwrap();
        all.extend(reader.join().unwrap());
        if round % 10 == 9 || round + 1 == rounds {
            assert_holds(home.path(), &all);
        }
    }
    assert!(all.len() as u64 > rounds, "only {} reviews in {rounds} rounds", all.len());
    let _ = writeln!(std::io::stdout(), "{rounds} kills, {} kept reviews, none lost", all.len());
}

#[test]
fn r49_four_programs_at_once_lose_nothing() {
    let home = tempdir().unwrap();
    let children: Vec<Child> = (0..4).map(|number| start(home.path(), number * 100_000, 40, "")).collect();
    let outputs = children.into_iter().map(|mut child| {
        let output = child.stdout.take().unwrap();
        let reader = thread::spawn(move || kept(output));
        child.wait().unwrap();
        reader
    });
    let all: Vec<u64> = outputs.collect::<Vec<_>>().into_iter().flat_map(|reader| reader.join().unwrap()).collect();
    assert_eq!(all.len(), 160);
    assert_holds(home.path(), &all);
}

#[test]
fn r45_a_file_that_may_not_grow_loses_nothing_that_was_kept() {
    let home = tempdir().unwrap();
    let mut child = start(home.path(), 0, 200, "ulimit -f 8;");
    let all = kept(child.stdout.take().unwrap());
    assert!(child.wait().unwrap().success(), "the signal for it ends no program");
    assert!((20..200).contains(&all.len()), "{} of 200 kept in 4 KiB", all.len());
    assert_holds(home.path(), &all);
}
