//! The lines of a journal as they stand in a file, sound or not.

use crate::study::Entry;
use crate::study::entry::Flaw;

/// The lines as they are written, each with its end.
pub fn written(entries: &[Entry]) -> Vec<u8> {
    let lines: String = entries.iter().map(|entry| format!("{entry}\n")).collect();
    lines.into_bytes()
}

/// What a stretch of the file holds.
#[derive(Debug, Default)]
pub struct Lines {
    /// The lines that are sound.
    pub entries: Vec<Entry>,
    /// The lines that are not as they were written.
    pub damaged: Vec<Vec<u8>>,
    /// How many lines a newer version has written.
    pub newer: usize,
    /// What stands behind the end of the last line.
    pub torn: Vec<u8>,
}

impl Lines {
    /// Reads a stretch that begins with a line.
    pub fn read(bytes: &[u8]) -> Lines {
        let mut lines = Lines::default();
        for piece in bytes.split_inclusive(|&byte| byte == b'\n') {
            match piece.strip_suffix(b"\n") {
                None => lines.torn = piece.to_vec(),
                Some(line) => lines.take(line),
            }
        }
        lines
    }

    fn take(&mut self, line: &[u8]) {
        match Entry::parse(line) {
            Ok(entry) => self.entries.push(entry),
            Err(Flaw::Newer) => self.newer += 1,
            Err(Flaw::Damaged) if line.is_empty() => {}
            Err(Flaw::Damaged) => self.damaged.push(line.to_vec()),
        }
    }
}
