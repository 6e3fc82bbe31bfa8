//! What is wrong with a dataset: where, what, and what would be right.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde_json::value::RawValue;

use super::text::Clean;

/// What a finding means for opening the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The file is refused.
    Error,
    /// The file opens; what was found is made harmless.
    Warning,
}

/// One thing that is wrong in a dataset file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it means for opening the file.
    pub severity: Severity,
    /// Where, as a JSON path such as `events[3].date`; empty for the file as a whole.
    pub path: Clean,
    /// The line, from 1; 0 where the file has none.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong, and what would be right.
    pub message: Clean,
    /// Whether it is a link that leads nowhere, without which the file can be read.
    pub dangling: bool,
}

impl Finding {
    /// An error at a JSON path; its line and column are filled in by [`place`].
    pub fn error(path: impl Into<String>, message: impl Into<String>) -> Finding {
        let (path, message) = (Clean::line(path), Clean::line(message));
        Finding { severity: Severity::Error, path, line: 0, column: 0, message, dangling: false }
    }

    /// A finding that does not keep the file from opening.
    pub fn warning(path: impl Into<String>, message: impl Into<String>) -> Finding {
        Finding { severity: Severity::Warning, ..Finding::error(path, message) }
    }

    /// A link that leads nowhere.
    pub fn dangling(path: impl Into<String>, message: impl Into<String>) -> Finding {
        Finding { dangling: true, ..Finding::error(path, message) }
    }

    /// The same finding at a byte of the file.
    pub fn at_byte(self, text: &[u8], byte: usize) -> Finding {
        let before = &text[..byte.min(text.len())];
        let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |found| found + 1);
        let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
        let column = String::from_utf8_lossy(&before[line_start..]).chars().count() + 1;
        Finding { line, column, ..self }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(formatter, "{}:{}: ", self.line, self.column)?;
        }
        if self.severity == Severity::Warning {
            write!(formatter, "warning: ")?;
        }
        if !self.path.is_empty() {
            write!(formatter, "{}: ", self.path)?;
        }
        write!(formatter, "{}", self.message)
    }
}

/// Fills in the lines and columns of findings that know only their path, and puts all in the file's order.
pub fn place(findings: &mut [Finding], text: &str) {
    for finding in findings.iter_mut().filter(|finding| finding.line == 0) {
        *finding = finding.clone().at_byte(text.as_bytes(), offset(text, &finding.path));
    }
    findings.sort_by_key(|finding| (finding.line, finding.column));
}

/// The byte at which the value of a JSON path begins; the nearest value around it where the path goes on too far.
fn offset(text: &str, path: &str) -> usize {
    let mut value = text.trim_start_matches('\u{feff}').trim_start();
    for segment in path.split(['.', '[']).filter(|segment| !segment.is_empty()) {
        let inner = match segment.strip_suffix(']') {
            Some(index) => element(value, index.parse().unwrap_or(usize::MAX)),
            None => member(value, segment),
        };
        let Some(inner) = inner else { break };
        value = inner;
    }
    value.as_ptr() as usize - text.as_ptr() as usize
}

fn element(array: &str, index: usize) -> Option<&str> {
    let elements: Vec<&RawValue> = serde_json::from_str(array).ok()?;
    elements.get(index).map(|element| element.get())
}

fn member<'a>(object: &'a str, key: &str) -> Option<&'a str> {
    let members: BTreeMap<Cow<str>, &RawValue> = serde_json::from_str(object).ok()?;
    members.get(key).map(|member| member.get())
}

/// "; did you mean …?" with the nearest of the names, or nothing when none is near.
pub fn near<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    let scored = names.into_iter().map(|name| (strsim::jaro_winkler(wanted, name), name));
    let best = scored.filter(|&(score, _)| score > 0.8).max_by(|(one, _), (other, _)| one.total_cmp(other));
    best.map_or(String::new(), |(_, name)| format!("; did you mean {name:?}?"))
}
