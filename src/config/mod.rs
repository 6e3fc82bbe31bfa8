//! Floor 7: the reader's settings. An option goes before the environment, that before the file, and that before the
//! default; and of each it is known where it comes from.

mod document;
pub mod environment;
mod file;
mod keys;
mod print;

use std::path::PathBuf;

use crate::dataset::Clean;
use crate::keymap::Keymap;
use crate::theme::{Theme, ThemeName};

pub use environment::Environment;
use file::File;

/// What the reader has asked for on the command line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    /// Another file than the usual one.
    pub file: Option<PathBuf>,
    /// A theme.
    pub theme: Option<ThemeName>,
    /// ASCII only, or all characters.
    pub ascii: Option<bool>,
    /// The mouse from the start.
    pub mouse: bool,
}

/// Where a setting comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nobody has asked for anything else.
    Default,
    /// A line of the file.
    File(usize),
    /// What the environment says.
    Environment(String),
    /// What was asked for on the command line.
    Option(&'static str),
}

/// A setting, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting<T> {
    /// What holds.
    pub value: T,
    /// Where it comes from.
    pub origin: Origin,
}

/// The settings that hold in this run.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The theme, by name.
    pub theme: Setting<ThemeName>,
    /// Whether only ASCII is drawn.
    pub ascii: Setting<bool>,
    /// Whether the mouse is heard from the start.
    pub mouse: Setting<bool>,
    /// What the keys mean.
    pub keymap: Keymap,
    environment: Environment,
    file: File,
}

impl Settings {
    /// The settings that hold. Fails with the first thing that is wrong in the file, its line and its column.
    pub fn read(wishes: &Wishes, environment: Environment) -> Result<Settings, Clean> {
        let file = File::read(wishes.file.as_deref())?;
        let said = |value: &String| Setting { value: true, origin: Origin::Environment(value.clone()) };
        Ok(Settings {
            theme: theme(wishes, &environment, &file),
            ascii: first([wishes.ascii.map(ascii_option), environment.ascii.as_ref().map(said), file.ascii.clone()]),
            mouse: first([
                wishes.mouse.then_some(Setting { value: true, origin: Origin::Option("--mouse") }),
                file.mouse.clone(),
            ]),
            keymap: keys::keymap(&file.bound),
            environment,
            file,
        })
    }

    /// What things look like in this terminal.
    pub fn looks(&self) -> Theme {
        Theme::named(self.theme.value, self.environment.colours, self.environment.light.is_some())
    }

    /// What things look like beside what other programs have printed, on the terminal's own background.
    pub fn looks_in_line(&self) -> Theme {
        let name = if self.theme.value == ThemeName::Mono { ThemeName::Mono } else { ThemeName::Auto };
        Theme::named(name, self.environment.colours, self.environment.light.is_some())
    }

    /// Whether the terminal can show a screen at all.
    pub fn can_show_a_screen(&self) -> bool {
        self.environment.screen
    }
}

fn theme(wishes: &Wishes, environment: &Environment, file: &File) -> Setting<ThemeName> {
    let option = wishes.theme.map(|value| Setting { value, origin: Origin::Option("--theme") });
    let colourless = environment
        .colourless
        .map(|said| Setting { value: ThemeName::Mono, origin: Origin::Environment(said.to_owned()) });
    first([option, colourless, file.theme.clone()])
}

fn ascii_option(value: bool) -> Setting<bool> {
    Setting { value, origin: Origin::Option(if value { "--ascii" } else { "--utf8" }) }
}

/// The first of what is asked for, or the default.
fn first<T: Default>(asked: impl IntoIterator<Item = Option<Setting<T>>>) -> Setting<T> {
    asked.into_iter().flatten().next().unwrap_or(Setting { value: T::default(), origin: Origin::Default })
}
