//! How every name begins: whether a query is the beginning of a name is seen without looking the name up.

use super::names::Folded;
use super::rank::{Grade, Mark, Rank};

/// The first letters of the names and aliases of some records, and where words end among them.
#[derive(Debug, Default)]
pub struct Heads {
    letters: Vec<u128>,
    ends: Vec<u16>,
    /// The records whose aliases stand behind the names of all.
    owners: Vec<u32>,
    /// How many records there are.
    records: usize,
}

/// The letters of a head, in bytes.
const LENGTH: usize = size_of::<u128>();

/// What a head says of a name that may begin with the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beginning {
    /// It does, and earns this.
    Sure(Mark),
    /// So far it does, but the query is longer than the head.
    Unsure,
}

impl Heads {
    /// Adds the name of the next record, word by word.
    pub fn push<'a>(&mut self, words: impl Iterator<Item = &'a str>) {
        debug_assert!(self.owners.is_empty(), "aliases stand behind all names");
        self.add(words);
        self.records += 1;
    }

    /// Adds an alias, word by word, after all names.
    pub fn push_alias<'a>(&mut self, record: u32, words: impl Iterator<Item = &'a str>) {
        self.add(words);
        self.owners.push(record);
    }

    fn add<'a>(&mut self, words: impl Iterator<Item = &'a str>) {
        let (mut bytes, mut length, mut ends) = ([0; LENGTH], 0, 0);
        for word in words {
            bytes[length..].iter_mut().zip(word.bytes()).for_each(|(byte, letter)| *byte = letter);
            length += word.len();
            if length <= LENGTH {
                ends |= 1 << (length - 1);
            }
            if length >= LENGTH {
                break;
            }
        }
        self.letters.push(u128::from_le_bytes(bytes));
        self.ends.push(ends);
    }

    /// Shows every record of which a name or an alias begins with the letters; of no letters, none.
    pub fn each(&self, letters: &str, mut show: impl FnMut(usize, Beginning)) {
        if letters.is_empty() {
            return;
        }
        let wanted = bits(letters);
        let mask = u128::MAX >> (8 * LENGTH.saturating_sub(letters.len()));
        for (number, &head) in self.letters.iter().enumerate() {
            if (head ^ wanted) & mask == 0 {
                let alias = number.checked_sub(self.records);
                let record = alias.map_or(number, |alias| self.owners[alias] as usize);
                show(record, self.beginning(number, letters.len(), alias.is_some()));
            }
        }
    }

    fn beginning(&self, number: usize, length: usize, alias: bool) -> Beginning {
        if length >= LENGTH {
            return Beginning::Unsure;
        }
        let is_all = self.letters[number] >> (8 * length) == 0;
        let is_word = self.ends[number] >> (length - 1) & 1 == 1;
        Beginning::Sure(Mark::of(grade(is_all, is_word, alias)))
    }

    /// The bytes that the heads take.
    pub fn size(&self) -> usize {
        size_of_val(&*self.letters) + size_of_val(&*self.ends) + size_of_val(&*self.owners)
    }
}

/// What a name earns that is the letters or begins with them, where it does; a name goes before an alias.
pub fn whole(name: &Folded, letters: &str, alias: bool) -> Option<Mark> {
    let begins = name.letters().starts_with(letters);
    begins.then(|| Mark::of(grade(name.letters() == letters, name.is_word_end(letters.len()), alias)))
}

fn grade(is_all: bool, is_word: bool, alias: bool) -> Grade {
    match is_all {
        true => Grade::own(Rank::Exact, u32::from(alias)),
        false => Grade::own(Rank::Prefix, 2 * u32::from(!is_word) + u32::from(alias)),
    }
}

fn bits(letters: &str) -> u128 {
    let mut bytes = [0; LENGTH];
    bytes.iter_mut().zip(letters.bytes()).for_each(|(byte, letter)| *byte = letter);
    u128::from_le_bytes(bytes)
}
