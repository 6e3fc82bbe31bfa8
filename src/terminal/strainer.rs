//! What is typed, on its way to the library that makes keys of it. That library keeps a paste or a sequence until it
//! ends, and takes the rest of a sequence that it does not know for keys; here what does not end is cut off, and answers
//! to questions that nobody asked are left out.

use std::time::Duration;

/// The longest paste that is let through, in bytes.
pub const LONGEST_PASTE: usize = 64 * 1024;

/// The longest sequence that is let through, in bytes; the longest key has a third of that.
pub const LONGEST_SEQUENCE: usize = 64;

const BEGIN_PASTE: &[u8] = b"\x1b[200~";
const END_PASTE: &[u8; 6] = b"\x1b[201~";

/// Where in what is typed the next byte stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum At {
    /// Between keys.
    #[default]
    Key,
    /// Behind an escape, where the terminal has sent more at once.
    Escape,
    /// In a sequence.
    Sequence,
    /// In a string that a terminal answers with, which ends with a bell or a terminator.
    String,
    /// In a paste.
    Paste,
}

/// Cuts off what does not end.
#[derive(Debug, Default)]
pub struct Strainer {
    at: At,
    /// The sequence as far as it has come.
    sequence: Vec<u8>,
    /// How much of the paste was let through.
    pasted: usize,
    /// The last bytes of the paste or of the string, as many as the end of a paste has.
    last: [u8; END_PASTE.len()],
}

impl Strainer {
    /// Adds to `out` what is let through of the bytes that came at once.
    pub fn strain(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        for (number, &byte) in bytes.iter().enumerate() {
            self.take(byte, number + 1 == bytes.len(), out);
        }
    }

    /// After how long a silence the end of what is open is no longer waited for; `None` where nothing is open.
    pub fn patience(&self) -> Option<Duration> {
        match self.at {
            At::Key => None,
            At::Paste => Some(Duration::from_secs(2)), // A slow line may halt in the middle of one.
            At::Escape | At::Sequence | At::String => Some(Duration::from_millis(200)),
        }
    }

    /// Closes what is open, since nothing more has come for a while.
    pub fn close(&mut self, out: &mut Vec<u8>) {
        if self.at == At::Paste {
            out.extend_from_slice(END_PASTE);
        }
        self.at = At::Key;
    }

    fn take(&mut self, byte: u8, is_last: bool, out: &mut Vec<u8>) {
        match (self.at, byte) {
            (At::Key, 0x1b) => {
                out.push(byte);
                self.at = if is_last { At::Key } else { At::Escape };
            }
            (At::Key, _) => out.push(byte),
            (At::Escape, b'[') => {
                out.pop();
                self.sequence = b"\x1b[".to_vec();
                self.at = At::Sequence;
            }
            // Alone behind an escape these are keys with Alt; with more behind them they begin a string.
            (At::Escape, b']' | b'P' | b'X' | b'^' | b'_') if !is_last => {
                out.pop();
                self.begin(At::String);
            }
            (At::Escape, 0x1b) => out.push(byte),
            (At::Escape, _) => {
                out.push(byte);
                self.at = At::Key;
            }
            (At::Sequence, _) => self.take_of_sequence(byte, is_last, out),
            (At::String, _) => {
                self.remember(byte);
                if byte == 0x07 || self.last.ends_with(b"\x1b\\") {
                    self.at = At::Key;
                }
            }
            (At::Paste, _) => self.take_pasted(byte, out),
        }
    }

    fn take_of_sequence(&mut self, byte: u8, is_last: bool, out: &mut Vec<u8>) {
        let ends = matches!(byte, 0x40..=0x7e) && !(byte == b'[' && self.sequence.len() == 2);
        if !ends && !matches!(byte, 0x20..=0x3f | b'[') {
            self.at = At::Key; // What is no part of a sequence ends it, and is let through instead.
            return self.take(byte, is_last, out);
        }
        if self.sequence.len() <= LONGEST_SEQUENCE {
            self.sequence.push(byte);
        }
        if ends {
            self.begin(if self.sequence == BEGIN_PASTE { At::Paste } else { At::Key });
            if self.sequence.len() <= LONGEST_SEQUENCE && is_key(&self.sequence) {
                out.extend_from_slice(&self.sequence);
            }
        }
    }

    fn take_pasted(&mut self, byte: u8, out: &mut Vec<u8>) {
        self.remember(byte);
        if &self.last == END_PASTE {
            // Of an end that lies behind the limit, nothing was let through.
            let left = if self.pasted < LONGEST_PASTE { &END_PASTE[END_PASTE.len() - 1..] } else { END_PASTE };
            out.extend_from_slice(left);
            self.at = At::Key;
        } else if self.pasted < LONGEST_PASTE {
            out.push(byte);
            self.pasted += 1;
        }
    }

    fn begin(&mut self, at: At) {
        (self.at, self.pasted, self.last) = (at, 0, [0; END_PASTE.len()]);
    }

    fn remember(&mut self, byte: u8) {
        self.last.rotate_left(1);
        self.last[END_PASTE.len() - 1] = byte;
    }
}

/// Says whether a whole sequence is a key, a use of the mouse, or the beginning of a paste, and no answer of a terminal.
fn is_key(sequence: &[u8]) -> bool {
    let Some((&last, parameters)) = sequence[2..].split_last() else { return false };
    let numbers = |text: &[u8]| text.iter().all(|byte| matches!(byte, b'0'..=b'9' | b';' | b':'));
    match (parameters, last) {
        (b"[", b'A'..=b'E') => true, // The first function keys of Linux.
        ([b'<', mouse @ ..], b'M' | b'm') => numbers(mouse),
        // The third function key; every other one says where the cursor is.
        (_, b'R') => parameters.is_empty() || parameters.starts_with(b"1;"),
        (_, b'A'..=b'H' | b'P'..=b'S' | b'Z' | b'M' | b'I' | b'O' | b'u' | b'~') => numbers(parameters),
        _ => false,
    }
}
