//! Lanes: a row for each country, its events along the axis of time. What is known to the bin stands in its column,
//! what is wider is drawn as long as it may have been, and the undated stand apart.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Bins;
use super::events::Events;
use crate::context::Context;
use crate::dataset::{Dataset, Kind, Record};
use crate::theme::{Look, symbol};
use crate::widgets::row_list::{Cursor, scroll_bar};
use crate::widgets::time_axis::{TimeAxis, Window};
use crate::widgets::{column, fitted};

/// The columns at the right for the undated, with the line that sets them apart.
const UNDATED: usize = 4;

/// The events of a country in order of time, or those that name none.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lane {
    country: Option<Record>,
    /// Its events.
    pub events: Vec<Record>,
    runs: Vec<Run>,
}

/// Events of a lane, one after the other, that are of the same stretch of time.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Run {
    stretch: u32,
    count: usize,
    first: Record,
}

impl Lane {
    fn push(&mut self, event: Record, stretch: u32) {
        self.events.push(event);
        match self.runs.last_mut().filter(|run| run.stretch == stretch) {
            Some(run) => run.count += 1,
            None => self.runs.push(Run { stretch, count: 1, first: event }),
        }
    }

    /// The place of an event in the lane.
    pub fn position(&self, dataset: &Dataset, event: Record) -> Option<usize> {
        self.events.binary_search_by_key(&dataset.moment(event), |&own| dataset.moment(own)).ok()
    }
}

/// The lanes of some events: the countries with the most events first, what names no partner last.
pub fn lanes(dataset: &Dataset, events: &Events) -> Vec<Lane> {
    let columns = dataset.columns();
    let mut lanes: Vec<Lane> =
        dataset.records(Kind::Country).map(|country| Lane { country: Some(country), ..Lane::default() }).collect();
    let mut without = Lane::default();
    for moment in events.moments() {
        let (event, stretch) = (dataset.chronology()[moment], columns.stretch[moment]);
        let partners = columns.countries.of(moment);
        partners.iter().for_each(|&country| lanes[country as usize].push(event, stretch));
        if partners.is_empty() {
            without.push(event, stretch);
        }
    }
    lanes.retain(|lane| !lane.events.is_empty());
    lanes.sort_by_key(|lane| std::cmp::Reverse(lane.events.len()));
    lanes.extend((!without.events.is_empty()).then_some(without));
    lanes
}

/// What is drawn: the lanes, the axis under them, and the event that is selected.
pub struct Lanes<'a> {
    /// The lanes.
    pub lanes: &'a [Lane],
    /// The axis.
    pub axis: &'a TimeAxis,
    /// The bins that each stretch of time touches.
    pub bins: &'a [Option<Bins>],
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
        let stretches = &context.dataset.columns().stretches;
        let is_undated = |run: &&Run| stretches[run.stretch as usize].months.is_none();
        let undated = lane.runs.iter().filter(is_undated).map(|run| run.count).sum();
        let first = lane.runs.iter().find(is_undated).map(|run| run.first);
        let sign = first.map_or(String::new(), |first| sign(context, undated, first));
        let style = match selected {
            Some(event) if super::months(context, event).is_none() => theme.selection(self.focused),
            _ => theme.style(Look::Accent),
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
        let places = self.places(context, lane, window);
        let of_event = |event: Record| {
            let stretch = context.dataset.columns().stretch[context.dataset.moment(event)];
            self.columns(window, stretch)
        };
        let selected = selected.and_then(of_event);
        let is_wide = |&(from, to): &Columns| to - from >= window.columns;
        for (&(from, to), place) in places.iter().filter(|(place, _)| is_wide(place)) {
            let here = selected == Some((from, to));
            strip.line(from..=to, if place.lasting { "━" } else { "╌" }, here.then(|| theme.selection(self.focused)));
        }
        for (&(from, to), place) in &places {
            let here = selected == Some((from, to));
            let style = if here { theme.selection(self.focused) } else { theme.style(Look::Accent) };
            let middle = if is_wide(&(from, to)) { usize::midpoint(from, to) } else { from };
            strip.put(middle, &sign(context, place.count, place.first), style);
        }
        strip.spans()
    }

    /// The columns of a stretch of time, as far as they are in sight.
    fn columns(&self, window: Window, stretch: u32) -> Option<Columns> {
        let (start, end) = self.bins[stretch as usize]?;
        let columns = window.columns_of(&(start..=end))?;
        Some((*columns.start(), *columns.end()))
    }

    /// The events of a lane by the columns in which they are drawn.
    fn places(&self, context: &Context, lane: &Lane, window: Window) -> BTreeMap<Columns, Place> {
        let stretches = &context.dataset.columns().stretches;
        let mut places: BTreeMap<Columns, Place> = BTreeMap::new();
        for run in &lane.runs {
            let Some(columns) = self.columns(window, run.stretch) else { continue };
            let place = places.entry(columns).or_insert(Place { count: 0, first: run.first, lasting: true });
            place.count += run.count;
            place.lasting &= stretches[run.stretch as usize].lasting;
        }
        places
    }
}

/// The events that are drawn in the same columns.
struct Place {
    count: usize,
    first: Record,
    lasting: bool,
}

/// The symbol of a single event, or the number of several.
fn sign(context: &Context, count: usize, first: Record) -> String {
    match count {
        1 => symbol(context.dataset.events[first.index()].kind).to_owned(),
        many => many.to_string(),
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
