//! The journal of reviews beside the loop: a report is waited for a moment, so that a fast disk makes no second
//! picture, and comes as an input where the disk is slow.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use super::Happening;
use crate::dataset::Clean;
use crate::journal::{FileDisk, Keeper, back_up};
use crate::local_time::now;
use crate::study::{Deed, Entry, Report, Stamp, Unsaved};

/// How long a report is waited for before the next picture.
const PATIENCE: Duration = Duration::from_millis(40);

/// How long the end of the program waits for what is still being kept.
const LAST_PATIENCE: Duration = Duration::from_millis(300);

/// The thread that keeps reviews, once there is one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Keeping(Arc<OnceLock<Keeper>>);

impl Keeping {
    /// Waits until all that was asked is kept, but not for ever.
    pub(crate) fn settle(&self) {
        self.0.get().map(|keeper| keeper.settle(LAST_PATIENCE));
    }
}

/// Reads and keeps reviews.
#[derive(Debug)]
pub(super) struct Reviews {
    directory: Option<PathBuf>,
    keeping: Keeping,
    reports: Receiver<Report>,
    reporter: Sender<Report>,
    happenings: SyncSender<Happening>,
}

impl Reviews {
    /// The reviews in a directory; nothing is read yet.
    pub(super) fn new(directory: Option<PathBuf>, keeping: Keeping, happenings: SyncSender<Happening>) -> Reviews {
        let (reporter, reports) = channel();
        Reviews { directory, keeping, reports, reporter, happenings }
    }

    /// Has the journal copied, where it is time for that, and read.
    pub(super) fn read(&mut self) -> Option<Report> {
        if self.keeping.0.get().is_none()
            && let Err(error) = self.begin()
        {
            let notice = Some(Clean::line(format!("Reviews cannot be read: {error}")));
            return Some(Report { all: Some(Vec::new()), notice, ..Report::default() });
        }
        self.reports.recv_timeout(PATIENCE).ok()
    }

    /// Begins to keep reviews on a thread of their own, whose first report is what the journal holds.
    fn begin(&self) -> io::Result<()> {
        let disk = FileDisk::new(self.directory.clone());
        if let Ok(journal) = disk.path() {
            let _ = back_up(&journal, now(), false); // Without a copy there is still the journal.
        }
        let (reporter, happenings) = (self.reporter.clone(), self.happenings.clone());
        let report = move |report| {
            let _ = reporter.send(report);
            let _ = happenings.try_send(Happening::Kept);
        };
        let keeper = Keeper::start(disk, report)?;
        let _ = self.keeping.0.set(keeper);
        Ok(())
    }

    /// Has a deed kept.
    pub(super) fn note(&mut self, at: Stamp, deed: Deed) -> Option<Report> {
        let Some(keeper) = self.keeping.0.get() else {
            let why = Clean::line("there is no journal");
            let entry = Entry { number: at.utc_ms.unsigned_abs(), at, deed };
            return Some(Report { added: vec![entry], unsaved: Some(Unsaved { count: 1, why }), ..Report::default() });
        };
        keeper.note(at, deed);
        self.reports.recv_timeout(PATIENCE).ok()
    }

    /// The reports that came later.
    pub(super) fn late(&self) -> impl Iterator<Item = Report> + '_ {
        self.reports.try_iter()
    }
}
