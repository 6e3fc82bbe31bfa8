//! Floor 5: the app. Inputs in, effects out, and a picture of its state.

mod copy;
mod filter;
mod mouse;
mod searching;
mod stage;
mod study;
mod travel;
mod view;

use std::collections::BTreeMap;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;

use crate::action::{Action, Effect, Input, Request, Step};
use crate::clock::Moment;
use crate::context::Context;
use crate::dataset::{Clean, Dataset, Record, is_harmless};
use crate::history::History;
use crate::keymap::{Keymap, Mode};
use crate::overlays::Overlay;
use crate::overlays::help::Help;
use crate::overlays::palette::Palette;
use crate::overlays::peek::Peek;
use crate::overlays::places::Places;
use crate::overlays::tours::Tours;
use crate::place::{Place, Tab};
use crate::printed::Printed;
use crate::screens::notes::Notes;
use crate::screens::present::{Talk, Watch};
use crate::screens::study::{Study, Wish};
use crate::screens::{Index, Screen};
use crate::search::SharedIndex;
use crate::state::{Shown, State, TalkState};
use crate::study::Settings;
use crate::theme::Theme;
use crate::tour;

/// What the app starts with.
#[derive(Debug, Clone)]
pub struct Opening {
    /// What was kept from the last run.
    pub state: State,
    /// The reader's own copy of the source, where there is one.
    pub printed: Option<&'static Printed>,
    /// Where to begin; the last place where there is none.
    pub place: Option<Place>,
    /// What the program was started for instead of exploring; it ends with that.
    pub errand: Option<Errand>,
    /// How the reader studies.
    pub study: Settings,
    /// The terminal's size in columns and rows.
    pub size: (u16, u16),
    /// What things look like.
    pub theme: Theme,
    /// What the keys mean.
    pub keymap: Keymap,
    /// Whether the terminal knows nothing but ASCII.
    pub ascii: bool,
    /// Whether the mouse is heard.
    pub mouse: bool,
}

/// The whole of what the reader sees and has done.
#[derive(Debug)]
pub struct App {
    context: Context,
    history: History<Screen>,
    /// The tabs that are not shown, as they were left.
    left: BTreeMap<Tab, Index>,
    overlay: Option<Overlay>,
    palette: Palette,
    /// Made when the reader turns to the search, or where that takes long, after the start.
    index: SharedIndex,
    /// Whether the index is being made.
    prepared: bool,
    message: Clean,
    size: (u16, u16),
    mouse: bool,
    stage: Stage,
    /// The talk that is being given, also while the explorer has the screen.
    talk: Option<Talk>,
    notes: Notes,
    /// The talk that is watched, also while the explorer has the screen.
    watch: Option<Watch>,
    /// The cards, once the reader has studied, also while the explorer has the screen.
    study: Option<Study>,
    /// How the reader studies.
    settings: Settings,
    /// How long the trail was when the reader left a card to see where it is stated.
    looking: Option<usize>,
    /// What the program was started to do, if not to explore: the end of that is the program's.
    errand: Option<Stage>,
    /// Where the talk stood when it was last kept.
    kept: Option<TalkState>,
    /// Whether the talk has an audience elsewhere, and what that was shown last.
    audience: Option<Option<Shown>>,
    /// Where the reader's own copies of sources lie.
    copies: BTreeMap<String, String>,
}

/// What a program does that was not started to explore.
#[derive(Debug, Clone)]
pub enum Errand {
    /// Give a talk.
    Talk(Talk),
    /// Show the notes of a talk that is given in another terminal.
    Notes,
    /// Study cards.
    Study(Wish),
    /// Watch a talk that somebody else gives.
    Watch(Shown),
}

/// What has the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The panes of the explorer.
    Explore,
    /// A talk.
    Present,
    /// The speaker's notes.
    Notes,
    /// Cards.
    Study,
    /// A talk that somebody else gives.
    Watch,
}

impl App {
    /// The app on a dataset.
    pub fn new(dataset: &'static Dataset, opening: Opening) -> App {
        let marks = opening.state.marks.iter().filter_map(|address| dataset.find(address)).collect();
        let Opening { theme, keymap, ascii, printed, .. } = opening;
        let context = Context { theme, keymap, marks, printed, ascii, ..Context::on_paper(dataset) };
        let mut app = App {
            history: History::new(Screen::new(&context)),
            context,
            left: BTreeMap::new(),
            overlay: None,
            palette: Palette::default(),
            index: SharedIndex::new(dataset),
            prepared: false,
            message: Clean::default(),
            size: opening.size,
            mouse: opening.mouse,
            stage: Stage::Explore,
            errand: None,
            talk: None,
            notes: Notes::default(),
            watch: None,
            study: None,
            settings: opening.study,
            looking: None,
            kept: None,
            audience: None,
            copies: opening.state.copies.clone(),
        };
        let last = || Place::parse(opening.state.last.as_deref()?, dataset);
        app.open(opening.place.or_else(last).unwrap_or(Place::Tab(Tab::Home)));
        opening.errand.into_iter().for_each(|errand| app.run(errand));
        app
    }

    /// Takes in what happened; answers what the shell has to do.
    pub fn update(&mut self, input: Input) -> Vec<Effect> {
        let effects = self.take_in(input);
        let asks = [self.prepare_search(), self.keep_talk(), self.show(), self.read_reviews()];
        asks.into_iter().flatten().chain(effects).collect()
    }

    /// The moment at which the picture changes by itself; none where only an input changes it.
    pub fn wakes_at(&self) -> Option<Moment> {
        match self.stage {
            Stage::Explore | Stage::Watch => None,
            Stage::Present => self.talk.as_ref()?.wakes_at(self.context.now),
            Stage::Notes => self.notes.wakes_at(self.context.now),
            Stage::Study => self.study.as_ref()?.wakes_at(),
        }
    }

    fn take_in(&mut self, input: Input) -> Vec<Effect> {
        match input {
            Input::Key(key) => return self.press(key),
            Input::Resize(columns, rows) => self.size = (columns, rows),
            Input::Notice(notice) => self.message = notice,
            Input::Clock(now) => self.pass_time(now),
            Input::Talk(talk) => self.notes.follow(&self.context, talk),
            Input::Ahead(minutes) => self.context.ahead = minutes,
            Input::Kept(report) => self.take_reviews(report),
            Input::Paste(text) if self.overlay == Some(Overlay::Search) => return self.paste_query(&text),
            Input::Found { number, results } => self.take_found(number, results),
            Input::Shown(shown) => self.follow(*shown),
            Input::Watching(count) => self.count(count),
            Input::Mouse(mouse) => return self.take_mouse(mouse),
            Input::Paste(_) => {}
        }
        Vec::new()
    }

    /// The place that is open.
    pub fn place(&self) -> Place {
        self.history.present().place()
    }

    /// How many places lie behind the one that is open.
    pub fn visited(&self) -> usize {
        self.history.past().len()
    }

    /// What the keys mean now.
    pub fn mode(&self) -> Mode {
        match (&self.overlay, self.stage, &self.talk) {
            (Some(Overlay::Search), ..) => Mode::Search,
            (Some(Overlay::Filter(_)), ..) => Mode::Filter,
            (Some(_), ..) => Mode::Layer,
            (None, Stage::Present, Some(talk)) => talk.mode(),
            (None, Stage::Notes, _) => Mode::Notes,
            (None, Stage::Watch, _) => Mode::Watch,
            (None, Stage::Study, _) => self.study.as_ref().map_or(Mode::Decks, Study::mode),
            (None, ..) => self.history.present().mode(),
        }
    }

    /// Says whether every cursor stands on something that exists, as it has to after any input.
    pub fn stands(&self) -> bool {
        self.history.present().stands(&self.context, self.body())
            && self.palette.stands()
            && self.overlay.as_ref().is_none_or(Overlay::stands)
            && self.talk.as_ref().is_none_or(Talk::stands)
            && self.watch.as_ref().is_none_or(Watch::stands)
            && self.study.as_ref().is_none_or(Study::stands)
    }

    /// Whether the mouse is heard.
    pub fn hears_mouse(&self) -> bool {
        self.mouse
    }

    /// What has to be kept for the next run.
    pub fn state(&self) -> State {
        let address = |&record: &Record| self.context.dataset.address(record);
        let marks = self.context.marks.iter().map(address).collect();
        let last = Some(self.place().address(self.context.dataset));
        State { version: 1, marks, last, copies: self.copies.clone() }
    }

    fn press(&mut self, key: KeyEvent) -> Vec<Effect> {
        if matches!(key.code, KeyCode::Char(letter) if !is_harmless(letter)) {
            return Vec::new(); // What cannot be seen can neither be searched for nor be an answer.
        }
        let mode = self.mode();
        self.message = Clean::default();
        match self.context.keymap.action(mode, key) {
            Some(action) if mode.is_of_study() && !action.is_everywhere() => return self.act_on_study(action),
            Some(Action::Quit) => return self.leave(),
            Some(Action::QuitNow) => return self.quit(),
            Some(Action::Redraw) => return vec![Effect::Redraw],
            Some(Action::Suspend) => return vec![Effect::Save(self.state()), Effect::Suspend],
            Some(Action::Mark) => return self.mark(),
            Some(Action::Copy) => return vec![self.copy()],
            Some(Action::CopyPage) => return vec![self.copy_page()],
            Some(Action::Mouse) => return vec![self.turn_mouse()],
            Some(Action::Help) => self.overlay = Some(Overlay::Help(Help::new(mode))),
            Some(Action::ClearFilter) => self.choose(None),
            Some(Action::Digress) => self.digress(),
            Some(Action::Close) if self.overlay.is_some() => self.overlay = None,
            Some(action) if self.overlay.is_some() => self.act_on_overlay(action),
            Some(action) if self.stage == Stage::Present => self.act_on_talk(action),
            Some(action) if self.stage == Stage::Watch => self.act_on_watch(action),
            Some(action) if self.stage == Stage::Notes => self.notes.update(&self.context, action, self.screen()),
            Some(action) => self.act(action),
            None if mode == Mode::Typing => self.type_answer(key),
            None if mode == Mode::Search => return self.edit_query(key),
            None => {}
        }
        Vec::new()
    }

    /// What an action means where no window is open on top.
    fn act(&mut self, action: Action) {
        match action {
            Action::Back if self.back_to_card() => {}
            Action::Back if !self.history.back() => self.say("This is the first place."),
            Action::Forward if !self.history.forward() => self.say("Nothing to go forward to."),
            Action::Back | Action::Forward => {}
            Action::Tab(tab) => self.open(Place::Tab(tab)),
            Action::Search => self.overlay = Some(Overlay::Search),
            Action::Filter => self.open_filter(),
            Action::Peek => self.peek(),
            Action::Present if self.watch.is_some() => {
                let back = self.key(Action::Digress);
                self.say(&format!("A talk is being given; {back} goes back to it."));
            }
            Action::Present => {
                let tours = tour::choices(self.context.dataset, &self.context.marks);
                self.overlay = Some(Overlay::Tours(Tours::new(&tours)));
            }
            Action::Study => self.study(),
            Action::Close => _ = self.history.present_mut().unzoom(),
            Action::Source => self.show_source(),
            Action::Trail => self.overlay = Some(Overlay::Places(Places::trail(self.trail()))),
            Action::Marks => {
                let marks = self.context.marks.iter().copied().map(Place::Record).collect();
                self.overlay = Some(Overlay::Places(Places::marks(marks)));
            }
            Action::NextHit => self.open_hit(true),
            Action::PreviousHit => self.open_hit(false),
            Action::NextShared => self.open_shared(true),
            Action::PreviousShared => self.open_shared(false),
            action => {
                let body = self.body();
                let request = self.history.present_mut().update(&self.context, action, body);
                self.answer(request);
            }
        }
    }

    fn act_on_overlay(&mut self, action: Action) {
        let screen = self.screen();
        let request = match &mut self.overlay {
            Some(Overlay::Search) => self.palette.update(action, screen),
            Some(overlay) => overlay.update(&self.context, action, screen),
            None => None,
        };
        self.answer_overlay(request);
    }

    /// Does what a window asks; all but a choice of the filter closes it.
    fn answer_overlay(&mut self, request: Option<Request>) {
        if !matches!(request, None | Some(Request::Toggle(_))) {
            self.overlay = None;
        }
        self.answer(request);
    }

    fn answer(&mut self, request: Option<Request>) {
        match request {
            Some(Request::Open(place)) => self.open(place),
            Some(Request::Return(index)) => self.history.back_to(index),
            Some(Request::Present(index)) => self.present(index),
            Some(Request::Toggle(facet)) => self.choose(Some(facet)),
            Some(Request::Note(_) | Request::Look(_) | Request::Deck { .. } | Request::Leave) | None => {}
        }
    }

    fn say(&mut self, message: &str) {
        self.message = Clean::line(message);
    }

    /// The first key for an action in the present mode, as it is written for readers.
    fn key(&self, action: Action) -> String {
        self.context.keymap.key(self.mode(), action)
    }

    fn peek(&mut self) {
        match self.selected() {
            Some(Place::Record(record) | Place::Source(record)) => self.overlay = Some(Overlay::Peek(Peek { record })),
            _ => {
                let (down, up) = (self.key(Action::Move(Step::Next)), self.key(Action::Move(Step::Previous)));
                self.say(&format!("Nothing is selected; {down} and {up} select."));
            }
        }
    }

    /// Marks the record of the page, or the one that is selected in a list; or takes the mark away.
    fn mark(&mut self) -> Vec<Effect> {
        let Some(record) = self.attended() else {
            self.say("No record is selected.");
            return Vec::new();
        };
        let name = self.context.dataset.name(record);
        if self.context.is_marked(record) {
            self.context.marks.retain(|&marked| marked != record);
            self.message = Clean::line(format!("No longer marked: {name}"));
        } else {
            self.context.marks.push(record);
            self.message = Clean::line(format!("Marked: {name}"));
        }
        vec![Effect::Save(self.state())]
    }

    /// The place that is selected in the pane with the focus.
    fn selected(&self) -> Option<Place> {
        self.history.present().selected(&self.context, self.body())
    }

    /// The record that has the reader's attention: that of the page with the focus, or the one selected in a list.
    fn attended(&self) -> Option<Record> {
        match self.mode() {
            Mode::Page => self.history.present().record(),
            _ => match self.selected()? {
                Place::Record(record) | Place::Source(record) => Some(record),
                Place::Tab(_) => None,
            },
        }
    }

    /// The whole screen.
    fn screen(&self) -> Rect {
        Rect { x: 0, y: 0, width: self.size.0, height: self.size.1 }
    }

    /// The space of the panes.
    fn body(&self) -> Rect {
        view::body(self.screen())
    }
}
