//! Peek: a record's summary in a window, without leaving the page.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::most;
use crate::action::{Action, Request};
use crate::context::Context;
use crate::dataset::Record;
use crate::keymap::Mode;
use crate::pages::{self, PageBlock};
use crate::place::Place;
use crate::widgets::pane;
use crate::widgets::rich_text::Layout;

/// The columns of the window's text.
const WIDTH: u16 = 66;

/// A record that is peeked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peek {
    /// The record.
    pub record: Record,
}

impl Peek {
    /// Opens the record, or stays.
    pub fn update(&mut self, action: Action) -> Option<Request> {
        (action == Action::Open).then_some(Request::Open(Place::Record(self.record)))
    }

    /// The size of the window's content.
    pub fn size(&self, context: &Context, screen: Rect) -> (u16, u16) {
        (width(screen), self.layout(context, screen).height() as u16)
    }

    fn layout(&self, context: &Context, screen: Rect) -> Layout<Place> {
        Layout::new(&blocks(context, self.record), usize::from(width(screen)))
    }

    /// Draws the record's name, facts and summary.
    pub fn draw(&self, context: &Context, screen: Rect, buffer: &mut Buffer) {
        let layout = self.layout(context, screen);
        let title = self.record.kind.title();
        let corner = context.keymap.caption(Mode::Layer, &[(Action::Open, "open"), (Action::Close, "stay")]);
        let inner = pane::window(screen, buffer, &context.theme, self.size(context, screen), title, &corner);
        layout.draw(inner, buffer, &context.theme, 0, None, false);
    }
}

fn width(screen: Rect) -> u16 {
    WIDTH.min(most(screen).0)
}

/// A record's name, facts and summary.
pub fn blocks(context: &Context, record: Record) -> Vec<PageBlock> {
    let mut blocks = pages::record_title(context, record);
    blocks.extend(pages::prose(context, &context.dataset.about(record).summary));
    blocks.pop();
    blocks
}
