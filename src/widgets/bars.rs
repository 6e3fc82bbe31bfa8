//! Bars: numbers as lengths, each with its number beside it.

use crate::theme::Look;

use super::column;
use super::rich_text::{Block, Run};

/// One bar.
#[derive(Debug, Clone)]
pub struct Bar<T> {
    /// What it stands for.
    pub label: String,
    /// How long it is, in the unit of the whole.
    pub value: f64,
    /// The number in words, with its qualifier.
    pub number: String,
    /// Where its label leads.
    pub target: Option<T>,
}

/// Bars as lines of a page `width` columns wide, all to the scale of `whole`.
pub fn blocks<T>(bars: Vec<Bar<T>>, whole: f64, width: usize) -> Vec<Block<T>> {
    let label_width = (width / 2).min(40);
    let number_width = bars.iter().map(|bar| bar.number.chars().count()).max().unwrap_or(0);
    let room = width.saturating_sub(label_width + number_width + 3).min(40);
    let block = |bar: Bar<T>| {
        let label = column(&bar.label, label_width);
        let number = format!(" {:>number_width$} ", bar.number);
        let drawn = drawn(if whole > 0.0 { bar.value / whole } else { 0.0 }, room);
        let label = Run { text: label, look: Look::Plain, target: bar.target };
        Block::row(vec![label, Run::text(number, Look::Strong), Run::text(drawn, Look::Accent)])
    };
    bars.into_iter().map(block).collect()
}

/// A bar of a share between 0 and 1 of `width` columns, to an eighth of a column; what is not nothing is seen.
pub fn drawn(share: f64, width: usize) -> String {
    let eighths = (share.clamp(0.0, 1.0) * width as f64 * 8.0).round() as usize;
    let eighths = if share > 0.0 { eighths.max(1) } else { 0 };
    let rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8];
    "█".repeat(eighths / 8) + rest
}
