//! Reads keys, pastes and sizes from the terminal on a thread of its own.

use std::io;
use std::sync::mpsc::SyncSender;
use std::thread;
use std::time::Duration;

use crossterm::event::{Event, KeyEventKind};

use super::{Happening, beginning};
use crate::action::Input;
use crate::dataset::{Clean, LONGEST_TEXT};

/// How often in a row reading may fail before the terminal counts as gone.
const FAILURES: usize = 50;

/// How long reading rests after it failed.
const PAUSE: Duration = Duration::from_millis(20);

/// Sends all that is typed, until the terminal can no longer be read.
pub fn read(happenings: SyncSender<Happening>) -> io::Result<()> {
    let work = move || {
        let mut failures = 0;
        while failures < FAILURES {
            let Ok(event) = crossterm::event::read() else {
                failures += 1; // A window of no size fails to be measured, and is readable again in a moment.
                thread::sleep(PAUSE);
                continue;
            };
            failures = 0;
            let sent = input(event).map(|input| happenings.send(Happening::Input(input)));
            if sent.is_some_and(|sent| sent.is_err()) {
                return;
            }
        }
        let _ = happenings.send(Happening::Gone);
    };
    thread::Builder::new().name("keys".to_owned()).spawn(work).map(drop)
}

/// What the app is told of an event: keys when they go down, pastes made harmless.
fn input(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => Some(Input::Key(key)),
        Event::Mouse(mouse) => Some(Input::Mouse(mouse)),
        Event::Paste(text) => Some(Input::Paste(Clean::line(beginning(&text, LONGEST_TEXT)))),
        Event::Resize(columns, rows) => Some(Input::Resize(columns, rows)),
        _ => None,
    }
}
