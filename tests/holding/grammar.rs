//! What the program may write to a terminal: letters, and the few sequences that it needs.

/// Why bytes are not what the program may write.
pub type Foreign = String;

/// The private modes that are switched.
const MODES: [&str; 7] = ["?1049", "?2004", "?25", "?1000", "?1002", "?1006", "?2026"];

/// Fails at the first byte that is neither a letter nor a part of a sequence of the program's own.
pub fn check(bytes: &[u8]) -> Result<(), Foreign> {
    let text = std::str::from_utf8(bytes).map_err(|error| format!("no UTF-8 at {}", error.valid_up_to()))?;
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        rest = match letter {
            '\u{1b}' => behind_sequence(rest)?,
            // The margin, a line down, a column back; and the end of whatever was cut off, on the way out.
            '\r' | '\n' | '\u{8}' | '\u{18}' => &rest[1..],
            _ if is_foreign(letter) => return Err(format!("{letter:?} in {:?}", around(text, rest))),
            _ => &rest[letter.len_utf8()..],
        };
    }
    Ok(())
}

/// Says whether a letter may not reach a terminal: a control, what turns others around, what cannot be seen.
pub fn is_foreign(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// The rest of the text behind a sequence.
fn behind_sequence(text: &str) -> Result<&str, Foreign> {
    let foreign = || format!("the sequence {:?}", text.chars().take(24).collect::<String>());
    if let Some(rest) = text.strip_prefix("\u{1b}\\") {
        return Ok(rest);
    }
    let body = text.strip_prefix("\u{1b}[").ok_or_else(foreign)?;
    let end = body.find(|letter: char| ('@'..='~').contains(&letter)).ok_or_else(foreign)?;
    let (parameters, last) = (&body[..end], &body[end..=end]);
    let numbers = parameters.chars().all(|letter| letter.is_ascii_digit() || letter == ';');
    let known = match last {
        "h" | "l" => MODES.contains(&parameters),
        "m" | "H" | "A" | "B" | "C" | "D" | "G" | "d" | "J" | "K" | "X" => numbers,
        _ => false,
    };
    if known { Ok(&body[end + 1..]) } else { Err(foreign()) }
}

fn around(text: &str, rest: &str) -> String {
    let at = text.len() - rest.len();
    let before: String = text[..at].chars().rev().take(20).collect::<Vec<_>>().into_iter().rev().collect();
    before + &rest.chars().take(20).collect::<String>()
}
