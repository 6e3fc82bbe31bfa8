//! Typed answers: what is taken for right, for nearly right, for a part, and what is not.

use std::sync::LazyLock;

use detente::study::typed::{Verdict, verdict};
use detente::study::{Card, Family, cards, dates};

use crate::common::SHIPPED;

static CARDS: LazyLock<Vec<Card>> = LazyLock::new(|| cards(&SHIPPED));

/// The card of a family on a record, with these words in its question.
fn card(family: Family, address: &str, words: &str) -> &'static Card {
    let record = SHIPPED.find(address).unwrap();
    let found = CARDS.iter().find(|card| {
        card.family == family
            && (card.record == record || card.about.contains(&record))
            && card.question().contains(words)
    });
    found.unwrap_or_else(|| panic!("no {} of {address} asks for {words}", family.word()))
}

fn judged(card: &Card, typed: &str) -> Verdict {
    verdict(&SHIPPED, card, typed)
}

#[test]
fn dates_are_read_in_every_usual_form() {
    for typed in [
        "October 2003",
        "october 2003",
        "Oct 2003",
        "oct. 2003",
        "in October, 2003",
        "October '03",
        "10/2003",
        "10.2003",
        "10-2003",
        "2003-10",
        "2003/10",
        "2003 October",
        "10/03",
        " Oct  03 ",
        "OCTOBER OF 2003",
    ] {
        assert_eq!(dates::read(typed).map(|date| date.to_string()).as_deref(), Some("2003-10"), "{typed}");
    }
    for typed in
        ["15 October 2003", "October 15, 2003", "Oct 15th 2003", "15.10.2003", "15/10/2003", "10/15/2003", "2003-10-15"]
    {
        assert_eq!(dates::read(typed).map(|date| date.to_string()).as_deref(), Some("2003-10-15"), "{typed}");
    }
    for typed in ["2003", "in 2003", "some time in 2003", "'03", "03", "the year 2003"] {
        assert_eq!(dates::read(typed).and_then(|date| date.year()), Some(2003), "{typed}");
    }
    for typed in [
        "October–November 2003",
        "Oct to Nov 2003",
        "from October to November 2003",
        "October 2003 - November 2003",
        "2003-10/2003-11",
    ] {
        assert_eq!(dates::read(typed).map(|date| date.to_string()).as_deref(), Some("2003-10/2003-11"), "{typed}");
    }
    for typed in ["2003-2004", "2003–2004", "2003 to 2004", "2003–04"] {
        let read = dates::read(typed).unwrap_or_else(|| panic!("{typed}"));
        assert_eq!((read.first().unwrap().year, read.last().unwrap().year), (2003, 2004), "{typed}");
    }
    for typed in
        ["", "soon", "October", "13/2003", "99999999999", "0", "32 October 2003", "2003 2004 2005 2006", "a 2003"]
    {
        assert_eq!(dates::read(typed), None, "{typed}");
    }
}

#[test]
fn a_date_is_right_partly_right_or_wrong() {
    let date = card(Family::Date, "event/gb-search-rescue-2004", "When");
    for typed in ["June 2004", "jun 04", "6/2004"] {
        assert_eq!(judged(date, typed), Verdict::Right, "{typed}");
    }
    assert!(matches!(judged(date, "2004"), Verdict::Partly(_)));
    for typed in ["July 2004", "2003", "June 2003", "British", ""] {
        assert_eq!(judged(date, typed), Verdict::Wrong, "{typed}");
    }
    let month = card(Family::Date, "event/sco-joint-2003-exercise", "In which month of 2003");
    for typed in ["August", "aug", "8", "August 2003", "08/2003"] {
        assert_eq!(judged(month, typed), Verdict::Right, "{typed}");
    }
    assert_eq!(judged(month, "May"), Verdict::Wrong);
}

#[test]
fn names_are_right_by_any_alias_and_forgive_a_slip() {
    let country = card(Family::Participants, "event/gb-search-rescue-2004", "navy (June 2004)");
    for typed in
        ["United Kingdom", "united kingdom", "UK", "uk", "Britain", "Great Britain", "british", "the United Kingdom"]
    {
        assert_eq!(judged(country, typed), Verdict::Right, "{typed}");
    }
    for typed in ["United Kindgom", "Untied Kingdom", "Britian"] {
        assert_eq!(judged(country, typed), Verdict::Nearly, "{typed}");
    }
    for typed in ["United States", "UA", "France", "", "  ", "United Kingdom and France"] {
        assert_eq!(judged(country, typed), Verdict::Wrong, "{typed}");
    }
    let body = card(Family::Participants, "event/tashkent-declaration-2004", "behind");
    for typed in ["SCO", "shanghai cooperation organisation", "Shanghai Cooperation Organization"] {
        assert_eq!(judged(body, typed), Verdict::Right, "{typed}");
    }
}

#[test]
fn lists_are_right_in_any_order_and_say_what_is_missing() {
    let four = card(Family::Participants, "event/sco-joint-2003-exercise", "four countries");
    for typed in [
        "Kazakhstan, Kyrgyzstan, Russia, Tajikistan",
        "Tajikistan, Russia, Kazakhstan and Kyrgyzstan",
        "russia kazakhstan kyrgyzstan tajikistan",
        "Russia; Kazakh; Kyrgyz & Tajik",
    ] {
        assert_eq!(judged(four, typed), Verdict::Right, "{typed}");
    }
    assert_eq!(
        judged(four, "Russia, Kazakhstan, Kirgizstan, Tadschikistan"),
        judged(four, "Russia, Kazakhstan, Kyrgyzstan")
    );
    assert_eq!(judged(four, "Russia, Kazakstan, Kyrgyzstan, Tajikistan"), Verdict::Nearly);
    let Verdict::Partly(missing) = judged(four, "Russia and Kazakhstan") else { panic!("not partly") };
    assert_eq!(&*missing, "missing: Kyrgyzstan, Tajikistan");
    let Verdict::Partly(much) = judged(four, "Kazakhstan, Kyrgyzstan, Russia, Tajikistan, Uzbekistan") else {
        panic!("not partly")
    };
    assert_eq!(&*much, "too much: Uzbekistan");
    assert_eq!(judged(four, "France, Germany"), Verdict::Wrong);
}

#[test]
fn numbers_and_rounds_are_right_in_digits_and_words() {
    let number = card(Family::Number, "figure/peacekeeping-military-total", "How many");
    for typed in ["3362", "3,362", "3 362", "3.362 ", "3362 soldiers"] {
        assert_eq!(judged(number, typed), Verdict::Right, "{typed}");
    }
    for typed in ["336", "33620", "three", ""] {
        assert_eq!(judged(number, typed), Verdict::Wrong, "{typed}");
    }
    let small = card(Family::Number, "figure/joint-2003-countries", "How many");
    assert_eq!(
        (judged(small, "5"), judged(small, "five"), judged(small, "Five countries")),
        (Verdict::Right, Verdict::Right, Verdict::Right)
    );
    let over = card(Family::Number, "figure/countries-visited", "How many");
    assert_eq!(
        (judged(over, "60"), judged(over, "over 60"), judged(over, "60+")),
        (Verdict::Right, Verdict::Right, Verdict::Right)
    );
    assert_eq!(judged(card(Family::Number, "figure/peacekeeping-wounded", "How many"), "dozens"), Verdict::Right);
    let round = card(Family::Round, "event/ru-general-staffs-2003", "Which round");
    for typed in ["7", "7th", "seventh", "the seventh", "seven", "round 7"] {
        assert_eq!(judged(round, typed), Verdict::Right, "{typed}");
    }
    assert_eq!(
        (judged(round, "8"), judged(round, "sixth"), judged(round, "7 8")),
        (Verdict::Wrong, Verdict::Wrong, Verdict::Wrong)
    );
    let rounds = card(Family::Round, "event/us-counter-terrorism-3", "Which rounds");
    assert_eq!((judged(rounds, "3rd and 4th"), judged(rounds, "fourth, third")), (Verdict::Right, Verdict::Right));
    assert!(matches!(judged(rounds, "third"), Verdict::Partly(_)));
}

#[test]
fn an_order_is_typed_as_letters() {
    let order = CARDS.iter().find(|card| card.family == Family::Order).unwrap();
    let right = order.answer_words(&SHIPPED);
    assert_eq!(judged(order, &right), Verdict::Right);
    assert_eq!(judged(order, &right.to_lowercase().replace(' ', "")), Verdict::Right);
    let reversed: String = right.chars().rev().collect();
    assert_eq!(judged(order, &reversed), Verdict::Wrong);
}

#[test]
fn every_answer_typed_in_full_is_right() {
    for card in CARDS.iter() {
        assert_eq!(judged(card, &card.answer_words(&SHIPPED)), Verdict::Right, "{}", card.question());
    }
}
