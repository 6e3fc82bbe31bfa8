//! The world's coasts in braille, with points on them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;
use ratatui::symbols::Marker;
use ratatui::text::Span;
use ratatui::widgets::Widget;
use ratatui::widgets::canvas::{Canvas, Map, MapResolution};

use unicode_width::UnicodeWidthStr;

use crate::theme::Theme;

/// A point on the map.
#[derive(Debug, Clone)]
pub struct Point {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// What it is called.
    pub name: String,
}

/// Draws the world, or the part of it that `selected` is the middle of, with all points; the selected one is named.
pub fn draw(area: Rect, buffer: &mut Buffer, theme: &Theme, points: &[Point], selected: Option<&Point>) {
    let shown = fitting(area);
    let coast = theme.coast().fg.unwrap_or(Color::Reset);
    Canvas::default()
        .background_color(theme.ground().bg.unwrap_or(Color::Reset))
        .x_bounds([-180.0, 180.0])
        .y_bounds([-58.0, 80.0])
        .marker(Marker::Braille)
        .paint(|context| {
            context.draw(&Map { resolution: MapResolution::High, color: coast });
            context.layer();
            for point in points {
                context.print(point.longitude, point.latitude, Span::styled("•", theme.point(false)));
            }
            if let Some(point) = selected {
                let degrees = 360.0 / f64::from(shown.width.max(1));
                let width = (point.name.width() + 2) as f64 * degrees;
                let (label, west) = match point.longitude + width < 180.0 {
                    true => (format!("◆ {}", point.name), point.longitude),
                    false => (format!("{} ◆", point.name), point.longitude - width + degrees),
                };
                context.print(west.max(-180.0), point.latitude, Span::styled(label, theme.point(true)));
            }
        })
        .render(shown, buffer);
}

/// The largest part of the area in which the world keeps its shape: cells are twice as high as wide.
fn fitting(area: Rect) -> Rect {
    let height = (f64::from(area.width) * 138.0 / 360.0 / 2.0).ceil() as u16;
    Rect { height: height.min(area.height), ..area }
}
