//! Clients that say nothing, or take nothing: they hold nobody up, and are cut off.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use detente::serve::bounds::{GRACE, GREETING, SIGNING_ON, STALLED};
use rustix::process::Signal;

use crate::pty::Pty;

use super::hostile::{connect, runtime};
use super::link::{Link, Quality};
use super::packets::{Connection, Fields};
use super::server::{Server, wait_for_slide};

#[test]
fn r53_a_thousand_silent_sockets_keep_nobody_out_and_are_gone_after_ten_seconds() {
    let Some(server) = Server::start(&[]) else { return };
    let runtime = runtime();
    let begun = Instant::now();
    let sockets: Vec<tokio::net::TcpStream> = runtime.block_on(async {
        let mut sockets = Vec::new();
        for number in 0..1000_u32 {
            let Ok(socket) = connect(server.address, 2 + (number % 100) as u8).await else { continue };
            if number % 2 == 0 {
                let _ = socket.try_write(b"SSH-2.0-test\r\n"); // Less than a client says is no more than nothing.
            }
            sockets.push(socket);
        }
        sockets
    });
    let joined = Instant::now();
    let mut reader = server.join(&[]);
    reader.wait_for("q quit");
    assert!(joined.elapsed() < Duration::from_secs(2), "a reader waited for {:?}", joined.elapsed());
    reader.send("q");
    reader.end();
    let open = || sockets.iter().filter(|socket| !is_over(socket)).count();
    let at_once = open();
    assert!(at_once <= 64, "{at_once} hold the door");
    let deadline = begun + GRACE + Duration::from_secs(4);
    while open() > 0 {
        assert!(Instant::now() < deadline, "{} are still open", open());
        thread::sleep(Duration::from_millis(50));
    }
}

/// Says whether the other side has closed.
fn is_over(socket: &tokio::net::TcpStream) -> bool {
    let mut bytes = [0; 256];
    loop {
        match socket.try_read(&mut bytes) {
            Ok(0) => return true,
            Ok(_) => {}
            Err(error) => return error.kind() != std::io::ErrorKind::WouldBlock,
        }
    }
}

#[test]
fn r51_r52_readers_that_take_nothing_hold_nobody_up_fill_no_memory_and_are_cut_off() {
    let Some(mut server) = Server::present(&["--present", "sea"]) else { return };
    let mut healthy: Vec<Pty> = (0..4).map(|_| server.join(&[])).collect();
    let mut stopped: Vec<Pty> = (0..2).map(|_| server.join_sized((300, 100), &[])).collect();
    server.stage().wait_for("6 watching");
    stopped.iter_mut().for_each(|reader| reader.wait_until("a picture", |pty| pty.log().len() > 1000));
    stopped.iter().for_each(|reader| reader.signal(Signal::STOP));
    let before = server.memory();
    let begun = Instant::now();
    let mut cut = None;
    let mut most = 0;
    while begun.elapsed() < STALLED + Duration::from_secs(25) && cut.is_none() {
        for keys in ["G", "4G"] {
            server.stage().send(keys);
            let step = Instant::now();
            for reader in &mut healthy {
                wait_for_slide(reader, "sea", (80, 24), &keys.replace("4G", "4 G"));
            }
            assert!(step.elapsed() < Duration::from_secs(5), "{keys} took {:?}", step.elapsed());
        }
        most = most.max(waiting(server.address.port()));
        cut = server.log().contains("took nothing for too long").then(|| begun.elapsed());
    }
    let cut = cut.unwrap_or_else(|| panic!("not cut off:\n{}", server.log()));
    assert!(cut >= STALLED, "cut after {cut:?}");
    assert!(most <= 256 * 1024, "{most} bytes waited in the system for one reader");
    assert!(server.memory() < before + 8 * 1024, "{} KiB after {before}", server.memory());
    server.stage().wait_for("4 watching");
    stopped.iter().for_each(|reader| reader.signal(Signal::KILL));
}

/// The most bytes that the system keeps for a client of a port that has not taken them.
fn waiting(port: u16) -> u64 {
    let table = fs::read_to_string("/proc/net/tcp").unwrap();
    let own = format!(":{port:04X}");
    let queues = table.lines().skip(1).filter_map(|line| {
        let mut fields = line.split_whitespace().skip(1);
        let (local, queue) = (fields.next()?, fields.nth(2)?);
        local.ends_with(&own).then(|| u64::from_str_radix(queue.split(':').next()?, 16).ok())?
    });
    queues.max().unwrap_or_default()
}

#[test]
fn r53_r60_those_who_have_gone_without_a_word_and_those_who_never_sign_on_are_noticed() {
    let Some(server) = Server::start(&[]) else { return };
    let link = Link::to(server.address, Quality::default());
    let begun = Instant::now();
    let mut halfway = Connection::open(server.address, 2).unwrap();
    halfway.exchange_keys().unwrap();
    halfway.send(&Fields::of(2).string([0; GREETING as usize]).0).unwrap(); // As much as clients say, and nothing more.
    halfway.be_patient(SIGNING_ON * 2);
    let halfway = thread::spawn(move || {
        while halfway.receive().is_ok_and(|packet| halfway.answer(&packet).is_ok()) {}
        begun.elapsed()
    });
    let mut reader = server.join(&["-p", &link.port()]);
    reader.wait_for("q quit");
    link.stall(true);
    let stalled = Instant::now();
    while !server.log().contains("connection closed") {
        assert!(stalled.elapsed() < Duration::from_secs(75), "nothing is noticed:\n{}", server.log());
        thread::sleep(Duration::from_millis(100));
    }
    assert!(stalled.elapsed() > Duration::from_secs(45), "twice in vain may be an accident");
    let signing_on = halfway.join().unwrap();
    assert!(signing_on >= SIGNING_ON && signing_on < SIGNING_ON + Duration::from_secs(3), "{signing_on:?}");
    server.wait_for_log("why=took too long to sign on");
}
