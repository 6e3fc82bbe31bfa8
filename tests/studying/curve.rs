//! Some weeks of study by a reader with a memory of their own, which is not that of the schedule: what is kept comes near
//! to what is wanted, and the days do not grow for ever.

use std::collections::HashMap;

use detente::study::chance::Chance;
use detente::study::schedule::Phase;
use detente::study::session::Next;
use detente::study::stamp::{DAY, MINUTE};
use detente::study::{Deed, Entry, Grade, Key, Progress, Scheduler, Session, Settings, Stamp, cards};

use super::student::NOON;
use crate::common::SHIPPED;

/// What a reader remembers of a card: for how many days nine in ten would, and when it was seen last.
#[derive(Clone, Copy)]
struct Trace {
    strength: f64,
    seen: i64,
}

impl Trace {
    /// The chance that it is known at a moment: it falls by the same share every day.
    fn known(&self, now: i64) -> f64 {
        let days = (now - self.seen) as f64 / DAY as f64;
        0.9_f64.powf(days / self.strength)
    }

    /// What is left after it was asked: twice the time where it was known, and the more the longer that was ago.
    fn after(&self, now: i64, known: bool) -> Trace {
        let days = (now - self.seen) as f64 / DAY as f64;
        let strength = match known {
            true if days < 0.5 => self.strength,
            true => self.strength.max(days) * 2.0,
            false => (self.strength * 0.4).max(1.0),
        };
        Trace { strength, seen: now }
    }
}

/// What a day came to.
#[derive(Debug, Clone, Copy, Default)]
struct Day {
    /// All answers.
    answers: usize,
    /// Answers to cards that had been learned, and how many were right.
    asked: usize,
    right: usize,
}

/// Days of study at noon, with so many new cards a day.
fn days(count: i64, new_per_day: u32, seed: u64) -> Vec<Day> {
    let cards = cards(&SHIPPED);
    let settings = Settings { new_per_day, ..Settings::default() };
    let mut progress = Progress::new(Scheduler::new(settings));
    let mut chance = Chance::new(seed);
    let mut traces: HashMap<Key, Trace> = HashMap::new();
    let mut number = 0;
    let study = |day: i64| {
        let mut now: Stamp = NOON.later(day * DAY);
        let mut session = Session::scheduled(&cards, (0..cards.len()).collect(), new_per_day);
        let mut done = Day::default();
        while let Next::Card(place) = session.next(&cards, &progress, now) {
            let card = cards[place].key;
            let phase = progress.standing(card).phase;
            let trace = traces.get(&card);
            let known = chance.share() < trace.map_or(0.3, |trace| trace.known(now.utc_ms));
            let grade = if known { Grade::Good } else { Grade::Again };
            done.answers += 1;
            if phase == Phase::Review {
                done.asked += 1;
                done.right += usize::from(known);
            }
            let fresh = Trace { strength: 3.0, seen: now.utc_ms };
            let after = trace.map_or(fresh, |trace| trace.after(now.utc_ms, known));
            traces.insert(card, after);
            session.answer(place, grade);
            number += 1;
            progress.take(Entry { number, at: now, deed: Deed::Review { card, grade, rehearsal: false } });
            now = now.later(MINUTE / 4);
        }
        done
    };
    (0..count).map(study).collect()
}

/// The share that was known in some days, and the answers of one of them.
fn share(days: &[Day]) -> (f64, f64) {
    let sum = |of: fn(&Day) -> usize| days.iter().map(of).sum::<usize>() as f64;
    (sum(|day| day.right) / sum(|day| day.asked), sum(|day| day.answers) / days.len() as f64)
}

#[test]
fn a_month_of_study_comes_near_to_what_is_wanted_and_settles() {
    for seed in [1, 7, 42] {
        let days = days(63, 20, seed);
        let weeks: Vec<(f64, f64)> = days.chunks(7).map(share).collect();
        let told = |(kept, answers): &(f64, f64)| format!("{:.1} % kept, {answers:.0} answers a day", kept * 100.0);
        let told = weeks.iter().map(told).collect::<Vec<_>>().join("\n");
        let month = share(&days[..30]).0;
        let last = share(&days[42..]).0;
        assert!((0.80..=0.96).contains(&month), "{month} of a month:\n{told}");
        assert!((0.86..=0.95).contains(&last), "{last} once all is learned:\n{told}");
        let most = weeks.iter().map(|week| week.1).fold(0.0, f64::max);
        let end = weeks[weeks.len() - 1].1;
        assert!(most < 150.0, "{most} answers a day:\n{told}");
        assert!(end < most / 2.0, "{end} answers a day at the end, {most} at most:\n{told}");
    }
}
