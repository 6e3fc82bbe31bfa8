//! What the reader's reviews amount to: what will be due, how much was kept, and how many there were on each day.

use std::collections::BTreeMap;

use super::card::Card;
use super::progress::{Progress, Review};
use super::schedule::{Due, Grade, Phase};
use super::stamp::{Stamp, StudyDay};

/// From how many days on a card counts as firmly known.
const FIRM: u32 = 21;

/// The days that count as lately.
const LATELY: u32 = 30;

/// The waits that the retention is told for, in days, each up to below the next.
pub const WAITS: [u32; 7] = [1, 2, 4, 8, 16, 31, 61];

/// Right answers among all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kept {
    /// How many were known.
    pub right: usize,
    /// How many were asked.
    pub asked: usize,
}

impl Kept {
    /// The share of those that were known; `None` where none was asked.
    pub fn share(self) -> Option<f64> {
        (self.asked > 0).then(|| self.right as f64 / self.asked as f64)
    }

    fn add(&mut self, review: &Review) {
        self.asked += 1;
        self.right += usize::from(review.grade != Grade::Again);
    }
}

/// How many cards stand where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standings {
    /// Never answered.
    pub new: usize,
    /// Being learned, or again.
    pub learning: usize,
    /// Known for less than three weeks to come.
    pub young: usize,
    /// Known for three weeks and longer.
    pub firm: usize,
    /// Asked no more.
    pub suspended: usize,
}

/// The figures of the statistics page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Statistics {
    /// The day of the figures.
    pub today: StudyDay,
    /// How many cards are due on each day from today on; what is overdue counts for today.
    pub forecast: Vec<usize>,
    /// How many reviews there were on each day that had some.
    pub reviews: BTreeMap<StudyDay, usize>,
    /// How much was kept after each of [`WAITS`], of cards that were known.
    pub kept_after: [Kept; WAITS.len()],
    /// How much was kept in the last 30 days, of cards that were known.
    pub kept_lately: Kept,
    /// How many cards stand where.
    pub standings: Standings,
    /// How many days in a row had reviews, up to today or yesterday.
    pub streak: usize,
}

impl Statistics {
    /// The figures for some of the cards, for as many days ahead as `days`.
    pub fn new(cards: &[&Card], progress: &Progress, now: Stamp, days: usize) -> Statistics {
        let today = progress.scheduler.day(now);
        let mut statistics = Statistics { today, forecast: vec![0; days], ..Statistics::default() };
        cards.iter().for_each(|card| statistics.count_card(card, progress));
        for review in progress.reviews() {
            statistics.count_review(&review, progress);
        }
        statistics.streak = statistics.count_streak();
        statistics
    }

    fn count_card(&mut self, card: &Card, progress: &Progress) {
        let standing = progress.standing(card.key);
        let standings = &mut self.standings;
        match standing.phase {
            _ if progress.is_suspended(card.key) => {
                standings.suspended += 1;
                return;
            }
            Phase::New => standings.new += 1,
            Phase::Learning(_) | Phase::Relearning(_) => standings.learning += 1,
            Phase::Review if standing.interval >= FIRM => standings.firm += 1,
            Phase::Review => standings.young += 1,
        }
        let ahead = match standing.due {
            Due::Any => return,
            Due::At(_) => 0,
            Due::On(day) => day.since(self.today) as usize,
        };
        self.forecast.iter_mut().skip(ahead).take(1).for_each(|due| *due += 1);
    }

    fn count_review(&mut self, review: &Review, progress: &Progress) {
        let day = progress.scheduler.day(review.at);
        *self.reviews.entry(day).or_default() += 1;
        let Some(last) = review.before.last.filter(|_| review.before.phase == Phase::Review && !review.rehearsal)
        else {
            return;
        };
        let waited = day.since(last);
        if let Some(at) = WAITS.iter().rposition(|&wait| waited >= wait) {
            self.kept_after[at].add(review);
        }
        if self.today.since(day) < LATELY {
            self.kept_lately.add(review);
        }
    }

    fn count_streak(&self) -> usize {
        let from = if self.reviews.contains_key(&self.today) { self.today.0 } else { self.today.0 - 1 };
        (0..).take_while(|back| self.reviews.contains_key(&StudyDay(from - back))).count()
    }
}
