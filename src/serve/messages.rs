//! What console and child say to one another: where the talk stands, how many are watching. Pictures are no part of it,
//! so that each reader's is drawn for that reader.

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::bounds::MESSAGE;
use super::door::Limits;
use super::guests::Guests;
use crate::state::Shown;
use crate::theme::ThemeName;

/// What the child is told.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Order {
    /// Begin; the first thing that is said.
    Begin(Box<Orders>),
    /// This is shown from now on.
    Show(Shown),
    /// Tell the readers goodbye, and end.
    End,
}

/// What a child needs to know to begin.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Orders {
    /// The dataset's file; the shipped one where there is none.
    pub data: Option<PathBuf>,
    /// Whether links that lead nowhere are left out.
    pub lenient: bool,
    /// The host key as OpenSSH writes it.
    pub host_key: String,
    /// Who gets in.
    pub guests: Guests,
    /// How many do.
    pub limits: Limits,
    /// The theme of those who ask for none.
    #[serde(with = "theme")]
    pub theme: ThemeName,
    /// Where study progress is kept, a directory for each key; nowhere where there is none.
    pub students: Option<PathBuf>,
    /// What is given as a talk; without it everybody explores.
    pub talk: Option<Shown>,
    /// The fingerprint or the comment of the key whose holder gives the talk.
    pub speaker: Option<String>,
    /// How long a reader may do nothing in the explorer.
    pub idle: Duration,
    /// The memory that the child may take, in bytes.
    pub memory: u64,
    /// A width of a window at which drawing fails, to try what happens then.
    pub selftest_panic: Option<u16>,
}

/// What the child tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum News {
    /// So many are watching now.
    Watching(usize),
    /// The speaker shows this.
    Shown(Box<Shown>),
}

/// Writes a message: its length, and itself.
pub fn write(writer: &mut impl Write, message: &impl Serialize) -> io::Result<()> {
    let text = serde_json::to_vec(message)?;
    let length = u32::try_from(text.len()).map_err(io::Error::other)?.to_be_bytes();
    writer.write_all(&[&length, text.as_slice()].concat())
}

/// Reads a message. Fails where there is none any more, or no such one.
pub fn read<T: DeserializeOwned>(reader: &mut impl Read) -> io::Result<T> {
    let mut length = [0; 4];
    reader.read_exact(&mut length)?;
    let length = u32::from_be_bytes(length) as usize;
    if length > MESSAGE {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut text = vec![0; length];
    reader.read_exact(&mut text)?;
    Ok(serde_json::from_slice(&text)?)
}

/// Themes by their words.
mod theme {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::theme::ThemeName;

    pub fn serialize<S: Serializer>(name: &ThemeName, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(name.word())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ThemeName, D::Error> {
        let word = String::deserialize(deserializer)?;
        Ok(ThemeName::parse(&word).unwrap_or_default())
    }
}
