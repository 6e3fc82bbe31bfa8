//! Answers as facts, so that what is right and what is not is decided by the dataset and not by wording.

use crate::dataset::{Dataset, Date, Qualifier, Record, month_name};
use crate::wording;

use super::chance::Chance;

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// A time.
    When(Date),
    /// The month of a time whose year the question says.
    Month(Date),
    /// Records of one kind, all of them, in the order in which they are said.
    Records(Vec<Record>),
    /// The numbers of rounds, ascending.
    Rounds(Vec<u32>),
    /// A number of things; `None` where the source says no more than the qualifier.
    Amount {
        /// The number.
        value: Option<f64>,
        /// How exact it is.
        qualifier: Qualifier,
    },
    /// Events in order of time.
    Order(Vec<Record>),
}

/// The ordinal numbers that are written as words.
const ORDINALS: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
];

/// The cardinal numbers that are written as words, from one.
const CARDINALS: [&str; 12] =
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// "seventh", "21st".
pub fn ordinal_word(number: u32) -> String {
    let word = (number as usize).checked_sub(1).and_then(|at| ORDINALS.get(at));
    word.map_or_else(|| wording::ordinal(number), ToString::to_string)
}

/// Says whether a word is an ordinal number.
pub fn is_ordinal(word: &str) -> bool {
    ORDINALS.contains(&word)
}

/// "five", "21".
pub fn cardinal_word(number: usize) -> String {
    let word = number.checked_sub(1).and_then(|at| CARDINALS.get(at));
    word.map_or_else(|| number.to_string(), ToString::to_string)
}

/// "Japan", "Japan and South Korea", "China, Japan and South Korea".
pub fn joined(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The names of records: "China, Japan and South Korea".
pub fn names(dataset: &Dataset, records: &[Record]) -> String {
    joined(&records.iter().map(|&record| dataset.name(record).to_string()).collect::<Vec<_>>())
}

impl Answer {
    /// The answer in words. Events in order are said by their names.
    pub fn words(&self, dataset: &Dataset) -> String {
        match self {
            Answer::When(date) => wording::period(date),
            Answer::Month(date) => date.month().map(month_name).unwrap_or_default().to_owned(),
            Answer::Records(records) | Answer::Order(records) => names(dataset, records),
            Answer::Rounds(rounds) => joined(&rounds.iter().map(|&round| ordinal_word(round)).collect::<Vec<_>>()),
            Answer::Amount { value, qualifier } => wording::qualified(*value, *qualifier),
        }
    }

    /// The records that the answer names.
    pub fn records(&self) -> &[Record] {
        match self {
            Answer::Records(records) | Answer::Order(records) => records,
            _ => &[],
        }
    }

    /// What the answer means, in addresses and numbers, whatever it is called.
    pub fn meaning(&self, dataset: &Dataset) -> String {
        match self {
            Answer::When(date) => date.to_string(),
            Answer::Month(date) => format!("month {date}"),
            Answer::Records(records) => {
                let mut addresses: Vec<String> = records.iter().map(|&record| dataset.address(record)).collect();
                addresses.sort_unstable();
                addresses.join(" ")
            }
            Answer::Order(events) => events.iter().map(|&event| dataset.address(event)).collect::<Vec<_>>().join(" < "),
            Answer::Rounds(rounds) => rounds.iter().map(u32::to_string).collect::<Vec<_>>().join(" "),
            Answer::Amount { value, qualifier } => wording::qualified(*value, *qualifier),
        }
    }

    /// Events to put in order, in an order that is not the right one and always the same.
    pub fn listed(&self, seed: u64) -> Box<[Record]> {
        let Answer::Order(events) = self else { return Box::default() };
        let mut listed = events.clone();
        let mut chance = Chance::new(seed);
        while listed == *events && events.len() > 1 {
            chance.shuffle(&mut listed);
        }
        listed.into()
    }
}
