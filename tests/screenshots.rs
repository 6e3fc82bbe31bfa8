//! The pictures of the manual: screens of the program as SVG, dark and light, as they are drawn today.

use std::env;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use detente::app::{Errand, Opening};
use detente::place::Place;
use detente::screens::present::Talk;
use detente::state::State;
use detente::theme::Theme;
use detente::tour;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use crate::common::{Journey, SHIPPED, opening};
use crate::journal::model::Model;
use crate::looks::rgb;
use crate::studying::student::{NOON, Student, after_days};

/// The size of all pictures, in columns and rows.
const SIZE: (u16, u16) = (112, 32);

/// The size of a cell in the units of the picture, and of its letters.
const CELL: (f64, f64) = (8.4, 16.4);
const LETTERS: u8 = 14;

/// The variable that has the pictures drawn anew.
const DRAW: &str = "UPDATE_SCREENSHOTS";

/// A reader who has just started, in a theme.
fn start(theme: Theme, place: &str, errand: Option<Errand>) -> Journey {
    let opening = opening(SIZE, Place::parse(place, &SHIPPED), State::default());
    Journey::opening(&SHIPPED, Opening { theme, errand, ..opening })
}

fn talk(theme: Theme, keys: &str) -> Buffer {
    let talk = Talk::new(&SHIPPED, tour::find(&SHIPPED, "russia-sco").unwrap(), None);
    start(theme, "home", Some(Errand::Talk(talk))).press(keys).buffer()
}

fn study(theme: Theme, keys: &str) -> Buffer {
    let disk = Model::default();
    disk.write(&after_days(&SHIPPED, 20, NOON).live());
    Student::at(start(theme, "home", None), disk).press("S").press(keys).journey().buffer()
}

/// The pictures by name.
fn screens(theme: Theme) -> [(&'static str, Buffer); 8] {
    let at = |place| start(theme, place, None);
    [
        ("explorer", at("country/ru").press("j j").buffer()),
        ("timeline", at("home").press("v l l l").buffer()),
        ("search", at("home").press("/").write("search and rescue").buffer()),
        ("map", at("map").press("j j").buffer()),
        ("figures", at("figures").buffer()),
        ("talk", talk(theme, "1 3 G n n")),
        ("card", study(theme, "Enter c")),
        ("statistics", study(theme, "v")),
    ]
}

#[test]
fn the_pictures_of_the_manual_are_what_the_program_draws() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/screenshots");
    let mut stale = Vec::new();
    for (looks, theme) in [("dark", Theme::DARK), ("light", Theme::LIGHT)] {
        for (name, picture) in screens(theme) {
            let path = directory.join(format!("{name}-{looks}.svg"));
            let drawn = svg(&picture);
            if env::var_os(DRAW).is_some() {
                fs::write(&path, &drawn).unwrap();
            } else if fs::read_to_string(&path).unwrap_or_default() != drawn {
                stale.push(path);
            }
        }
    }
    assert!(stale.is_empty(), "{DRAW}=1 cargo test screenshots draws them anew: {stale:?}");
}

/// A picture as SVG: a rectangle for each run of one background, and a text for each run of one look.
fn svg(picture: &Buffer) -> String {
    let (width, height) = (f64::from(picture.area.width) * CELL.0, f64::from(picture.area.height) * CELL.1);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.1} {height:.1}\" \
         font-family=\"'DejaVu Sans Mono', 'Cascadia Mono', Menlo, Consolas, monospace\" font-size=\"{LETTERS}\">\n"
    );
    let ground = shown(&picture.content[0]).1;
    writeln!(svg, "<rect width=\"100%\" height=\"100%\" fill=\"{ground}\"/>").unwrap();
    for (row, cells) in picture.content.chunks(usize::from(picture.area.width)).enumerate() {
        let mut column = 0;
        for run in cells.chunk_by(|one, next| shown(one) == shown(next)) {
            draw(&mut svg, run, (column, row), &ground);
            column += run.len();
        }
    }
    svg + "</svg>\n"
}

/// Draws the cells of a run, the first of which is at a column and a row.
fn draw(svg: &mut String, run: &[Cell], (column, row): (usize, usize), ground: &str) {
    let (ink, background, weight) = shown(&run[0]);
    let (x, y) = (column as f64 * CELL.0, row as f64 * CELL.1);
    let width = run.len() as f64 * CELL.0;
    if background != ground {
        let high = CELL.1;
        writeln!(
            svg,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{high:.1}\" fill=\"{background}\"/>"
        )
        .unwrap();
    }
    for (start, text) in pieces(run) {
        // However wide the reader's letters are, each piece has the columns that it has on the screen.
        let (x, length, base) = (x + start as f64 * CELL.0, text.width() as f64 * CELL.0, y + CELL.1 * 0.78);
        writeln!(
            svg,
            "<text x=\"{x:.1}\" y=\"{base:.1}\" textLength=\"{length:.1}\" lengthAdjust=\"spacingAndGlyphs\" \
             fill=\"{ink}\"{weight}>{}</text>",
            text.replace('&', "&amp;").replace('<', "&lt;")
        )
        .unwrap();
    }
}

/// The letters of a run from one gap of two blanks to the next, each piece with its first column. The second half of a wide
/// letter is not one.
fn pieces(run: &[Cell]) -> Vec<(usize, String)> {
    let mut pieces: Vec<(usize, String)> = Vec::new();
    let (mut blanks, mut covered) = (2, 0);
    for (column, cell) in run.iter().enumerate() {
        if covered > 0 {
            covered -= 1;
        } else if cell.symbol() == " " {
            blanks += 1;
        } else {
            match pieces.last_mut().filter(|_| blanks < 2) {
                Some((_, piece)) => piece.extend([" ".repeat(blanks).as_str(), cell.symbol()]),
                None => pieces.push((column, cell.symbol().to_owned())),
            }
            (blanks, covered) = (0, cell.symbol().width().saturating_sub(1));
        }
    }
    pieces
}

/// What a cell shows: the colours of its letter and of its ground, and its weight.
fn shown(cell: &Cell) -> (String, String, String) {
    let (ink, ground) = (hex(cell.fg), hex(cell.bg));
    let (ink, ground) = if cell.modifier.contains(Modifier::REVERSED) { (ground, ink) } else { (ink, ground) };
    let weights = [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
    ];
    let weight = weights.into_iter().filter(|(weight, _)| cell.modifier.contains(*weight)).map(|(_, said)| said);
    (ink, ground, weight.collect())
}

fn hex(color: Color) -> String {
    let [red, green, blue] = rgb(color).unwrap_or_else(|| panic!("{color} is another colour in every terminal"));
    format!("#{red:02x}{green:02x}{blue:02x}")
}
