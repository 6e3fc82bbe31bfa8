//! What the reader can say: one table for each thing that is done, from which lines are understood and the help is read.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::action::{Action, Step};
use crate::keymap::{Keymap, Mode};

/// A command: what it means, its own words, and what the help says of it. Beside its own words it answers to the word
/// that the configuration knows, and to the key of the explorer where that is one letter.
#[derive(Debug, Clone, Copy)]
pub struct Command {
    /// What it means.
    pub action: Action,
    /// Its own words, the shortest first.
    pub words: &'static [&'static str],
    /// What the help says.
    pub help: &'static str,
}

const fn command(action: Action, words: &'static [&'static str], help: &'static str) -> Command {
    Command { action, words, help }
}

/// What can be said while places are read.
pub const BROWSE: &[Command] = &[
    command(Action::Back, &["b"], "back to where you were"),
    command(Action::Forward, &["f"], "forward again"),
    command(Action::Redraw, &["r", "repeat"], "read this place from its beginning"),
    command(Action::Source, &["s"], "the sentences that state this"),
    command(Action::NextHit, &["n"], "the next hit of the last search"),
    command(Action::PreviousHit, &["N"], "the hit before"),
    command(Action::Mark, &["m"], "mark this record, or take its mark away"),
    command(Action::Marks, &["'"], "list the marks"),
    command(Action::Trail, &["t"], "list the places visited"),
    command(Action::Copy, &["y", "cite"], "the address and citation of this record"),
    command(Action::Study, &["S", "study"], "study cards"),
    command(Action::Present, &["P", "present"], "present a tour"),
    command(Action::Help, &["?"], "this list"),
    command(Action::Quit, &["q"], "quit"),
];

/// What can be said while cards are asked.
pub const STUDY: &[Command] = &[
    command(Action::Redraw, &["r", "repeat"], "read the card again"),
    command(Action::Choices, &["c"], "answers to choose from, or none"),
    command(Action::Undo, &["u"], "take the last answer back"),
    command(Action::Source, &["s"], "the sentences that state this"),
    command(Action::SuspendCard, &["x"], "ask this card no more"),
    command(Action::Help, &["?"], "this list"),
    command(Action::Quit, &["q"], "end the session"),
];

/// What can be said during a talk.
pub const PRESENT: &[Command] = &[
    command(Action::Move(Step::Next), &["n", "next"], "the next point or slide"),
    command(Action::Move(Step::Previous), &["p", "previous"], "back by a point or a slide"),
    command(Action::Redraw, &["r", "repeat"], "read the slide again, as far as it is shown"),
    command(Action::Source, &["notes", "s"], "the speaker's notes"),
    command(Action::Overview, &["o"], "the titles of all slides"),
    command(Action::Timer, &["T", "time"], "how long the talk has lasted"),
    command(Action::Digress, &["e"], "read the record on the slide; q comes back"),
    command(Action::Help, &["?"], "this list"),
    command(Action::Quit, &["q"], "end the talk"),
];

/// What a line means, by its words or else by the key of the explorer that it is.
pub fn understand(line: &str, commands: &[Command], mode: Mode, keymap: &Keymap) -> Option<Action> {
    let said = |command: &&Command| command.words.contains(&line) || command.action.word() == line;
    let known = |action: Action| commands.iter().any(|command| command.action == action);
    let own = commands.iter().find(said).map(|command| command.action);
    own.or_else(|| pressed(line, mode, keymap).filter(|&action| known(action)))
}

/// What a line of one letter means as a key.
fn pressed(line: &str, mode: Mode, keymap: &Keymap) -> Option<Action> {
    let mut letters = line.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else { return None };
    keymap.action(mode, KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE))
}

/// The help: a line for each command.
pub fn help(commands: &[Command]) -> impl Iterator<Item = String> + '_ {
    commands.iter().map(|command| format!("{}: {}.", command.words.join(" or "), command.help))
}
