//! What is kept: nothing that the reader was told is lost, nothing valid is overwritten, and the reader is told.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use detente::journal::{FileDisk, Journal};
use detente::study::chance::Chance;
use detente::study::{Deed, Grade, Key, Stamp};
use rustix::process::Signal;
use tempfile::tempdir;

use super::{rounds, tell};
use crate::pty::{self, Pty};

const DAY: u64 = 86_400_000;

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

/// The explorer with a directory for its state.
fn explore(home: &Path, address: &str) -> Pty {
    let mut pty = Pty::start(pty::command(home, &[address, "--state", "state"]));
    pty.wait_for("q quit");
    pty
}

#[test]
fn r43_no_kill_loses_a_mark_that_was_shown_as_kept() {
    let (begun, count) = (Instant::now(), rounds(6, 1_000));
    let home = tempdir().unwrap();
    let state = home.path().join("state/state.json");
    let (mut chance, mut marked, mut shown) = (Chance::new(43), false, 0);
    for round in 0..count {
        let mut pty = explore(home.path(), "country/ru");
        for _ in 0..chance.below(4) {
            pty.send("m");
            let words = if marked { "No longer marked: " } else { "Marked: " };
            pty.wait_for(words);
            (marked, shown) = (!marked, shown + 1);
            pty.forget();
        }
        let in_the_middle = chance.below(2) == 0;
        if in_the_middle {
            pty.send(["m", "jm2m", "\x0c2\x0c"][chance.below(3)]);
            thread::sleep(Duration::from_micros(chance.below(9_000) as u64));
        }
        pty.signal(Signal::KILL);
        pty.end();
        let kept = read(&state);
        let is_marked =
            kept.contains("\"country/ru\"") && kept.split("\"last\"").next().unwrap().contains("country/ru");
        assert!(kept.is_empty() || kept.contains("\"version\": 1"), "round {round}: half a file: {kept}");
        assert!(in_the_middle || is_marked == marked, "round {round}: {kept}");
        marked = is_marked;
        assert!(!home.path().join("state/state.json.broken").exists(), "round {round}");
    }
    let left = fs::read_dir(home.path().join("state")).unwrap().count();
    assert!(left <= 3, "{left} files are left behind");
    tell(begun, &format!("{count} kills, {shown} marks that were shown as kept, none lost, {left} files left"));
}

/// Eight copies of the program, one of which marks after the other.
#[test]
fn r49_copies_of_the_program_keep_each_others_marks() {
    for count in [2, 8] {
        let home = tempdir().unwrap();
        let addresses = ["ru", "fr", "de", "gb", "us", "in", "pk", "kz"].map(|code| format!("country/{code}"));
        let mut copies: Vec<Pty> = addresses[..count].iter().map(|address| explore(home.path(), address)).collect();
        copies.iter_mut().for_each(|pty| pty.send("m"));
        copies.iter_mut().for_each(|pty| pty.wait_for("Marked: "));
        let kept = read(&home.path().join("state/state.json"));
        assert!(addresses[..count].iter().all(|address| kept.contains(address)), "{kept}");
        copies[0].send("m");
        copies[0].wait_for("No longer marked: ");
        for pty in &mut copies {
            pty.send("q");
            assert!(pty.end().0.success());
        }
        let kept = read(&home.path().join("state/state.json"));
        let marks = kept.split("\"last\"").next().unwrap();
        assert!(addresses[1..count].iter().all(|address| marks.contains(address)), "{kept}");
        assert!(!marks.contains(&addresses[0]), "{kept}");
    }
}

/// Programs that study at once, as many as there are answers; all answers are kept.
#[test]
fn r49_eight_programs_that_study_at_once_all_count() {
    let home = tempdir().unwrap();
    let study = ["study", "--deck", "card:date", "--new", "1000", "--state", "state"];
    let mut copies: Vec<Pty> = (0..8).map(|_| Pty::start(pty::command(home.path(), &study))).collect();
    copies.iter_mut().for_each(|pty| pty.wait_for("show"));
    for round in 0..3 {
        for pty in &mut copies {
            pty.send(" 4");
            thread::sleep(Duration::from_millis(20)); // The same answer to the same card in the same moment is one.
        }
        let kept = || Journal::open(FileDisk::new(Some(home.path().join("state")))).1.entries.len();
        copies[0].wait_until("answer of each", |_| kept() == 8 * (round + 1));
    }
}

#[test]
fn r45_a_disk_without_room_is_told_and_nothing_kept_is_lost() {
    let home = tempdir().unwrap();
    let mut pty = explore(home.path(), "country/ru");
    pty.send("m");
    pty.wait_for("Marked: ");
    pty.send("q");
    pty.end();
    let before = read(&home.path().join("state/state.json"));
    let mut pty = Pty::start(pty::shell(home.path(), &["-c", "ulimit -f 0; exec detente country/fr --state state"]));
    pty.wait_for("q quit");
    pty.send("m");
    pty.wait_for("Marks are not kept: ");
    pty.send("jjq");
    assert!(pty.end().0.success());
    assert_eq!(read(&home.path().join("state/state.json")), before);
}

/// A real file system without room, where this system lets one be made.
#[test]
fn r45_a_full_file_system_is_told_and_is_used_again_once_there_is_room() {
    let home = tempdir().unwrap();
    fs::create_dir(home.path().join("state")).unwrap();
    let mount = "mount -t tmpfs -o size=64k none state && chmod 700 state";
    let tries = format!("cd {} && {mount}", home.path().display());
    if !Command::new("unshare").args(["-rm", "sh", "-c", &tries]).output().is_ok_and(|tried| tried.status.success()) {
        return; // Neither the right to mount nor a name space of one's own.
    }
    let line = format!(
        "{mount}; head -c 100000 /dev/zero > state/ballast; \
         detente study --deck card:date --state state; rm state/ballast; \
         detente study --deck card:date --state state; cp state/reviews.log kept"
    );
    let mut command = portable_pty::CommandBuilder::new("unshare");
    command.args(["-rm", "bash", "--norc", "-c", &line]);
    pty::settle(&mut command, home.path());
    let mut pty = Pty::start(command);
    pty.wait_for("show");
    pty.send(" 3");
    pty.wait_for("Not saved: no space left on device. 1 in memory");
    pty.send("qqq");
    pty.wait_until("a second session", |pty| pty.times_left() == 1 && pty.screen().contains("show"));
    pty.send(" 3");
    pty.wait_for("1 learning");
    pty.send("qqq");
    pty.end();
    assert_eq!(read(&home.path().join("kept")).lines().count(), 1);
}

/// Where there is no home, or none that takes anything, the program runs and says what it does not keep.
#[test]
fn r47_without_a_home_that_takes_anything_the_program_runs_and_says_so() {
    let home = tempdir().unwrap();
    fs::write(home.path().join("file"), "in the way").unwrap();
    let file = home.path().join("file").display().to_string();
    for (what, value) in [
        ("one that is not there", "/proc/none"),
        ("a file", &*file),
        ("a device", "/dev/null"),
        ("one that takes nothing", "/proc"),
    ] {
        let mut command = pty::command(home.path(), &["country/ru"]);
        command.env("HOME", value);
        let mut pty = Pty::start(command);
        pty.wait_until(&format!("screen with {what}"), |pty| {
            ["q quit", "Marks could not be read"].iter().any(|words| pty.screen().contains(words))
        });
        pty.send("jjm");
        pty.wait_for("Marks are not kept");
        pty.send("q");
        assert!(pty.end().0.success(), "{what}");
        pty.assert_restored();
    }
}

/// Files that this version cannot know, files of zeros, and what is no file: each is told, and none is overwritten.
#[test]
fn r44_r48_files_from_the_future_and_files_of_zeros_are_told_and_left() {
    let newer = "{\"version\": 2, \"marks\": {\"country/ru\": \"blue\"}}";
    let zeros = "\0".repeat(4096);
    for (text, told, left) in [
        (newer, "Marks are not kept: state/state.json: a newer version", "state.json"),
        (&zeros, "Marks could not be read; the file is now", "state.json.broken"),
        ("", "Marks could not be read; the file is now", "state.json.broken"),
    ] {
        let home = tempdir().unwrap();
        let state = home.path().join("state");
        fs::create_dir(&state).unwrap();
        fs::write(state.join("state.json"), text).unwrap();
        let mut pty = Pty::start(pty::command(home.path(), &["country/ru", "--state", "state"]));
        pty.wait_for(&told[..told.len().min(70)]);
        pty.send("m");
        pty.wait_for(if text == newer { "Marks are not kept" } else { "Marked: " });
        pty.send("q");
        assert!(pty.end().0.success());
        assert_eq!(read(&state.join(left)), text, "what was there is overwritten");
    }
}

#[test]
fn r40_what_is_no_file_is_neither_waited_for_nor_read_without_end() {
    for make in ["mkfifo state/state.json", "ln -s /dev/zero state/state.json", "mkdir state/state.json"] {
        let home = tempdir().unwrap();
        let shell = |line: &str| {
            assert!(Command::new("sh").current_dir(home.path()).args(["-c", line]).status().unwrap().success())
        };
        shell("mkdir state");
        shell(make);
        let mut pty = Pty::start(pty::command(home.path(), &["country/ru", "--state", "state"]));
        pty.wait_for("Marks could not be read");
        pty.send("m");
        pty.wait_for("Marks are not kept");
        pty.send("q");
        assert!(pty.end().0.success(), "{make}");
    }
}

#[test]
fn r44_journals_of_zeros_and_of_the_future_are_told_and_left() {
    let newer = "v2 7 1800000000000 60 0123456789abcdef-01234567 3 new-field";
    let newer = format!("{newer} {:08x}\n", crc32fast::hash(newer.as_bytes()));
    for (text, told) in [(newer, "a newer version"), ("\0".repeat(4096), "")] {
        let home = tempdir().unwrap();
        let journal = home.path().join("state/reviews.log");
        fs::create_dir(home.path().join("state")).unwrap();
        fs::write(&journal, &text).unwrap();
        let mut pty = Pty::start(pty::command(home.path(), &["study", "--deck", "card:date", "--state", "state"]));
        pty.wait_for("When did this happen");
        pty.send(" 3");
        pty.wait_until("word of it", |pty| {
            let screen = pty.screen();
            if told.is_empty() {
                screen.contains("1 learning")
            } else {
                screen.contains("Not saved") && screen.contains(told)
            }
        });
        pty.send("qqq");
        assert!(pty.end().0.success());
        let kept = read(&journal);
        assert!(if told.is_empty() { kept.starts_with("v1 1 ") } else { kept == text }, "{kept:?}");
    }
}

/// A clock that was set back by a year: the journal is dated a year from now.
#[test]
fn r50_a_clock_set_back_a_year_is_told_and_what_is_kept_stays_in_order() {
    let home = tempdir().unwrap();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis() as u64;
    let (mut journal, _) = Journal::open(FileDisk::new(Some(home.path().join("state"))));
    for number in 0..5 {
        let at = Stamp { utc_ms: (now + 365 * DAY + number) as i64, offset: 60 };
        let deed = Deed::Review { card: Key { id: number, meaning: 1 }, grade: Grade::Good, rehearsal: false };
        assert_eq!(journal.note(at, deed).unsaved, None);
    }
    drop(journal);
    let mut pty = Pty::start(pty::command(home.path(), &["study", "--deck", "card:date", "--state", "state"]));
    pty.wait_for("Is the clock right?");
    pty.send(" 3");
    pty.wait_for("1 learning");
    pty.send("qqq");
    assert!(pty.end().0.success());
    let kept = Journal::open(FileDisk::new(Some(home.path().join("state")))).1.entries;
    assert_eq!(kept.iter().map(|entry| entry.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
    assert!(kept[5].at < kept[0].at, "the answer is dated as the clock says, and comes last");
}
