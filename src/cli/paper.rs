//! What an answer is written on: plain in a pipe, wrapped and with weights in a terminal.

use std::io::{self, IsTerminal, Write};

use crossterm::style::ContentStyle;
use ratatui::backend::IntoCrossterm;
use rustix::termios::tcgetwinsize;

use crate::theme::{Look, Theme, ascii_line};
use crate::widgets::rich_text::{Block, Layout};

/// The columns of a terminal that does not say how many it has.
const USUAL_WIDTH: usize = 80;

/// The narrowest that text is wrapped, in columns.
const NARROWEST: usize = 20;

/// Where an answer goes, and how it looks there.
#[derive(Debug)]
pub struct Paper<W> {
    out: W,
    terminal: Option<Terminal>,
}

/// A terminal that an answer is read in.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    /// Its columns.
    pub width: usize,
    /// What things look like; `None` where it shows letters alone.
    pub theme: Option<Theme>,
    /// Whether it knows nothing but ASCII.
    pub ascii: bool,
}

impl Terminal {
    /// The terminal that standard output is, with a theme and letters for it; `None` where it is none.
    pub fn of_standard_output(theme: Option<Theme>, ascii: bool) -> Option<Terminal> {
        if !io::stdout().is_terminal() {
            return None;
        }
        let columns = tcgetwinsize(io::stdout()).map_or(0, |size| usize::from(size.ws_col));
        let width = if columns == 0 { USUAL_WIDTH } else { columns.max(NARROWEST) };
        Some(Terminal { width, theme, ascii })
    }
}

impl<W: Write> Paper<W> {
    /// Paper in a pipe or a file, or in a terminal.
    pub fn new(out: W, terminal: Option<Terminal>) -> Paper<W> {
        Paper { out, terminal }
    }

    /// The columns of the terminal; `None` where lines end only where they must.
    pub fn width(&self) -> Option<usize> {
        self.terminal.map(|terminal| terminal.width)
    }

    /// Writes a piece of a page: on one line in a pipe, wrapped in a terminal.
    pub fn set<T: Clone>(&mut self, block: &Block<T>) -> io::Result<()> {
        let layout = match self.width() {
            Some(width) => Layout::new(std::slice::from_ref(block), width),
            None => Layout::unwrapped(std::slice::from_ref(block)),
        };
        for line in layout.lines() {
            let end = line.iter().rposition(|(text, _)| !text.trim_end().is_empty()).map_or(0, |last| last + 1);
            for (at, &(text, look)) in line[..end].iter().enumerate() {
                self.say(if at + 1 == end { text.trim_end() } else { text }, look)?;
            }
            writeln!(self.out)?;
        }
        Ok(())
    }

    /// Writes text with its look where the terminal shows looks.
    pub fn say(&mut self, text: &str, look: Look) -> io::Result<()> {
        let Some(terminal) = self.terminal else { return write!(self.out, "{text}") };
        let text = if terminal.ascii { ascii_line(text) } else { text.to_owned() };
        match terminal.theme.map(|theme| theme.style(look)) {
            Some(style) if style != Default::default() && !text.is_empty() => {
                let style: ContentStyle = style.into_crossterm();
                write!(self.out, "{}", style.apply(text))
            }
            _ => write!(self.out, "{text}"),
        }
    }
}

impl<W: Write> Write for Paper<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
