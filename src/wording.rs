//! How facts are said in a few words, the same way everywhere: counts, amounts, and a record's facts on one line.

pub use crate::dataset::thousands;
use crate::dataset::{Dataset, Date, Entity, Event, Figure, Kind, Qualifier, Record};

/// The word for several records of a kind.
pub fn plural(kind: Kind) -> &'static str {
    kind.list()
}

/// "1 event", "14 events".
pub fn counted(count: usize, kind: Kind) -> String {
    let number = thousands(count as f64);
    if count == 1 { format!("{number} {kind}") } else { format!("{number} {}", plural(kind)) }
}

/// "1 hit", "14 hits".
pub fn several(count: usize, word: &str) -> String {
    let number = thousands(count as f64);
    if count == 1 { format!("{number} {word}") } else { format!("{number} {word}s") }
}

/// "1st", "2nd", "7th", "11th".
pub fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// A figure's number with its qualifier: "3,362", "over 1,000", "dozens".
pub fn amount(figure: &Figure) -> String {
    qualified(figure.value, figure.qualifier)
}

/// A number with its qualifier: "3,362", "over 1,000"; the qualifier alone where there is no number.
pub fn qualified(value: Option<f64>, qualifier: Qualifier) -> String {
    match (qualifier, value.map(thousands)) {
        (Qualifier::Exact, Some(number)) => number,
        (qualifier, Some(number)) => format!("{qualifier} {number}"),
        (qualifier, None) => qualifier.to_string(),
    }
}

/// A record's facts on one line: what kind of thing it is, when, where, how much.
pub fn facts(dataset: &Dataset, record: Record) -> String {
    let parts = match dataset.entity(record) {
        Entity::Event(event) => event_facts(event),
        Entity::Section(section) => vec![counted(section.paragraphs.len(), Kind::Paragraph)],
        Entity::Paragraph(_) => Vec::new(),
        Entity::Mechanism(mechanism) => vec![
            "mechanism".to_owned(),
            mechanism.since.as_ref().map(|date| date.words()).unwrap_or_default(),
            mechanism.rounds_stated.map(|rounds| several(rounds as usize, "round") + " stated").unwrap_or_default(),
        ],
        Entity::Country(country) => vec![country.region.to_string(), capital(&country.capital)],
        Entity::Organisation(organisation) => {
            let country = organisation.country.map(|country| dataset.name(country).to_string());
            vec![organisation.kind.to_string(), country.unwrap_or_default()]
        }
        Entity::Document(document) => {
            let date = document.date.as_ref().map(period);
            vec![document.kind.to_string(), document.status.to_string(), date.unwrap_or_default()]
        }
        Entity::Exercise(exercise) => vec![format!("{} exercise", exercise.kind)],
        Entity::Place(place) => {
            let country = place.country.map(|country| dataset.name(country).to_string());
            vec!["place".to_owned(), country.unwrap_or_default()]
        }
        Entity::Figure(figure) => {
            let date = figure.date.as_ref().map(period);
            vec![format!("{} {}", amount(figure), figure.unit), date.unwrap_or_default()]
        }
        Entity::Position(position) => vec![position.kind.to_string()],
    };
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn event_facts(event: &Event) -> Vec<String> {
    let date = event.date.as_ref().map_or("undated".to_owned(), |date| date.words());
    let level = event.level.map(|level| format!("{level} level")).unwrap_or_default();
    let direction = event.direction.map(|direction| direction.to_string()).unwrap_or_default();
    vec![date, event.kind.to_string(), level, direction]
}

/// The date of what holds for all of it: a number as of 2004 does not hold "some time in 2004".
pub fn period(date: &Date) -> String {
    date.words().replace("some time in ", "")
}

fn capital(capital: &str) -> String {
    if capital.is_empty() { String::new() } else { format!("capital {capital}") }
}

/// Days in a few words: "1 day", "12 days", "3 months", "1.4 years".
pub fn days(days: u32) -> String {
    match days {
        0 => "less than a day".to_owned(),
        1 => "1 day".to_owned(),
        2..=60 => format!("{days} days"),
        61..=364 => format!("{} months", (f64::from(days) / 30.4).round()),
        _ => format!("{:.1} years", f64::from(days) / 365.25),
    }
}

/// Minutes in a few words: "1 min", "6 min", "2 h".
pub fn minutes(minutes: f64) -> String {
    match minutes {
        _ if minutes < 59.5 => format!("{} min", minutes.round().max(1.0)),
        _ => format!("{} h", (minutes / 60.0).round()),
    }
}

/// What went wrong with a file: in the system's words without its number and its capital, or in the program's own as they
/// are.
pub fn went_wrong(error: &std::io::Error) -> String {
    let text = error.to_string();
    match text.split_once(" (os error") {
        Some((what, _)) => what.to_lowercase(),
        None => text,
    }
}

/// The text with a capital first letter.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
