//! The program itself: in a pipe, at a terminal, and where it is ended from outside.

use predicates::prelude::*;
use predicates::str::{contains, is_empty, starts_with};
use std::process::Command;
use std::time::Duration;
use tempfile::tempdir;

fn detente(arguments: &[&str]) -> assert_cmd::Command {
    let mut command = assert_cmd::Command::cargo_bin("detente").unwrap();
    command.args(arguments).env("TERM", "dumb").timeout(Duration::from_secs(20));
    command
}

/// Letters and line ends alone.
fn lines() -> impl Predicate<[u8]> {
    predicate::function(|bytes: &[u8]| bytes.iter().all(|&byte| byte == b'\n' || byte >= 0x20))
}

#[test]
fn it_reads_in_a_pipe_whatever_the_terminal_is() {
    let home = tempdir().unwrap();
    let state = ["--state", home.path().to_str().unwrap()];
    let begin = |arguments: &[&str], said: &'static str| {
        let arguments: Vec<&str> = arguments.iter().chain(&state).copied().collect();
        detente(&arguments).write_stdin("?\nq\n").assert().code(0).stdout(lines()).stdout(starts_with(said));
    };
    begin(&["--plain", "country/ru"], "Russia\n");
    begin(&["--plain", "source/country/ru"], "Where it is stated: Russia");
    begin(&["study", "--plain"], "1. All cards");
    begin(&["study", "--plain", "--deck", "card:date"], "Study: date.");
    begin(&["present", "--plain", "sea"], "Slide 1 of 14: The sea\n");
    begin(&["present", "--plain", "--resume"], "Slide 1 of 14: The sea\n");
    detente(&["--plain", "present", "sea"]).write_stdin("").assert().code(0).stdout(starts_with("Slide 1 of 14"));
    detente(&["--plain", "nowhere"]).write_stdin("").assert().code(2).stderr(contains("there is no nowhere"));
    detente(&["--plain", "study", "--deck", "zzzz"]).write_stdin("").assert().code(1).stdout(is_empty());
}

#[test]
fn with_ascii_nothing_else_is_said() {
    let home = tempdir().unwrap();
    let state = ["--ascii", "--state", home.path().to_str().unwrap()];
    for arguments in [&["--plain", "country/ru"][..], &["study", "--plain", "--cram"], &["present", "--plain", "sea"]] {
        let arguments: Vec<&str> = arguments.iter().chain(&state).copied().collect();
        let ascii = predicate::function(|bytes: &[u8]| bytes.is_ascii());
        detente(&arguments).write_stdin("\n".repeat(60)).assert().code(0).stdout(ascii);
    }
}

#[test]
fn whoever_cannot_be_shown_a_screen_is_told_of_it() {
    detente(&[]).assert().code(2).stderr(contains("detente --plain reads line by line"));
}

#[test]
fn what_is_no_text_is_no_end() {
    let noise: Vec<u8> = (0..200_000u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let home = tempdir().unwrap();
    let state = home.path().to_str().unwrap();
    for arguments in [&["--plain"][..], &["study", "--plain", "--cram"], &["present", "--plain"]] {
        let arguments: Vec<&str> = arguments.iter().chain(&["--state", state]).copied().collect();
        detente(&arguments).write_stdin(noise.clone()).assert().code(0).stdout(lines());
    }
    detente(&["--plain", "--state", state]).write_stdin(vec![b'a'; 3_000_000]).assert().code(0).stdout(lines());
}

#[test]
fn who_has_read_enough_of_a_pipe_is_no_error() {
    let program = assert_cmd::cargo::cargo_bin("detente");
    let shell = format!("yes | head -2000 | {} --plain --state \"$0\" | head -1", program.display());
    let home = tempdir().unwrap();
    let output = Command::new("sh").args(["-c", &shell]).arg(home.path()).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
