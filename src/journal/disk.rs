//! What the journal asks of a disk, and the real one.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use signal_hook::consts::SIGXFSZ;
use signal_hook::iterator::Signals;

/// The name of the journal.
const JOURNAL: &str = "reviews.log";

/// The name of the file whose lock is the journal's. It is never renamed, as the journal may be.
const LOCK: &str = "reviews.lock";

/// The name of the file that keeps what could not be read.
const ASIDE: &str = "reviews.log.bad";

/// The largest journal that is read, in bytes: some ten million lines.
const LARGEST: u64 = 1 << 30;

/// Opens without waiting.
const NONBLOCK: i32 = rustix::fs::OFlags::NONBLOCK.bits() as i32;

/// How long the lock is waited for. It is held for one line at a time, unless a program was halted with it.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often the lock is tried.
const PAUSE: Duration = Duration::from_millis(2);

/// The signal for a file over the size that is allowed, taken and left unread: writing fails then, which can be told,
/// and the program does not end.
static TOO_LARGE: LazyLock<Option<Mutex<Signals>>> = LazyLock::new(|| Signals::new([SIGXFSZ]).ok().map(Mutex::new));

/// Has a write over the size that is allowed fail from now on, and not end the program.
pub fn outlive_full_files() {
    LazyLock::force(&TOO_LARGE);
}

/// Which file the journal is, and how long; of no file while there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extent {
    /// What tells it from a file that takes its place: device and inode.
    pub file: Option<(u64, u64)>,
    /// Its length in bytes.
    pub length: u64,
}

/// What the journal asks of a disk. A call that fails may have done a part of what it was asked.
pub trait Disk {
    /// Held by one program at a time, until it is dropped.
    type Lock;

    /// Takes the lock. Fails where another program holds it too long.
    fn lock(&mut self) -> io::Result<Self::Lock>;

    /// Which file the journal is, and how long.
    fn extent(&mut self) -> io::Result<Extent>;

    /// What the journal holds from a byte on; nothing where there is no journal.
    fn read(&mut self, from: u64) -> io::Result<Vec<u8>>;

    /// Writes at the end of the journal, and makes it where there is none.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Cuts the journal.
    fn truncate(&mut self, length: u64) -> io::Result<()>;

    /// Waits until the disk has all that was written.
    fn sync(&mut self) -> io::Result<()>;

    /// Puts a new journal in the place of the old one, all at once and lasting.
    fn replace(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Keeps what could not be read in a file of its own; answers whether it was not there before.
    fn set_aside(&mut self, bytes: &[u8]) -> io::Result<bool>;
}

/// The journal's files in a directory.
#[derive(Debug)]
pub struct FileDisk {
    directory: Option<PathBuf>,
    journal: Option<File>,
}

impl FileDisk {
    /// The files in a directory; without one, a disk that takes nothing.
    pub fn new(directory: Option<PathBuf>) -> FileDisk {
        LazyLock::force(&TOO_LARGE);
        FileDisk { directory, journal: None }
    }

    /// The directory of the files. Fails where there is none to be had.
    pub fn directory(&self) -> io::Result<&Path> {
        self.directory.as_deref().ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "there is no home directory"))
    }

    /// The path of the journal itself. Fails where there is no directory for it.
    pub fn path(&self) -> io::Result<PathBuf> {
        Ok(self.directory()?.join(JOURNAL))
    }

    fn make_directory(&self) -> io::Result<()> {
        let directory = self.directory()?;
        if directory.is_dir() {
            return Ok(());
        }
        DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
        directory.parent().map_or(Ok(()), sync_directory)
    }

    /// Opens the journal that has its name now, to read.
    fn reader(&self) -> io::Result<Option<File>> {
        let Some(directory) = &self.directory else { return Ok(None) };
        // A pipe would be waited for until somebody writes.
        there(OpenOptions::new().read(true).custom_flags(NONBLOCK).open(directory.join(JOURNAL)))
    }

    /// Opens the journal that has its name now, to write at its end.
    fn writer(&mut self) -> io::Result<Option<&mut File>> {
        let opened = OpenOptions::new().read(true).append(true).custom_flags(NONBLOCK).open(self.path()?);
        self.journal = there(opened)?;
        Ok(self.journal.as_mut())
    }
}

/// A file, or none where there is none. Fails for a device and the like, which may have no end.
fn there(opened: io::Result<File>) -> io::Result<Option<File>> {
    match opened {
        Ok(file) if file.metadata()?.is_file() => Ok(Some(file)),
        Ok(_) => Err(io::Error::other("the journal is no regular file")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

impl Disk for FileDisk {
    type Lock = File;

    fn lock(&mut self) -> io::Result<File> {
        self.make_directory()?;
        let path = self.directory()?.join(LOCK);
        let file = OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(path)?;
        let begun = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(TryLockError::Error(error)) => return Err(error),
                Err(TryLockError::WouldBlock) if begun.elapsed() < PATIENCE => thread::sleep(PAUSE),
                Err(TryLockError::WouldBlock) => return Err(io::Error::other("another program holds the journal")),
            }
        }
    }

    fn extent(&mut self) -> io::Result<Extent> {
        let Some(file) = self.reader()? else { return Ok(Extent::default()) };
        let about = file.metadata()?;
        Ok(Extent { file: Some((about.dev(), about.ino())), length: about.len() })
    }

    fn read(&mut self, from: u64) -> io::Result<Vec<u8>> {
        let Some(mut file) = self.reader()? else { return Ok(Vec::new()) };
        if file.metadata()?.len() > LARGEST {
            return Err(io::Error::other("the journal is larger than 1 GiB"));
        }
        file.seek(SeekFrom::Start(from))?;
        let mut bytes = Vec::new();
        file.take(LARGEST).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.writer()?.is_none() {
            let path = self.path()?;
            let made = OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(path)?;
            made.sync_all()?;
            sync_directory(self.directory()?)?;
            self.journal = Some(made);
        }
        self.journal.as_mut().map_or(Ok(()), |file| file.write_all(bytes))
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        self.writer()?.map_or(Ok(()), |file| file.set_len(length))
    }

    fn sync(&mut self) -> io::Result<()> {
        self.journal.as_mut().map_or(Ok(()), |file| file.sync_data())
    }

    fn replace(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.make_directory()?;
        write_new(&self.path()?, bytes)
    }

    fn set_aside(&mut self, bytes: &[u8]) -> io::Result<bool> {
        let path = self.directory()?.join(ASIDE);
        let mut before = Vec::new();
        if let Some(file) = there(OpenOptions::new().read(true).custom_flags(NONBLOCK).open(&path))? {
            file.take(LARGEST).read_to_end(&mut before)?;
        }
        if before.split(|&byte| byte == b'\n').any(|line| line == bytes) {
            return Ok(false);
        }
        let mut options = OpenOptions::new();
        let mut file = options.append(true).create(true).mode(0o600).custom_flags(NONBLOCK).open(path)?;
        file.write_all(&[bytes, b"\n"].concat())?;
        file.sync_data()?;
        Ok(true)
    }
}

/// Writes a file aside and puts it in its place, so that at every moment there is the old one or the new one. Fails
/// where the disk does; the old one may then be there or the new one.
pub fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let directory = path.parent().unwrap_or(path);
    let mut aside = tempfile::NamedTempFile::new_in(directory)?;
    aside.write_all(bytes)?;
    aside.as_file().sync_all()?;
    aside.persist(path)?;
    sync_directory(directory)
}

/// Waits until the disk has the names in a directory.
fn sync_directory(directory: &Path) -> io::Result<()> {
    File::open(directory)?.sync_all()
}
