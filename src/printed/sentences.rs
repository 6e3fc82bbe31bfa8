//! A section's lines as sentences, each with what its layout says of whether a paragraph begins with it.

use crate::dataset::prose::sentence_end;

/// What the layout says of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// It goes on in the line, or on the next full line.
    Within,
    /// It begins a line behind one that is shorter than the others, or is set in.
    NewLine,
    /// It begins behind an empty line.
    Apart,
    /// It begins a line with a number.
    Numbered(u32),
}

/// A sentence of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its words on one line, without the number of its paragraph.
    pub text: String,
    /// Whether a paragraph may begin with it.
    pub start: Start,
}

/// The longest line of a text that is broken to a width, in characters; in a text with longer ones, each line is a
/// paragraph.
const LONGEST_BROKEN: usize = 200;

/// The digits that a number of a page has at most.
const LONGEST_PAGE_NUMBER: usize = 4;

/// The sentences of a section whose paragraphs have these numbers.
pub fn sentences(lines: &[&str], numbers: &[u32]) -> Vec<Sentence> {
    let full = full_length(lines);
    let mut sentences = Vec::new();
    let mut begun = Start::Apart;
    let mut piece = String::new();
    for (number, line) in lines.iter().enumerate() {
        let words = line.trim();
        if words.is_empty() || is_page_number(lines, number) {
            if words.is_empty() {
                finish(&mut sentences, &mut piece, begun);
                begun = Start::Apart;
            }
            continue;
        }
        let start = if piece.is_empty() && sentences.is_empty() { Start::Apart } else { start(lines, number, full) };
        let (paragraph, rest) = match numbered(words) {
            // A year that ends a sentence may begin a line as well.
            (Some(paragraph), rest) if may_begin(lines, number) && numbers.contains(&paragraph) => {
                (Some(paragraph), rest)
            }
            _ => (None, words),
        };
        let start = paragraph.map_or(start, Start::Numbered);
        if start != Start::Within {
            finish(&mut sentences, &mut piece, begun);
            begun = if begun == Start::Apart && start == Start::NewLine { Start::Apart } else { start };
        }
        append(&mut piece, rest);
    }
    finish(&mut sentences, &mut piece, begun);
    sentences
}

/// The length of a line that is full, in characters: that of the longest but the very few.
pub fn full_length(lines: &[&str]) -> usize {
    let mut lengths: Vec<usize> = lines.iter().map(|line| line.trim_end().chars().count()).filter(|&l| l > 0).collect();
    lengths.sort_unstable();
    lengths.get(lengths.len().saturating_sub(1) * 9 / 10).copied().unwrap_or(0)
}

/// What the layout says of a line behind another one.
fn start(lines: &[&str], number: usize, full: usize) -> Start {
    let Some(before) = number.checked_sub(1).map(|before| lines[before]) else { return Start::Apart };
    if before.trim().is_empty() || full > LONGEST_BROKEN {
        return Start::Apart;
    }
    let indent = |line: &str| line.len() - line.trim_start().len();
    let is_set_in = indent(lines[number]) > indent(before);
    let begins = may_begin(lines, number) && (is_set_in || had_room(before, lines[number], full));
    if begins { Start::NewLine } else { Start::Within }
}

/// Says whether the line before one is so short that the next word would have fitted on it, where `full` is the length
/// of a full line in characters.
pub fn had_room(before: &str, line: &str, full: usize) -> bool {
    let next_word = line.split_whitespace().next().map_or(0, |word| word.chars().count());
    before.trim_end().chars().count() + 1 + next_word <= full
}

/// Says whether a sentence may begin with a line: the one before it is empty or ends one.
fn may_begin(lines: &[&str], number: usize) -> bool {
    let before = number.checked_sub(1).map_or("", |before| lines[before].trim_end());
    before.is_empty() || before.ends_with(['.', '!', '?', '"', '”', '\'', '’', ':', ';'])
}

/// The number that a line begins with, as in "12. " or "(12) ", and the rest.
fn numbered(line: &str) -> (Option<u32>, &str) {
    let bare = line.trim_start_matches(['(', '[', '§', ' ']);
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let rest = bare[digits..].strip_prefix(['.', ')', ']']).filter(|rest| rest.starts_with(char::is_whitespace));
    match (bare[..digits].parse().ok(), rest) {
        (Some(number), Some(rest)) if digits <= 4 => (Some(number), rest.trim_start()),
        _ => (None, line),
    }
}

/// Says whether a line is the number of a page: digits alone, apart from the text. A year may end up on a line of its own.
fn is_page_number(lines: &[&str], number: usize) -> bool {
    let bare = lines[number].trim().trim_matches(['-', '–', '—', ' ']);
    let is_number = (1..=LONGEST_PAGE_NUMBER).contains(&bare.len()) && bare.bytes().all(|byte| byte.is_ascii_digit());
    let empty = |line: Option<&&str>| line.is_none_or(|line| line.trim().is_empty());
    is_number && (empty(number.checked_sub(1).map(|before| &lines[before])) || empty(lines.get(number + 1)))
}

/// Adds a line to a piece. A hyphen at its end stays, and the word goes on behind it.
fn append(piece: &mut String, words: &str) {
    let broken = piece.ends_with('-') && !piece.ends_with(" -");
    if !piece.is_empty() && !broken {
        piece.push(' ');
    }
    words.split_whitespace().enumerate().for_each(|(at, word)| {
        if at > 0 {
            piece.push(' ');
        }
        piece.push_str(word);
    });
}

/// Cuts a piece into its sentences; the first of them begins as the piece does.
fn finish(sentences: &mut Vec<Sentence>, piece: &mut String, begun: Start) {
    let mut rest = piece.as_str();
    let mut start = begun;
    while !rest.is_empty() {
        let end = sentence_end(rest).unwrap_or(rest.len());
        sentences.push(Sentence { text: rest[..end].trim().to_owned(), start });
        rest = rest[end..].trim_start();
        start = Start::Within;
    }
    piece.clear();
}
