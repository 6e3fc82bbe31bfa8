//! A key: from its press to the last byte of the repaint, on every page; its bytes, beside the shortest encoding of what
//! it changes and beside what other programs write for the same step; and what happens while no key is pressed.
//!
//! `cargo bench --bench keys`
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that is read by people")]

mod outside;
mod report;
#[path = "../tests/shortest/mod.rs"]
mod shortest;
#[path = "../tests/steps/mod.rs"]
#[allow(dead_code, reason = "talks have a measurement of their own")]
mod steps;

use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use crossterm::event::KeyCode;
use outside::{DETENTE, Program, is_there};
use report::{Table, median, said};
use steps::Walk;

/// The silence after which a repaint is whole.
const QUIET: Duration = Duration::from_millis(12);

/// The silence after which the first picture is whole.
const AT_FIRST: Duration = Duration::from_millis(300);

/// A page, how the program is started to show it, the keys that lead there, and the keys that are measured on it.
struct Page {
    name: &'static str,
    arguments: &'static str,
    way: &'static str,
    keys: &'static str,
}

const fn page(name: &'static str, arguments: &'static str, way: &'static str, keys: &'static str) -> Page {
    Page { name, arguments, way, keys }
}

/// Every kind of page. A tab stands for the next pane, a carriage return for Enter.
const PAGES: [Page; 22] = [
    page("sections", "", "1", "jjjjjkkjjhl"),
    page("timeline", "", "1\t", "jjjjjjjjkkG kg+-"),
    page("lanes", "", "1\tv", "jjjjjkk+-GG"),
    page("chart of months", "", "1\tvv", "jjjjjkk+-"),
    page("countries", "", "2", "jjjjjjjjkkGgo"),
    page("organisations", "", "3", "jjjjjjjjkkGgo"),
    page("documents and exercises", "", "4", "jjjjjjjjkkGgo"),
    page("mechanisms and positions", "", "5", "jjjjjjjjkkGgo"),
    page("figures", "", "6", "jjjjjjjjkkGgo"),
    page("map", "", "7", "jjjjjlhjk+-jj"),
    page("country", "country/us", "", "jjjjjjjj}kG gz"),
    page("event", "event/sco-tashkent-summit-2004", "", "jjjjjjkkG gz"),
    page("paragraph", "paragraph/16", "", "jjjjjjkkG gz"),
    page("mechanism", "mechanism/un-peacekeeping-participation", "", "jjjjjjkkG gz"),
    page("source", "event/sco-tashkent-summit-2004", "s", "jjjjjjkkG g"),
    page("search", "", "/", "russia\x7f\x7f\x7f"),
    page("filter", "", "f", "jjjjj jjkk"),
    page("help", "", "?", "jjjjjjkk"),
    page("talk", "present whole-chapter", "", "nnnnnnnnnnpp"),
    page("overview of a talk", "present whole-chapter", "o", "llllljjkk"),
    page("decks", "study", "", "jjjjjjjkk"),
    page("card", "study", "\r", " 3 3 3c1311"),
];

fn main() {
    let home = tempfile::tempdir().unwrap();
    let parts: [fn(&Path) -> String; 4] = [latency, |_| bytes(), beside_peers, idle];
    let told = parts.map(|part| {
        let told = part(home.path());
        println!("{told}");
        told
    });
    let body = told.join("\n");
    let peers = ["fzf", "tv", "csvlens"].map(|peer| match is_there(peer) {
        true => format!("{peer} {}", said(peer, &["--version"])),
        false => format!("{peer} not there"),
    });
    report::replace("A key", "cargo bench --bench keys", &peers, &body);
}

/// From a key to the last byte, on each page at 200×60.
fn latency(home: &Path) -> String {
    let mut table =
        Table::new(["page, at 200×60", "keys", "median ms", "99th percentile ms", "worst ms", "bytes a key"]);
    let mut all = Vec::new();
    for page in &PAGES {
        let (mut times, mut bytes) = (Vec::new(), 0);
        for _ in 0..4 {
            let mut program = Program::start(&format!("exec {DETENTE} {}", page.arguments), (200, 60), home);
            program.first("\x1b[?1049h", AT_FIRST);
            for key in page.way.chars() {
                program.press(&key.to_string(), QUIET);
            }
            for key in page.keys.chars() {
                let written = program.press(&key.to_string(), QUIET);
                // A key that changes nothing writes nothing, and has no time.
                times.extend((!written.bytes.is_empty()).then_some(written.milliseconds));
                bytes += written.bytes.len();
            }
            program.end();
        }
        let bytes = bytes / times.len().max(1);
        table.row(row(page.name, &mut times).into_iter().chain([bytes.to_string()]));
        all.extend(times);
    }
    table.row(row("all", &mut all).into_iter().chain([String::new()]));
    table.to_string()
}

fn row(name: &str, times: &mut [f64]) -> Vec<String> {
    let middle = median(times);
    let percentile = times.get((times.len() * 99).div_ceil(100).saturating_sub(1)).copied().unwrap_or(f64::NAN);
    let worst = times.last().copied().unwrap_or(f64::NAN);
    let figures = [middle, percentile, worst].map(|figure| format!("{figure:.2}"));
    [name.to_owned(), times.len().to_string()].into_iter().chain(figures).collect()
}

/// The bytes of a step of the selection, beside the fewest that show the same.
fn bytes() -> String {
    let mut table = Table::new(["step of the selection, at 120×40", "steps", "written", "shortest", "ratio", "worst"]);
    let lists = [("sections", "1"), ("timeline", "1\t"), ("countries", "2"), ("organisations", "3"), ("figures", "6")];
    for (name, way) in lists {
        let mut walk = Walk::new(None, (120, 40), "xterm-256color");
        for letter in way.chars() {
            walk.press(if letter == '\t' { KeyCode::Tab } else { KeyCode::Char(letter) });
        }
        let costs: Vec<_> = (0..12).map(|_| walk.press(KeyCode::Down)).collect();
        let (written, fewest) = (
            costs.iter().map(|cost| cost.written).sum::<usize>(),
            costs.iter().map(|cost| cost.shortest).sum::<usize>(),
        );
        let worst = costs.iter().map(|cost| cost.ratio()).fold(0.0, f64::max);
        let ratios = [written as f64 / fewest as f64, worst].map(|ratio| format!("{ratio:.3}"));
        table.row(
            [name.to_owned(), costs.len().to_string(), written.to_string(), fewest.to_string()]
                .into_iter()
                .chain(ratios),
        );
        assert!(worst <= 1.3, "{name}: a step costs {worst} times what it needs");
    }
    table.to_string()
}

/// The bytes of a step of the selection, beside what others write for theirs in a list of the same names.
fn beside_peers(home: &Path) -> String {
    let events = Command::new(DETENTE).args(["export", "csv"]).output().unwrap().stdout;
    std::fs::write(home.join("events.csv"), &events).unwrap();
    let names = Command::new(DETENTE).arg("timeline").output().unwrap().stdout;
    std::fs::write(home.join("names.txt"), &names).unwrap();
    let own = |way: &'static str| (format!("exec {DETENTE}"), way);
    let peers = [
        ("detente, countries", "", own("2")),
        ("detente, countries, one pane", "", own("2z")),
        ("detente, timeline", "", own("1\t")),
        ("detente, timeline, one pane", "", own("1\tz")),
        ("fzf", "fzf", ("exec fzf < names.txt".to_owned(), "\x1b[A\x1b[A")),
        ("television", "tv", ("exec tv < names.txt".to_owned(), "\x1b[B")),
        ("csvlens", "csvlens", ("exec csvlens events.csv".to_owned(), "\x1b[B")),
    ];
    let mut table = Table::new(["the same step, at 120×40", "median bytes", "most bytes"]);
    for (name, program, (line, way)) in peers {
        if !program.is_empty() && !is_there(program) {
            table.row([name, "not there", ""]);
            continue;
        }
        let mut running = Program::start(&line, (120, 40), home);
        running.first("\x1b[", AT_FIRST);
        let is_own = program.is_empty();
        match is_own {
            true => way.chars().for_each(|key| drop(running.press(&key.to_string(), AT_FIRST))),
            false => drop(running.press(way, AT_FIRST)),
        }
        let step = if program == "fzf" { "\x1b[A" } else { "\x1b[B" };
        let mut bytes: Vec<f64> = (0..15).map(|_| running.press(step, AT_FIRST).bytes.len() as f64).collect();
        running.end();
        let middle = median(&mut bytes);
        table.row([name.to_owned(), middle.to_string(), bytes[bytes.len() - 1].to_string()]);
    }
    table.to_string()
}

/// What is written and spent in ten seconds without a key.
fn idle(home: &Path) -> String {
    let mut program = Program::start(&format!("exec {DETENTE}"), (120, 40), home);
    program.first("quit", AT_FIRST);
    let before = program.spent();
    let written = {
        thread::sleep(Duration::from_secs(10));
        program.press("", QUIET).bytes.len()
    };
    let after = program.spent();
    program.end();
    let (ticks, switches) = (after.0 - before.0, after.1 - before.1);
    format!(
        "Ten seconds without a key: {written} bytes, {ticks} ticks of processor time, {switches} switches of context.\n"
    )
}
