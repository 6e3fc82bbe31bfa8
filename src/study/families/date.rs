//! When was it?

use std::collections::{HashMap, HashSet};

use crate::dataset::{Dataset, Date, DateBasis, Direction, Event, EventKind, Kind, Precision, Record, Relation};
use crate::search::fold;
use crate::study::answer::{Answer, is_ordinal};
use crate::study::card::{Draft, Family};

/// A question for each event, paper and channel whose date the source gives.
pub fn drafts(dataset: &Dataset) -> Vec<Draft> {
    let (things, names) = (things(dataset), events_by_name(dataset));
    let events = dataset.records(Kind::Event).filter_map(|record| {
        let event = &dataset.events[record.index()];
        let date = event.date.as_ref().filter(|_| event.date_basis != Some(DateBasis::Inferred))?;
        let sole = things.get(&thing(event)).is_some_and(|dates| dates.len() == 1) || date.last().is_none();
        let named = names.get(fold(&event.about.name).letters()).is_some_and(|&count| count == 1);
        if !sole || !named {
            return None;
        }
        draft(record, &event.about.name, date, did(event.kind))
    });
    let documents = dataset.records(Kind::Document).filter_map(|record| {
        let document = &dataset.documents[record.index()];
        let date = document.date.as_ref().filter(|date| !is_dated_by_event(dataset, record, date))?;
        draft(record, &document.about.name, date, "was this made")
    });
    let mechanisms = dataset.records(Kind::Mechanism).filter_map(|record| {
        let mechanism = &dataset.mechanisms[record.index()];
        let since = mechanism.since.as_ref().filter(|date| !is_dated_by_event(dataset, record, date))?;
        draft(record, &mechanism.about.name, since, "did this begin")
    });
    events.chain(documents).chain(mechanisms).collect()
}

/// What an event did, as the end of a question.
fn did(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Consultation
        | EventKind::Meeting
        | EventKind::Summit
        | EventKind::Exercise
        | EventKind::Workshop
        | EventKind::Education
        | EventKind::Visit
        | EventKind::PortCall => "did this take place",
        _ => "did this happen",
    }
}

fn draft(record: Record, name: &str, date: &Date, did: &str) -> Option<Draft> {
    let Some(last) = date.last() else {
        let begun = Date::parse(date.to_string().split('/').next()?).ok()?;
        return Some(Draft::new(Family::Date, record, "Since when?", name, Answer::When(begun)));
    };
    let first = date.first()?;
    if last.year != first.year {
        return None; // Some time in the past two years is no date to remember.
    }
    let told = fold(name).words().any(|word| word == first.year.to_string());
    let month = date.precision() <= Precision::Month;
    let (prompt, answer) = match (month, told) {
        (true, false) => (format!("When {did}?"), Answer::When(date.clone())),
        (true, true) if date.precision() == Precision::Month && !date.is_interval() => {
            (format!("In which month of {} {did}?", first.year), Answer::Month(date.clone()))
        }
        (false, false) => (format!("In which year {did}?"), Answer::When(date.clone())),
        (_, true) => return None,
    };
    Some(Draft::new(Family::Date, record, prompt, name, answer))
}

/// What makes an event what it is, but for its time and name: where two events agree in it, and no round tells them
/// apart, one may be taken for the other.
type Thing<'a> = (EventKind, Option<Direction>, Option<u32>, &'a [Record], &'a [Record], Option<Record>, String);

fn thing(event: &Event) -> Thing<'_> {
    let name = fold(&event.about.name);
    let telling = name.words().enumerate().filter(|(at, word)| *at < 2 || is_ordinal(word));
    let words = telling.map(|(_, word)| word).collect::<Vec<_>>().join(" ");
    (event.kind, event.direction, event.round, &event.countries, &event.places, event.exercise, words)
}

/// How many events have each name.
fn events_by_name(dataset: &Dataset) -> HashMap<String, usize> {
    let mut names = HashMap::new();
    for Event { about, .. } in &dataset.events {
        *names.entry(fold(&about.name).letters().to_owned()).or_default() += 1;
    }
    names
}

/// The dates of each thing.
fn things(dataset: &Dataset) -> HashMap<Thing<'_>, HashSet<Option<&Date>>> {
    let mut things: HashMap<Thing<'_>, HashSet<Option<&Date>>> = HashMap::new();
    for event in &dataset.events {
        things.entry(thing(event)).or_default().insert(event.date.as_ref());
    }
    things
}

/// Says whether an event of the paper or channel has its date, so that the event's card asks for it already.
fn is_dated_by_event(dataset: &Dataset, record: Record, date: &Date) -> bool {
    dataset.links(record).iter().any(|link| {
        let of_it = matches!(link.relation, Relation::Document | Relation::Series) && link.incoming;
        of_it && dataset.entity(link.record).date().is_some_and(|other| other.first() == date.first())
    })
}
