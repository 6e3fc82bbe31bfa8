//! Floor 7: the real terminal. Keys come in on one thread, signals on another, and what a terminal does not take at once
//! goes out on a third, so that a terminal that takes nothing never keeps a key from being heard.

pub(crate) mod canvas;
mod clipboard;
mod follow;
mod intake;
mod keys;
mod reviews;
mod searches;
mod session;
pub mod strainer;
mod watch;

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

use ratatui::Frame;
use rustix::process::{Signal, getpid, getsid, kill_current_process_group};

use crate::action::Input;
use crate::clock::Moment;
use crate::dataset::Clean;
use crate::local_time;
use crate::search::SharedIndex;
use crate::shell::{Outside, World};
use crate::state::{Shown, State, TalkState};
use crate::state_file::{StateFile, TalkFile};
use crate::study::{Deed, Report, Stamp};
use crate::wire::Wire;

use canvas::Canvas;
pub(crate) use clipboard::{Clipboard, Copied};
use reviews::{Keeping, Reviews};
use searches::Searches;
pub use session::Session;
#[cfg(feature = "serve")]
pub(crate) use session::{ENTER, HEAR_MOUSE, IGNORE_MOUSE, LEAVE};

/// How much may happen before it is taken in.
const QUEUE: usize = 1024;

/// How much is taken in before the next picture.
const BATCH: usize = 256;

/// What the threads tell the loop.
#[derive(Debug)]
pub(crate) enum Happening {
    /// The reader did something.
    Input(Input),
    /// The shell gave the terminal back to us.
    Resumed,
    /// A text is on the clipboard, or the terminal has to be asked for it.
    Copied(Copied),
    /// What was left of the picture is out.
    Shown,
    /// Something became of reviews that were to be read or kept.
    Kept,
    /// The terminal can no longer be read.
    Gone,
}

/// What is kept if the program is ended from outside.
#[derive(Debug, Clone)]
pub(crate) struct LastWish {
    state: Arc<Mutex<State>>,
    file: Arc<StateFile>,
    keeping: Keeping,
}

impl LastWish {
    /// Writes the state that was remembered last.
    pub(crate) fn grant(&self) {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let _ = self.file.write(&state);
        self.keeping.settle();
    }
}

/// The terminal, held until it is dropped.
#[derive(Debug)]
pub struct Terminal {
    session: &'static Session,
    screen: ratatui::Terminal<Canvas>,
    wire: Wire,
    pictures: SyncSender<Vec<u8>>,
    happenings: Receiver<Happening>,
    /// Where those tell what happens that are not waited for.
    sender: SyncSender<Happening>,
    clipboard: Clipboard,
    /// Whether a part of a picture is still on its way out; the next picture waits until it is there.
    busy: bool,
    /// Whether something happened since the last picture was drawn.
    is_stale: bool,
    wish: LastWish,
    talk: TalkFile,
    reviews: Reviews,
    searches: Searches,
    audience: Option<Audience>,
}

/// Where an audience is that sees each step of a talk.
struct Audience(Box<dyn FnMut(Shown)>);

impl fmt::Debug for Audience {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Audience")
    }
}

impl Terminal {
    /// Takes the terminal, with everything in place that gives it back. Reviews are kept in the directory `reviews`.
    pub fn enter(
        session: &'static Session,
        file: Arc<StateFile>,
        talk: TalkFile,
        reviews: Option<PathBuf>,
    ) -> io::Result<Terminal> {
        let (sender, happenings) = sync_channel(QUEUE);
        let wish = LastWish { state: Arc::default(), file, keeping: Keeping::default() };
        watch::panics(session, wish.clone());
        watch::signals(session, wish.clone(), sender.clone())?;
        watch::hang_up(session, wish.clone())?;
        session.enter()?;
        let _ = intake::strain(session); // Where there is no way to strain keys, they come as they are.
        keys::read(sender.clone())?;
        let pictures = show_pictures(session, sender.clone())?;
        let clipboard = Clipboard::of(|name| std::env::var(name).ok());
        let Ok(screen) = ratatui::Terminal::new(Canvas::new(session.size()));
        let wire = Wire::new(&std::env::var("TERM").unwrap_or_default());
        let reviews = Reviews::new(reviews, wish.keeping.clone(), sender.clone());
        let searches = Searches::new(sender.clone());
        Ok(Terminal {
            session,
            screen,
            wire,
            pictures,
            happenings,
            sender,
            clipboard,
            busy: false,
            is_stale: true,
            wish,
            talk,
            reviews,
            searches,
            audience: None,
        })
    }

    /// Tells from now on where the talk stands that is given in another terminal.
    pub fn follow_talks(&self) -> io::Result<()> {
        follow::talks(self.talk.clone(), self.sender.clone())
    }

    /// Shows each step of the talk to an audience elsewhere.
    pub fn face(&mut self, audience: impl FnMut(Shown) + 'static) {
        self.audience = Some(Audience(Box::new(audience)));
    }

    /// Where else things happen than at the terminal: what is told there is taken in as if it had happened here. Answers
    /// whether the terminal is still held.
    pub fn ear(&self) -> impl Fn(Input) -> bool + Send + 'static {
        let sender = self.sender.clone();
        move |input| sender.send(Happening::Input(input)).is_ok()
    }

    fn take_in(&mut self, happening: Happening, inputs: &mut Vec<Input>) -> io::Result<()> {
        match happening {
            Happening::Shown => self.busy = false,
            Happening::Kept => inputs.extend(self.reviews.late().map(Input::Kept)),
            Happening::Copied(copied) => inputs.push(Input::Notice(self.ask_for(copied))),
            Happening::Gone => return Err(io::Error::from(io::ErrorKind::UnexpectedEof)),
            Happening::Resumed => {
                self.redraw();
                inputs.push(self.measured());
            }
            Happening::Input(Input::Resize(..)) => {
                inputs.retain(|input| !matches!(input, Input::Resize(..)));
                inputs.push(self.measured());
            }
            Happening::Input(Input::Mouse(mut mouse)) => {
                let (columns, rows) = self.screen.backend().size;
                mouse.column = mouse.column.min(columns.saturating_sub(1));
                mouse.row = mouse.row.min(rows.saturating_sub(1));
                inputs.push(Input::Mouse(mouse));
            }
            Happening::Input(input) => inputs.push(input),
        }
        Ok(())
    }

    /// The size that the terminal has now, for which the next picture is drawn.
    fn measured(&mut self) -> Input {
        let (columns, rows) = self.session.size();
        self.screen.backend_mut().size = (columns, rows);
        Input::Resize(columns, rows)
    }

    /// Asks the terminal for what a copied text needs; answers what the reader is told.
    fn ask_for(&mut self, copied: Copied) -> Clean {
        self.wire.ask(&copied.sequence);
        copied.message
    }
}

impl Outside for Terminal {
    fn wait(&mut self, until: Option<Moment>) -> io::Result<Vec<Input>> {
        let mut inputs = Vec::new();
        let first = match until {
            None => self.happenings.recv().map_err(io::Error::other)?,
            Some(until) => match self.happenings.recv_timeout(until.since(self.now())) {
                Ok(first) => first,
                Err(RecvTimeoutError::Timeout) => {
                    self.is_stale = true;
                    return Ok(inputs);
                }
                Err(error) => return Err(io::Error::other(error)),
            },
        };
        self.take_in(first, &mut inputs)?;
        while inputs.len() < BATCH {
            let Ok(next) = self.happenings.try_recv() else { break };
            self.take_in(next, &mut inputs)?;
        }
        let size = self.session.size();
        if size != self.screen.backend().size {
            // A window that changes while the program starts is told to nobody yet.
            self.take_in(Happening::Input(Input::Resize(size.0, size.1)), &mut inputs)?;
        }
        self.is_stale |= !inputs.is_empty();
        Ok(inputs)
    }

    fn show(&mut self, draw: &mut dyn FnMut(&mut Frame)) -> io::Result<()> {
        let (columns, rows) = self.screen.backend().size;
        if self.busy || !self.is_stale || columns == 0 || rows == 0 {
            return Ok(());
        }
        self.is_stale = false;
        let picture = canvas::draw(&mut self.screen, draw, |drawn| self.wire.picture(drawn));
        let written = if picture.is_empty() { 0 } else { self.session.write_at_once(&picture) };
        if written < picture.len() {
            self.busy = self.pictures.send(picture[written..].to_vec()).is_ok();
        }
        Ok(())
    }
}

impl World for Terminal {
    fn now(&self) -> Moment {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Moment::default().after(since)
    }

    fn copy(&mut self, text: &Clean) -> Option<Clean> {
        if self.clipboard.is_at_once() {
            let copied = self.clipboard.copy(text);
            return Some(self.ask_for(copied));
        }
        let (clipboard, text, sender) = (self.clipboard.clone(), text.clone(), self.sender.clone());
        let work = move || drop(sender.send(Happening::Copied(clipboard.copy(&text))));
        let started = thread::Builder::new().name("clipboard".to_owned()).spawn(work);
        started.err().map(|error| Clean::line(format!("Nothing was copied: {error}")))
    }

    fn hear_mouse(&mut self, heard: bool) {
        let sequence = self.session.hear_mouse(heard);
        self.wire.ask(sequence);
    }

    fn redraw(&mut self) {
        self.wire.forget();
        self.is_stale = true;
    }

    fn suspend(&mut self) -> Option<Clean> {
        if getsid(None).is_ok_and(|leader| leader == getpid()) {
            return Some(Clean::line("There is no shell to go back to."));
        }
        self.session.leave();
        let _ = kill_current_process_group(Signal::STOP);
        None // The signal that lets the program go on also takes the terminal again.
    }

    fn save(&mut self, state: &State) -> Option<Clean> {
        self.wish.file.write(state).err()
    }

    fn keep_talk(&mut self, talk: &TalkState) -> Option<Clean> {
        self.talk.write(talk).err()
    }

    fn show_audience(&mut self, shown: Shown) {
        self.audience.iter_mut().for_each(|audience| audience.0(shown.clone()));
    }

    fn ahead(&self) -> i16 {
        local_time::ahead(i64::try_from(self.now().0).unwrap_or(i64::MAX))
    }

    fn read_reviews(&mut self) -> Option<Report> {
        self.reviews.read()
    }

    fn note(&mut self, at: Stamp, deed: Deed) -> Option<Report> {
        self.reviews.note(at, deed)
    }

    fn search(&mut self, index: &SharedIndex, number: u64, query: String) -> Option<Clean> {
        self.searches.ask(index, number, query)
    }

    fn remember(&mut self, state: State) {
        *self.wish.state.lock().unwrap_or_else(PoisonError::into_inner) = state;
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.session.end();
        self.wish.keeping.settle();
    }
}

/// The beginning of a text, of no more than so many bytes; no letter is cut in two.
fn beginning(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
    &text[..end.unwrap_or(0)]
}

/// Writes what is left of one picture after the other on a thread that may be kept waiting.
fn show_pictures(session: &'static Session, happenings: SyncSender<Happening>) -> io::Result<SyncSender<Vec<u8>>> {
    let (sender, pictures) = sync_channel::<Vec<u8>>(1);
    let work = move || {
        for picture in pictures {
            session.write_picture(&picture);
            if happenings.send(Happening::Shown).is_err() {
                return;
            }
        }
    };
    thread::Builder::new().name("pictures".to_owned()).spawn(work)?;
    Ok(sender)
}
