//! The door: arguments to a shell, a shell to an exit code.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;

use detente::action::Input;
use detente::app::{App, Errand, Opening};
use detente::cli::arguments::{self, Arguments, Command, Explorer, Question};
use detente::cli::open::{self, Loading};
use detente::cli::paper::{self, Paper};
use detente::cli::{self, Answer, Exit, Failure, copy, present, study};
use detente::config::{Environment, Settings, Wishes};
use detente::dataset::{Clean, Dataset, Record};
use detente::journal::outlive_full_files;
use detente::opening::Waiting;
use detente::place::Place;
use detente::shell::{self, Outside, World};
use detente::state_file::{self, StateFile, TalkFile};
use detente::terminal::{Session, Terminal};

mod reading;
#[cfg(feature = "serve")]
mod serving;

fn main() -> ExitCode {
    outlive_full_files();
    leave(Arguments::read().map_or_else(|refused| explain(&refused), |arguments| begin(&arguments)))
}

/// What fills the screen.
#[derive(Clone, Copy)]
enum Aim<'a> {
    Explore,
    Present(&'a present::Arguments),
    Study(&'a study::Arguments),
}

impl Aim<'_> {
    /// What is asked for instead of what the configuration says.
    fn wishes(self, explorer: &Explorer) -> Wishes {
        match self {
            Aim::Study(study) => study.wishes(),
            Aim::Explore | Aim::Present(_) => explorer.looks.wishes(),
        }
    }

    /// What is begun with. Fails with what is missing.
    fn errand(self, dataset: &'static Dataset, marks: &[Record], talk: &TalkFile) -> Result<Option<Errand>, Failure> {
        match self {
            Aim::Explore => Ok(None),
            Aim::Present(present) => {
                present::errand(present, dataset, marks, talk.read().as_ref()).map(Some).map_err(Failure::Usage)
            }
            Aim::Study(study) => study::errand(study, dataset, marks).map(Some).map_err(Failure::Nothing),
        }
    }
}

fn begin(arguments: &Arguments) -> Answer {
    match &arguments.command {
        None => explore(arguments, &arguments.explorer, Aim::Explore),
        Some(Command::Present(present)) => explore(arguments, &present.explorer, Aim::Present(present)),
        Some(Command::Ask(Question::Study(study))) if study.task.is_none() => {
            explore(arguments, &study.explorer, Aim::Study(study))
        }
        #[cfg(feature = "serve")]
        Some(Command::Serve(serve)) => serving::run(arguments, serve),
        Some(Command::Ask(question)) => answer(arguments, question),
    }
}

/// Prints the answer to a question on standard output.
fn answer(arguments: &Arguments, question: &Question) -> Answer {
    let asks_for_settings = matches!(question, Question::Config(_));
    let terminal =
        if io::stdout().is_terminal() && !asks_for_settings && !arguments.plain { terminal()? } else { None };
    let mut paper = Paper::new(io::BufWriter::new(io::stdout().lock()), terminal);
    let exit = cli::run(question, arguments.data.as_deref(), arguments.lenient, &mut paper)?;
    paper.flush()?;
    Ok(exit)
}

/// The terminal that standard output is, as the reader wants things to look in it.
fn terminal() -> Result<Option<paper::Terminal>, Failure> {
    let settings = Settings::read(&Wishes::default(), Environment::of_process()).map_err(Failure::Usage)?;
    let theme = settings.can_show_a_screen().then(|| settings.looks_in_line());
    Ok(paper::Terminal::of_standard_output(theme, settings.ascii.value))
}

/// Prints the help or the version that was asked for, or what is wrong with the arguments, made harmless.
fn explain(refused: &clap::Error) -> Answer {
    if refused.use_stderr() {
        return Err(Failure::Usage(Clean::lines(refused.to_string().trim_end())));
    }
    refused.print()?;
    Ok(Exit::Found)
}

/// Ends with the code of an answer. A reader of a pipe that has seen enough is no error.
fn leave(answer: Answer) -> ExitCode {
    let (message, exit) = match answer {
        Ok(exit) => return ExitCode::from(exit as u8),
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
        Err(Failure::Output(error)) => {
            (Clean::line(format!("detente: the output could not be written: {}", open::plain(&error))), Exit::Nothing)
        }
        Err(Failure::Nothing(message)) => (message, Exit::Nothing),
        Err(Failure::Usage(message)) => (message, Exit::Usage),
    };
    let _ = writeln!(io::stderr(), "{message}");
    ExitCode::from(exit as u8)
}

/// Opens the explorer, or presents a tour; fails with what to tell and nothing drawn.
fn explore(arguments: &Arguments, explorer: &Explorer, aim: Aim) -> Answer {
    if arguments.plain {
        return reading::run(arguments, explorer, aim);
    }
    let refusal = |why: &str| {
        let instead = match arguments.place.as_deref() {
            Some(address) if address.contains('/') => format!("detente show {address}"),
            _ => "detente timeline".to_owned(),
        };
        let why = format!("detente: {why}; detente --plain reads line by line, {instead} prints");
        Failure::Usage(Clean::line(why))
    };
    let settings = Settings::read(&aim.wishes(explorer), Environment::of_process()).map_err(Failure::Usage)?;
    if !settings.can_show_a_screen() {
        return Err(refusal("TERM names no terminal that can show a screen"));
    }
    if !io::stdout().is_terminal() {
        return Err(refusal("the explorer needs a terminal"));
    }
    let flow = !settings.keymap.binds(&["C-s", "C-q"]);
    let session = || Session::open(flow).map_err(|_| refusal("the explorer needs a terminal"));
    let talk_file = TalkFile::new(explorer.state.clone());
    let file = Arc::new(StateFile::new(explorer.state.clone()));
    let (mut state, notice) = file.read();
    let enter = |session| {
        let reviews = state_file::home(explorer.state.clone());
        Terminal::enter(session, file.clone(), talk_file.clone(), reviews).map_err(|error| refusal(&error.to_string()))
    };
    // A long file is read while the terminal shows how far that is; a short one before anything is drawn.
    let (session, terminal, opened) = match Loading::begin(arguments.data.as_deref(), arguments.lenient) {
        None => {
            let opened = open::dataset(arguments.data.as_deref(), arguments.lenient).map_err(Failure::Usage)?;
            (session()?, None, opened)
        }
        Some(loading) => {
            let session = session()?;
            let mut terminal = enter(session)?;
            terminal.remember(state.clone());
            let waited = wait_for(&loading, &mut terminal, &settings).map_err(|_| refusal("the terminal is gone"))?;
            if !waited {
                return Ok(Exit::Found);
            }
            (session, Some(terminal), loading.finish().map_err(Failure::Usage)?)
        }
    };
    let (dataset, warning) = opened;
    let place = arguments.place.as_deref().map(|address| parse_place(address, dataset)).transpose()?;
    let (printed, copy_notice) = copy::of_explorer(explorer, &mut state, dataset)?;
    let marks: Vec<Record> = state.marks.iter().filter_map(|address| dataset.find(address)).collect();
    let errand = aim.errand(dataset, &marks, &talk_file)?;
    let follows = matches!(errand, Some(Errand::Notes));
    let (theme, ascii, mouse) = (settings.looks(), settings.ascii.value, settings.mouse.value);
    let (study, size) = (settings.study(), session.size());
    let keymap = settings.keymap;
    let opening = Opening { state, printed, place, errand, study, size, theme, keymap, ascii, mouse };
    let mut app = App::new(dataset, opening);
    let notices = warning.into_iter().chain(notice).chain(copy_notice).map(Input::Notice).collect();
    let mut terminal = match terminal {
        Some(terminal) => terminal,
        None => enter(session)?,
    };
    if follows {
        terminal.follow_talks().map_err(|error| refusal(&error.to_string()))?;
    }
    selftest_panic(arguments, &app, &mut terminal);
    let ended = shell::run(&mut app, &mut terminal, notices);
    drop(terminal);
    ended.map_err(|_| refusal("the terminal is gone")).map(|()| Exit::Found)
}

/// Shows how far a file is read until it is; answers whether the reader waited for it.
fn wait_for(loading: &Loading, terminal: &mut Terminal, settings: &Settings) -> io::Result<bool> {
    let Loading { name, length, progress, .. } = loading;
    let waiting = Waiting { name, length: *length, progress, theme: &settings.looks(), ascii: settings.ascii.value };
    waiting.until(terminal, || loading.is_done())
}

fn parse_place(address: &str, dataset: &'static Dataset) -> Result<Place, Failure> {
    let unknown = || Clean::line(format!("detente: there is no {address}{}", arguments::near(address, dataset)));
    Place::parse(address, dataset).ok_or_else(|| Failure::Usage(unknown()))
}

/// Panics where that was asked for; in the middle of things, with a picture on its way to the terminal.
fn selftest_panic(arguments: &Arguments, app: &App, terminal: &mut Terminal) {
    let Some(place) = arguments.selftest_panic.as_deref() else { return };
    let _ = terminal.show(&mut |frame| app.view(frame));
    match place {
        "main" => panic!("a self-test on the main thread"),
        "draw" => {
            terminal.redraw();
            let _ = terminal.wait(Some(terminal.now().after(std::time::Duration::from_millis(20))));
            let _ = terminal.show(&mut |_| panic!("a self-test while drawing"));
        }
        _ => drop(std::thread::spawn(|| panic!("a self-test on another thread"))),
    }
}
