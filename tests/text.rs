//! Text from outside is harmless once it is in: rows 32 to 38 of what can go wrong.

use detente::dataset::{self, Clean, Finding, prose};
use proptest::prelude::*;

/// All characters that turn the order of others around, after Unicode's Bidi_Control.
const BIDI: [char; 12] = [
    '\u{61c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}',
    '\u{2067}', '\u{2068}', '\u{2069}',
];

/// Sequences that a terminal would obey, and some that end too early to be recognised as such.
const SEQUENCES: [&str; 12] = [
    "\x1b[2J",
    "\x1b]0;title\x07",
    "\x1b]52;c;aGVsbG8=\x1b\\",
    "\x1bP$q\"p\x1b\\",
    "\x1b[>0q",
    "\x1b[21t",
    "\u{9b}31m",
    "\u{9d}0;x\u{9c}",
    "\x1b",
    "\x1b[",
    "\x1b]0;",
    "\x1bPq",
];

#[test]
fn r32_r33_r34_no_sequence_survives_whole_or_cut_off() {
    for sequence in SEQUENCES {
        for text in [Clean::line(sequence), Clean::lines(format!("before{sequence}"))] {
            assert!(!text.chars().any(char::is_control), "{sequence:?} became {text:?}");
        }
    }
    assert_eq!(&*Clean::line("\x1b[31mred"), "␛[31mred");
    assert_eq!(&*Clean::line("\u{9b}31m"), "\u{fffd}31m");
    assert_eq!(&*Clean::line("bell\x07 del\x7f"), "bell␇ del␡");
}

#[test]
fn r34_references_of_markdown_spell_no_control_character_out() {
    let blocks = prose::parse("a &#27;[2J b &#x202e;c [x](country/&#7;)");
    let texts: Vec<&str> = blocks.iter().flat_map(|block| &block.spans).map(|span| &*span.text).collect();
    assert!(!texts.concat().chars().any(|letter| letter.is_control() || BIDI.contains(&letter)), "{texts:?}");
}

#[test]
fn r35_findings_quote_hostile_text_harmlessly() {
    let finding = Finding::error("events[\x1b].name", "unknown variant `\x1b]0;PWN\x07`");
    assert!(!finding.to_string().chars().any(char::is_control), "{finding}");
    let hostile = br#"{"source":{"title":"t"},"sections":[],"events":[{"id":"a\u001b]0;x\u0007","kind":"\u001b[2J"}]}"#;
    for finding in dataset::validate(hostile) {
        assert!(!finding.to_string().chars().any(char::is_control), "{finding}");
    }
}

#[test]
fn r36_bidirectional_controls_are_dropped_and_letters_of_all_scripts_kept() {
    for control in BIDI {
        assert_eq!(&*Clean::line(format!("a{control}b")), "ab", "{control:?}");
    }
    assert_eq!(&*Clean::line("שלום سلام 中国"), "שלום سلام 中国");
}

#[test]
fn r37_what_cannot_be_seen_is_dropped() {
    for invisible in
        ['\u{200b}', '\u{feff}', '\u{ad}', '\u{3164}', '\u{2060}', '\u{e0041}', '\u{fe0f}', '\u{34f}', '\u{115f}']
    {
        assert_eq!(&*Clean::line(format!("a{invisible}b")), "ab", "{invisible:?}");
    }
}

#[test]
fn r38_a_line_is_one_line() {
    assert_eq!(&*Clean::line("a\r\nb\tc\nd\u{2028}e"), "a b c d e");
    assert_eq!(&*Clean::line("a\rb\x08c"), "a␍b␈c");
    assert_eq!(&*Clean::lines("a\r\nb\tc"), "a\nb c");
}

#[test]
fn marks_are_bounded_and_forms_are_composed() {
    let flooded = format!("a{}", "\u{302}\u{303}".repeat(50));
    assert!(Clean::line(flooded).chars().count() <= 6);
    assert_eq!(&*Clean::line("e\u{301}"), "é");
}

proptest! {
    #[test]
    fn r32_to_r38_hold_for_any_text(text: String) {
        for clean in [Clean::line(text.clone()), Clean::lines(text.clone())] {
            prop_assert!(!clean.chars().any(|letter| letter.is_control() && letter != '\n'));
            prop_assert!(!clean.chars().any(|letter| BIDI.contains(&letter)));
        }
        prop_assert!(!Clean::line(text.clone()).contains('\n'));
    }

    #[test]
    fn r37_cleaning_twice_changes_nothing(text: String) {
        let once = Clean::lines(text);
        prop_assert_eq!(Clean::lines(once.to_string()), once);
    }
}

/// What links may look like, and what may stand around them.
const PIECES: &[&str] = &[
    "[a](country/ru)",
    "[",
    "]",
    "(",
    ")",
    "](",
    "word",
    " ",
    "\n",
    "\n\n",
    "- ",
    "1. ",
    "> ",
    "# ",
    "*",
    "**",
    "_",
    "    ",
    "\t",
    "`",
    "```",
    "\\",
    "<b>",
    "<http://x>",
    "&amp;",
    "![p](q)",
    "[a]: /x",
    "~~~",
    "country/ru",
    "\"t\"",
    "[x][a]",
    "|",
    "é",
    "---",
    "===",
    "+ ",
    "[a](b/c \"t\")",
    "[a](<b/c>)",
    "!",
    "\u{a0}",
    "\r\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn links_of_prose_are_those_that_a_parser_of_markdown_finds(picks in prop::collection::vec(0..PIECES.len(), 0..12)) {
        let text: String = picks.into_iter().map(|pick| PIECES[pick]).collect();
        let parsed: Vec<String> = pulldown_cmark::Parser::new(if text.contains("](") { &text } else { "" })
            .filter_map(|event| match event {
                pulldown_cmark::Event::Start(pulldown_cmark::Tag::Link { dest_url, .. }) => Some(dest_url.into_string()),
                _ => None,
            })
            .collect();
        prop_assert_eq!(prose::links(&text), parsed, "{:?}", text);
    }

    #[test]
    fn a_line_of_prose_begins_as_a_parser_of_markdown_has_it(picks in prop::collection::vec(0..PIECES.len(), 0..12)) {
        let line = picks.into_iter().map(|pick| PIECES[pick]).filter(|piece| !piece.contains('\n'));
        let line = format!("As {}", line.collect::<String>());
        prop_assert_eq!(prose::beginning(&line, usize::MAX), prose::plain(&line), "{:?}", line);
    }
}
