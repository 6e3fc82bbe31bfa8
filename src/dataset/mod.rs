//! Floor 0: what is true. A dataset is read once, checked whole, and nothing can fail after that.

mod address;
mod borrowed;
mod careful;
mod columns;
mod cores;
mod date;
mod entity;
mod few;
pub mod file;
mod finding;
mod joined;
mod links;
mod load;
mod number;
mod pieces;
pub mod prose;
mod publish;
mod quick;
mod resolve;
mod text;
mod validate;
mod vocabulary;

pub use columns::{Columns, Moments, Stretch};
pub use date::{Date, DateError, Day, Precision, month_name};
pub use entity::{
    About, Aside, Coordinates, Country, Document, Entity, Event, Exercise, Figure, Mechanism, Organisation, Paragraph,
    Place, Position, Record, Section, Source, Stop, Tour,
};
pub use few::Few;
pub use file::schema;
pub use finding::{Finding, Severity, near};
pub use links::{Link, Relation};
pub use load::{DEEPEST_NESTING, LARGEST_FILE, Reading, Watch, read, read_carefully, read_quickly, validate};
pub use number::thousands;
pub use publish::Published;
pub use text::{Clean, LONGEST_TEXT, has_control, is_harmless};
pub use vocabulary::{
    DateBasis, Direction, DocumentKind, DocumentStatus, EventKind, ExerciseKind, Exhibit, Kind, Level,
    OrganisationKind, PositionKind, Qualifier, Topic, Vocabulary,
};

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::OnceLock;

use address::Addresses;
use links::Links;

/// The dataset that the program carries, as its file.
pub const SHIPPED: &str = include_str!("../../assets/dataset.json");

/// A linked chronology, whole and sound.
#[derive(Debug, Default)]
pub struct Dataset {
    /// What the records were taken from.
    pub source: Source,
    /// The sections of the source.
    pub sections: Vec<Section>,
    /// The paragraphs of all sections.
    pub paragraphs: Vec<Paragraph>,
    /// What happened, in the order of the file.
    pub events: Vec<Event>,
    /// Standing channels and series.
    pub mechanisms: Vec<Mechanism>,
    /// Countries and territories.
    pub countries: Vec<Country>,
    /// Organisations and bodies.
    pub organisations: Vec<Organisation>,
    /// Papers.
    pub documents: Vec<Document>,
    /// Exercises.
    pub exercises: Vec<Exercise>,
    /// Places.
    pub places: Vec<Place>,
    /// Numbers.
    pub figures: Vec<Figure>,
    /// Principles, policies, proposals and commitments.
    pub positions: Vec<Position>,
    /// Ordered walks.
    pub tours: Vec<Tour>,
    addresses: Addresses,
    links: Links,
    /// All events in order of time.
    chronology: Box<[Record]>,
    /// The place in order of time of each event, in the order of the file.
    moments: Box<[u32]>,
    /// How the digest of each paragraph begins, from the first time that one is asked.
    openings: OnceLock<Box<[String]>>,
    /// How many events each country is joined to, from the first time that one is asked: maps ask for all at once.
    of_countries: OnceLock<Box<[usize]>>,
    columns: Columns,
}

/// The letters of a digest that are kept ready, more than a line usually has.
const OPENING: usize = 200;

impl Dataset {
    /// How the digest of a paragraph begins, without its marks: all of it, or at least so many letters.
    pub fn opening(&self, paragraph: Record, letters: usize) -> Cow<'_, str> {
        let digest = |paragraph: &Paragraph, letters| prose::beginning(&paragraph.about.summary, letters);
        if letters > OPENING {
            return digest(&self.paragraphs[paragraph.index()], letters).into();
        }
        let openings = self.openings.get_or_init(|| self.paragraphs.iter().map(|own| digest(own, OPENING)).collect());
        Cow::Borrowed(&openings[paragraph.index()])
    }

    /// The number of records of a kind.
    pub fn count(&self, kind: Kind) -> usize {
        match kind {
            Kind::Section => self.sections.len(),
            Kind::Paragraph => self.paragraphs.len(),
            Kind::Event => self.events.len(),
            Kind::Mechanism => self.mechanisms.len(),
            Kind::Country => self.countries.len(),
            Kind::Organisation => self.organisations.len(),
            Kind::Document => self.documents.len(),
            Kind::Exercise => self.exercises.len(),
            Kind::Place => self.places.len(),
            Kind::Figure => self.figures.len(),
            Kind::Position => self.positions.len(),
        }
    }

    /// The number of all records.
    pub fn len(&self) -> usize {
        Kind::ALL.iter().map(|&kind| self.count(kind)).sum()
    }

    /// Says whether there is no record at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The records of a kind, in the order of the file.
    pub fn records(&self, kind: Kind) -> impl DoubleEndedIterator<Item = Record> + use<> {
        (0..self.count(kind)).map(move |index| Record::new(kind, index))
    }

    /// All records, kind by kind.
    pub fn all(&self) -> impl Iterator<Item = Record> + '_ {
        Kind::ALL.iter().flat_map(|&kind| self.records(kind))
    }

    /// A record with its facts.
    pub fn entity(&self, record: Record) -> Entity<'_> {
        let at = record.index();
        match record.kind {
            Kind::Section => Entity::Section(&self.sections[at]),
            Kind::Paragraph => Entity::Paragraph(&self.paragraphs[at]),
            Kind::Event => Entity::Event(&self.events[at]),
            Kind::Mechanism => Entity::Mechanism(&self.mechanisms[at]),
            Kind::Country => Entity::Country(&self.countries[at]),
            Kind::Organisation => Entity::Organisation(&self.organisations[at]),
            Kind::Document => Entity::Document(&self.documents[at]),
            Kind::Exercise => Entity::Exercise(&self.exercises[at]),
            Kind::Place => Entity::Place(&self.places[at]),
            Kind::Figure => Entity::Figure(&self.figures[at]),
            Kind::Position => Entity::Position(&self.positions[at]),
        }
    }

    /// What a record says of itself.
    pub fn about(&self, record: Record) -> &About {
        self.entity(record).about()
    }

    /// A record's name.
    pub fn name(&self, record: Record) -> &Clean {
        &self.about(record).name
    }

    /// A record's address, such as `country/ru`.
    pub fn address(&self, record: Record) -> String {
        format!("{}/{}", record.kind, self.about(record).id)
    }

    /// The record at an address.
    pub fn find(&self, address: &str) -> Option<Record> {
        let (kind, id) = address::parts(address)?;
        self.addresses.find(self, kind, id)
    }

    /// "; did you mean …?" with the nearest address to one that does not exist.
    pub fn near(&self, address: &str) -> String {
        let names = |kind| self.records(kind).map(|record| &*self.about(record).id);
        address::nearest(address, names, |kind, id| self.addresses.find(self, kind, id).is_some())
    }

    /// The countries of a list other than the one that the dataset speaks for.
    pub fn partners<'a>(&self, countries: &'a [Record]) -> impl Iterator<Item = Record> + use<'a> {
        let subject = self.source.subject;
        countries.iter().copied().filter(move |&country| Some(country) != subject)
    }

    /// The sections whose paragraphs state a record, each once and in the order of the source.
    pub fn sections_stating(&self, about: &About) -> BTreeSet<Record> {
        let paragraphs = about.cites.iter().filter_map(|&number| self.paragraph(number));
        paragraphs.map(|paragraph| self.paragraphs[paragraph.index()].section).collect()
    }

    /// The paragraph with this number in the source.
    pub fn paragraph(&self, number: u32) -> Option<Record> {
        self.addresses.paragraph(number)
    }

    /// The links of a record, both ways, in order of relation.
    pub fn links(&self, record: Record) -> &[Link] {
        self.links.of(self.ordinal(record))
    }

    /// The links of a record that are alike: of one relation, one direction, and to records of one kind.
    pub fn links_of(&self, record: Record, relation: Relation, incoming: bool, kind: Kind) -> &[Link] {
        let links = self.links(record);
        let group = (relation, incoming, kind);
        let start = links.partition_point(|link| link.group() < group);
        let end = links.partition_point(|link| link.group() <= group);
        &links[start..end]
    }

    /// All events, dated ones in order of time, the undated last.
    pub fn chronology(&self) -> &[Record] {
        &self.chronology
    }

    /// The events that are joined to a record, in order of time.
    pub fn events_with(&self, record: Record) -> Vec<Record> {
        let joined = self.links(record).iter().map(|link| link.record).filter(|other| other.kind == Kind::Event);
        let mut events: Vec<Record> = joined.collect();
        events.sort_unstable_by_key(|event| self.moments[event.index()]);
        events.dedup();
        events
    }

    /// The number of events that are joined to a record.
    pub fn event_count(&self, record: Record) -> usize {
        match record.kind {
            Kind::Country => {
                let count = || self.records(Kind::Country).map(|country| self.count_events(country)).collect();
                self.of_countries.get_or_init(count)[record.index()]
            }
            _ => self.count_events(record),
        }
    }

    fn count_events(&self, record: Record) -> usize {
        let of_events = links::groups(self.links(record)).filter(|group| group[0].record.kind == Kind::Event);
        of_events.map(<[Link]>::len).sum()
    }

    /// What is asked of many events at once.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// The places among all in order of time of the events that some links lead to.
    pub fn moments<'a>(&'a self, links: &'a [Link]) -> impl Iterator<Item = usize> + 'a {
        let events = links.iter().map(|link| link.record).filter(|record| record.kind == Kind::Event);
        events.map(|event| self.moment(event))
    }

    /// The place of an event among all in order of time.
    pub fn moment(&self, event: Record) -> usize {
        self.moments[event.index()] as usize
    }

    /// The place of a record among all records, kind by kind.
    pub fn ordinal(&self, record: Record) -> usize {
        let before = Kind::ALL.iter().take_while(|&&kind| kind != record.kind);
        before.map(|&kind| self.count(kind)).sum::<usize>() + record.index()
    }

    /// Where the records of each kind begin among all, to look many ordinals up.
    fn ordinals(&self) -> Ordinals {
        Ordinals(std::array::from_fn(|kind| self.ordinal(Record::new(Kind::ALL[kind], 0))))
    }

    /// Joins and orders the records once all are there; the links of texts are given.
    fn complete(mut self, addresses: Addresses, mentions: &[(Record, Record)]) -> Dataset {
        self.addresses = addresses;
        let in_time = || {
            let chronology = self.in_chronological_order();
            (Columns::new(&self, &chronology), places_in(&chronology), chronology)
        };
        let (links, (columns, moments, chronology)) =
            cores::both(self.events.len(), || Links::new(&self, mentions), in_time);
        Dataset { links, columns, moments, chronology, ..self }
    }

    fn in_chronological_order(&self) -> Box<[Record]> {
        let mut events: Vec<_> = (0..).zip(&self.events).map(|(number, event)| (moment(event), number)).collect();
        cores::sort(&mut events);
        events.into_iter().map(|(_, number)| Record { kind: Kind::Event, number }).collect()
    }
}

/// The place in order of time of each event, by its place in the file.
fn places_in(chronology: &[Record]) -> Box<[u32]> {
    let mut places = vec![0; chronology.len()];
    for (place, event) in (0..).zip(chronology) {
        places[event.index()] = place;
    }
    places.into()
}

/// Where an event stands in time: the undated come last.
fn moment(event: &Event) -> (bool, Option<date::Moment>) {
    (event.date.is_none(), event.date.as_ref().map(Date::moment))
}

/// The ordinal of the first record of each kind.
struct Ordinals([usize; Kind::ALL.len()]);

impl Ordinals {
    fn of(&self, record: Record) -> usize {
        self.0[record.kind as usize] + record.index()
    }
}
