//! A talk step by step: the bytes that each step costs, and the fewest that it could.

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent};
use detente::action::Input;
use detente::app::{App, Errand, Opening};
use detente::dataset::{self, Dataset, Tour};
use detente::keymap::Keymap;
use detente::screens::present::Talk;
use detente::state::State;
use detente::theme::Theme;
use detente::tour;
use detente::wire::Wire;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

use crate::shortest::{ENVELOPE, shortest};

/// A step, and what it costs.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// The slide to which it leads, from 1.
    pub slide: usize,
    /// The points that it reveals.
    pub points: usize,
    /// The bytes that are written.
    pub written: usize,
    /// The fewest that it could be; both with what makes them one update.
    pub shortest: usize,
}

impl Step {
    /// How many times as many bytes as it could be.
    pub fn ratio(&self) -> f64 {
        self.written as f64 / self.shortest as f64
    }
}

/// The shipped dataset.
fn shipped() -> &'static Dataset {
    Box::leak(Box::new(dataset::read(dataset::SHIPPED.as_bytes()).dataset.unwrap()))
}

/// The shipped tours.
pub fn tours() -> Vec<Arc<Tour>> {
    tour::tours(shipped())
}

/// Every step of a tour, on a terminal of this size and kind.
pub fn walk(tour: &Arc<Tour>, size: (u16, u16), term: &str) -> Vec<Step> {
    let dataset = shipped();
    let opening = Opening {
        state: State::default(),
        printed: None,
        place: None,
        errand: Some(Errand::Talk(Talk::new(dataset, tour.clone(), None))),
        study: detente::study::Settings::default(),
        size,
        theme: Theme::ANSI,
        keymap: Keymap::default(),
        ascii: false,
        mouse: false,
    };
    let mut app = App::new(dataset, opening);
    let mut wire = Wire::new(term);
    let mut terminal = vt100::Parser::new(size.1.try_into().unwrap(), size.0.try_into().unwrap(), 0);
    let mut before = picture(&app, size);
    terminal.process(&wire.picture(&before));
    let mut steps = Vec::new();
    for (slide, stop) in tour.stops.iter().enumerate() {
        for points in 0..=stop.points.len() {
            app.update(Input::Key(KeyEvent::from(KeyCode::Char(' '))));
            let after = picture(&app, size);
            let written = wire.picture(&after);
            let fewest = shortest(&terminal, &before, &after, term.starts_with("xterm"));
            steps.push(Step { slide: slide + 2, points, written: written.len(), shortest: fewest + ENVELOPE });
            terminal.process(&written);
            before = after;
        }
    }
    steps
}

fn picture(app: &App, (width, height): (u16, u16)) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| app.view(frame)).unwrap().buffer.clone()
}
