//! `detente completions`: a script that lets a shell complete the arguments.

use std::io::Write;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::paper::Paper;
use super::{Answer, Exit, arguments};

/// The arguments of `completions`.
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  detente completions bash > ~/.local/share/bash-completion/completions/detente\n  detente completions fish > ~/.config/fish/completions/detente.fish"
)]
pub struct Arguments {
    /// The shell
    pub shell: Shell,
}

/// Prints the script.
pub fn run(arguments: &Arguments, paper: &mut Paper<impl Write>) -> Answer {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut arguments::Arguments::command(), "detente", &mut script);
    paper.write_all(&script)?;
    Ok(Exit::Found)
}
