//! Floor 7: the files in which the reader's marks and last place, and the step of a talk, live between two runs.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use etcetera::BaseStrategy;
use rustix::fs::OFlags;
use serde::{Deserialize, Serialize};

use crate::dataset::Clean;
use crate::state::{State, TalkState};

/// The version of the file's shape that this program writes.
const VERSION: u32 = 1;

/// The largest file that is read, in bytes.
const LARGEST: u64 = 4 * 1024 * 1024;

/// How long another copy of the program may hold the file.
const PATIENCE: Duration = Duration::from_millis(300);

/// Why a file of another version is left alone.
const NEWER: &str = "a newer version of this program has written it";

/// The file, or none where there is no directory to keep it in. Several copies of the program may keep it at once: each
/// writes what it has changed itself, beside what the others have.
#[derive(Debug)]
pub struct StateFile {
    path: Option<PathBuf>,
    known: Mutex<Known>,
}

/// What this run knows of the file.
#[derive(Debug, Default)]
struct Known {
    /// What it read or kept last; what differs from it is this run's own doing.
    state: State,
    /// Why nothing may be written.
    closed: Option<&'static str>,
}

/// What is in the file.
enum Content {
    State(State),
    Nothing,
    Newer,
    Broken,
}

impl StateFile {
    /// The file in `directory`, or else in the user's own state directory.
    pub fn new(directory: Option<PathBuf>) -> StateFile {
        let path = home(directory).map(|directory| directory.join("state.json"));
        StateFile { path, known: Mutex::default() }
    }

    /// What was kept, and what the reader has to be told. A file that cannot be understood is set aside, never lost; one
    /// of a newer version is left as it is.
    pub fn read(&self) -> (State, Option<Clean>) {
        let Some(path) = &self.path else {
            return (State::default(), Some(Clean::line("Marks are not kept: there is no home directory.")));
        };
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let notice = match content(path) {
            Ok(Content::State(state)) => {
                known.state = state;
                None
            }
            Ok(Content::Nothing) => None,
            Ok(Content::Newer) => {
                known.closed = Some(NEWER);
                Some(Clean::line(format!("Marks are not kept: {}: {NEWER}.", path.display())))
            }
            Ok(Content::Broken) => Some(set_aside(path)),
            Err(error) => Some(Clean::line(format!("Marks could not be read: {}: {error}", path.display()))),
        };
        (known.state.clone(), notice)
    }

    /// Writes the state beside the file and puts it in its place. Fails with what the reader has to be told.
    pub fn write(&self, state: &State) -> Result<(), Clean> {
        let Some(path) = &self.path else { return Ok(()) };
        let kept = self.put(path, &State { version: VERSION, ..state.clone() });
        kept.map_err(|error| Clean::line(format!("Marks are not kept: {}: {error}", path.display())))
    }

    fn put(&self, path: &Path, state: &State) -> io::Result<()> {
        let directory = make_directory(path)?;
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(why) = known.closed {
            return Err(io::Error::other(why));
        }
        let lock = lock(&directory.join("state.lock"))?;
        let others = match content(path)? {
            Content::State(others) => others,
            Content::Nothing => known.state.clone(),
            Content::Newer => return Err(io::Error::other(NEWER)),
            Content::Broken => {
                set_aside(path);
                known.state.clone()
            }
        };
        replace(path, &state.changed_from(&known.state, others))?;
        known.state = state.clone();
        drop(lock);
        Ok(())
    }
}

/// What a file holds. Fails where it cannot be read, or is none.
fn content(path: &Path) -> io::Result<Content> {
    let text = match bytes(path, LARGEST) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Content::Nothing),
        Err(error) => return Err(error),
    };
    Ok(match serde_json::from_slice::<State>(&text) {
        Ok(state) if state.version == VERSION => Content::State(state),
        _ if version(&text) > VERSION => Content::Newer,
        _ => Content::Broken,
    })
}

/// The version that a file says it is of, whatever else stands in it; 0 where it says none.
fn version(text: &[u8]) -> u32 {
    #[derive(Deserialize)]
    struct Version {
        version: u32,
    }
    serde_json::from_slice(text).map_or(0, |Version { version }| version)
}

/// The bytes of a regular file of no more than `most`, in whole MiB; nothing else is waited for.
pub fn bytes(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let flags = OFlags::NONBLOCK.bits().cast_signed();
    let file = File::options().read(true).custom_flags(flags).open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("this is no regular file"));
    }
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::other(format!("larger than {} MiB, the most that is read", most >> 20)));
    }
    Ok(bytes)
}

/// Holds the file against other copies of the program. Fails where one of them holds it too long.
fn lock(path: &Path) -> io::Result<File> {
    let file = File::options().write(true).create(true).truncate(false).mode(0o600).open(path)?;
    let deadline = Instant::now() + PATIENCE;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if Instant::now() < deadline => thread::sleep(Duration::from_millis(2)),
            Err(TryLockError::WouldBlock) => return Err(io::Error::other("another copy of the program holds it")),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
}

/// The file in which the step of a talk is kept, and from which the notes learn of it.
#[derive(Debug, Clone)]
pub struct TalkFile {
    path: Option<PathBuf>,
}

impl TalkFile {
    /// The file in `directory`, or else in the user's own state directory.
    pub fn new(directory: Option<PathBuf>) -> TalkFile {
        TalkFile { path: home(directory).map(|directory| directory.join("talk.json")) }
    }

    /// Where the file is or will be; `None` where there is no directory to keep it in.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Where the last talk stood; `None` where there was none, or where it cannot be read.
    pub fn read(&self) -> Option<TalkState> {
        let text = bytes(self.path.as_ref()?, LARGEST).ok()?;
        serde_json::from_slice::<TalkState>(&text).ok().filter(|state| state.version == VERSION)
    }

    /// Puts the step in its place, all at once. It is not waited for until the disk has it: a talk must not halt for
    /// that, and what is lost in a power cut is one step.
    pub fn write(&self, state: &TalkState) -> Result<(), Clean> {
        let Some(path) = &self.path else { return Ok(()) };
        let newer = bytes(path, LARGEST).is_ok_and(|text| version(&text) > VERSION);
        let kept = if newer { Err(io::Error::other(NEWER)) } else { step(path, state) };
        kept.map_err(|error| Clean::line(format!("The step is not kept: {}: {error}", path.display())))
    }
}

/// The directory that keeps the files: `directory`, or else the user's own.
pub fn home(directory: Option<PathBuf>) -> Option<PathBuf> {
    let own = || Some(etcetera::choose_base_strategy().ok()?.state_dir()?.join("detente"));
    directory.or_else(|| own().filter(|directory| directory.is_absolute() || directory.exists()))
}

/// Makes the directory of a file, for its owner alone, where it is not there yet.
pub fn make_directory(path: &Path) -> io::Result<&Path> {
    let directory = path.parent().unwrap_or(path);
    fs::DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
    Ok(directory)
}

/// Writes the state beside its file and puts it in its place, so that a power cut leaves the one or the other. The name
/// beside is always the same, which the lock keeps to one copy: a program that is killed leaves no more than one behind.
fn replace(path: &Path, state: &State) -> io::Result<()> {
    let aside = path.with_extension("json.new");
    let mut file = File::options().write(true).create(true).truncate(true).mode(0o600).open(&aside)?;
    write_json(&mut file, state)?;
    file.sync_all()?;
    fs::rename(aside, path)?;
    File::open(path.parent().unwrap_or(path))?.sync_all() // The new name is in the directory.
}

/// Puts the step of a talk in the place of the one before, all at once.
fn step(path: &Path, state: &TalkState) -> io::Result<()> {
    let mut aside = tempfile::NamedTempFile::new_in(make_directory(path)?)?;
    write_json(&mut aside, state)?;
    aside.persist(path)?;
    Ok(())
}

fn write_json(file: &mut impl Write, state: &impl Serialize) -> io::Result<()> {
    let mut text = serde_json::to_vec_pretty(state)?;
    text.push(b'\n');
    file.write_all(&text)
}

/// Renames a file that cannot be understood, so that nothing of it is lost, and says where it went.
fn set_aside(path: &Path) -> Clean {
    let names = (1..).map(|number| match number {
        1 => path.with_extension("json.broken"),
        number => path.with_extension(format!("json.broken-{number}")),
    });
    let Some(aside) = names.take(10_000).find(|name| !name.exists()) else {
        return Clean::line(format!("Marks could not be read: {}", path.display()));
    };
    match fs::rename(path, &aside) {
        Ok(()) => Clean::line(format!("Marks could not be read; the file is now {}", aside.display())),
        Err(error) => Clean::line(format!("Marks could not be read: {}: {error}", path.display())),
    }
}
