//! Pictures as bytes: what changed since the last picture, in as few bytes as a terminal needs, as one synchronised
//! update. It knows what the terminal shows, so that it never writes what is there already.
//!
//! The library's own way writes every colour in its longest form and an address before every run; over a slow line a
//! step of a talk would take three times as long.

mod pen;
mod travel;

use std::ops::RangeInclusive;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::dataset::is_harmless;

use pen::{Pen, is_blank};
use travel::{Spot, travel};

/// Shown as one picture, or not at all.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

/// The terminals whose erasing reaches cells in the middle of a line and takes the colour of the pen. Those that emulate
/// others (screen, tmux) and older ones erase to the end of the line only, and to their own colour.
const ERASING: [&str; 9] = ["xterm", "linux", "alacritty", "kitty", "foot", "ghostty", "wezterm", "konsole", "vte"];

/// The fewest blanks that erasing could write in fewer bytes than their number.
const SHORTEST_ERASED: usize = 4;

/// What a terminal shows, and how the next picture is written on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wire {
    bytes: Vec<u8>,
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
            bytes: Vec::new(),
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
        if self.anew || self.shown.area != wanted.area {
            self.clear(wanted.area);
        }
        let nothing_below = self.empty_from(wanted);
        for row in 0..wanted.area.height {
            let new = cells(wanted, row);
            if let Some(changed) = different(cells(&self.shown, row), new) {
                self.draw_row(wanted, row, nothing_below);
                let start = usize::from(row) * new.len();
                self.shown.content[start..][changed.clone()].clone_from_slice(&new[changed]);
            }
        }
        let (asked, bytes) = (std::mem::take(&mut self.asked), std::mem::take(&mut self.bytes));
        if bytes.is_empty() { asked } else { [&asked, BEGIN, &bytes, END].concat() }
    }

    /// Empties the screen; a terminal that was just entered is empty as it is.
    fn clear(&mut self, area: Rect) {
        if self.anew || !self.shown.area.is_empty() {
            self.bytes.extend_from_slice(b"\x1b[m\x1b[2J");
            self.pen = Pen::PLAIN;
        }
        self.shown = Buffer::empty(area);
        self.cursor = None;
        self.anew = false;
    }

    /// The row from which on everything is to be empty and is not yet; the height where there is none to speak of.
    fn empty_from(&self, wanted: &Buffer) -> u16 {
        let height = wanted.area.height;
        let is_empty = |buffer: &Buffer, row: u16| cells(buffer, row).iter().all(is_void);
        let first = (0..height).rev().take_while(|&row| is_empty(wanted, row)).last().unwrap_or(height);
        let full = (first..height).filter(|&row| !is_empty(&self.shown, row)).count();
        if full > 1 { first } else { height }
    }

    fn draw_row(&mut self, wanted: &Buffer, row: u16, nothing_below: u16) {
        let new = cells(wanted, row);
        let changed = changes(cells(&self.shown, row), new);
        let end = new.len() - new.iter().rev().take_while(|cell| is_void(cell)).count();
        let mut column = 0;
        while let Some(at) = (column..new.len()).find(|&at| changed[at]) {
            column = if at >= end && row >= nothing_below {
                self.erase((at, row), Pen::PLAIN, b"\x1b[J");
                self.shown.content[usize::from(row + 1) * new.len()..].fill(Cell::EMPTY);
                new.len()
            } else if at >= end && span(&changed[at..]) > 3 {
                self.erase((at, row), Pen::PLAIN, b"\x1b[K");
                new.len()
            } else {
                self.draw_changed(new, &changed, at, row)
            };
        }
    }

    /// Writes the cell at a column, or erases as many blanks from there on as is shorter; answers the next column.
    fn draw_changed(&mut self, new: &[Cell], changed: &[bool], at: usize, row: u16) -> usize {
        if let Some((run, erased)) = self.erased(new, changed, at) {
            self.erase((at, row), Pen::of(&new[at]), erased.as_bytes());
            return at + run;
        }
        self.go_to(at, row, new);
        self.write(&new[at]);
        at + width(&new[at])
    }

    /// How many blanks from a column on are erased, and how; `None` where writing them is as short.
    fn erased(&self, new: &[Cell], changed: &[bool], at: usize) -> Option<(usize, String)> {
        let pen = Pen::of(&new[at]);
        let run = new[at..].iter().take_while(|cell| is_blank(cell) && Pen::of(cell) == pen).count();
        let plain = pen.weights.is_empty() && (pen.background == Pen::PLAIN.background || self.erases_anywhere);
        let to_end = at + run == new.len();
        if run < SHORTEST_ERASED || !plain || !(self.erases_anywhere || to_end) {
            return None;
        }
        let erased = if to_end { "\x1b[K".to_owned() } else { format!("\x1b[{run}X") };
        // After erasing in the middle, the cursor has to travel over what was erased, in as many bytes again.
        let cost = if to_end { erased.len() } else { 2 * erased.len() };
        (span(&changed[at..at + run]) > cost).then_some((run, erased))
    }

    fn erase(&mut self, (column, row): (usize, u16), pen: Pen, how: &[u8]) {
        self.travel((column as u16, row));
        if self.pen.on_blank() != pen {
            self.take_up(pen);
        }
        self.bytes.extend_from_slice(how);
    }

    /// Brings the cursor to a cell: by a sequence, or by writing once more what lies between, where that is shorter.
    fn go_to(&mut self, column: usize, row: u16, new: &[Cell]) {
        let to = (column as u16, row);
        if self.cursor == Some(to) {
            return;
        }
        let way = travel(self.cursor, to, self.shown.area.width);
        if let Some((from, _)) = self.cursor.filter(|from| from.1 == row && from.0 < to.0) {
            let between = &new[usize::from(from)..column];
            let bytes: usize = between.iter().map(|cell| letter(cell).len()).sum();
            if bytes < way.len() && between.iter().all(|cell| self.writes_at_once(cell)) {
                between.iter().for_each(|cell| self.bytes.extend_from_slice(letter(cell).as_bytes()));
                self.cursor = Some(to);
                return;
            }
        }
        self.travel(to);
    }

    /// Says whether the pen writes a cell as it is, and every terminal moves on by one column.
    fn writes_at_once(&self, cell: &Cell) -> bool {
        let pen = if is_blank(cell) { self.pen.on_blank() } else { self.pen };
        pen == Pen::of(cell) && is_certain(cell)
    }

    fn travel(&mut self, to: Spot) {
        self.bytes.extend_from_slice(&travel(self.cursor, to, self.shown.area.width));
        self.cursor = Some(to);
    }

    fn take_up(&mut self, pen: Pen) {
        self.bytes.extend_from_slice(self.pen.towards(pen).as_bytes());
        self.pen = pen;
    }

    /// Writes a cell's letter where the cursor is. Text is harmless since it was loaded; a cell that is not is the
    /// program's error, and is left blank.
    fn write(&mut self, cell: &Cell) {
        let pen = Pen::of(cell);
        if !(is_blank(cell) && self.pen.on_blank() == pen) {
            self.take_up(pen);
        }
        self.bytes.extend_from_slice(letter(cell).as_bytes());
        self.cursor = self.cursor.filter(|_| is_certain(cell)).map(|(column, row)| (column + 1, row));
    }
}

/// The cells of a row.
fn cells(buffer: &Buffer, row: u16) -> &[Cell] {
    let width = usize::from(buffer.area.width);
    &buffer.content[usize::from(row) * width..][..width]
}

/// The columns from the first cell that differs to the last; `None` where none does.
fn different(old: &[Cell], new: &[Cell]) -> Option<RangeInclusive<usize>> {
    let first = (0..new.len()).find(|&at| old[at] != new[at])?;
    let last = (first..new.len()).rfind(|&at| old[at] != new[at])?;
    Some(first..=last)
}

/// Which cells differ in what can be seen of them. The second half of a wide letter has no cell of its own.
fn changes(old: &[Cell], new: &[Cell]) -> Vec<bool> {
    let (covered_before, covered) = (covered(old), covered(new));
    let differs = |at: usize| {
        (old[at] != new[at] || covered_before[at] != covered[at])
            && look(&old[at], covered_before[at]) != look(&new[at], covered[at])
    };
    let mut changed: Vec<bool> = (0..new.len()).map(differs).collect();
    for at in (0..new.len()).filter(|&at| covered[at]) {
        // A wide letter is written as a whole, from its first half.
        changed[at - 1] |= changed[at];
        changed[at] = false;
    }
    changed
}

fn look(cell: &Cell, covered: bool) -> Option<(&str, Pen)> {
    (!covered).then(|| (letter(cell), Pen::of(cell)))
}

/// Which cells are the second half of a wide letter.
fn covered(cells: &[Cell]) -> Vec<bool> {
    let mut covered = vec![false; cells.len()];
    for at in 1..cells.len() {
        covered[at] = !covered[at - 1] && width(&cells[at - 1]) > 1;
    }
    covered
}

/// How many of these cells there are up to the last that changed.
fn span(changed: &[bool]) -> usize {
    changed.iter().rposition(|&changed| changed).map_or(0, |last| last + 1)
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
