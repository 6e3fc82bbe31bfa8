//! Floor 7: a screen reader's way through the program, line by line. Lines are only ever added to the output: nothing is
//! drawn, nothing moves, and nothing is said again unless it is asked for. It stands on the same places, history, cards
//! and talks as the explorer, and keeps the same files.

mod browse;
mod cards;
mod command;
mod dialogue;
mod keeping;
mod leaf;
mod present;
mod sitting;
mod speech;

use std::io::{self, BufRead, Write};

use crate::context::Context;
use crate::dataset::{Clean, Record};
use crate::history::History;
use crate::place::{Place, Tab};
use crate::screens::present::Talk;
use crate::screens::study::Wish;
use crate::search::SharedIndex;
use crate::state::State;
use crate::study::Settings;

use browse::Sheet;
pub use command::{BROWSE, Command, PRESENT, STUDY};
pub use dialogue::Dialogue;
pub use keeping::Keeping;
pub use speech::speech;

/// What a reading begins with.
#[derive(Debug)]
pub struct Opening {
    /// The facts, the keys, the marks and the reader's own copy of the source.
    pub context: Context,
    /// What was kept from the last run.
    pub state: State,
    /// Where to begin; the last place where there is none.
    pub place: Option<Place>,
    /// How the reader studies.
    pub study: Settings,
    /// What the reader is told first.
    pub notices: Vec<Clean>,
}

/// What the program was started to do.
#[derive(Debug)]
pub enum Errand {
    /// Read places.
    Browse,
    /// Study cards.
    Study(Wish),
    /// Give a talk.
    Talk(Box<Talk>),
}

/// Whether there is somebody to go on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ended {
    /// The reader went back to what was before.
    Left,
    /// Nothing more will be said: the reader quits, or the input is over.
    Gone,
}

/// A reader and the program, in turns.
#[derive(Debug)]
pub struct Plain<R, W> {
    dialogue: Dialogue<R, W>,
    keeping: Keeping,
    context: Context,
    index: SharedIndex,
    history: History<Sheet>,
    /// The hits of the last search, and which of them was opened last.
    hits: Vec<Record>,
    hit: Option<usize>,
    study: Settings,
    state: State,
}

impl<R: BufRead, W: Write> Plain<R, W> {
    /// A reading that begins where the last one ended, or where it was asked to.
    pub fn new(opening: Opening, dialogue: Dialogue<R, W>, keeping: Keeping) -> io::Result<Plain<R, W>> {
        let Opening { mut context, state, place, study, notices } = opening;
        let dataset = context.dataset;
        context.marks = state.marks.iter().filter_map(|address| dataset.find(address)).collect();
        let last = || Place::parse(state.last.as_deref()?, dataset);
        let place = place.or_else(last).unwrap_or(Place::Tab(Tab::Home));
        let history = History::new(Sheet::of_place(&context, place, &dialogue));
        let index = SharedIndex::new(dataset);
        let (hits, hit) = (Vec::new(), None);
        let mut plain = Plain { dialogue, keeping, context, index, history, hits, hit, study, state };
        notices.iter().try_for_each(|notice| plain.dialogue.say(notice))?;
        Ok(plain)
    }

    /// Goes on until the reader quits or the input is over. Fails where nothing can be written any more.
    pub fn run(&mut self, errand: Errand) -> io::Result<()> {
        match errand {
            Errand::Browse => self.browse()?,
            Errand::Study(wish) => self.study(&wish)?,
            Errand::Talk(talk) => self.present(*talk)?,
        };
        self.keep_place()?;
        self.dialogue.end_line()
    }

    /// Takes the time.
    fn look_at_the_clock(&mut self) {
        let (now, ahead) = self.keeping.now();
        (self.context.now, self.context.ahead) = (now, ahead);
    }

    /// Keeps the marks and the place, where they are others than those kept last.
    fn keep_place(&mut self) -> io::Result<()> {
        let address = |&record: &Record| self.context.dataset.address(record);
        let marks = self.context.marks.iter().map(address).collect();
        let last = self.history.present().place().or(self.trail().last().copied());
        let last = last.map(|place| place.address(self.context.dataset)).or(self.state.last.clone());
        let state = State { version: 1, marks, last, copies: self.state.copies.clone() };
        if state == self.state {
            return Ok(());
        }
        self.state = state;
        let told = self.keeping.save(&self.state);
        told.iter().try_for_each(|told| self.dialogue.say(told))
    }

    /// The places visited, oldest first, without what is no place.
    fn trail(&self) -> Vec<Place> {
        self.history.past().iter().filter_map(Sheet::place).collect()
    }

    /// What is said to what means nothing here.
    fn misunderstood(&mut self, line: &str) -> io::Result<()> {
        self.dialogue.say(&format!("There is no command {}. ? lists the commands.", Clean::line(line)))
    }
}
