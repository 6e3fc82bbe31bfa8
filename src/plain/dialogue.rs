//! What is said, and what is heard: lines go out, wrapped between words, and lines come in.

use std::io::{self, BufRead, Read, Write};

use unicode_width::UnicodeWidthStr;

use super::speech::speech;
use crate::theme::ascii_line;

/// The longest line that is heard, in bytes; what is longer is no command and no answer.
const LONGEST: u64 = 4 * 1024;

/// Where lines come from and go to.
#[derive(Debug)]
pub struct Dialogue<R, W> {
    input: R,
    output: W,
    width: usize,
    ascii: bool,
    /// Whether the reader is shown that it is their turn.
    prompts: bool,
    /// Whether a line was begun and not ended.
    open: bool,
}

impl<R: BufRead, W: Write> Dialogue<R, W> {
    /// A dialogue in lines of so many columns. With `prompts`, a sign says whose turn it is: before a reader at a
    /// terminal, who ends that line with the answer.
    pub fn new(input: R, output: W, width: usize, ascii: bool, prompts: bool) -> Dialogue<R, W> {
        Dialogue { input, output, width, ascii, prompts, open: false }
    }

    /// Says a text, in as many lines as it needs.
    pub fn say(&mut self, text: &str) -> io::Result<()> {
        self.set(text).iter().try_for_each(|line| self.put(line))
    }

    /// Says a text at once, before something that takes a while.
    pub fn announce(&mut self, text: &str) -> io::Result<()> {
        self.say(text)?;
        self.output.flush()
    }

    /// A text as it is said: in lines no wider than the dialogue, in ASCII where nothing else is known.
    pub fn set(&self, text: &str) -> Vec<String> {
        let text = speech(text);
        let text = if self.ascii { ascii_line(&text) } else { text };
        wrapped(&text, self.width)
    }

    /// Says a line that was set before.
    pub fn put(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.output, "{line}")
    }

    /// What the reader says; `None` where nothing more comes.
    pub fn listen(&mut self) -> io::Result<Option<String>> {
        if self.prompts {
            write!(self.output, "> ")?;
            self.open = true;
        }
        self.output.flush()?;
        let mut bytes = Vec::new();
        loop {
            let read = self.input.by_ref().take(LONGEST).read_until(b'\n', &mut bytes);
            match read {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) | Ok(0) => break,
                Ok(_) if bytes.ends_with(b"\n") => break,
                Ok(_) if bytes.len() as u64 >= LONGEST => {
                    self.input.skip_until(b'\n')?;
                    break;
                }
                Ok(_) => {}
            }
        }
        if bytes.is_empty() {
            self.end_line()?;
            return Ok(None);
        }
        self.open = false;
        Ok(Some(String::from_utf8_lossy(&bytes).trim().to_owned()))
    }

    /// Ends a line that the reader has left open, and hands on all that was said.
    pub fn end_line(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.open) {
            writeln!(self.output)?;
        }
        self.output.flush()
    }
}

/// The text in lines of no more than `width` columns, as far as its words allow.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut().filter(|line| line.width() + 1 + word.width() <= width) {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_owned()),
        }
    }
    lines
}
