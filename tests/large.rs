//! The invented datasets that large files are measured with.

use detente::dataset::{self, Kind, Vocabulary};

use crate::generated;

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
