//! Bars: numbers as lengths, each with its number, and what is to be said of it, beside it.

use unicode_width::UnicodeWidthStr;

use crate::theme::Look;

use super::column;
use super::rich_text::{Block, Run};

/// The narrowest page on which a bar and all its words stand on one line, in columns.
const ONE_LINE: usize = 66;

/// The widest that a bar is drawn, in columns.
const WIDEST: usize = 40;

/// One bar.
#[derive(Debug, Clone)]
pub struct Bar<T> {
    /// What it stands for.
    pub label: String,
    /// Where it begins, in the unit of the whole: the parts of a whole begin where the one before ends.
    pub from: f64,
    /// How long it is, in the unit of the whole; `None` where there is no number to draw.
    pub value: Option<f64>,
    /// The number in words, with its qualifier.
    pub number: String,
    /// Whether the number is only the least that it may be.
    pub open: bool,
    /// What else is to be said of it.
    pub note: String,
    /// Where its label leads.
    pub target: Option<T>,
    /// Whether it is the one to look at.
    pub marked: bool,
}

impl<T> Bar<T> {
    /// A bar from nothing on, with nothing more to be said of it.
    pub fn new(label: impl Into<String>, value: f64, number: impl Into<String>) -> Bar<T> {
        Bar {
            label: label.into(),
            from: 0.0,
            value: Some(value),
            number: number.into(),
            open: false,
            note: String::new(),
            target: None,
            marked: false,
        }
    }
}

/// Bars as lines of a page `width` columns wide, all to the scale of `whole`.
pub fn blocks<T>(bars: Vec<Bar<T>>, whole: f64, width: usize) -> Vec<Block<T>> {
    let number_width = bars.iter().map(|bar| bar.number.width()).max().unwrap_or(0);
    let note_width = bars.iter().map(|bar| bar.note.width()).max().unwrap_or(0);
    let one_line = width >= ONE_LINE;
    let label_width = if one_line { width * 2 / 5 } else { width.saturating_sub(number_width + 2) };
    let beside = if one_line { label_width + number_width + note_width + 4 } else { note_width + 5 };
    let room = width.saturating_sub(beside).min(WIDEST);
    let block = |bar: Bar<T>| {
        let look = if bar.marked { Look::Matched } else { Look::Plain };
        let label = Run { text: column(&bar.label, label_width), look, target: bar.target };
        let number = Run::text(format!(" {:>number_width$} ", bar.number), Look::Strong);
        let sign = if bar.open { "›" } else { "" };
        let drawn = bar.value.map_or(String::new(), |value| drawn(bar.from / whole, value / whole, room) + sign);
        let drawn = Run::text(column(&drawn, room + 1), Look::Accent);
        let note = Run::text(format!(" {}", bar.note), Look::Faint);
        match one_line {
            true => vec![Block::row(vec![label, number, drawn, note])],
            false => vec![Block::row(vec![label, number]), Block::row(vec![Run::text("  ", Look::Plain), drawn, note])],
        }
    };
    bars.into_iter().flat_map(block).collect()
}

/// A bar of a share between 0 and 1 of `width` columns that begins at another share. A bar that begins at nothing is
/// drawn to an eighth of a column, the others to the column, so that each begins where the one before ends; what is not
/// nothing is seen.
pub fn drawn(from: f64, share: f64, width: usize) -> String {
    let columns = |share: f64| share.clamp(0.0, 1.0) * width as f64;
    if from > 0.0 {
        let begin = (columns(from).round() as usize).min(width.saturating_sub(1));
        let end = (columns(from + share).round() as usize).max(begin + 1);
        return " ".repeat(begin) + &"█".repeat(end - begin);
    }
    let eighths = (columns(share) * 8.0).round() as usize;
    let eighths = if share > 0.0 { eighths.max(1) } else { 0 };
    let rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8];
    "█".repeat(eighths / 8) + rest
}
