//! Where was it?

use std::collections::BTreeMap;

use crate::dataset::{Dataset, Kind, Record};
use crate::study::answer::Answer;
use crate::study::card::{Draft, Family};

use super::participants::{Gapped, MOST, gapped, gapped_countries, gaps};
use super::{joined_to, when};

/// A question for the places of each event: for the gap in its name where the name says them.
pub fn drafts(dataset: &Dataset) -> Vec<Draft> {
    let events = || dataset.records(Kind::Event);
    let named = gaps(dataset, events().filter_map(|event| Some((event, gapped_places(dataset, event)?))));
    let mut unnamed: BTreeMap<String, Vec<Record>> = BTreeMap::new();
    for record in events().filter(|&record| is_silent(dataset, record)) {
        let event = &dataset.events[record.index()];
        unnamed.entry(format!("{}{}", event.about.name, when(event))).or_default().push(record);
    }
    let sole = unnamed.into_iter().filter(|(_, events)| events.len() == 1);
    named.into_iter().chain(sole.map(|(subject, events)| place(dataset, &subject, events[0]))).collect()
}

/// An event's name and time with gaps for its places, unless the gaps ask for the same word as those for its countries.
fn gapped_places(dataset: &Dataset, record: Record) -> Option<Gapped> {
    let event = &dataset.events[record.index()];
    let places = gapped(dataset, &event.about.name, &event.places)?.with(&when(event));
    let asked = gapped_countries(dataset, record).is_some_and(|countries| countries.text == places.text);
    (!asked).then_some(places)
}

/// Says whether an event has places, and its name says none of them.
fn is_silent(dataset: &Dataset, record: Record) -> bool {
    let event = &dataset.events[record.index()];
    let counted = (1..=MOST).contains(&event.places.len());
    counted && gapped(dataset, &event.about.name, &event.places).is_none()
}

fn place(dataset: &Dataset, subject: &str, record: Record) -> Draft {
    let places = dataset.events[record.index()].places.to_vec();
    let draft = Draft::new(Family::Place, record, "Where was this?", subject, Answer::Records(places));
    draft.also_true(joined_to(dataset, record))
}
