//! Floor 7: the journal of reviews. One file of lines that is only ever added to; a line counts as kept when the disk
//! has it. Several programs may keep the same journal at once.
//!
//! To add a line is to take the lock, read what others have added, set aside what a crash left half written, write,
//! wait for the disk, and give the lock back. A failure takes the file back to where it was, and the line is tried
//! again with the next one.

mod backup;
mod disk;
mod keeper;
mod lines;
mod transfer;

use std::collections::HashMap;
use std::io;

use crate::dataset::Clean;
use crate::study::{Deed, Entry, Report, Stamp, Unsaved};
use crate::wording::went_wrong;

pub use backup::{back_up, kept};
pub use disk::{Disk, Extent, FileDisk, outlive_full_files};
pub use keeper::Keeper;
pub use transfer::{Imported, import, merged, reset};

use lines::Lines;

/// What was found when the journal was opened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Its lines, in the order of their numbers.
    pub entries: Vec<Entry>,
    /// What the reader has to be told.
    pub notice: Option<Clean>,
}

/// A deed that is to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pending {
    /// The number that it was told to have.
    told: u64,
    at: Stamp,
    deed: Deed,
}

/// What was read before writing.
struct Caught {
    entries: Vec<Entry>,
    /// Whether these are all lines, and not only those that are new.
    all: bool,
}

/// Why a journal of another version is left alone.
const NEWER: &str = "a newer version of this program has written the journal";

/// What is told of a last line that a crash left without its end.
const HALF_WRITTEN: &str =
    "The last line of the journal of reviews was half written; it is set aside in reviews.log.bad.";

/// The journal on a disk.
#[derive(Debug)]
pub struct Journal<D> {
    disk: D,
    /// How much of the file was read, and which file it was.
    known: Extent,
    /// The highest number.
    last: u64,
    /// Why nothing may be written at all.
    closed: Option<Clean>,
    /// Whether something failed, so that all is to be read and told anew.
    unread: bool,
    /// Whether the disk failed to take what was written, so that nothing of the file can be relied on.
    distrusted: bool,
    pending: Vec<Pending>,
}

impl<D: Disk> Journal<D> {
    /// Opens the journal and reads it. What cannot be read is set aside, skipped or told, and never in the way.
    pub fn open(disk: D) -> (Journal<D>, Found) {
        let known = Extent::default();
        let mut journal =
            Journal { disk, known, last: 0, closed: None, unread: false, distrusted: false, pending: Vec::new() };
        let locked = journal.disk.lock();
        let found = journal.load(locked.is_ok());
        drop(locked);
        let found = found.unwrap_or_else(|error| {
            journal.unread = true;
            let notice = Some(Clean::line(format!("Reviews could not be read: {}", went_wrong(&error))));
            Found { entries: Vec::new(), notice }
        });
        (journal, found)
    }

    /// Keeps a deed, with all that could not be kept before; answers what came of it.
    pub fn note(&mut self, at: Stamp, deed: Deed) -> Report {
        let told = self.last + self.pending.len() as u64 + 1;
        self.pending.push(Pending { told, at, deed });
        self.write_pending().unwrap_or_else(|error| {
            let why = self.closed.clone().unwrap_or_else(|| Clean::line(went_wrong(&error)));
            let unsaved = Some(Unsaved { count: self.pending.len(), why });
            Report { added: vec![Entry { number: told, at, deed }], unsaved, ..Report::default() }
        })
    }

    /// What could not be kept yet, in order.
    pub fn unsaved(&self) -> Vec<(Stamp, Deed)> {
        self.pending.iter().map(|pending| (pending.at, pending.deed)).collect()
    }

    /// Tries once more to keep what could not be kept; answers whether all is.
    pub fn retry(&mut self) -> bool {
        self.pending.is_empty() || self.write_pending().is_ok()
    }

    /// Reads the whole file, and with `mend` ends a last line that has no end. Fails where it cannot be read.
    fn load(&mut self, mend: bool) -> io::Result<Found> {
        let extent = self.disk.extent()?;
        let bytes = self.disk.read(0)?;
        let mut lines = Lines::read(&bytes);
        let mut told = Vec::new();
        if lines.newer > 0 {
            self.closed = Some(Clean::line(NEWER));
            told.push(format!("Reviews are not kept: {NEWER}."));
        }
        let mut aside = 0;
        for damaged in std::mem::take(&mut lines.damaged) {
            aside += usize::from(self.disk.set_aside(&damaged).unwrap_or(false));
        }
        if aside > 0 {
            let lines = if aside == 1 { "1 damaged line".to_owned() } else { format!("{aside} damaged lines") };
            told.push(format!("{lines} of the journal of reviews set aside in reviews.log.bad."));
        }
        self.known = Extent { length: bytes.len() as u64, ..extent };
        let is_torn = mend && self.closed.is_none() && !lines.torn.is_empty();
        if is_torn && self.mend(&mut lines).unwrap_or(false) {
            told.push(HALF_WRITTEN.to_owned());
        }
        let mut entries = lines.entries;
        entries.sort_by_key(|entry| entry.number);
        entries.dedup();
        self.last = entries.last().map_or(0, |entry| entry.number);
        Ok(Found { entries, notice: (!told.is_empty()).then(|| Clean::line(told.join(" "))) })
    }

    /// Ends a last line that has no end: with its end where that alone is missing, else by setting the line aside;
    /// answers whether it was set aside.
    fn mend(&mut self, lines: &mut Lines) -> io::Result<bool> {
        if let Ok(entry) = Entry::parse(&lines.torn) {
            self.disk.append(b"\n")?;
            self.known = self.disk.extent()?;
            lines.entries.push(entry);
            return Ok(false);
        }
        self.disk.set_aside(&lines.torn)?;
        let sound = self.known.length - lines.torn.len() as u64;
        self.disk.truncate(sound)?;
        self.known.length = sound;
        Ok(true)
    }

    fn write_pending(&mut self) -> io::Result<Report> {
        self.allowed()?;
        let lock = self.disk.lock()?;
        let report = self.write_locked();
        drop(lock);
        self.unread |= report.is_err(); // How far it came is not known; the next time all is read anew.
        report
    }

    /// Adds what is pending to the file, after what others have added.
    fn write_locked(&mut self) -> io::Result<Report> {
        let caught = self.catch_up()?;
        let new = self.numbered(&caught.entries);
        let own = self.pending.len();
        self.put(&lines::written(&new))?;
        self.known = self.disk.extent()?;
        self.last += new.len() as u64;
        self.pending.clear();
        if caught.all || own > 1 || new.is_empty() {
            let all = self.load(true).map(|found| found.entries);
            self.unread |= all.is_err();
            return Ok(Report { all: all.ok(), ..Report::default() });
        }
        Ok(Report { added: caught.entries.into_iter().chain(new).collect(), ..Report::default() })
    }

    /// Reads what others have added since the last time, or all anew where the file is another one.
    fn catch_up(&mut self) -> io::Result<Caught> {
        if self.distrusted {
            let all = self.disk.read(0)?;
            self.disk.replace(&all)?;
            self.distrusted = false;
        }
        let extent = self.disk.extent()?;
        let another = self.known.file.is_some_and(|file| extent.file != Some(file));
        if self.unread || another || extent.length < self.known.length {
            let entries = self.load(true)?.entries;
            self.unread = false;
            self.allowed()?;
            return Ok(Caught { entries, all: true });
        }
        let mut lines = Lines::read(&self.disk.read(self.known.length)?);
        self.known = extent;
        for damaged in &lines.damaged {
            let _ = self.disk.set_aside(damaged); // It also stays where it is.
        }
        if lines.newer > 0 {
            self.closed = Some(Clean::line(NEWER));
        }
        self.allowed()?;
        if !lines.torn.is_empty() {
            self.mend(&mut lines)?;
        }
        self.last = lines.entries.iter().map(|entry| entry.number).fold(self.last, u64::max);
        Ok(Caught { entries: lines.entries, all: false })
    }

    /// Fails where nothing may be written at all.
    fn allowed(&self) -> io::Result<()> {
        self.closed.as_ref().map_or(Ok(()), |why| Err(io::Error::other(why.to_string())))
    }

    /// The lines of the pending deeds that the file does not hold yet, with the numbers that come next: what could
    /// neither be confirmed nor taken back the last time stands in the file already.
    fn numbered(&self, found: &[Entry]) -> Vec<Entry> {
        let found: HashMap<(Stamp, Deed), u64> =
            found.iter().map(|entry| ((entry.at, entry.deed), entry.number)).collect();
        let mut numbers = HashMap::new();
        let mut new: Vec<Entry> = Vec::new();
        for &Pending { told, at, deed } in &self.pending {
            let deed = match deed {
                Deed::Undo(undone) => Deed::Undo(numbers.get(&undone).copied().unwrap_or(undone)),
                deed => deed,
            };
            let next = self.last + new.len() as u64 + 1;
            let number = found.get(&(at, deed)).copied().unwrap_or_else(|| {
                new.push(Entry { number: next, at, deed });
                next
            });
            numbers.insert(told, number);
        }
        new
    }

    /// Writes at the end of the file and waits until the disk has it; on a failure the file is as it was before.
    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        let before = self.disk.extent()?.length;
        if let Err(error) = self.disk.append(bytes) {
            let _ = self.disk.truncate(before);
            return Err(error);
        }
        let Err(error) = self.disk.sync() else { return Ok(()) };
        // A disk that has failed once says yes the next time, with the data gone. All is written anew, elsewhere.
        self.distrusted = true;
        let again = self.disk.read(0).and_then(|all| self.disk.replace(&all));
        if again.is_ok() {
            self.distrusted = false;
            return Ok(());
        }
        let _ = self.disk.truncate(before);
        Err(error)
    }
}
