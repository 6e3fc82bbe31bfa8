//! Gaps: a text without the names that answer its question, and whether an answer still stands in it.

use crate::dataset::{Clean, Dataset, Entity, Record};
use crate::search::{Folded, fold, stem};

/// What stands in a text where a name was.
pub const GAP: &str = "____";

/// The shortest name that is looked for whatever its case; shorter ones, such as US, might be words.
const SHORTEST_FOLDED: usize = 4;

/// The shortest word by which a text can give an answer away, in letters.
const SHORTEST_TELLING: usize = 4;

/// Longer words that tell nothing.
const FILLERS: [&str; 7] = ["with", "from", "between", "into", "over", "their", "other"];

/// The share of an answer's telling words that gives it away.
const GIVEN_AWAY: f64 = 0.75;

/// The shortest beginning that makes two words one, in letters: consult and consultation, strategy and strategic.
const SHARED_BEGINNING: usize = 6;

/// What a record is called: its name, then short and official names, aliases, and as it is printed.
pub fn names(dataset: &Dataset, record: Record) -> Vec<Clean> {
    let entity = dataset.entity(record);
    let about = entity.about();
    let mut names = vec![about.name.clone()];
    match entity {
        Entity::Country(country) => names.push(country.official_name.clone()),
        Entity::Organisation(organisation) => names.extend(organisation.short.clone()),
        _ => {}
    }
    names.extend(about.aliases().iter().cloned());
    names.extend(about.as_printed().cloned());
    names
}

/// The text with a gap for every name of a record in it; `None` where none stands there.
pub fn without(text: &str, names: &[Clean]) -> Option<String> {
    let mut names: Vec<&Clean> = names.iter().collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.chars().count()));
    let mut text = text.to_owned();
    let mut found = false;
    for name in names {
        while let Some((start, end)) = find(&text, name) {
            text.replace_range(start..end, GAP);
            found = true;
        }
    }
    found.then_some(text)
}

/// What stood in each gap of a text, by the text as it was before; `None` where one is not made of the other.
pub fn fillings<'a>(gapped: &str, whole: &'a str) -> Option<Vec<&'a str>> {
    let mut parts = gapped.split(GAP);
    let mut rest = whole.strip_prefix(parts.next()?)?;
    let mut parts: Vec<&str> = parts.collect();
    let last = parts.pop()?;
    let mut found = Vec::new();
    for part in parts {
        let at = rest.find(part).filter(|_| !part.is_empty())?;
        found.push(&rest[..at]);
        rest = &rest[at + part.len()..];
    }
    found.push(rest.strip_suffix(last)?);
    Some(found)
}

/// Where a name stands in a text, in bytes.
fn find(text: &str, name: &str) -> Option<(usize, usize)> {
    let wanted = fold(name);
    let folded = fold(text);
    let letters = wanted.letters();
    let begins = folded.find(letters, false).filter(|_| !letters.is_empty())?;
    let positions: Vec<usize> = folded.positions(begins, begins + letters.len()).collect();
    let (first, last) = (*positions.first()?, *positions.last()?);
    let start = text.char_indices().nth(first)?.0;
    let end = text.char_indices().nth(last + 1).map_or(text.len(), |(at, _)| at);
    let as_written = letters.len() >= SHORTEST_FOLDED || &text[start..end] == name;
    as_written.then_some((start, end))
}

/// Says whether a folded question gives an answer away: a name of it stands there whole, or most words that tell
/// something do.
pub fn gives_away(question: &Folded, answer: &str) -> bool {
    let answer = fold(answer);
    if answer.is_empty() || question.contains(answer.letters(), false) {
        return true;
    }
    let told: Vec<&str> = question.words().collect();
    let words: Vec<&str> = answer.words().filter(|word| is_telling(word)).collect();
    let given = words.iter().filter(|word| told.iter().any(|told| are_one(told, word))).count();
    !words.is_empty() && given as f64 / words.len() as f64 >= GIVEN_AWAY
}

fn is_telling(word: &str) -> bool {
    let number = word.bytes().all(|byte| byte.is_ascii_digit());
    number || (word.len() >= SHORTEST_TELLING && !FILLERS.contains(&word))
}

/// Says whether two folded words are forms of one.
fn are_one(one: &str, other: &str) -> bool {
    let shared = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    stem(one) == stem(other) || shared >= SHARED_BEGINNING || (shared >= 5 && shared == one.len().min(other.len()))
}
