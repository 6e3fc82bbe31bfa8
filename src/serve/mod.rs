//! Floor 7: the same app over SSH. A console keeps the door and gives the talk; a child of it, with bounded memory, talks
//! to strangers. Nothing that a stranger sends reaches the console.
//!
//! ```text
//! console   listens, holds the host key, gives the talk          console, host_key
//!    │  where the talk stands, the end  ▲ how many are watching  messages
//! child     accepts, bounds, signs on                            child, door, line, caller, guests
//!    └─ one task for each connection: its own App, its own Wire  visit, keystrokes, easel, gallery, students, hub
//! ```

pub mod bounds;
mod caller;
mod child;
mod console;
pub mod door;
mod easel;
mod gallery;
mod guests;
mod host_key;
mod hub;
pub mod keystrokes;
mod line;
mod messages;
mod reader;
mod searches;
mod students;
mod visit;

pub use child::Child;
pub use console::{Console, Event, Plan, say};
pub use door::Limits;
pub use guests::{Guests, read as read_keys, usable_keys};
pub use host_key::HostKey;
pub use messages::Orders;
