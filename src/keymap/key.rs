//! How keys are spelled in the table, and how readers write them.

use std::borrow::Cow;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::dataset::near;

/// A key, as the table spells it: `j`, `G`, `Enter`, `C-d`, `M-Left`, `S-Tab`.
pub type Key = Cow<'static, str>;

/// The keys that are no character: what the terminal sends, as the table spells it, and as a reader sees it.
const NAMED: [(KeyCode, &str, &str); 15] = [
    (KeyCode::Char(' '), "Space", "Space"),
    (KeyCode::Enter, "Enter", "Enter"),
    (KeyCode::Tab, "Tab", "Tab"),
    (KeyCode::BackTab, "S-Tab", "Shift-Tab"),
    (KeyCode::Esc, "Esc", "Esc"),
    (KeyCode::Backspace, "Backspace", "Backspace"),
    (KeyCode::Delete, "Delete", "Delete"),
    (KeyCode::Up, "Up", "↑"),
    (KeyCode::Down, "Down", "↓"),
    (KeyCode::Left, "Left", "←"),
    (KeyCode::Right, "Right", "→"),
    (KeyCode::Home, "Home", "Home"),
    (KeyCode::End, "End", "End"),
    (KeyCode::PageUp, "PageUp", "PgUp"),
    (KeyCode::PageDown, "PageDown", "PgDn"),
];

/// How many function keys terminals tell apart.
const FUNCTION_KEYS: u8 = 20;

/// The key that a terminal has sent; `None` for one that can mean nothing here.
pub fn spell(key: KeyEvent) -> Option<Key> {
    let code = match key.code {
        KeyCode::Tab if key.modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        code => code,
    };
    let named = NAMED.iter().find(|(known, ..)| *known == code).map(|&(_, name, _)| Cow::Borrowed(name));
    let name = match code {
        KeyCode::BackTab => return named,
        KeyCode::Char(letter) if named.is_none() && key.modifiers.contains(KeyModifiers::CONTROL) => {
            letter.to_lowercase().to_string().into()
        }
        KeyCode::Char(letter) => named.unwrap_or_else(|| letter.to_string().into()),
        KeyCode::F(number) => format!("F{number}").into(),
        _ => named?,
    };
    Some(match (key.modifiers.contains(KeyModifiers::CONTROL), key.modifiers.contains(KeyModifiers::ALT)) {
        (true, _) => format!("C-{name}").into(),
        (_, true) => format!("M-{name}").into(),
        _ => name,
    })
}

/// A key as it is written for readers: `↓` for `Down`, `Ctrl-d` for `C-d`.
pub fn shown(key: &str) -> String {
    let (modifier, name) = modified(key);
    let shown = NAMED.iter().find(|(_, known, _)| *known == name).map_or(name, |&(_, _, shown)| shown);
    match modifier {
        Some(modifier) => format!("{}-{shown}", if modifier == "C" { "Ctrl" } else { "Alt" }),
        None => shown.to_owned(),
    }
}

/// The spelling of a key that a reader has written as the table does (`C-d`, `M-Left`) or as the help does (`Ctrl-d`,
/// `Alt-←`). Fails with why there is no such key.
pub fn parse(written: &str) -> Result<Key, String> {
    let (modifier, name) = modified(written);
    let Some(plain) = plain(name) else { return Err(unknown(written)) };
    match (modifier, &*plain) {
        (None, _) => Ok(plain),
        (Some("C"), "i" | "I") => Err(same(written, "Tab")),
        (Some("C"), "m" | "M") => Err(same(written, "Enter")),
        (Some("C"), "[") => Err(same(written, "Esc")),
        (Some("C"), key) if key.len() == 1 && key.chars().all(|letter| letter.is_ascii_alphabetic()) => {
            Ok(format!("C-{}", key.to_lowercase()).into())
        }
        (Some("M"), key) if key.chars().count() == 1 => Ok(format!("M-{key}").into()),
        (_, "Tab" | "S-Tab" | "Esc") => Err(untold(written)),
        (Some("C"), key) if key.chars().count() == 1 || matches!(key, "Enter" | "Backspace") => Err(untold(written)),
        (Some(modifier), key) => Ok(format!("{modifier}-{key}").into()),
    }
}

/// Says whether a key writes something where there is text to write.
pub fn is_text(key: &str) -> bool {
    key == "Space" || key.chars().count() == 1
}

/// The modifier before a key, as the table spells it, and the key.
fn modified(key: &str) -> (Option<&'static str>, &str) {
    let known = [("C-", "C"), ("Ctrl-", "C"), ("M-", "M"), ("Alt-", "M")];
    let found = known.iter().find_map(|&(prefix, modifier)| Some((Some(modifier), key.strip_prefix(prefix)?)));
    found.unwrap_or((None, key))
}

/// The spelling of a key without a modifier.
fn plain(name: &str) -> Option<Key> {
    let named = NAMED.iter().find(|(_, known, shown)| *known == name || *shown == name);
    let mut letters = name.chars();
    match (named, letters.next(), letters.as_str()) {
        (Some(&(_, known, _)), ..) => Some(known.into()),
        (None, Some(letter), "") if !letter.is_control() && !letter.is_whitespace() => Some(name.to_owned().into()),
        (None, Some('F'), number) if (1..=FUNCTION_KEYS).any(|known| known.to_string() == number) => {
            Some(name.to_owned().into())
        }
        _ => None,
    }
}

fn unknown(written: &str) -> String {
    let shifted = written.strip_prefix("S-").or(written.strip_prefix("Shift-"));
    if let Some(letter) = shifted.filter(|letter| letter.len() == 1 && letter.chars().all(char::is_alphabetic)) {
        return format!("there is no key {written:?}; write {:?}", letter.to_uppercase());
    }
    let (_, name) = modified(written);
    let modifier = written.strip_suffix(name).unwrap_or_default();
    let names = NAMED.iter().flat_map(|&(_, known, shown)| [known, shown]);
    let names: Vec<String> = names.map(|known| format!("{modifier}{known}")).collect();
    let suggested = if name.is_empty() { String::new() } else { near(written, names.iter().map(String::as_str)) };
    format!("there is no key {written:?}{suggested}")
}

fn same(written: &str, key: &str) -> String {
    format!("a terminal sends {key} for {written}, so it can mean nothing else")
}

fn untold(written: &str) -> String {
    format!("a terminal does not tell {written} from other keys")
}
