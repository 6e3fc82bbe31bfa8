//! From the start of the program to its first whole picture, its memory and its size, beside `less` and `fzf` on the same
//! text in the same run.
//!
//! `cargo bench --bench start`
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that is read by people")]

mod outside;
mod report;

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use outside::{DETENTE, Program, is_there};
use report::{Table, median, said};

/// How often each program is started, in turns.
const RUNS: usize = 41;

/// The silence after which a picture is whole.
const QUIET: Duration = Duration::from_millis(40);

const SIZE: (u16, u16) = (120, 40);

/// A program, the line that starts it, and words of its first picture.
struct Peer {
    name: &'static str,
    line: String,
    words: &'static str,
    milliseconds: Vec<f64>,
    kibibytes: Vec<f64>,
}

fn main() {
    let home = tempfile::tempdir().unwrap();
    let text = home.path().join("chapter.md");
    std::fs::write(&text, Command::new(DETENTE).args(["export", "md"]).output().unwrap().stdout).unwrap();
    let mut peers = peers(&text);
    for _ in 0..RUNS {
        for peer in &mut peers {
            let mut program = Program::start(&peer.line, SIZE, home.path());
            peer.milliseconds.push(program.first(peer.words, QUIET).milliseconds);
            peer.kibibytes.push(program.kibibytes("VmHWM") as f64);
            program.end();
        }
    }
    let own = median(&mut peers[0].milliseconds);
    let mut table = Table::new(["program", "median ms", "fastest ms", "detente / it", "peak MiB"]);
    for peer in &mut peers {
        let middle = median(&mut peer.milliseconds);
        let (fastest, memory) = (peer.milliseconds[0], median(&mut peer.kibibytes) / 1024.0);
        let ratio = format!("{:.2}", own / middle);
        table.row([
            peer.name.to_owned(),
            format!("{middle:.2}"),
            format!("{fastest:.2}"),
            ratio,
            format!("{memory:.1}"),
        ]);
    }
    let size = std::fs::metadata(DETENTE).unwrap().len() as f64 / 1024.0 / 1024.0;
    let body = format!("{table}\nThe program's file has {size:.2} MiB.\n");
    println!("{body}");
    let versions = [said("less", &["--version"]), format!("fzf {}", said("fzf", &["--version"]))];
    report::replace("Start, at 120×40", "cargo bench --bench start", &versions, &body);
}

fn peers(text: &Path) -> Vec<Peer> {
    let text = text.display();
    let peer = |name, line: String, words| Peer { name, line, words, milliseconds: Vec::new(), kibibytes: Vec::new() };
    let all = [
        peer("detente", format!("exec {DETENTE}"), "quit"),
        peer("less", format!("exec less {text}"), "chapter.md"),
        peer("fzf", format!("exec fzf < {text}"), "/"),
    ];
    all.into_iter().filter(|peer| peer.name == "detente" || is_there(peer.name)).collect()
}
