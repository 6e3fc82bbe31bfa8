//! The world's coasts in braille, or a part of them, with points, their names where there is room, and lines.

mod coasts;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use crate::theme::{Look, Theme};

/// The latitudes between which there are coasts worth drawing, in degrees north.
const SOUTHMOST: f64 = -58.0;
const NORTHMOST: f64 = 80.0;

/// The two meridians in the middle of a map of the world whose edges lie in an ocean: the Pacific and the Atlantic.
const MIDDLES: [f64; 2] = [10.0, 150.0];

/// The least that a part of the world shows, in degrees from west to east and from south to north: enough coast to be
/// recognised, also around a country that lies far from any.
const NARROWEST: f64 = 70.0;
const LOWEST: f64 = 48.0;

/// A point of the Earth, in degrees north and east.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// A point on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Where it is.
    pub spot: Spot,
    /// What it is called.
    pub name: String,
    /// How large it is drawn.
    pub size: Size,
}

/// How large a point is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Size {
    /// Of no weight of its own.
    Place,
    /// Small.
    Small,
    /// Large.
    Large,
}

impl Size {
    fn symbol(self) -> &'static str {
        match self {
            Size::Place => "◦",
            Size::Small => "•",
            Size::Large => "●",
        }
    }
}

/// The part of the world that is shown: its middle, and how much a column shows. A row shows twice as much, as cells are
/// twice as high as wide.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    middle: Spot,
    degrees_per_column: f64,
}

impl View {
    /// The whole world in so many cells, its edges in the ocean that is the farther from `home`.
    pub fn world(home: Option<Spot>, area: Rect) -> View {
        let apart = |middle: f64| east_of(middle, home.map_or(0.0, |home| home.longitude)).abs();
        let longitude = if apart(MIDDLES[0]) <= apart(MIDDLES[1]) { MIDDLES[0] } else { MIDDLES[1] };
        let (width, height) = (f64::from(area.width.max(1)), f64::from(area.height.max(1)));
        let degrees_per_column = (360.0 / width).max((NORTHMOST - SOUTHMOST) / height / 2.0);
        View { middle: Spot { latitude: f64::midpoint(SOUTHMOST, NORTHMOST), longitude }, degrees_per_column }
    }

    /// The part of the world around some spots, wide enough to be recognised. `None` where there are none.
    pub fn around(spots: &[Spot], area: Rect) -> Option<View> {
        let origin = spots.first()?.longitude;
        let east = |spot: &Spot| east_of(origin, spot.longitude);
        let (west, east) = bounds(spots.iter().map(east))?;
        let (south, north) = bounds(spots.iter().map(|spot| spot.latitude))?;
        let width = ((east - west) * 1.3).clamp(NARROWEST, 360.0) / f64::from(area.width.max(1));
        let height = ((north - south) * 1.4).max(LOWEST) / f64::from(area.height.max(1)) / 2.0;
        let middle = Spot { latitude: f64::midpoint(south, north), longitude: origin + f64::midpoint(west, east) };
        Some(View { middle, degrees_per_column: width.max(height) })
    }

    /// The view so many times nearer, with a spot in its middle.
    pub fn nearer(self, spot: Spot, times: f64) -> View {
        View { middle: spot, degrees_per_column: self.degrees_per_column / times }
    }

    /// The cells of an area that the world fills in this view; no more rows than there are coasts for.
    pub fn fitted(self, area: Rect) -> Rect {
        let rows = ((NORTHMOST - SOUTHMOST) / self.degrees_per_column / 2.0).ceil() as u16;
        Rect { height: rows.min(area.height), ..area }
    }

    /// Where a spot lies, in columns and rows from the middle of the view.
    pub fn place(self, spot: Spot) -> (f64, f64) {
        let columns = east_of(self.middle.longitude, spot.longitude) / self.degrees_per_column;
        (columns, (self.middle.latitude - spot.latitude) / self.degrees_per_column / 2.0)
    }

    /// The cell of a spot; `None` where it is out of sight.
    pub fn cell(self, spot: Spot, area: Rect) -> Option<Position> {
        cell(self.place(spot), area)
    }
}

/// The cell so many columns and rows from the middle of an area; `None` outside of it.
fn cell((columns, rows): (f64, f64), area: Rect) -> Option<Position> {
    let x = (columns + f64::from(area.width) / 2.0).floor();
    let y = (rows + f64::from(area.height) / 2.0).floor();
    let inside = x >= 0.0 && y >= 0.0 && x < f64::from(area.width) && y < f64::from(area.height);
    inside.then(|| Position { x: area.x + x as u16, y: area.y + y as u16 })
}

/// How many degrees `longitude` lies east of a meridian, from -180 to 180.
fn east_of(meridian: f64, longitude: f64) -> f64 {
    (longitude - meridian + 180.0).rem_euclid(360.0) - 180.0
}

fn bounds(values: impl Iterator<Item = f64> + Clone) -> Option<(f64, f64)> {
    Some((values.clone().reduce(f64::min)?, values.reduce(f64::max)?))
}

/// A map: the part of the world, its points, which of them is selected, and where a line to that one begins.
#[derive(Debug, Clone, PartialEq)]
pub struct WorldMap<'a> {
    /// The part of the world.
    pub view: View,
    /// The points.
    pub points: &'a [Point],
    /// The point that is selected.
    pub selected: Option<usize>,
    /// Where a line to it begins.
    pub from: Option<Spot>,
    /// The smallest size of points that are named beside the selected one.
    pub least_named: Size,
}

impl WorldMap<'_> {
    /// Draws coasts, line, points and names.
    pub fn draw(&self, area: Rect, buffer: &mut Buffer, theme: &Theme) {
        let area = area.intersection(buffer.area);
        if area.is_empty() {
            return;
        }
        coasts::draw(self.view, area, buffer, theme);
        let selected = self.selected.and_then(|at| self.points.get(at));
        if let (Some(from), Some(to)) = (self.from, selected) {
            self.draw_line(from, to.spot, area, buffer, theme.style(Look::Accent));
        }
        self.draw_points(area, buffer, theme);
        self.draw_names(area, buffer, theme);
    }

    /// Draws a line through the cells between two spots, the shorter way round in this view.
    fn draw_line(&self, from: Spot, to: Spot, area: Rect, buffer: &mut Buffer, style: Style) {
        let (start, end) = (self.view.place(from), self.view.place(to));
        let steps = ((end.0 - start.0).abs().max((end.1 - start.1).abs() * 2.0)).ceil().min(2000.0);
        for step in (1..steps as usize).step_by(2) {
            let share = step as f64 / steps;
            let place = (start.0 + (end.0 - start.0) * share, start.1 + (end.1 - start.1) * share);
            if let Some(cell) = cell(place, area) {
                buffer.set_stringn(cell.x, cell.y, "·", 1, style);
            }
        }
    }

    /// Draws the points, the small ones first, the selected one last.
    fn draw_points(&self, area: Rect, buffer: &mut Buffer, theme: &Theme) {
        let mut order: Vec<usize> = (0..self.points.len()).collect();
        order.sort_by_key(|&at| (self.selected == Some(at), self.points[at].size));
        for at in order {
            let point = &self.points[at];
            let Some(cell) = self.view.cell(point.spot, area) else { continue };
            let (symbol, style) = match self.selected == Some(at) {
                true => ("◆", theme.point(true)),
                false => (point.size.symbol(), theme.point(false)),
            };
            buffer.set_stringn(cell.x, cell.y, symbol, 1, style);
        }
    }

    /// Writes the names that fit without covering a point or another name: the selected one's always, then the largest.
    fn draw_names(&self, area: Rect, buffer: &mut Buffer, theme: &Theme) {
        let cells: Vec<Option<Position>> = self.points.iter().map(|point| self.view.cell(point.spot, area)).collect();
        let mut taken: Vec<Rect> = cells.iter().flatten().map(|cell| Rect::new(cell.x, cell.y, 1, 1)).collect();
        let mut order: Vec<usize> = (0..self.points.len()).collect();
        order.sort_by_key(|&at| (self.selected != Some(at), std::cmp::Reverse(self.points[at].size)));
        let mut named: Vec<(Position, &str)> = Vec::new();
        for at in order {
            let Some(cell) = cells[at] else { continue };
            let name = &self.points[at].name;
            let selected = self.selected == Some(at);
            let named_already = named.iter().any(|&(place, other)| place == cell || other == name);
            if !selected && (named_already || self.points[at].size < self.least_named) {
                continue;
            }
            let sides: Vec<Rect> = sides(cell, name.width() as u16, area).into_iter().flatten().collect();
            let free = sides.iter().find(|place| !taken.iter().any(|other| other.intersects(with_gap(**place, cell))));
            let Some(&place) = free.or(sides.first().filter(|_| selected)) else { continue };
            taken.push(Rect { x: place.x.saturating_sub(1), width: place.width + 2, ..place });
            named.push((cell, name));
            let style = if selected { theme.point(true) } else { theme.style(Look::Plain) };
            let cleared = with_gap(place, cell);
            let blanks = " ".repeat(usize::from(cleared.width));
            buffer.set_stringn(cleared.x, cleared.y, blanks, area.width.into(), Style::reset());
            buffer.set_style(cleared, theme.ground());
            buffer.set_stringn(place.x, place.y, name, usize::from(place.width), style);
        }
    }
}

/// The place of a name with the empty cell between it and its point.
fn with_gap(place: Rect, cell: Position) -> Rect {
    Rect { x: place.x - u16::from(place.x > cell.x), width: place.width + 1, ..place }
}

/// The places for a name beside a point: on its right, on its left, as far as they lie within the area.
fn sides(cell: Position, width: u16, area: Rect) -> [Option<Rect>; 2] {
    let right = Rect { x: cell.x + 2, y: cell.y, width, height: 1 };
    let left = cell.x.checked_sub(width + 1).map(|x| Rect { x, ..right });
    [Some(right).filter(|place| place.right() <= area.right()), left.filter(|place| place.x >= area.x)]
}
