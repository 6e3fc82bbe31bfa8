//! Text as it is heard: without what is only drawn, and links by their numbers.

use std::collections::{HashMap, HashSet};

use crate::dataset::{Dataset, EventKind, Record, Vocabulary};
use crate::pages::{PageBlock, PageRun};
use crate::place::Place;
use crate::theme::{Look, symbol};
use crate::wording;

/// The text without box drawing, blocks, braille, bullets, arrows and symbols, each of which stands beside its word.
/// What is set apart by space or a dot is set apart by commas.
pub fn speech(text: &str) -> String {
    let words: Vec<&str> = text.split([' ', '\u{a0}']).collect();
    let mut spoken = String::new();
    let mut apart = false;
    for (at, word) in words.iter().enumerate() {
        let is_gap = word.is_empty() || *word == "·" || word.chars().all(is_drawn) || is_symbol(word, &words[at + 1..]);
        if is_gap {
            apart |= !spoken.is_empty() && (word.is_empty() || *word == "·");
            continue;
        }
        if !spoken.is_empty() {
            let ended = spoken.ends_with([',', ':', '.', ';', '!', '?', '(']);
            spoken.push_str(if std::mem::take(&mut apart) && !ended { ", " } else { " " });
        }
        apart = false;
        spoken.extend(word.chars().filter(|&letter| !is_drawn(letter)).flat_map(heard));
    }
    spoken
}

/// Says whether a letter is there to be looked at alone.
fn is_drawn(letter: char) -> bool {
    matches!(letter, '\u{2190}'..='\u{21ff}' | '\u{2500}'..='\u{25ff}' | '\u{2800}'..='\u{28ff}' | '•' | '›' | '‹')
}

/// Says whether a word is the symbol of the kind of event that is named next.
fn is_symbol(word: &str, next: &[&str]) -> bool {
    let said = |kind: &EventKind| symbol(*kind) == word && next.first().is_some_and(|next| begins(*kind, next));
    EventKind::ALL.iter().any(said)
}

fn begins(kind: EventKind, word: &str) -> bool {
    kind.to_string().split(' ').next() == Some(word)
}

/// What is heard for a letter: signs that stand for a word are said as it.
fn heard(letter: char) -> impl Iterator<Item = char> {
    let (word, kept) = match letter {
        '★' => ("(marked)", None),
        '¶' => ("paragraph ", None),
        letter => ("", Some(letter).filter(|letter| !letter.is_control())),
    };
    word.chars().chain(kept)
}

/// The links of a text by their numbers, from 1: a place has the number under which it came first.
#[derive(Debug, Default, Clone)]
pub struct Links {
    places: Vec<Place>,
    numbers: HashMap<Place, usize>,
    /// The records that were rows, with their facts.
    listed: HashSet<Record>,
    /// Whether nothing can be opened, so that no number is said.
    silent: bool,
}

impl Links {
    /// Links that cannot be opened, whose numbers are not said.
    pub fn silent() -> Links {
        Links { silent: true, ..Links::default() }
    }

    /// The places, in the order of their numbers.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The number of a place, and whether it is new.
    fn number(&mut self, place: Place) -> (usize, bool) {
        let next = self.places.len() + 1;
        let number = *self.numbers.entry(place).or_insert(next);
        if number == next {
            self.places.push(place);
        }
        (number, number == next)
    }
}

/// A row of a list: its number, what it is called, and its facts.
pub fn row(dataset: &'static Dataset, record: Record, number: usize) -> String {
    let facts = wording::facts(dataset, record);
    let facts = if facts.is_empty() { facts } else { format!(" · {facts}") };
    speech(&format!("{number}. {}{facts}", dataset.name(record)))
}

/// The lines of a page: every link with a number, every row of a list on a line of its own.
pub fn lines(dataset: &'static Dataset, blocks: &[PageBlock], links: &mut Links) -> Vec<String> {
    let spoken = blocks.iter().filter(|block| block.picture.is_none()).map(|block| line(dataset, block, links));
    spoken.filter(|line| !line.is_empty()).collect()
}

fn line(dataset: &'static Dataset, block: &PageBlock, links: &mut Links) -> String {
    let listed = block.runs.iter().find_map(|run| match run.target {
        Some(Place::Record(record)) => Some(record),
        _ => None,
    });
    match listed.filter(|_| block.one_line && !is_heading(block)) {
        Some(record) => {
            let (number, _) = links.number(Place::Record(record));
            match links.listed.insert(record) {
                true => row(dataset, record, number),
                false => speech(&format!("{number}. {}", dataset.name(record))), // Its facts were said above.
            }
        }
        None => text(block, links),
    }
}

fn is_heading(block: &PageBlock) -> bool {
    block.runs.first().is_some_and(|run| run.look == Look::Heading)
}

/// A paragraph, a field, or a heading.
fn text(block: &PageBlock, links: &mut Links) -> String {
    let said: String = block.runs.iter().map(|run| numbered(run, links)).collect();
    let said = speech(&said);
    let label = speech(block.lead.trim());
    match () {
        () if said.is_empty() => said,
        () if block.lead.starts_with('▌') => format!("It says so: {said}"),
        () if !label.is_empty() => format!("{label}: {said}"),
        () if is_heading(block) => format!("{said}:"),
        () => said,
    }
}

/// A run with the number of its link, where that is new.
fn numbered(run: &PageRun, links: &mut Links) -> String {
    match run.target.map(|target| links.number(target)) {
        Some((number, true)) if !links.silent => format!("{} [{number}]", run.text),
        _ => run.text.clone(),
    }
}
