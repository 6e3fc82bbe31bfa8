//! Decks: all cards, those of a record, of a section, of the marks, or of whatever a query finds.

use std::collections::HashSet;

use crate::dataset::{Dataset, EventKind, Kind, Record, Vocabulary};
use crate::search::Index;

use super::answer::Answer;
use super::card::{Card, Family};
use super::session::Left;

/// The fewest cards that make a deck of a country or kind.
const SMALLEST: usize = 4;

/// The most countries that have a line of their own, those with the most cards; every other is found by a query.
const MOST_COUNTRIES: usize = 24;

/// A choice of cards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deck {
    /// All cards.
    All,
    /// The cards of the marked records, and of all that is joined to them.
    Marks,
    /// The cards of a record, and of all that is joined to it; of a section, those that it states.
    Record(Record),
    /// The cards that ask for one thing, such as dates.
    Family(Family),
    /// The cards of the records that a query finds.
    Query(String),
}

impl Deck {
    /// Reads a deck as it is typed: `all`, `marks`, `card:date`, an address such as `section/2`, or any query.
    pub fn parse(text: &str, dataset: &Dataset) -> Deck {
        let text = text.trim();
        let family = || Family::ALL.into_iter().find(|family| text.strip_prefix("card:") == Some(family.word()));
        let section = || dataset.find(&format!("section/{}", text.strip_prefix("section:")?));
        match text {
            "" | "all" => Deck::All,
            "marks" => Deck::Marks,
            _ => match (dataset.find(text).or_else(section), family()) {
                (Some(record), _) => Deck::Record(record),
                (None, Some(family)) => Deck::Family(family),
                (None, None) => Deck::Query(text.to_owned()),
            },
        }
    }

    /// The deck in words that [`Deck::parse`] reads.
    pub fn address(&self, dataset: &Dataset) -> String {
        match self {
            Deck::All => "all".to_owned(),
            Deck::Marks => "marks".to_owned(),
            Deck::Record(record) => dataset.address(*record),
            Deck::Family(family) => format!("card:{}", family.word()),
            Deck::Query(query) => query.clone(),
        }
    }

    /// What the deck is called.
    pub fn name(&self, dataset: &Dataset) -> String {
        match self {
            Deck::All => "All cards".to_owned(),
            Deck::Marks => "Marked records".to_owned(),
            Deck::Record(record) => dataset.name(*record).to_string(),
            Deck::Family(family) => family.word().to_owned(),
            Deck::Query(query) => format!("“{query}”"),
        }
    }

    /// The places of its cards among all cards, ascending.
    pub fn cards(&self, dataset: &Dataset, index: &Index, marks: &[Record], cards: &[Card]) -> Vec<usize> {
        let places = |belongs: &dyn Fn(&Card) -> bool| {
            cards.iter().enumerate().filter(|(_, card)| belongs(card)).map(|(place, _)| place).collect()
        };
        match self {
            Deck::All => (0..cards.len()).collect(),
            Deck::Record(section) if section.kind == Kind::Section => {
                let numbers = paragraphs(dataset, *section);
                places(&|card| card.cites.iter().any(|number| numbers.contains(number)))
            }
            Deck::Record(record) => {
                let records = joined(dataset, &[*record]);
                places(&|card| belongs(card, &records))
            }
            Deck::Marks => {
                let records = joined(dataset, marks);
                places(&|card| belongs(card, &records))
            }
            Deck::Family(family) => places(&|card| card.family == *family),
            Deck::Query(query) => {
                let records = index.search(query).records().iter().copied().collect();
                places(&|card| belongs(card, &records))
            }
        }
    }
}

/// The numbers of a section's paragraphs.
fn paragraphs(dataset: &Dataset, section: Record) -> Vec<u32> {
    let paragraphs = &dataset.sections[section.index()].paragraphs;
    paragraphs.iter().map(|&paragraph| dataset.paragraphs[paragraph.index()].number).collect()
}

/// The records with all that is joined to them by more than being named or stated.
fn joined(dataset: &Dataset, records: &[Record]) -> HashSet<Record> {
    let links = records.iter().flat_map(|&record| dataset.links(record));
    let joined = links.filter(|link| link.relation.is_field() && link.incoming).map(|link| link.record);
    joined.chain(records.iter().copied()).collect()
}

/// Says whether a card is about any of the records; one that puts events in order, about all of its events.
fn belongs(card: &Card, records: &HashSet<Record>) -> bool {
    match &card.answer {
        Answer::Order(events) => records.contains(&card.record) || events.iter().all(|event| records.contains(event)),
        _ => card.about.iter().any(|record| records.contains(record)),
    }
}

/// A deck to choose, with what is left of it.
#[derive(Debug)]
pub struct Offered {
    /// The deck.
    pub deck: Deck,
    /// What it is called among the others.
    pub name: String,
    /// The places of its cards among all cards.
    pub places: Vec<usize>,
    /// How many of them are left, once they were counted.
    pub left: Left,
}

/// Decks of one sort under their heading; the first have none.
#[derive(Debug)]
pub struct Shelf {
    /// The heading.
    pub heading: &'static str,
    /// The decks.
    pub decks: Vec<Offered>,
}

/// The decks that a dataset makes: all cards and the marks, the sections, the countries and the kinds.
pub fn offered(dataset: &Dataset, index: &Index, marks: &[Record], cards: &[Card]) -> Vec<Shelf> {
    let offer = |deck: Deck, name: String| {
        let places = deck.cards(dataset, index, marks, cards);
        Offered { name, deck, places, left: Left::default() }
    };
    let named = |deck: Deck| offer(deck.clone(), deck.name(dataset));
    let large = |offered: &Offered| offered.places.len() >= SMALLEST;
    let sections = dataset.records(Kind::Section).map(|section| {
        let number = dataset.sections[section.index()].number;
        offer(Deck::Record(section), format!("{number} {}", dataset.name(section)))
    });
    let others = dataset.records(Kind::Country).filter(|country| Some(*country) != dataset.source.subject);
    let mut countries: Vec<Offered> = others.map(|country| named(Deck::Record(country))).filter(large).collect();
    countries.sort_by_key(|offered| std::cmp::Reverse(offered.places.len()));
    countries.truncate(MOST_COUNTRIES);
    countries.sort_by(|one, other| one.name.cmp(&other.name));
    let kinds = EventKind::ALL.iter().filter(|&&kind| dataset.events.iter().any(|event| event.kind == kind));
    let kinds = kinds.map(|kind| offer(Deck::Query(format!("kind:{kind}")), kind.to_string()));
    let families = Family::ALL.into_iter().map(|family| named(Deck::Family(family)));
    let shelves = [
        ("", vec![named(Deck::All), named(Deck::Marks)]),
        ("Sections", sections.filter(large).collect()),
        ("Countries", countries),
        ("Kinds of event", kinds.filter(large).collect()),
        ("Kinds of card", families.filter(|offered| !offered.places.is_empty()).collect()),
    ];
    let shelf = |(heading, decks)| Shelf { heading, decks };
    shelves.into_iter().map(shelf).filter(|shelf: &Shelf| !shelf.decks.is_empty()).collect()
}
