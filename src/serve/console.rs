//! The console's side: it holds the door and the child, and starts another child where one dies. The talk does not hang
//! on it.

use std::fs::File;
use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::messages::{self, News, Order, Orders};
use crate::dataset::Clean;
use crate::state::Shown;

/// The hidden argument that makes a process the child of a console.
pub const CHILD: &str = "--child";

/// How long a child may take nothing before it counts as dead.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long the end waits for the child's goodbyes.
const LAST_PATIENCE: Duration = Duration::from_millis(1700);

/// How long to wait before another child is started: at first, and at most, where each dies at once.
const FIRST_REST: Duration = Duration::from_millis(100);
const LONGEST_REST: Duration = Duration::from_secs(5);

/// How long a child has to live for its death not to count as one of a row.
const SOUND: Duration = Duration::from_secs(20);

/// What is to be served, and where.
#[derive(Debug)]
pub struct Plan {
    /// Where it listens.
    pub listen: SocketAddr,
    /// What the child is told.
    pub orders: Orders,
    /// Where the log goes; to standard error where it is none.
    pub log: Option<File>,
}

/// What happens at the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// So many are watching.
    Watching(usize),
    /// The speaker elsewhere shows this.
    Shown(Box<Shown>),
    /// The child has died, and how; another one is started.
    Died(Clean),
}

/// The console's hold on the server.
#[derive(Debug, Clone)]
pub struct Console {
    desk: Arc<Desk>,
    address: SocketAddr,
}

#[derive(Debug, Default)]
struct Desk {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// Where the present child listens.
    line: Option<UnixStream>,
    shown: Option<Shown>,
    /// Whether the child has yet to be told what is shown.
    untold: bool,
    /// Whether the server ends, and whether it has ended.
    ends: bool,
    ended: bool,
}

impl Console {
    /// Listens, and starts the child. What happens is told to `told`, on threads of its own. Fails with what the person at
    /// the console is told.
    pub fn open(plan: Plan, told: impl Fn(Event) + Send + 'static) -> Result<Console, Clean> {
        let failed = |error: io::Error| Clean::line(format!("{}: {error}", plan.listen));
        let listener = TcpListener::bind(plan.listen).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let desk = Arc::new(Desk::default());
        desk.state().shown.clone_from(&plan.orders.talk);
        let console = Console { desk: Arc::clone(&desk), address };
        let child = desk.start(&listener, &plan).map_err(failed)?;
        let telling = Arc::clone(&desk);
        let tell = thread::Builder::new().name("orders".to_owned()).spawn(move || telling.tell());
        let watch = move || desk.watch(child, &listener, &plan, &told);
        let watch = thread::Builder::new().name("server".to_owned()).spawn(watch);
        tell.and(watch).map_err(|error| Clean::line(error.to_string()))?;
        Ok(console)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Shows a step of the talk. Nothing is waited for: a child that is slow sees the newest one.
    pub fn show(&self, shown: Shown) {
        let mut state = self.desk.state();
        (state.shown, state.untold) = (Some(shown), true);
        self.desk.changed.notify_all();
    }

    /// Has the readers told that it is over, and waits for that, but not for long.
    pub fn end(&self) {
        let mut state = self.desk.state();
        state.ends = true;
        self.desk.changed.notify_all();
        let deadline = Instant::now() + LAST_PATIENCE;
        while !state.ended {
            let Some(left) = deadline.checked_duration_since(Instant::now()) else { return };
            state = self.desk.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Desk {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts a child: the listening socket is its standard input, a socket to this process its standard output.
    fn start(&self, listener: &TcpListener, plan: &Plan) -> io::Result<Child> {
        let (mut own, theirs) = UnixStream::pair()?;
        own.set_write_timeout(Some(PATIENCE))?;
        let log = plan.log.as_ref().map(File::try_clone).transpose()?;
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["serve", CHILD]).env_clear().current_dir("/").process_group(0);
        // Threads that allocate share two heaps: each of their own would take a part of the bounded memory.
        command.env("MALLOC_ARENA_MAX", "2").envs(std::env::var_os("TZ").map(|zone| ("TZ", zone)));
        command.stdin(OwnedFd::from(listener.try_clone()?)).stdout(OwnedFd::from(theirs));
        command.stderr(log.map_or_else(Stdio::inherit, Stdio::from));
        let mut child = command.spawn()?;
        let mut state = self.state();
        let orders = Orders { talk: state.shown.clone(), ..plan.orders.clone() };
        if let Err(error) = messages::write(&mut own, &Order::Begin(Box::new(orders))) {
            let _ = child.kill();
            return Err(error);
        }
        (state.line, state.untold) = (Some(own), false);
        Ok(child)
    }

    /// Tells the child what is shown, and that it is over.
    fn tell(&self) {
        let mut state = self.state();
        loop {
            state = self
                .changed
                .wait_while(state, |state| !(state.ends || state.untold && state.line.is_some()))
                .unwrap_or_else(PoisonError::into_inner);
            let order = if state.ends { Some(Order::End) } else { state.shown.clone().map(Order::Show) };
            state.untold = false;
            let line = state.line.as_ref().and_then(|line| line.try_clone().ok());
            let ends = state.ends;
            drop(state);
            let told = line.zip(order).map(|(mut line, order)| messages::write(&mut line, &order).map_err(|_| line));
            if let Some(Err(line)) = told {
                let _ = line.shutdown(std::net::Shutdown::Both); // A child that takes nothing is given up.
            }
            if ends {
                return;
            }
            state = self.state();
        }
    }

    /// Stays with each child until it dies, and starts another one.
    fn watch(&self, first: Child, listener: &TcpListener, plan: &Plan, told: &impl Fn(Event)) {
        let mut child = Some(first);
        let mut rest = FIRST_REST;
        loop {
            let begun = Instant::now();
            let how = match child.take() {
                Some(child) => self.stay(child, told),
                None => Clean::line("it could not be started"),
            };
            if self.rests(|state| state.ends, Duration::ZERO) {
                break;
            }
            told(Event::Watching(0));
            told(Event::Died(how));
            rest = if begun.elapsed() > SOUND { FIRST_REST } else { (rest * 2).min(LONGEST_REST) };
            if self.rests(|state| state.ends, rest) {
                break;
            }
            child = self.start(listener, plan).ok();
        }
        self.state().ended = true;
        self.changed.notify_all();
    }

    /// Waits for a while, or until something holds; answers whether it does.
    fn rests(&self, holds: impl Fn(&State) -> bool, patience: Duration) -> bool {
        let waited = self.changed.wait_timeout_while(self.state(), patience, |state| !holds(state));
        holds(&waited.unwrap_or_else(PoisonError::into_inner).0)
    }

    /// Passes on what a child tells, until it is dead; answers how it died.
    fn stay(&self, mut child: Child, told: &impl Fn(Event)) -> Clean {
        let line = self.state().line.as_ref().and_then(|line| line.try_clone().ok());
        if let Some(mut line) = line {
            while let Ok(news) = messages::read(&mut line) {
                told(match news {
                    News::Watching(count) => Event::Watching(count),
                    News::Shown(shown) => {
                        self.state().shown = Some((*shown).clone());
                        Event::Shown(shown)
                    }
                });
            }
        }
        self.state().line = None;
        how(end(&mut child))
    }
}

/// The end of a child that has nothing more to say.
fn end(child: &mut Child) -> io::Result<ExitStatus> {
    let deadline = Instant::now() + LAST_PATIENCE;
    while Instant::now() < deadline {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        thread::sleep(Duration::from_millis(10));
    }
    child.kill()?;
    child.wait()
}

fn how(ended: io::Result<ExitStatus>) -> Clean {
    Clean::line(ended.map_or_else(|error| error.to_string(), |status| status.to_string()))
}

/// Says something at the console.
pub fn say(message: &Clean) {
    let _ = writeln!(io::stderr(), "{message}");
}
