//! What is kept between two runs: the reader's marks, and where they were.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The reader's marks and last place, as addresses, so that they survive a change of the dataset.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// The version of the file's shape; 1.
    pub version: u32,
    /// The addresses of the marked records, oldest first.
    #[serde(default)]
    pub marks: Vec<String>,
    /// The address of the place that was open.
    #[serde(default)]
    pub last: Option<String>,
    /// The paths of the reader's own copies of sources, by the title of the source.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub copies: BTreeMap<String, String>,
}

impl State {
    /// What is kept where this was made of `before`, and others have meanwhile kept something else: theirs, with what
    /// differs between `before` and this.
    pub fn changed_from(&self, before: &State, others: State) -> State {
        let mut kept = State { version: self.version, last: self.last.clone(), ..others };
        kept.marks.retain(|mark| self.marks.contains(mark) || !before.marks.contains(mark));
        let new = self.marks.iter().filter(|mark| !before.marks.contains(mark));
        for mark in new {
            if !kept.marks.contains(mark) {
                kept.marks.push(mark.clone());
            }
        }
        kept.copies.retain(|source, _| self.copies.contains_key(source) || !before.copies.contains_key(source));
        let changed = self.copies.iter().filter(|(source, path)| before.copies.get(*source) != Some(*path));
        kept.copies.extend(changed.map(|(source, path)| (source.clone(), path.clone())));
        kept
    }
}

/// Where a talk stands: kept at every step, so that it can go on after anything, and that the notes in another terminal
/// follow.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TalkState {
    /// The version of the file's shape; 1.
    pub version: u32,
    /// The title of the dataset.
    pub dataset: String,
    /// The name of the tour on the command line.
    pub tour: String,
    /// The addresses of the stops, where the tour is one of marks.
    #[serde(default)]
    pub stops: Vec<String>,
    /// The slide, from 1.
    pub slide: usize,
    /// How many of its points are revealed.
    pub points: usize,
    /// When the first step was made, in milliseconds since the beginning of 1970.
    #[serde(default)]
    pub began: Option<u64>,
    /// How long the talk is to last, in minutes.
    #[serde(default)]
    pub minutes: Option<u32>,
    /// Whether the talk was still going on; what is cut off from outside still is.
    pub running: bool,
}

/// A screen without anything on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Blank {
    /// Black.
    Black,
    /// White.
    White,
}

/// What the audience of a talk is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Where the talk stands.
    pub talk: TalkState,
    /// What is shown instead of the slide.
    pub blank: Option<Blank>,
    /// How many points of each slide have been revealed so far; none where the slide has not been shown.
    pub furthest: Vec<Option<usize>>,
}
