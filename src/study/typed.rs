//! Answers that were typed: several accepted forms, folded spelling, a slip of the finger forgiven.

use crate::dataset::{Clean, Dataset, Date, Record};
use crate::search::fold;
use crate::wording;

use super::answer::{Answer, cardinal_word, ordinal_word};
use super::card::Card;
use super::dates;
use super::gap::{GAP, names, without};

/// What a typed answer is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The answer.
    Right,
    /// The answer but for a letter or two.
    Nearly,
    /// Some of it: what is missing, or what is too much.
    Partly(Clean),
    /// Not the answer.
    Wrong,
}

/// The longest name with no slip forgiven, and the longest with one, in letters.
const EXACT: usize = 4;
const ONE_SLIP: usize = 9;

/// Words between and before the names of a list.
const FILLERS: [&str; 6] = ["and", "the", "with", "of", "also", "plus"];

/// Other words for small numbers.
const NUMBER_WORDS: [(f64, &str); 5] =
    [(2.0, "both"), (2.0, "bilateral"), (3.0, "tripartite"), (3.0, "trilateral"), (12.0, "dozen")];

/// What `typed` is worth as the answer of a card.
pub fn verdict(dataset: &Dataset, card: &Card, typed: &str) -> Verdict {
    match &card.answer {
        _ if fold(typed).is_empty() => Verdict::Wrong,
        Answer::When(date) => when(date, typed),
        Answer::Month(date) if dates::read_month(typed) == date.month() => Verdict::Right,
        Answer::Records(records) => match records.as_slice() {
            &[record] => one(dataset, record, typed),
            records => all(dataset, records, typed),
        },
        Answer::Rounds(rounds) => numbers(rounds, typed),
        Answer::Amount { value, qualifier } => amount(*value, qualifier.to_string(), typed),
        Answer::Order(_) => {
            let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_uppercase();
            right(letters(typed) == letters(&card.answer_words(dataset)))
        }
        Answer::Month(_) => Verdict::Wrong,
    }
}

/// How a number is written: its digits, with and without commas, and its word.
pub fn spellings(value: f64) -> Vec<String> {
    let mut spellings = vec![value.to_string(), wording::thousands(value)];
    if value.fract() == 0.0 && (1.0..=12.0).contains(&value) {
        spellings.push(cardinal_word(value as usize));
    }
    spellings.extend(NUMBER_WORDS.iter().filter(|(number, _)| *number == value).map(|(_, word)| (*word).to_owned()));
    spellings
}

fn right(is_right: bool) -> Verdict {
    if is_right { Verdict::Right } else { Verdict::Wrong }
}

fn when(date: &Date, typed: &str) -> Verdict {
    let Some(read) = dates::read(typed) else { return Verdict::Wrong };
    let holds = read.first() <= date.first() && date.last() <= read.last();
    match (read.first() == date.first() && read.last() == date.last(), holds) {
        (true, _) => Verdict::Right,
        (_, true) => Verdict::Partly(Clean::line("it can be said more exactly")),
        _ => Verdict::Wrong,
    }
}

fn one(dataset: &Dataset, record: Record, typed: &str) -> Verdict {
    let typed = bare(typed);
    let slips = names(dataset, record).iter().map(|name| slips(&bare(name), &typed)).min();
    match slips {
        Some(0) => Verdict::Right,
        Some(1 | 2) => Verdict::Nearly,
        _ => Verdict::Wrong,
    }
}

/// The letters of a name, without "the".
fn bare(name: &str) -> String {
    fold(name).words().filter(|&word| word != "the").collect()
}

/// How many letters are wrong; more than two where more are wrong than are forgiven for the length.
fn slips(name: &str, typed: &str) -> usize {
    let slips = strsim::osa_distance(name, typed);
    let forgiven = match name.chars().count() {
        0..=EXACT => 0,
        count if count <= ONE_SLIP => 1,
        _ => 2,
    };
    if slips <= forgiven { slips } else { usize::MAX }
}

fn all(dataset: &Dataset, records: &[Record], typed: &str) -> Verdict {
    let mut rest = typed.to_owned();
    let mut missing: Vec<Record> = Vec::new();
    for &record in records {
        match without(&rest, &names(dataset, record)) {
            Some(without) => rest = without,
            None => missing.push(record),
        }
    }
    let mut left: Vec<String> = pieces(&rest.replace(GAP, ","));
    let before = missing.len();
    missing.retain(|&record| {
        let near = left.iter().position(|piece| one(dataset, record, piece) == Verdict::Nearly);
        near.map(|at| left.remove(at)).is_none()
    });
    let found = records.len() - missing.len();
    match (missing.is_empty(), left.is_empty()) {
        (true, true) if before == 0 => Verdict::Right,
        (true, true) => Verdict::Nearly,
        _ if found == 0 => Verdict::Wrong,
        (true, false) => Verdict::Partly(Clean::line(format!("too much: {}", left.join(", ")))),
        (false, _) => {
            let missing: Vec<&str> = missing.iter().map(|&record| &**dataset.name(record)).collect();
            Verdict::Partly(Clean::line(format!("missing: {}", missing.join(", "))))
        }
    }
}

/// What stands between commas and the like, without the words between names.
fn pieces(text: &str) -> Vec<String> {
    let is_filler = |word: &&str| FILLERS.contains(&&*word.to_lowercase());
    let parts = text.split([',', ';', '/', '&', '+', '\n']).flat_map(|part| part.split(" and "));
    let parts = parts.map(|part| part.split_whitespace().filter(|word| !is_filler(word)).collect::<Vec<_>>().join(" "));
    parts.filter(|part| !fold(part).is_empty()).collect()
}

fn numbers(rounds: &[u32], typed: &str) -> Verdict {
    let folded = fold(typed);
    let said = folded.words().filter(|word| !FILLERS.contains(word) && *word != "round" && *word != "rounds");
    let number = |word: &str| {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let spelled = (1..=12).find(|&number| ordinal_word(number) == word || cardinal_word(number as usize) == word);
        spelled.or_else(|| digits.parse().ok())
    };
    let Some(mut said) = said.map(number).collect::<Option<Vec<u32>>>() else { return Verdict::Wrong };
    said.sort_unstable();
    if said.len() < rounds.len() && !said.is_empty() && said.iter().all(|number| rounds.contains(number)) {
        return Verdict::Partly(Clean::line("there is another"));
    }
    right(said == rounds)
}

/// A number, with or without its qualifier and unit.
fn amount(value: Option<f64>, qualifier: String, typed: &str) -> Verdict {
    let folded = fold(typed);
    let words: Vec<&str> = folded.words().collect();
    let Some(value) = value else {
        return right(words.iter().any(|word| qualifier == *word));
    };
    let joined: String = words.iter().filter(|word| word.bytes().all(|byte| byte.is_ascii_digit())).copied().collect();
    let spelled = spellings(value).iter().any(|spelling| words.iter().any(|word| fold(spelling).letters() == *word));
    right(spelled || joined == value.to_string())
}
