//! What is long, deep or many is taken in time and within the memory, or refused.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use detente::dataset::{self, Dataset};
use detente::place::Place;
use detente::search::Index;
use detente::state::State;
use detente::study::chance::Chance;
use tempfile::tempdir;

use super::{rounds, tell, time};
use crate::common::{Journey, SHIPPED, SMALL, is_long};

/// A dataset with a summary that is as long as a text may be.
fn with_summary(text: &str) -> &'static Dataset {
    let mut end = 64_000.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let file = SMALL.replacen("Nobody drowned.", &text[..end], 1);
    Box::leak(Box::new(dataset::read(file.as_bytes()).dataset.unwrap()))
}

#[test]
fn r30_the_longest_texts_are_read_and_drawn_at_once() {
    let patience = Duration::from_millis(if cfg!(debug_assertions) { 3_000 } else { 200 });
    for (what, piece) in [
        ("one word", "o"),
        ("one flood of marks", "e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}"),
        ("wide letters", "日"),
        ("words", "sea and river "),
        ("links", "[fork](place/fork) "),
        ("stars", "*a **b "),
        ("brackets", "[[("),
        ("invisible letters", "\u{200b}a"),
        ("families", "👩\u{200d}👩\u{200d}👧"),
    ] {
        let took = time(patience, || {
            let dataset = with_summary(&piece.repeat(64_000 / piece.len() + 1));
            let place = Place::Record(dataset.find("exercise/rowing").unwrap());
            let journey = Journey::on(dataset, (120, 40), Some(place), State::default());
            journey.press("j PageDown G").buffer();
        });
        assert!(took < patience, "{what}: {took:?}");
    }
}

#[test]
fn r30_no_letter_carries_more_than_four_marks() {
    let dataset = with_summary(&format!("e{} and on", "\u{301}".repeat(9_000)));
    let place = Place::Record(dataset.find("exercise/rowing").unwrap());
    let picture = Journey::on(dataset, (120, 40), Some(place), State::default()).buffer();
    let most = picture.content.iter().map(|cell| cell.symbol().chars().count()).max();
    assert!(most <= Some(5), "{most:?} letters in one cell");
}

#[test]
fn r31_no_query_takes_long() {
    let (begun, count) = (Instant::now(), rounds(300, 100_000));
    let (index, mut chance) = (Index::new(&SHIPPED), Chance::new(31));
    let pieces = [
        "a",
        "sea",
        "country:",
        "ru",
        "\"",
        "-",
        ":",
        "kind:exercise",
        "日本",
        "\u{301}",
        "2003",
        " ",
        "year:2003-",
        "aaaaaaaa",
    ];
    let mut times: Vec<Duration> = Vec::new();
    for number in 0..count {
        let length = if number % 10 == 0 { 2_000 } else { 12 };
        let query: String = (0..chance.below(length)).map(|_| pieces[chance.below(pieces.len())]).collect();
        let begun = Instant::now();
        index.search(&query);
        times.push(begun.elapsed());
    }
    times.sort();
    let usual = times[times.len() * 99 / 100];
    tell(begun, &format!("{count} queries, 99 of 100 within {usual:?}, the longest {:?}", times[times.len() - 1]));
    let limit = Duration::from_millis(if cfg!(debug_assertions) { 200 } else { 16 });
    assert!(usual < limit, "99 of 100 queries take up to {usual:?}");
}

#[test]
fn r31_of_a_query_256_letters_are_read() {
    let index = Index::new(&SHIPPED);
    let found = |query: &str| index.search(query).records().to_vec();
    let (wide, narrow) = (found("russia"), found("russia naval"));
    assert!(!narrow.is_empty() && narrow != wide);
    for letter in [" ", "\u{3000}"] {
        let far = |length: usize| format!("russia{}naval", letter.repeat(length - "russianaval".len()));
        assert_eq!(found(&far(256)), narrow, "all of 256 letters are read");
        assert_eq!(found(&far(261)), wide, "what stands behind them is not");
    }
}

/// What the program itself takes of the memory, in KiB.
const OWN: usize = 16 << 10;

/// Validates a file; answers what is told, and the most memory that it took, in KiB.
fn validated(path: &Path) -> (String, usize) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_detente"));
    let told = path.with_extension("told");
    let mut child = command.arg("validate").arg(path).stdout(File::create(&told).unwrap()).spawn().unwrap();
    let mut most = 0;
    let status = loop {
        let said = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let memory = said.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        most = memory.map_or(most, |memory| memory.trim().trim_end_matches(" kB").parse().unwrap());
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None => thread::sleep(Duration::from_micros(300)),
        }
    };
    assert!(matches!(status.code(), Some(0 | 1)), "{status:?}");
    (fs::read_to_string(told).unwrap(), most)
}

/// Files that are deep or hold many records.
#[test]
fn r39_deep_and_large_files_stay_within_eight_times_their_size() {
    let home = tempdir().unwrap();
    let many = if is_long() { 1_500_000 } else { 300_000 };
    let event = SMALL.lines().find(|line| line.contains("\"fair-3\"")).unwrap();
    let events: Vec<String> =
        (0..many / 100).map(|number| event.replace("fair-3", &format!("fair-x{number}"))).collect();
    for (what, text) in [
        ("arrays in arrays", "[".repeat(100_000)),
        ("objects in objects", "{\"events\":".repeat(100_000)),
        ("many links", format!("{{\"events\": [{{\"countries\": [{}\"\"]}}]}}", "\"country/aa\", ".repeat(many))),
        ("many numbers", format!("{{\"events\": [{}0]}}", "1000000000, ".repeat(many))),
        ("one long text", format!("{{\"source\": {{\"title\": \"{}\"}}}}", "t".repeat(many * 10))),
        ("many events", SMALL.replacen("\"events\": [", &format!("\"events\": [\n{}", events.concat()), 1)),
    ] {
        let path = home.path().join("large.json");
        fs::write(&path, &text).unwrap();
        let begun = Instant::now();
        let (told, most) = validated(&path);
        let (took, size) = (begun.elapsed(), text.len() >> 10);
        tell(begun, &format!("{what}: {size} KiB take {most} KiB"));
        assert!(told.starts_with(&*path.display().to_string()), "{what}: {told}");
        assert!(most <= OWN + 8 * size, "{what}: {size} KiB take {most} KiB");
        assert!(took < Duration::from_secs(10), "{what} takes {took:?}");
    }
}
