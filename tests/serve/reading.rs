//! Readers who come with an ordinary client: each has an explorer of their own.

use std::fs;

use crate::common::Journey;

use super::server::{Server, above, key};

#[test]
fn each_reader_has_an_explorer_of_their_own_in_their_own_size_and_history() {
    let Some(server) = Server::start(&[]) else { return };
    let mut wide = server.join_sized((120, 40), &[]);
    let mut small = server.join_sized((50, 16), &[]);
    wide.wait_for("q quit");
    small.wait_until("the home of a small window", |pty| {
        above(&pty.screen(), 16) == above(&Journey::sized("home", (50, 16)).text(), 16)
    });
    assert_eq!(above(&wide.screen(), 40), above(&Journey::new().text(), 40), "what the explorer shows at home");
    wide.send("2");
    wide.wait_until("the countries", |pty| above(&pty.screen(), 40) == above(&Journey::new().press("2").text(), 40));
    small.send("7");
    small.resize(80, 24);
    let mapped = Journey::sized("home", (50, 16)).press("7").happen(detente::action::Input::Resize(80, 24));
    small.wait_until("the map at another size", |pty| above(&pty.screen(), 24) == above(&mapped.text(), 24));
    wide.send("\x7f");
    wide.wait_until("back at home", |pty| {
        above(&pty.screen(), 40) == above(&Journey::new().press("2 Backspace").text(), 40)
    });
    wide.send("?");
    wide.wait_for("Help");
    wide.send("\x1b");
    wide.wait_until("no help, as a lone Esc is a key", |pty| !pty.screen().contains("Help"));
    for reader in [&mut wide, &mut small] {
        reader.send("q");
        assert!(reader.end().0.success());
        reader.assert_restored();
    }
    server.wait_for_log("ends");
    assert!(server.log().contains("why=\"quit\""));
}

#[test]
fn looks_are_chosen_by_the_terminal_and_the_user_name_and_by_no_variable() {
    let Some(server) = Server::start(&[]) else { return };
    let colours = |bytes: &[u8]| {
        String::from_utf8_lossy(bytes).contains("\x1b[;36m") || String::from_utf8_lossy(bytes).contains("36m")
    };
    let mut usual = server.join(&["-o", "SetEnv=NO_COLOR=1"]);
    usual.wait_for("q quit");
    assert!(colours(&usual.log()), "a variable is not heard");
    let mut plain = server.join(&["-l", "mono+ascii"]);
    plain.wait_for("q quit");
    assert!(!colours(&plain.log()) && plain.log().is_ascii(), "no colour, and ASCII alone");
    let mut light = server.join(&["-l", "light"]);
    light.wait_for("q quit");
    assert!(String::from_utf8_lossy(&light.log()).contains("48;5;231"), "a light ground of its own");
    let mut console = server.ssh(&[]);
    console.env("TERM", "linux");
    let mut console = crate::pty::Pty::start(console);
    console.wait_for("q quit");
    assert!(console.log().is_ascii(), "a terminal that has only letters gets only letters");
    let mut dumb = server.ssh(&[]);
    dumb.env("TERM", "dumb");
    let (said, code) = crate::pty::Pty::start(dumb).printed();
    assert_eq!((said.trim(), code), ("Your TERM names no terminal that can show a screen.", 1));
    let (code, said) = server.run(&["-T"]);
    assert_eq!((said.trim(), code), ("détente needs a terminal; ssh -t asks for one.", Some(1)));
}

#[test]
fn what_is_learned_is_kept_for_each_key_and_nothing_else_is_kept() {
    let Some(home) = Server::home() else { return };
    let second = key(home.path(), "second");
    let keys = ["reader.pub", "second.pub"].map(|name| fs::read_to_string(home.path().join(name)).unwrap());
    fs::write(home.path().join("keys"), keys.concat()).unwrap();
    let server = Server::start_in(home, &[]);
    let learn = |options: &[&str]| {
        let mut reader = server.join(options);
        reader.wait_for("q quit");
        reader.send("S");
        reader.wait_for(" 517");
        reader.send("\r");
        reader.wait_for("show");
        reader.send(" 3");
        reader.wait_until("the next card", |pty| pty.screen().contains("show") || pty.screen().contains("choose"));
        reader.send("qm\x03");
        reader.end();
    };
    learn(&[]);
    let students = server.home.path().join("state/serve/students");
    let kept = || -> Vec<String> {
        let directories = fs::read_dir(&students).map(|all| all.map(|entry| entry.unwrap().path()).collect::<Vec<_>>());
        directories
            .unwrap_or_default()
            .iter()
            .map(|path| fs::read_to_string(path.join("reviews.log")).unwrap_or_default())
            .collect()
    };
    server.wait_for("a journal with one review", || kept().concat().lines().count() == 1);
    assert_eq!(kept().len(), 1, "one journal");
    learn(&["-i", second.to_str().unwrap()]);
    server.wait_for("another one for the other key", || kept().len() == 2);
    learn(&[]);
    server.wait_for("three reviews", || kept().iter().map(|text| text.lines().count()).sum::<usize>() == 3);
    assert_eq!(kept().len(), 2, "on in the first");
    let mut files: Vec<String> = fs::read_dir(server.home.path().join("state/serve"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    assert_eq!(files, ["ssh_host_ed25519_key", "students"]);
    assert_eq!(fs::read_dir(server.home.path().join("state")).unwrap().count(), 1, "no marks, no place");
}

#[test]
fn the_log_says_who_came_and_went_and_never_what_was_typed() {
    let Some(server) = Server::start(&[]) else { return };
    let mut reader = server.join(&["-l", "guest"]);
    reader.wait_for("q quit");
    reader.send("/peculiar");
    reader.wait_for("peculiar");
    reader.send("\x03");
    reader.end();
    server.wait_for_log("ends");
    let log = server.log();
    for part in
        ["INFO signed on address=127.0.0.1:", "user=guest key=\"SHA256:", "comment=\"reader\"", "columns=80 rows=24"]
    {
        assert!(log.contains(part), "no {part} in\n{log}");
    }
    assert!(!log.contains("peculiar"), "what was typed is in\n{log}");
}
