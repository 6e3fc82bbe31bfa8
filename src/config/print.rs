//! The settings as they hold, as a file that says the same, with where each comes from.

use std::io::{self, Write};

use super::keys::table_name;
use super::{Origin, Setting, Settings};
use crate::action::Action;
use crate::dataset::Clean;
use crate::keymap::{self, Binding, Key, Keymap, Mode, Rebinding, Scope};
use crate::theme::{Colours, ThemeName};

/// The column in which the remarks begin.
const REMARKS: usize = 34;

impl Settings {
    /// Writes the settings as TOML: what is written here and read again gives the same settings. Fails where writing
    /// does.
    pub fn print(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "# {}", self.whence())?;
        self.line(out, &format!("theme = {:?}", self.theme.value.word()), &self.theme_origin())?;
        self.line(out, &format!("ascii = {}", self.ascii.value), &self.origin(&self.ascii.origin))?;
        self.line(out, &format!("mouse = {}", self.mouse.value), &self.origin(&self.mouse.origin))?;
        writeln!(out, "\n[study]")?;
        self.line(out, &format!("retention = {}", self.retention.value), &self.origin(&self.retention.origin))?;
        self.line(out, &format!("new_per_day = {}", self.new_per_day.value), &self.origin(&self.new_per_day.origin))?;
        self.line(out, &format!("day_start = {}", self.day_start.value), &self.origin(&self.day_start.origin))?;
        for scope in Scope::ALL {
            writeln!(out, "\n{}", table_name(scope))?;
            for action in actions(&self.keymap, scope) {
                self.print_keys(out, scope, action)?;
            }
        }
        Ok(())
    }

    /// The keys of an action: a line where a file can say it; otherwise a remark for the modes that have the same keys.
    fn print_keys(&self, out: &mut impl Write, scope: Scope, action: Action) -> io::Result<()> {
        let bound = self.file.bound.iter().find(|bound| bound.change.scope == scope && bound.change.action == action);
        let origin = bound.map_or("default".to_owned(), |bound| self.origin(&bound.origin));
        let held = by_mode(&self.keymap, scope, action);
        if let Some(keys) = self.sayable(scope, action, &held) {
            return self.line(out, &format!("{} = {}", action.word(), list(&keys)), &origin);
        }
        for group in held.chunk_by(|one, other| one.1 == other.1) {
            let modes: Vec<&str> = group.iter().map(|(mode, _)| mode.name()).collect();
            let line = format!("# {} = {}", action.word(), list(&group[0].1));
            self.line(out, &line, &format!("{origin}, in the {}", modes.join(", ")))?;
        }
        Ok(())
    }

    /// The keys by which a file gives an action just these keys in each mode, where it can.
    fn sayable(&self, scope: Scope, action: Action, held: &[(Mode, Vec<Key>)]) -> Option<Vec<Key>> {
        let keys = held.first()?.1.clone();
        let others = self.file.bound.iter().map(|bound| bound.change.clone());
        let mut changes: Vec<Rebinding> =
            others.filter(|change| (change.scope, change.action) != (scope, action)).collect();
        changes.push(Rebinding { scope, action, keys: keys.clone() });
        let mut keymap = Keymap::default();
        keymap.bind(&changes);
        (keymap::can_be_bound(action) && by_mode(&keymap, scope, action) == held).then_some(keys)
    }

    fn line(&self, out: &mut impl Write, line: &str, remark: &str) -> io::Result<()> {
        let line = Clean::line(format!("{line:<REMARKS$} # {remark}"));
        writeln!(out, "{line}")
    }

    /// What file was read.
    fn whence(&self) -> Clean {
        Clean::line(match &self.file.path {
            Some(path) if self.file.exists => format!("{} was read", path.display()),
            Some(path) => format!("{} does not exist; these are the defaults", path.display()),
            None => "there is no home directory, so no file was read".to_owned(),
        })
    }

    fn origin(&self, origin: &Origin) -> String {
        match origin {
            Origin::Default => "default".to_owned(),
            Origin::File(line) => {
                format!("{}:{line}", self.file.path.as_deref().unwrap_or("config.toml".as_ref()).display())
            }
            Origin::Environment(said) => format!("environment: {said}"),
            Origin::Option(option) => format!("option {option}"),
        }
    }

    /// Where the theme comes from, and what the terminal makes of it.
    fn theme_origin(&self) -> String {
        let Setting { value, origin } = &self.theme;
        let origin = self.origin(origin);
        let said = &self.environment.colours_said;
        match (value, self.environment.colours, &self.environment.light) {
            (ThemeName::Mono, ..) => origin,
            (_, Colours::None, _) => format!("{origin}; drawn without colour, as {said} says"),
            (ThemeName::Auto, _, Some(light)) => format!("{origin}; on a light background, as {light} says"),
            (ThemeName::Auto, ..) | (_, Colours::Indexed, _) => origin,
            (_, Colours::Sixteen, _) => format!("{origin}; drawn in 16 colours, as {said} promises no more"),
        }
    }
}

/// The actions of a scope, each once, in the order of the help.
fn actions(keymap: &Keymap, scope: Scope) -> Vec<Action> {
    let mut actions = Vec::new();
    for (Binding { action, .. }, _) in keymap.within(scope) {
        if !actions.contains(action) {
            actions.push(*action);
        }
    }
    actions
}

/// The keys of an action in each mode of a scope in which it has any.
fn by_mode(keymap: &Keymap, scope: Scope, action: Action) -> Vec<(Mode, Vec<Key>)> {
    let mut held: Vec<(Mode, Vec<Key>)> = Vec::new();
    for (binding, modes) in keymap.within(scope).filter(|(binding, _)| binding.action == action) {
        for mode in modes {
            match held.iter_mut().find(|(held, _)| *held == mode) {
                Some((_, keys)) => keys.extend(binding.keys.iter().cloned()),
                None => held.push((mode, binding.keys.clone())),
            }
        }
    }
    held
}

/// One key as a string, several as a list of strings.
fn list(keys: &[Key]) -> String {
    let quoted: Vec<String> = keys.iter().map(|key| toml_string(key)).collect();
    if let [key] = &quoted[..] { key.clone() } else { format!("[{}]", quoted.join(", ")) }
}

fn toml_string(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
