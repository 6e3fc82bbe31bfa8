//! What fails on the server's side, and what does not fail with it.

use std::time::{Duration, Instant};

use rustix::process::{Signal, kill_process};

use super::server::{Server, wait_for_slide};

#[test]
fn a_child_that_dies_is_told_and_replaced_and_the_talk_goes_on() {
    let Some(mut server) = Server::present(&["--present", "sea"]) else { return };
    let mut reader = server.join(&[]);
    server.stage().wait_for("1 watching");
    server.stage().send("4G");
    wait_for_slide(&mut reader, "sea", (80, 24), "4 G");
    let child = server.child();
    kill_process(child, Signal::KILL).unwrap();
    server.stage().wait_for("The server has failed (signal: 9 (SIGKILL)); another one is started.");
    assert_ne!(reader.end().0.exit_code(), 0);
    server.stage().send("n");
    wait_for_slide(server.stage(), "sea", (80, 24), "4 G n");
    let mut again = server.join(&[]);
    wait_for_slide(&mut again, "sea", (80, 24), "4 G n");
    server.stage().send("n");
    wait_for_slide(&mut again, "sea", (80, 24), "4 G n n");
    assert_ne!(server.child(), child);
}

#[test]
fn a_child_that_hangs_never_holds_the_speaker_up() {
    let Some(mut server) = Server::present(&["--present", "sea"]) else { return };
    let child = server.child();
    kill_process(child, Signal::STOP).unwrap();
    for _ in 0..200 {
        server.stage().send("Gg");
    }
    let begun = Instant::now();
    server.stage().send("4G");
    wait_for_slide(server.stage(), "sea", (80, 24), "4 G");
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    server.stage().send("q");
    server.stage().end();
    server.stage().assert_restored();
}

#[test]
fn what_fails_in_one_readers_task_reaches_nobody_else() {
    let Some(server) = Server::start(&["--selftest-panic-at", "77"]) else { return };
    let mut other = server.join(&[]);
    other.wait_for("q quit");
    let child = server.child();
    let mut failing = server.join_sized((77, 24), &[]);
    assert_ne!(failing.end().0.exit_code(), 0);
    failing.assert_restored();
    assert!(failing.screen().contains("détente failed here; please report this."), "{}", failing.screen());
    assert!(server.log().contains("a self-test in a reader's task"), "{}", server.log());
    other.send("2");
    other.wait_for("Countries");
    assert_eq!(server.child(), child);
}

#[test]
fn the_memory_of_the_child_is_bounded_by_the_system() {
    let Some(server) = Server::start(&["--memory", "300"]) else { return };
    let mut reader = server.join(&[]); // Who is served is served by a child that has bounded itself.
    reader.wait_for("q quit");
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", server.child().as_raw_nonzero())).unwrap();
    let line = limits.lines().find(|line| line.starts_with("Max address space")).unwrap();
    let numbers: Vec<&str> = line.split_whitespace().collect();
    assert_eq!(&numbers[3..5], ["314572800", "314572800"], "{line}");
    let environment = std::fs::read(format!("/proc/{}/environ", server.child().as_raw_nonzero())).unwrap();
    let environment = String::from_utf8_lossy(&environment).into_owned();
    assert!(!environment.contains("HOME") && !environment.contains("PATH"), "{environment}");
}

#[test]
fn the_child_ends_when_the_console_is_killed() {
    let Some(mut server) = Server::start(&[]) else { return };
    let child = server.child();
    let mut reader = server.join(&[]);
    reader.wait_for("q quit");
    server.signal(Signal::KILL);
    server.end();
    assert!(reader.end().0.success());
    assert!(reader.screen().contains("The server has ended"), "{}", reader.screen());
    let deadline = Instant::now() + Duration::from_secs(3);
    while kill_process(child, Signal::CONT).is_ok() && is_running(child.as_raw_nonzero().get()) {
        assert!(Instant::now() < deadline, "the child lives on");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Says whether a process is more than an entry that nobody has read yet.
fn is_running(pid: i32) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    !status.is_empty() && !status.contains(") Z ")
}
