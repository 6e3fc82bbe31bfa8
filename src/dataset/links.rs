//! The links of every record, both ways: forward as the files give them, reverse derived, all resolved once.

use super::Dataset;
use super::cores;
use super::entity::Record;
use super::joined;
use super::vocabulary::Kind;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Link {
    /// What joins the two.
    pub relation: Relation,
    /// Whether the link starts at the other record.
    pub incoming: bool,
    /// The other record.
    pub record: Record,
}

impl Link {
    /// What the link has in common with others, which stand together.
    pub(super) fn group(&self) -> (Relation, bool, Kind) {
        (self.relation, self.incoming, self.record.kind)
    }

    /// Where the link stands among those of a record: by relation, direction and record.
    fn place(self) -> u64 {
        let (kind, number) = (self.record.kind as u64, u64::from(self.record.number));
        (self.relation as u64) << 48 | u64::from(self.incoming) << 40 | kind << 32 | number
    }
}

/// The links of all records: those of record `n` stand between `starts[n]` and `starts[n + 1]`.
#[derive(Debug, Default)]
pub struct Links {
    starts: Box<[u32]>,
    links: Box<[Link]>,
}

impl Links {
    /// Joins the records of a dataset by their fields, and by the records that texts mention. Links of a record stand in
    /// order of relation, direction and record, each once; a mention that repeats another link is left out.
    pub fn new(dataset: &Dataset, mentions: &[(Record, Record)]) -> Links {
        let ordinals = dataset.ordinals();
        let mut starts = vec![0_u32; dataset.len() + 1];
        each(dataset, mentions, &mut |from, _, to| {
            starts[ordinals.of(from) + 1] += 1;
            starts[ordinals.of(to) + 1] += 1;
        });
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let nothing = Link { relation: Relation::Mentioned, incoming: false, record: Record::new(Kind::Section, 0) };
        let mut links = vec![nothing; sum as usize];
        let mut put = |owner: usize, link: Link| {
            links[starts[owner] as usize] = link;
            starts[owner] += 1;
        };
        each(dataset, mentions, &mut |from, relation, to| {
            put(ordinals.of(from), Link { relation, incoming: false, record: to });
            put(ordinals.of(to), Link { relation, incoming: true, record: from });
        });
        // Each start has moved on to the next.
        starts.rotate_right(1);
        starts[0] = 0;
        Links::in_order(starts, links)
    }

    /// Puts the links of each record in order and takes out those that repeat others.
    fn in_order(mut starts: Vec<u32>, mut links: Vec<Link>) -> Links {
        let count = links.len();
        let kept: Vec<u32> = cores::each(lists(&mut links, &starts), count, |list| settle(list) as u32);
        let mut end = 0;
        for (owner, kept) in kept.into_iter().enumerate() {
            let start = starts[owner] as usize;
            links.copy_within(start..start + kept as usize, end as usize);
            starts[owner] = end;
            end += kept;
        }
        if let Some(last) = starts.last_mut() {
            *last = end;
        }
        links.truncate(end as usize);
        Links { starts: starts.into(), links: links.into() }
    }

    /// The links of the record with this ordinal.
    pub fn of(&self, ordinal: usize) -> &[Link] {
        &self.links[self.starts[ordinal] as usize..self.starts[ordinal + 1] as usize]
    }
}

/// Each link between two records: by their fields, and by the records that texts mention.
fn each(dataset: &Dataset, mentions: &[(Record, Record)], take: &mut impl FnMut(Record, Relation, Record)) {
    let mut other = |from: Record, relation, to: Record| {
        if from != to {
            take(from, relation, to);
        }
    };
    joined::all(dataset, &mut other);
    mentions.iter().for_each(|&(from, to)| other(from, Relation::Mentioned, to));
}

/// The list of each record, apart from the others.
fn lists<'a>(mut links: &'a mut [Link], starts: &[u32]) -> Vec<&'a mut [Link]> {
    let lengths = starts.windows(2).map(|pair| (pair[1] - pair[0]) as usize);
    let cut = |length| links.split_off_mut(..length).unwrap_or_default();
    lengths.map(cut).collect()
}

/// Puts the links of a record in order, those that are kept before the others; answers how many are kept. Most come in
/// order, kind by kind of record, which a stable sort makes use of.
fn settle(links: &mut [Link]) -> usize {
    links.sort_by_key(|link| link.place());
    let mut kept = 0;
    for at in 0..links.len() {
        let (before, link) = (&links[..kept], links[at]);
        let repeats = match link.relation {
            Relation::Mentioned => leads_to(before, link.record),
            _ => before.last() == Some(&link),
        };
        if !repeats {
            links[kept] = link;
            kept += 1;
        }
    }
    kept
}

/// Links in order, those that have relation, direction and kind of record in common apart from the others: however long a
/// list is, a group of it is found in a few steps.
pub(super) fn groups(mut links: &[Link]) -> impl Iterator<Item = &[Link]> {
    std::iter::from_fn(move || {
        let first = links.first()?.group();
        let (group, others) = links.split_at(links.partition_point(|link| link.group() <= first));
        links = others;
        Some(group)
    })
}

/// Says whether one of some links in order leads to a record, by whatever relation.
fn leads_to(links: &[Link], record: Record) -> bool {
    groups(links).any(|group| group.binary_search_by_key(&record, |link| link.record).is_ok())
}
