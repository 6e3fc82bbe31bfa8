//! What the words of a text say of the paragraph that it may be: every paragraph is known by the words of its digest and
//! of the records that it states, and a word weighs the more the fewer paragraphs it is known from.

use std::collections::{HashMap, HashSet};

use crate::dataset::{Dataset, Day, Entity, Kind, Record, Relation, Section, month_name, prose};
use crate::search::fold;

/// What a word costs that a section is not known by.
const STRANGER: f64 = 0.1;

/// The letters by which a word is known.
const ROOT: usize = 6;

/// The number of a word that some paragraph is known by.
type WordNumber = u32;

/// A known word of a text.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    number: WordNumber,
    /// Whether it is written as a name or a number.
    name: bool,
}

/// The words that the paragraphs of a dataset are known by.
#[derive(Debug)]
pub struct Weights {
    numbers: HashMap<String, WordNumber>,
    weights: Vec<f64>,
    paragraphs: Vec<HashSet<WordNumber>>,
    sections: Vec<HashSet<WordNumber>>,
}

impl Weights {
    /// Gathers the words of all paragraphs.
    pub fn new(dataset: &Dataset) -> Weights {
        let mut numbers: HashMap<String, WordNumber> = HashMap::new();
        let mut number = |word: String| {
            let next = numbers.len() as WordNumber;
            *numbers.entry(word).or_insert(next)
        };
        let mut paragraphs: Vec<HashSet<WordNumber>> = Vec::with_capacity(dataset.paragraphs.len());
        for paragraph in dataset.records(Kind::Paragraph) {
            paragraphs.push(words_of(dataset, paragraph).into_iter().map(&mut number).collect());
        }
        let mut known = vec![0_usize; numbers.len()];
        paragraphs.iter().flatten().for_each(|&word| known[word as usize] += 1);
        let all = paragraphs.len() as f64;
        let weights = known.into_iter().map(|known| ((all + 1.0) / known as f64).ln()).collect();
        let held = |section: &Section| {
            let held = section.paragraphs.iter().flat_map(|paragraph| &paragraphs[paragraph.index()]);
            held.copied().collect()
        };
        let sections = dataset.sections.iter().map(held).collect();
        Weights { numbers, weights, paragraphs, sections }
    }

    /// The known words of a text, each once, and how many of its words are not known at all. What is written with a
    /// capital or a digit is a name, a month or a number, and counts twice.
    pub fn words(&self, text: &str) -> (Vec<Word>, usize) {
        let (folded, letters) = (fold(text), text.chars().collect::<Vec<char>>());
        let mut named: HashMap<&str, bool> = HashMap::new();
        for token in folded.tokens() {
            let first = folded.positions(token.start, token.end).next().map_or(' ', |at| letters[at]);
            *named.entry(root(folded.read(token))).or_default() |= first.is_uppercase() || first.is_numeric();
        }
        let words = named.iter();
        let known = words.filter_map(|(&word, &name)| Some(Word { number: *self.numbers.get(word)?, name }));
        let known: Vec<Word> = known.collect();
        let unknown = named.len() - known.len();
        (known, unknown)
    }

    /// What words say for a paragraph.
    pub fn of_paragraph(&self, paragraph: Record, words: &[Word]) -> f64 {
        self.within(&self.paragraphs[paragraph.index()], words)
    }

    /// What words would say for a paragraph that is known by them all, each unknown one weighing 1.
    pub fn of_all(&self, words: &[Word], unknown: usize) -> f64 {
        words.iter().map(|&word| self.weight(word)).sum::<f64>() + unknown as f64
    }

    /// What lines say for a section, less a little for every word that it is not known by, so that what says the same in
    /// fewer words is worth more.
    pub fn of_section(&self, section: usize, lines: &[&str]) -> f64 {
        let (words, unknown) = self.words(&lines.join(" "));
        let bag = &self.sections[section];
        let strangers = unknown + words.iter().filter(|word| !bag.contains(&word.number)).count();
        self.within(bag, &words) - STRANGER * strangers as f64
    }

    fn within(&self, bag: &HashSet<WordNumber>, words: &[Word]) -> f64 {
        words.iter().filter(|word| bag.contains(&word.number)).map(|&word| self.weight(word)).sum()
    }

    fn weight(&self, word: Word) -> f64 {
        self.weights[word.number as usize] * if word.name { 2.0 } else { 1.0 }
    }
}

/// The folded words of a paragraph's digest, and of the names, dates and numbers of the records that it states.
fn words_of(dataset: &Dataset, paragraph: Record) -> HashSet<String> {
    let mut text = prose::plain(&dataset.about(paragraph).summary);
    let mut add = |more: &str| {
        text.push(' ');
        text.push_str(more);
    };
    let stated = dataset.links(paragraph).iter().filter(|link| link.incoming && link.relation == Relation::Cited);
    for record in stated.map(|link| link.record) {
        let entity = dataset.entity(record);
        let about = entity.about();
        let names = [&about.name].into_iter().chain(about.aliases()).chain(about.as_printed());
        names.for_each(|name| add(name));
        let days = entity.date().map(|date| [date.first(), date.last()]);
        days.into_iter().flatten().flatten().for_each(|day| add(&month_and_year(day)));
        if let Entity::Figure(figure) = entity {
            figure.value.iter().for_each(|value| add(&value.to_string()));
        }
    }
    fold(&text).words().map(|word| root(word).to_owned()).collect()
}

/// The beginning of a word, which it keeps in other forms: "consulting" and "consultations" both begin with "consul".
fn root(word: &str) -> &str {
    word.char_indices().nth(ROOT).map_or(word, |(end, _)| &word[..end])
}

fn month_and_year(day: Day) -> String {
    format!("{} {}", month_name(day.month), day.year)
}
