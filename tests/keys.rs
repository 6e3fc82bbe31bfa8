//! The key table: one meaning per key and mode, each explained, and nothing essential on keys that terminals keep.

use std::collections::HashMap;

use detente::action::Action;
use detente::keymap::{self, Keymap, Mode};

use crate::common::{Journey, key_event};

#[test]
fn no_key_has_two_meanings_in_a_mode() {
    let keymap = Keymap::default();
    for mode in Mode::ALL {
        let mut seen = HashMap::new();
        for binding in keymap.bindings(mode) {
            for key in &binding.keys {
                let before = seen.insert(key.clone(), binding.help);
                assert_eq!(before, None, "{key} means two things in the {}", mode.name());
            }
        }
    }
}

#[test]
fn every_key_is_explained() {
    for binding in Keymap::default().all() {
        assert!(!binding.help.is_empty(), "{:?} has no help", binding.keys);
        assert!(!binding.keys.is_empty(), "{} has no key", binding.help);
        assert!(binding.help.len() <= 48, "the help of {:?} is too long for its line", binding.keys);
    }
}

#[test]
fn every_action_has_a_word_of_its_own() {
    let words: HashMap<&str, Action> =
        Keymap::default().all().iter().map(|binding| (binding.action.word(), binding.action)).collect();
    for binding in Keymap::default().all() {
        let word = binding.action.word();
        assert_eq!(words[word], binding.action, "{word} means two actions");
        assert!(word.split('-').all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase())), "{word}");
    }
}

#[test]
fn every_spelling_is_one_that_a_key_can_have() {
    for key in Keymap::default().all().iter().flat_map(|binding| binding.keys.clone()) {
        assert_eq!(keymap::spell(key_event(&key)), Some(key));
    }
}

#[test]
fn nothing_essential_sits_on_keys_that_terminals_and_multiplexers_keep() {
    for mode in Mode::ALL {
        for binding in Keymap::default().bindings(mode).filter(|binding| binding.action != Action::Suspend) {
            let free = binding.keys.iter().filter(|key| !["C-a", "C-b", "C-i", "C-q", "C-s", "C-z"].contains(&&***key));
            assert!(free.count() > 0, "{} hangs on a key that does not arrive everywhere", binding.help);
        }
    }
}

#[test]
fn letters_are_text_while_the_search_has_the_focus() {
    for letter in ('a'..='z').chain('A'..='Z').chain('0'..='9').chain("/?'{}-+:.\" ".chars()) {
        let key = crossterm::event::KeyEvent::from(crossterm::event::KeyCode::Char(letter));
        assert_eq!(Keymap::default().action(Mode::Search, key), None, "{letter:?} is no text");
    }
}

#[test]
fn esc_never_quits_and_control_c_always_does() {
    for mode in Mode::ALL {
        assert_eq!(Keymap::default().action(mode, key_event("Esc")), Some(Action::Close));
        assert_eq!(Keymap::default().action(mode, key_event("C-c")), Some(Action::QuitNow));
    }
}

#[test]
fn footer_and_help_print_what_dispatches() {
    let keymap = Keymap::default();
    let footer = Journey::new().footer();
    for binding in keymap.bindings(Mode::Timeline).filter(|binding| !binding.hint.is_empty()).take(3) {
        let hint = format!("{} {}", binding.first_shown(), binding.hint);
        assert!(footer.contains(&hint), "{hint:?} is not in the footer {footer:?}");
    }
    assert!(footer.contains("? help") && footer.contains("q quit"), "{footer:?}");
    let mut help = Journey::new().press("?");
    for binding in keymap.bindings(Mode::Timeline) {
        while !help.sees(binding.help) {
            let before = help.text();
            help = help.press("j");
            assert_ne!(help.text(), before, "the help does not show {:?}", binding.help);
        }
        assert!(help.sees(&binding.shown()), "the help does not show {}", binding.shown());
    }
}
