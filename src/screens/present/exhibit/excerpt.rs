//! An excerpt of the timeline: the events that a record is joined to, on a rail under their years.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::chart::{self, Bar, Chart};
use super::joined;
use crate::context::Context;
use crate::dataset::{Date, Event, Kind, Record, month_name};
use crate::theme::{Look, symbol};
use crate::widgets::fitted;
use crate::wording::{counted, ordinal};

/// A line of the rail.
enum Row {
    /// A year, or that the events have none.
    Heading(String),
    /// An event, or several rounds of one series.
    Event(Vec<Record>),
}

/// How many times as many rows as fit are still shown as an excerpt; of more, the years are counted.
const MOST: usize = 2;

/// The fewest events that make an excerpt.
const FEWEST: usize = 3;

/// The most events of a body that are shown around one of them.
const OF_A_BODY: usize = 12;

/// Draws the events of a record; `false` where there are none.
pub fn draw(context: &Context, record: Record, area: Rect, buffer: &mut Buffer) -> bool {
    let excerpt = Excerpt::new(context, record);
    if excerpt.events.is_empty() {
        return false;
    }
    let (rows, height) = (excerpt.rows(context), usize::from(area.height));
    if rows.len() > MOST * height {
        return chart::draw_bars(&years(context, &excerpt.events), context, area, buffer);
    }
    let spread = 1 + usize::from(rows.len() * 2 <= height + 1);
    let fitting = height.div_ceil(spread);
    let focus = rows.iter().position(|row| excerpt.is_focused(row)).unwrap_or(0);
    let top = focus.saturating_sub(fitting / 2).min(rows.len().saturating_sub(fitting));
    let hidden = rows.len() - top - fitting.min(rows.len() - top);
    for offset in 0..fitting.min(rows.len() - top) {
        let row = &rows[top + offset];
        let line = match row {
            _ if hidden > 0 && offset + 1 == fitting => more(context, hidden + 1),
            Row::Heading(heading) => Line::styled(heading.clone(), context.theme.style(Look::Heading)),
            Row::Event(events) => excerpt.line(context, events, excerpt.is_focused(row), usize::from(area.width)),
        };
        buffer.set_line(area.x, area.y + (offset * spread) as u16, &line, area.width);
    }
    true
}

/// How many events each year holds.
fn years(context: &Context, events: &[Record]) -> Chart {
    let heading = |record: &Record| heading(event(context, *record).date.as_ref());
    let bar = |group: &[Record]| Bar {
        label: heading(&group[0]),
        from: 0.0,
        value: group.len() as f64,
        number: group.len().to_string(),
        marked: false,
    };
    let bars: Vec<Bar> = events.chunk_by(|one, other| heading(one) == heading(other)).map(bar).collect();
    Chart { whole: chart::largest(&bars), bars, sum: counted(events.len(), Kind::Event) }
}

fn more(context: &Context, rows: usize) -> Line<'static> {
    Line::styled(format!("and {rows} more"), context.theme.style(Look::Faint))
}

fn event(context: &Context, record: Record) -> &'static Event {
    &context.dataset.events[record.index()]
}

/// The year of a date, or its years where it spans some.
fn heading(date: Option<&Date>) -> String {
    let years = |date: &Date| match (date.year(), date.last().map(|day| day.year)) {
        (Some(first), Some(last)) if first != last => format!("{first}–{last}"),
        (Some(first), _) => first.to_string(),
        _ => date.short(),
    };
    date.map_or("undated".to_owned(), years)
}

/// What is shown of the timeline: some events, which of them are the ones to look at, and what goes without saying.
struct Excerpt {
    events: Vec<Record>,
    focused: Vec<Record>,
    /// The record that all events are joined to.
    shared: Option<Record>,
    /// Whether all have the same partners.
    same_partners: bool,
}

impl Excerpt {
    /// The events that a record is joined to. Where those are few, and for an event, it is shown among its like.
    fn new(context: &Context, record: Record) -> Excerpt {
        let own = if record.kind == Kind::Event { vec![record] } else { joined(context, record, Kind::Event) };
        let (events, shared) = match own.first().filter(|_| own.len() < FEWEST) {
            Some(&first) => around(context, first),
            None => (own.clone(), Some(record)),
        };
        let partners = |record: &Record| context.partners(&event(context, *record).countries).collect::<Vec<_>>();
        let first = events.first().map(partners);
        let same_partners = events.iter().all(|other| Some(partners(other)) == first);
        let focused = if own.len() < events.len() { own } else { Vec::new() };
        Excerpt { events, focused, shared, same_partners }
    }

    /// The events under their years. Those of one series that say no month stand on one row.
    fn rows(&self, context: &Context) -> Vec<Row> {
        let date = |record: &Record| event(context, *record).date.as_ref();
        let together = |one: &Record, other: &Record| {
            let apart = self.focused.contains(one) != self.focused.contains(other);
            let (one, other) = (event(context, *one), event(context, *other));
            let month = one.date.as_ref().or(other.date.as_ref()).and_then(Date::month);
            let series = one.mechanism.filter(|series| Some(*series) != self.shared);
            let alike = (one.mechanism, one.kind, &one.countries) == (other.mechanism, other.kind, &other.countries);
            series.is_some() && alike && month.is_none() && !apart
        };
        let mut rows = Vec::new();
        for group in self.events.chunk_by(|one, other| heading(date(one)) == heading(date(other))) {
            rows.push(Row::Heading(heading(date(&group[0]))));
            rows.extend(group.chunk_by(together).map(|events| Row::Event(events.to_vec())));
        }
        rows
    }

    fn is_focused(&self, row: &Row) -> bool {
        matches!(row, Row::Event(events) if events.iter().any(|event| self.focused.contains(event)))
    }

    /// An event in a few words: with whom and which round, or what it was.
    fn label(&self, context: &Context, records: &[Record]) -> String {
        let event = event(context, records[0]);
        let partners: Vec<Record> = context.partners(&event.countries).collect();
        let name = |partner: &Record| &**context.dataset.name(*partner);
        let unsaid: Vec<&Record> = partners.iter().filter(|partner| Some(**partner) != self.shared).collect();
        let rounds = rounds(context, records);
        let series = event.mechanism.filter(|_| !rounds.is_empty());
        let what = match series {
            Some(_) if series == self.shared => return format!("{rounds} round"),
            Some(series) => format!("{rounds} {}", without(context.dataset.name(series), partners.first().map(name))),
            None => without(&event.about.name, partners.first().map(name)),
        };
        let rounds = if rounds.is_empty() { rounds } else { format!(" · {rounds}") };
        match unsaid.as_slice() {
            _ if self.same_partners => what,
            [] => what,
            [one] => format!("{}{rounds}", name(one)),
            [one, other] => format!("{}, {}{rounds}", name(one), name(other)),
            [one, rest @ ..] => format!("{} +{}{rounds}", name(one), rest.len()),
        }
    }

    fn line(&self, context: &Context, records: &[Record], focused: bool, width: usize) -> Line<'static> {
        let (theme, event) = (&context.theme, event(context, records[0]));
        let month = event.date.as_ref().and_then(Date::month).map(|month| format!("{} ", &month_name(month)[..3]));
        let month = month.unwrap_or_default();
        let label = fitted(&self.label(context, records), width.saturating_sub(4 + month.len()));
        let (rail, rail_look, look) = match focused {
            true => ("┃ ", Look::Title, Look::Title),
            false => ("│ ", Look::Faint, Look::Plain),
        };
        Line::from(vec![
            Span::styled(rail, theme.style(rail_look)),
            Span::styled(month, theme.style(Look::Faint)),
            Span::styled(format!("{} ", symbol(event.kind)), theme.style(Look::Accent)),
            Span::styled(label, theme.style(look)),
        ])
    }
}

/// An event among others: those of its series, with its partner, or of its body, whichever is the nearest that has some,
/// and the record that joins them; or those of its kind.
fn around(context: &Context, record: Record) -> (Vec<Record>, Option<Record>) {
    let own = event(context, record);
    let with = |other: Record| (context.dataset.events_with(other), Some(other));
    let partner = context.partners(&own.countries).next();
    let wider = own.mechanism.into_iter().chain(partner).map(with);
    let bodies = own.organisations.iter().copied().map(with).filter(|(events, _)| events.len() <= OF_A_BODY);
    let of_kind = || {
        let all = context.dataset.chronology().iter().copied();
        (all.filter(|&other| event(context, other).kind == own.kind).collect(), None)
    };
    wider.chain(bodies).find(|(events, _)| events.len() >= FEWEST).unwrap_or_else(of_kind)
}

/// "3rd, 4th", or how many there are that have no number.
fn rounds(context: &Context, records: &[Record]) -> String {
    let numbers: Vec<String> = records.iter().filter_map(|record| event(context, *record).round).map(ordinal).collect();
    match (numbers.len(), records.len()) {
        (0, 1) => String::new(),
        (0, count) => count.to_string(),
        _ => numbers.join(", "),
    }
}

/// A name without the "with Russia" at its end, where everybody knows that.
fn without(name: &str, partner: Option<&str>) -> String {
    let known = |partner: &str| {
        let name = name.strip_suffix(partner)?;
        name.strip_suffix(" with the ").or_else(|| name.strip_suffix(" with "))
    };
    partner.and_then(known).unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn only_a_whole_name_at_the_end_is_left_out() {
        for (name, partner, left) in [
            ("Second consultation with Russia", Some("Russia"), "Second consultation"),
            ("Talks with the United States", Some("United States"), "Talks"),
            ("Exercise with the Australian navy", Some("Australia"), "Exercise with the Australian navy"),
            ("Meeting with Japan and South Korea", Some("Japan"), "Meeting with Japan and South Korea"),
            ("Talks with Russia", None, "Talks with Russia"),
        ] {
            assert_eq!(without(name, partner), left);
        }
    }
}
