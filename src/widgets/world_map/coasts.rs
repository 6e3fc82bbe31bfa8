//! The coasts of a part of the world. They change with that part alone, hardly ever from picture to picture, so those that
//! were drawn last are kept.

use std::cell::RefCell;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use ratatui::symbols::Marker;
use ratatui::widgets::Widget;
use ratatui::widgets::canvas::{Canvas, Map, MapResolution};

use super::View;
use crate::theme::Theme;

/// How many maps are kept: one picture has two at most.
const KEPT: usize = 2;

thread_local! {
    static DRAWN: RefCell<Vec<(Coasts, Buffer)>> = const { RefCell::new(Vec::new()) };
}

/// What coasts look like depends on.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Coasts {
    view: View,
    area: Rect,
    coast: Color,
    ground: Style,
}

/// Draws the coasts of a part of the world.
pub(super) fn draw(view: View, area: Rect, buffer: &mut Buffer, theme: &Theme) {
    let coast = theme.coast().fg.unwrap_or(Color::Reset);
    let coasts = Coasts { view, area, coast, ground: theme.ground() };
    DRAWN.with_borrow_mut(|drawn| {
        match drawn.iter().position(|(kept, _)| *kept == coasts) {
            Some(at) => drawn[at..].rotate_left(1),
            None => drawn.push((coasts, coasts.drawn())),
        }
        if drawn.len() > KEPT {
            drawn.remove(0);
        }
        let Some((_, coasts)) = drawn.last() else { return };
        for row in area.rows() {
            let (from, to) = (coasts.index_of(row.x, row.y), buffer.index_of(row.x, row.y));
            let width = usize::from(row.width);
            buffer.content[to..to + width].clone_from_slice(&coasts.content[from..from + width]);
        }
    });
}

impl Coasts {
    /// The coasts in strips, each within the meridians from -180 to 180 that the library's map has.
    fn drawn(self) -> Buffer {
        let Coasts { view: View { middle, degrees_per_column }, area, coast, ground } = self;
        let mut buffer = Buffer::empty(area);
        buffer.set_style(area, ground);
        let west = middle.longitude - f64::from(area.width) / 2.0 * degrees_per_column;
        let half_height = f64::from(area.height) * degrees_per_column;
        let mut from = 0;
        while from < area.width {
            let begin = west + f64::from(from) * degrees_per_column;
            let turn = ((begin + 180.0) / 360.0).floor() * 360.0;
            let left = ((turn + 180.0 - begin) / degrees_per_column).round().max(1.0);
            let columns = left.min(f64::from(area.width - from)) as u16;
            let strip = Rect { x: area.x + from, width: columns, ..area };
            let end = begin + f64::from(columns) * degrees_per_column;
            Canvas::default()
                .background_color(ground.bg.unwrap_or(Color::Reset))
                .x_bounds([begin - turn, end - turn])
                .y_bounds([middle.latitude - half_height, middle.latitude + half_height])
                .marker(Marker::Braille)
                .paint(|context| context.draw(&Map { resolution: MapResolution::High, color: coast }))
                .render(strip, &mut buffer);
            from += columns;
        }
        buffer
    }
}
