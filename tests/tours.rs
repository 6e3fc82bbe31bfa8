//! The shipped tours: fit for a talk, and each with something to show.

use detente::app::Errand;
use detente::dataset::{Exhibit, Kind, Record, Stop, Tour, Vocabulary};
use detente::screens::present::Talk;
use detente::state::State;
use detente::wording;

use crate::common::{INVENTED, Journey, SHIPPED, open};

#[test]
fn the_tours_are_fit_for_a_talk() {
    let tours: Vec<(&str, usize)> = SHIPPED.tours.iter().map(|tour| (&*tour.about.id, tour.stops.len())).collect();
    let ids = ["whole-chapter", "russia-sco", "sea", "peacekeeping", "asia-pacific"];
    assert_eq!(tours.iter().map(|&(id, _)| id).collect::<Vec<_>>(), ids);
    for (id, stops) in tours {
        let fewest = if id == "whole-chapter" { 20 } else { 10 };
        assert!(stops >= fewest, "{id}: {stops} stops");
    }
    for (tour, stop) in SHIPPED.tours.iter().flat_map(|tour| tour.stops.iter().map(move |stop| (tour, stop))) {
        let title = stop.title.as_deref().unwrap_or_default();
        let slide = format!("{}: {title}", tour.about.id);
        assert!((1..=18).contains(&title.chars().count()), "{slide}: a title that does not fit large letters");
        assert!((2..=5).contains(&stop.points.len()), "{slide}: {} points", stop.points.len());
        let line = if stop.show.is_some() { 15 } else { 27 };
        let lines: usize = stop.points.iter().map(|point| point.chars().count().div_ceil(line)).sum();
        assert!(lines <= 7, "{slide}: {lines} lines of points, too many for large letters at 120x40");
        assert!(stop.notes.as_ref().is_some_and(|notes| notes.len() > 80), "{slide}: nothing for the speaker");
    }
}

/// The record, what it is linked to, and what its events and paragraphs are linked to.
fn surroundings(record: Record) -> Vec<Record> {
    let linked = |record| SHIPPED.links(record).iter().map(|link| link.record);
    let passes_on = |other: &Record| matches!(other.kind, Kind::Event | Kind::Paragraph);
    let (near, far) = (linked(record), linked(record).filter(passes_on).flat_map(linked));
    std::iter::once(record).chain(near).chain(far).collect()
}

#[test]
fn each_exhibit_of_a_tour_has_something_to_show() {
    let abroad = |record: &Record| {
        record.kind == Kind::Place || (record.kind == Kind::Country && Some(*record) != SHIPPED.source.subject)
    };
    let dated = |record: &Record| record.kind == Kind::Event && SHIPPED.events[record.index()].date.is_some();
    for (tour, stop) in SHIPPED.tours.iter().flat_map(|tour| tour.stops.iter().map(move |stop| (tour, stop))) {
        let shown = match stop.show {
            Some(Exhibit::Map) => surroundings(stop.at).iter().any(abroad),
            Some(Exhibit::Timeline) => surroundings(stop.at).iter().any(dated),
            Some(Exhibit::Chart) => stop.at.kind == Kind::Figure,
            None => true,
        };
        assert!(shown, "{}: {} has nothing to show", tour.about.id, SHIPPED.address(stop.at));
    }
}

#[test]
fn one_is_never_said_as_several() {
    let is_several_of_one = |words: &[&str]| words[0] == "1" && ["events", "rounds", "slides"].contains(&words[1]);
    let singular = |seen: &str, what: &str| {
        let words: Vec<&str> = seen.split_whitespace().collect();
        assert!(!words.windows(2).any(is_several_of_one), "{what}:\n{seen}");
    };
    for kind in Kind::ALL.iter().filter(|&&kind| kind != Kind::Paragraph) {
        for record in INVENTED.records(*kind) {
            let about = INVENTED.tours[0].about.clone();
            let stop = Stop { at: record, title: None, points: [].into(), notes: None, show: Some(Exhibit::Chart) };
            let talk = Talk::new(*INVENTED, Tour { about, stops: [stop].into() }.into(), None);
            let chart = Journey::begun(*INVENTED, (120, 40), Errand::Talk(talk), State::default()).press("n").text();
            singular(&chart, &INVENTED.address(record));
            singular(&wording::facts(*INVENTED, record), "facts");
        }
    }
    let one = open(
        r#"{"source": {"title": "One"},
        "sections": [{"id": "s", "cites": [1], "number": 1, "name": "S", "paragraphs": [{"number": 1, "text": "T."}]}],
        "events": [{"id": "e", "cites": [1], "name": "E", "kind": "meeting", "date": "2003", "date_basis": "stated"}]}"#,
    );
    singular(&Journey::on(one, (120, 40), None, State::default()).text(), "the timeline of one event");
}
