//! Many hours of use in a few minutes: the memory stays what it was, and no file handle is left open.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use detente::study::chance::Chance;
use tempfile::tempdir;

use super::{rounds, tell};
use crate::pty::{self, Pty};

/// What is pressed: everything but what leaves the program.
const KEYS: [&str; 48] = [
    "j", "j", "j", "k", "k", "\r", "\r", "\x7f", "L", "\t", "\x1b[Z", "1", "2", "3", "4", "5", "6", "7", "K", "s", "}",
    "{", "f", "F", "v", "+", "-", "m", "'", "t", "z", "o", "h", "l", "y", "Y", "M", "P", "e", "S", "?", "g", "G", " ",
    "\x15", "/sea ", "\x1b[A", "\x1b[B",
];

/// How many keys are sent before the program is waited for.
const BATCH: u64 = 400;

/// How much the memory may grow after the first fifth of the keys, in KiB.
const GROWTH: i64 = 2_048;

/// The memory in KiB, and the open files, of the program.
fn held(pty: &Pty) -> (i64, usize) {
    let process = format!("/proc/{}", pty.pid().as_raw_nonzero());
    let status = fs::read_to_string(format!("{process}/status")).unwrap();
    let memory = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    let memory = memory.trim().trim_end_matches(" kB").parse().unwrap();
    (memory, fs::read_dir(format!("{process}/fd")).unwrap().count())
}

/// Waits until all keys were taken in: a picture is drawn anew where that is asked for, and then nothing more comes.
/// Escape closes what is open; together with another key it would be a third one.
fn settle(pty: &mut Pty) {
    for _ in 0..2 {
        pty.send("\x1b");
        thread::sleep(Duration::from_millis(60));
        pty.forget();
        pty.send("\x0c");
        pty.wait_until("picture", |pty| !pty.log().is_empty());
        let mut drawn = 0;
        pty.wait_until("rest", |pty| {
            let before = std::mem::replace(&mut drawn, pty.log().len());
            thread::sleep(Duration::from_millis(60));
            drawn == before
        });
    }
}

#[test]
fn r28_keys_without_end_leave_the_memory_and_the_files_as_they_were() {
    let (begun, count) = (Instant::now(), rounds(20_000, 1_000_000));
    let home = tempdir().unwrap();
    let mut pty = Pty::start(pty::command(home.path(), &["--state", "state"]));
    pty.wait_for("q quit");
    let (mut chance, mut early) = (Chance::new(28), (0, 0));
    for batch in 0..count / BATCH {
        let keys: String = (0..BATCH).map(|_| KEYS[chance.below(KEYS.len())]).collect();
        pty.send(&keys);
        if batch % 10 == 0 {
            settle(&mut pty);
        }
        if batch == count / BATCH / 5 {
            settle(&mut pty);
            early = held(&pty);
        }
        pty.forget();
    }
    settle(&mut pty);
    let late = held(&pty);
    tell(
        begun,
        &format!("{count} keys: {} KiB and {} files early, {} KiB and {} files late", early.0, early.1, late.0, late.1),
    );
    assert!(late.1 <= early.1, "{} files are open, {} were", late.1, early.1);
    assert!(late.0 - early.0 < GROWTH, "the memory grows from {} to {} KiB", early.0, late.0);
}
