//! The points of a slide. Each has its place from the beginning, so that one more moves none of the others.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::dataset::Clean;
use crate::theme::{Look, Theme};
use crate::widgets::lettering::{Lettering, Size};
use crate::widgets::rich_text::{Block, Layout, Run};

/// The most empty lines between two points.
const WIDEST_GAP: u16 = 3;

/// Points as they stand on the slide.
enum Set {
    Plain(Vec<Layout<()>>),
    Large(Vec<Vec<Lettering>>),
}

/// The columns before a point, for its bullet.
const LEAD: u16 = 2;
const LARGE_LEAD: u16 = 4;

/// Draws the points that are revealed: in large letters where those are wanted and all of the slide's fit, so that none
/// is larger than another.
pub fn draw(points: &[Clean], revealed: usize, letters: bool, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let lettered = large(points, area).filter(|_| letters);
    let set = lettered.map_or_else(|| Set::Plain(plain(points, area)), Set::Large);
    let heights = heights(&set);
    let lines: u16 = heights.iter().sum();
    let gaps = u16::try_from(points.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let gap = area.height.saturating_sub(lines).checked_div(gaps).unwrap_or(0).min(WIDEST_GAP);
    let tops: Vec<u16> = (0..=points.len()).map(|at| heights[..at].iter().map(|height| height + gap).sum()).collect();
    // Where not all fit, the last that is revealed is seen.
    let hidden = tops[revealed].saturating_sub(gap).saturating_sub(area.height);
    for (at, height) in heights.iter().enumerate().take(revealed).filter(|(at, height)| tops[*at] + *height > hidden) {
        let skipped = hidden.saturating_sub(tops[at]);
        let y = area.y + tops[at].saturating_sub(hidden);
        let place = Rect { y, height: (height - skipped).min(area.bottom().saturating_sub(y)), ..area };
        draw_point(&set, at, usize::from(skipped), theme, place, buffer);
    }
}

fn heights(set: &Set) -> Vec<u16> {
    match set {
        Set::Plain(layouts) => layouts.iter().map(|layout| layout.height() as u16).collect(),
        Set::Large(points) => points.iter().map(|lines| lines.len() as u16 * Size::Large.rows()).collect(),
    }
}

fn draw_point(set: &Set, at: usize, skipped: usize, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    match set {
        Set::Plain(layouts) => layouts[at].draw(area, buffer, theme, skipped, None, false),
        Set::Large(points) => {
            let bullet = Rect { y: area.y + 1, height: 2.min(area.height.saturating_sub(1)), ..area };
            for row in bullet.rows() {
                buffer.set_stringn(row.x, row.y, "▐▌", 2, theme.style(Look::Accent));
            }
            for (line, lettering) in points[at].iter().enumerate() {
                let down = line as u16 * Size::Large.rows();
                let left = area.width.saturating_sub(LARGE_LEAD);
                let height = area.height.saturating_sub(down);
                let place = Rect { x: area.x + LARGE_LEAD, y: area.y + down, width: left, height };
                lettering.draw(Size::Large, place, buffer, theme.style(Look::Plain));
            }
        }
    }
}

fn plain(points: &[Clean], area: Rect) -> Vec<Layout<()>> {
    let layout = |point: &Clean| {
        let point = Block::led("• ", Look::Accent, vec![Run::text(&**point, Look::Strong)]);
        Layout::new(&[point], usize::from(area.width.max(LEAD + 1)))
    };
    points.iter().map(layout).collect()
}

/// The points in large letters, where all of them fit with a line between them.
fn large(points: &[Clean], area: Rect) -> Option<Vec<Vec<Lettering>>> {
    let width = area.width.checked_sub(LARGE_LEAD)?;
    let lettered: Option<Vec<Vec<Lettering>>> =
        points.iter().map(|point| Lettering::wrapped(point, Size::Large, width)).collect();
    let lines: usize = lettered.iter().flatten().map(Vec::len).sum();
    let rows = lines * usize::from(Size::Large.rows()) + points.len().saturating_sub(1);
    lettered.filter(|_| rows <= usize::from(area.height))
}
