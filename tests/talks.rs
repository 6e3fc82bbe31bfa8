//! Talks: what each key does, and that nothing of a talk or of the explorer behind it is lost.

use detente::action::{Effect, Input};
use detente::app::Errand;
use detente::clock::Moment;
use detente::dataset::Dataset;
use detente::screens::present::Talk;
use detente::state::{Shown, State, TalkState};
use detente::tour;

use crate::common::{Journey, SHIPPED, open};

fn almanac() -> &'static Dataset {
    open(include_str!("fixtures/small.json"))
}

/// The almanac's tour, begun from the explorer on a screen too low for large letters.
fn talk() -> Journey {
    Journey::on(almanac(), (60, 14), None, State::default()).press("P Enter")
}

/// A shipped tour, as the command line begins it.
fn shipped(id: &str, minutes: Option<u32>) -> Journey {
    let talk = Talk::new(&SHIPPED, tour::find(&SHIPPED, id).unwrap(), minutes);
    Journey::begun(&SHIPPED, (60, 14), Errand::Talk(talk), State::default())
}

/// The step that was kept last.
fn kept(journey: &Journey) -> &TalkState {
    let kept = journey.effects.iter().rev().find_map(|effect| match effect {
        Effect::KeepTalk(talk) => Some(talk),
        _ => None,
    });
    kept.expect("no step was kept")
}

/// The slide, from 1, and the points that are revealed.
fn standing(journey: &Journey) -> (usize, usize) {
    (kept(journey).slide, kept(journey).points)
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
fn a_point_more_moves_nothing_that_is_there() {
    for size in [(80, 24), (120, 40), (200, 60), (40, 30), (60, 14)] {
        let talk = shipped("whole-chapter", None).happen(Input::Resize(size.0, size.1));
        let mut before = talk.press("n n").buffer();
        for keys in ["n n", "n n n", "n n n n"] {
            let talk = shipped("whole-chapter", None).happen(Input::Resize(size.0, size.1)).press("n").press(keys);
            let after = talk.buffer();
            for (old, new) in before.content.iter().zip(&after.content) {
                assert!(old.symbol() == " " || old == new, "at {size:?}:\n{}", talk.text());
            }
            before = after;
        }
    }
}

#[test]
fn all_keys_and_the_codes_of_clickers_go_on_and_back() {
    for next in ["Space", "PageDown", "Right", "l", "n", "Enter", "j", "Down"] {
        let on = shipped("sea", None).press(next);
        assert_eq!(standing(&on), (2, 0), "{next}");
        for previous in ["PageUp", "Left", "h", "p", "Backspace", "k", "Up"] {
            let back = shipped("sea", None).press(next).press(previous);
            assert_eq!(standing(&back), (1, 0), "{previous}");
        }
    }
}

#[test]
fn going_back_to_a_slide_shows_it_as_it_was_left() {
    let talk = shipped("sea", None).press("3 G").press("p");
    assert_eq!(standing(&talk), (2, tour::find(&SHIPPED, "sea").unwrap().stops[0].points.len()));
}

#[test]
fn a_number_and_enter_or_g_go_to_a_slide() {
    assert_eq!(standing(&shipped("whole-chapter", None).press("1 2 G")), (12, 0));
    assert_eq!(standing(&shipped("whole-chapter", None).press("1 2 Enter")), (12, 0));
    let typing = shipped("whole-chapter", None).press("1 2");
    assert!(typing.sees("to slide 12") && standing(&typing) == (1, 0));
    assert!(!typing.press("Esc").sees("to slide"));
    let beyond = shipped("sea", None).press("9 9 G");
    assert!(beyond.sees("There is no slide 99; the last is 14.") && standing(&beyond) == (1, 0));
    assert!(shipped("sea", None).press("0 G").sees("There is no slide 0"));
}

#[test]
fn home_end_and_f5_jump_and_esc_takes_a_jump_back() {
    let talk = shipped("sea", None).press("5 G n");
    assert_eq!(standing(&talk), (5, 1));
    let talk = talk.press("End");
    assert_eq!(standing(&talk), (14, 0));
    let talk = talk.press("Home");
    assert_eq!(standing(&talk), (1, 0));
    let talk = talk.press("Esc");
    assert_eq!(standing(&talk), (5, 1), "back to where the jumps began");
    let clicker = talk.press("F5");
    assert_eq!(standing(&clicker), (1, 0));
    assert_eq!(standing(&clicker.press("Esc")), (5, 1), "a clicker sends F5 and Esc in turn");
    assert_eq!(standing(&shipped("sea", None).press("5 G n Esc Esc Esc")), (5, 1));
}

#[test]
fn esc_never_ends_the_talk_and_q_does() {
    let talk = shipped("sea", None).press("n Esc Esc b Esc Esc o Esc Esc");
    assert!(!talk.effects.contains(&Effect::Quit) && kept(&talk).running);
    let talk = talk.press("q");
    assert!(talk.effects.contains(&Effect::Quit) && !kept(&talk).running);
}

#[test]
fn the_last_slide_is_the_last() {
    let talk = shipped("sea", None).press("End n n n n n n n");
    assert!(talk.sees("That was the last slide; q ends the talk."), "{}", talk.text());
    assert!(shipped("sea", None).press("p").sees("This is the first slide."));
}

#[test]
fn black_and_white_show_nothing_and_any_key_brings_the_very_slide_back() {
    let talk = shipped("sea", None).press("n n n");
    let slide = talk.picture();
    for (blank, back) in [("b", "b"), (".", "."), ("w", "w"), (",", ","), ("b", "Space"), ("w", "PageUp"), ("b", "Esc")]
    {
        let blank_talk = shipped("sea", None).press("n n n").press(blank);
        assert_eq!(blank_talk.text().trim(), "", "{blank}");
        assert_ne!(blank_talk.picture(), slide);
        let shown = blank_talk.press(back);
        assert_eq!(shown.picture(), slide, "{blank} then {back}");
    }
    let changed = shipped("sea", None).press("n n n").press("b w");
    assert_eq!(changed.picture(), shipped("sea", None).press("n n n w").picture(), "from black to white");
}

#[test]
fn the_overview_goes_to_any_slide() {
    let overview = shipped("sea", None).happen(Input::Resize(80, 24)).press("n o");
    assert!(
        overview.sees("2 The sea") && overview.sees("6 India") && overview.sees("Enter go to"),
        "{}",
        overview.text()
    );
    assert_eq!(standing(&overview.press("Right Down Enter")), (6, 0));
    let closed = shipped("sea", None).press("n n o Down Esc");
    assert_eq!(standing(&closed), (2, 1), "Esc stays where the talk is");
    assert_eq!(standing(&shipped("sea", None).press("n n o Enter")), (2, 1), "as does Enter on the same slide");
    assert_eq!(standing(&shipped("sea", None).press("o End Enter")), (14, 0));
}

#[test]
fn the_timer_begins_with_the_first_step_and_wakes_for_each_minute() {
    let at = |seconds: u64| Input::Clock(Moment(seconds * 1000));
    let talk = shipped("sea", Some(20)).happen(at(100)).press("T");
    assert!(talk.sees("0 of 20 min") && talk.wakes_at().is_none(), "the speaker may wait at the title");
    let talk = talk.happen(at(200)).press("n").happen(at(330));
    assert!(talk.sees("2 of 20 min"), "{}", talk.text());
    assert_eq!(talk.wakes_at(), Some(Moment(380_000)));
    let talk = talk.press("b");
    assert_eq!(talk.wakes_at(), None, "nothing is drawn on black");
    let talk = talk.press("b T");
    assert!(!talk.sees("min") && talk.wakes_at().is_none(), "nothing runs while no timer is shown");
}

#[test]
fn every_step_is_kept_and_the_end_as_well() {
    let talk = talk().happen(Input::Clock(Moment(5000))).press("n n");
    assert_eq!((standing(&talk), kept(&talk).began), ((2, 1), Some(5000)));
    assert!(kept(&talk).running);
    let before = talk.effects.len();
    let talk = talk.press("T ? Esc");
    assert_eq!(talk.effects.len(), before, "what changes no step is not kept again");
    let talk = talk.press("q");
    assert!(!kept(&talk).running && !talk.effects.contains(&Effect::Quit));
    assert!(talk.sees("Timeline"));
}

#[test]
fn a_talk_goes_on_where_it_was_left() {
    let resumed = |state: &TalkState| {
        let mut talk = Talk::new(&SHIPPED, tour::find(&SHIPPED, &state.tour).unwrap(), None);
        talk.resume(state);
        Journey::begun(&SHIPPED, (60, 14), Errand::Talk(talk), State::default()).happen(Input::Clock(Moment(9000)))
    };
    let talk = shipped("sea", Some(15)).happen(Input::Clock(Moment(1000))).press("n 6 G n n");
    let cut_off = resumed(kept(&talk));
    assert_eq!(cut_off.picture(), talk.picture());
    assert_eq!((kept(&cut_off).began, kept(&cut_off).minutes), (Some(1000), Some(15)), "the clock goes on");
    let ended = talk.press("q");
    assert_eq!(standing(&resumed(kept(&ended))), (6, 2));
    assert_eq!(kept(&resumed(kept(&ended))).began, None, "a talk that was ended begins a new clock");
    let shorter = TalkState { slide: 99, points: 99, ..kept(&ended).clone() };
    assert_eq!(standing(&resumed(&shorter)), (14, 3), "a tour may have become shorter meanwhile");
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
fn the_explorer_keeps_the_way_of_an_excursion_in_its_trail() {
    let home = Journey::on(almanac(), (120, 24), None, State::default()).press("2 j");
    let picture = home.panes();
    let after = home.press("P Enter n e q q").press("Backspace");
    assert_eq!(after.panes(), picture, "going back leads to where the talk began");
}

#[test]
fn without_a_talk_there_is_none_to_go_back_to() {
    assert!(Journey::new().press("e").sees("No talk is being given; P begins one."));
}

#[test]
fn the_explorer_offers_the_tours_and_the_marks() {
    let tours = Journey::at("country/ru").press("m P");
    for tour in &SHIPPED.tours {
        assert!(tours.sees(&tour.about.name), "{}", tours.text());
    }
    assert!(tours.sees("Marks"));
    let marks = tours.press("End Enter n");
    assert_eq!((&*kept(&marks).tour, &*kept(&marks).stops), ("marks", &["country/ru".to_owned()][..]));
}

#[test]
fn a_stop_without_points_says_what_the_record_says_of_itself() {
    let marks = tour::of_marks(&SHIPPED, &[SHIPPED.find("exercise/joint-2003").unwrap()]);
    let slides = tour::slides(&SHIPPED, &marks);
    assert_eq!(&*slides[1].title, "Joint-2003");
    assert!(slides[1].points.len() > 1 && slides[1].show.is_some(), "{:?}", slides[1].points);
    assert!(slides[1].points[1].ends_with('.'), "a sentence is cut in two: {:?}", slides[1].points);
}

#[test]
fn a_dataset_without_tours_offers_its_sections() {
    let text = include_str!("fixtures/small.json");
    let untoured = format!("{}}}", &text[..text.find(",\n\"tours\"").unwrap()]);
    let tours = tour::tours(open(&untoured));
    let titles: Vec<&str> = tours[0].stops.iter().map(|stop| &**open(&untoured).name(stop.at)).collect();
    assert_eq!(
        titles,
        ["Of Rivers", "Paragraph 1", "Of Fairs", "Paragraph 2", "Paragraph 3", "Of Nothing", "Paragraph 9"]
    );
}

#[test]
fn a_resize_in_the_middle_of_a_reveal_keeps_the_step() {
    let talk = shipped("sea", None).happen(Input::Resize(80, 24)).press("2 G n n");
    let picture = talk.picture();
    let mut talk = talk;
    for (width, height) in [(40, 12), (200, 60), (1, 1), (0, 0), (19, 4), (80, 24)] {
        talk = talk.happen(Input::Resize(width, height));
        talk.buffer();
    }
    assert_eq!(talk.picture(), picture);
    let talk = talk.happen(Input::Resize(40, 12));
    let points = &tour::find(&SHIPPED, "sea").unwrap().stops[0].points;
    assert!(talk.sees(&points[1]) && !talk.sees(&points[2]), "{}", talk.text());
}

/// Another program may have another dataset, with more slides or fewer.
#[test]
fn slides_that_are_shown_elsewhere_and_do_not_exist_here_are_left_out() {
    for (slide, furthest) in
        [(1, vec![None; 40]), (40, vec![Some(9); 40]), (2, [vec![None; 40], vec![Some(0)]].concat())]
    {
        let talk = TalkState { tour: "sea".to_owned(), slide, points: 9, ..TalkState::default() };
        let shown = Shown { talk, blank: None, furthest };
        let watch = Journey::begun(&SHIPPED, (60, 14), Errand::Watch(shown.clone()), State::default());
        let watch = watch.press("k").happen(Input::Shown(shown.into())).press("j g j j k");
        assert!(watch.text().lines().count() == 14, "{}", watch.text());
    }
}
