//! The themes, measured: what is drawn can be read, in the colours that the theme promises and no others.

use detente::dataset::{EventKind, Vocabulary};
use detente::place::{Place, Tab};
use detente::theme::{Colours, Look, SERIES, Theme, ThemeName, to_ascii};
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier, Style};

use crate::common::{Journey, SHIPPED};
use crate::studying::student;

/// The palettes that look the same in every terminal, with the least contrast that each promises.
const FIXED: [(&str, Theme, f64); 3] =
    [("dark", Theme::DARK, 4.5), ("light", Theme::LIGHT, 4.5), ("high-contrast", Theme::HIGH_CONTRAST, 7.0)];

/// The red, green and blue of a colour of xterm's table; `None` for one that every terminal's user may set.
pub fn rgb(color: Color) -> Option<[u8; 3]> {
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    match color {
        Color::Indexed(number @ 16..=231) => {
            let cube = number - 16;
            Some([level(cube / 36), level(cube / 6 % 6), level(cube % 6)])
        }
        Color::Indexed(number @ 232..) => Some([8 + 10 * (number - 232); 3]),
        _ => None,
    }
}

/// The relative luminance of a colour, as the Web Content Accessibility Guidelines 2.2 define it.
fn luminance(rgb: [u8; 3]) -> f64 {
    let linear = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    let [red, green, blue] = rgb.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// The contrast of two colours, from 1 to 21; an error where one of them is not the same everywhere.
fn contrast(one: Color, other: Color) -> Result<f64, String> {
    let measured = |color| rgb(color).map(luminance).ok_or(format!("{color} is another colour in every terminal"));
    let (one, other) = (measured(one)?, measured(other)?);
    Ok((one.max(other) + 0.05) / (one.min(other) + 0.05))
}

/// What is wrong with a style that text is drawn in.
fn fault(foreground: Color, background: Color, modifier: Modifier, least: f64) -> Option<String> {
    if modifier.contains(Modifier::DIM) {
        return Some("DIM makes text fainter than was measured".to_owned());
    }
    match contrast(foreground, background) {
        Ok(measured) if measured >= least => None,
        Ok(measured) => Some(format!("{foreground} on {background} has a contrast of {measured:.2}, not {least}")),
        Err(message) => Some(message),
    }
}

/// Every style of a theme by name.
fn styles(theme: &Theme) -> Vec<(String, Style)> {
    let mut styles: Vec<(String, Style)> =
        Look::ALL.iter().map(|&look| (format!("{look:?}"), theme.style(look))).collect();
    styles.extend((0..SERIES).map(|number| (format!("series {number}"), theme.series(number))));
    styles.extend(EventKind::ALL.iter().map(|&kind| (format!("events of kind {}", kind.word()), theme.kind(kind))));
    for chosen in [true, false] {
        styles.push((format!("border, {chosen}"), theme.border(chosen)));
        styles.push((format!("point, {chosen}"), theme.point(chosen)));
    }
    styles.push(("link".to_owned(), theme.link()));
    styles
}

#[test]
fn the_measure_is_right() {
    assert_eq!(contrast(Color::Indexed(16), Color::Indexed(231)), Ok(21.0));
    assert!((contrast(Color::Indexed(243), Color::Indexed(231)).unwrap() - 4.54).abs() < 0.01, "#767676 on white");
    assert!(fault(Color::Indexed(244), Color::Indexed(231), Modifier::empty(), 4.5).is_some(), "#808080 on white");
    assert!(fault(Color::Cyan, Color::Indexed(231), Modifier::empty(), 4.5).is_some());
    assert!(fault(Color::Indexed(16), Color::Indexed(231), Modifier::DIM, 4.5).is_some());
}

#[test]
fn every_style_of_a_fixed_palette_reads_on_everything_that_it_can_lie_on() {
    for (name, theme, least) in FIXED {
        let under =
            [("ground", Style::new()), ("selected", theme.selection(true)), ("resting", theme.selection(false))];
        let coast = theme.ground().patch(theme.coast()); // Nothing but the ground ever lies under a coast.
        assert_eq!(fault(coast.fg.unwrap(), coast.bg.unwrap(), coast.add_modifier, least), None, "{name}: coast");
        for (look, style) in styles(&theme) {
            for (lies_on, selection) in under {
                let drawn = theme.ground().patch(style).patch(selection);
                let (foreground, background) = (drawn.fg.unwrap(), drawn.bg.unwrap());
                let fault = fault(foreground, background, drawn.add_modifier, least);
                assert_eq!(fault, None, "{name}: {look} on {lies_on}");
            }
        }
    }
}

#[test]
fn the_series_of_a_chart_differ() {
    for (name, theme) in [("dark", Theme::DARK), ("light", Theme::LIGHT), ("auto", Theme::ANSI)] {
        for one in 0..SERIES {
            for other in 0..one {
                assert_ne!(theme.series(one), theme.series(other), "{name}: series {other} and {one}");
            }
        }
    }
}

/// Sizes with three panes, two and one.
const SIZES: [(u16, u16); 5] = [(120, 40), (80, 24), (50, 16), (20, 5), (10, 3)];

/// What a reader may do at a place, so that windows, selections and searches are seen as well.
const KEYS: [&str; 6] = ["j j", "Tab j", "?", "K", "m t", "m '"];

/// What a reader may do on the first screen: other views of time, filters, and talks.
const VIEWS: [&str; 13] = [
    "v",
    "v j j l",
    "v v l l",
    "- v v",
    "f",
    "f j j Enter",
    "f j j Enter Esc v v",
    "S-Tab G f Enter Esc",
    "6 Tab Tab j j",
    "7 Right Right + +",
    "P",
    "P Enter Space Space",
    "P Enter Space Space o",
];

/// Every place, each in one size after another with one thing after another done there, searches and views; where there are
/// several themes, in one theme after another.
fn pictures(themes: &[Theme]) -> impl Iterator<Item = (String, Buffer)> {
    let records = SHIPPED.all().flat_map(|record| [Place::Record(record), Place::Source(record)]);
    let places = Tab::ALL.into_iter().map(Place::Tab).chain(records);
    let visits = places.enumerate().map(move |(number, place)| {
        let (size, keys) = (SIZES[number % SIZES.len()], KEYS[number % KEYS.len()]);
        let theme = themes[number / KEYS.len() % themes.len()];
        let name = format!("{} at {size:?} after {keys}", place.address(&SHIPPED));
        (name, Journey::themed(place, size, theme).press(keys).buffer())
    });
    let sizes = themes.iter().flat_map(|&theme| SIZES.map(|size| (theme, size)));
    let home = move |theme, size| Journey::themed(Place::Tab(Tab::Home), size, theme);
    let searches = sizes.clone().flat_map(move |(theme, size)| {
        ["", "yellow sea", "counterterorism", "kind:nothing"].map(|query| {
            let journey = home(theme, size).press("/").write(query).press("Down");
            (format!("the search for {query:?} at {size:?}"), journey.buffer())
        })
    });
    let views = sizes.flat_map(move |(theme, size)| {
        VIEWS.map(|keys| (format!("home at {size:?} after {keys}"), home(theme, size).press(keys).buffer()))
    });
    let studying = student::SCREENS.into_iter().enumerate().map(move |(number, keys)| {
        let (size, theme) = (SIZES[number % SIZES.len()], themes[number % themes.len()]);
        let student = student::after_weeks(home(theme, size), keys);
        (format!("the decks at {size:?} after {keys}"), student.journey().buffer())
    });
    visits.chain(searches).chain(views).chain(studying)
}

fn is_blank(cell: &Cell) -> bool {
    cell.symbol().chars().all(|letter| matches!(letter, ' ' | '\u{2800}'))
}

/// Looks at all pictures in some themes; `fault` says what is wrong with a cell.
fn look_at(themes: &[Theme], fault: impl Fn(&Cell) -> Option<String>) {
    for (name, picture) in pictures(themes) {
        for (at, cell) in picture.content.iter().enumerate() {
            let fault = fault(cell);
            let (column, row) = (at % usize::from(picture.area.width), at / usize::from(picture.area.width));
            assert_eq!(fault, None, "{:?} in column {column}, row {row} of {name}", cell.symbol());
        }
    }
}

/// Everything drawn in a fixed palette has colours of its own, and every letter can be read.
fn fixed(number: usize) {
    let (_, theme, least) = FIXED[number];
    look_at(&[theme], |cell| match (is_blank(cell), rgb(cell.bg)) {
        (_, None) => Some(format!("the background shows the terminal's own: {}", cell.bg)),
        (true, _) => None,
        (false, _) => fault(cell.fg, cell.bg, cell.modifier, least),
    });
}

#[test]
fn every_picture_in_the_dark_theme_can_be_read() {
    fixed(0);
}

#[test]
fn every_picture_in_the_light_theme_can_be_read() {
    fixed(1);
}

#[test]
fn every_picture_in_the_high_contrast_theme_can_be_read() {
    fixed(2);
}

#[test]
fn every_picture_without_colour_has_none() {
    look_at(&[Theme::MONO], |cell| {
        let colours = [cell.fg, cell.bg].into_iter().find(|&color| color != Color::Reset);
        colours.map(|color| format!("it is {color}"))
    });
}

#[test]
fn every_picture_in_the_automatic_theme_leaves_the_background_and_uses_16_colours() {
    look_at(&[Theme::ANSI, Theme::ANSI_ON_LIGHT], |cell| match (cell.fg, cell.bg) {
        (Color::Indexed(_) | Color::Rgb(..), _) => Some(format!("{} is none of the 16", cell.fg)),
        (_, Color::Reset) => None,
        (_, background) => Some(format!("its background is {background}")),
    });
}

#[test]
fn every_picture_in_16_colours_uses_no_more_and_paints_its_background() {
    let themes = [Theme::DARK_OF_SIXTEEN, Theme::LIGHT_OF_SIXTEEN, Theme::HIGH_CONTRAST_OF_SIXTEEN];
    look_at(&themes, |cell| match (cell.fg, cell.bg) {
        (Color::Indexed(_) | Color::Rgb(..), _) => Some(format!("{} is none of the 16", cell.fg)),
        (_, Color::Reset) => Some("the background shows the terminal's own".to_owned()),
        (foreground, background) if foreground == background => Some("it cannot be seen".to_owned()),
        _ => None,
    });
}

#[test]
fn every_picture_in_ascii_has_a_letter_for_each_symbol() {
    for (name, picture) in pictures(&[Theme::ANSI]) {
        let mut ascii = picture.clone();
        to_ascii(&mut ascii);
        for (drawn, letter) in picture.content.iter().zip(&ascii.content) {
            assert!(letter.symbol().is_ascii(), "{:?} of {name}", drawn.symbol());
            let lost = letter.symbol() == "?" && drawn.symbol() != "?";
            assert!(!lost, "there is no letter for {:?} of {name}", drawn.symbol());
        }
    }
}

#[test]
fn a_theme_takes_no_more_colours_than_the_terminal_has() {
    for name in ThemeName::ALL {
        for light in [false, true] {
            assert_eq!(Theme::named(name, Colours::None, light), Theme::MONO, "{name:?} without colours");
            for (look, style) in styles(&Theme::named(name, Colours::Sixteen, light)) {
                assert!(!matches!(style.fg, Some(Color::Indexed(_))), "{name:?} of 16 colours: {look}");
            }
        }
    }
    assert_eq!(Theme::named(ThemeName::Auto, Colours::Indexed, false), Theme::ANSI);
    assert_eq!(Theme::named(ThemeName::Auto, Colours::Sixteen, true), Theme::ANSI_ON_LIGHT);
    assert_eq!(Theme::named(ThemeName::Dark, Colours::Indexed, true), Theme::DARK);
}
