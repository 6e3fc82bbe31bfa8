//! From what a file says to what is true: each record's strings cleaned, its words, dates and links resolved.
//!
//! Nothing stops at the first fault. A field that cannot be resolved is reported and stands in as a blank, and a
//! dataset with such a finding is never handed out.

mod records;

use std::fmt;

use foldhash::HashMap;

use super::borrowed::Text;
use super::date::Date;
use super::entity::{self, About, Aside, Coordinates, Record};
use super::few::Few;
use super::file;
use super::finding::{Finding, near};
use super::prose;
use super::text::{Clean, LONGEST_TEXT, has_control, is_plain};
use super::vocabulary::{Kind, Vocabulary};

/// Where links lead, as far as that is known while records are resolved.
pub(in crate::dataset) trait Directory {
    /// The record at an address.
    fn find(&mut self, address: &str) -> Option<Record>;

    /// Says whether the source has a paragraph with this number.
    fn has_paragraph(&mut self, number: u32) -> bool;

    /// "; did you mean …?" with the nearest address to one that does not exist.
    fn near(&mut self, address: &str) -> String;
}

/// Resolves records one after the other; gathers what is wrong, and which records their texts mention.
pub(super) struct Resolver<D> {
    pub directory: D,
    pub findings: Vec<Finding>,
    pub mentions: Vec<(Record, Record)>,
    dates: HashMap<Box<str>, Date>,
    whereabouts: Whereabouts,
    record: Option<Record>,
}

/// Where in the file a record stands: `events[3]`, `sections[1].paragraphs[0]`.
#[derive(Debug, Clone, Copy)]
struct Whereabouts {
    list: &'static str,
    index: Option<usize>,
    inner: Option<(&'static str, usize)>,
}

impl fmt::Display for Whereabouts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.list)?;
        self.index.map_or(Ok(()), |index| write!(formatter, "[{index}]"))?;
        self.inner.map_or(Ok(()), |(list, index)| write!(formatter, ".{list}[{index}]"))
    }
}

/// A field of a record, or an item of a list in one. It is written out only where something is wrong with it.
#[derive(Debug, Clone, Copy)]
struct Field(&'static str, Option<usize>);

impl From<&'static str> for Field {
    fn from(name: &'static str) -> Field {
        Field(name, None)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0)?;
        self.1.map_or(Ok(()), |index| write!(formatter, "[{index}]"))
    }
}

/// The fields that every record of a file has, taken out of it.
struct Head<S> {
    id: S,
    cites: Vec<u32>,
    name: S,
    aliases: Vec<S>,
    as_printed: Option<S>,
    summary: S,
    note: Option<S>,
}

impl<D: Directory> Resolver<D> {
    pub fn new(directory: D) -> Resolver<D> {
        Resolver {
            directory,
            findings: Vec::new(),
            mentions: Vec::new(),
            dates: HashMap::default(),
            whereabouts: Whereabouts { list: "", index: None, inner: None },
            record: None,
        }
    }

    /// Turns to the record that stands there.
    fn turn_to(&mut self, whereabouts: Whereabouts, record: Option<Record>) {
        self.whereabouts = whereabouts;
        self.record = record;
    }

    fn at(&self, field: Field) -> String {
        format!("{}.{field}", self.whereabouts)
    }

    fn report(&mut self, field: impl Into<Field>, message: impl Into<String>) {
        self.findings.push(Finding::error(self.at(field.into()), message));
    }

    fn report_dangling(&mut self, field: impl Into<Field>, message: impl Into<String>) {
        self.findings.push(Finding::dangling(self.at(field.into()), message));
    }

    fn check_text(&mut self, field: Field, text: &str) {
        if text.len() > LONGEST_TEXT {
            self.report(field, format!("the text is {} bytes long; the limit is {LONGEST_TEXT}", text.len()));
        }
        if has_control(text) {
            let message = "the text holds a control character; it is shown as a symbol";
            self.findings.push(Finding::warning(self.at(field), message));
        }
    }

    fn line(&mut self, field: impl Into<Field>, text: impl Text) -> Clean {
        let written = text.as_ref();
        if written.len() > LONGEST_TEXT || !is_plain(written) {
            let field = field.into();
            self.check_text(field, written);
            if written.contains('\n') {
                self.findings.push(Finding::warning(self.at(field), "the text must be one line; it is shown as one"));
            }
        }
        Clean::line(text)
    }

    fn optional_line(&mut self, field: &'static str, text: Option<impl Text>) -> Option<Clean> {
        text.map(|text| self.line(field, text))
    }

    fn lines(&mut self, field: &'static str, texts: Vec<impl Text>) -> Box<[Clean]> {
        let numbered = texts.into_iter().enumerate();
        numbered.map(|(index, text)| self.line(Field(field, Some(index)), text)).collect()
    }

    /// Prose: every link in it must lead somewhere, and joins the two records.
    fn prose(&mut self, field: &'static str, text: impl Text) -> Clean {
        self.check_text(field.into(), text.as_ref());
        for address in &prose::links(text.as_ref()) {
            match self.directory.find(address) {
                Some(record) => self.mention(record),
                None => {
                    let near = self.directory.near(address);
                    self.report_dangling(field, format!("the text links to {address:?}, which does not exist{near}"));
                }
            }
        }
        Clean::lines(text)
    }

    fn optional_prose(&mut self, field: &'static str, text: Option<impl Text>) -> Option<Clean> {
        text.map(|text| self.prose(field, text))
    }

    fn mention(&mut self, other: Record) {
        self.mentions.extend(self.record.map(|record| (record, other)));
    }

    /// A date; one that was read before is not read again.
    fn date(&mut self, field: &'static str, text: Option<impl Text>) -> Option<Date> {
        let text = text?;
        let text = text.as_ref();
        if let Some(date) = self.dates.get(text) {
            return Some(date.clone());
        }
        let date = Date::parse(text).map_err(|error| self.report(field, error.to_string())).ok()?;
        self.dates.insert(text.into(), date.clone());
        Some(date)
    }

    fn word<V: Vocabulary>(&mut self, field: impl Into<Field>, word: &str) -> V {
        V::from_word(word).unwrap_or_else(|| {
            let words: Vec<_> = V::ALL.iter().map(|entry| entry.word()).collect();
            let right = match &*near(word, words.iter().copied()) {
                "" => format!(": {}", words.join(", ")),
                near => near.to_owned(),
            };
            self.report(field, format!("{word:?} is not in the vocabulary{right}"));
            V::ALL[0]
        })
    }

    fn optional_word<V: Vocabulary>(&mut self, field: &'static str, word: Option<impl Text>) -> Option<V> {
        word.map(|word| self.word(field, word.as_ref()))
    }

    fn link(&mut self, field: impl Into<Field>, kind: Kind, address: &str) -> Option<Record> {
        let found = self.directory.find(address);
        match found {
            Some(record) if record.kind == kind => {}
            Some(_) => self.report(field, format!("{address:?} is not a link to a record of the kind {kind}")),
            None => {
                let near = self.directory.near(address);
                self.report_dangling(field, format!("{address:?} does not exist{near}"));
            }
        }
        found.filter(|record| record.kind == kind)
    }

    fn optional_link(&mut self, field: &'static str, kind: Kind, address: Option<impl Text>) -> Option<Record> {
        self.link(field, kind, address?.as_ref())
    }

    fn links(&mut self, field: &'static str, kind: Kind, addresses: &[impl Text]) -> Few<Record> {
        let numbered = addresses.iter().enumerate();
        numbered.filter_map(|(at, address)| self.link(Field(field, Some(at)), kind, address.as_ref())).collect()
    }

    fn countries(&mut self, addresses: &[impl Text]) -> Few<Record> {
        self.links("countries", Kind::Country, addresses)
    }

    fn organisations(&mut self, addresses: &[impl Text]) -> Few<Record> {
        self.links("organisations", Kind::Organisation, addresses)
    }

    fn coordinates(&mut self, latitude: f64, longitude: f64) -> Coordinates {
        if !(-90.0..=90.0).contains(&latitude) {
            self.report("lat", format!("{latitude} is no latitude; it goes from -90 to 90"));
        }
        if !(-180.0..=180.0).contains(&longitude) {
            self.report("lon", format!("{longitude} is no longitude; it goes from -180 to 180"));
        }
        Coordinates { latitude, longitude }
    }

    fn cites(&mut self, cites: Vec<u32>) -> Few<u32> {
        if cites.is_empty() {
            self.report("cites", "at least one paragraph must be cited");
        }
        for (index, &number) in cites.iter().enumerate() {
            if !self.directory.has_paragraph(number) {
                let field = Field("cites", Some(index));
                self.report_dangling(field, format!("the source has no paragraph {number}"));
            }
        }
        cites.into()
    }

    fn id(&mut self, id: impl Text) -> Clean {
        let word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        let written = id.as_ref();
        if !written.split('-').all(word) {
            self.report(
                "id",
                format!("{written:?} is not kebab-case: small letters, digits and single hyphens between them"),
            );
        }
        self.line("id", id)
    }

    fn about(&mut self, head: Head<impl Text>) -> About {
        if head.name.as_ref().trim().is_empty() {
            self.report("name", "the name is empty");
        }
        let (id, cites, name) = (self.id(head.id), self.cites(head.cites), self.line("name", head.name));
        let aside = Aside {
            aliases: self.lines("aliases", head.aliases),
            as_printed: self.optional_line("as_printed", head.as_printed),
            note: self.optional_prose("note", head.note),
        };
        About { id, cites, name, summary: self.prose("summary", head.summary), ..About::default() }.with(aside)
    }
}

/// A record of a file that becomes a record of the dataset.
pub(super) trait Resolve: Sized {
    /// What it becomes.
    type Entity;

    /// Resolves its fields.
    fn resolve<D: Directory>(self, resolver: &mut Resolver<D>) -> Self::Entity;
}

impl<D: Directory> Resolver<D> {
    /// Resolves all records of a kind.
    pub fn list<R: Resolve>(&mut self, kind: Kind, records: Vec<R>) -> Vec<R::Entity> {
        records.into_iter().enumerate().map(|(index, record)| self.one(kind, index, record)).collect()
    }

    /// Resolves the record at `index` of the list of its kind.
    pub fn one<R: Resolve>(&mut self, kind: Kind, index: usize, record: R) -> R::Entity {
        let whereabouts = Whereabouts { list: kind.list(), index: Some(index), inner: None };
        self.turn_to(whereabouts, Some(Record::new(kind, index)));
        record.resolve(self)
    }

    /// Resolves the tours, to which nothing links.
    pub fn tours(&mut self, tours: Vec<file::Tour>) -> Vec<entity::Tour> {
        let resolve = |(index, tour): (usize, file::Tour)| {
            self.turn_to(Whereabouts { list: "tours", index: Some(index), inner: None }, None);
            tour.resolve(self)
        };
        tours.into_iter().enumerate().map(resolve).collect()
    }

    /// Resolves what the file says of its source.
    pub fn source(&mut self, source: file::Source) -> entity::Source {
        self.turn_to(Whereabouts { list: "source", index: None, inner: None }, None);
        entity::Source {
            title: self.line("title", source.title),
            chapter: self.optional_line("chapter", source.chapter),
            publisher: self.optional_line("publisher", source.publisher),
            date: self.date("date", source.date),
            language: self.optional_line("language", source.language),
            subject: self.optional_link("subject", Kind::Country, source.subject),
            note: self.optional_prose("note", source.note),
        }
    }

    /// Resolves the sections, and the paragraphs that they hold.
    pub fn sections(&mut self, sections: Vec<file::Section>) -> (Vec<entity::Section>, Vec<entity::Paragraph>) {
        let mut paragraphs = Vec::new();
        let resolve = |(index, section): (usize, file::Section)| {
            let record = Record::new(Kind::Section, index);
            let whereabouts = Whereabouts { list: Kind::Section.list(), index: Some(index), inner: None };
            self.turn_to(whereabouts, Some(record));
            let about = self.about(Head {
                id: section.id,
                cites: section.cites,
                name: section.name,
                aliases: Vec::new(),
                as_printed: None,
                summary: section.summary,
                note: section.note,
            });
            let start = paragraphs.len();
            for (at, paragraph) in section.paragraphs.into_iter().enumerate() {
                let own = Record::new(Kind::Paragraph, paragraphs.len());
                self.turn_to(Whereabouts { inner: Some((Kind::Paragraph.list(), at)), ..whereabouts }, Some(own));
                paragraphs.push(self.paragraph(paragraph, record));
            }
            let held = (start..paragraphs.len()).map(|at| Record::new(Kind::Paragraph, at)).collect();
            entity::Section { about, number: section.number, paragraphs: held }
        };
        let sections = sections.into_iter().enumerate().map(resolve).collect();
        (sections, paragraphs)
    }

    fn paragraph(&mut self, paragraph: file::Paragraph, section: Record) -> entity::Paragraph {
        let number = paragraph.number;
        let about = About {
            id: Clean::line(number.to_string()),
            name: Clean::line(format!("Paragraph {number}")),
            cites: Few::One(number),
            summary: self.prose("text", paragraph.text),
            ..About::default()
        };
        let about = about.with(Aside { note: self.optional_prose("note", paragraph.note), ..Aside::default() });
        entity::Paragraph { about, number, section }
    }
}
