//! Keeps deeds on a thread of its own, so that a slow disk never keeps a key from being heard.

use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::{Disk, Journal};
use crate::study::{Deed, Report, Stamp};

/// How many deeds are under way.
#[derive(Debug, Clone, Default)]
struct Under(Arc<(Mutex<usize>, Condvar)>);

impl Under {
    fn change(&self, change: impl FnOnce(usize) -> usize) {
        let (count, changed) = &*self.0;
        let mut count = count.lock().unwrap_or_else(PoisonError::into_inner);
        *count = change(*count);
        changed.notify_all();
    }

    /// Waits until none is, at most for a while; says whether that was so.
    fn wait(&self, patience: Duration) -> bool {
        let deadline = Instant::now() + patience;
        let (count, changed) = &*self.0;
        let mut count = count.lock().unwrap_or_else(PoisonError::into_inner);
        while *count > 0 {
            let Some(left) = deadline.checked_duration_since(Instant::now()) else { return false };
            count = changed.wait_timeout(count, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        true
    }
}

/// Hands deeds to the thread that keeps them.
#[derive(Debug, Clone)]
pub struct Keeper {
    /// Deeds to keep; or nothing, where those that could not be kept are to be tried again.
    deeds: Sender<Option<(Stamp, Deed)>>,
    under: Under,
}

impl Keeper {
    /// Starts the thread, which reads the journal first. What it holds, and what came of each deed, is told to `report`,
    /// in order. Fails where there can be no thread.
    pub fn start<D>(disk: D, report: impl Fn(Report) + Send + 'static) -> io::Result<Keeper>
    where
        D: Disk + Send + 'static,
    {
        let (deeds, received) = channel();
        let under = Under::default();
        under.change(|count| count + 1);
        let counted = under.clone();
        let work = move || work(disk, &received, &counted, report);
        thread::Builder::new().name("journal".to_owned()).spawn(work)?;
        Ok(Keeper { deeds, under })
    }

    /// Has a deed kept.
    pub fn note(&self, at: Stamp, deed: Deed) {
        self.send(Some((at, deed)));
    }

    fn send(&self, deed: Option<(Stamp, Deed)>) {
        self.under.change(|count| count + 1);
        if self.deeds.send(deed).is_err() {
            self.under.change(|count| count.saturating_sub(1));
        }
    }

    /// Has those tried again that could not be kept, and waits until all are kept or cannot be, at most for a while;
    /// answers whether that was so.
    pub fn settle(&self, patience: Duration) -> bool {
        self.send(None);
        self.under.wait(patience)
    }
}

fn work<D: Disk>(disk: D, deeds: &Receiver<Option<(Stamp, Deed)>>, under: &Under, report: impl Fn(Report)) {
    let (mut journal, found) = Journal::open(disk);
    report(Report { all: Some(found.entries), notice: found.notice, ..Report::default() });
    under.change(|count| count.saturating_sub(1));
    for deed in deeds {
        match deed {
            Some((at, deed)) => report(journal.note(at, deed)),
            None => _ = journal.retry(),
        }
        under.change(|count| count.saturating_sub(1));
    }
}
