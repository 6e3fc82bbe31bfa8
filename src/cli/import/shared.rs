//! What rows share: bodies, countries and places, each kept once however many rows name it.

use std::collections::{BTreeMap, HashMap};

use unicode_normalization::UnicodeNormalization;

use crate::dataset::{Clean, EventKind, LONGEST_TEXT, OrganisationKind, file, prose};

/// The longest id that is made of a name, in letters.
const LONGEST_ID: usize = 64;

/// Things by what they are known by, numbered in the order in which they were first named.
#[derive(Debug)]
pub struct Shared<T> {
    numbers: HashMap<Box<str>, usize>,
    things: Vec<T>,
    taken: HashMap<String, u32>,
}

/// A body that takes part.
#[derive(Debug)]
pub struct Body {
    id: String,
    name: String,
    kind: OrganisationKind,
    month: u32,
}

/// A country, and where the events in it are on average.
#[derive(Debug)]
pub struct Country {
    /// Its id.
    pub id: String,
    name: String,
    region: String,
    month: u32,
    middle: [f64; 3],
}

/// A place.
#[derive(Debug)]
pub struct Place {
    id: String,
    name: String,
    summary: String,
    position: (f64, f64),
    country: Option<usize>,
    month: u32,
}

impl<T> Default for Shared<T> {
    fn default() -> Shared<T> {
        Shared { numbers: HashMap::new(), things: Vec::new(), taken: HashMap::new() }
    }
}

impl<T> Shared<T> {
    /// The number of the thing that `key` names; a new one is made with an id of its own after its name.
    pub fn number(&mut self, key: &str, name: &str, make: impl FnOnce(String) -> T) -> usize {
        if let Some(&number) = self.numbers.get(key) {
            return number;
        }
        let id = self.free_id(name);
        self.numbers.insert(key.into(), self.things.len());
        self.things.push(make(id));
        self.things.len() - 1
    }

    /// The things in the order of their numbers.
    pub fn things(&self) -> &[T] {
        &self.things
    }

    /// A thing to be changed.
    pub fn thing(&mut self, number: usize) -> &mut T {
        &mut self.things[number]
    }

    /// An id after a name that no other thing has.
    fn free_id(&mut self, name: &str) -> String {
        let wanted = match slug(name) {
            id if id.is_empty() => "unnamed".to_owned(),
            id => id,
        };
        let mut id = wanted.clone();
        while self.taken.contains_key(&id) {
            let number = self.taken.entry(wanted.clone()).or_insert(1);
            *number += 1;
            id = format!("{wanted}-{number}");
        }
        self.taken.insert(id.clone(), 1);
        id
    }
}

impl Body {
    /// A body as it is first named.
    pub fn new(id: String, name: &str, kind: OrganisationKind, month: u32) -> Body {
        Body { id, name: name.to_owned(), kind, month }
    }

    /// Its address.
    pub fn address(&self) -> String {
        format!("organisation/{}", self.id)
    }

    /// The record of a dataset.
    pub fn record(&self) -> file::Organisation {
        file::Organisation {
            id: self.id.clone(),
            cites: vec![self.month],
            name: self.name.clone(),
            kind: self.kind.to_string(),
            ..file::Organisation::default()
        }
    }
}

impl Country {
    /// A country as it is first named.
    pub fn new(id: String, name: &str, region: &str, month: u32) -> Country {
        Country { id, name: name.to_owned(), region: line(region), month, middle: [0.0; 3] }
    }

    /// Takes note of where an event in it is, in degrees.
    pub fn locate(&mut self, (latitude, longitude): (f64, f64)) {
        let (latitude, longitude) = (latitude.to_radians(), longitude.to_radians());
        let point = [latitude.cos() * longitude.cos(), latitude.cos() * longitude.sin(), latitude.sin()];
        self.middle.iter_mut().zip(point).for_each(|(sum, part)| *sum += part);
    }

    /// Its address.
    pub fn address(&self) -> String {
        format!("country/{}", self.id)
    }

    /// The record of a dataset. Tables of events have no capitals: a country lies in the middle of its events.
    pub fn record(&self) -> file::Country {
        let [x, y, z] = self.middle;
        let located = self.middle != [0.0; 3];
        let note = match located {
            true => "The table does not say where it lies; this is the middle of its events.",
            false => "The table does not say where it lies.",
        };
        file::Country {
            id: self.id.clone(),
            cites: vec![self.month],
            name: self.name.clone(),
            region: self.region.clone(),
            lat: short(z.atan2(x.hypot(y)).to_degrees()),
            lon: short(y.atan2(x).to_degrees()),
            note: Some(note.to_owned()),
            ..file::Country::default()
        }
    }
}

impl Place {
    /// A place as it is first named.
    pub fn new(
        id: String,
        name: &str,
        summary: &str,
        position: (f64, f64),
        country: Option<usize>,
        month: u32,
    ) -> Place {
        Place { id, name: name.to_owned(), summary: lines(summary), position, country, month }
    }

    /// Its address.
    pub fn address(&self) -> String {
        format!("place/{}", self.id)
    }

    /// The record of a dataset.
    pub fn record(&self, countries: &[Country]) -> file::Place {
        file::Place {
            id: self.id.clone(),
            cites: vec![self.month],
            name: self.name.clone(),
            country: self.country.map(|country| countries[country].address()),
            lat: self.position.0,
            lon: self.position.1,
            summary: self.summary.clone(),
            ..file::Place::default()
        }
    }
}

/// A number of degrees to about ten metres.
fn short(degrees: f64) -> f64 {
    (degrees * 1e4).round() / 1e4
}

/// What a table says in one line, as a dataset may hold it.
pub fn line(text: &str) -> String {
    cut(Clean::line(text).trim())
}

/// What a table says in lines, as a dataset may hold it.
pub fn lines(text: &str) -> String {
    cut(&prose::escaped(&Clean::lines(text)))
}

/// A text no longer than a dataset may hold.
fn cut(text: &str) -> String {
    if text.len() <= LONGEST_TEXT {
        return text.to_owned();
    }
    let end = (0..=LONGEST_TEXT - '…'.len_utf8()).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
    format!("{}…", &text[..end])
}

/// A name as an id: small letters and digits, with single hyphens between the words.
pub fn slug(name: &str) -> String {
    let mut id = String::new();
    for letter in name.nfkd().filter(|letter| !unicode_normalization::char::is_combining_mark(*letter)) {
        if letter.is_ascii_alphanumeric() {
            id.push(letter.to_ascii_lowercase());
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
        if id.len() >= LONGEST_ID {
            break;
        }
    }
    id.trim_end_matches('-').to_owned()
}

/// How many events there are of each kind.
pub type Kinds = BTreeMap<EventKind, u64>;

/// The kinds of events of each month, by the number of its paragraph.
pub type Months = BTreeMap<u32, Kinds>;
