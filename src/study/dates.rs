//! Dates as people type them: "Oct 2003", "10/2003", "15 October '03", "October to November 2003".

use crate::dataset::{Date, month_name};
use crate::search::fold;

/// Words that say nothing beside a date.
const FILLERS: [&str; 9] = ["in", "on", "of", "the", "some", "time", "from", "between", "year"];

/// Words between the two ends of a span.
const SPANS: [&str; 6] = [" to ", " until ", " till ", " and ", "–", "—"];

/// Two-digit years below this are of this century.
const PIVOT: i32 = 50;

/// The date that a text means, if it means one.
pub fn read(text: &str) -> Option<Date> {
    let text = text.trim().to_lowercase();
    if let Ok(date) = Date::parse(&text) {
        return Some(date);
    }
    // A dash is of a span where a hyphen may be of a date: 2003–04 are two years, 2003-04 is a month.
    let dashed = text.contains(['–', '—']).then(|| span(&text)).flatten();
    dashed.or_else(|| single(&text)).or_else(|| span(&text))
}

/// The month that a text means where its year is known: "August", "Aug", "8".
pub fn read_month(text: &str) -> Option<u8> {
    let folded = fold(text);
    let words: Vec<&str> = folded.words().filter(|word| !FILLERS.contains(word)).collect();
    match *words.as_slice() {
        [word] => month(word).or_else(|| word.parse().ok().filter(|month| (1..=12).contains(month))),
        _ => read(text).filter(|date| !date.is_interval())?.month(),
    }
}

/// Two dates with a word or a mark between them; the first may leave out the year that both share.
fn span(text: &str) -> Option<Date> {
    let separators = SPANS.iter().chain(&["/", "-"]);
    separators.filter_map(|separator| text.split_once(separator)).find_map(|(first, last)| {
        let last = single(last)?;
        let alone = single(first).filter(|first| first.year() <= last.year());
        let first = alone.or_else(|| single(&format!("{first} {}", last.year()?)))?;
        Date::parse(&format!("{first}/{last}")).ok()
    })
}

/// One day, month or year.
fn single(text: &str) -> Option<Date> {
    let folded = fold(text);
    let words: Vec<&str> = folded.words().filter(|word| !FILLERS.contains(word)).collect();
    let named = words.iter().position(|word| month(word).is_some());
    let number = |word: &str| word.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<i32>().ok();
    let numbers: Vec<i32> =
        words.iter().enumerate().filter(|&(at, _)| Some(at) != named).filter_map(|(_, word)| number(word)).collect();
    let one_digit = words.iter().any(|word| word.len() == 1) && numbers.len() == 1;
    if one_digit || numbers.len() + usize::from(named.is_some()) != words.len() {
        return None; // One digit alone is a day or a month, and of no year.
    }
    let month = named.and_then(|at| month(words[at]));
    let edtf = match (month, numbers.as_slice()) {
        (None, &[one]) => format!("{:04}", year(one)?),
        (Some(month), &[one]) => format!("{:04}-{month:02}", year(one)?),
        (Some(month), &[one, other]) => {
            let (day, of) = if one > 31 { (other, one) } else { (one, other) };
            format!("{:04}-{month:02}-{day:02}", year(of)?)
        }
        (None, &[one, other]) if one > 31 => format!("{:04}-{other:02}", year(one)?),
        (None, &[one, other]) if one <= 12 => format!("{:04}-{one:02}", year(other)?),
        (None, &[one, other, third]) if one > 31 => format!("{one:04}-{other:02}-{third:02}"),
        (None, &[one, other, third]) if other > 12 => format!("{:04}-{one:02}-{other:02}", year(third)?),
        (None, &[one, other, third]) => format!("{:04}-{other:02}-{one:02}", year(third)?),
        _ => return None,
    };
    Date::parse(&edtf).ok()
}

/// A year of two or four digits.
fn year(number: i32) -> Option<i32> {
    match number {
        0..PIVOT => Some(2000 + number),
        PIVOT..100 => Some(1900 + number),
        100..10_000 => Some(number),
        _ => None,
    }
}

/// The month that a word names, by three letters or more.
fn month(word: &str) -> Option<u8> {
    (1..=12).find(|&month| word.len() >= 3 && month_name(month).to_lowercase().starts_with(word))
}
