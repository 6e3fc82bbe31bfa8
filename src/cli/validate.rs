//! `detente validate`: everything that is wrong in a dataset, at once.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::paper::Paper;
use super::{Answer, Exit, Failure, json, open};
use crate::dataset::{self, Finding, Severity};
use crate::wording::several;

/// The arguments of `validate`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "Examples:\n  detente validate chronology.json\n  detente validate --json - < chronology.json")]
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

/// Prints every finding in the file's order.
pub fn run(arguments: &Arguments, data: Option<&Path>, paper: &mut Paper<impl Write>) -> Answer {
    let (name, bytes) = open::bytes(arguments.file.as_deref().or(data)).map_err(Failure::Usage)?;
    let reading = dataset::read(&bytes);
    let records = reading.dataset.as_ref().map_or(0, dataset::Dataset::len);
    if arguments.json {
        let printed: Vec<Printed> = reading.findings.iter().map(printed).collect();
        json::object(paper, &printed)?;
    } else {
        for finding in &reading.findings {
            writeln!(paper, "{name}:{finding}")?;
        }
        if reading.findings.is_empty() {
            writeln!(paper, "{name}: no findings in {}", several(records, "record"))?;
        }
    }
    Ok(if reading.findings.is_empty() { Exit::Found } else { Exit::Nothing })
}

fn printed(finding: &Finding) -> Printed<'_> {
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    Printed { severity, path: &finding.path, line: finding.line, column: finding.column, message: &finding.message }
}
