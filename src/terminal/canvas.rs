//! What pictures are drawn on: a backend that only collects bytes, knows its size, and asks the terminal nothing.

use std::io;
use std::mem::take;

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use crate::dataset::has_control;

/// Shown as one picture, or not at all.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

/// The bytes of a picture in the making.
#[derive(Debug)]
pub struct Canvas {
    bytes: Vec<u8>,
    /// What the terminal is asked before the picture.
    asked: Vec<u8>,
    /// The terminal's size in columns and rows.
    pub size: (u16, u16),
}

impl Canvas {
    /// An empty canvas for a terminal of this size.
    pub fn new(size: (u16, u16)) -> Canvas {
        Canvas { bytes: Vec::new(), asked: Vec::new(), size }
    }

    /// Asks the terminal for something with the next picture, so that nothing ever stands in the middle of one.
    pub fn ask(&mut self, sequence: &[u8]) {
        self.asked.extend_from_slice(sequence);
    }

    /// The bytes since the last time, as one synchronised update; nothing where nothing changed.
    pub fn take_picture(&mut self) -> Vec<u8> {
        let (asked, bytes) = (take(&mut self.asked), take(&mut self.bytes));
        if bytes.is_empty() { asked } else { [&asked, BEGIN, &bytes, END].concat() }
    }
}

impl Backend for Canvas {
    type Error = io::Error;

    /// Draws cells. Text is harmless since it was loaded; a cell that is not is the program's error, and is left out.
    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> io::Result<()> {
        let mut harmless =
            content.filter(|(_, _, cell)| !has_control(cell.symbol()) && cell.symbol() != "\n").peekable();
        if harmless.peek().is_none() { Ok(()) } else { CrosstermBackend::new(&mut self.bytes).draw(harmless) }
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        Ok(()) // The cursor is hidden from entering to leaving.
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(Position::ORIGIN) // Asking a terminal that does not answer takes two seconds.
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, _position: P) -> io::Result<()> {
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        CrosstermBackend::new(&mut self.bytes).clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        CrosstermBackend::new(&mut self.bytes).clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        Ok(Size::from(self.size))
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: Size::from(self.size), pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
