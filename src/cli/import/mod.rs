//! `detente import`: a table of events, one row an event, becomes a dataset. The table streams through: what is kept is
//! who, where and which months there are, never the rows.

mod dates;
mod map;
mod output;
mod report;
mod row;
mod shared;
mod table;

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::file::{unwritable, write};
use super::open::reader;
use super::paper::Paper;
use super::{Answer, Exit, Failure, tell};
use crate::dataset::{Clean, LARGEST_FILE};
use crate::wording::thousands;

use map::Map;
use output::Output;
use report::Report;
use table::Table;

/// How many rows pass between two looks at the progress bar.
const ROWS_BETWEEN_LOOKS: u64 = 4096;

/// The arguments of `import`.
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  detente import events.csv --map acled --output dataset.json\n  detente import ged.csv --map ucdp-ged | detente validate -\n  detente import table.csv --map map.toml --output dataset.json --report refused.csv"
)]
pub struct Arguments {
    /// The table, with a line of headings unless the map has them; - reads standard input
    pub table: PathBuf,
    /// What the columns mean: acled, ucdp-ged, or a file of the shape that docs/import.md describes
    #[arg(long, value_name = "MAP")]
    pub map: String,
    /// Write the dataset to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write the rows that could not be taken to a file: line, reason
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// The title of the dataset, instead of the map's
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
}

/// Writes the dataset, and tells which rows could not be taken. Some such rows end with the exit code 1.
pub fn run(arguments: &Arguments, paper: &mut Paper<impl Write>) -> Answer {
    let usage = |message: Clean| Failure::Usage(Clean::line(format!("detente: {message}")));
    let map = Map::named(&arguments.map).map_err(usage)?;
    let (source, length) = reader(&arguments.table).map_err(usage)?;
    let bar = bar(length);
    let mut table = Table::new(bar.wrap_read(source), &map)
        .map_err(|why| usage(Clean::line(format!("{}: {why}", arguments.table.display()))))?;
    let mut report = Report::new(arguments.report.as_deref()).map_err(|(path, error)| unwritable(&path, &error))?;
    let mut written = 0;
    write(arguments.output.as_deref(), paper, |out| {
        let mut output = Output::new(out, &map, arguments.title.as_deref());
        while let Some(row) = table.next_row()? {
            match row::read(&row, &map, &mut output) {
                Ok(event) => output.event(&event)?,
                Err(reason) => report.refuse(row.line, &reason)?,
            }
            report.count();
            if report.rows() % ROWS_BETWEEN_LOOKS == 0 {
                bar.set_message(format!("{} rows", thousands(report.rows() as f64)));
            }
        }
        written = output.finish()?;
        Ok(())
    })?;
    bar.finish_and_clear();
    report.finish(arguments.report.as_deref())?.iter().for_each(tell);
    if written > LARGEST_FILE as u64 {
        let limit = LARGEST_FILE >> 20;
        let message =
            format!("detente: the dataset has {} MiB, more than the {limit} MiB that detente opens", written >> 20);
        tell(&Clean::line(message));
    }
    Ok(if report.refused() == 0 && report.rows() > 0 { Exit::Found } else { Exit::Nothing })
}

/// A bar of the bytes read, or a count of rows where their number is not known; only in a terminal.
fn bar(length: Option<u64>) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::stderr());
    let template = if length.is_some() { "{bar:40} {percent:>3} %  {msg}  {eta} left" } else { "{spinner} {msg}" };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.with_style(style.progress_chars("=> "))
}
