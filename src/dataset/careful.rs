//! The careful way to read a dataset file: limits, JSON, records, links, and all findings at once, each with its place.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;

use super::Dataset;
use super::address::{Addresses, Names, nearest};
use super::entity::Record;
use super::file::{self, Named};
use super::finding::{self, Finding, Severity, near};
use super::load::{DEEPEST_NESTING, LARGEST_FILE, Reading};
use super::resolve::{Directory, Resolver};
use super::text::Clean;
use super::validate::across_records;
use super::vocabulary::Kind;

/// How many records that do not fit are told; a file with more of them is no dataset, and would fill the memory.
const MOST_FINDINGS: usize = 10_000;

/// Reads a dataset file and says everything that is wrong with it; where that is so asked, opens it without the links
/// that lead nowhere if nothing else is wrong.
pub(super) fn read(bytes: &[u8], lenient: bool) -> Reading {
    let Parsed { text, file, mut findings, misfits } = match text(bytes).and_then(parse) {
        Ok(parsed) => parsed,
        Err(finding) => return Reading { dataset: None, findings: vec![finding] },
    };
    let dataset = file.and_then(|file| {
        let mut found = Vec::new();
        let dataset = resolve(file, &mut found);
        // A blank stands in for a record that does not fit; what is wrong with the blank is of no interest.
        found.retain(|finding| !is_within_any(&finding.path, &misfits));
        findings.extend(found);
        dataset
    });
    finding::place(&mut findings, text);
    let refuses = |finding: &Finding| finding.severity == Severity::Error && !(lenient && finding.dangling);
    let refused = findings.iter().any(refuses);
    Reading { dataset: dataset.filter(|_| !refused), findings }
}

/// The bytes as text within the limits.
fn text(bytes: &[u8]) -> Result<&str, Finding> {
    if bytes.len() > LARGEST_FILE {
        let limit = LARGEST_FILE / 1024 / 1024;
        return Err(Finding::error("", format!("the file is larger than {limit} MiB, the largest that is read")));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Finding::error("", "the file is in UTF-16; save it as UTF-8").at_byte(bytes, 0));
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    if let Some(byte) = too_deep(bytes) {
        let message = format!("arrays and objects nest deeper than {DEEPEST_NESTING} levels, the deepest that is read");
        return Err(Finding::error("", message).at_byte(bytes, byte));
    }
    std::str::from_utf8(bytes)
        .map_err(|error| Finding::error("", "the file is not UTF-8 here").at_byte(bytes, error.valid_up_to()))
}

/// The byte at which the nesting passes the limit.
fn too_deep(bytes: &[u8]) -> Option<usize> {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => depth += 1,
            b']' | b'}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST_NESTING {
            return Some(at);
        }
    }
    None
}

/// A file as far as it could be parsed.
struct Parsed<'a> {
    text: &'a str,
    /// The file; `None` where a whole list is missing, without which nothing more can be said.
    file: Option<file::Dataset>,
    findings: Vec<Finding>,
    /// The paths of the records that do not fit.
    misfits: HashSet<String>,
}

/// Parses the file as a whole, and where a record does not fit, each record by itself, so that all faults are found.
fn parse(text: &str) -> Result<Parsed<'_>, Finding> {
    match parse_value(text) {
        Ok(file) => Ok(Parsed { text, file: Some(file), findings: Vec::new(), misfits: HashSet::new() }),
        Err(error) if error.inner().is_data() => {
            let lists = serde_json::from_str(text).unwrap_or_default();
            let mut records = Records { lists, findings: Vec::new(), misfits: HashSet::new(), whole: true };
            let file = records.file();
            if records.findings.is_empty() {
                records.findings.push(misfit("", &error));
            }
            let file = records.whole.then_some(file);
            Ok(Parsed { text, file, findings: records.findings, misfits: records.misfits })
        }
        Err(error) => {
            let (line, column) = (error.inner().line(), error.inner().column().max(1));
            let message = format!("the file is no valid JSON: {}", without_position(error.inner()));
            Err(Finding { line, column, ..Finding::error("", message) })
        }
    }
}

type ParseError = serde_path_to_error::Error<serde_json::Error>;

/// Parses one value.
fn parse_value<T: DeserializeOwned>(text: &str) -> Result<T, ParseError> {
    let mut json = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut json)?;
    json.end().map_err(|error| ParseError::new(serde_path_to_error::Track::new().path(), error))?;
    Ok(value)
}

/// The lists of a file of which a record does not fit.
struct Records<'a> {
    lists: BTreeMap<String, &'a RawValue>,
    findings: Vec<Finding>,
    misfits: HashSet<String>,
    /// Whether every list could be read, if not every record of it.
    whole: bool,
}

impl Records<'_> {
    fn file(&mut self) -> file::Dataset {
        let names: Vec<String> = self.lists.keys().cloned().collect();
        let known = known_fields("");
        let unknown = names.iter().filter(|name| !known.contains(name));
        self.findings.extend(unknown.map(|name| unknown_field(name)));
        file::Dataset {
            source: self.one("source"),
            sections: self.list("sections", true),
            events: self.list("events", true),
            mechanisms: self.list("mechanisms", false),
            countries: self.list("countries", false),
            organisations: self.list("organisations", false),
            documents: self.list("documents", false),
            exercises: self.list("exercises", false),
            places: self.list("places", false),
            figures: self.list("figures", false),
            positions: self.list("positions", false),
            tours: self.list("tours", false),
        }
    }

    fn one<T: DeserializeOwned + Default>(&mut self, name: &str) -> T {
        match self.lists.get(name) {
            Some(raw) => self.parse(raw.get(), name),
            None => {
                self.whole = false;
                self.findings.push(Finding::error("", format!("the field {name:?} is missing")));
                T::default()
            }
        }
    }

    fn list<T: DeserializeOwned + Default + Named>(&mut self, name: &str, owed: bool) -> Vec<T> {
        if !owed && !self.lists.contains_key(name) {
            return Vec::new();
        }
        let raw: Vec<&RawValue> = match self.lists.get(name).map(|raw| serde_json::from_str(raw.get())) {
            Some(Ok(records)) => records,
            Some(Err(_)) => {
                self.whole = false;
                self.findings.push(Finding::error(name, "a list of records is expected here"));
                return Vec::new();
            }
            None => return self.one(name),
        };
        let mut records = Vec::new();
        for (index, raw) in raw.into_iter().enumerate() {
            let found = self.findings.len();
            if found >= MOST_FINDINGS {
                self.whole = false;
                self.findings.push(Finding::error(name, format!("after {found} findings nothing more is looked at")));
                break;
            }
            let mut record: T = self.parse(raw.get(), &format!("{name}[{index}]"));
            if self.findings.len() > found && record.id().is_empty() {
                record.set_id(serde_json::from_str(raw.get()).map(|id: Id| id.id).unwrap_or_default());
            }
            records.push(record);
        }
        records
    }

    /// A value, or a blank in its place and a finding. Unknown fields are findings too, and left out.
    fn parse<T: DeserializeOwned + Default>(&mut self, text: &str, path: &str) -> T {
        let parsed = parse_value(text).or_else(|error| match serde_json::from_str(text) {
            Ok(mut value) if has_unknown_field(&error) => {
                leave_out_unknown(&mut value, path, &mut self.findings);
                serde_path_to_error::deserialize(value)
            }
            _ => Err(error),
        });
        parsed.unwrap_or_else(|error| {
            self.findings.push(misfit(path, &error));
            self.misfits.insert(path.to_owned());
            T::default()
        })
    }
}

/// The name in a record's address, all that is read of a record which does not fit.
#[derive(Deserialize)]
struct Id {
    id: String,
}

fn misfit(path: &str, error: &ParseError) -> Finding {
    let inner = error.path().to_string();
    let path = if inner == "." { path.to_owned() } else { joined(path, &inner) };
    Finding::error(path, without_position(error.inner()).replace('`', "\""))
}

/// What a JSON error says, without the position that a finding gives itself, and without the names of Rust's types.
fn without_position(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let message = text.rsplit_once(" at line ").map_or(&*text, |(message, _)| message);
    let words = [("expected u32", "expected a whole number"), ("expected f64", "expected a number")];
    let words = words.into_iter().chain([("a sequence", "a list"), ("expected struct", "expected a record, as")]);
    words.fold(message.to_owned(), |message, (from, to)| message.replace(from, to))
}

/// Says whether a path lies at or below one of others.
fn is_within_any(path: &str, outer: &HashSet<String>) -> bool {
    let ends = path.char_indices().filter(|(_, letter)| matches!(letter, '.' | '[')).map(|(end, _)| end);
    !outer.is_empty() && ends.chain([path.len()]).any(|end| outer.contains(&path[..end]))
}

/// A path and a path within it, with indices in brackets.
fn joined(path: &str, inner: &str) -> String {
    inner.split('.').filter(|segment| !matches!(*segment, "" | "?")).fold(
        path.to_owned(),
        |path, segment| match segment.parse::<usize>() {
            Ok(index) => format!("{path}[{index}]"),
            Err(_) if path.is_empty() => segment.to_owned(),
            Err(_) => format!("{path}.{segment}"),
        },
    )
}

fn has_unknown_field(error: &ParseError) -> bool {
    error.inner().to_string().starts_with("unknown field")
}

/// Takes all fields out of a value that it may not have, each with a finding.
fn leave_out_unknown(value: &mut Value, path: &str, findings: &mut Vec<Finding>) {
    match value {
        Value::Object(fields) => {
            let known = known_fields(path);
            fields.retain(|name, value| {
                let (own, is_known) = (joined(path, name), known.is_empty() || known.contains(name));
                if is_known {
                    leave_out_unknown(value, &own, findings);
                } else {
                    findings.push(unknown_field(&own));
                }
                is_known
            });
        }
        Value::Array(items) => {
            let numbered = items.iter_mut().enumerate();
            numbered.for_each(|(at, item)| leave_out_unknown(item, &format!("{path}[{at}]"), findings));
        }
        _ => {}
    }
}

fn unknown_field(path: &str) -> Finding {
    let (parent, field) = path.rsplit_once('.').unwrap_or(("", path));
    let known = known_fields(parent);
    Finding::error(path, format!("there is no field {field:?}{}", near(field, known.iter().map(String::as_str))))
}

/// The fields that a value at this path may have, after the schema.
fn known_fields(path: &str) -> Vec<String> {
    static SCHEMA: LazyLock<schemars::Schema> = LazyLock::new(|| schemars::schema_for!(file::Dataset));
    let mut place = SCHEMA.as_value();
    for segment in path.split(['.', '[']).filter(|segment| !segment.is_empty()) {
        place = if segment.ends_with(']') { &place["items"] } else { &place["properties"][segment] };
        if let Some(definition) = place["$ref"].as_str() {
            place = SCHEMA.as_value().pointer(definition.trim_start_matches('#')).unwrap_or(place);
        }
    }
    place["properties"].as_object().map(|fields| fields.keys().cloned().collect()).unwrap_or_default()
}

/// Gives every record its address, resolves all lists, joins them, and checks what only shows across records. There is
/// no dataset where two records have the same address.
fn resolve(file: file::Dataset, findings: &mut Vec<Finding>) -> Option<Dataset> {
    let mut resolver = Resolver::new(Known::new(&file, findings));
    let source = resolver.source(file.source);
    let (sections, paragraphs) = resolver.sections(file.sections);
    let dataset = Dataset {
        source,
        sections,
        paragraphs,
        events: resolver.list(Kind::Event, file.events),
        mechanisms: resolver.list(Kind::Mechanism, file.mechanisms),
        countries: resolver.list(Kind::Country, file.countries),
        organisations: resolver.list(Kind::Organisation, file.organisations),
        documents: resolver.list(Kind::Document, file.documents),
        exercises: resolver.list(Kind::Exercise, file.exercises),
        places: resolver.list(Kind::Place, file.places),
        figures: resolver.list(Kind::Figure, file.figures),
        positions: resolver.list(Kind::Position, file.positions),
        tours: resolver.tours(file.tours),
        ..Dataset::default()
    };
    let Resolver { findings: found, mentions, .. } = resolver;
    findings.extend(found);
    across_records(&dataset, findings);
    let addresses = Addresses::new(&dataset)?;
    Some(dataset.complete(addresses, &mentions))
}

/// The most names that are compared with those that do not exist: enough for some hundred links that lead nowhere, so
/// that a file with a million of them is checked in time that grows no faster than the file.
const MOST_COMPARED: usize = 4_000_000;

/// All addresses of a file.
struct Known {
    names: Names,
    compared: usize,
}

impl Known {
    fn new(file: &file::Dataset, findings: &mut Vec<Finding>) -> Known {
        Known { names: name_all(file, findings), compared: 0 }
    }
}

impl Directory for Known {
    fn find(&mut self, address: &str) -> Option<Record> {
        self.names.find(address)
    }

    fn has_paragraph(&mut self, number: u32) -> bool {
        self.names.find(&format!("paragraph/{number}")).is_some()
    }

    fn near(&mut self, address: &str) -> String {
        if self.compared > MOST_COMPARED {
            return String::new();
        }
        self.compared += super::address::parts(address).map_or(0, |(kind, _)| self.names.of(kind).len());
        let names = |kind| self.names.of(kind).keys().map(|id| &**id);
        nearest(address, names, |kind, id| self.names.of(kind).contains_key(id))
    }
}

/// Gives every record its address; a name that its list has already is a finding.
fn name_all(file: &file::Dataset, findings: &mut Vec<Finding>) -> Names {
    let mut naming = Naming { names: Names::default(), findings };
    naming.list(Kind::Section, &file.sections);
    let paragraphs = file.sections.iter().enumerate().flat_map(|(at, section)| {
        let numbered = section.paragraphs.iter().enumerate();
        numbered.map(move |(inner, paragraph)| (format!("sections[{at}].paragraphs[{inner}].number"), paragraph.number))
    });
    for (index, (path, number)) in paragraphs.enumerate() {
        naming.add(Record::new(Kind::Paragraph, index), &number.to_string(), || path);
    }
    naming.list(Kind::Event, &file.events);
    naming.list(Kind::Mechanism, &file.mechanisms);
    naming.list(Kind::Country, &file.countries);
    naming.list(Kind::Organisation, &file.organisations);
    naming.list(Kind::Document, &file.documents);
    naming.list(Kind::Exercise, &file.exercises);
    naming.list(Kind::Place, &file.places);
    naming.list(Kind::Figure, &file.figures);
    naming.list(Kind::Position, &file.positions);
    naming.names
}

struct Naming<'a> {
    names: Names,
    findings: &'a mut Vec<Finding>,
}

impl Naming<'_> {
    fn list<T: Named>(&mut self, kind: Kind, records: &[T]) {
        for (index, record) in records.iter().enumerate() {
            self.add(Record::new(kind, index), record.id(), || format!("{}[{index}].id", kind.list()));
        }
    }

    fn add(&mut self, record: Record, id: &str, path: impl FnOnce() -> String) {
        if !self.names.add(record, &Clean::line(id)) {
            let message = format!("{id:?} is the id of another {} already", record.kind);
            self.findings.push(Finding::error(path(), message));
        }
    }
}
