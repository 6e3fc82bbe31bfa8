//! How well a record answers a query.

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
    pub const fn own(rank: Rank, quality: u32) -> Grade {
        Grade { rank, quality, through_another: false }
    }

    /// A grade that a record earns through one that it is joined to.
    pub const fn through_another(rank: Rank, quality: u32) -> Grade {
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

/// The grade that a record earns by one word, in one byte; the smaller is the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark(u8);

/// All grades that one word can earn, in order.
const GRADES: [Grade; 20] = [
    Grade::own(Rank::Exact, 0),
    Grade::own(Rank::Exact, 1),
    Grade::own(Rank::Prefix, 0),
    Grade::own(Rank::Prefix, 1),
    Grade::own(Rank::Prefix, 2),
    Grade::own(Rank::Prefix, 3),
    Grade::own(Rank::Words, 0),
    Grade::own(Rank::Words, 1),
    Grade::own(Rank::Related, 4),
    Grade::through_another(Rank::Related, 4),
    Grade::own(Rank::Related, 5),
    Grade::through_another(Rank::Related, 5),
    Grade::own(Rank::Fuzzy, 8),
    Grade::own(Rank::Fuzzy, 12),
    Grade::through_another(Rank::Fuzzy, 12),
    Grade::own(Rank::Fuzzy, 16),
    Grade::own(Rank::Fuzzy, 20),
    Grade::through_another(Rank::Fuzzy, 20),
    Grade::own(Rank::Prose, 32),
    Grade::own(Rank::Prose, 33),
];

impl Mark {
    /// No grade.
    pub const NONE: Mark = Mark(u8::MAX);

    /// The mark of a grade that one word can earn.
    pub fn of(grade: Grade) -> Mark {
        let place = GRADES.iter().position(|&known| known == grade);
        debug_assert!(place.is_some(), "no word earns {grade:?}");
        place.map_or(Mark::NONE, |place| Mark(place as u8))
    }

    /// The grade of a mark, where there is one.
    pub fn grade(self) -> Option<Grade> {
        GRADES.get(usize::from(self.0)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_in_the_order_of_their_grades() {
        assert!(GRADES.is_sorted());
    }
}
