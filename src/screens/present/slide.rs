//! A slide: its title, and the points that are revealed.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Talk;
use crate::context::Context;
use crate::theme::Look;
use crate::widgets::rich_text::{Block, Layout, Run};

/// Draws the slide on which a talk stands.
pub fn draw(talk: &Talk, context: &Context, area: Rect, buffer: &mut Buffer) {
    let stop = talk.standing.slide.checked_sub(1).and_then(|stop| talk.tour.stops.get(stop));
    let title = stop.map_or(&talk.tour.about.name, |stop| stop.title.as_ref().unwrap_or(context.dataset.name(stop.at)));
    let points = stop.map(|stop| &stop.points[..talk.standing.points]).unwrap_or_default();
    let mut blocks: Vec<Block<()>> = vec![Block::paragraph(vec![Run::text(&**title, Look::Title)]), Block::gap()];
    for point in points {
        blocks.push(Block::led("• ", Look::Accent, vec![Run::text(&**point, Look::Plain)]));
        blocks.push(Block::gap());
    }
    let inner = Rect { x: area.x + 2.min(area.width), width: area.width.saturating_sub(4), ..area };
    Layout::new(&blocks, usize::from(inner.width)).draw(inner, buffer, &context.theme, 0, None, false);
}
