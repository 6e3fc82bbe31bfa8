//! The symbols of events, and what stands for a symbol where only ASCII can be drawn.

use ratatui::buffer::Buffer;
use unicode_normalization::UnicodeNormalization;

use crate::dataset::EventKind;

/// The symbol of a kind of event; one column wide in every terminal.
pub fn symbol(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Consultation => "◇",
        EventKind::Meeting => "○",
        EventKind::Summit => "▲",
        EventKind::Visit => "→",
        EventKind::Agreement => "§",
        EventKind::EntryIntoForce => "√",
        EventKind::Establishment => "+",
        EventKind::Proposal => "»",
        EventKind::Exercise => "×",
        EventKind::Observation => "◎",
        EventKind::PortCall => "≈",
        EventKind::Deployment => "■",
        EventKind::Workshop => "□",
        EventKind::Education => "≡",
        EventKind::Statement => "”",
        EventKind::Aid => "&",
        EventKind::Protest => "ψ",
        EventKind::Riot => "%",
        EventKind::Threat => "?",
        EventKind::Sanction => "¬",
        EventKind::Coercion => "¤",
        EventKind::Battle => "‡",
        EventKind::Attack => "¡",
        EventKind::ViolenceAgainstCivilians => "!",
        EventKind::Other => "·",
    }
}

/// Draws a finished picture over in ASCII, for terminals that know nothing else.
pub fn to_ascii(buffer: &mut Buffer) {
    for cell in buffer.content.iter_mut().filter(|cell| !cell.symbol().is_ascii()) {
        let letter = ascii(cell.symbol());
        #[expect(clippy::disallowed_methods, reason = "the letter is a printable ASCII letter")]
        cell.set_symbol(letter.encode_utf8(&mut [0; 4]));
    }
}

/// A line of text in ASCII, for terminals that know nothing else.
pub fn ascii_line(text: &str) -> String {
    let letter = |letter: char| if letter.is_ascii() { letter } else { ascii(letter.encode_utf8(&mut [0; 4])) };
    text.chars().map(letter).collect()
}

/// The ASCII letter nearest to a drawn symbol; `?` where there is none.
fn ascii(symbol: &str) -> char {
    let Some(first) = symbol.chars().next() else { return ' ' };
    match first {
        '─' | '╌' | '–' | '—' | '‐' | '‑' => '-',
        '━' => '=',
        '┃' | '┏' | '┓' | '┗' | '┛' => '#',
        '│' | '▌' | '▐' => '|',
        '╭' | '╮' | '╰' | '╯' | '┌' | '┐' | '└' | '┘' | '├' | '┤' | '┬' | '┴' | '┼' => '+',
        '…' => '.',
        '·' | '◦' => '.',
        '•' => 'o',
        '●' => 'O',
        '◆' => 'X',
        '▘' | '▝' => '\'',
        '▀' => '"',
        '▖' | '▗' => '.',
        '▚' => '\\',
        '▞' => '/',
        '▸' | '›' | '→' | '»' => '>',
        '‹' | '←' => '<',
        '▾' | '↓' => 'v',
        '▲' | '↑' => '^',
        '★' | '×' => '*',
        '√' => 'V',
        '◇' => 'c',
        '○' => 'o',
        '◎' => '@',
        '§' => 'S',
        '¶' => 'P',
        '≈' => '~',
        '≡' => '=',
        '■' | '█' | '▛' | '▜' | '▙' | '▟' | '▉' | '▊' | '▋' | '▇' | '▆' => '#',
        '□' => 'w',
        'ψ' => 'Y',
        '¬' => 'N',
        '¤' => '$',
        '‡' => 'X',
        '¡' => 'i',
        '▅' | '▄' | '▍' => '=',
        '▃' | '▂' | '▁' | '▎' | '▏' => '_',
        '░' => '-',
        '▒' => '+',
        '▓' => '*',
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        '\u{2800}' => ' ',
        '\u{2801}'..='\u{28ff}' => '.',
        _ => first.nfkd().find(|letter| matches!(letter, ' '..='~')).unwrap_or('?'),
    }
}
