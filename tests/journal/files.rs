//! The journal on the real disk: its files, full and forbidden ones, copies, imports and resets.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use detente::journal::{Disk, FileDisk, Journal, back_up, import, kept, merged, reset};
use detente::study::stamp::{MINUTE, Stamp};
use detente::study::{Deed, Entry, StudyDay};
use proptest::prelude::*;
use tempfile::tempdir;

use super::{review, said};

const NOON: Stamp = Stamp { utc_ms: 1_800_014_400_000, offset: 60 };

fn disk(directory: &Path) -> FileDisk {
    FileDisk::new(Some(directory.to_path_buf()))
}

/// Keeps reviews with these numbers; answers how many could not be kept.
fn keep(directory: &Path, numbers: std::ops::Range<u64>) -> usize {
    let (mut journal, _) = Journal::open(disk(directory));
    let reports = numbers.map(review).map(|(at, deed)| journal.note(at, deed));
    reports.filter(|report| report.unsaved.is_some()).count()
}

fn entries(directory: &Path) -> Vec<Entry> {
    Journal::open(disk(directory)).1.entries
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn the_files_are_the_readers_alone_and_the_journal_is_plain_text() {
    let home = tempdir().unwrap();
    let directory = home.path().join("state/detente");
    assert_eq!(keep(&directory, 0..3), 0);
    assert_eq!(mode(&directory), 0o700);
    for name in ["reviews.log", "reviews.lock"] {
        assert_eq!(mode(&directory.join(name)), 0o600, "{name}");
    }
    let text = fs::read_to_string(directory.join("reviews.log")).unwrap();
    let first = text.lines().next().unwrap();
    assert_eq!(text.lines().count(), 3);
    assert!(first.starts_with("v1 1 1800000000000 60 0000000000000000-00000000 1 "), "{first}");
    assert_eq!(said(&entries(&directory)), (0..3).map(review).collect::<Vec<_>>());
    assert!(Journal::open(disk(&home.path().join("nothing"))).1.entries.is_empty());
}

#[test]
fn r45_what_is_no_file_is_refused_and_the_session_goes_on() {
    let home = tempdir().unwrap();
    let journal_path = home.path().join("reviews.log");
    let fifo = || assert!(std::process::Command::new("mkfifo").arg(&journal_path).status().unwrap().success());
    let device = || symlink("/dev/full", &journal_path).unwrap();
    let endless = || symlink("/dev/zero", &journal_path).unwrap();
    let places: [&dyn Fn(); 3] = [&device, &endless, &fifo];
    for place in places {
        place();
        let (mut journal, found) = Journal::open(disk(home.path()));
        assert!(found.notice.unwrap().contains("no regular file"));
        for number in 1..=3 {
            let (at, deed) = review(number);
            let unsaved = journal.note(at, deed).unsaved.unwrap();
            assert_eq!((unsaved.count as u64, &*unsaved.why), (number, "the journal is no regular file"));
        }
        fs::remove_file(&journal_path).unwrap();
        assert!(journal.retry());
        assert_eq!(said(&entries(home.path())), (1..4).map(review).collect::<Vec<_>>());
        fs::remove_file(&journal_path).unwrap();
    }
}

#[test]
fn r47_without_a_directory_that_takes_it_nothing_is_kept_and_it_is_said() {
    let home = tempdir().unwrap();
    fs::write(home.path().join("file"), "in the way").unwrap();
    let places: [Option<PathBuf>; 4] = [
        None,
        Some(PathBuf::from("/proc/no/such/place")),
        Some(home.path().join("file/state")),
        Some(PathBuf::from("/dev/null")),
    ];
    for place in places {
        let (mut journal, found) = Journal::open(FileDisk::new(place.clone()));
        assert!(found.entries.is_empty());
        for number in 1..=2 {
            let (at, deed) = review(number);
            let report = journal.note(at, deed);
            let unsaved = report.unsaved.unwrap_or_else(|| panic!("{place:?}"));
            assert_eq!(unsaved.count as u64, number, "{place:?}");
            assert_eq!(report.added.len(), 1, "{place:?}");
        }
        assert!(!journal.retry());
    }
    let (mut journal, _) = Journal::open(FileDisk::new(None));
    let (at, deed) = review(1);
    assert_eq!(&*journal.note(at, deed).unsaved.unwrap().why, "there is no home directory");
}

#[test]
fn r49_a_lock_that_another_program_holds_is_waited_for() {
    let home = tempdir().unwrap();
    keep(home.path(), 0..1);
    let lock = disk(home.path()).lock().unwrap();
    let path = home.path().to_path_buf();
    let other = std::thread::spawn(move || keep(&path, 1..2));
    std::thread::sleep(std::time::Duration::from_millis(200));
    assert!(!other.is_finished());
    drop(lock);
    assert_eq!(other.join().unwrap(), 0);
    assert_eq!(entries(home.path()).len(), 2);
}

#[test]
fn a_day_makes_one_copy_and_old_copies_are_thinned_out() {
    let home = tempdir().unwrap();
    let journal = home.path().join("reviews.log");
    assert_eq!(back_up(&journal, NOON, false).unwrap(), None, "there is nothing to copy");
    keep(home.path(), 0..3);
    let copy = back_up(&journal, NOON, false).unwrap().unwrap();
    assert_eq!(copy.file_name().unwrap(), "reviews-2027-01-15.log");
    assert_eq!(fs::read(&copy).unwrap(), fs::read(&journal).unwrap());
    assert_eq!((mode(copy.parent().unwrap()), mode(&copy)), (0o700, 0o600));
    assert_eq!(back_up(&journal, NOON.later(60 * MINUTE), false).unwrap(), None, "one a day");
    let another = back_up(&journal, NOON, true).unwrap().unwrap();
    assert_eq!(another.file_name().unwrap(), "reviews-2027-01-15-1.log");
    for day in 1..400 {
        back_up(&journal, NOON.later(day * 24 * 60 * MINUTE), false).unwrap().unwrap();
    }
    let copies = fs::read_dir(copy.parent().unwrap()).unwrap().count();
    assert!((20..=33).contains(&copies), "{copies} copies");
    assert!(another.exists(), "a copy that was made before something was done stays");
}

#[test]
fn twelve_days_ten_weeks_and_nine_months_keep_their_copies() {
    let today = StudyDay(20_000); // 4 October 2024, a Friday
    let mut copies: Vec<StudyDay> = Vec::new();
    for day in 0..1_000 {
        copies.push(StudyDay(today.0 - 999 + day));
        copies = kept(&copies);
    }
    let ages: Vec<i32> = copies.iter().rev().map(|day| today.0 - day.0).collect();
    assert_eq!(ages[..12], (0..12).collect::<Vec<_>>());
    assert_eq!(ages[12..], [12, 19, 26, 33, 34, 40, 47, 54, 61, 65, 96, 126, 157, 187, 218]);
    assert_eq!(kept(&[]), []);
}

#[test]
fn an_import_brings_what_is_new_and_keeps_a_copy_of_what_there_was() {
    let (home, other) = (tempdir().unwrap(), tempdir().unwrap());
    keep(home.path(), 0..4);
    keep(other.path(), 2..8);
    let text = fs::read(other.path().join("reviews.log")).unwrap();
    let text = [&text[..], b"nonsense\n"].concat();
    let before = fs::read(home.path().join("reviews.log")).unwrap();
    let imported = import(disk(home.path()), &text, NOON).unwrap();
    assert_eq!((imported.new, imported.known, imported.damaged), (4, 2, 1));
    assert_eq!(fs::read(imported.backup.unwrap()).unwrap(), before);
    let merged = entries(home.path());
    assert_eq!(said(&merged), (0..8).map(review).collect::<Vec<_>>());
    assert_eq!(merged.iter().map(|entry| entry.number).collect::<Vec<_>>(), (1..=8).collect::<Vec<u64>>());
    let again = import(disk(home.path()), &text, NOON).unwrap();
    assert_eq!((again.new, again.known, again.backup), (0, 6, None), "nothing twice");
    let newer = format!("v9 {:08x}\n", crc32fast::hash(b"v9"));
    assert!(import(disk(home.path()), newer.as_bytes(), NOON).is_err());
}

#[test]
fn a_session_that_is_open_goes_on_after_an_import() {
    let (home, other) = (tempdir().unwrap(), tempdir().unwrap());
    let (mut journal, _) = Journal::open(disk(home.path()));
    let (at, deed) = review(5);
    journal.note(at, deed);
    keep(other.path(), 0..3);
    import(disk(home.path()), &fs::read(other.path().join("reviews.log")).unwrap(), NOON).unwrap();
    let (at, deed) = review(9);
    let all = journal.note(at, deed).all.unwrap();
    assert_eq!(said(&all), [0, 1, 2, 5, 9].map(review));
    assert_eq!(all, entries(home.path()));
}

#[test]
fn a_reset_forgets_all_and_its_copy_brings_it_back() {
    let home = tempdir().unwrap();
    assert_eq!(reset(disk(home.path()), NOON).unwrap(), None, "there is nothing to forget");
    keep(home.path(), 0..5);
    let (mut open, _) = Journal::open(disk(home.path()));
    let copy = reset(disk(home.path()), NOON).unwrap().unwrap();
    let (at, deed) = review(7);
    let told = open.note(at, deed).added;
    assert_eq!(told[0].deed, Deed::Reset, "a session that is open learns of it");
    assert_eq!(merged(&entries(home.path()), &[]).len(), 1);
    let imported = import(disk(home.path()), &fs::read(copy).unwrap(), NOON).unwrap();
    assert_eq!(imported.new, 5);
    assert_eq!(said(&entries(home.path())), [0, 1, 2, 3, 4, 7].map(review));
    fs::write(home.path().join("backups/reviews-2027-01-15-1.log"), "").unwrap();
}

#[test]
fn r45_a_copy_that_cannot_be_made_stops_a_reset() {
    let home = tempdir().unwrap();
    keep(home.path(), 0..5);
    fs::write(home.path().join("backups"), "in the way").unwrap();
    assert!(reset(disk(home.path()), NOON).is_err());
    assert_eq!(entries(home.path()).len(), 5);
}

fn any_journal() -> impl Strategy<Value = Vec<Entry>> {
    let deed = prop_oneof![5 => (0..30_u64).prop_map(|number| review(number).1), 1 => (0..20_u64).prop_map(Deed::Undo)];
    prop::collection::vec((deed, 0..50_i64), 0..20).prop_map(|deeds| {
        let at = |time: i64| Stamp { utc_ms: time, offset: 0 };
        (1..).zip(deeds).map(|(number, (deed, time))| Entry { number, at: at(time), deed }).collect()
    })
}

proptest! {
    /// Merging keeps every line that counts once, each journal's own order, and comes to the same a second time.
    #[test]
    fn merging_loses_nothing_and_repeats_nothing(own in any_journal(), others in any_journal()) {
        let (one, other) = (merged(&own, &[]), merged(&others, &[]));
        let both = merged(&own, &others);
        for entry in &one {
            prop_assert!(both.iter().any(|kept| (kept.at, kept.deed) == (entry.at, entry.deed)));
        }
        for entry in &other {
            prop_assert!(both.iter().any(|kept| (kept.at, kept.deed) == (entry.at, entry.deed)));
        }
        let own_order: Vec<_> = said(&both).into_iter().filter(|deed| said(&one).contains(deed)).collect();
        prop_assert_eq!(own_order, said(&one));
        prop_assert_eq!(merged(&both, &others), both.clone());
        prop_assert!((1..).zip(&both).all(|(number, entry)| entry.number == number));
    }
}
