//! How cards are made from the records: one file for each family of questions.

mod cloze;
mod date;
mod document;
mod mechanism;
mod number;
mod order;
mod participants;
mod place;
mod round;
mod section;

use std::collections::{HashMap, HashSet};

use crate::dataset::{Clean, Dataset, Entity, Event, Record, Relation};
use crate::search::fold;
use crate::wording;

use super::answer::Answer;
use super::card::{Card, Draft};
use super::gap::{gives_away, names};
use super::typed;

/// All cards of a dataset, in the order of the families and of the file.
pub fn cards(dataset: &Dataset) -> Vec<Card> {
    let families: [fn(&Dataset) -> Vec<Draft>; 10] = [
        date::drafts,
        participants::drafts,
        round::drafts,
        document::drafts,
        number::drafts,
        place::drafts,
        mechanism::drafts,
        order::drafts,
        cloze::drafts,
        section::drafts,
    ];
    let drafts: Vec<Draft> = families.into_iter().flat_map(|drafts| drafts(dataset)).collect();
    let drafts = unambiguous(drafts, dataset).into_iter().filter(|draft| !is_given_away(draft, dataset));
    let mut seen = HashSet::new();
    drafts.map(|draft| draft.finish(dataset)).filter(|card| seen.insert(card.key.id)).collect()
}

/// Leaves out questions that are asked twice: both where their answers differ, the later one where they agree.
fn unambiguous(drafts: Vec<Draft>, dataset: &Dataset) -> Vec<Draft> {
    let asked: Vec<String> = drafts.iter().map(|draft| fold(&draft.question(dataset)).letters().to_owned()).collect();
    let mut answers: HashMap<&str, HashSet<String>> = HashMap::new();
    for (draft, asked) in drafts.iter().zip(&asked) {
        answers.entry(asked).or_default().insert(draft.answer.meaning(dataset));
    }
    // The first that asks takes what there is to answer; later ones find nothing.
    let mut sole = |asked: &String| answers.remove(asked.as_str()).is_some_and(|answers| answers.len() == 1);
    drafts.into_iter().zip(&asked).filter(|(_, asked)| sole(asked)).map(|(draft, _)| draft).collect()
}

/// Says whether the answer, by any of its names, stands in its own question.
fn is_given_away(draft: &Draft, dataset: &Dataset) -> bool {
    let question = fold(&draft.question(dataset));
    match &draft.answer {
        Answer::Order(_) => false,
        Answer::Records(records) => records.iter().any(|&record| {
            let long = |name: &Clean| name.chars().count() > 3;
            names(dataset, record).iter().filter(|name| long(name)).any(|name| gives_away(&question, name))
        }),
        Answer::Amount { value: Some(value), .. } => {
            typed::spellings(*value).iter().any(|word| gives_away(&question, word))
        }
        answer => gives_away(&question, &answer.words(dataset)),
    }
}

/// The countries of a list other than the one that the dataset speaks for.
fn partners(dataset: &Dataset, countries: &[Record]) -> Vec<Record> {
    dataset.partners(countries).collect()
}

/// The events of a series or channel.
fn events_of(dataset: &Dataset, mechanism: Record) -> Vec<Record> {
    let links = dataset.links(mechanism).iter().filter(|link| link.relation == Relation::Series && link.incoming);
    links.map(|link| link.record).collect()
}

/// " (July 2003)", or nothing for the undated.
fn when(event: &Event) -> String {
    event.date.as_ref().map(|date| format!(" ({})", wording::period(date))).unwrap_or_default()
}

/// Everything that an event is joined to, and what that belongs to: none of it can be a wrong answer to a question
/// about the event.
fn joined_to(dataset: &Dataset, record: Record) -> Vec<Record> {
    let mut joined: Vec<Record> = dataset.links(record).iter().map(|link| link.record).collect();
    let countries: Vec<Record> = joined
        .iter()
        .filter_map(|&record| match dataset.entity(record) {
            Entity::Organisation(organisation) => organisation.country,
            Entity::Place(place) => place.country,
            _ => None,
        })
        .collect();
    joined.extend(countries);
    joined.extend(dataset.source.subject);
    joined.sort_unstable();
    joined.dedup();
    joined
}
