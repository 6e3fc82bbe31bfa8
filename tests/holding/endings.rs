//! Every way out, at random moments, in a real pseudo-terminal: the terminal is given back, once, and nothing is drawn
//! after that.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use detente::study::chance::Chance;
use portable_pty::{CommandBuilder, ExitStatus};
use rustix::process::Signal;
use tempfile::tempdir;

use super::{rounds, tell};
use crate::pty::{self, LEFT, Pty};

/// What the program writes when it takes the terminal.
const ENTERED: &[u8] = b"\x1b[?1049h";

/// The most that any way out may take on a busy machine.
const AT_ONCE: Duration = Duration::from_millis(1_500);

/// A way out: its name, how the program is started, what is done to it, and how it has to end.
type Way = (&'static str, fn(&Path) -> CommandBuilder, fn(&mut Pty, &mut Chance), fn(&ExitStatus) -> bool);

const WAYS: [Way; 17] = [
    ("q", explore, |pty, chance| rest(chance, |_| pty.send("q")), succeeds),
    ("Ctrl-C", explore, |pty, chance| rest(chance, |_| pty.send("\x03")), succeeds),
    ("a dataset that cannot be opened", broken, |_, _| {}, |status| status.exit_code() == 2),
    ("a panic in an update", |home| panicking(home, "main"), |_, _| {}, panicked),
    ("a panic in a picture", |home| panicking(home, "draw"), |_, _| {}, panicked),
    ("a panic of a worker", |home| panicking(home, "worker"), |_, _| {}, panicked),
    ("SIGINT", explore, |pty, chance| signalled(pty, chance, Signal::INT), |status| killed(status, "Interrupt")),
    ("SIGTERM", explore, |pty, chance| signalled(pty, chance, Signal::TERM), |status| killed(status, "Terminated")),
    ("SIGHUP", explore, |pty, chance| signalled(pty, chance, Signal::HUP), |status| killed(status, "Hangup")),
    ("SIGQUIT", explore, |pty, chance| signalled(pty, chance, Signal::QUIT), |status| killed(status, "Quit")),
    ("SIGABRT", explore, |pty, chance| signalled(pty, chance, Signal::ABORT), |status| killed(status, "Aborted")),
    ("q where the terminal takes nothing", explore, |pty, chance| blocked(pty, chance, None), succeeds),
    (
        "SIGTERM where the terminal takes nothing",
        explore,
        |pty, chance| blocked(pty, chance, Some(Signal::TERM)),
        |status| killed(status, "Terminated"),
    ),
    ("q while Ctrl-S holds", explore, held, succeeds),
    ("standard output closed", |home| sh(home, "exec detente >&-"), |_, _| {}, |status| status.exit_code() == 2),
    ("no memory for the dataset", starved, |_, _| {}, |status| !status.success()),
    ("the terminal gone", explore, |pty, chance| rest(chance, |_| pty.hang_up()), |status| killed(status, "Hangup")),
];

fn explore(home: &Path) -> CommandBuilder {
    pty::command(home, &["country/ru"])
}

fn broken(home: &Path) -> CommandBuilder {
    fs::write(home.join("broken.json"), "{").unwrap();
    pty::command(home, &["--data", "broken.json"])
}

fn panicking(home: &Path, place: &str) -> CommandBuilder {
    pty::command(home, &["--selftest-panic", place])
}

fn sh(home: &Path, line: &str) -> CommandBuilder {
    pty::shell(home, &["-c", line])
}

/// More records than there is memory for.
fn starved(home: &Path) -> CommandBuilder {
    let names = "\"country/aa\", ".repeat(1_000_000);
    fs::write(home.join("large.json"), format!("{{\"events\": [{{\"countries\": [{names}\"\"]}}]}}")).unwrap();
    sh(home, "ulimit -v 60000; exec detente --data large.json")
}

fn succeeds(status: &ExitStatus) -> bool {
    status.success()
}

fn panicked(status: &ExitStatus) -> bool {
    status.exit_code() == 101
}

fn killed(status: &ExitStatus, name: &str) -> bool {
    status.signal() == Some(name)
}

/// Lets the program draw for a random while before the end comes, or not even begin.
fn rest(chance: &mut Chance, end: impl FnOnce(&mut Chance)) {
    thread::sleep(Duration::from_micros(chance.below(30_000) as u64));
    end(chance);
}

/// Pictures are on their way when the end comes.
fn signalled(pty: &mut Pty, chance: &mut Chance, signal: Signal) {
    for _ in 0..chance.below(40) {
        pty.send("2\x0c1\x0c");
    }
    rest(chance, |_| pty.signal(signal));
}

/// The end comes while nobody reads what is drawn.
fn blocked(pty: &mut Pty, chance: &mut Chance, signal: Option<Signal>) {
    pty.pause(true);
    for _ in 0..60 {
        pty.send("\x0c"); // More pictures, one by one, than the system keeps for a reader that does not read.
        thread::sleep(Duration::from_millis(2));
    }
    rest(chance, |_| match signal {
        Some(signal) => pty.signal(signal),
        None => pty.send("q"),
    });
}

fn held(pty: &mut Pty, chance: &mut Chance) {
    pty.send("\x13");
    for _ in 0..chance.below(20) {
        pty.send("j");
    }
    rest(chance, |_| pty.send("q"));
}

/// Fails unless the terminal is as a shell wants it, and nothing was drawn after it was given back.
fn assert_given_back(pty: &Pty, what: &str) {
    let log = pty.log();
    let count = |sequence: &[u8]| log.windows(sequence.len()).filter(|window| *window == sequence).count();
    let emulator = pty.emulator();
    let screen = emulator.screen();
    assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste(), "{what}: modes are on");
    assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None, "{what}: mouse reports are on");
    assert!(count(ENTERED) <= 1 && count(LEFT) == count(ENTERED), "{what}: taken and given back");
    let after = log.windows(LEFT.len()).position(|window| window == LEFT).map_or(0, |at| at + LEFT.len());
    assert!(count(ENTERED) == 0 || !log[after..].contains(&0x1b), "{what}: something is drawn afterwards");
}

fn assert_cooked(pty: &Pty, what: &str) {
    let local = pty.local_settings();
    assert!(["ICANON", "ECHO", "ISIG"].iter().all(|flag| local.contains(flag)), "{what}: raw: {local}");
}

#[test]
fn r01_to_r18_every_way_out_gives_the_terminal_back() {
    for (name, start, leave, ended) in WAYS {
        let (begun, count, mut slowest) = (Instant::now(), rounds(3, 100), Duration::ZERO);
        for round in 0..count {
            let what = format!("{name}, round {round}");
            let mut chance = Chance::new(round);
            let home = tempdir().unwrap();
            let mut pty = Pty::start(start(home.path()));
            if start as usize == explore as *const () as usize {
                pty.wait_for("q quit");
            }
            leave(&mut pty, &mut chance);
            let (status, took) = pty.end();
            assert!(ended(&status), "{what}: {status:?}\n{}", pty.screen());
            slowest = slowest.max(took);
            if name == "the terminal gone" {
                continue;
            }
            assert_cooked(&pty, &what);
            let is_blocked = name.contains("takes nothing");
            pty.pause(false);
            if !is_blocked {
                assert_given_back(&pty, &what);
            }
            assert!(took < AT_ONCE || start as usize != explore as *const () as usize, "{what} took {took:?}");
        }
        tell(begun, &format!("{name}: {count} times, the slowest {slowest:.0?}"));
    }
}

#[test]
fn r10_r11_control_z_and_fg_again_and_again() {
    let (begun, count) = (Instant::now(), rounds(4, 100));
    let home = tempdir().unwrap();
    let mut pty = Pty::start(pty::shell(home.path(), &["-i"]));
    pty.wait_for("prompt>");
    pty.send("detente country/ru\r");
    pty.wait_for("q quit");
    let mut chance = Chance::new(10);
    for round in 0..count {
        pty.send(["j\x1a", "\x1a", "2\x0c1\x0c\x1a"][chance.below(3)]);
        pty.wait_until("prompt after the stop", |pty| {
            let screen = pty.screen();
            screen.contains("Stopped") && screen.trim_end().ends_with("prompt>")
        });
        assert!(!pty.emulator().screen().alternate_screen() && !pty.emulator().screen().hide_cursor(), "round {round}");
        if chance.below(3) == 0 {
            pty.resize(60 + chance.below(60) as u16, 20 + chance.below(20) as u16);
        }
        pty.forget();
        pty.send("fg\r");
        pty.wait_for("q quit");
    }
    pty.send("q");
    pty.wait_for("prompt>");
    tell(begun, &format!("Ctrl-Z and fg: {count} times"));
}
