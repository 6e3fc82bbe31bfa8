//! Pictures as bytes: what changed since the last picture, in as few bytes as a terminal needs, as one synchronised
//! update. It knows what the terminal shows, so that it never writes what is there already.
//!
//! The library's own way writes every colour in its longest form and an address before every run; over a slow line a
//! step of a talk would take three times as long.

mod draft;
mod order;
mod pen;
mod travel;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::dataset::is_harmless;

use draft::{Change, Draft, RowChange};
use order::{by_pens, by_rows};
use pen::{Pen, is_blank};
use travel::Spot;

/// Shown as one picture, or not at all.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

/// The terminals whose erasing reaches cells in the middle of a line and takes the colour of the pen. Those that emulate
/// others (screen, tmux) and older ones erase to the end of the line only, and to their own colour.
const ERASING: [&str; 9] = ["xterm", "linux", "alacritty", "kitty", "foot", "ghostty", "wezterm", "konsole", "vte"];

/// The most bytes that are written in reading order without trying another one, which takes as long again: as many as a
/// key may cost on a slow line.
const IN_READING_ORDER: usize = 4 * 1024 - BEGIN.len() - END.len();

/// What a terminal shows, and how the next picture is written on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wire {
    /// What the terminal is asked before the picture.
    asked: Vec<u8>,
    shown: Buffer,
    /// Where the cursor is; unknown after a letter whose width terminals disagree on.
    cursor: Option<Spot>,
    pen: Pen,
    erases_anywhere: bool,
    /// Whether the next picture begins with an empty screen.
    anew: bool,
}

impl Wire {
    /// The wire to a terminal of this kind, as the variable TERM has it, whose screen is empty.
    pub fn new(term: &str) -> Wire {
        let erases_anywhere = ERASING.iter().any(|known| term.starts_with(known) || term == format!("xterm-{known}"));
        Wire {
            asked: Vec::new(),
            shown: Buffer::default(),
            cursor: None,
            pen: Pen::PLAIN,
            erases_anywhere,
            anew: false,
        }
    }

    /// Asks the terminal for something with the next picture, so that nothing ever stands in the middle of one.
    pub fn ask(&mut self, sequence: &[u8]) {
        self.asked.extend_from_slice(sequence);
    }

    /// Has the next picture drawn on an empty screen, whatever the terminal shows now.
    pub fn forget(&mut self) {
        self.anew = true;
    }

    /// The bytes after which the terminal shows `wanted`; none where it does already.
    pub fn picture(&mut self, wanted: &Buffer) -> Vec<u8> {
        let whole = self.anew || self.shown.area != wanted.area;
        let cleared: &[u8] = if whole { self.clear(wanted.area) } else { b"" };
        let change = Change::new(&self.shown, wanted);
        let Draft { bytes, cursor, pen, .. } = self.shortest(&change, whole);
        (self.cursor, self.pen) = (cursor, pen);
        for (row, RowChange { differs, .. }) in change.rows() {
            let start = usize::from(row) * change.columns();
            self.shown.content[start..][differs.clone()].clone_from_slice(&change.row(row)[differs.clone()]);
        }
        let asked = std::mem::take(&mut self.asked);
        if cleared.is_empty() && bytes.is_empty() { asked } else { [&asked, BEGIN, cleared, &bytes, END].concat() }
    }

    /// Empties the screen; a terminal that was just entered is empty as it is. Answers what does it.
    fn clear(&mut self, area: Rect) -> &'static [u8] {
        let is_empty = !self.anew && self.shown.area.is_empty();
        self.shown = Buffer::empty(area);
        self.cursor = None;
        self.anew = false;
        if is_empty {
            return b"";
        }
        self.pen = Pen::PLAIN;
        b"\x1b[m\x1b[2J"
    }

    /// The shorter of the ways to write a change; a whole picture is written as it is read.
    fn shortest(&self, change: &Change, whole: bool) -> Draft {
        let by_rows = self.draft(change, &by_rows(change));
        if whole || by_rows.bytes.len() <= IN_READING_ORDER {
            return by_rows;
        }
        let by_pens = self.draft(change, &by_pens(change, self.pen));
        if by_pens.bytes.len() < by_rows.bytes.len() { by_pens } else { by_rows }
    }

    /// A change, written in an order.
    fn draft(&self, change: &Change, order: &[Spot]) -> Draft {
        let mut draft = Draft {
            bytes: Vec::new(),
            cursor: self.cursor,
            pen: self.pen,
            columns: self.shown.area.width,
            erases_anywhere: self.erases_anywhere,
        };
        draft.write(change, order);
        draft
    }
}

/// The cells of a row.
fn cells(buffer: &Buffer, row: u16) -> &[Cell] {
    let width = usize::from(buffer.area.width);
    &buffer.content[usize::from(row) * width..][..width]
}

/// Says whether a cell shows nothing at all, in the terminal's own colour.
fn is_void(cell: &Cell) -> bool {
    is_blank(cell) && Pen::of(cell) == Pen::PLAIN
}

/// Says at a glance whether a letter is harmless and of one column: one of ASCII, a line of a frame (U+2500 to U+257F) or
/// dots of braille (U+2800 to U+28FF), of which pictures are full.
fn is_common(symbol: &str) -> bool {
    matches!(symbol.as_bytes(), [b' '..=b'~'] | [0xe2, 0x94 | 0x95 | 0xa0..=0xa3, _])
}

/// What is written for a cell.
fn letter(cell: &Cell) -> &str {
    match cell.symbol() {
        symbol if is_common(symbol) => symbol,
        "" => " ",
        symbol if !symbol.chars().all(is_harmless) => " ",
        symbol => symbol,
    }
}

/// The columns that a cell's letter takes, 1 or 2.
fn width(cell: &Cell) -> usize {
    let letter = letter(cell);
    if is_common(letter) { 1 } else { letter.width().clamp(1, 2) }
}

/// Says whether every terminal gives the letter one column.
fn is_certain(cell: &Cell) -> bool {
    let letter = letter(cell);
    is_common(letter) || (letter.width() == 1 && letter.chars().count() == 1)
}
