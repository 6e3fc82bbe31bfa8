//! The door: arguments to a shell, a shell to an exit code.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use detente::action::Input;
use detente::app::{App, Opening};
use detente::cli::{open::open, present, validate};
use detente::dataset::{self, Clean, Dataset, Record};
use detente::keymap::Keymap;
use detente::place::Place;
use detente::shell;
use detente::state_file::{StateFile, TalkFile};
use detente::terminal::{Session, Terminal, environment};

/// Exit code for wrong usage or unreadable input.
const USAGE: u8 = 2;

/// How many findings of an unreadable dataset are told.
const FINDINGS_TOLD: usize = 10;

/// Explore a linked chronology in the terminal
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
#[command(
    after_help = "Examples:\n  detente\n  detente country/ru\n  detente --data chronology.json\n  detente validate chronology.json"
)]
struct Arguments {
    /// Where to begin: home, countries, figures, country/ru, source/event/…
    place: Option<String>,
    /// Another dataset of the published shape; - reads standard input
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Where marks and the last place are kept
    #[arg(long, value_name = "DIR")]
    state: Option<PathBuf>,
    /// Draw with ASCII only
    #[arg(long)]
    ascii: bool,
    /// Draw with all characters, whatever the locale says
    #[arg(long, conflicts_with = "ascii")]
    utf8: bool,
    /// Panic on a thread, to try what happens then
    #[arg(long, hide = true, value_name = "THREAD")]
    selftest_panic: Option<String>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List everything that is wrong in a dataset
    #[command(after_help = "Example:\n  detente validate chronology.json")]
    Validate(validate::Arguments),
    /// Present a tour to an audience
    #[command(after_help = "Examples:\n  detente present\n  detente present sea\n  detente present --resume")]
    Present(present::Arguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match &arguments.command {
        Some(Command::Validate(validate)) => quiet_on_closed_pipe(validate::run(validate, &mut io::stdout().lock())),
        Some(Command::Present(present)) => explore(&arguments, Some(present)),
        None => explore(&arguments, None),
    };
    done.unwrap_or_else(|message| {
        let _ = writeln!(io::stderr(), "{message}");
        ExitCode::from(USAGE)
    })
}

/// A reader that has seen enough is no error.
fn quiet_on_closed_pipe(done: io::Result<u8>) -> Result<ExitCode, String> {
    match done {
        Ok(code) => Ok(ExitCode::from(code)),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Err(error) => {
            let _ = writeln!(io::stderr(), "detente: the output could not be written: {error}");
            Ok(ExitCode::FAILURE)
        }
    }
}

/// Opens the explorer, or presents a tour; fails with what to tell and nothing drawn.
fn explore(arguments: &Arguments, present: Option<&present::Arguments>) -> Result<ExitCode, String> {
    let refusal = |why: &str| format!("detente: {why}; detente validate works without one, detente --help tells more");
    let looks = environment::looks(|name| std::env::var(name).ok())
        .ok_or_else(|| refusal("TERM names no terminal that can show a screen"))?;
    if !io::stdout().is_terminal() {
        return Err(refusal("the explorer needs a terminal"));
    }
    let (dataset, warning) = load(arguments)?;
    let place = arguments.place.as_deref().map(|address| parse_place(address, dataset)).transpose()?;
    let session = Session::open().map_err(|_| refusal("the explorer needs a terminal"))?;
    let file = StateFile::new(arguments.state.clone());
    let talk_file = TalkFile::new(arguments.state.clone());
    let (state, notice) = file.read();
    let marks: Vec<Record> = state.marks.iter().filter_map(|address| dataset.find(address)).collect();
    let talk = present.map(|present| present::talk(present, dataset, &marks, talk_file.read().as_ref()));
    let talk = talk.transpose().map_err(|message| message.to_string())?;
    let ascii = arguments.ascii || (looks.ascii && !arguments.utf8);
    let opening =
        Opening { state, place, talk, size: session.size(), theme: looks.theme, keymap: Keymap::default(), ascii };
    let mut app = App::new(dataset, opening);
    warning.into_iter().chain(notice).for_each(|notice| drop(app.update(Input::Notice(notice))));
    let mut terminal = Terminal::enter(session, file, talk_file).map_err(|error| refusal(&error.to_string()))?;
    selftest_panic(arguments);
    let ended = shell::run(&mut app, &mut terminal);
    drop(terminal);
    ended.map_err(|_| refusal("the terminal is gone")).map(|()| ExitCode::SUCCESS)
}

/// The dataset, and what the reader has to be told of it.
fn load(arguments: &Arguments) -> Result<(&'static Dataset, Option<Clean>), String> {
    let shipped = || Ok((Clean::line("shipped dataset"), dataset::SHIPPED.as_bytes().to_vec()));
    let given = |path: &PathBuf| open(path).map(|bytes| (Clean::line(path.display().to_string()), bytes));
    let (name, bytes) = arguments.data.as_ref().map_or_else(shipped, given).map_err(|message| message.to_string())?;
    let reading = dataset::read(&bytes);
    match reading.dataset {
        Some(dataset) => {
            let count = reading.findings.len();
            let warning = format!("{name}: {count} warnings; detente validate lists them");
            Ok((Box::leak(Box::new(dataset)), (count > 0).then(|| Clean::line(warning))))
        }
        None => {
            let told = reading.findings.iter().take(FINDINGS_TOLD).map(|finding| format!("{name}:{finding}"));
            let more = reading.findings.len().saturating_sub(FINDINGS_TOLD);
            let rest = (more > 0).then(|| format!("{more} more; detente validate lists them all"));
            Err(told.chain(rest).collect::<Vec<_>>().join("\n"))
        }
    }
}

fn parse_place(address: &str, dataset: &Dataset) -> Result<Place, String> {
    let unknown = || Clean::line(format!("detente: there is no {address}{}", dataset.near(address))).to_string();
    Place::parse(address, dataset).ok_or_else(unknown)
}

fn selftest_panic(arguments: &Arguments) {
    match arguments.selftest_panic.as_deref() {
        Some("main") => panic!("a self-test on the main thread"),
        Some(_) => drop(std::thread::spawn(|| panic!("a self-test on another thread"))),
        None => {}
    }
}
