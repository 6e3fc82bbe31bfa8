//! How keys are spelled in the table, and written for readers.

use std::borrow::Cow;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key in the spelling of the table: `j`, `G`, `Enter`, `C-d`, `M-Left`, `S-Tab`.
pub fn spell(key: KeyEvent) -> Option<Cow<'static, str>> {
    let name: Cow<'static, str> = match key.code {
        KeyCode::Char(' ') => "Space".into(),
        KeyCode::Char(letter) => letter.to_string().into(),
        KeyCode::F(number) => format!("F{number}").into(),
        KeyCode::Enter => "Enter".into(),
        KeyCode::Tab if key.modifiers.contains(KeyModifiers::SHIFT) => return Some("S-Tab".into()),
        KeyCode::Tab => "Tab".into(),
        KeyCode::BackTab => return Some("S-Tab".into()),
        KeyCode::Backspace => "Backspace".into(),
        KeyCode::Esc => "Esc".into(),
        KeyCode::Delete => "Delete".into(),
        KeyCode::Up => "Up".into(),
        KeyCode::Down => "Down".into(),
        KeyCode::Left => "Left".into(),
        KeyCode::Right => "Right".into(),
        KeyCode::Home => "Home".into(),
        KeyCode::End => "End".into(),
        KeyCode::PageUp => "PageUp".into(),
        KeyCode::PageDown => "PageDown".into(),
        _ => return None,
    };
    Some(match (key.modifiers.contains(KeyModifiers::CONTROL), key.modifiers.contains(KeyModifiers::ALT)) {
        (true, _) => format!("C-{}", name.to_lowercase()).into(),
        (_, true) => format!("M-{name}").into(),
        _ => name,
    })
}

/// A key as it is written for readers: `↓` for `Down`, `Ctrl-d` for `C-d`.
pub fn shown(key: &str) -> String {
    if let Some(key) = key.strip_prefix("C-") {
        return format!("Ctrl-{key}");
    }
    if let Some(key) = key.strip_prefix("M-") {
        return format!("Alt-{}", shown(key));
    }
    match key {
        "Up" => "↑".to_owned(),
        "Down" => "↓".to_owned(),
        "Left" => "←".to_owned(),
        "Right" => "→".to_owned(),
        "PageUp" => "PgUp".to_owned(),
        "PageDown" => "PgDn".to_owned(),
        "S-Tab" => "Shift-Tab".to_owned(),
        _ => key.to_owned(),
    }
}
