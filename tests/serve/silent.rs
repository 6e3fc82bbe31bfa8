//! Clients that say nothing, or take nothing: they hold nobody up, and are cut off.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use detente::serve::bounds::{GRACE, STALLED};
use rustix::process::Signal;

use crate::pty::Pty;

use super::hostile::{connect, runtime};
use super::server::{Server, wait_for_slide};

#[test]
fn r53_a_thousand_silent_sockets_keep_nobody_out_and_are_gone_after_ten_seconds() {
    let Some(server) = Server::start(&[]) else { return };
    let runtime = runtime();
    let begun = Instant::now();
    let sockets: Vec<tokio::net::TcpStream> = runtime.block_on(async {
        let mut sockets = Vec::new();
        for number in 0..1000_u32 {
            sockets.extend(connect(server.address, 2 + (number % 100) as u8).await);
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
fn r60_half_open_connections_are_noticed() {
    let Some(server) = Server::start(&[]) else { return };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    let (hole, address) = (Arc::new(AtomicBool::new(false)), server.address);
    let swallows = Arc::clone(&hole);
    thread::spawn(move || {
        let (client, _) = listener.accept().unwrap();
        let server = TcpStream::connect(address).unwrap();
        let (back, forth) = ((server.try_clone().unwrap(), client.try_clone().unwrap()), (client, server));
        let swallowing = Arc::clone(&swallows);
        thread::spawn(move || pass(back.0, back.1, &swallowing));
        pass(forth.0, forth.1, &swallows);
    });
    let mut reader = server.join(&["-p", &port]);
    reader.wait_for("q quit");
    hole.store(true, Ordering::Relaxed);
    let begun = Instant::now();
    while !server.log().contains("connection closed") {
        assert!(begun.elapsed() < Duration::from_secs(75), "nothing is noticed:\n{}", server.log());
        thread::sleep(Duration::from_millis(100));
    }
    assert!(begun.elapsed() > Duration::from_secs(30), "three times may be an accident");
}

/// Passes bytes on until the line is a hole, in which they go and out of which nothing comes.
fn pass(mut from: TcpStream, mut to: TcpStream, hole: &AtomicBool) {
    let mut bytes = [0; 4096];
    while let Ok(count @ 1..) = from.read(&mut bytes) {
        if !hole.load(Ordering::Relaxed) && to.write_all(&bytes[..count]).is_err() {
            return;
        }
    }
}
