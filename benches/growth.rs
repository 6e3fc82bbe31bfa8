//! Growth: what a thousand, ten thousand, a hundred thousand and a million events cost, and how it grows. An exponent of
//! 1.0 means that ten times as many events take ten times as long; anything much above is a defect.
//!
//! `cargo bench --bench growth`
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that is read by people")]

mod generated;
mod report;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crossterm::event::{KeyCode, KeyEvent};
use detente::action::Input;
use detente::app::{App, Opening};
use detente::dataset::{self, Dataset};
use detente::keymap::Keymap;
use detente::place::Place;
use detente::search::Index;
use detente::state::State;
use detente::study::Settings;
use detente::theme::Theme;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use report::Table;

/// The numbers of events.
const SIZES: [usize; 4] = [1_000, 10_000, 100_000, 1_000_000];

/// The screen.
const SIZE: (u16, u16) = (200, 60);

/// What the reader does, and the keys for it; ten lines are chosen from the middle of what is long.
const DEEDS: [(&str, &str); 8] = [
    ("a step down", "jjjjjjjjjj"),
    ("a page down", "    "),
    ("to the end and back", "GgGg"),
    ("through time", "llllhhhh"),
    ("lanes: open, step", "vjjjkk"),
    ("chart: open", "v"),
    ("list again", "v"),
    ("scales", "++--"),
];

fn main() {
    if let Some(path) = std::env::var_os("DETENTE_GROWTH_FILE") {
        return println!("{}", peak_of_loading(Path::new(&path)));
    }
    let files: Vec<PathBuf> =
        SIZES.iter().map(|&events| generated::file(env!("CARGO_TARGET_TMPDIR"), events)).collect();
    let mut rows: Vec<(String, Vec<f64>)> = Vec::new();
    for path in &files {
        for (at, (name, figure)) in measured(path).into_iter().enumerate() {
            if rows.len() <= at {
                rows.push((name, Vec::new()));
            }
            rows[at].1.push(figure);
        }
        println!("{} is measured", path.display());
    }
    let mut table = Table::new(["", "1k", "10k", "100k", "1M", "exponent"]);
    for (name, figures) in rows {
        let slope = (figures[3] / figures[1]).log10() / 2.0;
        let shown =
            figures.iter().map(|figure| if *figure < 10.0 { format!("{figure:.2}") } else { format!("{figure:.0}") });
        table.row([name].into_iter().chain(shown).chain([format!("{slope:.2}")]));
    }
    print!("{table}");
    report::replace("Growth", "cargo bench --bench growth", &[], &table.to_string());
}

/// All figures of a file, with what they are.
fn measured(path: &Path) -> Vec<(String, f64)> {
    let megabytes = fs::metadata(path).unwrap().len() as f64 / 1e6;
    let mut figures = vec![("file, MB".to_owned(), megabytes)];
    let begun = Instant::now();
    let dataset = load(path);
    figures.push(("load, ms".to_owned(), milliseconds(begun)));
    figures.push(("peak memory of loading, of the file".to_owned(), memory(path) / megabytes));
    figures.extend(keys(dataset, None));
    figures.extend(keys(dataset, Some("country/aa")));
    let begun = Instant::now();
    let index = Index::new(dataset);
    figures.push(("search: index, ms".to_owned(), milliseconds(begun)));
    let begun = Instant::now();
    assert!(index.search("embargo grain").hits().next().is_some());
    figures.push(("search: two words, ms".to_owned(), milliseconds(begun)));
    for format in ["json", "csv", "md"] {
        figures.push((format!("export {format}, with loading, ms"), export(path, format)));
    }
    figures
}

fn load(path: &Path) -> &'static Dataset {
    let length = fs::metadata(path).unwrap().len();
    let read = dataset::read_quickly(File::open(path).unwrap(), length, &|_| true);
    Box::leak(Box::new(read.unwrap().expect("a sound file")))
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}

/// The median and the worst key of each deed, update and picture together.
fn keys(dataset: &'static Dataset, place: Option<&str>) -> Vec<(String, f64)> {
    let opening = Opening {
        state: State::default(),
        printed: None,
        place: place.and_then(|place| Place::parse(place, dataset)),
        errand: None,
        study: Settings::default(),
        size: SIZE,
        theme: Theme::ANSI,
        keymap: Keymap::default(),
        ascii: false,
        mouse: false,
    };
    let mut screen = Terminal::new(TestBackend::new(SIZE.0, SIZE.1)).unwrap();
    let begun = Instant::now();
    let mut app = App::new(dataset, opening);
    screen.draw(|frame| app.view(frame)).unwrap();
    let mut figures = vec![(format!("open {}, ms", place.unwrap_or("the timeline")), milliseconds(begun))];
    let deeds: &[(&str, &str)] = if place.is_some() { &[("page of the country, a step", "jjjj  ")] } else { &DEEDS };
    for (name, keys) in deeds {
        let mut times: Vec<f64> = keys.chars().map(|key| press(&mut app, &mut screen, key)).collect();
        figures.push((format!("{name}, ms"), report::median(&mut times)));
        figures.push((format!("{name}, worst, ms"), times.last().copied().unwrap_or_default()));
    }
    figures
}

fn press(app: &mut App, screen: &mut Terminal<TestBackend>, key: char) -> f64 {
    let begun = Instant::now();
    app.update(Input::Key(KeyEvent::from(KeyCode::Char(key))));
    screen.draw(|frame| app.view(frame)).unwrap();
    milliseconds(begun)
}

/// The most memory, in MB, that a process needs which loads the file and nothing else.
fn memory(path: &Path) -> f64 {
    let own = std::env::current_exe().unwrap();
    let told = Command::new(own).env("DETENTE_GROWTH_FILE", path).output().unwrap();
    String::from_utf8_lossy(&told.stdout).trim().parse().unwrap()
}

/// The most memory, in MB, that this process needed once the file is loaded.
fn peak_of_loading(path: &Path) -> f64 {
    load(path);
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    peak.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1e3
}

/// How long the program takes to load the file and to write all of it in another format to nowhere.
fn export(path: &Path, format: &str) -> f64 {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("tables");
    let mut command = Command::new(env!("CARGO_BIN_EXE_detente"));
    command.arg("--data").arg(path).args(["export", format]).stdout(Stdio::null());
    if format == "csv" {
        command.arg("--output").arg(&directory);
    }
    let begun = Instant::now();
    assert!(command.status().unwrap().success(), "export {format}");
    milliseconds(begun)
}
