//! The files in which a reading is kept, the same as the explorer's: every mark, place, step and review is written
//! before the next line is said, so that nothing is lost however it ends.

use std::path::PathBuf;
use std::sync::Arc;

use crate::clock::Moment;
use crate::dataset::Clean;
use crate::journal::{FileDisk, Found, Journal, back_up};
use crate::state::{State, TalkState};
use crate::state_file::{StateFile, TalkFile};
use crate::study::{Deed, Report, Stamp};

/// The files, and the clock that things are stamped with.
#[derive(Debug)]
pub struct Keeping {
    state: Arc<StateFile>,
    talk: TalkFile,
    home: Option<PathBuf>,
    journal: Option<Journal<FileDisk>>,
    clock: fn() -> Stamp,
}

impl Keeping {
    /// Keeps things in these files, reviews in the directory `home`.
    pub fn new(state: Arc<StateFile>, talk: TalkFile, home: Option<PathBuf>, clock: fn() -> Stamp) -> Keeping {
        Keeping { state, talk, home, journal: None, clock }
    }

    /// What the clock says, and how far it is ahead of UTC, in minutes.
    pub fn now(&self) -> (Moment, i16) {
        let now = (self.clock)();
        (Moment(now.utc_ms.unsigned_abs()), now.offset)
    }

    /// Keeps the marks and the place; what the reader is told where that fails.
    pub fn save(&mut self, state: &State) -> Option<Clean> {
        self.state.write(state).err()
    }

    /// Keeps where a talk stands; what the reader is told where that fails.
    pub fn keep_talk(&mut self, talk: &TalkState) -> Option<Clean> {
        self.talk.write(talk).err()
    }

    /// Reads the reviews that were kept, and copies them where it is time for that.
    pub fn read_reviews(&mut self) -> Found {
        let disk = FileDisk::new(self.home.clone());
        if let Ok(journal) = disk.path() {
            let _ = back_up(&journal, (self.clock)(), false); // Without a copy there is still the journal.
        }
        let (journal, found) = Journal::open(disk);
        self.journal = Some(journal);
        found
    }

    /// Keeps what was done with a card.
    pub fn note(&mut self, at: Stamp, deed: Deed) -> Report {
        self.journal.as_mut().map(|journal| journal.note(at, deed)).unwrap_or_default()
    }
}
