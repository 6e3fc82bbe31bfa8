//! Hostile strings in every text of a dataset, through every page, every window and every command: nothing but letters
//! and the program's own sequences comes out.

use std::fs;
use std::os::fd::OwnedFd;
use std::path::Path;
use std::time::Instant;

use clap::Parser;
use detente::action::Input;
use detente::app::Errand;
use detente::cli::arguments::{Arguments, Command};
use detente::cli::paper::{Paper, Terminal};
use detente::cli::{self, Failure};
use detente::dataset::{self, Clean, Dataset};
use detente::place::{Place, Tab};
use detente::screens::present::Talk;
use detente::screens::study::Wish;
use detente::state::State;
use detente::study::chance::Chance;
use detente::theme::Theme;
use detente::tour::tours;
use detente::wire::Wire;
use tempfile::tempdir;

use super::grammar::{check, is_foreign};
use super::{rounds, tell};
use crate::command_line::hostile::{COMMANDS, poisoned};
use crate::common::Journey;

/// What strings are made of: sequences whole and cut off, and letters that do something.
const PIECES: [&str; 44] = [
    "\u{1b}[2J",
    "\u{1b}[",
    "\u{1b}",
    "\u{1b}[31",
    "\u{1b}[6n",
    "\u{1b}[>q",
    "\u{1b}c",
    "\u{1b}[?1049h",
    "\u{1b}[201~",
    "\u{1b}]0;pwned\u{7}",
    "\u{1b}]52;c;cHduZWQ=\u{1b}\\",
    "\u{1b}]8;;http://x\u{1b}\\",
    "\u{1b}]11;?",
    "\u{1b}P$qm\u{1b}\\",
    "\u{1b}P+q544e\u{9c}",
    "\u{1b}_x\u{1b}\\",
    "\u{1b}^x",
    "\u{1b}X",
    "\u{9b}31m",
    "\u{9d}0;x\u{9c}",
    "\u{90}",
    "\u{8}\u{8}",
    "\r",
    "\n",
    "\r\n",
    "\t",
    "\u{b}\u{c}",
    "\u{85}\u{2028}\u{2029}",
    "\u{7f}",
    "\u{0}",
    "\u{202e}dcba\u{202c}",
    "\u{2066}\u{2067}\u{2068}\u{2069}",
    "\u{61c}\u{200e}\u{200f}",
    "\u{200b}\u{200c}\u{200d}\u{2060}",
    "\u{feff}\u{ad}\u{34f}\u{3164}",
    "\u{e0001}\u{e0061}\u{e007f}",
    "\u{fe0f}\u{fe0e}",
    "a\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}",
    "👩‍👩‍👧‍👦🏽🇨🇳",
    "日本語한국ｗｉｄｅ",
    "שלום مرحبا",
    "ﷺ꧅𒐫",
    "&#27;[2J&lt;",
    "\u{fffd}\u{fffe}\u{10ffff}",
];

/// Strings, each another, of which so many were made.
struct Strings {
    chance: Chance,
    made: u64,
}

impl Strings {
    fn next(&mut self) -> String {
        self.made += 1;
        let chance = &mut self.chance;
        let piece = |chance: &mut Chance| match chance.below(6) {
            0 => char::from_u32(chance.below(0xa0) as u32).map(String::from),
            1 => char::from_u32(chance.below(0x11_0000) as u32).map(String::from),
            2 => Some("\u{300}".repeat(chance.below(40))),
            _ => Some(PIECES[chance.below(PIECES.len())].to_owned()),
        };
        let count = 1 + chance.below(6);
        (0..count).filter_map(|_| piece(chance)).collect()
    }

    /// The invented dataset, with strings before and behind each of its texts.
    fn dataset(&mut self) -> String {
        poisoned(&mut |text| format!("{}{text}{}", self.next(), self.next()))
    }
}

/// Fails where a picture is not made of letters and the program's own sequences.
fn assert_sound(journey: &Journey, what: &str) {
    let picture = journey.buffer();
    let foreign = picture.content.iter().flat_map(|cell| cell.symbol().chars()).find(|&letter| is_foreign(letter));
    assert_eq!(foreign, None, "a cell of {what}");
    let bytes = Wire::new("xterm").picture(&picture);
    check(&bytes).unwrap_or_else(|foreign| panic!("{what}: {foreign}"));
}

fn look_at_every_page(dataset: &'static Dataset) {
    let tabs = Tab::ALL.into_iter().map(Place::Tab);
    let places = tabs.chain(dataset.all().flat_map(|record| [Place::Record(record), Place::Source(record)]));
    for place in places {
        let address = place.address(dataset);
        let journey = Journey::on(dataset, (110, 70), Some(place), State::default());
        assert_sound(&journey, &address);
        assert_sound(&journey.press("j K"), &format!("a peek at {address}"));
    }
    for keys in ["f", "v", "v v", "t", "m '", "?", "P", "z", "K"] {
        assert_sound(&Journey::on(dataset, (110, 40), None, State::default()).press("j").press(keys), keys);
    }
    for tour in tours(dataset) {
        let talk = Errand::Talk(Talk::new(dataset, tour, None));
        let mut talk = Journey::begun(dataset, (100, 30), talk, State::default());
        for _ in 0..12 {
            assert_sound(&talk, "a slide");
            talk = talk.press("n");
        }
        assert_sound(&talk.press("o"), "all slides");
    }
    for keys in ["", "j Enter Space 3 Space", "Enter c", "c Space 1 Space", "Enter i x Enter"] {
        let wish = Errand::Study(Wish { deck: Some("all".to_owned()), cram: true });
        let study = Journey::begun(dataset, (90, 30), wish, State::default());
        assert_sound(&study.press(keys), &format!("a card after {keys:?}"));
    }
}

/// What is typed and pasted by someone who means harm.
fn search_for(dataset: &'static Dataset, text: &str) {
    let typed = Journey::on(dataset, (80, 24), None, State::default()).press("/").write(text);
    assert_sound(&typed, &format!("a search for {text:?}"));
    let pasted = Journey::on(dataset, (80, 24), None, State::default()).press("/");
    assert_sound(&pasted.happen(Input::Paste(Clean::line(text))), &format!("a paste of {text:?}"));
}

/// Lets nothing through to standard error, where commands say how many warnings a dataset has, until it is dropped.
struct Silence(OwnedFd);

impl Silence {
    fn begin() -> Silence {
        let loud = rustix::io::dup(std::io::stderr()).unwrap();
        rustix::stdio::dup2_stderr(fs::File::create("/dev/null").unwrap()).unwrap();
        Silence(loud)
    }
}

impl Drop for Silence {
    fn drop(&mut self) {
        let _ = rustix::stdio::dup2_stderr(&self.0);
    }
}

/// Runs a command; fails where it prints or tells anything but letters, and in a terminal their looks.
fn run(arguments: &[&str], data: Option<&Path>) {
    let Ok(parsed) = Arguments::try_parse_from([&["detente"], arguments].concat()) else { return };
    let Some(Command::Ask(question)) = parsed.command else { return };
    for terminal in [None, Some(Terminal { width: 80, theme: Some(Theme::ANSI), ascii: false })] {
        let mut out = Vec::new();
        let answer = cli::run(&question, data, false, &mut Paper::new(&mut out, terminal));
        if let Err(Failure::Usage(told) | Failure::Nothing(told)) = answer {
            assert!(!told.chars().any(|letter| is_foreign(letter) && letter != '\n'), "{arguments:?}: {told:?}");
        }
        let printed = String::from_utf8(out).unwrap_or_else(|_| panic!("{arguments:?} prints no UTF-8"));
        let tabs = printed.replace(['\t', '\n'], " ");
        assert!(terminal.is_some() || !tabs.contains('\u{1b}'), "{arguments:?} prints sequences into a pipe");
        let carriage = tabs.replace("\r ", " ");
        assert!(!carriage.contains('\r'), "{arguments:?} goes back on the line");
        check(carriage.as_bytes()).unwrap_or_else(|foreign| panic!("{arguments:?}: {foreign}"));
    }
}

#[test]
fn r32_to_r38_hostile_strings_through_every_page_and_every_command() {
    let (begun, count) = (Instant::now(), rounds(400, 10_000));
    let home = tempdir().unwrap();
    let path = home.path().join("hostile.json");
    let mut strings = Strings { chance: Chance::new(32), made: 0 };
    let mut datasets = 0;
    while strings.made < count {
        let text = strings.dataset();
        fs::write(&path, &text).unwrap();
        let reading = dataset::read(text.as_bytes());
        let dataset: &'static Dataset = Box::leak(Box::new(reading.dataset.unwrap_or_else(|| {
            panic!("{}", reading.findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
        })));
        look_at_every_page(dataset);
        let silence = Silence::begin();
        COMMANDS.iter().for_each(|arguments| run(arguments, Some(&path)));
        for _ in 0..20 {
            let text = strings.next();
            search_for(dataset, &text);
            let words = ["search", "show", "timeline --country", "export md --kind", "import"];
            for word in words {
                let arguments: Vec<&str> = word.split(' ').chain([&*text]).collect();
                run(&arguments, Some(&path));
            }
        }
        drop(silence);
        datasets += 1;
    }
    tell(begun, &format!("{} strings in {datasets} datasets", strings.made));
}
