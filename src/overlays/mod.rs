//! Floor 4: the windows that open on top of a screen, at most one at a time.

pub mod filter;
pub mod help;
pub mod palette;
pub mod peek;
pub mod places;
pub mod tours;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::action::{Action, Request};
use crate::context::Context;
use crate::widgets::pane;

use filter::Filter;
use help::Help;
use peek::Peek;
use places::Places;
use tours::Tours;

/// The most columns and rows of a window's content: the frame and a margin stay free of it.
fn most(screen: Rect) -> (u16, u16) {
    (screen.width.saturating_sub(4), screen.height.saturating_sub(4))
}

/// The rows of a window that lists so many things, and one where it lists none.
fn list_rows(things: usize, screen: Rect) -> u16 {
    u16::try_from(things).unwrap_or(u16::MAX).clamp(1, most(screen).1.max(1))
}

/// A window on top of the screen. The search palette is one too, but outlives its closing, so it is kept by the app.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    /// The search palette.
    Search,
    /// What the timeline is narrowed to.
    Filter(Filter),
    /// The keys.
    Help(Help),
    /// A record's summary.
    Peek(Peek),
    /// A list of places: the trail or the marks.
    Places(Places),
    /// The tours to choose from.
    Tours(Tours),
}

impl Overlay {
    /// Lets an action change the window.
    pub fn update(&mut self, context: &Context, action: Action, screen: Rect) -> Option<Request> {
        match self {
            Overlay::Search => None,
            Overlay::Filter(filter) => filter.update(action, screen),
            Overlay::Help(help) => {
                help.update(context, action, screen);
                None
            }
            Overlay::Peek(peek) => peek.update(action),
            Overlay::Places(places) => places.update(action, screen),
            Overlay::Tours(tours) => tours.update(action, screen),
        }
    }

    /// Lets a click choose the row under it; in a list of places or tours, what was selected before is opened. A click
    /// beside the window answers `None`, as it closes it.
    pub fn click(&mut self, context: &Context, at: Position, screen: Rect) -> Option<Option<Request>> {
        let area = pane::window_area(screen, self.size(context, screen));
        if !area.contains(at) {
            return None;
        }
        let (cursor, rows) = match self {
            Overlay::Filter(filter) => return Some(filter.click(at, pane::inner(area))),
            Overlay::Places(places) => places.list(),
            Overlay::Tours(tours) => tours.list(),
            Overlay::Search | Overlay::Help(_) | Overlay::Peek(_) => return Some(None),
        };
        let before = cursor.row;
        let chosen = cursor.click(at, pane::inner(area), rows) && cursor.row == before;
        Some(if chosen { self.update(context, Action::Open, screen) } else { None })
    }

    /// Says whether the window's cursor, where it has one, stands on something that can be chosen.
    pub fn stands(&self) -> bool {
        match self {
            Overlay::Filter(filter) => filter.stands(),
            Overlay::Places(places) => places.stands(),
            Overlay::Tours(tours) => tours.stands(),
            Overlay::Search | Overlay::Help(_) | Overlay::Peek(_) => true,
        }
    }

    /// The size of the window's content.
    fn size(&self, context: &Context, screen: Rect) -> (u16, u16) {
        match self {
            Overlay::Search => (0, 0),
            Overlay::Filter(_) => filter::size(screen),
            Overlay::Help(_) => help::size(screen),
            Overlay::Peek(peek) => peek.size(context, screen),
            Overlay::Places(places) => places.size(screen),
            Overlay::Tours(tours) => tours.size(screen),
        }
    }

    /// Draws the window, but for the search palette.
    pub fn draw(&self, context: &Context, screen: Rect, buffer: &mut Buffer) {
        match self {
            Overlay::Search => {}
            Overlay::Filter(filter) => filter.draw(context, screen, buffer),
            Overlay::Help(help) => help.draw(context, screen, buffer),
            Overlay::Peek(peek) => peek.draw(context, screen, buffer),
            Overlay::Places(places) => places.draw(context, screen, buffer),
            Overlay::Tours(tours) => tours.draw(context, screen, buffer),
        }
    }
}
