//! The table, row by row.

use std::io::{self, BufRead, BufReader, Read};

use csv::{ByteRecord, ReaderBuilder};

use super::map::{Headings, Map};
use super::row::Reason;
use crate::dataset::{Clean, near};
use crate::wording::went_wrong;

/// A table that is being read.
pub struct Table<R> {
    rows: csv::Reader<BufReader<R>>,
    record: ByteRecord,
    headings: Headings,
    width: usize,
    /// The lines by which the reader of the table lags behind: where lines end with CR LF, it takes the LF for a part of
    /// the next one.
    lag: u64,
}

/// A row of a table.
pub struct Row<'t> {
    /// The line on which it begins, from 1.
    pub line: u64,
    record: &'t ByteRecord,
    headings: &'t Headings,
    width: usize,
}

impl<R: Read> Table<R> {
    /// Reads the headings. Fails where a column that the map names is not among them.
    pub fn new(source: R, map: &Map) -> Result<Table<R>, Clean> {
        let delimiter = map.table.delimiter.unwrap_or(',');
        let delimiter = u8::try_from(delimiter).map_err(|_| Clean::line("the delimiter is not one byte"))?;
        let mut source = BufReader::with_capacity(1 << 16, source);
        let begin = source.fill_buf().map_err(|error| Clean::line(went_wrong(&error)))?;
        let line = begin.split(|&byte| byte == b'\n').next().unwrap_or_default();
        let lag = u64::from(line.len() < begin.len() && line.ends_with(b"\r"));
        let mut rows = ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(map.table.header.is_none())
            .from_reader(source);
        let headings: Vec<String> = match &map.table.header {
            Some(header) => header.clone(),
            None => rows.headers().map_err(|error| Clean::line(unreadable(&error)))?.iter().map(heading).collect(),
        };
        for (place, column) in map.columns() {
            if !headings.contains(&column) {
                let near = near(&column, headings.iter().map(String::as_str));
                return Err(Clean::line(format!(
                    "there is no column {column:?}, which [{place}] of the map names{near}"
                )));
            }
        }
        let width = headings.len();
        let headings = headings.into_iter().enumerate().rev().map(|(number, heading)| (heading, number)).collect();
        Ok(Table { rows, record: ByteRecord::new(), headings, width, lag })
    }

    /// The next row; none at the end.
    pub fn next_row(&mut self) -> io::Result<Option<Row<'_>>> {
        let more = self.rows.read_byte_record(&mut self.record).map_err(io::Error::other)?;
        let lag = |position: &csv::Position| if position.byte() > 0 { self.lag } else { 0 };
        let line = self.record.position().map_or(0, |position| position.line() + lag(position));
        Ok(more.then_some(Row { line, record: &self.record, headings: &self.headings, width: self.width }))
    }
}

impl Row<'_> {
    /// Fails where the row has another number of cells than the table, or a cell is no text.
    pub fn check(&self) -> Result<(), Reason> {
        if self.record.len() != self.width {
            return Err(Reason::Width(self.record.len(), self.width));
        }
        match self.record.iter().all(|cell| std::str::from_utf8(cell).is_ok()) {
            true => Ok(()),
            false => Err(Reason::NotText),
        }
    }

    /// What stands in a column; nothing where it has no such cell.
    pub fn cell(&self, column: &str) -> &str {
        let number = self.headings.get(column).copied();
        let cell = number.and_then(|number| self.record.get(number));
        cell.and_then(|cell| std::str::from_utf8(cell).ok()).unwrap_or_default()
    }
}

/// A heading without what hides before or around it.
fn heading(heading: &str) -> String {
    heading.trim_start_matches('\u{feff}').trim().to_owned()
}

fn unreadable(error: &csv::Error) -> String {
    format!("the headings cannot be read: {error}")
}
