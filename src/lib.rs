//! A terminal explorer of a linked chronology.

pub mod action;
pub mod app;
pub mod dataset;
pub mod place;
pub mod state;
pub mod context;
pub mod history;
pub mod keymap;
pub mod theme;
pub mod wording;
pub mod screens;
pub mod widgets;
