//! Dates as precise as the source has them: EDTF strings (ISO 8601-2), with the days they span and how they are said.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use edtf_core::{Bound, Edtf, Interval, IntervalEndpoint};
use thiserror::Error;

/// Why a text is no usable date.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum DateError {
    /// Not an EDTF expression.
    #[error("{0:?} is not an EDTF date; write 2003, 2003-10, 2003-10-15, 2003-10/2003-11 or 1997/..")]
    NotEdtf(String),
    /// An interval that ends before it begins.
    #[error("the interval {0:?} ends before it begins")]
    Backwards(String),
    /// A year that no chronology of people holds.
    #[error("the year of {0:?} is beyond what can be drawn")]
    TooFar(String),
}

/// A day of the proleptic Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// The astronomical year, 0 being 1 BC.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month, 1 to 31.
    pub day: u8,
}

impl fmt::Display for Day {
    /// The day after ISO 8601, as 2003-10-15.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.year < 0 { "-" } else { "" };
        write!(formatter, "{sign}{:04}-{:02}-{:02}", self.year.unsigned_abs(), self.month, self.day)
    }
}

/// How much of the calendar one end of a date names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// One day.
    Day,
    /// One month.
    Month,
    /// A season or anything else between a month and a year.
    Season,
    /// A year or more.
    Year,
}

/// A date as the source gives it: a day, a month, a year, or an interval whose ends may be open. Many events share one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Date(Arc<Expression>);

/// Where a date stands in chronological order: year, month, whether it is an interval, day, last day.
pub(super) type Moment = (i32, u8, bool, u8, Option<Day>);

/// What an EDTF expression says.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Expression {
    text: Box<str>,
    first: Option<Day>,
    last: Option<Day>,
    precision: Precision,
    last_precision: Precision,
    interval: bool,
    approximate: bool,
    uncertain: bool,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The English name of a month, 1 to 12.
pub fn month_name(month: u8) -> &'static str {
    MONTHS[usize::from(month.clamp(1, 12)) - 1]
}

impl Date {
    /// Reads an EDTF expression of levels 0 to 2 (ISO 8601-2). Fails with why the text is no usable date.
    pub fn parse(text: &str) -> Result<Date, DateError> {
        let edtf =
            Edtf::parse(text).map_err(|_| backwards(text).unwrap_or_else(|| DateError::NotEdtf(text.to_owned())))?;
        let bounds = edtf.bounds();
        let (first, last) = (day(bounds.earliest, text)?, day(bounds.latest, text)?);
        if matches!((first, last), (Some(first), Some(last)) if first > last) {
            return Err(DateError::Backwards(text.to_owned()));
        }
        Ok(Date(Arc::new(Expression {
            text: edtf.to_string().into_boxed_str(),
            first,
            last,
            precision: precision(&edtf, |interval| [&interval.start, &interval.end]),
            last_precision: precision(&edtf, |interval| [&interval.end, &interval.start]),
            interval: matches!(edtf, Edtf::Interval(_) | Edtf::Set(_)),
            approximate: edtf.is_approximate(),
            uncertain: edtf.is_uncertain(),
        })))
    }

    /// The first day that the date may mean; `None` when its beginning is open or unknown.
    pub fn first(&self) -> Option<Day> {
        self.0.first
    }

    /// The last day that the date may mean; `None` when its end is open or unknown.
    pub fn last(&self) -> Option<Day> {
        self.0.last
    }

    /// How precisely the date names its beginning (its end, where the beginning is open).
    pub fn precision(&self) -> Precision {
        self.0.precision
    }

    /// Says whether the date has a beginning and an end of its own, as `2003-10/2003-11` has.
    pub fn is_interval(&self) -> bool {
        self.0.interval
    }

    /// The year under which the date is listed.
    pub fn year(&self) -> Option<i32> {
        self.0.first.or(self.0.last).map(|day| day.year)
    }

    /// The month under which the date is listed; `None` for a date that names no more than years.
    pub fn month(&self) -> Option<u8> {
        let day = self.0.first.or(self.0.last)?;
        (self.0.precision <= Precision::Month).then_some(day.month)
    }

    /// The first and the last month that the date may touch, counted from the year 0 (`year * 12 + month - 1`); an open
    /// end reaches as far as can be counted. `None` where both ends are open.
    pub fn months(&self) -> Option<(i32, i32)> {
        let month = |day: Day| day.year * 12 + i32::from(day.month) - 1;
        match (self.0.first, self.0.last) {
            (None, None) => None,
            (first, last) => Some((first.map_or(i32::MIN, month), last.map_or(i32::MAX, month))),
        }
    }

    /// Says whether the date can touch any of the days from `from` to `to`.
    pub fn overlaps(&self, from: Day, to: Day) -> bool {
        self.0.first.is_none_or(|first| first <= to) && self.0.last.is_none_or(|last| last >= from)
    }

    /// Says whether the date is neither approximate nor uncertain.
    pub fn is_sure(&self) -> bool {
        !self.0.approximate && !self.0.uncertain
    }

    /// Says whether a list under headings of years and months has to say the date as well: it is more than the month or
    /// the year, or less sure.
    pub fn exceeds_heading(&self) -> bool {
        let more = self.0.interval || matches!(self.0.precision, Precision::Day | Precision::Season);
        more || !self.is_sure()
    }

    /// Chronological order of a list: by year, within it by month, then what names only the year.
    pub fn list_order(&self, other: &Date) -> Ordering {
        self.moment().cmp(&other.moment())
    }

    /// Where the date stands in chronological order.
    pub(super) fn moment(&self) -> Moment {
        let (year, month) = (self.year().unwrap_or(i32::MAX), self.month().unwrap_or(13));
        let day = self.0.first.filter(|_| self.0.precision == Precision::Day).map_or(32, |day| day.day);
        (year, month, self.0.interval, day, self.0.last)
    }

    /// The date in words: "15 October 2003", "October 2003", "some time in 2003", "2003–2004", "since 1997".
    pub fn words(&self) -> String {
        let said = match (self.0.first, self.0.last) {
            (Some(first), Some(last)) if self.0.interval => self.span_words(first, last),
            (Some(first), None) => format!("since {}", day_words(first, self.0.precision)),
            (None, Some(last)) => format!("until {}", day_words(last, self.0.last_precision)),
            (Some(first), Some(_)) if self.0.text.trim_end_matches(['~', '?', '%']).len() == 4 => {
                match self.0.approximate {
                    true => first.year.to_string(),
                    false => format!("some time in {}", first.year),
                }
            }
            (Some(first), _) if self.0.precision <= Precision::Month => day_words(first, self.0.precision),
            (Some(first), _) if self.season().is_some() => {
                format!("{} {}", self.season().unwrap_or_default(), first.year)
            }
            _ => self.0.text.to_string(),
        };
        match (self.0.approximate, self.0.uncertain) {
            (true, _) => format!("about {said}"),
            (false, true) => format!("{said} (uncertain)"),
            (false, false) => said,
        }
    }

    /// The date in a few columns: "15 Oct 2003", "Oct 2003", "2003", "2003–2004".
    pub fn short(&self) -> String {
        let words = self.words().replace("some time in ", "");
        let parts = words.split_inclusive(|letter: char| !letter.is_ascii_alphabetic());
        let shortened = parts.flat_map(|part| {
            let month = MONTHS.iter().find(|&&month| part.starts_with(month));
            month.map_or([part, ""], |month| [&month[..3], &part[month.len()..]])
        });
        shortened.collect()
    }

    /// The season that the date names, as 1902-21 names the spring.
    fn season(&self) -> Option<&'static str> {
        let number: usize = self.0.text.split('-').nth(1)?.get(..2)?.parse().ok()?;
        ["spring", "summer", "autumn", "winter"].get(number.checked_sub(21)?).copied()
    }

    fn span_words(&self, first: Day, last: Day) -> String {
        let (from, to) = (day_words(first, self.0.precision), day_words(last, self.0.last_precision));
        match (self.0.precision, self.0.last_precision) {
            _ if from == to && self.0.precision == Precision::Year => format!("some time in {from}"),
            _ if from == to => from,
            (Precision::Month, Precision::Month) if first.year == last.year => {
                format!("{}–{to}", month_name(first.month))
            }
            (Precision::Year, Precision::Year) => format!("{from}–{to}"),
            _ => format!("{from} – {to}"),
        }
    }
}

fn day_words(day: Day, precision: Precision) -> String {
    match precision {
        Precision::Day => format!("{} {} {}", day.day, month_name(day.month), day.year),
        Precision::Month => format!("{} {}", month_name(day.month), day.year),
        Precision::Season | Precision::Year => day.year.to_string(),
    }
}

impl fmt::Display for Date {
    /// The date as an EDTF expression.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0.text)
    }
}

/// An interval of two valid dates whose end lies before its beginning, which the parser refuses as no EDTF at all.
fn backwards(text: &str) -> Option<DateError> {
    let (first, last) = text.split_once('/')?;
    let (first, last) = (Edtf::parse(first).ok()?.bounds().earliest, Edtf::parse(last).ok()?.bounds().latest);
    matches!((first, last), (Bound::Date(first), Bound::Date(last)) if first > last)
        .then(|| DateError::Backwards(text.to_owned()))
}

fn day(bound: Bound, text: &str) -> Result<Option<Day>, DateError> {
    let Bound::Date(date) = bound else { return Ok(None) };
    let year = i32::try_from(date.year).ok().filter(|year| year.abs() <= 99_999);
    let year = year.ok_or_else(|| DateError::TooFar(text.to_owned()))?;
    Ok(Some(Day { year, month: date.month, day: date.day }))
}

/// How precisely a date names a day; of an interval, how the first of its two ends that is known does.
fn precision(edtf: &Edtf, ends: impl Fn(&Interval) -> [&IntervalEndpoint; 2]) -> Precision {
    let of = |date: &edtf_core::Date| match date.precision() {
        edtf_core::Precision::Day => Precision::Day,
        edtf_core::Precision::Month => Precision::Month,
        edtf_core::Precision::Season => Precision::Season,
        _ => Precision::Year,
    };
    let end = |end: &IntervalEndpoint| match end {
        IntervalEndpoint::Date(date) | IntervalEndpoint::OnOrBefore(date) | IntervalEndpoint::OnOrAfter(date) => {
            Some(of(date))
        }
        _ => None,
    };
    match edtf {
        Edtf::Date(date) => of(date),
        Edtf::DateTime(_) => Precision::Day,
        Edtf::Interval(interval) => ends(interval).into_iter().find_map(end).unwrap_or(Precision::Year),
        _ => Precision::Year,
    }
}
