//! The mouse: whether it is heard, and what it does on a window on top, on the tabs, on the panes.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use super::{App, Stage};
use crate::action::{Action, Effect, Step};
use crate::dataset::Clean;
use crate::overlays::Overlay;
use crate::place::Place;
use crate::screens::study::Study;

/// How many rows or lines one notch of the wheel moves.
const NOTCH: usize = 3;

impl App {
    /// Hears the mouse, or no longer.
    pub(super) fn turn_mouse(&mut self) -> Effect {
        self.mouse = !self.mouse;
        let key = self.key(Action::Mouse);
        match self.mouse {
            true => self.say(&format!("The mouse is on; {key} turns it off, so that the terminal selects text again.")),
            false => self.say("The mouse is off; the terminal selects text."),
        }
        Effect::Mouse(self.mouse)
    }

    /// Takes in a click, a drag or a turn of the wheel. A talk has no use for any.
    pub(super) fn take_mouse(&mut self, mouse: MouseEvent) -> Vec<Effect> {
        let at = Position { x: mouse.column, y: mouse.row };
        match self.stage {
            Stage::Study if self.overlay.is_none() => return self.mouse_in_study(mouse.kind, at),
            Stage::Explore | Stage::Study => self.mouse_in_explorer(mouse.kind, at),
            _ => {}
        }
        Vec::new()
    }

    fn mouse_in_study(&mut self, kind: MouseEventKind, at: Position) -> Vec<Effect> {
        let screen = self.screen();
        let clicked = |study: &mut Study| study.click(&self.context, at, screen);
        let action = match kind {
            MouseEventKind::Down(MouseButton::Left) => self.study.as_mut().and_then(clicked),
            MouseEventKind::ScrollDown => Some(Action::Move(Step::Next)),
            MouseEventKind::ScrollUp => Some(Action::Move(Step::Previous)),
            _ => None,
        };
        action.map(|action| self.act_on_study(action)).unwrap_or_default()
    }

    fn mouse_in_explorer(&mut self, kind: MouseEventKind, at: Position) {
        match kind {
            MouseEventKind::Down(MouseButton::Left) if self.overlay.is_some() => self.click_overlay(at),
            MouseEventKind::Down(MouseButton::Left) => self.click(at),
            MouseEventKind::Drag(MouseButton::Left) if self.overlay.is_none() => {
                let body = self.body();
                self.history.present_mut().drag(&self.context, at, body);
            }
            MouseEventKind::ScrollDown => self.scroll(at, Step::Next),
            MouseEventKind::ScrollUp => self.scroll(at, Step::Previous),
            _ => {}
        }
    }

    fn click(&mut self, at: Position) {
        self.message = Clean::default();
        if let Some(tab) = self.tab_at(at) {
            return self.open(Place::Tab(tab));
        }
        let body = self.body();
        let request = self.history.present_mut().click(&self.context, at, body);
        self.answer(request);
    }

    /// A click on the window on top; beside it, it closes the window.
    fn click_overlay(&mut self, at: Position) {
        let screen = self.screen();
        let clicked = match &mut self.overlay {
            Some(Overlay::Search) => self.palette.click(at, screen),
            Some(overlay) => overlay.click(&self.context, at, screen),
            None => None,
        };
        match clicked {
            Some(request) => self.answer_overlay(request),
            None => self.overlay = None,
        }
    }

    fn scroll(&mut self, at: Position, step: Step) {
        let body = self.body();
        for _ in 0..NOTCH {
            match self.overlay {
                Some(_) => self.act_on_overlay(Action::Move(step)),
                None => self.history.present_mut().scroll(&self.context, at, body, step),
            }
        }
    }
}
