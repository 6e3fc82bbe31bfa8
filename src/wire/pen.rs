//! The pen: how the next letters look, and the shortest way to take up another one.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// The weights, and the code that sets each. What takes a weight away is in [`Pen::towards`].
const WEIGHTS: [(Modifier, &str); 9] = [
    (Modifier::BOLD, "1"),
    (Modifier::DIM, "2"),
    (Modifier::ITALIC, "3"),
    (Modifier::UNDERLINED, "4"),
    (Modifier::SLOW_BLINK, "5"),
    (Modifier::RAPID_BLINK, "6"),
    (Modifier::REVERSED, "7"),
    (Modifier::HIDDEN, "8"),
    (Modifier::CROSSED_OUT, "9"),
];

/// The code that takes weights away: some go together, so those that stay have to be set again.
const LIGHTER: [(Modifier, &str); 7] = [
    (Modifier::BOLD.union(Modifier::DIM), "22"),
    (Modifier::ITALIC, "23"),
    (Modifier::UNDERLINED, "24"),
    (Modifier::SLOW_BLINK.union(Modifier::RAPID_BLINK), "25"),
    (Modifier::REVERSED, "27"),
    (Modifier::HIDDEN, "28"),
    (Modifier::CROSSED_OUT, "29"),
];

/// The weights that show on a blank.
const ON_BLANKS: Modifier = Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT);

/// Colours and weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pen {
    /// The colour of letters.
    pub foreground: Color,
    /// The colour behind them.
    pub background: Color,
    /// The weights.
    pub weights: Modifier,
}

impl Pen {
    /// The terminal's own.
    pub const PLAIN: Pen = Pen { foreground: Color::Reset, background: Color::Reset, weights: Modifier::empty() };

    /// The pen that a cell is written with, of which only what can be seen counts.
    pub fn of(cell: &Cell) -> Pen {
        let pen = Pen { foreground: cell.fg, background: cell.bg, weights: cell.modifier };
        if is_blank(cell) { pen.on_blank() } else { pen }
    }

    /// What can be seen of the pen on a blank.
    pub fn on_blank(self) -> Pen {
        if self.weights.intersects(ON_BLANKS) { self } else { Pen { background: self.background, ..Pen::PLAIN } }
    }

    /// The shortest sequence after which the pen is `other`; nothing where it is already.
    pub fn towards(self, other: Pen) -> String {
        if self == other {
            return String::new();
        }
        let changed = format!("\x1b[{}m", self.changes(other));
        let anew = match other.settings() {
            settings if settings.is_empty() => "\x1b[m".to_owned(),
            settings => format!("\x1b[;{settings}m"),
        };
        if anew.len() < changed.len() { anew } else { changed }
    }

    /// The codes of what differs.
    fn changes(self, other: Pen) -> String {
        let mut codes = Codes::default();
        let mut weights = self.weights;
        for (lighter, code) in LIGHTER {
            if (weights - other.weights).intersects(lighter) {
                codes.add(code);
                weights -= lighter;
            }
        }
        let heavier = other.weights - weights;
        WEIGHTS.iter().filter(|(weight, _)| heavier.contains(*weight)).for_each(|(_, code)| codes.add(code));
        if self.foreground != other.foreground {
            codes.add_color(other.foreground, 30);
        }
        if self.background != other.background {
            codes.add_color(other.background, 40);
        }
        codes.0
    }

    /// The codes of all that differs from the terminal's own.
    fn settings(self) -> String {
        Pen::PLAIN.changes(self)
    }
}

/// Says whether a cell shows no letter.
pub fn is_blank(cell: &Cell) -> bool {
    matches!(cell.symbol(), " " | "")
}

/// Codes, with semicolons between them.
#[derive(Default)]
struct Codes(String);

impl Codes {
    fn add(&mut self, code: &str) {
        if !self.0.is_empty() {
            self.0.push(';');
        }
        self.0.push_str(code);
    }

    fn add_number(&mut self, number: u8) {
        let digits = [number / 100, number / 10 % 10, number % 10].map(|digit| b'0' + digit);
        let zeros = digits[..2].iter().take_while(|&&digit| digit == b'0').count();
        self.add(std::str::from_utf8(&digits[zeros..]).unwrap_or_default());
    }

    /// Adds the code of a colour, for letters (30) or behind them (40), in the oldest form that has it.
    fn add_color(&mut self, color: Color, base: u8) {
        let bright = base + 60;
        self.add_number(match color {
            Color::Reset => base + 9,
            Color::Black => base,
            Color::Red => base + 1,
            Color::Green => base + 2,
            Color::Yellow => base + 3,
            Color::Blue => base + 4,
            Color::Magenta => base + 5,
            Color::Cyan => base + 6,
            Color::Gray => base + 7,
            Color::DarkGray => bright,
            Color::LightRed => bright + 1,
            Color::LightGreen => bright + 2,
            Color::LightYellow => bright + 3,
            Color::LightBlue => bright + 4,
            Color::LightMagenta => bright + 5,
            Color::LightCyan => bright + 6,
            Color::White => bright + 7,
            Color::Indexed(_) | Color::Rgb(..) => base + 8,
        });
        match color {
            Color::Indexed(index) => [5, index].into_iter().for_each(|number| self.add_number(number)),
            Color::Rgb(red, green, blue) => {
                [2, red, green, blue].into_iter().for_each(|number| self.add_number(number))
            }
            _ => {}
        }
    }
}
