//! The wire: whatever follows whatever, a terminal shows the picture, and no byte is spent on what it shows already.

use detente::wire::Wire;
use proptest::prelude::*;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use crate::common::Journey;
use crate::steps::{tours, walk};

/// Kinds of terminals: one that erases anywhere, and one that only erases to the end of a line.
const TERMS: [&str; 2] = ["xterm-256color", "screen"];

/// What can be seen of a cell.
#[derive(Debug, PartialEq)]
struct Seen {
    letter: String,
    foreground: vt100::Color,
    background: vt100::Color,
    weights: [bool; 5],
}

impl Seen {
    /// What shows neither on blanks nor elsewhere is left out.
    fn new(letter: &str, foreground: vt100::Color, background: vt100::Color, weights: [bool; 5]) -> Seen {
        let plain = !weights[3] && !weights[4];
        match letter {
            "" | " " if plain => {
                Seen { letter: " ".to_owned(), foreground: vt100::Color::Default, background, weights: [false; 5] }
            }
            "" => Seen { letter: " ".to_owned(), foreground, background, weights },
            letter => Seen { letter: letter.to_owned(), foreground, background, weights },
        }
    }
}

fn color(color: Color) -> vt100::Color {
    match color {
        Color::Reset => vt100::Color::Default,
        Color::Indexed(index) => vt100::Color::Idx(index),
        Color::Rgb(red, green, blue) => vt100::Color::Rgb(red, green, blue),
        named => {
            let order = [
                Color::Black,
                Color::Red,
                Color::Green,
                Color::Yellow,
                Color::Blue,
                Color::Magenta,
                Color::Cyan,
                Color::Gray,
                Color::DarkGray,
                Color::LightRed,
                Color::LightGreen,
                Color::LightYellow,
                Color::LightBlue,
                Color::LightMagenta,
                Color::LightCyan,
                Color::White,
            ];
            vt100::Color::Idx(order.iter().position(|&known| known == named).unwrap() as u8)
        }
    }
}

const WEIGHTS: [Modifier; 5] =
    [Modifier::BOLD, Modifier::DIM, Modifier::ITALIC, Modifier::UNDERLINED, Modifier::REVERSED];

fn wanted(cell: &Cell) -> Seen {
    Seen::new(cell.symbol(), color(cell.fg), color(cell.bg), WEIGHTS.map(|weight| cell.modifier.contains(weight)))
}

fn seen(cell: &vt100::Cell) -> Seen {
    let weights = [cell.bold(), cell.dim(), cell.italic(), cell.underline(), cell.inverse()];
    Seen::new(cell.contents(), cell.fgcolor(), cell.bgcolor(), weights)
}

/// Fails unless the terminal shows the picture.
fn assert_shown(terminal: &vt100::Parser, picture: &Buffer) {
    for row in 0..picture.area.height {
        let mut covered = false;
        for column in 0..picture.area.width {
            let cell = picture.cell((column, row)).unwrap();
            if !covered {
                let shown = seen(terminal.screen().cell(row, column).unwrap());
                assert_eq!(shown, wanted(cell), "in column {column} of row {row}");
            }
            covered = !covered && unicode_width::UnicodeWidthStr::width(cell.symbol()) > 1;
        }
    }
}

/// Sends pictures one after the other, as a terminal gets them; answers the bytes of each.
fn send(term: &str, pictures: &[Buffer]) -> Vec<usize> {
    let mut wire = Wire::new(term);
    let area = pictures[0].area;
    let mut terminal = vt100::Parser::new(area.height.try_into().unwrap(), area.width.try_into().unwrap(), 0);
    let mut show = |picture: &Buffer| {
        let bytes = wire.picture(picture);
        let size = (picture.area.height.try_into().unwrap(), picture.area.width.try_into().unwrap());
        if terminal.screen().size() != size {
            terminal.screen_mut().set_size(size.0, size.1);
        }
        terminal.process(&bytes);
        assert_shown(&terminal, picture);
        bytes.len()
    };
    pictures.iter().map(&mut show).collect()
}

fn style() -> impl Strategy<Value = Style> {
    let color = prop_oneof![
        3 => Just(Color::Reset),
        2 => prop::sample::select(vec![Color::Cyan, Color::Black, Color::White, Color::DarkGray]),
        1 => any::<u8>().prop_map(Color::Indexed),
        1 => any::<(u8, u8, u8)>().prop_map(|(red, green, blue)| Color::Rgb(red, green, blue)),
    ];
    let weights = prop::collection::vec(prop::sample::select(WEIGHTS.to_vec()), 0..3);
    (color.clone(), color, weights).prop_map(|(foreground, background, weights)| {
        Style::new().fg(foreground).bg(background).add_modifier(weights.into_iter().collect())
    })
}

/// A picture of texts here and there: letters, blanks, boxes, letters of two columns.
fn picture(size: impl Strategy<Value = (u16, u16)>) -> impl Strategy<Value = Buffer> {
    let text = prop_oneof!["[ab .]{1,30}", " {1,40}", "[│•█é]{1,9}", "[日本a]{1,8}"];
    let texts = prop::collection::vec((0..60_u16, 0..12_u16, text, style()), 0..14);
    (size, texts).prop_map(|((width, height), texts)| {
        let mut buffer = Buffer::empty(Rect { x: 0, y: 0, width, height });
        for (column, row, text, style) in texts.into_iter().filter(|(column, row, ..)| *column < width && *row < height)
        {
            buffer.set_stringn(column, row, text, usize::from(width - column), style);
        }
        for cell in buffer.content.iter_mut().filter(|cell| cell.modifier.contains(Modifier::BOLD)) {
            cell.modifier -= Modifier::DIM; // The emulator knows only one of the two at a time.
        }
        buffer
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn r29_a_terminal_shows_the_picture_whatever_it_showed_before(
        pictures in prop::collection::vec(picture(Just((40, 8))), 1..6),
        term in 0..TERMS.len(),
    ) {
        send(TERMS[term], &pictures);
    }

    #[test]
    fn a_picture_of_another_size_is_drawn_on_an_empty_screen(
        pictures in prop::collection::vec(picture((1..60_u16, 1..12_u16)), 1..5),
    ) {
        send("xterm", &pictures);
    }

    #[test]
    fn the_same_picture_costs_nothing(one in picture(Just((40, 8)))) {
        prop_assert_eq!(send("xterm", &[one.clone(), one])[1], 0);
    }
}

#[test]
fn a_screen_that_holds_something_else_is_emptied_when_the_wire_is_told() {
    let picture = Journey::new().buffer();
    let mut wire = Wire::new("xterm");
    wire.picture(&picture);
    let mut terminal = vt100::Parser::new(40_u16.try_into().unwrap(), 120_u16.try_into().unwrap(), 0);
    terminal.process(b"\x1b[7;31mthe shell was here\x1b[20;20H");
    wire.forget();
    terminal.process(&wire.picture(&picture));
    assert_shown(&terminal, &picture);
}

#[test]
fn a_cell_that_could_do_harm_is_left_blank() {
    let mut picture = Buffer::empty(Rect { x: 0, y: 0, width: 10, height: 1 });
    picture.set_string(0, 0, "ab", Style::new());
    #[expect(clippy::disallowed_methods, reason = "this is what must not reach a terminal")]
    picture.cell_mut((1, 0)).unwrap().set_symbol("\x1b]0;x\x07");
    let bytes = Wire::new("xterm").picture(&picture);
    assert_eq!(String::from_utf8_lossy(&bytes), "\x1b[?2026h\x1b[Ha\x1b[?2026l");
}

/// What a change costs, without the 16 bytes that make it one update.
fn cost(before: &str, after: &str, style: Style) -> usize {
    let drawn = |lines: &str| {
        let mut buffer = Buffer::empty(Rect { x: 0, y: 0, width: 40, height: 4 });
        for (row, line) in lines.lines().enumerate() {
            buffer.set_stringn(0, row as u16, line, 40, style);
        }
        buffer
    };
    send("xterm", &[drawn(before), drawn(after)])[1].saturating_sub(16)
}

#[test]
fn what_is_cheaper_is_done() {
    let plain = Style::new();
    assert_eq!(cost("a", "ab", plain), 1, "the cursor is there already");
    assert_eq!(cost("abcdef", "abcdeg", plain), 2, "back by one, and the letter");
    assert_eq!(cost("aXc", "bXd", plain), 4, "to the margin, and over the letter between");
    assert_eq!(cost("a\nb", "a\nbc\nd", plain), 4, "a line feed and back are two bytes");
    assert_eq!(cost("abcdefghij", "a", plain), "\r\x1b[C\x1b[K".len(), "erased to the end of the line");
    assert_eq!(cost("abcdefgh\nabcdefgh\nabcdefgh", "abcdefgh", plain), "\x1b[2H\x1b[J".len(), "erased to the end");
    let middle = cost("a............................b", "a                            b", plain);
    assert_eq!(middle, "\r\x1b[C\x1b[28X".len(), "erased in the middle");
    assert_eq!(cost("a", "ab", Style::new().fg(Color::Cyan)), 1, "the pen is taken up already");
}

/// All steps of all tours at two sizes are walked by `cargo bench --bench steps`.
#[test]
fn no_step_of_a_tour_costs_much_more_than_the_shortest_encoding_of_what_changes() {
    let tours = tours();
    let tour = tours.iter().find(|tour| &*tour.about.id == "peacekeeping").unwrap();
    for term in TERMS {
        let steps = walk(tour, (80, 24), term);
        for step in steps {
            let (name, ratio) = (format!("{term}, step {}.{}", step.slide, step.points), step.cost.ratio());
            assert!(ratio <= 1.3, "{name}: {} bytes for {}", step.cost.written, step.cost.shortest);
            // What is longer may be written in another order than that of reading.
            let in_order = step.cost.written < 256;
            assert!(ratio >= 1.0 || !in_order, "{name}: the shortest encoding is not the shortest");
        }
    }
}
