//! Records by how well they answer, each tier in the order in which its records came.

use super::rank::{Grade, Rank};
use crate::dataset::Record;

/// Rank and quality: the smaller is the better.
pub type Key = (Rank, u32);

/// Records that answer a question. There are few different grades, so that no sorting is needed.
#[derive(Debug, Default)]
pub struct Tiers {
    tiers: Vec<(Key, Vec<Record>)>,
    last: usize,
}

impl Tiers {
    /// Adds a record.
    pub fn add(&mut self, grade: Grade, record: Record) {
        let key = (grade.rank, grade.quality);
        if self.tiers.get(self.last).is_none_or(|(last, _)| *last != key) {
            self.last = self.place(key);
        }
        self.tiers[self.last].1.push(record);
    }

    /// The grades, in no order.
    pub fn keys(&self) -> impl Iterator<Item = Key> {
        self.tiers.iter().map(|&(key, _)| key)
    }

    /// The records of a grade.
    pub fn of(&self, key: Key) -> &[Record] {
        self.tiers.iter().find(|(own, _)| *own == key).map_or(&[], |(_, records)| records)
    }

    fn place(&mut self, key: Key) -> usize {
        self.tiers.iter().position(|(own, _)| *own == key).unwrap_or_else(|| {
            self.tiers.push((key, Vec::new()));
            self.tiers.len() - 1
        })
    }
}
