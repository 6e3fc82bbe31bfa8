//! A terminal explorer of a linked chronology.

pub mod action;
pub mod app;
pub mod context;
pub mod dataset;
pub mod history;
pub mod keymap;
pub mod overlays;
pub mod place;
pub mod screens;
pub mod search;
pub mod state;
pub mod theme;
pub mod widgets;
pub mod wording;
