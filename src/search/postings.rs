//! In which records each word stands, and where in them: the lists of an index, packed.

use std::ops::Range;

/// The part of a record in which a word stands; where it stands in several, the first of these is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// In its name or an alias.
    Name,
    /// In the words of its kind, topics and date.
    Kind,
    /// In a name of a record that it is joined to.
    Related,
    /// In its prose.
    Prose,
}

/// The list of one word in the making.
#[derive(Debug, Default)]
pub struct List {
    bytes: Vec<u8>,
    last: u32,
}

/// The lists of all words, one behind the other. A step of a list is the distance to the next record with the part in
/// its lowest two bits, as a number of seven bits a byte, the low ones first: most steps take one byte.
#[derive(Debug)]
pub struct Postings {
    bytes: Box<[u8]>,
    starts: Box<[u32]>,
}

impl Part {
    /// All parts, in order.
    pub const ALL: [Part; 4] = [Part::Name, Part::Kind, Part::Related, Part::Prose];
}

impl List {
    /// Adds a record, which must not be before the last one.
    pub fn push(&mut self, record: u32, part: Part) {
        let mut step = (record - self.last) << 2 | part as u32;
        self.last = record;
        while step > 0x7f {
            self.bytes.push(step as u8 | 0x80);
            step >>= 7;
        }
        self.bytes.push(step as u8);
    }
}

impl Postings {
    /// The lists of words in the order of their numbers.
    pub fn new(lists: impl Iterator<Item = List>) -> Postings {
        let (mut bytes, mut starts) = (Vec::new(), vec![0]);
        for list in lists {
            bytes.extend_from_slice(&list.bytes);
            starts.push(bytes.len() as u32);
        }
        Postings { bytes: bytes.into(), starts: starts.into() }
    }

    /// Shows every record in which one of these words stands, and where.
    pub fn each(&self, words: Range<usize>, mut show: impl FnMut(usize, Part)) {
        for word in words {
            let list = &self.bytes[self.starts[word] as usize..self.starts[word + 1] as usize];
            let (mut record, mut step, mut shift) = (0, 0, 0);
            for &byte in list {
                step |= u32::from(byte & 0x7f) << shift;
                if byte > 0x7f {
                    shift += 7;
                    continue;
                }
                record += step >> 2;
                show(record as usize, Part::ALL[(step & 0b11) as usize]);
                (step, shift) = (0, 0);
            }
        }
    }

    /// The bytes that the lists take.
    pub fn size(&self) -> usize {
        self.bytes.len() + size_of_val(&*self.starts)
    }
}
