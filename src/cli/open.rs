//! Opens a file, however strange it is, without waiting for ever or filling the memory; and the dataset in one.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use rustix::fs::{FileType, Mode, OFlags, fstat};
use rustix::process::{Resource, getrlimit};

use crate::dataset::{self, Clean, Dataset, LARGEST_FILE};
use crate::opening::Progress;
use crate::wording::went_wrong;

/// The shortest file that is waited for, in bytes; a shorter one is there before a bar could be seen.
const WAITED_FOR: u64 = 8 * 1024 * 1024;

/// The most memory that reading a file can need, in times of its length.
const MOST_NEEDED: u64 = 8;

/// How many findings of an unreadable dataset are told.
const FINDINGS_TOLD: usize = 10;

/// The shipped dataset or the one in a file, and what the reader has to be told of it. Fails with all that has to be
/// told instead.
pub fn dataset(data: Option<&Path>, lenient: bool) -> Opened {
    watched(data, lenient, &|_, _| true)
}

/// The same, watched: the watch hears how much of the file is read and how long it is, and answers whether to go on.
pub fn watched(data: Option<&Path>, lenient: bool, watch: &dyn Fn(u64, u64) -> bool) -> Opened {
    if let Some(dataset) = quickly(data, watch)? {
        return Ok((Box::leak(Box::new(dataset)), None));
    }
    let (name, bytes) = bytes(data)?;
    let reading = dataset::read_carefully(&bytes, lenient);
    let count = reading.findings.len();
    let Some(dataset) = reading.dataset else {
        let told = reading.findings.iter().take(FINDINGS_TOLD).map(|finding| format!("{name}:{finding}"));
        let more = count.saturating_sub(FINDINGS_TOLD);
        let rest = (more > 0).then(|| format!("{more} more; detente validate lists them all"));
        let loose = !lenient && reading.findings.iter().all(|finding| finding.dangling);
        let hint = loose.then(|| "detente --lenient opens it without the links that lead nowhere".to_owned());
        return Err(Clean::lines(told.chain(rest).chain(hint).collect::<Vec<_>>().join("\n")));
    };
    let dangling = reading.findings.iter().any(|finding| finding.dangling);
    let what = if dangling { "findings, links that lead nowhere are left out" } else { "warnings" };
    let warning = format!("{name}: {count} {what}; detente validate lists them");
    Ok((Box::leak(Box::new(dataset)), (count > 0).then(|| Clean::line(warning))))
}

/// A dataset that is being read on a thread of its own.
pub struct Loading {
    /// The file.
    pub name: Clean,
    /// Its bytes.
    pub length: u64,
    /// How far the reading is.
    pub progress: Arc<Progress>,
    thread: JoinHandle<Opened>,
}

/// A dataset and what the reader has to be told of it, or all that has to be told instead.
pub type Opened = Result<(&'static Dataset, Option<Clean>), Clean>;

impl Loading {
    /// Begins to read a file that is so long that the reader has to wait for it; `None` where it is not.
    pub fn begin(data: Option<&Path>, lenient: bool) -> Option<Loading> {
        let path = data.filter(|path| *path != Path::new("-"))?.to_owned();
        let length = path.metadata().ok().filter(fs::Metadata::is_file)?.len();
        // Where memory may run out the program ends at once, which must not be while it holds the terminal.
        let may_run_out =
            getrlimit(Resource::As).current.is_some_and(|limit| limit < length.saturating_mul(MOST_NEEDED));
        if length < WAITED_FOR || may_run_out {
            return None;
        }
        let progress = Arc::new(Progress::default());
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let heard = progress.clone();
        let read = move || watched(Some(&path), lenient, &|read, _| heard.note(read));
        let thread = thread::Builder::new().name("loading".to_owned()).spawn(read).ok()?;
        Some(Loading { name: Clean::line(name), length, progress, thread })
    }

    /// Says whether the reading is done.
    pub fn is_done(&self) -> bool {
        self.thread.is_finished()
    }

    /// What was read.
    pub fn finish(self) -> Opened {
        self.thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}

/// The dataset, where nothing is to be said of it.
fn quickly(data: Option<&Path>, watch: &dyn Fn(u64, u64) -> bool) -> Result<Option<Dataset>, Clean> {
    let (name, source, length) = match data {
        None => {
            let bytes = dataset::SHIPPED.as_bytes();
            (Clean::default(), Box::new(bytes) as Box<dyn Read>, Some(bytes.len() as u64))
        }
        Some(path) => {
            let (source, length) = reader(path)?;
            (Clean::line(path.display().to_string()), source, length)
        }
    };
    let Some(length) = length else { return Ok(None) };
    dataset::read_quickly(source, length, &|read| watch(read, length))
        .map_err(|error| Clean::line(format!("{name}: {}", went_wrong(&error))))
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
    bounded(path, LARGEST_FILE, &format!("{} MiB", LARGEST_FILE >> 20))
}

/// The bytes of a file of no more than `most` bytes, which is `size` in words. Fails with one line that says what is wrong.
pub fn bounded(path: &Path, most: usize, size: &str) -> Result<Vec<u8>, Clean> {
    let (source, _) = reader(path)?;
    let mut bytes = Vec::new();
    let read = source.take(most as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|error| Clean::line(format!("{}: {}", path.display(), went_wrong(&error))))?;
    if bytes.len() > most {
        return Err(Clean::line(format!("{}: larger than {size}, the most that is read", path.display())));
    }
    Ok(bytes)
}

/// A file, or standard input for `-`, to be read as it comes; and how long it is, where that is known. Fails with one line
/// that says what is wrong.
pub fn reader(path: &Path) -> Result<(Box<dyn Read>, Option<u64>), Clean> {
    if path == Path::new("-") {
        return Ok((Box::new(io::stdin().lock()), None));
    }
    let name = path.display();
    let told = |error: rustix::io::Errno| Clean::line(format!("{name}: {}", went_wrong(&error.into())));
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file = rustix::fs::open(path, flags, Mode::empty()).map_err(told)?;
    let stat = fstat(&file).map_err(told)?;
    match FileType::from_raw_mode(stat.st_mode) {
        FileType::RegularFile => Ok((Box::new(File::from(file)), u64::try_from(stat.st_size).ok())),
        FileType::Directory => Err(Clean::line(format!("{name}: this is a directory; name a file"))),
        _ => Err(Clean::line(format!("{name}: this is no regular file; use - for standard input"))),
    }
}
