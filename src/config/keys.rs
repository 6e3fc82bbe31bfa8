//! The keys that a reader binds otherwise: read, and checked against all other keys.

use super::Origin;
use super::document::{Document, Table, Word};
use crate::action::Action;
use crate::dataset::near;
use crate::keymap::{self, Clash, Key, Keymap, Rebinding, Scope};

/// Keys that an action has instead of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Bound {
    /// The keys, the action, and where it has them.
    pub change: Rebinding,
    /// The line of the file that says so.
    pub origin: Origin,
    /// Where each of the keys stands in the file.
    offsets: Vec<usize>,
}

/// The keys that a document binds: those of the explorer in [keys], those of the search in [search.keys], and so on.
pub fn read(document: &Document) -> Vec<Bound> {
    let mut bound = Vec::new();
    for scope in Scope::ALL {
        let outer = match scope.word() {
            Some(word) => document.root().table(word),
            None => Some(document.root()),
        };
        if let Some(table) = outer.and_then(|table| table.table("keys")) {
            bound.extend(table.names().filter_map(|name| action(document, scope, table, name)));
        }
    }
    check(document, &bound);
    bound
}

/// The keys of one action.
fn action(document: &Document, scope: Scope, table: Table, name: Word) -> Option<Bound> {
    let scopes = || Scope::ALL.into_iter().filter_map(Scope::word);
    if table.holds_table(name.text) && scopes().any(|word| word == name.text) {
        document.fault(name.offset, format!("the keys of the {0} stand in [{0}.keys]", name.text));
        return None;
    }
    let action = match named(scope, name.text) {
        Ok(action) => action,
        Err(message) => {
            document.fault(name.offset, message);
            return None;
        }
    };
    let words = table.words(name.text);
    let offsets: Vec<usize> = words.iter().map(|word| word.offset).collect();
    let mut keys: Vec<Key> = Vec::new();
    for word in words {
        match key(scope, word.text) {
            Ok(key) if keys.contains(&key) => document.fault(word.offset, format!("{} stands here twice", word.text)),
            Ok(key) => keys.push(key),
            Err(message) => document.fault(word.offset, message),
        }
    }
    let origin = Origin::File(document.line(name.offset));
    let sound = keys.len() == offsets.len() && !keys.is_empty();
    sound.then_some(Bound { change: Rebinding { scope, action, keys }, origin, offsets })
}

/// The action that a word names in a scope, or why there is none.
fn named(scope: Scope, word: &str) -> Result<Action, String> {
    let keymap = Keymap::default();
    let found = |scope| keymap.within(scope).map(|(binding, _)| binding.action).find(|action| action.word() == word);
    if let Some(action) = found(scope) {
        return match keymap::can_be_bound(action) {
            true => Ok(action),
            false => Err(format!("{word} keeps its keys")),
        };
    }
    if let Some(elsewhere) = Scope::ALL.into_iter().find(|&scope| found(scope).is_some()) {
        return Err(format!("{word} belongs in {}", table_name(elsewhere)));
    }
    let words = keymap.within(scope).map(|(binding, _)| binding.action.word());
    Err(format!("there is no action {word:?}{}", near(word, words)))
}

/// The key that a reader has written, or why it cannot be bound.
fn key(scope: Scope, written: &str) -> Result<Key, String> {
    let key = keymap::parse(written)?;
    if keymap::is_fixed(&key) {
        return Err(format!("{written} always quits, so it can mean nothing else"));
    }
    if scope == Scope::Search && keymap::is_text(&key) {
        let other = "use a key with Ctrl or Alt, or one that writes nothing";
        return Err(format!("{written} is text in the search; {other}"));
    }
    Ok(key)
}

/// Takes note of a key that would mean two things.
fn check(document: &Document, bound: &[Bound]) {
    let Some(Clash { mode, key, actions }) = keymap(bound).clash() else { return };
    let takes_part = |change: &Rebinding| change.scope == Scope::of(mode) && actions.contains(&change.action);
    let offset = bound.iter().filter(|bound| takes_part(&bound.change)).filter_map(|bound| {
        let at = bound.change.keys.iter().position(|bound| *bound == key)?;
        bound.offsets.get(at).copied()
    });
    let [one, other] = actions.map(Action::word);
    let message = format!("{} would mean both {one} and {other} in the {}", keymap::shown(&key), mode.name());
    document.fault(offset.max().unwrap_or_default(), message);
}

/// The keys as they are with all that is bound otherwise.
pub fn keymap(bound: &[Bound]) -> Keymap {
    let changes: Vec<Rebinding> = bound.iter().map(|bound| bound.change.clone()).collect();
    let mut keymap = Keymap::default();
    keymap.bind(&changes);
    keymap
}

/// The name of the table that the keys of a scope stand in.
pub fn table_name(scope: Scope) -> String {
    scope.word().map_or("[keys]".to_owned(), |word| format!("[{word}.keys]"))
}
