//! The help: every key that works here, from the key table, and what the symbols mean.

use std::iter;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::most;
use crate::action::Action;
use crate::context::Context;
use crate::dataset::{EventKind, Vocabulary};
use crate::keymap::{Binding, Mode};
use crate::theme::{Look, Theme, symbol};
use crate::widgets::row_list::scroll_bar;
use crate::widgets::{column, pane, wrapped};

/// The columns of the help's text.
const WIDTH: u16 = 76;

/// The columns of the keys.
const KEYS: usize = 27;

/// The narrowest window in which what the keys mean stands beside them, in columns; in a narrower one it stands below.
const BESIDE: u16 = 66;

/// The columns before what stands below its keys.
const INDENT: usize = 4;

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
        let height = usize::from(most(screen).1).max(1);
        let lowest = self.rows(context, width(screen)).len().saturating_sub(height);
        self.top = match action {
            Action::Move(step) => step.scrolled(self.top, height, lowest),
            _ => self.top.min(lowest),
        };
    }

    /// Draws the help.
    pub fn draw(&self, context: &Context, screen: Rect, buffer: &mut Buffer) {
        let corner = context.keymap.caption(Mode::Layer, &[(Action::Close, "close")]);
        let inner = pane::window(screen, buffer, &context.theme, size(screen), "Help", &corner);
        let rows = self.rows(context, width(screen));
        let seen = rows.iter().skip(self.top).take(usize::from(inner.height));
        for (offset, row) in seen.enumerate() {
            buffer.set_line(inner.x, inner.y + offset as u16, &row.line(&context.theme), inner.width);
        }
        scroll_bar(inner, buffer, &context.theme, rows.len(), self.top);
    }

    /// The mode that asked first, then the search and the windows.
    fn modes(&self) -> impl Iterator<Item = Mode> + use<> {
        let first = self.mode;
        iter::once(first).chain(Mode::ALL.into_iter().filter(move |&mode| mode != first))
    }

    fn rows<'c>(&self, context: &'c Context, width: u16) -> Vec<Row<'c>> {
        let keys = |binding: &'c Binding| match width {
            BESIDE.. => vec![Row::Keys(binding)],
            _ => {
                let room = usize::from(width).saturating_sub(INDENT).max(1);
                let meaning = wrapped(binding.help, room, room).into_iter().map(Row::Meaning);
                iter::once(Row::KeysAlone(binding)).chain(meaning).collect()
            }
        };
        let modes = self.modes().flat_map(|mode| {
            let bindings = context.keymap.bindings(mode).flat_map(keys);
            iter::once(Row::Mode(mode)).chain(bindings).chain([Row::Empty]).collect::<Vec<_>>()
        });
        modes.chain([Row::Symbols]).chain(EventKind::ALL.iter().copied().map(Row::Symbol)).collect()
    }
}

/// A row of the help.
#[derive(Debug, Clone)]
enum Row<'c> {
    Mode(Mode),
    Keys(&'c Binding),
    /// Keys whose meaning stands below.
    KeysAlone(&'c Binding),
    Meaning(String),
    Empty,
    Symbols,
    Symbol(EventKind),
}

impl Row<'_> {
    fn line(&self, theme: &Theme) -> Line<'static> {
        let accent = |text: String| Span::styled(text, theme.style(Look::Accent));
        match self {
            Row::Mode(mode) => Line::styled(format!("Keys in the {}", mode.name()), theme.style(Look::Heading)),
            Row::Keys(binding) => {
                let keys = accent(column(&format!("  {}", binding.shown()), KEYS));
                Line::from(vec![keys, Span::raw(" "), Span::raw(binding.help)])
            }
            Row::KeysAlone(binding) => Line::from(accent(format!("  {}", binding.shown()))),
            Row::Meaning(meaning) => Line::from(format!("{:INDENT$}{meaning}", "")),
            Row::Empty => Line::default(),
            Row::Symbols => Line::styled("Symbols of events", theme.style(Look::Heading)),
            Row::Symbol(kind) => Line::from(vec![accent(format!("  {} ", symbol(*kind))), Span::raw(kind.word())]),
        }
    }
}

/// The columns within the window.
fn width(screen: Rect) -> u16 {
    pane::inner(pane::window_area(screen, size(screen))).width
}

/// The size of the window's content.
pub fn size(screen: Rect) -> (u16, u16) {
    (WIDTH, most(screen).1)
}
