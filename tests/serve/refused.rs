//! What is refused: strangers, whatever is not a screen, and a host key that others may read.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::time::{Duration, Instant};

use super::hostile::{Guest, offer, runtime};
use super::server::{Server, key};

#[test]
fn r54_whoever_has_no_key_stays_out_and_learns_nothing_from_how_long_it_takes() {
    let Some(server) = Server::start(&[]) else { return };
    let strangers: Vec<String> =
        (0..4).map(|number| key(server.home.path(), &format!("stranger{number}")).display().to_string()).collect();
    let one = |user: &'static str| {
        let begun = Instant::now();
        let (code, said) = server.run(&["-o", "BatchMode=yes", "-l", user, "-i", &strangers[0]]);
        assert_eq!(code, Some(255), "{said}");
        assert!(said.contains("Permission denied (publickey)"), "{said}");
        begun.elapsed().as_secs_f64()
    };
    let (known, unknown) = (one("root"), one("nobody-at-all"));
    assert!(known >= 1.0 && unknown >= 1.0, "a refusal takes a second: {known} {unknown}");
    assert!((known - unknown).abs() < 0.5, "and tells nothing: {known} {unknown}");
    let begun = Instant::now();
    let all: Vec<&str> = strangers.iter().flat_map(|path| ["-i", path]).collect();
    let (code, said) = server.run(&[&["-o", "BatchMode=yes"], &all[..]].concat());
    assert_eq!(code, Some(255));
    assert!(said.contains("Too many authentication"), "three attempts: {said}");
    assert!(begun.elapsed() >= Duration::from_secs(3));
    let (code, said) =
        server.run(&["-o", "PreferredAuthentications=password,keyboard-interactive", "-o", "BatchMode=no"]);
    assert_eq!((code, said.contains("Permission denied (publickey)")), (Some(255), true), "no password: {said}");
}

#[test]
fn whoever_comes_gets_in_where_the_door_is_open_and_the_console_says_so() {
    let Some(server) = Server::start(&["--open"]) else { return };
    assert!(server.log().contains("Warning: anyone who can reach this address gets in."), "{}", server.log());
    let mut with_a_key = server.join(&[]);
    with_a_key.wait_for("q quit");
    let mut without = server.join(&["-i", "/dev/null"]);
    without.wait_for("q quit");
    server.wait_for_log("key=\"none\"");
    assert!(server.log().contains("key=\"SHA256:"), "whoever has one is known by it:\n{}", server.log());
    without.send("S");
    without.wait_for("sign on with a key");
}

#[test]
fn conditions_on_a_key_that_would_have_to_be_heeded_keep_it_out() {
    let Some(home) = Server::home() else { return };
    let plain = fs::read_to_string(home.path().join("reader.pub")).unwrap();
    fs::write(home.path().join("keys"), format!("# a comment\nrestrict,pty {plain}")).unwrap();
    let server = Server::start_in(home, &[]);
    let mut reader = server.join(&[]);
    reader.wait_for("q quit");
    let keys = server.home.path().join("keys");
    fs::write(&keys, format!("from=\"10.0.0.1\" {plain}")).unwrap();
    assert_eq!(server.run(&["-o", "BatchMode=yes"]).0, Some(255), "the file is read whenever somebody knocks");
    drop(server);
    let Some(home) = Server::home() else { return };
    for (text, wanted) in
        [("", "nobody would get in"), ("command=\"ls\" ssh-ed25519 nonsense\n", "nobody would get in")]
    {
        fs::write(home.path().join("none"), text).unwrap();
        let output = detente(&["serve", "--listen", "127.0.0.1:0"], home.path(), "none");
        assert!(output.contains(wanted) && output.contains("--open lets anyone in"), "{output}");
    }
    let output = detente(&["serve", "--listen", "127.0.0.1:0"], home.path(), "missing");
    assert!(output.contains("missing: no such file") && output.contains("--keys names another"), "{output}");
}

/// What the program says that must not begin to serve.
fn detente(arguments: &[&str], home: &std::path::Path, keys: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_detente"));
    command.args(arguments).arg("--keys").arg(home.join(keys)).arg("--state").arg(home.join("state"));
    let output = command.env_clear().output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(output.stdout, b"");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn r57_a_screen_is_all_that_is_given() {
    let Some(server) = Server::start(&[]) else { return };
    let (code, said) = server.run(&["--", "id"]);
    assert!(code != Some(0) && !said.contains("uid="), "a command: {code:?} {said}");
    let (code, said) = server.run(&["-s", "--", "sftp"]);
    assert!(code != Some(0) && said.contains("subsystem request failed"), "files: {said}");
    let target = format!("127.0.0.1:{}", server.address.port());
    let (code, said) = server.run(&["-W", &target]);
    assert!(code != Some(0) && said.contains("stdio forwarding failed"), "forwarding: {said}");
    let (code, said) = server.run(&["-N", "-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:1"]);
    assert!(code != Some(0) && said.contains("remote port forwarding failed"), "forwarding back: {said}");
    let (code, said) = server.run(&["-N", "-o", "ExitOnForwardFailure=yes", "-R", "/tmp/detente-test:127.0.0.1:1"]);
    assert!(code != Some(0) && said.contains("remote port forwarding failed"), "forwarding a socket: {said}");
    let master = server.home.path().join("master");
    let master = master.to_str().unwrap();
    let mut first = server.join(&["-o", "ControlMaster=yes", "-o", &format!("ControlPath={master}")]);
    first.wait_for("q quit");
    let (code, said) = server.run(&["-tt", "-o", &format!("ControlPath={master}")]);
    assert!(code != Some(0) && !said.contains("quit"), "a second screen in one connection: {said}");
    first.send("2");
    first.wait_for("Countries");
}

#[test]
fn r57_what_openssh_does_not_tell_of_is_refused_as_well() {
    let Some(server) = Server::start(&[]) else { return };
    runtime().block_on(async {
        let handle = Guest::new(server.home.path()).sign_on(server.address).await;
        let mut channel = handle.channel_open_session().await.unwrap();
        for request in ["agent", "x11", "env", "exec", "subsystem"] {
            match request {
                "agent" => channel.agent_forward(true).await.unwrap(),
                "x11" => channel.request_x11(true, false, "MIT-MAGIC-COOKIE-1", "00", 0).await.unwrap(),
                "env" => channel.set_env(true, "LANG", "C").await.unwrap(),
                "exec" => channel.exec(true, "id").await.unwrap(),
                _ => channel.request_subsystem(true, "sftp").await.unwrap(),
            }
            loop {
                match channel.wait().await {
                    Some(russh::ChannelMsg::Failure) => break,
                    Some(russh::ChannelMsg::ExtendedData { .. }) => {}
                    other => panic!("{request}: {other:?}"),
                }
            }
        }
        assert!(handle.channel_open_session().await.is_err(), "a second channel");
        assert!(handle.channel_open_direct_tcpip("127.0.0.1", 1, "127.0.0.1", 1).await.is_err());
        assert!(handle.channel_open_direct_streamlocal("/tmp/x").await.is_err());
    });
}

#[test]
fn r58_the_host_key_is_made_once_and_never_used_where_others_may_read_it() {
    let Some(mut server) = Server::start(&[]) else { return };
    let fingerprint = |server: &Server| {
        let log = server.log();
        log.split("Host key (ED25519): ").nth(1).unwrap().lines().next().unwrap().to_owned()
    };
    let first = fingerprint(&server);
    assert!(first.starts_with("SHA256:"));
    let directory = server.home.path().join("state/serve");
    let file = directory.join("ssh_host_ed25519_key");
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    assert_eq!((mode(&directory), mode(&file)), (0o700, 0o600));
    let shown = Command::new("ssh-keygen").arg("-lf").arg(&file).output().unwrap();
    assert!(String::from_utf8_lossy(&shown.stdout).contains(&first), "OpenSSH reads the same");
    server.signal(rustix::process::Signal::TERM);
    server.end();
    let home = std::mem::replace(&mut server.home, tempfile::tempdir().unwrap());
    let mut server = Server::start_in(home, &[]);
    assert_eq!(fingerprint(&server), first, "the same at the next start");
    server.signal(rustix::process::Signal::TERM);
    server.end();
    for (path, wide, narrow) in [(&file, 0o644, 0o600), (&file, 0o640, 0o600), (&directory, 0o755, 0o700)] {
        fs::set_permissions(path, fs::Permissions::from_mode(wide)).unwrap();
        let home = std::mem::replace(&mut server.home, tempfile::tempdir().unwrap());
        let said = detente(&["serve", "--listen", "127.0.0.1:0"], home.path(), "keys");
        assert!(said.contains("others may read this") && said.contains(&format!("chmod {narrow:o}")), "{said}");
        server.home = home;
        fs::set_permissions(path, fs::Permissions::from_mode(narrow)).unwrap();
    }
}

#[test]
fn r56_no_cipher_is_offered_that_terrapin_can_touch_and_strict_exchange_is() {
    let Some(server) = Server::start(&[]) else { return };
    let offer = offer(server.address);
    assert_eq!(offer[0].trim_end(), "SSH-2.0-detente", "no version to look up");
    assert!(offer[1].split(',').any(|name| name == "kex-strict-s-v00@openssh.com"), "{}", offer[1]);
    assert!(offer[1].split(',').all(|name| !name.contains("sha1") && !name.contains("group")), "{}", offer[1]);
    assert_eq!(offer[2], "ssh-ed25519");
    for ciphers in &offer[3..5] {
        assert_eq!(ciphers, "aes256-gcm@openssh.com,aes128-gcm@openssh.com");
    }
    for compression in &offer[7..9] {
        assert_eq!(compression, "none");
    }
}
