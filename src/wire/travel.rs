//! The cursor's ways: the shortest bytes from one cell to another.

/// A column and a row, from 0. A cursor in the column behind the last one has just written the last, and terminals
/// disagree on where it is, but for its row.
pub type Spot = (u16, u16);

/// The shortest bytes that bring the cursor from a cell, where it is known, to another one. Only what every terminal
/// knows is used: the address, steps in the four directions, and the three control characters that move. `columns` is
/// the width of the screen.
pub fn travel(from: Option<Spot>, to: Spot, columns: u16) -> String {
    if from == Some(to) {
        return String::new();
    }
    let direct = address(to);
    let Some(from) = from else { return direct };
    let from_margin = format!("\r{}{}", vertical(from.1, to.1), horizontal(0, to.0));
    let in_column = (from.0 < columns).then(|| vertical(from.1, to.1) + &horizontal(from.0, to.0));
    let ways = std::iter::once(from_margin).chain(in_column);
    ways.fold(direct, |best, way| if way.len() < best.len() { way } else { best })
}

fn address((column, row): Spot) -> String {
    match (column, row) {
        (0, 0) => "\x1b[H".to_owned(),
        (0, row) => format!("\x1b[{}H", row + 1),
        (column, 0) => format!("\x1b[;{}H", column + 1),
        (column, row) => format!("\x1b[{};{}H", row + 1, column + 1),
    }
}

/// Down by line feeds, which keep the column since the terminal is raw, or by steps.
fn vertical(from: u16, to: u16) -> String {
    let steps = steps(to.abs_diff(from), if to > from { 'B' } else { 'A' });
    let feeds = "\n".repeat(usize::from(to.saturating_sub(from)));
    if to > from && feeds.len() <= steps.len() { feeds } else { steps }
}

fn horizontal(from: u16, to: u16) -> String {
    let steps = steps(to.abs_diff(from), if to > from { 'C' } else { 'D' });
    let back = "\x08".repeat(usize::from(from.saturating_sub(to)));
    if to < from && back.len() <= steps.len() { back } else { steps }
}

fn steps(count: u16, direction: char) -> String {
    match count {
        0 => String::new(),
        1 => format!("\x1b[{direction}"),
        count => format!("\x1b[{count}{direction}"),
    }
}
