//! Invented datasets of the published shape, of any size and the same for the same seed: what large files are measured
//! with. They are written as they are made, so that making a million events takes little memory.
//!
//! One country, the first, takes part in every tenth event: at a million it has 100,000.
#![allow(dead_code, reason = "each measurement uses the part that it needs")]

mod chance;
mod events;
mod words;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use detente::dataset::file::{
    Country, Document, Exercise, Figure, Mechanism, Organisation, Paragraph, Place, Position, Section, Source, Stop,
    Tour,
};
use serde::Serialize;

use chance::Chance;

/// The seed of every figure that is published.
pub const SEED: u64 = 7;

/// The sections, each with so many paragraphs.
const SECTIONS: usize = 12;
const PARAGRAPHS: usize = 20;

/// The countries.
const COUNTRIES: usize = 180;

/// Writes a dataset of so many events.
pub fn write(events: usize, seed: u64, out: impl Write) -> io::Result<()> {
    let mut chance = Chance::new(seed);
    let world = World::new(events, &mut chance);
    let mut file = Lists { out: BufWriter::with_capacity(1 << 20, out) };
    file.out.write_all(b"{\n\"source\":")?;
    serde_json::to_writer(&mut file.out, &source())?;
    file.list("sections", SECTIONS, section)?;
    let mut calendar = events::Calendar::new(events);
    file.list("events", events, |index| events::event(&world, &mut calendar, &mut chance, index))?;
    file.list("mechanisms", world.mechanisms, |index| world.mechanism(&mut chance, index))?;
    file.list("countries", world.countries.len(), |index| world.country(&mut chance, index))?;
    file.list("organisations", world.organisations.len(), |index| world.organisation(&mut chance, index))?;
    file.list("documents", world.documents, |index| world.document(&mut chance, index))?;
    file.list("exercises", world.exercises, |index| world.exercise(&mut chance, index))?;
    file.list("places", world.places.len(), |index| world.place(&mut chance, index))?;
    file.list("figures", world.figures, |index| world.figure(&mut chance, index))?;
    file.list("positions", world.positions, |index| world.position(&mut chance, index, events))?;
    file.list("tours", events.min(1), |_| tour())?;
    file.out.write_all(b"\n}\n")?;
    file.out.flush()
}

/// A dataset of so many events, in memory.
pub fn bytes(events: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(events, SEED, &mut bytes).unwrap();
    bytes
}

/// A dataset of so many events, as a file in a directory.
pub fn file(directory: impl AsRef<Path>, events: usize) -> PathBuf {
    let path = directory.as_ref().join(format!("{events}.json"));
    write(events, SEED, File::create(&path).unwrap()).unwrap();
    path
}

/// A file in the making: its lists one after the other.
struct Lists<W: Write> {
    out: BufWriter<W>,
}

impl<W: Write> Lists<W> {
    /// Writes a list, a record to a line.
    fn list<T: Serialize>(&mut self, name: &str, count: usize, mut record: impl FnMut(usize) -> T) -> io::Result<()> {
        write!(self.out, ",\n\"{name}\":[")?;
        for index in 0..count {
            self.out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut self.out, &record(index))?;
        }
        self.out.write_all(b"]")
    }
}

/// Everything that events are joined to.
struct World {
    countries: Vec<String>,
    organisations: Vec<String>,
    places: Vec<String>,
    mechanisms: usize,
    documents: usize,
    exercises: usize,
    figures: usize,
    positions: usize,
}

impl World {
    /// A world that is large enough for so many events.
    fn new(events: usize, chance: &mut Chance) -> World {
        let some = |share: usize| events.div_ceil(share).max(10);
        let countries: Vec<String> = (0..COUNTRIES).map(|_| words::proper(chance)).collect();
        let organisations = (0..some(250)).map(|_| words::body(chance, &countries[chance.clone().skewed(COUNTRIES)]));
        let organisations = organisations.collect();
        let places = (0..some(100)).map(|_| words::proper(chance)).collect();
        let (mechanisms, documents, exercises) = (some(1_000), some(300), some(2_000));
        let (figures, positions) = (some(2_000), some(2_000));
        World { countries, organisations, places, mechanisms, documents, exercises, figures, positions }
    }

    /// Some other countries than the first, none twice.
    fn partners(&self, chance: &mut Chance, most: usize) -> Vec<usize> {
        let mut partners: Vec<usize> =
            (0..=chance.below(most)).map(|_| 1 + chance.skewed(self.countries.len() - 1)).collect();
        partners.sort_unstable();
        partners.dedup();
        partners
    }

    fn countries(&self, chance: &mut Chance, most: usize) -> Vec<String> {
        self.partners(chance, most).into_iter().map(country_address).collect()
    }

    fn organisations(&self, chance: &mut Chance, most: usize) -> Vec<String> {
        let mut some: Vec<usize> =
            (0..chance.below(most + 1)).map(|_| chance.skewed(self.organisations.len())).collect();
        some.sort_unstable();
        some.dedup();
        some.into_iter().map(|index| format!("organisation/{}", self.organisation_id(index))).collect()
    }

    fn organisation_id(&self, index: usize) -> String {
        format!("{}-{index}", words::slug(&self.organisations[index]))
    }

    fn place_id(&self, index: usize) -> String {
        format!("{}-{index}", words::slug(&self.places[index]))
    }

    fn mechanism(&self, chance: &mut Chance, index: usize) -> Mechanism {
        Mechanism {
            id: format!("talks-{index}"),
            cites: cites(chance),
            name: format!("Standing talks on {} with {}", words::matter(chance), self.one_country(chance)),
            since: Some(format!("{}/..", 1950 + chance.below(25))),
            countries: self.countries(chance, 4),
            organisations: self.organisations(chance, 2),
            summary: format!("A channel for {}, kept open between rounds.", words::matter(chance)),
            ..Mechanism::default()
        }
    }

    fn country(&self, chance: &mut Chance, index: usize) -> Country {
        let name = &self.countries[index];
        Country {
            id: country_id(index),
            cites: cites(chance),
            name: name.clone(),
            aliases: vec![format!("Land of {name}")],
            official_name: format!("Republic of {name}"),
            region: "Uncharted Waters".to_owned(),
            capital: words::proper(chance),
            lat: degrees(chance, 60),
            lon: degrees(chance, 170),
            summary: format!("It lies where the maps of {} end.", self.one_country(chance)),
            ..Country::default()
        }
    }

    fn organisation(&self, chance: &mut Chance, index: usize) -> Organisation {
        let name = &self.organisations[index];
        let initials = name.split(' ').filter_map(|word| word.chars().next()).filter(|letter| letter.is_uppercase());
        Organisation {
            id: self.organisation_id(index),
            cites: cites(chance),
            name: name.clone(),
            short: Some(initials.collect()),
            kind: chance.one(&["international", "state body", "armed force", "armed group", "people"]).to_owned(),
            country: Some(country_address(chance.skewed(self.countries.len()))),
            summary: format!("It looks after {}.", words::matter(chance)),
            ..Organisation::default()
        }
    }

    fn document(&self, chance: &mut Chance, index: usize) -> Document {
        Document {
            id: format!("paper-{index}"),
            cites: cites(chance),
            name: format!("Agreement on {} with {}", words::matter(chance), self.one_country(chance)),
            kind: chance.one(&["treaty", "declaration", "agreement", "memorandum"]).to_owned(),
            date: Some(format!("{}", 1975 + chance.below(50))),
            status: chance.one(&["signed", "in force", "drafting"]).to_owned(),
            countries: self.countries(chance, 3),
            organisations: self.organisations(chance, 1),
            summary: format!("It settles {} for ten years.", words::matter(chance)),
            ..Document::default()
        }
    }

    fn exercise(&self, chance: &mut Chance, index: usize) -> Exercise {
        Exercise {
            id: format!("drill-{index}"),
            cites: cites(chance),
            name: format!("{} Shield {index}", words::proper(chance)),
            kind: chance.one(&["counter-terrorism", "search and rescue", "national"]).to_owned(),
            countries: self.countries(chance, 3),
            summary: format!("Units practise {}.", words::matter(chance)),
            ..Exercise::default()
        }
    }

    fn place(&self, chance: &mut Chance, index: usize) -> Place {
        Place {
            id: self.place_id(index),
            cites: cites(chance),
            name: self.places[index].clone(),
            country: Some(country_address(chance.skewed(self.countries.len()))),
            lat: degrees(chance, 70),
            lon: degrees(chance, 175),
            ..Place::default()
        }
    }

    fn figure(&self, chance: &mut Chance, index: usize) -> Figure {
        Figure {
            id: format!("number-{index}"),
            cites: cites(chance),
            name: format!("Ships counted off {}", self.one_country(chance)),
            value: Some(chance.below(10_000) as f64),
            qualifier: chance.one(&["exact", "over", "about"]).to_owned(),
            unit: "ships".to_owned(),
            date: Some(format!("{}", 1975 + chance.below(50))),
            countries: self.countries(chance, 2),
            ..Figure::default()
        }
    }

    fn position(&self, chance: &mut Chance, index: usize, events: usize) -> Position {
        let of = chance.below(events.max(1));
        Position {
            id: format!("stance-{index}"),
            cites: cites(chance),
            name: format!("{} should be settled by talks", words::capital(words::matter(chance))),
            kind: chance.one(&["principle", "policy", "proposal", "commitment"]).to_owned(),
            of: (events > 0).then(|| format!("event/{}", events::id(of))),
            countries: self.countries(chance, 2),
            ..Position::default()
        }
    }

    fn one_country(&self, chance: &mut Chance) -> &str {
        &self.countries[chance.skewed(self.countries.len())]
    }
}

/// The name in a country's address: two letters.
fn country_id(index: usize) -> String {
    let letter = |number: usize| char::from(b'a' + (number % 26) as u8);
    [letter(index / 26), letter(index)].iter().collect()
}

fn country_address(index: usize) -> String {
    format!("country/{}", country_id(index))
}

fn cites(chance: &mut Chance) -> Vec<u32> {
    vec![1 + chance.below(SECTIONS * PARAGRAPHS) as u32]
}

/// Degrees north or south, east or west, to the hundredth.
fn degrees(chance: &mut Chance, most: usize) -> f64 {
    (chance.below(most * 200) as f64 - most as f64 * 100.0) / 100.0
}

fn source() -> Source {
    Source {
        title: "An Almanac of Invented Events".to_owned(),
        language: Some("en".to_owned()),
        date: Some("2025".to_owned()),
        ..Source::default()
    }
}

fn section(index: usize) -> Section {
    let first = (index * PARAGRAPHS + 1) as u32;
    let numbers = first..first + PARAGRAPHS as u32;
    Section {
        id: index.to_string(),
        cites: numbers.clone().collect(),
        number: index as u32,
        name: format!("Volume {}", index + 1),
        summary: "Entries as they came in.".to_owned(),
        paragraphs: numbers.map(paragraph).collect(),
        ..Section::default()
    }
}

fn paragraph(number: u32) -> Paragraph {
    let text = format!("Sheet {number}, from [{0}](country/{0}) and others.", country_id(number as usize % COUNTRIES));
    Paragraph { number, text, ..Paragraph::default() }
}

fn tour() -> Tour {
    let stop = |at: &str| Stop { at: at.to_owned(), points: vec!["Look here.".to_owned()], ..Stop::default() };
    Tour {
        id: "first-look".to_owned(),
        name: "A first look".to_owned(),
        stops: vec![stop("country/aa"), stop(&format!("event/{}", events::id(0)))],
        ..Tour::default()
    }
}
