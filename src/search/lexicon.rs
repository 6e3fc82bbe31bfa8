//! The words of some records, each once and in order: a word of a query is compared with these, and never with texts.

use std::ops::Range;

use super::closeness::{Closeness, literal};
use super::fuzzy::Fuzzy;
use super::spelling;

/// Words in the order of their letters; a word's number is its place.
#[derive(Debug)]
pub struct Lexicon {
    letters: Box<str>,
    starts: Box<[u32]>,
    /// Whether a word stands in a name, an alias, a kind or a date, and not only in prose.
    naming: Box<[bool]>,
}

/// Some words that agree equally well with a word of a query.
pub type Agreement = (Range<usize>, Closeness);

impl Lexicon {
    /// The lexicon of words that are in order, each with whether it names.
    pub fn new<'a>(words: impl Iterator<Item = (&'a str, bool)>) -> Lexicon {
        let (mut letters, mut starts, mut naming) = (String::new(), vec![0], Vec::new());
        for (word, names) in words {
            letters.push_str(word);
            starts.push(letters.len() as u32);
            naming.push(names);
        }
        Lexicon { letters: letters.into(), starts: starts.into(), naming: naming.into() }
    }

    /// The number of a word.
    pub fn find(&self, word: &str) -> Option<usize> {
        let at = self.first(|other| other < word);
        (at < self.naming.len() && self.word(at) == word).then_some(at)
    }

    /// The words that begin so.
    pub fn beginning(&self, letters: &str) -> Range<usize> {
        let first = self.first(|other| other < letters);
        let after = self.first(|other| other < letters || other.starts_with(letters));
        first..after
    }

    /// Says whether a word of a query stands here as it is written: whole anywhere, or as the beginning of a word that
    /// names.
    pub fn knows(&self, word: &str) -> bool {
        let known = |(words, closeness): Agreement| {
            !words.is_empty() && (closeness == Closeness::Whole || self.naming[words].contains(&true))
        };
        self.literal(word).into_iter().any(known)
    }

    /// The words that agree with a word of a query as it is written.
    pub fn literal(&self, word: &str) -> Vec<Agreement> {
        let stem = spelling::stem(word);
        let endings = if spelling::is_family(stem.0) { &[][..] } else { &spelling::ENDINGS[..] };
        let alike = endings.iter().filter_map(|ending| self.find(&format!("{}{ending}", stem.0)));
        let alike = alike.filter(|&number| literal(word, stem, self.word(number)) == Some(Closeness::Whole));
        let mut whole: Vec<Range<usize>> = alike.map(|number| number..number + 1).collect();
        if endings.is_empty() {
            whole.push(self.beginning(stem.0));
        }
        let begun = (self.beginning(word), Closeness::Begun);
        whole.into_iter().map(|words| (words, Closeness::Whole)).chain([begun]).collect()
    }

    /// The words that agree with a word that is known nowhere: those of names that it may have been meant to be, and
    /// those of prose alone that it begins.
    pub fn near(&self, word: &str, fuzzy: Option<&Fuzzy>) -> Vec<Agreement> {
        let near = |number: usize| fuzzy?.compare(self.word(number));
        let names = (0..self.naming.len()).filter(|&number| self.naming[number]);
        let meant = names.filter_map(|number| Some((number..number + 1, near(number)?)));
        meant.chain([(self.beginning(word), Closeness::Begun)]).collect()
    }

    /// The bytes that the words take.
    pub fn size(&self) -> usize {
        self.letters.len() + size_of_val(&*self.starts) + self.naming.len()
    }

    fn word(&self, number: usize) -> &str {
        &self.letters[self.starts[number] as usize..self.starts[number + 1] as usize]
    }

    /// The first word that does not come before, where those that do stand first.
    fn first(&self, before: impl Fn(&str) -> bool) -> usize {
        let (mut low, mut high) = (0, self.naming.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if before(self.word(middle)) { low = middle + 1 } else { high = middle }
        }
        low
    }
}
