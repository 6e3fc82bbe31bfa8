//! What was answered so far: the journal's lines replayed, so that there is nothing beside them to get out of step.

use std::collections::{HashMap, HashSet};

use super::card::{Card, Key};
use super::entry::{Deed, Entry};
use super::schedule::{Due, Grade, Scheduler, Standing};
use super::stamp::{Stamp, StudyDay};

/// A review that counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Review {
    /// When.
    pub at: Stamp,
    /// The card.
    pub card: Key,
    /// How well it was known.
    pub grade: Grade,
    /// Whether it leaves the schedule as it is.
    pub rehearsal: bool,
    /// Where the card stood before.
    pub before: Standing,
}

/// The reader's progress.
#[derive(Debug, Clone)]
pub struct Progress {
    /// The rules of the schedule.
    pub scheduler: Scheduler,
    entries: Vec<Entry>,
    /// The places in `entries` of what was done with each question, whatever its answer meant at the time.
    of_card: HashMap<u64, Vec<u32>>,
    undone: HashSet<u64>,
    standings: HashMap<Key, Standing>,
    suspended: HashSet<u64>,
}

impl Progress {
    /// No progress yet.
    pub fn new(scheduler: Scheduler) -> Progress {
        Progress {
            scheduler,
            entries: Vec::new(),
            of_card: HashMap::new(),
            undone: HashSet::new(),
            standings: HashMap::new(),
            suspended: HashSet::new(),
        }
    }

    /// Takes in lines of the journal, in their order.
    pub fn extend(&mut self, entries: impl IntoIterator<Item = Entry>) {
        entries.into_iter().for_each(|entry| self.take(entry));
    }

    /// Takes in the next line of the journal.
    pub fn take(&mut self, entry: Entry) {
        let place = self.entries.len() as u32;
        self.entries.push(entry);
        match entry.deed {
            Deed::Review { card, .. } | Deed::Suspend(card) | Deed::Resume(card) => {
                self.of_card.entry(card.id).or_default().push(place);
                self.reckon(entry);
            }
            Deed::Undo(number) => self.undo(number),
            Deed::Reset => {
                self.of_card.clear();
                self.undone.extend(self.entries.iter().map(|entry| entry.number));
                self.standings.clear();
                self.suspended.clear();
            }
        }
    }

    /// Takes a line back: what it did with its card is reckoned again without it.
    fn undo(&mut self, number: u64) {
        let found = self.entries.iter().rev().find(|entry| entry.number == number);
        let card = match found.map(|entry| entry.deed) {
            Some(Deed::Review { card, .. } | Deed::Suspend(card) | Deed::Resume(card)) => card,
            _ => return,
        };
        if self.undone.insert(number) {
            self.replay(card.id);
        }
    }

    /// Reckons anew where a card stands, by all lines of it that were not taken back.
    fn replay(&mut self, id: u64) {
        self.standings.retain(|key, _| key.id != id);
        self.suspended.remove(&id);
        let places = self.of_card.get(&id).cloned().unwrap_or_default();
        for place in places {
            let entry = self.entries[place as usize];
            if !self.undone.contains(&entry.number) {
                self.reckon(entry);
            }
        }
    }

    /// Reckons with what a line did with its card.
    fn reckon(&mut self, entry: Entry) {
        match entry.deed {
            Deed::Review { card, grade, rehearsal: false } => {
                let before = self.standing(card);
                self.standings.insert(card, self.scheduler.after(&before, card.id, grade, entry.at));
            }
            Deed::Suspend(card) => drop(self.suspended.insert(card.id)),
            Deed::Resume(card) => drop(self.suspended.remove(&card.id)),
            Deed::Review { rehearsal: true, .. } | Deed::Undo(_) | Deed::Reset => {}
        }
    }

    /// Where a card stands.
    pub fn standing(&self, card: Key) -> Standing {
        self.standings.get(&card).copied().unwrap_or_default()
    }

    /// Says whether a card is asked no more.
    pub fn is_suspended(&self, card: Key) -> bool {
        self.suspended.contains(&card.id)
    }

    /// The number of the latest line that says this and was not taken back.
    pub fn number(&self, at: Stamp, deed: Deed) -> Option<u64> {
        let same = |entry: &&Entry| entry.at == at && entry.deed == deed && !self.undone.contains(&entry.number);
        self.entries.iter().rev().find(same).map(|entry| entry.number)
    }

    /// The lines of the journal, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The reviews that count, in order, each with where its card stood before.
    pub fn reviews(&self) -> Vec<Review> {
        let mut standings: HashMap<Key, Standing> = HashMap::new();
        let mut reviews = Vec::new();
        for entry in self.entries.iter().filter(|entry| !self.undone.contains(&entry.number)) {
            let Deed::Review { card, grade, rehearsal } = entry.deed else { continue };
            let before = standings.get(&card).copied().unwrap_or_default();
            if !rehearsal {
                standings.insert(card, self.scheduler.after(&before, card.id, grade, entry.at));
            }
            reviews.push(Review { at: entry.at, card, grade, rehearsal, before });
        }
        reviews
    }

    /// How many cards were answered for the first time on the day of `now`.
    pub fn new_today(&self, now: Stamp) -> u32 {
        let today = self.scheduler.day(now);
        let begun_today = |places: &Vec<u32>| {
            let entries = places.iter().map(|&place| self.entries[place as usize]);
            let counts = |entry: &Entry| {
                !self.undone.contains(&entry.number) && matches!(entry.deed, Deed::Review { rehearsal: false, .. })
            };
            entries.into_iter().find(counts).is_some_and(|first| self.scheduler.day(first.at) == today)
        };
        self.of_card.values().filter(|places| begun_today(places)).count() as u32
    }

    /// The day after today on which the next of some cards is due, and how many of them are.
    pub fn next_due<'c>(&self, cards: impl Iterator<Item = &'c Card>, now: Stamp) -> Option<(StudyDay, usize)> {
        let today = self.scheduler.day(now);
        let asked = cards.filter(|card| !self.is_suspended(card.key));
        let days = asked.filter_map(|card| match self.standing(card.key).due {
            Due::On(day) => Some(day).filter(|day| *day > today),
            Due::At(_) | Due::Any => None,
        });
        let days: Vec<StudyDay> = days.collect();
        let first = days.iter().copied().min()?;
        Some((first, days.into_iter().filter(|day| *day == first).count()))
    }

    /// The latest moment in the journal.
    pub fn latest(&self) -> Option<Stamp> {
        self.entries.iter().map(|entry| entry.at).max()
    }
}
