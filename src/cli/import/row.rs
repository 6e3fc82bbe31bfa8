//! A row as an event, or the reason why it cannot be one.

use thiserror::Error;

use super::dates::{self, Exactness};
use super::map::{Actor, Country, Map, fill};
use super::output::Output;
use super::shared::{line, lines};
use super::table::Row;
use crate::dataset::{Day, EventKind, OrganisationKind, Topic};

/// Why a row is not taken.
#[derive(Debug, Error, PartialEq)]
pub enum Reason {
    /// Cells are missing, or too many.
    #[error("it has {0} cells; the headings are {1}")]
    Width(usize, usize),
    /// Bytes that are no UTF-8.
    #[error("it is not UTF-8")]
    NotText,
    /// No date at all.
    #[error("it has no date")]
    NoDate,
    /// A date in no format of the map.
    #[error("{0:?} is no date in a format of the map")]
    BadDate(String),
    /// A date that ends before it begins.
    #[error("it ends before it begins: {0:?}, {1:?}")]
    Backwards(String, String),
    /// A kind that the map does not know.
    #[error("the map has no kind of event for {0:?}")]
    NoKind(String),
    /// A kind of body that the map does not know.
    #[error("the map has no kind of body for {0:?}")]
    NoBody(String),
    /// No name.
    #[error("it has no name")]
    NoName,
    /// An id that an earlier row has.
    #[error("an earlier row has the id {0:?}")]
    Twice(String),
    /// A latitude or longitude that is none.
    #[error("{0:?} and {1:?} are no latitude and longitude")]
    NoCoordinates(String, String),
}

impl Reason {
    /// What rows with such a reason have in common.
    pub fn group(&self) -> &'static str {
        match self {
            Reason::Width(..) => "another number of cells than the headings",
            Reason::NotText => "not UTF-8",
            Reason::NoDate => "no date",
            Reason::BadDate(_) => "no date in a format of the map",
            Reason::Backwards(..) => "a date that ends before it begins",
            Reason::NoKind(_) => "a kind that the map does not know",
            Reason::NoBody(_) => "a kind of body that the map does not know",
            Reason::NoName => "no name",
            Reason::Twice(_) => "an id that an earlier row has",
            Reason::NoCoordinates(..) => "coordinates that are none",
        }
    }
}

/// An event as it is written: records that others share by their number.
#[derive(Debug)]
pub struct Event {
    pub id: String,
    pub name: String,
    pub date: String,
    pub month: u32,
    pub kind: EventKind,
    pub topics: Vec<Topic>,
    pub countries: Vec<usize>,
    pub bodies: Vec<usize>,
    pub place: Option<usize>,
    pub summary: String,
}

/// The event of a row; who and where it is are entered in the output, which numbers them.
pub fn read(row: &Row, map: &Map, output: &mut Output) -> Result<Event, Reason> {
    row.check()?;
    let cell = |column: &str| row.cell(column);
    let (date, first) = date(row, map)?;
    let kind = map.event.kind.of(cell).map_err(|value| Reason::NoKind(value.to_owned()))?;
    let name = line(&fill(&map.event.name, cell));
    if name.is_empty() {
        return Err(Reason::NoName);
    }
    let position = position(row, map)?;
    let actors = actors(row, map)?;
    let spelled = map.event.id.as_ref().map(|template| fill(template, cell)).unwrap_or_default();
    let id = output.name_event(&spelled, row.line).ok_or(Reason::Twice(spelled))?;
    let month = u32::try_from(first.year).unwrap_or(0) * 100 + if date.len() > 4 { u32::from(first.month) } else { 0 };
    // From here on nothing fails, so that what a row that is not taken names is not entered.
    let countries = countries(row, map, output, month);
    let place = position.and_then(|position| place(row, map, output, month, position));
    let bodies = actors.into_iter().filter_map(|(name, kind)| output.body(name, kind, month)).collect();
    let summary = map.event.summary.as_ref().map(|template| fill(template, cell)).unwrap_or_default();
    let topics = map.event.topics.iter().filter_map(|topic| topic.of(cell).ok()).collect();
    Ok(Event {
        id,
        name,
        date,
        month,
        kind,
        topics,
        countries: without_repeats(countries),
        bodies: without_repeats(bodies),
        place,
        summary: lines(&summary),
    })
}

fn date(row: &Row, map: &Map) -> Result<(String, Day), Reason> {
    let date = &map.event.date;
    let text = row.cell(&date.from).trim();
    if text.is_empty() {
        return Err(Reason::NoDate);
    }
    let read = |text: &str| {
        let day = date.formats.iter().find_map(|format| format.read(text));
        day.ok_or_else(|| Reason::BadDate(text.to_owned()))
    };
    let first = read(text)?;
    let end = date.to.as_ref().map_or("", |column| row.cell(column)).trim();
    let last = if end.is_empty() { first } else { read(end)? };
    let precision = date.precision.as_ref().map_or("", |column| row.cell(column)).trim();
    let is = |values: &[String]| values.iter().any(|value| value == precision);
    let exactness = match () {
        _ if is(&date.year) => Exactness::Year,
        _ if is(&date.month) => Exactness::Month,
        _ if is(&date.week) => Exactness::Week,
        _ => Exactness::Day,
    };
    let written = dates::edtf(first, last, exactness);
    written.map(|date| (date, first)).ok_or_else(|| Reason::Backwards(text.to_owned(), end.to_owned()))
}

/// Where the event is, in degrees; nowhere where the row does not say it.
fn position(row: &Row, map: &Map) -> Result<Option<(f64, f64)>, Reason> {
    let Some(place) = &map.place else { return Ok(None) };
    let (latitude, longitude) = (row.cell(&place.latitude).trim(), row.cell(&place.longitude).trim());
    if latitude.is_empty() && longitude.is_empty() {
        return Ok(None);
    }
    let degrees = |text: &str, most: f64| text.parse::<f64>().ok().filter(|degrees| (-most..=most).contains(degrees));
    match (degrees(latitude, 90.0), degrees(longitude, 180.0)) {
        (Some(latitude), Some(longitude)) => Ok(Some((latitude, longitude))),
        _ => Err(Reason::NoCoordinates(latitude.to_owned(), longitude.to_owned())),
    }
}

/// The numbers of the countries that take part.
fn countries(row: &Row, map: &Map, output: &mut Output, month: u32) -> Vec<usize> {
    let number = |country: &Country| {
        let region = country.region.as_ref().map_or("", |column| row.cell(column));
        output.country(row.cell(&country.name), region, month)
    };
    map.countries.iter().filter_map(number).collect()
}

/// The number of the place at a position; the country that holds it takes note of the position.
fn place(row: &Row, map: &Map, output: &mut Output, month: u32, position: (f64, f64)) -> Option<usize> {
    let home = map.countries.iter().find(|country| country.holds_place);
    let home = home.and_then(|country| output.country(row.cell(&country.name), "", month));
    home.into_iter().for_each(|home| output.locate(home, position));
    let place = map.place.as_ref()?;
    let cell = |column: &str| row.cell(column);
    let said = place.summary.as_ref().map(|template| fill(template, cell)).unwrap_or_default();
    output.place(&fill(&place.name, cell), &said, position, home, month)
}

/// The bodies of a row by name, each with its kind.
fn actors<'r>(row: &'r Row, map: &Map) -> Result<Vec<(&'r str, OrganisationKind)>, Reason> {
    let mut actors = Vec::new();
    for actor in &map.actors {
        let names: Vec<&str> = match &actor.separator {
            Some(separator) => row.cell(&actor.name).split(separator.as_str()).map(str::trim).collect(),
            None => vec![row.cell(&actor.name).trim()],
        };
        for name in names.into_iter().filter(|name| is_somebody(name, actor)) {
            let kind = actor.kind.of(|column| row.cell(column)).map_err(|value| Reason::NoBody(value.to_owned()))?;
            actors.push((name, kind));
        }
    }
    Ok(actors)
}

fn is_somebody(name: &str, actor: &Actor) -> bool {
    !name.is_empty() && !actor.nobody.iter().any(|nobody| nobody == name)
}

fn without_repeats(mut numbers: Vec<usize>) -> Vec<usize> {
    let mut seen = Vec::with_capacity(numbers.len());
    numbers.retain(|number| {
        !seen.contains(number) && {
            seen.push(*number);
            true
        }
    });
    numbers
}
