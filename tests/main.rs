//! One test binary: each file is a room of its own.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod cards;
mod clipboard;
mod command_line;
mod common;
mod costs;
mod dates;
mod exact_search;
mod facts;
#[path = "../benches/generated/mod.rs"]
mod generated;
mod helped;
mod holding;
mod house;
mod journal;
mod journeys;
mod keys;
mod large;
mod line_by_line;
mod loading;
mod looking;
mod looks;
mod mouse;
mod narrow;
mod notes;
mod pictures;
mod plain_search;
mod presenting;
mod printed;
mod pty;
mod research;
mod schedule;
mod screenshots;
mod search;
mod searching;
#[cfg(feature = "serve")]
mod serve;
mod sessions;
mod settings;
mod shortest;
mod ssh;
mod sshd;
mod state;
mod steps;
mod studying;
mod sweep;
mod talks;
mod terminal;
mod text;
mod tours;
mod typed;
mod wire;
