//! The timeline: events under the headings of their years and months, and above them how full each month is.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::branch::Branch;
use crate::action::{Action, Step};
use crate::context::Context;
use crate::dataset::{Date, Event, Record, month_name};
use crate::theme::{Look, symbol};
use crate::widgets::row_list::{Cursor, RowList};
use crate::widgets::time_axis::{Month, TimeAxis};
use crate::widgets::{column, fitted};

/// The rows that the strip of months takes above the list, with a line of space below it.
const STRIP: u16 = 3;

/// The lowest pane in which the strip is drawn.
const LOWEST_FOR_STRIP: u16 = 12;

/// The narrowest list in which partners are named in full.
const WIDE: usize = 64;

/// A row of the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    /// A year and how many events it holds.
    Year(i32, usize),
    /// A month.
    Month(u8),
    /// The events of a year whose month is not known.
    WholeYear,
    /// The events that reach from a year over others, none knows when.
    SeveralYears,
    /// The events without a date.
    Undated(usize),
    /// An event.
    Event(Record),
}

/// The events of a part of the dataset in order of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    rows: Arc<[Row]>,
    axis: Arc<TimeAxis>,
    cursor: Cursor,
}

impl Timeline {
    /// The events of a branch of the outline.
    pub fn new(context: &Context, branch: Branch) -> Timeline {
        let events: Vec<Record> =
            context.dataset.chronology().iter().copied().filter(|&event| within(context, branch, event)).collect();
        let months: Vec<Month> =
            events.iter().filter_map(|&event| month(&context.dataset.events[event.index()])).collect();
        let rows = rows(context, &events);
        let first = rows.iter().position(|row| matches!(row, Row::Event(_))).unwrap_or(0);
        Timeline { rows: rows.into(), axis: Arc::new(TimeAxis::new(&months)), cursor: Cursor::at(first) }
    }

    /// The event that is selected.
    pub fn selected(&self) -> Option<Record> {
        match self.rows.get(self.cursor.row) {
            Some(Row::Event(event)) => Some(*event),
            _ => None,
        }
    }

    /// The number of events.
    pub fn count(&self) -> usize {
        self.rows.iter().filter(|row| matches!(row, Row::Event(_))).count()
    }

    /// Selects an event, where the timeline holds it.
    pub fn select(&mut self, event: Record) {
        if let Some(row) = self.rows.iter().position(|&row| row == Row::Event(event)) {
            self.cursor.row = row;
        }
    }

    /// Moves over events, and from month to month.
    pub fn update(&mut self, action: Action, size: Rect) {
        let height = list_area(size).height;
        let rows = self.rows.clone();
        let is_event = |row: usize| matches!(rows[row], Row::Event(_));
        match action {
            Action::Move(step) => self.cursor.step(step, rows.len(), usize::from(height), is_event),
            Action::Fold => self.leap(false, height),
            Action::Unfold => self.leap(true, height),
            _ => {}
        }
    }

    /// To the first event of the next month or of the one before.
    fn leap(&mut self, onward: bool, height: u16) {
        let is_event = |row: &usize| matches!(self.rows[*row], Row::Event(_));
        let starts: Vec<usize> = (1..self.rows.len()).filter(|row| is_event(row) && !is_event(&(row - 1))).collect();
        let found = match onward {
            true => starts.iter().find(|&&row| row > self.cursor.row),
            false => starts.iter().rev().find(|&&row| row < self.cursor.row),
        };
        if let Some(&row) = found {
            self.cursor.row = row;
            self.cursor.step(Step::Next, self.rows.len(), usize::from(height), |_| false);
        }
    }

    /// Draws the strip of months and the events.
    pub fn draw(&self, context: &Context, area: Rect, buffer: &mut Buffer, focused: bool) {
        let list = list_area(area);
        if list.y > area.y {
            let cursor = self.selected().and_then(|event| month(&context.dataset.events[event.index()]));
            self.axis.draw(Rect { height: STRIP - 1, ..area }, buffer, &context.theme, cursor);
        }
        let rows = RowList { rows: self.rows.len(), cursor: self.cursor, focused, theme: &context.theme };
        if self.rows.is_empty() {
            buffer.set_stringn(
                list.x,
                list.y,
                "No events here.",
                usize::from(list.width),
                context.theme.style(Look::Faint),
            );
        }
        rows.draw(list, buffer, |row| line(context, self.rows[row], usize::from(list.width)));
    }
}

/// The space of the list, under the strip where the pane is high enough for one.
fn list_area(area: Rect) -> Rect {
    let strip = if area.height >= LOWEST_FOR_STRIP { STRIP } else { 0 };
    Rect { y: area.y + strip, height: area.height - strip, ..area }
}

fn within(context: &Context, branch: Branch, event: Record) -> bool {
    let cites = &context.dataset.about(event).cites;
    match branch {
        Branch::Part(record) => {
            let part = context.dataset.about(record);
            part.cites.iter().any(|number| cites.contains(number))
        }
        Branch::Whole | Branch::Group(_) => true,
    }
}

/// The month of an event that names one.
fn month(event: &Event) -> Option<Month> {
    let date = event.date.as_ref()?;
    Some(date.year()? * 12 + i32::from(date.month()?) - 1)
}

/// The events under their headings.
fn rows(context: &Context, events: &[Record]) -> Vec<Row> {
    let mut rows = Vec::new();
    let date = |event: &Record| context.dataset.events[event.index()].date.as_ref();
    let year = |event: &Record| date(event).and_then(Date::year);
    for group in events.chunk_by(|one, other| year(one) == year(other)) {
        match year(&group[0]) {
            None => {
                rows.push(Row::Undated(group.len()));
                rows.extend(group.iter().map(|&event| Row::Event(event)));
            }
            Some(number) => {
                rows.push(Row::Year(number, group.len()));
                let heading = |event: &Record| date(event).map_or(Row::WholeYear, heading);
                for part in group.chunk_by(|one, other| heading(one) == heading(other)) {
                    rows.push(heading(&part[0]));
                    rows.extend(part.iter().map(|&event| Row::Event(event)));
                }
            }
        }
    }
    rows
}

/// The heading within its year under which a date is listed.
fn heading(date: &Date) -> Row {
    match (date.month(), date.last()) {
        (Some(month), _) => Row::Month(month),
        (None, Some(last)) if Some(last.year) == date.year() => Row::WholeYear,
        (None, _) => Row::SeveralYears,
    }
}

fn line(context: &Context, row: Row, width: usize) -> Line<'static> {
    let theme = &context.theme;
    let heading = |text: String, count: usize| {
        Line::from(vec![
            Span::styled(text, theme.style(Look::Title)),
            Span::styled(format!("  {count}"), theme.style(Look::Faint)),
        ])
    };
    match row {
        Row::Year(year, count) => heading(year.to_string(), count),
        Row::Undated(count) => heading("Without a date".to_owned(), count),
        Row::Month(month) => Line::styled(format!(" {}", month_name(month)), theme.style(Look::Strong)),
        Row::WholeYear => Line::styled(" Some time in the year", theme.style(Look::Strong)),
        Row::SeveralYears => Line::styled(" Within several years", theme.style(Look::Strong)),
        Row::Event(event) => event_line(context, event, width),
    }
}

/// An event on one line: its mark, its symbol, its partners, its name, and its date where the headings do not say it.
fn event_line(context: &Context, record: Record, width: usize) -> Line<'static> {
    let event = &context.dataset.events[record.index()];
    let theme = &context.theme;
    let mark = if context.is_marked(record) { "★" } else { " " };
    let date = event.date.as_ref().filter(|date| date.exceeds_heading());
    let date = date.map(|date| format!(" {}", date.short())).unwrap_or_default();
    let partners = if width >= WIDE { 18 } else { 6 };
    let name = width.saturating_sub(5 + partners + date.width());
    Line::from(vec![
        Span::styled(mark, theme.style(Look::Accent)),
        Span::styled(format!(" {} ", symbol(event.kind)), theme.style(Look::Accent)),
        Span::styled(column(&partner_names(context, event, partners), partners), theme.style(Look::Strong)),
        Span::raw(" "),
        Span::raw(column(&event.about.name, name)),
        Span::styled(fitted(&date, width), theme.style(Look::Faint)),
    ])
}

/// The partners of an event, as many as fit in `width` columns: "Japan, South Korea", "Kazakhstan +3", or by their
/// codes: "JP KR", "KZ +3".
fn partner_names(context: &Context, event: &Event, width: usize) -> String {
    let (name, between): (fn(&Context, Record) -> String, &str) =
        if width < 18 { (code, " ") } else { (|context, country| context.dataset.name(country).to_string(), ", ") };
    let partners: Vec<String> = context.partners(&event.countries).map(|country| name(context, country)).collect();
    let all = partners.join(between);
    match partners.as_slice() {
        [] => event.organisations.first().map(|&body| short_name(context, body, width)).unwrap_or_default(),
        [first, rest @ ..] if all.width() > width && !rest.is_empty() => {
            let more = format!(" +{}", rest.len());
            fitted(first, width.saturating_sub(more.width())) + &more
        }
        _ => all,
    }
}

/// A country by its code, where its address is one.
fn code(context: &Context, country: Record) -> String {
    let about = context.dataset.about(country);
    if about.id.len() == 2 { about.id.to_uppercase() } else { about.name.to_string() }
}

/// A body by its short name, where it has one that fits.
fn short_name(context: &Context, body: Record, width: usize) -> String {
    let organisation = &context.dataset.organisations[body.index()];
    let short = organisation.short.as_ref().filter(|short| short.width() <= width);
    short.map_or_else(|| fitted(&organisation.about.name, if width < 18 { 0 } else { width }), ToString::to_string)
}
