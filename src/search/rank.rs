//! What a search finds, and in which order.

use crate::dataset::{Clean, Kind, Record};

/// How well a record answers a query, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// The query has fields alone, and the record satisfies them.
    Listed,
    /// The query is its name or an alias.
    Exact,
    /// Its name or an alias begins with the query.
    Prefix,
    /// Every word of the query begins a word of its names.
    Words,
    /// Some words begin a word of its kind, of its date, or of the names of records that it is joined to.
    Related,
    /// Some words are near a word of its names.
    Fuzzy,
    /// Some words stand only in its prose.
    Prose,
}

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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Results {
    /// The records, the best first.
    pub hits: Vec<Hit>,
    /// What of the query was not understood or not read.
    pub note: Option<Clean>,
}

/// How well one word, or all of them, are answered by a record. The smaller is the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grade {
    /// How well.
    pub rank: Rank,
    /// Within the rank.
    pub quality: u32,
    /// Whether the record answers only through another that it is joined to.
    pub through_another: bool,
}

impl Grade {
    /// A grade that the record earns itself.
    pub fn own(rank: Rank, quality: u32) -> Grade {
        Grade { rank, quality, through_another: false }
    }

    /// A grade that a record earns through one that it is joined to.
    pub fn through_another(rank: Rank, quality: u32) -> Grade {
        Grade { rank, quality, through_another: true }
    }

    /// The grade of two words together: as bad as the worse. It is through another only if both are.
    pub fn and(self, other: Grade) -> Grade {
        Grade {
            rank: self.rank.max(other.rank),
            quality: self.quality + other.quality,
            through_another: self.through_another && other.through_another,
        }
    }
}

impl Results {
    /// The hits by kind: kinds in the order of their best hit, hits within a kind in order of rank.
    pub fn groups(&self) -> Vec<(Kind, Vec<&Hit>)> {
        let mut groups: Vec<(Kind, Vec<&Hit>)> = Vec::new();
        for hit in &self.hits {
            match groups.iter_mut().find(|(kind, _)| *kind == hit.record.kind) {
                Some((_, group)) => group.push(hit),
                None => groups.push((hit.record.kind, vec![hit])),
            }
        }
        groups
    }
}
