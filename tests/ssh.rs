//! Talks through real OpenSSH: clickers, lost connections, tmux, and a line of 9,600 baud.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use detente::app::Errand;
use detente::screens::present::Talk;
use detente::state::{State, TalkState};
use detente::tour;
use rustix::process::Signal;

use crate::common::{Journey, SHIPPED};
use crate::pty::Pty;
use crate::sshd::{Sshd, installed, skipped};

/// What a line of 9,600 baud carries in a second, with a start and a stop bit for each byte.
const BAUD_9600: u64 = 960;

/// What a screen shows of the tour of the sea after these keys, at its start.
fn after(keys: &str) -> String {
    let talk = Talk::new(&SHIPPED, tour::find(&SHIPPED, "sea").unwrap(), None);
    lines(&Journey::begun(&SHIPPED, (80, 24), Errand::Talk(talk), State::default()).press(keys).text())
}

/// A screen without the spaces at the ends of its lines.
fn lines(screen: &str) -> String {
    screen.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

fn wait_for_slide(pty: &mut Pty, keys: &str) {
    let wanted = after(keys);
    pty.wait_until(&format!("the slide after {keys:?}"), |pty| lines(&pty.screen()) == wanted);
}

/// The step that is kept on the other side.
fn kept(home: &Path) -> TalkState {
    let text = fs::read(home.join(".local/state/detente/talk.json")).unwrap();
    serde_json::from_slice(&text).unwrap()
}

#[test]
fn a_talk_over_ssh_hears_the_clicker_and_gives_the_terminal_back() {
    let Some(sshd) = Sshd::start() else { return };
    let mut talk = sshd.run("detente present sea");
    wait_for_slide(&mut talk, "");
    talk.send("\x1b[6~\x1b[6~");
    wait_for_slide(&mut talk, "PageDown PageDown");
    talk.send(".");
    talk.wait_until("a black screen", |pty| pty.screen().trim().is_empty());
    talk.send(".");
    wait_for_slide(&mut talk, "PageDown PageDown");
    talk.send("\x1b[15~");
    talk.wait_until("the start", |pty| pty.screen().trim_end().ends_with(" 1/14"));
    talk.send("\x1b");
    wait_for_slide(&mut talk, "PageDown PageDown");
    talk.send("\x1b[5~");
    wait_for_slide(&mut talk, "PageDown");
    talk.resize(40, 12);
    talk.send("4G");
    talk.wait_until("the fourth slide", |pty| pty.screen().trim_end().ends_with(" 4/14"));
    talk.send("q");
    let (status, _) = talk.end();
    assert!(status.success());
    talk.assert_restored();
    assert!(!kept(sshd.home.path()).running);
}

#[test]
fn a_lost_connection_loses_no_step() {
    let Some(sshd) = Sshd::start() else { return };
    let mut talk = sshd.run("detente present sea --minutes 15");
    wait_for_slide(&mut talk, "");
    talk.send(" 5G n");
    wait_for_slide(&mut talk, "Space 5 G Space n");
    let step = kept(sshd.home.path());
    talk.signal(Signal::KILL);
    talk.end();
    let mut again = sshd.run("detente present --resume");
    wait_for_slide(&mut again, "Space 5 G Space n");
    assert_eq!(kept(sshd.home.path()), step, "the step, the clock and the plan go on");
    assert!(step.running && step.began.is_some() && step.minutes == Some(15));
}

#[test]
fn the_notes_follow_in_a_second_connection() {
    let Some(sshd) = Sshd::start() else { return };
    let mut notes = sshd.run("detente present --notes");
    notes.wait_for("No talk yet");
    let mut talk = sshd.run("detente present sea");
    wait_for_slide(&mut talk, "");
    talk.send("3G");
    notes.wait_for(" 3/14 ");
    notes.wait_for("On the screen");
}

#[test]
fn a_talk_in_tmux_goes_on_behind_a_lost_connection() {
    let Some(sshd) = Sshd::start() else { return };
    if installed("tmux").is_none() {
        return skipped("tmux");
    }
    let tmux = format!("tmux -u -S {} -f /dev/null", sshd.home.path().join("tmux").display());
    let above_the_status = |pty: &Pty| pty.screen().lines().take(22).map(str::trim_end).collect::<Vec<_>>().join("\n");
    let mut talk = sshd.run(&format!("{tmux} new-session -s talk 'detente present sea'"));
    talk.wait_for(" 1/14");
    talk.send("5G n");
    talk.wait_until("the step", |pty| kept(sshd.home.path()).points == 2 && pty.screen().contains(" 5/14"));
    let mut slide = above_the_status(&talk);
    talk.wait_until("a screen at rest", |pty| std::mem::replace(&mut slide, above_the_status(pty)) == slide);
    talk.signal(Signal::KILL);
    talk.end();
    let mut again = sshd.run(&format!("{tmux} attach -t talk"));
    again.wait_until("the very slide", |pty| above_the_status(pty) == slide);
    again.send("b");
    again.wait_until("a black slide", |pty| above_the_status(pty).trim().is_empty());
    again.send("bq");
    again.end();
    assert!(!kept(sshd.home.path()).running);
}

#[test]
fn at_9600_baud_a_point_is_there_within_a_second() {
    let Some(sshd) = Sshd::start() else { return };
    let line = sshd.narrow();
    let mut talk = sshd.run_through(line.port, "detente present sea");
    wait_for_slide(&mut talk, "");
    talk.send("2G");
    wait_for_slide(&mut talk, "2 G");
    line.let_through(BAUD_9600);
    for keys in ["2 G n", "2 G n n", "2 G n n n"] {
        let begun = Instant::now();
        talk.send("n");
        wait_for_slide(&mut talk, keys);
        assert!(begun.elapsed() < Duration::from_secs(1), "{keys} took {:?}", begun.elapsed());
    }
}
