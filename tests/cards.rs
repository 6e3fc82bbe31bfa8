//! The cards: each has one right answer by the dataset, gives it away nowhere, and names its source.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use detente::dataset::{self, Dataset, Entity, Kind, Record, Relation};
use detente::search::fold;
use detente::study::choices::choices;
use detente::study::gap::{GAP, fillings};
use detente::study::{Answer, Card, Family, cards};

use crate::common::{SHIPPED, open};

const SMALL: &str = include_str!("fixtures/small.json");

static CARDS: LazyLock<Vec<Card>> = LazyLock::new(|| cards(&SHIPPED));

/// All cards of both datasets.
fn all() -> Vec<(&'static Dataset, Card)> {
    let small = open(SMALL);
    let shipped = CARDS.iter().cloned().map(|card| (*SHIPPED, card));
    shipped.chain(cards(small).into_iter().map(move |card| (small, card))).collect()
}

fn told(dataset: &Dataset, card: &Card) -> String {
    format!("{} {}: {}", card.family.word(), dataset.address(card.record), card.question())
}

fn names(dataset: &Dataset, record: Record) -> Vec<String> {
    let entity = dataset.entity(record);
    let mut names = vec![entity.about().name.to_string()];
    names.extend(entity.about().aliases().iter().map(ToString::to_string));
    match entity {
        Entity::Country(country) => names.push(country.official_name.to_string()),
        Entity::Organisation(organisation) => names.extend(organisation.short.as_ref().map(ToString::to_string)),
        _ => {}
    }
    names
}

/// The events that a card asks about: its own, or those that it asks about together.
fn events(dataset: &Dataset, card: &Card) -> Vec<Record> {
    let of = |record: &&Record| record.kind == Kind::Event;
    match dataset.entity(card.record) {
        Entity::Event(_) => card.about.iter().filter(of).copied().collect(),
        _ => Vec::new(),
    }
}

#[test]
fn the_chapter_makes_at_least_400_cards_of_every_family() {
    assert!(CARDS.len() >= 400, "{}", CARDS.len());
    for family in Family::ALL {
        let count = CARDS.iter().filter(|card| card.family == family).count();
        assert!(count >= 10, "{count} cards of {}", family.word());
    }
}

#[test]
fn a_small_dataset_makes_cards_and_an_empty_one_none() {
    assert!(cards(open(SMALL)).len() >= 15);
    assert_eq!(cards(&Dataset::default()), Vec::new());
}

#[test]
fn every_card_asks_one_question_that_no_other_asks_and_cites_its_source() {
    for dataset in [*SHIPPED, open(SMALL)] {
        let mut asked = HashMap::new();
        let mut ids = HashSet::new();
        for card in cards(dataset) {
            let mut listed: Vec<Record> = card.listed.to_vec();
            listed.sort_unstable();
            let question = (fold(&card.question()).letters().to_owned(), listed);
            if let Some(other) = asked.insert(question, told(dataset, &card)) {
                panic!("{} asks what {other} asks", told(dataset, &card));
            }
            assert!(ids.insert(card.key.id), "{} shares its key", told(dataset, &card));
            assert!(card.prompt.ends_with('?'), "{}", told(dataset, &card));
            assert!(!card.cites.is_empty(), "{} cites nothing", told(dataset, &card));
            for &number in &card.cites {
                assert!(dataset.paragraph(number).is_some(), "{} cites {number}", told(dataset, &card));
            }
            assert!(card.about.contains(&card.record));
        }
    }
}

/// Says whether an answer is true of what a card asks, by the dataset alone.
fn is_true(dataset: &Dataset, card: &Card, answer: &Answer) -> bool {
    let entity = dataset.entity(card.record);
    let event = |record: Record| &dataset.events[record.index()];
    match answer {
        Answer::When(date) | Answer::Month(date) => entity
            .date()
            .is_some_and(|own| own.first() == date.first() && (own.last().is_none() || own.last() == date.last())),
        Answer::Rounds(rounds) => {
            let series = dataset.links(card.record).iter().filter(|link| link.relation == Relation::Series);
            let records = match card.record.kind {
                Kind::Mechanism => series.map(|link| link.record).collect(),
                _ => events(dataset, card),
            };
            let mut own: Vec<u32> = records.into_iter().filter_map(|record| event(record).round).collect();
            own.sort_unstable();
            own == *rounds
        }
        Answer::Amount { value, .. } => match (card.family, entity) {
            (Family::Cloze, _) => {
                let figures = card.about.iter().filter(|record| record.kind == Kind::Figure);
                figures.into_iter().any(|figure| dataset.figures[figure.index()].value == *value)
            }
            (_, Entity::Figure(figure)) => figure.value == *value,
            (_, Entity::Mechanism(mechanism)) => mechanism.rounds_stated.map(f64::from) == *value,
            _ => false,
        },
        Answer::Order(order) => {
            let sure = |record: &Record| event(*record).date.as_ref().filter(|date| date.is_sure());
            let days = |record: &Record| sure(record).and_then(|date| Some((date.first()?, date.last()?)));
            let spans: Option<Vec<_>> = order.iter().map(days).collect();
            spans.is_some_and(|spans| spans.windows(2).all(|pair| pair[0].1 < pair[1].0))
        }
        Answer::Records(records) => records.iter().all(|&record| is_true_record(dataset, card, record)),
    }
}

fn is_true_record(dataset: &Dataset, card: &Card, record: Record) -> bool {
    let joined = |one: Record| dataset.links(one).iter().any(|link| link.record == record);
    match (card.family, record.kind) {
        (Family::Section, _) => {
            let numbers = dataset.about(card.record).cites.iter();
            numbers.into_iter().all(|&number| {
                let paragraph = dataset.paragraph(number).unwrap();
                dataset.paragraphs[paragraph.index()].section == record
            })
        }
        (Family::Cloze, _) => joined(card.record),
        _ if record == card.record => true,
        _ => joined(card.record) || events(dataset, card).into_iter().any(joined),
    }
}

#[test]
fn the_answer_of_every_card_is_true() {
    for (dataset, card) in all() {
        assert!(is_true(dataset, &card, &card.answer), "{}", told(dataset, &card));
        assert!(!card.answer_words(dataset).is_empty());
    }
}

#[test]
fn no_wrong_answer_is_also_true_and_the_right_one_is_offered_once() {
    let mut offered = 0;
    for (dataset, card) in all() {
        for seed in 0..4 {
            let Some(choices) = choices(dataset, &card, seed) else { continue };
            offered += 1;
            let right = choices.iter().filter(|answer| **answer == card.answer).count();
            assert_eq!(right, 1, "{}", told(dataset, &card));
            let words: HashSet<String> = choices.iter().map(|answer| card.words(dataset, answer)).collect();
            assert_eq!(words.len(), choices.len(), "{} offers one answer twice", told(dataset, &card));
            for wrong in choices.iter().filter(|answer| **answer != card.answer) {
                assert!(!is_true(dataset, &card, wrong), "{} = {}", told(dataset, &card), card.words(dataset, wrong));
                assert_alike(dataset, &card, wrong);
            }
        }
    }
    assert!(offered > 4 * CARDS.len() * 9 / 10, "only {offered} of the cards offer a choice");
}

/// A wrong answer is of the same kind as the right one, and no part of the truth is in what makes it wrong.
fn assert_alike(dataset: &Dataset, card: &Card, wrong: &Answer) {
    let told = || format!("{} = {}", told(dataset, card), card.words(dataset, wrong));
    match (&card.answer, wrong) {
        (Answer::When(right), Answer::When(wrong)) => {
            assert_eq!(right.precision(), wrong.precision(), "{}", told());
            assert!(!wrong.overlaps(right.first().unwrap(), right.last().unwrap()), "{}", told());
        }
        (Answer::Records(right), Answer::Records(wrong)) => {
            assert_eq!(right.len(), wrong.len(), "{}", told());
            for &record in wrong.iter().filter(|record| !right.contains(record)) {
                assert_eq!(record.kind, right[0].kind, "{}", told());
                assert!(!is_true_record(dataset, card, record), "{}", told());
                assert!(!shares_country(dataset, right, record), "{}", told());
            }
        }
        (Answer::Amount { qualifier: right, .. }, Answer::Amount { qualifier: wrong, .. }) => assert_eq!(right, wrong),
        (right, wrong) => assert_eq!(std::mem::discriminant(right), std::mem::discriminant(wrong), "{}", told()),
    }
}

/// Says whether a place or body lies in or belongs to the country of one that is right, and so may contain it.
fn shares_country(dataset: &Dataset, right: &[Record], record: Record) -> bool {
    let country = |record: Record| match dataset.entity(record) {
        Entity::Place(place) => place.country,
        Entity::Organisation(organisation) => organisation.country,
        _ => None,
    };
    country(record).is_some() && right.iter().any(|&right| country(right) == country(record))
}

#[test]
fn no_answer_stands_in_its_own_question() {
    for (dataset, card) in all() {
        let question = fold(&card.question());
        let said: Vec<String> = match &card.answer {
            Answer::Records(records) => records.iter().flat_map(|&record| names(dataset, record)).collect(),
            Answer::Order(_) => continue,
            answer => vec![answer.words(dataset)],
        };
        for name in said.iter().filter(|name| name.len() > 3) {
            assert!(!question.contains(fold(name).letters(), false), "{} tells {name}", told(dataset, &card));
        }
        if let Answer::Amount { value: Some(value), .. } = card.answer {
            let number = fold(&value.to_string());
            assert!(!question.contains(number.letters(), false), "{} tells {value}", told(dataset, &card));
        }
    }
}

#[test]
fn events_to_put_in_order_are_listed_in_another_and_do_not_name_their_year() {
    for card in CARDS.iter().filter(|card| card.family == Family::Order) {
        let Answer::Order(events) = &card.answer else { panic!("no order") };
        assert_ne!(&card.listed[..], &events[..], "{}", told(&SHIPPED, card));
        for event in events {
            let year = SHIPPED.events[event.index()].date.as_ref().unwrap().year().unwrap();
            assert!(!SHIPPED.name(*event).contains(&year.to_string()), "{}", told(&SHIPPED, card));
        }
    }
}

#[test]
fn questions_that_two_events_fit_ask_for_both_or_are_not_asked() {
    let asked = |subject: &str| CARDS.iter().filter(|card| card.subject.contains(subject)).collect::<Vec<_>>();
    let both = asked("Second strategic consultation with ____ (September 2004)");
    assert_eq!(both.len(), 1);
    assert_eq!(both[0].answer_words(&SHIPPED), "Kyrgyzstan and Kazakhstan");
    assert_eq!(both[0].prompt.to_string(), "Which two countries fit here?");
    let rounds = asked("Counter-terrorism consultations with the United States (2003–2004)");
    assert_eq!(rounds.len(), 1);
    assert_eq!(rounds[0].answer_words(&SHIPPED), "third and fourth");
    let places = asked("Working groups on military maritime and air safety with the United States, Hawaii");
    assert_eq!(places[0].answer_words(&SHIPPED), "third");
}

/// The key of the card of a family on a record of the small dataset, after an edit of its file.
fn key_after(family: Family, address: &str, edits: &[(&str, &str)]) -> Option<String> {
    let edited = edits.iter().fold(SMALL.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    });
    let reading = dataset::read(edited.as_bytes());
    let dataset: &'static Dataset = Box::leak(Box::new(reading.dataset.unwrap()));
    let record = dataset.find(address)?;
    let card = cards(dataset).into_iter().find(|card| card.family == family && card.record == record)?;
    Some(card.key.to_string())
}

#[test]
fn r48_keys_hold_while_the_answer_means_the_same() {
    let date = |edits: &[(&str, &str)]| key_after(Family::Date, "event/fair-1", edits).unwrap();
    let own = date(&[]);
    assert_eq!(own, "07d21c9482f76cda-de5fcc9a", "keys are written in journals and never change");
    assert_eq!(date(&[("\"First fair at the fork\"", "\"The fair that began it\"")]), own, "reworded");
    assert_eq!(date(&[("[Bree](country/bb) came by boat.", "[Bree](country/bb) walked.")]), own, "other facts");
    let other = date(&[("\"date\": \"1901-05\"", "\"date\": \"1901-06\"")]);
    assert_eq!(other[..16], own[..16], "the same question");
    assert_ne!(other[16..], own[16..], "another answer");
    let countries = |edits: &[(&str, &str)]| key_after(Family::Participants, "event/fair-1", edits).unwrap();
    assert_eq!(countries(&[("\"name\": \"Bree\"", "\"name\": \"Brea\"")]), countries(&[]), "a renamed country");
}

#[test]
fn keys_are_read_as_they_are_written() {
    for card in CARDS.iter() {
        assert_eq!(card.key.to_string().parse(), Ok(card.key));
    }
    for broken in [
        "",
        "-",
        "0123456789abcdef",
        "0123456789abcdef-0123456",
        "0123456789ABCDEF-01234567",
        "+123456789abcdef-01234567",
    ] {
        assert!(broken.parse::<detente::study::Key>().is_err(), "{broken}");
    }
}

#[test]
fn gaps_are_filled_with_what_stood_there() {
    let filled = |card: &Card| Some(fillings(&card.subject, card.whole.as_ref()?)?.join("|"));
    let told = |subject: &str| CARDS.iter().find(|card| card.subject.contains(subject)).and_then(filled);
    assert_eq!(told("Search-and-rescue exercise with the ____ navy (March 2004)").as_deref(), Some("French"));
    assert_eq!(told("Fourth maritime and air safety meeting with ____").as_deref(), Some("the United States"));
    let mut rebuilt = 0;
    for card in CARDS.iter().filter(|card| card.whole.is_some()) {
        let whole = card.whole.as_ref().unwrap();
        let fillings =
            fillings(&card.subject, whole).unwrap_or_else(|| panic!("{whole} does not fill {}", card.subject));
        let mut fillings = fillings.into_iter();
        let text: Vec<&str> =
            card.subject.split(GAP).flat_map(|part| [Some(part), fillings.next()]).flatten().collect();
        assert_eq!(text.concat(), **whole);
        rebuilt += 1;
    }
    assert!(rebuilt > 150, "{rebuilt}");
    assert_eq!(fillings("a ____ b", "a x c"), None);
    assert_eq!(fillings("no gap", "no gap"), None);
}
