//! Where things stand on a slide: the title above, the points on the left, what is shown beside them, the footer below.
//! All slides of a tour share one frame, so that nothing jumps between them.

use ratatui::layout::Rect;

use crate::tour::Slide;
use crate::widgets::lettering::{Lettering, Size};

/// The smallest screen with large letters, in rows.
const LOWEST_FOR_LETTERS: u16 = 16;

/// The narrowest screen on which something is shown beside the points, and the highest on which it is shown below them.
const BESIDE: u16 = 70;

/// The rows that the points need before something is shown below them.
const ABOVE: u16 = 12;

/// The widest that points are set.
const WIDEST_POINTS: u16 = 110;

/// The parts of a slide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// The title.
    pub title: Rect,
    /// How large its letters are; plain where there are none.
    pub letters: Option<Size>,
    /// The points.
    pub points: Rect,
    /// What is shown with them.
    pub exhibit: Rect,
    /// The line at the bottom.
    pub footer: Rect,
}

impl Frame {
    /// The frame of a tour's slides on a screen that may know nothing but ASCII.
    pub fn new(slides: &[Slide], ascii: bool, area: Rect) -> Frame {
        let margin = if area.width >= BESIDE { 2 + area.width / 60 } else { 1.min(area.width / 20) };
        let top = u16::from(area.height >= LOWEST_FOR_LETTERS);
        let inner = Rect { x: area.x + margin, width: area.width.saturating_sub(2 * margin), ..area };
        let letters = letters(slides, sizes(ascii), inner);
        let title_rows = letters.map_or(1, Size::rows);
        let title = Rect { y: area.y + top, height: title_rows.min(area.height.saturating_sub(top)), ..inner };
        let body_top = (title.bottom() + 1).min(area.bottom());
        let footer = Rect { y: area.bottom().saturating_sub(1), height: 1.min(area.height), ..inner };
        let body_bottom = footer.y.saturating_sub(top).max(body_top);
        let body = Rect { y: body_top, height: body_bottom - body_top, ..inner };
        let (points, exhibit) = split(body);
        Frame { title, letters, points, exhibit, footer }
    }

    /// The points of a slide beside which nothing is shown.
    pub fn alone(&self) -> Rect {
        let right = self.exhibit.right().max(self.points.right());
        let bottom = self.exhibit.bottom().max(self.points.bottom());
        let width = (right - self.points.x).min(WIDEST_POINTS);
        Rect { width, height: bottom - self.points.y, ..self.points }
    }
}

/// The sizes of letters, the largest first. Quarters of cells are no letters any more where they are drawn in ASCII.
pub fn sizes(ascii: bool) -> &'static [Size] {
    if ascii { &[Size::Huge] } else { &[Size::Huge, Size::Large] }
}

/// The largest letters in which the title of every slide but the first fits on one line; a title that no letters fit
/// does not count, as it is set plainly.
fn letters(slides: &[Slide], sizes: &[Size], inner: Rect) -> Option<Size> {
    if inner.height < LOWEST_FOR_LETTERS {
        return None;
    }
    let titles: Vec<Lettering> = slides.iter().skip(1).filter_map(|slide| Lettering::new(&slide.title)).collect();
    let lowest = |size: Size| inner.height >= size.rows() * 5 || size == Size::Large;
    let fits = |size: &Size| lowest(*size) && titles.iter().all(|title| title.width(*size) <= inner.width);
    sizes.iter().copied().find(fits).or(sizes.last().copied().filter(|size| lowest(*size)))
}

fn split(body: Rect) -> (Rect, Rect) {
    if body.width + 6 >= BESIDE {
        let gap = 2 + body.width / 50;
        let width = (body.width - gap) * 13 / 24;
        let exhibit = Rect { x: body.x + width + gap, width: body.width - width - gap, ..body };
        (Rect { width, ..body }, exhibit)
    } else if body.height >= 2 * ABOVE {
        let height = body.height / 2;
        let exhibit = Rect { y: body.y + height + 1, height: body.height - height - 1, ..body };
        (Rect { height, ..body }, exhibit)
    } else {
        (body, Rect { width: 0, height: 0, ..body })
    }
}
