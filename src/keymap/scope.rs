//! The parts of the program whose keys are bound apart from one another, and binding keys otherwise in one of them.

use super::table::{Mode, TABLE};
use super::{Binding, Key, Keymap};
use crate::action::Action;

/// A part of the program in which an action has the same keys everywhere, once a reader has bound it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// The panes, the windows on top of them, and the notes of a talk.
    Explorer,
    /// The search palette and typed answers, where letters are text.
    Search,
    /// A talk and the overview of its slides.
    Talk,
    /// The decks of cards and a session.
    Study,
}

/// Keys that a reader gives to an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebinding {
    /// Where it has them.
    pub scope: Scope,
    /// The action.
    pub action: Action,
    /// The keys, at least one.
    pub keys: Vec<Key>,
}

/// A key that would mean two things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// Where.
    pub mode: Mode,
    /// The key.
    pub key: Key,
    /// The two things, in the order of the table.
    pub actions: [Action; 2],
}

impl Scope {
    /// All scopes.
    pub const ALL: [Scope; 4] = [Scope::Explorer, Scope::Search, Scope::Talk, Scope::Study];

    /// What the scope is called in the configuration, under the keys; the explorer needs no word.
    pub fn word(self) -> Option<&'static str> {
        match self {
            Scope::Explorer => None,
            Scope::Search => Some("search"),
            Scope::Talk => Some("talk"),
            Scope::Study => Some("study"),
        }
    }

    /// The scope that a mode belongs to.
    pub fn of(mode: Mode) -> Scope {
        match mode {
            Mode::Search | Mode::Typing => Scope::Search,
            Mode::Present | Mode::Overview | Mode::Watch => Scope::Talk,
            Mode::Outline | Mode::Timeline | Mode::List | Mode::Map | Mode::Page | Mode::Filter => Scope::Explorer,
            Mode::Layer | Mode::Notes => Scope::Explorer,
            Mode::Decks | Mode::Question | Mode::Choice | Mode::Answer | Mode::Pause => Scope::Study,
            Mode::Result | Mode::Suspended | Mode::Statistics => Scope::Study,
        }
    }
}

impl Rebinding {
    /// The keys in a mode: all but those that keep another meaning there. Where that would be all, none is kept back, so
    /// that the reader is told.
    fn keys_in(&self, mode: Mode, shipped: &Keymap, changes: &[Rebinding]) -> Vec<Key> {
        let own = shipped.within(self.scope).find(|(binding, _)| binding.action == self.action);
        let kept_elsewhere = |key: &Key| {
            let other = shipped.meaning(mode, key).filter(|&other| other != self.action);
            let still = |other| change(changes, mode, other).is_none_or(|change| change.keys.contains(key));
            other.is_some_and(still) && own.as_ref().is_some_and(|(binding, _)| binding.keys.contains(key))
        };
        let keys: Vec<Key> = self.keys.iter().filter(|key| !kept_elsewhere(key)).cloned().collect();
        if keys.is_empty() { self.keys.clone() } else { keys }
    }
}

/// The keys that an action is given in a mode.
fn change(changes: &[Rebinding], mode: Mode, action: Action) -> Option<&Rebinding> {
    changes.iter().find(|change| change.action == action && change.scope == Scope::of(mode))
}

impl Keymap {
    /// The bindings that hold in a scope, and the modes of it in which each does.
    pub fn within(&self, scope: Scope) -> impl Iterator<Item = (&Binding, Vec<Mode>)> {
        let modes = move |binding: &Binding| {
            let holds = |mode: &Mode| Scope::of(*mode) == scope && binding.holds_in(*mode);
            Mode::ALL.into_iter().filter(holds).collect::<Vec<_>>()
        };
        self.bindings.iter().map(move |binding| (binding, modes(binding))).filter(|(_, modes)| !modes.is_empty())
    }

    /// Gives actions other keys than their own, in all modes of a scope in which they have any.
    ///
    /// A key that the table gives to another action in one of the modes keeps its meaning there, as long as the table
    /// gives it to this action elsewhere and the reader does not take it from the other: Space turns pages, but in the
    /// filter it chooses, and whoever names Space among the keys that turn pages need not know of that.
    pub fn bind(&mut self, changes: &[Rebinding]) {
        let shipped = Keymap::default();
        let mut bindings: Vec<Binding> = Vec::with_capacity(self.bindings.len() + changes.len());
        let mut bound: Vec<(Mode, Action)> = Vec::new();
        for binding in self.bindings.drain(..) {
            let from = bindings.len();
            for mode in Mode::ALL.into_iter().filter(|&mode| binding.holds_in(mode)) {
                let keys = match change(changes, mode, binding.action) {
                    None => binding.keys.clone(),
                    Some(_) if bound.contains(&(mode, binding.action)) => continue,
                    Some(change) => {
                        bound.push((mode, binding.action));
                        change.keys_in(mode, &shipped, changes)
                    }
                };
                match bindings[from..].iter_mut().find(|part| part.keys == keys) {
                    Some(part) => part.modes |= mode as u32,
                    None => bindings.push(Binding { modes: mode as u32, keys, ..binding.clone() }),
                }
            }
        }
        self.bindings = bindings;
    }

    /// The first key that would mean two things in some mode; `None` where each means one.
    pub fn clash(&self) -> Option<Clash> {
        Mode::ALL.into_iter().find_map(|mode| {
            let keys = self.bindings(mode).flat_map(|binding| binding.keys.iter().map(|key| (key, binding.action)));
            let keys: Vec<_> = keys.collect();
            let twice = |at: usize| keys[..at].iter().find(|(key, _)| *key == keys[at].0);
            let at = (0..keys.len()).find(|&at| twice(at).is_some())?;
            let actions = [twice(at)?.1, keys[at].1];
            Some(Clash { mode, key: keys[at].0.clone(), actions })
        })
    }
}

/// Says whether a reader may bind an action otherwise. The way out may not be lost, and digits are typed.
pub fn can_be_bound(action: Action) -> bool {
    !matches!(action, Action::QuitNow | Action::Digit(_))
}

/// The keys that mean the same everywhere, whatever a reader binds.
pub fn is_fixed(key: &str) -> bool {
    TABLE.iter().any(|row| row.action == Action::QuitNow && row.keys.contains(&key))
}
