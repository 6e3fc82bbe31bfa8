//! What a reader who studies has kept: one journal for each public key. Whoever came without one studies, and keeps
//! nothing.

use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;

use crate::action::Input;
use crate::dataset::Clean;
use crate::journal::{FileDisk, Keeper};
use crate::study::{Deed, Entry, Report, Stamp, Unsaved};

/// How long the end of a visit waits for what is still being kept.
const LAST_PATIENCE: Duration = Duration::from_millis(300);

/// One reader's journal, read when cards are first asked.
#[derive(Debug)]
pub struct Student {
    directory: Option<PathBuf>,
    keeper: Option<Keeper>,
    /// What came of it, told to the reader's task. It holds one report for each deed, so it grows as slowly as cards are
    /// answered.
    reports: UnboundedSender<Input>,
}

impl Student {
    /// The journal of the holder of a key, below a directory.
    pub fn new(students: Option<&Path>, fingerprint: Option<&str>, reports: UnboundedSender<Input>) -> Student {
        let directory = students.zip(fingerprint).map(|(students, fingerprint)| students.join(name(fingerprint)));
        Student { directory, keeper: None, reports }
    }

    /// Has the journal read; answers at once where there is none.
    pub fn read(&mut self) -> Option<Report> {
        let Some(directory) = &self.directory else {
            let notice = "What you learn here is kept only for readers who sign on with a key.";
            return Some(Report { all: Some(Vec::new()), notice: Some(Clean::line(notice)), ..Report::default() });
        };
        let reports = self.reports.clone();
        match Keeper::start(FileDisk::new(Some(directory.clone())), move |report| {
            drop(reports.send(Input::Kept(report)))
        }) {
            Ok(keeper) => self.keeper = Some(keeper),
            Err(error) => {
                let notice = Some(Clean::line(format!("Reviews cannot be read: {error}")));
                return Some(Report { all: Some(Vec::new()), notice, ..Report::default() });
            }
        }
        None
    }

    /// Has a deed kept; where there is nowhere, it holds for this visit.
    pub fn note(&self, at: Stamp, deed: Deed) -> Option<Report> {
        if let Some(keeper) = &self.keeper {
            keeper.note(at, deed);
            return None;
        }
        let entry = Entry { number: at.utc_ms.unsigned_abs(), at, deed };
        let unsaved = Some(Unsaved { count: 1, why: Clean::line("no key says who you are") });
        Some(Report { added: vec![entry], unsaved, ..Report::default() })
    }

    /// What has to be waited for when the visit is over, where there is anything.
    pub fn settle(self) -> Option<impl FnOnce() + Send> {
        self.keeper.map(|keeper| move || _ = keeper.settle(LAST_PATIENCE))
    }
}

/// The name of a key's directory: its fingerprint in letters that every file system takes and tells apart.
fn name(fingerprint: &str) -> String {
    let bytes = fingerprint.bytes().map(|byte| match byte {
        b'0'..=b'9' | b'a'..=b'z' => char::from(byte).to_string(),
        byte => format!("_{byte:02x}"),
    });
    bytes.collect()
}
