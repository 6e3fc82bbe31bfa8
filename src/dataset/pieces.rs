//! Cuts a dataset file into pieces while it is read: its long lists into batches of whole records, and the rest, with the
//! lists empty, as one text that is short.
//!
//! The file is as valid as its pieces are: an empty list of a valid text may be replaced by any valid list.

use std::io::{self, Read};

use memchr::memchr2;

use super::load::{DEEPEST_NESTING, LARGEST_FILE, Watch};
use super::vocabulary::{Kind, Vocabulary};

/// The bytes that are read at a time.
const BLOCK: usize = 256 * 1024;

/// The bytes after which a batch ends with its next record.
const BATCH: usize = 1024 * 1024;

/// Some records of a list, one after the other.
#[derive(Debug)]
pub(super) struct Batch {
    /// Their kind.
    pub kind: Kind,
    /// The place of the first of them in the list.
    pub start: usize,
    /// The records as a list in JSON, if the file is.
    pub json: Vec<u8>,
}

/// A file that is being cut.
pub(super) struct Pieces<'a, R> {
    source: R,
    watch: Watch<'a>,
    read: u64,
    block: Box<[u8]>,
    filled: usize,
    at: usize,
    /// The first byte of the block that was not yet copied.
    uncopied: usize,
    depth: usize,
    quoted: bool,
    escaped: bool,
    /// The kind of the list that is being cut.
    list: Option<Kind>,
    start: usize,
    count: usize,
    batch: Vec<u8>,
    /// The bytes that a batch usually has, and no more than the file has.
    room: usize,
    rest: Vec<u8>,
    refused: bool,
}

impl<'a, R: Read> Pieces<'a, R> {
    /// Begins to cut a file of about this length.
    pub fn new(source: R, length: u64, watch: Watch<'a>) -> Pieces<'a, R> {
        Pieces {
            source,
            watch,
            read: 0,
            block: vec![0; BLOCK].into(),
            filled: 0,
            at: 0,
            uncopied: 0,
            depth: 0,
            quoted: false,
            escaped: false,
            list: None,
            start: 0,
            count: 0,
            batch: Vec::new(),
            room: usize::try_from(length).map_or(BATCH + BLOCK, |length| length.min(BATCH + BLOCK)),
            rest: Vec::new(),
            refused: false,
        }
    }

    /// The next batch; `None` at the end of the file, or where no more of it is worth reading. Fails where the source
    /// does, or where the watch ends the reading.
    pub fn next(&mut self) -> io::Result<Option<Batch>> {
        while !self.refused {
            if let Some(batch) = self.scan() {
                return Ok(Some(batch));
            }
            self.copy(self.filled);
            if !self.fill()? {
                break;
            }
        }
        Ok(None)
    }

    /// What is left of the file without the batches; `None` where it is past a limit.
    pub fn rest(self) -> Option<Vec<u8>> {
        (!self.refused).then_some(self.rest)
    }

    /// Reads the next block; says whether there is one.
    fn fill(&mut self) -> io::Result<bool> {
        self.filled = loop {
            match self.source.read(&mut self.block) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read?,
            }
        };
        (self.at, self.uncopied) = (0, 0);
        self.read += self.filled as u64;
        self.refused |= self.read > LARGEST_FILE as u64;
        if !(self.watch)(self.read) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        Ok(self.filled > 0)
    }

    /// Goes on through the block up to the end of a batch; `None` at the end of the block.
    fn scan(&mut self) -> Option<Batch> {
        while self.at < self.filled {
            if self.quoted {
                self.skip_text();
                continue;
            }
            let Some(found) = self.block[self.at..self.filled].iter().position(is_of_structure) else { break };
            let byte = self.block[self.at + found];
            self.at += found + 1;
            match byte {
                b'"' => self.quoted = true,
                b'[' | b'{' => self.open(byte),
                b']' | b'}' => {
                    if let Some(batch) = self.close() {
                        return Some(batch);
                    }
                }
                b',' if self.depth == 2 && self.list.is_some() => {
                    if let Some(batch) = self.end_record() {
                        return Some(batch);
                    }
                }
                _ => {}
            }
        }
        self.at = self.filled;
        None
    }

    /// Goes on within a text, to its end or to that of the block.
    fn skip_text(&mut self) {
        if std::mem::take(&mut self.escaped) {
            self.at += 1;
            return;
        }
        let Some(found) = memchr2(b'"', b'\\', &self.block[self.at..self.filled]) else {
            self.at = self.filled;
            return;
        };
        self.at += found + 1;
        match self.block[self.at - 1] {
            b'"' => self.quoted = false,
            _ => self.escaped = true,
        }
    }

    /// Goes on behind an opening bracket, which may be that of a list to cut.
    fn open(&mut self, bracket: u8) {
        self.depth += 1;
        self.refused |= self.depth > DEEPEST_NESTING;
        if bracket == b'[' && self.depth == 2 && self.list.is_none() {
            self.copy(self.at);
            self.list = list_at_end(&self.rest);
            (self.start, self.count) = (0, 0);
        }
    }

    /// Goes on behind a closing bracket; where it is that of a list, answers the last batch.
    fn close(&mut self) -> Option<Batch> {
        self.depth = self.depth.saturating_sub(1);
        if self.depth != 1 || self.list.is_none() {
            return None;
        }
        self.copy(self.at - 1);
        let batch = self.end_batch();
        self.list = None;
        batch
    }

    /// Goes on behind the comma after a record of a list; where the batch is full, answers it.
    fn end_record(&mut self) -> Option<Batch> {
        self.count += 1;
        if self.batch.len() + self.at - self.uncopied <= BATCH {
            return None;
        }
        self.copy(self.at - 1);
        self.uncopied = self.at;
        self.end_batch()
    }

    /// Copies the block up to `end` to what it is part of.
    fn copy(&mut self, end: usize) {
        let bytes = &self.block[self.uncopied..end];
        let part = if self.list.is_some() { &mut self.batch } else { &mut self.rest };
        if part.is_empty() && self.list.is_some() {
            part.reserve(self.room);
            part.push(b'[');
        }
        part.extend_from_slice(bytes);
        self.uncopied = end;
    }

    /// The batch that ends here; `None` for an empty list. Nothing after a comma is no batch of a valid file.
    fn end_batch(&mut self) -> Option<Batch> {
        let (kind, start) = (self.list?, self.start);
        let mut json = std::mem::take(&mut self.batch);
        let blank = json.iter().skip(1).all(u8::is_ascii_whitespace);
        if blank && self.count == 0 {
            return None;
        }
        json.push(b']');
        self.start = self.count;
        Some(Batch { kind, start, json })
    }
}

/// Says whether a byte outside of texts opens, closes or parts something.
fn is_of_structure(byte: &u8) -> bool {
    matches!(byte, b'"' | b'[' | b']' | b'{' | b'}' | b',')
}

/// The kind of the list whose opening bracket a text ends with, where it is one that is cut: all but the sections, which
/// hold the paragraphs.
fn list_at_end(text: &[u8]) -> Option<Kind> {
    let text = text.strip_suffix(b"[")?.trim_ascii_end().strip_suffix(b":")?.trim_ascii_end().strip_suffix(b"\"")?;
    let name = &text[text.iter().rposition(|&byte| byte == b'"')? + 1..];
    let mut cut = Kind::ALL.iter().copied().filter(|kind| !matches!(kind, Kind::Section | Kind::Paragraph));
    cut.find(|kind| kind.list().as_bytes() == name)
}
