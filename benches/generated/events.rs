//! The events of a generated dataset.

use detente::dataset::file::Event;

use super::chance::Chance;
use super::{World, cites, country_address, words};

/// The kinds of event with the words by which their names say so, the frequent ones more than once.
const KINDS: &[(&str, &str)] = &[
    ("consultation", "round of consultations"),
    ("consultation", "exchange of views"),
    ("meeting", "working meeting"),
    ("meeting", "session"),
    ("meeting", "conference of experts"),
    ("visit", "visit of a delegation"),
    ("summit", "summit"),
    ("agreement", "signing of an agreement"),
    ("establishment", "opening of an office"),
    ("exercise", "exercise"),
    ("port-call", "call of two frigates"),
    ("deployment", "deployment of observers"),
    ("workshop", "workshop"),
    ("education", "course"),
    ("statement", "statement"),
    ("aid", "shipment of aid"),
    ("protest", "march of protest"),
    ("protest", "strike"),
    ("riot", "riot"),
    ("sanction", "embargo"),
    ("battle", "clash of patrols"),
    ("battle", "exchange of fire"),
    ("attack", "shelling"),
    ("violence-against-civilians", "raid on a village"),
];

const TOPICS: &[&str] = &[
    "counter-terrorism",
    "non-proliferation",
    "arms control",
    "maritime safety",
    "search and rescue",
    "peacekeeping",
    "narcotics",
    "transnational crime",
    "public health",
    "confidence-building",
    "regional security",
];

const LEVELS: &[&str] = &["leaders", "minister", "senior official", "general staff", "service", "working"];

/// The first year, and the number of years, over which the events are spread.
const FIRST_YEAR: usize = 1975;
const YEARS: usize = 50;

/// The days of a month that every month has, so that any of them is a date.
const DAYS: usize = 28;

/// The days on which events happen, in order of time but for reports that come late; and the rounds of the talks.
pub struct Calendar {
    events: usize,
    rounds: Vec<u32>,
}

impl Calendar {
    /// A calendar for so many events.
    pub fn new(events: usize) -> Calendar {
        Calendar { events, rounds: Vec::new() }
    }

    /// The day of an event, counted from the first.
    fn day(&self, index: usize) -> usize {
        index * (YEARS * 12 * DAYS) / self.events.max(1)
    }

    /// The next round of some talks.
    fn round(&mut self, talks: usize) -> u32 {
        self.rounds.resize(self.rounds.len().max(talks + 1), 0);
        self.rounds[talks] += 1;
        self.rounds[talks]
    }
}

/// The name in an event's address.
pub fn id(index: usize) -> String {
    format!("report-{index:07}")
}

/// The event at a place of the list.
pub fn event(world: &World, calendar: &mut Calendar, chance: &mut Chance, index: usize) -> Event {
    let (kind, noun) = chance.one(KINDS);
    let talks = (kind == "consultation" && chance.percent(60)).then(|| chance.skewed(world.mechanisms));
    let late = if talks.is_none() && chance.percent(30) { chance.below(60) } else { 0 };
    let day = calendar.day(index).saturating_sub(late);
    let place = chance.skewed(world.places.len());
    let organisations = world.organisations(chance, 2);
    let mut countries = world.countries(chance, 3);
    if index.is_multiple_of(10) {
        countries.insert(0, country_address(0));
    }
    let date = chance.below(100);
    let date = (date < 98 || talks.is_some()).then(|| written(chance, date, day));
    let inferred = date.is_some() && chance.percent(5);
    Event {
        id: id(index),
        cites: cites(chance),
        name: name(world, chance, noun, place),
        aliases: if chance.percent(3) { vec![words::proper(chance)] } else { Vec::new() },
        date_basis: date.is_some().then(|| if inferred { "inferred" } else { "stated" }.to_owned()),
        date,
        kind: kind.to_owned(),
        direction: chance.percent(30).then(|| chance.one(&["hosted", "abroad"]).to_owned()),
        level: chance.percent(30).then(|| chance.one(LEVELS).to_owned()),
        round: talks.map(|talks| calendar.round(talks)),
        first: chance.percent(1).then(|| "the first of its kind".to_owned()),
        organisations,
        documents: match kind {
            "agreement" => vec![format!("document/paper-{}", chance.below(world.documents))],
            _ => Vec::new(),
        },
        places: vec![format!("place/{}", world.place_id(place))],
        exercise: (kind == "exercise").then(|| format!("exercise/drill-{}", chance.below(world.exercises))),
        mechanism: talks.map(|talks| format!("mechanism/talks-{talks}")),
        topics: (0..=chance.below(2)).map(|_| chance.one(TOPICS).to_owned()).collect(),
        summary: summary(world, chance, &countries),
        countries,
        note: inferred.then(|| "The day follows from the entry before.".to_owned()),
        ..Event::default()
    }
}

/// A name of some ninety letters.
fn name(world: &World, chance: &mut Chance, noun: &str, place: usize) -> String {
    let (adjective, matter) = (words::capital(words::adjective(chance)), words::matter(chance));
    let place = &world.places[place];
    match chance.below(3) {
        0 => {
            let body = &world.organisations[chance.skewed(world.organisations.len())];
            format!("{adjective} {noun} on {matter} with the {body} in {place}")
        }
        1 => {
            let (one, other) = (world.one_country(chance), world.one_country(chance));
            format!("{adjective} {noun} at {place} over {matter}, called by {one} and joined by {other}")
        }
        _ => {
            let body = &world.organisations[chance.skewed(world.organisations.len())];
            format!("{adjective} {noun} near {place}: {matter}, {}, {body}", words::matter(chance))
        }
    }
}

/// A day as a date, most exactly, others to the month, to the year or as a span that holds the day.
fn written(chance: &mut Chance, precision: usize, day: usize) -> String {
    let (year, month, day) = (FIRST_YEAR + day / DAYS / 12, day / DAYS % 12 + 1, day % DAYS + 1);
    match precision {
        0..70 => format!("{year}-{month:02}-{day:02}"),
        70..82 => format!("{year}-{month:02}"),
        82..87 => format!("{year}"),
        87..91 => format!("{year}-{month:02}-{day:02}/{year}-{month:02}-28"),
        91..93 => format!("{year}-{month:02}/{}-{:02}", year + 1, 1 + chance.below(12)),
        93..95 => format!("{year}-{month:02}~"),
        95 => format!("{year}/{}", year + 1),
        96 if (3..12).contains(&month) => format!("{year}-{}", 21 + (month - 3) / 3),
        96 => format!("{year}?"),
        _ => format!("{year}/.."),
    }
}

/// A sentence or two, of which some link, some break a paragraph, some quote.
fn summary(world: &World, chance: &mut Chance, countries: &[String]) -> String {
    let matter = words::matter(chance);
    match (chance.below(10), countries) {
        (0..3, [first, ..]) => format!("[The host]({first}) brought up {matter}, and the others heard it out."),
        (3, _) => format!("They spoke of {matter}.\n\nNothing was signed; a date for {} was.", words::matter(chance)),
        (4, _) => format!("The minutes call it \"a word on {matter}\" and leave it there."),
        (5, _) => format!("Those present agreed on **{matter}** and left the rest to {}.", world.one_country(chance)),
        _ => format!("It dealt with {matter} and, after a break, with {}.", words::matter(chance)),
    }
}
