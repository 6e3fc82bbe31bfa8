//! What all tasks of the child share: the talk as it stands, the readers' number, and the end.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::Sender;

use tokio::sync::watch;

use super::bounds::CELLS;
use super::gallery::Gallery;
use super::messages::News;
use crate::state::Shown;

/// What the child's tasks share.
#[derive(Debug)]
pub struct Hub {
    /// What is shown; nothing where no talk is given.
    shown: watch::Sender<Option<Arc<Shown>>>,
    /// Whether the server ends.
    over: watch::Sender<bool>,
    watching: watch::Sender<usize>,
    /// The number of the lectern that was taken last.
    lectern: watch::Sender<u64>,
    news: Sender<News>,
    /// How many cells may still be drawn.
    cells: AtomicUsize,
    gallery: Gallery,
}

impl Hub {
    /// A hub with nobody around it.
    pub fn new(shown: Option<Shown>, news: Sender<News>) -> Hub {
        Hub {
            shown: watch::Sender::new(shown.map(Arc::new)),
            over: watch::Sender::new(false),
            watching: watch::Sender::new(0),
            lectern: watch::Sender::new(0),
            news,
            cells: AtomicUsize::new(CELLS),
            gallery: Gallery::default(),
        }
    }

    /// Shows something to all who watch.
    pub fn show(&self, shown: Shown) {
        self.shown.send_replace(Some(Arc::new(shown)));
    }

    /// Hands the talk to a speaker among the readers; whoever had it is told.
    pub fn lectern(self: &Arc<Hub>) -> Lectern {
        let mut number = 0;
        self.lectern.send_modify(|newest| {
            *newest += 1;
            number = *newest;
        });
        Lectern { hub: Arc::clone(self), number, newest: self.lectern.subscribe() }
    }

    /// What is shown, now and from now on.
    pub fn shown(&self) -> watch::Receiver<Option<Arc<Shown>>> {
        self.shown.subscribe()
    }

    /// The pictures that many see.
    pub fn gallery(&self) -> &Gallery {
        &self.gallery
    }

    /// Tells all tasks that the server ends.
    pub fn end(&self) {
        self.over.send_replace(true);
    }

    /// Whether the server ends, now and from now on.
    pub fn over(&self) -> watch::Receiver<bool> {
        self.over.subscribe()
    }

    /// Counts one more who watches, as long as what is answered lives.
    pub fn watch(self: &Arc<Hub>) -> Watching {
        self.count(|watching| watching + 1);
        Watching(Arc::clone(self))
    }

    /// How many are watching, now and from now on.
    pub fn watching(&self) -> watch::Receiver<usize> {
        self.watching.subscribe()
    }

    fn count(&self, change: impl Fn(usize) -> usize) {
        self.watching.send_modify(|watching| {
            *watching = change(*watching);
            let _ = self.news.send(News::Watching(*watching));
        });
    }
}

/// A speaker's hold on the talk. Whoever takes it last has it: a lost connection may look alive for a while.
#[derive(Debug)]
pub struct Lectern {
    hub: Arc<Hub>,
    number: u64,
    newest: watch::Receiver<u64>,
}

impl Lectern {
    /// Shows something to all who watch, unless another speaker has the talk by now.
    pub fn show(&self, shown: Shown) {
        let newest = self.newest.borrow(); // As long as this lives, nobody takes the talk.
        if *newest == self.number {
            let _ = self.hub.news.send(News::Shown(Box::new(shown.clone())));
            self.hub.show(shown);
        }
    }

    /// Tells all who watch that the talk is over.
    pub fn end(&self) {
        let shown = self.hub.shown.borrow().as_deref().cloned();
        shown.into_iter().for_each(|mut shown| {
            shown.talk.running = false;
            self.show(shown);
        });
    }

    /// Waits until another speaker has the talk.
    pub async fn lost(&mut self) {
        let number = self.number;
        let _ = self.newest.wait_for(|newest| *newest != number).await;
    }
}

/// One who watches.
#[derive(Debug)]
pub struct Watching(Arc<Hub>);

impl Drop for Watching {
    fn drop(&mut self) {
        self.0.count(|watching| watching.saturating_sub(1));
    }
}

/// So many cells that nobody else may draw on.
#[derive(Debug)]
pub struct Cells {
    hub: Arc<Hub>,
    count: usize,
}

impl Cells {
    /// None.
    pub fn none(hub: &Arc<Hub>) -> Cells {
        Cells { hub: Arc::clone(hub), count: 0 }
    }

    /// Takes so many instead of those that were taken before; answers whether there are so many.
    pub fn take(&mut self, count: usize) -> bool {
        let left = &self.hub.cells;
        let taken =
            left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| (left + self.count).checked_sub(count));
        if taken.is_ok() {
            self.count = count;
        }
        taken.is_ok()
    }
}

impl Drop for Cells {
    fn drop(&mut self) {
        self.hub.cells.fetch_add(self.count, Ordering::Relaxed);
    }
}
