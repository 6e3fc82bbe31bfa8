//! The cursor's ways: the shortest bytes from one cell to another.

use std::ops::Deref;

/// A column and a row, from 0. A cursor in the column behind the last one has just written the last, and terminals
/// disagree on where it is, but for its row.
pub type Spot = (u16, u16);

/// The bytes of the longest way: back to the margin, and up to 65,535 rows and columns from there.
const LONGEST: usize = 1 + 2 * b"\x1b[65535A".len();

/// The bytes of a way. They are weighed against each other for every cell that is written, so they stand on the stack.
#[derive(Debug, Clone, Copy, Default)]
pub struct Way {
    bytes: [u8; LONGEST],
    length: usize,
}

impl Deref for Way {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

impl Way {
    fn then(mut self, bytes: &[u8]) -> Way {
        self.bytes[self.length..][..bytes.len()].copy_from_slice(bytes);
        self.length += bytes.len();
        self
    }

    fn then_number(self, number: u16) -> Way {
        let tens = if number < 10 { self } else { self.then_number(number / 10) };
        tens.then(&[b'0' + (number % 10) as u8])
    }

    /// Down by line feeds, which keep the column since the terminal is raw, or by steps.
    fn then_vertical(self, from: u16, to: u16) -> Way {
        match to.saturating_sub(from) {
            down @ 1..=4 => self.then(&b"\n\n\n\n"[..usize::from(down)]),
            0 => self.then_steps(from - to, b'A'),
            down => self.then_steps(down, b'B'),
        }
    }

    /// Back by backspaces, or by steps.
    fn then_horizontal(self, from: u16, to: u16) -> Way {
        match from.saturating_sub(to) {
            back @ 1..=4 => self.then(&b"\x08\x08\x08\x08"[..usize::from(back)]),
            0 => self.then_steps(to - from, b'C'),
            back => self.then_steps(back, b'D'),
        }
    }

    fn then_steps(self, count: u16, direction: u8) -> Way {
        match count {
            0 => self,
            1 => self.then(&[b'\x1b', b'[', direction]),
            count => self.then(b"\x1b[").then_number(count).then(&[direction]),
        }
    }
}

/// The shortest bytes that bring the cursor from a cell, where it is known, to another one. Only what every terminal
/// knows is used: the address, steps in the four directions, and the three control characters that move. `columns` is
/// the width of the screen.
pub fn travel(from: Option<Spot>, to: Spot, columns: u16) -> Way {
    if from == Some(to) {
        return Way::default();
    }
    let direct = address(to);
    let Some(from) = from else { return direct };
    let from_margin = Way::default().then(b"\r").then_vertical(from.1, to.1).then_horizontal(0, to.0);
    let in_column =
        (from.0 < columns).then(|| Way::default().then_vertical(from.1, to.1).then_horizontal(from.0, to.0));
    let ways = std::iter::once(from_margin).chain(in_column);
    ways.fold(direct, |best, way| if way.len() < best.len() { way } else { best })
}

fn address((column, row): Spot) -> Way {
    let way = Way::default().then(b"\x1b[");
    let way = if row == 0 { way } else { way.then_number(row + 1) };
    let way = if column == 0 { way } else { way.then(b";").then_number(column + 1) };
    way.then(b"H")
}
