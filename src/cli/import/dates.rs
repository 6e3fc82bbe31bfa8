//! Days as tables write them, and the EDTF date that an event gets of them.

use serde::Deserialize;

use crate::dataset::{Date, Day, month_name};

/// How a day is written: `%Y`, `%m`, `%d`, `%B` and `%b` with anything between them; a star ends what is read.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
pub struct Format(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Year,
    Month,
    Day,
    MonthName,
    Letter(char),
    Rest,
}

/// How exact a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exactness {
    /// To the day.
    Day,
    /// To the week.
    Week,
    /// To the month.
    Month,
    /// To the year.
    Year,
}

impl TryFrom<String> for Format {
    type Error = String;

    fn try_from(text: String) -> Result<Format, String> {
        let mut pieces = Vec::new();
        let mut letters = text.chars();
        while let Some(letter) = letters.next() {
            pieces.push(match (letter, if letter == '%' { letters.next() } else { None }) {
                ('%', Some('Y')) => Piece::Year,
                ('%', Some('m')) => Piece::Month,
                ('%', Some('d')) => Piece::Day,
                ('%', Some('B' | 'b')) => Piece::MonthName,
                ('%', other) => {
                    return Err(format!("{text:?} has %{}; a format has %Y, %m, %d, %B and %b", other.unwrap_or(' ')));
                }
                ('*', _) => Piece::Rest,
                (letter, _) => Piece::Letter(letter),
            });
        }
        let names = |wanted: &[Piece]| pieces.iter().any(|piece| wanted.contains(piece));
        match names(&[Piece::Year]) && names(&[Piece::Month, Piece::MonthName]) && names(&[Piece::Day]) {
            true => Ok(Format(pieces)),
            false => Err(format!("{text:?} does not name a day: year, month and day")),
        }
    }
}

impl Format {
    /// The day that a text is in this format.
    pub fn read(&self, text: &str) -> Option<Day> {
        let (mut year, mut month, mut day) = (0, 0, 0);
        let mut rest = text;
        for piece in &self.0 {
            match piece {
                Piece::Year => year = digits(&mut rest, 4, 4)?,
                Piece::Month => month = digits(&mut rest, 1, 2)?,
                Piece::Day => day = digits(&mut rest, 1, 2)?,
                Piece::MonthName => month = month_by_name(&mut rest)?,
                Piece::Letter(letter) => rest = rest.strip_prefix(*letter)?,
                Piece::Rest => rest = "",
            }
        }
        let day =
            Day { year: i32::try_from(year).ok()?, month: u8::try_from(month).ok()?, day: u8::try_from(day).ok()? };
        rest.is_empty().then_some(day).filter(is_day)
    }
}

fn digits(rest: &mut &str, least: usize, most: usize) -> Option<u32> {
    let count = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let number = rest[..count].parse().ok().filter(|_| count >= least);
    *rest = &rest[count..];
    number
}

/// The number of the month whose name, or at least its first three letters, comes next.
fn month_by_name(rest: &mut &str) -> Option<u32> {
    let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let name = &rest[..length];
    let month = (1..=12).find(|&month| {
        let full = month_name(month);
        name.eq_ignore_ascii_case(full) || name.eq_ignore_ascii_case(&full[..3])
    })?;
    *rest = &rest[length..];
    Some(u32::from(month))
}

fn is_day(day: &Day) -> bool {
    day.year > 0 && (1..=length_of_month(day)).contains(&day.day)
}

fn length_of_month(day: &Day) -> u8 {
    let leap = day.year % 4 == 0 && (day.year % 100 != 0 || day.year % 400 == 0);
    match day.month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => 0,
    }
}

/// Says whether the days from one to another are all days of a part of the calendar.
fn is_all_of(from: Day, to: Day, part: impl Fn(&Day) -> (i32, u8)) -> bool {
    let begins = from.day == 1 && (part(&from).1 > 0 || from.month == 1);
    let ends = to.day == length_of_month(&to) && (part(&to).1 > 0 || to.month == 12);
    begins && ends && part(&from) == part(&to)
}

/// The EDTF date from one day to another, which is a month or a year where it is all of it. Fails where the second day
/// comes before the first.
pub fn edtf(from: Day, to: Day, exactness: Exactness) -> Option<String> {
    let exactness = match exactness {
        Exactness::Day if is_all_of(from, to, |day| (day.year, 0)) => Exactness::Year,
        Exactness::Day if is_all_of(from, to, |day| (day.year, day.month)) => Exactness::Month,
        other => other,
    };
    let written = |day: Day| match exactness {
        Exactness::Day | Exactness::Week => day.to_string(),
        Exactness::Month => format!("{:04}-{:02}", day.year, day.month),
        Exactness::Year => format!("{:04}", day.year),
    };
    let (first, last) = (written(from), written(to));
    let about = if exactness == Exactness::Week { "~" } else { "" };
    match () {
        _ if to < from => None,
        _ if first == last => Some(format!("{first}{about}")),
        _ => Some(format!("{first}/{last}")),
    }
    .filter(|date| Date::parse(date).is_ok())
}
