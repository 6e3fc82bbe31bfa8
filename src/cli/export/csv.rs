//! Tables after RFC 4180, one for each kind of record: an address, its fields, and nothing that a spreadsheet would run.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use csv::{Terminator, WriterBuilder};
use serde_json::Value;

use super::{Filters, Part};
use crate::cli::file::{create, unwritable};
use crate::cli::paper::Paper;
use crate::cli::{Answer, Exit, Failure};
use crate::dataset::{Clean, Dataset, Kind, Record, Vocabulary, prose};
use crate::wording::plural;

/// What Excel has to see before it reads a file as UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// What stands between the values of one cell.
const BETWEEN: &str = "; ";

/// Fields that hold small Markdown, of which a table shows the words.
const PROSE: [&str; 3] = ["summary", "note", "text"];

/// The arguments of `export csv`.
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  detente export csv --output tables\n  detente export csv > events.csv\n  detente export csv --table country --bom > countries.csv"
)]
pub struct Arguments {
    /// Write every table into a directory, as events.csv, countries.csv and so on
    #[arg(short, long, value_name = "DIR", conflicts_with = "table")]
    pub output: Option<PathBuf>,
    /// The table for standard output: event, country, organisation… [default: that of --kind, or event]
    #[arg(long, value_name = "KIND", value_parser = kind)]
    pub table: Option<Kind>,
    /// Begin with a byte order mark, without which Excel takes the letters for others
    #[arg(long)]
    pub bom: bool,
    /// Which records are written.
    #[command(flatten)]
    pub filters: Filters,
}

/// The kind that a word names, in the singular or the plural.
fn kind(word: &str) -> Result<Kind, String> {
    let found = Kind::ALL.iter().copied().find(|&kind| kind.word() == word || plural(kind) == word);
    let words = || Kind::ALL.iter().map(|kind| kind.word()).collect::<Vec<_>>().join(", ");
    found.ok_or_else(|| format!("the kinds of record are {}", words()))
}

/// Writes one table to standard output, or all into a directory.
pub fn run(arguments: &Arguments, dataset: &'static Dataset, paper: &mut Paper<impl Write>) -> Answer {
    let part = Part::new(dataset, &arguments.filters)?;
    match &arguments.output {
        Some(directory) => all_tables(&part, directory, arguments.bom)?,
        None => {
            let filtered = arguments.filters.kind.iter().find_map(|word| kind(word).ok());
            let kind = arguments.table.or(filtered).unwrap_or(Kind::Event);
            let count = table(&part, kind, paper, arguments.bom)?;
            return Ok(if count == 0 { Exit::Nothing } else { Exit::Found });
        }
    }
    part.found()
}

fn all_tables(part: &Part, directory: &Path, bom: bool) -> Result<(), Failure> {
    fs::create_dir_all(directory).map_err(|error| unwritable(directory, &error))?;
    for &kind in Kind::ALL {
        let path = directory.join(format!("{}.csv", plural(kind)));
        create(&path, |out| table(part, kind, out, bom).map(drop)).map_err(|error| unwritable(&path, &error))?;
    }
    Ok(())
}

/// Writes the table of a kind; answers how many rows it has under its heading.
fn table(part: &Part, kind: Kind, mut out: impl Write, bom: bool) -> io::Result<usize> {
    if bom {
        write!(out, "{BYTE_ORDER_MARK}")?;
    }
    let mut table = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    let columns = columns(kind);
    table.write_record(["address"].iter().chain(&columns)).map_err(from_csv)?;
    let mut count = 0;
    for record in part.dataset.records(kind).filter(|&record| part.holds(record)) {
        table.write_record(row(part.dataset, record, &columns)?).map_err(from_csv)?;
        count += 1;
    }
    table.flush()?;
    Ok(count)
}

fn row(dataset: &Dataset, record: Record, columns: &[&str]) -> io::Result<Vec<String>> {
    let fields = serde_json::to_value(dataset.published(record))?;
    let derived = |column: &str| {
        let date = dataset.entity(record).date();
        let day = |day: Option<crate::dataset::Day>| day.map(|day| day.to_string()).unwrap_or_default();
        match column {
            "from" => day(date.and_then(|date| date.first())),
            "to" => day(date.and_then(|date| date.last())),
            "section" => section(dataset, record),
            _ => String::new(),
        }
    };
    let cell = |&column: &&str| match &fields[column] {
        Value::Null => derived(column),
        Value::String(text) if PROSE.contains(&column) => harmless(prose::plain(text)),
        value => harmless(words(value)),
    };
    Ok([dataset.address(record)].into_iter().chain(columns.iter().map(cell)).collect())
}

/// The error of the writing itself, so that a closed pipe is known as one.
pub(super) fn from_csv(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// The section that a paragraph stands in.
fn section(dataset: &Dataset, paragraph: Record) -> String {
    let paragraph = (paragraph.kind == Kind::Paragraph).then(|| &dataset.paragraphs[paragraph.index()]);
    paragraph.map(|paragraph| dataset.address(paragraph.section)).unwrap_or_default()
}

fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(words).collect::<Vec<_>>().join(BETWEEN),
        other => other.to_string(),
    }
}

/// The text of a cell, which no spreadsheet takes for a formula.
fn harmless(text: String) -> String {
    let begins_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    let text = Clean::line(text);
    if begins_formula { format!("'{text}") } else { text.to_string() }
}

/// The columns of a table behind the address, in the order of the published shape. `from` and `to` are the first and
/// the last day that a date can mean.
fn columns(kind: Kind) -> Vec<&'static str> {
    let own = match kind {
        Kind::Section => "number",
        Kind::Paragraph => return vec!["number", "section", "text", "note"],
        Kind::Event => {
            "date from to date_basis kind direction level round first countries organisations documents places \
             exercise mechanism topics"
        }
        Kind::Mechanism => "since from to countries organisations rounds_stated",
        Kind::Country => "official_name region capital lat lon",
        Kind::Organisation => "short kind country",
        Kind::Document => "kind date from to status countries organisations",
        Kind::Exercise => "kind countries organisations",
        Kind::Place => "country lat lon",
        Kind::Figure => "value qualifier unit date from to part_of countries organisations",
        Kind::Position => "kind date from to of organisations countries",
    };
    let shared = ["summary", "note", "aliases", "as_printed", "cites"];
    ["name"].into_iter().chain(own.split(' ')).chain(shared).collect()
}
