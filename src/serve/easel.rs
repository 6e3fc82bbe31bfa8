//! Where pictures are drawn: one easel for each thread, whatever the number of readers, as only their wires have to
//! remember what each of them sees.

use std::cell::RefCell;

use ratatui::Terminal;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::App;
use crate::terminal::Canvas;

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
        let Ok(()) = terminal.resize(Rect { x: 0, y: 0, width: columns, height: rows });
        let Ok(drawn) = terminal.draw(|frame| app.view(frame));
        let seen = look(drawn.buffer);
        // Where drawing fails, the easel is gone with it, and the next one begins anew.
        *easel = Some(terminal);
        seen
    })
}
