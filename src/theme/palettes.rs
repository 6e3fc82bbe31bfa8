//! The palettes. Those of 16 colours take what the terminal's user has chosen; the others use only the colours 16 to
//! 255, which are the same everywhere, paint their own background, and are measured for contrast.

use ratatui::style::{Color, Modifier, Style};

use super::{SERIES, Theme};

const NONE: Style = Style::new();
const BOLD: Style = NONE.add_modifier(Modifier::BOLD);
const UNDERLINED: Style = NONE.add_modifier(Modifier::UNDERLINED);

/// Text and background changed for one another, which can be read in any terminal, whatever lies under it.
const REVERSED: Style =
    NONE.fg(Color::Reset).add_modifier(Modifier::REVERSED).remove_modifier(Modifier::DIM.union(Modifier::ITALIC));

const fn ink(color: Color) -> Style {
    NONE.fg(color)
}

const fn on(foreground: Color, background: Color) -> Style {
    NONE.fg(foreground).bg(background)
}

/// The colours of a palette that is the same everywhere, by their numbers in xterm's table.
struct Indexed {
    background: u8,
    text: u8,
    strong: u8,
    faint: u8,
    accent: u8,
    note: u8,
    /// The selection: its text and its background.
    selection: (u8, u8),
    /// The background of what is selected in another pane, and of a filter that is set.
    resting: u8,
    coast: u8,
    series: [u8; SERIES],
}

const fn indexed(number: u8) -> Style {
    ink(Color::Indexed(number))
}

impl Theme {
    /// The terminal's own background and its 16 colours: for dark backgrounds, and for those of which nothing is known.
    pub const ANSI: Theme = Theme {
        ground: NONE,
        strong: NONE,
        faint: ink(Color::Reset).add_modifier(Modifier::DIM).remove_modifier(Modifier::BOLD),
        accent: ink(Color::Cyan),
        note: ink(Color::Yellow),
        link: ink(Color::Cyan),
        matched: ink(Color::Cyan).add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED)),
        chip: ink(Color::Cyan).add_modifier(Modifier::BOLD),
        selection: REVERSED,
        resting: ink(Color::Cyan).add_modifier(Modifier::UNDERLINED),
        coast: ink(Color::DarkGray),
        series: [
            ink(Color::Cyan),
            ink(Color::Yellow),
            ink(Color::Green),
            ink(Color::Red),
            ink(Color::Magenta),
            ink(Color::Blue),
            NONE,
            ink(Color::DarkGray),
        ],
    };

    /// The same where the terminal is known to be light.
    pub const ANSI_ON_LIGHT: Theme = Theme {
        accent: ink(Color::Blue),
        note: ink(Color::Magenta),
        link: ink(Color::Blue),
        matched: ink(Color::Blue).add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED)),
        chip: ink(Color::Blue).add_modifier(Modifier::BOLD),
        resting: ink(Color::Blue).add_modifier(Modifier::UNDERLINED),
        series: [
            ink(Color::Blue),
            ink(Color::Magenta),
            ink(Color::Green),
            ink(Color::Red),
            ink(Color::Cyan),
            NONE,
            ink(Color::DarkGray),
            ink(Color::LightRed),
        ],
        ..Theme::ANSI
    };

    /// No colour: weight, underline and reverse only.
    pub const MONO: Theme = Theme {
        accent: BOLD,
        note: NONE.add_modifier(Modifier::ITALIC),
        link: UNDERLINED,
        matched: BOLD.add_modifier(Modifier::UNDERLINED),
        chip: REVERSED,
        resting: BOLD.add_modifier(Modifier::UNDERLINED),
        coast: NONE.add_modifier(Modifier::DIM),
        series: [NONE; SERIES],
        ..Theme::ANSI
    };

    /// What stands for [`Theme::DARK`] where there are only 16 colours.
    pub const DARK_OF_SIXTEEN: Theme = Theme {
        ground: on(Color::Gray, Color::Black),
        faint: ink(Color::Gray).add_modifier(Modifier::DIM).remove_modifier(Modifier::BOLD),
        selection: selection(Color::Black, Color::Cyan),
        ..Theme::ANSI
    };

    /// What stands for [`Theme::LIGHT`] where there are only 16 colours.
    pub const LIGHT_OF_SIXTEEN: Theme = Theme {
        ground: on(Color::Black, Color::Gray),
        faint: ink(Color::Black).remove_modifier(Modifier::BOLD),
        selection: selection(Color::White, Color::Blue),
        ..Theme::ANSI_ON_LIGHT
    };

    /// What stands for [`Theme::HIGH_CONTRAST`] where there are only 16 colours.
    pub const HIGH_CONTRAST_OF_SIXTEEN: Theme = Theme {
        ground: on(Color::White, Color::Black),
        faint: ink(Color::White).remove_modifier(Modifier::BOLD),
        coast: ink(Color::Gray),
        selection: selection(Color::Black, Color::White),
        ..Theme::ANSI
    };

    /// Light text on a dark background.
    pub const DARK: Theme = Theme::indexed(&Indexed {
        background: 234,
        text: 252,
        strong: 255,
        faint: 247,
        accent: 80,
        note: 222,
        selection: (231, 24),
        resting: 236,
        coast: 245,
        series: [80, 222, 114, 210, 176, 111, 252, 247],
    });

    /// Dark text on a light background.
    pub const LIGHT: Theme = Theme::indexed(&Indexed {
        background: 231,
        text: 235,
        strong: 16,
        faint: 241,
        accent: 24,
        note: 94,
        selection: (231, 24),
        resting: 254,
        coast: 243,
        series: [24, 94, 22, 124, 90, 20, 235, 241],
    });

    /// White and bright colours on black.
    pub const HIGH_CONTRAST: Theme = Theme::indexed(&Indexed {
        background: 16,
        text: 231,
        strong: 231,
        faint: 252,
        accent: 51,
        note: 226,
        selection: (16, 226),
        resting: 235,
        coast: 250,
        series: [51, 226, 46, 217, 213, 153, 231, 250],
    });

    const fn indexed(colours: &Indexed) -> Theme {
        let mut series = [NONE; SERIES];
        let mut at = 0;
        while at < SERIES {
            series[at] = indexed(colours.series[at]);
            at += 1;
        }
        let accent = indexed(colours.accent);
        Theme {
            ground: on(Color::Indexed(colours.text), Color::Indexed(colours.background)),
            strong: indexed(colours.strong),
            faint: indexed(colours.faint).remove_modifier(Modifier::BOLD),
            accent,
            note: indexed(colours.note),
            link: accent,
            matched: accent.add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED)),
            chip: accent.bg(Color::Indexed(colours.resting)),
            selection: selection(Color::Indexed(colours.selection.0), Color::Indexed(colours.selection.1)),
            resting: NONE.bg(Color::Indexed(colours.resting)),
            coast: indexed(colours.coast),
            series,
        }
    }
}

const fn selection(text: Color, background: Color) -> Style {
    on(text, background).add_modifier(Modifier::BOLD).remove_modifier(Modifier::DIM.union(Modifier::ITALIC))
}
