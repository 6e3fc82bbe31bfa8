//! The branches of an outline, and the groups of a list that they may stand for.

use crate::context::Context;
use crate::dataset::{Dataset, Entity, Kind, Moments, Record, Relation};
use crate::place::Tab;
use crate::wording::plural;

/// A row of the outline: what the list beside it is narrowed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Branch {
    /// Everything.
    Whole,
    /// A section or a paragraph.
    Part(Record),
    /// A group of a list, by its place among the groups.
    Group(usize),
}

impl Branch {
    /// The events that belong to the branch: every event does, but to a part of the source that does not state it.
    pub fn events(self, dataset: &Dataset) -> Moments {
        let Branch::Part(part) = self else { return Moments::all(dataset.events.len()) };
        let paragraphs = dataset.about(part).cites.iter().filter_map(|&number| dataset.paragraph(number));
        let stated = paragraphs
            .flat_map(|paragraph| dataset.moments(dataset.links_of(paragraph, Relation::Cited, true, Kind::Event)));
        Moments::some(dataset.events.len(), stated)
    }
}

/// The kinds that a tab lists.
pub fn kinds(tab: Tab) -> &'static [Kind] {
    match tab {
        Tab::Home => &[Kind::Event],
        Tab::Countries => &[Kind::Country],
        Tab::Organisations => &[Kind::Organisation],
        Tab::Documents => &[Kind::Document, Kind::Exercise],
        Tab::Mechanisms => &[Kind::Mechanism, Kind::Position],
        Tab::Figures => &[Kind::Figure],
        Tab::Map => &[Kind::Country, Kind::Place],
    }
}

/// The groups of a tab with their counts, in the order in which they first appear.
pub fn groups(context: &Context, tab: Tab) -> Vec<(String, usize)> {
    let mut groups: Vec<(String, usize)> = Vec::new();
    if tab == Tab::Home {
        return groups; // The outline stands for the sections of the source, and all events would be one group.
    }
    for record in kinds(tab).iter().flat_map(|&kind| context.dataset.records(kind)) {
        let group = group(context, tab, record);
        match groups.iter_mut().find(|(name, _)| *name == group) {
            Some((_, count)) => *count += 1,
            None => groups.push((group, 1)),
        }
    }
    groups
}

/// The group of a record in the list of a tab.
pub fn group(context: &Context, tab: Tab, record: Record) -> String {
    let cited = || {
        let first = context.dataset.about(record).cites.first().and_then(|&number| context.dataset.paragraph(number));
        first.map(|paragraph| context.dataset.name(context.dataset.paragraphs[paragraph.index()].section).to_string())
    };
    match (tab, context.dataset.entity(record)) {
        (Tab::Countries, Entity::Country(country)) => country.region.to_string(),
        (_, Entity::Organisation(organisation)) => organisation.kind.to_string(),
        (_, Entity::Document(document)) => document.kind.to_string(),
        (_, Entity::Exercise(exercise)) => format!("exercise, {}", exercise.kind),
        (_, Entity::Position(position)) => position.kind.to_string(),
        (_, Entity::Figure(_)) => cited().unwrap_or_default(),
        _ => plural(record.kind).to_owned(),
    }
}
