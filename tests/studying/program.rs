//! Studying with the program itself, in a terminal of its own.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

use detente::journal::{Disk, FileDisk, Journal};
use detente::study::Entry;
use detente::study::chance::Chance;
use rustix::process::Signal;
use tempfile::tempdir;

use crate::holding::rounds;
use crate::pty::{self, Pty};

/// The program in a session with every date.
fn dates(home: &Path) -> Pty {
    let mut pty =
        Pty::start(pty::command(home, &["study", "--deck", "card:date", "--new", "1000", "--state", "state"]));
    pty.wait_for("show");
    pty
}

fn kept(home: &Path) -> Vec<Entry> {
    Journal::open(FileDisk::new(Some(home.join("state")))).1.entries
}

/// How many new cards are left, as the title says it.
fn left(screen: &str) -> Option<usize> {
    let title = screen.lines().next()?;
    title.rsplit_once(" new")?.0.rsplit([' ', '·']).next()?.parse().ok()
}

#[test]
fn r43_no_kill_loses_an_answer_after_which_a_card_was_shown() {
    let mut chance = Chance::new(43);
    for round in 0..rounds(6, 1_000) {
        let home = tempdir().unwrap();
        let mut pty = dates(home.path());
        let all = left(&pty.screen()).unwrap();
        for _ in 0..5 + chance.below(all - 10) {
            pty.send(" 4");
            thread::sleep(Duration::from_millis(chance.below(9) as u64));
        }
        pty.signal(Signal::KILL);
        pty.end();
        // What the terminal has shown by now was kept before it was shown.
        let answered = all - left(&pty.screen()).unwrap_or(0);
        let kept = kept(home.path()).len();
        assert!(kept >= answered, "round {round}: {answered} answers were followed by a card, {kept} are kept");
        let mut again = dates(home.path());
        assert_eq!(left(&again.screen()), Some(all - kept), "the next session goes on from what is kept");
        again.send("qq");
        assert!(again.end().0.success());
    }
}

#[test]
fn r43_the_end_of_the_program_waits_for_what_is_being_kept() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT] {
        let home = tempdir().unwrap();
        let mut pty = dates(home.path());
        pty.send(" 3");
        pty.wait_for("1 learning");
        pty.signal(signal);
        pty.end();
        pty.assert_restored();
        assert_eq!(kept(home.path()).len(), 1, "after {signal:?}");
    }
    // What another program holds up is waited for as well.
    let home = tempdir().unwrap();
    let mut pty = dates(home.path());
    let held = FileDisk::new(Some(home.path().join("state"))).lock().unwrap();
    pty.send(" 3");
    thread::sleep(Duration::from_millis(200));
    pty.signal(Signal::TERM);
    thread::sleep(Duration::from_millis(80));
    drop(held);
    pty.end();
    assert_eq!(kept(home.path()).len(), 1, "while the journal was held");
}

#[test]
fn r45_a_file_that_may_not_grow_is_told_and_the_session_goes_on() {
    let home = tempdir().unwrap();
    let study = "ulimit -f 0; exec detente study --deck card:date --state state";
    let mut pty = Pty::start(pty::shell(home.path(), &["-c", study]));
    pty.wait_for("show");
    pty.send(" 3");
    pty.wait_for("Not saved");
    pty.wait_for("1 in memory");
    pty.send(" 3");
    pty.wait_for("2 in memory");
    pty.send("qqq");
    assert!(pty.end().0.success());
    pty.assert_restored();
}

#[test]
fn r47_without_a_directory_that_takes_it_the_session_goes_on_and_says_so() {
    let home = tempdir().unwrap();
    let mut command = pty::command(home.path(), &["study", "--deck", "card:date"]);
    command.env("HOME", "/proc/none");
    let mut pty = Pty::start(command);
    pty.wait_for("show");
    pty.send(" 3");
    pty.wait_for("Not saved");
    pty.send(" 3u 4q");
    pty.wait_for("2 answers");
    pty.send("qq");
    assert!(pty.end().0.success());
    pty.assert_restored();
}

#[test]
fn what_is_told_at_the_start_keeps_no_review_from_being_read() {
    let home = tempdir().unwrap();
    let directory = home.path().join(".local/state/detente");
    fs::create_dir_all(&directory).unwrap();
    fs::write(directory.join("state.json"), "no state").unwrap();
    let mut pty = Pty::start(pty::command(home.path(), &["study", "--deck", "card:date"]));
    pty.wait_for("date · new");
    pty.send(" 3q");
    pty.wait_for("1 answer");
    pty.send("q");
    assert!(pty.end().0.success());
}

#[test]
fn r49_two_programs_at_once_both_count() {
    let home = tempdir().unwrap();
    let mut programs = [dates(home.path()), dates(home.path())];
    for number in [0, 1, 0] {
        let pty = &mut programs[number];
        pty.send(" ");
        pty.wait_for("again");
        pty.send("4");
        pty.wait_for("show");
    }
    assert_eq!(kept(home.path()).len(), 3);
    for pty in &mut programs {
        pty.send("qqq");
        assert!(pty.end().0.success());
    }
}

#[test]
fn a_deck_without_a_card_is_refused_before_anything_is_drawn() {
    let home = tempdir().unwrap();
    let mut pty = Pty::start(pty::command(home.path(), &["study", "--deck", "xyzzy/qx"]));
    let (printed, code) = pty.printed();
    assert_eq!(code, 1);
    assert_eq!(printed.trim(), "detente: there is no card in the deck xyzzy/qx");
    assert!(!printed.contains('\u{1b}'), "{printed:?}");
}

#[test]
fn the_number_of_new_cards_can_be_asked_for_and_set() {
    let home = tempdir().unwrap();
    let config = home.path().join("config.toml");
    std::fs::write(&config, "[study]\nnew_per_day = 7\n").unwrap();
    let config = config.display().to_string();
    let first = |more: &[&str]| {
        let arguments = [&["study", "--deck", "all", "--config", &config], more].concat();
        let mut pty = Pty::start(pty::command(home.path(), &arguments));
        pty.wait_for("show");
        left(&pty.screen())
    };
    assert_eq!(first(&[]), Some(7));
    assert_eq!(first(&["--new", "3"]), Some(3));
}
