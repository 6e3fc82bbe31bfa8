//! A list of places to go to: the trail of those visited, or the reader's marks.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::{list_rows, most};
use crate::action::{Action, Request};
use crate::context::Context;
use crate::keymap::Mode;
use crate::place::Place;
use crate::theme::Look;
use crate::widgets::row_list::{Cursor, RowList};
use crate::widgets::{fitted, pane};
use crate::wording;

/// The columns of the window's text.
const WIDTH: u16 = 76;

/// A list of places.
#[derive(Debug, Clone, PartialEq)]
pub struct Places {
    title: &'static str,
    places: Vec<Place>,
    cursor: Cursor,
    trail: bool,
}

impl Places {
    /// The places visited, the present one last and selected.
    pub fn trail(places: Vec<Place>) -> Places {
        let cursor = Cursor::at(places.len().saturating_sub(1));
        Places { title: "Trail", places, cursor, trail: true }
    }

    /// The records marked.
    pub fn marks(places: Vec<Place>) -> Places {
        Places { title: "Marks", places, cursor: Cursor::default(), trail: false }
    }

    /// Moves, and goes to the selected place.
    pub fn update(&mut self, action: Action, screen: Rect) -> Option<Request> {
        match action {
            Action::Move(step) => {
                let height = usize::from(most(screen).1);
                self.cursor.step(step, self.places.len(), height, |_| true);
                None
            }
            Action::Open if self.trail => Some(Request::Return(self.cursor.row)),
            Action::Open => self.places.get(self.cursor.row).copied().map(Request::Open),
            _ => None,
        }
    }

    /// The size of the window's content.
    pub fn size(&self, screen: Rect) -> (u16, u16) {
        (WIDTH, list_rows(self.places.len(), screen))
    }

    /// Says whether the cursor stands on a row that exists.
    pub fn stands(&self) -> bool {
        self.cursor.stands_in(self.places.len())
    }

    /// The list's cursor, and how many rows there are.
    pub fn list(&mut self) -> (&mut Cursor, usize) {
        (&mut self.cursor, self.places.len())
    }

    /// Draws the list.
    pub fn draw(&self, context: &Context, screen: Rect, buffer: &mut Buffer) {
        let corner = context.keymap.caption(Mode::Layer, &[(Action::Open, "open"), (Action::Close, "close")]);
        let inner = pane::window(screen, buffer, &context.theme, self.size(screen), self.title, &corner);
        if self.places.is_empty() {
            let mark = context.keymap.key(Mode::Page, Action::Mark);
            let empty = format!("Nothing is marked. {mark} marks the record that is open or selected.");
            buffer.set_stringn(inner.x, inner.y, empty, usize::from(inner.width), context.theme.style(Look::Faint));
        }
        let list = RowList { rows: self.places.len(), cursor: self.cursor, focused: true, theme: &context.theme };
        list.draw(inner, buffer, |row| line(context, self.places[row], usize::from(inner.width)));
    }
}

fn line(context: &Context, place: Place, width: usize) -> Line<'static> {
    let facts = match place {
        Place::Tab(_) => String::new(),
        Place::Record(record) => wording::facts(context.dataset, record),
        Place::Source(_) => "source".to_owned(),
    };
    let left = width.saturating_sub(place.name(context.dataset).width());
    Line::from(vec![
        Span::raw(place.name(context.dataset)),
        Span::styled(fitted(&format!("  {facts}"), left), context.theme.style(Look::Faint)),
    ])
}
