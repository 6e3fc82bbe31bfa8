//! The help: every key that works here, from the key table, and what the symbols mean.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::action::Action;
use crate::context::Context;
use crate::dataset::{EventKind, Vocabulary};
use crate::keymap::Mode;
use crate::theme::{Look, symbol};
use crate::widgets::row_list::scroll_bar;
use crate::widgets::{column, pane};

/// The columns of the help's text.
const WIDTH: u16 = 76;

/// The columns of the keys.
const KEYS: usize = 27;

/// The help, and how far it is scrolled.
#[derive(Debug, Clone, PartialEq)]
pub struct Help {
    mode: Mode,
    top: usize,
}

impl Help {
    /// The help on a mode first, then on the others.
    pub fn new(mode: Mode) -> Help {
        Help { mode, top: 0 }
    }

    /// Scrolls.
    pub fn update(&mut self, context: &Context, action: Action, screen: Rect) {
        let height = usize::from(screen.height.saturating_sub(4)).max(1);
        let lowest = self.rows(context).len().saturating_sub(height);
        self.top = match action {
            Action::Move(step) => step.scrolled(self.top, height, lowest),
            _ => self.top.min(lowest),
        };
    }

    /// Draws the help.
    pub fn draw(&self, context: &Context, screen: Rect, buffer: &mut Buffer) {
        let corner = context.keymap.caption(Mode::Layer, &[(Action::Close, "close")]);
        let inner = pane::window(screen, buffer, &context.theme, size(screen), "Help", &corner);
        let lines = self.rows(context);
        for (offset, line) in lines.iter().skip(self.top).take(usize::from(inner.height)).enumerate() {
            buffer.set_line(inner.x, inner.y + offset as u16, line, inner.width);
        }
        scroll_bar(inner, buffer, &context.theme, lines.len(), self.top);
    }

    /// The mode that asked first, then the search and the windows.
    fn modes(&self) -> impl Iterator<Item = Mode> + use<> {
        let first = self.mode;
        std::iter::once(first).chain(Mode::ALL.into_iter().filter(move |&mode| mode != first))
    }

    fn rows(&self, context: &Context) -> Vec<Line<'static>> {
        let theme = &context.theme;
        let heading = |text: String| Line::styled(text, theme.style(Look::Heading));
        let mut rows = Vec::new();
        for mode in self.modes() {
            rows.push(heading(format!("Keys in the {}", mode.name())));
            rows.extend(context.keymap.bindings(mode).map(|binding| {
                let keys = Span::styled(column(&format!("  {}", binding.shown()), KEYS), theme.style(Look::Accent));
                Line::from(vec![keys, Span::raw(" "), Span::raw(binding.help)])
            }));
            rows.push(Line::default());
        }
        rows.push(heading("Symbols of events".to_owned()));
        rows.extend(EventKind::ALL.iter().map(|&kind| {
            let drawn = Span::styled(format!("  {} ", symbol(kind)), theme.style(Look::Accent));
            Line::from(vec![drawn, Span::raw(kind.word())])
        }));
        rows
    }
}

/// The size of the window's content.
pub fn size(screen: Rect) -> (u16, u16) {
    (WIDTH, screen.height.saturating_sub(4))
}
