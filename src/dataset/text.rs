//! The one way in for text: a string that is safe to draw, print and copy.
//!
//! A dataset, a file name, an error of a parser or a key that was typed may hold anything. `Clean` can only be made
//! here, by character class and not by escape grammar, so nothing after it has to remember.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use serde::{Serialize, Serializer};
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The longest text that a dataset may hold in one string, in bytes.
pub const LONGEST_TEXT: usize = 64 * 1024;

/// How many combining marks one base character keeps; more than these only serve to flood neighbouring cells.
const MARKS_PER_BASE: usize = 4;

/// Text without control characters, bidirectional controls and invisible characters, in normal form C.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Clean(Box<str>);

impl Clean {
    /// One line of text: line breaks and tabs become spaces, control characters their visible symbols.
    pub fn line(text: impl Into<String>) -> Clean {
        Clean(clean(text.into(), false).into_boxed_str())
    }

    /// Text of several lines: as [`Clean::line`], but a line feed stays one.
    pub fn lines(text: impl Into<String>) -> Clean {
        Clean(clean(text.into(), true).into_boxed_str())
    }
}

/// Says whether `text` is of visible ASCII and spaces alone, as most texts are; all of it is looked at, since that is
/// faster than to stop early.
pub(super) fn is_plain(text: &str) -> bool {
    text.bytes().fold(true, |plain, byte| plain & matches!(byte, 0x20..=0x7e))
}

/// Says whether `text` is of visible letters below U+0300 alone, and of dashes and quotation marks: these are all in normal
/// form and combine with nothing.
fn is_plain_latin(text: &str) -> bool {
    text.chars().all(|c| matches!(c, ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{2010}'..='\u{2027}'))
}

/// Says whether `text` holds a control character other than a line feed.
pub fn has_control(text: &str) -> bool {
    !is_plain(text) && text.chars().any(|c| c.is_control() && c != '\n')
}

/// Says whether a letter is drawn as it is: no control, none that turns others around, none that cannot be seen.
pub fn is_harmless(c: char) -> bool {
    c.is_ascii_graphic() || harmless(c, false) == Some(c)
}

fn clean(text: String, keep_lines: bool) -> String {
    let is_harmless = |byte| matches!(byte, 0x20..=0x7e) || (keep_lines && byte == b'\n');
    if is_plain(&text) || text.bytes().all(is_harmless) || is_plain_latin(&text) {
        return text;
    }
    let harmless: String = text.replace("\r\n", "\n").chars().filter_map(|c| harmless(c, keep_lines)).collect();
    let normal: Cow<str> = if is_nfc(&harmless) { Cow::Borrowed(&harmless) } else { harmless.nfc().collect() };
    let mut marks = 0;
    let few_marks = normal.chars().filter(|&c| {
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        marks <= MARKS_PER_BASE
    });
    few_marks.collect()
}

/// What is drawn for one character; `None` for the characters that would be invisible or turn others around.
fn harmless(c: char, keep_lines: bool) -> Option<char> {
    match c {
        '\n' if keep_lines => Some('\n'),
        '\n' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + c as u32),
        '\u{7f}' => Some('␡'),
        '\u{80}'..='\u{9f}' => Some('\u{fffd}'),
        _ if is_invisible(c) => None,
        _ => Some(c),
    }
}

/// Bidirectional controls and Unicode's other default-ignorable code points, from Unicode 16 DerivedCoreProperties.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

impl Deref for Clean {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Clean {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

impl Serialize for Clean {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl fmt::Debug for Clean {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}
