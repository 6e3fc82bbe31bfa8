//! A strip of time: how full each month, quarter or year is, over the years, with everything less exact as a line below.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::theme::{Look, Theme};

/// A cell that is filled by none to eight eighths.
const LEVELS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// The months that something may touch, counted from the year 0 (`year * 12 + month - 1`).
pub type Months = (i32, i32);

/// How much time one bin of the axis holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Scale {
    /// A month.
    #[default]
    Month,
    /// Three months, from January on.
    Quarter,
    /// A year.
    Year,
}

impl Scale {
    /// The months of a bin.
    pub fn months(self) -> i32 {
        match self {
            Scale::Month => 1,
            Scale::Quarter => 3,
            Scale::Year => 12,
        }
    }

    /// What a bin is called.
    pub fn word(self) -> &'static str {
        match self {
            Scale::Month => "month",
            Scale::Quarter => "quarter",
            Scale::Year => "year",
        }
    }

    /// The next finer scale; the same where there is none.
    pub fn finer(self) -> Scale {
        if self == Scale::Year { Scale::Quarter } else { Scale::Month }
    }

    /// The next coarser scale; the same where there is none.
    pub fn coarser(self) -> Scale {
        if self == Scale::Month { Scale::Quarter } else { Scale::Year }
    }

    /// The widest that a bin is drawn, in columns: a year has room for its number.
    fn widest(self) -> usize {
        if self == Scale::Year { 6 } else { 3 }
    }
}

/// A stretch of time: the months that it holds, the last one included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bin {
    first: i32,
    last: i32,
    /// Whether nothing begins or ends in it: years that are left out.
    gap: bool,
}

/// The bins of an axis, and how many things each holds. A year of which nothing is known more exactly is one bin, and
/// the years between in which nothing begins or ends are one bin together: time is as fine as what is known of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TimeAxis {
    scale: Scale,
    bins: Vec<Bin>,
    /// How many things lie within each bin.
    exact: Vec<u32>,
    /// How many things that are wider than a bin touch each.
    wide: Vec<u32>,
    fullest: u32,
}

/// The bins that fit into a width: which they are, and how many columns each has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The first bin in sight.
    pub first: usize,
    /// How many are in sight.
    pub bins: usize,
    /// The columns of each.
    pub columns: usize,
}

impl Window {
    /// The first column of a bin; `None` where it is out of sight.
    pub fn column(&self, bin: usize) -> Option<usize> {
        let at = bin.checked_sub(self.first).filter(|at| *at < self.bins)?;
        Some(at * self.columns)
    }

    /// The bin at a column; the last one beyond the last.
    pub fn bin(&self, column: usize) -> usize {
        self.first + (column / self.columns.max(1)).min(self.bins.saturating_sub(1))
    }

    /// The columns of as much of some bins as is in sight.
    pub fn columns_of(&self, bins: &RangeInclusive<usize>) -> Option<RangeInclusive<usize>> {
        let (first, last) = (self.first, self.first + self.bins.checked_sub(1)?);
        if *bins.end() < first || *bins.start() > last {
            return None;
        }
        let from = (*bins.start()).max(first) - first;
        let to = (*bins.end()).min(last) - first;
        Some(from * self.columns..=(to + 1) * self.columns - 1)
    }
}

impl TimeAxis {
    /// Counts things by the months that they may touch; each entry stands for so many. Open ends reach to the ends of the
    /// axis.
    pub fn new(things: &[(Months, u32)], scale: Scale) -> TimeAxis {
        let mut axis = TimeAxis { scale, bins: bins(things, scale), ..TimeAxis::default() };
        // How many wide things begin in each bin, less those that end before it.
        let mut change = vec![0_i32; axis.bins.len() + 1];
        axis.exact = vec![0; axis.bins.len()];
        for &(thing, count) in things.iter().filter(|_| !axis.bins.is_empty()) {
            let touched = axis.touched(thing);
            if axis.holds(thing) {
                axis.exact[*touched.start()] += count;
            } else {
                change[*touched.start()] += count as i32;
                change[touched.end() + 1] -= count as i32;
            }
        }
        let mut open = 0;
        for change in &change[..axis.bins.len()] {
            open += change;
            axis.wide.push(open as u32);
        }
        axis.fullest = axis.exact.iter().copied().max().unwrap_or(0);
        axis
    }

    /// Says whether there is nothing on the axis.
    pub fn is_empty(&self) -> bool {
        self.bins.is_empty()
    }

    /// The scale.
    pub fn scale(&self) -> Scale {
        self.scale
    }

    /// Says whether something lies within one bin.
    pub fn holds(&self, months: Months) -> bool {
        let bins = self.touched(months);
        bins.start() == bins.end() && months.0 != i32::MIN && months.1 != i32::MAX
    }

    /// The bins that something touches.
    pub fn touched(&self, months: Months) -> RangeInclusive<usize> {
        let last = self.bins.len().saturating_sub(1);
        let bin = |month: i32| self.bins.partition_point(|bin| bin.last < month).min(last);
        bin(months.0)..=bin(months.1)
    }

    /// Says whether a bin stands for years in which nothing begins or ends.
    pub fn is_gap(&self, bin: usize) -> bool {
        self.bins[bin].gap
    }

    /// The bins that fit into `width` columns: all, or those around the ones that are pointed out.
    pub fn window(&self, width: usize, cursor: Option<Months>) -> Window {
        let bins = self.bins.len();
        let columns = width.checked_div(bins).unwrap_or(1).clamp(1, self.scale.widest());
        let shown = bins.min(width / columns);
        let middle = cursor.map_or(bins, |months| {
            let pointed = self.touched(months);
            let reach = (pointed.end() - pointed.start()).min(shown / 2);
            pointed.start() + reach / 2
        });
        Window { first: middle.saturating_sub(shown / 2).min(bins - shown), bins: shown, columns }
    }

    /// Draws the counts in all but the two last lines of `area`, in these the spans that are wider than a bin and the
    /// years; `cursor` is what to point out.
    pub fn draw(&self, area: Rect, buffer: &mut Buffer, theme: &Theme, cursor: Option<Months>) {
        if self.is_empty() || area.width == 0 || area.height < 3 {
            return;
        }
        let window = self.window(usize::from(area.width), cursor);
        let pointed = cursor.map(|months| self.touched(months));
        let bars = Rect { height: area.height - 2, ..area };
        for bin in window.first..window.first + window.bins {
            let here = pointed.as_ref().is_some_and(|pointed| pointed.contains(&bin));
            let style = theme.style(if here { Look::Title } else { Look::Faint });
            let Some(column) = window.column(bin) else { continue };
            let place = Rect { x: area.x + column as u16, width: window.columns as u16, ..bars };
            self.draw_bar(place, buffer, bin, style);
            let line = match (here, self.wide[bin]) {
                (true, _) => "━",
                _ if self.is_gap(bin) => "…",
                (false, 0) => " ",
                (false, _) => "╌",
            };
            buffer.set_stringn(place.x, bars.bottom(), line.repeat(window.columns), window.columns, style);
        }
        let years = self.years(window, usize::from(area.width));
        buffer.set_stringn(area.x, area.bottom() - 1, years, usize::from(area.width), theme.style(Look::Faint));
    }

    /// Draws the bar of a bin, to an eighth of a line; what is not nothing is seen.
    fn draw_bar(&self, area: Rect, buffer: &mut Buffer, bin: usize, style: Style) {
        let count = self.exact[bin] as usize;
        let full = usize::from(area.height) * 8;
        let level = if count == 0 { 0 } else { (count * full / self.fullest.max(1) as usize).max(1) };
        for (row, y) in (area.top()..area.bottom()).rev().enumerate() {
            let symbol = LEVELS[level.saturating_sub(row * 8).min(8)];
            buffer.set_stringn(area.x, y, symbol.repeat(usize::from(area.width)), usize::from(area.width), style);
        }
    }

    /// The line of years: each under its first bins, where there is room for it, and a sign where more lies beyond.
    pub fn years(&self, window: Window, width: usize) -> String {
        let more_after = window.first + window.bins < self.bins.len();
        let mut line = String::from(if window.first > 0 { "‹" } else { "" });
        let end = width.min(window.bins * window.columns).saturating_sub(usize::from(more_after));
        let shown = &self.bins[window.first..window.first + window.bins];
        let mut column = 0;
        for year in shown.chunk_by(|one, other| one.last.div_euclid(12) == other.first.div_euclid(12)) {
            let used = line.chars().count();
            let from = column.max(if used > 0 { used + 1 } else { 0 });
            column += year.len() * window.columns;
            let number = year[0].first.div_euclid(12).to_string();
            let room = if year.len() == 1 { end } else { column.min(end) };
            if !year[0].gap && from + number.len() <= room {
                line.push_str(&" ".repeat(from - used));
                line.push_str(&number);
            }
        }
        if more_after && line.chars().count() < width {
            line.push_str(&" ".repeat(end.saturating_sub(line.chars().count())));
            line.push('›');
        }
        line
    }
}

/// The bins in which all things begin and end.
fn bins(things: &[(Months, u32)], scale: Scale) -> Vec<Bin> {
    // For each year in which something begins or ends, whether anything is known to the bin within it.
    let mut years: BTreeMap<i32, bool> = BTreeMap::new();
    let bin = |month: i32| month.div_euclid(scale.months());
    for &((first, last), _) in things {
        for month in [first, last].into_iter().filter(|month| *month != i32::MIN && *month != i32::MAX) {
            *years.entry(month.div_euclid(12)).or_default() |= bin(first) == bin(last);
        }
    }
    let mut bins: Vec<Bin> = Vec::new();
    for (year, fine) in years {
        let begin = year * 12;
        if let Some(before) = bins.last().map(|bin| bin.last + 1).filter(|before| *before < begin) {
            bins.push(Bin { first: before, last: begin - 1, gap: true });
        }
        let months = if fine { scale.months() } else { 12 };
        bins.extend((0..12 / months).map(|at| begin + at * months).map(|first| Bin {
            first,
            last: first + months - 1,
            gap: false,
        }));
    }
    bins
}
