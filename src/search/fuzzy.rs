//! Nearness of one word to another: slips of the finger, and letters left out. The only place that knows the matcher.
//!
//! The matcher is asked for one word against one word, and only by `fuzzy_indices`: in longer texts it finds any word at
//! all. What costs it time, words that are nowhere near, is kept from it by tests that say no only where it would too.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::closeness::Closeness;

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
#[derive(Debug)]
pub struct Fuzzy {
    word: Box<str>,
    length: usize,
    floor: i64,
}

impl Fuzzy {
    /// Prepares to compare `word`, which is folded. `None` for one that is too short to be near anything, and for one
    /// with a digit: a number that is nearly right is another number.
    pub fn new(word: &str) -> Option<Fuzzy> {
        let length = word.chars().count();
        if length < SHORTEST_ABRIDGED || word.contains(|c: char| c.is_numeric()) {
            return None;
        }
        let itself = score(word, word).map_or(0, |(score, _)| score);
        Some(Fuzzy { word: word.into(), length, floor: itself * FLOOR / 100 })
    }

    /// How near the word comes to `other`, which is folded too: it is misspelled, with one letter wrong, missing, too many
    /// or in the place of the next; or abridged, its letters in the other in order with few between them.
    pub fn compare(&self, other: &str) -> Option<Closeness> {
        let length = if other.is_ascii() { other.len() } else { other.chars().count() };
        if self.slips(other, length) {
            return Some(Closeness::Misspelled);
        }
        let longer = length > self.length && length <= 2 * self.length;
        (longer && self.abridges(other)).then_some(Closeness::Abridged)
    }

    fn slips(&self, other: &str, length: usize) -> bool {
        if self.length < SHORTEST_WITH_SLIP {
            return false;
        }
        if length.abs_diff(self.length) <= 1 {
            return is_slip(&self.word, other);
        }
        if length < self.length || self.length < SHORTEST_HALF_TYPED || !self.same_start(other) {
            return false;
        }
        let end = other.char_indices().nth(self.length).map_or(other.len(), |(end, _)| end);
        is_slip(&self.word, &other[..end])
    }

    /// The matcher is asked last, and only where its answer is not clear without it: letters that do not stand in the
    /// other in order match nowhere, and an abridged word begins as the whole one does.
    fn abridges(&self, other: &str) -> bool {
        self.same_start(other) && stands_within(&self.word, other) && {
            let found = score(other, &self.word);
            found.is_some_and(|(score, at)| at.first() == Some(&0) && score >= self.floor)
        }
    }

    fn same_start(&self, other: &str) -> bool {
        self.word.chars().next() == other.chars().next()
    }
}

/// The score of a word in another, with the places of its letters. What a matcher has scored before can change what it
/// scores next, so each pair has a new one.
fn score(other: &str, word: &str) -> Option<(i64, Vec<usize>)> {
    SkimMatcherV2::default().ignore_case().fuzzy_indices(other, word)
}

/// Says whether the letters of a word stand in another in order.
fn stands_within(word: &str, other: &str) -> bool {
    let mut letters = other.chars();
    word.chars().all(|wanted| letters.any(|letter| letter == wanted))
}

/// Says whether two words are the same but for one letter that is wrong, missing, too many, or has changed places with
/// the next. As `damerau_levenshtein(one, other) <= 1`, without its table.
fn is_slip(one: &str, other: &str) -> bool {
    let same = one.chars().zip(other.chars()).take_while(|(one, other)| one == other);
    let same: usize = same.map(|(letter, _)| letter.len_utf8()).sum();
    let (one, other) = (&one[same..], &other[same..]);
    let (mut ones, mut others) = (one.chars(), other.chars());
    let first = (ones.next(), others.next());
    let (after_one, after_other) = (ones.as_str(), others.as_str());
    if after_one == after_other || after_one == other || one == after_other {
        return true;
    }
    let second = (ones.next(), others.next());
    first.0.is_some() && first == (second.1, second.0) && ones.as_str() == others.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_slip_is_a_distance_of_one_at_most(one in "[abé]{0,6}", other in "[abé]{0,6}") {
            prop_assert_eq!(is_slip(&one, &other), strsim::damerau_levenshtein(&one, &other) <= 1);
        }
    }
}
