//! The chart: for each bin of the axis a stack of its events by kind, each kind with its symbol. What is wider than a
//! bin is counted beside the stacks and not drawn as if it were exact.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::events::Events;
use crate::context::Context;
use crate::dataset::{Dataset, EventKind, Vocabulary};
use crate::theme::{Look, symbol};
use crate::widgets::time_axis::{Months, TimeAxis};
use crate::widgets::wrapped;

/// How many events of each kind.
type Stack = BTreeMap<EventKind, usize>;

/// The events of each bin by kind, and how many do not lie within one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stacks {
    bins: BTreeMap<usize, Stack>,
    all: Stack,
    wide: usize,
    undated: usize,
}

impl Stacks {
    /// Stacks events on an axis.
    pub fn new(dataset: &Dataset, events: &Events, axis: &TimeAxis) -> Stacks {
        let columns = dataset.columns();
        let mut counts = vec![[0; EventKind::ALL.len()]; columns.stretches.len()];
        for moment in events.moments() {
            counts[columns.stretch[moment] as usize][columns.kinds[moment] as usize] += 1;
        }
        let mut stacks = Stacks::default();
        for (stretch, counts) in columns.stretches.iter().zip(&counts) {
            let kinds = EventKind::ALL.iter().zip(counts).filter(|&(_, &count)| count > 0);
            kinds.for_each(|(&kind, &count)| stacks.add(kind, count, stretch.months, axis));
        }
        stacks
    }

    fn add(&mut self, kind: EventKind, count: usize, months: Option<Months>, axis: &TimeAxis) {
        *self.all.entry(kind).or_default() += count;
        match months {
            None => self.undated += count,
            Some(months) if axis.holds(months) => {
                *self.bins.entry(*axis.touched(months).start()).or_default().entry(kind).or_default() += count;
            }
            Some(_) => self.wide += count,
        }
    }

    /// What the stacks do not show, in words; nothing where they show all.
    fn rest(&self, axis: &TimeAxis) -> String {
        let wide = (self.wide > 0).then(|| format!("{} longer than a {}", self.wide, axis.scale().word()));
        let undated = (self.undated > 0).then(|| format!("{} undated", self.undated));
        let rest = [wide, undated].into_iter().flatten().collect::<Vec<_>>().join(", ");
        if rest.is_empty() { rest } else { format!("Not here: {rest}") }
    }
}

/// The columns of a stack within its bin: one is left free where there are several.
fn stack_width(columns: usize) -> usize {
    columns.saturating_sub(1).max(1)
}

/// What is drawn: the stacks, the axis under them, and the months that are pointed out.
pub struct Chart<'a> {
    /// The stacks.
    pub stacks: &'a Stacks,
    /// The axis.
    pub axis: &'a TimeAxis,
    /// The months of the event that is selected, and its kind.
    pub selected: Option<(Months, EventKind)>,
}

impl Chart<'_> {
    /// Draws the stacks over their years, and under these the legend.
    pub fn draw(&self, context: &Context, area: Rect, buffer: &mut Buffer) {
        if area.height < 4 || area.width == 0 || self.axis.is_empty() {
            return;
        }
        let legend = self.legend(context, usize::from(area.width));
        let legend_height = (legend.len() as u16).min(area.height / 3);
        let stacks = Rect { height: area.height - legend_height - 2, ..area };
        let fullest = self.stacks.bins.values().map(|stack| stack.values().sum::<usize>()).max().unwrap_or(0);
        let window = self.axis.window(usize::from(area.width), self.selected.map(|(months, _)| months));
        let room = usize::from(stacks.height).saturating_sub(1) * stack_width(window.columns);
        let events_per_sign = fullest.div_ceil(room.max(1)).max(1);
        let pointed = self.selected.map(|(months, _)| self.axis.touched(months));
        let faint = context.theme.style(Look::Faint);
        for bin in window.first..window.first + window.bins {
            let Some(column) = window.column(bin) else { continue };
            let place = Rect { x: area.x + column as u16, width: window.columns as u16, ..stacks };
            let here = pointed.as_ref().is_some_and(|pointed| pointed.contains(&bin));
            self.draw_stack(context, place, buffer, bin, events_per_sign);
            let (ground, style) = match here {
                true => ("━", context.theme.style(Look::Title)),
                false => (if self.axis.is_gap(bin) { "…" } else { "─" }, faint),
            };
            buffer.set_stringn(place.x, stacks.bottom(), ground.repeat(window.columns), window.columns, style);
        }
        let years = self.axis.years(window, usize::from(area.width));
        buffer.set_stringn(area.x, stacks.bottom() + 1, years, usize::from(area.width), faint);
        if events_per_sign > 1 {
            let scale = format!("one sign: up to {events_per_sign} events");
            buffer.set_stringn(area.x, area.y, scale, usize::from(area.width), faint);
        }
        for (row, line) in legend.iter().take(usize::from(legend_height)).enumerate() {
            buffer.set_line(area.x, stacks.bottom() + 2 + row as u16, line, area.width);
        }
    }

    /// Draws the events of a bin from its ground up, row by row, a sign for so many events of a kind.
    fn draw_stack(&self, context: &Context, area: Rect, buffer: &mut Buffer, bin: usize, events_per_sign: usize) {
        let Some(stack) = self.stacks.bins.get(&bin) else { return };
        let width = stack_width(usize::from(area.width));
        let signs = stack.iter().flat_map(|(&kind, &count)| std::iter::repeat_n(kind, count.div_ceil(events_per_sign)));
        for (at, kind) in signs.take(width * usize::from(area.height)).enumerate() {
            let chosen = self.selected.is_some_and(|(months, selected)| {
                selected == kind && self.axis.holds(months) && *self.axis.touched(months).start() == bin
            });
            let kind_style = context.theme.kind(kind);
            let style = if chosen { kind_style.patch(context.theme.selection(true)) } else { kind_style };
            let (x, y) = (area.x + (at % width) as u16, area.bottom() - 1 - (at / width) as u16);
            buffer.set_stringn(x, y, symbol(kind), 1, style);
        }
    }

    /// The kinds with their symbols and counts, wrapped; then what is not stacked.
    fn legend(&self, context: &Context, width: usize) -> Vec<Line<'static>> {
        let theme = &context.theme;
        let mut lines = vec![Line::default()];
        for (&kind, count) in &self.stacks.all {
            let word = format!(" {} {count}  ", kind.word());
            let last = lines.last().map_or(0, Line::width);
            if last > 0 && last + 1 + word.trim_end().width() > width {
                lines.push(Line::default());
            }
            let Some(line) = lines.last_mut() else { continue };
            line.push_span(Span::styled(symbol(kind), theme.kind(kind)));
            line.push_span(Span::raw(word));
        }
        let rest = self.stacks.rest(self.axis);
        if !rest.is_empty() {
            let rest = wrapped(&rest, width, width).into_iter();
            lines.extend(rest.map(|line| Line::styled(line, theme.style(Look::Faint))));
        }
        lines
    }
}
