//! What a search found, however much that is: records in order, of which only those that are looked at are made hits.

use std::sync::Arc;

use super::names::{Folded, fold};
use super::needle::Needle;
use super::rank::Rank;
use super::texts;
use crate::dataset::{Clean, Dataset, Kind, Record, Vocabulary};

/// A record that a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The record.
    pub record: Record,
    /// How well it answers the query.
    pub rank: Rank,
    /// The positions of the matched letters in the record's name, in characters, ascending.
    pub matched: Vec<usize>,
    /// The alias that matched where the name did not.
    pub alias: Option<Clean>,
}

/// What a search found.
#[derive(Debug, Clone, Default)]
pub struct Results {
    /// What of the query was not understood or not read.
    pub note: Option<Clean>,
    /// Whether part of the dataset is still to be searched.
    pub more: bool,
    records: Vec<Record>,
    /// The ranks, each with the number of records up to its end.
    ranks: Vec<(Rank, usize)>,
    groups: Vec<(Kind, Vec<u32>)>,
    sought: Option<Arc<Sought>>,
}

/// What was looked for, as far as its letters are shown in names.
#[derive(Debug)]
pub struct Sought {
    /// Where it was looked for.
    pub dataset: &'static Dataset,
    /// Words and phrases.
    pub wanted: Vec<Needle>,
    /// The letters of all of them.
    pub letters: String,
}

impl PartialEq for Results {
    fn eq(&self, other: &Results) -> bool {
        let parts = |results: &Results| (results.note.clone(), results.more, results.ranks.clone());
        parts(self) == parts(other) && self.records == other.records
    }
}

impl Eq for Results {}

impl Results {
    /// Nothing, with what there is to say of the query.
    pub fn nothing(note: Option<Clean>) -> Results {
        Results { note, ..Results::default() }
    }

    /// The results of a search: records in order, rank by rank.
    pub fn new(sought: Arc<Sought>, tiers: &[(Rank, &[Record])]) -> Results {
        let all = tiers.iter().map(|(_, records)| records.len()).sum();
        let (mut records, mut ranks) = (Vec::with_capacity(all), Vec::<(Rank, usize)>::new());
        for &(rank, tier) in tiers {
            records.extend_from_slice(tier);
            match ranks.last_mut().filter(|(last, _)| *last == rank) {
                Some((_, end)) => *end = records.len(),
                None => ranks.push((rank, records.len())),
            }
        }
        let groups = groups(&records);
        Results { records, ranks, groups, sought: Some(sought), ..Results::default() }
    }

    /// The results without those behind so many of the best.
    pub fn limited_to(mut self, most: usize) -> Results {
        self.records.truncate(most);
        self.groups = groups(&self.records);
        self
    }

    /// The records, the best first.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// The hits, the best first.
    pub fn hits(&self) -> impl ExactSizeIterator<Item = Hit> {
        (0..self.records.len()).map(|number| self.hit(number))
    }

    /// The hits by kind: kinds in the order of their best hit, of each the numbers of its hits in order.
    pub fn groups(&self) -> &[(Kind, Vec<u32>)] {
        &self.groups
    }

    /// The hit of this number, from 0.
    pub fn hit(&self, number: usize) -> Hit {
        let at = self.ranks.partition_point(|&(_, end)| end <= number);
        let rank = self.ranks.get(at).map_or(Rank::Listed, |&(rank, _)| rank);
        let listed = Hit { record: self.records[number], rank, matched: Vec::new(), alias: None };
        match &self.sought {
            Some(sought) if rank != Rank::Listed => sought.hit(listed),
            _ => listed,
        }
    }
}

fn groups(records: &[Record]) -> Vec<(Kind, Vec<u32>)> {
    let mut counts = [0; Kind::ALL.len()];
    records.iter().for_each(|record| counts[record.kind as usize] += 1);
    let mut groups: Vec<(Kind, Vec<u32>)> = Vec::new();
    for (number, record) in (0..).zip(records) {
        match groups.iter_mut().find(|(kind, _)| *kind == record.kind) {
            Some((_, group)) => group.push(number),
            None => {
                let mut group = Vec::with_capacity(counts[record.kind as usize]);
                group.push(number);
                groups.push((record.kind, group));
            }
        }
    }
    groups
}

impl Sought {
    /// The hit with the letters that matched.
    fn hit(&self, hit: Hit) -> Hit {
        let names = texts::names(self.dataset.entity(hit.record));
        let folded: Vec<Folded> = names.iter().map(|name| fold(name)).collect();
        let (name, aliases) = (&folded[0], &folded[1..]);
        let is_whole = |folded: &Folded| match hit.rank {
            Rank::Exact => *folded.letters() == self.letters,
            Rank::Prefix => folded.letters().starts_with(&self.letters),
            _ => false,
        };
        match folded.iter().position(is_whole) {
            Some(0) => return Hit { matched: name.positions(0, self.letters.len()).collect(), ..hit },
            Some(found) => return Hit { alias: Some(Clean::clone(&names[found])), ..hit },
            None => {}
        }
        let mut matched: Vec<usize> = self.wanted.iter().flat_map(|needle| needle.matched(name)).collect();
        matched.sort_unstable();
        matched.dedup();
        let missing = self.wanted.iter().filter(|needle| needle.matched(name).is_empty());
        let found = |needle: &Needle| aliases.iter().position(|alias| !needle.matched(alias).is_empty());
        let alias = missing.filter_map(found).next().map(|found| Clean::clone(&names[found + 1]));
        Hit { matched, alias, ..hit }
    }
}
