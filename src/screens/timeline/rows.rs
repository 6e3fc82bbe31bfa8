//! The rows of the timeline: events under the headings of their years, and of the months or quarters within.

use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::context::Context;
use crate::dataset::{Date, Event, Record, month_name};
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

/// The events under their headings.
pub fn rows(context: &Context, events: &[Record], scale: Scale) -> Vec<Row> {
    let mut rows = Vec::new();
    let date = |event: &Record| context.dataset.events[event.index()].date.as_ref();
    let year = |event: &Record| date(event).and_then(Date::year);
    for group in events.chunk_by(|one, other| year(one) == year(other)) {
        let Some(number) = year(&group[0]) else {
            rows.push(Row::Undated(group.len()));
            rows.extend(group.iter().map(|&event| Row::Event(event)));
            continue;
        };
        rows.push(Row::Year(number, group.len()));
        let heading = |event: &Record| date(event).map_or(Row::WholeYear, |date| heading(date, scale));
        for part in group.chunk_by(|one, other| heading(one) == heading(other)) {
            if scale != Scale::Year {
                rows.push(heading(&part[0]));
            }
            rows.extend(part.iter().map(|&event| Row::Event(event)));
        }
    }
    rows
}

/// The heading within its year under which a date is listed.
fn heading(date: &Date, scale: Scale) -> Row {
    match (date.month(), date.last()) {
        (Some(month), _) if scale == Scale::Quarter => Row::Quarter((month - 1) / 3 + 1),
        (Some(month), _) => Row::Month(month),
        (None, Some(last)) if Some(last.year) == date.year() => Row::WholeYear,
        (None, _) => Row::SeveralYears,
    }
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
