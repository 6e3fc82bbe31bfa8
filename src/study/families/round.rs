//! Which round was it?

use crate::dataset::{Dataset, Event, Kind, Record};
use crate::study::answer::{Answer, names};
use crate::study::card::{Draft, Family};

use super::{events_of, when};

/// The most rounds of one time that one question asks for.
const MOST: usize = 3;

/// A question for each numbered round. Rounds of one series that fall into the same time are told apart by their
/// places, or else asked for together.
pub fn drafts(dataset: &Dataset) -> Vec<Draft> {
    dataset.records(Kind::Mechanism).flat_map(|mechanism| series(dataset, mechanism)).collect()
}

fn series(dataset: &Dataset, mechanism: Record) -> Vec<Draft> {
    let event = |record: Record| &dataset.events[record.index()];
    let mut numbered = events_of(dataset, mechanism);
    numbered.retain(|&record| event(record).round.is_some() && event(record).date.is_some());
    let name = dataset.name(mechanism);
    let draft = |&record: &Record| {
        let own = event(record);
        let rivals: Vec<Record> =
            numbered.iter().copied().filter(|&other| other == record || overlap(event(other), own)).collect();
        let places = |record: Record| &event(record).places;
        let apart = rivals.iter().all(|&rival| rival == record || !shares_place(places(rival), places(record)));
        let subject = match (rivals.len(), apart) {
            (1, _) => format!("{name}{}", when(own)),
            (_, true) => format!("{name}, {}{}", names(dataset, &own.places), when(own)),
            _ => return together(dataset, mechanism, &rivals),
        };
        let round = own.round.into_iter().collect();
        Some(Draft::new(Family::Round, record, "Which round was this?", subject, Answer::Rounds(round)))
    };
    numbered.iter().filter_map(draft).collect()
}

/// Rounds that nothing but their number tells apart.
fn together(dataset: &Dataset, mechanism: Record, events: &[Record]) -> Option<Draft> {
    let event = |record: Record| &dataset.events[record.index()];
    let first = *events.first()?;
    let same = events.iter().all(|&other| event(other).date == event(first).date);
    let mut rounds: Vec<u32> = events.iter().filter_map(|&record| event(record).round).collect();
    rounds.sort_unstable();
    let subject = format!("{}{}", dataset.name(mechanism), when(event(first)));
    let draft = Draft::new(Family::Round, first, "Which rounds were these?", subject, Answer::Rounds(rounds));
    (same && events.len() <= MOST).then(|| Draft { about: events.to_vec(), ..draft.facet("together") })
}

fn overlap(one: &Event, other: &Event) -> bool {
    let (Some(one), Some(other)) = (&one.date, &other.date) else { return true };
    let first = other.first().is_none_or(|first| one.last().is_none_or(|last| first <= last));
    let last = other.last().is_none_or(|last| one.first().is_none_or(|first| first <= last));
    first && last
}

/// Says whether two lists of places could be the same place.
fn shares_place(one: &[Record], other: &[Record]) -> bool {
    one.is_empty() || other.is_empty() || one.iter().any(|place| other.contains(place))
}
