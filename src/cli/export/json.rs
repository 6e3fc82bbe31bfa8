//! The published shape: a dataset that stands by itself, one record a line.

use std::io::{self, Write};

use super::Part;
use crate::cli::file::list;
use crate::dataset::{Kind, Published, Record, Vocabulary, file, prose};
use crate::wording::plural;

/// Writes a part of a dataset as a dataset. The source is always whole: its sections and paragraphs are what the rest
/// cites. A link of a text to a record that is left out becomes its words.
pub fn write(part: &Part, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{\n\"source\": {}", serde_json::to_string(&part.source())?)?;
    // Paragraphs stand in their sections.
    for &kind in Kind::ALL.iter().filter(|&&kind| kind != Kind::Paragraph) {
        let whole = kind == Kind::Section;
        let records = part.dataset.records(kind).filter(|&record| whole || part.holds(record));
        list(out, plural(kind), records.map(|record| part.published(record)))?;
    }
    list(out, "tours", part.tours())?;
    writeln!(out, "\n}}")
}

impl Part {
    fn published(&self, record: Record) -> Published {
        let mut published = self.dataset.published(record);
        if self.records.is_some() {
            published.change_prose(&|text| self.unlinked(text));
        }
        published
    }

    fn source(&self) -> file::Source {
        let source = self.dataset.published_source();
        file::Source { note: source.note.map(|note| self.unlinked(&note)), ..source }
    }

    /// The tours, with those of their stops that are there.
    fn tours(&self) -> impl Iterator<Item = file::Tour> {
        let tours = self.dataset.tours.iter().map(|tour| self.dataset.published_tour(tour)).map(|mut tour| {
            tour.stops.retain(|stop| self.leads_somewhere(&stop.at));
            tour.summary = self.unlinked(&tour.summary);
            tour.note = tour.note.map(|note| self.unlinked(&note));
            tour.stops.iter_mut().for_each(|stop| stop.notes = stop.notes.take().map(|notes| self.unlinked(&notes)));
            tour
        });
        tours.filter(|tour| !tour.stops.is_empty())
    }

    fn unlinked(&self, text: &str) -> String {
        prose::unlinked(text, |address| self.leads_somewhere(address))
    }

    fn leads_somewhere(&self, address: &str) -> bool {
        let is_source = |record: Record| matches!(record.kind, Kind::Section | Kind::Paragraph);
        self.dataset.find(address).is_some_and(|record| is_source(record) || self.holds(record))
    }
}
