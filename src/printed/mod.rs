//! Floor 2: the reader's own copy of the source. A plain text is laid against the paragraphs that the dataset digests,
//! or refused with the reason; nothing of it is kept.

mod align;
mod headings;
mod sentences;
mod terms;
mod weights;

pub use terms::{Terms, terms};

use thiserror::Error;

use crate::dataset::{Clean, Dataset, Record};

/// The longest text that is read, in bytes; a whole book is shorter.
pub const LONGEST: usize = 16 * 1024 * 1024;

/// Why a text is no copy of the source.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum Misfit {
    /// It is no text that can be read.
    #[error("it is not UTF-8; save it as UTF-8 text")]
    NotText,
    /// It is too long.
    #[error("it is longer than {} MiB, the longest that is read", LONGEST >> 20)]
    TooLong,
    /// The dataset has no paragraphs to lay it against.
    #[error("the dataset has no paragraphs to lay it against")]
    NothingToAlign,
    /// A heading of the dataset is not in it.
    #[error("it has no line that is the heading “{0}”")]
    NoHeading(Clean),
    /// Its headings come in another order.
    #[error("the heading “{0}” does not come after “{1}”")]
    Disorder(Clean, Clean),
    /// A section has less text than paragraphs.
    #[error("under “{0}” it has fewer sentences than the source has paragraphs")]
    TooShort(Clean),
    /// What stands in a paragraph's place is about something else.
    #[error("what it has in the place of paragraph {0} is about something else")]
    Strange(u32),
}

/// The printed text of every paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    paragraphs: Vec<Clean>,
}

impl Printed {
    /// Lays the bytes of a file against the paragraphs of a dataset. Fails with why they are no copy of the source.
    pub fn read(bytes: &[u8], dataset: &Dataset) -> Result<Printed, Misfit> {
        if bytes.len() > LONGEST {
            return Err(Misfit::TooLong);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| Misfit::NotText)?;
        align::align(text, dataset).map(|paragraphs| Printed { paragraphs })
    }

    /// The printed text of a paragraph, on one line.
    pub fn paragraph(&self, paragraph: Record) -> &Clean {
        &self.paragraphs[paragraph.index()]
    }
}
