//! What is looked for: the words and phrases of a query.

use super::closeness::{Closeness, literal};
use super::fuzzy::Fuzzy;
use super::lexicon::{Agreement, Lexicon};
use super::names::Folded;
use super::query::Term;
use super::spelling;

/// A word or a phrase that is looked for.
#[derive(Debug)]
pub enum Needle {
    /// A word.
    Word(Word),
    /// A phrase, which is found as it is written or not at all.
    Phrase(Phrase),
}

/// A word that is looked for.
#[derive(Debug)]
pub struct Word {
    letters: Box<str>,
    sort: Sort,
}

/// Whether a word stands anywhere as it is written; where it does not, what it may have been meant to be is looked for.
#[derive(Debug)]
enum Sort {
    Known,
    Unknown(Option<Fuzzy>),
}

/// A phrase that is looked for.
#[derive(Debug)]
pub struct Phrase {
    /// Its letters.
    pub letters: Box<str>,
    /// Whether its last word may be half typed.
    pub open: bool,
}

impl Needle {
    /// The needles of a term: one, or where marks part its words and they stand nowhere together, one for each word.
    /// `is_known` says whether a word stands anywhere as it is written.
    pub fn all(term: &Term, is_known: impl Fn(&str) -> bool) -> Vec<Needle> {
        let letters = term.text.letters();
        if term.phrase {
            return vec![Needle::Phrase(Phrase { letters: letters.into(), open: term.open })];
        }
        if is_known(letters) {
            return vec![Needle::Word(Word { letters: letters.into(), sort: Sort::Known })];
        }
        let needle = |word: &str| {
            let sort = if is_known(word) { Sort::Known } else { Sort::Unknown(Fuzzy::new(word)) };
            Needle::Word(Word { letters: word.into(), sort })
        };
        term.text.words().map(needle).collect()
    }

    /// The matched letters of a name, counted in characters.
    pub fn matched(&self, name: &Folded) -> Vec<usize> {
        match self {
            Needle::Word(word) => word.matched(name),
            Needle::Phrase(phrase) => phrase.matched(name),
        }
    }
}

impl Word {
    /// The words of a lexicon that agree with this one.
    pub fn agreements(&self, lexicon: &Lexicon) -> Vec<Agreement> {
        match &self.sort {
            Sort::Known => lexicon.literal(&self.letters),
            Sort::Unknown(fuzzy) => lexicon.near(&self.letters, fuzzy.as_ref()),
        }
    }

    /// How this word agrees with one of a name.
    fn closeness(&self, other: &str) -> Option<Closeness> {
        match &self.sort {
            Sort::Known => literal(&self.letters, spelling::stem(&self.letters), other),
            Sort::Unknown(fuzzy) => fuzzy.as_ref()?.compare(other),
        }
    }

    fn matched(&self, name: &Folded) -> Vec<usize> {
        let agreeing = name.tokens().filter_map(|token| Some((self.closeness(name.read(token))?, token)));
        let Some((closeness, token)) = agreeing.min_by_key(|&(closeness, token)| (closeness, token.start)) else {
            return Vec::new();
        };
        let end = if closeness == Closeness::Begun { token.start + self.letters.len() } else { token.end };
        name.positions(token.start, end).collect()
    }
}

impl Phrase {
    /// Says whether the phrase stands in a text.
    pub fn stands_in(&self, text: &Folded) -> bool {
        text.contains(&self.letters, self.open)
    }

    fn matched(&self, name: &Folded) -> Vec<usize> {
        let found = name.find(&self.letters, self.open);
        found.map(|start| name.positions(start, start + self.letters.len()).collect()).unwrap_or_default()
    }
}
