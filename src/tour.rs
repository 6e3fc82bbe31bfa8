//! Tours: ordered walks over live records. A dataset has its own, or one of its sections; the reader's marks are one too.

use std::sync::Arc;

use crate::dataset::{About, Clean, Dataset, Kind, Record, Stop, Tour};

/// The name of the tour of the marks on the command line.
pub const MARKS: &str = "marks";

/// The tours of a dataset; where it has none, a tour of its sections.
pub fn tours(dataset: &Dataset) -> Vec<Arc<Tour>> {
    if dataset.tours.is_empty() && !dataset.sections.is_empty() {
        return vec![Arc::new(of_sections(dataset))];
    }
    dataset.tours.iter().cloned().map(Arc::new).collect()
}

/// The tours to choose from: those of the dataset, and that of the marks where there are any.
pub fn choices(dataset: &Dataset, marks: &[Record]) -> Vec<Arc<Tour>> {
    let marks = (!marks.is_empty()).then(|| Arc::new(of_marks(marks)));
    tours(dataset).into_iter().chain(marks).collect()
}

/// The tour with this name on the command line.
pub fn find(dataset: &Dataset, id: &str) -> Option<Arc<Tour>> {
    tours(dataset).into_iter().find(|tour| &*tour.about.id == id)
}

/// A tour of the records that the reader has marked, in the order of the marks.
pub fn of_marks(marks: &[Record]) -> Tour {
    tour(MARKS, "Marks", marks.iter().copied())
}

/// A tour of the sections, each followed by its paragraphs.
fn of_sections(dataset: &Dataset) -> Tour {
    let parts = |section: Record| {
        let paragraphs = dataset.sections[section.index()].paragraphs.iter().copied();
        std::iter::once(section).chain(paragraphs)
    };
    tour("sections", &dataset.source.title, dataset.records(Kind::Section).flat_map(parts))
}

fn tour(id: &str, name: &str, records: impl Iterator<Item = Record>) -> Tour {
    let stop = |at| Stop { at, title: None, points: Box::default(), notes: None, show: None };
    let about = About { id: Clean::line(id), name: Clean::line(name), ..About::default() };
    Tour { about, stops: records.map(stop).collect() }
}
