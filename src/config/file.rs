//! The configuration file: read whole and checked whole, or refused in one line that says where it is wrong.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::Setting;
use super::document::{Document, Fault, position};
use super::keys::{self, Bound};
use crate::dataset::Clean;
use crate::study::schedule::RETENTION;
use crate::theme::ThemeName;
use crate::wording::went_wrong;

/// The largest file that is read, in bytes.
const LARGEST: u64 = 64 * 1024;

/// What the file says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct File {
    /// Where the file is or would be; `None` where there is no directory for it.
    pub path: Option<PathBuf>,
    /// Whether it is there.
    pub exists: bool,
    /// The theme.
    pub theme: Option<Setting<ThemeName>>,
    /// Whether only ASCII is drawn.
    pub ascii: Option<Setting<bool>>,
    /// Whether the mouse is heard from the start.
    pub mouse: Option<Setting<bool>>,
    /// The share of cards that is to be known when they come up, 0.7 to 0.99.
    pub retention: Option<Setting<f32>>,
    /// How many new cards a day brings at most.
    pub new_per_day: Option<Setting<u32>>,
    /// The hour of the local time at which a day begins, 0 to 23.
    pub day_start: Option<Setting<u8>>,
    /// The keys that are bound otherwise.
    pub bound: Vec<Bound>,
}

impl File {
    /// Reads the file that was asked for, or the usual one where there is one. Fails with the first thing that is
    /// wrong.
    pub fn read(asked: Option<&Path>) -> Result<File, Clean> {
        let usual = || Some(etcetera::choose_base_strategy().ok()?.config_dir().join("detente/config.toml"));
        let Some(path) = asked.map(Path::to_owned).or_else(usual) else { return Ok(File::default()) };
        match text(&path) {
            Ok(text) => File::parse(&text, path),
            Err((io::ErrorKind::NotFound | io::ErrorKind::NotADirectory, _)) if asked.is_none() => {
                Ok(File { path: Some(path), ..File::default() })
            }
            Err((_, message)) => Err(Clean::line(message)),
        }
    }

    fn parse(text: &str, path: PathBuf) -> Result<File, Clean> {
        let told = |fault: Fault| {
            let (line, column) = position(text, fault.offset);
            Clean::line(format!("{}:{line}:{column}: {}", path.display(), fault.message))
        };
        let document = Document::parse(text).map_err(told)?;
        let root = document.root();
        let themes: Vec<_> = ThemeName::ALL.into_iter().map(|name| (name.word(), name)).collect();
        let study = root.table("study");
        let file = File {
            exists: true,
            theme: root.one_of("theme", &themes),
            ascii: root.flag("ascii"),
            mouse: root.flag("mouse"),
            retention: study.and_then(|study| study.number("retention", RETENTION)),
            new_per_day: study.and_then(|study| study.whole("new_per_day", 0..=9_999)),
            day_start: study.and_then(|study| study.whole("day_start", 0..=23)),
            bound: keys::read(&document),
            path: None,
        };
        root.know_only(&["theme", "ascii", "mouse", "keys", "search", "talk", "study"]);
        study.into_iter().for_each(|study| study.know_only(&["retention", "new_per_day", "day_start", "keys"]));
        for table in ["search", "talk"].into_iter().filter_map(|name| root.table(name)) {
            table.know_only(&["keys"]);
        }
        match document.first_fault() {
            Some(fault) => Err(told(fault)),
            None => Ok(File { path: Some(path), ..file }),
        }
    }
}

/// The text of a file; or what kind of error there is, and what to tell.
fn text(path: &Path) -> Result<String, (io::ErrorKind, String)> {
    let name = path.display();
    let plain = |error: io::Error| (error.kind(), format!("{name}: {}", went_wrong(&error)));
    let other = |told: String| (io::ErrorKind::InvalidData, format!("{name}: {told}"));
    if !fs::metadata(path).map_err(plain)?.is_file() {
        return Err(other("this is no regular file".to_owned()));
    }
    let mut bytes = Vec::new();
    fs::File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes)).map_err(plain)?;
    if bytes.len() as u64 > LARGEST {
        return Err(other(format!("larger than {} KiB, the most that is read", LARGEST / 1024)));
    }
    String::from_utf8(bytes).map_err(|error| {
        let sound = String::from_utf8_lossy(&error.as_bytes()[..error.utf8_error().valid_up_to()]).into_owned();
        let (line, column) = position(&sound, sound.len());
        (io::ErrorKind::InvalidData, format!("{name}:{line}:{column}: this is no UTF-8"))
    })
}
