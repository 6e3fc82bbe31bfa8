//! Making a shard: every word of some records is entered once, with all that is known of where it stands.

use foldhash::HashMap;

use super::heads::Heads;
use super::lexicon::Lexicon;
use super::names::{Folded, fold_away};
use super::postings::{List, Part, Postings};
use super::texts;
use crate::dataset::{Dataset, Record};

/// A word, a piece or a list of words by the order in which they came.
type Number = u32;

/// What was gathered of some records.
#[derive(Debug)]
pub struct Gathered {
    /// Their words.
    pub lexicon: Lexicon,
    /// Where these stand.
    pub postings: Postings,
    /// How their names begin.
    pub heads: Heads,
}

/// Words as they come.
#[derive(Default)]
struct Gatherer {
    word_numbers: HashMap<Box<str>, Number>,
    words: Vec<Word>,
    piece_numbers: HashMap<Box<str>, Number>,
    pieces: Vec<Piece>,
    /// The words of the names of records that others are joined to.
    named: HashMap<Record, Box<[Number]>>,
}

#[derive(Default)]
struct Word {
    list: List,
    naming: bool,
    /// The record at which it was entered last, counted from 1.
    last: u32,
}

/// Text between two spaces. The same pieces come again and again, and are folded once.
struct Piece {
    folded: Folded,
    words: Box<[Number]>,
}

/// Gathers the words of records, each numbered by its place among them.
pub fn gather(dataset: &Dataset, records: &[Record]) -> Gathered {
    let (mut gatherer, mut heads, mut aliases) = (Gatherer::default(), Heads::default(), Vec::new());
    for (at, &record) in (0..).zip(records) {
        let entity = dataset.entity(record);
        let names = texts::names(entity);
        names.iter().for_each(|name| gatherer.enter(at, name, Part::Name));
        heads.push(gatherer.words_of(&names[0]));
        aliases.extend(names.into_iter().skip(1).map(|alias| (at, alias)));
        gatherer.enter(at, &texts::kind_words(record.kind, entity), Part::Kind);
        texts::related(dataset, record).for_each(|other| gatherer.enter_named(at, dataset, other));
        gatherer.enter(at, &texts::prose(entity), Part::Prose);
    }
    aliases.iter().for_each(|(record, alias)| heads.push_alias(*record, gatherer.words_of(alias)));
    gatherer.finish(heads)
}

impl Gatherer {
    /// Enters every word of a text that stands in a part of a record.
    fn enter(&mut self, record: u32, text: &str, part: Part) {
        for piece in text.split_whitespace() {
            let number = self.piece(piece);
            for &word in &self.pieces[number as usize].words {
                self.words[word as usize].stand(record, part);
            }
        }
    }

    /// Enters every word of the names of another record that the record is joined to.
    fn enter_named(&mut self, record: u32, dataset: &Dataset, other: Record) {
        if !self.named.contains_key(&other) {
            let mut words = Vec::new();
            for name in texts::names(dataset.entity(other)) {
                for piece in name.split_whitespace() {
                    let number = self.piece(piece);
                    words.extend_from_slice(&self.pieces[number as usize].words);
                }
            }
            words.sort_unstable();
            words.dedup();
            self.named.insert(other, words.into());
        }
        for &word in &self.named[&other] {
            self.words[word as usize].stand(record, Part::Related);
        }
    }

    /// The words of a text that was entered, without the runs that marks part.
    fn words_of<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a str> {
        let pieces = text.split_whitespace().filter_map(|piece| self.piece_numbers.get(piece));
        pieces.flat_map(|&number| self.pieces[number as usize].folded.words())
    }

    fn piece(&mut self, piece: &str) -> Number {
        if let Some(&number) = self.piece_numbers.get(piece) {
            return number;
        }
        let folded = fold_away(piece);
        let words = folded.tokens().map(|token| self.word(folded.read(token))).collect();
        let number = self.pieces.len() as Number;
        self.pieces.push(Piece { folded, words });
        self.piece_numbers.insert(piece.into(), number);
        number
    }

    fn word(&mut self, word: &str) -> Number {
        if let Some(&number) = self.word_numbers.get(word) {
            return number;
        }
        let number = self.words.len() as Number;
        self.words.push(Word::default());
        self.word_numbers.insert(word.into(), number);
        number
    }

    fn finish(self, heads: Heads) -> Gathered {
        let Gatherer { word_numbers, mut words, .. } = self;
        let mut order: Vec<(Box<str>, Number)> = word_numbers.into_iter().collect();
        order.sort_unstable();
        let naming = order.iter().map(|(word, number)| (&**word, words[*number as usize].naming));
        let lexicon = Lexicon::new(naming);
        let lists = order.iter().map(|(_, number)| std::mem::take(&mut words[*number as usize].list));
        Gathered { lexicon, postings: Postings::new(lists), heads }
    }
}

impl Word {
    /// Notes that the word stands in a part of a record; parts come in their order.
    fn stand(&mut self, record: u32, part: Part) {
        self.naming |= part != Part::Prose;
        if self.last <= record {
            self.last = record + 1;
            self.list.push(record, part);
        }
    }
}
