//! From what is true back to the published shape: the records of a dataset as a file would hold them.

use serde::Serialize;

use super::date::Date;
use super::entity::{self, About, Entity, Record};
use super::text::Clean;
use super::vocabulary::Vocabulary;
use super::{Dataset, file};

/// A record as a file holds it.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Published {
    /// A section, with its paragraphs.
    Section(file::Section),
    /// A paragraph.
    Paragraph(file::Paragraph),
    /// An event.
    Event(Box<file::Event>),
    /// A mechanism.
    Mechanism(file::Mechanism),
    /// A country.
    Country(file::Country),
    /// An organisation.
    Organisation(file::Organisation),
    /// A document.
    Document(file::Document),
    /// An exercise.
    Exercise(file::Exercise),
    /// A place.
    Place(file::Place),
    /// A figure.
    Figure(file::Figure),
    /// A position.
    Position(file::Position),
}

impl Published {
    /// Changes every text of the record that may hold links.
    pub fn change_prose(&mut self, change: &dyn Fn(&str) -> String) {
        let (summary, note) = match self {
            Published::Section(section) => {
                for paragraph in &mut section.paragraphs {
                    paragraph.text = change(&paragraph.text);
                    paragraph.note = paragraph.note.as_deref().map(change);
                }
                (&mut section.summary, &mut section.note)
            }
            Published::Paragraph(record) => (&mut record.text, &mut record.note),
            Published::Event(record) => (&mut record.summary, &mut record.note),
            Published::Mechanism(record) => (&mut record.summary, &mut record.note),
            Published::Country(record) => (&mut record.summary, &mut record.note),
            Published::Organisation(record) => (&mut record.summary, &mut record.note),
            Published::Document(record) => (&mut record.summary, &mut record.note),
            Published::Exercise(record) => (&mut record.summary, &mut record.note),
            Published::Place(record) => (&mut record.summary, &mut record.note),
            Published::Figure(record) => (&mut record.summary, &mut record.note),
            Published::Position(record) => (&mut record.summary, &mut record.note),
        };
        *summary = change(summary);
        *note = note.as_deref().map(change);
    }
}

/// Fills a record of a file with the fields that every record has, beside its own.
macro_rules! with_about {
    ($about:expr, $record:path { $($field:ident: $value:expr),* $(,)? }) => {{
        let about = $about;
        let About { id, name, cites, summary, .. } = about;
        $record {
            id: id.to_string(),
            cites: cites.to_vec(),
            name: name.to_string(),
            aliases: about.aliases().iter().map(ToString::to_string).collect(),
            as_printed: text(about.as_printed()),
            $($field: $value,)*
            summary: summary.to_string(),
            note: text(about.note()),
        }
    }};
}

impl Dataset {
    /// A record as a file holds it.
    pub fn published(&self, record: Record) -> Published {
        match self.entity(record) {
            Entity::Section(section) => Published::Section(self.section(section)),
            Entity::Paragraph(paragraph) => Published::Paragraph(published_paragraph(paragraph)),
            Entity::Event(event) => Published::Event(Box::new(self.event(event))),
            Entity::Mechanism(mechanism) => Published::Mechanism(self.mechanism(mechanism)),
            Entity::Country(country) => Published::Country(published_country(country)),
            Entity::Organisation(organisation) => Published::Organisation(self.organisation(organisation)),
            Entity::Document(document) => Published::Document(self.document(document)),
            Entity::Exercise(exercise) => Published::Exercise(self.exercise(exercise)),
            Entity::Place(place) => Published::Place(self.place(place)),
            Entity::Figure(figure) => Published::Figure(self.figure(figure)),
            Entity::Position(position) => Published::Position(self.position(position)),
        }
    }

    /// What the records were taken from, as a file holds it.
    pub fn published_source(&self) -> file::Source {
        let entity::Source { title, chapter, publisher, date: published, language, subject, note } = &self.source;
        file::Source {
            title: title.to_string(),
            chapter: text(chapter.as_ref()),
            publisher: text(publisher.as_ref()),
            date: date(published),
            language: text(language.as_ref()),
            subject: self.link(*subject),
            note: text(note.as_ref()),
        }
    }

    /// A tour as a file holds it.
    pub fn published_tour(&self, tour: &entity::Tour) -> file::Tour {
        let stop = |stop: &entity::Stop| file::Stop {
            at: self.address(stop.at),
            title: text(stop.title.as_ref()),
            points: stop.points.iter().map(ToString::to_string).collect(),
            notes: text(stop.notes.as_ref()),
            show: word(stop.show),
        };
        let About { id, name, cites, summary, .. } = &tour.about;
        file::Tour {
            id: id.to_string(),
            cites: cites.to_vec(),
            name: name.to_string(),
            summary: summary.to_string(),
            note: text(tour.about.note()),
            stops: tour.stops.iter().map(stop).collect(),
        }
    }

    fn section(&self, section: &entity::Section) -> file::Section {
        let About { id, name, cites, summary, .. } = &section.about;
        let paragraphs = section.paragraphs.iter().map(|paragraph| &self.paragraphs[paragraph.index()]);
        file::Section {
            id: id.to_string(),
            cites: cites.to_vec(),
            number: section.number,
            name: name.to_string(),
            summary: summary.to_string(),
            note: text(section.about.note()),
            paragraphs: paragraphs.map(published_paragraph).collect(),
        }
    }

    fn event(&self, event: &entity::Event) -> file::Event {
        with_about!(
            &event.about,
            file::Event {
                date: date(&event.date),
                date_basis: word(event.date_basis),
                kind: event.kind.to_string(),
                direction: word(event.direction),
                level: word(event.level),
                round: event.round,
                first: text(event.first.as_deref()),
                countries: self.addresses_of(&event.countries),
                organisations: self.addresses_of(&event.organisations),
                documents: self.addresses_of(&event.documents),
                places: self.addresses_of(&event.places),
                exercise: self.link(event.exercise),
                mechanism: self.link(event.mechanism),
                topics: event.topics.iter().map(ToString::to_string).collect(),
            }
        )
    }

    fn mechanism(&self, mechanism: &entity::Mechanism) -> file::Mechanism {
        with_about!(
            &mechanism.about,
            file::Mechanism {
                since: date(&mechanism.since),
                countries: self.addresses_of(&mechanism.countries),
                organisations: self.addresses_of(&mechanism.organisations),
                rounds_stated: mechanism.rounds_stated,
            }
        )
    }

    fn organisation(&self, organisation: &entity::Organisation) -> file::Organisation {
        with_about!(
            &organisation.about,
            file::Organisation {
                short: text(organisation.short.as_ref()),
                kind: organisation.kind.to_string(),
                country: self.link(organisation.country),
            }
        )
    }

    fn document(&self, document: &entity::Document) -> file::Document {
        with_about!(
            &document.about,
            file::Document {
                kind: document.kind.to_string(),
                date: date(&document.date),
                status: document.status.to_string(),
                countries: self.addresses_of(&document.countries),
                organisations: self.addresses_of(&document.organisations),
            }
        )
    }

    fn exercise(&self, exercise: &entity::Exercise) -> file::Exercise {
        with_about!(
            &exercise.about,
            file::Exercise {
                kind: exercise.kind.to_string(),
                countries: self.addresses_of(&exercise.countries),
                organisations: self.addresses_of(&exercise.organisations),
            }
        )
    }

    fn place(&self, place: &entity::Place) -> file::Place {
        with_about!(
            &place.about,
            file::Place {
                country: self.link(place.country),
                lat: place.position.latitude,
                lon: place.position.longitude,
            }
        )
    }

    fn figure(&self, figure: &entity::Figure) -> file::Figure {
        with_about!(
            &figure.about,
            file::Figure {
                value: figure.value,
                qualifier: figure.qualifier.to_string(),
                unit: figure.unit.to_string(),
                date: date(&figure.date),
                part_of: self.link(figure.part_of),
                countries: self.addresses_of(&figure.countries),
                organisations: self.addresses_of(&figure.organisations),
            }
        )
    }

    fn position(&self, position: &entity::Position) -> file::Position {
        with_about!(
            &position.about,
            file::Position {
                kind: position.kind.to_string(),
                date: date(&position.date),
                of: self.link(position.of),
                organisations: self.addresses_of(&position.organisations),
                countries: self.addresses_of(&position.countries),
            }
        )
    }

    fn addresses_of(&self, records: &[Record]) -> Vec<String> {
        records.iter().map(|&record| self.address(record)).collect()
    }

    fn link(&self, record: Option<Record>) -> Option<String> {
        record.map(|record| self.address(record))
    }
}

fn published_paragraph(paragraph: &entity::Paragraph) -> file::Paragraph {
    let about = &paragraph.about;
    file::Paragraph { number: paragraph.number, text: about.summary.to_string(), note: text(about.note()) }
}

fn published_country(country: &entity::Country) -> file::Country {
    with_about!(
        &country.about,
        file::Country {
            official_name: country.official_name.to_string(),
            region: country.region.to_string(),
            capital: country.capital.to_string(),
            lat: country.position.latitude,
            lon: country.position.longitude,
        }
    )
}

fn text(text: Option<&Clean>) -> Option<String> {
    text.map(ToString::to_string)
}

fn date(date: &Option<Date>) -> Option<String> {
    date.as_ref().map(ToString::to_string)
}

fn word<V: Vocabulary>(word: Option<V>) -> Option<String> {
    word.map(|word| word.word().to_owned())
}
