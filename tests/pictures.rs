//! Pictures of every kind of page at two sizes, with their styles.

use detente::action::Input;
use detente::app::Errand;
use detente::clock::Moment;
use detente::screens::present::Talk;
use detente::state::{State, TalkState};
use detente::tour;
use insta::assert_snapshot;

use crate::common::{INVENTED, Journey, SHIPPED, opening};
use crate::journal::model::Model;
use crate::studying::student::{NOON, Student, after_days};

/// A place and the keys pressed there, under a name.
const PICTURES: &[(&str, &str, &str)] = &[
    ("home", "home", ""),
    ("country", "country/pk", "j"),
    ("event", "exercise/joint-2003", "j"),
    ("paragraph", "paragraph/16", "j"),
    ("figures", "figures", "j j"),
    ("map", "map", "j"),
    ("source", "source/country/fr", ""),
    ("filter", "home", "f j Enter"),
    ("chips", "home", "f j Enter Esc"),
    ("lanes", "home", "v g l"),
    ("chart", "home", "v v l l l l l"),
    ("quarters", "home", "- l l l l"),
    ("nearer", "map", "Right Right + +"),
    ("of_a_figure", "figure/peacekeeping-military-total", ""),
    ("help", "home", "?"),
    ("marks", "country/mn", "m 2 m '"),
];

#[test]
fn pictures() {
    for (width, height) in [(80, 24), (120, 40)] {
        for (name, address, keys) in PICTURES {
            let journey = Journey::sized(address, (width, height)).press(keys);
            assert_snapshot!(format!("{name}_{width}x{height}"), journey.picture());
        }
        let search = Journey::sized("home", (width, height)).press("/").write("yellow sea").press("Down");
        assert_snapshot!(format!("search_{width}x{height}"), search.picture());
    }
}

/// A tour and the keys pressed in a talk on it, under a name.
const SLIDES: &[(&str, &str, &str)] = &[
    ("talk_title", "russia-sco", ""),
    ("talk_map", "russia-sco", "1 3 G n n"),
    ("talk_sum", "peacekeeping", "4 G n n n"),
    ("talk_number", "whole-chapter", "3 0 G n n"),
    ("talk_events", "whole-chapter", "6 G n n n n"),
    ("talk_words", "whole-chapter", "3 G n n n"),
    ("talk_overview", "whole-chapter", "1 2 G o"),
];

fn talk(tour: &str, size: (u16, u16), ascii: bool) -> Journey {
    let talk = Talk::new(&SHIPPED, tour::find(&SHIPPED, tour).unwrap(), None);
    let opening = opening(size, None, State::default());
    Journey::opening(&SHIPPED, detente::app::Opening { errand: Some(Errand::Talk(talk)), ascii, ..opening })
}

#[test]
fn talk_pictures() {
    for (width, height) in [(80, 24), (120, 40)] {
        for (name, tour, keys) in SLIDES {
            let picture = talk(tour, (width, height), false).press(keys).picture();
            assert_snapshot!(format!("{name}_{width}x{height}"), picture);
        }
    }
    assert_snapshot!("talk_sum_200x60", talk("peacekeeping", (200, 60), false).press("4 G n n n").picture());
    assert_snapshot!("talk_map_40x12", talk("russia-sco", (40, 12), false).press("1 3 G n n n n").picture());
    assert_snapshot!("talk_map_ascii_120x40", talk("russia-sco", (120, 40), true).press("1 3 G n n").text());
}

#[test]
fn notes_pictures() {
    let step = TalkState {
        version: 1,
        dataset: SHIPPED.source.title.to_string(),
        tour: "russia-sco".to_owned(),
        slide: 5,
        points: 1,
        began: Some(0),
        minutes: Some(20),
        running: true,
        ..TalkState::default()
    };
    for (width, height) in [(80, 24), (50, 16)] {
        let notes = Journey::begun(&SHIPPED, (width, height), Errand::Notes, State::default())
            .happen(Input::Talk(step.clone()))
            .happen(Input::Clock(Moment(250_000)));
        assert_snapshot!(format!("notes_{width}x{height}"), notes.picture());
    }
}

/// What is done in the decks of the invented dataset, whose cards do not change with the chapter, under a name.
const STUDYING: &[(&str, &str)] = &[
    ("decks", ""),
    ("card", "Enter Space"),
    ("choices", "Enter c 2"),
    ("summary", "Enter Space 1 Space 3 q"),
    ("statistics", "v"),
];

#[test]
fn pictures_of_studying() {
    let weeks = after_days(&INVENTED, 40, NOON).live();
    for (width, height) in [(80, 24), (120, 40)] {
        for (name, keys) in STUDYING {
            let disk = Model::default();
            disk.write(&weeks);
            let journey = Journey::on(&INVENTED, (width, height), None, State::default());
            let student = Student::at(journey, disk).press("S").press(keys);
            assert_snapshot!(format!("{name}_{width}x{height}"), student.journey().picture());
        }
    }
}
