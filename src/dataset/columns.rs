//! What is asked of many events at once, in order of time: each answer in a column of its own, so that going through all
//! events touches no more than what is asked.

use std::collections::HashMap;

use super::date::Date;
use super::entity::{Event, Record};
use super::vocabulary::{EventKind, Kind};
use super::{Dataset, Precision};

/// What a list and an axis of time ask of a date. Many events share one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Stretch {
    /// The months that it may touch, as [`Date::months`] counts them; `None` for the undated.
    pub months: Option<(i32, i32)>,
    /// The year under which it is listed.
    pub year: Option<i32>,
    /// The month under which it is listed.
    pub month: Option<u8>,
    /// Whether it ends in that year.
    pub within_year: bool,
    /// Whether it is known to last from its first month to its last, rather than to lie somewhere between.
    pub lasting: bool,
}

impl Stretch {
    fn new(date: Option<&Date>) -> Stretch {
        let Some(date) = date else { return Stretch::default() };
        let open = date.first().is_none() || date.last().is_none();
        Stretch {
            months: date.months(),
            year: date.year(),
            month: date.month(),
            within_year: date.last().is_some_and(|last| Some(last.year) == date.year()),
            lasting: date.is_interval() && (date.precision() <= Precision::Month || open),
        }
    }
}

/// A list of records for each event: that of the event at a moment stands between `starts[moment]` and the next start.
#[derive(Debug, Default)]
pub struct Lists {
    starts: Vec<u32>,
    numbers: Vec<u32>,
}

impl Lists {
    /// The places of the records of an event in the list of their kind, each once.
    pub fn of(&self, moment: usize) -> &[u32] {
        &self.numbers[self.starts[moment] as usize..self.starts[moment + 1] as usize]
    }

    fn begin(events: usize) -> Lists {
        let mut starts = Vec::with_capacity(events + 1);
        starts.push(0);
        Lists { starts, numbers: Vec::with_capacity(events) }
    }

    fn push(&mut self, numbers: impl Iterator<Item = u32>) {
        let start = self.numbers.len();
        for number in numbers {
            if !self.numbers[start..].contains(&number) {
                self.numbers.push(number);
            }
        }
        self.starts.push(self.numbers.len() as u32);
    }
}

/// The columns; an event's place in each is its place in order of time.
#[derive(Debug, Default)]
pub struct Columns {
    /// The different stretches of time.
    pub stretches: Vec<Stretch>,
    /// The stretch of each event, by its place among the different ones.
    pub stretch: Vec<u32>,
    /// The kind of each event.
    pub kinds: Vec<EventKind>,
    /// The countries that took part in each, but for the one that the dataset speaks for.
    pub countries: Lists,
    by_section: Vec<usize>,
}

impl Columns {
    /// The columns of a dataset whose events are in this order of time.
    pub(super) fn new(dataset: &Dataset, chronology: &[Record]) -> Columns {
        let count = chronology.len();
        let mut columns = Columns {
            stretch: Vec::with_capacity(count),
            kinds: Vec::with_capacity(count),
            countries: Lists::begin(count),
            by_section: vec![0; dataset.sections.len()],
            ..Columns::default()
        };
        let mut places = HashMap::new();
        for record in chronology {
            columns.push(dataset, &dataset.events[record.index()], &mut places);
        }
        columns
    }

    fn push(&mut self, dataset: &Dataset, event: &Event, places: &mut HashMap<Stretch, u32>) {
        let stretch = Stretch::new(event.date.as_ref());
        let same = self.stretch.last().copied().filter(|&last| self.stretches[last as usize] == stretch);
        let place = same.unwrap_or_else(|| {
            *places.entry(stretch).or_insert_with(|| {
                self.stretches.push(stretch);
                self.stretches.len() as u32 - 1
            })
        });
        self.stretch.push(place);
        self.kinds.push(event.kind);
        self.countries.push(dataset.partners(&event.countries).map(|country| country.number));
        for section in dataset.sections_stating(&event.about) {
            self.by_section[section.index()] += 1;
        }
    }

    /// How many of some events have each stretch.
    pub fn count_stretches(&self, moments: impl Iterator<Item = usize>) -> Vec<u32> {
        let mut counts = vec![0; self.stretches.len()];
        moments.for_each(|moment| counts[self.stretch[moment] as usize] += 1);
        counts
    }

    /// The months of stretches, and how many events have each.
    pub fn months(&self, counts: &[u32]) -> Vec<((i32, i32), u32)> {
        let counted = self.stretches.iter().zip(counts).filter(|&(_, &count)| count > 0);
        counted.filter_map(|(stretch, &count)| Some((stretch.months?, count))).collect()
    }

    /// The number of events that a section states.
    pub fn in_section(&self, section: Record) -> usize {
        debug_assert_eq!({ section.kind }, Kind::Section);
        self.by_section[section.index()]
    }
}

/// A set of events, by their places in order of time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Moments {
    bits: Vec<u64>,
    count: usize,
}

impl Moments {
    /// Those of the first so many events for which something holds.
    pub fn those(events: usize, holds: impl Fn(usize) -> bool) -> Moments {
        let word = |at: usize| {
            let moments = (at * 64..events.min(at * 64 + 64)).enumerate();
            moments.fold(0, |word, (bit, moment)| word | u64::from(holds(moment)) << bit)
        };
        Moments::of_words((0..events.div_ceil(64)).map(word).collect())
    }

    /// All of so many events.
    pub fn all(events: usize) -> Moments {
        Moments::those(events, |_| true)
    }

    /// Some of so many events.
    pub fn some(events: usize, moments: impl Iterator<Item = usize>) -> Moments {
        let mut bits = vec![0; events.div_ceil(64)];
        moments.for_each(|moment| bits[moment / 64] |= 1_u64 << (moment % 64));
        Moments::of_words(bits)
    }

    fn of_words(bits: Vec<u64>) -> Moments {
        let count = bits.iter().map(|word| word.count_ones() as usize).sum();
        Moments { bits, count }
    }

    /// How many they are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Their places, in order: each step takes the lowest bit of a word away.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.bits.iter().enumerate().flat_map(|(at, &word)| {
            let rest = |&word: &u64| Some(word & (word - 1)).filter(|&rest| rest != 0);
            let words = std::iter::successors(Some(word).filter(|&word| word != 0), rest);
            words.map(move |word| at * 64 + word.trailing_zeros() as usize)
        })
    }
}
