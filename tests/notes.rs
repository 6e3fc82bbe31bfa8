//! The speaker's notes in a second terminal of the same account: they follow, whoever starts first and starts again.

use std::path::Path;
use std::time::{Duration, Instant};

use detente::action::Input;
use detente::app::Errand;
use detente::clock::Moment;
use detente::state::{State, TalkState};
use rustix::process::Signal;
use tempfile::tempdir;

use crate::common::{Journey, SHIPPED, open};
use crate::pty::{self, Pty};

/// The most that the notes may be behind.
const BEHIND: Duration = Duration::from_millis(200);

fn notes(home: &Path) -> Pty {
    let mut pty = Pty::start(pty::command(home, &["present", "--notes"]));
    pty.wait_for("q quit");
    pty
}

fn talk(home: &Path, arguments: &[&str]) -> Pty {
    let mut pty = Pty::start(pty::command(home, &[&["present"], arguments].concat()));
    pty.wait_until("a slide", |pty| pty.screen().lines().last().is_some_and(|line| line.trim_end().contains('/')));
    pty
}

#[test]
fn the_notes_follow_within_a_fifth_of_a_second() {
    let home = tempdir().unwrap();
    let mut notes = notes(home.path());
    notes.wait_for("No talk yet");
    let mut talk = talk(home.path(), &["sea"]);
    notes.wait_for("1/14");
    let mut follow = |slide: usize| {
        let begun = Instant::now();
        talk.send(&format!("{slide}G"));
        notes.wait_for(&format!(" {slide}/14 "));
        begun.elapsed()
    };
    let delays: Vec<Duration> = (2..=8).map(&mut follow).collect();
    // The machine may be busy with other tests; what the program takes is the least of several times.
    assert!(delays.iter().min().unwrap() < &BEHIND, "{delays:?}");
}

#[test]
fn the_notes_go_on_when_either_side_starts_again() {
    let home = tempdir().unwrap();
    let mut talk_ = talk(home.path(), &["russia-sco"]);
    talk_.send("  ");
    let mut first = notes(home.path());
    first.wait_for(" 2/15 ");
    talk_.signal(Signal::KILL);
    talk_.end();
    let mut talk_ = talk(home.path(), &["--resume"]);
    talk_.send("4G");
    first.wait_for(" 4/15 ");
    first.send("q");
    first.end();
    let mut second = notes(home.path());
    second.wait_for(" 4/15 ");
    std::fs::remove_dir_all(home.path().join(".local/state/detente")).unwrap();
    talk_.send(" ");
    second.wait_until("the next step", |pty| pty.screen().contains("•"));
    talk_.send("5G");
    second.wait_for(" 5/15 ");
    talk_.send("q");
    second.wait_for("the talk is over");
}

/// The notes of a step of the almanac's tour.
fn shown(state: &TalkState, now: u64) -> Journey {
    let almanac = open(include_str!("fixtures/small.json"));
    let journey = Journey::begun(almanac, (80, 24), Errand::Notes, State::default());
    journey.happen(Input::Talk(state.clone())).happen(Input::Clock(Moment(now)))
}

fn step() -> TalkState {
    TalkState {
        version: 1,
        dataset: "The Almanac of the Two Rivers".to_owned(),
        tour: "walk".to_owned(),
        slide: 2,
        points: 1,
        began: Some(0),
        minutes: Some(10),
        running: true,
        ..TalkState::default()
    }
}

#[test]
fn they_say_what_to_say_what_is_seen_and_how_much_time_is_left() {
    let notes = shown(&step(), 61_000);
    assert!(notes.sees(" 2/5 Here") && notes.sees("1:01 · 8:59 left"), "{}", notes.text());
    assert!(notes.sees("Wait.") && notes.sees("• Two rivers") && notes.sees("◦ One fork"), "{}", notes.text());
    assert!(notes.sees("Next Bree") && notes.sees("◦ Wool"));
    assert!(shown(&TalkState { slide: 5, ..step() }, 0).sees("This is the last slide."));
    assert!(shown(&step(), 660_000).sees("11:00 · 1:00 over"));
    assert!(shown(&TalkState { minutes: None, ..step() }, 3_600_000).sees("1:00:00"));
    assert!(shown(&TalkState { began: None, ..step() }, 0).sees("not begun"));
    assert!(shown(&TalkState { running: false, ..step() }, 0).sees("the talk is over"));
}

#[test]
fn they_wake_for_each_second_of_a_talk_and_else_never() {
    assert_eq!(shown(&step(), 1_500).wakes_at(), Some(Moment(2_000)));
    assert_eq!(shown(&TalkState { began: None, ..step() }, 1_500).wakes_at(), None);
    assert_eq!(shown(&TalkState { running: false, ..step() }, 1_500).wakes_at(), None);
}

#[test]
fn they_say_why_they_show_nothing() {
    assert!(shown(&TalkState { dataset: "Another".to_owned(), ..step() }, 0).sees("another dataset"));
    assert!(shown(&TalkState { tour: "none".to_owned(), ..step() }, 0).sees("does not have"));
}

#[test]
fn a_tour_of_marks_is_known_by_its_stops() {
    let state = TalkState { tour: "marks".to_owned(), stops: vec!["country/bb".to_owned()], ..step() };
    assert!(shown(&state, 0).sees(" 2/2 Bree"));
    assert!(!SHIPPED.tours.is_empty());
}
