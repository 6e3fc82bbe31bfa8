//! What a reader types, out of the bytes that a terminal sends: keys, pastes and the mouse. Nothing here grows with what
//! is sent: what is too long is dropped to its end, and what is no key is nothing.

use std::mem;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use crate::action::Input;
use crate::dataset::{Clean, LONGEST_TEXT};

/// The longest sequence that can be a key, in bytes.
const LONGEST_SEQUENCE: usize = 64;

/// The longest string that a terminal reports something in, in bytes. None is asked for, so none is heeded.
const LONGEST_REPORT: usize = 4 * 1024;

const ESC: u8 = 0x1b;

/// What ends a paste.
const END_OF_PASTE: &[u8] = b"\x1b[201~";

/// A terminal's bytes, as far as they make no key yet.
#[derive(Debug, Default)]
pub struct Keystrokes {
    state: State,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Ground,
    /// Some bytes of a letter, and how many it has.
    Letter(Vec<u8>, usize, KeyModifiers),
    /// After Esc; twice where Esc came twice.
    Escape(bool),
    /// After Esc and `[`.
    Control(Vec<u8>, KeyModifiers),
    /// After Esc and `O`.
    Single(KeyModifiers),
    /// After Esc, `[` and `[`, as the Linux console has it.
    Console,
    /// The three bytes of the mouse as it was reported at first.
    Mouse(u8),
    /// A report that nobody has asked for, so many bytes long; whether Esc was the last of them.
    Report(usize, bool),
    /// A paste, with what may be its end.
    Paste(Vec<u8>),
}

impl Keystrokes {
    /// Takes bytes; answers what was typed.
    pub fn hear(&mut self, bytes: &[u8]) -> Vec<Input> {
        let mut inputs = Vec::new();
        for &byte in bytes {
            let state = mem::take(&mut self.state);
            self.state = next(state, byte, &mut inputs);
        }
        inputs
    }

    /// Says whether what came last may be the Esc key, or the beginning of another one.
    pub fn waits(&self) -> bool {
        matches!(self.state, State::Escape(_) | State::Single(_)) || self.is_bracket()
    }

    /// Nothing has come for a while: what may have been the beginning of a key was all of it.
    pub fn fall_silent(&mut self) -> Vec<Input> {
        let inputs = match &self.state {
            State::Escape(_) => vec![key(KeyCode::Esc, KeyModifiers::NONE)],
            State::Single(_) => vec![key(KeyCode::Char('O'), KeyModifiers::ALT)],
            _ if self.is_bracket() => vec![key(KeyCode::Char('['), KeyModifiers::ALT)],
            _ => return Vec::new(),
        };
        self.state = State::Ground;
        inputs
    }

    fn is_bracket(&self) -> bool {
        matches!(&self.state, State::Control(bytes, _) if bytes.is_empty())
    }
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> Input {
    Input::Key(KeyEvent::new(code, modifiers))
}

/// What a byte leads to.
fn next(state: State, byte: u8, inputs: &mut Vec<Input>) -> State {
    match state {
        State::Ground => ground(byte, KeyModifiers::NONE, inputs),
        State::Letter(bytes, length, modifiers) => letter(bytes, length, modifiers, byte, inputs),
        State::Escape(twice) => escape(twice, byte, inputs),
        State::Control(bytes, modifiers) => control(bytes, modifiers, byte, inputs),
        State::Single(modifiers) => {
            inputs.extend(last_letter(byte).map(|code| key(code, modifiers)));
            State::Ground
        }
        State::Console => {
            let number = byte.wrapping_sub(b'A');
            inputs.extend((number < 5).then(|| key(KeyCode::F(number + 1), KeyModifiers::NONE)));
            State::Ground
        }
        State::Mouse(1) => State::Ground,
        State::Mouse(left) => State::Mouse(left - 1),
        State::Report(length, escaped) => report(length, escaped, byte),
        State::Paste(bytes) => paste(bytes, byte, inputs),
    }
}

/// A byte at the beginning of a key, perhaps after an Esc, which is Alt then.
fn ground(byte: u8, modifiers: KeyModifiers, inputs: &mut Vec<Input>) -> State {
    let control = modifiers | KeyModifiers::CONTROL;
    let (code, modifiers) = match byte {
        ESC => return State::Escape(false),
        b'\r' => (KeyCode::Enter, modifiers),
        b'\t' => (KeyCode::Tab, modifiers),
        0x7f => (KeyCode::Backspace, modifiers),
        0 => (KeyCode::Char(' '), control),
        0x01..=0x1a => (KeyCode::Char(char::from(byte - 1 + b'a')), control),
        0x1c..=0x1f => (KeyCode::Char(char::from(byte - 0x1c + b'4')), control),
        b'A'..=b'Z' => (KeyCode::Char(char::from(byte)), modifiers | KeyModifiers::SHIFT),
        0x20..=0x7e => (KeyCode::Char(char::from(byte)), modifiers),
        0xc2..=0xdf => return State::Letter(vec![byte], 2, modifiers),
        0xe0..=0xef => return State::Letter(vec![byte], 3, modifiers),
        0xf0..=0xf4 => return State::Letter(vec![byte], 4, modifiers),
        _ => return State::Ground,
    };
    inputs.push(key(code, modifiers));
    State::Ground
}

/// A byte of a letter that takes several. Where it is none, the letter is none either.
fn letter(mut bytes: Vec<u8>, length: usize, modifiers: KeyModifiers, byte: u8, inputs: &mut Vec<Input>) -> State {
    if !(0x80..=0xbf).contains(&byte) {
        return ground(byte, KeyModifiers::NONE, inputs);
    }
    bytes.push(byte);
    if bytes.len() < length {
        return State::Letter(bytes, length, modifiers);
    }
    let letter = str::from_utf8(&bytes).ok().and_then(|text| text.chars().next());
    let letter = letter.filter(|letter| !letter.is_control());
    inputs.extend(letter.map(|letter| key(KeyCode::Char(letter), modifiers)));
    State::Ground
}

fn escape(twice: bool, byte: u8, inputs: &mut Vec<Input>) -> State {
    let modifiers = if twice { KeyModifiers::ALT } else { KeyModifiers::NONE };
    match byte {
        b'[' => State::Control(Vec::new(), modifiers),
        b'O' => State::Single(modifiers),
        b'P' | b'X' | b']' | b'^' | b'_' if !twice => State::Report(0, false),
        ESC if twice => {
            inputs.push(key(KeyCode::Esc, KeyModifiers::NONE));
            State::Escape(true)
        }
        ESC => State::Escape(true),
        byte => ground(byte, KeyModifiers::ALT, inputs),
    }
}

/// A byte of a report; its end is BEL, or Esc and `\`. One that has no end is given up.
fn report(length: usize, escaped: bool, byte: u8) -> State {
    match byte {
        0x07 => State::Ground,
        b'\\' if escaped => State::Ground,
        _ if length >= LONGEST_REPORT => State::Ground,
        byte => State::Report(length + 1, byte == ESC),
    }
}

fn control(mut bytes: Vec<u8>, modifiers: KeyModifiers, byte: u8, inputs: &mut Vec<Input>) -> State {
    match byte {
        b'[' if bytes.is_empty() => State::Console,
        b'M' if bytes.is_empty() => State::Mouse(3),
        ESC => State::Escape(false), // A sequence that was cut off.
        0x20..=0x3f => {
            // The rest of what is too long goes by unheeded, to its end.
            if bytes.len() <= LONGEST_SEQUENCE {
                bytes.push(byte);
            }
            State::Control(bytes, modifiers)
        }
        0x40..=0x7e if bytes == b"200" && byte == b'~' => State::Paste(Vec::new()),
        0x40..=0x7e => {
            inputs.extend(Some(bytes).filter(|bytes| bytes.len() <= LONGEST_SEQUENCE).and_then(|bytes| {
                let text = str::from_utf8(&bytes).ok()?;
                sequence(text, byte, modifiers)
            }));
            State::Ground
        }
        byte => ground(byte, KeyModifiers::NONE, inputs),
    }
}

/// The key of a sequence: its parameters, and its last letter.
fn sequence(text: &str, last: u8, modifiers: KeyModifiers) -> Option<Input> {
    if let Some(mouse) = text.strip_prefix('<') {
        return mouse_report(mouse, last);
    }
    let mut parameters = text.split(';').map(|parameter| parameter.split(':').next().unwrap_or_default());
    let first: u32 = parameters.next().unwrap_or_default().parse().unwrap_or(1);
    let mask = parameters.next().and_then(|mask| mask.parse::<u8>().ok()).unwrap_or(1);
    let modifiers = modifiers | held(mask.saturating_sub(1));
    let code = match last {
        b'~' => numbered(first)?,
        b'u' => written(first)?,
        b'Z' => KeyCode::BackTab,
        last => last_letter(last)?,
    };
    Some(key(code, modifiers))
}

/// The modifiers that are held down, as xterm adds them up.
fn held(mask: u8) -> KeyModifiers {
    let all = [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL)];
    let held = all.into_iter().filter(|(bit, _)| mask & bit != 0);
    held.fold(KeyModifiers::NONE, |held, (_, modifier)| held | modifier)
}

/// The key of a sequence that a letter alone tells apart.
fn last_letter(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'M' => KeyCode::Enter,
        b'P'..=b'S' => KeyCode::F(letter - b'P' + 1),
        _ => return None,
    })
}

/// The key of a sequence that a number tells apart.
fn numbered(number: u32) -> Option<KeyCode> {
    let function = |first: u32, key: u8| KeyCode::F(key + (number - first) as u8);
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => function(11, 1),
        17..=21 => function(17, 6),
        23..=26 => function(23, 11),
        28 | 29 => function(28, 15),
        31..=34 => function(31, 17),
        _ => return None,
    })
}

/// The key of a sequence that says which letter is written on it.
fn written(number: u32) -> Option<KeyCode> {
    Some(match number {
        9 => KeyCode::Tab,
        13 => KeyCode::Enter,
        27 => KeyCode::Esc,
        127 => KeyCode::Backspace,
        number => KeyCode::Char(char::from_u32(number).filter(|letter| !letter.is_control())?),
    })
}

/// What the mouse did, in coordinates from 1.
fn mouse_report(text: &str, last: u8) -> Option<Input> {
    let mut numbers = text.split(';').map(|number| number.parse::<u16>().ok());
    let (what, column, row) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let button = match what & 0b11 {
        0 => MouseButton::Left,
        1 => MouseButton::Middle,
        _ => MouseButton::Right,
    };
    let kind = match (what & 0b110_0000, last) {
        (0b100_0000, b'M') => match what & 0b11 {
            0 => MouseEventKind::ScrollUp,
            1 => MouseEventKind::ScrollDown,
            2 => MouseEventKind::ScrollLeft,
            _ => MouseEventKind::ScrollRight,
        },
        (0b010_0000, b'M') => MouseEventKind::Drag(button),
        (0, b'M') => MouseEventKind::Down(button),
        (0, b'm') => MouseEventKind::Up(button),
        _ => return None,
    };
    let modifiers = held((what >> 2 & 0b111) as u8);
    Some(Input::Mouse(MouseEvent { kind, column: column.saturating_sub(1), row: row.saturating_sub(1), modifiers }))
}

/// A byte of a paste. What is longer than any text is dropped, but for what may be the end.
fn paste(mut bytes: Vec<u8>, byte: u8, inputs: &mut Vec<Input>) -> State {
    if bytes.len() >= LONGEST_TEXT + END_OF_PASTE.len() {
        bytes.remove(LONGEST_TEXT);
    }
    bytes.push(byte);
    if !bytes.ends_with(END_OF_PASTE) {
        return State::Paste(bytes);
    }
    bytes.truncate((bytes.len() - END_OF_PASTE.len()).min(LONGEST_TEXT));
    inputs.push(Input::Paste(Clean::line(String::from_utf8_lossy(&bytes))));
    State::Ground
}
