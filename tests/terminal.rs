//! The life of the program in a terminal: how it begins, how it ends, and what happens to it in between. Each test
//! carries the number of its row in the list of what can go wrong.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::io::ioctl_fionread;
use rustix::process::Signal;
use tempfile::{TempDir, tempdir};

use crate::pty::{self, LEFT, Pty};

/// The most that leaving may take; it takes a few milliseconds, and up to 200 where the terminal takes nothing.
const AT_ONCE: Duration = Duration::from_millis(1000);

fn home() -> TempDir {
    tempdir().unwrap()
}

#[test]
fn r01_quitting_gives_the_terminal_back_and_swallows_what_was_typed_meanwhile() {
    let home = home();
    let mut pty = Pty::explore(home.path(), &[]);
    pty.send("q\x1b[<35;10;10M\x1b[<35;11;10M\x1b[<35;12;10M");
    let (status, _) = pty.end();
    assert!(status.success());
    pty.assert_restored();
    let log = pty.log();
    let after = log.windows(LEFT.len()).position(|window| window == LEFT).unwrap() + LEFT.len();
    assert_eq!(String::from_utf8_lossy(&log[after..]), "", "something was echoed");
}

/// A program that is held up, and more reports of the mouse than its buffers take, so that some still wait in the
/// terminal when the end comes.
#[test]
fn r01_reports_of_the_mouse_that_nobody_has_read_are_not_left_to_the_shell() {
    let home = home();
    let mut pty = Pty::explore(home.path(), &["--mouse", "--state", "."]);
    let other = fs::File::create(home.path().join("state.lock")).unwrap();
    other.lock().unwrap();
    pty.send("jmmmmmmmm"); // To keep each mark, another program is waited for.
    let shell = pty.held_by_a_shell();
    let unread = || ioctl_fionread(&shell).unwrap();
    let stands = |count: u64| (0..20).all(|_| (thread::sleep(Duration::from_millis(1)), unread() == count).1);
    let reports = "\x1b[<64;10;10M\x1b[<65;10;10M".repeat(40);
    let deadline = Instant::now() + pty::PATIENCE;
    while !(unread() > 0 && stands(unread())) {
        pty.send(&reports);
        thread::sleep(Duration::from_micros(200));
        assert!(Instant::now() < deadline, "the program takes everything in");
    }
    pty.signal(Signal::TERM);
    pty.end();
    assert_eq!(unread(), 0, "bytes are left to the shell");
    pty.assert_restored();
    let log = pty.log();
    let after = log.windows(LEFT.len()).position(|window| window == LEFT).unwrap() + LEFT.len();
    assert_eq!(String::from_utf8_lossy(&log[after..]), "", "something was echoed");
}

#[test]
fn r02_a_panic_is_told_on_the_screen_of_the_shell() {
    panics_are_told("main");
}

#[test]
fn r03_a_panic_of_another_thread_ends_the_program_as_well() {
    panics_are_told("worker");
}

fn panics_are_told(thread: &str) {
    let home = home();
    let mut pty = Pty::start(pty::command(home.path(), &["--selftest-panic", thread]));
    let (status, _) = pty.end();
    assert_eq!(status.exit_code(), 101);
    pty.assert_restored();
    assert!(pty.screen().contains("détente failed") && pty.screen().contains("self-test"), "{}", pty.screen());
}

#[test]
fn r04_the_terminal_is_given_back_exactly_once_however_often_the_end_comes() {
    let home = home();
    let mut pty = Pty::explore(home.path(), &[]);
    pty.signal(Signal::TERM);
    pty.signal(Signal::INT);
    pty.send("q");
    pty.signal(Signal::HUP);
    pty.end();
    pty.assert_restored();
}

#[test]
fn r04_a_stopped_program_that_is_killed_leaves_the_terminal_to_the_shell() {
    let home = home();
    let mut pty = explore_from_a_shell(home.path());
    pty.send("\x1a");
    wait_for_the_shell(&mut pty);
    pty.send("kill %1; wait; echo do''ne\r");
    pty.wait_for("done");
    assert_eq!(pty.times_left(), 1, "given back a second time");
}

#[test]
fn r05_a_signal_ends_the_program_by_the_same_signal() {
    let signals =
        [(Signal::INT, "Interrupt"), (Signal::TERM, "Terminated"), (Signal::HUP, "Hangup"), (Signal::QUIT, "Quit")];
    for (signal, name) in signals {
        let home = home();
        let mut pty = Pty::explore(home.path(), &["country/ru"]);
        pty.signal(signal);
        let (status, took) = pty.end();
        assert_eq!(status.signal(), Some(name));
        assert!(took < AT_ONCE, "{name} took {took:?}");
        pty.assert_restored();
        let kept = fs::read_to_string(home.path().join(".local/state/detente/state.json")).unwrap();
        assert!(kept.contains("country/ru"), "the place is lost on {name}: {kept}");
    }
}

#[test]
fn r06_nothing_runs_inside_a_signal_handler() {
    for file in sources(Path::new("src")) {
        let text = fs::read_to_string(&file).unwrap();
        for forbidden in ["low_level::register", "signal_hook::flag", "sigaction", "unsafe "] {
            assert!(!text.contains(forbidden), "{} uses {forbidden}", file.display());
        }
    }
}

fn sources(directory: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

#[test]
fn r07_no_picture_follows_the_way_out() {
    for round in 0..12 {
        let home = home();
        let mut pty = Pty::explore(home.path(), &[]);
        for _ in 0..40 {
            pty.send("2\x0c1\x0c");
        }
        thread::sleep(Duration::from_millis(round));
        pty.signal(Signal::TERM);
        pty.end();
        let log = pty.log();
        let at = log.windows(LEFT.len()).position(|window| window == LEFT).expect("never given back");
        assert_eq!(String::from_utf8_lossy(&log[at + LEFT.len()..]), "", "round {round}");
    }
}

/// SEGV, BUS and an abort from within need unsafe code and are not promised; an abort from outside is an ordinary end.
#[test]
fn r08_an_abort_from_outside_gives_the_terminal_back() {
    let home = home();
    let mut pty = Pty::explore(home.path(), &[]);
    pty.signal(Signal::ABORT);
    let (status, _) = pty.end();
    assert_eq!(status.signal(), Some("Aborted"));
    pty.assert_restored();
}

#[test]
fn r09_after_a_kill_the_next_start_is_clean() {
    let home = home();
    let mut pty = Pty::explore(home.path(), &["country/fr"]);
    pty.send("m");
    pty.wait_for("Marked: France");
    pty.signal(Signal::KILL);
    pty.end();
    let mut again = Pty::explore(home.path(), &[]);
    again.send("'");
    again.wait_for("France");
    again.send("\x1b");
    thread::sleep(Duration::from_millis(150)); // A lone escape is told from a sequence by what follows it.
    again.send("q");
    assert!(again.end().0.success());
}

#[test]
fn r10_control_z_and_fg_come_back_to_the_very_picture() {
    let home = home();
    let mut pty = Pty::start(pty::shell(home.path(), &["-i"]));
    pty.wait_for("prompt>");
    pty.send("detente country/ru\r");
    pty.wait_for("q quit");
    let before = pty.screen();
    for _ in 0..5 {
        pty.forget();
        pty.send("\x1a");
        wait_for_the_shell(&mut pty);
        assert!(!pty.emulator().screen().alternate_screen());
        pty.forget();
        pty.send("fg\r");
        pty.wait_until("the same picture", |pty| pty.screen() == before);
    }
    pty.send("q");
    pty.wait_for("prompt>");
}

/// The explorer, started by a shell that can stop and continue it.
fn explore_from_a_shell(home: &Path) -> Pty {
    let mut pty = Pty::start(pty::shell(home, &["-i"]));
    pty.wait_for("prompt>");
    pty.send("detente\r");
    pty.wait_for("q quit");
    pty
}

/// Waits until the program is stopped and the shell has asked for the next command.
fn wait_for_the_shell(pty: &mut Pty) {
    pty.wait_until("prompt after the stop", |pty| {
        let screen = pty.screen();
        screen.contains("Stopped") && screen.trim_end().ends_with("prompt>")
    });
}

#[test]
fn r10_without_a_shell_to_go_back_to_control_z_says_so() {
    let home = home();
    let mut pty = Pty::explore(home.path(), &[]);
    pty.send("\x1a");
    pty.wait_for("no shell to go back to");
}

#[test]
fn r11_a_resize_while_stopped_is_drawn_at_the_new_size() {
    let home = home();
    let mut pty = explore_from_a_shell(home.path());
    pty.send("\x1a");
    wait_for_the_shell(&mut pty);
    pty.resize(100, 30);
    pty.forget();
    pty.send("fg\r");
    pty.wait_until("three panes on 30 lines", |pty| {
        let screen = pty.screen();
        ["Sections", "About", "q quit"].iter().all(|words| screen.contains(words)) && screen.lines().count() == 30
    });
}

#[test]
fn r12_a_background_job_that_is_continued_leaves_the_terminal_alone() {
    let home = home();
    let mut pty = explore_from_a_shell(home.path());
    pty.send("\x1a");
    wait_for_the_shell(&mut pty);
    pty.forget();
    pty.send("kill -CONT %1; sleep 0.3; echo do''ne\r");
    pty.wait_for("done");
    let entered = b"\x1b[?1049h";
    assert!(!pty.log().windows(entered.len()).any(|window| window == entered), "it took the shell's terminal");
}

#[test]
fn r13_a_terminal_that_is_gone_ends_the_program() {
    // With the signal, with the signal ignored, and with no signal ever coming.
    for start in ["exec detente", "trap '' HUP; exec detente", "exec env --block-signal=HUP detente"] {
        let home = home();
        let mut pty = Pty::start(pty::shell(home.path(), &["-c", start]));
        pty.wait_for("q quit");
        pty.hang_up();
        let (_, took) = pty.end();
        assert!(took < AT_ONCE, "took {took:?} after {start}");
    }
}

#[test]
fn r14_a_window_of_no_size_is_no_end() {
    let home = home();
    let mut pty = Pty::explore(home.path(), &[]);
    pty.resize(0, 0);
    pty.send("jjj");
    thread::sleep(Duration::from_millis(100)); // So long it has no size.
    pty.resize(1, 1);
    pty.resize(80, 24);
    pty.forget();
    // The library that reads keys can hold one back that comes together with a resize, until the next one comes.
    pty.wait_until("picture", |pty| {
        pty.send("\x0c");
        thread::sleep(Duration::from_millis(20));
        pty.screen().contains("q quit")
    });
    pty.look_away();
    pty.resize(0, 0);
    pty.hang_up();
    assert!(pty.end().1 < AT_ONCE);
}

#[test]
fn r15_keys_are_heard_while_the_terminal_takes_nothing() {
    let home = home();
    let mut pty = Pty::explore(home.path(), &[]);
    pty.pause(true);
    for _ in 0..80 {
        pty.send("\x0c"); // More pictures, one by one, than the system keeps for a reader that does not read.
        thread::sleep(Duration::from_millis(5));
    }
    pty.send("q");
    let (status, took) = pty.end();
    assert!(status.success());
    assert!(took < AT_ONCE, "took {took:?}");
    assert!(pty.local_settings().contains("ICANON"), "still raw");
}

#[test]
fn r16_r17_the_terminal_is_asked_nothing_so_no_answer_can_come_late() {
    let home = home();
    let mut pty = explore_from_a_shell(home.path());
    pty.resize(100, 30);
    pty.wait_for("About");
    pty.send("\x1a");
    wait_for_the_shell(&mut pty);
    pty.send("fg\r");
    pty.wait_for("q quit");
    pty.send("q");
    pty.wait_for("prompt>");
    let log = String::from_utf8_lossy(&pty.log()).into_owned();
    for query in [
        "\x1b[6n",
        "\x1b[5n",
        "\x1b[c",
        "\x1b[0c",
        "\x1b[>",
        "\x1b[?u",
        "\x1b]10;?",
        "\x1b]11;?",
        "\x1bP",
        "$p",
        "\x1b[18t",
    ] {
        assert!(!log.contains(query), "the terminal is asked {query:?}");
    }
}

#[test]
fn r18_without_a_terminal_it_says_what_to_use_instead() {
    let mut command = Command::new("setsid");
    command.args(["-w", env!("CARGO_BIN_EXE_detente")]).env("TERM", "xterm").stdin(Stdio::null());
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(output.stdout, b"");
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.contains("terminal") && told.contains("detente timeline"), "{told}");
}

#[test]
fn r19_a_dataset_on_standard_input_leaves_the_keys_to_the_terminal() {
    let home = home();
    fs::write(home.path().join("data.json"), detente::dataset::SHIPPED).unwrap();
    let mut pty = Pty::start(pty::shell(home.path(), &["-c", "detente --data - country/ru < data.json"]));
    pty.wait_for("Russian Federation");
    pty.send("q");
    assert!(pty.end().0.success());
    pty.assert_restored();
}

#[test]
fn r20_terminals_that_can_show_no_screen_are_refused() {
    for term in ["dumb", ""] {
        let home = home();
        let mut command = pty::command(home.path(), &[]);
        command.env("TERM", term);
        let mut pty = Pty::start(command);
        assert_eq!(pty.end().0.exit_code(), 2);
        assert!(!pty.log().contains(&0x1b), "an escape sequence for TERM={term:?}");
        assert!(pty.screen().contains("TERM"), "{}", pty.screen());
    }
}

#[test]
fn r20_r21_terminals_and_locales_of_ascii_get_nothing_else() {
    for (term, locale) in [("linux", "C.UTF-8"), ("vt100", "C.UTF-8"), ("xterm", "C"), ("xterm", "POSIX")] {
        let home = home();
        let mut command = pty::command(home.path(), &["country/ru"]);
        command.env("TERM", term);
        command.env("LANG", locale);
        let mut pty = Pty::start(command);
        pty.wait_for("q quit");
        pty.send("7?");
        pty.wait_for("Help");
        let foreign: Vec<u8> = pty.log().into_iter().filter(|byte| *byte >= 0x80).collect();
        assert!(foreign.is_empty(), "TERM={term} LANG={locale} got {foreign:x?}");
    }
}

#[test]
fn r21_utf8_can_be_asked_for() {
    let home = home();
    let mut command = pty::command(home.path(), &["--utf8"]);
    command.env("LANG", "C");
    let mut pty = Pty::start(command);
    pty.wait_for("┌");
}

#[test]
fn r22_an_output_that_takes_no_more_is_told_or_passed_over() {
    let validate = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_detente"));
        command.args(["validate", "--json", "-"]).stdin(Stdio::piped()).stderr(Stdio::piped());
        command
    };
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut child = validate().stdout(full).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"{}").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&output.stderr).lines().count(), 1);

    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut child = validate().stdout(writer).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"{}").unwrap();
    let mut told = String::new();
    child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert_eq!((child.wait().unwrap().code(), told.as_str()), (Some(0), ""));
}

#[test]
fn nothing_is_written_when_nothing_changes() {
    let home = home();
    let mut pty = Pty::explore(home.path(), &[]);
    pty.send("L"); // Said once: there is nothing to go forward to.
    pty.wait_for("Nothing to go forward to");
    thread::sleep(Duration::from_millis(100));
    pty.forget();
    pty.send("LLLLLL");
    thread::sleep(Duration::from_millis(300));
    assert_eq!(pty.log(), b"", "the picture is the same");
}

#[test]
fn a_picture_is_one_synchronised_update() {
    let home = home();
    let mut pty = Pty::explore(home.path(), &[]);
    pty.forget();
    pty.send("j");
    pty.wait_until("an update", |pty| pty.log().ends_with(b"\x1b[?2026l"));
    let log = String::from_utf8(pty.log()).unwrap();
    assert!(log.starts_with("\x1b[?2026h"));
    assert_eq!(log.matches("\x1b[?2026h").count(), 1);
}

#[test]
fn a_broken_file_of_marks_is_set_aside_and_the_program_starts() {
    let home = home();
    let directory = home.path().join(".local/state/detente");
    fs::create_dir_all(&directory).unwrap();
    fs::write(directory.join("state.json"), "{\"version\": ").unwrap();
    let mut pty = Pty::start(pty::command(home.path(), &[]));
    pty.wait_for("Marks could not be read; the file is now");
    assert_eq!(fs::read_to_string(directory.join("state.json.broken")).unwrap(), "{\"version\": ");
    pty.send("q");
    assert!(pty.end().0.success());
    assert!(fs::read_to_string(directory.join("state.json")).unwrap().contains("\"version\": 1"));
}

#[test]
fn smoke_start_search_open_quit() {
    let home = home();
    let mut pty = Pty::explore(home.path(), &[]);
    pty.send("/yellow sea");
    pty.wait_for("Places");
    pty.send("\r");
    pty.wait_for("Huang Hai");
    let commands = pty.log().windows(2).filter(|window| window == b"\x1b]").count();
    assert_eq!(commands, 0, "r33: nothing is ever sent to the clipboard or the title by itself");
    pty.send("q");
    assert!(pty.end().0.success());
    pty.assert_restored();
}
