//! From what a file says to what is true: each record's strings cleaned, its words, dates and links resolved.
//!
//! Nothing stops at the first fault. A field that cannot be resolved is reported and stands in as a blank, and a
//! dataset with such a finding is never handed out.

use super::address::Addresses;
use super::date::Date;
use super::entity::{self, About, Coordinates, Record};
use super::file;
use super::finding::{Finding, near};
use super::links::Relation;
use super::prose;
use super::text::{Clean, LONGEST_TEXT, has_control};
use super::vocabulary::{Kind, Vocabulary};

/// Resolves records one after the other; gathers what is wrong and how they are joined.
pub(super) struct Resolver<'a> {
    addresses: &'a Addresses,
    pub findings: Vec<Finding>,
    pub edges: Vec<(Record, Relation, Record)>,
    path: String,
    record: Option<Record>,
}

/// The fields that every record of a file has, taken out of it.
struct Head {
    id: String,
    cites: Vec<u32>,
    name: String,
    aliases: Vec<String>,
    as_printed: Option<String>,
    summary: String,
    note: Option<String>,
}

macro_rules! head {
    ($record:ident) => {
        Head {
            id: $record.id,
            cites: $record.cites,
            name: $record.name,
            aliases: $record.aliases,
            as_printed: $record.as_printed,
            summary: $record.summary,
            note: $record.note,
        }
    };
}

impl<'a> Resolver<'a> {
    pub fn new(addresses: &'a Addresses) -> Resolver<'a> {
        Resolver { addresses, findings: Vec::new(), edges: Vec::new(), path: String::new(), record: None }
    }

    /// Turns to the record at `path`.
    fn turn_to(&mut self, path: String, record: Option<Record>) {
        self.path = path;
        self.record = record;
    }

    fn at(&self, field: &str) -> String {
        if self.path.is_empty() { field.to_owned() } else { format!("{}.{field}", self.path) }
    }

    fn report(&mut self, field: &str, message: impl Into<String>) {
        self.findings.push(Finding::error(self.at(field), message));
    }

    fn report_dangling(&mut self, field: &str, message: impl Into<String>) {
        self.findings.push(Finding::dangling(self.at(field), message));
    }

    fn check_text(&mut self, field: &str, text: &str) {
        if text.len() > LONGEST_TEXT {
            self.report(field, format!("the text is {} bytes long; the limit is {LONGEST_TEXT}", text.len()));
        }
        if has_control(text) {
            let message = "the text holds a control character; it is shown as a symbol";
            self.findings.push(Finding::warning(self.at(field), message));
        }
    }

    fn line(&mut self, field: &str, text: String) -> Clean {
        self.check_text(field, &text);
        if text.contains('\n') {
            self.findings.push(Finding::warning(self.at(field), "the text must be one line; it is shown as one"));
        }
        Clean::line(text)
    }

    fn optional_line(&mut self, field: &str, text: Option<String>) -> Option<Clean> {
        text.map(|text| self.line(field, text))
    }

    fn lines(&mut self, field: &str, texts: Vec<String>) -> Box<[Clean]> {
        let numbered = texts.into_iter().enumerate();
        numbered.map(|(index, text)| self.line(&format!("{field}[{index}]"), text)).collect()
    }

    /// Prose: every link in it must lead somewhere, and joins the two records.
    fn prose(&mut self, field: &str, text: String) -> Clean {
        self.check_text(field, &text);
        for address in prose::links(&text) {
            match self.addresses.find(&address) {
                Some(record) => self.join(Relation::Mentioned, record),
                None => {
                    let near = self.addresses.near(&address);
                    self.report_dangling(field, format!("the text links to {address:?}, which does not exist{near}"));
                }
            }
        }
        Clean::lines(text)
    }

    fn optional_prose(&mut self, field: &str, text: Option<String>) -> Option<Clean> {
        text.map(|text| self.prose(field, text))
    }

    fn date(&mut self, field: &str, text: Option<String>) -> Option<Date> {
        Date::parse(&text?).map_err(|error| self.report(field, error.to_string())).ok()
    }

    fn word<V: Vocabulary>(&mut self, field: &str, word: &str) -> V {
        V::from_word(word).unwrap_or_else(|| {
            let words: Vec<_> = V::ALL.iter().map(|entry| entry.word()).collect();
            let right = match &*near(word, words.iter().copied()) {
                "" => format!(": {}", words.join(", ")),
                near => near.to_owned(),
            };
            self.report(field, format!("{word:?} is not in the vocabulary{right}"));
            V::ALL[0]
        })
    }

    fn optional_word<V: Vocabulary>(&mut self, field: &str, word: Option<String>) -> Option<V> {
        word.map(|word| self.word(field, &word))
    }

    fn link(&mut self, field: &str, kind: Kind, relation: Relation, address: &str) -> Option<Record> {
        let found = self.addresses.find(address);
        match found {
            Some(record) if record.kind == kind => self.join(relation, record),
            Some(_) => self.report(field, format!("{address:?} is not a link to a record of the kind {kind}")),
            None => {
                let near = self.addresses.near(address);
                self.report_dangling(field, format!("{address:?} does not exist{near}"));
            }
        }
        found.filter(|record| record.kind == kind)
    }

    fn optional_link(
        &mut self,
        field: &str,
        kind: Kind,
        relation: Relation,
        address: Option<String>,
    ) -> Option<Record> {
        self.link(field, kind, relation, &address?)
    }

    fn links(&mut self, field: &str, kind: Kind, relation: Relation, addresses: &[String]) -> Box<[Record]> {
        let numbered = addresses.iter().enumerate();
        numbered.filter_map(|(at, address)| self.link(&format!("{field}[{at}]"), kind, relation, address)).collect()
    }

    fn countries(&mut self, addresses: &[String]) -> Box<[Record]> {
        self.links("countries", Kind::Country, Relation::Participant, addresses)
    }

    fn organisations(&mut self, addresses: &[String]) -> Box<[Record]> {
        self.links("organisations", Kind::Organisation, Relation::Participant, addresses)
    }

    fn join(&mut self, relation: Relation, to: Record) {
        self.edges.extend(self.record.map(|from| (from, relation, to)));
    }

    fn coordinates(&mut self, latitude: f64, longitude: f64) -> Coordinates {
        if !(-90.0..=90.0).contains(&latitude) {
            self.report("lat", format!("{latitude} is no latitude; it goes from -90 to 90"));
        }
        if !(-180.0..=180.0).contains(&longitude) {
            self.report("lon", format!("{longitude} is no longitude; it goes from -180 to 180"));
        }
        Coordinates { latitude, longitude }
    }

    fn cites(&mut self, cites: Vec<u32>) -> Box<[u32]> {
        if cites.is_empty() {
            self.report("cites", "at least one paragraph must be cited");
        }
        for (index, number) in cites.iter().enumerate() {
            match self.addresses.find(&format!("paragraph/{number}")) {
                // A section holds its paragraphs, which says all that its citing them could say.
                Some(_) if self.record.is_some_and(|record| record.kind == Kind::Section) => {}
                Some(paragraph) => self.join(Relation::Cited, paragraph),
                None => {
                    self.report_dangling(&format!("cites[{index}]"), format!("the source has no paragraph {number}"))
                }
            }
        }
        cites.into()
    }

    fn id(&mut self, id: String) -> Clean {
        let word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if !id.split('-').all(word) {
            self.report(
                "id",
                format!("{id:?} is not kebab-case: small letters, digits and single hyphens between them"),
            );
        }
        self.line("id", id)
    }

    fn about(&mut self, head: Head) -> About {
        if head.name.trim().is_empty() {
            self.report("name", "the name is empty");
        }
        About {
            id: self.id(head.id),
            cites: self.cites(head.cites),
            name: self.line("name", head.name),
            aliases: self.lines("aliases", head.aliases),
            as_printed: self.optional_line("as_printed", head.as_printed),
            summary: self.prose("summary", head.summary),
            note: self.optional_prose("note", head.note),
        }
    }
}

/// A record of a file that becomes a record of the dataset.
pub(super) trait Resolve: Sized {
    /// What it becomes.
    type Entity;

    /// Resolves its fields.
    fn resolve(self, resolver: &mut Resolver) -> Self::Entity;
}

impl Resolver<'_> {
    /// Resolves a whole list of records of one kind.
    pub fn list<R: Resolve>(&mut self, name: &str, kind: Option<Kind>, records: Vec<R>) -> Vec<R::Entity> {
        let mut entities = Vec::with_capacity(records.len());
        for (index, record) in records.into_iter().enumerate() {
            self.turn_to(format!("{name}[{index}]"), kind.map(|kind| Record::new(kind, index)));
            entities.push(record.resolve(self));
        }
        entities
    }

    /// Resolves what the file says of its source.
    pub fn source(&mut self, source: file::Source) -> entity::Source {
        self.turn_to("source".to_owned(), None);
        entity::Source {
            title: self.line("title", source.title),
            chapter: self.optional_line("chapter", source.chapter),
            publisher: self.optional_line("publisher", source.publisher),
            date: self.date("date", source.date),
            language: self.optional_line("language", source.language),
            subject: self.optional_link("subject", Kind::Country, Relation::Mentioned, source.subject),
            note: self.optional_prose("note", source.note),
        }
    }

    /// Resolves the sections, and the paragraphs that they hold.
    pub fn sections(&mut self, sections: Vec<file::Section>) -> (Vec<entity::Section>, Vec<entity::Paragraph>) {
        let mut paragraphs = Vec::new();
        let resolve = |(index, section): (usize, file::Section)| {
            let record = Record::new(Kind::Section, index);
            self.turn_to(format!("sections[{index}]"), Some(record));
            let about = self.about(Head {
                id: section.id,
                cites: section.cites,
                name: section.name,
                aliases: Vec::new(),
                as_printed: None,
                summary: section.summary,
                note: section.note,
            });
            let start = paragraphs.len();
            for (at, paragraph) in section.paragraphs.into_iter().enumerate() {
                let own = Record::new(Kind::Paragraph, paragraphs.len());
                self.turn_to(format!("sections[{index}].paragraphs[{at}]"), Some(own));
                self.join(Relation::Contained, record);
                paragraphs.push(self.paragraph(paragraph, record));
            }
            let held = (start..paragraphs.len()).map(|at| Record::new(Kind::Paragraph, at)).collect();
            entity::Section { about, number: section.number, paragraphs: held }
        };
        let sections = sections.into_iter().enumerate().map(resolve).collect();
        (sections, paragraphs)
    }

    fn paragraph(&mut self, paragraph: file::Paragraph, section: Record) -> entity::Paragraph {
        let number = paragraph.number;
        let about = About {
            id: Clean::line(number.to_string()),
            name: Clean::line(format!("Paragraph {number}")),
            cites: [number].into(),
            summary: self.prose("text", paragraph.text),
            note: self.optional_prose("note", paragraph.note),
            ..About::default()
        };
        entity::Paragraph { about, number, section }
    }
}

impl Resolve for file::Event {
    type Entity = entity::Event;

    fn resolve(self, resolver: &mut Resolver) -> entity::Event {
        if self.date_basis.is_none() && self.date.is_some() {
            resolver.report(
                "date_basis",
                "a dated event owes how its date is known: stated, relative, inherited or inferred",
            );
        }
        if self.note.is_none() && self.date_basis.as_deref().is_some_and(|basis| basis != "stated") {
            resolver.report("note", "a date that is not stated owes a note that says how it is known");
        }
        entity::Event {
            about: resolver.about(head!(self)),
            date: resolver.date("date", self.date),
            date_basis: resolver.optional_word("date_basis", self.date_basis),
            kind: resolver.word("kind", &self.kind),
            direction: resolver.optional_word("direction", self.direction),
            level: resolver.optional_word("level", self.level),
            round: self.round,
            first: resolver.optional_line("first", self.first),
            countries: resolver.countries(&self.countries),
            organisations: resolver.organisations(&self.organisations),
            documents: resolver.links("documents", Kind::Document, Relation::Document, &self.documents),
            places: resolver.links("places", Kind::Place, Relation::Venue, &self.places),
            exercise: resolver.optional_link("exercise", Kind::Exercise, Relation::Exercise, self.exercise),
            mechanism: resolver.optional_link("mechanism", Kind::Mechanism, Relation::Series, self.mechanism),
            topics: (self.topics.iter().enumerate())
                .map(|(at, topic)| resolver.word(&format!("topics[{at}]"), topic))
                .collect(),
        }
    }
}

impl Resolve for file::Mechanism {
    type Entity = entity::Mechanism;

    fn resolve(self, resolver: &mut Resolver) -> entity::Mechanism {
        entity::Mechanism {
            about: resolver.about(head!(self)),
            since: resolver.date("since", self.since),
            countries: resolver.countries(&self.countries),
            organisations: resolver.organisations(&self.organisations),
            rounds_stated: self.rounds_stated,
        }
    }
}

impl Resolve for file::Country {
    type Entity = entity::Country;

    fn resolve(self, resolver: &mut Resolver) -> entity::Country {
        entity::Country {
            about: resolver.about(head!(self)),
            official_name: resolver.line("official_name", self.official_name),
            region: resolver.line("region", self.region),
            capital: resolver.line("capital", self.capital),
            position: resolver.coordinates(self.lat, self.lon),
        }
    }
}

impl Resolve for file::Organisation {
    type Entity = entity::Organisation;

    fn resolve(self, resolver: &mut Resolver) -> entity::Organisation {
        entity::Organisation {
            about: resolver.about(head!(self)),
            short: resolver.optional_line("short", self.short),
            kind: resolver.word("kind", &self.kind),
            country: resolver.optional_link("country", Kind::Country, Relation::Belongs, self.country),
        }
    }
}

impl Resolve for file::Document {
    type Entity = entity::Document;

    fn resolve(self, resolver: &mut Resolver) -> entity::Document {
        entity::Document {
            about: resolver.about(head!(self)),
            kind: resolver.word("kind", &self.kind),
            date: resolver.date("date", self.date),
            status: resolver.word("status", &self.status),
            countries: resolver.countries(&self.countries),
            organisations: resolver.organisations(&self.organisations),
        }
    }
}

impl Resolve for file::Exercise {
    type Entity = entity::Exercise;

    fn resolve(self, resolver: &mut Resolver) -> entity::Exercise {
        entity::Exercise {
            about: resolver.about(head!(self)),
            kind: resolver.word("kind", &self.kind),
            countries: resolver.countries(&self.countries),
            organisations: resolver.organisations(&self.organisations),
        }
    }
}

impl Resolve for file::Place {
    type Entity = entity::Place;

    fn resolve(self, resolver: &mut Resolver) -> entity::Place {
        entity::Place {
            about: resolver.about(head!(self)),
            country: resolver.optional_link("country", Kind::Country, Relation::Belongs, self.country),
            position: resolver.coordinates(self.lat, self.lon),
        }
    }
}

impl Resolve for file::Figure {
    type Entity = entity::Figure;

    fn resolve(self, resolver: &mut Resolver) -> entity::Figure {
        if self.value.is_none() && self.qualifier != "dozens" {
            resolver.report("value", "a figure owes its value; only \"dozens\" goes without");
        }
        entity::Figure {
            about: resolver.about(head!(self)),
            value: self.value,
            qualifier: resolver.word("qualifier", &self.qualifier),
            unit: resolver.line("unit", self.unit),
            date: resolver.date("date", self.date),
            part_of: resolver.optional_link("part_of", Kind::Figure, Relation::PartOf, self.part_of),
            countries: resolver.countries(&self.countries),
            organisations: resolver.organisations(&self.organisations),
        }
    }
}

impl Resolve for file::Position {
    type Entity = entity::Position;

    fn resolve(self, resolver: &mut Resolver) -> entity::Position {
        entity::Position {
            about: resolver.about(head!(self)),
            kind: resolver.word("kind", &self.kind),
            date: resolver.date("date", self.date),
            of: resolver.optional_link("of", Kind::Event, Relation::PutForward, self.of),
            organisations: resolver.organisations(&self.organisations),
            countries: resolver.countries(&self.countries),
        }
    }
}

impl Resolve for file::Tour {
    type Entity = entity::Tour;

    fn resolve(self, resolver: &mut Resolver) -> entity::Tour {
        let about = About {
            id: resolver.id(self.id),
            name: resolver.line("name", self.name),
            summary: resolver.prose("summary", self.summary),
            note: resolver.optional_prose("note", self.note),
            cites: self.cites.into(),
            ..About::default()
        };
        let stops = self.stops.into_iter().enumerate();
        entity::Tour { about, stops: stops.filter_map(|(at, stop)| resolver.stop(at, stop)).collect() }
    }
}

impl Resolver<'_> {
    fn stop(&mut self, index: usize, stop: file::Stop) -> Option<entity::Stop> {
        let field = |name: &str| format!("stops[{index}].{name}");
        let at = self.addresses.find(&stop.at);
        if at.is_none() {
            let near = self.addresses.near(&stop.at);
            self.report_dangling(&field("at"), format!("{:?} does not exist{near}", stop.at));
        }
        Some(entity::Stop {
            title: self.optional_line(&field("title"), stop.title),
            points: self.lines(&field("points"), stop.points),
            notes: self.optional_prose(&field("notes"), stop.notes),
            show: self.optional_word(&field("show"), stop.show),
            at: at?,
        })
    }
}
