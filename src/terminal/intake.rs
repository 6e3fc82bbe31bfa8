//! Stands between the terminal and the library that makes keys of what is typed: a pseudo-terminal takes the place of
//! standard input, and gets what the [`Strainer`] lets through.

use std::fs::File;
use std::io::{self, Write};
use std::thread;

use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

use super::Session;
use super::strainer::Strainer;

/// Lets keys come through a strainer from now on. Fails where the system has no pseudo-terminal for that; then they come
/// as they are.
pub fn strain(session: &'static Session) -> io::Result<()> {
    let outer = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
    grantpt(&outer)?;
    unlockpt(&outer)?;
    let inner = rustix::fs::open(&*ptsname(&outer, Vec::new())?, OFlags::RDWR | OFlags::NOCTTY, Mode::empty())?;
    let mut raw = tcgetattr(&inner)?;
    raw.make_raw();
    tcsetattr(&inner, OptionalActions::Now, &raw)?;
    rustix::stdio::dup2_stdin(&inner)?;
    let work = move || drop(carry(session, &mut File::from(outer)));
    thread::Builder::new().name("typed".to_owned()).spawn(work).map(drop)
}

/// Carries what is typed until the terminal is gone.
fn carry(session: &Session, out: &mut File) -> io::Result<()> {
    let (mut strainer, mut typed, mut strained) = (Strainer::default(), [0; 4096], Vec::new());
    loop {
        strained.clear();
        match session.read(&mut typed, strainer.patience())? {
            Some(0) => return Ok(()),
            Some(count) => strainer.strain(&typed[..count], &mut strained),
            None => strainer.close(&mut strained),
        }
        out.write_all(&strained)?;
    }
}
