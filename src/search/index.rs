//! The index of a dataset, and the search itself.

use crate::dataset::{Clean, Dataset, Kind, Record};

use super::entries::{self, Entry};
use super::field::Filter;
use super::lexicon::Lexicon;
use super::names::Folded;
use super::needle::Needle;
use super::query::{Query, Term};
use super::rank::{Grade, Hit, Rank, Results};

/// Everything that can be found, folded and counted once.
#[derive(Debug)]
pub struct Index {
    dataset: &'static Dataset,
    lexicon: Lexicon,
    entries: Vec<Entry>,
    listing: Vec<Record>,
}

/// A query made ready to be put to records.
struct Question {
    wanted: Vec<Needle>,
    unwanted: Vec<Needle>,
    required: Vec<Filter>,
    forbidden: Vec<Filter>,
    letters: String,
}

impl Index {
    /// Builds the index of a dataset.
    pub fn new(dataset: &'static Dataset) -> Index {
        let mut lexicon = Lexicon::default();
        let entries = entries::all(dataset, &mut lexicon);
        let events = dataset.chronology().iter().copied();
        let others = dataset.all().filter(|record| record.kind != Kind::Event);
        let listing = events.chain(others).collect();
        Index { dataset, lexicon, entries, listing }
    }

    /// Finds the records that answer a query, the best first. A query of fields alone lists all that satisfy them: the
    /// events in order of time, then the other records in the order of the file.
    pub fn search(&self, query: &str) -> Results {
        let mut query = Query::parse(query);
        let question = self.question(&mut query);
        let note = (!query.notes.is_empty()).then(|| Clean::line(query.notes.join("; ")));
        let hits = question.map(|question| self.answer(&question)).unwrap_or_default();
        Results { hits, note }
    }

    /// The question of a query; `None` where nothing is asked, or a field has a value that nothing has.
    fn question(&self, query: &mut Query) -> Option<Question> {
        let (mut required, mut forbidden) = (Vec::new(), Vec::new());
        let mut impossible = false;
        let any_name = |record: Record, holds: &dyn Fn(&Folded) -> bool| {
            self.entries[self.dataset.ordinal(record)].folded().any(holds)
        };
        for clause in &query.clauses {
            match clause.field.filter(&clause.value, self.dataset, &any_name) {
                Ok(filter) if clause.excluded => forbidden.push(filter),
                Ok(filter) => required.push(filter),
                Err(note) => {
                    impossible |= !clause.excluded;
                    query.notes.push(note);
                }
            }
        }
        let needles = |term: &Term| Needle::all(term, &self.lexicon, &self.entries);
        let wanted: Vec<Needle> = query.terms.iter().filter(|term| !term.excluded).flat_map(needles).collect();
        let unwanted: Vec<Needle> = query.terms.iter().filter(|term| term.excluded).flat_map(needles).collect();
        let question = Question { wanted, unwanted, required, forbidden, letters: query.letters() };
        (!impossible && question.asks()).then_some(question)
    }

    fn answer(&self, question: &Question) -> Vec<Hit> {
        let admitted = self.listing.iter().filter(|&&record| self.admits(question, record));
        if question.wanted.is_empty() {
            let listed = admitted.map(|&record| Hit { record, rank: Rank::Listed, matched: Vec::new(), alias: None });
            return listed.collect();
        }
        let graded = admitted.filter_map(|&record| Some((self.grade(question, record)?, record)));
        let mut graded: Vec<(Grade, Record)> = graded.collect();
        graded.sort_by_cached_key(|&(grade, record)| {
            let ordinal = self.dataset.ordinal(record);
            (grade.rank, grade.quality, self.entries[ordinal].length, ordinal)
        });
        graded.into_iter().map(|(grade, record)| self.hit(question, grade.rank, record)).collect()
    }

    fn admits(&self, question: &Question, record: Record) -> bool {
        let holds = |filter: &Filter| filter.admits(record, self.dataset);
        let ordinal = self.dataset.ordinal(record);
        question.required.iter().all(holds)
            && !question.forbidden.iter().any(holds)
            && !question.unwanted.iter().any(|needle| needle.excludes(ordinal, &self.entries))
    }

    fn grade(&self, question: &Question, record: Record) -> Option<Grade> {
        let ordinal = self.dataset.ordinal(record);
        let whole = whole(&self.entries[ordinal], &question.letters);
        if whole.is_some() {
            return whole;
        }
        let mut all = Grade::through_another(Rank::Words, 0);
        for needle in &question.wanted {
            all = all.and(needle.grade(ordinal, &self.entries)?);
        }
        (!all.through_another).then_some(all)
    }

    fn hit(&self, question: &Question, rank: Rank, record: Record) -> Hit {
        let names = &self.entries[self.dataset.ordinal(record)].names;
        let name = &names[0];
        let letters = &question.letters;
        let is_whole = |folded: &Folded| match rank {
            Rank::Exact => folded.letters() == letters,
            Rank::Prefix => folded.letters().starts_with(letters.as_str()),
            _ => false,
        };
        if let Some(found) = names.iter().position(|name| is_whole(&name.folded)) {
            let matched = if found == 0 { name.folded.positions(0, letters.len()).collect() } else { Vec::new() };
            return Hit { record, rank, matched, alias: (found > 0).then(|| names[found].shown.clone()) };
        }
        let mut matched: Vec<usize> = question.wanted.iter().flat_map(|needle| needle.matched(name)).collect();
        matched.sort_unstable();
        matched.dedup();
        let missing = question.wanted.iter().filter(|needle| needle.matched(name).is_empty());
        let mut aliases =
            missing.filter_map(|needle| names[1..].iter().find(|alias| !needle.matched(alias).is_empty()));
        Hit { record, rank, matched, alias: aliases.next().map(|alias| alias.shown.clone()) }
    }
}

impl Question {
    fn asks(&self) -> bool {
        !(self.wanted.is_empty() && self.unwanted.is_empty() && self.required.is_empty() && self.forbidden.is_empty())
    }
}

/// The grade of a record whose name or alias is the whole query or begins with it; a name goes before an alias.
fn whole(entry: &Entry, letters: &str) -> Option<Grade> {
    let grades = entry.folded().enumerate().filter_map(|(number, name)| {
        let alias = u32::from(number > 0);
        if name.letters() == letters {
            return Some(Grade::own(Rank::Exact, alias));
        }
        let begun = name.letters().starts_with(letters);
        begun.then(|| Grade::own(Rank::Prefix, 2 * u32::from(!name.is_word_end(letters.len())) + alias))
    });
    grades.min()
}
