//! Every word of the dataset, once: a word of a query is compared with each of them, and never with texts.

use std::collections::HashMap;

use super::fuzzy::{Fuzzy, Nearness};
use super::names::Folded;
use super::spelling;

/// The number of a word in the lexicon.
pub type WordNumber = u32;

/// All words of a dataset.
#[derive(Debug, Default)]
pub struct Lexicon {
    numbers: HashMap<Box<str>, WordNumber>,
    words: Vec<Entry>,
}

/// How a word of a query and a word of the dataset agree, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Closeness {
    /// They are the same, but perhaps for the ending of the plural.
    Whole,
    /// The one of the query begins the other.
    Begun,
    /// The one of the query is misspelled.
    Misspelled,
    /// The one of the query leaves letters out.
    Abridged,
}

/// How one word of a query agrees with every word of the lexicon.
#[derive(Debug)]
pub struct Agreement(Vec<Option<Closeness>>);

#[derive(Debug)]
struct Entry {
    word: Box<str>,
    naming: bool,
}

impl Lexicon {
    /// The number of a word, which is entered if it is new. `naming` says that it stands in a name, an alias, a kind or
    /// a date, and not only in prose.
    pub fn enter(&mut self, word: &str, naming: bool) -> WordNumber {
        if let Some(&number) = self.numbers.get(word) {
            self.words[number as usize].naming |= naming;
            return number;
        }
        let number = self.words.len() as WordNumber;
        self.numbers.insert(word.into(), number);
        self.words.push(Entry { word: word.into(), naming });
        number
    }

    /// Enters every word of a text.
    pub fn enter_all(&mut self, text: &Folded, naming: bool) -> Vec<WordNumber> {
        text.tokens().map(|token| self.enter(text.read(token), naming)).collect()
    }

    /// Compares a folded word with all words as it is written. `None` when it is nowhere.
    pub fn literal(&self, word: &str) -> Option<Agreement> {
        let stem = spelling::stem(word);
        let agreement: Vec<_> = self.words.iter().map(|entry| literal(word, stem, &entry.word)).collect();
        let is_known = |(entry, closeness): (&Entry, &Option<Closeness>)| match closeness {
            Some(Closeness::Whole) => true,
            Some(_) => entry.naming,
            None => false,
        };
        let known = self.words.iter().zip(&agreement).any(is_known);
        known.then_some(Agreement(agreement))
    }

    /// Compares a folded word that is nowhere with all words of names, for what it may have been meant to be. What
    /// begins a word of prose alone still agrees with that.
    pub fn near(&self, word: &str) -> Agreement {
        let stem = spelling::stem(word);
        let fuzzy = Fuzzy::new(word);
        let near = |entry: &Entry| {
            let nearness = fuzzy.as_ref().filter(|_| entry.naming).and_then(|fuzzy| fuzzy.compare(&entry.word));
            match nearness {
                None => literal(word, stem, &entry.word),
                Some(Nearness::Slip) => Some(Closeness::Misspelled),
                Some(Nearness::Abridged) => Some(Closeness::Abridged),
            }
        };
        Agreement(self.words.iter().map(near).collect())
    }
}

impl Agreement {
    /// How the word agrees with the word of this number.
    pub fn with(&self, number: WordNumber) -> Option<Closeness> {
        self.0.get(number as usize).copied().flatten()
    }

    /// The best agreement with any of these words.
    pub fn best(&self, numbers: &[WordNumber]) -> Option<Closeness> {
        numbers.iter().filter_map(|&number| self.with(number)).min()
    }
}

fn literal(word: &str, stem: (&str, &str), other: &str) -> Option<Closeness> {
    if word == other || (other.starts_with(stem.0) && stem == spelling::stem(other)) {
        return Some(Closeness::Whole);
    }
    other.starts_with(word).then_some(Closeness::Begun)
}
