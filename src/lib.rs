//! A terminal explorer of a linked chronology.

pub mod action;
pub mod app;
pub mod dataset;
pub mod place;
pub mod state;
