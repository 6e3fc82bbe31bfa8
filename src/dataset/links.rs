//! The links of every record, both ways: forward as the files give them, reverse derived, all resolved once.

use super::entity::Record;

/// What a link says of the record that it starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// An event, paper, exercise or channel has a participant.
    Participant,
    /// An event is a round or part of a mechanism.
    Series,
    /// An event is about an exercise.
    Exercise,
    /// An event signs, issues or applies a document.
    Document,
    /// An event happens at a place.
    Venue,
    /// A position was put forward at an event.
    PutForward,
    /// A figure adds up to another with its parts.
    PartOf,
    /// A body or place belongs to a country.
    Belongs,
    /// A record is stated by a paragraph.
    Cited,
    /// A paragraph stands in a section.
    Contained,
    /// A text names a record that no other link joins to it.
    Mentioned,
}

impl Relation {
    /// Says whether a field of a record states it, and not only a text or the order of the source.
    pub fn is_field(self) -> bool {
        !matches!(self, Relation::Cited | Relation::Contained | Relation::Mentioned)
    }
}

/// One end of a link, seen from a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Link {
    /// What joins the two.
    pub relation: Relation,
    /// Whether the link starts at the other record.
    pub incoming: bool,
    /// The other record.
    pub record: Record,
}

/// The links of all records: those of record `n` stand between `starts[n]` and `starts[n + 1]`.
#[derive(Debug, Default)]
pub struct Links {
    starts: Vec<u32>,
    links: Vec<Link>,
}

impl Links {
    /// Joins `edges`, each from one record to another, for `records` records numbered by `ordinal`. Links of a record
    /// stand in order of relation, direction and record, each once; a mention that repeats another link is left out.
    pub fn new(edges: &[(Record, Relation, Record)], records: usize, ordinal: impl Fn(Record) -> usize) -> Links {
        let mut ends: Vec<(usize, Link)> = Vec::with_capacity(edges.len() * 2);
        for &(from, relation, to) in edges.iter().filter(|(from, _, to)| from != to) {
            ends.push((ordinal(from), Link { relation, incoming: false, record: to }));
            ends.push((ordinal(to), Link { relation, incoming: true, record: from }));
        }
        ends.sort_unstable_by_key(|&(owner, link)| (owner, link.record, link.relation, link.incoming));
        ends.dedup_by(|later, kept| {
            let same_pair = later.0 == kept.0 && later.1.record == kept.1.record;
            same_pair && (later.1.relation == Relation::Mentioned || later.1 == kept.1)
        });
        ends.sort_unstable();
        let mut starts = vec![0; records + 1];
        for (owner, _) in &ends {
            starts[owner + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Links { starts, links: ends.into_iter().map(|(_, link)| link).collect() }
    }

    /// The links of the record with this ordinal.
    pub fn of(&self, ordinal: usize) -> &[Link] {
        &self.links[self.starts[ordinal] as usize..self.starts[ordinal + 1] as usize]
    }
}
