//! The texts of a record while it is read: its own, or borrowed from the file where they need not be kept.

use std::borrow::Cow;
use std::fmt;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer};

/// A text of a record, its own or borrowed.
pub(super) trait Text: AsRef<str> + Into<String> {}

impl<T: AsRef<str> + Into<String>> Text for T {}

/// A text that is borrowed from the file where it stands there as it is.
#[derive(Debug, Default)]
pub(super) struct Borrowed<'a>(Cow<'a, str>);

impl AsRef<str> for Borrowed<'_> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<Borrowed<'_>> for String {
    fn from(text: Borrowed) -> String {
        text.0.into_owned()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Borrowed<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Borrowed<'a>, D::Error> {
        deserializer.deserialize_str(Borrow)
    }
}

/// Borrows a text.
struct Borrow;

impl<'de> Visitor<'de> for Borrow {
    type Value = Borrowed<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Borrowed<'de>, E> {
        Ok(Borrowed(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Borrowed<'de>, E> {
        Ok(Borrowed(Cow::Owned(text.to_owned())))
    }
}
