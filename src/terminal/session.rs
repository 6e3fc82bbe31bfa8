//! The one guard of the terminal: it enters and leaves the full screen, exactly once for each, on every way out.

use std::io;
use std::os::fd::OwnedFd;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::process::getpgrp;
use rustix::termios::{
    Action, InputModes, OptionalActions, QueueSelector, Termios, tcflow, tcflush, tcgetattr, tcgetpgrp, tcgetwinsize,
    tcsetattr,
};

/// Alternate screen, bracketed paste, no cursor.
pub const ENTER: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[?25l";

/// Presses, releases, the wheel and drags are reported, in coordinates without a limit. Moves are not: they would be sent
/// without end.
pub const HEAR_MOUSE: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";

/// The reverse.
pub const IGNORE_MOUSE: &[u8] = b"\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// The reverse of entering and of the mouse, after an end to whatever sequence was cut off in the middle and to a
/// synchronised update.
pub const LEAVE: &[u8] =
    b"\x18\x1b\\\x1b[?2026l\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?2004l\x1b[0m\x1b[?25h\x1b[?1049l";

/// How long leaving waits for a terminal that does not take anything.
const PATIENCE: Duration = Duration::from_millis(150);

/// The controlling terminal, opened for this program alone, and whether it is held.
#[derive(Debug)]
pub struct Session {
    tty: OwnedFd,
    /// Whether Ctrl-S holds pictures and Ctrl-Q lets them go on, where the reader's terminal does so.
    flow: bool,
    held: Mutex<Held>,
}

#[derive(Debug)]
struct Held {
    entered: bool,
    /// Whether the program is on its way out, so that nothing enters again.
    over: bool,
    /// Whether the mouse is heard while the terminal is held.
    mouse: bool,
    /// The terminal's settings before the program.
    cooked: Termios,
}

impl Session {
    /// Opens the controlling terminal, without entering. Fails where there is none. With `flow`, Ctrl-S and Ctrl-Q stay
    /// what they are to the terminal; else they are keys.
    pub fn open(flow: bool) -> io::Result<&'static Session> {
        let flags = OFlags::RDWR | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let tty = rustix::fs::open("/dev/tty", flags, Mode::empty())?;
        let cooked = tcgetattr(&tty)?;
        let held = Mutex::new(Held { entered: false, over: false, mouse: false, cooked });
        Ok(Box::leak(Box::new(Session { tty, flow, held })))
    }

    /// Takes the terminal: raw keys, full screen. Does nothing once the program is on its way out.
    pub fn enter(&self) -> io::Result<()> {
        let mut held = self.lock();
        if held.over {
            return Ok(());
        }
        let mut raw = held.cooked.clone();
        raw.make_raw();
        if self.flow {
            raw.input_modes |= held.cooked.input_modes & InputModes::IXON;
        }
        tcsetattr(&self.tty, OptionalActions::Now, &raw)?;
        held.entered = true;
        self.write_within(ENTER, PATIENCE);
        if held.mouse {
            self.write_within(HEAR_MOUSE, PATIENCE);
        }
        Ok(())
    }

    /// Takes note whether the mouse is heard whenever the terminal is entered; answers what tells the terminal so now.
    pub fn hear_mouse(&self, heard: bool) -> &'static [u8] {
        self.lock().mouse = heard;
        if heard { HEAR_MOUSE } else { IGNORE_MOUSE }
    }

    /// Gives the terminal back as it was; does nothing where it is not held.
    pub fn leave(&self) {
        self.give_back(&mut self.lock());
    }

    /// Gives the terminal back for good.
    pub fn end(&self) {
        let mut held = self.lock();
        held.over = true;
        self.give_back(&mut held);
    }

    fn give_back(&self, held: &mut Held) {
        if !std::mem::take(&mut held.entered) {
            return;
        }
        // What Ctrl-S holds is let go, which the system does only after a halt of our own.
        let _ = tcflow(&self.tty, Action::OOff).and_then(|()| tcflow(&self.tty, Action::OOn));
        if !self.write_within(LEAVE, PATIENCE) {
            // The terminal takes nothing: what it has not shown yet makes room for the way out.
            let _ = tcflush(&self.tty, QueueSelector::OFlush);
            self.write_within(LEAVE, PATIENCE / 3);
        }
        let _ = tcflush(&self.tty, QueueSelector::IFlush);
        let _ = tcsetattr(&self.tty, OptionalActions::Now, &held.cooked);
    }

    /// Writes as much of a picture as the terminal takes at once, and answers how many bytes; all of it where the terminal
    /// is not held.
    pub fn write_at_once(&self, bytes: &[u8]) -> usize {
        let held = self.lock();
        if held.entered { rustix::io::write(&self.tty, bytes).unwrap_or(0) } else { bytes.len() }
    }

    /// Writes what is left of a picture, as fast as the terminal takes it, for as long as the terminal is held.
    pub fn write_picture(&self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let held = self.lock();
            if !held.entered {
                return;
            }
            let written = rustix::io::write(&self.tty, bytes);
            drop(held);
            match written {
                Ok(count) => bytes = &bytes[count..],
                Err(rustix::io::Errno::AGAIN) => self.wait_for_room(Duration::from_millis(50)),
                Err(rustix::io::Errno::INTR) => {}
                Err(_) => return,
            }
        }
    }

    /// Reads what is typed into `buffer`, and answers how many bytes; `None` where nothing comes within `patience`.
    pub fn read(&self, buffer: &mut [u8], patience: Option<Duration>) -> io::Result<Option<usize>> {
        loop {
            let mut polled = [PollFd::new(&self.tty, PollFlags::IN)];
            let patience = patience.and_then(|patience| Timespec::try_from(patience).ok());
            match poll(&mut polled, patience.as_ref()) {
                Ok(0) => return Ok(None),
                Ok(_) => {}
                Err(rustix::io::Errno::INTR) => continue,
                Err(error) => return Err(error.into()),
            }
            match rustix::io::read(&self.tty, &mut *buffer) {
                Ok(count) => return Ok(Some(count)),
                Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// The size in columns and rows; nothing where the terminal is gone.
    pub fn size(&self) -> (u16, u16) {
        tcgetwinsize(&self.tty).map_or((0, 0), |size| (size.ws_col, size.ws_row))
    }

    /// Says whether the shell lets this program have the terminal.
    pub fn is_foreground(&self) -> bool {
        tcgetpgrp(&self.tty).is_ok_and(|group| group == getpgrp())
    }

    /// Waits until the terminal is gone.
    pub fn wait_for_hang_up(&self) {
        loop {
            let mut polled = [PollFd::new(&self.tty, PollFlags::empty())];
            let found = poll(&mut polled, None);
            if found.is_ok_and(|count| count > 0) {
                return;
            }
        }
    }

    /// Writes all of `bytes` before `patience` is over, or says that it could not.
    fn write_within(&self, mut bytes: &[u8], patience: Duration) -> bool {
        let deadline = Instant::now() + patience;
        while !bytes.is_empty() {
            match rustix::io::write(&self.tty, bytes) {
                Ok(count) => bytes = &bytes[count..],
                Err(rustix::io::Errno::AGAIN | rustix::io::Errno::INTR) if Instant::now() < deadline => {
                    self.wait_for_room(deadline.saturating_duration_since(Instant::now()));
                }
                Err(_) => return false,
            }
        }
        true
    }

    fn wait_for_room(&self, patience: Duration) {
        let mut polled = [PollFd::new(&self.tty, PollFlags::OUT)];
        let _ = poll(&mut polled, Timespec::try_from(patience).ok().as_ref());
    }

    /// The lock, also after a thread died with it: the terminal is to be given back all the more.
    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
