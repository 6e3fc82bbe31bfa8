//! A terminal explorer of a linked chronology. This page is the floor plan; imports only go down.
//!
//! ```text
//! 7  main, cli, config, terminal, …    the door, the subcommands, settings, the real terminal, files
//! 7  plain                             a screen reader's way through it, line by line
//! 6  shell, opening                    the loop: wait, update, perform, draw; what is shown while a file is read
//! 5  app                               the history of screens, one window on top, a message
//! 4  pages, screens, overlays          what is seen: what a page says; panes; windows on top
//! 3  widgets, wire                     drawing that knows no facts; pictures as bytes
//! 2  study                             remembering: cards, and when each is due
//! 2  place, action, keymap, …          the words that everyone speaks
//! 1  search                            finding
//! 0  dataset                           what is true; nothing can fail after loading
//! ```
//!
//! What happened outside is an [`action::Input`]; the key table turns it into an [`action::Action`]; a screen answers
//! with an [`action::Request`] and the app with an [`action::Effect`], which the shell performs. A [`place::Place`] is
//! the address of anything that can be opened, and a screen is a place that is open, with its cursor.

pub mod dataset;

pub mod printed;
pub mod search;

pub mod action;
pub mod citation;
pub mod clock;
pub mod context;
pub mod history;
pub mod keymap;
pub mod place;
pub mod state;
pub mod theme;
pub mod tour;
pub mod wording;

pub mod study;

pub mod widgets;
pub mod wire;

pub mod overlays;
pub mod pages;
pub mod screens;

pub mod app;

pub mod opening;
pub mod shell;

pub mod cli;
pub mod config;
pub mod journal;
pub mod local_time;
pub mod plain;
#[cfg(feature = "serve")]
pub mod serve;
pub mod state_file;
pub mod terminal;
