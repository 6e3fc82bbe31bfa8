//! What was measured, where and when, in `benches/RESULTS.md`: each measurement replaces its own section.
#![allow(dead_code, reason = "each measurement uses the part that it needs")]

use std::fmt;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What stands above all sections.
const HEAD: &str = "# What was measured

Each section is written by the measurement that it names, whenever that is run; `README.md` beside this file says how, \
and what each figure means. Times on one machine say nothing about another: what counts is how they compare with those \
of the same run.
";

/// A table as Markdown, in columns that a terminal shows in line: the first to the left, the others to the right.
#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these headings.
    pub fn new<S: ToString>(headings: impl IntoIterator<Item = S>) -> Table {
        let mut table = Table::default();
        table.row(headings);
        table
    }

    /// Adds a row.
    pub fn row<S: ToString>(&mut self, cells: impl IntoIterator<Item = S>) {
        self.rows.push(cells.into_iter().map(|cell| cell.to_string()).collect());
    }

    fn width(&self, column: usize) -> usize {
        self.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, row) in self.rows.iter().enumerate() {
            for (column, cell) in row.iter().enumerate() {
                let width = self.width(column).max(3);
                match column {
                    0 => write!(formatter, "| {cell:<width$} |")?,
                    _ => write!(formatter, " {cell:>width$} |")?,
                }
            }
            writeln!(formatter)?;
            for column in (0..row.len()).filter(|_| index == 0) {
                let line = "-".repeat(self.width(column).max(3));
                write!(formatter, "{}", if column == 0 { format!("| {line} |") } else { format!(" {line}:|") })?;
            }
            if index == 0 {
                writeln!(formatter)?;
            }
        }
        Ok(())
    }
}

/// Puts a section in the place of the one with the same heading in `benches/RESULTS.md`, or at its end. The command is
/// the one that measures again what the section says; `peers` are the programs that were measured beside this one, as in
/// `fzf 0.66.0`.
pub fn replace(heading: &str, command: &str, peers: &[String], body: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/RESULTS.md");
    let old = fs::read_to_string(&path).unwrap_or_default();
    let mut sections: Vec<(String, String)> = sections(&old);
    let section = format!("`{command}` on {}\n\n{}\n", machine(peers), body.trim_end());
    match sections.iter_mut().find(|(name, _)| name == heading) {
        Some((_, text)) => *text = section,
        None => sections.push((heading.to_owned(), section)),
    }
    let sections = sections.iter().map(|(name, text)| format!("\n## {name}\n\n{text}"));
    fs::write(&path, std::iter::once(HEAD.to_owned()).chain(sections).collect::<String>()).unwrap();
}

/// The sections of a file of results by their headings, in order.
fn sections(text: &str) -> Vec<(String, String)> {
    let parts = text.split("\n## ").skip(1);
    parts.filter_map(|part| part.split_once("\n\n")).map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
}

/// The machine, its system, the programs and the day, in one line.
fn machine(peers: &[String]) -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let own = format!("detente {} ({})", env!("CARGO_PKG_VERSION"), said("git", &["rev-parse", "--short", "HEAD"]));
    let day = jiff::Timestamp::now().strftime("%F").to_string();
    let facts = [format!("{}, {cores} cores", processor()), system(), said("rustc", &["--version"]), own];
    let facts = facts.into_iter().chain(peers.iter().cloned()).chain([day]);
    facts.filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn processor() -> String {
    let information = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let names = information.lines().filter_map(|line| line.split_once(':'));
    let name = names.into_iter().find(|(key, _)| key.trim() == "model name").map(|(_, name)| name.trim().to_owned());
    name.unwrap_or_else(|| std::env::consts::ARCH.to_owned())
}

fn system() -> String {
    said("uname", &["-sr"])
}

/// What a program says in its first line; nothing where it cannot be run.
pub fn said(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    text.lines().next().unwrap_or_default().trim().to_owned()
}

/// The median of some figures.
pub fn median(figures: &mut [f64]) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}
