//! `detente export`: the dataset, or the part of it that filters admit, for other programs. One file for each format.

mod anki;
mod csv;
mod json;
mod md;
mod slides;

use std::collections::HashSet;
use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::file::write;
use super::filters::Filters;
use super::paper::Paper;
use super::{Answer, Exit, Failure};
use crate::dataset::{Dataset, Record};

/// The arguments of `export`.
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  detente export csv --output tables\n  detente export md --output chronology.md\n  detente export json --country ru > russia.json"
)]
pub struct Arguments {
    /// What is written.
    #[command(subcommand)]
    pub format: Format,
}

/// The formats.
#[derive(Debug, Clone, Subcommand)]
pub enum Format {
    /// A dataset of the published shape, which --data opens
    Json(Options),
    /// Tables for a spreadsheet, one for each kind of record
    Csv(csv::Arguments),
    /// One readable document with links within it
    Md(Options),
    /// Cards that Anki imports
    Anki(anki::Arguments),
    /// A tour as slides that presenterm opens
    Slides(slides::Arguments),
}

/// What every format can be told.
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  detente export json --output copy.json\n  detente export json --year 2003 | detente validate -\n  detente export md --topic maritime"
)]
pub struct Options {
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Which records are written.
    #[command(flatten)]
    pub filters: Filters,
}

/// Writes the records that the filters admit.
pub fn run(arguments: &Arguments, dataset: &'static Dataset, paper: &mut Paper<impl Write>) -> Answer {
    match &arguments.format {
        Format::Json(options) => {
            let part = Part::with_all_they_name(dataset, &options.filters)?;
            write(options.output.as_deref(), paper, |out| json::write(&part, out))?;
            part.found()
        }
        Format::Csv(arguments) => csv::run(arguments, dataset, paper),
        Format::Anki(arguments) => anki::run(arguments, dataset, paper),
        Format::Slides(arguments) => slides::run(arguments, dataset, paper),
        Format::Md(options) => {
            let part = Part::new(dataset, &options.filters)?;
            write(options.output.as_deref(), paper, |out| md::write(&part, out))?;
            part.found()
        }
    }
}

/// The records of a dataset that are written.
struct Part {
    dataset: &'static Dataset,
    /// The records; `None` for all.
    records: Option<HashSet<Record>>,
    /// How many the filters admitted.
    admitted: usize,
}

impl Part {
    /// The records that the filters admit.
    fn new(dataset: &'static Dataset, filters: &Filters) -> Result<Part, Failure> {
        let filters = filters.read(dataset)?;
        if filters.is_empty() {
            return Ok(Part { dataset, records: None, admitted: dataset.len() });
        }
        let records: HashSet<Record> = dataset.all().filter(|&record| filters.admit(record, dataset)).collect();
        Ok(Part { dataset, admitted: records.len(), records: Some(records) })
    }

    /// The records that the filters admit, with every record that they name in a field, so that the part stands by
    /// itself.
    fn with_all_they_name(dataset: &'static Dataset, filters: &Filters) -> Result<Part, Failure> {
        let mut part = Part::new(dataset, filters)?;
        let Some(records) = &mut part.records else { return Ok(part) };
        records.extend(dataset.source.subject);
        let mut open: Vec<Record> = records.iter().copied().collect();
        while let Some(record) = open.pop() {
            let named = dataset.links(record).iter().filter(|link| !link.incoming && link.relation.is_field());
            open.extend(named.map(|link| link.record).filter(|&named| records.insert(named)));
        }
        Ok(part)
    }

    /// Says whether a record is written.
    fn holds(&self, record: Record) -> bool {
        self.records.as_ref().is_none_or(|records| records.contains(&record))
    }

    fn found(&self) -> Answer {
        Ok(if self.admitted == 0 { Exit::Nothing } else { Exit::Found })
    }
}
