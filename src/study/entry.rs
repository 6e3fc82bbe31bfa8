//! A line of the journal: what was done with a card, when, and a checksum over it.
//!
//! ```text
//! v1 <number> <milliseconds of UTC> <minutes ahead of UTC> <card> <deed>     <checksum>
//! v1 17       1763201234567         60                     <key>  3          5d41402a     a grade, 1 to 4
//! v1 18       1763201234999         60                     <key>  r1         …            a grade that counts for nothing
//! v1 19       1763201236000         60                     <key>  suspend    …            resume takes it back
//! v1 20       1763201237000         60                     undo   17         …
//! v1 21       1763201238000         60                     reset  all        …
//! ```

use std::fmt;

use crate::dataset::Clean;

use super::card::Key;
use super::schedule::Grade;
use super::stamp::Stamp;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Deed {
    /// A card was answered.
    Review {
        /// The card.
        card: Key,
        /// How well it was known.
        grade: Grade,
        /// Whether the answer leaves the schedule as it is.
        rehearsal: bool,
    },
    /// A card is asked no more.
    Suspend(Key),
    /// A card is asked again.
    Resume(Key),
    /// What the line with this number says is taken back.
    Undo(u64),
    /// All that was before is forgotten.
    Reset,
}

/// A line of the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Entry {
    /// Its number; later lines have higher ones, whatever the clock said.
    pub number: u64,
    /// When it was done.
    pub at: Stamp,
    /// What was done.
    pub deed: Deed,
}

/// Why a line cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// It is not as it was written.
    Damaged,
    /// A newer version of the program wrote it.
    Newer,
}

/// The highest number that a line may have, so that there is always a next one.
const HIGHEST: u64 = 1 << 60;

/// The version of the lines that this program writes.
const VERSION: u64 = 1;

impl fmt::Display for Entry {
    /// The line with its checksum, without its end.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (object, deed) = match self.deed {
            Deed::Review { card, grade, rehearsal: false } => (card.to_string(), (grade as u8).to_string()),
            Deed::Review { card, grade, rehearsal: true } => (card.to_string(), format!("r{}", grade as u8)),
            Deed::Suspend(card) => (card.to_string(), "suspend".to_owned()),
            Deed::Resume(card) => (card.to_string(), "resume".to_owned()),
            Deed::Undo(number) => ("undo".to_owned(), number.to_string()),
            Deed::Reset => ("reset".to_owned(), "all".to_owned()),
        };
        let Entry { number, at: Stamp { utc_ms, offset }, .. } = self;
        let line = format!("v{VERSION} {number} {utc_ms} {offset} {object} {deed}");
        write!(formatter, "{line} {:08x}", crc32fast::hash(line.as_bytes()))
    }
}

impl Entry {
    /// Reads a line, without its end. Fails with why it cannot be read.
    pub fn parse(line: &[u8]) -> Result<Entry, Flaw> {
        let text = std::str::from_utf8(line).map_err(|_| Flaw::Damaged)?;
        let (said, checksum) = text.rsplit_once(' ').ok_or(Flaw::Damaged)?;
        let sound = checksum.len() == 8 && checksum == format!("{:08x}", crc32fast::hash(said.as_bytes()));
        if !sound {
            return Err(Flaw::Damaged);
        }
        let version = said.split(' ').next().and_then(|word| word.strip_prefix('v')?.parse().ok());
        match version {
            Some(VERSION) => Entry::parse_sound(said).ok_or(Flaw::Damaged),
            Some(later) if later > VERSION => Err(Flaw::Newer),
            _ => Err(Flaw::Damaged),
        }
    }

    fn parse_sound(said: &str) -> Option<Entry> {
        let fields: Vec<&str> = said.split(' ').collect();
        let &[_, number, utc_ms, offset, object, deed] = fields.as_slice() else { return None };
        let at = Stamp { utc_ms: utc_ms.parse().ok()?, offset: offset.parse().ok()? };
        let number = number.parse().ok().filter(|&number: &u64| number <= HIGHEST)?;
        Some(Entry { number, at, deed: read_deed(object, deed)? })
    }
}

fn read_deed(object: &str, deed: &str) -> Option<Deed> {
    match object {
        "undo" => return deed.parse().ok().map(Deed::Undo),
        "reset" => return (deed == "all").then_some(Deed::Reset),
        _ => {}
    }
    let card = object.parse().ok()?;
    let graded = |digits: &str, rehearsal: bool| {
        let grade = Grade::from_number(digits.parse().ok()?)?;
        Some(Deed::Review { card, grade, rehearsal })
    };
    match deed {
        "suspend" => Some(Deed::Suspend(card)),
        "resume" => Some(Deed::Resume(card)),
        _ => match deed.strip_prefix('r') {
            Some(digits) => graded(digits, true),
            None => graded(deed, false),
        },
    }
}

/// What became of deeds that were to be kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The lines that came since the last report, in order: those of other sessions, and those of this one, which have
    /// the numbers that they will have if nothing comes between.
    pub added: Vec<Entry>,
    /// All lines anew, where those that were told before no longer hold.
    pub all: Option<Vec<Entry>>,
    /// What could not be kept yet.
    pub unsaved: Option<Unsaved>,
    /// What the reader has to be told.
    pub notice: Option<Clean>,
}

/// Deeds that are in memory alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsaved {
    /// How many.
    pub count: usize,
    /// Why.
    pub why: Clean,
}
