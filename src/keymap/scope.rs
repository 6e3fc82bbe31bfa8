//! The parts of the program whose keys are bound apart from one another, and binding keys otherwise in one of them.

use super::table::{Mode, TABLE};
use super::{Binding, Key, Keymap};
use crate::action::Action;

/// A part of the program in which an action has the same keys everywhere, once a reader has bound it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// The panes, the windows on top of them, and the notes of a talk.
    Explorer,
    /// The search palette, where letters are text.
    Search,
    /// A talk and the overview of its slides.
    Talk,
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
    pub const ALL: [Scope; 3] = [Scope::Explorer, Scope::Search, Scope::Talk];

    /// What the scope is called in the configuration, under the keys; the explorer needs no word.
    pub fn word(self) -> Option<&'static str> {
        match self {
            Scope::Explorer => None,
            Scope::Search => Some("search"),
            Scope::Talk => Some("talk"),
        }
    }

    /// The scope that a mode belongs to.
    pub fn of(mode: Mode) -> Scope {
        match mode {
            Mode::Search => Scope::Search,
            Mode::Present | Mode::Overview => Scope::Talk,
            Mode::Outline | Mode::Timeline | Mode::List | Mode::Map | Mode::Page | Mode::Filter => Scope::Explorer,
            Mode::Layer | Mode::Notes => Scope::Explorer,
        }
    }

    fn modes(self) -> u16 {
        Mode::ALL.into_iter().filter(|&mode| Scope::of(mode) == self).fold(0, |modes, mode| modes | mode as u16)
    }
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

    /// Gives an action these keys instead of its own in all modes of a scope in which it has any.
    pub fn bind(&mut self, scope: Scope, action: Action, keys: &[Key]) {
        let mut bound = 0;
        let mut bindings = Vec::with_capacity(self.bindings.len() + 1);
        for binding in self.bindings.drain(..) {
            let inside = if binding.action == action { binding.modes & scope.modes() } else { 0 };
            let outside = binding.modes & !inside;
            if inside & !bound != 0 {
                bindings.push(Binding { modes: inside & !bound, keys: keys.to_vec(), ..binding.clone() });
                bound |= inside;
            }
            if outside != 0 {
                bindings.push(Binding { modes: outside, ..binding });
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
