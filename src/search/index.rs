//! The index of a dataset, and the search itself.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use super::cores::{self, spread};
use super::query::Query;
use super::question::Question;
use super::rank::Rank;
use super::results::Results;
use super::shard::Shard;
use super::tiers::{Key, Tiers};
use crate::dataset::{Clean, Dataset, Kind, Record};

/// Everything that can be found, folded and counted once. It is divided into shards, so that all cores can make it and
/// search it, and so that some of what is found is there before all is.
#[derive(Debug)]
pub struct Index {
    dataset: &'static Dataset,
    /// The records with the shortest names first, those with equally long ones in the order of the file: of records that
    /// answer a query equally well, the one before goes before.
    shards: Vec<Shard>,
    /// All records but the events, in the order of the file.
    others: Vec<Record>,
}

/// The records of a shard: enough that what every shard has for itself weighs little, and few enough that several are
/// searched within a frame.
const SHARD: usize = 1 << 15;

/// Records that are listed at once.
const STRETCH: usize = 1 << 14;

/// When some of what is found is first shown.
const SOON: Duration = Duration::from_millis(8);

/// Says whether nobody waits for a search any longer.
pub type IsStale<'a> = &'a (dyn Fn() -> bool + Sync);

impl Index {
    /// Builds the index of a dataset.
    pub fn new(dataset: &'static Dataset) -> Index {
        Index::in_shards(dataset, SHARD)
    }

    /// Builds an index in shards of so many records.
    pub fn in_shards(dataset: &'static Dataset, size: usize) -> Index {
        let mut lengths: Vec<(u32, u32, Record)> = (0..)
            .zip(dataset.all())
            .map(|(at, record)| (dataset.name(record).chars().count() as u32, at, record))
            .collect();
        lengths.sort_unstable();
        let records: Vec<Record> = lengths.into_iter().map(|(_, _, record)| record).collect();
        let parts: Vec<&[Record]> = records.chunks(size).collect();
        let shards = cores::each(&parts, |part| Shard::new(dataset, part));
        let others = dataset.all().filter(|record| record.kind != Kind::Event).collect();
        Index { dataset, shards, others }
    }

    /// Finds the records that answer a query, the best first. A query of fields alone lists all that satisfy them: the
    /// events in order of time, then the other records in the order of the file.
    pub fn search(&self, query: &str) -> Results {
        self.seek(query, &|| false, &mut |_| {}).unwrap_or_default()
    }

    /// Searches, and tells `partly` what is found before all is searched, where that takes long. Stops with nothing when
    /// `is_stale` says that nobody waits for it any longer.
    pub fn seek(&self, query: &str, is_stale: IsStale, partly: &mut dyn FnMut(Results)) -> Option<Results> {
        let mut query = Query::parse(query);
        let is_known = |word: &str| self.shards.iter().any(|shard| shard.knows(word));
        let question = Question::new(&mut query, self.dataset, is_known);
        let note = (!query.notes.is_empty()).then(|| Clean::line(query.notes.join("; ")));
        let Some(question) = question else { return Some(Results::nothing(note)) };
        let mut partly = |mut found: Results| {
            (found.note, found.more) = (note.clone(), true);
            partly(found);
        };
        let mut found = if question.sought.wanted.is_empty() {
            self.listed(&question, is_stale, &mut partly)
        } else {
            self.ranked(&question, is_stale, &mut partly)
        };
        found.note = note;
        (!is_stale()).then_some(found)
    }

    /// The bytes that the index takes.
    pub fn size(&self) -> usize {
        self.shards.iter().map(Shard::size).sum::<usize>() + size_of_val(&*self.others)
    }

    /// All records that answer, the best first.
    fn ranked(&self, question: &Question, is_stale: IsStale, partly: &mut dyn FnMut(Results)) -> Results {
        let results = |answers: &[Option<Tiers>]| {
            let answers: Vec<&Tiers> = answers.iter().flatten().collect();
            let keys: BTreeSet<Key> = answers.iter().flat_map(|tiers| tiers.keys()).collect();
            let tiers = keys.into_iter().flat_map(|key| answers.iter().map(move |tiers| (key.0, tiers.of(key))));
            Results::new(question.sought.clone(), &tiers.collect::<Vec<_>>())
        };
        let answer = |shard: &Shard| shard.answer(question);
        results(&gradually(&self.shards, answer, is_stale, &mut |answers| partly(results(answers))))
    }

    /// All records that the fields admit and that have nothing of what is excluded.
    fn listed(&self, question: &Question, is_stale: IsStale, partly: &mut dyn FnMut(Results)) -> Results {
        let excluded = self.excluded(question);
        let is_excluded = |record| excluded.get(self.dataset.ordinal(record)).is_some_and(|excluded| *excluded);
        let events = self.dataset.chronology().chunks(STRETCH);
        let stretches: Vec<&[Record]> = events.chain(self.others.chunks(STRETCH)).collect();
        let list = |stretch: &&[Record]| -> Vec<Record> {
            let admitted = |record: &Record| question.admits(*record) && !is_excluded(*record);
            stretch.iter().copied().filter(admitted).collect()
        };
        let results = |lists: &[Option<Vec<Record>>]| {
            let lists = lists.iter().flatten().map(|list| (Rank::Listed, &**list));
            Results::new(question.sought.clone(), &lists.collect::<Vec<_>>())
        };
        results(&gradually(&stretches, list, is_stale, &mut |lists| partly(results(lists))))
    }

    /// Whether each record has something of what is excluded, by its ordinal; nothing where nothing is.
    fn excluded(&self, question: &Question) -> Vec<bool> {
        if question.unwanted.is_empty() {
            return Vec::new();
        }
        let mut excluded = vec![false; self.dataset.len()];
        let having = |shard: usize| self.shards[shard].having(&question.unwanted);
        spread(self.shards.len(), having, |_, records| {
            records.into_iter().for_each(|record| excluded[self.dataset.ordinal(record)] = true);
        });
        excluded
    }
}

/// Does the parts of a search on all cores, as long as it is not stale, and shows what is done so far where that takes
/// longer than a reader notices: soon, and then less and less often.
fn gradually<P: Sync, T: Send>(
    parts: &[P],
    work: impl Fn(&P) -> T + Sync,
    is_stale: IsStale,
    show: &mut dyn FnMut(&[Option<T>]),
) -> Vec<Option<T>> {
    let (begun, mut due) = (Instant::now(), SOON);
    let mut done: Vec<Option<T>> = parts.iter().map(|_| None).collect();
    let mut left = parts.len();
    spread(
        parts.len(),
        |part| (!is_stale()).then(|| work(&parts[part])),
        |part, made| {
            (done[part], left) = (made, left - 1);
            if left > 0 && begun.elapsed() > due && !is_stale() {
                show(&done);
                due *= 4;
            }
        },
    );
    done
}
