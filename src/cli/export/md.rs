//! One readable document: the source section by section, the events in order of time, then every record's page, with
//! links that lead from one to the other.

use std::io::{self, Write};

use super::Part;
use crate::context::Context;
use crate::dataset::prose::escaped;
use crate::dataset::{Clean, Kind, Record};
use crate::pages::{self, PageBlock, markdown};
use crate::place::Place;
use crate::wording::{capitalised, counted, period, plural};

/// The columns that the bars of a page are drawn for.
const WIDTH: usize = 60;

/// The level of a record's heading.
const LEVEL: usize = 3;

/// The kinds in the order of the chapters that follow the timeline.
const CHAPTERS: [Kind; 9] = [
    Kind::Event,
    Kind::Country,
    Kind::Organisation,
    Kind::Mechanism,
    Kind::Document,
    Kind::Exercise,
    Kind::Place,
    Kind::Figure,
    Kind::Position,
];

/// Writes a part of a dataset as a document.
pub fn write(part: &Part, out: &mut dyn Write) -> io::Result<()> {
    let document = Document { part, context: Context::on_paper(part.dataset) };
    document.title(out)?;
    document.contents(out)?;
    document.sections(out)?;
    document.timeline(out)?;
    CHAPTERS.iter().try_for_each(|&kind| document.chapter(kind, out))
}

struct Document<'a> {
    part: &'a Part,
    context: Context,
}

impl Document<'_> {
    fn title(&self, out: &mut dyn Write) -> io::Result<()> {
        let source = &self.part.dataset.source;
        writeln!(out, "# {}", escaped(&source.title))?;
        let published = source.date.as_ref().map(|date| Clean::line(period(date)));
        for line in [&source.chapter, &source.publisher, &published].into_iter().flatten() {
            writeln!(out, "\n{}", escaped(line))?;
        }
        source
            .note
            .iter()
            .try_for_each(|note| writeln!(out, "\n> {}", self.markdown(&pages::prose(&self.context, note)).trim()))
    }

    fn contents(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\n## Contents\n")?;
        for section in self.records(Kind::Section) {
            let own = &self.part.dataset.sections[section.index()];
            let name = escaped(&own.about.name);
            writeln!(out, "- [{} {name}](#{})", own.number, self.anchor(section))?;
        }
        if self.records(Kind::Event).next().is_some() {
            writeln!(out, "- [Timeline](#timeline)")?;
        }
        for (kind, count) in CHAPTERS.map(|kind| (kind, self.records(kind).count())) {
            if count > 0 {
                writeln!(out, "- [{}](#{})", counted(count, kind), plural(kind))?;
            }
        }
        Ok(())
    }

    /// The sections, each with the digests of its paragraphs.
    fn sections(&self, out: &mut dyn Write) -> io::Result<()> {
        for section in self.records(Kind::Section) {
            let own = &self.part.dataset.sections[section.index()];
            writeln!(out, "\n<a id=\"{}\"></a>\n", self.anchor(section))?;
            writeln!(out, "## {} {}\n", own.number, escaped(&own.about.name))?;
            write!(out, "{}", self.markdown(&pages::prose(&self.context, &own.about.summary)))?;
            for &paragraph in own.paragraphs.iter().filter(|&&paragraph| self.part.holds(paragraph)) {
                self.page(paragraph, out)?;
            }
        }
        Ok(())
    }

    /// The events by year, each on a line that leads to its page.
    fn timeline(&self, out: &mut dyn Write) -> io::Result<()> {
        let dataset = self.part.dataset;
        let mut before = None;
        for &record in dataset.chronology().iter().filter(|&&record| self.part.holds(record)) {
            let event = &dataset.events[record.index()];
            let year = event.date.as_ref().and_then(|date| date.year());
            if before.is_none() {
                writeln!(out, "\n<a id=\"timeline\"></a>\n\n## Timeline")?;
            }
            if before != Some(year) {
                let heading = year.map_or("Without a date".to_owned(), |year| year.to_string());
                writeln!(out, "\n### {heading}\n")?;
            }
            before = Some(year);
            let date = event.date.as_ref().map(|date| format!("{}: ", escaped(&date.short()))).unwrap_or_default();
            writeln!(out, "- {date}[{}](#{}), {}", escaped(&event.about.name), self.anchor(record), event.kind)?;
        }
        Ok(())
    }

    /// The pages of the records of a kind.
    fn chapter(&self, kind: Kind, out: &mut dyn Write) -> io::Result<()> {
        for (number, record) in self.records(kind).enumerate() {
            if number == 0 {
                let heading = capitalised(plural(kind));
                writeln!(out, "\n<a id=\"{}\"></a>\n\n## {heading}", plural(kind))?;
            }
            self.page(record, out)?;
        }
        Ok(())
    }

    fn page(&self, record: Record, out: &mut dyn Write) -> io::Result<()> {
        let blocks = pages::blocks(&self.context, Place::Record(record), WIDTH);
        write!(out, "\n<a id=\"{}\"></a>\n\n{}", self.anchor(record), self.markdown(&blocks))
    }

    fn markdown(&self, blocks: &[PageBlock]) -> String {
        markdown(blocks, LEVEL, &|place| match place {
            Place::Record(record) if self.part.holds(record) => Some(format!("#{}", self.anchor(record))),
            _ => None,
        })
    }

    fn records(&self, kind: Kind) -> impl Iterator<Item = Record> {
        self.part.dataset.records(kind).filter(|&record| self.part.holds(record))
    }

    /// The name of a record within the document: its address, since ids are letters, digits and hyphens.
    fn anchor(&self, record: Record) -> String {
        self.part.dataset.address(record).replace('/', "-")
    }
}
