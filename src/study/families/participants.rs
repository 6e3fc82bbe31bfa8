//! Who took part?

use std::collections::BTreeMap;

use crate::dataset::{Dataset, Direction, Event, EventKind, Kind, OrganisationKind, Record, Vocabulary};
use crate::study::answer::{Answer, cardinal_word};
use crate::study::card::{Draft, Family};
use crate::study::gap::{GAP, names, without};
use crate::wording;

use super::{joined_to, partners, when};

/// The most records that one question asks for; longer lists are not remembered as lists.
pub const MOST: usize = 5;

/// Questions for the countries and for the bodies of each event.
pub fn drafts(dataset: &Dataset) -> Vec<Draft> {
    let events = || dataset.records(Kind::Event);
    let gaps = gaps(dataset, events().filter_map(|event| Some((event, gapped_countries(dataset, event)?))));
    let countries = events().filter_map(|event| countries(dataset, event));
    let bodies = events().filter_map(|event| bodies(dataset, event));
    gaps.into_iter().chain(countries).chain(bodies).collect()
}

/// A text with gaps.
#[derive(Debug)]
pub struct Gapped {
    /// The text with the gaps.
    pub text: String,
    /// The text without them.
    pub whole: String,
    /// The records that stood there.
    pub missing: Vec<Record>,
}

impl Gapped {
    /// The text, with and without its gaps, with words behind it.
    pub fn with(self, words: &str) -> Gapped {
        Gapped { text: self.text + words, whole: self.whole + words, ..self }
    }
}

/// The text without the names of those records that it names; `None` where it names none.
pub fn gapped(dataset: &Dataset, whole: &str, records: &[Record]) -> Option<Gapped> {
    let (mut text, mut missing) = (whole.to_owned(), Vec::new());
    for &record in records {
        let names = names(dataset, record);
        let named = without(&text, &names[..1]).map(|text| text.replace(&format!("the {GAP}"), GAP));
        if let Some(without) = without(named.as_deref().unwrap_or(&text), &names).or(named) {
            text = without;
            missing.push(record);
        }
    }
    (!missing.is_empty()).then(|| Gapped { text, whole: whole.to_owned(), missing })
}

/// An event's name and time with gaps for the countries that the name says.
pub fn gapped_countries(dataset: &Dataset, record: Record) -> Option<Gapped> {
    let event = &dataset.events[record.index()];
    let gapped = gapped(dataset, &event.about.name, &partners(dataset, &event.countries))?;
    Some(gapped.with(&when(event)))
}

/// Questions for what is missing in texts: where several read the same, one question asks for all that fits.
pub fn gaps(dataset: &Dataset, gapped: impl Iterator<Item = (Record, Gapped)>) -> Vec<Draft> {
    let mut groups: BTreeMap<String, Vec<(Record, Gapped)>> = BTreeMap::new();
    for (record, gapped) in gapped {
        groups.entry(gapped.text.clone()).or_default().push((record, gapped));
    }
    groups.into_iter().filter_map(|(text, group)| gap(dataset, &text, &group)).collect()
}

fn gap(dataset: &Dataset, text: &str, group: &[(Record, Gapped)]) -> Option<Draft> {
    let (first, gapped) = group.first()?;
    let whole = Some(gapped.whole.clone()).filter(|_| group.len() == 1);
    let mut missing: Vec<Record> = group.iter().flat_map(|(_, gapped)| gapped.missing.iter().copied()).collect();
    if group.len() > 1 {
        missing.sort_unstable();
        missing.dedup();
    }
    let several = group.iter().any(|(_, gapped)| gapped.missing.len() > 1);
    if missing.len() > MOST || (group.len() > 1 && several) {
        return None;
    }
    let family = if missing.first()?.kind == Kind::Place { Family::Place } else { Family::Participants };
    let things = counted(missing.first()?.kind, missing.len());
    let prompt = match (group.len(), missing.len()) {
        (1, 1) => format!("Which {things} is missing?"),
        (1, _) => format!("Which {things} are missing?"),
        (_, 1) => format!("Which {things} fits here?"),
        _ => format!("Which {things} fit here?"),
    };
    let also = group.iter().flat_map(|(record, _)| joined_to(dataset, *record)).collect::<Vec<_>>();
    let about = group.iter().map(|(record, _)| *record).collect();
    let draft = Draft::new(family, *first, prompt, text, Answer::Records(missing)).facet("gap").also_true(also);
    Some(Draft { about, whole, ..draft })
}

/// "country", "two countries".
pub fn counted(kind: Kind, count: usize) -> String {
    let (one, many) = match kind {
        Kind::Organisation => ("body", "bodies"),
        kind => (kind.word(), wording::plural(kind)),
    };
    if count == 1 { one.to_owned() } else { format!("{} {many}", cardinal_word(count)) }
}

/// The countries of an event whose name says none of them, where the source lists them all.
fn countries(dataset: &Dataset, record: Record) -> Option<Draft> {
    let event = &dataset.events[record.index()];
    let partners = partners(dataset, &event.countries);
    let asked = !partners.is_empty() && partners.len() <= MOST && are_all(dataset, event, &partners);
    if !asked || gapped_countries(dataset, record).is_some() {
        return None;
    }
    let beside = dataset.source.subject.map(|subject| format!(" beside {}", dataset.name(subject))).unwrap_or_default();
    let prompt = format!("Which {} took part{beside}?", counted(Kind::Country, partners.len()));
    let subject = format!("{}{}", event.about.name, when(event));
    let draft = Draft::new(Family::Participants, record, prompt, subject, Answer::Records(partners));
    Some(draft.facet("countries").also_true(joined_to(dataset, record)))
}

/// Says whether the countries of an event are all that took part: a forum has members that the list leaves out, unless
/// the list names a force or ministry of each of its countries.
fn are_all(dataset: &Dataset, event: &Event, partners: &[Record]) -> bool {
    let body = |record: &Record| &dataset.organisations[record.index()];
    let forum = event.organisations.iter().any(|record| body(record).kind == OrganisationKind::RegionalForum);
    let has_body = |country: &Record| event.organisations.iter().any(|record| body(record).country == Some(*country));
    !forum || partners.iter().all(has_body)
}

/// The bodies of an event whose name says none of them.
fn bodies(dataset: &Dataset, record: Record) -> Option<Draft> {
    let event = &dataset.events[record.index()];
    let bodies = nearest(dataset, &event.organisations);
    let kind = |record: &Record| dataset.organisations[record.index()].kind;
    let within = bodies.len() == 1 && bodies.iter().all(|body| kind(body) == OrganisationKind::RegionalForum);
    let asked = counted(Kind::Organisation, bodies.len());
    let prompt = match (event.kind, event.direction) {
        (EventKind::Workshop | EventKind::Education, _) => format!("Which {asked} held it?"),
        (EventKind::Observation, Some(Direction::Hosted)) => format!("Which {asked} held the exercise?"),
        (EventKind::Agreement | EventKind::EntryIntoForce, _) if within => format!("Which {asked} is behind this?"),
        (EventKind::Meeting | EventKind::Summit | EventKind::Consultation | EventKind::Exercise, _) if within => {
            format!("Within which {asked} was this?")
        }
        (EventKind::Observation | EventKind::Visit | EventKind::PortCall | EventKind::Deployment, _) => return None,
        (EventKind::Proposal | EventKind::Establishment, _) => return None,
        _ => format!("Which {asked} took part?"),
    };
    if bodies.is_empty() || bodies.len() > 3 || gapped(dataset, &event.about.name, &event.organisations).is_some() {
        return None;
    }
    let subject = format!("{}{}", event.about.name, when(event));
    let draft = Draft::new(Family::Participants, record, prompt, subject, Answer::Records(bodies));
    Some(draft.facet("bodies").also_true(joined_to(dataset, record)))
}

/// Of several bodies of one country, the one that is concerned the nearest, which is the one that is told of least.
fn nearest(dataset: &Dataset, bodies: &[Record]) -> Vec<Record> {
    let country = |record: Record| dataset.organisations[record.index()].country;
    let told = |record: Record| dataset.links(record).len();
    let nearer = |&body: &Record, &other: &Record| {
        country(body).is_some() && country(body) == country(other) && (told(other), other) < (told(body), body)
    };
    bodies.iter().filter(|body| !bodies.iter().any(|other| nearer(body, other))).copied().collect()
}
