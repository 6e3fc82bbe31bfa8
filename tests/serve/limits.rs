//! The bounds that a server is started with, each at the bound, and the end of a server that is full of all kinds of
//! connections.

use std::io::{Read, Write};
use std::net::{TcpStream, UdpSocket};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::pty::Pty;

use super::hostile::{Guest, drain, runtime};
use super::packets::Connection;
use super::server::Server;

/// Says whether a server tells a connection that there is no room.
fn has_room(server: &Server, from: u8) -> bool {
    let mut connection = Connection::open(server.address, from).unwrap();
    let packet = connection.receive().unwrap();
    let refused = packet[0] == 1 && String::from_utf8_lossy(&packet).contains("There is no room; please come later.");
    assert!(refused || packet[0] == 20, "{packet:?}");
    !refused
}

#[test]
fn as_many_connections_as_are_allowed_get_in_and_no_more() {
    let Some(server) = Server::start(&["--connections", "5"]) else { return };
    let guest = Guest::new(server.home.path());
    runtime().block_on(async {
        let mut readers = Vec::new();
        for number in 0..5 {
            readers.push(Guest { from: 2 + number, ..guest.clone() }.join(server.address).await);
        }
        assert!(!has_room(&server, 20));
        server.wait_for_log("why=\"full\"");
        for (_, channel) in &mut readers {
            let (seen, over) = drain(channel, Duration::from_millis(200)).await;
            assert!(seen.starts_with(b"\x1b[?1049h") && !over, "nobody else is sent away");
        }
        let (_, mut channel) = readers.remove(0);
        channel.data(&b"\x03"[..]).await.unwrap();
        drain(&mut channel, Duration::from_secs(5)).await;
        server.wait_for_log("why=\"quit\"");
        tokio::time::sleep(Duration::from_millis(600)).await;
        assert!(has_room(&server, 20), "a place is free when somebody goes");
    });
}

#[test]
fn as_many_connections_from_one_address_as_are_allowed_get_in_and_no_more() {
    let Some(server) = Server::start(&["--per-address", "3"]) else { return };
    let guest = Guest::new(server.home.path());
    runtime().block_on(async {
        let mut readers = Vec::new();
        for _ in 0..3 {
            readers.push(guest.join(server.address).await);
        }
        assert!(!has_room(&server, 1));
        server.wait_for_log("why=\"too many from this address\"");
        assert!(has_room(&server, 2), "others get in");
        let (code, said) = server.run(&["-o", "BatchMode=yes"]);
        assert_eq!(code, Some(255));
        assert!(said.contains("There is no room; please come later."), "OpenSSH shows it: {said}");
    });
}

#[test]
fn whoever_does_nothing_for_too_long_is_told_and_goes_and_whoever_watches_stays() {
    let Some(server) = Server::start(&["--idle", "2s"]) else { return };
    let mut reader = server.join(&[]);
    reader.wait_for("q quit");
    for _ in 0..3 {
        thread::sleep(Duration::from_secs(1));
        reader.send("j");
    }
    let begun = Instant::now();
    assert!(reader.end().0.success());
    let took = begun.elapsed();
    assert!(took > Duration::from_millis(1500) && took < Duration::from_secs(4), "{took:?}");
    assert!(reader.screen().contains("You were away for a while"), "{}", reader.screen());
    reader.assert_restored();
    server.wait_for_log("did nothing for too long");
    drop(server);
    let Some(mut server) = Server::present(&["--present", "sea", "--idle", "2s"]) else { return };
    let mut viewer = server.join(&[]);
    server.stage().wait_for("1 watching");
    thread::sleep(Duration::from_secs(4));
    viewer.send("n");
    viewer.wait_for("This is live");
}

/// An address of this machine that others could reach, where it has one.
fn outward() -> Option<std::net::IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("192.0.2.1:9").ok()?; // Nothing is sent.
    Some(socket.local_addr().ok()?.ip()).filter(|address| !address.is_loopback() && !address.is_unspecified())
}

#[test]
fn r54_whoever_has_used_up_the_attempts_is_kept_out_for_a_while() {
    let Some(address) = outward() else {
        crate::sshd::skipped("an address of this machine beside the loopback’s");
        return;
    };
    let listen = format!("{address}:0");
    let Some(server) = Server::start(&["--listen", &listen]) else { return };
    let keys: Vec<String> = (0..4)
        .map(|number| super::server::key(server.home.path(), &format!("stranger{number}")).display().to_string())
        .collect();
    let options: Vec<&str> = keys.iter().flat_map(|key| ["-i", key]).chain(["-o", "BatchMode=yes"]).collect();
    let (code, said) = server.run(&options);
    assert_eq!(code, Some(255), "{said}");
    let (_, said) = server.run(&["-o", "BatchMode=yes"]);
    assert!(!said.contains("Permission denied"), "kept out before anything is asked: {said}");
    server.wait_for_log("why=\"kept out for a while\"");
    thread::sleep(detente::serve::bounds::FIRST_PENALTY + Duration::from_millis(200));
    let mut reader = server.join(&[]);
    reader.wait_for("q quit");
}

#[test]
fn a_server_that_is_full_of_all_kinds_ends_within_two_seconds_and_tells_those_who_listen() {
    let Some(mut server) = Server::start(&[]) else { return };
    let mut readers: Vec<Pty> = (0..3).map(|_| server.join(&[])).collect();
    readers.iter_mut().for_each(|reader| reader.wait_for("q quit"));
    let stopped = server.join_sized((200, 60), &[]);
    stopped.signal(Signal::STOP);
    let silent: Vec<TcpStream> = (0..3).map(|_| TcpStream::connect(server.address).unwrap()).collect();
    let mut halfway = Connection::open(server.address, 3).unwrap();
    halfway.exchange_keys().unwrap();
    let mut flooding = TcpStream::connect(server.address).unwrap();
    let _ = flooding.write_all(&[b'x'; 200]);
    server.signal(Signal::TERM);
    let begun = Instant::now();
    server.end();
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    for reader in &mut readers {
        assert!(reader.end().0.success());
        assert!(reader.screen().contains("The server has ended; what you learned is kept."), "{}", reader.screen());
        reader.assert_restored();
    }
    for mut socket in silent {
        socket.set_read_timeout(Some(Duration::from_secs(2))).unwrap();
        let _ = socket.read_to_end(&mut Vec::new());
    }
    assert!(TcpStream::connect(server.address).is_err(), "nobody listens any more");
    stopped.signal(Signal::KILL);
}
