//! The reader's own copy of the source: shown beside the digest, remembered by its path, or refused with the reason.

use std::fs;
use std::path::Path;

use detente::app::Opening;
use detente::dataset::Kind;
use detente::place::Place;
use detente::printed::Printed;
use detente::state::State;
use insta::assert_snapshot;
use tempfile::tempdir;

use super::{SMALL, detente};
use crate::common::{INVENTED, Journey, opening};
use crate::pty::{Pty, command};

const ALMANAC: &str = "tests/fixtures/almanac.txt";

fn journey(address: &str, size: (u16, u16), copy: bool) -> Journey {
    let text = fs::read(ALMANAC).unwrap();
    let printed: &Printed = Box::leak(Box::new(Printed::read(&text, &INVENTED).unwrap()));
    let place = Place::parse(address, &INVENTED);
    let printed = copy.then_some(printed);
    Journey::opening(&INVENTED, Opening { printed, ..opening(size, place, State::default()) })
}

#[test]
fn it_stands_beside_the_digest_where_there_is_room_and_else_below() {
    for (width, height) in [(120, 40), (80, 24), (50, 16)] {
        let zoomed = journey("source/document/treaty", (width, height), true).press("z");
        assert_snapshot!(format!("copy_{width}x{height}"), zoomed.picture());
        let above = zoomed.text().lines().any(|line| line.contains("Paragraph 3") && line.contains("As printed"));
        assert_eq!(above, width >= 80, "{}", zoomed.text());
    }
}

#[test]
fn it_draws_at_all_sizes_and_adds_no_link() {
    for record in INVENTED.all() {
        let address = format!("source/{}", INVENTED.address(record));
        for size in [(0, 0), (1, 1), (20, 5), (60, 12), (80, 24), (99, 20), (120, 40), (300, 80)] {
            journey(&address, size, true).press("z j").buffer();
        }
    }
    for address in ["source/country/aa", "source/document/treaty", "source/event/fair-1"] {
        let with = journey(address, (150, 60), true).press("z");
        let without = journey(address, (150, 60), false).press("z");
        let links = |journey: Journey| {
            let mut places = Vec::new();
            let mut journey = journey;
            for _ in 0..12 {
                journey = journey.press("j K");
                places.push(journey.text().lines().skip(8).take(8).map(str::to_owned).collect::<Vec<_>>().join("\n"));
                journey = journey.press("Esc");
            }
            places.dedup();
            places.len()
        };
        assert_eq!(links(with), links(without), "{address}");
    }
}

#[test]
fn the_command_line_prints_it_under_the_digest() {
    let printed = |arguments: &[&str]| {
        let output = detente(arguments).args(["--data", SMALL, "--source", ALMANAC]).output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8(output.stdout).unwrap()
    };
    let source = printed(&["show", "source/event/fair-2"]);
    let line = fs::read_to_string(ALMANAC).unwrap().lines().nth(4).unwrap().trim_start_matches("2. ").to_owned();
    assert!(source.contains(&format!("As printed, in your copy\n{line}\n")), "{source}");
    assert!(!printed(&["show", "event/fair-2"]).contains("As printed, in your copy"));
}

#[test]
fn what_does_not_align_is_refused_in_one_line_and_nothing_is_kept() {
    let home = tempdir().unwrap();
    let broken = home.path().join("other.txt");
    fs::write(&broken, "Of Rivers\n\nLorem ipsum dolor sit amet.\n").unwrap();
    let told = format!(
        "detente: {}: this is no copy of the source: it has no line that is the heading “Of Fairs”\n",
        broken.display()
    );
    detente(&["show", "source/country/aa", "--data", SMALL, "--source", broken.to_str().unwrap()])
        .assert()
        .code(2)
        .stderr(told.clone());
    let mut pty = explore(home.path(), &["--source", broken.to_str().unwrap()]);
    let (status, _) = pty.end();
    assert_eq!(status.exit_code(), 2);
    pty.wait_until("reason", |pty| String::from_utf8_lossy(&pty.log()).replace("\r\n", "\n") == told);
    assert!(!home.path().join("state/state.json").exists());
}

#[test]
fn it_is_named_once_and_found_again_until_it_is_gone_or_forgotten() {
    let home = tempdir().unwrap();
    let copy = home.path().join("copy.txt");
    fs::copy(ALMANAC, &copy).unwrap();
    let shown = "As printed";
    let mut first = explore(home.path(), &["source/document/treaty", "--source", "copy.txt"]);
    first.wait_for(shown);
    first.send("q");
    first.end();
    let kept = fs::read_to_string(home.path().join("state/state.json")).unwrap();
    assert!(kept.contains(copy.to_str().unwrap()) && !kept.contains("Treaty of the Fork was signed"), "{kept}");
    let mut second = explore(home.path(), &[]);
    second.wait_for(shown);
    second.send("q");
    second.end();
    fs::rename(&copy, home.path().join("elsewhere.txt")).unwrap();
    let mut gone = explore(home.path(), &[]);
    gone.wait_for("Your copy of the source is not shown");
    gone.send("q");
    gone.end();
    fs::rename(home.path().join("elsewhere.txt"), &copy).unwrap();
    let mut forgotten = explore(home.path(), &["--forget-source"]);
    forgotten.wait_for("q quit");
    forgotten.send("q");
    forgotten.end();
    assert!(!fs::read_to_string(home.path().join("state/state.json")).unwrap().contains("copy.txt"));
    let mut last = explore(home.path(), &[]);
    last.wait_for("Paragraph 3");
    assert!(!last.screen().contains(shown), "{}", last.screen());
}

fn explore(home: &Path, arguments: &[&str]) -> Pty {
    let data = fs::canonicalize(SMALL).unwrap();
    let mut command = command(home, arguments);
    command.args(["--state", "state", "--data", data.to_str().unwrap()]);
    Pty::start(command)
}

#[test]
fn every_paragraph_has_its_printed_text() {
    let text = fs::read(ALMANAC).unwrap();
    let printed = Printed::read(&text, &INVENTED).unwrap();
    assert!(INVENTED.records(Kind::Paragraph).all(|paragraph| printed.paragraph(paragraph).len() > 100));
}
