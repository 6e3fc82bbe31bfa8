//! The key by which readers know the server: made once, kept for its owner alone, and shown by its fingerprint.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use russh::keys::ssh_key::LineEnding;
use russh::keys::ssh_key::private::{Ed25519Keypair, KeypairData};
use russh::keys::{HashAlg, PrivateKey};

use crate::dataset::Clean;

/// The name of the file in the server's directory.
const FILE: &str = "ssh_host_ed25519_key";

/// The bits of a mode that let anyone but the owner in.
const OTHERS: u32 = 0o077;

/// The longest file that can be a key, in bytes.
const LONGEST: u64 = 16 * 1024;

/// The server's key.
#[derive(Debug, Clone)]
pub struct HostKey {
    key: PrivateKey,
}

impl HostKey {
    /// The key in a directory, made where there is none. Fails with what the person at the console is told: others must
    /// be able to read neither the key nor its directory.
    pub fn open(directory: &Path) -> Result<HostKey, Clean> {
        let path = directory.join(FILE);
        let told = |error: io::Error| Clean::line(format!("{}: {error}", path.display()));
        DirBuilder::new().recursive(true).mode(0o700).create(directory).map_err(told)?;
        narrow(directory, 0o700)?;
        match fs::symlink_metadata(&path) {
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => make(&path).map_err(told)?,
            Err(error) => return Err(told(error)),
        }
        narrow(&path, 0o600)?;
        let text = read(&path).map_err(told)?;
        let key = PrivateKey::from_openssh(text.as_slice());
        let key = key.map_err(|_| Clean::line(format!("{}: this is no private key of OpenSSH", path.display())))?;
        Ok(HostKey { key })
    }

    /// The fingerprint, as OpenSSH asks readers to compare it: `SHA256:…`.
    pub fn fingerprint(&self) -> String {
        self.key.fingerprint(HashAlg::Sha256).to_string()
    }

    /// The key as OpenSSH writes it, for the child.
    pub fn text(&self) -> String {
        self.key.to_openssh(LineEnding::LF).map(|text| text.to_string()).unwrap_or_default()
    }

    /// The key that [`HostKey::text`] has written.
    pub fn parse(text: &str) -> Option<PrivateKey> {
        PrivateKey::from_openssh(text).ok()
    }
}

/// Fails unless a file belongs to this user and is closed to all others.
fn narrow(path: &Path, mode: u32) -> Result<(), Clean> {
    let told = |why: String| Err(Clean::line(format!("{}: {why}", path.display())));
    match fs::symlink_metadata(path) {
        Err(error) => told(error.to_string()),
        Ok(file) if file.file_type().is_symlink() => {
            told("this is a link; the host key must lie here itself".to_owned())
        }
        Ok(file) if file.uid() != rustix::process::geteuid().as_raw() => {
            told("this belongs to another user".to_owned())
        }
        Ok(file) if file.mode() & OTHERS != 0 => {
            told(format!("others may read this; chmod {mode:o} closes it, if nobody has copied the key"))
        }
        Ok(_) => Ok(()),
    }
}

/// Makes a key, whole or not at all.
fn make(path: &Path) -> io::Result<()> {
    let mut seed = [0; 32];
    let mut filled = 0;
    while filled < seed.len() {
        filled += rustix::rand::getrandom(&mut seed[filled..], rustix::rand::GetRandomFlags::empty())?;
    }
    let pair = KeypairData::Ed25519(Ed25519Keypair::from_seed(&seed));
    let key = PrivateKey::new(pair, "detente").map_err(io::Error::other)?;
    let text = key.to_openssh(LineEnding::LF).map_err(io::Error::other)?;
    let aside = PathBuf::from(format!("{}.{}", path.display(), std::process::id()));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&aside)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    // A link fails where another server has made one meanwhile; then that one is the key.
    let linked = written.and_then(|()| fs::hard_link(&aside, path));
    fs::remove_file(&aside)?;
    match linked {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        linked => linked,
    }
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    fs::File::open(path)?.take(LONGEST).read_to_end(&mut text)?;
    Ok(text)
}
