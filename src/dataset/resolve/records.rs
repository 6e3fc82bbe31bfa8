//! Each kind of record, from the fields of a file to those of the dataset.

use super::{Directory, Field, Head, Resolve, Resolver};
use crate::dataset::borrowed::Text;
use crate::dataset::entity::{self, About, Aside};
use crate::dataset::file;
use crate::dataset::vocabulary::Kind;

/// Takes the fields that every record of a file has out of it.
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

impl<S: Text> Resolve for file::Event<S> {
    type Entity = entity::Event;

    fn resolve<D: Directory>(self, resolver: &mut Resolver<D>) -> entity::Event {
        if self.date_basis.is_none() && self.date.is_some() {
            resolver.report(
                "date_basis",
                "a dated event owes how its date is known: stated, relative, inherited or inferred",
            );
        }
        if self.note.is_none() && self.date_basis.as_ref().is_some_and(|basis| basis.as_ref() != "stated") {
            resolver.report("note", "a date that is not stated owes a note that says how it is known");
        }
        entity::Event {
            about: resolver.about(head!(self)),
            date: resolver.date("date", self.date),
            date_basis: resolver.optional_word("date_basis", self.date_basis),
            kind: resolver.word("kind", self.kind.as_ref()),
            direction: resolver.optional_word("direction", self.direction),
            level: resolver.optional_word("level", self.level),
            round: self.round,
            first: resolver.optional_line("first", self.first).map(Box::new),
            countries: resolver.countries(&self.countries),
            organisations: resolver.organisations(&self.organisations),
            documents: resolver.links("documents", Kind::Document, &self.documents),
            places: resolver.links("places", Kind::Place, &self.places),
            exercise: resolver.optional_link("exercise", Kind::Exercise, self.exercise),
            mechanism: resolver.optional_link("mechanism", Kind::Mechanism, self.mechanism),
            topics: (self.topics.iter().enumerate())
                .map(|(at, topic)| resolver.word(Field("topics", Some(at)), topic.as_ref()))
                .collect(),
        }
    }
}

impl<S: Text> Resolve for file::Mechanism<S> {
    type Entity = entity::Mechanism;

    fn resolve<D: Directory>(self, resolver: &mut Resolver<D>) -> entity::Mechanism {
        entity::Mechanism {
            about: resolver.about(head!(self)),
            since: resolver.date("since", self.since),
            countries: resolver.countries(&self.countries),
            organisations: resolver.organisations(&self.organisations),
            rounds_stated: self.rounds_stated,
        }
    }
}

impl<S: Text> Resolve for file::Country<S> {
    type Entity = entity::Country;

    fn resolve<D: Directory>(self, resolver: &mut Resolver<D>) -> entity::Country {
        entity::Country {
            about: resolver.about(head!(self)),
            official_name: resolver.line("official_name", self.official_name),
            region: resolver.line("region", self.region),
            capital: resolver.line("capital", self.capital),
            position: resolver.coordinates(self.lat, self.lon),
        }
    }
}

impl<S: Text> Resolve for file::Organisation<S> {
    type Entity = entity::Organisation;

    fn resolve<D: Directory>(self, resolver: &mut Resolver<D>) -> entity::Organisation {
        entity::Organisation {
            about: resolver.about(head!(self)),
            short: resolver.optional_line("short", self.short),
            kind: resolver.word("kind", self.kind.as_ref()),
            country: resolver.optional_link("country", Kind::Country, self.country),
        }
    }
}

impl<S: Text> Resolve for file::Document<S> {
    type Entity = entity::Document;

    fn resolve<D: Directory>(self, resolver: &mut Resolver<D>) -> entity::Document {
        entity::Document {
            about: resolver.about(head!(self)),
            kind: resolver.word("kind", self.kind.as_ref()),
            date: resolver.date("date", self.date),
            status: resolver.word("status", self.status.as_ref()),
            countries: resolver.countries(&self.countries),
            organisations: resolver.organisations(&self.organisations),
        }
    }
}

impl<S: Text> Resolve for file::Exercise<S> {
    type Entity = entity::Exercise;

    fn resolve<D: Directory>(self, resolver: &mut Resolver<D>) -> entity::Exercise {
        entity::Exercise {
            about: resolver.about(head!(self)),
            kind: resolver.word("kind", self.kind.as_ref()),
            countries: resolver.countries(&self.countries),
            organisations: resolver.organisations(&self.organisations),
        }
    }
}

impl<S: Text> Resolve for file::Place<S> {
    type Entity = entity::Place;

    fn resolve<D: Directory>(self, resolver: &mut Resolver<D>) -> entity::Place {
        entity::Place {
            about: resolver.about(head!(self)),
            country: resolver.optional_link("country", Kind::Country, self.country),
            position: resolver.coordinates(self.lat, self.lon),
        }
    }
}

impl<S: Text> Resolve for file::Figure<S> {
    type Entity = entity::Figure;

    fn resolve<D: Directory>(self, resolver: &mut Resolver<D>) -> entity::Figure {
        if self.value.is_none() && self.qualifier.as_ref() != "dozens" {
            resolver.report("value", "a figure owes its value; only \"dozens\" goes without");
        }
        entity::Figure {
            about: resolver.about(head!(self)),
            value: self.value,
            qualifier: resolver.word("qualifier", self.qualifier.as_ref()),
            unit: resolver.line("unit", self.unit),
            date: resolver.date("date", self.date),
            part_of: resolver.optional_link("part_of", Kind::Figure, self.part_of),
            countries: resolver.countries(&self.countries),
            organisations: resolver.organisations(&self.organisations),
        }
    }
}

impl<S: Text> Resolve for file::Position<S> {
    type Entity = entity::Position;

    fn resolve<D: Directory>(self, resolver: &mut Resolver<D>) -> entity::Position {
        entity::Position {
            about: resolver.about(head!(self)),
            kind: resolver.word("kind", self.kind.as_ref()),
            date: resolver.date("date", self.date),
            of: resolver.optional_link("of", Kind::Event, self.of),
            organisations: resolver.organisations(&self.organisations),
            countries: resolver.countries(&self.countries),
        }
    }
}

impl Resolve for file::Tour {
    type Entity = entity::Tour;

    fn resolve<D: Directory>(self, resolver: &mut Resolver<D>) -> entity::Tour {
        let about = About {
            id: resolver.id(self.id),
            name: resolver.line("name", self.name),
            summary: resolver.prose("summary", self.summary),
            cites: self.cites.into(),
            ..About::default()
        };
        let about = about.with(Aside { note: resolver.optional_prose("note", self.note), ..Aside::default() });
        let stops = self.stops.into_iter().enumerate();
        entity::Tour { about, stops: stops.filter_map(|(at, stop)| resolver.stop(at, stop)).collect() }
    }
}

impl<D: Directory> Resolver<D> {
    fn stop(&mut self, index: usize, stop: file::Stop) -> Option<entity::Stop> {
        self.whereabouts.inner = Some(("stops", index));
        let at = self.directory.find(&stop.at);
        if at.is_none() {
            let near = self.directory.near(&stop.at);
            self.report_dangling("at", format!("{:?} does not exist{near}", stop.at));
        }
        Some(entity::Stop {
            title: self.optional_line("title", stop.title),
            points: self.lines("points", stop.points),
            notes: self.optional_prose("notes", stop.notes),
            show: self.optional_word("show", stop.show),
            at: at?,
        })
    }
}
