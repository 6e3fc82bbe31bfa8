//! The facets of every event, written down once, so that what a filter leaves of a million events is counted at once.

use std::collections::BTreeSet;

use super::cores;
use super::facet::{self, Facet, Group};
use crate::dataset::{Dataset, EventKind, Kind, Record, Topic, Vocabulary};

/// The facets of all events, each facet by its place among all that events can have.
#[derive(Debug)]
pub struct Facets {
    known: Box<[Facet]>,
    /// Where the facets of each event begin, and behind the last, where they end.
    starts: Box<[u32]>,
    places: Box<[u32]>,
}

/// Events that are looked through at once.
const STRETCH: usize = 1 << 14;

/// What is chosen, made ready to be compared with events.
pub struct Chosen<'a> {
    facets: &'a Facets,
    /// The group of each known facet, as a bit.
    groups: Vec<u8>,
    /// The same where the facet is chosen, else nothing.
    chosen: Vec<u8>,
    /// The groups of which something is chosen.
    wanted: u8,
}

impl Facets {
    /// Looks up the facets of all events.
    pub fn new(dataset: &Dataset) -> Facets {
        let events: Vec<Record> = dataset.records(Kind::Event).collect();
        let known = known(dataset, &events);
        let of = |stretch: &[Record]| -> (Vec<u32>, Vec<u32>) {
            let (mut counts, mut places) = (Vec::new(), Vec::new());
            for &event in stretch {
                let before = places.len();
                places.extend(facet::of(dataset, event).iter().filter_map(|facet| place(&known, facet)));
                counts.push((places.len() - before) as u32);
            }
            (counts, places)
        };
        let (mut starts, mut places) = (vec![0], Vec::new());
        for (counts, more) in in_stretches(&events, of) {
            let mut end = places.len() as u32;
            for count in counts {
                end += count;
                starts.push(end);
            }
            places.extend(more);
        }
        Facets { known, starts: starts.into(), places: places.into() }
    }

    /// Makes a choice ready to be compared with events.
    pub fn chosen(&self, choice: &[Facet]) -> Chosen<'_> {
        let groups: Vec<u8> = self.known.iter().map(|facet| bit(facet.group())).collect();
        let mut chosen = vec![0; groups.len()];
        for at in choice.iter().filter_map(|facet| place(&self.known, facet)) {
            chosen[at as usize] = groups[at as usize];
        }
        let wanted = choice.iter().fold(0, |wanted, facet| wanted | bit(facet.group()));
        Chosen { facets: self, groups, chosen, wanted }
    }

    fn of(&self, event: Record) -> &[u32] {
        let at = event.index();
        &self.places[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

impl Chosen<'_> {
    /// Says whether an event has, of every group of which something is chosen, something that is chosen.
    pub fn admits(&self, event: Record) -> bool {
        self.unsatisfied(self.facets.of(event)) == 0
    }

    /// How many of `events` each facet would leave, together with what is chosen in the other groups; only those that
    /// leave any.
    pub fn counts(&self, events: &[Record]) -> Vec<(Facet, usize)> {
        let mut counts = vec![0; self.groups.len()];
        let count = |stretch: &[Record]| {
            let mut counts = vec![0_u32; self.groups.len()];
            for &event in stretch {
                let own = self.facets.of(event);
                let unsatisfied = self.unsatisfied(own);
                let open = |at: &&u32| unsatisfied & !self.groups[**at as usize] == 0;
                own.iter().filter(open).for_each(|&at| counts[at as usize] += 1);
            }
            counts
        };
        for stretch in in_stretches(events, count) {
            counts.iter_mut().zip(stretch).for_each(|(all, more)| *all += more as usize);
        }
        self.facets.known.iter().copied().zip(counts).filter(|&(_, count)| count > 0).collect()
    }

    /// The groups of which something is chosen and an event has none of it, as bits.
    fn unsatisfied(&self, own: &[u32]) -> u8 {
        self.wanted & !own.iter().fold(0, |satisfied, &at| satisfied | self.chosen[at as usize])
    }
}

/// Does the same with stretches of events on all cores; answers what comes of each, in order.
fn in_stretches<T: Send>(events: &[Record], work: impl Fn(&[Record]) -> T + Sync) -> Vec<T> {
    let stretches: Vec<&[Record]> = events.chunks(STRETCH).collect();
    cores::each(&stretches, |stretch| work(stretch))
}

/// All facets that events can have, in order.
fn known(dataset: &Dataset, events: &[Record]) -> Box<[Facet]> {
    let years = |stretch: &[Record]| -> BTreeSet<i32> {
        stretch.iter().flat_map(|&event| facet::years(dataset, event)).collect()
    };
    let years: BTreeSet<i32> = in_stretches(events, years).into_iter().flatten().collect();
    let kinds = EventKind::ALL.iter().copied().map(Facet::Kind);
    let topics = Topic::ALL.iter().copied().map(Facet::Topic);
    let countries = dataset.records(Kind::Country).map(Facet::Country);
    let organisations = dataset.records(Kind::Organisation).map(Facet::Organisation);
    let sections = dataset.records(Kind::Section).map(Facet::Section);
    let mut known: Vec<Facet> = kinds
        .chain(topics)
        .chain(countries)
        .chain(organisations)
        .chain(sections)
        .chain(years.into_iter().map(Facet::Year))
        .collect();
    known.sort_unstable();
    known.into()
}

fn place(known: &[Facet], facet: &Facet) -> Option<u32> {
    known.binary_search(facet).ok().map(|place| place as u32)
}

fn bit(group: Group) -> u8 {
    1 << group as u8
}
