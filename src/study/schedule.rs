//! When a card is due again: FSRS-6 with its default parameters, and steps of minutes for what is being learned.

use std::ops::RangeInclusive;

use fsrs::{FSRS, FSRS6_DEFAULT_DECAY, MemoryState, current_retrievability};

use super::chance::Chance;
use super::stamp::{MINUTE, Stamp, StudyDay};

/// How well an answer was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Not known.
    Again = 1,
    /// Known, with great effort.
    Hard = 2,
    /// Known.
    Good = 3,
    /// Known at once.
    Easy = 4,
}

impl Grade {
    /// All grades, the worst first.
    pub const ALL: [Grade; 4] = [Grade::Again, Grade::Hard, Grade::Good, Grade::Easy];

    /// The grade with this number, 1 to 4.
    pub fn from_number(number: u8) -> Option<Grade> {
        Grade::ALL.into_iter().find(|&grade| grade as u8 == number)
    }

    /// What the grade is called.
    pub fn word(self) -> &'static str {
        match self {
            Grade::Again => "again",
            Grade::Hard => "hard",
            Grade::Good => "good",
            Grade::Easy => "easy",
        }
    }
}

/// What a reader may set.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The share of cards that is to be known when they come up, 0.7 to 0.99.
    pub retention: f32,
    /// How many new cards a day brings at most.
    pub new_per_day: u32,
    /// The hour of the local time at which a day begins, 0 to 23.
    pub day_start: u8,
    /// Whether due days are spread a little, so that cards learned together come apart.
    pub spread: bool,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { retention: 0.9, new_per_day: 20, day_start: 4, spread: true }
    }
}

/// What the retention that is wanted may be, as a share; beyond it, there would be cards without end, or hardly any.
pub const RETENTION: RangeInclusive<f32> = 0.7..=0.99;

/// The steps of a card that is being learned, in minutes.
const LEARNING: [i64; 2] = [1, 10];

/// The steps of a card that was forgotten, in minutes.
const RELEARNING: [i64; 1] = [10];

/// The longest interval, in days.
pub const LONGEST: u32 = 36_500;

/// The shortest interval that is spread, in days.
const SPREAD_FROM: f64 = 2.5;

/// By how much of an interval its day is spread: from and to how many days, and the share (as in Anki and py-fsrs).
const SPREADS: [(f64, f64, f64); 3] = [(2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, f64::INFINITY, 0.05)];

/// Where a card stands on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Phase {
    /// Never answered.
    #[default]
    New,
    /// Being learned, at this step.
    Learning(u8),
    /// Known, and asked again after days.
    Review,
    /// Forgotten, and being learned again, at this step.
    Relearning(u8),
}

/// When a card is to be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Due {
    /// At any time.
    #[default]
    Any,
    /// From a moment on, in milliseconds of UTC.
    At(i64),
    /// From the beginning of a day on.
    On(StudyDay),
}

/// What is known of a card after its reviews.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Standing {
    /// Where it stands on its way.
    pub phase: Phase,
    /// How firmly it is remembered, and how hard it is.
    pub memory: Option<Memory>,
    /// The day of the last review.
    pub last: Option<StudyDay>,
    /// When it is to be asked again.
    pub due: Due,
    /// The days from the last review to the next; 0 for less than a day.
    pub interval: u32,
    /// How many reviews it had.
    pub reviews: u32,
    /// How often it was forgotten.
    pub lapses: u32,
}

/// The memory of a card, in the terms of FSRS.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Memory {
    /// After how many days nine in ten are still known.
    pub stability: f32,
    /// How hard the card is, 1 to 10.
    pub difficulty: f32,
}

/// The rules by which cards come up again.
#[derive(Debug, Clone)]
pub struct Scheduler {
    fsrs: FSRS,
    /// What the reader has set.
    pub settings: Settings,
}

impl Scheduler {
    /// The scheduler with the default parameters of FSRS-6.
    pub fn new(settings: Settings) -> Scheduler {
        let retention = if settings.retention.is_finite() {
            settings.retention.clamp(*RETENTION.start(), *RETENTION.end())
        } else {
            Settings::default().retention
        };
        let settings = Settings { retention, day_start: settings.day_start.min(23), ..settings };
        Scheduler { fsrs: FSRS::default(), settings }
    }

    /// The day of study of a moment.
    pub fn day(&self, at: Stamp) -> StudyDay {
        at.day(self.settings.day_start)
    }

    /// Where a card stands after an answer. `seed` is the card's own, so that its days are spread the same in every
    /// replay.
    pub fn after(&self, standing: &Standing, seed: u64, grade: Grade, at: Stamp) -> Standing {
        let today = self.day(at);
        let elapsed = standing.last.map_or(0, |last| today.since(last));
        let (memory, days) = self.memory_after(standing, grade, elapsed);
        let (phase, minutes) = next_phase(standing.phase, grade);
        let interval = match minutes {
            Some(_) => 0,
            None => self.spread(days, seed ^ u64::from(standing.reviews)),
        };
        Standing {
            phase,
            memory: memory.or(standing.memory),
            last: Some(today),
            due: match minutes {
                Some(minutes) => Due::At(at.utc_ms.saturating_add((minutes * MINUTE as f64) as i64)),
                None => Due::On(today.later(interval)),
            },
            interval,
            reviews: standing.reviews + 1,
            lapses: standing.lapses + u32::from(standing.phase == Phase::Review && grade == Grade::Again),
        }
    }

    /// How likely a card is known on a day; `None` for a card that was never answered.
    pub fn retrievability(&self, standing: &Standing, day: StudyDay) -> Option<f32> {
        let (memory, last) = (standing.memory?, standing.last?);
        Some(current_retrievability(memory.into(), day.since(last) as f32, FSRS6_DEFAULT_DECAY))
    }

    /// Says whether a card is to be asked at a moment. Where its last review lies in days to come, because a clock was
    /// wrong, nobody knows how long ago it was, and it is asked at once.
    pub fn is_due(&self, standing: &Standing, now: Stamp) -> bool {
        let today = self.day(now);
        let in_days_to_come = standing.last.is_some_and(|last| last.since(today) > 1);
        match standing.due {
            Due::Any => true,
            Due::At(moment) => moment <= now.utc_ms || in_days_to_come,
            Due::On(day) => day <= today || in_days_to_come,
        }
    }

    /// The memory after an answer, and the days until it will have sunk to the retention that is wanted.
    fn memory_after(&self, standing: &Standing, grade: Grade, elapsed: u32) -> (Option<Memory>, u32) {
        let before = standing.memory.map(MemoryState::from);
        let Ok(states) = self.fsrs.next_states(before, self.settings.retention, elapsed) else { return (None, 1) };
        let state = match grade {
            Grade::Again => states.again,
            Grade::Hard => states.hard,
            Grade::Good => states.good,
            Grade::Easy => states.easy,
        };
        let days = state.interval.round().clamp(1.0, LONGEST as f32) as u32;
        (Some(state.memory.into()), days)
    }

    fn spread(&self, days: u32, seed: u64) -> u32 {
        let interval = f64::from(days);
        if !self.settings.spread || interval < SPREAD_FROM {
            return days;
        }
        let share = |(from, to, share): (f64, f64, f64)| share * (interval.min(to) - from).max(0.0);
        let reach = 1.0 + SPREADS.into_iter().map(share).sum::<f64>();
        let first = ((interval - reach).round() as u32).max(2);
        let last = ((interval + reach).round() as u32).min(LONGEST).max(first);
        // One share for all grades, so that a better grade never comes back sooner.
        first + (Chance::new(seed).share() * f64::from(last - first + 1)) as u32
    }
}

impl From<Memory> for MemoryState {
    fn from(memory: Memory) -> MemoryState {
        MemoryState { stability: memory.stability, difficulty: memory.difficulty }
    }
}

impl From<MemoryState> for Memory {
    fn from(state: MemoryState) -> Memory {
        Memory { stability: state.stability, difficulty: state.difficulty }
    }
}

/// The phase after an answer, and the minutes to the next step where it is a step.
fn next_phase(phase: Phase, grade: Grade) -> (Phase, Option<f64>) {
    match phase {
        Phase::New => step(&LEARNING, 0, grade, Phase::Learning),
        Phase::Learning(at) => step(&LEARNING, at, grade, Phase::Learning),
        Phase::Relearning(at) => step(&RELEARNING, at, grade, Phase::Relearning),
        Phase::Review if grade == Grade::Again => (Phase::Relearning(0), Some(RELEARNING[0] as f64)),
        Phase::Review => (Phase::Review, None),
    }
}

fn step(steps: &[i64], at: u8, grade: Grade, phase: fn(u8) -> Phase) -> (Phase, Option<f64>) {
    let minutes = |at: u8| steps.get(usize::from(at)).map(|&minutes| minutes as f64);
    let hard = match (at, steps) {
        (0, &[only]) => Some(only as f64 * 1.5),
        (0, &[first, second, ..]) => Some((first + second) as f64 / 2.0),
        _ => minutes(at),
    };
    match grade {
        Grade::Again => (phase(0), minutes(0)),
        Grade::Hard if hard.is_some() => (phase(at), hard),
        Grade::Good if minutes(at + 1).is_some() => (phase(at + 1), minutes(at + 1)),
        Grade::Hard | Grade::Good | Grade::Easy => (Phase::Review, None),
    }
}
