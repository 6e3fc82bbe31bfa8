//! A part of an index: some records with all that is needed to search them, alone and beside the others.

use super::closeness::Closeness;
use super::gather::{Gathered, gather};
use super::heads::{self, Beginning};
use super::names::fold;
use super::needle::{Needle, Phrase, Word};
use super::postings::Part;
use super::question::Question;
use super::rank::{Grade, Mark};
use super::texts;
use super::tiers::Tiers;
use crate::dataset::{Dataset, Record};

/// Some records, in the order in which those that answer equally well are shown.
#[derive(Debug)]
pub struct Shard {
    dataset: &'static Dataset,
    records: Box<[Record]>,
    words: Gathered,
}

/// What each record of a shard earns by one needle.
type Column = Vec<Mark>;

impl Shard {
    /// Reads records.
    pub fn new(dataset: &'static Dataset, records: &[Record]) -> Shard {
        Shard { dataset, records: records.into(), words: gather(dataset, records) }
    }

    /// Says whether a word of a query stands here as it is written.
    pub fn knows(&self, word: &str) -> bool {
        self.words.lexicon.knows(word)
    }

    /// The records that answer a question, by how well they do.
    pub fn answer(&self, question: &Question) -> Tiers {
        let whole = self.whole(&question.sought.letters);
        let columns: Vec<Column> = question.sought.wanted.iter().map(|needle| self.column(needle)).collect();
        let excluded = self.excluded(&question.unwanted);
        let mut tiers = Tiers::default();
        for (at, &record) in self.records.iter().enumerate() {
            let Some(grade) = whole[at].grade().or_else(|| together(&columns, at)) else { continue };
            if !excluded.get(at).is_some_and(|excluded| *excluded) && question.admits(record) {
                tiers.add(grade, record);
            }
        }
        tiers
    }

    /// The records in which any of these needles stands where it excludes: in a name, in kind or date, or in a name that
    /// the record is joined to.
    pub fn having(&self, unwanted: &[Needle]) -> Vec<Record> {
        let excluded = self.excluded(unwanted).into_iter();
        excluded.zip(&self.records).filter(|(excluded, _)| *excluded).map(|(_, &record)| record).collect()
    }

    /// The bytes that the shard takes.
    pub fn size(&self) -> usize {
        let Gathered { lexicon, postings, heads } = &self.words;
        size_of_val(&*self.records) + lexicon.size() + postings.size() + heads.size()
    }

    /// Whether each record has something of what is excluded; nothing where nothing is.
    fn excluded(&self, unwanted: &[Needle]) -> Vec<bool> {
        if unwanted.is_empty() {
            return Vec::new();
        }
        let mut excluded = vec![false; self.records.len()];
        for needle in unwanted {
            match needle {
                Needle::Word(word) => {
                    let agreements = word.agreements(&self.words.lexicon).into_iter();
                    for (words, _) in agreements.filter(|(_, closeness)| *closeness == Closeness::Whole) {
                        self.words.postings.each(words, |at, part| excluded[at] |= part != Part::Prose);
                    }
                }
                Needle::Phrase(phrase) => {
                    let column = self.phrase(phrase).into_iter();
                    column.zip(&mut excluded).for_each(|(mark, excluded)| *excluded |= mark != Mark::NONE);
                }
            }
        }
        excluded
    }

    /// What the records earn whose name or alias is the whole query or begins with it.
    fn whole(&self, letters: &str) -> Column {
        let mut column = vec![Mark::NONE; self.records.len()];
        let mut unsure = Vec::new();
        self.words.heads.each(letters, |at, beginning| match beginning {
            Beginning::Sure(mark) => column[at] = column[at].min(mark),
            Beginning::Unsure => unsure.push(at),
        });
        for at in unsure {
            for (number, name) in texts::names(self.dataset.entity(self.records[at])).iter().enumerate() {
                let mark = heads::whole(&fold(name), letters, number > 0);
                column[at] = column[at].min(mark.unwrap_or(Mark::NONE));
            }
        }
        column
    }

    fn column(&self, needle: &Needle) -> Column {
        match needle {
            Needle::Word(word) => self.word(word),
            Needle::Phrase(phrase) => self.phrase(phrase),
        }
    }

    fn word(&self, word: &Word) -> Column {
        let mut column = vec![Mark::NONE; self.records.len()];
        for (words, closeness) in word.agreements(&self.words.lexicon) {
            let marks = Part::ALL.map(|part| closeness.grade(part).map_or(Mark::NONE, Mark::of));
            self.words.postings.each(words, |at, part| column[at] = column[at].min(marks[part as usize]));
        }
        column
    }

    fn phrase(&self, phrase: &Phrase) -> Column {
        let mut column = vec![Mark::NONE; self.records.len()];
        for at in self.spelling(phrase) {
            let entity = self.dataset.entity(self.records[at]);
            let in_name = texts::names(entity).iter().any(|name| phrase.stands_in(&fold(name)));
            let part = if in_name { Part::Name } else { Part::Prose };
            if in_name || phrase.stands_in(&fold(&texts::prose(entity))) {
                column[at] = Closeness::Whole.grade(part).map_or(Mark::NONE, Mark::of);
            }
        }
        column
    }

    /// The records that have words which, one behind the other, spell a phrase: those in which it may stand.
    fn spelling(&self, phrase: &Phrase) -> Vec<usize> {
        let (letters, lexicon) = (&*phrase.letters, &self.words.lexicon);
        let mut spelled: Vec<Vec<bool>> = vec![Vec::new(); letters.len() + 1];
        spelled[0] = vec![true; self.records.len()];
        for start in 0..letters.len() {
            let before = std::mem::take(&mut spelled[start]);
            if before.is_empty() || !letters.is_char_boundary(start) {
                continue;
            }
            let mut go_on = |end: usize, words| {
                let after = &mut spelled[end];
                after.resize(self.records.len(), false);
                self.words.postings.each(words, |at, _| after[at] |= before[at]);
            };
            let ends = (start + 1..=letters.len()).filter(|&end| letters.is_char_boundary(end));
            for (end, number) in ends.filter_map(|end| Some((end, lexicon.find(&letters[start..end])?))) {
                go_on(end, number..number + 1);
            }
            if phrase.open {
                go_on(letters.len(), lexicon.beginning(&letters[start..]));
            }
        }
        let all = spelled.pop().unwrap_or_default();
        all.into_iter().enumerate().filter(|(_, spelled)| *spelled).map(|(at, _)| at).collect()
    }
}

/// What a record earns by all needles, but not where it does so only through others that it is joined to.
fn together(columns: &[Column], at: usize) -> Option<Grade> {
    let (first, rest) = columns.split_first()?;
    let mut all = first[at].grade()?;
    for column in rest {
        all = all.and(column[at].grade()?);
    }
    (!all.through_another).then_some(all)
}
