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
use detente::state::State;
use detente::state_file::{self, StateFile, TalkFile};
use detente::terminal::{Session, Terminal};
use detente::wording::went_wrong;

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
            (Clean::line(format!("detente: the output could not be written: {}", went_wrong(&error))), Exit::Nothing)
        }
        Err(Failure::Nothing(message)) => (message, Exit::Nothing),
        Err(Failure::Usage(message)) => (message, Exit::Usage),
    };
    let _ = writeln!(io::stderr(), "{message}");
    ExitCode::from(exit as u8)
}

/// Fills the screen until the reader leaves; fails with what to tell and nothing drawn.
fn explore(arguments: &Arguments, explorer: &Explorer, aim: Aim) -> Answer {
    if arguments.plain {
        return reading::run(arguments, explorer, aim);
    }
    let door = Door::new(arguments, explorer, aim)?;
    let (mut state, notice) = door.file.read();
    let Some(Entry { session, terminal, dataset, warning }) = door.open(&state)? else { return Ok(Exit::Found) };
    let place = arguments.place.as_deref().map(|address| parse_place(address, dataset)).transpose()?;
    let (printed, copy_notice) = copy::of_explorer(explorer, &mut state, dataset)?;
    let marks: Vec<Record> = state.marks.iter().filter_map(|address| dataset.find(address)).collect();
    let errand = aim.errand(dataset, &marks, &door.talk)?;
    let follows = matches!(errand, Some(Errand::Notes));
    let settings = &door.settings;
    let (theme, keymap, study) = (settings.looks(), settings.keymap.clone(), settings.study());
    let (ascii, mouse, size) = (settings.ascii.value, settings.mouse.value, session.size());
    let mut app =
        App::new(dataset, Opening { state, printed, place, errand, study, size, theme, keymap, ascii, mouse });
    let mut terminal = match terminal {
        Some(terminal) => terminal,
        None => door.enter(session)?,
    };
    if follows {
        terminal.follow_talks().map_err(|error| refusal(arguments, &error.to_string()))?;
    }
    selftest_panic(arguments, &app, &mut terminal);
    let notices = [warning, notice, copy_notice].into_iter().flatten().map(Input::Notice).collect();
    let ended = shell::run(&mut app, &mut terminal, notices);
    drop(terminal);
    ended.map_err(|_| refusal(arguments, "the terminal is gone")).map(|()| Exit::Found)
}

/// What is told where the screen cannot be filled: why, and what prints without one.
fn refusal(arguments: &Arguments, why: &str) -> Failure {
    let instead = match arguments.place.as_deref() {
        Some(address) if address.contains('/') => format!("detente show {address}"),
        _ => "detente timeline".to_owned(),
    };
    let why = format!("detente: {why}; detente --plain reads line by line, {instead} prints");
    Failure::Usage(Clean::line(why))
}

/// What the explorer is opened with.
struct Door<'a> {
    arguments: &'a Arguments,
    explorer: &'a Explorer,
    settings: Settings,
    file: Arc<StateFile>,
    talk: TalkFile,
}

/// What is there once the dataset is read.
struct Entry {
    session: &'static Session,
    /// The terminal, where the reader has waited in it; else it is entered last, so that nothing is drawn in vain.
    terminal: Option<Terminal>,
    dataset: &'static Dataset,
    warning: Option<Clean>,
}

impl<'a> Door<'a> {
    /// Fails where the settings are wrong, or where nothing can fill a screen.
    fn new(arguments: &'a Arguments, explorer: &'a Explorer, aim: Aim) -> Result<Door<'a>, Failure> {
        let settings = Settings::read(&aim.wishes(explorer), Environment::of_process()).map_err(Failure::Usage)?;
        if !settings.can_show_a_screen() {
            return Err(refusal(arguments, "TERM names no terminal that can show a screen"));
        }
        if !io::stdout().is_terminal() {
            return Err(refusal(arguments, "the explorer needs a terminal"));
        }
        let file = Arc::new(StateFile::new(explorer.state.clone()));
        Ok(Door { arguments, explorer, settings, file, talk: TalkFile::new(explorer.state.clone()) })
    }

    /// Reads the dataset: a short one before anything is drawn, a long one while the terminal shows how far that is.
    /// `None` where the reader did not wait for it.
    fn open(&self, state: &State) -> Result<Option<Entry>, Failure> {
        let (data, lenient) = (self.arguments.data.as_deref(), self.arguments.lenient);
        let Some(loading) = Loading::begin(data, lenient) else {
            let (dataset, warning) = open::dataset(data, lenient).map_err(Failure::Usage)?;
            return Ok(Some(Entry { session: self.session()?, terminal: None, dataset, warning }));
        };
        let session = self.session()?;
        let mut terminal = self.enter(session)?;
        terminal.remember(state.clone());
        let waited = wait_for(&loading, &mut terminal, &self.settings);
        if !waited.map_err(|_| refusal(self.arguments, "the terminal is gone"))? {
            return Ok(None);
        }
        let (dataset, warning) = loading.finish().map_err(Failure::Usage)?;
        Ok(Some(Entry { session, terminal: Some(terminal), dataset, warning }))
    }

    fn session(&self) -> Result<&'static Session, Failure> {
        let flow = !self.settings.keymap.binds(&["C-s", "C-q"]);
        Session::open(flow).map_err(|_| refusal(self.arguments, "the explorer needs a terminal"))
    }

    fn enter(&self, session: &'static Session) -> Result<Terminal, Failure> {
        let reviews = state_file::home(self.explorer.state.clone());
        Terminal::enter(session, self.file.clone(), self.talk.clone(), reviews)
            .map_err(|error| refusal(self.arguments, &error.to_string()))
    }
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
