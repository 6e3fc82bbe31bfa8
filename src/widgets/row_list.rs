//! A list of rows with a cursor, of which only the visible rows are made.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Scrollbar, ScrollbarOrientation, ScrollbarState, StatefulWidget};

use crate::action::Step;
use crate::theme::{Look, Theme};

/// The selected row, and the first row that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cursor {
    /// The selected row.
    pub row: usize,
    top: usize,
}

impl Cursor {
    /// A cursor on a row.
    pub fn at(row: usize) -> Cursor {
        Cursor { row, top: 0 }
    }

    /// Says whether the selected row exists, or there is none to select.
    pub fn stands_in(&self, rows: usize) -> bool {
        rows == 0 || self.row < rows
    }

    /// The first of the rows that are shown when `height` rows fit: as it was, but so that the selected row shows with
    /// one more above it for its heading.
    pub fn top_in(&self, rows: usize, height: usize) -> usize {
        let lowest = (self.row + 1).saturating_sub(height);
        let highest = self.row.saturating_sub(usize::from(height > 2));
        self.top.max(lowest).min(highest.max(lowest)).min(rows.saturating_sub(height))
    }

    /// The row of a list drawn in `area` at a place on the screen.
    pub fn row_at(&self, at: Position, area: Rect, rows: usize) -> Option<usize> {
        let row = self.top_in(rows, usize::from(area.height)) + usize::from(at.y.checked_sub(area.y)?);
        (area.contains(at) && row < rows).then_some(row)
    }

    /// Selects the row at a place on the screen, with nothing scrolled; says whether there is one.
    pub fn click(&mut self, at: Position, area: Rect, rows: usize) -> bool {
        let found = self.row_at(at, area, rows);
        if let Some(row) = found {
            *self = Cursor { row, top: self.top_in(rows, usize::from(area.height)) };
        }
        found.is_some()
    }

    /// Moves over `rows` rows of which `height` show, stopping only at those that can be selected.
    pub fn step(&mut self, step: Step, rows: usize, height: usize, selectable: impl Fn(usize) -> bool) {
        let top = self.top_in(rows, height);
        let page = height.saturating_sub(1).max(1);
        let last = rows.saturating_sub(1);
        let onward = |from: usize| (from..rows).find(|&row| selectable(row));
        let backward = |from: usize| (0..rows.min(from + 1)).rev().find(|&row| selectable(row));
        let down_to = |row: usize| onward(row).or_else(|| backward(row));
        let up_to = |row: usize| backward(row).or_else(|| onward(row));
        let found = match step {
            Step::Next => onward(self.row + 1),
            Step::Previous => self.row.checked_sub(1).and_then(backward),
            Step::PageDown => down_to((self.row + page).min(last)),
            Step::PageUp => up_to(self.row.saturating_sub(page)),
            Step::First => down_to(0),
            Step::Last => up_to(last),
        };
        self.row = found.unwrap_or(self.row);
        self.top = top;
        self.top = self.top_in(rows, height);
    }
}

/// What a list shows.
pub struct RowList<'a> {
    /// The number of rows.
    pub rows: usize,
    /// The selected row.
    pub cursor: Cursor,
    /// Whether the list has the focus.
    pub focused: bool,
    /// The looks.
    pub theme: &'a Theme,
}

impl RowList<'_> {
    /// Draws the visible rows, each made by `row`, and a scroll bar on the right border where not all fit.
    pub fn draw<'l>(&self, area: Rect, buffer: &mut Buffer, row: impl Fn(usize) -> Line<'l>) {
        let height = usize::from(area.height);
        let top = self.cursor.top_in(self.rows, height);
        for (offset, index) in (top..self.rows.min(top + height)).enumerate() {
            let line_area = Rect { y: area.y + offset as u16, height: 1, ..area };
            let selected = index == self.cursor.row;
            // Where the focus is elsewhere the selection lies under the row, which may hold a selection of its own.
            if selected && !self.focused {
                buffer.set_style(line_area, self.theme.selection(false));
            }
            buffer.set_line(line_area.x, line_area.y, &row(index), line_area.width);
            if selected && self.focused {
                buffer.set_style(line_area, self.theme.selection(true));
            }
        }
        scroll_bar(area, buffer, self.theme, self.rows, top);
    }
}

/// Draws a scroll bar on the border to the right of `area`, where `rows` do not all fit.
pub fn scroll_bar(area: Rect, buffer: &mut Buffer, theme: &Theme, rows: usize, top: usize) {
    let height = usize::from(area.height);
    if rows <= height || height < 3 {
        return;
    }
    let bar = Rect { x: area.right().saturating_add(1), width: 1, ..area }.intersection(buffer.area);
    let mut state = ScrollbarState::new(rows - height).position(top).viewport_content_length(height);
    Scrollbar::new(ScrollbarOrientation::VerticalRight)
        .begin_symbol(None)
        .end_symbol(None)
        .track_symbol(None)
        .thumb_symbol("▐")
        .style(theme.style(Look::Faint))
        .render(bar, buffer, &mut state);
}
