//! Opens a dataset file, however strange it is, without waiting for ever or filling the memory.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use rustix::fs::{FileType, Mode, OFlags, fstat};

use crate::dataset::{Clean, LARGEST_FILE};

/// The bytes of a file, or of standard input for `-`. Fails with one line that says what is wrong.
pub fn open(path: &Path) -> Result<Vec<u8>, Clean> {
    let name = path.display();
    let told = |error: io::Error| Clean::line(format!("{name}: {}", plain(&error)));
    let bytes = if path == Path::new("-") {
        bounded(io::stdin().lock()).map_err(told)?
    } else {
        let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let file = rustix::fs::open(path, flags, Mode::empty()).map_err(|error| told(error.into()))?;
        let kind = FileType::from_raw_mode(fstat(&file).map_err(|error| told(error.into()))?.st_mode);
        match kind {
            FileType::RegularFile => bounded(File::from(file)).map_err(told)?,
            FileType::Directory => return Err(Clean::line(format!("{name}: this is a directory; name a file"))),
            _ => return Err(Clean::line(format!("{name}: this is no regular file; use - for standard input"))),
        }
    };
    if bytes.len() > LARGEST_FILE {
        return Err(Clean::line(format!("{name}: larger than {} MiB, the most that is read", LARGEST_FILE >> 20)));
    }
    Ok(bytes)
}

/// All bytes, but no more than one past the limit.
fn bounded(source: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(LARGEST_FILE as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What went wrong, without the number that the system gives it.
fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}
