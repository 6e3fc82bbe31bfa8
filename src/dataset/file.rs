//! The published shape of a dataset file, as `assets/dataset.schema.json` describes it. Nothing here is checked yet.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

use super::vocabulary::{
    DateBasis, Direction, DocumentKind, DocumentStatus, EventKind, ExerciseKind, Exhibit, Level, OrganisationKind,
    PositionKind, Qualifier, Topic,
};

/// A linked chronology: one file is one dataset.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dataset {
    /// What the records were taken from.
    pub source: Source,
    /// The sections of the source with their paragraphs.
    pub sections: Vec<Section>,
    /// What happened.
    pub events: Vec<Event>,
    /// Standing channels and series whose rounds are events.
    #[serde(default)]
    pub mechanisms: Vec<Mechanism>,
    /// Countries and territories.
    #[serde(default)]
    pub countries: Vec<Country>,
    /// Organisations and bodies.
    #[serde(default)]
    pub organisations: Vec<Organisation>,
    /// Papers.
    #[serde(default)]
    pub documents: Vec<Document>,
    /// Exercises.
    #[serde(default)]
    pub exercises: Vec<Exercise>,
    /// Places.
    #[serde(default)]
    pub places: Vec<Place>,
    /// Numbers.
    #[serde(default)]
    pub figures: Vec<Figure>,
    /// Principles, policies, proposals and commitments.
    #[serde(default)]
    pub positions: Vec<Position>,
    /// Ordered walks for a talk or a lesson.
    #[serde(default)]
    pub tours: Vec<Tour>,
}

/// What the records were taken from.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The title of the work.
    pub title: String,
    /// The chapter or part.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub chapter: Option<String>,
    /// Who published it.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub publisher: Option<String>,
    /// When it was published, as an EDTF date.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub date: Option<String>,
    /// Its language, as a BCP 47 tag.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub language: Option<String>,
    /// The country that the source speaks for, as `country/id`.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub subject: Option<String>,
    /// The editor's note, in small Markdown.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub note: Option<String>,
}

/// A section of the source.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// The section's number as text; its address is `section/id`.
    pub id: String,
    /// The numbers of its paragraphs.
    pub cites: Vec<u32>,
    /// The section's number in the source; 0 is the introduction.
    pub number: u32,
    /// Its heading.
    pub name: String,
    /// What it is about, in small Markdown.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub summary: String,
    /// The editor's note, in small Markdown.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub note: Option<String>,
    /// Its paragraphs, in order.
    pub paragraphs: Vec<Paragraph>,
}

/// A numbered paragraph of the source; its address is `paragraph/number`.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Paragraph {
    /// The number in the source.
    pub number: u32,
    /// A digest that loses no fact, in small Markdown.
    pub text: String,
    /// The editor's note, in small Markdown.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub note: Option<String>,
}

/// Makes a record of the file: the fields that every record has, and its own. Its texts are its own too, or borrowed from
/// the file where they need not be kept.
macro_rules! record {
    ($(#[$doc:meta])* $name:ident = $title:tt { $($(#[$meta:meta])* $field:ident: $type:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
        #[serde(bound(serialize = "S: Serialize + Default + PartialEq"), deny_unknown_fields)]
        #[schemars(rename = $title, bound = "S: JsonSchema + Serialize + Default + PartialEq")]
        pub struct $name<S = String> {
            /// The record's name in its address, kebab-case and unique in its list.
            #[schemars(regex(pattern = r"^[a-z0-9]+(-[a-z0-9]+)*$"))]
            pub id: S,
            /// The numbers of the paragraphs that say so, at least one.
            #[schemars(length(min = 1))]
            pub cites: Vec<u32>,
            /// What it is called.
            pub name: S,
            /// What else people call it: short forms, acronyms, other spellings.
            #[serde(default, skip_serializing_if = "is_blank")]
            pub aliases: Vec<S>,
            /// The source's spelling where the name's differs.
            #[serde(default, skip_serializing_if = "is_blank")]
            pub as_printed: Option<S>,
            $($(#[$meta])* pub $field: $type,)*
            /// What the source says of it, in small Markdown.
            #[serde(default, skip_serializing_if = "is_blank")]
            pub summary: S,
            /// The editor's note, in small Markdown: an inference, a misprint, an outside fact.
            #[serde(default, skip_serializing_if = "is_blank")]
            pub note: Option<S>,
        }
    };
}
record! {
    /// Something that happened.
    Event = "Event" {
        /// When, as an EDTF date; null for the undated.
        #[serde(default, skip_serializing_if = "is_blank")]
        date: Option<S>,
        /// How the date is known.
        #[serde(default, skip_serializing_if = "is_blank")] #[schemars(with = "Option<DateBasis>")]
        date_basis: Option<S>,
        /// What kind of event it is.
        #[schemars(with = "EventKind")]
        kind: S,
        /// Who travelled, seen from the subject country.
        #[serde(default, skip_serializing_if = "is_blank")] #[schemars(with = "Option<Direction>")]
        direction: Option<S>,
        /// The level at which it was held.
        #[serde(default, skip_serializing_if = "is_blank")] #[schemars(with = "Option<Level>")]
        level: Option<S>,
        /// The number of the round in its mechanism.
        #[serde(default, skip_serializing_if = "is_blank")]
        round: Option<u32>,
        /// What it is the first of.
        #[serde(default, skip_serializing_if = "is_blank")]
        first: Option<S>,
        /// Those who took part, as `country/id`.
        #[serde(default, skip_serializing_if = "is_blank")]
        countries: Vec<S>,
        /// Bodies that took part, as `organisation/id`.
        #[serde(default, skip_serializing_if = "is_blank")]
        organisations: Vec<S>,
        /// Papers signed, issued or applied, as `document/id`.
        #[serde(default, skip_serializing_if = "is_blank")]
        documents: Vec<S>,
        /// Where, as `place/id`.
        #[serde(default, skip_serializing_if = "is_blank")]
        places: Vec<S>,
        /// The exercise held or observed, as `exercise/id`.
        #[serde(default, skip_serializing_if = "is_blank")]
        exercise: Option<S>,
        /// The series that it belongs to, as `mechanism/id`.
        #[serde(default, skip_serializing_if = "is_blank")]
        mechanism: Option<S>,
        /// What it is about.
        #[serde(default, skip_serializing_if = "is_blank")] #[schemars(with = "Vec<Topic>")]
        topics: Vec<S>,
    }
}

record! {
    /// A standing channel or series.
    Mechanism = "Mechanism" {
        /// Since when, as an EDTF date.
        #[serde(default, skip_serializing_if = "is_blank")]
        since: Option<S>,
        /// Its members, as `country/id`.
        #[serde(default, skip_serializing_if = "is_blank")]
        countries: Vec<S>,
        /// The bodies that run it, as `organisation/id`.
        #[serde(default, skip_serializing_if = "is_blank")]
        organisations: Vec<S>,
        /// The number of rounds that the source states.
        #[serde(default, skip_serializing_if = "is_blank")]
        rounds_stated: Option<u32>,
    }
}

record! {
    /// A country or territory.
    Country = "Country" {
        /// The official name.
        #[serde(default, skip_serializing_if = "is_blank")]
        official_name: S,
        /// The UN M49 sub-region.
        #[serde(default, skip_serializing_if = "is_blank")]
        region: S,
        /// The capital.
        #[serde(default, skip_serializing_if = "is_blank")]
        capital: S,
        /// The capital's latitude in degrees.
        #[schemars(range(min = -90, max = 90))]
        #[serde(serialize_with = "short_number")]
        lat: f64,
        /// The capital's longitude in degrees.
        #[schemars(range(min = -180, max = 180))]
        #[serde(serialize_with = "short_number")]
        lon: f64,
    }
}

record! {
    /// An organisation or body.
    Organisation = "Organisation" {
        /// The short name.
        #[serde(default, skip_serializing_if = "is_blank")]
        short: Option<S>,
        /// What kind of body it is.
        #[schemars(with = "OrganisationKind")]
        kind: S,
        /// The country it belongs to, as `country/id`.
        #[serde(default, skip_serializing_if = "is_blank")]
        country: Option<S>,
    }
}

record! {
    /// A paper.
    Document = "Document" {
        /// What kind of paper it is.
        #[schemars(with = "DocumentKind")]
        kind: S,
        /// Its date, as an EDTF date.
        #[serde(default, skip_serializing_if = "is_blank")]
        date: Option<S>,
        /// What became of it.
        #[schemars(with = "DocumentStatus")]
        status: S,
        /// Its parties, as `country/id`.
        #[serde(default, skip_serializing_if = "is_blank")]
        countries: Vec<S>,
        /// The bodies behind it, as `organisation/id`.
        #[serde(default, skip_serializing_if = "is_blank")]
        organisations: Vec<S>,
    }
}

record! {
    /// An exercise.
    Exercise = "Exercise" {
        /// What kind of exercise it is.
        #[schemars(with = "ExerciseKind")]
        kind: S,
        /// Who takes part, as `country/id`.
        #[serde(default, skip_serializing_if = "is_blank")]
        countries: Vec<S>,
        /// Forces and bodies that take part, as `organisation/id`.
        #[serde(default, skip_serializing_if = "is_blank")]
        organisations: Vec<S>,
    }
}

record! {
    /// A place.
    Place = "Place" {
        /// The country it lies in, as `country/id`.
        #[serde(default, skip_serializing_if = "is_blank")]
        country: Option<S>,
        /// Its latitude in degrees.
        #[schemars(range(min = -90, max = 90))]
        #[serde(serialize_with = "short_number")]
        lat: f64,
        /// Its longitude in degrees.
        #[schemars(range(min = -180, max = 180))]
        #[serde(serialize_with = "short_number")]
        lon: f64,
    }
}

record! {
    /// A number.
    Figure = "Figure" {
        /// The number; left out where the source gives none.
        #[serde(default, skip_serializing_if = "is_blank", serialize_with = "short_optional_number")]
        value: Option<f64>,
        /// How exact the number is.
        #[schemars(with = "Qualifier")]
        qualifier: S,
        /// What is counted.
        #[serde(default, skip_serializing_if = "is_blank")]
        unit: S,
        /// As of when, or the period, as an EDTF date.
        #[serde(default, skip_serializing_if = "is_blank")]
        date: Option<S>,
        /// The figure that it adds up to with others, as `figure/id`.
        #[serde(default, skip_serializing_if = "is_blank")]
        part_of: Option<S>,
        /// The countries concerned, as `country/id`.
        #[serde(default, skip_serializing_if = "is_blank")]
        countries: Vec<S>,
        /// The bodies concerned, as `organisation/id`.
        #[serde(default, skip_serializing_if = "is_blank")]
        organisations: Vec<S>,
    }
}

record! {
    /// A principle, policy, proposal or commitment.
    Position = "Position" {
        /// What kind of position it is.
        #[schemars(with = "PositionKind")]
        kind: S,
        /// Since when or at what time, as an EDTF date.
        #[serde(default, skip_serializing_if = "is_blank")]
        date: Option<S>,
        /// The event at which it was put forward, as `event/id`.
        #[serde(default, skip_serializing_if = "is_blank")]
        of: Option<S>,
        /// The bodies concerned, as `organisation/id`.
        #[serde(default, skip_serializing_if = "is_blank")]
        organisations: Vec<S>,
        /// The countries concerned, as `country/id`.
        #[serde(default, skip_serializing_if = "is_blank")]
        countries: Vec<S>,
    }
}

/// An ordered walk for a talk or a lesson.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tour {
    /// The tour's name on the command line, kebab-case and unique.
    pub id: String,
    /// The paragraphs it draws on.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub cites: Vec<u32>,
    /// Its title.
    pub name: String,
    /// What it shows, in small Markdown.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub summary: String,
    /// The editor's note, in small Markdown.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub note: Option<String>,
    /// Its stops, in order.
    pub stops: Vec<Stop>,
}

/// One stop of a tour.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stop {
    /// The record shown, as `kind/id`.
    pub at: String,
    /// The title, where it differs from the record's name.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub title: Option<String>,
    /// Short lines, revealed one by one.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub points: Vec<String>,
    /// Notes for the speaker, in small Markdown.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub notes: Option<String>,
    /// What is shown beside the points.
    #[serde(default, skip_serializing_if = "is_blank")]
    #[schemars(with = "Option<Exhibit>")]
    pub show: Option<String>,
}

/// A record with a name in its address.
pub(super) trait Named {
    /// The name.
    fn id(&self) -> &str;

    /// Names a record that could not be read itself.
    fn set_id(&mut self, id: String);
}

macro_rules! named {
    ($($record:ident)*) => {
        $(impl Named for $record {
            fn id(&self) -> &str {
                &self.id
            }

            fn set_id(&mut self, id: String) {
                self.id = id;
            }
        })*
    };
}

named! { Section Event Mechanism Country Organisation Document Exercise Place Figure Position Tour }

/// Says whether a field says nothing, so that a file may leave it out.
fn is_blank<T: Default + PartialEq>(field: &T) -> bool {
    *field == T::default()
}

/// Writes 12 for 12.0.
fn short_number<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    let whole = *number as i64;
    if whole as f64 == *number { serializer.serialize_i64(whole) } else { serializer.serialize_f64(*number) }
}

fn short_optional_number<S: Serializer>(number: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match number {
        Some(number) => short_number(number, serializer),
        None => serializer.serialize_none(),
    }
}

/// The JSON Schema of the file, as it is checked in.
pub fn schema() -> String {
    let schema = schemars::schema_for!(Dataset);
    let mut text = serde_json::to_string_pretty(schema.as_value()).unwrap_or_default();
    text.push('\n');
    text
}
