//! Opens a file, however strange it is, without waiting for ever or filling the memory; and the dataset in one.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use rustix::fs::{FileType, Mode, OFlags, fstat};

use crate::dataset::{self, Clean, Dataset, LARGEST_FILE};

/// How many findings of an unreadable dataset are told.
const FINDINGS_TOLD: usize = 10;

/// The shipped dataset or the one in a file, and what the reader has to be told of it. Fails with all that has to be
/// told instead.
pub fn dataset(data: Option<&Path>) -> Result<(&'static Dataset, Option<Clean>), Clean> {
    let (name, bytes) = bytes(data)?;
    let reading = dataset::read(&bytes);
    let count = reading.findings.len();
    let Some(dataset) = reading.dataset else {
        let told = reading.findings.iter().take(FINDINGS_TOLD).map(|finding| format!("{name}:{finding}"));
        let more = count.saturating_sub(FINDINGS_TOLD);
        let rest = (more > 0).then(|| format!("{more} more; detente validate lists them all"));
        return Err(Clean::lines(told.chain(rest).collect::<Vec<_>>().join("\n")));
    };
    let warning = format!("{name}: {count} warnings; detente validate lists them");
    Ok((Box::leak(Box::new(dataset)), (count > 0).then(|| Clean::line(warning))))
}

/// The bytes of a dataset file, or of the shipped one, with the name that it goes by.
pub fn bytes(data: Option<&Path>) -> Result<(Clean, Vec<u8>), Clean> {
    match data {
        None => Ok((Clean::line("shipped dataset"), dataset::SHIPPED.as_bytes().to_vec())),
        Some(path) => open(path).map(|bytes| (Clean::line(path.display().to_string()), bytes)),
    }
}

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
pub fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}
