//! Who gets in: the holders of the keys in a file, or anyone.

use std::io;
use std::path::{Path, PathBuf};

use russh::keys::ssh_key::authorized_keys::Entry;
use russh::keys::{Algorithm, HashAlg, PublicKey};
use serde::{Deserialize, Serialize};
use tracing::warn;

use super::bounds::KEYS_FILE;
use crate::dataset::Clean;
use crate::state_file;

/// What a line of the file may take away from its key. Nothing here gives any of it, so such a key gets in; what else a
/// line may say (`from=…`, `command=…`, `cert-authority`) would have to be heeded, and its key stays out.
const HARMLESS: [&str; 7] = [
    "restrict",
    "no-port-forwarding",
    "no-agent-forwarding",
    "no-x11-forwarding",
    "no-user-rc",
    "pty",
    "no-touch-required",
];

/// Who gets in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Guests {
    /// Anyone.
    Anyone,
    /// The holders of the keys in this file, which is read whenever somebody knocks.
    Listed(PathBuf),
}

/// Somebody who holds a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The fingerprint of the key: `SHA256:…`.
    pub fingerprint: String,
    /// What the file says beside the key.
    pub comment: Clean,
}

impl Guests {
    /// The holder of a key, where they get in.
    pub fn admit(&self, key: &PublicKey) -> Option<Holder> {
        let holder = |comment: &str| Holder { fingerprint: fingerprint(key), comment: Clean::line(comment) };
        match self {
            Guests::Anyone => Some(holder("")),
            Guests::Listed(path) => {
                let text = read(path).inspect_err(|error| warn!(%error, "the file of keys cannot be read")).ok()?;
                let entry = entries(&text).find(|entry| entry.public_key().key_data() == key.key_data())?;
                Some(holder(entry.public_key().comment().as_ref()))
            }
        }
    }
}

/// The name under which a key is known everywhere.
pub fn fingerprint(key: &PublicKey) -> String {
    key.fingerprint(HashAlg::Sha256).to_string()
}

/// The text of a file of keys. Fails where it is none, or too long.
pub fn read(path: &Path) -> io::Result<String> {
    let bytes = state_file::bytes(path, KEYS_FILE)?;
    String::from_utf8(bytes).map_err(|_| io::Error::other("this is no text in UTF-8"))
}

/// The lines of a file of keys whose keys get in.
pub fn entries(text: &str) -> impl Iterator<Item = Entry> + '_ {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(|line| line.parse::<Entry>().ok()).filter(is_harmless)
}

/// How many keys of a file get in.
pub fn usable_keys(text: &str) -> usize {
    let verified = |entry: &Entry| {
        matches!(
            entry.public_key().algorithm(),
            Algorithm::Ed25519 | Algorithm::Ecdsa { .. } | Algorithm::SkEd25519 | Algorithm::SkEcdsaSha2NistP256
        )
    };
    entries(text).filter(verified).count()
}

fn is_harmless(entry: &Entry) -> bool {
    entry.config_opts().iter().all(|option| HARMLESS.contains(&&*option.to_lowercase()))
}

impl Holder {
    /// Says whether this is whom a fingerprint or a comment names.
    pub fn is(&self, named: &str) -> bool {
        self.fingerprint == named || (!self.comment.is_empty() && *self.comment == *named)
    }
}
