//! A TOML document that is read name by name. What is wrong is gathered, and the first of it is told.

use std::cell::RefCell;
use std::fmt::Display;
use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Origin, Setting};
use crate::dataset::near;

/// A document, and what was found wrong in it so far.
#[derive(Debug)]
pub struct Document<'t> {
    text: &'t str,
    root: DeTable<'t>,
    faults: RefCell<Vec<Fault>>,
}

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where, in bytes from the beginning.
    pub offset: usize,
    /// What.
    pub message: String,
}

/// A table of a document.
#[derive(Debug, Clone, Copy)]
pub struct Table<'d> {
    document: &'d Document<'d>,
    entries: &'d DeTable<'d>,
}

/// A string, and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Word<'d> {
    /// The string.
    pub text: &'d str,
    /// Where it stands.
    pub offset: usize,
}

impl<'t> Document<'t> {
    /// Reads a document. Fails where it is no TOML at all.
    pub fn parse(text: &'t str) -> Result<Document<'t>, Fault> {
        match DeTable::parse(text) {
            Ok(root) => Ok(Document { text, root: root.into_inner(), faults: RefCell::default() }),
            Err(error) => {
                let offset = error.span().map_or(0, |span| span.start);
                Err(Fault { offset, message: format!("this is no TOML: {}", error.message()) })
            }
        }
    }

    /// The names that stand outside of all tables, and the tables.
    pub fn root(&self) -> Table<'_> {
        Table { document: self, entries: &self.root }
    }

    /// Takes note of something that is wrong.
    pub fn fault(&self, offset: usize, message: impl Into<String>) {
        self.faults.borrow_mut().push(Fault { offset, message: message.into() });
    }

    /// The first thing that is wrong.
    pub fn first_fault(&self) -> Option<Fault> {
        self.faults.borrow().iter().min_by_key(|fault| fault.offset).cloned()
    }

    /// The line of a place in the document, from 1.
    pub fn line(&self, offset: usize) -> usize {
        position(self.text, offset).0
    }
}

/// The line and the column of a place in a text, both from 1, the column in characters.
pub fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

impl<'d> Table<'d> {
    /// Takes note of every name that is none of `known`.
    pub fn know_only(self, known: &[&str]) {
        for (name, _) in self.entries.iter().filter(|(name, _)| !known.contains(&&**name.get_ref())) {
            let message = format!("there is no setting {:?}{}", &**name.get_ref(), suggestion(name.get_ref(), known));
            self.document.fault(name.span().start, message);
        }
    }

    /// The names and where they stand, in alphabetical order.
    pub fn names(self) -> impl Iterator<Item = Word<'d>> {
        self.entries.keys().map(|name| Word { text: name.get_ref(), offset: name.span().start })
    }

    /// Says whether a name stands for a table.
    pub fn holds_table(self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value.get_ref().is_table())
    }

    /// A table in this one.
    pub fn table(self, name: &str) -> Option<Table<'d>> {
        let value = self.get(name)?;
        let DeValue::Table(entries) = value.get_ref() else {
            self.is_no(value, &format!("{name} is a table, which begins with [{name}]"));
            return None;
        };
        Some(Table { document: self.document, entries })
    }

    /// A setting that is true or false.
    pub fn flag(self, name: &str) -> Option<Setting<bool>> {
        let value = self.get(name)?;
        let DeValue::Boolean(flag) = value.get_ref() else {
            self.is_no(value, &format!("{name} is true or false"));
            return None;
        };
        Some(self.set(*flag, value.span()))
    }

    /// A setting that is a number within bounds.
    pub fn number(self, name: &str, bounds: RangeInclusive<f32>) -> Option<Setting<f32>> {
        let value = self.get(name)?;
        let number = match value.get_ref() {
            DeValue::Float(float) => float.as_str().parse().ok(),
            DeValue::Integer(whole) => {
                i64::from_str_radix(whole.as_str(), whole.radix()).ok().map(|whole| whole as f32)
            }
            _ => None,
        };
        let Some(number) = number.filter(|number| bounds.contains(number)) else {
            self.is_no_number(value, &format!("{name} is a number from {} to {}", bounds.start(), bounds.end()));
            return None;
        };
        Some(self.set(number, value.span()))
    }

    /// A setting that is a whole number within bounds.
    pub fn whole<N: TryFrom<i64> + PartialOrd + Display>(
        self,
        name: &str,
        bounds: RangeInclusive<N>,
    ) -> Option<Setting<N>> {
        let value = self.get(name)?;
        let number = match value.get_ref() {
            DeValue::Integer(whole) => i64::from_str_radix(whole.as_str(), whole.radix()).ok(),
            _ => None,
        };
        let number = number.and_then(|number| N::try_from(number).ok());
        let Some(number) = number.filter(|number| bounds.contains(number)) else {
            self.is_no_number(value, &format!("{name} is a whole number from {} to {}", bounds.start(), bounds.end()));
            return None;
        };
        Some(self.set(number, value.span()))
    }

    /// A setting that is one of a few words.
    pub fn one_of<T: Copy>(self, name: &str, all: &[(&'static str, T)]) -> Option<Setting<T>> {
        let value = self.get(name)?;
        let words: Vec<&str> = all.iter().map(|(word, _)| *word).collect();
        let DeValue::String(written) = value.get_ref() else {
            self.is_no(value, &format!("{name} is a string, one of {}", words.join(", ")));
            return None;
        };
        let found = all.iter().find(|(word, _)| *word == written);
        if found.is_none() {
            let message = format!("there is no {name} {:?}{}", &**written, suggestion(written, &words));
            self.document.fault(value.span().start, message);
        }
        found.map(|&(_, found)| self.set(found, value.span()))
    }

    /// A string or a list of strings, at least one.
    pub fn words(self, name: &str) -> Vec<Word<'d>> {
        let Some(value) = self.get(name) else { return Vec::new() };
        let wanted = format!("{name} has a key, or a list of keys");
        let word = |value: &'d Spanned<DeValue<'d>>| {
            let text = value.get_ref().as_str();
            if text.is_none() {
                self.is_no(value, &wanted);
            }
            text.map(|text| Word { text, offset: value.span().start })
        };
        match value.get_ref() {
            DeValue::Array(list) if list.is_empty() => {
                self.document.fault(value.span().start, format!("{name} needs a key"));
                Vec::new()
            }
            DeValue::Array(list) => list.iter().filter_map(word).collect(),
            _ => word(value).into_iter().collect(),
        }
    }

    fn get(self, name: &str) -> Option<&'d Spanned<DeValue<'d>>> {
        self.entries.get(name)
    }

    fn set<T>(self, value: T, span: Range<usize>) -> Setting<T> {
        Setting { value, origin: Origin::File(self.document.line(span.start)) }
    }

    fn is_no_number(self, value: &Spanned<DeValue>, wanted: &str) {
        match value.get_ref() {
            DeValue::Integer(_) | DeValue::Float(_) => self.document.fault(value.span().start, wanted),
            _ => self.is_no(value, wanted),
        }
    }

    fn is_no(self, value: &Spanned<DeValue>, wanted: &str) {
        let found = match value.get_ref() {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.document.fault(value.span().start, format!("{wanted}; this is {found}"));
    }
}

/// "; did you mean …?" with the nearest name, or all names where none is near.
fn suggestion(wanted: &str, known: &[&str]) -> String {
    let nearest = near(wanted, known.iter().copied());
    match known {
        _ if !nearest.is_empty() => nearest,
        [only] => format!("; there is only {only}"),
        _ => format!("; there are {}", known.join(", ")),
    }
}
