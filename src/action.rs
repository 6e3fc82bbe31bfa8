//! The four words between the terminal and a page: an input becomes an action, a page answers with a request, and the
//! app hands effects to the shell.

use std::sync::Arc;

use crossterm::event::{KeyEvent, MouseEvent};

use crate::clock::Moment;
use crate::dataset::{Clean, Record};
use crate::place::{Place, Tab};
use crate::search::Results;
use crate::search::facet::Facet;
use crate::state::{Shown, State, TalkState};
use crate::study::{Deed, Grade, Report, Stamp};

/// What happened outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed.
    Key(KeyEvent),
    /// The mouse was used; its coordinates lie inside the terminal.
    Mouse(MouseEvent),
    /// Text was pasted.
    Paste(Clean),
    /// The terminal has a new size in columns and rows.
    Resize(u16, u16),
    /// Something outside has to be said to the reader.
    Notice(Clean),
    /// Where a talk stands that is given in another terminal.
    Talk(TalkState),
    /// What the clock says: it is read before anything else is taken in.
    Clock(Moment),
    /// How far the local clocks are ahead of UTC, in minutes.
    Ahead(i16),
    /// What became of reviews that were to be read or kept.
    Kept(Report),
    /// What a search found, or has found so far.
    Found {
        /// The number of the search.
        number: u64,
        /// What it found.
        results: Arc<Results>,
    },
    /// What is shown to those who watch a talk.
    Shown(Box<Shown>),
    /// So many are watching the talk that is given here.
    Watching(usize),
}

/// What the reader meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Go within the list or page that has the focus.
    Move(Step),
    /// Fold what is open, or go back in time.
    Fold,
    /// Unfold what is closed, or go on in time.
    Unfold,
    /// Go to the next pane.
    NextPane,
    /// Go to the pane before.
    PreviousPane,
    /// Go to a tab of the index.
    Tab(Tab),
    /// Open what is selected.
    Open,
    /// Go back to the screen before.
    Back,
    /// Undo going back.
    Forward,
    /// Search the dataset.
    Search,
    /// Open the next hit of the last search.
    NextHit,
    /// Open the hit before.
    PreviousHit,
    /// Show what is selected without leaving.
    Peek,
    /// Show which digest says so.
    Source,
    /// Go to the next event with the same link.
    NextShared,
    /// Go to the event before with the same link.
    PreviousShared,
    /// Sort the list another way.
    Sort,
    /// Choose what the timeline is narrowed to.
    Filter,
    /// Take all choices of the filter back.
    ClearFilter,
    /// Show the events another way.
    View,
    /// Divide time more finely.
    Finer,
    /// Divide time more coarsely.
    Coarser,
    /// Go to the nearest point of the map in a direction.
    Toward(Direction),
    /// Let the pane fill the screen, or let it go back.
    Zoom,
    /// Mark the record, or take its mark away.
    Mark,
    /// List the marks.
    Marks,
    /// List the places visited.
    Trail,
    /// List the tours that can be presented.
    Present,
    /// Leave a talk for the explorer, or go back to it.
    Digress,
    /// A digit of the number of a slide.
    Digit(u8),
    /// Show nothing, on black; or the slide again.
    Black,
    /// Show nothing, on white; or the slide again.
    White,
    /// Show all slides at once.
    Overview,
    /// Show how long the talk has lasted, or hide it.
    Timer,
    /// Begin the talk again.
    Restart,
    /// Go to what is shown now.
    Live,
    /// Copy the address and the citation.
    Copy,
    /// Copy the page.
    CopyPage,
    /// Hear the mouse, or no longer.
    Mouse,
    /// Study cards, or go back to the card.
    Study,
    /// Ask every card of a deck, whatever the schedule says.
    Cram,
    /// Ask the cards again that were missed.
    Missed,
    /// Choose among answers, or recall them.
    Choices,
    /// Type the answer.
    Type,
    /// Say how well the answer was known.
    Grade(Grade),
    /// Take the last answer back.
    Undo,
    /// Ask a card no more.
    SuspendCard,
    /// Explain the keys.
    Help,
    /// Close the layer on top.
    Close,
    /// Draw everything anew.
    Redraw,
    /// Hand the terminal back to the shell for a while.
    Suspend,
    /// Leave, where nothing is open on top.
    Quit,
    /// Leave at once.
    QuitNow,
}

impl Action {
    /// Says whether the action means the same whatever has the screen.
    pub fn is_everywhere(self) -> bool {
        matches!(self, Action::Help | Action::Mouse | Action::Redraw | Action::Suspend | Action::QuitNow)
    }

    /// The word by which the configuration names the action.
    pub fn word(self) -> &'static str {
        match self {
            Action::Move(step) => step.word(),
            Action::Fold => "fold",
            Action::Unfold => "unfold",
            Action::NextPane => "next-pane",
            Action::PreviousPane => "previous-pane",
            Action::Tab(tab) => tab.word(),
            Action::Open => "open",
            Action::Back => "back",
            Action::Forward => "forward",
            Action::Search => "search",
            Action::NextHit => "next-hit",
            Action::PreviousHit => "previous-hit",
            Action::Peek => "peek",
            Action::Source => "source",
            Action::NextShared => "next-shared",
            Action::PreviousShared => "previous-shared",
            Action::Sort => "sort",
            Action::Filter => "filter",
            Action::ClearFilter => "clear-filter",
            Action::View => "view",
            Action::Finer => "finer",
            Action::Coarser => "coarser",
            Action::Toward(direction) => direction.word(),
            Action::Zoom => "zoom",
            Action::Mark => "mark",
            Action::Marks => "marks",
            Action::Trail => "trail",
            Action::Present => "present",
            Action::Digress => "digress",
            Action::Digit(_) => "digit",
            Action::Black => "black",
            Action::White => "white",
            Action::Overview => "overview",
            Action::Timer => "timer",
            Action::Restart => "restart",
            Action::Live => "live",
            Action::Copy => "copy",
            Action::CopyPage => "copy-page",
            Action::Mouse => "mouse",
            Action::Study => "study",
            Action::Cram => "cram",
            Action::Missed => "missed",
            Action::Choices => "choices",
            Action::Type => "type",
            Action::Grade(grade) => grade.word(),
            Action::Undo => "undo",
            Action::SuspendCard => "suspend-card",
            Action::Help => "help",
            Action::Close => "close",
            Action::Redraw => "redraw",
            Action::Suspend => "suspend",
            Action::Quit => "quit",
            Action::QuitNow => "quit-now",
        }
    }
}

/// A direction on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// To the upper edge.
    Up,
    /// To the lower edge.
    Down,
    /// To the left edge.
    Left,
    /// To the right edge.
    Right,
}

impl Direction {
    fn word(self) -> &'static str {
        match self {
            Direction::Up => "map-up",
            Direction::Down => "map-down",
            Direction::Left => "map-left",
            Direction::Right => "map-right",
        }
    }
}

/// How far a move goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// To the next row or link.
    Next,
    /// To the row or link before.
    Previous,
    /// A pane's height down.
    PageDown,
    /// A pane's height up.
    PageUp,
    /// To the beginning.
    First,
    /// To the end.
    Last,
}

impl Step {
    /// Where text that is scrolled to the line `top` is scrolled to, `height` lines of it in sight, `lowest` the last
    /// line that can stand first.
    pub fn scrolled(self, top: usize, height: usize, lowest: usize) -> usize {
        let top = match self {
            Step::Next => top + 1,
            Step::Previous => top.saturating_sub(1),
            Step::PageDown => top + height,
            Step::PageUp => top.saturating_sub(height),
            Step::First => 0,
            Step::Last => lowest,
        };
        top.min(lowest)
    }

    fn word(self) -> &'static str {
        match self {
            Step::Next => "down",
            Step::Previous => "up",
            Step::PageDown => "page-down",
            Step::PageUp => "page-up",
            Step::First => "first",
            Step::Last => "last",
        }
    }
}

/// What a page asks of the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Open a place, so that going back returns here.
    Open(Place),
    /// Go back to a screen of the trail, counted from the oldest.
    Return(usize),
    /// Present a tour, by its place among those to choose from.
    Present(usize),
    /// Choose a facet of the timeline, or take the choice back.
    Toggle(Facet),
    /// Keep what was done with a card.
    Note(Deed),
    /// Show where a record is stated, and come back to the card.
    Look(Record),
    /// Begin a session with a deck.
    Deck {
        /// The deck, as it is typed.
        deck: String,
        /// Whether every card of it is asked, whatever the schedule says.
        cram: bool,
    },
    /// End what has the screen.
    Leave,
}

/// What the app asks of the shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Keep the reader's marks and place.
    Save(State),
    /// Keep where the talk stands.
    KeepTalk(TalkState),
    /// Show this to the audience elsewhere.
    Show(Shown),
    /// Put a text on the clipboard.
    Copy(Clean),
    /// Hear the mouse, or no longer.
    Mouse(bool),
    /// Draw everything anew.
    Redraw,
    /// Hand the terminal back to the shell for a while.
    Suspend,
    /// Leave.
    Quit,
    /// Read the reviews that were kept.
    ReadReviews,
    /// Keep what was done with a card.
    Note(Stamp, Deed),
    /// Search beside the loop, and leave the searches before it be.
    Search {
        /// The number of the search, by which its answer is known.
        number: u64,
        /// What is looked for.
        query: String,
    },
}
