//! The shapes of `--json`, as `docs/json.md` describes them. They only grow: what has a name keeps it and its meaning.

use std::io::{self, Write};

use serde::Serialize;

use crate::dataset::{Clean, Dataset, Link, Published, Record, Relation};
use crate::search::{Hit, Rank};
use crate::wording;

/// The version of the shapes.
pub const VERSION: u32 = 1;

/// A record: its address, what it is, and its fields in the published shape of a dataset.
#[derive(Debug, Serialize)]
pub struct Entry<'a> {
    /// Its address, as `country/ru`.
    pub address: String,
    /// The word before the stroke of the address.
    pub kind: &'static str,
    /// What it is called.
    pub name: &'a Clean,
    /// Its facts on one line.
    pub facts: String,
    /// Its fields, as a dataset file has them.
    pub record: Published,
}

/// A record that a search found.
#[derive(Debug, Serialize)]
pub struct Found<'a> {
    /// How well it answers: listed, exact, prefix, words, related, fuzzy or prose.
    pub rank: &'static str,
    /// The alias that matched where the name did not.
    pub alias: Option<Clean>,
    /// The record.
    #[serde(flatten)]
    pub entry: Entry<'a>,
}

/// A record with its links both ways.
#[derive(Debug, Serialize)]
pub struct Page<'a> {
    /// The version of this shape.
    pub version: u32,
    /// The record.
    #[serde(flatten)]
    pub entry: Entry<'a>,
    /// What it is joined to.
    pub links: Vec<Joint<'a>>,
}

/// A link of a record.
#[derive(Debug, Serialize)]
pub struct Joint<'a> {
    /// What joins the two.
    pub relation: &'static str,
    /// `in` where the other record names this one, else `out`.
    pub direction: &'static str,
    /// The address of the other.
    pub address: String,
    /// The name of the other.
    pub name: &'a Clean,
}

impl<'a> Entry<'a> {
    /// A record of the dataset.
    pub fn new(dataset: &'a Dataset, record: Record) -> Entry<'a> {
        Entry {
            address: dataset.address(record),
            kind: crate::dataset::Vocabulary::word(record.kind),
            name: dataset.name(record),
            facts: wording::facts(dataset, record),
            record: dataset.published(record),
        }
    }
}

impl<'a> Found<'a> {
    /// A hit of a search.
    pub fn new(dataset: &'a Dataset, hit: Hit) -> Found<'a> {
        let rank = match hit.rank {
            Rank::Listed => "listed",
            Rank::Exact => "exact",
            Rank::Prefix => "prefix",
            Rank::Words => "words",
            Rank::Related => "related",
            Rank::Fuzzy => "fuzzy",
            Rank::Prose => "prose",
        };
        Found { rank, alias: hit.alias, entry: Entry::new(dataset, hit.record) }
    }
}

impl<'a> Page<'a> {
    /// A record with all its links.
    pub fn new(dataset: &'a Dataset, record: Record) -> Page<'a> {
        let joint = |link: &Link| Joint {
            relation: relation(link.relation),
            direction: if link.incoming { "in" } else { "out" },
            address: dataset.address(link.record),
            name: dataset.name(link.record),
        };
        let links = dataset.links(record).iter().map(joint).collect();
        Page { version: VERSION, entry: Entry::new(dataset, record), links }
    }
}

fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Participant => "participant",
        Relation::Series => "series",
        Relation::Exercise => "exercise",
        Relation::Document => "document",
        Relation::Venue => "venue",
        Relation::PutForward => "put-forward",
        Relation::PartOf => "part-of",
        Relation::Belongs => "belongs",
        Relation::Cited => "cited",
        Relation::Contained => "contained",
        Relation::Mentioned => "mentioned",
    }
}

/// Writes an object on many lines.
pub fn object(out: &mut impl Write, object: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, object)?;
    writeln!(out)
}

/// Writes an object whose last field is a list, one element a line, so that a long list is never held whole. `head` are
/// the fields before the list. Answers how many elements there were.
pub fn list<T: Serialize>(
    out: &mut impl Write,
    head: &[(&str, serde_json::Value)],
    name: &str,
    elements: impl Iterator<Item = T>,
) -> io::Result<usize> {
    write!(out, "{{\"version\":{VERSION}")?;
    for (field, value) in head {
        write!(out, ",\"{field}\":{value}")?;
    }
    write!(out, ",\"{name}\":[")?;
    let mut count = 0;
    for element in elements {
        writeln!(out, "{}", if count > 0 { "," } else { "" })?;
        serde_json::to_writer(&mut *out, &element)?;
        count += 1;
    }
    writeln!(out, "{}]}}", if count > 0 { "\n" } else { "" })?;
    Ok(count)
}
