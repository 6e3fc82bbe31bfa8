//! Every key that the help names, on every page: none does harm anywhere, and each does something somewhere.

use std::collections::BTreeMap;

use detente::action::{Action, Input};
use detente::app::{Errand, Opening};
use detente::keymap::{Keymap, Mode};
use detente::place::{Place, Tab};
use detente::screens::present::Talk;
use detente::screens::study::Wish;
use detente::state::{Shown, State, TalkState};
use detente::study::Settings;
use detente::study::stamp::MINUTE;
use detente::theme::Theme;
use detente::tour;

use crate::common::{Journey, SHIPPED, opening};
use crate::journal::model::Model;
use crate::studying::student::{self, Student};

/// Where a reader may stand: an address, the keys pressed there, and what is typed after them.
const STANDS: [(&str, &str, &str); 47] = [
    ("home", "", ""),
    ("home", "G", ""),
    ("home", "j j h", ""),
    ("home", "j j Enter Backspace", ""),
    ("home", "S-Tab j j", ""),
    ("home", "S-Tab G h", ""),
    ("home", "S-Tab j h", ""),
    ("home", "Tab j j", ""),
    ("home", "Tab G", ""),
    ("home", "v j j l l", ""),
    ("home", "v v l l", ""),
    ("home", "- j j", ""),
    ("home", "+ j j", ""),
    ("home", "f j j Enter", ""),
    ("home", "f j j Enter Esc j", ""),
    ("home", "m j m '", ""),
    ("home", "j Enter j Enter t", ""),
    ("home", "?", ""),
    ("home", "? G", ""),
    ("home", "P", ""),
    ("home", "P G", ""),
    ("home", "j K", ""),
    ("home", "/", ""),
    ("home", "/", "china"),
    ("home", "/", "peacekeeping"),
    ("home", "/ c h i n a Down Down Tab", ""),
    ("home", "/ c h i n a PageDown", ""),
    ("home", "f j j Enter Esc Tab", ""),
    ("home", "f j j Enter Esc S-Tab j", ""),
    ("home", "f Tab Tab", ""),
    ("country/ru", "S-Tab j", ""),
    ("map", "j Enter S-Tab", ""),
    ("countries", "j j", ""),
    ("countries", "j j z", ""),
    ("organisations", "j j o", ""),
    ("documents", "G", ""),
    ("mechanisms", "S-Tab j j", ""),
    ("figures", "j j", ""),
    ("map", "j j", ""),
    ("map", "Right Right + +", ""),
    ("map", "G", ""),
    ("country/ru", "j j j", ""),
    ("country/ru", "G", ""),
    ("event/sco-tashkent-summit-2004", "j j", ""),
    ("mechanism/un-peacekeeping-participation", "j", ""),
    ("source/country/fr", "j j", ""),
    ("paragraph/16", "j j Enter Backspace j", ""),
];

/// The keys pressed in a talk, and in the notes or before a talk that others give.
const TALKING: [&str; 8] = ["", "n n n", "1 4 G n n", "9 G", "b", "9", "o", "o l l j"];
const FOLLOWING: [&str; 4] = ["", "j", "h", "g"];

/// The keys pressed in the decks, beside those that show all screens: after an answer, and where not all fits.
const STUDYING: [&str; 7] = [
    "Enter Space 3",
    "Enter Space 3 Space j",
    "Enter Space 3 c Down",
    "Enter Space 1 Space 1 Space 1 Space 1 Space 1 q",
    "Enter Space 1 Space 1 Space 1 Space 1 Space 1 q j",
    "Enter x x x x x x x x q G Enter",
    "Enter x x x x x x x x q G Enter j",
];

/// A session that begins with waiting has no answer that could be taken back.
const NOTHING_TO_TAKE_BACK: (&str, &str) = ("pause", "u");

/// A terminal in which everything fits, and one in which most has to be scrolled.
const SIZES: [(u16, u16); 2] = [(110, 30), (44, 10)];

/// A place where a reader may stand, made anew whenever it is asked for.
pub type Stand = Box<dyn Fn() -> Student>;

fn begun(errand: Errand, size: (u16, u16), theme: Theme) -> Student {
    let opening = Opening { errand: Some(errand), theme, ..opening(size, None, State::default()) };
    Student::at(Journey::opening(&SHIPPED, opening), Model::default())
}

/// All of them, in terminals of these sizes.
pub fn stands(sizes: [(u16, u16); 2], theme: Theme) -> Vec<Stand> {
    let tour = || tour::find(&SHIPPED, "russia-sco").unwrap();
    let dataset = SHIPPED.source.title.to_string();
    let slide = TalkState { dataset, tour: "russia-sco".to_owned(), slide: 5, points: 1, ..TalkState::default() };
    let shown = Shown { talk: slide.clone(), blank: None, furthest: vec![Some(9); 6] };
    let mut stands: Vec<Stand> = Vec::new();
    for (address, keys, text) in STANDS {
        let at = move || Journey::themed(Place::parse(address, &SHIPPED).unwrap(), sizes[0], theme);
        stands.push(Box::new(move || Student::at(at(), Model::default()).press(keys).write(text)));
    }
    for keys in TALKING {
        let talk = move || Errand::Talk(Talk::new(&SHIPPED, tour(), None));
        stands.push(Box::new(move || begun(talk(), sizes[0], theme).press(keys)));
    }
    for (keys, size) in FOLLOWING.into_iter().flat_map(|keys| sizes.map(|size| (keys, size))) {
        let (slide, shown) = (slide.clone(), shown.clone());
        stands.push(Box::new(move || begun(Errand::Notes, size, theme).happen(Input::Talk(slide.clone())).press(keys)));
        stands.push(Box::new(move || begun(Errand::Watch(shown.clone()), size, theme).press(keys)));
    }
    let screens = student::SCREENS.into_iter().map(|keys| (keys, sizes[0]));
    for (keys, size) in screens.chain(STUDYING.map(|keys| (keys, sizes[1]))) {
        let home = move || Journey::themed(Place::parse("home", &SHIPPED).unwrap(), size, theme);
        stands.push(Box::new(move || student::after_weeks(home(), keys)));
    }
    stands.push(Box::new(move || waiting(sizes[0], theme)));
    stands
}

/// A session whose next card comes later.
fn waiting(size: (u16, u16), theme: Theme) -> Student {
    let study = Settings { new_per_day: 1, ..Settings::default() };
    let errand = Some(Errand::Study(Wish::default()));
    let opening = Opening { errand, study, theme, ..opening(size, None, State::default()) };
    let student = Student::at(Journey::opening(&SHIPPED, opening), Model::default());
    student.press("Enter Space 3").pass(-120 * MINUTE).press("q Enter Enter")
}

#[test]
fn every_key_of_the_help_does_something_and_none_does_harm() {
    let keymap = Keymap::default();
    let mut works: BTreeMap<(&str, &str, String), bool> = BTreeMap::new();
    for stand in stands(SIZES, Theme::ANSI) {
        let before = stand();
        let (mode, picture, asked) =
            (before.journey().mode(), before.journey().buffer(), before.journey().effects.len());
        // What closes the window on top has nothing to do where there is none.
        for binding in keymap.bindings(mode).filter(|binding| binding.action != Action::Close) {
            for (number, key) in binding.keys.iter().enumerate() {
                let known = works.get(&(mode.name(), binding.help, key.to_string())) == Some(&true);
                if known && number > 0 {
                    continue; // Another key for what the first one does.
                }
                let after = stand().press(key);
                assert!(after.journey().stands(), "{key} leads to no place in {}", before.text());
                let asks = after.journey().effects.len() > asked;
                // The key of the tab that is open may do nothing.
                let is_there = |tab: Tab| Place::Tab(tab).address(&SHIPPED) == before.journey().place();
                let changes = asks
                    || matches!(binding.action, Action::Tab(tab) if is_there(tab))
                    || after.journey().buffer() != picture;
                *works.entry((mode.name(), binding.help, key.to_string())).or_default() |= changes;
            }
        }
    }
    works.retain(|(mode, _, key), _| (*mode, &**key) != NOTHING_TO_TAKE_BACK);
    let dead: Vec<_> = works
        .iter()
        .filter(|(_, works)| !**works)
        .map(|((mode, help, key), _)| format!("{key} in the {mode}: {help}"))
        .collect();
    assert!(dead.is_empty(), "keys that do nothing anywhere: {dead:#?}");
    let modes: std::collections::BTreeSet<_> = works.keys().map(|(mode, ..)| *mode).collect();
    let unseen: Vec<_> = Mode::ALL.iter().filter(|mode| !modes.contains(mode.name())).collect();
    assert!(unseen.is_empty(), "{unseen:?}");
}
