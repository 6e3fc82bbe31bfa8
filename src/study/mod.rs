//! Floor 2: remembering. Cards made from the records, when each is due, and what was answered so far.

pub mod answer;
pub mod card;
pub mod chance;
pub mod choices;
pub mod dates;
mod families;
mod gap;
pub mod typed;

pub use answer::Answer;
pub use card::{Card, Family, Key};
pub use families::cards;
