//! Files that a subcommand writes: whole, or not at all.

use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use serde::Serialize;

use super::Failure;
use super::open::plain;
use super::paper::Paper;
use crate::dataset::Clean;

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

/// Writes a file aside and puts it in its place once it is whole. What is no regular file is written to as it is.
pub fn create(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    if path.metadata().is_ok_and(|there| !there.is_file()) {
        let mut out = BufWriter::new(OpenOptions::new().write(true).open(path)?);
        write(&mut out)?;
        return out.flush();
    }
    let directory = path.parent().filter(|directory| !directory.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let usual = Permissions::from_mode(0o666); // Less what the user's mask takes away.
    let mut aside = BufWriter::new(tempfile::Builder::new().permissions(usual).tempfile_in(directory)?);
    write(&mut aside)?;
    let aside = aside.into_inner().map_err(io::IntoInnerError::into_error)?;
    let file: File = aside.persist(path)?;
    file.sync_all()
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
    Failure::Usage(Clean::line(format!("detente: {}: {}", path.display(), plain(error))))
}
