//! `detente study` without a screen, and `detente export anki`.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use detente::journal::{FileDisk, Journal};
use predicates::prelude::*;
use predicates::str::{contains, is_empty, starts_with};
use tempfile::tempdir;

use super::{SMALL, detente};
use crate::journal::review;

fn keep(directory: &Path, numbers: std::ops::Range<u64>) {
    let (mut journal, _) = Journal::open(FileDisk::new(Some(directory.to_path_buf())));
    numbers.map(review).for_each(|(at, deed)| assert_eq!(journal.note(at, deed).unsaved, None));
}

#[test]
fn anki_gets_its_header_lines_and_four_columns() {
    let output = detente(&["export", "anki"]).assert().code(0).stderr(is_empty()).get_output().stdout.clone();
    let text = String::from_utf8(output).unwrap();
    let (header, rows): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.starts_with('#'));
    assert_eq!(
        header,
        [
            "#separator:tab",
            "#html:true",
            "#guid column:1",
            "#tags column:4",
            "#notetype:Basic",
            "#deck:détente::China's National Defense in 2004",
            "#columns:GUID\tFront\tBack\tTags",
        ]
    );
    assert!(rows.len() >= 400, "{}", rows.len());
    let mut guids = HashSet::new();
    for row in rows {
        let columns: Vec<&str> = row.split('\t').collect();
        assert_eq!(columns.len(), 4, "{row}");
        assert!(guids.insert(columns[0].to_owned()), "{row}");
        assert!(columns[0].len() == 24 && columns[0].starts_with("detente-"), "{row}");
        assert!(columns[1].contains('?') && !columns[2].is_empty(), "{row}");
        assert!(columns[3].split(' ').all(|tag| tag.starts_with("détente::")), "{row}");
    }
    let again = detente(&["export", "anki"]).output().unwrap().stdout;
    assert_eq!(String::from_utf8(again).unwrap(), text, "the same cards have the same names");
}

#[test]
fn anki_gets_a_deck_and_an_unknown_one_is_empty() {
    let rows = |deck: &str| {
        let output = detente(&["export", "anki", "--deck", deck]).output().unwrap();
        String::from_utf8(output.stdout).unwrap().lines().filter(|line| !line.starts_with('#')).count()
    };
    assert!(rows("section/2") > 10 && rows("section/2") < rows("all"));
    assert!(rows("kind:exercise year:2003") > 0);
    detente(&["export", "anki", "--deck", "xyzzy"]).assert().code(1).stdout(starts_with("#separator:tab"));
    detente(&["export", "anki", "--data", SMALL]).assert().code(0).stdout(contains("First fair at the fork"));
}

#[test]
fn the_journal_is_exported_imported_and_reset() {
    let (home, other) = (tempdir().unwrap(), tempdir().unwrap());
    let (state, other_state) = (home.path().to_str().unwrap(), other.path().to_str().unwrap());
    let nothing = detente(&["study", "export", "--state", state]).assert().code(1).stdout(is_empty());
    nothing.stderr("detente: no card has been reviewed yet\n");
    detente(&["study", "reset", "--yes", "--state", state]).assert().code(1).stdout("There is nothing to forget\n");
    keep(home.path(), 0..3);
    keep(other.path(), 2..6);
    let exported = detente(&["study", "export", "--state", other_state]).assert().code(0).get_output().stdout.clone();
    assert_eq!(exported, fs::read(other.path().join("reviews.log")).unwrap());
    detente(&["study", "import", "-", "--state", state])
        .write_stdin(exported.clone())
        .assert()
        .code(0)
        .stdout(starts_with("3 reviews are new, 1 were there already\nWhat there was before: "));
    detente(&["study", "import", "-", "--state", state])
        .write_stdin(exported)
        .assert()
        .code(0)
        .stdout("0 reviews are new, 4 were there already\n");
    detente(&["study", "reset", "--state", state]).assert().code(2).stdout(is_empty()).stderr(contains("--yes"));
    let reset = detente(&["study", "reset", "--yes", "--state", state]).output().unwrap();
    let told = String::from_utf8(reset.stdout).unwrap();
    assert!(told.starts_with("6 reviews forgotten\nWhat there was before: "), "{told}");
    let copy = told.trim_end().rsplit(": ").next().unwrap().to_owned();
    detente(&["study", "reset", "--yes", "--state", state]).assert().code(1);
    detente(&["study", "import", &copy, "--state", state]).assert().code(0).stdout(starts_with("6 reviews are new"));
}

#[test]
fn what_is_no_journal_brings_nothing_and_says_so() {
    let home = tempdir().unwrap();
    let state = home.path().to_str().unwrap();
    keep(home.path(), 0..3);
    let before = fs::read(home.path().join("reviews.log")).unwrap();
    detente(&["study", "import", SMALL, "--state", state]).assert().code(1).stdout(contains("could not be read"));
    detente(&["study", "import", "/no/such/file", "--state", state]).assert().code(2).stderr(contains("no such file"));
    let one_line = predicate::function(|text: &str| text.lines().count() == 1);
    detente(&["study", "import", SMALL, "--state", "/proc/no/such/place"]).assert().code(2).stderr(one_line);
    assert_eq!(fs::read(home.path().join("reviews.log")).unwrap(), before);
}
