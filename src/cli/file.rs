//! Files that a subcommand writes: whole, or not at all.

use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use serde::Serialize;
use tempfile::NamedTempFile;

use super::Failure;
use super::paper::Paper;
use crate::dataset::Clean;
use crate::wording::went_wrong;

/// Has something written to a file, or to standard output where none is named.
pub fn write(
    path: Option<&Path>,
    paper: &mut Paper<impl Write>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    match path {
        None => Ok(write(paper)?),
        Some(path) => create(path, write).map_err(|error| unwritable(path, &error)),
    }
}

/// Writes a file aside and puts it in its place once it is whole.
pub fn create(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut aside = Aside::new(path)?;
    write(&mut aside)?;
    aside.keep()
}

/// A file that is written aside; dropped before it is kept, it leaves what was there. What is no regular file is written
/// to as it is.
pub enum Aside {
    /// What is no regular file.
    Straight(BufWriter<File>),
    /// A file of a name of its own, and where it is to stand.
    New(BufWriter<NamedTempFile>, PathBuf),
}

impl Aside {
    /// Begins a file that is to stand at `path`.
    pub fn new(path: &Path) -> io::Result<Aside> {
        if path.metadata().is_ok_and(|there| !there.is_file()) {
            return Ok(Aside::Straight(BufWriter::new(OpenOptions::new().write(true).open(path)?)));
        }
        let directory = path.parent().filter(|directory| !directory.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let usual = Permissions::from_mode(0o666); // Less what the user's mask takes away.
        let aside = tempfile::Builder::new().permissions(usual).tempfile_in(directory)?;
        Ok(Aside::New(BufWriter::new(aside), path.to_owned()))
    }

    /// Puts the file in its place.
    pub fn keep(self) -> io::Result<()> {
        match self {
            Aside::Straight(mut out) => out.flush(),
            Aside::New(aside, path) => {
                let aside = aside.into_inner().map_err(io::IntoInnerError::into_error)?;
                aside.persist(path)?.sync_all()
            }
        }
    }
}

impl Write for Aside {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Aside::Straight(out) => out.write(bytes),
            Aside::New(out, _) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Aside::Straight(out) => out.flush(),
            Aside::New(out, _) => out.flush(),
        }
    }
}

/// Writes a list of a dataset's file behind what is written already, one record a line.
pub fn list(out: &mut dyn Write, name: &str, records: impl Iterator<Item = impl Serialize>) -> io::Result<()> {
    write!(out, ",\n\"{name}\": [")?;
    for (number, record) in records.enumerate() {
        write!(out, "{}", if number > 0 { ",\n" } else { "\n" })?;
        serde_json::to_writer(&mut *out, &record)?;
    }
    write!(out, "]")
}

/// What is told of a file that could not be written.
pub fn unwritable(path: &Path, error: &io::Error) -> Failure {
    Failure::Usage(Clean::line(format!("detente: {}: {}", path.display(), went_wrong(error))))
}
