//! Reading a dataset: quickly where nothing is wrong with the file, and else carefully, so that all is told.

use std::io::{self, Read};

use super::finding::Finding;
use super::{Dataset, careful, quick};

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: usize = 512 * 1024 * 1024;

/// The deepest nesting of arrays and objects that is read.
pub const DEEPEST_NESTING: usize = 32;

/// A file that was read: its dataset, unless an error keeps it from opening, and all that was found.
#[derive(Debug)]
pub struct Reading {
    /// The dataset; `None` where a finding is an error.
    pub dataset: Option<Dataset>,
    /// Everything that is wrong, in the order of the file.
    pub findings: Vec<Finding>,
}

/// Watches over the reading of a file: hears how many bytes are read, and answers whether to go on.
pub type Watch<'a> = &'a dyn Fn(u64) -> bool;

/// Reads a dataset file and says everything that is wrong with it.
pub fn read(bytes: &[u8]) -> Reading {
    match read_quickly(bytes, bytes.len() as u64, &|_| true) {
        Ok(Some(dataset)) => Reading { dataset: Some(dataset), findings: Vec::new() },
        Ok(None) | Err(_) => read_carefully(bytes, false),
    }
}

/// Reads a dataset file of about `length` bytes as it comes, so that it is never held whole beside its records. Answers
/// no dataset where there is anything to be said of the file: [`read_carefully`] says it. Fails where the source does,
/// or with [`io::ErrorKind::Interrupted`] where the watch ends it.
pub fn read_quickly(source: impl Read, length: u64, watch: Watch) -> io::Result<Option<Dataset>> {
    quick::read(source, length, watch)
}

/// Reads a dataset file and says everything that is wrong with it, with all positions. A lenient reading opens it without
/// the links that lead nowhere where nothing else is wrong.
pub fn read_carefully(bytes: &[u8], lenient: bool) -> Reading {
    careful::read(bytes, lenient)
}

/// Everything that is wrong with a dataset file, in the order of the file; empty for a sound one.
pub fn validate(bytes: &[u8]) -> Vec<Finding> {
    read(bytes).findings
}
