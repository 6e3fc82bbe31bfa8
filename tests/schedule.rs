//! The schedule: against the published vectors of the reference implementations, over clocks and days, over a month.

use detente::study::chance::Chance;
use detente::study::schedule::{Due, Grade, LONGEST, Memory, Phase, Scheduler, Settings, Standing};
use detente::study::stamp::{MINUTE, Stamp, StudyDay};
use proptest::prelude::*;

use Grade::{Again, Easy, Good, Hard};

const DAY: i64 = 24 * 60 * MINUTE;

/// Half past noon of 29 November 2022, UTC: where the tests of py-fsrs begin.
const BEGINNING: Stamp = Stamp { utc_ms: 1_669_725_000_000, offset: 0 };

fn scheduler(spread: bool) -> Scheduler {
    Scheduler::new(Settings { spread, ..Settings::default() })
}

/// The moment at which a card is due, at the same time of the day as its last review.
fn due(standing: &Standing, last: Stamp) -> Stamp {
    match standing.due {
        Due::At(moment) => Stamp { utc_ms: moment, ..last },
        _ => last.later(i64::from(standing.interval) * DAY),
    }
}

/// tests/test_basic.py of py-fsrs 6.3.1 (MIT), `test_review_card`: the days to the next review.
#[test]
fn intervals_are_those_of_py_fsrs() {
    let grades = [Good, Good, Good, Good, Good, Good, Again, Again, Good, Good, Good, Good, Good];
    let scheduler = scheduler(false);
    let (mut standing, mut now, mut intervals) = (Standing::default(), BEGINNING, Vec::new());
    for grade in grades {
        standing = scheduler.after(&standing, 1, grade, now);
        intervals.push(standing.interval);
        now = due(&standing, now);
    }
    assert_eq!(intervals, [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]);
}

/// tests/test_basic.py of py-fsrs 6.3.1 (MIT), `test_memo_state`.
#[test]
fn memory_is_that_of_py_fsrs() {
    let scheduler = scheduler(true);
    let (mut standing, mut now) = (Standing::default(), BEGINNING);
    for (grade, days) in [(Again, 0), (Good, 0), (Good, 1), (Good, 3), (Good, 8), (Good, 21)] {
        now = now.later(days * DAY);
        standing = scheduler.after(&standing, 1, grade, now);
    }
    let Memory { stability, difficulty } = standing.memory.unwrap();
    assert!((stability - 53.626_91).abs() < 1e-3, "{stability}");
    assert!((difficulty - 6.357_486_7).abs() < 1e-4, "{difficulty}");
}

/// The documentation of `FSRS::next_states` in fsrs-rs 6.6.2 (BSD-3-Clause): the first memory after each grade.
#[test]
fn the_first_memory_is_that_of_fsrs_rs() {
    let expected =
        [(Again, 0.212, 6.4133), (Hard, 1.2931, 5.112_170_7), (Good, 2.3065, 2.118_104), (Easy, 8.2956, 1.0)];
    for (grade, stability, difficulty) in expected {
        let memory = scheduler(false).after(&Standing::default(), 1, grade, BEGINNING).memory.unwrap();
        assert_eq!((memory.stability, memory.difficulty), (stability, difficulty), "{}", grade.word());
    }
}

/// tests/test_basic.py of py-fsrs 6.3.1 (MIT), `test_good_learning_steps` and its neighbours.
#[test]
fn learning_goes_by_steps_of_minutes() {
    let scheduler = scheduler(false);
    let after = |grades: &[Grade]| {
        grades.iter().fold((Standing::default(), BEGINNING), |(standing, now), &grade| {
            let next = scheduler.after(&standing, 1, grade, now);
            (next, due(&next, now))
        })
    };
    let minutes = |grades: &[Grade]| {
        let (standing, now) = after(&grades[..grades.len() - 1]);
        match scheduler.after(&standing, 1, grades[grades.len() - 1], now).due {
            Due::At(moment) => Some((moment - now.utc_ms) as f64 / MINUTE as f64),
            _ => None,
        }
    };
    assert_eq!(minutes(&[Again]), Some(1.0));
    assert_eq!(minutes(&[Hard]), Some(5.5));
    assert_eq!(minutes(&[Good]), Some(10.0));
    assert_eq!(minutes(&[Easy]), None);
    assert_eq!(minutes(&[Good, Again]), Some(1.0));
    assert_eq!(minutes(&[Good, Hard]), Some(10.0));
    assert_eq!(minutes(&[Good, Good]), None);
    assert_eq!(minutes(&[Easy, Again]), Some(10.0));
    assert_eq!(minutes(&[Easy, Again, Hard]), Some(15.0));
    assert_eq!(minutes(&[Easy, Again, Good]), None);
    assert_eq!(after(&[Easy, Again]).0.lapses, 1);
    assert_eq!(after(&[Good, Again]).0.lapses, 0, "what was never known was not forgotten");
    assert_eq!(after(&[Easy]).0.phase, Phase::Review);
}

#[test]
fn days_are_spread_a_little_and_always_the_same() {
    let spread = scheduler(true);
    let mut known = Standing::default();
    let mut now = BEGINNING;
    for _ in 0..4 {
        known = scheduler(false).after(&known, 1, Good, now);
        now = due(&known, now);
    }
    let days = |seed: u64| spread.after(&known, seed, Good, now).interval;
    let plain = scheduler(false).after(&known, 1, Good, now).interval;
    let reach = 1.0 + 4.5 * 0.15 + 13.0 * 0.1 + (f64::from(plain) - 20.0) * 0.05;
    let seen: Vec<u32> = (0..500).map(days).collect();
    assert_eq!(seen, (0..500).map(days).collect::<Vec<_>>());
    for &day in &seen {
        assert!((f64::from(day) - f64::from(plain)).abs() <= reach.round() + 0.5, "{day} from {plain}");
    }
    let distinct: std::collections::HashSet<u32> = seen.into_iter().collect();
    assert!(distinct.len() > 5, "{distinct:?}");
    assert_eq!(spread.after(&Standing::default(), 1, Good, BEGINNING).interval, 0);
}

#[test]
fn the_day_begins_in_the_small_hours_of_the_readers_own_clock() {
    let at = |utc_ms: i64, offset: i16| Stamp { utc_ms, offset }.day(4);
    let midnight = 1_763_164_800_000; // 15 November 2025, 00:00 UTC
    assert_eq!(at(midnight, 0), at(midnight - 1, 0), "midnight is no border");
    assert_eq!(at(midnight + 4 * 60 * MINUTE, 0), at(midnight, 0).later(1));
    assert_eq!(at(midnight + 4 * 60 * MINUTE - 1, 0), at(midnight, 0));
    assert_eq!(at(midnight, 240), at(midnight, 0).later(1), "four in the morning, four hours east");
    assert_eq!(at(midnight + 13 * 60 * MINUTE, -600), at(midnight + 12 * 60 * MINUTE, -600));
    assert_eq!(
        Stamp { utc_ms: midnight, offset: 0 }.day(0).calendar(),
        detente::dataset::Day { year: 2025, month: 11, day: 15 }
    );
    assert_eq!(Stamp { utc_ms: midnight, offset: 0 }.day(0).weekday(), 5, "a Saturday");
}

#[test]
fn the_calendar_of_days_is_that_of_jiff() {
    for day in (-800_000..800_000).step_by(97) {
        let date = jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(day)).unwrap();
        let own = StudyDay(day).calendar();
        assert_eq!((i32::from(date.year()), date.month() as u8, date.day() as u8), (own.year, own.month, own.day));
        assert_eq!(StudyDay(day).weekday(), date.weekday().to_monday_zero_offset() as usize);
    }
}

/// Every evening at nine over the change of the clocks in March and in October, in Berlin and New York: one day each.
#[test]
fn r50_a_clock_change_moves_no_day() {
    for zone in ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"] {
        let zone = jiff::tz::TimeZone::get(zone).unwrap();
        let mut before: Option<StudyDay> = None;
        let mut date = jiff::civil::date(2026, 1, 1);
        for _ in 0..400 {
            for hour in [4, 21, 23] {
                let moment = date.at(hour, 0, 0, 0).to_zoned_datetime(zone.clone()).unwrap();
                let offset = (moment.offset().seconds() / 60) as i16;
                let day = Stamp { utc_ms: moment.timestamp().as_millisecond(), offset }.day(4);
                assert_eq!(day.calendar().day, date.day() as u8, "{moment}");
                if hour == 4 {
                    assert!(before.is_none_or(|before| day == before.later(1)), "{moment}");
                    before = Some(day);
                }
            }
            date = date.tomorrow().unwrap();
        }
    }
}

#[test]
fn r50_a_card_from_days_to_come_is_asked_at_once() {
    let scheduler = scheduler(false);
    let standing = scheduler.after(&Standing::default(), 1, Easy, BEGINNING.later(400 * DAY));
    assert!(scheduler.is_due(&standing, BEGINNING));
    let standing = scheduler.after(&Standing::default(), 1, Easy, BEGINNING);
    assert!(!scheduler.is_due(&standing, BEGINNING.later(-DAY)), "a day is what travelling west may cost");
}

fn any_grade() -> impl Strategy<Value = Grade> {
    (0..4_usize).prop_map(|at| Grade::ALL[at])
}

proptest! {
    /// Whatever the clock says: nothing is due before its own review, and nothing is lost from the numbers.
    #[test]
    fn r50_no_clock_makes_a_card_due_before_its_review(
        seed: u64,
        reviews in prop::collection::vec((any_grade(), prop_oneof![any::<i64>(), -DAY..400 * DAY], any::<i16>()), 1..60),
    ) {
        let scheduler = scheduler(true);
        let mut standing = Standing::default();
        let mut now = BEGINNING;
        for (count, (grade, jump, offset)) in reviews.into_iter().enumerate() {
            now = Stamp { utc_ms: now.utc_ms.saturating_add(jump), offset };
            standing = scheduler.after(&standing, seed, grade, now);
            match standing.due {
                Due::At(moment) => prop_assert!(moment >= now.utc_ms),
                Due::On(day) => prop_assert!(day > scheduler.day(now) || scheduler.day(now).0 == i32::MAX),
                Due::Any => prop_assert!(false, "an answered card is new"),
            }
            let Memory { stability, difficulty } = standing.memory.unwrap();
            prop_assert!(stability.is_finite() && stability > 0.0);
            prop_assert!((1.0..=10.0).contains(&difficulty));
            prop_assert!(standing.interval <= LONGEST);
            prop_assert_eq!(standing.reviews as usize, count + 1);
        }
    }

    /// A better grade never brings a card back sooner, and a longer wait never makes it better known.
    #[test]
    fn better_grades_and_shorter_waits_are_never_punished(
        seed: u64, grades in prop::collection::vec(any_grade(), 0..12), wait in 0_u32..400,
    ) {
        let scheduler = scheduler(true);
        let (mut standing, mut now) = (Standing::default(), BEGINNING);
        for grade in grades {
            standing = scheduler.after(&standing, seed, grade, now);
            now = due(&standing, now);
        }
        now = now.later(i64::from(wait) * DAY);
        let next = Grade::ALL.map(|grade| due(&scheduler.after(&standing, seed, grade, now), now));
        prop_assert!(next.is_sorted(), "{:?}", next);
        let days = scheduler.day(now);
        let known = [0, 1, 5, 30, 365].map(|wait| scheduler.retrievability(&next_standing(&scheduler, &standing, seed, now), days.later(wait)).unwrap());
        prop_assert!(known.is_sorted_by(|one, other| one >= other), "{:?}", known);
    }
}

fn next_standing(scheduler: &Scheduler, standing: &Standing, seed: u64, now: Stamp) -> Standing {
    scheduler.after(standing, seed, Good, now)
}

/// A month of reviews by a reader whose memory is as FSRS says: how many answers to known cards were right.
fn month(retention: f32, seed: u64) -> (f64, usize) {
    let scheduler = Scheduler::new(Settings { retention, ..Settings::default() });
    let mut chance = Chance::new(seed);
    let mut cards = vec![Standing::default(); 20 * 30];
    let (mut right, mut asked) = (0, 0);
    for day in 0..30 {
        let mut now = BEGINNING.later(day * DAY);
        for (number, card) in cards.iter_mut().enumerate().take(20 * (day as usize + 1)) {
            let mut minutes = 0;
            while scheduler.is_due(card, now) && minutes < 60 {
                let known = match card.phase {
                    Phase::New => chance.share() < 0.3,
                    Phase::Review => {
                        chance.share() < f64::from(scheduler.retrievability(card, scheduler.day(now)).unwrap())
                    }
                    _ => chance.share() < 0.9,
                };
                if card.phase == Phase::Review {
                    asked += 1;
                    right += usize::from(known);
                }
                *card = scheduler.after(card, number as u64, if known { Good } else { Again }, now);
                now = now.later(10 * MINUTE);
                minutes += 10;
            }
            now = BEGINNING.later(day * DAY);
        }
    }
    (right as f64 / asked as f64, asked)
}

#[test]
fn a_month_of_reviews_keeps_the_retention_that_was_asked_for() {
    let kept: Vec<(f64, usize)> = [0.8, 0.9, 0.95].map(|retention| month(retention, 7)).to_vec();
    for ((kept, asked), wanted) in kept.iter().zip([0.8, 0.9, 0.95]) {
        assert!((kept - wanted).abs() < 0.05, "{kept} instead of {wanted} over {asked} reviews");
    }
    assert!(kept.windows(2).all(|pair| pair[0].1 < pair[1].1), "more retention costs more reviews: {kept:?}");
}
