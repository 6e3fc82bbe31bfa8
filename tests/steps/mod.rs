//! The app key by key: the bytes that each step costs, and the fewest that it could.

use std::sync::{Arc, LazyLock};

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

/// A step of a talk, and what it costs.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// The slide to which it leads, from 1.
    pub slide: usize,
    /// The points that it reveals.
    pub points: usize,
    /// What it costs.
    pub cost: Cost,
}

/// What a step costs, in bytes, both with what makes them one update.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// The bytes that are written.
    pub written: usize,
    /// The fewest that it could be.
    pub shortest: usize,
}

impl Cost {
    /// How many times as many bytes as it could be.
    pub fn ratio(self) -> f64 {
        self.written as f64 / self.shortest as f64
    }
}

/// The shipped dataset.
fn shipped() -> &'static Dataset {
    static READ: LazyLock<&'static Dataset> =
        LazyLock::new(|| Box::leak(Box::new(dataset::read(dataset::SHIPPED.as_bytes()).dataset.unwrap())));
    *READ
}

/// The shipped tours.
pub fn tours() -> Vec<Arc<Tour>> {
    tour::tours(shipped())
}

/// The app at the keys, and the terminal that shows what it writes.
pub struct Walk {
    app: App,
    wire: Wire,
    terminal: vt100::Parser,
    before: Buffer,
    anywhere: bool,
}

impl Walk {
    /// Begins in the explorer, or with an errand, on a terminal of this size and kind.
    pub fn new(errand: Option<Errand>, size: (u16, u16), term: &str) -> Walk {
        let opening = Opening {
            state: State::default(),
            printed: None,
            place: None,
            errand,
            study: detente::study::Settings::default(),
            size,
            theme: Theme::ANSI,
            keymap: Keymap::default(),
            ascii: false,
            mouse: false,
        };
        let app = App::new(shipped(), opening);
        let mut wire = Wire::new(term);
        let mut terminal = vt100::Parser::new(size.1.try_into().unwrap(), size.0.try_into().unwrap(), 0);
        let before = picture(&app, size);
        terminal.process(&wire.picture(&before));
        Walk { app, wire, terminal, before, anywhere: term.starts_with("xterm") }
    }

    /// Presses a key; answers what its picture costs.
    pub fn press(&mut self, key: KeyCode) -> Cost {
        self.app.update(Input::Key(KeyEvent::from(key)));
        let after = picture(&self.app, (self.before.area.width, self.before.area.height));
        let written = self.wire.picture(&after);
        let fewest = shortest(&self.terminal, &self.before, &after, self.anywhere);
        self.terminal.process(&written);
        self.before = after;
        Cost { written: written.len(), shortest: fewest + ENVELOPE }
    }
}

/// Every step of a tour, on a terminal of this size and kind.
pub fn walk(tour: &Arc<Tour>, size: (u16, u16), term: &str) -> Vec<Step> {
    let talk = Talk::new(shipped(), tour.clone(), None);
    let mut walk = Walk::new(Some(Errand::Talk(talk)), size, term);
    let mut steps = Vec::new();
    for (slide, stop) in tour.stops.iter().enumerate() {
        for points in 0..=stop.points.len() {
            steps.push(Step { slide: slide + 2, points, cost: walk.press(KeyCode::Char(' ')) });
        }
    }
    steps
}

fn picture(app: &App, (width, height): (u16, u16)) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| app.view(frame)).unwrap().buffer.clone()
}
