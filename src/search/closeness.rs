//! How a word of a query agrees with a word of a record, and what the record earns by it.

use super::postings::Part;
use super::rank::{Grade, Rank};
use super::spelling;

/// How two words agree, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Closeness {
    /// They are the same, but perhaps for the ending of the plural.
    Whole,
    /// The one of the query begins the other.
    Begun,
    /// The one of the query is misspelled.
    Misspelled,
    /// The one of the query leaves letters out.
    Abridged,
}

/// How a word of a query, `stem` its stem, agrees with another as it is written.
pub fn literal(word: &str, stem: (&str, &str), other: &str) -> Option<Closeness> {
    if word == other || (other.starts_with(stem.0) && stem == spelling::stem(other)) {
        return Some(Closeness::Whole);
    }
    other.starts_with(word).then_some(Closeness::Begun)
}

impl Closeness {
    /// What a record earns where a word that agrees so stands in this part of it.
    pub fn grade(self, part: Part) -> Option<Grade> {
        let own = match self {
            Closeness::Whole => Grade::own(Rank::Words, 0),
            Closeness::Begun => Grade::own(Rank::Words, 1),
            Closeness::Misspelled => Grade::own(Rank::Fuzzy, 8),
            Closeness::Abridged => Grade::own(Rank::Fuzzy, 16),
        };
        let indirect = Grade { rank: own.rank.max(Rank::Related), quality: own.quality + 4, through_another: false };
        match part {
            Part::Name => Some(own),
            Part::Kind => Some(indirect),
            Part::Related => Some(Grade { through_another: true, ..indirect }),
            Part::Prose if self > Closeness::Begun => None,
            Part::Prose => Some(Grade::own(Rank::Prose, 32 + own.quality)),
        }
    }
}
