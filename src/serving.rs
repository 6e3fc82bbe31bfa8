//! The door to the server: its console, with a talk or without, and its child.

use std::io;

use detente::action::Input;
use detente::app::{App, Errand, Opening};
use detente::cli::arguments::Arguments;
use detente::cli::{Answer, Exit, Failure, open, serve};
use detente::config::{Environment, Settings};
use detente::dataset::Clean;
use detente::serve::{Child, Console, Event, HostKey, Plan, say};
use detente::shell;
use detente::state::{Shown, State};
use detente::state_file::{self, StateFile, TalkFile};
use detente::terminal::{Session, Terminal};

/// Serves until it is told to end.
pub fn run(arguments: &Arguments, serve: &serve::Arguments) -> Answer {
    if serve.child {
        return child();
    }
    let settings = Settings::read(&serve.looks.wishes(), Environment::of_process()).map_err(Failure::Usage)?;
    let (dataset, warning) = open::dataset(arguments.data.as_deref(), arguments.lenient).map_err(Failure::Usage)?;
    warning.iter().for_each(say);
    let talk = serve::talk(serve, dataset).map_err(Failure::Usage)?;
    let home = serve::home(serve).map_err(Failure::Usage)?;
    let key = HostKey::open(&home).map_err(Failure::Usage)?;
    let context = detente::context::Context::on_paper(dataset);
    let shown = talk.as_ref().map(|talk| talk.shown(&context));
    let orders = serve::orders(serve, arguments.data.as_deref(), arguments.lenient, &settings, (&home, &key), shown);
    let log = serve::log(serve, &home).map_err(Failure::Usage)?;
    let plan = Plan { listen: serve.listen, orders: orders.map_err(Failure::Usage)?, log };
    match talk.filter(|_| serve.speaker.is_none()) {
        None => wait(serve, plan, &key),
        Some(talk) => {
            let theme = settings.looks();
            let opening = Opening {
                state: State::default(),
                printed: None,
                place: None,
                errand: Some(Errand::Talk(talk)),
                study: settings.study(),
                size: (80, 24),
                theme,
                ascii: settings.ascii.value,
                mouse: settings.mouse.value,
                keymap: settings.keymap,
            };
            present(serve, plan, &key, dataset, opening)
        }
    }
}

/// The child of a console.
fn child() -> Answer {
    let failed = |error: io::Error| Failure::Nothing(Clean::line(format!("detente serve --child: {error}")));
    let child = Child::begin().map_err(failed)?;
    let orders = child.orders();
    let (dataset, _) = open::dataset(orders.data.as_deref(), orders.lenient).map_err(Failure::Usage)?;
    child.run(dataset).map_err(failed).map(|()| Exit::Found)
}

fn refused(why: &Clean) -> Failure {
    Failure::Nothing(Clean::line(format!("detente: {why}")))
}

/// Serves without a talk here, until a signal.
fn wait(serve: &serve::Arguments, plan: Plan, key: &HostKey) -> Answer {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    let talk_file = TalkFile::new(serve.state.clone());
    let console = Console::open(plan, move |event| match event {
        Event::Died(how) => say(&Clean::line(format!("The server has failed ({how}); another one is started."))),
        Event::Shown(shown) => drop(talk_file.write(&shown.talk)),
        Event::Watching(_) => {}
    })
    .map_err(|why| refused(&why))?;
    serve::told(serve, console.address(), key).iter().for_each(say);
    signals.forever().next();
    console.end();
    Ok(Exit::Found)
}

/// Gives a talk here, and shows it to all who watch.
fn present(
    serve: &serve::Arguments,
    plan: Plan,
    key: &HostKey,
    dataset: &'static detente::dataset::Dataset,
    opening: Opening,
) -> Answer {
    let gone = |error: io::Error| Failure::Usage(Clean::line(format!("detente: a talk needs a terminal: {error}")));
    let session = Session::open(!opening.keymap.binds(&["C-s", "C-q"])).map_err(gone)?;
    let mut app = App::new(dataset, Opening { size: session.size(), ..opening });
    let (sender, events) = std::sync::mpsc::channel();
    let console = Console::open(plan, move |event| drop(sender.send(event))).map_err(|why| refused(&why))?;
    serve::told(serve, console.address(), key).iter().for_each(say);
    let state = serve.state.clone();
    let reviews = state_file::home(state.clone());
    let mut terminal =
        Terminal::enter(session, StateFile::new(state.clone()).into(), TalkFile::new(state), reviews).map_err(gone)?;
    let ear = terminal.ear();
    std::thread::spawn(move || {
        for event in events {
            let heard = match event {
                Event::Watching(count) => ear(Input::Watching(count)),
                Event::Died(how) => ear(Input::Notice(failed(&how))),
                Event::Shown(_) => true,
            };
            if !heard {
                return;
            }
        }
    });
    let audience = console.clone();
    terminal.face(move |shown: Shown| audience.show(shown));
    app.update(Input::Watching(0));
    let ended = shell::run(&mut app, &mut terminal, Vec::new());
    drop(terminal);
    console.end();
    ended.map_err(|_| refused(&Clean::line("the terminal is gone"))).map(|()| Exit::Found)
}

/// What the speaker is told where the server has died.
fn failed(how: &Clean) -> Clean {
    Clean::line(format!("The server has failed ({how}); another one is started. The talk goes on here."))
}
