//! Forty columns, one colour, ASCII alone: on every page the focus, the selection and the way to help are told by letters
//! and by what a terminal without colour has.

use detente::app::{Errand, Opening};
use detente::keymap::{Keymap, Mode};
use detente::screens::present::Talk;
use detente::screens::study::Wish;
use detente::state::State;
use detente::theme::{Theme, ascii_line};
use detente::tour;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use crate::common::{Journey, SHIPPED, opening};
use crate::studying::student::Student;

const SIZES: [(u16, u16); 2] = [(40, 16), (40, 24)];

fn mono(size: (u16, u16), errand: Option<Errand>) -> Opening {
    Opening { theme: Theme::MONO, ascii: true, errand, ..opening(size, None, State::default()) }
}

fn is_reversed(cell: &Cell) -> bool {
    cell.modifier.contains(Modifier::REVERSED)
}

/// Nothing but ASCII letters, and no colour.
fn assert_plain(buffer: &Buffer, what: &str) {
    for cell in &buffer.content {
        assert!(cell.symbol().is_ascii(), "{:?} in {what}", cell.symbol());
        assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset), "{what}");
    }
}

/// The rows in which something is reversed.
fn reversed(buffer: &Buffer) -> usize {
    let width = usize::from(buffer.area.width);
    buffer.content.chunks(width).filter(|row| row.iter().any(is_reversed)).count()
}

/// What is opened with these keys, and whether something is selected there.
const PAGES: [(&str, bool); 26] = [
    ("", true),
    ("Tab j", false),
    ("S-Tab", true),
    ("Enter j j j", true),
    ("Enter", false),
    ("v", true),
    ("v v", true),
    ("-", true),
    ("2 j", true),
    ("2 Tab", false),
    ("3", true),
    ("4", true),
    ("5", true),
    ("6", true),
    ("6 Tab", true),
    ("7", true),
    ("7 Right +", true),
    ("f j", true),
    ("f j Space Esc", true),
    ("/ r e s c u e", true),
    ("K", false),
    ("?", false),
    ("P", true),
    ("Enter s", false),
    ("Enter t", true),
    ("m '", true),
];

#[test]
fn every_page_tells_focus_selection_and_help() {
    for size in SIZES {
        for (keys, selects) in PAGES {
            let journey = Journey::opening(&SHIPPED, mono(size, None)).press(keys);
            let (buffer, text, what) = (journey.buffer(), journey.text(), format!("{keys:?} at {size:?}"));
            assert_plain(&buffer, &what);
            // The frame of what has the focus is drawn with its own sign.
            assert!(text.contains("# ") && text.contains("===="), "no focus is seen after {what}:\n{text}");
            assert!(!selects || reversed(&buffer) > 0, "no selection is seen after {what}:\n{text}");
            let footer = journey.footer();
            let help = footer.contains("? help") || footer.contains("Esc close") || text.contains("Esc stay");
            assert!(help, "no way to help or out after {what}:\n{text}");
        }
    }
}

#[test]
fn talks_and_cards_tell_the_way_to_help() {
    for size in SIZES {
        for tour in tour::tours(&SHIPPED) {
            let talk = Talk::new(&SHIPPED, tour, None);
            let mut journey = Journey::opening(&SHIPPED, mono(size, Some(Errand::Talk(talk))));
            assert!(journey.footer().contains("? help"), "{}", journey.text());
            for _ in 0..80 {
                journey = journey.press("Space");
                assert_plain(&journey.buffer(), "a talk");
            }
        }
        for keys in ["", "Space", "c", "c 1", "i x", "q", "Space 1 q", "v"] {
            let wish =
                if keys == "v" { Wish::default() } else { Wish { deck: Some("card:date".to_owned()), cram: false } };
            let student =
                Student::at(Journey::opening(&SHIPPED, mono(size, Some(Errand::Study(wish)))), Default::default());
            let student = student.press(keys);
            assert_plain(&student.journey().buffer(), keys);
            let footer = student.footer();
            assert!(footer.contains("? help") || footer.contains("Esc close"), "{keys}: {}", student.text());
        }
    }
}

#[test]
fn all_of_the_help_can_be_read() {
    let journey = Journey::opening(&SHIPPED, mono((40, 1500), None)).press("?");
    let text = journey.text();
    let lines = text.lines().map(|line| line.trim_matches(|c: char| " #|".contains(c)));
    let all = lines.collect::<Vec<_>>().join(" ");
    let keymap = Keymap::default();
    for binding in Mode::ALL.into_iter().flat_map(|mode| keymap.bindings(mode)) {
        let help = ascii_line(binding.help);
        assert!(all.contains(&help), "{help} is cut:\n{text}");
    }
    // What is scrolled to is the same, however low the screen is.
    for size in SIZES {
        let end = Journey::opening(&SHIPPED, mono(size, None)).press("? G");
        assert!(end.sees("other"), "{}", end.text());
    }
}

#[test]
fn hits_that_begin_alike_are_told_apart() {
    for size in SIZES {
        let journey = Journey::opening(&SHIPPED, mono(size, None)).press("/").write("rescue");
        for navy in ["Indian navy", "French navy", "British navy"] {
            assert!(journey.sees(navy), "{navy}:\n{}", journey.text());
        }
    }
}
