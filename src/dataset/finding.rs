//! What is wrong with a dataset: where, what, and what would be right.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde_json::value::RawValue;

use super::text::Clean;

/// The longest that is told of one thing, in bytes.
const LONGEST_TOLD: usize = 1_200;

/// How alike two words are, from 0 to 1, beyond which one may have been meant by the other (Jaro and Winkler's measure).
const NEAR: f64 = 0.8;

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
    /// An error at a JSON path; its line and column are filled in when all are placed in the text.
    pub fn error(path: impl Into<String>, message: impl Into<String>) -> Finding {
        let (path, message) = (Clean::line(path), Clean::line(brief(&message.into())));
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

/// A text without its middle where it is longer than anybody reads: a word of a file may be as long as the file.
fn brief(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST_TOLD {
        return Cow::Borrowed(text);
    }
    let (before, after) = (LONGEST_TOLD * 2 / 3, text.len() - LONGEST_TOLD / 3);
    let end = (0..=before).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let start = (after..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
    Cow::Owned(format!("{} … {}", &text[..end], &text[start..]))
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
            write!(formatter, "{}: ", brief(&self.path))?;
        }
        write!(formatter, "{}", self.message)
    }
}

/// Fills in the lines and columns of findings that know only their path, and puts all in the file's order. The file is
/// gone through once, however many they are.
pub fn place(findings: &mut [Finding], text: &str) {
    let paths = findings.iter().enumerate().filter(|(_, finding)| finding.line == 0);
    let mut wanted: Vec<Wanted> = paths.map(|(index, finding)| Wanted::new(index, &finding.path)).collect();
    let value = text.trim_start_matches('\u{feff}').trim_start();
    let mut offsets = Vec::with_capacity(wanted.len());
    find(text, value, &mut wanted, 0, &mut offsets);
    offsets.sort_unstable();
    let (mut line, mut start, mut seen) = (1, 0, 0);
    for (offset, index) in offsets {
        for (at, _) in text[seen..offset].match_indices('\n') {
            (line, start) = (line + 1, seen + at + 1);
        }
        seen = offset;
        (findings[index].line, findings[index].column) = (line, text[start..offset].chars().count() + 1);
    }
    findings.sort_by_key(|finding| (finding.line, finding.column));
}

/// A path that is looked for.
struct Wanted {
    finding: usize,
    segments: Vec<String>,
}

impl Wanted {
    fn new(finding: usize, path: &str) -> Wanted {
        let segments = path.split(['.', '[']).filter(|segment| !segment.is_empty());
        Wanted { finding, segments: segments.map(str::to_owned).collect() }
    }
}

/// Finds the bytes at which the values of paths begin, of which `depth` segments lead to `value`; of a path that goes on
/// too far, the byte of the nearest value around it.
fn find(text: &str, value: &str, wanted: &mut [Wanted], depth: usize, offsets: &mut Vec<(usize, usize)>) {
    let here = value.as_ptr() as usize - text.as_ptr() as usize;
    wanted.sort_by(|one, other| one.segments.get(depth).cmp(&other.segments.get(depth)));
    let goes_on = wanted.iter().any(|wanted| wanted.segments.len() > depth);
    let inner = if goes_on { Inner::of(value) } else { Inner::default() };
    for group in wanted.chunk_by_mut(|one, other| one.segments.get(depth) == other.segments.get(depth)) {
        match group[0].segments.get(depth).and_then(|segment| inner.get(segment)) {
            Some(value) => find(text, value, group, depth + 1, offsets),
            None => offsets.extend(group.iter().map(|wanted| (here, wanted.finding))),
        }
    }
}

/// The values within a value.
#[derive(Default)]
struct Inner<'a> {
    elements: Vec<&'a RawValue>,
    members: BTreeMap<Cow<'a, str>, &'a RawValue>,
}

impl<'a> Inner<'a> {
    fn of(value: &'a str) -> Inner<'a> {
        Inner {
            elements: serde_json::from_str(value).unwrap_or_default(),
            members: serde_json::from_str(value).unwrap_or_default(),
        }
    }

    fn get(&self, segment: &str) -> Option<&'a str> {
        let value = match segment.strip_suffix(']') {
            Some(index) => index.parse().ok().and_then(|index: usize| self.elements.get(index)),
            None => self.members.get(segment),
        };
        value.map(|value| value.get())
    }
}

/// "; did you mean …?" with the nearest of the names, or nothing when none is near.
pub fn near<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    nearest(wanted, names).map_or(String::new(), |name| format!("; did you mean {name:?}?"))
}

/// The nearest of the names; `None` where none is near.
pub(super) fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let scored = names.into_iter().map(|name| (strsim::jaro_winkler(wanted, name), name));
    let best = scored.filter(|&(score, _)| score > NEAR).max_by(|(one, _), (other, _)| one.total_cmp(other));
    best.map(|(_, name)| name)
}
