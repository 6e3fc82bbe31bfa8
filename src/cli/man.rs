//! `detente man`: the manual pages, from the definitions that the arguments are read by.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, CommandFactory};
use clap_mangen::Man;

use super::file::unwritable;
use super::paper::Paper;
use super::{Answer, Exit, arguments};

/// The arguments of `man`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "Examples:\n  detente man | man -l -\n  detente man -o man1")]
pub struct Arguments {
    /// Write this page and one for each subcommand into a directory instead
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
}

/// Prints the page of the program, or writes all pages into a directory.
pub fn run(arguments: &Arguments, paper: &mut Paper<impl Write>) -> Answer {
    let mut command = arguments::Arguments::command();
    command.build();
    match &arguments.output {
        None => Man::new(command).render(paper)?,
        Some(directory) => {
            write_all(command, directory).map_err(|error| unwritable(directory, &error))?;
        }
    }
    Ok(Exit::Found)
}

fn write_all(command: clap::Command, directory: &Path) -> io::Result<()> {
    fs::create_dir_all(directory)?;
    for subcommand in command.get_subcommands().filter(|subcommand| !subcommand.is_hide_set()) {
        Man::new(subcommand.clone()).generate_to(directory)?;
    }
    Man::new(command).generate_to(directory).map(drop)
}
