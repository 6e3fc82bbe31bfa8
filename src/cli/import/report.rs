//! Which rows could not be taken, and why: each in a file where one is wanted, and in a few lines at the end.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::row::Reason;
use crate::cli::Failure;
use crate::cli::file::{Aside, unwritable};
use crate::dataset::Clean;
use crate::wording::thousands;

/// How many lines are named for each reason.
const LINES_NAMED: usize = 5;

/// The rows that were read, and those that could not be taken.
pub struct Report {
    file: Option<csv::Writer<Aside>>,
    rows: u64,
    refused: u64,
    reasons: BTreeMap<&'static str, (u64, Vec<u64>)>,
}

impl Report {
    /// An empty report, which goes to a file as well where one is named. Fails with the file that cannot be written.
    pub fn new(path: Option<&Path>) -> Result<Report, (PathBuf, io::Error)> {
        let create = |path: &Path| {
            let mut file = csv::Writer::from_writer(Aside::new(path)?);
            file.write_record(["line", "reason"]).map_err(io::Error::other)?;
            Ok(file)
        };
        let file = path.map(|path| create(path).map_err(|error| (path.to_owned(), error))).transpose()?;
        Ok(Report { file, rows: 0, refused: 0, reasons: BTreeMap::new() })
    }

    /// Counts a row.
    pub fn count(&mut self) {
        self.rows += 1;
    }

    /// How many rows were read.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// How many rows could not be taken.
    pub fn refused(&self) -> u64 {
        self.refused
    }

    /// Takes note of a row that could not be taken.
    pub fn refuse(&mut self, line: u64, reason: &Reason) -> io::Result<()> {
        self.refused += 1;
        let (count, lines) = self.reasons.entry(reason.group()).or_default();
        *count += 1;
        if lines.len() < LINES_NAMED {
            lines.push(line);
        }
        let Some(file) = &mut self.file else { return Ok(()) };
        file.write_record([line.to_string(), Clean::line(reason.to_string()).to_string()]).map_err(io::Error::other)
    }

    /// The report in a few lines; its file is put in its place.
    pub fn finish(&mut self, path: Option<&Path>) -> Result<Vec<Clean>, Failure> {
        if let (Some(file), Some(path)) = (self.file.take(), path) {
            let file = file.into_inner().map_err(csv::IntoInnerError::into_error);
            file.and_then(Aside::keep).map_err(|error| unwritable(path, &error))?;
        }
        let number = |count: u64| thousands(count as f64);
        let taken = number(self.rows - self.refused);
        if self.refused == 0 {
            return Ok(vec![Clean::line(format!("All {taken} rows were taken."))]);
        }
        let head = format!("{taken} of {} rows were taken, {} were not:", number(self.rows), number(self.refused));
        let reasons = self.reasons.iter().map(|(reason, (count, lines))| {
            let named = lines.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
            let more = if *count > lines.len() as u64 { ", …" } else { "" };
            let word = if *count == 1 { "line" } else { "lines" };
            format!("  {} {reason} ({word} {named}{more})", number(*count))
        });
        let rest = path.map(|path| format!("{} has every one of them with its reason.", path.display()));
        let rest = rest.or_else(|| Some("--report FILE writes every one of them with its reason.".to_owned()));
        Ok(std::iter::once(head).chain(reasons).chain(rest).map(Clean::line).collect())
    }
}
