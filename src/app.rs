//! The app: inputs in, effects out, and a picture of its state.

use crossterm::event::{KeyCode, KeyModifiers};
use ratatui::Frame;
use ratatui::text::Line;

use crate::action::{Effect, Input};
use crate::dataset::{Clean, Dataset};
use crate::place::Place;
use crate::state::State;
use crate::theme::Theme;

/// What the app starts with.
#[derive(Debug, Clone)]
pub struct Opening {
    /// What was kept from the last run.
    pub state: State,
    /// Where to begin; the last place where there is none.
    pub place: Option<Place>,
    /// The terminal's size in columns and rows.
    pub size: (u16, u16),
    /// What things look like.
    pub theme: Theme,
    /// Whether the terminal knows nothing but ASCII.
    pub ascii: bool,
}

/// The whole of what the reader sees and has done.
#[derive(Debug)]
pub struct App {
    message: Clean,
}

impl App {
    /// The app on a dataset.
    pub fn new(_dataset: &'static Dataset, _opening: Opening) -> App {
        App { message: Clean::default() }
    }

    /// Takes in what happened; answers what the shell has to do.
    pub fn update(&mut self, input: Input) -> Vec<Effect> {
        match input {
            Input::Key(key) => match (key.code, key.modifiers) {
                (KeyCode::Char('q'), _) | (KeyCode::Char('c'), KeyModifiers::CONTROL) => {
                    vec![Effect::Save(State::default()), Effect::Quit]
                }
                (KeyCode::Char('z'), KeyModifiers::CONTROL) => vec![Effect::Suspend],
                (KeyCode::Char('l'), KeyModifiers::CONTROL) => vec![Effect::Redraw],
                _ => {
                    self.message = Clean::line(format!("{:?}", key.code));
                    Vec::new()
                }
            },
            _ => Vec::new(),
        }
    }

    /// Draws the present state.
    pub fn view(&self, frame: &mut Frame) {
        frame.render_widget(Line::from(&*self.message), frame.area());
    }
}
