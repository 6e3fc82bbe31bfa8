//! One way to write what changed: where the cursor goes, when the pen changes, what is erased.

use std::ops::RangeInclusive;

use ratatui::buffer::{Buffer, Cell};

use super::pen::{Pen, is_blank};
use super::travel::{Spot, travel};
use super::{cells, is_certain, is_void, letter, width};

/// The fewest blanks that erasing could write in fewer bytes than their number.
const SHORTEST_ERASED: usize = 4;

/// What is to change, from one picture to another of the same size.
pub struct Change<'a> {
    wanted: &'a Buffer,
    /// What changes in each row.
    rows: Vec<Option<RowChange>>,
    /// The row from which on everything is to be empty and is not yet; the height where there is none to speak of.
    empty_from: u16,
}

/// What is to change in a row.
pub struct RowChange {
    /// The columns from the first cell that differs to the last, be it in what cannot be seen.
    pub differs: RangeInclusive<usize>,
    /// Which cells of the row are to be written.
    pub changed: Vec<bool>,
    /// The column from which on the row is to be empty.
    void_from: usize,
}

impl<'a> Change<'a> {
    /// What changes from one picture to the other.
    pub fn new(shown: &Buffer, wanted: &'a Buffer) -> Change<'a> {
        let rows = (0..wanted.area.height).map(|row| RowChange::new(cells(shown, row), cells(wanted, row)));
        Change { wanted, rows: rows.collect(), empty_from: empty_from(shown, wanted) }
    }

    /// The columns of a row.
    pub fn columns(&self) -> usize {
        usize::from(self.wanted.area.width)
    }

    /// The rows that change.
    pub fn rows(&self) -> impl Iterator<Item = (u16, &RowChange)> {
        (0..).zip(&self.rows).filter_map(|(row, change)| Some((row, change.as_ref()?)))
    }

    /// The cells of a row as they are to be.
    pub fn row(&self, row: u16) -> &'a [Cell] {
        cells(self.wanted, row)
    }
}

impl RowChange {
    /// What changes between a row and what it is to be; `None` where they are the same.
    fn new(old: &[Cell], new: &[Cell]) -> Option<RowChange> {
        let first = (0..new.len()).find(|&at| old[at] != new[at])?;
        let last = (first..new.len()).rfind(|&at| old[at] != new[at])?;
        let void_from = new.len() - new.iter().rev().take_while(|cell| is_void(cell)).count();
        Some(RowChange { differs: first..=last, changed: changes(old, new), void_from })
    }
}

/// The bytes so far, and how they leave the terminal.
pub struct Draft {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Where the cursor is; unknown after a letter whose width terminals disagree on.
    pub cursor: Option<Spot>,
    /// The pen that was taken up.
    pub pen: Pen,
    /// The width of the screen.
    pub columns: u16,
    /// See [`ERASING`](super::ERASING).
    pub erases_anywhere: bool,
}

impl Draft {
    /// Writes all cells that are to be written, in some order.
    pub fn write(&mut self, change: &Change, spots: &[Spot]) {
        let mut done = vec![false; change.wanted.content.len()];
        for &(column, row) in spots {
            let begin = usize::from(row) * change.columns();
            if !done[begin + usize::from(column)] {
                let end = self.draw(change, usize::from(column), row);
                done[begin + usize::from(column)..end].fill(true);
            }
        }
    }

    /// Writes the cell at a column, or erases from there on what is shorter to erase; answers up to which cell of the
    /// picture all is done.
    fn draw(&mut self, change: &Change, at: usize, row: u16) -> usize {
        let new = change.row(row);
        let begin = usize::from(row) * new.len();
        let Some(RowChange { changed, void_from, .. }) = &change.rows[usize::from(row)] else { return begin + at + 1 };
        if at >= *void_from && row >= change.empty_from {
            self.erase((at, row), Pen::PLAIN, b"\x1b[J");
            return change.wanted.content.len();
        }
        if at >= *void_from && span(&changed[at..]) > 3 {
            self.erase((at, row), Pen::PLAIN, b"\x1b[K");
            return begin + new.len();
        }
        if let Some((run, erased)) = self.erased(new, changed, at) {
            self.erase((at, row), Pen::of(&new[at]), erased.as_bytes());
            return begin + at + run;
        }
        self.go_to(at, row, new);
        self.write_cell(&new[at]);
        begin + at + width(&new[at])
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
        let way = travel(self.cursor, to, self.columns);
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
        self.bytes.extend_from_slice(&travel(self.cursor, to, self.columns));
        self.cursor = Some(to);
    }

    fn take_up(&mut self, pen: Pen) {
        self.bytes.extend_from_slice(self.pen.towards(pen).as_bytes());
        self.pen = pen;
    }

    /// Writes a cell's letter where the cursor is. Text is harmless since it was loaded; a cell that is not is the
    /// program's error, and is left blank.
    fn write_cell(&mut self, cell: &Cell) {
        let pen = Pen::of(cell);
        if !(is_blank(cell) && self.pen.on_blank() == pen) {
            self.take_up(pen);
        }
        self.bytes.extend_from_slice(letter(cell).as_bytes());
        self.cursor = self.cursor.filter(|_| is_certain(cell)).map(|(column, row)| (column + 1, row));
    }
}

/// See [`Change::empty_from`].
fn empty_from(shown: &Buffer, wanted: &Buffer) -> u16 {
    let height = wanted.area.height;
    let is_empty = |buffer: &Buffer, row: u16| cells(buffer, row).iter().all(is_void);
    let first = (0..height).rev().take_while(|&row| is_empty(wanted, row)).last().unwrap_or(height);
    let full = (first..height).filter(|&row| !is_empty(shown, row)).count();
    if full > 1 { first } else { height }
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
