//! What is typed, out of what a terminal sends.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use detente::action::Input;
use detente::dataset::LONGEST_TEXT;
use detente::keymap::{Keymap, spell};
use detente::serve::keystrokes::Keystrokes;
use proptest::prelude::*;

/// What a terminal sends for a key of the table.
fn sent(key: &str) -> String {
    if let Some(letter) = key.strip_prefix("C-").filter(|letter| letter.len() == 1) {
        return char::from(letter.as_bytes()[0] & 0x1f).to_string();
    }
    if let Some(rest) = key.strip_prefix("M-").filter(|rest| rest.len() == 1) {
        return format!("\x1b{rest}");
    }
    let (modifier, name) = match key.split_once('-').filter(|(modifier, _)| ["C", "M"].contains(modifier)) {
        Some(("C", name)) => (";5", name),
        Some((_, name)) => (";3", name),
        None => ("", key),
    };
    let one = if modifier.is_empty() { "" } else { "1" };
    let letter = |letter: char| format!("\x1b[{one}{modifier}{letter}");
    let number = |number: u8| format!("\x1b[{number}{modifier}~");
    match name {
        "Space" => " ".to_owned(),
        "Enter" => "\r".to_owned(),
        "Tab" => "\t".to_owned(),
        "S-Tab" => "\x1b[Z".to_owned(),
        "Esc" => "\x1b".to_owned(),
        "Backspace" => "\x7f".to_owned(),
        "Delete" => number(3),
        "Up" => letter('A'),
        "Down" => letter('B'),
        "Right" => letter('C'),
        "Left" => letter('D'),
        "Home" => letter('H'),
        "End" => letter('F'),
        "PageUp" => number(5),
        "PageDown" => number(6),
        "F1" => "\x1bOP".to_owned(),
        "F5" => number(15),
        key => key.to_owned(),
    }
}

fn keys(inputs: &[Input]) -> Vec<String> {
    let key = |input: &Input| match input {
        Input::Key(key) => spell(*key).map(std::borrow::Cow::into_owned),
        _ => None,
    };
    inputs.iter().filter_map(key).collect()
}

fn heard(bytes: &[u8]) -> Vec<Input> {
    let mut keystrokes = Keystrokes::default();
    let mut inputs = keystrokes.hear(bytes);
    inputs.extend(keystrokes.fall_silent());
    inputs
}

#[test]
fn every_key_of_the_table_is_heard_whole_and_in_pieces() {
    let keymap = Keymap::default();
    let all: Vec<&str> = keymap.all().iter().flat_map(|binding| &binding.keys).map(|key| &**key).collect();
    assert!(all.len() > 200);
    for key in all {
        let bytes = sent(key);
        assert_eq!(keys(&heard(bytes.as_bytes())), [key], "{key} as {bytes:?}");
        let mut keystrokes = Keystrokes::default();
        let mut inputs: Vec<Input> = bytes.bytes().flat_map(|byte| keystrokes.hear(&[byte])).collect();
        inputs.extend(keystrokes.fall_silent());
        assert_eq!(keys(&inputs), [key], "{key} in pieces");
    }
}

#[test]
fn what_other_terminals_send_is_heard_too() {
    let table = [
        ("\x1b[1~\x1b[4~\x1b[7~\x1b[8~\x1bOH\x1bOF", vec!["Home", "End", "Home", "End", "Home", "End"]),
        ("\x1b[[A\x1b[[E\x1b[11~\x1b[24~\x1b[34~", vec!["F1", "F5", "F1", "F12", "F20"]),
        ("\x1bOA\x1b\x1b[D\x1b\x1b[C\x1b[1;3D\x1b[1;5C", vec!["Up", "M-Left", "M-Right", "M-Left", "C-Right"]),
        ("é字😀Ж", vec!["é", "字", "😀", "Ж"]),
        ("\x1b[106u\x1b[106;5u\x1b[13u\x1b[27u", vec!["j", "C-j", "Enter", "Esc"]),
        ("a\x1b]11;rgb:0/0/0\x07b\x1bP1$r0m\x1b\\c\x1b[?62;c\x1b[Id", vec!["a", "b", "c", "d"]),
        ("\x1b[M !!x\x1b[12\x1b[Ayz", vec!["x", "Up", "y", "z"]),
        ("\x1b\x1b", vec!["Esc"]),
    ];
    for (bytes, wanted) in table {
        let bytes: Vec<u8> = if bytes.is_ascii() { bytes.into() } else { bytes.bytes().collect() };
        assert_eq!(keys(&heard(&bytes)), wanted, "{:?}", String::from_utf8_lossy(&bytes));
    }
    assert_eq!(keys(&heard(b"y\x80\xff\xc3zq")), ["y", "z", "q"], "what is no letter is nothing");
}

#[test]
fn the_mouse_and_pastes_are_heard() {
    let mouse = |kind, column, row| Input::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE });
    assert_eq!(
        heard(b"\x1b[<0;5;7M\x1b[<32;6;7M\x1b[<0;6;7m\x1b[<65;1;1M\x1b[<0;0;0M"),
        [
            mouse(MouseEventKind::Down(MouseButton::Left), 4, 6),
            mouse(MouseEventKind::Drag(MouseButton::Left), 5, 6),
            mouse(MouseEventKind::Up(MouseButton::Left), 5, 6),
            mouse(MouseEventKind::ScrollDown, 0, 0),
            mouse(MouseEventKind::Down(MouseButton::Left), 0, 0),
        ]
    );
    let inputs = heard(b"\x1b[200~\x1b]0;title\x07two\nlines\x1b[201~j");
    let [Input::Paste(text), Input::Key(_)] = &inputs[..] else { panic!("{inputs:?}") };
    assert_eq!(&**text, "␛]0;title␇two lines");
}

#[test]
fn a_lone_escape_is_the_key_once_nothing_follows() {
    let mut keystrokes = Keystrokes::default();
    assert_eq!(keystrokes.hear(b"\x1b"), []);
    assert!(keystrokes.waits());
    assert_eq!(keystrokes.fall_silent(), [Input::Key(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE))]);
    assert!(!keystrokes.waits());
    assert_eq!(keys(&keystrokes.hear(b"[A")), ["[", "A"], "what comes later belongs to nothing before");
}

#[test]
fn r27_endless_sequences_and_pastes_take_no_memory_and_eat_no_key_after_them() {
    for (begin, end) in [("\x1b[", "m"), ("\x1b]0;", "\x07"), ("\x1bP", "\x1b\\"), ("\x1b[200~", "\x1b[201~")] {
        let mut keystrokes = Keystrokes::default();
        keystrokes.hear(begin.as_bytes());
        for _ in 0..256 {
            let typed = keystrokes.hear(&[b'1'; 4096]);
            let reports = begin == "\x1b]0;" || begin == "\x1bP";
            assert!(reports || typed.is_empty(), "after {begin:?}");
            let held = format!("{keystrokes:?}").len();
            assert!(held < 8 * LONGEST_TEXT, "{held} after {begin:?}");
        }
        let last = keystrokes.hear(format!("{end}q").as_bytes());
        assert_eq!(keys(&last).last().map(String::as_str), Some("q"), "after {begin:?}");
        for input in last {
            assert!(!matches!(input, Input::Paste(text) if text.len() > LONGEST_TEXT));
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_are_heard_the_same_in_whatever_pieces(
        bytes in proptest::collection::vec(prop_oneof![
            any::<u8>(), Just(0x1b), Just(b'['), Just(b'O'), Just(b';'), Just(b'~'), Just(b'<'), b'0'..=b'9', b'A'..=b'Z',
        ], 0..200),
        cut in 0..200_usize,
    ) {
        let cut = cut.min(bytes.len());
        let mut keystrokes = Keystrokes::default();
        let mut pieces = keystrokes.hear(&bytes[..cut]);
        pieces.extend(keystrokes.hear(&bytes[cut..]));
        pieces.extend(keystrokes.fall_silent());
        prop_assert_eq!(pieces, heard(&bytes));
    }
}
