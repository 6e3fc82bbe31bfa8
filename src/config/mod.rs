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
use crate::study;
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
    /// How many new cards a day brings at most.
    pub new_per_day: Option<u32>,
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
    /// The share of cards that is to be known when they come up, 0.7 to 0.99.
    pub retention: Setting<f32>,
    /// How many new cards a day brings at most.
    pub new_per_day: Setting<u32>,
    /// The hour of the local time at which a day begins, 0 to 23.
    pub day_start: Setting<u8>,
    /// What the keys mean.
    pub keymap: Keymap,
    environment: Environment,
    file: File,
}

impl Settings {
    /// The settings that hold. Fails with the first thing that is wrong in the file, its line and its column.
    pub fn read(wishes: &Wishes, environment: Environment) -> Result<Settings, Clean> {
        let file = File::read(wishes.file.as_deref())?;
        let usual = study::Settings::default();
        let said = |value: &String| Setting { value: true, origin: Origin::Environment(value.clone()) };
        Ok(Settings {
            theme: theme(wishes, &environment, &file),
            ascii: first([wishes.ascii.map(ascii_option), environment.ascii.as_ref().map(said), file.ascii.clone()]),
            mouse: first([
                wishes.mouse.then_some(Setting { value: true, origin: Origin::Option("--mouse") }),
                file.mouse.clone(),
            ]),
            retention: or(file.retention.clone(), usual.retention),
            new_per_day: or(wishes.new_per_day.map(new_option).or(file.new_per_day.clone()), usual.new_per_day),
            day_start: or(file.day_start.clone(), usual.day_start),
            keymap: keys::keymap(&file.bound),
            environment,
            file,
        })
    }

    /// How the reader studies.
    pub fn study(&self) -> study::Settings {
        let (retention, new_per_day, day_start) = (self.retention.value, self.new_per_day.value, self.day_start.value);
        study::Settings { retention, new_per_day, day_start, ..study::Settings::default() }
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

fn new_option(value: u32) -> Setting<u32> {
    Setting { value, origin: Origin::Option("--new") }
}

/// What is asked for, or the default.
fn or<T>(asked: Option<Setting<T>>, value: T) -> Setting<T> {
    asked.unwrap_or(Setting { value, origin: Origin::Default })
}

/// The first of what is asked for, or the default.
fn first<T: Default>(asked: impl IntoIterator<Item = Option<Setting<T>>>) -> Setting<T> {
    or(asked.into_iter().flatten().next(), T::default())
}
