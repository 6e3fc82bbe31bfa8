//! Floor 7: the files in which the reader's marks and last place, and the step of a talk, live between two runs.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use serde::Serialize;

use crate::dataset::Clean;
use crate::state::{State, TalkState};

/// The version of the file's shape that this program writes.
const VERSION: u32 = 1;

/// The file, or none where there is no directory to keep it in.
#[derive(Debug)]
pub struct StateFile {
    path: Option<PathBuf>,
}

impl StateFile {
    /// The file in `directory`, or else in the user's own state directory.
    pub fn new(directory: Option<PathBuf>) -> StateFile {
        StateFile { path: home(directory).map(|directory| directory.join("state.json")) }
    }

    /// What was kept, and what the reader has to be told. A file that cannot be understood is set aside, never lost.
    pub fn read(&self) -> (State, Option<Clean>) {
        let Some(path) = &self.path else {
            return (State::default(), Some(Clean::line("Marks are not kept: there is no home directory.")));
        };
        let text = match fs::read(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return (State::default(), None),
            Err(error) => {
                let notice = format!("Marks could not be read: {}: {error}", path.display());
                return (State::default(), Some(Clean::line(notice)));
            }
        };
        match serde_json::from_slice::<State>(&text) {
            Ok(state) if state.version == VERSION => (state, None),
            _ => (State::default(), Some(set_aside(path))),
        }
    }

    /// Writes the state beside the file and puts it in its place. Fails with what the reader has to be told.
    pub fn write(&self, state: &State) -> Result<(), Clean> {
        let Some(path) = &self.path else { return Ok(()) };
        let state = State { version: VERSION, ..state.clone() };
        let kept = replace(path, &state, true);
        kept.map_err(|error| Clean::line(format!("Marks are not kept: {}: {error}", path.display())))
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
        let text = fs::read(self.path.as_ref()?).ok()?;
        serde_json::from_slice::<TalkState>(&text).ok().filter(|state| state.version == VERSION)
    }

    /// Puts the step in its place, all at once. It is not waited for until the disk has it: a talk must not halt for
    /// that, and what is lost in a power cut is one step.
    pub fn write(&self, state: &TalkState) -> Result<(), Clean> {
        let Some(path) = &self.path else { return Ok(()) };
        let kept = replace(path, state, false);
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

fn replace(path: &Path, state: &impl Serialize, lasting: bool) -> io::Result<()> {
    let directory = make_directory(path)?;
    let mut aside = tempfile::NamedTempFile::new_in(directory)?;
    serde_json::to_writer_pretty(&mut aside, state)?;
    aside.write_all(b"\n")?;
    if lasting {
        aside.as_file().sync_all()?;
    }
    aside.persist(path)?;
    Ok(())
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
