//! Copies of the journal: one for each day that it was used, thinned out as they grow old, as Anki does.

use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use super::disk::write_new;
use crate::study::{Stamp, StudyDay};

/// The directory of the copies, beside the journal.
const BACKUPS: &str = "backups";

/// The days, weeks and months of which copies are kept.
const DAYS: usize = 12;
const WEEKS: usize = 10;
const MONTHS: usize = 9;

/// How many days ago the oldest copy may have been made that is still looked at: more than the months reach back.
const OLDEST: i32 = 400;

/// Copies the journal under the day's name, unless that day has a copy already; answers where to. With `anyway`, a copy
/// is made whatever there is. Fails where the journal cannot be read or its copy not be written.
pub fn back_up(journal: &Path, now: Stamp, anyway: bool) -> io::Result<Option<PathBuf>> {
    let bytes = match fs::read(journal) {
        Ok(bytes) if !bytes.is_empty() => bytes,
        Ok(_) => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let directory = journal.parent().unwrap_or(journal).join(BACKUPS);
    DirBuilder::new().recursive(true).mode(0o700).create(&directory)?;
    let today = now.day(0);
    let daily = directory.join(name(today, 0));
    if daily.exists() && !anyway {
        return Ok(None);
    }
    let free = (0..).map(|number| directory.join(name(today, number))).find(|path| !path.exists());
    let path = free.unwrap_or(daily);
    write_new(&path, &bytes)?;
    thin_out(&directory, today);
    Ok(Some(path))
}

/// `reviews-2026-11-29.log`, then `reviews-2026-11-29-1.log` and so on.
fn name(day: StudyDay, number: usize) -> String {
    let date = day.calendar();
    let number = if number == 0 { String::new() } else { format!("-{number}") };
    format!("reviews-{:04}-{:02}-{:02}{number}.log", date.year, date.month, date.day)
}

/// Removes the daily copies that are too old and too many. Copies that were made before something was done stay.
fn thin_out(directory: &Path, today: StudyDay) {
    let days: Vec<StudyDay> = (0..OLDEST).map(|ago| StudyDay(today.0 - ago)).collect();
    let there: Vec<StudyDay> = days.into_iter().filter(|&day| directory.join(name(day, 0)).exists()).collect();
    let kept = kept(&there);
    for day in there.iter().filter(|day| !kept.contains(day)) {
        let _ = fs::remove_file(directory.join(name(*day, 0)));
    }
}

/// Which of the days keep their copies: the newest of each of the last days, weeks and months of the calendar, so that
/// what is kept of a week that is over stays the same as time goes on.
pub fn kept(days: &[StudyDay]) -> Vec<StudyDay> {
    let mut newest_first = days.to_vec();
    newest_first.sort_unstable_by(|one, other| other.cmp(one));
    let day = |day: StudyDay| day.0;
    let week = |day: StudyDay| (day.0 - day.weekday() as i32).div_euclid(7);
    let month = |day: StudyDay| day.calendar().year * 12 + i32::from(day.calendar().month);
    let mut kept = newest_of(&newest_first, day, DAYS);
    kept.extend(newest_of(&newest_first, week, WEEKS));
    kept.extend(newest_of(&newest_first, month, MONTHS));
    kept.sort_unstable();
    kept.dedup();
    kept
}

/// The newest day of each of the last periods that have one.
fn newest_of(newest_first: &[StudyDay], period: impl Fn(StudyDay) -> i32, count: usize) -> Vec<StudyDay> {
    let mut newest = newest_first.to_vec();
    newest.dedup_by_key(|day| period(*day));
    newest.truncate(count);
    newest
}
