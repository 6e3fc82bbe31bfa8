//! A text that is read in pieces: lines that are there, or the records of a list, which become lines as they are read.

use std::sync::Arc;

use super::speech::row;
use crate::dataset::{Dataset, Record};
use crate::place::Place;

/// How many lines are read at once.
pub const PIECE: usize = 20;

/// So few lines more are read with the piece before them.
const CRUMBS: usize = 3;

/// A text, and how far it is read.
#[derive(Debug, Clone, Default)]
pub struct Leaf {
    /// Its lines.
    head: Vec<String>,
    /// The links in them, in the order of their numbers.
    links: Vec<Place>,
    /// The records that are listed below, numbered on from the links.
    list: Arc<[Record]>,
    read: usize,
}

impl Leaf {
    /// Lines with links, and the records of a list below them.
    pub fn new(head: Vec<String>, links: Vec<Place>, list: Arc<[Record]>) -> Leaf {
        Leaf { head, links, list, read: 0 }
    }

    /// How many lines there are. A record of the list counts as one.
    pub fn length(&self) -> usize {
        self.head.len() + self.list.len()
    }

    /// How many of them are read.
    pub fn read(&self) -> usize {
        self.read
    }

    /// Says whether all is read.
    pub fn is_read(&self) -> bool {
        self.read == self.length()
    }

    /// Begins again.
    pub fn begin_again(&mut self) {
        self.read = 0;
    }

    /// Reads the next piece.
    pub fn next_piece(&mut self, dataset: &'static Dataset) -> Vec<String> {
        let left = self.length() - self.read;
        let count = if left <= PIECE + CRUMBS { left } else { PIECE };
        let from = self.read;
        self.read += count;
        (from..self.read).map(|at| self.line(dataset, at)).collect()
    }

    fn line(&self, dataset: &'static Dataset, at: usize) -> String {
        match at.checked_sub(self.head.len()) {
            None => self.head[at].clone(),
            Some(listed) => row(dataset, self.list[listed], self.links.len() + listed + 1),
        }
    }

    /// Where the link of this number leads.
    pub fn link(&self, number: usize) -> Option<Place> {
        let at = number.checked_sub(1)?;
        let listed = || self.list.get(at.checked_sub(self.links.len())?).copied().map(Place::Record);
        self.links.get(at).copied().or_else(listed)
    }

    /// How many links there are.
    pub fn links(&self) -> usize {
        self.links.len() + self.list.len()
    }
}
