//! One reader's searches of a dataset so large that they take longer than a key press: one at a time, and always the
//! newest.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::mpsc::UnboundedSender;
use tokio::task::spawn_blocking;

use crate::action::Input;
use crate::search::SharedIndex;

/// A reader's searches. They tell one answer for each search that was made, so that no more wait than are made.
#[derive(Debug, Clone)]
pub struct Searches {
    state: Arc<Mutex<State>>,
    found: UnboundedSender<Input>,
}

#[derive(Debug, Default)]
struct State {
    /// The number and the query that were asked last, as long as nobody searches for them.
    wanted: Option<(u64, String)>,
    busy: bool,
}

impl Searches {
    /// Searches whose answers are told to `found`.
    pub fn new(found: UnboundedSender<Input>) -> Searches {
        Searches { state: Arc::default(), found }
    }

    /// Has a query answered, instead of those before it.
    pub fn ask(&self, index: &SharedIndex, number: u64, query: String) {
        let mut state = self.state();
        state.wanted = Some((number, query));
        if !std::mem::replace(&mut state.busy, true) {
            let (searches, index) = (self.clone(), index.clone());
            drop(spawn_blocking(move || searches.work(&index)));
        }
    }

    fn work(&self, index: &SharedIndex) {
        while let Some((number, query)) = self.next() {
            let results = Arc::new(index.get().search(&query));
            let _ = self.found.send(Input::Found { number, results });
        }
    }

    fn next(&self) -> Option<(u64, String)> {
        let mut state = self.state();
        let wanted = state.wanted.take();
        state.busy = wanted.is_some();
        wanted
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
