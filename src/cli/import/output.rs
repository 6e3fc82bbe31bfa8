//! The dataset as it is written: every event as soon as it is read, and at the end all that the events share. Each month
//! is a paragraph and each year a section, so that everything cites the part of the table that it comes from.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Write};

use super::map::Map;
use super::row::Event;
use super::shared::{Body, Country, Kinds, Months, Place, Shared, line, slug};
use crate::cli::file::list;
use crate::dataset::{EventKind, Kind, OrganisationKind, file, month_name};
use crate::wording::{counted, thousands};

/// A dataset that is being written.
pub struct Output<'a> {
    out: Counted<'a>,
    source: file::Source,
    /// Hashes of the ids: a million of them take 20 MB, and that two ids share one is less likely than a broken disk.
    ids: HashSet<u64>,
    hasher: RandomState,
    events: u64,
    bodies: Shared<Body>,
    countries: Shared<Country>,
    places: Shared<Place>,
    months: Months,
}

/// Where the dataset goes, and how many bytes went there.
struct Counted<'a> {
    out: &'a mut dyn Write,
    bytes: u64,
}

impl Write for Counted<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl<'a> Output<'a> {
    /// An empty dataset, with a title instead of the map's where there is one.
    pub fn new(out: &'a mut dyn Write, map: &Map, title: Option<&str>) -> Output<'a> {
        let source = file::Source {
            title: line(title.unwrap_or(&map.source.title)),
            publisher: map.source.publisher.as_deref().map(line),
            language: map.source.language.as_deref().map(line),
            note: map.source.note.as_deref().map(line),
            ..file::Source::default()
        };
        Output {
            out: Counted { out, bytes: 0 },
            source,
            ids: HashSet::new(),
            hasher: RandomState::new(),
            events: 0,
            bodies: Shared::default(),
            countries: Shared::default(),
            places: Shared::default(),
            months: Months::new(),
        }
    }

    /// The id of an event: after what the row has, or after its line. None where an earlier event has it.
    pub fn name_event(&mut self, spelled: &str, line: u64) -> Option<String> {
        let id = match slug(spelled) {
            id if id.is_empty() => format!("line-{line}"),
            id => id,
        };
        self.ids.insert(self.hasher.hash_one(&id)).then_some(id)
    }

    /// The number of a body; none where nothing of its name can be seen.
    pub fn body(&mut self, name: &str, kind: OrganisationKind, month: u32) -> Option<usize> {
        let name = &*line(name);
        let new = |id| Body::new(id, name, kind, month);
        (!name.is_empty()).then(|| self.bodies.number(name, name, new))
    }

    /// The number of a country; none where it has no name.
    pub fn country(&mut self, name: &str, region: &str, month: u32) -> Option<usize> {
        let name = &*line(name);
        let new = |id| Country::new(id, name, region, month);
        (!name.is_empty()).then(|| self.countries.number(name, name, new))
    }

    /// Takes note of where an event in a country is.
    pub fn locate(&mut self, country: usize, position: (f64, f64)) {
        self.countries.thing(country).locate(position);
    }

    /// The number of a place: places of one name at one point are one.
    pub fn place(
        &mut self,
        name: &str,
        summary: &str,
        position: (f64, f64),
        country: Option<usize>,
        month: u32,
    ) -> Option<usize> {
        let name = &*line(name);
        let key = format!("{name}\n{},{}", position.0, position.1);
        let new = |id| Place::new(id, name, summary, position, country, month);
        (!name.is_empty()).then(|| self.places.number(&key, name, new))
    }

    /// Writes an event.
    pub fn event(&mut self, event: &Event) -> io::Result<()> {
        *self.months.entry(event.month).or_default().entry(event.kind).or_default() += 1;
        let record = file::Event {
            id: event.id.clone(),
            cites: vec![event.month],
            name: event.name.clone(),
            date: Some(event.date.clone()),
            date_basis: Some("stated".to_owned()),
            kind: event.kind.to_string(),
            countries: event.countries.iter().map(|&country| self.countries.things()[country].address()).collect(),
            organisations: event.bodies.iter().map(|&body| self.bodies.things()[body].address()).collect(),
            places: event.place.iter().map(|&place| self.places.things()[place].address()).collect(),
            topics: event.topics.iter().map(ToString::to_string).collect(),
            summary: event.summary.clone(),
            ..file::Event::default()
        };
        write!(self.out, "{}", if self.events == 0 { "{\n\"events\": [\n" } else { ",\n" })?;
        self.events += 1;
        Ok(serde_json::to_writer(&mut self.out, &record)?)
    }

    /// Writes what the events share, and ends the dataset; answers how many bytes it has.
    pub fn finish(mut self) -> io::Result<u64> {
        write!(self.out, "{}", if self.events == 0 { "{\n\"events\": []" } else { "\n]" })?;
        let countries = self.countries.things();
        list(&mut self.out, "countries", countries.iter().map(Country::record))?;
        list(&mut self.out, "organisations", self.bodies.things().iter().map(Body::record))?;
        list(&mut self.out, "places", self.places.things().iter().map(|place| place.record(countries)))?;
        list(&mut self.out, "sections", sections(&self.months).into_iter())?;
        write!(self.out, ",\n\"source\": ")?;
        serde_json::to_writer(&mut self.out, &self.source)?;
        writeln!(self.out, "\n}}")?;
        Ok(self.out.bytes)
    }
}

/// The years as sections, each with its months as paragraphs.
fn sections(months: &Months) -> Vec<file::Section> {
    let months: Vec<(u32, &Kinds)> = months.iter().map(|(&month, kinds)| (month, kinds)).collect();
    months.chunk_by(|(one, _), (other, _)| one / 100 == other / 100).map(section).collect()
}

/// A year.
fn section(months: &[(u32, &Kinds)]) -> file::Section {
    let year = months[0].0 / 100;
    file::Section {
        id: year.to_string(),
        cites: months.iter().map(|(month, _)| *month).collect(),
        number: year,
        name: format!("Events of {year}"),
        summary: format!("{}.", events(months.iter().flat_map(|(_, kinds)| kinds.values()))),
        note: None,
        paragraphs: months.iter().map(|&(month, kinds)| paragraph(month, kinds)).collect(),
    }
}

/// A month, or the events of a year of which no month is known, with how many there are of each kind.
fn paragraph(number: u32, kinds: &Kinds) -> file::Paragraph {
    let count = |(kind, &count): (&EventKind, &u64)| format!("{kind} {}", thousands(count as f64));
    let counts: Vec<String> = kinds.iter().map(count).collect();
    let when = match number % 100 {
        0 => format!("some time in {}", number / 100),
        month => format!("in {} {}", month_name(month as u8), number / 100),
    };
    let text = format!("{} {when}: {}.", events(kinds.values()), counts.join(", "));
    file::Paragraph { number, text, note: None }
}

/// "1,204 events", the sum of counts.
fn events<'a>(counts: impl Iterator<Item = &'a u64>) -> String {
    counted(counts.sum::<u64>() as usize, Kind::Event)
}
