//! Moments as reviews are stamped with them, and the days of study, which begin in the small hours.

use crate::dataset::Day;

/// Milliseconds in a minute.
pub const MINUTE: i64 = 60_000;

/// Milliseconds in an hour.
const HOUR: i64 = 60 * MINUTE;

/// Milliseconds in a day.
pub const DAY: i64 = 24 * HOUR;

/// The day that is furthest from 1970, some 8,000 years; a clock that says another one is not believed.
const FURTHEST: i64 = 3_000_000;

/// A moment in UTC, with what the local clock of its place said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Stamp {
    /// Milliseconds since the beginning of 1970 in UTC.
    pub utc_ms: i64,
    /// How far the local clock was ahead of UTC, in minutes.
    pub offset: i16,
}

/// A day of study, counted from the first of January 1970 of the local calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct StudyDay(pub i32);

impl Stamp {
    /// The day of study, where days begin at `starts` o'clock of the local time. A clock change between two moments
    /// moves neither into another day, since each knows its own local time.
    pub fn day(self, starts: u8) -> StudyDay {
        let local = self.utc_ms.saturating_add(i64::from(self.offset) * MINUTE);
        let day = local.saturating_sub(i64::from(starts) * HOUR).div_euclid(DAY);
        StudyDay(day.clamp(-FURTHEST, FURTHEST) as i32)
    }

    /// The moment some milliseconds later.
    pub fn later(self, milliseconds: i64) -> Stamp {
        Stamp { utc_ms: self.utc_ms.saturating_add(milliseconds), ..self }
    }
}

impl StudyDay {
    /// The day some days later.
    pub fn later(self, days: u32) -> StudyDay {
        StudyDay(self.0.saturating_add_unsigned(days))
    }

    /// How many days it is after another; 0 for a day before.
    pub fn since(self, other: StudyDay) -> u32 {
        u32::try_from(i64::from(self.0) - i64::from(other.0)).unwrap_or(0)
    }

    /// The day of the week, 0 for Monday.
    pub fn weekday(self) -> usize {
        (self.0.wrapping_add(3)).rem_euclid(7) as usize // The first of January 1970 was a Thursday.
    }

    /// The day of the calendar (days_from_civil turned round, Howard Hinnant 2013).
    pub fn calendar(self) -> Day {
        let days = i64::from(self.0) + 719_468;
        let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Day { year: year as i32, month: month as u8, day: day as u8 }
    }
}
