//! In which order did these four come?

use crate::dataset::{Dataset, Date, DateBasis, Event, Kind, Record};
use crate::study::answer::Answer;
use crate::study::card::{Draft, Family};

/// How many events are put in order.
const EVENTS: usize = 4;

/// What a date is based on that the source does not give.
const INFERRED: Option<DateBasis> = Some(DateBasis::Inferred);

/// The kinds of record whose events are put in order.
const GROUPS: [Kind; 5] = [Kind::Country, Kind::Organisation, Kind::Mechanism, Kind::Place, Kind::Section];

/// Questions for events that have something in common and fall into times that do not touch.
pub fn drafts(dataset: &Dataset) -> Vec<Draft> {
    let groups = GROUPS.iter().flat_map(|&kind| dataset.records(kind));
    let groups = groups.filter(|&group| Some(group) != dataset.source.subject);
    groups.flat_map(|group| fours(dataset, group)).collect()
}

/// Fours of consecutive events, each sharing two with the next: of the longest chain, then of the longest one among the
/// other events, and so on.
fn fours(dataset: &Dataset, group: Record) -> Vec<Draft> {
    let mut rest = members(dataset, group);
    let mut drafts = Vec::new();
    loop {
        let chain = chain(dataset, &rest);
        if chain.len() < EVENTS {
            return drafts;
        }
        drafts.extend(chain.windows(EVENTS).step_by(EVENTS / 2).map(|four| four_draft(dataset, group, four)));
        rest.retain(|event| !chain.contains(event));
    }
}

fn four_draft(dataset: &Dataset, group: Record, four: &[Record]) -> Draft {
    let answer = Answer::Order(four.to_vec());
    let draft = Draft::new(Family::Order, group, "In which order did these happen?", "", answer);
    draft.facet(dataset.address(four[0]))
}

fn members(dataset: &Dataset, group: Record) -> Vec<Record> {
    if group.kind != Kind::Section {
        let events = dataset.links(group).iter().map(|link| link.record).filter(|record| record.kind == Kind::Event);
        let mut events: Vec<Record> = events.collect();
        events.dedup();
        return events;
    }
    let paragraphs = &dataset.sections[group.index()].paragraphs;
    let numbers: Vec<u32> = paragraphs.iter().map(|&paragraph| dataset.paragraphs[paragraph.index()].number).collect();
    let states = |event: &&Record| dataset.about(**event).cites.iter().any(|number| numbers.contains(number));
    dataset.chronology().iter().filter(states).copied().collect()
}

/// As many of the events with sure dates as can stand one wholly after the other: at each step the one that ends first.
fn chain(dataset: &Dataset, events: &[Record]) -> Vec<Record> {
    let event = |record: Record| &dataset.events[record.index()];
    let sure = |event: &Event| event.date.as_ref().is_some_and(Date::is_sure) && event.date_basis != INFERRED;
    let span = |record: Record| event(record).date.as_ref().and_then(|date| Some((date.first()?, date.last()?)));
    let told = |&record: &Record| span(record).is_some() && sure(event(record)) && !tells_time(event(record));
    let mut dated: Vec<Record> = events.iter().copied().filter(told).collect();
    dated.sort_by_key(|&record| span(record).map(|(first, last)| (last, first)));
    let mut chain: Vec<Record> = Vec::new();
    for record in dated {
        let after = |&last: &Record| span(last).map(|(_, last)| last) < span(record).map(|(first, _)| first);
        if chain.last().is_none_or(after) {
            chain.push(record);
        }
    }
    chain
}

/// Says whether an event's name says its year.
fn tells_time(event: &Event) -> bool {
    let year = event.date.as_ref().and_then(Date::year);
    year.is_some_and(|year| event.about.name.contains(&year.to_string()))
}
