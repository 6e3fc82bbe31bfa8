//! What each step of each tour costs on the wire, beside the shortest honest encoding of what it changes.
//!
//! `cargo bench --bench steps` prints a line for each step; `-- --worst` prints only the dearest of each tour and size.
//! Either writes the sums to `RESULTS.md`.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that is read by people")]

mod report;
#[path = "../tests/shortest/mod.rs"]
mod shortest;
#[path = "../tests/steps/mod.rs"]
mod steps;

use std::time::Instant;

use report::Table;
use steps::{tours, walk};

/// The sizes that are walked.
const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];

/// The most bytes that a step may cost beside the shortest encoding.
const MOST: f64 = 1.3;

fn main() {
    let worst_only = std::env::args().any(|argument| argument == "--worst");
    let begun = Instant::now();
    let mut too_dear = 0;
    let mut table = Table::new(["tour", "size", "steps", "written", "shortest", "ratio", "worst step"]);
    println!("{:<14} {:>7} {:>6} {:>7} {:>8} {:>6}", "tour", "size", "step", "written", "shortest", "ratio");
    for tour in tours() {
        for size in SIZES {
            let steps = walk(&tour, size, "xterm-256color");
            too_dear += steps.iter().filter(|step| step.cost.ratio() > MOST).count();
            let worst = steps.iter().map(|step| step.cost.ratio()).fold(0.0, f64::max);
            let written: usize = steps.iter().map(|step| step.cost.written).sum();
            let shortest: usize = steps.iter().map(|step| step.cost.shortest).sum();
            for step in steps.iter().filter(|step| !worst_only || step.cost.ratio() >= worst) {
                print(
                    &tour.about.id,
                    size,
                    &format!("{}.{}", step.slide, step.points),
                    step.cost.written,
                    step.cost.shortest,
                );
            }
            print(&tour.about.id, size, "all", written, shortest);
            let (size, ratio) = (format!("{}x{}", size.0, size.1), written as f64 / shortest as f64);
            let (count, ratio, worst) = (steps.len().to_string(), format!("{ratio:.3}"), format!("{worst:.3}"));
            table.row([
                tour.about.id.to_string(),
                size,
                count,
                written.to_string(),
                shortest.to_string(),
                ratio,
                worst,
            ]);
        }
    }
    println!("{too_dear} steps over {MOST}; {:.1} s", begun.elapsed().as_secs_f64());
    report::replace("Steps of a talk, in bytes", "cargo bench --bench steps", &[], &table.to_string());
    assert_eq!(too_dear, 0, "steps cost more than {MOST} times what they need");
}

fn print(tour: &str, (width, height): (u16, u16), step: &str, written: usize, shortest: usize) {
    let ratio = written as f64 / shortest as f64;
    println!("{tour:<14} {:>7} {step:>6} {written:>7} {shortest:>8} {ratio:>6.3}", format!("{width}x{height}"));
}
