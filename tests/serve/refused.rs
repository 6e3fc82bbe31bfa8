//! What is refused: strangers, whatever is not a screen, and a host key that others may read.

use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use std::{fs, io, thread};

use detente::serve::bounds::KEYS_FILE;
use rustix::fs::{FileType, Mode};

use crate::common::is_long;
use crate::pty::PATIENCE;

use super::hostile::{Guest, offer, runtime};
use super::packets::{Connection, Fields};
use super::server::{Server, key};

#[test]
fn r54_whoever_has_no_key_stays_out_after_three_attempts_and_is_asked_for_no_password() {
    let Some(server) = Server::start(&[]) else { return };
    let strangers: Vec<String> =
        (0..4).map(|number| key(server.home.path(), &format!("stranger{number}")).display().to_string()).collect();
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

/// Ways to be refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrong {
    /// A name that many systems know, with a key that is in no list.
    Key,
    /// A name that none knows.
    Name,
    /// A password.
    Password,
    /// A key that is in the list, with somebody else's signature.
    Signature,
}

const WRONGS: [Wrong; 4] = [Wrong::Key, Wrong::Name, Wrong::Password, Wrong::Signature];

/// How often each is tried, some of each at once.
const TRIES: usize = 24;
const AT_ONCE: u8 = 6;

/// Is refused once; answers how long that took.
fn refused(wrong: Wrong, address: SocketAddr, from: u8, known: &[u8]) -> io::Result<Duration> {
    let mut connection = Connection::open(address, from)?;
    connection.exchange_keys()?;
    connection.send(&Fields::of(5).string("ssh-userauth").0)?;
    connection.wait_for(6)?;
    let user = if wrong == Wrong::Name { "nobody-at-all" } else { "root" };
    let attempt = Fields::of(50).string(user).string("ssh-connection");
    let stranger = Fields::default().string("ssh-ed25519").string([7; 32]).0;
    let key = if wrong == Wrong::Signature { known } else { &stranger };
    let attempt = match wrong {
        Wrong::Password => attempt.string("password").byte(0).string("let me in"),
        _ => attempt.string("publickey").byte(1).string("ssh-ed25519").string(key),
    };
    let signature = Fields::default().string("ssh-ed25519").string([9; 64]);
    let attempt = if wrong == Wrong::Password { attempt } else { attempt.string(signature.0) };
    let begun = Instant::now();
    connection.send(&attempt.0)?;
    connection.wait_for(51)?;
    Ok(begun.elapsed())
}

/// The public key of a reader as it goes over the line.
fn public_key(path: &Path) -> Vec<u8> {
    let text = fs::read_to_string(path).unwrap();
    let key = text.parse::<russh::keys::PublicKey>().unwrap();
    key.to_bytes().unwrap()
}

#[test]
fn r54_a_key_for_which_the_holder_of_another_vouches_stays_out() {
    let Some(server) = Server::start(&[]) else { return };
    let stranger = key(server.home.path(), "stranger");
    let mut keygen = Command::new("ssh-keygen");
    keygen.args(["-q", "-I", "stranger", "-n", "root,guest", "-s"]).arg(server.home.path().join("reader"));
    assert!(keygen.arg(stranger.with_extension("pub")).status().unwrap().success());
    let (code, said) = server.run(&["-i", stranger.to_str().unwrap(), "-l", "guest", "-o", "BatchMode=yes"]);
    assert_eq!((code, said.contains("Permission denied (publickey)")), (Some(255), true), "{said}");
    assert!(!server.log().contains("signed on"), "{}", server.log());
}

#[test]
fn r54_a_refusal_takes_a_second_whatever_was_wrong() {
    let Some(server) = Server::start(&[]) else { return };
    let known = public_key(&server.home.path().join("reader.pub"));
    let mut took: [Vec<Duration>; 4] = Default::default();
    while took[0].len() < TRIES {
        let round: Vec<Vec<Duration>> = thread::scope(|scope| {
            let tries = WRONGS.map(|wrong| {
                let tries = (0..AT_ONCE).map(|number| {
                    let (address, known) = (server.address, &known);
                    scope.spawn(move || refused(wrong, address, 2 + number, known).unwrap())
                });
                tries.collect::<Vec<_>>()
            });
            tries.map(|tries| tries.into_iter().map(|attempt| attempt.join().unwrap()).collect()).into()
        });
        took.iter_mut().zip(round).for_each(|(all, some)| all.extend(some));
    }
    let medians = took.map(|mut times| {
        times.sort();
        times[times.len() / 2].as_secs_f64()
    });
    assert!(medians.iter().all(|median| *median >= 1.0), "{WRONGS:?} took {medians:?} s");
    let (least, most) = medians.iter().fold((f64::MAX, 0.0_f64), |(least, most), at| (least.min(*at), most.max(*at)));
    assert!(most <= least * 1.05, "{WRONGS:?} took {medians:?} s");
}

#[test]
fn r54_thousands_of_failures_fill_nothing_and_hold_nobody_up() {
    let Some(server) = Server::start(&[]) else { return };
    let failures = if is_long() { 10_000 } else { 120 };
    let mut reader = server.join(&[]);
    reader.wait_for("q quit");
    let before = server.memory();
    let (failed, address) = (AtomicUsize::new(0), server.address);
    thread::scope(|scope| {
        for number in 0..48 {
            let failed = &failed;
            scope.spawn(move || {
                while failed.load(Ordering::Relaxed) < failures {
                    match refused(WRONGS[number % 3], address, 2 + (number / 6) as u8, &[]) {
                        Ok(_) => _ = failed.fetch_add(1, Ordering::Relaxed),
                        Err(_) => thread::sleep(Duration::from_millis(20)), // There is no room at the moment.
                    }
                }
            });
        }
        reader.send("2");
        reader.wait_for("Countries");
        let begun = Instant::now();
        let mut another = server.join(&[]);
        another.wait_for("q quit");
        assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    });
    let memory = server.memory();
    assert!(memory < before + 16 * 1024, "{before} KiB grew to {memory} KiB");
}

#[test]
fn whoever_comes_gets_in_where_the_door_is_open_and_the_console_says_so() {
    let Some(server) = Server::start(&["--open"]) else { return };
    server.wait_for_log("Warning: anyone who can reach this address gets in.");
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

#[test]
fn a_file_of_keys_that_is_none_is_refused_at_once_and_lets_nobody_in_later() {
    let Some(home) = Server::home() else { return };
    let at = |name: &str| home.path().join(name);
    rustix::fs::mknodat(rustix::fs::CWD, at("pipe"), FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    fs::write(at("large"), vec![b'#'; KEYS_FILE as usize + 1]).unwrap();
    fs::write(at("other"), [0xff, 0xfe]).unwrap();
    for (name, wanted) in [
        ("pipe", "this is no regular file"),
        ("/dev/zero", "this is no regular file"),
        (".", "this is no regular file"),
        ("large", "larger than 1 MiB"),
        ("other", "this is no text in UTF-8"),
    ] {
        let begun = Instant::now();
        let said = detente(&["serve", "--listen", "127.0.0.1:0"], home.path(), name);
        assert!(said.contains(wanted) && said.contains("--keys names another file"), "{name}: {said}");
        assert!(begun.elapsed() < Duration::from_secs(2), "{name}: {:?}", begun.elapsed());
    }
    let server = Server::start_in(home, &[]);
    let keys = server.home.path().join("keys");
    fs::remove_file(&keys).unwrap();
    fs::rename(server.home.path().join("pipe"), &keys).unwrap();
    assert_eq!(server.run(&["-o", "BatchMode=yes"]).0, Some(255), "a pipe in the place of the file");
    server.wait_for_log("this is no regular file");
}

/// What the program says that must not begin to serve.
fn detente(arguments: &[&str], home: &std::path::Path, keys: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_detente"));
    command.args(arguments).arg("--keys").arg(home.join(keys)).arg("--state").arg(home.join("state"));
    command.env_clear().stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = command.spawn().unwrap();
    let deadline = Instant::now() + PATIENCE;
    while process.try_wait().unwrap().is_none() {
        if Instant::now() > deadline {
            process.kill().unwrap();
        }
        thread::sleep(Duration::from_millis(5));
    }
    let output = process.wait_with_output().unwrap();
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
        for wanted in [true, false] {
            channel.request_pty(true, "xterm", 80, 24, 0, 0, &[]).await.unwrap();
            let answer = channel.wait().await;
            assert_eq!(matches!(answer, Some(russh::ChannelMsg::Success)), wanted, "a second terminal: {answer:?}");
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
    let aside = server.home.path().join("aside");
    fs::rename(&file, &aside).unwrap();
    std::os::unix::fs::symlink(&aside, &file).unwrap();
    let said = detente(&["serve", "--listen", "127.0.0.1:0"], server.home.path(), "keys");
    assert!(said.contains("this is a link"), "{said}");
    fs::rename(&aside, &file).unwrap();
    if rustix::process::geteuid().is_root() {
        std::os::unix::fs::chown(&file, Some(1), None).unwrap();
        let said = detente(&["serve", "--listen", "127.0.0.1:0"], server.home.path(), "keys");
        assert!(said.contains("this belongs to another user"), "{said}");
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
