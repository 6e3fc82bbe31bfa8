//! Floor 7: the subcommands, one file each, and how files are opened.

pub mod open;
pub mod present;
pub mod validate;
