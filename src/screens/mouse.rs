//! The mouse on a screen: clicks, drags and scrolling, by the very layout that is drawn.

use ratatui::layout::{Position, Rect};

use super::{Pane, Screen};
use crate::action::{Action, Request, Step};
use crate::context::Context;

impl Screen {
    /// Lets a click give the pane under it the focus and select what stands there; a link is followed, and what was
    /// selected before is opened.
    pub fn click(&mut self, context: &Context, at: Position, area: Rect) -> Option<Request> {
        let pane = self.pane_at(at, area)?;
        let unfocused = self.focus != pane;
        self.focus_pane(pane);
        let inner = self.inner(area, pane);
        let before = self.selected(context, area);
        let on_row = match pane {
            Pane::Page => return self.page.click(context, at, inner),
            Pane::Outline => {
                let branch = self.index.outline.selected(context);
                let on_row = self.index.outline.click(context, at, inner);
                self.follow_outline(context, branch);
                on_row
            }
            Pane::List => {
                let on_row = self.index.click(context, at, inner);
                self.preview(context);
                on_row
            }
        };
        let again = on_row && !unfocused && before.is_some() && before == self.selected(context, area);
        if again { self.open_selected(context, area) } else { None }
    }

    /// Lets a drag of the mouse go on selecting, as on the strip of time.
    pub fn drag(&mut self, context: &Context, at: Position, area: Rect) {
        if self.focus == Pane::List && self.pane_at(at, area) == Some(Pane::List) {
            self.index.click(context, at, self.inner(area, Pane::List));
            self.preview(context);
        }
    }

    /// Scrolls the pane under the mouse.
    pub fn scroll(&mut self, context: &Context, at: Position, area: Rect, step: Step) {
        match self.pane_at(at, area) {
            Some(Pane::Page) => self.page.scroll(context, step, self.inner(area, Pane::Page)),
            Some(pane) => {
                self.focus_pane(pane);
                self.update_pane(context, Action::Move(step), area);
            }
            None => {}
        }
    }

    fn pane_at(&self, at: Position, area: Rect) -> Option<Pane> {
        self.panes(area).into_iter().find(|(_, rect)| rect.contains(at)).map(|(pane, _)| pane)
    }
}
