//! Floor 6: the loop. It waits for what happens, lets the app take it in, performs what the app asks, and shows the
//! picture. There are no ticks: where nothing happens, nothing runs.

use std::io;

use ratatui::Frame;

use crate::action::{Effect, Input};
use crate::app::App;
use crate::clock::Moment;
use crate::dataset::Clean;
use crate::search::SharedIndex;
use crate::state::{Shown, State, TalkState};
use crate::study::{Deed, Report, Stamp};

/// The world around the app, as far as it waits and is drawn on: the real terminal, or a test's.
pub trait Outside: World {
    /// Waits until something happens, or until a moment, and answers all that happened; may answer nothing when only the
    /// picture is due.
    fn wait(&mut self, until: Option<Moment>) -> io::Result<Vec<Input>>;

    /// Shows a picture, or nothing where it would be the same as the one before.
    fn show(&mut self, draw: &mut dyn FnMut(&mut Frame)) -> io::Result<()>;
}

/// What the app asks of the world around it.
pub trait World {
    /// What the clock says.
    fn now(&self) -> Moment;

    /// Puts a text on the clipboard; what the reader is told at once, where it is known at once.
    fn copy(&mut self, text: &Clean) -> Option<Clean>;

    /// Hears the mouse from now on, or no longer.
    fn hear_mouse(&mut self, heard: bool);

    /// Has the next picture drawn in full.
    fn redraw(&mut self);

    /// Hands the terminal back to the shell until it is given again; what the reader is told where that cannot be.
    fn suspend(&mut self) -> Option<Clean>;

    /// Keeps the state for the next run; what the reader is told where that fails.
    fn save(&mut self, state: &State) -> Option<Clean>;

    /// Keeps where a talk stands, for the next run and for the notes; what the reader is told where that fails.
    fn keep_talk(&mut self, talk: &TalkState) -> Option<Clean>;

    /// Shows the audience elsewhere where the talk stands.
    fn show_audience(&mut self, shown: Shown);

    /// How far the local clocks are ahead of UTC now, in minutes.
    fn ahead(&self) -> i16;

    /// Has the reviews read that were kept. Answers what they are, or nothing where that is told later.
    fn read_reviews(&mut self) -> Option<Report>;

    /// Has kept what was done with a card. Answers what became of it, or nothing where that is told later.
    fn note(&mut self, at: Stamp, deed: Deed) -> Option<Report>;

    /// Has a query answered beside the loop, instead of those before it; what the reader is told where that cannot be.
    fn search(&mut self, index: &SharedIndex, number: u64, query: String) -> Option<Clean>;

    /// Takes note of the state, to be kept if the program is ended from outside.
    fn remember(&mut self, state: State);
}

/// Runs the app until it quits, with what has happened already. Fails when the outside can no longer be read or drawn on.
pub fn run(app: &mut App, outside: &mut impl Outside, mut inputs: Vec<Input>) -> io::Result<()> {
    if app.hears_mouse() {
        outside.hear_mouse(true);
    }
    // The rules of time zones are read from files when they are first asked; the first picture does not wait for them.
    let mut ahead = None;
    loop {
        if hear(app, outside, ahead, inputs) {
            return Ok(());
        }
        outside.remember(app.state());
        outside.show(&mut |frame| app.view(frame))?;
        ahead.get_or_insert_with(|| outside.ahead());
        inputs = outside.wait(app.wakes_at())?;
        ahead = Some(outside.ahead());
    }
}

/// Lets the app take in the time, how far local clocks are ahead where that is known, and all that happened, and performs
/// what it asks; answers whether it quits.
pub fn hear(app: &mut App, world: &mut impl World, ahead: Option<i16>, inputs: Vec<Input>) -> bool {
    let clock = std::iter::once(Input::Clock(world.now())).chain(ahead.map(Input::Ahead));
    clock.chain(inputs).any(|input| take_in(app, world, input))
}

/// Lets the app take something in, and performs what it asks; answers whether it quits.
fn take_in(app: &mut App, world: &mut impl World, input: Input) -> bool {
    app.update(input).into_iter().any(|effect| perform(app, world, effect))
}

/// Performs what the app asks, and lets it take in what is known of that at once; answers whether it quits.
fn perform(app: &mut App, world: &mut impl World, effect: Effect) -> bool {
    let told = match effect {
        Effect::Quit => return true,
        Effect::Save(state) => world.save(&state).map(Input::Notice),
        Effect::KeepTalk(talk) => world.keep_talk(&talk).map(Input::Notice),
        Effect::Suspend => world.suspend().map(Input::Notice),
        Effect::Copy(text) => world.copy(&text).map(Input::Notice),
        Effect::Search { number, query } => world.search(app.index(), number, query).map(Input::Notice),
        Effect::ReadReviews => world.read_reviews().map(Input::Kept),
        Effect::Note(at, deed) => world.note(at, deed).map(Input::Kept),
        Effect::Show(shown) => {
            world.show_audience(shown);
            None
        }
        Effect::Mouse(heard) => {
            world.hear_mouse(heard);
            None
        }
        Effect::Redraw => {
            world.redraw();
            None
        }
    };
    told.is_some_and(|input| take_in(app, world, input))
}
