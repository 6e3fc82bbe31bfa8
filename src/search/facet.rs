//! Facets: what events can be narrowed by, how many events each choice would leave, and which choices are made.

use std::collections::BTreeMap;

use super::facets::Facets;
use crate::dataset::{Dataset, EventKind, Record, Topic, Vocabulary};

/// A property that some events have and others do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// Is of this kind.
    Kind(EventKind),
    /// This country took part.
    Country(Record),
    /// This body took part.
    Organisation(Record),
    /// Is about this.
    Topic(Topic),
    /// This section of the source states it.
    Section(Record),
    /// Can have been in this year.
    Year(i32),
}

/// The facets of one sort: of these, an event needs to have one that is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// The kinds of event.
    Kind,
    /// Those who took part.
    Country,
    /// Bodies that took part.
    Organisation,
    /// What events are about.
    Topic,
    /// Where the source states them.
    Section,
    /// When they were.
    Year,
}

impl Group {
    /// All groups, in the order of the filter.
    pub const ALL: [Group; 6] =
        [Group::Kind, Group::Country, Group::Organisation, Group::Topic, Group::Section, Group::Year];

    /// The group as a heading.
    pub fn title(self) -> &'static str {
        match self {
            Group::Kind => "Kind",
            Group::Country => "Country",
            Group::Organisation => "Organisation",
            Group::Topic => "Topic",
            Group::Section => "Section",
            Group::Year => "Year",
        }
    }
}

/// The longest span of which every year is a facet, in years; of a longer one only its first and its last.
const LONGEST_SPAN: i32 = 200;

impl Facet {
    /// The group that it belongs to.
    pub fn group(self) -> Group {
        match self {
            Facet::Kind(_) => Group::Kind,
            Facet::Country(_) => Group::Country,
            Facet::Organisation(_) => Group::Organisation,
            Facet::Topic(_) => Group::Topic,
            Facet::Section(_) => Group::Section,
            Facet::Year(_) => Group::Year,
        }
    }

    /// What it is called.
    pub fn name(self, dataset: &Dataset) -> String {
        match self {
            Facet::Kind(kind) => kind.word().to_owned(),
            Facet::Topic(topic) => topic.word().to_owned(),
            Facet::Country(record) | Facet::Organisation(record) => dataset.name(record).to_string(),
            Facet::Section(record) => {
                let section = &dataset.sections[record.index()];
                format!("{} {}", section.number, section.about.name)
            }
            Facet::Year(year) => year.to_string(),
        }
    }
}

/// The facets of an event, each once and in order.
pub(super) fn of(dataset: &Dataset, record: Record) -> Vec<Facet> {
    let event = &dataset.events[record.index()];
    let mut facets = vec![Facet::Kind(event.kind)];
    facets.extend(dataset.partners(&event.countries).map(Facet::Country));
    facets.extend(event.organisations.iter().map(|&body| Facet::Organisation(body)));
    facets.extend(event.topics.iter().map(|&topic| Facet::Topic(topic)));
    facets.extend(dataset.sections_stating(&event.about).into_iter().map(Facet::Section));
    facets.extend(years(dataset, record).map(Facet::Year));
    facets.sort_unstable();
    facets.dedup();
    facets
}

/// The years in which an event can have been; of a long span its first and its last.
pub(super) fn years(dataset: &Dataset, event: Record) -> impl Iterator<Item = i32> {
    let date = dataset.events[event.index()].date.as_ref();
    let ends = date.and_then(|date| date.first().or(date.last()).zip(date.last().or(date.first())));
    let years = ends.map(|(first, last)| (first.year, last.year));
    years.into_iter().flat_map(|(first, last)| {
        let all = last.saturating_sub(first) <= LONGEST_SPAN;
        let step = if all { 1 } else { last.abs_diff(first) as usize };
        (first..=last).step_by(step)
    })
}

/// The facets that are chosen, in the order in which they were.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    chosen: Vec<Facet>,
}

/// The choices of each group with the number of events that each would leave, given what is chosen in the others.
pub type Counts = BTreeMap<Facet, usize>;

impl Choice {
    /// The facets that are chosen.
    pub fn chosen(&self) -> &[Facet] {
        &self.chosen
    }

    /// Says whether nothing is chosen.
    pub fn is_empty(&self) -> bool {
        self.chosen.is_empty()
    }

    /// Chooses a facet, or takes the choice back.
    pub fn toggle(&mut self, facet: Facet) {
        match self.chosen.iter().position(|&chosen| chosen == facet) {
            Some(at) => drop(self.chosen.remove(at)),
            None => self.chosen.push(facet),
        }
    }

    /// Keeps the events that satisfy every group of which something is chosen.
    pub fn narrow(&self, facets: &Facets, events: impl Iterator<Item = Record>) -> Vec<Record> {
        let chosen = facets.chosen(&self.chosen);
        events.filter(|&event| chosen.admits(event)).collect()
    }

    /// How many of `events` each facet would leave, together with what is chosen in the other groups.
    pub fn counts(&self, facets: &Facets, events: &[Record]) -> Counts {
        let mut counts: Counts = self.chosen.iter().map(|&facet| (facet, 0)).collect();
        counts.extend(facets.chosen(&self.chosen).counts(events));
        counts
    }

    /// The chosen facet without which the most of `events` would be left, and how many; `None` where dropping one alone
    /// leaves none.
    pub fn best_dropped(&self, facets: &Facets, events: &[Record]) -> Option<(Facet, usize)> {
        let left = |&facet: &Facet| {
            let mut without = self.clone();
            without.toggle(facet);
            let without = facets.chosen(&without.chosen);
            (facet, events.iter().filter(|&&event| without.admits(event)).count())
        };
        self.chosen.iter().map(left).filter(|(_, count)| *count > 0).max_by_key(|(_, count)| *count)
    }
}
