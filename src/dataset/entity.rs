//! What is true: the records of a dataset after loading, with every link resolved. Nothing here can fail.

use super::date::Date;
use super::few::Few;
use super::text::Clean;
use super::vocabulary::{
    DateBasis, Direction, DocumentKind, DocumentStatus, EventKind, ExerciseKind, Exhibit, Kind, Level,
    OrganisationKind, PositionKind, Qualifier, Topic,
};

/// A record of the dataset: its kind, and its place in that kind's list. Packed, since there are millions of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(Rust, packed)]
pub struct Record {
    /// The list that holds it.
    pub kind: Kind,
    /// Its place in the list, from 0.
    pub number: u32,
}

impl Record {
    /// The record at `index` of the list of `kind`.
    pub fn new(kind: Kind, index: usize) -> Record {
        Record { kind, number: index as u32 }
    }

    /// Its place in its list, from 0.
    pub fn index(self) -> usize {
        self.number as usize
    }
}

/// What every record says of itself.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// The name in its address.
    pub id: Clean,
    /// What it is called.
    pub name: Clean,
    /// The numbers of the paragraphs that say so.
    pub cites: Few<u32>,
    /// What the source says of it, in small Markdown.
    pub summary: Clean,
    /// What else there is to say of it, where there is.
    pub aside: Option<Box<Aside>>,
}

/// What few records say of themselves.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Aside {
    /// What else people call it.
    pub aliases: Box<[Clean]>,
    /// The source's spelling where the name's differs.
    pub as_printed: Option<Clean>,
    /// The editor's note, in small Markdown.
    pub note: Option<Clean>,
}

impl About {
    /// The same, with what few records say.
    pub fn with(self, aside: Aside) -> About {
        About { aside: (aside != Aside::default()).then(|| Box::new(aside)), ..self }
    }

    /// What else people call it.
    pub fn aliases(&self) -> &[Clean] {
        self.aside.as_ref().map_or(&[], |aside| &aside.aliases)
    }

    /// The source's spelling where the name's differs.
    pub fn as_printed(&self) -> Option<&Clean> {
        self.aside.as_ref()?.as_printed.as_ref()
    }

    /// The editor's note, in small Markdown.
    pub fn note(&self) -> Option<&Clean> {
        self.aside.as_ref()?.note.as_ref()
    }
}

/// What the records were taken from.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// The title of the work.
    pub title: Clean,
    /// The chapter or part.
    pub chapter: Option<Clean>,
    /// Who published it.
    pub publisher: Option<Clean>,
    /// When it was published.
    pub date: Option<Date>,
    /// Its language, as a BCP 47 tag.
    pub language: Option<Clean>,
    /// The country that it speaks for.
    pub subject: Option<Record>,
    /// The editor's note, in small Markdown.
    pub note: Option<Clean>,
}

/// A section of the source.
#[derive(Debug, Clone)]
pub struct Section {
    /// Name, summary and the like.
    pub about: About,
    /// The number in the source; 0 is the introduction.
    pub number: u32,
    /// Its paragraphs, in order.
    pub paragraphs: Box<[Record]>,
}

/// A numbered paragraph of the source; its digest is the summary.
#[derive(Debug, Clone)]
pub struct Paragraph {
    /// Name, digest and the like.
    pub about: About,
    /// The number in the source.
    pub number: u32,
    /// The section that holds it.
    pub section: Record,
}

/// Something that happened.
#[derive(Debug, Clone)]
pub struct Event {
    /// Name, summary and the like.
    pub about: About,
    /// When; `None` for the undated.
    pub date: Option<Date>,
    /// How the date is known.
    pub date_basis: Option<DateBasis>,
    /// What kind of event it is.
    pub kind: EventKind,
    /// Who travelled, seen from the subject country.
    pub direction: Option<Direction>,
    /// The level at which it was held.
    pub level: Option<Level>,
    /// The number of the round in its mechanism.
    pub round: Option<u32>,
    /// What it is the first of.
    pub first: Option<Box<Clean>>,
    /// Those who took part.
    pub countries: Few<Record>,
    /// Bodies that took part.
    pub organisations: Few<Record>,
    /// Papers signed, issued or applied.
    pub documents: Few<Record>,
    /// Where.
    pub places: Few<Record>,
    /// The exercise held or observed.
    pub exercise: Option<Record>,
    /// The series that it belongs to.
    pub mechanism: Option<Record>,
    /// What it is about.
    pub topics: Few<Topic>,
}

/// A standing channel or series.
#[derive(Debug, Clone)]
pub struct Mechanism {
    /// Name, summary and the like.
    pub about: About,
    /// Since when.
    pub since: Option<Date>,
    /// Its members.
    pub countries: Few<Record>,
    /// The bodies that run it.
    pub organisations: Few<Record>,
    /// The number of rounds that the source states.
    pub rounds_stated: Option<u32>,
}

/// A country or territory.
#[derive(Debug, Clone)]
pub struct Country {
    /// Name, summary and the like.
    pub about: About,
    /// The official name.
    pub official_name: Clean,
    /// The UN M49 sub-region.
    pub region: Clean,
    /// The capital.
    pub capital: Clean,
    /// Where the capital lies.
    pub position: Coordinates,
}

/// A point of the Earth, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coordinates {
    /// Degrees north of the equator, -90 to 90.
    pub latitude: f64,
    /// Degrees east of Greenwich, -180 to 180.
    pub longitude: f64,
}

/// An organisation or body.
#[derive(Debug, Clone)]
pub struct Organisation {
    /// Name, summary and the like.
    pub about: About,
    /// The short name.
    pub short: Option<Clean>,
    /// What kind of body it is.
    pub kind: OrganisationKind,
    /// The country it belongs to.
    pub country: Option<Record>,
}

/// A paper.
#[derive(Debug, Clone)]
pub struct Document {
    /// Name, summary and the like.
    pub about: About,
    /// What kind of paper it is.
    pub kind: DocumentKind,
    /// Its date.
    pub date: Option<Date>,
    /// What became of it.
    pub status: DocumentStatus,
    /// Its parties.
    pub countries: Few<Record>,
    /// The bodies behind it.
    pub organisations: Few<Record>,
}

/// An exercise.
#[derive(Debug, Clone)]
pub struct Exercise {
    /// Name, summary and the like.
    pub about: About,
    /// What kind of exercise it is.
    pub kind: ExerciseKind,
    /// Who takes part.
    pub countries: Few<Record>,
    /// Forces and bodies that take part.
    pub organisations: Few<Record>,
}

/// A place.
#[derive(Debug, Clone)]
pub struct Place {
    /// Name, summary and the like.
    pub about: About,
    /// The country it lies in.
    pub country: Option<Record>,
    /// Where it lies.
    pub position: Coordinates,
}

/// A number.
#[derive(Debug, Clone)]
pub struct Figure {
    /// Name, summary and the like.
    pub about: About,
    /// The number; `None` where the source gives none.
    pub value: Option<f64>,
    /// How exact the number is.
    pub qualifier: Qualifier,
    /// What is counted.
    pub unit: Clean,
    /// As of when, or the period.
    pub date: Option<Date>,
    /// The figure that it adds up to with others.
    pub part_of: Option<Record>,
    /// The countries concerned.
    pub countries: Few<Record>,
    /// The bodies concerned.
    pub organisations: Few<Record>,
}

/// A principle, policy, proposal or commitment.
#[derive(Debug, Clone)]
pub struct Position {
    /// Name, summary and the like.
    pub about: About,
    /// What kind of position it is.
    pub kind: PositionKind,
    /// Since when or at what time.
    pub date: Option<Date>,
    /// The event at which it was put forward.
    pub of: Option<Record>,
    /// The bodies concerned.
    pub organisations: Few<Record>,
    /// The countries concerned.
    pub countries: Few<Record>,
}

/// An ordered walk for a talk or a lesson.
#[derive(Debug, Clone)]
pub struct Tour {
    /// Name, summary and the like.
    pub about: About,
    /// Its stops, in order.
    pub stops: Box<[Stop]>,
}

/// One stop of a tour.
#[derive(Debug, Clone)]
pub struct Stop {
    /// The record shown.
    pub at: Record,
    /// The title, where it differs from the record's name.
    pub title: Option<Clean>,
    /// Short lines, revealed one by one.
    pub points: Box<[Clean]>,
    /// Notes for the speaker, in small Markdown.
    pub notes: Option<Clean>,
    /// What is shown beside the points.
    pub show: Option<Exhibit>,
}

/// A record with its facts, to match on.
#[derive(Debug, Clone, Copy)]
pub enum Entity<'a> {
    /// A section of the source.
    Section(&'a Section),
    /// A paragraph of the source.
    Paragraph(&'a Paragraph),
    /// Something that happened.
    Event(&'a Event),
    /// A standing channel or series.
    Mechanism(&'a Mechanism),
    /// A country or territory.
    Country(&'a Country),
    /// An organisation or body.
    Organisation(&'a Organisation),
    /// A paper.
    Document(&'a Document),
    /// An exercise.
    Exercise(&'a Exercise),
    /// A place.
    Place(&'a Place),
    /// A number.
    Figure(&'a Figure),
    /// A principle, policy, proposal or commitment.
    Position(&'a Position),
}

impl<'a> Entity<'a> {
    /// What the record says of itself.
    pub fn about(self) -> &'a About {
        match self {
            Entity::Section(section) => &section.about,
            Entity::Paragraph(paragraph) => &paragraph.about,
            Entity::Event(event) => &event.about,
            Entity::Mechanism(mechanism) => &mechanism.about,
            Entity::Country(country) => &country.about,
            Entity::Organisation(organisation) => &organisation.about,
            Entity::Document(document) => &document.about,
            Entity::Exercise(exercise) => &exercise.about,
            Entity::Place(place) => &place.about,
            Entity::Figure(figure) => &figure.about,
            Entity::Position(position) => &position.about,
        }
    }

    /// When it was, where it has a date.
    pub fn date(self) -> Option<&'a Date> {
        match self {
            Entity::Event(event) => event.date.as_ref(),
            Entity::Mechanism(mechanism) => mechanism.since.as_ref(),
            Entity::Document(document) => document.date.as_ref(),
            Entity::Figure(figure) => figure.date.as_ref(),
            Entity::Position(position) => position.date.as_ref(),
            _ => None,
        }
    }

    /// Where it lies, where it is a point on the map.
    pub fn position(self) -> Option<Coordinates> {
        match self {
            Entity::Country(country) => Some(country.position),
            Entity::Place(place) => Some(place.position),
            _ => None,
        }
    }
}
