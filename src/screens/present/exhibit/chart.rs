//! A chart: a whole and the parts that add up to it, numbers of one kind beside each other, or events by their kinds.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::super::frame::sizes;
use super::joined;
use crate::context::Context;
use crate::dataset::{Clean, Figure, Kind, Record, Relation, Vocabulary};
use crate::theme::{Look, symbol};
use crate::widgets::lettering::{Lettering, Size};
use crate::widgets::rich_text::{Block, Layout, Run};
use crate::widgets::{bars, column, fitted};
use crate::wording::{amount, counted};

/// The most rows that a bar takes, with its label above and the empty row below it.
const HIGHEST_BAR: u16 = 5;

/// The most rows of a bar that leave none empty below it.
const ROWS_WITHOUT_GAP: u16 = 2;

/// A bar.
#[derive(Debug)]
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// Where it begins: the parts of a whole begin where the one before ends.
    pub from: f64,
    /// How long it is.
    pub value: f64,
    /// The number in words.
    pub number: String,
    /// Whether it is the one to look at.
    pub marked: bool,
}

/// Bars, the value that fills the width, and what they come to.
#[derive(Debug)]
pub struct Chart {
    /// The bars.
    pub bars: Vec<Bar>,
    /// The value that fills the width.
    pub whole: f64,
    /// What they come to.
    pub sum: String,
}

/// Draws the chart of a record; `false` where there is nothing to count.
pub fn draw(context: &Context, record: Record, area: Rect, buffer: &mut Buffer) -> bool {
    if record.kind != Kind::Figure {
        return draw_bars(&events_by_kind(context, record), context, area, buffer);
    }
    let figure = figure(context, record);
    let whole = figure.part_of.filter(|_| parts(context, record).is_empty()).unwrap_or(record);
    let chart = match parts(context, whole) {
        parts if parts.is_empty() => alike(context, record),
        parts => adding_up(context, whole, &parts, record),
    };
    draw_bars(&chart, context, area, buffer) || draw_number(figure, context, area, buffer)
}

fn figure(context: &Context, record: Record) -> &'static Figure {
    &context.dataset.figures[record.index()]
}

/// The figures that add up to one.
pub fn parts(context: &Context, whole: Record) -> Vec<Record> {
    let links = context.dataset.links(whole).iter();
    links.filter(|link| link.relation == Relation::PartOf && link.incoming).map(|link| link.record).collect()
}

/// A whole and its parts, each beginning where the one before ends, so that the last ends where the whole does.
fn adding_up(context: &Context, whole: Record, parts: &[Record], marked: Record) -> Chart {
    let places: Vec<Option<&Clean>> = parts.iter().map(|&part| place(context, part)).collect();
    let mut from = 0.0;
    let bar = |(&part, place): (&Record, &Option<&Clean>)| {
        let unit = &figure(context, part).unit;
        let label = match place {
            Some(name) if places.iter().filter(|other| *other == place).count() == 1 => name.to_string(),
            Some(name) => format!("{name}: {unit}"),
            None => unit.to_string(),
        };
        let bar = Bar { label, from, marked: part == marked, ..bar(context, part) };
        from += bar.value;
        bar
    };
    let bars: Vec<Bar> = parts.iter().zip(&places).map(bar).collect();
    let numbers: Vec<&str> = bars.iter().map(|bar| &*bar.number).collect();
    let sum = format!("{} = {}", numbers.join(" + "), amount(figure(context, whole)));
    Chart { whole: figure(context, whole).value.unwrap_or(from), bars, sum }
}

/// The partner that a figure is of, where it is of one.
fn place<'a>(context: &Context, record: Record) -> Option<&'a Clean> {
    let mut partners = context.partners(&figure(context, record).countries);
    let first = partners.next()?;
    partners.next().is_none().then(|| context.dataset.name(first))
}

/// The figures of the same paragraphs that count the same.
fn alike(context: &Context, record: Record) -> Chart {
    let (own, cites) = (figure(context, record), &context.dataset.about(record).cites);
    let alike = |other: &Record| {
        let counts_the_same = figure(context, *other).unit == own.unit && figure(context, *other).value.is_some();
        counts_the_same && context.dataset.about(*other).cites.iter().any(|number| cites.contains(number))
    };
    let figures = context.dataset.records(Kind::Figure).filter(alike);
    let bars: Vec<Bar> = figures.map(|other| Bar { marked: other == record, ..bar(context, other) }).collect();
    let bars = if bars.len() > 1 { bars } else { Vec::new() };
    Chart { whole: largest(&bars), bars, sum: own.unit.to_string() }
}

fn bar(context: &Context, record: Record) -> Bar {
    let figure = figure(context, record);
    let (label, value) = (figure.about.name.to_string(), figure.value.unwrap_or_default());
    Bar { label, from: 0.0, value, number: amount(figure), marked: false }
}

/// How many events of each kind a record is joined to.
fn events_by_kind(context: &Context, record: Record) -> Chart {
    let mut counts = BTreeMap::new();
    for event in joined(context, record, Kind::Event) {
        *counts.entry(context.dataset.events[event.index()].kind).or_insert(0_u32) += 1;
    }
    let bar = |(kind, count): (crate::dataset::EventKind, u32)| Bar {
        label: format!("{} {}", symbol(kind), kind.word()),
        from: 0.0,
        value: f64::from(count),
        number: count.to_string(),
        marked: false,
    };
    let bars: Vec<Bar> = counts.into_iter().map(bar).collect();
    let events: f64 = bars.iter().map(|bar| bar.value).sum();
    Chart { whole: largest(&bars), bars, sum: counted(events as usize, Kind::Event) }
}

/// The value of the longest bar; 0 where there is none.
pub fn largest(bars: &[Bar]) -> f64 {
    bars.iter().map(|bar| bar.value).fold(0.0, f64::max)
}

/// Draws bars, each under its label where there is room for that, and what they come to below them.
pub fn draw_bars(chart: &Chart, context: &Context, area: Rect, buffer: &mut Buffer) -> bool {
    let count = chart.bars.len() as u16;
    if count == 0 || area.height < 3 {
        return false;
    }
    let sum = [Block::paragraph(vec![Run::<()>::text(&*chart.sum, Look::Strong)])];
    let sum = Layout::new(&sum, usize::from(area.width));
    let room = area.height.saturating_sub(sum.height() as u16 + 1);
    let rows = (room / count).clamp(1, HIGHEST_BAR);
    for (at, bar) in chart.bars.iter().take(usize::from(room / rows)).enumerate() {
        let place = Rect { y: area.y + at as u16 * rows, height: rows, ..area };
        chart.draw_bar(bar, context, place, buffer);
    }
    let below = area.y + (count * rows).min(room) + u16::from(rows <= ROWS_WITHOUT_GAP);
    let place = Rect { y: below.min(area.bottom()), height: area.bottom().saturating_sub(below), ..area };
    sum.draw(place, buffer, &context.theme, 0, None, false);
    true
}

impl Chart {
    /// Draws a bar on one row, or its label on one row and the bar on those below it, with an empty one before the next.
    fn draw_bar(&self, bar: &Bar, context: &Context, area: Rect, buffer: &mut Buffer) {
        let theme = &context.theme;
        let width = usize::from(area.width);
        let number_width = self.bars.iter().map(|bar| bar.number.width()).max().unwrap_or(0);
        let label_width = self.bars.iter().map(|bar| bar.label.width() + 1).max().unwrap_or(0).min(width / 2);
        let marked = bar.marked || self.bars.iter().all(|bar| !bar.marked);
        let label_look = if bar.marked { Look::Title } else { Look::Plain };
        let number = Span::styled(format!("{:>number_width$} ", bar.number), theme.style(Look::Strong));
        let before = number_width + 1 + if area.height == 1 { label_width } else { 0 };
        let share = |value: f64| if self.whole > 0.0 { value / self.whole } else { 0.0 };
        let drawn = bars::drawn(share(bar.from), share(bar.value), width.saturating_sub(before));
        let drawn = Span::styled(drawn, theme.style(if marked { Look::Accent } else { Look::Faint }));
        if area.height == 1 {
            let label = Span::styled(column(&bar.label, label_width), theme.style(label_look));
            buffer.set_line(area.x, area.y, &Line::from(vec![label, number, drawn]), area.width);
            return;
        }
        let label = fitted(&bar.label, width);
        buffer.set_stringn(area.x, area.y, label, width, theme.style(label_look));
        buffer.set_line(area.x, area.y + 1, &Line::from(vec![number, drawn.clone()]), area.width);
        let thicker = Line::from(vec![Span::raw(" ".repeat(before)), drawn]);
        for row in 2..area.height.saturating_sub(1) {
            buffer.set_line(area.x, area.y + row, &thicker, area.width);
        }
    }
}

/// Draws a number by itself, as large as it fits, and below it what it counts.
fn draw_number(figure: &Figure, context: &Context, area: Rect, buffer: &mut Buffer) -> bool {
    let number = amount(figure);
    let Some(lettering) = Lettering::new(&number) else { return false };
    let fits = |size: &Size| lettering.width(*size) <= area.width && size.rows() + 2 <= area.height;
    let Some(size) = sizes(context.ascii).iter().copied().find(fits) else { return false };
    let top = area.y + (area.height - size.rows() - 2) / 3;
    let place = Rect { y: top, height: size.rows(), ..area };
    lettering.draw(size, place, buffer, context.theme.style(Look::Accent));
    let unit = fitted(&figure.unit, usize::from(area.width));
    buffer.set_stringn(area.x, place.bottom() + 1, unit, usize::from(area.width), context.theme.style(Look::Strong));
    true
}
