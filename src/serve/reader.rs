//! A reader: what their client says of its window, how they want things to look, and what the app may ask of the world
//! on their behalf. Nothing of it is kept but what they learn.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;

use super::bounds::{LARGEST, NAME};
use super::guests::Holder;
use super::hub::{Hub, Lectern};
use super::searches::Searches;
use super::students::Student;
use super::visit;
use crate::action::Input;
use crate::app::{Errand, Opening};
use crate::clock::Moment;
use crate::config::Environment;
use crate::dataset::{Clean, Dataset};
use crate::keymap::Keymap;
use crate::local_time;
use crate::screens::present::Talk;
use crate::search::SharedIndex;
use crate::shell::World;
use crate::state::{Shown, State, TalkState};
use crate::study::{self, Deed, Report, Stamp};
use crate::terminal::{Clipboard, HEAR_MOUSE, IGNORE_MOUSE};
use crate::theme::{Theme, ThemeName};
use crate::tour;

/// What is the same for all readers.
#[derive(Debug)]
pub struct Setting {
    /// What is served.
    pub dataset: &'static Dataset,
    /// The index that all search.
    pub index: SharedIndex,
    /// What the readers' tasks share.
    pub hub: Arc<Hub>,
    /// The theme of those who ask for none.
    pub theme: ThemeName,
    /// Where study progress is kept.
    pub students: Option<PathBuf>,
    /// The fingerprint or the comment of the speaker's key.
    pub speaker: Option<String>,
    /// How long a reader may do nothing in the explorer.
    pub idle: Duration,
    /// See [`Orders`](super::messages::Orders).
    pub selftest_panic: Option<u16>,
}

/// A reader's window, and who they are.
#[derive(Debug, Clone)]
pub struct Window {
    /// The kind of terminal, as its variable TERM has it.
    pub term: Clean,
    /// The size in columns and rows.
    pub size: (u16, u16),
    /// The name that they came by, which may say how things are to look.
    pub user: Clean,
    /// The key that they came with.
    pub holder: Option<Holder>,
}

/// How things are to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Wish {
    theme: Option<ThemeName>,
    ascii: bool,
}

impl Setting {
    /// What a reader has come for: to give the talk, to watch it, or to explore.
    pub fn errand(&self, reader: &Window, shown: Option<Shown>) -> Option<Errand> {
        let shown = shown?;
        let tour = tour::given(self.dataset, &shown.talk.tour, &shown.talk.stops);
        let tour = tour.filter(|_| self.is_speaker(reader));
        match tour {
            None => Some(Errand::Watch(shown)),
            Some(tour) => {
                let mut talk = Talk::new(self.dataset, tour, shown.talk.minutes);
                talk.resume(&shown.talk);
                Some(Errand::Talk(talk))
            }
        }
    }

    /// Says whether a reader has the key of the speaker.
    pub fn is_speaker(&self, reader: &Window) -> bool {
        let holder = reader.holder.as_ref().zip(self.speaker.as_deref());
        holder.is_some_and(|(holder, named)| holder.is(named))
    }

    /// Fails where that was asked for, to try what happens then.
    pub fn selftest_panic(&self, size: (u16, u16)) {
        assert!(self.selftest_panic != Some(size.0), "a self-test in a reader's task");
    }
}

impl Window {
    /// A window's size in bounds, whatever a client says.
    pub fn clamped(columns: u32, rows: u32) -> (u16, u16) {
        let clamped = |size: u32, most: u16| u16::try_from(size).unwrap_or(most).clamp(1, most);
        (clamped(columns, LARGEST.0), clamped(rows, LARGEST.1))
    }

    /// A name that a client has sent, made harmless and not too long.
    pub fn name(sent: &str) -> Clean {
        let bounded: String = sent.chars().take(NAME).collect();
        Clean::line(Clean::line(bounded).chars().take(NAME).collect::<String>())
    }

    /// Says whether the terminal can show a screen at all.
    pub fn can_show_a_screen(&self) -> bool {
        self.environment().screen
    }

    /// What the app starts with.
    pub fn opening(&self, setting: &Setting, size: (u16, u16), errand: Option<Errand>) -> Opening {
        let (wish, environment) = (Wish::of(&self.user), self.environment());
        let theme = Theme::named(wish.theme.unwrap_or(setting.theme), environment.colours, false);
        Opening {
            state: State::default(),
            printed: None,
            place: None,
            errand,
            study: study::Settings::default(),
            size,
            theme,
            keymap: Keymap::default(),
            ascii: wish.ascii || environment.ascii.is_some(),
            mouse: false,
        }
    }

    /// What is known of the terminal: its name. A client's variables are not heard.
    fn environment(&self) -> Environment {
        Environment::of(|name| match name {
            "TERM" => Some(self.term.to_string()),
            "LANG" => Some("C.UTF-8".to_owned()),
            _ => None,
        })
    }
}

impl Wish {
    /// The wish in a name such as `light` or `mono+ascii`. A name that says nothing of it is a name.
    fn of(user: &str) -> Wish {
        user.split('+').fold(Wish::default(), |wish, word| match (word, ThemeName::parse(word)) {
            (_, Some(theme)) => Wish { theme: Some(theme), ..wish },
            ("ascii", _) => Wish { ascii: true, ..wish },
            _ => wish,
        })
    }
}

/// The world around a reader's app.
#[derive(Debug)]
pub struct Reader {
    /// What the terminal is asked with the next picture.
    pub asked: Vec<u8>,
    /// Whether the next picture is drawn in full.
    pub anew: bool,
    /// What they learn.
    pub student: Student,
    /// What they search in a large dataset.
    searches: Searches,
    /// Where the talk is shown from, for the speaker.
    pub lectern: Option<Lectern>,
}

impl Reader {
    /// The world of a reader, who may be the speaker.
    pub fn new(
        setting: &Setting,
        window: &Window,
        lectern: Option<Lectern>,
        reports: UnboundedSender<Input>,
    ) -> Reader {
        let fingerprint = window.holder.as_ref().map(|holder| &*holder.fingerprint);
        let student = Student::new(setting.students.as_deref(), fingerprint, reports.clone());
        Reader { asked: Vec::new(), anew: false, student, searches: Searches::new(reports), lectern }
    }
}

impl World for Reader {
    fn now(&self) -> Moment {
        visit::now()
    }

    fn copy(&mut self, text: &Clean) -> Option<Clean> {
        let copied = Clipboard::of(|_| None).copy(text);
        self.asked.extend(copied.sequence);
        Some(copied.message)
    }

    fn hear_mouse(&mut self, heard: bool) {
        self.asked.extend_from_slice(if heard { HEAR_MOUSE } else { IGNORE_MOUSE });
    }

    fn redraw(&mut self) {
        self.anew = true;
    }

    fn suspend(&mut self) -> Option<Clean> {
        Some(Clean::line("There is no shell to go back to."))
    }

    fn save(&mut self, _state: &State) -> Option<Clean> {
        None // Marks last as long as the visit.
    }

    fn keep_talk(&mut self, talk: &TalkState) -> Option<Clean> {
        self.lectern.iter().filter(|_| !talk.running).for_each(Lectern::end);
        None // Each step is told to the console, which keeps it.
    }

    fn show_audience(&mut self, shown: Shown) {
        self.lectern.iter().for_each(|lectern| lectern.show(shown.clone()));
    }

    fn ahead(&self) -> i16 {
        local_time::ahead(i64::try_from(self.now().0).unwrap_or(i64::MAX))
    }

    fn read_reviews(&mut self) -> Option<Report> {
        self.student.read()
    }

    fn note(&mut self, at: Stamp, deed: Deed) -> Option<Report> {
        self.student.note(at, deed)
    }

    fn search(&mut self, index: &SharedIndex, number: u64, query: String) -> Option<Clean> {
        self.searches.ask(index, number, query);
        None
    }

    fn remember(&mut self, _state: State) {}
}
