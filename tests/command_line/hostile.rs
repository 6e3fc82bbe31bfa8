//! A dataset in which every text is hostile, through every command: no sequence and no trick reaches what reads it.

use std::fs;

use serde_json::Value;
use tempfile::tempdir;

use super::{SMALL, detente};
use crate::pty::{Pty, command};

/// What stands before and behind every name and prose of the dataset.
const BEFORE: &str = "\u{1b}]0;pwned\u{7}\u{202e}";
const BEHIND: &str = "\u{1b}[2J\u{9b}31m\u{200b}\u{1b}]52;c;cHduZWQ=\u{1b}\\\rx\u{8}\u{2066}";

/// Every command that prints what a dataset says.
pub const COMMANDS: [&[&str]; 18] = [
    &["search", "fork"],
    &["search", "--json", "kind:event"],
    &["show", "country/bb"],
    &["show", "event/fair-1"],
    &["show", "figure/ferries"],
    &["show", "source/event/fair-1"],
    &["show", "--json", "event/fair-1"],
    &["timeline"],
    &["timeline", "--json"],
    &["stats"],
    &["stats", "--json"],
    &["export", "csv"],
    &["export", "md"],
    &["export", "json"],
    &["export", "anki"],
    &["export", "slides", "walk"],
    &["validate"],
    &["validate", "--json"],
];

/// The invented dataset with all its texts made hostile.
fn hostile() -> String {
    poisoned(&mut |text| format!("{BEFORE}{text}{BEHIND}"))
}

/// The invented dataset with something made of each of its texts.
pub fn poisoned(poison: &mut impl FnMut(&str) -> String) -> String {
    let mut dataset: Value = serde_json::from_str(&fs::read_to_string(SMALL).unwrap()).unwrap();
    each_text(&mut dataset, "", poison);
    dataset.to_string()
}

fn each_text(value: &mut Value, field: &str, poison: &mut impl FnMut(&str) -> String) {
    const TEXTS: [&str; 16] = [
        "name",
        "title",
        "chapter",
        "publisher",
        "summary",
        "note",
        "text",
        "official_name",
        "region",
        "capital",
        "short",
        "as_printed",
        "first",
        "unit",
        "points",
        "aliases",
    ];
    match value {
        Value::Object(fields) => fields.iter_mut().for_each(|(field, value)| each_text(value, field, poison)),
        Value::Array(values) => values.iter_mut().for_each(|value| each_text(value, field, poison)),
        Value::String(text) if TEXTS.contains(&field) => *text = poison(text),
        _ => {}
    }
}

fn assert_harmless(printed: &str, what: &str) {
    let trick = |letter: &char| {
        letter.is_control() && !matches!(letter, '\n' | '\t' | '\r')
            || matches!(letter, '\u{200b}' | '\u{202e}' | '\u{2066}')
    };
    assert_eq!(printed.chars().find(trick), None, "{what}: {printed:?}");
    let lines = printed.replace("\r\r\n", "").replace("\r\n", ""); // A table ends its lines as RFC 4180 says.
    assert!(!lines.contains('\r'), "{what} goes back on the line");
}

#[test]
fn r32_to_r38_into_a_pipe() {
    let home = tempdir().unwrap();
    let path = home.path().join("hostile.json");
    fs::write(&path, hostile()).unwrap();
    for arguments in COMMANDS {
        let output = detente(arguments).args(["--data", path.to_str().unwrap()]).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        assert!(!printed.is_empty(), "{arguments:?}: {told}");
        assert_harmless(&printed, &format!("{arguments:?}"));
        assert_harmless(&told, &format!("{arguments:?}"));
    }
}

#[test]
fn r32_to_r38_in_a_terminal() {
    let home = tempdir().unwrap();
    let path = home.path().join("hostile.json");
    fs::write(&path, hostile()).unwrap();
    for arguments in COMMANDS {
        let mut command = command(home.path(), arguments);
        command.args(["--data", path.to_str().unwrap()]);
        let (printed, _) = Pty::start(command).printed();
        assert_harmless(&super::pipes::without_looks(&printed), &format!("{arguments:?}"));
    }
}
