//! Follows a talk that is given in another terminal: tells of each step as soon as its file is replaced.

use std::io;
use std::path::Path;
use std::sync::mpsc::SyncSender;
use std::thread;
use std::time::Duration;

use super::Happening;
use crate::action::Input;
use crate::state_file::{TalkFile, make_directory};

/// How long to rest after the directory could not be watched, and between two looks where nothing tells of changes.
const PAUSE: Duration = Duration::from_millis(100);

/// Tells of the step that is kept now, and of each one from now on, on a thread of its own.
pub fn talks(file: TalkFile, happenings: SyncSender<Happening>) -> io::Result<()> {
    let work = move || {
        let Some(path) = file.path() else { return };
        let mut told = None;
        let mut tell = || {
            let step = file.read().filter(|step| told.as_ref() != Some(step));
            let Some(step) = step else { return true };
            told = Some(step.clone());
            happenings.send(Happening::Input(Input::Talk(step))).is_ok()
        };
        while tell() {
            let watched = make_directory(path).and_then(|directory| watch(directory, &mut tell));
            if watched.is_ok_and(|going_on| !going_on) {
                return;
            }
            thread::sleep(PAUSE); // The directory is gone, and has to be made anew.
        }
    };
    thread::Builder::new().name("talks".to_owned()).spawn(work).map(drop)
}

/// Calls `changed` whenever a file of the directory was replaced, until it answers `false`; answers `true` when the
/// directory itself is gone. It is called once before anything is waited for, so that no change is missed.
#[cfg(target_os = "linux")]
fn watch(directory: &Path, changed: &mut impl FnMut() -> bool) -> io::Result<bool> {
    use rustix::fs::inotify::{CreateFlags, ReadFlags, Reader, WatchFlags, add_watch, init};
    let inotify = init(CreateFlags::CLOEXEC)?;
    let replaced = WatchFlags::MOVED_TO | WatchFlags::CLOSE_WRITE;
    add_watch(&inotify, directory, replaced | WatchFlags::DELETE_SELF | WatchFlags::MOVE_SELF)?;
    let mut buffer = [std::mem::MaybeUninit::uninit(); 4096];
    let mut events = Reader::new(&inotify, &mut buffer);
    while changed() {
        let seen = events.next()?.events();
        if seen.intersects(ReadFlags::IGNORED | ReadFlags::DELETE_SELF | ReadFlags::MOVE_SELF | ReadFlags::UNMOUNT) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Where the system tells of no changes through a safe interface, the file is looked at now and then.
#[cfg(not(target_os = "linux"))]
fn watch(_directory: &Path, changed: &mut impl FnMut() -> bool) -> io::Result<bool> {
    while changed() {
        thread::sleep(PAUSE);
    }
    Ok(false)
}
