//! What is kept between two runs: the reader's marks, and where they were.

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
}
