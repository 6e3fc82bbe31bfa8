//! The command line: what it prints, where, and with which exit code.

mod copy;
mod examples;
mod exports;
pub mod hostile;
mod import;
mod pipes;
mod slides;
mod study;

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::{contains, is_empty, starts_with};
use tempfile::tempdir;

use crate::pty::{Pty, command};

use crate::common::SHIPPED;

/// A sound dataset.
const SMALL: &str = "tests/fixtures/small.json";

fn detente(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("detente").unwrap();
    command.args(arguments).env("TERM", "xterm");
    command
}

#[test]
fn validate_says_that_nothing_was_found() {
    let whole = format!("shipped dataset: no findings in {} records\n", SHIPPED.all().count());
    detente(&["validate"]).assert().code(0).stdout(whole).stderr(is_empty());
    detente(&["validate", SMALL]).assert().code(0).stdout(format!("{SMALL}: no findings in 80 records\n"));
    detente(&["validate", "--json", SMALL]).assert().code(0).stdout("[]\n");
}

#[test]
fn validate_prints_each_finding_where_editors_look_for_it() {
    let home = tempdir().unwrap();
    let path = home.path().join("broken.json");
    let sound = fs::read_to_string(SMALL).unwrap();
    fs::write(&path, sound.replace("\"lat\": 10.5", "\"lat\": 100.5").replace("country/aa\"}", "country/ab\"}"))
        .unwrap();
    let name = path.to_str().unwrap();
    let expected = format!("{name}:43:161: countries[0].lat: 100.5 is no latitude; it goes from -90 to 90\n");
    detente(&["validate", name]).assert().code(1).stdout(contains(expected)).stderr(is_empty());
    let json = detente(&["validate", "--json", name]).assert().code(1).get_output().stdout.clone();
    let findings: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let lat = findings.as_array().unwrap().iter().find(|finding| finding["path"] == "countries[0].lat").unwrap();
    assert_eq!((&lat["line"], &lat["column"], &lat["severity"]), (&43.into(), &161.into(), &"error".into()));
}

#[test]
fn validate_reads_standard_input() {
    detente(&["validate", "-"])
        .write_stdin(fs::read(SMALL).unwrap())
        .assert()
        .code(0)
        .stdout(starts_with("-: no find"));
    detente(&["validate", "-"]).write_stdin("{").assert().code(1).stdout(contains("-:1:1: the file is no valid JSON"));
}

#[test]
fn files_that_cannot_be_read_are_told_in_one_line() {
    let home = tempdir().unwrap();
    let fifo = home.path().join("fifo");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    for (path, told) in [
        ("/no/such/file.json", "no such file"),
        (home.path().to_str().unwrap(), "this is a directory"),
        (fifo.to_str().unwrap(), "this is no regular file"),
        ("/dev/zero", "this is no regular file"),
    ] {
        let one_line = predicate::function(|text: &str| text.lines().count() == 1);
        detente(&["validate", path]).assert().code(2).stdout(is_empty()).stderr(contains(told).and(one_line));
    }
}

#[test]
fn wrong_usage_is_told_with_exit_code_2() {
    detente(&["--no-such-option"]).assert().code(2).stderr(contains("--no-such-option"));
    detente(&["validate", "a", "b"]).assert().code(2);
    detente(&["--ascii", "--utf8"]).assert().code(2);
    detente(&["country/ru", "search", "sco"]).assert().code(2).stderr(contains("do not go before a subcommand"));
    detente(&["--ascii", "timeline"]).assert().code(2).stdout(is_empty());
    detente(&["timeline", "--year", "soon"]).assert().code(2).stderr("detente: \"soon\" is no year\n");
}

#[test]
fn the_explorer_refuses_to_draw_where_there_is_no_terminal() {
    let told = "detente: the explorer needs a terminal; detente --plain reads line by line, detente timeline prints\n";
    detente(&[]).assert().code(2).stdout(is_empty()).stderr(told);
    detente(&["country/ru"]).assert().code(2).stderr(contains(", detente show country/ru prints"));
    detente(&[]).env("TERM", "dumb").assert().code(2).stdout(is_empty()).stderr(contains("TERM"));
}

#[test]
fn help_and_version_go_to_standard_output() {
    detente(&["--help"]).assert().code(0).stdout(contains("Examples:")).stderr(is_empty());
    detente(&["validate", "--help"]).assert().code(0).stdout(contains("Examples:"));
    detente(&["--version"]).assert().code(0).stdout(starts_with("detente "));
}

#[test]
fn r35_hostile_names_are_told_harmlessly() {
    detente(&["validate", "/tmp/\u{1b}]0;x\u{7}.json"]).assert().code(2).stderr(harmless());
    for hostile in ["--\u{1b}]0;x\u{7}", "\u{9b}2J\u{202e}", "country/\u{1b}[2J"] {
        for arguments in [&[hostile][..], &["show", hostile], &["search", hostile], &["timeline", "--country", hostile]]
        {
            let assert = detente(arguments).assert().stdout(harmless()).stderr(harmless());
            assert_ne!(assert.get_output().status.code(), Some(0), "{arguments:?}");
        }
        detente(&["search", "--json", hostile]).assert().stdout(harmless());
    }
}

#[test]
fn r35_bytes_that_are_no_text_are_told_harmlessly() {
    let bytes = OsStr::from_bytes(b"\xff\x1b[2J\x9b\xc3");
    let home = tempdir().unwrap();
    let file = home.path().join(bytes);
    fs::write(&file, b"{\"source\": \"\xff\x1b\"}").unwrap();
    for arguments in [&["search"][..], &["show"], &["timeline", "--country"], &["export", "md", "--kind"], &[]] {
        detente(arguments).arg(bytes).assert().code(2).stdout(is_empty()).stderr(harmless());
    }
    for arguments in [&["validate"][..], &["stats", "--data"], &["import", "--map"], &["config", "--config"]] {
        let asked = if arguments[0] == "import" { vec![file.as_os_str(), bytes] } else { vec![file.as_os_str()] };
        let assert = detente(arguments).args(asked).assert().stdout(harmless()).stderr(harmless());
        assert_ne!(assert.get_output().status.code(), Some(0), "{arguments:?}");
    }
    let option = OsStr::from_bytes(b"--\xff\xe2\x80\xaex"); // It is quoted, with what turns the text around.
    detente(&[]).arg(option).assert().code(2).stdout(is_empty()).stderr(harmless()).stderr(contains("x' found"));
    for name in ["HOME", "LANG", "TERM", "COLORTERM"] {
        detente(&["config"]).env(name, bytes).assert().stdout(harmless()).stderr(harmless());
        detente(&[]).env(name, bytes).assert().code(2).stdout(harmless()).stderr(harmless());
    }
}

/// Text without a control character other than a line feed, and without one that turns others around.
fn harmless() -> impl Predicate<[u8]> {
    let harmless = |letter: char| letter == '\n' || letter == '\t' || !(letter.is_control() || letter == '\u{202e}');
    predicate::function(move |text: &[u8]| std::str::from_utf8(text).unwrap().chars().all(harmless))
}

#[test]
fn r22_a_closed_pipe_is_no_error_and_a_full_disk_is_told() {
    for arguments in [
        "search kind:event",
        "show country/cn",
        "timeline",
        "stats",
        "export json",
        "export csv",
        "export md",
        "export anki",
        "export slides sea",
        "config",
        "validate",
        "completions bash",
        "man",
        "--help",
    ] {
        let shell = |rest: &str| {
            let line = format!("set -o pipefail; {} {arguments} {rest}", env!("CARGO_BIN_EXE_detente"));
            Command::new("bash").args(["-c", &line]).output().unwrap()
        };
        let closed = shell("| true");
        assert_eq!(
            (closed.status.code(), closed.stderr.len()),
            (Some(0), 0),
            "{arguments} into a closed pipe: {closed:?}"
        );
        let full = shell("> /dev/full");
        let told = String::from_utf8(full.stderr).unwrap();
        assert!(full.status.code() == Some(1) && told.lines().count() == 1, "{arguments} onto a full disk: {told}");
    }
}

#[test]
fn r22_an_import_holds_into_a_closed_pipe_and_onto_a_full_disk() {
    let import = |rest: &str| {
        let table = "import tests/fixtures/tables/ged.csv --map ucdp-ged";
        let line = format!("set -o pipefail; {} {table} {rest}", env!("CARGO_BIN_EXE_detente"));
        let output = Command::new("bash").args(["-c", &line]).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    for rest in ["| true", "| head -1"] {
        let (code, told) = import(rest);
        assert!(matches!(code, Some(0 | 1)) && !told.contains("written"), "{rest}: {code:?} {told}");
    }
    let (code, told) = import("> /dev/full");
    assert_eq!(code, Some(1));
    assert_eq!(told.lines().last(), Some("detente: the output could not be written: no space left on device"));
}

#[test]
fn r42_links_that_lead_nowhere_are_left_out_where_that_is_asked_for() {
    let home = tempdir().unwrap();
    let path = home.path().join("loose.json");
    let sound = fs::read_to_string(SMALL).unwrap();
    fs::write(&path, sound.replace("\"id\": \"treaty\"", "\"id\": \"treatise\"")).unwrap();
    let data = path.to_str().unwrap();
    let refused = detente(&["show", "event/fair-1", "--data", data]).assert().code(2).stdout(is_empty());
    let told = String::from_utf8(refused.get_output().stderr.clone()).unwrap();
    assert!(told.ends_with("detente --lenient opens it without the links that lead nowhere\n"), "{told}");
    assert!(
        told.contains("documents[0]: \"document/treaty\" does not exist; did you mean \"document/treatise\"?"),
        "{told}"
    );
    let lenient = |arguments: &[&str]| detente(arguments).args(["--lenient", "--data", data]).assert();
    lenient(&["show", "event/fair-1"]).code(0).stdout(contains("First fair at the fork"));
    lenient(&["show", "event/fair-1"]).stderr(contains("findings, links that lead nowhere are left out"));
    lenient(&["show", "paragraph/3"]).code(0).stdout(contains("A treaty with Bree."));
    lenient(&["export", "json"]).code(0);
    fs::write(
        &path,
        sound.replace("\"lat\": 10.5", "\"lat\": 100.5").replace("treaty\", \"cites", "treatise\", \"cites"),
    )
    .unwrap();
    lenient(&["timeline"]).code(2).stderr(contains("is no latitude"));
}

#[test]
fn a_word_that_is_no_place_may_be_meant_as_a_command() {
    let home = tempdir().unwrap();
    for (word, told) in [
        ("serch", "there is no serch; did you mean the command \"search\"?"),
        ("russia", "there is no russia; did you mean \"country/ru\"?"),
        ("country/rus", "there is no country/rus; did you mean \"country/ru\"?"),
    ] {
        let (printed, code) = Pty::start(command(home.path(), &[word])).printed();
        assert!(code == 2 && printed.contains(told), "{printed}");
    }
}
