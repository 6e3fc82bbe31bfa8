//! `detente config`: the settings that hold, and where each of them comes from.

use std::io::Write;

use clap::Args;

use super::arguments::Looks;
use super::paper::Paper;
use super::{Answer, Exit, Failure};
use crate::config::{Environment, Settings};

/// The arguments of `config`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "Examples:\n  detente config\n  detente config --theme dark")]
pub struct Arguments {
    /// What is asked for instead of what the file says.
    #[command(flatten)]
    pub looks: Looks,
}

/// Prints the settings as a configuration file that says the same.
pub fn run(arguments: &Arguments, paper: &mut Paper<impl Write>) -> Answer {
    let settings = Settings::read(&arguments.looks.wishes(), Environment::of_process()).map_err(Failure::Usage)?;
    settings.print(paper)?;
    Ok(Exit::Found)
}
