//! Talks: what each key does, and that nothing of a talk or of the explorer behind it is lost.

use detente::action::{Effect, Input};
use detente::clock::Moment;
use detente::dataset::Dataset;
use detente::state::{State, TalkState};

use crate::common::{Journey, SHIPPED, open};

fn almanac() -> &'static Dataset {
    open(include_str!("fixtures/small.json"))
}

/// The almanac's tour, begun from the explorer.
fn talk() -> Journey {
    Journey::on(almanac(), (80, 24), None, State::default()).press("P Enter")
}

/// The step that was kept last.
fn kept(journey: &Journey) -> &TalkState {
    let kept = journey.effects.iter().rev().find_map(|effect| match effect {
        Effect::KeepTalk(talk) => Some(talk),
        _ => None,
    });
    kept.expect("no step was kept")
}

#[test]
fn points_are_revealed_one_at_a_time_and_hidden_again() {
    let talk = talk();
    assert!(talk.sees("A walk") && !talk.sees("Here"));
    let talk = talk.press("Space");
    assert!(talk.sees("Here") && !talk.sees("Two rivers"));
    let talk = talk.press("PageDown Right");
    assert!(talk.sees("Two rivers") && talk.sees("One fork"));
    let talk = talk.press("PageUp");
    assert!(talk.sees("Two rivers") && !talk.sees("One fork"));
}

#[test]
fn every_step_is_kept_and_the_end_as_well() {
    let talk = talk().happen(Input::Clock(Moment(5000))).press("n n");
    assert_eq!((kept(&talk).slide, kept(&talk).points, kept(&talk).began), (2, 1, Some(5000)));
    assert!(kept(&talk).running);
    let talk = talk.press("q");
    assert!(!kept(&talk).running && !talk.effects.contains(&Effect::Quit));
    assert!(talk.sees("Timeline"));
}

#[test]
fn an_excursion_opens_the_record_on_the_slide_and_returns_to_the_very_step() {
    let before = talk().press("n n");
    let picture = before.picture();
    let away = before.press("e");
    assert!(away.sees("The Fork") && away.sees("e goes back to the talk"));
    let back = away.press("j 2 j j Enter / x Esc e");
    assert_eq!(back.picture(), picture);
    let twice = back.press("e 3 q");
    assert!(twice.sees("Back in the talk"), "q in an excursion ends the talk");
    assert_eq!(twice.press("n p").picture(), picture);
}

#[test]
fn without_a_talk_there_is_none_to_go_back_to() {
    assert!(Journey::new().press("e").sees("No talk is being given"));
}

#[test]
fn a_dataset_without_tours_offers_its_sections() {
    let sections = SHIPPED.sections.len() + SHIPPED.paragraphs.len() + 1;
    let tours = detente::tour::tours(&SHIPPED);
    if SHIPPED.tours.is_empty() {
        assert_eq!(tours[0].stops.len() + 1, sections);
    }
}
