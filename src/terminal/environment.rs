//! What the terminal can show, as far as its environment says.

use crate::theme::Theme;

/// How the program has to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looks {
    /// The styles.
    pub theme: Theme,
    /// Whether only ASCII may be drawn.
    pub ascii: bool,
}

/// Terminals that draw nothing but letters, or boxes in letters of their own.
const ASCII_TERMINALS: [&str; 4] = ["linux", "vt100", "vt102", "vt220"];

/// The looks for a terminal with this environment. `None` where it can show no screen at all: TERM is empty or dumb.
pub fn looks(variable: impl Fn(&str) -> Option<String>) -> Option<Looks> {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    let term = set("TERM").filter(|term| term != "dumb")?;
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set).unwrap_or_default().to_lowercase();
    let utf8 = locale.contains("utf-8") || locale.contains("utf8");
    let theme = if set("NO_COLOR").is_some() { Theme::MONO } else { Theme::ANSI };
    Some(Looks { theme, ascii: !utf8 || ASCII_TERMINALS.contains(&&*term) })
}
