//! Progress, decks, sessions and statistics: what comes next, what is taken back, and what the reviews amount to.

use std::sync::LazyLock;

use detente::search::Index;
use detente::study::schedule::{Grade, Phase, Scheduler, Settings};
use detente::study::session::{Manner, Next, Session};
use detente::study::stamp::{MINUTE, Stamp};
use detente::study::{Card, Deck, Deed, Entry, Progress, Statistics, cards};
use proptest::prelude::*;

use crate::common::SHIPPED;

static CARDS: LazyLock<Vec<Card>> = LazyLock::new(|| cards(&SHIPPED));

const DAY: i64 = 24 * 60 * MINUTE;
const NOON: Stamp = Stamp { utc_ms: 1_800_014_400_000, offset: 60 };

fn progress() -> Progress {
    Progress::new(Scheduler::new(Settings::default()))
}

/// A reader with a journal in memory.
struct Reader {
    progress: Progress,
    session: Session,
    now: Stamp,
}

impl Reader {
    fn new(deck: Vec<usize>, new_per_day: u32) -> Reader {
        Reader { progress: progress(), session: Session::scheduled(&CARDS, deck, new_per_day), now: NOON }
    }

    fn next(&self) -> Next {
        self.session.next(&CARDS, &self.progress, self.now)
    }

    fn card(&self) -> usize {
        match self.next() {
            Next::Card(card) => card,
            other => panic!("{other:?}"),
        }
    }

    fn note(&mut self, deed: Deed) -> u64 {
        let number = self.progress.entries().len() as u64 + 1;
        self.progress.take(Entry { number, at: self.now, deed });
        number
    }

    fn answer(&mut self, grade: Grade) -> u64 {
        let card = self.card();
        let rehearsal = self.session.manner == Manner::Cram;
        self.session.answer(card, grade);
        self.note(Deed::Review { card: CARDS[card].key, grade, rehearsal })
    }

    fn wait(&mut self, milliseconds: i64) {
        self.now = self.now.later(milliseconds);
    }
}

fn all() -> Vec<usize> {
    (0..CARDS.len()).collect()
}

#[test]
fn a_day_brings_so_many_new_cards_and_no_two_of_one_record() {
    let mut reader = Reader::new(all(), 20);
    let mut records = Vec::new();
    let mut families = std::collections::HashSet::new();
    while let Next::Card(card) = reader.next() {
        records.push(CARDS[card].record);
        families.insert(CARDS[card].family);
        reader.answer(Grade::Easy);
    }
    assert_eq!(records.len(), 20);
    assert_eq!(reader.progress.new_today(reader.now), 20);
    assert!(families.len() >= 8, "{families:?}");
    let count = records.len();
    records.sort_unstable();
    records.dedup();
    assert_eq!(records.len(), count, "two new cards ask about one record on one day");
    assert_eq!(reader.next(), Next::Over);
    reader.wait(DAY);
    assert!(matches!(reader.next(), Next::Card(_)), "another day brings more");
}

#[test]
fn what_is_being_learned_comes_in_minutes_and_early_when_nothing_else_is_left() {
    let mut reader = Reader::new(all(), 2);
    let first = reader.card();
    reader.answer(Grade::Again);
    let second = reader.card();
    assert_ne!(first, second);
    reader.answer(Grade::Good);
    assert_eq!(reader.card(), first, "nothing else is left");
    reader.wait(MINUTE);
    assert_eq!(reader.card(), first);
    reader.answer(Grade::Good);
    assert_eq!(reader.card(), second);
    let left = reader.session.left(&CARDS, &reader.progress, reader.now);
    assert_eq!((left.new, left.learning, left.due), (0, 2, 0));
    reader.answer(Grade::Easy);
    reader.answer(Grade::Easy);
    assert_eq!(reader.next(), Next::Over);
}

#[test]
fn due_cards_come_with_new_ones_among_them() {
    let mut reader = Reader::new(all(), 10);
    while let Next::Card(_) = reader.next() {
        reader.answer(Grade::Good);
    }
    reader.wait(3 * DAY);
    let left = reader.session.left(&CARDS, &reader.progress, reader.now);
    assert_eq!((left.due, left.new), (10, 10));
    let mut new = Vec::new();
    for _ in 0..20 {
        new.push(reader.progress.standing(CARDS[reader.card()].key).phase == Phase::New);
        reader.answer(Grade::Easy);
    }
    assert_eq!(new.iter().filter(|new| **new).count(), 10);
    assert!(new[..10].contains(&true) && new[..10].contains(&false), "{new:?}");
}

#[test]
fn any_number_of_answers_is_taken_back() {
    let mut reader = Reader::new(all(), 100);
    let mut numbers = Vec::new();
    let mut before = vec![];
    for at in 0..60 {
        before.push((reader.card(), reader.session.left(&CARDS, &reader.progress, reader.now)));
        numbers.push(reader.answer(Grade::ALL[at % 4]));
        reader.wait(MINUTE / 2);
    }
    while let Some(number) = numbers.pop() {
        let answered = reader.session.take_back().unwrap();
        let (card, _) = before.pop().unwrap();
        assert_eq!(answered.card, card);
        reader.note(Deed::Undo(number));
    }
    assert!(reader.session.take_back().is_none());
    assert_eq!(reader.progress.new_today(reader.now), 0);
    assert!(CARDS.iter().all(|card| reader.progress.standing(card.key).phase == Phase::New));
    assert!(reader.progress.reviews().is_empty());
}

#[test]
fn a_suspended_card_is_asked_no_more_until_it_is_resumed() {
    let mut reader = Reader::new(all(), 20);
    let card = reader.card();
    let number = reader.note(Deed::Suspend(CARDS[card].key));
    assert_ne!(reader.card(), card);
    reader.note(Deed::Undo(number));
    assert_eq!(reader.card(), card);
    reader.note(Deed::Suspend(CARDS[card].key));
    reader.note(Deed::Resume(CARDS[card].key));
    assert_eq!(reader.card(), card);
}

#[test]
fn cram_asks_every_card_until_it_is_known_and_moves_no_schedule() {
    let deck = Deck::parse("country/ru", &SHIPPED).cards(&SHIPPED, &Index::new(&SHIPPED), &[], &CARDS);
    let mut reader = Reader::new(deck.clone(), 0);
    reader.session = Session::cram(deck.clone(), 7);
    let first = reader.card();
    reader.answer(Grade::Again);
    let mut asked = std::collections::HashSet::new();
    let mut gap = 0;
    while let Next::Card(card) = reader.next() {
        gap += usize::from(!asked.contains(&first));
        asked.insert(card);
        reader.answer(Grade::Good);
    }
    assert_eq!(asked.len(), deck.len());
    assert_eq!(gap, 5, "a missed card comes again soon, and not at once");
    assert_eq!(reader.session.missed(), [first]);
    assert!(deck.iter().all(|&card| reader.progress.standing(CARDS[card].key).phase == Phase::New));
    assert_eq!(reader.progress.new_today(reader.now), 0);
}

#[test]
fn decks_hold_what_they_say() {
    let index = Index::new(&SHIPPED);
    let deck = |text: &str| Deck::parse(text, &SHIPPED).cards(&SHIPPED, &index, &[], &CARDS);
    assert_eq!(deck("all").len(), CARDS.len());
    assert_eq!(deck("").len(), CARDS.len());
    assert!(deck("marks").is_empty());
    let sections: usize = (0..6).map(|section| deck(&format!("section/{section}")).len()).sum();
    assert!(sections >= CARDS.len(), "every card stands in a section");
    assert_eq!(deck("section/4"), deck("section:4"));
    for place in deck("section/4") {
        assert!(CARDS[place].cites.iter().all(|number| (15..=17).contains(number)) || CARDS[place].cites.len() > 1);
    }
    let russia = SHIPPED.find("country/ru").unwrap();
    let about = deck("country/ru");
    assert!(about.len() >= 20 && about.len() < 80, "{}", about.len());
    for place in about {
        let card = &CARDS[place];
        let joined = |record| record == russia || SHIPPED.links(record).iter().any(|link| link.record == russia);
        assert!(card.about.iter().any(|&record| joined(record)), "{}", card.question());
    }
    assert!(deck("kind:exercise").len() >= 20);
    assert!(deck("\"yellow sea\"").len() >= 3);
    assert!(deck("no such thing at all").is_empty());
    let marks = [SHIPPED.find("event/pk-friendship-2004").unwrap()];
    let marked = Deck::Marks.cards(&SHIPPED, &index, &marks, &CARDS);
    assert!(marked.len() >= 2 && marked.iter().all(|&place| CARDS[place].about.contains(&marks[0])));
    for text in ["all", "marks", "section/2", "country/ru", "kind:exercise year:2003"] {
        assert_eq!(Deck::parse(text, &SHIPPED).address(&SHIPPED), text);
    }
    assert_eq!(Deck::parse("section/2", &SHIPPED).name(&SHIPPED), "Regional Security Cooperation");
}

#[test]
fn statistics_count_what_was_done() {
    let mut reader = Reader::new(all(), 10);
    for _ in 0..3 {
        while let Next::Card(card) = reader.next() {
            let known = reader.progress.standing(CARDS[card].key).phase == Phase::Review;
            reader.answer(if known && card % 3 == 0 { Grade::Again } else { Grade::Good });
            reader.wait(MINUTE);
        }
        reader.wait(DAY);
    }
    let cards: Vec<&Card> = CARDS.iter().collect();
    let statistics = Statistics::new(&cards, &reader.progress, reader.now.later(-DAY), 30);
    assert_eq!(statistics.reviews.values().sum::<usize>(), reader.progress.reviews().len());
    assert_eq!(statistics.reviews.len(), 3);
    assert_eq!(statistics.streak, 3);
    let standings = statistics.standings;
    assert_eq!(standings.new + standings.learning + standings.young + standings.firm, CARDS.len());
    assert_eq!(standings.learning + standings.young + standings.firm, 30);
    assert_eq!(statistics.forecast.iter().sum::<usize>(), 30);
    let kept = statistics.kept_lately;
    assert!(kept.asked > 0 && kept.right < kept.asked);
    assert_eq!(kept.asked, statistics.kept_after.iter().map(|kept| kept.asked).sum::<usize>());
    let later = Statistics::new(&cards, &reader.progress, reader.now.later(5 * DAY), 30);
    assert_eq!(later.streak, 0);
    assert!(later.forecast[0] > 0, "what is overdue counts for today");
    assert_eq!(Statistics::new(&[], &progress(), NOON, 0).streak, 0);
}

#[test]
fn a_changed_answer_begins_anew_and_a_changed_back_one_goes_on() {
    let mut progress = progress();
    let card = CARDS[0].key;
    let other = detente::study::Key { meaning: card.meaning ^ 1, ..card };
    let review =
        |number, card| Entry { number, at: NOON, deed: Deed::Review { card, grade: Grade::Easy, rehearsal: false } };
    progress.extend([review(1, card), review(2, other)]);
    assert_eq!(progress.standing(card).reviews, 1);
    assert_eq!(progress.standing(other).reviews, 1);
    progress.take(Entry { number: 3, at: NOON, deed: Deed::Reset });
    assert_eq!(progress.standing(card).reviews, 0);
    progress.take(review(4, card));
    progress.take(Entry { number: 5, at: NOON, deed: Deed::Undo(1) });
    assert_eq!(progress.standing(card).reviews, 1, "what was forgotten cannot be taken back");
}

fn any_deed() -> impl Strategy<Value = Deed> {
    let key = (0..6_usize).prop_map(|at| CARDS[at].key);
    prop_oneof![
        8 => (key.clone(), 0..4_usize, any::<bool>())
            .prop_map(|(card, grade, rehearsal)| Deed::Review { card, grade: Grade::ALL[grade], rehearsal }),
        1 => key.clone().prop_map(Deed::Suspend),
        1 => key.prop_map(Deed::Resume),
        3 => (0..60_u64).prop_map(Deed::Undo),
        1 => Just(Deed::Reset),
    ]
}

proptest! {
    /// Taking lines in one by one, with what they undo, comes to the same as never having had the undone lines.
    #[test]
    fn progress_is_what_a_replay_without_the_undone_lines_says(deeds in prop::collection::vec(any_deed(), 0..50)) {
        let entries: Vec<Entry> = deeds.iter().enumerate()
            .map(|(at, &deed)| Entry { number: at as u64, at: NOON.later(at as i64 * DAY / 3), deed }).collect();
        let mut whole = progress();
        whole.extend(entries.clone());
        let reset = entries.iter().rposition(|entry| entry.deed == Deed::Reset).map_or(0, |at| at + 1);
        let undone: Vec<u64> = entries.iter().filter_map(|entry| match entry.deed {
            Deed::Undo(number) if number < entry.number => Some(number),
            _ => None,
        }).collect();
        let kept = entries[reset..].iter().filter(|entry| !undone.contains(&entry.number));
        let mut plain = progress();
        plain.extend(kept.filter(|entry| !matches!(entry.deed, Deed::Undo(_))).copied());
        for card in CARDS.iter().take(6) {
            prop_assert_eq!(whole.standing(card.key), plain.standing(card.key));
            prop_assert_eq!(whole.is_suspended(card.key), plain.is_suspended(card.key));
        }
        prop_assert_eq!(whole.reviews().len(), plain.reviews().len());
    }

    /// A line is read as it was written, and no other line passes for one.
    #[test]
    fn lines_are_read_as_they_are_written(number in 0..=1_u64 << 60, utc_ms: i64, offset: i16, deed in any_deed(), flip in 0..60_usize, bit in 0..8_u8) {
        let entry = Entry { number, at: Stamp { utc_ms, offset }, deed };
        let line = entry.to_string();
        prop_assert_eq!(Entry::parse(line.as_bytes()), Ok(entry));
        let mut damaged = line.clone().into_bytes();
        let at = flip % damaged.len();
        damaged[at] ^= 1 << bit;
        prop_assert!(Entry::parse(&damaged).is_err());
        prop_assert!(Entry::parse(&line.as_bytes()[..at]).is_err());
    }
}
