//! What each command prints into a pipe and in a terminal, exactly, for the invented dataset.

use insta::assert_snapshot;
use tempfile::tempdir;

use super::{SMALL, detente};
use crate::pty::{Pty, command};

/// The commands under the names of their pictures.
const COMMANDS: &[(&str, &[&str])] = &[
    ("search", &["search", "fork"]),
    ("search_fields", &["search", "kind:event", "country:bb"]),
    ("search_nothing", &["search", "xyzzy"]),
    ("search_note", &["search", "contry:aa", "fork"]),
    ("search_json", &["search", "--json", "--limit", "2", "fork"]),
    ("search_json_nothing", &["search", "--json", "xyzzy"]),
    ("show_country", &["show", "country/bb"]),
    ("show_event", &["show", "event/fair-1"]),
    ("show_paragraph", &["show", "paragraph/2"]),
    ("show_figure", &["show", "figure/ferries"]),
    ("show_source", &["show", "source/event/fair-2"]),
    ("show_json", &["show", "--json", "event/fair-1"]),
    ("show_unknown", &["show", "country/ab"]),
    ("show_name", &["show", "Bree"]),
    ("show_tab", &["show", "countries"]),
    ("timeline", &["timeline"]),
    ("timeline_filtered", &["timeline", "--country", "bree", "--kind", "meeting", "--year", "1901-1903"]),
    ("timeline_section", &["timeline", "--section", "1", "--topic", "maritime", "--organisation", "guild"]),
    ("timeline_nothing", &["timeline", "--year", "1999"]),
    ("timeline_no_such_country", &["timeline", "--country", "zz"]),
    ("timeline_json", &["timeline", "--json", "--year", "1901"]),
    ("timeline_json_nothing", &["timeline", "--json", "--year", "1999"]),
    ("stats", &["stats"]),
    ("stats_filtered", &["stats", "--country", "bb"]),
    ("stats_json", &["stats", "--json"]),
    ("export_json", &["export", "json"]),
    ("export_json_filtered", &["export", "json", "--country", "bb", "--kind", "event"]),
    ("export_csv", &["export", "csv"]),
    ("export_csv_table", &["export", "csv", "--table", "places"]),
    ("export_csv_kind", &["export", "csv", "--kind", "figure"]),
    ("export_csv_nothing", &["export", "csv", "--year", "1999"]),
    ("export_csv_no_such_table", &["export", "csv", "--table", "ferries"]),
    ("export_md", &["export", "md"]),
    ("export_md_filtered", &["export", "md", "--kind", "meeting"]),
    ("validate", &["validate"]),
    ("validate_json", &["validate", "--json"]),
    ("export_anki", &["export", "anki"]),
    ("export_slides", &["export", "slides", "rivers"]),
    // With the server there is one command more.
    #[cfg(not(feature = "serve"))]
    ("man", &["man"]),
    #[cfg(not(feature = "serve"))]
    ("completions", &["completions", "fish"]),
];

#[test]
fn into_a_pipe() {
    for (name, arguments) in COMMANDS {
        let output = detente(arguments).args(["--data", SMALL]).env("CLICOLOR_FORCE", "1").output().unwrap();
        let (printed, told) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
        assert!(!printed.contains('\x1b') && !told.contains('\x1b'), "{name} is not plain");
        let code = output.status.code().unwrap();
        assert_snapshot!(format!("pipe_{name}"), format!("{printed}--- told\n{told}--- exit {code}\n"));
    }
}

#[test]
fn in_a_terminal() {
    let home = tempdir().unwrap();
    let data = std::fs::canonicalize(SMALL).unwrap();
    for (name, arguments) in COMMANDS.iter().filter(|(name, _)| !name.contains("json")) {
        let mut command = command(home.path(), arguments);
        command.args(["--data", data.to_str().unwrap()]);
        let (printed, code) = Pty::start(command).printed();
        let shown = without_looks(&printed).replace("\r\n", "\n").replace(data.to_str().unwrap(), SMALL);
        assert_snapshot!(format!("terminal_{name}"), format!("{shown}--- exit {code}\n"));
    }
}

/// The text without its colours and weights, the only sequences that a command may print.
pub fn without_looks(printed: &str) -> String {
    let mut pieces = printed.split('\x1b');
    let mut text = pieces.next().unwrap().to_owned();
    for piece in pieces {
        let (numbers, rest) = piece.strip_prefix('[').and_then(|piece| piece.split_once('m')).unwrap_or(("?", piece));
        assert!(numbers.chars().all(|letter| letter.is_ascii_digit() || letter == ';'), "ESC {piece:?}");
        text.push_str(rest);
    }
    assert!(!text.chars().any(|letter| letter.is_control() && !"\r\n\t".contains(letter)), "{text:?}");
    text
}

#[test]
fn without_colour_and_without_letters_beyond_ascii() {
    let home = tempdir().unwrap();
    let data = std::fs::canonicalize(SMALL).unwrap();
    let printed = |variable: &str, value: &str| {
        let mut command = command(home.path(), &["timeline", "--data", data.to_str().unwrap()]);
        command.env(variable, value);
        Pty::start(command).printed().0
    };
    assert!(printed("TERM", "xterm-256color").contains("\x1b[38;5;6m"), "colour where nothing speaks against it");
    let mono = printed("NO_COLOR", "1");
    assert!(mono.contains("\x1b[1m") && !mono.contains("[38;5"), "weights only: {mono:?}");
    let dumb = printed("TERM", "dumb");
    assert!(dumb.contains("First fair") && !dumb.contains('\x1b'), "letters only: {dumb:?}");
    let ascii = printed("LANG", "C");
    assert!(ascii.contains("First fair") && ascii.is_ascii(), "{ascii:?}");
}
