//! The door to the way in lines: the same errands as of the explorer, without a terminal that has to be held.

use std::io::{self, IsTerminal};
use std::sync::Arc;

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
            dialogue.say(&format!("Reading {}.", loading.name))?;
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
