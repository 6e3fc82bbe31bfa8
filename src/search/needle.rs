//! What is looked for: the words and phrases of a query, compared once with the lexicon and then put to every record.

use super::entries::{Entry, Name};
use super::lexicon::{Agreement, Closeness, Lexicon};
use super::names::Folded;
use super::query::Term;
use super::rank::{Grade, Rank};

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
    length: usize,
    agreement: Agreement,
    by_names: Vec<Option<Closeness>>,
}

/// A phrase that is looked for.
#[derive(Debug)]
pub struct Phrase {
    letters: Box<str>,
    open: bool,
}

impl Needle {
    /// The needles of a term: one, or where marks part its words and they stand nowhere together, one for each word.
    pub fn all(term: &Term, lexicon: &Lexicon, entries: &[Entry]) -> Vec<Needle> {
        let letters = term.text.letters();
        if term.phrase {
            return vec![Needle::Phrase(Phrase { letters: letters.into(), open: term.open })];
        }
        if let Some(agreement) = lexicon.literal(letters) {
            return vec![Needle::Word(Word::new(letters, agreement, entries))];
        }
        let needle = |word: &str| {
            let agreement = lexicon.literal(word).unwrap_or_else(|| lexicon.near(word));
            Needle::Word(Word::new(word, agreement, entries))
        };
        term.text.words().map(needle).collect()
    }

    /// How well the record with this ordinal answers.
    pub fn grade(&self, ordinal: usize, entries: &[Entry]) -> Option<Grade> {
        match self {
            Needle::Word(word) => word.grade(ordinal, entries),
            Needle::Phrase(phrase) => phrase.grade(&entries[ordinal]),
        }
    }

    /// Says whether a record has exactly this in a name, in its kind or date, or in a name that it is joined to.
    pub fn excludes(&self, ordinal: usize, entries: &[Entry]) -> bool {
        let entry = &entries[ordinal];
        match self {
            Needle::Word(word) => {
                let kind = word.agreement.best(&entry.kind_words);
                [word.by_names[ordinal], kind, word.by_related(entry)].contains(&Some(Closeness::Whole))
            }
            Needle::Phrase(phrase) => phrase.grade(entry).is_some(),
        }
    }

    /// The matched letters of a name, counted in characters.
    pub fn matched(&self, name: &Name) -> Vec<usize> {
        match self {
            Needle::Word(word) => word.matched(name),
            Needle::Phrase(phrase) => phrase.matched(&name.folded),
        }
    }
}

impl Word {
    fn new(word: &str, agreement: Agreement, entries: &[Entry]) -> Word {
        let in_name = |name: &Name| name.words.iter().filter_map(|&(_, number)| agreement.with(number)).min();
        let by_names = entries.iter().map(|entry| entry.names.iter().filter_map(in_name).min()).collect();
        Word { length: word.len(), agreement, by_names }
    }

    fn by_related(&self, entry: &Entry) -> Option<Closeness> {
        entry.related.iter().filter_map(|&other| self.by_names[other]).min()
    }

    fn grade(&self, ordinal: usize, entries: &[Entry]) -> Option<Grade> {
        let entry = &entries[ordinal];
        let own = self.by_names[ordinal].map(|closeness| match closeness {
            Closeness::Whole => Grade::own(Rank::Words, 0),
            Closeness::Begun => Grade::own(Rank::Words, 1),
            Closeness::Misspelled => Grade::own(Rank::Fuzzy, 8),
            Closeness::Abridged => Grade::own(Rank::Fuzzy, 16),
        });
        if own.is_some_and(|own| own.rank == Rank::Words) {
            return own;
        }
        let kind = self
            .agreement
            .best(&entry.kind_words)
            .map(|closeness| Grade { through_another: false, ..indirect(closeness) });
        let related = self.by_related(entry).map(indirect);
        let prose = self.agreement.best(&entry.prose_words).filter(|&closeness| closeness <= Closeness::Begun);
        let prose = prose.map(|closeness| Grade::own(Rank::Prose, 32 + u32::from(closeness == Closeness::Begun)));
        [own, kind, related, prose].into_iter().flatten().min()
    }

    fn matched(&self, name: &Name) -> Vec<usize> {
        let agreeing = name.words.iter().filter_map(|&(token, number)| Some((self.agreement.with(number)?, token)));
        let Some((closeness, token)) = agreeing.min_by_key(|&(closeness, token)| (closeness, token.start)) else {
            return Vec::new();
        };
        let end = if closeness == Closeness::Begun { token.start + self.length } else { token.end };
        name.folded.positions(token.start, end).collect()
    }
}

impl Phrase {
    fn grade(&self, entry: &Entry) -> Option<Grade> {
        let stands_in = |text: &Folded| text.contains(&self.letters, self.open);
        if entry.folded().any(stands_in) {
            return Some(Grade::own(Rank::Words, 0));
        }
        stands_in(&entry.prose).then(|| Grade::own(Rank::Prose, 32))
    }

    fn matched(&self, name: &Folded) -> Vec<usize> {
        let found = name.find(&self.letters, self.open);
        found.map(|start| name.positions(start, start + self.letters.len()).collect()).unwrap_or_default()
    }
}

/// The grade of a word that stands in a name that the record is joined to.
fn indirect(closeness: Closeness) -> Grade {
    match closeness {
        Closeness::Whole => Grade::through_another(Rank::Related, 4),
        Closeness::Begun => Grade::through_another(Rank::Related, 5),
        Closeness::Misspelled => Grade::through_another(Rank::Fuzzy, 12),
        Closeness::Abridged => Grade::through_another(Rank::Fuzzy, 20),
    }
}
