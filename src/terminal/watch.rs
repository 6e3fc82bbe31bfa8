//! What ends or stops the program from outside: signals, a terminal that is gone, a panic.

use std::io::{self, Write};
use std::sync::mpsc::SyncSender;
use std::thread;
use std::time::Duration;

use signal_hook::consts::{SIGABRT, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::{Happening, LastWish, Session};
use crate::dataset::Clean;

/// How long after a signal the program may still live, whatever holds it up.
const GRACE: Duration = Duration::from_millis(800);

/// The exit code of a panic, as Rust has it.
const PANICKED: i32 = 101;

/// Takes signals on a thread of their own, so that nothing ever runs inside a handler.
pub fn signals(session: &'static Session, wish: LastWish, happenings: SyncSender<Happening>) -> io::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGABRT, SIGTSTP, SIGCONT])?;
    let work = move || {
        for signal in signals.forever() {
            match signal {
                SIGTSTP => {
                    session.leave();
                    let _ = emulate_default_handler(SIGTSTP);
                }
                SIGCONT if session.is_foreground() => {
                    let _ = session.enter();
                    let _ = happenings.try_send(Happening::Resumed);
                }
                SIGCONT => {}
                _ => die(signal, session, &wish),
            }
        }
    };
    thread::Builder::new().name("signals".to_owned()).spawn(work).map(drop)
}

/// Ends the program when the terminal is gone, which reading from it would never tell.
pub fn hang_up(session: &'static Session, wish: LastWish) -> io::Result<()> {
    let work = move || {
        session.wait_for_hang_up();
        die(SIGHUP, session, &wish);
    };
    thread::Builder::new().name("hang-up".to_owned()).spawn(work).map(drop)
}

/// Gives the terminal back and keeps the state before a panic is told, and ends the program whichever thread panicked.
pub fn panics(session: &'static Session, wish: LastWish) {
    std::panic::set_hook(Box::new(move |panic| {
        session.end();
        let _ = thread::Builder::new().spawn(|| {
            thread::sleep(GRACE); // What panicked may hold what the last wish waits for.
            #[expect(clippy::disallowed_methods, reason = "the terminal is restored")]
            std::process::exit(PANICKED);
        });
        wish.grant();
        let told = Clean::line(panic.to_string());
        let _ = writeln!(io::stderr(), "détente failed: {told}\nPlease report this; nothing of yours is lost.");
        #[expect(clippy::disallowed_methods, reason = "the terminal is restored, and other threads must not go on")]
        std::process::exit(PANICKED);
    }));
}

/// Gives the terminal back, keeps the state, and ends by the same signal, so that the parent sees it.
fn die(signal: i32, session: &'static Session, wish: &LastWish) {
    let timer = move || {
        thread::sleep(GRACE);
        let _ = emulate_default_handler(signal);
    };
    let _ = thread::Builder::new().spawn(timer);
    session.end();
    wish.grant();
    let _ = emulate_default_handler(signal);
}
