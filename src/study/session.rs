//! A session: which card comes next. What is being learned goes first, then what is due with new cards among it.

use std::collections::{HashMap, HashSet, VecDeque};

use super::card::{Card, Family};
use super::chance::{Chance, fingerprint};
use super::progress::Progress;
use super::schedule::{Due, Grade, Phase};
use super::stamp::{MINUTE, Stamp};

/// How early a card that is being learned may come where nothing else is left, in milliseconds.
const AHEAD: i64 = 20 * MINUTE;

/// How far behind a card that was missed in a rehearsal comes again, in cards.
const AGAIN_AFTER: usize = 4;

/// How a session goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// What is due, and some that are new; answers move the schedule.
    Scheduled,
    /// All cards once, until each was known; answers leave the schedule as it is.
    Cram,
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// This card, by its place among all cards.
    Card(usize),
    /// Nothing before this moment, in milliseconds of UTC.
    Later(i64),
    /// Nothing more today.
    Over,
}

/// How many cards are left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Left {
    /// New cards that today still brings.
    pub new: usize,
    /// Cards that are being learned.
    pub learning: usize,
    /// Cards that are due.
    pub due: usize,
}

/// An answer of this session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered {
    /// The card, by its place among all cards.
    pub card: usize,
    /// How well it was known.
    pub grade: Grade,
}

/// A session over some of the cards.
#[derive(Debug, Clone)]
pub struct Session {
    /// How it goes.
    pub manner: Manner,
    /// Its cards, in the order in which new ones are brought.
    cards: Vec<usize>,
    new_per_day: u32,
    /// The cards that a rehearsal has still to ask.
    queue: VecDeque<usize>,
    /// The answers so far, oldest first.
    pub answered: Vec<Answered>,
}

impl Session {
    /// A session by the schedule.
    pub fn scheduled(cards: &[Card], deck: Vec<usize>, new_per_day: u32) -> Session {
        let order = in_learning_order(cards, deck);
        Session { manner: Manner::Scheduled, cards: order, new_per_day, queue: VecDeque::new(), answered: Vec::new() }
    }

    /// A session that asks every card of a deck, in an order of chance.
    pub fn cram(deck: Vec<usize>, seed: u64) -> Session {
        let mut order = deck.clone();
        Chance::new(seed).shuffle(&mut order);
        Session { manner: Manner::Cram, cards: deck, new_per_day: 0, queue: order.into(), answered: Vec::new() }
    }

    /// The cards of the session.
    pub fn cards(&self) -> &[usize] {
        &self.cards
    }

    /// Which card comes next.
    pub fn next(&self, cards: &[Card], progress: &Progress, now: Stamp) -> Next {
        match self.manner {
            Manner::Cram => {
                let asked = self.queue.iter().copied().find(|&card| !progress.is_suspended(cards[card].key));
                asked.map_or(Next::Over, Next::Card)
            }
            Manner::Scheduled => self.next_scheduled(cards, progress, now),
        }
    }

    fn next_scheduled(&self, cards: &[Card], progress: &Progress, now: Stamp) -> Next {
        let round = Round::new(self, cards, progress, now);
        let Round { learning, due, new } = &round;
        if let Some(&(_, card)) = learning.iter().filter(|(moment, _)| *moment <= now.utc_ms).min() {
            return Next::Card(card);
        }
        let period = due.len() / new.len().max(1) + 1;
        let turn_of_new = due.is_empty() || self.answered.len() % period == period - 1;
        match (due.first(), new.first()) {
            (_, Some(&card)) if turn_of_new => return Next::Card(card),
            (Some(&card), _) | (None, Some(&card)) => return Next::Card(card),
            (None, None) => {}
        }
        match learning.iter().min() {
            Some(&(moment, card)) if moment <= now.utc_ms.saturating_add(AHEAD) => Next::Card(card),
            Some(&(moment, _)) => Next::Later(moment),
            None => Next::Over,
        }
    }

    /// How many cards are left.
    pub fn left(&self, cards: &[Card], progress: &Progress, now: Stamp) -> Left {
        match self.manner {
            Manner::Cram => Left { due: self.queue.len(), ..Left::default() },
            Manner::Scheduled => {
                let round = Round::new(self, cards, progress, now);
                Left { new: round.new.len(), learning: round.learning.len(), due: round.due.len() }
            }
        }
    }

    /// Takes note of an answer.
    pub fn answer(&mut self, card: usize, grade: Grade) {
        self.answered.push(Answered { card, grade });
        if self.manner == Manner::Cram {
            self.queue.retain(|&queued| queued != card);
            if grade == Grade::Again {
                self.queue.insert(AGAIN_AFTER.min(self.queue.len()), card);
            }
        }
    }

    /// Takes the last answer back; its card comes next.
    pub fn take_back(&mut self) -> Option<Answered> {
        let answered = self.answered.pop()?;
        if self.manner == Manner::Cram {
            self.queue.retain(|&queued| queued != answered.card);
            self.queue.push_front(answered.card);
        }
        Some(answered)
    }

    /// The cards that were not known at least once, in the order in which they were missed.
    pub fn missed(&self) -> Vec<usize> {
        let mut seen = HashSet::new();
        let missed = self.answered.iter().filter(|answered| answered.grade == Grade::Again);
        missed.map(|answered| answered.card).filter(|&card| seen.insert(card)).collect()
    }
}

/// What could be asked at a moment.
struct Round {
    /// Cards that are being learned, each with the moment when it is due.
    learning: Vec<(i64, usize)>,
    /// Cards that are due, in the order in which they are asked.
    due: Vec<usize>,
    /// New cards that today still brings, in order.
    new: Vec<usize>,
}

impl Round {
    fn new(session: &Session, cards: &[Card], progress: &Progress, now: Stamp) -> Round {
        let today = progress.scheduler.day(now);
        let mut round = Round { learning: Vec::new(), due: Vec::new(), new: Vec::new() };
        let mut due = Vec::new();
        let mut met = HashSet::new(); // Records that were asked about today: their other new cards wait for another day.
        let mut new = Vec::new();
        for &place in session.cards.iter().filter(|&&place| !progress.is_suspended(cards[place].key)) {
            let card = &cards[place];
            let standing = progress.standing(card.key);
            if standing.last == Some(today) {
                met.insert(card.record);
            }
            match (standing.phase, standing.due) {
                (Phase::New, _) => new.push(place),
                (_, Due::At(moment)) => {
                    let asked = if progress.scheduler.is_due(&standing, now) { moment.min(now.utc_ms) } else { moment };
                    round.learning.push((asked, place));
                }
                _ if progress.scheduler.is_due(&standing, now) => {
                    let mix = fingerprint([&*card.key.to_string(), &today.0.to_string()]);
                    due.push((standing.due, mix, place));
                }
                _ => {}
            }
        }
        due.sort_unstable();
        round.due = due.into_iter().map(|(_, _, place)| place).collect();
        let limit = session.new_per_day.saturating_sub(progress.new_today(now)) as usize;
        let unmet = new.into_iter().filter(|&place| met.insert(cards[place].record));
        round.new = unmet.take(limit).collect();
        round
    }
}

/// The order in which new cards are brought: the families in turn, each in an order of its own, so that a day brings
/// some of each; which section says so comes last.
fn in_learning_order(cards: &[Card], deck: Vec<usize>) -> Vec<usize> {
    let mut of_family: HashMap<Family, Vec<usize>> = HashMap::new();
    for place in deck {
        of_family.entry(cards[place].family).or_default().push(place);
    }
    let mut order: Vec<(bool, f64, Family, usize)> = Vec::new();
    for (family, mut places) in of_family {
        places.sort_by_key(|&place| cards[place].key.id);
        let count = places.len() as f64;
        let last = family == Family::Section;
        order
            .extend(places.into_iter().enumerate().map(|(at, place)| (last, (at as f64 + 0.5) / count, family, place)));
    }
    order.sort_by(|one, other| {
        one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)).then((one.2, one.3).cmp(&(other.2, other.3)))
    });
    order.into_iter().map(|(_, _, _, place)| place).collect()
}
