//! Journeys: a place, keys, and the place where they lead.

use detente::action::{Effect, Input};
use detente::dataset::Clean;
use detente::state::State;

use crate::common::{Journey, SHIPPED};

/// Where a journey begins, the keys pressed, and where it ends.
const JOURNEYS: &[(&str, &str, &str)] = &[
    ("home", "2", "countries"),
    ("home", "7 1", "home"),
    ("country/ru", "Backspace", "home"),
    ("country/ru", "Backspace L", "country/ru"),
    ("country/ru", "s", "source/country/ru"),
    ("country/ru", "s Backspace", "country/ru"),
    ("country/ru", "1 C-o", "country/ru"),
    ("country/ru", "s s", "source/country/ru"),
    ("country/ru", "Esc Esc Esc", "country/ru"),
    ("country/ru", "? Esc", "country/ru"),
    ("paragraph/5", "2 3 4 5 6 7 H H H", "documents"),
    ("section/1", "G Enter H", "section/1"),
    ("home", "Backspace Backspace Backspace", "home"),
    ("home", "L", "home"),
];

#[test]
fn journeys() {
    for (from, keys, to) in JOURNEYS {
        assert_eq!(Journey::at(from).press(keys).place(), *to, "from {from} by {keys}");
    }
}

#[test]
fn enter_follows_what_is_selected_and_back_restores_the_very_picture() {
    for address in ["home", "countries", "mechanisms", "country/ru", "paragraph/14", "source/organisation/sco"] {
        let before = Journey::at(address).press("j j j PageDown j");
        let picture = before.picture();
        let there = before.press("Enter");
        assert_ne!(there.place(), address, "Enter leads nowhere from {address}");
        let deeper = there.press("j Enter j Enter");
        let forward = deeper.place();
        let back = deeper.press("Backspace Backspace Backspace");
        assert_eq!(back.place(), address);
        assert_eq!(back.picture(), picture, "{address} came back changed");
        assert_eq!(back.press("L L L").place(), forward);
    }
}

#[test]
fn folds_sorting_and_tabs_come_back_as_they_were_left() {
    let folded = Journey::new().press("S-Tab j h");
    let panes = folded.panes();
    assert_eq!(folded.press("2 o j j 6 1").panes(), panes);
    let sorted = Journey::at("countries").press("o j j");
    let panes = sorted.panes();
    assert_eq!(sorted.press("Enter 1 j 2").panes(), panes);
}

#[test]
fn moving_in_the_sections_narrows_the_timeline_and_the_detail() {
    let narrowed = Journey::new().press("S-Tab j j");
    assert_eq!(narrowed.place(), "home");
    assert!(narrowed.sees(" of "), "{}", narrowed.text());
    assert!(narrowed.sees("paragraph/1"), "{}", narrowed.text());
}

#[test]
fn opening_a_branch_of_the_outline_opens_its_page() {
    assert_eq!(Journey::new().press("S-Tab j Enter").place(), "section/0");
    assert_eq!(Journey::new().press("S-Tab j j Enter").place(), "paragraph/1");
}

#[test]
fn next_with_the_same_link_walks_through_all_events_of_a_country() {
    let pakistan = SHIPPED.find("country/pk").unwrap();
    let events = SHIPPED.events_with(pakistan);
    let first = SHIPPED.address(events[0]);
    let mut journey = Journey::at(&first);
    while !journey.text().contains("Pakistan") {
        journey = journey.press("j");
    }
    journey = select_link(journey, "country/pk");
    for &event in &events[1..] {
        journey = journey.press("}");
        assert_eq!(journey.place(), SHIPPED.address(event), "{}", journey.footer());
    }
    let end = journey.press("}");
    assert_eq!(end.place(), SHIPPED.address(events[events.len() - 1]));
    assert!(end.footer().contains("last"), "{}", end.footer());
    let back = end.press("{");
    assert_eq!(back.place(), SHIPPED.address(events[events.len() - 2]));
}

/// Steps from link to link until peeking shows the record at `address`.
fn select_link(mut journey: Journey, address: &str) -> Journey {
    for _ in 0..40 {
        journey = journey.press("j K");
        let found = journey.sees(address) && journey.sees("Enter open · Esc stay");
        journey = journey.press("Esc");
        if found {
            return journey;
        }
    }
    panic!("no link to {address}");
}

#[test]
fn peek_shows_without_leaving_and_enter_goes() {
    let peeked = select_link(Journey::at("paragraph/6"), "country/pk").press("K");
    assert_eq!(peeked.place(), "paragraph/6");
    assert!(peeked.sees("Islamabad"), "{}", peeked.text());
    assert_eq!(peeked.press("Enter").place(), "country/pk");
}

#[test]
fn the_trail_lists_the_places_and_returns_to_any() {
    let trail = Journey::at("country/ru").press("s Backspace 2 3 4 t");
    for name in ["Timeline", "Russia", "Countries", "Organisations", "Documents"] {
        assert!(trail.sees(name), "{name} is not in the trail:\n{}", trail.text());
    }
    assert_eq!(trail.press("g j Enter").place(), "country/ru");
}

#[test]
fn marks_are_kept_listed_opened_and_taken_away() {
    let marked = Journey::at("country/ru").press("m");
    assert_eq!(marked.state().marks, ["country/ru"]);
    assert!(matches!(&marked.effects[..], [Effect::Save(state)] if state.marks == ["country/ru"]));
    let listed = marked.press("1 '");
    assert!(listed.sees("Marks") && listed.sees("Russia"));
    let opened = listed.press("Enter");
    assert_eq!(opened.place(), "country/ru");
    assert!(opened.press("m").state().marks.is_empty());
}

#[test]
fn a_second_run_begins_where_the_first_ended() {
    let first = Journey::at("country/ru").press("m s q");
    let state = first.state();
    assert_eq!(first.effects.last(), Some(&Effect::Quit));
    assert!(first.effects.contains(&Effect::Save(state.clone())));
    let second = Journey::on(&SHIPPED, (120, 40), None, state);
    assert_eq!(second.place(), "source/country/ru");
    assert_eq!(second.state().marks, ["country/ru"]);
    assert_eq!(second.press("Backspace").place(), "home");
}

#[test]
fn a_state_of_another_dataset_is_no_obstacle() {
    let state =
        State { version: 1, marks: vec!["country/zz".into()], last: Some("event/gone".into()), ..State::default() };
    let journey = Journey::on(&SHIPPED, (120, 40), None, state);
    assert_eq!(journey.place(), "home");
    assert!(journey.state().marks.is_empty());
}

#[test]
fn search_opens_what_it_finds_and_comes_back_as_it_was_left() {
    let found = Journey::new().press("/").write("pakistan").press("Enter");
    assert_eq!(found.place(), "country/pk");
    let next = found.press("n");
    assert_ne!(next.place(), "country/pk");
    assert!(next.footer().contains("Hit 2 of"), "{}", next.footer());
    let again = next.press("N").press("/");
    assert!(again.sees("/ pakistan"), "{}", again.text());
    assert_eq!(again.press("Esc").place(), "country/pk");
}

#[test]
fn a_search_takes_keys_as_text_and_a_paste_as_well() {
    let typed = Journey::new().press("/").write("qm7?");
    assert!(
        typed.effects.iter().all(|effect| matches!(effect, Effect::Search { .. })) && typed.sees("/ qm7?"),
        "{}",
        typed.text()
    );
    let pasted = Journey::new().press("/").happen(Input::Paste(Clean::line("yellow sea")));
    assert!(pasted.sees("Yellow Sea"), "{}", pasted.text());
    assert_eq!(Journey::new().happen(Input::Paste(Clean::line("q"))).place(), "home");
}

#[test]
fn tab_in_the_search_goes_from_kind_to_kind() {
    let journey = Journey::new().press("/").write("pakistan").press("Tab Enter");
    assert!(!journey.place().starts_with("country/"), "{}", journey.place());
}

#[test]
fn zoom_fills_the_screen_and_goes_back() {
    let plain = Journey::at("country/ru");
    let picture = plain.picture();
    let zoomed = plain.press("z");
    assert!(!zoomed.sees("Sections") && zoomed.sees("Russia"), "{}", zoomed.text());
    assert_eq!(zoomed.press("z").picture(), picture);
    assert_eq!(Journey::at("country/ru").press("z Esc").picture(), picture);
}

#[test]
fn every_pane_can_be_reached_in_every_layout() {
    for size in [(120, 40), (80, 24), (50, 16)] {
        let pictures = ["", "Tab", "Tab Tab"].map(|keys| Journey::sized("home", size).press(keys).text());
        assert!(pictures.iter().any(|picture| picture.contains("1 Strategic Consultation")), "sections at {size:?}");
        assert!(pictures.iter().any(|picture| picture.contains("2003")), "timeline at {size:?}");
        assert_eq!(Journey::sized("home", size).press("Tab Tab Tab").text(), pictures[0], "three panes at {size:?}");
    }
}

#[test]
fn quitting_needs_no_window_on_top() {
    assert_eq!(Journey::new().press("? q").effects, []);
    assert_eq!(Journey::new().press("t Esc q").effects.last(), Some(&Effect::Quit));
    assert_eq!(Journey::new().press("/ C-c").effects.last(), Some(&Effect::Quit));
}

#[test]
fn a_notice_is_shown_until_the_next_key() {
    let told = Journey::new().happen(Input::Notice(Clean::line("The marks could not be read.")));
    assert_eq!(told.footer(), "The marks could not be read.");
    assert!(told.press("j").footer().contains("help"));
}
