//! Taking another journal in, and forgetting all: each only after a copy of what there was.

use std::collections::HashSet;
use std::io;
use std::path::PathBuf;

use super::backup::back_up;
use super::disk::Disk;
use super::lines::{self, Lines};
use super::{FileDisk, Journal, NEWER};
use crate::study::{Deed, Entry, Stamp};

/// What became of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// How many lines are new.
    pub new: usize,
    /// How many were there already.
    pub known: usize,
    /// How many could not be read.
    pub damaged: usize,
    /// Where the journal as it was before is kept.
    pub backup: Option<PathBuf>,
}

/// Takes the lines of another journal in, by time. Fails with nothing changed.
pub fn import(mut disk: FileDisk, text: &[u8], now: Stamp) -> io::Result<Imported> {
    let text = [text, b"\n"].concat();
    let others = Lines::read(&text);
    if others.newer > 0 {
        return Err(io::Error::other("a newer version of this program has written that journal"));
    }
    let lock = disk.lock()?;
    let own = Lines::read(&disk.read(0)?);
    if own.newer > 0 {
        return Err(io::Error::other(NEWER));
    }
    let before = living(&own.entries).len();
    let merged = merged(&own.entries, &others.entries);
    let known = living(&others.entries).len() - (merged.len() - before);
    let mut imported = Imported { new: merged.len() - before, known, damaged: others.damaged.len(), backup: None };
    if imported.new > 0 {
        imported.backup = back_up(&disk.path()?, now, true)?;
        disk.replace(&lines::written(&merged))?;
    }
    drop(lock);
    Ok(imported)
}

/// Forgets all reviews; answers where they are kept. Fails with nothing changed.
pub fn reset(disk: FileDisk, now: Stamp) -> io::Result<Option<PathBuf>> {
    let path = disk.path()?;
    let (mut journal, _) = Journal::open(disk);
    let backup = back_up(&path, now, true)?;
    if backup.is_none() {
        return Ok(None);
    }
    match journal.note(now, Deed::Reset).unsaved {
        Some(unsaved) => Err(io::Error::other(unsaved.why.to_string())),
        None => Ok(backup),
    }
}

/// The lines of two journals that still count, in order of time and each once, numbered anew. Each journal's own order
/// stays, whatever its clock said.
pub fn merged(own: &[Entry], others: &[Entry]) -> Vec<Entry> {
    let own = living(own);
    let known: HashSet<(Stamp, Deed)> = own.iter().map(|entry| (entry.at, entry.deed)).collect();
    let mut others = living(others).into_iter().filter(|entry| !known.contains(&(entry.at, entry.deed))).peekable();
    let mut merged = Vec::new();
    for entry in own {
        while let Some(other) = others.next_if(|other| other.at.utc_ms < entry.at.utc_ms) {
            merged.push(other);
        }
        merged.push(entry);
    }
    merged.extend(others);
    (1..).zip(merged).map(|(number, entry)| Entry { number, ..entry }).collect()
}

/// The lines that still count: those after the last that forgets all, without what was taken back.
fn living(entries: &[Entry]) -> Vec<Entry> {
    let mut sorted = entries.to_vec();
    sorted.sort_by_key(|entry| entry.number);
    let from = sorted.iter().rposition(|entry| entry.deed == Deed::Reset).map_or(0, |at| at + 1);
    let undone: HashSet<u64> = sorted[from..]
        .iter()
        .filter_map(|entry| match entry.deed {
            Deed::Undo(number) => Some(number),
            _ => None,
        })
        .collect();
    let counts = |entry: &&Entry| !matches!(entry.deed, Deed::Undo(_)) && !undone.contains(&entry.number);
    sorted[from..].iter().filter(counts).copied().collect()
}
