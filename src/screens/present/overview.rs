//! All slides at once, as a grid: the number, the title and the first point of each.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Talk;
use crate::action::Step;
use crate::context::Context;
use crate::keymap::Mode;
use crate::theme::Look;
use crate::tour::Slide;
use crate::widgets::{column, key_hints};

/// The least columns of a slide, and the columns between two.
const NARROWEST: u16 = 24;
const GAP: u16 = 2;

/// The rows of a slide, with the empty one below it.
const ROWS: u16 = 3;

/// How many slides stand side by side, and how many rows of them fit.
fn grid(area: Rect) -> (usize, usize) {
    let across = ((area.width + GAP) / (NARROWEST + GAP)).max(1);
    let down = (area.height.saturating_sub(2) / ROWS).max(1);
    (usize::from(across), usize::from(down))
}

/// The slide that is selected after a move among `count`.
pub fn moved(selected: usize, step: Step, count: usize, area: Rect) -> usize {
    let across = grid(area).0;
    let last = count - 1;
    match step {
        Step::Next => (selected + 1).min(last),
        Step::Previous => selected.saturating_sub(1),
        Step::PageDown if selected + across <= last => selected + across,
        Step::PageUp if selected >= across => selected - across,
        Step::PageDown | Step::PageUp => selected,
        Step::First => 0,
        Step::Last => last,
    }
}

/// Draws the grid around the slide that is selected, and the keys below it.
pub fn draw(talk: &Talk, selected: usize, context: &Context, area: Rect, buffer: &mut Buffer) {
    let (across, down) = grid(area);
    let width = (area.width + GAP) / across as u16 - GAP;
    let lines = talk.slides.len().div_ceil(across);
    let top = (selected / across).saturating_sub(down / 2).min(lines.saturating_sub(down));
    for (at, slide) in talk.slides.iter().enumerate().skip(top * across).take(down * across) {
        let (line, place) = (at / across - top, at % across);
        let x = area.x + place as u16 * (width + GAP);
        let cell = Rect { x, y: area.y + 1 + line as u16 * ROWS, width, height: ROWS - 1 };
        draw_slide(slide, at, at == selected, context, cell.intersection(area), buffer);
    }
    let hints = key_hints::line(&context.keymap, Mode::Overview, &context.theme, usize::from(area.width));
    buffer.set_line(area.x, area.bottom().saturating_sub(1), &hints, area.width);
}

fn draw_slide(slide: &Slide, at: usize, selected: bool, context: &Context, cell: Rect, buffer: &mut Buffer) {
    let width = usize::from(cell.width);
    let title = column(&format!(" {:>2} {}", at + 1, slide.title), width);
    let point = column(&format!("    {}", slide.points.first().map_or("", |point| point)), width);
    for (row, text, look) in [(0, title, Look::Strong), (1, point, Look::Faint)] {
        if row < cell.height {
            buffer.set_stringn(cell.x, cell.y + row, text, width, context.theme.style(look));
        }
    }
    if selected {
        buffer.set_style(cell, context.theme.selection(true));
    }
}
