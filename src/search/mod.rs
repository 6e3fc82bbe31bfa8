//! Floor 1: finding. Words in any order, fields, phrases, and a little forgiveness for slips of the finger.
//!
//! A query is never put to texts. Its words are compared with the words of the dataset, each once (`lexicon`), and where
//! these stand is written down (`postings`): what a record earns by a word is read from there. All that is exact, so that
//! a plain search of every text finds the same.

mod closeness;
mod cores;
pub mod facet;
mod facets;
pub mod field;
mod filters;
mod fuzzy;
mod gather;
mod heads;
mod index;
mod kinds;
mod lexicon;
mod names;
mod needle;
mod postings;
pub mod query;
mod question;
mod rank;
mod results;
mod shard;
mod shared;
mod spelling;
pub mod texts;
mod tiers;

pub use facets::Facets;
pub use filters::Filters;
pub use index::{Index, IsStale};
pub use names::{Folded, Token, fold};
pub use query::{LONGEST_QUERY, Query};
pub use rank::Rank;
pub use results::{Hit, Results};
pub use shared::SharedIndex;
pub use spelling::stem;
