//! Floor 6: the loop. It waits for what happens, lets the app take it in, performs what the app asks, and shows the
//! picture. There are no ticks: where nothing happens, nothing runs.

use std::io;

use ratatui::Frame;

use crate::action::{Effect, Input};
use crate::app::App;
use crate::dataset::Clean;
use crate::state::State;

/// The world around the app: the real terminal, or a test's.
pub trait Outside {
    /// Waits until something happens and answers all of it; may answer nothing when only the picture is due.
    fn wait(&mut self) -> io::Result<Vec<Input>>;

    /// Shows a picture, or nothing where it would be the same as the one before.
    fn show(&mut self, draw: &mut dyn FnMut(&mut Frame)) -> io::Result<()>;

    /// Has the next picture drawn in full.
    fn redraw(&mut self);

    /// Hands the terminal back to the shell until it is given again; what the reader is told where that cannot be.
    fn suspend(&mut self) -> Option<Clean>;

    /// Keeps the state for the next run; what the reader is told where that fails.
    fn save(&mut self, state: &State) -> Option<Clean>;

    /// Takes note of the state, to be kept if the program is ended from outside.
    fn remember(&mut self, state: State);
}

/// Runs the app until it quits. Fails when the outside can no longer be read or drawn on.
pub fn run(app: &mut App, outside: &mut impl Outside) -> io::Result<()> {
    loop {
        outside.remember(app.state());
        outside.show(&mut |frame| app.view(frame))?;
        for input in outside.wait()? {
            for effect in app.update(input) {
                let notice = match effect {
                    Effect::Quit => return Ok(()),
                    Effect::Save(state) => outside.save(&state),
                    Effect::Suspend => outside.suspend(),
                    Effect::Redraw => {
                        outside.redraw();
                        None
                    }
                };
                notice.into_iter().for_each(|notice| drop(app.update(Input::Notice(notice))));
            }
        }
    }
}
