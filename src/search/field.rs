//! Fields of a query, and the records that their values admit.

use crate::dataset::{Dataset, Date, Day, Entity, EventKind, Kind, Level, Record, Relation, Topic, Vocabulary, near};

use super::names::{Folded, fold};
use super::texts;

/// A field of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The record is, or is joined to, a record of this kind.
    Joined(Kind),
    /// The kind of record, event, document and the like.
    Kind,
    /// When it was.
    Year,
    /// What it is about.
    Topic,
    /// The section of the source that it comes from.
    Section,
    /// The paragraph of the source that it comes from.
    Paragraph,
    /// The level at which it was held.
    Level,
}

/// A field with its value, as a question to put to records.
#[derive(Debug)]
pub enum Filter {
    /// Is one of some records, or is joined to one: which do, by their ordinals.
    Joined(Box<[bool]>),
    /// Has one of these kinds, of whatever sort.
    Kind(Vec<&'static str>),
    /// Can have been in these days.
    Days(Day, Day),
    /// Is listed under a year that begins so.
    YearBegins(String),
    /// Is about one of these.
    Topic(Vec<Topic>),
    /// Was held at one of these.
    Level(Vec<Level>),
    /// Comes from one of these paragraphs, or holds one.
    Paragraphs(Vec<u32>),
}

const FIELDS: [(&str, Field); 15] = [
    ("country", Field::Joined(Kind::Country)),
    ("document", Field::Joined(Kind::Document)),
    ("exercise", Field::Joined(Kind::Exercise)),
    ("kind", Field::Kind),
    ("level", Field::Level),
    ("mechanism", Field::Joined(Kind::Mechanism)),
    ("org", Field::Joined(Kind::Organisation)),
    ("organisation", Field::Joined(Kind::Organisation)),
    ("organization", Field::Joined(Kind::Organisation)),
    ("paragraph", Field::Paragraph),
    ("place", Field::Joined(Kind::Place)),
    ("section", Field::Section),
    ("topic", Field::Topic),
    ("type", Field::Kind),
    ("year", Field::Year),
];

/// What is said of the fields where a name is near none of them.
const OTHERWISE: &str = "; fields are country, organisation, kind, year, topic, section, paragraph, place, document, \
                         mechanism, exercise and level";

impl Field {
    /// The field of this name, in any case.
    pub fn named(name: &str) -> Option<Field> {
        FIELDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|&(_, field)| field)
    }

    /// "; did you mean …?" with the nearest name, or the names where none is near.
    pub fn near(name: &str) -> String {
        let nearest = near(&name.to_lowercase(), FIELDS.iter().map(|&(known, _)| known));
        if nearest.is_empty() { OTHERWISE.to_owned() } else { nearest }
    }

    /// The filter for a value. Fails with why there is none, in words.
    pub fn filter(self, value: &str, dataset: &Dataset) -> Result<Filter, String> {
        let folded = fold(value);
        match self {
            Field::Joined(kind) => {
                let found = named(dataset, kind, &folded);
                some(found, || format!("no {kind} is called {value:?}")).map(|found| joined(dataset, &found))
            }
            Field::Kind => some(kinds(dataset, &folded), || format!("no kind is called {value:?}")).map(Filter::Kind),
            Field::Topic => some(words(&folded), || format!("no topic is called {value:?}")).map(Filter::Topic),
            Field::Level => some(words(&folded), || format!("no level is called {value:?}")).map(Filter::Level),
            Field::Year => years(value).ok_or_else(|| format!("{value:?} is no year")),
            Field::Section => {
                let found = named(dataset, Kind::Section, &folded);
                some(found, || format!("no section is called {value:?}")).map(|found| sections(dataset, &found))
            }
            Field::Paragraph => {
                let number = folded.letters().parse().ok().filter(|&number| dataset.paragraph(number).is_some());
                let number = number.ok_or_else(|| format!("no paragraph is {value:?}"))?;
                Ok(Filter::Paragraphs(vec![number]))
            }
        }
    }
}

impl Filter {
    /// Says whether the filter admits a record.
    pub fn admits(&self, record: Record, dataset: &Dataset) -> bool {
        let entity = dataset.entity(record);
        match self {
            Filter::Joined(joined) => joined[dataset.ordinal(record)],
            Filter::Kind(wanted) => {
                wanted.contains(&record.kind.word()) || wanted.iter().any(|&word| own_kind(entity) == Some(word))
            }
            Filter::Days(from, to) => entity.date().is_some_and(|date| date.overlaps(*from, *to)),
            Filter::YearBegins(digits) => {
                let year = entity.date().and_then(Date::year);
                year.is_some_and(|year| year.to_string().starts_with(digits.as_str()))
            }
            Filter::Topic(wanted) => {
                matches!(entity, Entity::Event(event) if event.topics.iter().any(|topic| wanted.contains(topic)))
            }
            Filter::Level(wanted) => {
                matches!(entity, Entity::Event(event) if event.level.is_some_and(|level| wanted.contains(&level)))
            }
            Filter::Paragraphs(numbers) => match entity {
                Entity::Paragraph(paragraph) => numbers.contains(&paragraph.number),
                _ => entity.about().cites.iter().any(|number| numbers.contains(number)),
            },
        }
    }
}

/// The kind that a record has beside being a record of its list.
fn own_kind(entity: Entity) -> Option<&'static str> {
    match entity {
        Entity::Event(event) => Some(event.kind.word()),
        Entity::Organisation(organisation) => Some(organisation.kind.word()),
        Entity::Document(document) => Some(document.kind.word()),
        Entity::Exercise(exercise) => Some(exercise.kind.word()),
        Entity::Position(position) => Some(position.kind.word()),
        _ => None,
    }
}

/// The records that are some of these or are joined to one. Both ends of a link know of it, so that only the links of
/// the few are looked through, and not those of all records.
fn joined(dataset: &Dataset, targets: &[Record]) -> Filter {
    let mut joined = vec![false; dataset.len()];
    for &target in targets {
        joined[dataset.ordinal(target)] = true;
        for link in dataset.links(target) {
            let ordinal = dataset.ordinal(link.record);
            joined[ordinal] = joined[ordinal] || is_joined(link.record, target, dataset);
        }
    }
    Filter::Joined(joined.into())
}

/// Paragraphs and sections have no links of their own but those of their text.
fn is_joined(record: Record, target: Record, dataset: &Dataset) -> bool {
    let is_text = matches!(record.kind, Kind::Paragraph | Kind::Section);
    dataset
        .links(record)
        .iter()
        .any(|link| !link.incoming && (is_text || link.relation != Relation::Mentioned) && link.record == target)
}

/// The records of a kind that a value names: exactly if any does, else by how a name begins, else by a word within.
fn named(dataset: &Dataset, kind: Kind, value: &Folded) -> Vec<Record> {
    let letters = value.letters();
    let fit = |record: Record| {
        let names: Vec<Folded> = texts::names(dataset.entity(record)).iter().map(|name| fold(name)).collect();
        let is_id = fold(&dataset.about(record).id).letters() == letters;
        if is_id || names.iter().any(|name| name.letters() == letters) {
            return Some(0);
        }
        let begins = names.iter().any(|name| name.letters().starts_with(letters));
        let within = || names.iter().any(|name| name.contains(letters, true));
        if begins { Some(1) } else { within().then_some(2) }
    };
    let fitting: Vec<(u8, Record)> = dataset.records(kind).filter_map(|record| Some((fit(record)?, record))).collect();
    let best = fitting.iter().map(|&(fit, _)| fit).min();
    fitting.into_iter().filter(|(fit, _)| Some(*fit) == best).map(|(_, record)| record).collect()
}

/// The kinds of any sort that a value names, exactly or by how a word of them begins.
fn kinds(dataset: &Dataset, value: &Folded) -> Vec<&'static str> {
    let mut known: Vec<&'static str> = Kind::ALL.iter().map(|kind| kind.word()).collect();
    known.extend(EventKind::ALL.iter().map(|kind| kind.word()));
    let others = Kind::ALL.iter().filter(|kind| **kind != Kind::Event).flat_map(|&kind| dataset.records(kind));
    known.extend(others.filter_map(|record| own_kind(dataset.entity(record))));
    known.sort_unstable();
    known.dedup();
    matching(known, value, |word| word)
}

fn words<T: Vocabulary>(value: &Folded) -> Vec<T> {
    matching(T::ALL.to_vec(), value, |entry| entry.word())
}

fn matching<T: Copy>(known: Vec<T>, value: &Folded, word: impl Fn(T) -> &'static str) -> Vec<T> {
    let stem = super::spelling::stem(value.letters());
    let same = |&entry: &T| super::spelling::stem(fold(word(entry)).letters()) == stem;
    let exact: Vec<T> = known.iter().copied().filter(same).collect();
    if !exact.is_empty() {
        return exact;
    }
    known.into_iter().filter(|&entry| fold(word(entry)).contains(value.letters(), true)).collect()
}

/// The days of an EDTF date, of two years with a dash or dots between them, or of a year that is still being typed.
fn years(value: &str) -> Option<Filter> {
    let digits = value.chars().all(|c| c.is_ascii_digit());
    if digits && value.len() < 4 {
        return Some(Filter::YearBegins(value.to_owned()));
    }
    let spelled = value.replace("..", "/").replace('–', "/");
    let span = spelled.split_once('-').filter(|(first, last)| first.len() == 4 && last.len() == 4);
    let spelled = span.map(|(first, last)| format!("{first}/{last}")).unwrap_or(spelled);
    let date = Date::parse(&spelled).ok()?;
    let (first, last) = (date.first(), date.last());
    let from = first.unwrap_or(Day { year: i32::MIN, month: 1, day: 1 });
    let to = last.unwrap_or(Day { year: i32::MAX, month: 12, day: 31 });
    (first.is_some() || last.is_some()).then_some(Filter::Days(from, to))
}

fn sections(dataset: &Dataset, sections: &[Record]) -> Filter {
    let paragraphs = sections.iter().flat_map(|section| &dataset.sections[section.index()].paragraphs);
    Filter::Paragraphs(paragraphs.map(|paragraph| dataset.paragraphs[paragraph.index()].number).collect())
}

fn some<T>(found: Vec<T>, otherwise: impl FnOnce() -> String) -> Result<Vec<T>, String> {
    if found.is_empty() { Err(otherwise()) } else { Ok(found) }
}
