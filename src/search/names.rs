//! Folding: a text as its bare letters and digits, with its words and the way back to the characters of the original.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::spelling;

/// A text folded for comparison: letters and digits alone, small, without accents, in one spelling.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    letters: Box<str>,
    words: Box<[Word]>,
    positions: Box<[u32]>,
}

/// A word of a folded text, or a run of words that only marks such as hyphens part, as its letters from `start` to
/// `end`, counted in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// The first letter of a word, and whether only a mark such as a hyphen parts it from the word before.
#[derive(Debug, Clone, Copy)]
struct Word {
    start: u32,
    tight: bool,
}

/// The longest word whose spelling is looked at, in bytes; what is longer is no word.
const LONGEST_SPELLED: usize = 48;

/// Folds a text and keeps the way back to its characters.
pub fn fold(text: &str) -> Folded {
    let mut folder = Folder::default();
    folder.take(text);
    folder.finish()
}

/// Folds a text that is only looked into, never highlighted.
pub fn fold_away(text: &str) -> Folded {
    Folded { positions: Box::default(), ..fold(text) }
}

impl Folded {
    /// The letters and digits of all words, joined.
    pub fn letters(&self) -> &str {
        &self.letters
    }

    /// Says whether the text has no letter or digit.
    pub fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    /// The words, in order.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        (0..self.words.len()).map(|number| self.read(self.token(number, number + 1)))
    }

    /// The letters of a token.
    pub fn read(&self, token: Token) -> &str {
        &self.letters[token.start..token.end]
    }

    /// The positions in the original, counted in characters, of the letters from `start` to `end`, counted in bytes.
    pub fn positions(&self, start: usize, end: usize) -> impl Iterator<Item = usize> {
        let end = end.min(self.positions.len());
        self.positions[start.min(end)..end].iter().map(|&position| position as usize)
    }

    /// The words one by one, and every run of words that only marks part as one word more.
    pub fn tokens(&self) -> impl Iterator<Item = Token> {
        let words = (0..self.words.len()).map(|number| self.token(number, number + 1));
        words.chain(self.runs().filter(|run| run.len() > 1).map(|run| self.token(run.start, run.end)))
    }

    /// Where `phrase` stands in the text, from the start of a word to the end of one; of an open phrase the last word
    /// may be half typed.
    pub fn find(&self, phrase: &str, open: bool) -> Option<usize> {
        let mut found = self.letters.match_indices(phrase).map(|(start, _)| start);
        found.find(|&start| self.is_word_start(start) && (open || self.is_word_end(start + phrase.len())))
    }

    /// Every place where `phrase` stands in the text from the start of a word to the end of one: its first byte and the
    /// one after its last.
    pub fn find_all<'a>(&'a self, phrase: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
        let found = self.letters.match_indices(phrase).map(|(start, _)| (start, start + phrase.len()));
        found.filter(|&(start, end)| start < end && self.is_word_start(start) && self.is_word_end(end))
    }

    /// Says whether `phrase` stands in the text, as [`Folded::find`] looks for it.
    pub fn contains(&self, phrase: &str, open: bool) -> bool {
        self.find(phrase, open).is_some()
    }

    /// Says whether a word ends before the byte `at`.
    pub fn is_word_end(&self, at: usize) -> bool {
        at == self.letters.len() || self.is_word_start(at)
    }

    fn is_word_start(&self, at: usize) -> bool {
        self.words.binary_search_by_key(&at, |word| word.start as usize).is_ok()
    }

    fn token(&self, from: usize, to: usize) -> Token {
        Token { start: self.words[from].start as usize, end: self.end(to - 1) }
    }

    fn runs(&self) -> impl Iterator<Item = Range<usize>> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let start = from;
            let rest = self.words.get(start + 1..)?;
            from = start + 1 + rest.iter().take_while(|word| word.tight).count();
            Some(start..from)
        })
    }

    fn end(&self, number: usize) -> usize {
        self.words.get(number + 1).map_or(self.letters.len(), |next| next.start as usize)
    }
}

#[derive(Default)]
struct Folder {
    letters: String,
    words: Vec<Word>,
    positions: Vec<u32>,
    last: Option<char>,
    spaced: bool,
    open: bool,
}

impl Folder {
    fn take(&mut self, text: &str) {
        let mut rest = text.chars();
        for position in 0.. {
            let Some(c) = rest.next() else { break };
            self.character(c, rest.as_str(), position);
            self.last = Some(c);
        }
        self.end_word();
    }

    fn character(&mut self, c: char, rest: &str, position: u32) {
        let in_number = self.last.is_some_and(|last| last.is_ascii_digit());
        if (!c.is_ascii() && is_combining_mark(c)) || (in_number && c == ',' && are_thousands(rest)) {
            return;
        }
        if !c.is_alphanumeric() {
            self.end_word();
            self.spaced |= c.is_whitespace();
            return;
        }
        if stands_alone(c) || self.last.is_some_and(|last| stands_alone(last) || new_hump(last, c)) {
            self.end_word();
        }
        if c.is_ascii() {
            self.letter(c.to_ascii_lowercase(), position);
        } else {
            self.fold_character(c, position);
        }
    }

    fn fold_character(&mut self, c: char, position: u32) {
        let small = std::iter::once(c).nfkd().flat_map(char::to_lowercase).nfkd();
        for c in small.filter(|&c| !is_combining_mark(c) && c.is_alphanumeric()) {
            match plain(c) {
                Some(letters) => letters.chars().for_each(|c| self.letter(c, position)),
                None => self.letter(c, position),
            }
        }
    }

    fn letter(&mut self, c: char, position: u32) {
        if !self.open {
            let tight = !self.spaced && !self.words.is_empty();
            self.words.push(Word { start: self.letters.len() as u32, tight });
            (self.open, self.spaced) = (true, false);
        }
        self.letters.push(c);
        self.positions.extend(std::iter::repeat_n(position, c.len_utf8()));
    }

    /// Ends a word: parts a compound and brings both parts to one spelling.
    fn end_word(&mut self) {
        let (true, Some(&Word { start, .. })) = (self.open, self.words.last()) else { return };
        self.open = false;
        let mut start = start as usize;
        if self.letters.len() - start > LONGEST_SPELLED {
            return;
        }
        if let Some(joint) = spelling::joint(&self.letters[start..]) {
            start += joint;
            self.words.push(Word { start: start as u32, tight: true });
        }
        while let Some((from, to, letters)) = spelling::replacement(&self.letters[start..]) {
            self.replace(start + from, start + to, letters);
        }
    }

    fn replace(&mut self, from: usize, to: usize, letters: &str) {
        let positions: Vec<u32> = (0..letters.len()).map(|at| self.positions[(from + at).min(to - 1)]).collect();
        self.letters.replace_range(from..to, letters);
        self.positions.splice(from..to, positions);
    }

    fn finish(self) -> Folded {
        Folded {
            letters: self.letters.into_boxed_str(),
            words: self.words.into_boxed_slice(),
            positions: self.positions.into_boxed_slice(),
        }
    }
}

/// Characters of scripts that put no space between words: each can begin a match.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

/// Says whether exactly three digits come next, as behind the comma of 3,362.
fn are_thousands(rest: &str) -> bool {
    rest.bytes().take(4).take_while(u8::is_ascii_digit).count() == 3
}

/// A capital after a small letter begins a word, as in a misprint that lost its space ("XinjiangUygur").
fn new_hump(last: char, c: char) -> bool {
    last.is_lowercase() && c.is_uppercase()
}

/// Letters that have no accent to lose and yet are typed as others.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ł' => "l",
        'ı' => "i",
        'ς' => "σ",
        _ => return None,
    })
}
