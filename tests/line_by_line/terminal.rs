//! The program line by line in a terminal: the keys that end a reading or put it aside.

use detente::state_file::{StateFile, TalkFile};
use rustix::process::Signal;
use tempfile::tempdir;

use crate::pty::{Pty, command, shell};

/// Where the program keeps things in a home.
const STATE: &str = ".local/state/detente";

/// Starts the program and waits until it is the reader's turn.
fn start(home: &std::path::Path, arguments: &[&str]) -> Pty {
    let mut pty = Pty::start(command(home, arguments));
    turn(&mut pty, "? lists the commands.");
    pty
}

/// Waits until something was said, and it is the reader's turn again.
fn turn(pty: &mut Pty, words: &str) {
    pty.wait_until(&format!("{words:?} and a turn"), |pty| {
        let screen = pty.screen();
        screen.contains(words) && screen.trim_end().ends_with("\n>")
    });
}

/// Fails unless nothing but letters and ends of lines was written, and the terminal is as it was.
fn assert_only_lines(pty: &Pty) {
    let log = pty.log();
    assert!(log.iter().all(|&byte| byte >= 0x20 || matches!(byte, b'\n' | b'\r')), "{}", String::from_utf8_lossy(&log));
    let local = pty.local_settings();
    assert!(local.contains("ICANON") && local.contains("ECHO") && local.contains("ISIG"), "{local}");
}

#[test]
fn ctrl_d_ends_a_reading_and_its_line() {
    for arguments in [&["--plain", "country/ru"][..], &["study", "--plain", "--cram"], &["present", "sea", "--plain"]] {
        let home = tempdir().unwrap();
        let mut pty = start(home.path(), arguments);
        pty.send("\x04");
        let (said, code) = pty.printed();
        assert_eq!(code, 0, "{arguments:?}");
        assert!(said.contains("> \r\n") && said.ends_with('\n'), "what comes next stands in the same line: {said:?}");
        assert!(!said.contains("\r\n\r\n"), "an empty line: {said:?}");
        assert_only_lines(&pty);
    }
}

#[test]
fn ctrl_c_ends_a_reading_and_loses_nothing() {
    let home = tempdir().unwrap();
    let state = home.path().join(STATE);
    let end = |arguments: &[&str], line: &str, said: &str| {
        let mut pty = start(home.path(), arguments);
        pty.send(line);
        turn(&mut pty, said);
        pty.send("\x03");
        let (status, _) = pty.end();
        assert!(!status.success(), "{arguments:?}: {status:?}");
        assert_only_lines(&pty);
    };
    end(&["--plain", "country/ru"], "m\n", "Marked: Russia.");
    end(&["study", "--plain", "--cram"], "\n3\n", "Card 2 of ");
    end(&["present", "sea", "--plain"], "5\n", "Slide 5 of 14");
    let (kept, _) = StateFile::new(Some(state.clone())).read();
    assert_eq!((kept.marks, kept.last.as_deref()), (vec!["country/ru".to_owned()], Some("country/ru")));
    assert_eq!(std::fs::read_to_string(state.join("reviews.log")).unwrap().lines().count(), 1);
    assert_eq!(TalkFile::new(Some(state)).read().unwrap().slide, 5);
}

#[test]
fn a_reading_that_was_put_aside_goes_on() {
    let home = tempdir().unwrap();
    let mut pty = Pty::start(shell(home.path(), &[]));
    pty.wait_for("prompt>");
    pty.send("detente --plain country/ru\n");
    turn(&mut pty, "? lists the commands.");
    pty.send("\x1a");
    pty.wait_for("Stopped");
    pty.send("fg\nb\n");
    turn(&mut pty, "This is the first place.");
    pty.send("q\necho $?\n");
    pty.wait_for("\n0\n");
}

#[test]
fn a_window_that_closes_ends_a_reading() {
    let home = tempdir().unwrap();
    let mut pty = start(home.path(), &["--plain", "country/ru"]);
    pty.send("m\n");
    turn(&mut pty, "Marked: Russia.");
    pty.signal(Signal::HUP);
    pty.end();
    let (kept, _) = StateFile::new(Some(home.path().join(STATE))).read();
    assert_eq!(kept.marks, ["country/ru"]);
}
