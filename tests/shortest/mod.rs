//! The shortest honest encoding of what changed between two pictures, found by a dynamic programme that shares no code
//! with the program's own encoder.
//!
//! Honest means: in reading order, with what every terminal knows. A cell that changed in what can be seen of it is
//! written, or erased to the end of its line (`CSI K`), of the screen (`CSI J`) or, where the terminal has that, over some
//! columns (`CSI n X`). The cursor comes to it by its address, by steps, by carriage return, line feed and backspace, or
//! by writing once more what lies between. The pen changes by the codes of what differs or of all that is set. Both begin
//! where the picture before has left them, as an emulator tells. In each row the programme knows the fewest bytes for every
//! column that the cursor can be in and every pen; all that is left from row to row is where the cursor is and the pen.
//! In another order than that of reading the program itself may do with fewer.

use std::collections::HashMap;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

/// What a synchronised update costs beside its content.
pub const ENVELOPE: usize = 16;

/// Colours and weights, as far as they are seen.
type Pen = (Color, Color, Modifier);

/// The cursor in a row, and the pen.
type State = (usize, Pen);

const PLAIN: Pen = (Color::Reset, Color::Reset, Modifier::empty());

/// The fewest bytes that turn a terminal which shows `old` into one that shows `new`. `anywhere` says whether the terminal
/// erases in the middle of lines and in the pen's colour.
pub fn shortest(terminal: &vt100::Parser, old: &Buffer, new: &Buffer, anywhere: bool) -> usize {
    let rows: Vec<usize> =
        (0..usize::from(new.area.height)).filter(|&row| first_change(old, new, row).is_some()).collect();
    let Some(&last) = rows.last() else { return 0 };
    let (row, column) = terminal.screen().cursor_position();
    let begun = (usize::from(row), (usize::from(column), pen(terminal.screen())));
    let mut states: HashMap<(usize, State), usize> = HashMap::from([(begun, 0)]);
    let mut finished = usize::MAX;
    for &row in &rows {
        let entered = enter(&states, old, new, row);
        let (left, erased) = cross(entered, old, new, row, anywhere);
        if row == last {
            finished = finished.min(left.values().copied().min().unwrap_or(usize::MAX));
        }
        finished = finished.min(erased);
        states = left.into_iter().map(|(state, bytes)| ((row, state), bytes)).collect();
    }
    finished
}

/// The states in which a row is entered: at every column up to its first change.
fn enter(states: &HashMap<(usize, State), usize>, old: &Buffer, new: &Buffer, row: usize) -> HashMap<State, usize> {
    let first = first_change(old, new, row).unwrap();
    let mut entered = HashMap::new();
    for (&(from_row, (from_column, pen)), &bytes) in states {
        for column in 0..=first {
            let cost = bytes + way((from_column, from_row), (column, row), usize::from(new.area.width));
            keep(&mut entered, (column, pen), cost);
        }
    }
    entered
}

/// The states in which a row is left once all its changes are done, and the bytes where the rest of the screen is erased.
fn cross(
    mut here: HashMap<State, usize>,
    old: &Buffer,
    new: &Buffer,
    row: usize,
    anywhere: bool,
) -> (HashMap<State, usize>, usize) {
    let width = usize::from(new.area.width);
    let changed: Vec<bool> = (0..width).map(|column| differs(cell(old, column, row), cell(new, column, row))).collect();
    let next_change = |from: usize| (from..width).find(|&column| changed[column]);
    let all_pens = pens(new);
    let mut left: HashMap<State, usize> = HashMap::new();
    let mut erased = usize::MAX;
    for column in 0..=width {
        let states: Vec<(Pen, usize)> =
            here.iter().filter(|((at, _), _)| *at == column).map(|((_, pen), bytes)| (*pen, *bytes)).collect();
        let Some(change) = next_change(column) else {
            states.into_iter().for_each(|(pen, bytes)| keep(&mut left, (column, pen), bytes));
            continue;
        };
        for (pen, bytes) in states {
            if change > column {
                keep(&mut here, (change, pen), bytes + way((column, row), (change, row), width));
            }
            let written = cell(new, column, row);
            for to in all_pens.iter().filter(|to| writes(**to, written)) {
                keep(&mut here, (column + 1, *to), bytes + turn(pen, *to) + letter(written).len());
            }
            let run = (column..width).take_while(|&at| is_erased_like(cell(new, at, row), written)).count();
            if run == 0 || change != column {
                continue;
            }
            let ground = seen_pen(written);
            if ground.1 != Color::Reset && !anywhere {
                continue;
            }
            for to in all_pens.iter().chain([&PLAIN]).filter(|to| on_blank(**to) == ground) {
                let taken_up = bytes + turn(pen, *to);
                if column + run == width {
                    keep(&mut left, (column, *to), taken_up + 3);
                    if ground == PLAIN && rest_is_void(new, row + 1) {
                        erased = erased.min(taken_up + 3);
                    }
                } else if anywhere {
                    let gone = column + run;
                    let bytes = taken_up + format!("\x1b[{run}X").len();
                    match next_change(gone) {
                        Some(next) => keep(&mut here, (next, *to), bytes + way((column, row), (next, row), width)),
                        None => keep(&mut left, (column, *to), bytes),
                    }
                }
            }
        }
    }
    (left, erased)
}

fn keep<K: std::hash::Hash + Eq>(states: &mut HashMap<K, usize>, state: K, bytes: usize) {
    let best = states.entry(state).or_insert(usize::MAX);
    *best = (*best).min(bytes);
}

fn cell(buffer: &Buffer, column: usize, row: usize) -> &Cell {
    &buffer.content[row * usize::from(buffer.area.width) + column]
}

fn first_change(old: &Buffer, new: &Buffer, row: usize) -> Option<usize> {
    (0..usize::from(new.area.width)).find(|&column| differs(cell(old, column, row), cell(new, column, row)))
}

fn differs(old: &Cell, new: &Cell) -> bool {
    (letter(old), seen_pen(old)) != (letter(new), seen_pen(new))
}

fn letter(cell: &Cell) -> &str {
    if cell.symbol().is_empty() { " " } else { cell.symbol() }
}

fn is_blank(cell: &Cell) -> bool {
    letter(cell) == " "
}

/// The pen of a cell, of which nothing shows on a blank but what lies behind it, unless it is underlined or the like.
fn seen_pen(cell: &Cell) -> Pen {
    let pen = (cell.fg, cell.bg, cell.modifier);
    if is_blank(cell) { on_blank(pen) } else { pen }
}

fn on_blank(pen: Pen) -> Pen {
    let shows = Modifier::UNDERLINED | Modifier::REVERSED | Modifier::CROSSED_OUT;
    if pen.2.intersects(shows) { pen } else { (Color::Reset, pen.1, Modifier::empty()) }
}

/// Says whether a cell comes out right when it is written with this pen.
fn writes(pen: Pen, cell: &Cell) -> bool {
    if is_blank(cell) { on_blank(pen) == seen_pen(cell) } else { pen == seen_pen(cell) }
}

/// Says whether a cell is as erasing with the pen of `like` leaves it.
fn is_erased_like(cell: &Cell, like: &Cell) -> bool {
    is_blank(cell) && is_blank(like) && seen_pen(cell).2.is_empty() && seen_pen(cell) == seen_pen(like)
}

fn rest_is_void(buffer: &Buffer, row: usize) -> bool {
    let width = usize::from(buffer.area.width);
    buffer.content[row * width..].iter().all(|cell| is_blank(cell) && seen_pen(cell) == PLAIN)
}

/// The pen that a terminal has.
fn pen(screen: &vt100::Screen) -> Pen {
    let weights = [
        (screen.bold(), Modifier::BOLD),
        (screen.dim(), Modifier::DIM),
        (screen.italic(), Modifier::ITALIC),
        (screen.underline(), Modifier::UNDERLINED),
        (screen.inverse(), Modifier::REVERSED),
    ];
    let set = weights.iter().filter(|(set, _)| *set).map(|(_, weight)| *weight).collect();
    (color(screen.fgcolor()), color(screen.bgcolor()), set)
}

fn color(color: vt100::Color) -> Color {
    const NAMED: [Color; 16] = [
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
    match color {
        vt100::Color::Default => Color::Reset,
        vt100::Color::Idx(index) => NAMED.get(usize::from(index)).copied().unwrap_or(Color::Indexed(index)),
        vt100::Color::Rgb(red, green, blue) => Color::Rgb(red, green, blue),
    }
}

/// Every pen of a picture, and the terminal's own.
fn pens(buffer: &Buffer) -> Vec<Pen> {
    let mut pens = vec![PLAIN];
    for cell in &buffer.content {
        let pen = seen_pen(cell);
        if !pens.contains(&pen) {
            pens.push(pen);
        }
    }
    pens
}

/// The bytes of the shortest way of the cursor. Behind the last column only its row is known.
fn way((from_column, from_row): (usize, usize), (column, row): (usize, usize), width: usize) -> usize {
    if (from_column, from_row) == (column, row) {
        return 0;
    }
    let number = |n: usize| n.to_string().len();
    let address = 3 + if row > 0 { number(row + 1) } else { 0 } + if column > 0 { 1 + number(column + 1) } else { 0 };
    let steps = |n: usize| {
        if n == 0 {
            0
        } else if n == 1 {
            3
        } else {
            3 + number(n)
        }
    };
    let down = if row >= from_row { steps(row - from_row).min(row - from_row) } else { steps(from_row - row) };
    let across =
        |from: usize| if column >= from { steps(column - from) } else { steps(from - column).min(from - column) };
    let by_margin = 1 + down + across(0);
    let direct = if from_column < width { down + across(from_column) } else { usize::MAX };
    address.min(by_margin).min(direct)
}

/// The bytes of the shortest change of the pen.
fn turn(from: Pen, to: Pen) -> usize {
    if from == to {
        return 0;
    }
    let all = codes(PLAIN, to);
    let anew = if all == 0 { 3 } else { 3 + 1 + all };
    anew.min(3 + codes(from, to))
}

/// The length of the codes of what differs, with semicolons between them.
fn codes(from: Pen, to: Pen) -> usize {
    let length = |color: Color| match color {
        Color::Indexed(index) => 5 + index.to_string().len(),
        Color::Rgb(red, green, blue) => 7 + [red, green, blue].iter().map(|part| part.to_string().len()).sum::<usize>(),
        Color::Reset => 2,
        _ => 2,
    };
    let wide = |color: Color, ground: bool| {
        let bright = [
            Color::DarkGray,
            Color::LightRed,
            Color::LightGreen,
            Color::LightYellow,
            Color::LightBlue,
            Color::LightMagenta,
            Color::LightCyan,
            Color::White,
        ];
        usize::from(ground && bright.contains(&color))
    };
    let mut lengths = Vec::new();
    let mut weights = from.2;
    let together = [
        Modifier::BOLD | Modifier::DIM,
        Modifier::ITALIC,
        Modifier::UNDERLINED,
        Modifier::SLOW_BLINK | Modifier::RAPID_BLINK,
        Modifier::REVERSED,
        Modifier::HIDDEN,
        Modifier::CROSSED_OUT,
    ];
    for group in together {
        if (weights - to.2).intersects(group) {
            weights -= group;
            lengths.push(2);
        }
    }
    lengths.extend((to.2 - weights).iter().map(|_| 1));
    if from.0 != to.0 {
        lengths.push(length(to.0));
    }
    if from.1 != to.1 {
        lengths.push(length(to.1) + wide(to.1, true));
    }
    lengths.iter().sum::<usize>() + lengths.len().saturating_sub(1)
}
