//! What pictures are drawn on: a backend that knows its size and asks the terminal nothing. What becomes of a picture is
//! the wire's business, which sees the whole of it.

use std::convert::Infallible;

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Size};
use ratatui::{Frame, Terminal};

/// A terminal's size, and nothing else.
#[derive(Debug)]
pub struct Canvas {
    /// The terminal's size in columns and rows.
    pub size: (u16, u16),
}

impl Canvas {
    /// A canvas for a terminal of this size.
    pub fn new(size: (u16, u16)) -> Canvas {
        Canvas { size }
    }
}

/// Draws a picture, hands it over, and makes room for the next. The library's own way compares each picture with the one
/// before; the wire does that, knowing what the terminal shows.
pub fn draw<T>(screen: &mut Terminal<Canvas>, draw: impl FnOnce(&mut Frame), look: impl FnOnce(&Buffer) -> T) -> T {
    let Ok(()) = screen.autoresize();
    draw(&mut screen.get_frame());
    let seen = look(screen.current_buffer_mut());
    screen.swap_buffers();
    seen
}

impl Backend for Canvas {
    type Error = Infallible;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, _content: I) -> Result<(), Infallible> {
        Ok(())
    }

    fn hide_cursor(&mut self) -> Result<(), Infallible> {
        Ok(()) // The cursor is hidden from entering to leaving.
    }

    fn show_cursor(&mut self) -> Result<(), Infallible> {
        Ok(())
    }

    fn get_cursor_position(&mut self) -> Result<Position, Infallible> {
        Ok(Position::ORIGIN) // Asking a terminal that does not answer takes two seconds.
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, _position: P) -> Result<(), Infallible> {
        Ok(())
    }

    fn clear(&mut self) -> Result<(), Infallible> {
        Ok(())
    }

    fn clear_region(&mut self, _clear_type: ClearType) -> Result<(), Infallible> {
        Ok(())
    }

    fn size(&self) -> Result<Size, Infallible> {
        Ok(Size::from(self.size))
    }

    fn window_size(&mut self) -> Result<WindowSize, Infallible> {
        Ok(WindowSize { columns_rows: Size::from(self.size), pixels: Size::ZERO })
    }

    fn flush(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}
