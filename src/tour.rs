//! Tours: ordered walks over live records, and the slides that they are shown on. A dataset has tours of its own, or one
//! of its sections; the reader's marks are one too.

use std::sync::Arc;

use crate::dataset::{About, Clean, Dataset, Exhibit, Kind, Record, Stop, Tour, prose};
use crate::wording;

/// The name of the tour of the marks on the command line.
pub const MARKS: &str = "marks";

/// How many sentences of a record's summary become points, where a stop has none of its own.
const SENTENCES: usize = 3;

/// A slide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slide {
    /// The record shown; the first slide of a tour has none.
    pub at: Option<Record>,
    /// Its title.
    pub title: Clean,
    /// Short lines, revealed one by one.
    pub points: Box<[Clean]>,
    /// Notes for the speaker, in small Markdown.
    pub notes: Clean,
    /// What is shown beside the points.
    pub show: Option<Exhibit>,
}

/// The tours of a dataset; where it has none, a tour of its sections.
pub fn tours(dataset: &Dataset) -> Vec<Arc<Tour>> {
    if dataset.tours.is_empty() && !dataset.sections.is_empty() {
        return vec![Arc::new(of_sections(dataset))];
    }
    dataset.tours.iter().cloned().map(Arc::new).collect()
}

/// The tours to choose from: those of the dataset, and that of the marks where there are any.
pub fn choices(dataset: &Dataset, marks: &[Record]) -> Vec<Arc<Tour>> {
    let marks = (!marks.is_empty()).then(|| Arc::new(of_marks(dataset, marks)));
    tours(dataset).into_iter().chain(marks).collect()
}

/// The tour with this name on the command line.
pub fn find(dataset: &Dataset, id: &str) -> Option<Arc<Tour>> {
    tours(dataset).into_iter().find(|tour| &*tour.about.id == id)
}

/// The tour of a talk that is given: one of the dataset's, or one of marks with these addresses as its stops.
pub fn given(dataset: &Dataset, id: &str, stops: &[String]) -> Option<Arc<Tour>> {
    if id != MARKS {
        return find(dataset, id);
    }
    let marks: Vec<Record> = stops.iter().filter_map(|address| dataset.find(address)).collect();
    Some(of_marks(dataset, &marks).into())
}

/// A tour of the records that the reader has marked, in the order of the marks.
pub fn of_marks(dataset: &Dataset, marks: &[Record]) -> Tour {
    tour(dataset, MARKS, "Marks", marks.iter().copied())
}

/// The slides of a tour: its title, and one for each stop.
pub fn slides(dataset: &Dataset, tour: &Tour) -> Vec<Slide> {
    let title = Slide {
        at: None,
        title: tour.about.name.clone(),
        points: Box::default(),
        notes: tour.about.summary.clone(),
        show: None,
    };
    let slide = |stop: &Stop| Slide {
        at: Some(stop.at),
        title: stop.title.clone().unwrap_or_else(|| dataset.name(stop.at).clone()),
        points: stop.points.clone(),
        notes: stop.notes.clone().unwrap_or_default(),
        show: stop.show,
    };
    std::iter::once(title).chain(tour.stops.iter().map(slide)).collect()
}

/// A tour of the sections, each followed by its paragraphs.
fn of_sections(dataset: &Dataset) -> Tour {
    let parts = |section: Record| {
        let paragraphs = dataset.sections[section.index()].paragraphs.iter().copied();
        std::iter::once(section).chain(paragraphs)
    };
    tour(dataset, "sections", &dataset.source.title, dataset.records(Kind::Section).flat_map(parts))
}

fn tour(dataset: &Dataset, id: &str, name: &str, records: impl Iterator<Item = Record>) -> Tour {
    let stop = |at: Record| Stop {
        at,
        title: None,
        points: points(dataset, at),
        notes: dataset.about(at).note().cloned(),
        show: Some(exhibit(at.kind)),
    };
    let about = About { id: Clean::line(id), name: Clean::line(name), ..About::default() };
    Tour { about, stops: records.map(stop).collect() }
}

/// What a record says of itself in a few lines: its facts, and the first sentences of its summary.
fn points(dataset: &Dataset, record: Record) -> Box<[Clean]> {
    let plain = prose::plain(&dataset.about(record).summary);
    let sentences = sentences(&plain).take(SENTENCES).map(str::to_owned);
    let facts = wording::facts(dataset, record);
    std::iter::once(facts).filter(|facts| !facts.is_empty()).chain(sentences).map(Clean::line).collect()
}

/// The sentences of a text, the first of them first.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text.trim();
    std::iter::from_fn(move || {
        let (sentence, after) = rest.split_at(prose::sentence_end(rest).unwrap_or(rest.len()));
        rest = after.trim_start();
        (!sentence.is_empty()).then_some(sentence)
    })
}

/// What shows a record of a kind best.
fn exhibit(kind: Kind) -> Exhibit {
    match kind {
        Kind::Country | Kind::Place | Kind::Exercise => Exhibit::Map,
        Kind::Figure => Exhibit::Chart,
        _ => Exhibit::Timeline,
    }
}
