//! Which series or channel is it?

use crate::dataset::{Dataset, Kind, Record};
use crate::study::answer::Answer;
use crate::study::card::{Draft, Family};

use super::document::described;
use super::participants::{Gapped, gapped, gaps};
use super::{events_of, joined_to, partners};

/// The most events of a series of which each is asked where it belongs.
const MOST_EVENTS: usize = 4;

/// The most rounds that one question asks for.
const MOST_ROUNDS: usize = 3;

/// Questions for each channel: which it is by what is said of it, with whom it is, which rounds of it are named, and
/// to which an event belongs.
pub fn drafts(dataset: &Dataset) -> Vec<Draft> {
    let mechanisms = || dataset.records(Kind::Mechanism);
    let channels = mechanisms()
        .filter_map(|record| described(dataset, record, Family::Mechanism, "Which channel or series is this?"));
    let silent = mechanisms().filter(|&record| events_of(dataset, record).is_empty());
    let with = gaps(dataset, silent.filter_map(|record| Some((record, gapped_partners(dataset, record)?))));
    let rounds = mechanisms().filter_map(|record| rounds(dataset, record));
    let members = mechanisms().flat_map(|record| members(dataset, record));
    let with = with.into_iter().map(|draft| Draft { family: Family::Mechanism, ..draft });
    channels.chain(with).chain(rounds).chain(members).collect()
}

fn gapped_partners(dataset: &Dataset, record: Record) -> Option<Gapped> {
    let mechanism = &dataset.mechanisms[record.index()];
    gapped(dataset, &mechanism.about.name, &partners(dataset, &mechanism.countries))
}

/// The rounds of a channel that the source names, where they fall into several times.
fn rounds(dataset: &Dataset, record: Record) -> Option<Draft> {
    let event = |record: &Record| &dataset.events[record.index()];
    let mut numbered = events_of(dataset, record);
    numbered.retain(|record| event(record).round.is_some());
    let mut rounds: Vec<u32> = numbered.iter().filter_map(|record| event(record).round).collect();
    rounds.sort_unstable();
    rounds.dedup();
    let first = numbered.first()?;
    let several = numbered.iter().any(|record| event(record).date != event(first).date);
    let prompt = "Which rounds does the source name?";
    let draft = Draft::new(Family::Mechanism, record, prompt, &**dataset.name(record), Answer::Rounds(rounds.clone()));
    let asked = several && rounds.len() <= MOST_ROUNDS;
    asked.then(|| Draft { about: numbered, ..draft.facet("rounds") })
}

/// Which series each event of a short one belongs to.
fn members(dataset: &Dataset, mechanism: Record) -> Vec<Draft> {
    let events = events_of(dataset, mechanism);
    if events.len() > MOST_EVENTS {
        return Vec::new();
    }
    let draft = |&event: &Record| {
        let name = &**dataset.name(event);
        let answer = Answer::Records(vec![mechanism]);
        let draft = Draft::new(Family::Mechanism, event, "To which channel or series does this belong?", name, answer);
        draft.also_true(joined_to(dataset, event))
    };
    events.iter().map(draft).collect()
}
