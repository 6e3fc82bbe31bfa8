//! Floor 7: what the system's clock says, and what the clocks of its time zone say.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::study::Stamp;

/// This moment.
pub fn now() -> Stamp {
    stamp(Timestamp::now())
}

/// How far the clocks here are ahead of UTC at a moment, in minutes. The zone is asked each time, since it may change
/// between two moments: with the season, or because the reader travels.
pub fn ahead(utc_ms: i64) -> i16 {
    Timestamp::from_millisecond(utc_ms).map_or(0, |at| stamp(at).offset)
}

fn stamp(at: Timestamp) -> Stamp {
    let seconds = TimeZone::system().to_offset(at).seconds();
    Stamp { utc_ms: at.as_millisecond(), offset: (seconds / 60) as i16 }
}
