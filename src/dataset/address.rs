//! Addresses: how a record is written in links and on the command line, `kind/id`.

use std::hash::BuildHasher;

use foldhash::HashMap;
use foldhash::fast::RandomState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use super::Dataset;
use super::cores;
use super::entity::Record;
use super::finding;
use super::vocabulary::{Kind, Vocabulary};

/// The record behind every address: for each name the places in the list of those that share its hash. The names
/// themselves are the records'.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    hasher: RandomState,
    by_kind: [HashTable<u32>; Kind::ALL.len()],
    paragraphs: Vec<(u32, u32)>,
}

impl Addresses {
    /// The addresses of all records; `None` where two have the same.
    pub fn new(dataset: &Dataset) -> Option<Addresses> {
        let mut addresses = Addresses::default();
        let numbers = dataset.paragraphs.iter().map(|paragraph| paragraph.number).zip(0..);
        addresses.paragraphs = numbers.collect();
        addresses.paragraphs.sort_unstable();
        let unique = addresses.paragraphs.windows(2).all(|pair| pair[0].0 != pair[1].0);
        let others = Kind::ALL.iter().filter(|&&kind| kind != Kind::Paragraph);
        let all = others.fold(unique, |unique, &kind| addresses.add(dataset, kind) && unique);
        all.then_some(addresses)
    }

    /// Adds all records of a kind; says whether no two have the same name.
    fn add(&mut self, dataset: &Dataset, kind: Kind) -> bool {
        let name = |number: u32| &*dataset.about(Record { kind, number }).id;
        let (count, hasher) = (dataset.count(kind) as u32, &self.hasher);
        let hash = |number| hasher.hash_one(name(number));
        let hashes = cores::each((0..count).collect(), count as usize, hash);
        let mut table = HashTable::with_capacity(hashes.len());
        let mut unique = true;
        for (number, &hash) in (0..count).zip(&hashes) {
            let same = |&other: &u32| hashes[other as usize] == hash && name(other) == name(number);
            match table.entry(hash, same, |&other| hashes[other as usize]) {
                Entry::Occupied(_) => unique = false,
                Entry::Vacant(place) => drop(place.insert(number)),
            }
        }
        self.by_kind[kind as usize] = table;
        unique
    }

    /// The place of the record with this name in the list of its kind.
    pub fn find(&self, dataset: &Dataset, kind: Kind, id: &str) -> Option<Record> {
        if kind == Kind::Paragraph {
            let paragraph = self.paragraph(id.parse().ok()?)?;
            return Some(paragraph).filter(|&paragraph| *dataset.about(paragraph).id == *id);
        }
        let same = |&number: &u32| *dataset.about(Record { kind, number }).id == *id;
        let number = *self.by_kind[kind as usize].find(self.hasher.hash_one(id), same)?;
        Some(Record { kind, number })
    }

    /// The paragraph with this number in the source.
    pub fn paragraph(&self, number: u32) -> Option<Record> {
        let at = self.paragraphs.binary_search_by_key(&number, |&(number, _)| number).ok()?;
        Some(Record { kind: Kind::Paragraph, number: self.paragraphs[at].1 })
    }
}

/// The parts of an address such as `country/ru`.
pub(super) fn parts(address: &str) -> Option<(Kind, &str)> {
    let (kind, id) = address.split_once('/')?;
    Some((Kind::from_word(kind)?, id))
}

/// Names of records while these are read, each with a number.
#[derive(Debug, Default)]
pub(super) struct Names {
    by_kind: [HashMap<Box<str>, u32>; Kind::ALL.len()],
}

impl Names {
    /// Gives `record` its name. `false` when the list has the name already.
    pub fn add(&mut self, record: Record, id: &str) -> bool {
        let names = &mut self.by_kind[record.kind as usize];
        let new = !names.contains_key(id);
        if new {
            names.insert(id.into(), record.number);
        }
        new
    }

    /// The record at an address such as `country/ru`.
    pub fn find(&self, address: &str) -> Option<Record> {
        let (kind, id) = parts(address)?;
        let number = *self.by_kind[kind as usize].get(id)?;
        Some(Record { kind, number })
    }

    /// The record at an address, which is given the next number of its kind where it has none.
    pub fn number(&mut self, address: &str) -> Option<Record> {
        let (kind, id) = parts(address)?;
        let names = &mut self.by_kind[kind as usize];
        let number = names.get(id).copied().unwrap_or_else(|| {
            let next = names.len() as u32;
            names.insert(id.into(), next);
            next
        });
        Some(Record { kind, number })
    }

    /// The names of a kind with their numbers.
    pub fn of(&self, kind: Kind) -> &HashMap<Box<str>, u32> {
        &self.by_kind[kind as usize]
    }
}

/// "; did you mean …?" with the nearest of the names of each kind to an address that does not exist, or the shape of an
/// address where the kind is unknown.
pub(super) fn nearest<'a, N: Iterator<Item = &'a str>>(
    address: &str,
    names: impl Fn(Kind) -> N,
    exists: impl Fn(Kind, &str) -> bool,
) -> String {
    let (kind, id) = address.split_once('/').unwrap_or(("", address));
    if let Some(kind) = Kind::from_word(kind) {
        let near = finding::nearest(id, names(kind)).map(|id| format!("{kind}/{id}"));
        return near.map_or(String::new(), |near| format!("; did you mean {near:?}?"));
    }
    match Kind::ALL.iter().find(|&&kind| exists(kind, id)) {
        Some(kind) => format!("; did you mean \"{kind}/{id}\"?"),
        None => "; a link is written kind/id, as in country/ru".to_owned(),
    }
}
