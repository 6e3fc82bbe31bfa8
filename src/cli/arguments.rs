//! What can be written behind `detente`: the one definition from which the help, the man page and the completions come.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, CommandFactory, Parser, Subcommand};

use crate::config::Wishes;
use crate::dataset::{self, Dataset};
use crate::theme::ThemeName;

use super::{completions, config, export, import, man, present, search, show, stats, study, timeline, validate};

/// Explore a linked chronology in the terminal
#[derive(Debug, Parser)]
#[command(
    name = "detente",
    version,
    after_help = "Examples:\n  detente\n  detente country/ru\n  detente --data chronology.json\n  detente --source chapter-ix.txt\n  detente --plain\n  detente search country:ru kind:exercise\n  detente timeline --country ru --year 2003"
)]
pub struct Arguments {
    /// Where to begin: home, countries, figures, country/ru, source/event/…
    pub place: Option<String>,
    /// Another dataset of the published shape; - reads standard input
    #[arg(long, value_name = "FILE", global = true)]
    pub data: Option<PathBuf>,
    /// Open a dataset without its links that lead nowhere, where nothing else is wrong
    #[arg(long, global = true)]
    pub lenient: bool,
    /// Line by line, as for a screen reader: nothing is drawn or coloured
    #[arg(long, global = true)]
    pub plain: bool,
    /// How the explorer is drawn, and where it keeps things.
    #[command(flatten)]
    pub explorer: Explorer,
    /// Panic on a thread, to try what happens then
    #[arg(long, hide = true, value_name = "THREAD")]
    pub selftest_panic: Option<String>,
    /// What to do other than to explore.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options of whatever fills the screen.
#[derive(Debug, Clone, Args)]
pub struct Explorer {
    /// Where marks and the last place are kept
    #[arg(long, value_name = "DIR")]
    pub state: Option<PathBuf>,
    /// Your own copy of the source's text: s shows its paragraphs beside the digests, from now on
    #[arg(long, value_name = "FILE")]
    pub source: Option<PathBuf>,
    /// Forget where your copy of the source lies
    #[arg(long, conflicts_with = "source")]
    pub forget_source: bool,
    /// How things look, and what the keys mean.
    #[command(flatten)]
    pub looks: Looks,
}

/// Options that go before the configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub struct Looks {
    /// The configuration, instead of the usual one
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// How things look
    #[arg(long, value_name = "NAME", value_parser = theme())]
    pub theme: Option<ThemeName>,
    /// Let the mouse select, scroll and follow links; M changes it
    #[arg(long)]
    pub mouse: bool,
    /// Draw with ASCII only
    #[arg(long)]
    pub ascii: bool,
    /// Draw with all characters, whatever the locale says
    #[arg(long, conflicts_with = "ascii")]
    pub utf8: bool,
}

impl Looks {
    /// What is asked for instead of what the configuration says.
    pub fn wishes(&self) -> Wishes {
        let ascii = (self.ascii || self.utf8).then_some(self.ascii);
        Wishes { file: self.config.clone(), theme: self.theme, ascii, mouse: self.mouse, new_per_day: None }
    }
}

fn theme() -> impl TypedValueParser<Value = ThemeName> {
    let words = PossibleValuesParser::new(ThemeName::ALL.map(ThemeName::word));
    words.map(|word| ThemeName::parse(&word).unwrap_or_default())
}

/// The subcommands, in the order of the help.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Those that print an answer.
    #[command(flatten)]
    Ask(Question),
    /// Present a tour to an audience
    Present(present::Arguments),
    /// Let others read and watch over SSH
    #[cfg(feature = "serve")]
    Serve(super::serve::Arguments),
}

/// The subcommands that print an answer and end.
#[derive(Debug, Subcommand)]
pub enum Question {
    /// Find records by words and fields
    Search(search::Arguments),
    /// Print the page of a record
    Show(show::Arguments),
    /// List events in order of time
    Timeline(timeline::Arguments),
    /// Count what is in the dataset
    Stats(stats::Arguments),
    /// Write the dataset, or a part of it, for another program
    Export(export::Arguments),
    /// Make a dataset of a table of events
    Import(import::Arguments),
    /// Study cards, in the terminal; or keep, merge and forget what was learned
    Study(study::Arguments),
    /// List everything that is wrong in a dataset
    Validate(validate::Arguments),
    /// Print the settings that hold, and where each comes from
    Config(config::Arguments),
    /// Print a completion script for a shell
    Completions(completions::Arguments),
    /// Print the manual page
    Man(man::Arguments),
}

impl Arguments {
    /// Reads the arguments that the program was started with. A place or an option of the explorer beside a subcommand
    /// means nothing, and is refused.
    pub fn read() -> Result<Arguments, clap::Error> {
        let arguments = Arguments::try_parse()?;
        let Explorer { state, source, forget_source, looks } = &arguments.explorer;
        let explorer = arguments.place.is_some()
            || state.is_some()
            || source.is_some()
            || *forget_source
            || *looks != Looks::default();
        if explorer && arguments.command.is_some() {
            let message = "a place and the options of the explorer do not go before a subcommand";
            return Err(Arguments::command().error(clap::error::ErrorKind::ArgumentConflict, message));
        }
        Ok(arguments)
    }
}

/// "; did you mean …?" with what is nearest to a word that is neither a command nor a place.
pub fn near(word: &str, dataset: &'static Dataset) -> String {
    let commands = Arguments::command();
    let names = commands.get_subcommands().map(clap::Command::get_name);
    match dataset::near(word, names) {
        near if near.is_empty() || word.contains('/') => show::near(word, dataset),
        near => near.replace("did you mean", "did you mean the command"),
    }
}
