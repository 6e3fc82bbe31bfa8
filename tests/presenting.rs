//! Talks in real terminals of every kind, stopped and continued, and told what is wrong.

use std::fs;

use detente::tour;
use tempfile::tempdir;

use crate::common::SHIPPED;
use crate::pty::{self, Pty};

/// What `present` writes on a terminal of this kind in three steps, from its start to its end.
fn written(term: &str, variables: &[(&str, &str)]) -> (Pty, Vec<u8>) {
    let home = tempdir().unwrap();
    let mut command = pty::command(home.path(), &["present", "sea"]);
    command.env("TERM", term);
    variables.iter().for_each(|(name, value)| command.env(name, value));
    let mut talk = Pty::start(command);
    talk.wait_for(" 1/14");
    talk.send("2Gnn");
    talk.wait_for(" 2/14");
    talk.send("5Gnbb");
    talk.wait_for(" 5/14");
    talk.send("q");
    assert!(talk.end().0.success(), "{term}");
    talk.assert_restored();
    let log = talk.log();
    (talk, log)
}

#[test]
fn a_talk_is_given_on_every_kind_of_terminal() {
    for term in ["xterm-256color", "xterm", "screen", "screen-256color", "tmux-256color", "linux", "vt220", "vt100"] {
        let (_, log) = written(term, &[]);
        let text = String::from_utf8(log).unwrap();
        if matches!(term, "linux" | "vt220" | "vt100") {
            assert!(text.is_ascii(), "{term} is sent what it cannot draw");
        }
        if term.starts_with("screen") || term.starts_with("tmux") || term.starts_with("vt") {
            assert!(!erases_in_the_middle(&text), "{term} is sent an erasure that it does not know");
        }
        assert!(!text.contains("\x1b[38;5"), "{term}: a colour is written longer than it has to be");
    }
}

/// Says whether some columns are erased in the middle of a line.
fn erases_in_the_middle(text: &str) -> bool {
    let sequences = text.split("\x1b[").skip(1);
    sequences.filter_map(|sequence| sequence.split_once('X')).any(|(count, _)| count.parse::<u16>().is_ok())
}

#[test]
fn without_colours_there_are_none_and_everything_is_there() {
    let (_, log) = written("xterm-256color", &[("NO_COLOR", "1")]);
    let text = String::from_utf8(log).unwrap();
    let codes = text.split("\x1b[").skip(1).filter_map(|rest| rest.split_once('m')).map(|(codes, _)| codes);
    for code in codes.filter(|codes| codes.chars().all(|c| c.is_ascii_digit() || c == ';')).flat_map(|it| it.split(';'))
    {
        let number = code.parse().unwrap_or(0);
        assert!(!(30..=49).contains(&number) && !(90..=107).contains(&number), "a colour: {code}");
    }
}

#[test]
fn a_talk_that_is_stopped_in_the_middle_of_a_reveal_goes_on_there_at_another_size() {
    let home = tempdir().unwrap();
    let mut shell = Pty::start(pty::shell(home.path(), &["-i"]));
    shell.wait_for("prompt>");
    shell.send("detente present sea\r");
    shell.wait_for(" 1/14");
    shell.send("2Gnn");
    shell.wait_until("the second point", |_| step(home.path()) == Some((2, 2)));
    shell.send("\x1a");
    shell.wait_until("prompt after the stop", |pty| {
        pty.screen().contains("Stopped") && pty.screen().trim_end().ends_with("prompt>")
    });
    shell.resize(60, 15);
    shell.send("fg\r");
    shell.wait_for(" 2/14");
    let points = &tour::find(&SHIPPED, "sea").unwrap().stops[0].points;
    shell.wait_for(&points[1]);
    assert!(!shell.screen().contains(&*points[2]), "{}", shell.screen());
    shell.send("q");
    shell.wait_until("the shell", |pty| pty.screen().trim_end().ends_with("prompt>"));
}

/// The slide and the points of the step that is kept.
fn step(home: &std::path::Path) -> Option<(usize, usize)> {
    let text = fs::read(home.join(".local/state/detente/talk.json")).ok()?;
    let state: detente::state::TalkState = serde_json::from_slice(&text).ok()?;
    Some((state.slide, state.points))
}

#[test]
fn what_cannot_be_presented_is_told_in_a_line() {
    let told = |arguments: &[&str]| {
        let home = tempdir().unwrap();
        let mut pty = Pty::start(pty::command(home.path(), arguments));
        let (status, _) = pty.end();
        (status.exit_code(), pty.screen().split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let (code, line) = told(&["present", "seas"]);
    assert!(code == 2 && line.contains("there is no tour seas; there are whole-chapter"), "{line}");
    let (code, line) = told(&["present", "--resume"]);
    assert!(code == 2 && line.contains("there is no talk to go on with"), "{line}");
    let (code, line) = told(&["present", "--marks"]);
    assert!(code == 2 && line.contains("nothing is marked"), "{line}");
    let (code, _) = told(&["present", "--notes", "--resume"]);
    assert_eq!(code, 2);
}

#[test]
fn marks_are_presented_as_they_were_kept() {
    let home = tempdir().unwrap();
    let mut explorer = Pty::explore(home.path(), &["country/fr"]);
    explorer.send("m");
    explorer.wait_for("Marked: France");
    explorer.send("q");
    explorer.end();
    let mut talk = Pty::start(pty::command(home.path(), &["present", "--marks"]));
    talk.wait_for(" 1/2");
    talk.resize(60, 15); // Too low for large letters, which no test can read.
    talk.send("nn");
    talk.wait_for(" 2/2");
    talk.wait_for("Western Europe");
}
