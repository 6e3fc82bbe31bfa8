//! A pane: a quiet border with a title, unmistakable when it has the focus.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear, Widget};

use super::fitted;
use crate::theme::{Look, Theme};

/// Draws the frame of a pane and gives the space within, one column in from the border on either side.
pub fn draw(area: Rect, buffer: &mut Buffer, theme: &Theme, focused: bool, title: &str, corner: &str) -> Rect {
    let width = usize::from(area.width.saturating_sub(4));
    let style = theme.style(if focused { Look::Title } else { Look::Faint });
    let border = if focused { BorderType::Thick } else { BorderType::Plain };
    let mut block = Block::bordered().border_style(theme.border(focused)).border_type(border);
    if !title.is_empty() {
        let title = Span::styled(format!(" {} ", fitted(title, width.saturating_sub(2))), style);
        block = block.title_top(Line::from(title));
    }
    if !corner.is_empty() && corner.len() + 4 <= width {
        let corner = Span::styled(format!(" {corner} "), theme.style(Look::Faint));
        block = block.title_bottom(Line::from(corner).right_aligned());
    }
    let inner = block.inner(area);
    block.render(area, buffer);
    Rect { x: inner.x.saturating_add(1).min(inner.right()), width: inner.width.saturating_sub(2), ..inner }
}

/// Draws a window on top of everything else, `width` by `height` at most, and gives the space within.
pub fn window(screen: Rect, buffer: &mut Buffer, theme: &Theme, size: (u16, u16), title: &str, corner: &str) -> Rect {
    let area = window_area(screen, size);
    Clear.render(area, buffer);
    buffer.set_style(area, theme.ground());
    draw(area, buffer, theme, true, title, corner)
}

/// The area of a window with its frame.
pub fn window_area(screen: Rect, size: (u16, u16)) -> Rect {
    let width = size.0.saturating_add(4).min(screen.width);
    let height = size.1.saturating_add(2).min(screen.height);
    Rect { x: screen.x + (screen.width - width) / 2, y: screen.y + (screen.height - height) / 3, width, height }
}

/// The space within a pane or a window.
pub fn inner(area: Rect) -> Rect {
    Rect {
        x: area.x.saturating_add(2),
        y: area.y.saturating_add(1),
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(2),
    }
}
