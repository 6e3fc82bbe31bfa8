//! Every place at every size: nothing panics, nothing is drawn outside, and little is cut that is essential.

use std::sync::Arc;

use detente::action::Input;
use detente::app::Errand;
use detente::dataset::{Dataset, Kind, Record, Tour, Vocabulary};
use detente::place::{Place, Tab};
use detente::screens::present::Talk;
use detente::state::State;
use detente::tour::tours;

use crate::common::{INVENTED, Journey, SHIPPED, is_long};
use crate::studying::student;

/// All places of a dataset: the tabs, each record's page, and each record's source.
fn places(dataset: &Dataset) -> Vec<Place> {
    let tabs = Tab::ALL.into_iter().map(Place::Tab);
    let pages = dataset.all().flat_map(|record| [Place::Record(record), Place::Source(record)]);
    tabs.chain(pages).collect()
}

/// Sizes around every limit of the layout.
const LIMITS: [(u16, u16); 12] = [
    (0, 0),
    (1, 1),
    (19, 5),
    (20, 5),
    (21, 6),
    (59, 12),
    (60, 11),
    (80, 24),
    (99, 16),
    (100, 13),
    (120, 40),
    (200, 60),
];

#[test]
fn r23_every_place_draws_around_every_limit_of_the_layout() {
    for dataset in [*SHIPPED, *INVENTED] {
        for (place, size) in places(dataset).into_iter().flat_map(|place| LIMITS.map(|size| (place, size))) {
            Journey::on(dataset, size, Some(place), State::default()).buffer();
        }
    }
}

#[test]
fn no_page_knows_the_shipped_chapter_by_heart() {
    for (place, size) in places(&INVENTED).into_iter().flat_map(|place| [(50, 16), (120, 40)].map(|size| (place, size)))
    {
        for keys in ["", "j K", "/", "t", "Tab z"] {
            let seen = Journey::on(&INVENTED, size, Some(place), State::default()).press(keys).text();
            for word in [
                "China",
                "Chinese",
                "PLA",
                "ASEAN",
                "Russia",
                "country/ru",
                "country:ru",
                "India",
                "yellow sea",
                "2003",
                "2004",
            ] {
                assert!(!seen.contains(word), "{word} on {} after {keys:?}:\n{seen}", place.address(&INVENTED));
            }
        }
    }
}

/// Draws some places, each in one run of the program that is resized: at every width and every height from 0×0 to
/// 200×60, in the long form at every size of these, which takes hours (`DETENTE_LONG=1 cargo test --release r23`), in the
/// short one at every fifth, which differ from place to place.
fn at_every_size(places: impl Iterator<Item = Place>) {
    let step = if is_long() { 1 } else { 5 };
    for (number, place) in places.enumerate() {
        let mut journey = Journey::on(&SHIPPED, (120, 40), Some(place), State::default());
        let heights = |width: u16| ((width + number as u16) % step..=60).step_by(usize::from(step));
        for (width, height) in (0..=200).flat_map(|width| heights(width).map(move |height| (width, height))) {
            journey = journey.happen(Input::Resize(width, height));
            journey.buffer();
        }
    }
}

/// One record of each kind: the one with the most links.
fn representatives() -> Vec<Record> {
    let richest = |&kind: &Kind| SHIPPED.records(kind).max_by_key(|&record| SHIPPED.links(record).len());
    Kind::ALL.iter().filter_map(richest).collect()
}

#[test]
fn r23_tabs_draw_at_every_size() {
    at_every_size(Tab::ALL.into_iter().map(Place::Tab));
}

#[test]
fn r23_pages_draw_at_every_size() {
    let records = if is_long() { SHIPPED.all().collect() } else { representatives() };
    at_every_size(records.into_iter().map(Place::Record));
}

#[test]
fn r23_sources_draw_at_every_size() {
    let records = if is_long() { SHIPPED.all().collect() } else { representatives()[2..4].to_vec() };
    at_every_size(records.into_iter().map(Place::Source));
}

#[test]
fn r23_every_place_draws_and_moves_at_some_size() {
    let places = places(&SHIPPED);
    let sizes = (0..=200).step_by(3).flat_map(|width| (0..=60).step_by(3).map(move |height| (width, height)));
    for (size, &place) in sizes.zip(places.iter().cycle()) {
        Journey::on(&SHIPPED, size, Some(place), State::default()).press("j").buffer();
    }
}

#[test]
fn r23_every_window_draws_at_all_sizes() {
    for keys in ["/", "?", "K", "t", "'", "m '", "z", "Tab z"] {
        for (width, height) in (0..=130).step_by(5).flat_map(|width| (0..=45).step_by(2).map(move |h| (width, h))) {
            let journey = Journey::sized("country/pk", (width, height)).press("j").press(keys);
            if keys == "/" {
                journey.write("sea").press("Down Tab").buffer()
            } else {
                journey.buffer()
            };
        }
    }
}

#[test]
fn r23_every_view_draws_at_all_sizes() {
    let views =
        [("home", "f"), ("home", "v j l"), ("home", "v v l"), ("home", "- f Enter Esc v v"), ("map", "+ Right")];
    for (address, keys) in views {
        for (width, height) in (0..=130).step_by(5).flat_map(|width| (0..=45).step_by(2).map(move |h| (width, h))) {
            Journey::sized(address, (width, height)).press(keys).buffer();
        }
    }
}

#[test]
fn r23_every_screen_of_studying_draws_at_all_sizes() {
    for keys in student::SCREENS {
        let mut student = student::after_weeks(Journey::sized("home", (80, 24)), keys);
        for (width, height) in (0..=130).step_by(5).flat_map(|width| (0..=45).step_by(2).map(move |h| (width, h))) {
            student = student.happen(Input::Resize(width, height));
            student.journey().buffer();
        }
    }
}

#[test]
fn r24_a_shrink_while_studying_is_drawn_for_what_is_there() {
    for keys in student::SCREENS {
        let mut student = student::after_weeks(Journey::sized("home", (120, 40)), keys);
        for (width, height) in [(3, 3), (80, 24), (0, 0), (61, 7), (20, 5), (200, 60), (59, 60), (21, 6)] {
            student = student.happen(Input::Resize(width, height)).press("j k G");
            student.journey().buffer();
        }
    }
}

#[test]
fn r23_below_the_smallest_size_it_says_what_it_needs() {
    assert!(Journey::sized("home", (19, 5)).sees("20 × 5"));
    assert!(Journey::sized("home", (30, 4)).sees("20 × 5"));
    assert!(!Journey::sized("home", (20, 5)).sees("20 × 5"));
}

#[test]
fn r24_a_shrink_between_update_and_draw_is_drawn_for_what_is_there() {
    for keys in ["", "Tab", "/ s", "f", "?", "K", "P", "P Enter n", "P Enter o", "S", "S Enter", "4", "7", "v v"] {
        let journey = Journey::at("country/ru").press(keys);
        for size in LIMITS.into_iter().chain([(500, 3), (3, 500)]) {
            assert_eq!(journey.buffer_of(size).area.as_size(), size.into());
        }
    }
    let mut journey = Journey::at("country/ru").press("j j j");
    for (width, height) in [(120, 40), (3, 3), (80, 24), (0, 0), (61, 7), (20, 5), (200, 60), (59, 60)] {
        journey = journey.happen(Input::Resize(width, height)).press("j PageDown G k Tab g");
        journey.buffer();
    }
}

#[test]
fn r25_screens_larger_than_any_terminal() {
    for size in [(500, 200), (1, 5000), (2000, 1), (2000, 30)] {
        for address in ["home", "country/cn", "map", "figures"] {
            Journey::sized(address, size).press("Tab j").buffer();
        }
    }
}

/// A talk on a shipped tour at its title.
fn talk(tour: &Arc<Tour>, size: (u16, u16)) -> Journey {
    let talk = Talk::new(&SHIPPED, tour.clone(), None);
    Journey::begun(&SHIPPED, size, Errand::Talk(talk), State::default())
}

#[test]
fn r23_every_slide_and_every_step_draws_around_every_limit_of_the_layout() {
    let limits = [(20, 5), (40, 12), (60, 15), (60, 16), (69, 24), (70, 24), (80, 24), (120, 40), (200, 60), (75, 40)];
    for (tour, size) in tours(&SHIPPED).iter().flat_map(|tour| limits.map(|size| (tour, size))) {
        let mut talk = talk(tour, size);
        let steps: usize = tour.stops.iter().map(|stop| stop.points.len() + 1).sum();
        for _ in 0..steps {
            talk.buffer();
            talk = talk.press("n");
        }
        assert!(talk.text().trim_end().ends_with(&format!("{0}/{0}", tour.stops.len() + 1)), "{}", talk.text());
    }
}

#[test]
fn r23_some_slide_draws_at_every_size() {
    let tours = tours(&SHIPPED);
    let slides: Vec<(&Arc<Tour>, usize)> =
        tours.iter().flat_map(|tour| (1..=tour.stops.len() + 1).map(move |slide| (tour, slide))).collect();
    let sizes = (0..=200).flat_map(|width| (0..=60).map(move |height| (width, height)));
    for (size, (tour, slide)) in sizes.zip(slides.into_iter().cycle()) {
        let digits: Vec<String> = slide.to_string().chars().map(String::from).collect();
        talk(tour, size).press(&digits.join(" ")).press("G n n n p").buffer();
        talk(tour, size).press("o Down").buffer();
    }
}

#[test]
fn r23_the_last_point_of_every_slide_can_be_read_in_a_small_window() {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for size in [(40, 12), (60, 15)] {
        for tour in tours(&SHIPPED) {
            let mut talk = talk(&tour, size);
            for stop in &tour.stops {
                let steps = "n ".repeat(stop.points.len() + 1);
                talk = talk.press(&steps);
                let seen = words(&talk.text());
                let last = stop.points.last().map(|point| words(point)).unwrap_or_default();
                assert!(seen.contains(&last), "{last:?} cannot be read:\n{}", talk.text());
                let title = stop.title.as_ref().unwrap_or(SHIPPED.name(stop.at));
                assert!(seen.contains(&**title), "{title:?} cannot be read:\n{}", talk.text());
            }
        }
    }
}
