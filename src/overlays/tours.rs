//! The tours to choose from.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::{list_rows, most};
use crate::action::{Action, Request};
use crate::context::Context;
use crate::dataset::{Clean, Tour, prose};
use crate::keymap::Mode;
use crate::theme::Look;
use crate::widgets::row_list::{Cursor, RowList};
use crate::widgets::{fitted, pane};

/// The columns of the window's text.
const WIDTH: u16 = 76;

/// The list of tours.
#[derive(Debug, Clone, PartialEq)]
pub struct Tours {
    /// The name of each, and what it shows.
    tours: Vec<(Clean, String)>,
    cursor: Cursor,
}

impl Tours {
    /// The tours to choose from.
    pub fn new(tours: &[Arc<Tour>]) -> Tours {
        let summary = |tour: &Tour| {
            let shows = prose::plain(&tour.about.summary);
            let dot = if shows.is_empty() { "" } else { " · " };
            format!("  {} slides{dot}{shows}", tour.stops.len() + 1)
        };
        let tours = tours.iter().map(|tour| (tour.about.name.clone(), summary(tour))).collect();
        Tours { tours, cursor: Cursor::default() }
    }

    /// Moves, and presents the selected tour.
    pub fn update(&mut self, action: Action, screen: Rect) -> Option<Request> {
        match action {
            Action::Move(step) => {
                let height = usize::from(most(screen).1);
                self.cursor.step(step, self.tours.len(), height, |_| true);
                None
            }
            Action::Open => (!self.tours.is_empty()).then_some(Request::Present(self.cursor.row)),
            _ => None,
        }
    }

    /// The size of the window's content.
    pub fn size(&self, screen: Rect) -> (u16, u16) {
        (WIDTH, list_rows(self.tours.len(), screen))
    }

    /// Says whether the cursor stands on a row that exists.
    pub fn stands(&self) -> bool {
        self.cursor.stands_in(self.tours.len())
    }

    /// The list's cursor, and how many rows there are.
    pub fn list(&mut self) -> (&mut Cursor, usize) {
        (&mut self.cursor, self.tours.len())
    }

    /// Draws the list.
    pub fn draw(&self, context: &Context, screen: Rect, buffer: &mut Buffer) {
        let corner = context.keymap.caption(Mode::Layer, &[(Action::Open, "begin"), (Action::Close, "close")]);
        let inner = pane::window(screen, buffer, &context.theme, self.size(screen), "Present", &corner);
        let list = RowList { rows: self.tours.len(), cursor: self.cursor, focused: true, theme: &context.theme };
        list.draw(inner, buffer, |row| {
            let (name, summary) = &self.tours[row];
            let left = usize::from(inner.width).saturating_sub(name.width());
            let faint = Span::styled(fitted(summary, left), context.theme.style(Look::Faint));
            Line::from(vec![Span::raw(&**name), faint])
        });
    }
}
