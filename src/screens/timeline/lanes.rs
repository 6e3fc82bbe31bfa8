//! Lanes: a row for each country, its events along the axis of time. What is known to the bin stands in its column,
//! what is wider is drawn as long as it may have been, and the undated stand apart.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::context::Context;
use crate::dataset::Record;
use crate::theme::{Look, symbol};
use crate::widgets::row_list::{Cursor, scroll_bar};
use crate::widgets::time_axis::{TimeAxis, Window};
use crate::widgets::{column, fitted};

/// The columns at the right for the undated, with the line that sets them apart.
const UNDATED: usize = 4;

/// The events of a country in order of time, or those that name none.
#[derive(Debug, Clone, PartialEq)]
pub struct Lane {
    country: Option<Record>,
    /// Its events.
    pub events: Vec<Record>,
}

/// The lanes of some events: the countries with the most events first, what names no partner last.
pub fn lanes(context: &Context, events: &[Record]) -> Vec<Lane> {
    let mut lanes: BTreeMap<Record, Vec<Record>> = BTreeMap::new();
    let mut without = Vec::new();
    for &event in events {
        let mut partners = context.partners(&context.dataset.events[event.index()].countries).peekable();
        if partners.peek().is_none() {
            without.push(event);
        }
        partners.for_each(|country| lanes.entry(country).or_default().push(event));
    }
    let mut lanes: Vec<Lane> =
        lanes.into_iter().map(|(country, events)| Lane { country: Some(country), events }).collect();
    lanes.sort_by_key(|lane| std::cmp::Reverse(lane.events.len()));
    lanes.extend((!without.is_empty()).then_some(Lane { country: None, events: without }));
    lanes
}

/// What is drawn: the lanes, the axis under them, and the event that is selected.
pub struct Lanes<'a> {
    /// The lanes.
    pub lanes: &'a [Lane],
    /// The axis.
    pub axis: &'a TimeAxis,
    /// The lane that is selected.
    pub cursor: Cursor,
    /// The event that is selected.
    pub selected: Option<Record>,
    /// Whether they have the focus.
    pub focused: bool,
}

/// The columns of the countries' names.
pub fn label_width(width: usize) -> usize {
    (width / 3).min(20)
}

/// The columns of the axis within a pane `width` columns wide.
pub fn axis_width(width: usize) -> usize {
    width.saturating_sub(label_width(width) + 1 + UNDATED)
}

/// The space of the lanes, above the years and the caption.
pub fn list_area(area: Rect) -> Rect {
    Rect { height: area.height.saturating_sub(2), ..area }
}

impl Lanes<'_> {
    /// Draws the lanes that fit above a line of years.
    pub fn draw(&self, context: &Context, area: Rect, buffer: &mut Buffer) {
        let width = usize::from(area.width);
        let months = self.selected.and_then(|event| super::months(context, event));
        let window = self.axis.window(axis_width(width), months);
        let list = list_area(area);
        let top = self.cursor.top_in(self.lanes.len(), usize::from(list.height));
        for (row, y) in (top..self.lanes.len()).zip(list.top()..list.bottom()) {
            buffer.set_line(list.x, y, &self.line(context, row, window, width), list.width);
        }
        scroll_bar(list, buffer, &context.theme, self.lanes.len(), top);
        let years = self.axis.years(window, axis_width(width));
        let x = area.x + (label_width(width) + 1) as u16;
        let faint = context.theme.style(Look::Faint);
        buffer.set_stringn(x, list.bottom(), years, axis_width(width), faint);
        buffer.set_stringn(area.right().saturating_sub(3), list.bottom(), "n.d", 3, faint);
    }

    fn line(&self, context: &Context, row: usize, window: Window, width: usize) -> Line<'static> {
        let lane = &self.lanes[row];
        let theme = &context.theme;
        let here = row == self.cursor.row;
        let name = lane.country.map_or("No country", |country| context.dataset.name(country));
        let label = column(name, label_width(width));
        let mut spans =
            vec![Span::styled(label, theme.style(if here { Look::Title } else { Look::Plain })), " ".into()];
        let selected = self.selected.filter(|_| here);
        spans.extend(self.cells(context, lane, window, axis_width(width), selected));
        let undated: Vec<Record> =
            lane.events.iter().copied().filter(|&event| super::months(context, event).is_none()).collect();
        let sign = match undated.as_slice() {
            [] => String::new(),
            [event] => symbol(context.dataset.events[event.index()].kind).to_owned(),
            many => many.len().to_string(),
        };
        let style = if selected.is_some_and(|event| undated.contains(&event)) {
            theme.selection(self.focused)
        } else {
            theme.style(Look::Accent)
        };
        spans.push(Span::styled(" │", theme.style(Look::Faint)));
        spans.push(Span::styled(fitted(&sign, UNDATED - 2), style));
        Line::from(spans)
    }

    /// The part of a lane under the axis: lines first, what is known to the bin over them.
    fn cells(
        &self,
        context: &Context,
        lane: &Lane,
        window: Window,
        width: usize,
        selected: Option<Record>,
    ) -> Vec<Span<'static>> {
        let theme = &context.theme;
        let mut strip = Strip::new(width, theme.style(Look::Faint));
        let mut places: BTreeMap<Columns, Vec<Record>> = BTreeMap::new();
        for &event in &lane.events {
            let Some(months) = super::months(context, event) else { continue };
            if let Some(columns) = window.columns_of(&self.axis.touched(months)) {
                places.entry((*columns.start(), *columns.end())).or_default().push(event);
            }
        }
        let is_wide = |&(from, to): &Columns| to - from >= window.columns;
        for (&(from, to), events) in places.iter().filter(|(place, _)| is_wide(place)) {
            let here = selected.is_some_and(|event| events.contains(&event));
            let lasting = events.iter().all(|&event| super::is_lasting(context, event));
            strip.line(from..=to, if lasting { "━" } else { "╌" }, here.then(|| theme.selection(self.focused)));
        }
        for (&(from, to), events) in &places {
            let here = selected.is_some_and(|event| events.contains(&event));
            let style = if here { theme.selection(self.focused) } else { theme.style(Look::Accent) };
            let sign = match events.as_slice() {
                [event] => symbol(context.dataset.events[event.index()].kind).to_owned(),
                many => many.len().to_string(),
            };
            let middle = if is_wide(&(from, to)) { usize::midpoint(from, to) } else { from };
            strip.put(middle, &sign, style);
        }
        strip.spans()
    }
}

/// The first and last column of a span.
type Columns = (usize, usize);

/// Cells in the making.
struct Strip {
    cells: Vec<(String, Style)>,
    quiet: Style,
}

impl Strip {
    fn new(width: usize, quiet: Style) -> Strip {
        Strip { cells: vec![(" ".to_owned(), quiet); width], quiet }
    }

    fn line(&mut self, columns: RangeInclusive<usize>, symbol: &str, style: Option<Style>) {
        for at in columns {
            self.set(at, symbol, style.unwrap_or(self.quiet));
        }
    }

    fn put(&mut self, column: usize, sign: &str, style: Style) {
        for (offset, letter) in sign.chars().enumerate() {
            self.set(column + offset, &letter.to_string(), style);
        }
    }

    fn set(&mut self, column: usize, symbol: &str, style: Style) {
        if let Some(cell) = self.cells.get_mut(column) {
            *cell = (symbol.to_owned(), style);
        }
    }

    fn spans(self) -> Vec<Span<'static>> {
        self.cells.into_iter().map(|(symbol, style)| Span::styled(symbol, style)).collect()
    }
}
