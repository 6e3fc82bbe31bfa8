//! What the columns of a table mean: a TOML file, or one of those that the program carries.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use serde::Deserialize;
use serde::de::Error;

use super::dates::Format;
use crate::cli::open::bounded;
use crate::dataset::{Clean, EventKind, OrganisationKind, Topic, Vocabulary, near};

/// The largest map that is read, in bytes.
const LARGEST: usize = 64 * 1024;

/// The maps that the program carries, by name.
const CARRIED: [(&str, &str); 2] = [
    ("acled", include_str!("../../../assets/maps/acled.toml")),
    ("ucdp-ged", include_str!("../../../assets/maps/ucdp-ged.toml")),
];

/// What the columns of a table mean.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// What is said of the table as a whole.
    pub source: Source,
    /// How the table is written.
    #[serde(default)]
    pub table: Layout,
    /// What makes an event.
    pub event: Event,
    /// Who takes part.
    #[serde(default, rename = "actor")]
    pub actors: Vec<Actor>,
    /// Which countries take part.
    #[serde(default, rename = "country")]
    pub countries: Vec<Country>,
    /// Where it is.
    #[serde(default)]
    pub place: Option<Place>,
}

/// What is said of the table as a whole.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The title of the dataset.
    pub title: String,
    /// Who publishes the table.
    #[serde(default)]
    pub publisher: Option<String>,
    /// The language of its texts.
    #[serde(default)]
    pub language: Option<String>,
    /// The editor's note.
    #[serde(default)]
    pub note: Option<String>,
}

/// How the table is written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// What stands between two cells; a comma where nothing is said.
    #[serde(default)]
    pub delimiter: Option<char>,
    /// The headings, where the table has no line of them.
    #[serde(default)]
    pub header: Option<Vec<String>>,
}

/// What makes an event.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// The name in its address; one after the line where nothing is said.
    #[serde(default)]
    pub id: Option<String>,
    /// What it is called.
    pub name: String,
    /// What is said of it.
    #[serde(default)]
    pub summary: Option<String>,
    /// When it was.
    pub date: Date,
    /// What kind of event it is.
    pub kind: Choice<EventKind>,
    /// What it is about.
    #[serde(default)]
    pub topics: Vec<Choice<Topic>>,
}

/// When an event was.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Date {
    /// The column of the first day.
    pub from: String,
    /// The column of the last day.
    #[serde(default)]
    pub to: Option<String>,
    /// How the days are written, such as `%Y-%m-%d` or `%d %B %Y`; a star ends what is read.
    pub formats: Vec<Format>,
    /// The column that says how exact the date is.
    #[serde(default)]
    pub precision: Option<String>,
    /// Values of that column for which the date is exact to a week, a month or a year.
    #[serde(default)]
    pub week: Vec<String>,
    /// See `week`.
    #[serde(default)]
    pub month: Vec<String>,
    /// See `week`.
    #[serde(default)]
    pub year: Vec<String>,
}

/// A word of a vocabulary, chosen by what stands in columns.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "V: Word"))]
pub struct Choice<V> {
    /// The columns, of which the first with a known value decides.
    pub columns: Vec<String>,
    /// The words by value.
    #[serde(default = "BTreeMap::new", deserialize_with = "words")]
    pub values: BTreeMap<String, V>,
    /// Whether a value is known by how it begins; the longest beginning decides.
    #[serde(default)]
    pub by_beginning: bool,
    /// The word for every other value; where there is none, the choice fails.
    #[serde(default = "none", deserialize_with = "word")]
    pub other: Option<V>,
}

/// Who takes part.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// The column of the name.
    pub name: String,
    /// What stands between several names in one cell.
    #[serde(default)]
    pub separator: Option<String>,
    /// What kind of body it is.
    pub kind: Choice<OrganisationKind>,
    /// Names that name nobody.
    #[serde(default)]
    pub nobody: Vec<String>,
}

/// Which country takes part.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Country {
    /// The column of the name.
    pub name: String,
    /// The column of the region.
    #[serde(default)]
    pub region: Option<String>,
    /// Whether it is the country where the event is.
    #[serde(default)]
    pub holds_place: bool,
}

/// Where an event is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// What the place is called.
    pub name: String,
    /// The column of the latitude, in degrees.
    pub latitude: String,
    /// The column of the longitude, in degrees.
    pub longitude: String,
    /// What is said of the place.
    #[serde(default)]
    pub summary: Option<String>,
}

/// A word of a vocabulary that a map may choose.
pub trait Word: Vocabulary + Ord {}

impl<V: Vocabulary + Ord> Word for V {}

fn none<V>() -> Option<V> {
    None
}

fn words<'de, V: Word, D: serde::Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, V>, D::Error> {
    let spelled: BTreeMap<String, String> = BTreeMap::deserialize(deserializer)?;
    let read = |(value, word): (String, String)| known(&word).map(|word| (value, word)).map_err(D::Error::custom);
    spelled.into_iter().map(read).collect()
}

fn word<'de, V: Word, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<V>, D::Error> {
    let spelled = String::deserialize(deserializer)?;
    known(&spelled).map(Some).map_err(D::Error::custom)
}

fn known<V: Word>(word: &str) -> Result<V, String> {
    let words: Vec<&str> = V::ALL.iter().map(|entry| entry.word()).collect();
    V::from_word(word).ok_or_else(|| {
        let right = match near(word, words.iter().copied()) {
            near if near.is_empty() => format!(": {}", words.join(", ")),
            near => near,
        };
        format!("{word:?} is not in the vocabulary{right}")
    })
}

impl<V: Word> Choice<V> {
    /// The word for what stands in the columns; the value that decided against all where there is none.
    pub fn of<'v>(&self, mut cell: impl FnMut(&str) -> &'v str) -> Result<V, &'v str> {
        let mut last = "";
        for column in &self.columns {
            let value = cell(column).trim();
            last = if value.is_empty() { last } else { value };
            if let Some(word) = self.known(value) {
                return Ok(word);
            }
        }
        self.other.ok_or(last)
    }

    fn known(&self, value: &str) -> Option<V> {
        match self.by_beginning {
            false => self.values.get(value).copied(),
            true => {
                let beginnings = self.values.iter().filter(|(beginning, _)| value.starts_with(beginning.as_str()));
                beginnings.max_by_key(|(beginning, _)| beginning.len()).map(|(_, &word)| word)
            }
        }
    }
}

impl Map {
    /// The map that a name names: one that the program carries, or a file.
    pub fn named(name: &str) -> Result<Map, Clean> {
        match CARRIED.iter().find(|(carried, _)| *carried == name) {
            Some((name, text)) => Map::parse(name, text),
            None => {
                let bytes = bounded(Path::new(name), LARGEST, "64 KiB").map_err(|told| unknown(name, told))?;
                let text =
                    std::str::from_utf8(&bytes).map_err(|_| Clean::line(format!("{name}: the map is not UTF-8")))?;
                Map::parse(name, text)
            }
        }
    }

    /// Reads a map. Fails with where and what is wrong.
    pub fn parse(name: &str, text: &str) -> Result<Map, Clean> {
        toml::from_str(text).map_err(|error| {
            let before = error.span().map_or("", |span| &text[..span.start.min(text.len())]);
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
            Clean::line(format!("{name}:{line}:{column}: {}", error.message().replace('\n', "; ").replace('`', "\"")))
        })
    }

    /// Every column that the map reads, with where it says so.
    pub fn columns(&self) -> Vec<(&'static str, String)> {
        let mut columns: Vec<(&'static str, String)> = Vec::new();
        let mut add =
            |place: &'static str, names: Vec<String>| columns.extend(names.into_iter().map(|name| (place, name)));
        let templates = |templates: &[Option<&String>]| -> Vec<String> {
            templates.iter().flatten().flat_map(|template| template_columns(template)).collect()
        };
        let event = &self.event;
        add("event", templates(&[event.id.as_ref(), Some(&event.name), event.summary.as_ref()]));
        let date = &event.date;
        add(
            "event.date",
            [Some(&date.from), date.to.as_ref(), date.precision.as_ref()].into_iter().flatten().cloned().collect(),
        );
        add("event.kind", event.kind.columns.clone());
        event.topics.iter().for_each(|topic| add("event.topics", topic.columns.clone()));
        for actor in &self.actors {
            add("actor", std::iter::once(actor.name.clone()).chain(actor.kind.columns.clone()).collect());
        }
        for country in &self.countries {
            add("country", std::iter::once(country.name.clone()).chain(country.region.clone()).collect());
        }
        if let Some(place) = &self.place {
            add("place", templates(&[Some(&place.name), place.summary.as_ref()]));
            add("place", vec![place.latitude.clone(), place.longitude.clone()]);
        }
        columns
    }
}

fn unknown(name: &str, told: Clean) -> Clean {
    let carried: Vec<&str> = CARRIED.iter().map(|(name, _)| *name).collect();
    if name.contains(['.', '/']) {
        told
    } else {
        Clean::line(format!("there is no map {name}; there are {}, or name a file", carried.join(" and ")))
    }
}

/// The columns between braces of a template such as `{notes} ({source})`.
fn template_columns(template: &str) -> impl Iterator<Item = String> + '_ {
    template.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(column, _)| column.to_owned())
}

/// A template with its columns filled in. A line in which every column is empty is left out.
pub fn fill<'v>(template: &str, mut cell: impl FnMut(&str) -> &'v str) -> String {
    let mut lines = Vec::new();
    for line in template.split('\n') {
        let mut filled = String::new();
        let (mut asked, mut said) = (false, false);
        let mut rest = line;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((column, after)) = after.split_once('}') else { break };
            let value = cell(column).trim();
            filled.push_str(before);
            filled.push_str(value);
            (asked, said) = (true, said || !value.is_empty());
            rest = after;
        }
        filled.push_str(rest);
        if said || !asked {
            lines.push(without_gaps(&filled));
        }
    }
    lines.join("\n").trim().to_owned()
}

/// A line without the commas that stood beside an empty column.
fn without_gaps(line: &str) -> String {
    let mut line = line.to_owned();
    for (gap, rest) in [(", , ", ", "), (": , ", ": "), (" ()", "")] {
        while line.contains(gap) {
            line = line.replace(gap, rest);
        }
    }
    line.trim_start_matches(", ").trim_end().trim_end_matches([',', ':']).to_owned()
}

/// The number of every heading.
pub type Headings = HashMap<String, usize>;
