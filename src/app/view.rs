//! The picture of the app: a title line, the panes, a footer line, and at most one window on top.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::{App, Stage};
use crate::overlays::Overlay;
use crate::place::{Place, Tab};
use crate::theme::{Look, to_ascii};
use crate::widgets::{fitted, key_hints};

/// The smallest screen that the panes are drawn on, in columns and rows.
const SMALLEST: (u16, u16) = (20, 5);

/// The narrowest screen on which every tab shows its name.
const NAMED_TABS: usize = 116;

/// The space of the panes: all but the title line and the footer.
pub(super) fn body(screen: Rect) -> Rect {
    Rect { y: screen.y.saturating_add(1), height: screen.height.saturating_sub(2), ..screen }
}

impl App {
    /// Draws the present state.
    pub fn view(&self, frame: &mut Frame) {
        let (area, buffer) = (frame.area(), frame.buffer_mut());
        if area.is_empty() {
            return;
        }
        buffer.set_style(area, self.context.theme.ground());
        if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
            self.draw_too_small(area, buffer);
        } else {
            self.draw_stage(area, buffer);
            match &self.overlay {
                Some(Overlay::Search) => self.palette.draw(&self.context, area, buffer),
                Some(overlay) => overlay.draw(&self.context, area, buffer),
                None => {}
            }
        }
        if self.context.ascii {
            to_ascii(buffer);
        }
    }

    /// Draws what has the screen.
    fn draw_stage(&self, area: Rect, buffer: &mut Buffer) {
        let footer = Rect { y: area.bottom() - 1, height: 1, ..area };
        match (self.stage, &self.talk) {
            (Stage::Present, Some(talk)) => talk.draw(&self.context, area, buffer),
            (Stage::Watch, _) => match &self.watch {
                Some(watch) => watch.draw(&self.context, area, buffer),
                None => self.draw_footer(footer, buffer),
            },
            (Stage::Notes, _) => self.notes.draw(&self.context, area, buffer),
            (Stage::Study, _) => self.study.iter().for_each(|study| study.draw(&self.context, area, buffer)),
            (Stage::Explore | Stage::Present, _) => {
                self.draw_title(Rect { height: 1, ..area }, buffer);
                self.history.present().draw(&self.context, body(area), buffer);
            }
        }
        if self.stage == Stage::Explore || !self.message.is_empty() {
            let ground = self.context.theme.ground();
            buffer.content[usize::from(footer.y) * usize::from(area.width)..].iter_mut().for_each(|cell| {
                cell.reset();
                cell.set_style(ground);
            });
            self.draw_footer(footer, buffer);
        }
    }

    fn draw_too_small(&self, area: Rect, buffer: &mut Buffer) {
        let words = ["Too small.", "détente needs", "20 × 5."];
        for (row, text) in words.iter().take(usize::from(area.height)).enumerate() {
            let text = fitted(text, usize::from(area.width));
            buffer.set_stringn(area.x, area.y + row as u16, text, usize::from(area.width), self.theme(Look::Plain));
        }
    }

    fn draw_title(&self, area: Rect, buffer: &mut Buffer) {
        let tabs = self.tabs();
        let tabs_width = tabs.width();
        let room = usize::from(area.width).saturating_sub(tabs_width + 3);
        let (title, trail) = self.breadcrumb(room);
        let line = Line::from(vec![
            Span::styled(format!(" {title}"), self.theme(Look::Strong)),
            Span::styled(trail, self.theme(Look::Faint)),
        ]);
        buffer.set_line(area.x, area.y, &line, area.width);
        let left = area.width.saturating_sub(tabs_width as u16 + 1);
        buffer.set_line(area.x + left, area.y, &tabs, area.width - left);
    }

    /// The tab whose digit or name stands at a place of the screen. A tab is drawn as a gap, its digit and its name.
    pub(super) fn tab_at(&self, at: Position) -> Option<Tab> {
        let tabs = self.tabs();
        let start = usize::from(self.size.0).saturating_sub(tabs.width() + 1);
        let wanted = usize::from(at.x).checked_sub(start).filter(|_| at.y == 0)?;
        let mut column = 0;
        let ends = tabs.spans.chunks(3).map(|tab| {
            column += tab.iter().map(Span::width).sum::<usize>();
            column
        });
        Tab::ALL.into_iter().zip(ends).find(|(_, end)| *end > wanted).map(|(tab, _)| tab)
    }

    /// The tabs by their digits; the open one with its name, all with theirs where there is room.
    fn tabs(&self) -> Line<'static> {
        let named = usize::from(self.size.0) >= NAMED_TABS;
        let open = self.history.present().tab();
        let mut spans = Vec::new();
        for (index, tab) in Tab::ALL.into_iter().enumerate() {
            let name = if named || tab == open { format!(" {}", tab.short_name()) } else { String::new() };
            let gap = if index == 0 { "" } else { "  " };
            let (digit, word) = if tab == open { (Look::Title, Look::Title) } else { (Look::Accent, Look::Faint) };
            spans.push(Span::raw(gap));
            spans.push(Span::styled((index + 1).to_string(), self.theme(digit)));
            spans.push(Span::styled(name, self.theme(word)));
        }
        Line::from(spans)
    }

    /// The dataset's title where there is room for it, and as much of the end of the trail as fits.
    fn breadcrumb(&self, room: usize) -> (String, String) {
        let names: Vec<String> = self.trail().into_iter().map(|place| self.crumb(place)).collect();
        let mut trail = names.last().cloned().unwrap_or_default();
        for (index, name) in names.iter().enumerate().rev().skip(1) {
            let longer = format!("{name} › {trail}");
            if longer.width() + if index > 0 { 4 } else { 0 } > room {
                trail = format!("… › {trail}");
                break;
            }
            trail = longer;
        }
        let title = &*self.context.dataset.source.title;
        if names.len() == 1 {
            return (fitted(title, room), String::new());
        }
        match title.width() + 3 + trail.width() <= room {
            true => (title.to_owned(), format!(" › {trail}")),
            false => (String::new(), fitted(&trail, room)),
        }
    }

    fn crumb(&self, place: Place) -> String {
        match place {
            Place::Source(_) => "Source".to_owned(),
            Place::Tab(tab) => tab.short_name().to_owned(),
            Place::Record(_) => fitted(place.name(self.context.dataset), 26),
        }
    }

    fn draw_footer(&self, area: Rect, buffer: &mut Buffer) {
        let width = usize::from(area.width);
        let mouse = if self.mouse && self.message.is_empty() { "mouse" } else { "" };
        let line = match &*self.message {
            "" => {
                let width = width.saturating_sub(mouse.width() + 1);
                key_hints::line(&self.context.keymap, self.mode(), &self.context.theme, width)
            }
            message => Line::styled(format!(" {}", fitted(message, width.saturating_sub(2))), self.theme(Look::Note)),
        };
        buffer.set_line(area.x, area.y, &line, area.width);
        let right = area.right().saturating_sub(mouse.width() as u16 + 1).max(area.x);
        buffer.set_stringn(right, area.y, mouse, width, self.theme(Look::Faint));
    }

    fn theme(&self, look: Look) -> ratatui::style::Style {
        self.context.theme.style(look)
    }
}
