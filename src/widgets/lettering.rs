//! Large letters, drawn with blocks: a line of text four or eight rows high. The shapes are those of a public-domain font
//! of eight by eight dots, set closely.

use font8x8::legacy::{BASIC_LEGACY, LATIN_LEGACY};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_normalization::UnicodeNormalization;

/// How high a letter is, in dots.
const DOTS: usize = 8;

/// The dots of a space between words, and of the gap between letters.
const SPACE: usize = 4;
const GAP: usize = 1;

/// The quarters of a cell: upper left 1, upper right 2, lower left 4, lower right 8.
const QUARTERS: [&str; 16] = [" ", "▘", "▝", "▀", "▖", "▌", "▞", "▛", "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█"];

/// How large letters are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Size {
    /// Four rows high; a cell holds two dots by two.
    Large,
    /// Eight rows high; a cell holds one dot.
    Huge,
}

impl Size {
    /// The rows of a line.
    pub fn rows(self) -> u16 {
        match self {
            Size::Large => 4,
            Size::Huge => 8,
        }
    }

    /// The dots across a cell.
    fn across(self) -> usize {
        match self {
            Size::Large => 2,
            Size::Huge => 1,
        }
    }
}

/// A line of large letters: its columns of dots, the topmost dot the lowest bit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lettering {
    columns: Vec<u8>,
}

impl Lettering {
    /// The text in large letters; `None` where a letter has no shape.
    pub fn new(text: &str) -> Option<Lettering> {
        let mut columns = Vec::new();
        for letter in text.chars().flat_map(plain) {
            if letter == ' ' {
                columns.extend([0; SPACE]);
            } else {
                columns.extend(shape(letter)?);
                columns.extend([0; GAP]);
            }
        }
        Some(Lettering { columns })
    }

    /// The text on as many lines as it needs, each at most `width` columns wide; `None` where a letter has no shape or
    /// a word is wider.
    pub fn wrapped(text: &str, size: Size, width: u16) -> Option<Vec<Lettering>> {
        let mut lines: Vec<String> = Vec::new();
        let fits = |line: &str| Lettering::new(line).is_some_and(|line| line.width(size) <= width);
        for word in text.split_whitespace() {
            let longer = lines.last().map(|line| format!("{line} {word}")).filter(|longer| fits(longer));
            match (longer, lines.last_mut()) {
                (Some(longer), Some(line)) => *line = longer,
                _ => lines.push(word.to_owned()),
            }
        }
        lines.iter().map(|line| Lettering::new(line).filter(|line| line.width(size) <= width)).collect()
    }

    /// The columns that the line takes.
    pub fn width(&self, size: Size) -> u16 {
        let dots = self.columns.len().saturating_sub(GAP);
        u16::try_from(dots.div_ceil(size.across())).unwrap_or(u16::MAX)
    }

    /// Draws as much of the line as the area holds.
    pub fn draw(&self, size: Size, area: Rect, buffer: &mut Buffer, style: Style) {
        for row in 0..size.rows().min(area.height) {
            let cells = self.columns.chunks(size.across()).map(|columns| cell(columns, size, row));
            let line: String = cells.take(usize::from(area.width)).collect();
            buffer.set_stringn(area.x, area.y + row, line.trim_end(), usize::from(area.width), style);
        }
    }
}

/// What a cell shows of its columns of dots.
fn cell(columns: &[u8], size: Size, row: u16) -> &'static str {
    let dot = |column: usize, row: u16| columns.get(column).is_some_and(|dots| dots >> row & 1 == 1);
    match size {
        Size::Huge if dot(0, row) => "█",
        Size::Huge => " ",
        Size::Large => {
            let quarters = [dot(0, 2 * row), dot(1, 2 * row), dot(0, 2 * row + 1), dot(1, 2 * row + 1)];
            QUARTERS[quarters.iter().rev().fold(0, |all, &quarter| all << 1 | usize::from(quarter))]
        }
    }
}

/// A letter's columns of dots, without the empty ones at its sides.
fn shape(letter: char) -> Option<Vec<u8>> {
    let code = letter as usize;
    let rows = match code {
        0x21..0x7f => BASIC_LEGACY[code],
        0xa1..0x100 => LATIN_LEGACY[code - 0xa0],
        _ => return None,
    };
    let column = |at: usize| (0..DOTS).fold(0, |dots, row| dots | (rows[row] >> at & 1) << row);
    let columns: Vec<u8> = (0..DOTS).map(column).collect();
    let first = columns.iter().position(|&dots| dots != 0)?;
    let last = columns.iter().rposition(|&dots| dots != 0)?;
    Some(columns[first..=last].to_vec())
}

/// The letters that stand for one that has no shape of its own.
fn plain(letter: char) -> Vec<char> {
    match letter {
        '–' | '—' | '‑' | '‐' => vec!['-'],
        '’' | '‘' => vec!['\''],
        '“' | '”' => vec!['"'],
        '\u{a0}' => vec![' '],
        letter if (letter as u32) < 0x100 => vec![letter],
        letter => letter.nfkd().take(1).collect(),
    }
}
