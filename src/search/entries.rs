//! What the search keeps of every record: its names, the words it answers to, its prose, and what it is joined to.

use crate::dataset::{Clean, Dataset, Entity, Record};

use super::lexicon::{Lexicon, WordNumber};
use super::names::{Folded, Token, fold, fold_away};
use super::texts;

/// What the search keeps of a record.
#[derive(Debug)]
pub struct Entry {
    /// Its name, then its aliases.
    pub names: Vec<Name>,
    /// The words of its kind, topics and date.
    pub kind_words: Vec<WordNumber>,
    /// The words of its prose, each once, in order of number.
    pub prose_words: Vec<WordNumber>,
    /// Its prose, for phrases.
    pub prose: Folded,
    /// The ordinals of the records that it is joined to.
    pub related: Vec<usize>,
    /// The length of its name in characters.
    pub length: usize,
}

/// A name or an alias.
#[derive(Debug)]
pub struct Name {
    /// As it is shown.
    pub shown: Clean,
    /// As it is compared.
    pub folded: Folded,
    /// Its words, with their numbers.
    pub words: Vec<(Token, WordNumber)>,
}

/// Makes the entries of all records, by their ordinals.
pub fn all(dataset: &Dataset, lexicon: &mut Lexicon) -> Vec<Entry> {
    dataset.all().map(|record| Entry::new(dataset, record, lexicon)).collect()
}

impl Entry {
    fn new(dataset: &Dataset, record: Record, lexicon: &mut Lexicon) -> Entry {
        let entity = dataset.entity(record);
        let kind_words = lexicon.enter_all(&fold_away(&texts::kind_words(record.kind, entity)), true);
        let prose = fold_away(&texts::prose(entity));
        let mut prose_words = lexicon.enter_all(&prose, false);
        prose_words.sort_unstable();
        prose_words.dedup();
        Entry {
            names: texts::names(entity).into_iter().map(|name| Name::new(name.into_owned(), lexicon)).collect(),
            kind_words,
            prose_words,
            prose,
            related: texts::related(dataset, record).map(|other| dataset.ordinal(other)).collect(),
            length: dataset.name(record).chars().count(),
        }
    }

    /// Its name and aliases as they are compared.
    pub fn folded(&self) -> impl Iterator<Item = &Folded> {
        self.names.iter().map(|name| &name.folded)
    }
}

impl Name {
    fn new(shown: Clean, lexicon: &mut Lexicon) -> Name {
        let folded = fold(&shown);
        let words = folded.tokens().map(|token| (token, lexicon.enter(folded.read(token), true))).collect();
        Name { shown, folded, words }
    }
}

/// The names of a record as they are compared.
pub fn folded_names(entity: Entity) -> Vec<Folded> {
    texts::names(entity).iter().map(|name| fold(name)).collect()
}
