//! Floor 2: remembering. Cards made from the records, when each is due, and what was answered so far.

pub mod answer;
pub mod card;
pub mod chance;
pub mod choices;
pub mod dates;
pub mod deck;
pub mod entry;
mod families;
pub mod gap;
pub mod progress;
pub mod schedule;
pub mod session;
pub mod stamp;
pub mod statistics;
pub mod typed;

pub use answer::Answer;
pub use card::{Card, Family, Key};
pub use deck::Deck;
pub use entry::{Deed, Entry, Report, Unsaved};
pub use families::cards;
pub use progress::Progress;
pub use schedule::{Grade, Scheduler, Settings, Standing};
pub use session::Session;
pub use stamp::{Stamp, StudyDay};
pub use statistics::Statistics;
