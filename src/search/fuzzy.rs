//! Nearness of one word to another: slips of the finger, and letters left out. The only place that knows the matcher.
//!
//! The matcher is asked for one word against one word, and only by `fuzzy_indices`: its `fuzzy_match` gives wrong scores
//! when a matcher is used again, and in longer texts it finds any word at all.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

/// How near a word comes to another that it is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    /// One letter is wrong, missing, too many, or has changed places with the next.
    Slip,
    /// Its letters stand in the other in order, with few between them.
    Abridged,
}

/// The fewest letters of a word that may hold a slip; in a shorter one, a slip makes another word.
const SHORTEST_WITH_SLIP: usize = 5;

/// The fewest letters of a half-typed word that may hold a slip.
const SHORTEST_HALF_TYPED: usize = 6;

/// The fewest letters of a word that may stand for a longer one.
const SHORTEST_ABRIDGED: usize = 4;

/// The least score, in hundredths of what the word scores against itself. A letter next to the one before it is worth 20,
/// one behind a gap 13 at most, so that four fifths let about every third letter stand behind a gap of one ("kzakstn",
/// "cntrtrrsm" do) and keep out words that merely share letters ("zebra", "quantum", "piano").
const FLOOR: i64 = 80;

/// A word that is nowhere, to be compared with words that are somewhere.
pub struct Fuzzy<'a> {
    word: &'a str,
    length: usize,
    matcher: SkimMatcherV2,
    floor: i64,
}

impl<'a> Fuzzy<'a> {
    /// Prepares to compare `word`, which is folded. `None` for one that is too short to be near anything, and for one
    /// with a digit: a number that is nearly right is another number.
    pub fn new(word: &'a str) -> Option<Fuzzy<'a>> {
        let length = word.chars().count();
        if length < SHORTEST_ABRIDGED || word.contains(|c: char| c.is_numeric()) {
            return None;
        }
        let matcher = SkimMatcherV2::default().ignore_case();
        let itself = matcher.fuzzy_indices(word, word).map_or(0, |(score, _)| score);
        Some(Fuzzy { word, length, matcher, floor: itself * FLOOR / 100 })
    }

    /// How near the word comes to `other`, which is folded too.
    pub fn compare(&self, other: &str) -> Option<Nearness> {
        let length = other.chars().count();
        if self.slips(other, length) {
            return Some(Nearness::Slip);
        }
        let longer = length > self.length && length <= 2 * self.length;
        (longer && self.abridges(other)).then_some(Nearness::Abridged)
    }

    fn slips(&self, other: &str, length: usize) -> bool {
        if self.length < SHORTEST_WITH_SLIP {
            return false;
        }
        if length.abs_diff(self.length) <= 1 {
            return strsim::damerau_levenshtein(self.word, other) <= 1;
        }
        let begun: String = other.chars().take(self.length).collect();
        let same_start = self.word.chars().next() == other.chars().next();
        length > self.length
            && self.length >= SHORTEST_HALF_TYPED
            && same_start
            && strsim::damerau_levenshtein(self.word, &begun) <= 1
    }

    fn abridges(&self, other: &str) -> bool {
        let found = self.matcher.fuzzy_indices(other, self.word);
        found.is_some_and(|(score, at)| at.first() == Some(&0) && score >= self.floor)
    }
}
