//! The filter: every facet of the events of the timeline, by group, with the number of events that it would leave.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::most;
use crate::action::{Action, Request, Step};
use crate::context::Context;
use crate::dataset::{Kind, Record};
use crate::keymap::Mode;
use crate::screens::timeline::Timeline;
use crate::search::facet::{Choice, Facet, Group};
use crate::theme::{Look, symbol};
use crate::widgets::row_list::{Cursor, RowList};
use crate::widgets::{column, pane};
use crate::wording;

/// The columns of the window's text.
const WIDTH: u16 = 60;

/// The most rows of the window's text.
const HIGHEST: u16 = 36;

/// A row of the filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Heading(Group),
    Facet(Facet, usize),
}

/// The facets with their counts, and the one that is selected.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    rows: Vec<Row>,
    choice: Choice,
    left: usize,
    cursor: Cursor,
}

impl Filter {
    /// The filter of a timeline with what is chosen so far.
    pub fn new(context: &Context, timeline: &Timeline) -> Filter {
        let mut filter = Filter { rows: Vec::new(), choice: Choice::default(), left: 0, cursor: Cursor::default() };
        filter.refresh(context, timeline);
        filter.cursor = Cursor::at(usize::from(filter.rows.len() > 1));
        filter
    }

    /// Counts again after a choice; the selected facet stays selected.
    pub fn refresh(&mut self, context: &Context, timeline: &Timeline) {
        let selected = self.selected();
        let events: Vec<Record> = timeline.branch_events(context).collect();
        let counts = timeline.choice().counts(context.facets(), &events);
        self.left = timeline.count();
        self.choice = timeline.choice().clone();
        self.rows = Vec::new();
        for group in Group::ALL {
            let mut facets: Vec<(Facet, usize)> = counts
                .iter()
                .filter(|(facet, _)| facet.group() == group)
                .map(|(&facet, &count)| (facet, count))
                .collect();
            if !matches!(group, Group::Section | Group::Year) {
                facets.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
            }
            self.rows.extend((!facets.is_empty()).then_some(Row::Heading(group)));
            self.rows.extend(facets.into_iter().map(|(facet, count)| Row::Facet(facet, count)));
        }
        let kept = self.rows.iter().position(|row| matches!(row, Row::Facet(facet, _) if Some(*facet) == selected));
        self.cursor.row = kept.unwrap_or(self.cursor.row.min(self.rows.len().saturating_sub(1)));
        if self.selected().is_none() {
            // Every heading has a facet below it.
            self.cursor.row = (self.cursor.row + 1).min(self.rows.len().saturating_sub(1));
        }
    }

    fn selected(&self) -> Option<Facet> {
        match self.rows.get(self.cursor.row) {
            Some(&Row::Facet(facet, _)) => Some(facet),
            _ => None,
        }
    }

    /// Moves over facets and groups, and chooses.
    pub fn update(&mut self, action: Action, screen: Rect) -> Option<Request> {
        let height = usize::from(height(screen));
        match action {
            Action::Move(step) => self.go(step, height),
            Action::NextPane => self.leap(true, height),
            Action::PreviousPane => self.leap(false, height),
            Action::Open => return self.selected().map(Request::Toggle),
            _ => {}
        }
        None
    }

    fn go(&mut self, step: Step, height: usize) {
        let rows = &self.rows;
        self.cursor.step(step, rows.len(), height, |row| matches!(rows[row], Row::Facet(..)));
    }

    /// To the first facet of the next group, or of the one before.
    fn leap(&mut self, onward: bool, height: usize) {
        let is_heading = |row: &usize| matches!(self.rows[*row], Row::Heading(_));
        let found = match onward {
            true => (self.cursor.row..self.rows.len()).find(is_heading),
            false => (0..self.cursor.row).rev().filter(is_heading).nth(1),
        };
        if let Some(heading) = found {
            self.cursor.row = heading;
            self.go(Step::Next, height);
        }
    }

    /// Says whether the cursor stands on a facet, where there is one.
    pub fn stands(&self) -> bool {
        self.rows.is_empty() || self.selected().is_some()
    }

    /// Lets a click choose the facet under it; headings cannot be chosen.
    pub fn click(&mut self, at: Position, area: Rect) -> Option<Request> {
        let row = self.cursor.row_at(at, area, self.rows.len())?;
        if matches!(self.rows[row], Row::Heading(_)) {
            return None;
        }
        self.cursor.click(at, area, self.rows.len());
        self.selected().map(Request::Toggle)
    }

    /// Draws the filter.
    pub fn draw(&self, context: &Context, screen: Rect, buffer: &mut Buffer) {
        let left = wording::counted(self.left, Kind::Event);
        let actions = [(Action::Open, "choose"), (Action::ClearFilter, "clear"), (Action::Close, "done")];
        let corner = format!("{left} · {}", context.keymap.caption(Mode::Filter, &actions));
        let inner = pane::window(screen, buffer, &context.theme, size(screen), "Filter", &corner);
        let list = RowList { rows: self.rows.len(), cursor: self.cursor, focused: true, theme: &context.theme };
        list.draw(inner, buffer, |row| self.line(context, self.rows[row], usize::from(inner.width)));
    }

    fn line(&self, context: &Context, row: Row, width: usize) -> Line<'static> {
        let theme = &context.theme;
        let (facet, count) = match row {
            Row::Heading(group) => return Line::styled(group.title(), theme.style(Look::Heading)),
            Row::Facet(facet, count) => (facet, count),
        };
        let chosen = self.choice.chosen().contains(&facet);
        let look = if chosen { Look::Matched } else { Look::Plain };
        let sign = if let Facet::Kind(kind) = facet { format!("{} ", symbol(kind)) } else { String::new() };
        let count = count.to_string();
        let name = format!("{sign}{}", facet.name(context.dataset));
        Line::from(vec![
            Span::styled(if chosen { " [x] " } else { " [ ] " }, theme.style(if chosen { look } else { Look::Faint })),
            Span::styled(column(&name, width.saturating_sub(6 + count.width())), theme.style(look)),
            Span::styled(format!(" {count}"), theme.style(Look::Faint)),
        ])
    }
}

/// The size of the window's content.
pub fn size(screen: Rect) -> (u16, u16) {
    (WIDTH, height(screen))
}

fn height(screen: Rect) -> u16 {
    most(screen).1.min(HIGHEST)
}
