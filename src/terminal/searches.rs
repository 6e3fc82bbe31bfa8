//! Searches beside the loop: one worker answers the newest query and leaves the older ones be.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel};
use std::thread;

use super::Happening;
use crate::action::Input;
use crate::dataset::Clean;
use crate::search::{Results, SharedIndex};

/// Asks the worker, which is started with the first query.
#[derive(Debug)]
pub(super) struct Searches {
    newest: Arc<AtomicU64>,
    queries: Option<Sender<Query>>,
    happenings: SyncSender<Happening>,
}

/// A query and its number; the newest has the highest.
type Query = (u64, String);

impl Searches {
    /// Searches whose answers are told to the loop.
    pub(super) fn new(happenings: SyncSender<Happening>) -> Searches {
        Searches { newest: Arc::default(), queries: None, happenings }
    }

    /// Has a query answered instead of all that were asked before. Answers what the reader is told where that cannot be.
    pub(super) fn ask(&mut self, index: &SharedIndex, number: u64, query: String) -> Option<Clean> {
        self.newest.store(number, Ordering::Relaxed);
        if self.queries.is_none() {
            match self.start(index.clone()) {
                Ok(queries) => self.queries = Some(queries),
                Err(error) => return Some(Clean::line(format!("Nothing can be searched: {error}"))),
            }
        }
        self.queries.as_ref().and_then(|queries| queries.send((number, query)).err()).map(|_| {
            Clean::line("Nothing can be searched any longer.") // The worker has died, and said why.
        })
    }

    fn start(&self, index: SharedIndex) -> std::io::Result<Sender<Query>> {
        let (sender, queries) = channel();
        let (newest, happenings) = (self.newest.clone(), self.happenings.clone());
        let work = move || answer(&index, &queries, &newest, &happenings);
        thread::Builder::new().name("searches".to_owned()).spawn(work)?;
        Ok(sender)
    }
}

/// Answers queries until nobody asks any more.
fn answer(index: &SharedIndex, queries: &Receiver<Query>, newest: &AtomicU64, happenings: &SyncSender<Happening>) {
    for (number, query) in queries {
        let is_stale = || newest.load(Ordering::Relaxed) != number;
        let tell = |results: Results| {
            let _ = happenings.send(Happening::Input(Input::Found { number, results: Arc::new(results) }));
        };
        let index = index.get();
        if !is_stale() {
            index.seek(&query, &is_stale, &mut { tell }).into_iter().for_each(tell);
        }
    }
}
