//! `detente study`: the journal of reviews on the command line. It is copied before anything that cannot be undone.

use std::fs;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::arguments::Explorer;
use super::open::open;
use super::paper::Paper;
use super::{Answer, Exit, Failure};
use crate::app::Errand;
use crate::config::Wishes;
use crate::dataset::{Clean, Dataset, Record};
use crate::journal::{self, FileDisk, Journal};
use crate::local_time::now;
use crate::screens::study::Wish;
use crate::search::Index;
use crate::state_file;
use crate::study::{Deck, cards};
use crate::theme::Look;
use crate::wording::{several, went_wrong};

/// The arguments of `study`.
#[derive(Debug, Clone, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  detente study\n  detente study --deck \"country:ru year:2001..2008\"\n  detente study --deck section/sea --cram\n  detente study export > reviews.log"
)]
pub struct Arguments {
    /// A section, a country, or a query as / understands it; all cards where none is named
    #[arg(long, value_name = "DECK")]
    pub deck: Option<String>,
    /// How many new cards a day, instead of what the configuration says
    #[arg(long, value_name = "N")]
    pub new: Option<u32>,
    /// Ask every card of the deck once, whatever the schedule says
    #[arg(long)]
    pub cram: bool,
    /// How it is drawn, and where reviews are kept.
    #[command(flatten)]
    pub explorer: Explorer,
    /// What is done with the journal, instead of studying.
    #[command(subcommand)]
    pub task: Option<Task>,
}

/// What is done with the journal.
#[derive(Debug, Clone, Subcommand)]
pub enum Task {
    /// Print the journal of reviews
    #[command(after_help = "Example:\n  detente study export > reviews.log")]
    Export(Kept),
    /// Take the reviews of another journal in, as of another machine
    #[command(after_help = "Example:\n  detente study import reviews.log")]
    Import(Import),
    /// Forget all reviews; a copy is kept
    #[command(after_help = "Example:\n  detente study reset --yes")]
    Reset(Reset),
}

/// Where the journal is.
#[derive(Debug, Clone, Args)]
pub struct Kept {
    /// Where the journal is kept
    #[arg(long, value_name = "DIR")]
    pub state: Option<PathBuf>,
}

/// The arguments of `study import`.
#[derive(Debug, Clone, Args)]
pub struct Import {
    /// The other journal; - reads standard input
    pub file: PathBuf,
    /// Where the journal is kept.
    #[command(flatten)]
    pub kept: Kept,
}

/// The arguments of `study reset`.
#[derive(Debug, Clone, Args)]
pub struct Reset {
    /// Do not ask
    #[arg(long)]
    pub yes: bool,
    /// Where the journal is kept.
    #[command(flatten)]
    pub kept: Kept,
}

impl Arguments {
    /// What is asked for instead of what the configuration says.
    pub fn wishes(&self) -> Wishes {
        Wishes { new_per_day: self.new, ..self.explorer.looks.wishes() }
    }
}

/// What the arguments ask for. Fails where no card is in the deck.
pub fn errand(arguments: &Arguments, dataset: &'static Dataset, marks: &[Record]) -> Result<Errand, Clean> {
    let (named, cram) = (arguments.deck.clone(), arguments.cram);
    if let Some(named) = &named {
        let deck = Deck::parse(named, dataset);
        if deck.cards(dataset, &Index::new(dataset), marks, &cards(dataset)).is_empty() {
            return Err(Clean::line(format!("detente: there is no card in the deck {named}")));
        }
    }
    Ok(Errand::Study(Wish { deck: named, cram }))
}

/// Does something with the journal; without a task there is nothing to do.
pub fn run(task: Option<&Task>, paper: &mut Paper<impl Write>) -> Answer {
    match task {
        Some(Task::Export(kept)) => export(kept, paper),
        Some(Task::Import(arguments)) => import(arguments, paper),
        Some(Task::Reset(arguments)) => reset(arguments, paper),
        None => Ok(Exit::Nothing),
    }
}

fn disk(kept: &Kept) -> FileDisk {
    FileDisk::new(state_file::home(kept.state.clone()))
}

fn export(kept: &Kept, paper: &mut Paper<impl Write>) -> Answer {
    let (_, found) = Journal::open(disk(kept));
    found.notice.iter().for_each(super::tell);
    found.entries.iter().try_for_each(|entry| writeln!(paper, "{entry}"))?;
    if found.entries.is_empty() {
        super::tell(&Clean::line("detente: no card has been reviewed yet"));
        return Ok(Exit::Nothing);
    }
    Ok(Exit::Found)
}

fn import(arguments: &Import, paper: &mut Paper<impl Write>) -> Answer {
    let text = open(&arguments.file).map_err(Failure::Usage)?;
    let imported = journal::import(disk(&arguments.kept), &text, now()).map_err(failed)?;
    let known = imported.known;
    paper.say(&format!("{} are new, {known} were there already\n", several(imported.new, "review")), Look::Plain)?;
    if imported.damaged > 0 {
        paper.say(&format!("{} could not be read\n", several(imported.damaged, "line")), Look::Note)?;
    }
    told_copy(imported.backup.as_deref(), paper)?;
    Ok(if imported.new + known == 0 { Exit::Nothing } else { Exit::Found })
}

fn reset(arguments: &Reset, paper: &mut Paper<impl Write>) -> Answer {
    let (_, found) = Journal::open(disk(&arguments.kept));
    let count = journal::merged(&found.entries, &[]).len();
    if count == 0 {
        paper.say("There is nothing to forget\n", Look::Plain)?;
        return Ok(Exit::Nothing);
    }
    if !arguments.yes && !is_agreed(count)? {
        return Ok(Exit::Nothing);
    }
    let copy = journal::reset(disk(&arguments.kept), now()).map_err(failed)?;
    paper.say(&format!("{} forgotten\n", several(count, "review")), Look::Plain)?;
    told_copy(copy.as_deref(), paper)?;
    Ok(Exit::Found)
}

/// Asks whether so many reviews are to be forgotten. Fails where nobody is there to answer.
fn is_agreed(count: usize) -> Result<bool, Failure> {
    if !io::stdin().is_terminal() {
        return Err(Failure::Usage(Clean::line("detente: nothing was forgotten; --yes says that it may be")));
    }
    let _ = write!(io::stderr(), "Forget {}? A copy is kept. [y/N] ", several(count, "review"));
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

fn told_copy(copy: Option<&Path>, paper: &mut Paper<impl Write>) -> io::Result<()> {
    let Some(copy) = copy else { return Ok(()) };
    let copy = fs::canonicalize(copy).unwrap_or_else(|_| copy.to_path_buf());
    let copy = Clean::line(copy.display().to_string());
    paper.say(&format!("What there was before: {copy}\n"), Look::Faint)
}

fn failed(error: io::Error) -> Failure {
    Failure::Usage(Clean::line(format!("detente: nothing was changed: {}", went_wrong(&error))))
}
