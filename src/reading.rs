//! The door to the way in lines: the same errands as of the explorer, without a terminal that has to be held.

use std::io::{self, BufRead, IsTerminal, Write};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use detente::app;
use detente::cli::arguments::{Arguments, Explorer};
use detente::cli::open::{self, Loading};
use detente::cli::paper;
use detente::cli::{Answer, Exit, Failure, copy};
use detente::config::{Environment, Settings};
use detente::context::Context;
use detente::dataset::Record;
use detente::local_time;
use detente::plain::{Dialogue, Errand, Keeping, Opening, Plain};
use detente::state_file::{self, StateFile, TalkFile};

use super::{Aim, parse_place};

/// The widest that lines are set, also where they go to no terminal, in columns.
const WIDEST: usize = 76;

/// How often the reader of a long file is told how far it is read.
const BETWEEN_WORDS: Duration = Duration::from_secs(5);

/// How soon it is seen that a file is read.
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// Reads places, asks cards or gives a talk, in lines on standard input and output.
pub fn run(arguments: &Arguments, explorer: &Explorer, aim: Aim) -> Answer {
    let settings = Settings::read(&aim.wishes(explorer), Environment::of_process()).map_err(Failure::Usage)?;
    let terminal = paper::Terminal::of_standard_output(None, settings.ascii.value);
    let width = terminal.map_or(WIDEST, |terminal| terminal.width.min(WIDEST));
    let prompts = terminal.is_some() && io::stdin().is_terminal();
    let (input, output) = (io::stdin().lock(), io::stdout().lock());
    let mut dialogue = Dialogue::new(input, io::BufWriter::new(output), width, settings.ascii.value, prompts);

    let opened = match Loading::begin(arguments.data.as_deref(), arguments.lenient) {
        None => open::dataset(arguments.data.as_deref(), arguments.lenient),
        Some(loading) => {
            wait_for(&loading, &mut dialogue)?;
            loading.finish()
        }
    };
    let (dataset, warning) = opened.map_err(Failure::Usage)?;
    let place = arguments.place.as_deref().map(|address| parse_place(address, dataset)).transpose()?;
    let talk = TalkFile::new(explorer.state.clone());
    let file = Arc::new(StateFile::new(explorer.state.clone()));
    let (mut state, notice) = file.read();
    let (printed, copy_notice) = copy::of_explorer(explorer, &mut state, dataset)?;
    let marks: Vec<Record> = state.marks.iter().filter_map(|address| dataset.find(address)).collect();
    let errand = match aim.errand(dataset, &marks, &talk)? {
        Some(app::Errand::Talk(talk)) => Errand::Talk(Box::new(talk)),
        Some(app::Errand::Study(wish)) => Errand::Study(wish),
        _ => Errand::Browse,
    };
    let study = settings.study();
    let context = Context { printed, keymap: settings.keymap, ..Context::on_paper(dataset) };
    let notices = warning.into_iter().chain(notice).chain(copy_notice).collect();
    let keeping = Keeping::new(file, talk, state_file::home(explorer.state.clone()), local_time::now);
    Plain::new(Opening { context, state, place, study, notices }, dialogue, keeping)?.run(errand)?;
    Ok(Exit::Found)
}

/// Waits until a file is read; says so first, and how far it is where that takes long.
fn wait_for(loading: &Loading, dialogue: &mut Dialogue<impl BufRead, impl Write>) -> io::Result<()> {
    dialogue.announce(&format!("Reading {}, {} MB.", loading.name, loading.length / 1_000_000))?;
    let (mut told, mut last) = (Instant::now(), String::new());
    while !loading.is_done() {
        thread::sleep(BETWEEN_LOOKS);
        if told.elapsed() < BETWEEN_WORDS {
            continue;
        }
        let word = match loading.progress.share(loading.length) {
            share if share < 1.0 => format!("{:.0} % is read.", share * 100.0),
            _ => "Joining what belongs together.".to_owned(),
        };
        if word != last {
            dialogue.announce(&word)?;
        }
        (told, last) = (Instant::now(), word);
    }
    Ok(())
}
