//! Power cuts and failing disks, on a model of a disk.

use std::collections::HashSet;

use detente::journal::Journal;
use detente::study::chance::Chance;
use detente::study::{Deed, Entry, Stamp};

use super::model::{Fault, Model};
use super::{review, said};
use crate::holding::rounds;

/// The deeds that a journal on this disk holds, after a new start.
fn reopened(disk: &Model) -> Vec<(Stamp, Deed)> {
    said(&Journal::open(disk.clone()).1.entries)
}

#[test]
fn r44_no_power_cut_loses_a_kept_review_or_invents_one() {
    for seed in 0..rounds(8_000, 1_000_000) {
        let mut chance = Chance::new(seed);
        let mut disk = Model::default();
        let (mut kept, mut tried) = (Vec::new(), HashSet::new());
        for _ in 0..=chance.below(3) {
            let mut journals = [Journal::open(disk.clone()).0, Journal::open(disk.clone()).0];
            let calls = disk.calls();
            let faults: Vec<(usize, Fault)> = (0..chance.below(3))
                .map(|_| (calls + chance.below(60), [Fault::Refused, Fault::Half][chance.below(2)]))
                .collect();
            disk.fail(&faults);
            for _ in 0..chance.below(8) {
                let (at, deed) = review(tried.len() as u64);
                tried.insert((at, deed));
                let which = chance.below(2);
                let waiting = journals[which].unsaved();
                let report = journals[which].note(at, deed);
                if report.unsaved.is_none() {
                    kept.extend(waiting);
                    kept.push((at, deed));
                }
            }
            disk = disk.cut(&mut chance);
        }
        let left = reopened(&disk);
        let unique: HashSet<(Stamp, Deed)> = left.iter().copied().collect();
        assert_eq!(unique.len(), left.len(), "seed {seed}: a review is there twice");
        assert!(kept.iter().all(|deed| unique.contains(deed)), "seed {seed}: a kept review is lost");
        assert!(unique.iter().all(|deed| tried.contains(deed)), "seed {seed}: a review was invented");
    }
}

#[test]
fn r46_every_call_may_fail_and_the_session_goes_on() {
    let session = |disk: &Model| {
        let mut journal = Journal::open(disk.clone()).0;
        let mut kept = Vec::new();
        for number in 0..12 {
            let (at, deed) = review(number);
            let waiting = journal.unsaved();
            if journal.note(at, deed).unsaved.is_none() {
                kept.extend(waiting);
                kept.push((at, deed));
            }
        }
        (journal, kept)
    };
    let whole = Model::default();
    assert_eq!(session(&whole).1.len(), 12);
    let all: Vec<(Stamp, Deed)> = (0..12).map(review).collect();
    for fault in [Fault::Refused, Fault::Half] {
        for first in 1..=whole.calls() + 10 {
            for others in [&[][..], &[1], &[3], &[1, 2], &[2, 3], &[1, 2, 3]] {
                let faults: Vec<usize> =
                    std::iter::once(first).chain(others.iter().map(|&after| first + after)).collect();
                let disk = Model::failing(&faults.iter().map(|&call| (call, fault)).collect::<Vec<_>>());
                let (mut journal, kept) = session(&disk);
                let told = |what: &str| format!("{fault:?} at the calls {faults:?}: {what}");
                let left = reopened(&disk.cut(&mut Chance::new(first as u64)));
                assert!(kept.iter().all(|deed| left.contains(deed)), "{}", told("a kept review is lost"));
                disk.fail(&[]);
                assert!(journal.retry(), "{}", told("what was not kept is kept later"));
                let left: HashSet<_> = reopened(&disk).into_iter().collect();
                assert_eq!(left, all.iter().copied().collect(), "{}", told("all is there in the end"));
            }
        }
    }
}

#[test]
fn r45_a_full_disk_takes_nothing_back_and_keeps_all_once_there_is_room() {
    let disk = Model::default();
    let (mut journal, _) = Journal::open(disk.clone());
    for number in 0..5 {
        let (at, deed) = review(number);
        assert_eq!(journal.note(at, deed).unsaved, None);
    }
    let before = disk.live();
    disk.fill(true);
    for number in 5..9 {
        let (at, deed) = review(number);
        let report = journal.note(at, deed);
        let unsaved = report.unsaved.unwrap();
        assert_eq!((unsaved.count, &*unsaved.why), (number as usize - 4, "no space left on device"));
        assert_eq!(report.added, [Entry { number: number + 1, at, deed }], "the session goes on with it");
        assert_eq!(disk.live(), before, "the file is as it was");
    }
    disk.fill(false);
    let (at, deed) = review(9);
    let report = journal.note(at, deed);
    assert_eq!(report.unsaved, None);
    assert_eq!(said(&report.all.unwrap()), (0..10).map(review).collect::<Vec<_>>());
    assert_eq!(reopened(&disk), (0..10).map(review).collect::<Vec<_>>());
}

#[test]
fn what_is_taken_back_before_it_was_kept_is_found_by_its_later_number() {
    let disk = Model::default();
    let (mut one, _) = Journal::open(disk.clone());
    let (mut other, _) = Journal::open(disk.clone());
    disk.fill(true);
    let (at, deed) = review(1);
    let told = one.note(at, deed).added[0].number;
    one.note(at, Deed::Undo(told));
    disk.fill(false);
    for number in 2..5 {
        let (at, deed) = review(number);
        other.note(at, deed);
    }
    let (at, deed) = review(5);
    let all = one.note(at, deed).all.unwrap();
    let number = all.iter().find(|entry| entry.deed == review(1).1).unwrap().number;
    assert_ne!(number, told);
    assert!(all.iter().any(|entry| entry.deed == Deed::Undo(number)));
}

#[test]
fn r49_two_sessions_tell_each_other_what_they_did() {
    let disk = Model::default();
    let (mut one, _) = Journal::open(disk.clone());
    let (mut other, _) = Journal::open(disk.clone());
    let mut numbers = Vec::new();
    for number in 0..20 {
        let (at, deed) = review(number);
        let journal = if number % 3 == 0 { &mut one } else { &mut other };
        let report = journal.note(at, deed);
        assert_eq!(report.all, None);
        numbers.extend(report.added.iter().filter(|entry| entry.deed == deed).map(|entry| entry.number));
        let told = said(&report.added);
        assert_eq!(told.last(), Some(&(at, deed)));
        assert_eq!(
            told.len(),
            if number % 3 == 0 && number > 0 {
                3
            } else if number % 3 == 1 {
                2
            } else {
                1
            }
        );
    }
    assert_eq!(numbers, (1..=20).collect::<Vec<u64>>());
    assert_eq!(reopened(&disk), (0..20).map(review).collect::<Vec<_>>());
}

#[test]
fn r48_a_damaged_line_is_skipped_and_kept_aside() {
    for seed in 0..rounds(1_000, 20_000) {
        let mut chance = Chance::new(seed);
        let disk = Model::default();
        let (mut journal, _) = Journal::open(disk.clone());
        for number in 0..10 {
            let (at, deed) = review(number);
            journal.note(at, deed);
        }
        let mut bytes = disk.live();
        let at = chance.below(bytes.len());
        bytes[at] ^= 1 << chance.below(8);
        let line = bytes[..at].iter().filter(|&&byte| byte == b'\n').count();
        disk.write(&bytes);
        let (mut journal, found) = Journal::open(disk.clone());
        let left = said(&found.entries);
        let expected: Vec<_> = (0..10).filter(|&number| number != line as u64).map(review).collect();
        let joined: Vec<_> = expected.iter().filter(|deed| **deed != review(line as u64 + 1)).copied().collect();
        assert!(left == expected || left == joined, "seed {seed}: {} of 10 lines", left.len());
        assert!(found.notice.is_some_and(|notice| notice.contains("reviews.log.bad")), "seed {seed}");
        assert!(!disk.aside().is_empty());
        assert_eq!(Journal::open(disk.clone()).1.notice, None, "seed {seed}: what is known is not told twice");
        let (at, deed) = review(99);
        assert_eq!(journal.note(at, deed).unsaved, None);
        assert_eq!(reopened(&disk).last(), Some(&review(99)));
    }
}

#[test]
fn r44_a_torn_last_line_is_set_aside_and_said() {
    let disk = Model::default();
    let (mut journal, _) = Journal::open(disk.clone());
    for number in 0..3 {
        let (at, deed) = review(number);
        journal.note(at, deed);
    }
    let whole = disk.live();
    let last = whole[..whole.len() - 1].iter().rposition(|&byte| byte == b'\n').unwrap() + 1;
    for cut in last + 1..whole.len() - 1 {
        disk.write(&whole[..cut]);
        let (mut journal, found) = Journal::open(disk.clone());
        assert_eq!(said(&found.entries), [review(0), review(1)]);
        assert!(found.notice.unwrap().contains("half written"), "cut at {cut}");
        assert_eq!(disk.live(), whole[..last]);
        let (at, deed) = review(3);
        journal.note(at, deed);
        assert_eq!(reopened(&disk), [review(0), review(1), review(3)]);
    }
    disk.write(&whole[..whole.len() - 1]);
    let (_, found) = Journal::open(disk.clone());
    assert_eq!((said(&found.entries).len(), found.notice), (3, None), "only the end of the line was lost");
    assert_eq!(disk.live(), whole);
    disk.write(&[&whole[..], &[0; 4096]].concat());
    let (_, found) = Journal::open(disk.clone());
    assert_eq!(said(&found.entries).len(), 3, "a tail of zeros, as some file systems leave it");
    assert_eq!(disk.live(), whole);
}

#[test]
fn a_journal_of_a_newer_version_is_read_and_never_written() {
    let line = "v2 7 1800000000000 60 0123456789abcdef-01234567 3 new-field";
    let newer = format!("{line} {:08x}\n", crc32fast::hash(line.as_bytes()));
    let disk = Model::default();
    let (mut journal, _) = Journal::open(disk.clone());
    let (at, deed) = review(1);
    journal.note(at, deed);
    let bytes = [disk.live(), newer.clone().into_bytes(), b"half a line".to_vec()].concat();
    disk.write(&bytes);
    let (mut fresh, found) = Journal::open(disk.clone());
    assert_eq!(said(&found.entries), [review(1)]);
    assert!(found.notice.unwrap().contains("newer version"));
    for journal in [&mut fresh, &mut journal] {
        let (at, deed) = review(2);
        assert!(journal.note(at, deed).unsaved.unwrap().why.contains("newer version"));
        assert_eq!(disk.live(), bytes, "not a byte is changed");
    }
}
