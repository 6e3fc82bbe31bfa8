//! What things look like, by meaning: the terminal's own background and its 16 colours, or no colour at all.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};
use unicode_normalization::UnicodeNormalization;

use crate::dataset::EventKind;

/// What a run of text means to its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Look {
    /// Running text.
    #[default]
    Plain,
    /// Of weight within its text.
    Strong,
    /// Stressed within its text.
    Emphasis,
    /// Of less weight: labels, counts, addresses.
    Faint,
    /// The name of a page.
    Title,
    /// The heading of a part.
    Heading,
    /// The one colour that leads the eye.
    Accent,
    /// The editor's word, apart from the source's.
    Note,
    /// A letter that a search matched.
    Matched,
}

/// The styles of all meanings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    accent: Style,
    faint: Style,
    selection: Style,
    resting: Style,
    note: Style,
}

impl Theme {
    /// The 16 colours of the terminal, which read on dark and light backgrounds alike.
    pub const ANSI: Theme = Theme {
        accent: Style::new().fg(Color::Cyan),
        faint: Style::new().add_modifier(Modifier::DIM),
        selection: Style::new().fg(Color::Cyan).add_modifier(Modifier::REVERSED.union(Modifier::BOLD)),
        resting: Style::new().fg(Color::Cyan).add_modifier(Modifier::UNDERLINED),
        note: Style::new().fg(Color::Yellow),
    };

    /// No colour: weight, underline and reverse only.
    pub const MONO: Theme = Theme {
        accent: Style::new().add_modifier(Modifier::BOLD),
        faint: Style::new().add_modifier(Modifier::DIM),
        selection: Style::new().add_modifier(Modifier::REVERSED),
        resting: Style::new().add_modifier(Modifier::UNDERLINED),
        note: Style::new().add_modifier(Modifier::ITALIC),
    };

    /// The style of a meaning.
    pub fn style(&self, look: Look) -> Style {
        match look {
            Look::Plain => Style::new(),
            Look::Strong => Style::new().add_modifier(Modifier::BOLD),
            Look::Emphasis => Style::new().add_modifier(Modifier::ITALIC),
            Look::Faint => self.faint,
            Look::Title => self.accent.add_modifier(Modifier::BOLD),
            Look::Heading => Style::new().add_modifier(Modifier::BOLD),
            Look::Accent => self.accent,
            Look::Note => self.note,
            Look::Matched => self.accent.add_modifier(Modifier::BOLD),
        }
    }

    /// A link in running text.
    pub fn link(&self) -> Style {
        self.accent
    }

    /// The selected row or link: plain where the focus is, quiet in the other panes.
    pub fn selection(&self, focused: bool) -> Style {
        if focused { self.selection } else { self.resting }
    }

    /// The border of a pane.
    pub fn border(&self, focused: bool) -> Style {
        if focused { self.accent } else { self.faint }
    }
}

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

/// The ASCII letter nearest to a drawn symbol; `?` where there is none.
fn ascii(symbol: &str) -> char {
    let Some(first) = symbol.chars().next() else { return ' ' };
    match first {
        '─' | '–' | '—' | '━' | '‐' | '‑' => '-',
        '│' | '┃' | '▌' | '▐' => '|',
        '╭' | '╮' | '╰' | '╯' | '┌' | '┐' | '└' | '┘' | '├' | '┤' | '┬' | '┴' | '┼' => '+',
        '…' => '.',
        '·' | '•' | '◦' => '.',
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
        '≈' => '~',
        '≡' => '=',
        '■' | '█' | '▉' | '▊' | '▋' | '▇' | '▆' => '#',
        '□' => 'w',
        '▅' | '▄' | '▍' => '=',
        '▃' | '▂' | '▁' | '▎' | '▏' | '░' => '_',
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        '\u{2800}' => ' ',
        '\u{2801}'..='\u{28ff}' => '.',
        _ => first.nfkd().find(char::is_ascii_graphic).unwrap_or('?'),
    }
}
