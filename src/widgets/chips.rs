//! Chips: what is chosen, each in a frame of its own on one line, as many as fit.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::theme::{Look, Theme};

use super::fitted;

/// The longest that the text of a chip is drawn, in columns.
const LONGEST: usize = 26;

/// The text of each chip that fits with its column, and how many do not.
fn placed(chips: &[String], width: usize) -> (Vec<(usize, String)>, usize) {
    let mut column = 0;
    let mut placed = Vec::new();
    for (index, chip) in chips.iter().enumerate() {
        let text = format!("[{} ×]", fitted(chip, LONGEST.min(width.saturating_sub(4))));
        let after = if index + 1 < chips.len() { 4 } else { 0 };
        if column + text.width() + after > width && index > 0 {
            return (placed, chips.len() - index);
        }
        let next = column + text.width() + 1;
        placed.push((column, text));
        column = next;
    }
    (placed, 0)
}

/// Draws chips on one line; how many more there are where not all fit.
pub fn draw(chips: &[String], area: Rect, buffer: &mut Buffer, theme: &Theme) {
    if area.is_empty() {
        return;
    }
    let (placed, more) = placed(chips, usize::from(area.width));
    let mut spans: Vec<Span> = Vec::new();
    for (_, text) in placed {
        spans.push(Span::styled(text, theme.style(Look::Chip)));
        spans.push(" ".into());
    }
    if more > 0 {
        spans.push(Span::styled(format!("+{more}"), theme.style(Look::Faint)));
    }
    buffer.set_line(area.x, area.y, &Line::from(spans), area.width);
}

/// The chip at a column of the screen.
pub fn hit(chips: &[String], area: Rect, x: u16) -> Option<usize> {
    let column = usize::from(x.checked_sub(area.x)?);
    let (placed, _) = placed(chips, usize::from(area.width));
    placed.iter().position(|(start, text)| (*start..start + text.width()).contains(&column))
}
