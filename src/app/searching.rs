//! Searching: a query that changes is answered at once where the dataset is small, and else when the answer comes.

use std::sync::Arc;

use crossterm::event::KeyEvent;

use super::App;
use crate::action::Effect;
use crate::dataset::Clean;
use crate::overlays::Overlay;
use crate::search::{Results, SharedIndex};

impl App {
    /// The index, for who searches beside the app.
    pub fn index(&self) -> &SharedIndex {
        &self.index
    }

    /// Searches with an index that others search with too.
    pub fn share(&mut self, index: SharedIndex) {
        self.index = index;
    }

    /// Lets a key edit the query.
    pub(super) fn edit_query(&mut self, key: KeyEvent) -> Vec<Effect> {
        if self.palette.edit(key) { self.search() } else { Vec::new() }
    }

    /// Puts pasted text into the query.
    pub(super) fn paste_query(&mut self, text: &Clean) -> Vec<Effect> {
        self.palette.paste(text);
        self.search()
    }

    /// Has the index made, once, so that it is there at the first letter: that of a large dataset at the start.
    pub(super) fn prepare_search(&mut self) -> Option<Effect> {
        let is_due = self.index.is_large() || self.overlay == Some(Overlay::Search);
        let asks = is_due && !std::mem::replace(&mut self.prepared, true);
        asks.then(|| Effect::Search { number: 0, query: String::new() })
    }

    /// Takes in what a search found, or has found so far; what was found for an older query is dropped.
    pub(super) fn take_found(&mut self, number: u64, results: Arc<Results>) {
        let request = self.palette.take(number, results);
        if self.overlay == Some(Overlay::Search) {
            self.answer_overlay(request);
        }
    }

    fn search(&mut self) -> Vec<Effect> {
        let number = self.palette.ask();
        let query = self.palette.query().to_owned();
        if self.index.is_large() {
            return vec![Effect::Search { number, query }];
        }
        self.take_found(number, Arc::new(self.index.get().search(&query)));
        Vec::new()
    }
}
