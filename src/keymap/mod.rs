//! The keys: one table dispatches, and the footer, the help and every hint print from it.

mod key;
mod scope;
mod table;

use crossterm::event::KeyEvent;

use crate::action::Action;

pub use key::{Key, is_text, parse, shown, spell};
pub use scope::{Clash, Rebinding, Scope, can_be_bound, is_fixed};
pub use table::Mode;
use table::TABLE;

/// The keys of this run: the table, with what the reader has bound otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

/// What some keys mean in some modes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    modes: u32,
    /// The keys.
    pub keys: Vec<Key>,
    /// What they mean.
    pub action: Action,
    /// The word for the footer; empty for keys that only the help shows.
    pub hint: &'static str,
    /// What the help says.
    pub help: &'static str,
}

impl Default for Keymap {
    /// The keys as they are shipped.
    fn default() -> Keymap {
        let bindings = TABLE.iter().map(|row| Binding {
            modes: row.modes,
            keys: row.keys.iter().map(|&key| key.into()).collect(),
            action: row.action,
            hint: row.hint,
            help: row.help,
        });
        Keymap { bindings: bindings.collect() }
    }
}

impl Keymap {
    /// What a key that was pressed means in a mode.
    pub fn action(&self, mode: Mode, key: KeyEvent) -> Option<Action> {
        let spelled = spell(key)?;
        match (self.meaning(mode, &spelled)?, spelled.parse()) {
            (Action::Digit(_), Ok(digit)) => Some(Action::Digit(digit)),
            (action, _) => Some(action),
        }
    }

    fn meaning(&self, mode: Mode, key: &str) -> Option<Action> {
        let holds = |binding: &&Binding| binding.keys.iter().any(|own| own == key);
        self.bindings(mode).find(holds).map(|binding| binding.action)
    }

    /// All bindings, in the order of the help.
    pub fn all(&self) -> &[Binding] {
        &self.bindings
    }

    /// The bindings that hold in a mode, in the order of the help; the footer shows their hints in this order.
    pub fn bindings(&self, mode: Mode) -> impl Iterator<Item = &Binding> {
        self.bindings.iter().filter(move |binding| binding.holds_in(mode))
    }

    /// Says whether one of these keys means anything in any mode.
    pub fn binds(&self, keys: &[&str]) -> bool {
        self.bindings.iter().flat_map(|binding| &binding.keys).any(|own| keys.contains(&&**own))
    }

    /// The first key for an action in a mode, as it is written for readers; nothing where it has none.
    pub fn key(&self, mode: Mode, action: Action) -> String {
        let found = self.bindings(mode).find(|binding| binding.action == action);
        found.map(Binding::first_shown).unwrap_or_default()
    }

    /// What some actions are called and their first keys, for the frame of a window: `Enter open · Esc close`.
    pub fn caption(&self, mode: Mode, actions: &[(Action, &str)]) -> String {
        let parts = actions.iter().map(|&(action, word)| format!("{} {word}", self.key(mode, action)));
        parts.collect::<Vec<_>>().join(" · ")
    }
}

impl Binding {
    /// Says whether the keys have this meaning in `mode`.
    pub fn holds_in(&self, mode: Mode) -> bool {
        self.modes & mode as u32 != 0
    }

    /// The first of the keys, as a reader knows it: `Ctrl-d`.
    pub fn first_shown(&self) -> String {
        match self.action {
            Action::Digit(_) => self.shown(),
            _ => self.keys.first().map(|key| shown(key)).unwrap_or_default(),
        }
    }

    /// The keys as a reader knows them: `↓ j`. What some terminals send for Enter and Backspace goes without saying.
    pub fn shown(&self) -> String {
        if matches!(self.action, Action::Digit(_)) {
            let ends = [self.keys.first(), self.keys.last()];
            return ends.into_iter().flatten().map(|key| shown(key)).collect::<Vec<_>>().join(" to ");
        }
        let held = |key: &str| self.keys.iter().any(|own| own == key);
        let goes_without_saying = |key: &str| key == "C-j" && held("Enter") || key == "C-h" && held("Backspace");
        let keys = self.keys.iter().filter(|key| !goes_without_saying(key));
        keys.map(|key| shown(key)).collect::<Vec<_>>().join(" ")
    }
}
