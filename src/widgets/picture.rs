//! Pictures that stand between the lines of a page: a part of the map, or a strip of time.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::time_axis::TimeAxis;
use super::world_map::{Point, Size, Spot, View, WorldMap};
use crate::theme::Theme;

/// The lowest and the highest that a map is drawn on a page, in rows.
const MAP_HEIGHT: (u16, u16) = (6, 10);

/// The widest that a map is drawn on a page, in columns.
const MAP_WIDTH: u16 = 56;

/// The rows of a strip of time: two of bars, one of spans, one of years.
const STRIP_HEIGHT: u16 = 4;

/// A picture.
#[derive(Debug, Clone, PartialEq)]
pub enum Picture {
    /// The part of the world around the first points, of which the first is selected; the others lie where they lie.
    Map {
        /// The points.
        points: Vec<Point>,
        /// How many of them the part of the world is chosen for.
        shown: usize,
    },
    /// A strip of time.
    Strip(TimeAxis),
}

impl Picture {
    /// The rows that it takes in `width` columns.
    pub fn height(&self, width: u16) -> u16 {
        match self {
            Picture::Map { .. } => (width / 4).clamp(MAP_HEIGHT.0, MAP_HEIGHT.1),
            Picture::Strip(_) => STRIP_HEIGHT,
        }
    }

    /// Draws the rows from `skipped` on into an area.
    pub fn draw(&self, area: Rect, skipped: u16, buffer: &mut Buffer, theme: &Theme) {
        let whole = Rect { x: 0, y: 0, width: area.width, height: self.height(area.width) };
        let mut drawn = Buffer::empty(whole);
        drawn.set_style(whole, theme.ground());
        self.draw_whole(whole, &mut drawn, theme);
        let rows = whole.height.saturating_sub(skipped).min(area.height);
        for (row, column) in (0..rows).flat_map(|row| (0..area.width).map(move |column| (row, column))) {
            let from = drawn.cell((column, row + skipped)).cloned();
            if let (Some(from), Some(to)) = (from, buffer.cell_mut((area.x + column, area.y + row))) {
                *to = from;
            }
        }
    }

    fn draw_whole(&self, area: Rect, buffer: &mut Buffer, theme: &Theme) {
        match self {
            Picture::Strip(axis) => axis.draw(area, buffer, theme, None),
            Picture::Map { points, shown } => {
                let area = Rect { width: area.width.min(MAP_WIDTH), ..area };
                let spots: Vec<Spot> = points[..*shown].iter().map(|point| point.spot).collect();
                let Some(view) = View::around(&spots, area) else { return };
                let map = WorldMap { view, points, selected: Some(0), from: None, least_named: Size::Large };
                map.draw(area, buffer, theme);
            }
        }
    }
}
