//! Where pictures are drawn: one easel for each thread, whatever the number of readers, as only their wires have to
//! remember what each of them sees.

use std::cell::RefCell;

use ratatui::Terminal;
use ratatui::buffer::Buffer;

use crate::app::App;
use crate::terminal::canvas::{self, Canvas};

thread_local! {
    static EASEL: RefCell<Option<Terminal<Canvas>>> = const { RefCell::new(None) };
}

/// Draws an app at a size, and answers what `look` makes of the picture.
pub fn draw<T>(app: &App, (columns, rows): (u16, u16), look: impl FnOnce(&Buffer) -> T) -> T {
    EASEL.with_borrow_mut(|easel| {
        let mut terminal = easel.take().unwrap_or_else(|| {
            let Ok(terminal) = Terminal::new(Canvas::new((columns, rows)));
            terminal
        });
        terminal.backend_mut().size = (columns, rows);
        let seen = canvas::draw(&mut terminal, |frame| app.view(frame), look);
        // Where drawing fails, the easel is gone with it, and the next one begins anew.
        *easel = Some(terminal);
        seen
    })
}
