//! The terms of a record in a printed text: where its names stand, whatever their case, accents and hyphens.

use std::ops::Range;

use crate::dataset::{Dataset, Date, Entity, Link, Record, month_name};
use crate::search::fold;

/// The fewest letters of a term that is looked for, unless it is written in capitals.
const SHORTEST: usize = 3;

/// What a record goes by in a printed text, folded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms(Vec<String>);

/// The terms of a record: its names, and what else points to it. What has no name of its own in a text, as most events
/// have none, is found by those who took part, where and when.
pub fn terms(dataset: &Dataset, record: Record) -> Terms {
    let mut terms = names(dataset, record);
    let fields =
        |link: &&Link| !link.incoming && link.relation.is_field() && Some(link.record) != dataset.source.subject;
    for link in dataset.links(record).iter().filter(fields) {
        terms.extend(names(dataset, link.record));
    }
    terms.extend(dataset.entity(record).date().into_iter().flat_map(days));
    let mut terms: Vec<String> = terms.iter().map(|term| fold(term).letters().to_owned()).collect();
    terms.retain(|term| term.chars().count() >= SHORTEST);
    terms.sort_unstable_by_key(|term| std::cmp::Reverse(term.len()));
    terms.dedup();
    Terms(terms)
}

/// A record's name, its aliases, its spelling in the source, a body's short name, a figure's number.
fn names(dataset: &Dataset, record: Record) -> Vec<String> {
    let entity = dataset.entity(record);
    let about = entity.about();
    let mut names = vec![about.name.to_string()];
    names.extend(about.aliases().iter().map(ToString::to_string));
    names.extend(about.as_printed().map(ToString::to_string));
    match entity {
        Entity::Organisation(body) => names.extend(body.short.as_ref().map(ToString::to_string)),
        Entity::Figure(figure) => names.extend(figure.value.map(|value| value.to_string())),
        _ => {}
    }
    names
}

fn days(date: &Date) -> Vec<String> {
    let days = [date.first(), date.last()].into_iter().flatten();
    let month = |month: u8| date.month().is_some().then(|| month_name(month).to_owned());
    days.flat_map(|day| [Some(day.year.to_string()), month(day.month)]).flatten().collect()
}

impl Terms {
    /// Where terms stand in a text, as ranges of bytes, in order and apart from each other.
    pub fn find(&self, text: &str) -> Vec<Range<usize>> {
        let folded = fold(text);
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut found: Vec<Range<usize>> = Vec::new();
        for term in &self.0 {
            found.extend(folded.find_all(term).filter_map(|(start, end)| {
                let first = folded.positions(start, end).next()?;
                let last = folded.positions(start, end).last()?;
                Some(starts[first]..starts[last + 1])
            }));
        }
        found.sort_unstable_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        let mut apart: Vec<Range<usize>> = Vec::with_capacity(found.len());
        for range in found {
            if apart.last().is_none_or(|before| before.end <= range.start) {
                apart.push(range);
            }
        }
        apart
    }
}
