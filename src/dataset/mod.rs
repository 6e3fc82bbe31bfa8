//! Floor 0: what is true. A dataset is read once, checked whole, and nothing can fail after that.

mod address;
mod date;
mod entity;
pub mod file;
mod finding;
mod links;
mod load;
pub mod prose;
mod publish;
mod resolve;
mod text;
mod validate;
mod vocabulary;

pub use date::{Date, DateError, Day, Precision, month_name};
pub use entity::{
    About, Coordinates, Country, Document, Entity, Event, Exercise, Figure, Mechanism, Organisation, Paragraph, Place,
    Position, Record, Section, Source, Stop, Tour,
};
pub use file::schema;
pub use finding::{Finding, Severity, near};
pub use links::{Link, Relation};
pub use load::{DEEPEST_NESTING, LARGEST_FILE, Reading, read, read_leniently, validate};
pub use publish::Published;
pub use text::{Clean, LONGEST_TEXT, has_control, is_harmless};
pub use vocabulary::{
    DateBasis, Direction, DocumentKind, DocumentStatus, EventKind, ExerciseKind, Exhibit, Kind, Level,
    OrganisationKind, PositionKind, Qualifier, Topic, Vocabulary,
};

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
    chronology: Vec<Record>,
}

impl Dataset {
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
        self.addresses.find(address)
    }

    /// "; did you mean …?" with the nearest address to one that does not exist.
    pub fn near(&self, address: &str) -> String {
        self.addresses.near(address)
    }

    /// The paragraph with this number in the source.
    pub fn paragraph(&self, number: u32) -> Option<Record> {
        self.find(&format!("paragraph/{number}"))
    }

    /// The links of a record, both ways, in order of relation.
    pub fn links(&self, record: Record) -> &[Link] {
        self.links.of(self.ordinal(record))
    }

    /// All events, dated ones in order of time, the undated last.
    pub fn chronology(&self) -> &[Record] {
        &self.chronology
    }

    /// The events that are joined to a record, in order of time.
    pub fn events_with(&self, record: Record) -> Vec<Record> {
        let joined = |event: &&Record| self.links(record).iter().any(|link| link.record == **event);
        self.chronology.iter().filter(joined).copied().collect()
    }

    /// The number of events that are joined to a record.
    pub fn event_count(&self, record: Record) -> usize {
        self.links(record).iter().filter(|link| link.record.kind == Kind::Event).count()
    }

    /// The place of a record among all records, kind by kind.
    pub fn ordinal(&self, record: Record) -> usize {
        let before = Kind::ALL.iter().take_while(|&&kind| kind != record.kind);
        before.map(|&kind| self.count(kind)).sum::<usize>() + record.index()
    }

    fn in_chronological_order(&self) -> Vec<Record> {
        let mut events: Vec<Record> = self.records(Kind::Event).collect();
        let date = |record: &Record| self.events[record.index()].date.as_ref();
        events.sort_by(|one, other| match (date(one), date(other)) {
            (Some(one), Some(other)) => one.list_order(other),
            (one, other) => one.is_none().cmp(&other.is_none()),
        });
        events
    }
}
