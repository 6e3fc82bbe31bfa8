//! The modes, and the key table as the program ships it.

use crate::action::{Action, Direction, Step};
use crate::place::Tab;
use crate::study::Grade;

/// What has the focus, as far as keys are concerned. Each mode is a bit, so that a binding can hold in several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// The tree of sections, or the groups of a list.
    Outline = 1,
    /// The timeline of events.
    Timeline = 2,
    /// A list of records.
    List = 4,
    /// A record's page.
    Page = 8,
    /// The search palette; letters are text.
    Search = 16,
    /// A layer on top: help, peek, trail, marks.
    Layer = 32,
    /// A talk.
    Present = 64,
    /// All slides of a talk at once.
    Overview = 128,
    /// The filter of the timeline.
    Filter = 256,
    /// The map.
    Map = 512,
    /// The speaker's notes.
    Notes = 1024,
    /// The decks of cards.
    Decks = 2048,
    /// A card that is asked.
    Question = 4096,
    /// A card with answers to choose from.
    Choice = 8192,
    /// A card whose answer is typed; letters are text.
    Typing = 16_384,
    /// A card whose answer is shown.
    Answer = 32_768,
    /// A session that waits for the next card.
    Pause = 65_536,
    /// What a session came to.
    Result = 131_072,
    /// The cards that are asked no more.
    Suspended = 262_144,
    /// What all reviews amount to.
    Statistics = 524_288,
    /// A talk that somebody else gives.
    Watch = 1_048_576,
}

impl Mode {
    /// All modes.
    pub const ALL: [Mode; 21] = [
        Mode::Outline,
        Mode::Timeline,
        Mode::List,
        Mode::Map,
        Mode::Page,
        Mode::Search,
        Mode::Filter,
        Mode::Layer,
        Mode::Present,
        Mode::Overview,
        Mode::Notes,
        Mode::Watch,
        Mode::Decks,
        Mode::Question,
        Mode::Choice,
        Mode::Typing,
        Mode::Answer,
        Mode::Pause,
        Mode::Result,
        Mode::Suspended,
        Mode::Statistics,
    ];

    /// Says whether cards have the screen, and no window is open on top.
    pub fn is_of_study(self) -> bool {
        self as u32 & STUDY != 0
    }

    /// What the help calls the mode.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Outline => "sections",
            Mode::Timeline => "timeline",
            Mode::List => "list",
            Mode::Page => "page",
            Mode::Search => "search",
            Mode::Layer => "window",
            Mode::Present => "talk",
            Mode::Overview => "overview",
            Mode::Filter => "filter",
            Mode::Map => "map",
            Mode::Notes => "notes",
            Mode::Decks => "decks",
            Mode::Question => "question",
            Mode::Choice => "choice",
            Mode::Typing => "typed answer",
            Mode::Answer => "answer",
            Mode::Pause => "pause",
            Mode::Result => "results",
            Mode::Suspended => "suspended cards",
            Mode::Statistics => "statistics",
            Mode::Watch => "watched talk",
        }
    }
}

const OUTLINE: u32 = Mode::Outline as u32;
const TIMELINE: u32 = Mode::Timeline as u32;
const PAGE: u32 = Mode::Page as u32;
const SEARCH: u32 = Mode::Search as u32;
const LAYER: u32 = Mode::Layer as u32;
const LIST: u32 = Mode::List as u32;
const PRESENT: u32 = Mode::Present as u32;
const OVERVIEW: u32 = Mode::Overview as u32;
const NOTES: u32 = Mode::Notes as u32;
const WATCH: u32 = Mode::Watch as u32;
const FILTER: u32 = Mode::Filter as u32;
const MAP: u32 = Mode::Map as u32;
const INDEX: u32 = OUTLINE | TIMELINE | LIST;
const PANES: u32 = INDEX | MAP | PAGE;
const LAYERS: u32 = FILTER | LAYER;
const DECKS: u32 = Mode::Decks as u32;
const QUESTION: u32 = Mode::Question as u32;
const CHOICE: u32 = Mode::Choice as u32;
const TYPING: u32 = Mode::Typing as u32;
const ANSWER: u32 = Mode::Answer as u32;
const PAUSE: u32 = Mode::Pause as u32;
const RESULT: u32 = Mode::Result as u32;
const SUSPENDED: u32 = Mode::Suspended as u32;
const STATISTICS: u32 = Mode::Statistics as u32;
const ASKED: u32 = QUESTION | CHOICE;
const CARD: u32 = ASKED | ANSWER;
const CARDS: u32 = RESULT | SUSPENDED;
const PAGES: u32 = CARDS | STATISTICS;
const STUDY: u32 = DECKS | CARD | TYPING | PAUSE | PAGES;
const ANYWHERE: u32 = PANES | SEARCH | LAYERS | PRESENT | OVERVIEW | NOTES | WATCH | STUDY;

const DIGITS: &[&str] = &["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// One line of the key table: in which modes, which keys mean what.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) modes: u32,
    pub(super) keys: &'static [&'static str],
    pub(super) action: Action,
    pub(super) hint: &'static str,
    pub(super) help: &'static str,
}

/// A line: the modes, the keys as [`spell`](super::spell) spells them, the action, the word for the footer (empty for
/// keys that only the help shows), and what the help says.
const fn bind(
    modes: u32,
    keys: &'static [&'static str],
    action: Action,
    hint: &'static str,
    help: &'static str,
) -> Row {
    Row { modes, keys, action, hint, help }
}

/// Every key of the program, in the order of the help; within a mode, the footer shows the hints in this order.
pub(super) const TABLE: &[Row] = &[
    bind(PANES | LAYER, &["Enter", "C-j"], Action::Open, "open", "Open what is selected"),
    bind(SEARCH, &["Enter", "C-j"], Action::Open, "open", "Open the hit"),
    bind(FILTER, &["Enter", "Space", "C-j"], Action::Open, "choose", "Choose, or take the choice back"),
    bind(PANES, &["Backspace", "C-o", "H", "M-Left", "C-h"], Action::Back, "back", "Back, to where it was left"),
    bind(PANES, &["L", "M-Right"], Action::Forward, "", "Forward again"),
    bind(PANES, &["/"], Action::Search, "search", "Search everything"),
    bind(PANES, &["Tab"], Action::NextPane, "next pane", "Next pane"),
    bind(PANES, &["S-Tab"], Action::PreviousPane, "", "Pane before"),
    bind(SEARCH, &["Tab"], Action::NextPane, "next kind", "Next kind of hit"),
    bind(SEARCH, &["S-Tab"], Action::PreviousPane, "", "Kind of hit before"),
    bind(FILTER, &["Tab"], Action::NextPane, "next group", "Next group of choices"),
    bind(FILTER, &["S-Tab"], Action::PreviousPane, "", "Group before"),
    bind(TIMELINE | OUTLINE | PAGE, &["f"], Action::Filter, "filter", "Choose what is shown"),
    bind(FILTER | TIMELINE | OUTLINE | PAGE, &["F"], Action::ClearFilter, "", "Show everything again"),
    bind(TIMELINE, &["v"], Action::View, "view", "List, lanes of countries, or chart"),
    bind(MAP, &["Up"], Action::Toward(Direction::Up), "move", "To the nearest point above"),
    bind(MAP, &["Down"], Action::Toward(Direction::Down), "", "To the nearest point below"),
    bind(MAP, &["h", "Left"], Action::Toward(Direction::Left), "", "To the nearest point on the left"),
    bind(MAP, &["l", "Right"], Action::Toward(Direction::Right), "", "To the nearest point on the right"),
    bind(MAP, &["+", "="], Action::Finer, "nearer", "Nearer to the point"),
    bind(MAP, &["-"], Action::Coarser, "", "Farther away"),
    bind(PAGE | TIMELINE | LIST | MAP, &["s"], Action::Source, "source", "Show the digest that says so"),
    bind(PANES, &["K"], Action::Peek, "peek", "Peek at what is selected, without leaving"),
    bind(OUTLINE, &["h", "Left"], Action::Fold, "fold", "Fold"),
    bind(OUTLINE, &["l", "Right"], Action::Unfold, "unfold", "Unfold"),
    bind(TIMELINE, &["h", "Left"], Action::Fold, "earlier", "Back in time"),
    bind(TIMELINE, &["l", "Right"], Action::Unfold, "later", "On in time"),
    bind(TIMELINE, &["+", "="], Action::Finer, "", "By quarters, by months"),
    bind(TIMELINE, &["-"], Action::Coarser, "coarser", "By quarters, by years"),
    bind(LIST | MAP, &["o"], Action::Sort, "sort", "Sort another way"),
    bind(PAGE | TIMELINE, &["}"], Action::NextShared, "next with it", "Next event with the same link"),
    bind(PAGE | TIMELINE, &["{"], Action::PreviousShared, "", "Event before with the same link"),
    bind(PANES, &["m"], Action::Mark, "mark", "Mark the record, or take its mark away"),
    bind(PANES, &["'"], Action::Marks, "", "List the marks"),
    bind(PANES, &["t"], Action::Trail, "trail", "List the places visited"),
    bind(PANES, &["n"], Action::NextHit, "", "Next hit of the last search"),
    bind(PANES, &["N"], Action::PreviousHit, "", "Hit before"),
    bind(PANES, &["z"], Action::Zoom, "zoom", "Let the pane fill the screen, and back"),
    bind(PANES, &["1"], Action::Tab(Tab::Home), "", "Sections and timeline"),
    bind(PANES, &["2"], Action::Tab(Tab::Countries), "", "Countries"),
    bind(PANES, &["3"], Action::Tab(Tab::Organisations), "", "Organisations"),
    bind(PANES, &["4"], Action::Tab(Tab::Documents), "", "Documents and exercises"),
    bind(PANES, &["5"], Action::Tab(Tab::Mechanisms), "", "Mechanisms and positions"),
    bind(PANES, &["6"], Action::Tab(Tab::Figures), "", "Figures"),
    bind(PANES, &["7"], Action::Tab(Tab::Map), "", "Map and places"),
    bind(INDEX | PAGE | LAYERS, &["j", "Down"], Action::Move(Step::Next), "", "Down; on a page, to the next link"),
    bind(INDEX | PAGE | LAYERS, &["k", "Up"], Action::Move(Step::Previous), "", "Up; on a page, to the link before"),
    bind(MAP, &["j"], Action::Move(Step::Next), "", "Down in the list"),
    bind(MAP, &["k"], Action::Move(Step::Previous), "", "Up in the list"),
    bind(SEARCH, &["Down", "C-n"], Action::Move(Step::Next), "", "Next hit"),
    bind(SEARCH, &["Up", "C-p"], Action::Move(Step::Previous), "", "Hit before"),
    bind(PANES | LAYER, &["Space", "PageDown", "C-d", "C-f"], Action::Move(Step::PageDown), "", "A page down"),
    bind(FILTER, &["PageDown", "C-d", "C-f"], Action::Move(Step::PageDown), "", "A page down"),
    bind(PANES | LAYERS, &["PageUp", "C-u"], Action::Move(Step::PageUp), "", "A page up"),
    bind(SEARCH, &["PageDown"], Action::Move(Step::PageDown), "", "A page of hits down"),
    bind(SEARCH, &["PageUp"], Action::Move(Step::PageUp), "", "A page of hits up"),
    bind(PANES | LAYERS, &["g", "Home"], Action::Move(Step::First), "", "To the beginning"),
    bind(PANES | LAYERS, &["G", "End"], Action::Move(Step::Last), "", "To the end"),
    bind(
        PRESENT,
        &["Space", "Right", "PageDown", "n", "l", "j", "Down"],
        Action::Move(Step::Next),
        "next",
        "Next point or slide",
    ),
    bind(PRESENT, &["Enter", "C-j"], Action::Open, "", "Next; or to the slide whose number was typed"),
    bind(
        PRESENT,
        &["Left", "PageUp", "p", "h", "k", "Up", "Backspace", "C-h"],
        Action::Move(Step::Previous),
        "back",
        "Back by a point or a slide",
    ),
    bind(PRESENT, DIGITS, Action::Digit(0), "", "Type a slide’s number; Enter or G goes there"),
    bind(PRESENT, &["Home", "g"], Action::Move(Step::First), "", "First slide"),
    bind(PRESENT, &["End", "G"], Action::Move(Step::Last), "", "Last slide, or the one whose number was typed"),
    bind(PRESENT, &["F5"], Action::Restart, "", "From the start; Esc takes it back"),
    bind(PRESENT, &["o"], Action::Overview, "overview", "All slides at once"),
    bind(PRESENT, &["b", "."], Action::Black, "black", "Black screen, and back"),
    bind(PRESENT, &["w", ","], Action::White, "", "White screen, and back"),
    bind(PRESENT, &["T"], Action::Timer, "timer", "Show or hide how long the talk has lasted"),
    bind(OVERVIEW, &["Enter", "C-j", "Space"], Action::Open, "go to", "Go to the slide"),
    bind(OVERVIEW, &["Right", "l", "n", "PageDown"], Action::Move(Step::Next), "", "Next slide"),
    bind(OVERVIEW, &["Left", "h", "p", "PageUp"], Action::Move(Step::Previous), "", "Slide before"),
    bind(OVERVIEW, &["Down", "j"], Action::Move(Step::PageDown), "", "A row down"),
    bind(OVERVIEW, &["Up", "k"], Action::Move(Step::PageUp), "", "A row up"),
    bind(OVERVIEW, &["Home", "g"], Action::Move(Step::First), "", "First slide"),
    bind(OVERVIEW, &["End", "G"], Action::Move(Step::Last), "", "Last slide"),
    bind(DECKS, &["Enter", "Space", "C-j"], Action::Open, "study", "Study the deck"),
    bind(DECKS, &["c"], Action::Cram, "cram", "Ask every card of the deck, once"),
    bind(DECKS, &["/"], Action::Type, "query", "Make a deck of what a query finds"),
    bind(DECKS, &["v"], Action::View, "statistics", "What your reviews amount to"),
    bind(QUESTION, &["Space", "Enter", "C-j"], Action::Open, "show", "Show the answer"),
    bind(CHOICE, &["1", "2", "3", "4"], Action::Digit(0), "choose", "Choose an answer"),
    bind(CHOICE, &["Space", "Enter", "C-j"], Action::Open, "", "Choose the answer that is selected"),
    bind(ANSWER, &["1"], Action::Grade(Grade::Again), "again", "Not known"),
    bind(ANSWER, &["2"], Action::Grade(Grade::Hard), "hard", "Known, with great effort"),
    bind(ANSWER, &["3"], Action::Grade(Grade::Good), "good", "Known"),
    bind(ANSWER, &["4"], Action::Grade(Grade::Easy), "easy", "Known at once"),
    bind(ANSWER, &["Space", "Enter", "C-j"], Action::Open, "", "The grade that is marked"),
    bind(ASKED, &["c"], Action::Choices, "choices", "Choose among answers, or recall them"),
    bind(ASKED, &["i"], Action::Type, "type", "Type the answer"),
    bind(TYPING, &["Enter", "C-j"], Action::Open, "done", "Take what was typed"),
    bind(RESULT, &["r"], Action::Missed, "missed", "Ask what was missed again"),
    bind(CARD | PAUSE | RESULT, &["u"], Action::Undo, "undo", "Take the last answer back, and the one before"),
    bind(CARD | CARDS, &["s"], Action::Source, "source", "Show where it is stated; S comes back"),
    bind(CARD, &["x"], Action::SuspendCard, "suspend", "Ask this card no more"),
    bind(RESULT, &["x"], Action::SuspendCard, "", "Ask the card no more, or again"),
    bind(
        SUSPENDED,
        &["x", "Enter", "Space", "C-j"],
        Action::SuspendCard,
        "ask again",
        "Ask the card again, or no more",
    ),
    bind(RESULT, &["Enter", "Space", "C-j"], Action::Open, "decks", "Back to the decks"),
    bind(STATISTICS, &["Enter", "Space", "C-j"], Action::Open, "", "Back to the decks"),
    bind(RESULT, &["v"], Action::View, "statistics", "What your reviews amount to"),
    bind(DECKS | CHOICE | ANSWER | PAGES, &["j", "Down"], Action::Move(Step::Next), "", "Down"),
    bind(DECKS | CHOICE | ANSWER | PAGES, &["k", "Up"], Action::Move(Step::Previous), "", "Up"),
    bind(DECKS | PAGES, &["PageDown", "C-d", "C-f"], Action::Move(Step::PageDown), "", "A page down"),
    bind(DECKS | PAGES, &["PageUp", "C-u"], Action::Move(Step::PageUp), "", "A page up"),
    bind(DECKS | PAGES, &["g", "Home"], Action::Move(Step::First), "", "To the beginning"),
    bind(DECKS | PAGES, &["G", "End"], Action::Move(Step::Last), "", "To the end"),
    bind(PANES, &["S"], Action::Study, "", "Study cards, or go back to the card"),
    bind(PANES, &["y"], Action::Copy, "", "Copy the address and the citation"),
    bind(PANES, &["Y"], Action::CopyPage, "", "Copy the page as Markdown"),
    bind(
        PANES | LAYER | DECKS | CARD | PAUSE | PAGES,
        &["M"],
        Action::Mouse,
        "",
        "Hear the mouse, or let the terminal select text",
    ),
    bind(NOTES, &["j", "Down"], Action::Move(Step::Next), "down", "A line down"),
    bind(NOTES, &["k", "Up"], Action::Move(Step::Previous), "up", "A line up"),
    bind(NOTES, &["Space", "PageDown", "C-d", "C-f"], Action::Move(Step::PageDown), "", "A page down"),
    bind(NOTES, &["PageUp", "C-u"], Action::Move(Step::PageUp), "", "A page up"),
    bind(NOTES, &["g", "Home"], Action::Move(Step::First), "", "To the beginning"),
    bind(NOTES, &["G", "End"], Action::Move(Step::Last), "", "To the end"),
    bind(
        WATCH,
        &["h", "Left", "PageUp", "p", "k", "Up", "Backspace", "C-h"],
        Action::Move(Step::Previous),
        "look back",
        "Back by a point or a slide of what was shown",
    ),
    bind(
        WATCH,
        &["Right", "Space", "PageDown", "n", "j", "Down", "Enter", "C-j"],
        Action::Move(Step::Next),
        "",
        "On again, up to what is shown now",
    ),
    bind(WATCH, &["Home", "g"], Action::Move(Step::First), "", "To the first slide that was shown"),
    bind(WATCH, &["l", "End", "G"], Action::Live, "live", "To what is shown now"),
    bind(PANES, &["P"], Action::Present, "", "Present a tour"),
    bind(PANES | PRESENT, &["e"], Action::Digress, "", "From a talk to the explorer, and back"),
    bind(WATCH, &["e"], Action::Digress, "explore", "To the explorer; e comes back"),
    bind(SEARCH | LAYERS | OVERVIEW, &["Esc"], Action::Close, "close", "Close the window"),
    bind(LAYER, &["?", "F1", "q"], Action::Close, "", "Close the window"),
    bind(FILTER, &["f", "q"], Action::Close, "", "Close the window"),
    bind(OVERVIEW, &["o", "q"], Action::Close, "", "Close the overview"),
    bind(DECKS | CARD | PAUSE | PAGES, &["Esc"], Action::Close, "", "Close one layer, never the session"),
    bind(TYPING, &["Esc"], Action::Close, "close", "Leave what was typed"),
    bind(PANES | NOTES, &["Esc"], Action::Close, "", "Close one layer, never the program"),
    bind(WATCH, &["Esc"], Action::Close, "", "To what is shown now; never leaves"),
    bind(PRESENT, &["Esc"], Action::Close, "", "Take a jump back; never ends the talk"),
    bind(
        PANES | PRESENT | NOTES | WATCH | DECKS | CARD | PAUSE | PAGES,
        &["?", "F1"],
        Action::Help,
        "help",
        "Explain the keys",
    ),
    bind(SEARCH | FILTER | OVERVIEW | TYPING, &["F1"], Action::Help, "", "Explain the keys"),
    bind(ANYWHERE, &["C-l"], Action::Redraw, "", "Draw the screen anew"),
    bind(ANYWHERE, &["C-z"], Action::Suspend, "", "Back to the shell; fg returns"),
    bind(PANES | NOTES, &["q"], Action::Quit, "quit", "Quit"),
    bind(PRESENT, &["q"], Action::Quit, "end", "End the talk"),
    bind(WATCH, &["q"], Action::Quit, "leave", "Leave; the talk goes on"),
    bind(DECKS, &["q"], Action::Quit, "leave", "Leave the decks"),
    bind(CARD | PAUSE, &["q"], Action::Quit, "end", "End the session"),
    bind(SUSPENDED | STATISTICS, &["q"], Action::Quit, "decks", "Back to the decks"),
    bind(RESULT, &["q"], Action::Quit, "leave", "Leave the cards"),
    bind(ANYWHERE, &["C-c"], Action::QuitNow, "", "Quit at once"),
];
