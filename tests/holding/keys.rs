//! Random keys, mouse events, pastes, resizes and moments over all modes: no panic, no impossible state, and every
//! screen draws the same twice. A seed says which life it was; the same seed lives it again.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Instant;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use detente::action::{Effect, Input};
use detente::app::{App, Errand, Opening};
use detente::clock::Moment;
use detente::dataset::{Clean, Dataset};
use detente::journal::Journal;
use detente::keymap::{Keymap, Mode};
use detente::screens::present::Talk;
use detente::screens::study::Wish;
use detente::state::{Blank, Shown, State, TalkState};
use detente::study::chance::Chance;
use detente::study::{Report, Unsaved};
use detente::theme::Theme;
use detente::tour::tours;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

use super::{rounds, tell};
use crate::common::{INVENTED, SHIPPED, key_event, opening, text};
use crate::journal::model::Model;
use crate::studying::student::report;

/// How many inputs a life has at most, before another begins with another seed.
const LIFE: u64 = 2_000;

/// After how many inputs, on average, a picture is drawn; and of how many pictures, on average, one is drawn twice.
const DRAWN: usize = 8;
const TWICE: usize = 3;

/// What is typed and pasted: words that are found, fields, what looks like both, and letters of all kinds.
const TEXTS: [&str; 14] = [
    "sea",
    "country:ru kind:exercise",
    "year:2003 -india \"yellow sea\"",
    "card:date",
    "kind:",
    "\"",
    "-",
    "日本語 한국어",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "\u{202e}\u{200b}\u{feff}\u{1b}[2J",
    "👩‍👩‍👧‍👦🇨🇳",
    "ﷺ",
    "\u{0}\u{7f}\u{9b}",
    "   ",
];

/// The keys that mean something, mode by mode.
static BOUND: LazyLock<Vec<(Mode, Vec<KeyEvent>)>> = LazyLock::new(|| {
    let keymap = Keymap::default();
    let keys = |mode| keymap.bindings(mode).flat_map(|binding| &binding.keys).map(|key| key_event(key)).collect();
    Mode::ALL.into_iter().map(|mode| (mode, keys(mode))).collect()
});

/// How many inputs each mode has seen, in the order of [`Mode::ALL`].
static SEEN: [AtomicU64; Mode::ALL.len()] = [const { AtomicU64::new(0) }; Mode::ALL.len()];

/// One run of the program from its beginning to its end.
struct Life {
    app: App,
    terminal: Terminal<TestBackend>,
    chance: Chance,
    size: (u16, u16),
    now: u64,
    disk: Model,
    journal: Option<Journal<Model>>,
    late: Vec<Report>,
    over: bool,
}

impl Life {
    fn begin(seed: u64) -> Life {
        let mut chance = Chance::new(seed);
        let dataset = if chance.below(4) == 0 { *INVENTED } else { *SHIPPED };
        let size = size(&mut chance);
        let mut opening = opening(size, None, state(&mut chance, dataset));
        opening.theme = [Theme::ANSI, Theme::MONO][chance.below(2)];
        opening.ascii = chance.below(8) == 0;
        opening.mouse = chance.below(2) == 0;
        opening.errand = errand(&mut chance, dataset);
        let terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
        let (now, disk) = (1_800_010_800_000, Model::default());
        let app = App::new(dataset, Opening { ..opening });
        Life { app, terminal, chance, size, now, disk, journal: None, late: Vec::new(), over: false }
    }

    /// Lives until the program is left, or so many inputs; answers how many there were.
    fn live(&mut self, most: u64) -> u64 {
        for number in 0..most {
            if self.over {
                return number;
            }
            let at = Mode::ALL.iter().position(|&mode| mode == self.app.mode()).unwrap();
            SEEN[at].fetch_add(1, Ordering::Relaxed);
            let input = self.input();
            self.take(input);
            assert!(self.app.stands(), "a cursor stands on nothing in the mode {:?}", self.app.mode());
            if self.chance.below(DRAWN) == 0 {
                self.look();
            }
        }
        most
    }

    /// Draws the picture, at times twice.
    fn look(&mut self) {
        let picture = self.picture();
        if self.chance.below(TWICE) == 0 {
            assert!(picture == self.picture(), "the same screen is drawn otherwise:\n{}", text(&picture));
            self.draw_at_another_size();
            self.go_and_come_back(&picture);
        }
    }

    fn picture(&mut self) -> Buffer {
        let app = &self.app;
        self.terminal.draw(|frame| app.view(frame)).unwrap().buffer.clone()
    }

    /// Draws a picture at a size that nobody has told the app, as where a window shrinks in between.
    fn draw_at_another_size(&mut self) {
        let (width, height) = size(&mut self.chance);
        self.terminal.backend_mut().resize(width, height);
        self.picture();
        self.terminal.backend_mut().resize(self.size.0, self.size.1);
    }

    /// Opens another place, where that can be done with one key, and sees whether going back restores the very picture.
    fn go_and_come_back(&mut self, before: &Buffer) {
        let panes = [Mode::Outline, Mode::Timeline, Mode::List, Mode::Map, Mode::Page];
        let visited = self.app.visited();
        if !panes.contains(&self.app.mode()) || self.size.1 < 5 {
            return;
        }
        let key = ["Enter", "s", "1", "2", "3", "4", "5", "6", "7"][self.chance.below(9)];
        self.take(Input::Key(key_event(key)));
        if self.app.visited() == visited {
            return; // Nothing was selected, or the focus went on to the page.
        }
        self.take(Input::Key(key_event("Backspace")));
        if !panes.contains(&self.app.mode()) {
            return; // From where a card is stated, back leads to the card.
        }
        let after = self.picture();
        let rows = |buffer: &Buffer| {
            let width = usize::from(buffer.area.width);
            buffer.content[..buffer.content.len() - width].to_vec() // What was said in the footer is said no more.
        };
        let (rows, others) = (rows(before), rows(&after));
        let differs = rows.iter().zip(&others).position(|(one, other)| one != other);
        let place = differs.map(|at| (before.pos_of(at), &rows[at], &others[at]));
        assert!(place.is_none(), "{key} and back: {place:?}\n{}\n\nbefore:\n{}", text(&after), text(before));
    }

    /// Lets something happen, and does what the app asks for.
    fn take(&mut self, input: Input) {
        if let Input::Resize(width, height) = input {
            self.size = (width, height);
            self.terminal.backend_mut().resize(width, height);
        }
        for effect in self.app.update(input) {
            self.over |= effect == Effect::Quit;
            let Some(report) = report(effect, &self.disk, &mut self.journal) else { continue };
            match self.chance.below(4) {
                0 => self.late.push(report),
                _ => drop(self.app.update(Input::Kept(report))),
            }
        }
    }

    fn input(&mut self) -> Input {
        match self.chance.below(100) {
            0..62 => self.bound_key(),
            62..74 => self.any_key(),
            74..84 => self.mouse(),
            84..87 => Input::Paste(Clean::line(self.written())),
            87..93 => self.resize(),
            93..98 => self.pass_time(),
            98 => self.late.pop().map_or(Input::Ahead(0), Input::Kept),
            _ => self.rarity(),
        }
    }

    /// A key that means something here; seldom one that leaves.
    fn bound_key(&mut self) -> Input {
        let mode = self.app.mode();
        if matches!(mode, Mode::Search | Mode::Typing | Mode::Layer) && self.chance.below(6) == 0 {
            return Input::Key(key_event("Esc")); // Else most of a life would be spent there.
        }
        let (_, keys) = BOUND.iter().find(|(known, _)| *known == mode).unwrap();
        let mut key = keys[self.chance.below(keys.len())];
        let leaves = |key: KeyEvent| key == key_event("q") || key == key_event("C-c");
        if leaves(key) && self.chance.below(32) > 0 {
            key = key_event(["j", "k", "Enter", "Down"][self.chance.below(4)]);
        }
        Input::Key(key)
    }

    /// Any key at all.
    fn any_key(&mut self) -> Input {
        let letters: Vec<char> = TEXTS[self.chance.below(TEXTS.len())].chars().collect();
        let code = match self.chance.below(12) {
            0..4 => KeyCode::Char(char::from(0x20 + self.chance.below(95) as u8)),
            4..7 => KeyCode::Char(letters[self.chance.below(letters.len())]),
            7 => KeyCode::F(self.chance.below(256) as u8),
            8 => KeyCode::Char(char::from_u32(self.chance.below(0x11_0000) as u32).unwrap_or('\u{fffd}')),
            9 => [KeyCode::Backspace, KeyCode::Delete, KeyCode::Insert, KeyCode::Null][self.chance.below(4)],
            10 => [KeyCode::Left, KeyCode::Right, KeyCode::Home, KeyCode::End][self.chance.below(4)],
            _ => [KeyCode::Esc, KeyCode::BackTab, KeyCode::Tab, KeyCode::Enter][self.chance.below(4)],
        };
        let modifiers = match self.chance.below(6) {
            0 => KeyModifiers::from_bits_truncate(self.chance.below(64) as u8),
            _ => KeyModifiers::NONE,
        };
        Input::Key(KeyEvent::new(code, modifiers))
    }

    /// A use of the mouse: inside of the screen, on its edges, and now and then where there is no screen.
    fn mouse(&mut self) -> Input {
        let button =
            [MouseButton::Left, MouseButton::Right, MouseButton::Middle][self.chance.below(6).saturating_sub(3)];
        let kind = match self.chance.below(10) {
            0..5 => MouseEventKind::Down(button),
            5 => MouseEventKind::Up(button),
            6 => MouseEventKind::Drag(button),
            7 => MouseEventKind::Moved,
            8 => MouseEventKind::ScrollDown,
            _ => [MouseEventKind::ScrollUp, MouseEventKind::ScrollLeft][self.chance.below(2)],
        };
        let mut coordinate = |side: u16| match self.chance.below(10) {
            0 => 0,
            1 => side.saturating_sub(1),
            2 => [side, u16::MAX, u16::MAX - 1][self.chance.below(3)],
            _ => self.chance.below(usize::from(side)) as u16,
        };
        let (column, row) = (coordinate(self.size.0), coordinate(self.size.1));
        Input::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })
    }

    fn written(&mut self) -> String {
        let count = 1 + self.chance.below(4);
        let texts = (0..count).map(|_| TEXTS[self.chance.below(TEXTS.len())]).collect::<Vec<_>>().concat();
        if self.chance.below(50) == 0 { texts.repeat(400) } else { texts }
    }

    fn resize(&mut self) -> Input {
        let (width, height) = size(&mut self.chance);
        Input::Resize(width, height)
    }

    /// The clock goes on, for the most part; where it is set back, a card that was to come soon comes later.
    fn pass_time(&mut self) -> Input {
        self.now = match self.chance.below(20) {
            0 => self.chance.number() >> self.chance.below(64),
            1 => self.now.wrapping_sub(365 * 86_400_000),
            2..9 => self.now.wrapping_sub(self.chance.below(7_200_000) as u64),
            9..13 => self.now.wrapping_add(86_400_000),
            _ => self.now.wrapping_add(self.chance.below(600_000) as u64),
        };
        Input::Clock(Moment(self.now))
    }

    fn rarity(&mut self) -> Input {
        match self.chance.below(7) {
            0 => Input::Ahead([0, 60, -720, 840, i16::MAX, i16::MIN][self.chance.below(6)]),
            1 => Input::Notice(Clean::line(self.written())),
            2 => Input::Talk(talk_state(&mut self.chance)),
            3 => Input::Shown(Box::new(shown(&mut self.chance))),
            4 => Input::Watching(self.chance.below(90)),
            5 => {
                let results = self.app.index().get().search(TEXTS[self.chance.below(TEXTS.len())]);
                Input::Found { number: self.chance.below(9) as u64, results: Arc::new(results) }
            }
            _ => {
                let unsaved = Unsaved { count: self.chance.below(9), why: Clean::line(self.written()) };
                Input::Kept(Report { unsaved: Some(unsaved), ..Report::default() })
            }
        }
    }
}

/// A size: mostly that of a window, often a tiny one, seldom a huge one.
fn size(chance: &mut Chance) -> (u16, u16) {
    let (width, height) = match chance.below(100) {
        0 => (500, 200),
        1 => (1, 1),
        2..5 => (500, 60),
        5..40 => (40, 12),
        40..60 => (61, 30),
        _ => (140, 45),
    };
    (1 + chance.below(width) as u16, 1 + chance.below(height) as u16)
}

/// What the last run left behind: nothing, or marks and a place that may be gone.
fn state(chance: &mut Chance, dataset: &Dataset) -> State {
    let records: Vec<_> = dataset.all().collect();
    let count = [0, 1, 3, 40][chance.below(4)];
    let mut marks: Vec<String> = (0..count).map(|_| dataset.address(records[chance.below(records.len())])).collect();
    marks.push("country/gone".to_owned());
    State { version: 1, last: marks.get(chance.below(marks.len())).cloned(), marks, ..State::default() }
}

/// What the program is started for.
fn errand(chance: &mut Chance, dataset: &'static Dataset) -> Option<Errand> {
    let tours = tours(dataset);
    match chance.below(10) {
        0 | 1 => {
            let mut talk = Talk::new(dataset, tours[chance.below(tours.len())].clone(), Some(20));
            talk.resume(&talk_state(chance));
            Some(Errand::Talk(talk))
        }
        2 => Some(Errand::Notes),
        5 => Some(Errand::Watch(shown(chance))),
        3 | 4 => {
            let decks = ["all", "marks", "card:date", "country/ru", "sea", ""];
            let records: Vec<_> = dataset.all().collect();
            let few = dataset.address(records[chance.below(records.len())]); // After few cards a session waits.
            let deck = decks.get(chance.below(2 * decks.len())).map_or(few, |&deck| deck.to_owned());
            Some(Errand::Study(Wish { deck: Some(deck), cram: chance.below(2) == 0 }))
        }
        _ => None,
    }
}

/// Where a talk stands, which a file may say of any dataset and any tour.
fn talk_state(chance: &mut Chance) -> TalkState {
    TalkState {
        version: 1,
        dataset: SHIPPED.source.title.to_string(),
        tour: ["peacekeeping", "marks", "no-such-tour"][chance.below(3)].to_owned(),
        stops: vec!["country/ru".to_owned(), "country/gone".to_owned()],
        slide: [0, 1, 5, 40, usize::MAX][chance.below(5)],
        points: [0, 1, 7, usize::MAX][chance.below(4)],
        began: (chance.below(2) == 0).then(|| chance.number()),
        minutes: [None, Some(0), Some(45), Some(u32::MAX)][chance.below(4)],
        running: chance.below(2) == 0,
    }
}

/// What those who watch a talk are shown, which another program may say of any talk.
fn shown(chance: &mut Chance) -> Shown {
    let furthest = (0..chance.below(30)).map(|_| [None, Some(0), Some(2), Some(usize::MAX)][chance.below(4)]).collect();
    Shown {
        talk: talk_state(chance),
        blank: [None, None, Some(Blank::Black), Some(Blank::White)][chance.below(4)],
        furthest,
    }
}

#[test]
fn r24_r26_random_inputs_lead_to_no_panic_and_to_no_impossible_state() {
    let (begun, inputs) = (Instant::now(), rounds(120_000, 10_000_000));
    let first: u64 = std::env::var("DETENTE_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0);
    let (seeds, done) = (AtomicU64::new(first), AtomicU64::new(0));
    let live = || {
        while done.load(Ordering::Relaxed) < inputs {
            let seed = seeds.fetch_add(1, Ordering::Relaxed);
            let lived = catch_unwind(AssertUnwindSafe(|| Life::begin(seed).live(LIFE)));
            let lived = lived.unwrap_or_else(|_| {
                done.store(inputs, Ordering::Relaxed);
                panic!("the life of DETENTE_SEED={seed} ended badly")
            });
            done.fetch_add(lived, Ordering::Relaxed);
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(live))));
    let lives = seeds.load(Ordering::Relaxed) - first;
    let seen = SEEN.each_ref().map(|seen| seen.load(Ordering::Relaxed));
    let (fewest, mode) = seen.into_iter().zip(Mode::ALL).min_by_key(|(seen, _)| *seen).unwrap();
    let modes = format!("all {} modes, of which the {} saw the fewest, {fewest}", Mode::ALL.len(), mode.name());
    tell(begun, &format!("{} inputs in {lives} lives, over {modes}", done.load(Ordering::Relaxed)));
    assert!(fewest > 0 || inputs < 100_000, "no input in the {}", mode.name());
}
