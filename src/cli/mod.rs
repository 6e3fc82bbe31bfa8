//! Floor 7: the command line. One file for each subcommand, what they share beside them; it prints what the explorer
//! shows and knows nothing of how the explorer draws it.

pub mod arguments;
pub mod completions;
pub mod config;
pub mod copy;
pub mod export;
pub mod file;
pub mod filters;
pub mod import;
pub mod json;
pub mod man;
pub mod open;
pub mod paper;
pub mod present;
pub mod search;
#[cfg(feature = "serve")]
pub mod serve;
pub mod show;
pub mod stats;
pub mod study;
pub mod timeline;
pub mod validate;

use std::io::{self, Write};
use std::path::Path;

use crate::dataset::{Clean, Dataset};
use arguments::Question;
use paper::Paper;

/// How a subcommand ended, as its exit code says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Something was found, or nothing was wrong.
    Found = 0,
    /// Nothing was found, or something was wrong with what was checked.
    Nothing = 1,
    /// The question was no question, or a file could not be read.
    Usage = 2,
}

/// Why a subcommand gave no answer.
#[derive(Debug)]
pub enum Failure {
    /// What was asked makes no sense, in one or more lines.
    Usage(Clean),
    /// What was asked for is not there.
    Nothing(Clean),
    /// The answer could not be written.
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Output(error)
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Failure {
        Failure::Output(error.into())
    }
}

/// How a subcommand ended.
pub type Answer = Result<Exit, Failure>;

/// Answers a question from the dataset in `data`, or from the shipped one.
pub fn run(question: &Question, data: Option<&Path>, lenient: bool, paper: &mut Paper<impl Write>) -> Answer {
    match question {
        Question::Search(arguments) => search::run(arguments, dataset(data, lenient)?, paper),
        Question::Show(arguments) => show::run(arguments, dataset(data, lenient)?, paper),
        Question::Timeline(arguments) => timeline::run(arguments, dataset(data, lenient)?, paper),
        Question::Stats(arguments) => stats::run(arguments, dataset(data, lenient)?, paper),
        Question::Export(arguments) => export::run(arguments, dataset(data, lenient)?, paper),
        Question::Import(arguments) => import::run(arguments, paper),
        Question::Study(arguments) => study::run(arguments.task.as_ref(), paper),
        Question::Validate(arguments) => validate::run(arguments, data, paper),
        Question::Config(arguments) => config::run(arguments, paper),
        Question::Completions(arguments) => completions::run(arguments, paper),
        Question::Man(arguments) => man::run(arguments, paper),
    }
}

/// The dataset to answer from; what is odd about it is told on standard error.
fn dataset(data: Option<&Path>, lenient: bool) -> Result<&'static Dataset, Failure> {
    let (dataset, warning) = open::dataset(data, lenient).map_err(Failure::Usage)?;
    warning.into_iter().for_each(|warning| tell(&warning));
    Ok(dataset)
}

/// Says something beside the answer; where standard error is gone, nobody is there to be told.
fn tell(message: &Clean) {
    let _ = writeln!(io::stderr(), "{message}");
}
