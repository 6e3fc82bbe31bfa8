//! The rows of the timeline: events under the headings of their years, and of the months or quarters within.

use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::events::Events;
use crate::context::Context;
use crate::dataset::{Date, Event, Record, Stretch, month_name};
use crate::theme::{Look, symbol};
use crate::widgets::time_axis::Scale;
use crate::widgets::{column, fitted};

/// The narrowest list in which partners are named in full.
const WIDE: usize = 64;

/// A row of the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// A year and how many events it holds.
    Year(i32, usize),
    /// A quarter, from 1 on.
    Quarter(u8),
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

impl Row {
    /// Says whether it is an event.
    pub fn is_event(self) -> bool {
        matches!(self, Row::Event(_))
    }
}

/// A heading, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Heading {
    /// Its own row.
    at: usize,
    /// The events before it.
    before: usize,
    row: Row,
}

/// The rows of some events: these and their headings, of which only the headings are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    events: Events,
    headings: Vec<Heading>,
}

impl Rows {
    /// The events under their headings.
    pub fn new(context: &Context, events: Events, scale: Scale) -> Rows {
        let columns = context.dataset.columns();
        let stretches: Vec<Vec<Row>> = columns.stretches.iter().map(|stretch| headings(stretch, scale)).collect();
        let mut headings: Vec<Heading> = Vec::new();
        let mut last = None;
        // The headings that the event before stands under; those that the next one shares with it are not said again.
        let mut above: &[Row] = &[];
        for (before, moment) in events.moments().enumerate() {
            let stretch = columns.stretch[moment];
            if last.replace(stretch) == Some(stretch) {
                continue;
            }
            let own = &stretches[stretch as usize];
            let shared = own.iter().zip(above).take_while(|(own, above)| own == above).count();
            for &row in &own[shared..] {
                headings.push(Heading { at: before + headings.len(), before, row });
            }
            above = own;
        }
        count_events(&mut headings, events.len());
        Rows { events, headings }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.events.len() + self.headings.len()
    }

    /// The row at a place.
    pub fn get(&self, row: usize) -> Option<Row> {
        let above = self.headings.partition_point(|heading| heading.at <= row);
        match above.checked_sub(1).map(|last| self.headings[last]) {
            Some(heading) if heading.at == row => Some(heading.row),
            _ => self.events.get(row - above).map(Row::Event),
        }
    }

    /// Says whether there is an event at a place.
    pub fn is_event(&self, row: usize) -> bool {
        self.get(row).is_some_and(Row::is_event)
    }

    /// Where an event stands.
    pub fn position(&self, event: Record) -> Option<usize> {
        let place = self.events.position(event)?;
        Some(place + self.headings.partition_point(|heading| heading.before <= place))
    }

    /// The events.
    pub fn events(&self) -> &Events {
        &self.events
    }
}

/// Says of every year, and of the undated, how many events there are from its heading to the next.
fn count_events(headings: &mut [Heading], events: usize) {
    let mut end = events;
    for heading in headings.iter_mut().rev() {
        if let Row::Year(_, count) | Row::Undated(count) = &mut heading.row {
            *count = end - heading.before;
            end = heading.before;
        }
    }
}

/// The headings of the events of a stretch of time: its year, and within it, where the scale has any, one more.
fn headings(stretch: &Stretch, scale: Scale) -> Vec<Row> {
    let Some(year) = stretch.year else { return vec![Row::Undated(0)] };
    let within = match stretch.month {
        Some(month) if scale == Scale::Quarter => Row::Quarter((month - 1) / 3 + 1),
        Some(month) => Row::Month(month),
        None if stretch.within_year => Row::WholeYear,
        None => Row::SeveralYears,
    };
    std::iter::once(Row::Year(year, 0)).chain((scale != Scale::Year).then_some(within)).collect()
}

/// A row as it is drawn.
pub fn line(context: &Context, row: Row, scale: Scale, width: usize) -> Line<'static> {
    let theme = &context.theme;
    let heading = |text: String, count: usize| {
        Line::from(vec![
            Span::styled(text, theme.style(Look::Title)),
            Span::styled(format!("  {count}"), theme.style(Look::Faint)),
        ])
    };
    let within = |text: &str| Line::styled(format!(" {text}"), theme.style(Look::Strong));
    match row {
        Row::Year(year, count) => heading(year.to_string(), count),
        Row::Undated(count) => heading("Without a date".to_owned(), count),
        Row::Quarter(quarter) => within(&format!("{}–{}", month_name(quarter * 3 - 2), month_name(quarter * 3))),
        Row::Month(month) => within(month_name(month)),
        Row::WholeYear => within("Some time in the year"),
        Row::SeveralYears => within("Within several years"),
        Row::Event(event) => event_line(context, event, scale, width),
    }
}

/// An event on one line: its mark, its symbol, its partners, its name, and its date where the headings do not say it.
fn event_line(context: &Context, record: Record, scale: Scale, width: usize) -> Line<'static> {
    let event = &context.dataset.events[record.index()];
    let theme = &context.theme;
    let mark = if context.is_marked(record) { "★" } else { " " };
    let unsaid = |date: &&Date| date.exceeds_heading() || date.month().is_some() && scale != Scale::Month;
    let date = event.date.as_ref().filter(unsaid).map(|date| format!(" {}", date.short())).unwrap_or_default();
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
