//! `detente validate`: everything that is wrong in a dataset, at once.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::open::open;
use crate::dataset::{self, Clean, Finding, Severity};

/// Nothing was found.
const CLEAN: u8 = 0;
/// Something was found.
const FINDINGS: u8 = 1;
/// The file could not be read at all.
const UNREADABLE: u8 = 2;

/// The arguments of `validate`.
#[derive(Debug, Clone, Args)]
pub struct Arguments {
    /// The dataset to check; - reads standard input, nothing means the shipped one
    pub file: Option<PathBuf>,
    /// Print an array of findings with severity, path, line, column and message
    #[arg(long)]
    pub json: bool,
}

/// A finding as `--json` prints it.
#[derive(Serialize)]
struct Printed<'a> {
    severity: &'static str,
    path: &'a str,
    line: usize,
    column: usize,
    message: &'a str,
}

/// Prints every finding in the file's order; answers the exit code: 0 for none, 1 for some, 2 for an unreadable file.
pub fn run(arguments: &Arguments, out: &mut impl Write) -> io::Result<u8> {
    let (name, bytes) = match &arguments.file {
        None => (Clean::line("shipped dataset"), Ok(dataset::SHIPPED.as_bytes().to_vec())),
        Some(path) => (Clean::line(path.display().to_string()), open(path)),
    };
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(message) => {
            writeln!(io::stderr(), "{message}")?;
            return Ok(UNREADABLE);
        }
    };
    let reading = dataset::read(&bytes);
    let records = reading.dataset.as_ref().map_or(0, dataset::Dataset::len);
    if arguments.json {
        let printed: Vec<Printed> = reading.findings.iter().map(printed).collect();
        serde_json::to_writer_pretty(&mut *out, &printed)?;
        writeln!(out)?;
    } else {
        for finding in &reading.findings {
            writeln!(out, "{name}:{finding}")?;
        }
        if reading.findings.is_empty() {
            writeln!(out, "{name}: no findings in {records} records")?;
        }
    }
    Ok(if reading.findings.is_empty() { CLEAN } else { FINDINGS })
}

fn printed(finding: &Finding) -> Printed<'_> {
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    Printed { severity, path: &finding.path, line: finding.line, column: finding.column, message: &finding.message }
}
