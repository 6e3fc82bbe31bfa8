//! A reader who studies, with a journal on a disk in memory.

use std::sync::LazyLock;

use detente::action::{Effect, Input};
use detente::app::Errand;
use detente::clock::Moment;
use detente::dataset::Dataset;
use detente::journal::Journal;
use detente::screens::study::Wish;
use detente::state::State;
use detente::study::chance::Chance;
use detente::study::schedule::Phase;
use detente::study::session::Next;
use detente::study::stamp::{DAY, MINUTE};
use detente::study::{Deed, Entry, Grade, Progress, Report, Scheduler, Session, Settings, Stamp, cards};

use crate::common::{Journey, SHIPPED, opening};
use crate::journal::model::Model;

/// When students begin: noon in Berlin on a day of winter.
pub const NOON: Stamp = Stamp { utc_ms: 1_800_010_800_000, offset: 60 };

/// What becomes of an effect that asks something of the journal, which is opened where it is read.
pub fn report(effect: Effect, disk: &Model, journal: &mut Option<Journal<Model>>) -> Option<Report> {
    match effect {
        Effect::ReadReviews => {
            let (opened, found) = Journal::open(disk.clone());
            *journal = Some(opened);
            Some(Report { all: Some(found.entries), notice: found.notice, ..Report::default() })
        }
        Effect::Note(at, deed) => Some(journal.as_mut().unwrap().note(at, deed)),
        _ => None,
    }
}

/// A reader who studies.
pub struct Student {
    journey: Option<Journey>,
    /// Where the reviews are kept.
    pub disk: Model,
    journal: Option<Journal<Model>>,
    /// What time it is.
    pub now: Stamp,
    /// How many effects have been performed.
    performed: usize,
    /// Whether reports wait until they are delivered.
    slow: bool,
    late: Vec<Report>,
}

impl Student {
    /// In the decks of the shipped dataset, with nothing learned.
    pub fn new() -> Student {
        Student::wishing(Wish::default())
    }

    /// Begins with what is wished, with nothing learned.
    pub fn wishing(wish: Wish) -> Student {
        Student::on(&SHIPPED, (80, 24), wish, Settings::default(), Model::default())
    }

    /// Begins with one deck, and every new card at once.
    pub fn of(deck: &str) -> Student {
        let wish = Wish { deck: Some(deck.to_owned()), cram: false };
        let settings = Settings { new_per_day: 1000, ..Settings::default() };
        Student::on(&SHIPPED, (80, 24), wish, settings, Model::default())
    }

    /// Any beginning.
    pub fn on(dataset: &'static Dataset, size: (u16, u16), wish: Wish, settings: Settings, disk: Model) -> Student {
        let opening = detente::app::Opening {
            errand: Some(Errand::Study(wish)),
            study: settings,
            ..opening(size, None, State::default())
        };
        Student::at(Journey::opening(dataset, opening), disk)
    }

    /// A reader who is anywhere in the program.
    pub fn at(journey: Journey, disk: Model) -> Student {
        let student = Student {
            journey: Some(journey),
            disk,
            journal: None,
            now: NOON,
            performed: 0,
            slow: false,
            late: Vec::new(),
        };
        student.pass(0)
    }

    /// Presses keys, each with all that comes of it.
    pub fn press(mut self, keys: &str) -> Student {
        for key in keys.split_whitespace() {
            self.journey = self.journey.take().map(|journey| journey.press(key));
            self.perform();
        }
        self
    }

    /// Types letters.
    pub fn write(mut self, text: &str) -> Student {
        self.journey = self.journey.take().map(|journey| journey.write(text));
        self
    }

    /// Lets so many milliseconds pass.
    pub fn pass(mut self, milliseconds: i64) -> Student {
        self.now = self.now.later(milliseconds);
        let clock = [Input::Clock(Moment(self.now.utc_ms.unsigned_abs())), Input::Ahead(self.now.offset)];
        for input in clock {
            self.journey = self.journey.take().map(|journey| journey.happen(input));
        }
        self.perform();
        self
    }

    /// Lets anything else happen.
    pub fn happen(mut self, input: Input) -> Student {
        self.journey = self.journey.take().map(|journey| journey.happen(input));
        self.perform();
        self
    }

    /// From now on the disk takes its time.
    pub fn slow(mut self) -> Student {
        self.slow = true;
        self
    }

    /// Lets all come that the disk has to tell, which is fast from now on.
    pub fn deliver(mut self) -> Student {
        self.slow = false;
        for report in std::mem::take(&mut self.late) {
            self.journey = self.journey.take().map(|journey| journey.happen(Input::Kept(report)));
        }
        self.perform();
        self
    }

    fn perform(&mut self) {
        while let Some(effect) = self.journey().effects.get(self.performed).cloned() {
            self.performed += 1;
            let Some(report) = report(effect, &self.disk, &mut self.journal) else { continue };
            if self.slow {
                self.late.push(report);
            } else {
                self.journey = self.journey.take().map(|journey| journey.happen(Input::Kept(report)));
            }
        }
    }

    /// The reader at the keys.
    pub fn journey(&self) -> &Journey {
        self.journey.as_ref().unwrap()
    }

    /// The picture as text.
    pub fn text(&self) -> String {
        self.journey().text()
    }

    /// Says whether these words stand on the screen.
    pub fn sees(&self, words: &str) -> bool {
        self.journey().sees(words)
    }

    /// The picture between the title and the footer.
    pub fn card(&self) -> String {
        let text = self.text();
        let lines: Vec<&str> = text.lines().collect();
        lines[1..lines.len() - 1].join("\n").trim().to_owned()
    }

    /// What is left, as the title says it.
    pub fn left(&self) -> String {
        self.text().lines().next().unwrap_or_default().rsplit("  ").next().unwrap_or_default().trim().to_owned()
    }

    /// The last line of the screen.
    pub fn footer(&self) -> String {
        self.journey().footer()
    }

    /// Says whether the program was left.
    pub fn has_left(&self) -> bool {
        self.journey().effects.contains(&Effect::Quit)
    }

    /// The lines of the journal.
    pub fn kept(&self) -> Vec<Entry> {
        Journal::open(self.disk.clone()).1.entries
    }

    /// What the journal amounts to.
    pub fn progress(&self) -> Progress {
        let mut progress = Progress::new(Scheduler::new(Settings::default()));
        progress.extend(self.kept());
        progress
    }
}

/// The disk of a reader who has studied for some days until a moment, though not on every one, and who remembers as
/// FSRS says.
pub fn after_days(dataset: &Dataset, days: i64, until: Stamp) -> Model {
    let cards = cards(dataset);
    let disk = Model::default();
    let mut journal = Journal::open(disk.clone()).0;
    let mut progress = Progress::new(Scheduler::new(Settings::default()));
    let mut chance = Chance::new(7);
    for day in (1..=days).rev().filter(|_| chance.below(6) > 0).collect::<Vec<_>>() {
        let mut now = until.later(-day * DAY);
        let mut session = Session::scheduled(&cards, (0..cards.len()).collect(), 12);
        while let Next::Card(place) = session.next(&cards, &progress, now) {
            let card = cards[place].key;
            let standing = progress.standing(card);
            let kept = match standing.phase {
                Phase::Review => progress.scheduler.retrievability(&standing, progress.scheduler.day(now)).unwrap(),
                Phase::New => 0.6,
                Phase::Learning(_) | Phase::Relearning(_) => 0.85,
            };
            let grade = match chance.share() < f64::from(kept) {
                true => [Grade::Hard, Grade::Good, Grade::Good, Grade::Good, Grade::Easy][chance.below(5)],
                false => Grade::Again,
            };
            session.answer(place, grade);
            let report = journal.note(now, Deed::Review { card, grade, rehearsal: false });
            progress.extend(report.added);
            now = now.later(MINUTE / 4);
        }
    }
    disk
}

/// What a reader may do in the decks, so that every screen of studying is seen.
pub const SCREENS: [&str; 16] = [
    "",
    "G",
    "/ k i n d : e x e r c i s e",
    "Enter",
    "Enter Space",
    "Enter c",
    "Enter c 1",
    "Enter c Down Enter",
    "Enter i x y Left",
    "Enter i x y Enter",
    "G c Space",
    "Enter Space 1 Space 3 q",
    "Enter Space 1 q x",
    "Enter x q G Enter",
    "v",
    "v PageDown G",
];

/// The journal of a reader who has studied the shipped dataset for some weeks.
static WEEKS: LazyLock<Vec<u8>> = LazyLock::new(|| after_days(&SHIPPED, 40, NOON).live());

/// A reader who has studied the shipped dataset for some weeks, in the decks, after some keys.
pub fn after_weeks(journey: Journey, keys: &str) -> Student {
    let disk = Model::default();
    disk.write(&WEEKS);
    Student::at(journey, disk).press("S").press(keys)
}
