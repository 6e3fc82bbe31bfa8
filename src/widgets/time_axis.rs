//! A strip of time: one column or more for each month, as high as the month is full, over the years.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::theme::{Look, Theme};

const LEVELS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// Months counted from the year 0: `year * 12 + month - 1`.
pub type Month = i32;

/// Counts per month, from the first month on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TimeAxis {
    /// The month of the first count.
    pub first: Month,
    /// How many there are in each month.
    pub counts: Vec<usize>,
}

impl TimeAxis {
    /// Counts months.
    pub fn new(months: &[Month]) -> TimeAxis {
        let (Some(&first), Some(&last)) = (months.iter().min(), months.iter().max()) else {
            return TimeAxis::default();
        };
        let mut counts = vec![0; (last - first + 1) as usize];
        for month in months {
            counts[(month - first) as usize] += 1;
        }
        TimeAxis { first, counts }
    }

    /// Draws the counts in the first line of `area` and the years in the second; `cursor` is the month to point out.
    pub fn draw(&self, area: Rect, buffer: &mut Buffer, theme: &Theme, cursor: Option<Month>) {
        let width = usize::from(area.width);
        if self.counts.is_empty() || width == 0 || area.height == 0 {
            return;
        }
        let months_per_column = self.counts.len().div_ceil(width);
        let columns_per_month = (width / self.counts.len()).clamp(1, 3);
        let bins: Vec<usize> = self.counts.chunks(months_per_column).map(|bin| bin.iter().sum()).collect();
        let fullest = bins.iter().copied().max().unwrap_or(1).max(1);
        let chosen = cursor.map(|month| (month - self.first).max(0) as usize / months_per_column);
        let bars = bins.iter().enumerate().map(|(index, &count)| {
            let level = if count == 0 { 0 } else { (count * 8 / fullest).max(1) };
            let here = chosen == Some(index);
            let symbol = if here && level == 0 { "·" } else { LEVELS[level] };
            let look = if here { theme.style(Look::Title) } else { theme.style(Look::Faint) };
            Span::styled(symbol.repeat(columns_per_month), look)
        });
        buffer.set_line(area.x, area.y, &Line::from_iter(bars), area.width);
        if area.height > 1 {
            let years = self.years(bins.len() * columns_per_month, months_per_column, columns_per_month);
            buffer.set_stringn(area.x, area.y + 1, years, width, theme.style(Look::Faint));
        }
    }

    /// The line of years: each under its January, where there is room for it.
    fn years(&self, width: usize, months_per_column: usize, columns_per_month: usize) -> String {
        let mut line = String::new();
        for (index, month) in (self.first..).take(self.counts.len()).enumerate() {
            let column = index / months_per_column * columns_per_month;
            let begins = month.rem_euclid(12) == 0 || index == 0;
            let room = line.is_empty() || column > line.len();
            let next_january = (12 - month.rem_euclid(12)) as usize / months_per_column * columns_per_month;
            if begins && room && column + 4 <= width && (index > 0 || next_january > 4) {
                line.push_str(&" ".repeat(column - line.len()));
                line.push_str(&month.div_euclid(12).to_string());
            }
        }
        line
    }
}
