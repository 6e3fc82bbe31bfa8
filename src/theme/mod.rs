//! What things look like, by meaning, in each of the themes.

mod palettes;
mod symbols;

use ratatui::style::{Modifier, Style};

use crate::dataset::EventKind;

pub use symbols::{ascii_line, symbol, to_ascii};

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
    /// A filter that is set.
    Chip,
}

impl Look {
    /// All looks.
    pub const ALL: [Look; 10] = [
        Look::Plain,
        Look::Strong,
        Look::Emphasis,
        Look::Faint,
        Look::Title,
        Look::Heading,
        Look::Accent,
        Look::Note,
        Look::Matched,
        Look::Chip,
    ];
}

/// A theme, as the reader asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ThemeName {
    /// The terminal's own background and its 16 colours.
    #[default]
    Auto,
    /// Light text on a dark background of its own.
    Dark,
    /// Dark text on a light background of its own.
    Light,
    /// White and bright colours on black.
    HighContrast,
    /// No colour: weight, underline and reverse only.
    Mono,
}

impl ThemeName {
    /// All themes.
    pub const ALL: [ThemeName; 5] =
        [ThemeName::Auto, ThemeName::Dark, ThemeName::Light, ThemeName::HighContrast, ThemeName::Mono];

    /// The theme that a word asks for.
    pub fn parse(word: &str) -> Option<ThemeName> {
        ThemeName::ALL.into_iter().find(|name| name.word() == word)
    }

    /// The word by which a reader asks for the theme.
    pub fn word(self) -> &'static str {
        match self {
            ThemeName::Auto => "auto",
            ThemeName::Dark => "dark",
            ThemeName::Light => "light",
            ThemeName::HighContrast => "high-contrast",
            ThemeName::Mono => "mono",
        }
    }
}

/// How many colours a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Colours {
    /// None.
    None,
    /// 16, which its user may have chosen freely.
    Sixteen,
    /// 256 and more, all but the first 16 of which are the same everywhere.
    Indexed,
}

/// How many series of a chart have a style of their own.
pub const SERIES: usize = 8;

/// The styles of all meanings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    ground: Style,
    strong: Style,
    faint: Style,
    accent: Style,
    note: Style,
    link: Style,
    matched: Style,
    chip: Style,
    selection: Style,
    resting: Style,
    coast: Style,
    series: [Style; SERIES],
}

impl Theme {
    /// A theme as it looks in a terminal with so many colours, of which something may be known of the background.
    pub fn named(name: ThemeName, colours: Colours, light_background: bool) -> Theme {
        match (name, colours) {
            (ThemeName::Mono, _) | (_, Colours::None) => Theme::MONO,
            (ThemeName::Auto, _) if light_background => Theme::ANSI_ON_LIGHT,
            (ThemeName::Auto, _) => Theme::ANSI,
            (ThemeName::Dark, Colours::Sixteen) => Theme::DARK_OF_SIXTEEN,
            (ThemeName::Light, Colours::Sixteen) => Theme::LIGHT_OF_SIXTEEN,
            (ThemeName::HighContrast, Colours::Sixteen) => Theme::HIGH_CONTRAST_OF_SIXTEEN,
            (ThemeName::Dark, Colours::Indexed) => Theme::DARK,
            (ThemeName::Light, Colours::Indexed) => Theme::LIGHT,
            (ThemeName::HighContrast, Colours::Indexed) => Theme::HIGH_CONTRAST,
        }
    }

    /// What lies under everything: the colours of text and background where nothing else is said.
    pub fn ground(&self) -> Style {
        self.ground
    }

    /// The style of a meaning.
    pub fn style(&self, look: Look) -> Style {
        match look {
            Look::Plain => Style::new(),
            Look::Strong | Look::Heading => self.strong.add_modifier(Modifier::BOLD),
            Look::Emphasis => Style::new().add_modifier(Modifier::ITALIC),
            Look::Faint => self.faint,
            Look::Title => self.accent.add_modifier(Modifier::BOLD),
            Look::Accent => self.accent,
            Look::Note => self.note,
            Look::Matched => self.matched,
            Look::Chip => self.chip,
        }
    }

    /// A link in running text.
    pub fn link(&self) -> Style {
        self.link
    }

    /// The selected row or link: unmistakable where the focus is, quiet in the other panes. Laid over what is there.
    pub fn selection(&self, focused: bool) -> Style {
        if focused { self.selection } else { self.resting }
    }

    /// The border of a pane.
    pub fn border(&self, focused: bool) -> Style {
        if focused { self.accent } else { self.faint }
    }

    /// The coasts of a map.
    pub fn coast(&self) -> Style {
        self.coast
    }

    /// A point on a map.
    pub fn point(&self, selected: bool) -> Style {
        self.style(if selected { Look::Title } else { Look::Accent })
    }

    /// A series of a chart; after the last style the first comes round again.
    pub fn series(&self, number: usize) -> Style {
        self.series[number % SERIES]
    }

    /// A kind of event in a chart. Kinds that are near in meaning share a colour and differ by their symbols.
    pub fn kind(&self, kind: EventKind) -> Style {
        self.series(match kind {
            EventKind::Consultation | EventKind::Meeting | EventKind::Statement => 0,
            EventKind::Summit | EventKind::Visit | EventKind::Protest | EventKind::Riot => 1,
            EventKind::Agreement | EventKind::EntryIntoForce | EventKind::Aid => 2,
            EventKind::Exercise | EventKind::Observation | EventKind::Battle => 3,
            EventKind::Deployment | EventKind::Attack => 4,
            EventKind::PortCall | EventKind::ViolenceAgainstCivilians => 5,
            EventKind::Workshop | EventKind::Education | EventKind::Coercion => 6,
            EventKind::Establishment | EventKind::Proposal | EventKind::Threat | EventKind::Sanction => 7,
            EventKind::Other => 7,
        })
    }
}
