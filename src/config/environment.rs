//! What the terminal can show, and what its user wants, as far as the environment says.

use crate::theme::Colours;

/// What the environment says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environment {
    /// Whether the terminal can show a screen at all; not where TERM is empty or dumb.
    pub screen: bool,
    /// What says that nothing but ASCII can be drawn: "TERM=linux", "LANG=C".
    pub ascii: Option<String>,
    /// What says that no colour is wanted: NO_COLOR, CLICOLOR=0.
    pub colourless: Option<&'static str>,
    /// How many colours there are.
    pub colours: Colours,
    /// What says how many: "TERM=xterm-256color".
    pub colours_said: String,
    /// What says that the background is light: "COLORFGBG=0;15".
    pub light: Option<String>,
}

/// Terminals that draw nothing but letters, or boxes in letters of their own.
const ASCII_TERMINALS: [&str; 4] = ["linux", "vt100", "vt102", "vt220"];

/// Terminals with 256 colours whose names do not say so.
const INDEXED_TERMINALS: [&str; 9] =
    ["xterm-kitty", "xterm-ghostty", "ghostty", "alacritty", "foot", "wezterm", "contour", "rio", "tmux"];

impl Environment {
    /// What the variables of this process say.
    pub fn of_process() -> Environment {
        Environment::of(|name| std::env::var(name).ok())
    }

    /// What these variables say. One that is empty says nothing.
    pub fn of(variable: impl Fn(&str) -> Option<String>) -> Environment {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let term = set("TERM").unwrap_or_default();
        let (colours, colours_said) = colours(&set, &term);
        Environment {
            screen: !term.is_empty() && term != "dumb",
            ascii: ascii(&set, &term),
            colourless: colourless(&set),
            colours,
            colours_said,
            light: set("COLORFGBG").filter(|value| is_light(value)).map(|value| format!("COLORFGBG={value}")),
        }
    }
}

/// What says that only ASCII can be drawn: a terminal that has no more, or a locale other than UTF-8.
fn ascii(set: &impl Fn(&str) -> Option<String>, term: &str) -> Option<String> {
    if ASCII_TERMINALS.contains(&term) {
        return Some(format!("TERM={term}"));
    }
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| Some((name, set(name)?)));
    match locale {
        None => Some("no LANG".to_owned()),
        Some((_, value)) if ["utf-8", "utf8"].iter().any(|utf8| value.to_lowercase().contains(utf8)) => None,
        Some((name, value)) => Some(format!("{name}={value}")),
    }
}

/// NO_COLOR goes before CLICOLOR_FORCE, and that before CLICOLOR, as <https://bixense.com/clicolors> has it.
fn colourless(set: &impl Fn(&str) -> Option<String>) -> Option<&'static str> {
    if set("NO_COLOR").is_some() {
        return Some("NO_COLOR");
    }
    let refused = set("CLICOLOR").is_some_and(|value| value == "0");
    (refused && !is_forced(set)).then_some("CLICOLOR=0")
}

fn is_forced(set: &impl Fn(&str) -> Option<String>) -> bool {
    set("CLICOLOR_FORCE").is_some_and(|value| value != "0")
}

/// How many colours there are, and what says so.
fn colours(set: &impl Fn(&str) -> Option<String>, term: &str) -> (Colours, String) {
    if let Some(value) = set("COLORTERM").filter(|value| ["truecolor", "24bit"].contains(&&**value)) {
        return (Colours::Indexed, format!("COLORTERM={value}"));
    }
    let said = format!("TERM={term}");
    let many = ["256", "direct", "truecolor"].iter().any(|word| term.contains(word));
    if many || INDEXED_TERMINALS.contains(&term) {
        (Colours::Indexed, said)
    } else if term.starts_with("vt") && !is_forced(set) {
        (Colours::None, said)
    } else {
        (Colours::Sixteen, said)
    }
}

/// Says whether COLORFGBG, which some terminals set to the numbers of their text and background, says that the
/// background is one of the light colours.
fn is_light(colorfgbg: &str) -> bool {
    let background = colorfgbg.rsplit(';').next().and_then(|number| number.parse::<u8>().ok());
    matches!(background, Some(7 | 9..=15))
}
