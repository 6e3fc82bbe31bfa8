//! The invented datasets that large files are measured with.

use std::cell::RefCell;
use std::path::Path;
use std::time::Duration;

use detente::dataset::{self, Dataset, Kind, Vocabulary};
use proptest::prelude::*;
use tempfile::tempdir;

use crate::common::SMALL;
use crate::generated;
use crate::pty::{self, Pty};

#[test]
fn a_generated_dataset_is_sound_at_any_size() {
    for events in [0, 1, 9, 100, 2_000] {
        let bytes = generated::bytes(events);
        assert_eq!(dataset::validate(&bytes), [], "{events} events");
    }
}

#[test]
fn it_is_the_same_for_the_same_seed_and_another_for_another() {
    let written = |seed| {
        let mut bytes = Vec::new();
        generated::write(100, seed, &mut bytes).unwrap();
        bytes
    };
    assert_eq!(written(1), written(1));
    assert_ne!(written(1), written(2));
}

#[test]
fn it_has_what_real_datasets_have() {
    let events = 2_000;
    let dataset = dataset::read(&generated::bytes(events)).dataset.unwrap();
    assert_eq!(dataset.count(Kind::Event), events);
    assert_eq!(dataset.event_count(dataset.find("country/aa").unwrap()), events / 10, "a tenth is of one country");
    let letters: usize = dataset.events.iter().map(|event| event.about.name.chars().count()).sum();
    assert!((80..100).contains(&(letters / events)), "a name has {} letters", letters / events);
    let dates = dataset.events.iter().filter_map(|event| event.date.as_ref());
    let precisions: std::collections::BTreeSet<_> = dates.clone().map(|date| date.precision()).collect();
    assert_eq!(precisions.len(), 4, "dates are known to the day, the month, the season and the year");
    assert!(dates.clone().any(|date| date.is_interval()) && dates.clone().any(|date| !date.is_sure()));
    assert!(dataset.events.iter().any(|event| event.date.is_none()));
    assert!(dataset.events.iter().any(|event| event.round > Some(1)));
    for kind in Kind::ALL {
        assert!(dataset.count(*kind) > 0, "no {kind}");
    }
}

/// All that a dataset says, and how its records are joined and found.
fn facts(dataset: &Dataset) -> String {
    let records = dataset.all().map(|record| {
        let links = dataset.links(record);
        assert_eq!(dataset.find(&dataset.address(record)), Some(record));
        format!("{record:?} {:?} {links:?}\n", dataset.entity(record))
    });
    let lists = (&dataset.source, &dataset.tours, dataset.chronology());
    records.chain([format!("{lists:?}")]).collect()
}

/// Reads a file both ways, and says whether the quick way made anything of it.
fn both_ways(bytes: &[u8], length: u64) -> Result<bool, TestCaseError> {
    let quick = dataset::read_quickly(bytes, length, &|_| true).unwrap();
    let careful = dataset::read_carefully(bytes, false);
    if let Some(quick) = &quick {
        prop_assert_eq!(&careful.findings, &[]);
        prop_assert!(facts(quick) == facts(&careful.dataset.unwrap()));
    } else {
        prop_assert!(!careful.findings.is_empty(), "a sound file is read quickly");
    }
    Ok(quick.is_some())
}

/// A length that has a file read by several threads.
const LONG: u64 = u64::MAX;

#[test]
fn both_ways_make_the_same_of_sound_files() {
    let marked = format!("\u{feff}{SMALL}");
    let generated = generated::bytes(3_000);
    for bytes in [SMALL.as_bytes(), marked.as_bytes(), dataset::SHIPPED.as_bytes(), &generated] {
        for length in [0, LONG] {
            assert!(both_ways(bytes, length).unwrap());
        }
    }
}

#[test]
fn a_list_that_is_read_in_many_batches_is_the_same() {
    let bytes = generated::bytes(8_000);
    assert!(bytes.len() > 3 * 1024 * 1024, "three batches and more");
    assert!(both_ways(&bytes, LONG).unwrap());
    assert!(both_ways(&bytes, 0).unwrap());
}

#[test]
fn a_fault_in_a_late_batch_is_told_with_its_place() {
    let text = String::from_utf8(generated::bytes(8_000)).unwrap();
    for (sound, broken) in
        [("\"kind\":", "\"knid\":"), ("place/", "plaice/"), ("},\n{", "},,\n{"), ("\"cites\":[", "\"cites\":[999,")]
    {
        let at = text[..text.find("\"mechanisms\"").unwrap()].rfind(sound).unwrap();
        let broken = [&text[..at], broken, &text[at + sound.len()..]].concat();
        assert!(!both_ways(broken.as_bytes(), LONG).unwrap(), "{sound}");
        let finding = &dataset::validate(broken.as_bytes())[0];
        let lines = text[..at].lines().count();
        assert!(finding.line.abs_diff(lines) <= 1, "{finding} is not at line {lines}");
    }
}

#[test]
fn the_reading_is_watched_and_can_be_ended() {
    let bytes = generated::bytes(4_000);
    let heard = RefCell::new(Vec::new());
    let watch = |read| {
        heard.borrow_mut().push(read);
        true
    };
    assert!(dataset::read_quickly(&*bytes, LONG, &watch).unwrap().is_some());
    let heard = heard.into_inner();
    assert!(heard.is_sorted() && heard.first() < heard.last() && heard.last() == Some(&(bytes.len() as u64)));
    for length in [0, LONG] {
        let ended = dataset::read_quickly(&*bytes, length, &|read| read < 1_000_000);
        assert_eq!(ended.unwrap_err().kind(), std::io::ErrorKind::Interrupted);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_quick_way_accepts_nothing_that_the_careful_one_refuses(at in 0..SMALL.len(), byte: u8, cut in 0..40_usize) {
        let mut damaged = SMALL.as_bytes().to_vec();
        damaged[at] = byte;
        damaged.drain(at..(at + cut).min(SMALL.len()));
        both_ways(&damaged, 0)?;
    }

    #[test]
    fn nor_where_parts_of_the_file_change_places(from in 0..SMALL.len(), length in 0..200_usize, to in 0..SMALL.len()) {
        let mut bytes = SMALL.as_bytes().to_vec();
        let moved: Vec<u8> = bytes.drain(from..(from + length).min(SMALL.len())).collect();
        let to = to.min(bytes.len());
        bytes.splice(to..to, moved);
        both_ways(&bytes, 0)?;
    }

    #[test]
    fn nor_where_one_text_stands_for_another(which: usize, other: usize) {
        let texts: Vec<(usize, &str)> = SMALL.split('"').scan(0, |at, part| {
            let own = *at;
            *at += part.len() + 1;
            Some((own, part))
        }).skip(1).step_by(2).collect();
        let ((at, text), (_, other)) = (texts[which % texts.len()], texts[other % texts.len()]);
        let changed = [&SMALL[..at], other, &SMALL[at + text.len()..]].concat();
        both_ways(changed.as_bytes(), 0)?;
    }
}

/// The explorer on a file that takes a while to read.
fn explore_long(home: &Path, file: &Path) -> Pty {
    Pty::start(pty::command(home, &["--data", file.to_str().unwrap()]))
}

#[test]
fn how_far_a_long_file_is_read_is_shown_and_then_what_it_holds() {
    let home = tempdir().unwrap();
    let mut pty = explore_long(home.path(), &generated::file(home.path(), 60_000));
    pty.wait_for("Reading 60000.json");
    pty.wait_for(" MB");
    pty.wait_for("q quit");
    pty.send("q");
    assert!(pty.end().0.success());
    pty.assert_restored();
}

#[test]
fn a_key_stops_the_reading_of_a_long_file() {
    let home = tempdir().unwrap();
    let file = generated::file(home.path(), 60_000);
    for key in ["q", "\x1b", "\x03"] {
        let mut pty = explore_long(home.path(), &file);
        pty.wait_for("q stops");
        pty.send(key);
        let (status, taken) = pty.end();
        assert!(status.success() && taken < Duration::from_secs(1), "{key:?} took {taken:?}");
        pty.assert_restored();
        assert!(!String::from_utf8_lossy(&pty.log()).contains("quit"), "{key:?} came after the file was read");
    }
}
