//! Dates: read, said, ordered and compared as precisely as the source has them, and no more.

use std::cmp::Ordering;

use detente::dataset::{Date, DateError, Day};

fn date(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn dates_are_said_in_words() {
    for (text, words, short) in [
        ("2003", "some time in 2003", "2003"),
        ("2003-10", "October 2003", "Oct 2003"),
        ("2003-10-15", "15 October 2003", "15 Oct 2003"),
        ("2003-10/2003-11", "October–November 2003", "Oct–Nov 2003"),
        ("2003-12/2004-01", "December 2003 – January 2004", "Dec 2003 – Jan 2004"),
        ("2003/2004", "2003–2004", "2003–2004"),
        ("2003/2003", "some time in 2003", "2003"),
        ("1997/..", "since 1997", "since 1997"),
        ("2000-01/..", "since January 2000", "since Jan 2000"),
        ("../2004-11", "until November 2004", "until Nov 2004"),
        ("2000-01/2004", "January 2000 – 2004", "Jan 2000 – 2004"),
        ("2003~", "about 2003", "about 2003"),
        ("2003-21", "spring 2003", "spring 2003"),
        ("2003-24~", "about winter 2003", "about winter 2003"),
        ("2003-10?", "October 2003 (uncertain)", "Oct 2003 (uncertain)"),
    ] {
        assert_eq!((&*date(text).words(), &*date(text).short()), (words, short), "{text}");
        assert_eq!(date(text).to_string(), text);
    }
}

#[test]
fn what_is_no_date_is_refused() {
    for text in ["", "October 2003", "2003-13", "2003-02-30", "03", "2003-10-15T25:00"] {
        assert!(Date::parse(text).is_err(), "{text:?} is taken for a date");
    }
    assert_eq!(Date::parse("2004/2003"), Err(DateError::Backwards("2004/2003".into())));
    assert_eq!(Date::parse("Y170000002"), Err(DateError::TooFar("Y170000002".into())));
}

#[test]
fn a_year_is_never_its_first_of_january() {
    let year = date("2003");
    assert_eq!(year.first(), Some(Day { year: 2003, month: 1, day: 1 }));
    assert_eq!(year.last(), Some(Day { year: 2003, month: 12, day: 31 }));
    assert_eq!((year.year(), year.month()), (Some(2003), None));
    assert_eq!(date("2003-10").month(), Some(10));
    assert_eq!(date("2003-10/2003-11").month(), Some(10));
}

#[test]
fn lists_go_by_month_and_then_by_what_names_only_the_year() {
    let order =
        ["1990", "1990/2004", "2003-01", "2003-10-15", "2003-10", "2003-10/2003-11", "2003", "2003/2004", "2004-01"];
    for pair in order.windows(2) {
        assert_eq!(date(pair[0]).list_order(&date(pair[1])), Ordering::Less, "{pair:?}");
    }
}

#[test]
fn dates_touch_the_days_that_they_may_mean() {
    let autumn = (Day { year: 2003, month: 9, day: 1 }, Day { year: 2003, month: 11, day: 30 });
    for (text, touches) in [
        ("2003", true),
        ("2003-10", true),
        ("2003-12", false),
        ("1997/..", true),
        ("../2003-08", false),
        ("2003-11-30", true),
    ] {
        assert_eq!(date(text).overlaps(autumn.0, autumn.1), touches, "{text}");
    }
}
