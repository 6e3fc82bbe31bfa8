//! Hearing the mouse: off until it is asked for, told to the reader, and given back on every way out.

use std::fs;
use std::path::Path;

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use detente::action::{Effect, Input};
use detente::app::Opening;
use rustix::process::Signal;
use tempfile::tempdir;
use vt100::{MouseProtocolEncoding, MouseProtocolMode};

use crate::common::{Journey, SHIPPED, opening};
use crate::pty::{self, Pty};

/// What turns reports of the mouse on; 1003, which reports every move, is not among it.
const ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";

fn sent(pty: &Pty) -> String {
    String::from_utf8_lossy(&pty.log()).into_owned()
}

fn hears(pty: &Pty) -> bool {
    let emulator = pty.emulator();
    let mode = emulator.screen().mouse_protocol_mode();
    assert!(matches!(mode, MouseProtocolMode::None | MouseProtocolMode::ButtonMotion), "{mode:?}");
    let sgr = emulator.screen().mouse_protocol_encoding() == MouseProtocolEncoding::Sgr;
    assert_eq!(sgr, mode == MouseProtocolMode::ButtonMotion, "coordinates without a limit belong to the mouse");
    sgr
}

#[test]
fn capital_m_turns_the_mouse_on_and_off_and_says_so() {
    let on = Journey::new().press("M");
    assert_eq!(on.effects, [Effect::Mouse(true)]);
    assert!(on.footer().starts_with("The mouse is on; M turns it off"), "{}", on.footer());
    let used = on.press("j");
    assert!(used.footer().ends_with("mouse"), "{}", used.footer());
    let off = used.press("M");
    assert_eq!(off.effects, [Effect::Mouse(true), Effect::Mouse(false)]);
    assert!(off.footer().starts_with("The mouse is off"), "{}", off.footer());
    assert!(!off.press("j").footer().contains("mouse"));
    let narrow = Journey::sized("home", (30, 10)).press("M j");
    assert!(narrow.footer().contains("q quit") && narrow.footer().ends_with("mouse"), "{}", narrow.footer());
}

#[test]
fn an_app_that_opens_with_the_mouse_shows_it() {
    let journey = Journey::opening(&SHIPPED, Opening { mouse: true, ..opening((80, 24), None, Default::default()) });
    assert!(journey.footer().ends_with("mouse"), "{}", journey.footer());
    assert_eq!(journey.press("M").effects, [Effect::Mouse(false)]);
}

#[test]
fn a_click_on_the_frame_of_a_chart_selects_what_stands_beside_it() {
    let clicked = |column| {
        let kind = MouseEventKind::Down(MouseButton::Left);
        let click = MouseEvent { kind, column, row: 20, modifiers: KeyModifiers::NONE };
        Journey::new().press("v v G").happen(Input::Mouse(click)).panes()
    };
    assert_eq!(clicked(30), clicked(31), "on the left");
    assert_ne!(clicked(30), clicked(50), "what is selected depends on the column");
}

#[test]
fn the_terminal_reports_the_mouse_only_while_it_is_heard() {
    let home = tempdir().unwrap();
    let mut pty = Pty::explore(home.path(), &[]);
    assert!(!hears(&pty) && !sent(&pty).contains("\x1b[?100"), "the mouse is heard before it was asked for");
    pty.send("M");
    pty.wait_for("The mouse is on");
    assert!(hears(&pty) && sent(&pty).contains(ON));
    pty.send("M");
    pty.wait_for("The mouse is off");
    assert!(!hears(&pty));
    pty.send("Mq");
    assert!(pty.end().0.success());
    pty.assert_restored();
    assert!(!sent(&pty).contains("1003"));
}

#[test]
fn an_option_and_the_configuration_turn_it_on_from_the_start() {
    let home = tempdir().unwrap();
    fs::write(home.path().join("mouse.toml"), "mouse = true").unwrap();
    for arguments in [&["--mouse"][..], &["--config", "mouse.toml"]] {
        let pty = Pty::explore(home.path(), arguments);
        assert!(hears(&pty), "not heard with {arguments:?}");
        assert!(pty.screen().lines().last().unwrap().ends_with("mouse"), "{}", pty.screen());
    }
}

#[test]
fn every_way_out_gives_the_mouse_back() {
    let home = tempdir().unwrap();
    for signal in [Signal::INT, Signal::TERM, Signal::HUP, Signal::QUIT, Signal::ABORT] {
        let mut pty = Pty::explore(home.path(), &["--mouse"]);
        pty.signal(signal);
        pty.end();
        pty.assert_restored();
    }
    let mut pty = Pty::start(pty::command(home.path(), &["--mouse", "--selftest-panic", "main"]));
    pty.end();
    pty.assert_restored();
}

#[test]
fn a_stopped_program_gives_the_mouse_back_and_takes_it_again() {
    let home = tempdir().unwrap();
    let mut pty = from_a_shell(home.path());
    pty.send("M");
    pty.wait_for("The mouse is on");
    for _ in 0..2 {
        pty.send("\x1a");
        pty.wait_until("prompt", |pty| pty.screen().trim_end().ends_with("prompt>"));
        assert!(!hears(&pty), "the shell gets reports of the mouse");
        pty.send("fg\r");
        pty.wait_for("q quit");
        assert!(hears(&pty), "no longer heard");
    }
    pty.send("M");
    pty.wait_for("The mouse is off");
    pty.send("\x1a");
    pty.wait_until("prompt", |pty| pty.screen().trim_end().ends_with("prompt>"));
    pty.send("fg\r");
    pty.wait_for("q quit");
    assert!(!hears(&pty), "heard again without being asked for");
}

/// The explorer, started by a shell that can stop and continue it.
fn from_a_shell(home: &Path) -> Pty {
    let mut pty = Pty::start(pty::shell(home, &["-i"]));
    pty.wait_for("prompt>");
    pty.send("detente\r");
    pty.wait_for("q quit");
    pty
}
