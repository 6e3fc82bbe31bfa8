//! Floor 1: finding. Words in any order, fields, phrases, and a little forgiveness for slips of the finger.

mod entries;
pub mod facet;
pub mod field;
mod filters;
mod fuzzy;
mod index;
mod kinds;
mod lexicon;
mod names;
mod needle;
pub mod query;
mod rank;
mod spelling;
pub mod texts;

pub use filters::Filters;
pub use index::Index;
pub use names::{Folded, Token, fold};
pub use query::{LONGEST_QUERY, Query};
pub use rank::{Hit, Rank, Results};
pub use spelling::stem;
