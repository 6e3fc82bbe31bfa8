//! The one index of a dataset, for all who search it.

use std::sync::{Arc, OnceLock};

use super::index::Index;
use crate::dataset::Dataset;

/// An index that is made by whoever needs it first, and is the same for all who have a copy of this.
#[derive(Debug, Clone)]
pub struct SharedIndex {
    dataset: &'static Dataset,
    index: Arc<OnceLock<Index>>,
}

/// The most records that are searched within a key press, which takes a small part of a millisecond; more are searched by
/// a worker.
const LARGEST_AT_ONCE: usize = 4_000;

impl SharedIndex {
    /// The index of a dataset, not made yet.
    pub fn new(dataset: &'static Dataset) -> SharedIndex {
        SharedIndex { dataset, index: Arc::default() }
    }

    /// The index, which is made now where it was not.
    pub fn get(&self) -> &Index {
        self.index.get_or_init(|| Index::new(self.dataset))
    }

    /// Says whether a search may take longer than a key press should.
    pub fn is_large(&self) -> bool {
        self.dataset.len() > LARGEST_AT_ONCE
    }

    /// Says whether the index is made.
    pub fn is_made(&self) -> bool {
        self.index.get().is_some()
    }
}
