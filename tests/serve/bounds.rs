//! Clients that ask for too much of something.

use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use detente::serve::bounds::RESIZE;

use super::hostile::{Guest, drain, runtime};
use super::server::Server;

#[test]
fn r59_windows_terminals_and_names_of_any_kind_are_brought_into_bounds() {
    let Some(server) = Server::start(&[]) else { return };
    let guest = Guest::new(server.home.path());
    let long = "x".repeat(5000);
    let names = ["\x1b]0;owned\x07", "a\nINFO signed on forged", "\u{202e}gnp.exe", &long, ""];
    let sizes = [(0, 0), (1, 1), (u32::MAX, u32::MAX), (65_536, 3), (500, 200)];
    runtime().block_on(async {
        for (name, size) in names.into_iter().zip(sizes) {
            let term = if name.is_empty() { "xterm" } else { name };
            let guest = Guest { user: name.to_owned(), term: term.to_owned(), size, ..guest.clone() };
            let (handle, mut channel) = guest.join(server.address).await;
            let (seen, over) = drain(&mut channel, Duration::from_millis(400)).await;
            assert!(seen.starts_with(b"\x1b[?1049h") && !over, "{name:?} at {size:?}");
            channel.data(&b"\x03"[..]).await.unwrap();
            assert!(drain(&mut channel, Duration::from_secs(5)).await.1, "{name:?} can leave");
            drop(handle);
        }
    });
    server.wait_for_log("columns=500 rows=200");
    let log = server.log();
    assert_eq!(log.matches("columns=1 rows=1").count(), 2, "a window of nothing is one of a cell\n{log}");
    for wanted in ["columns=500 rows=3", "user=␛]0;owned␇"] {
        assert!(log.contains(wanted), "no {wanted:?} in\n{log}");
    }
    assert!(!log.contains("\nINFO signed on forged") && !log.contains('\x1b') && !log.contains('\u{202e}'), "{log}");
    assert!(!log.contains(&"x".repeat(65)), "a name of more than 64 letters");
}

#[test]
fn r59_thousands_of_resizes_a_second_draw_four_pictures_a_second() {
    let Some(server) = Server::start(&[]) else { return };
    let pictures = runtime().block_on(async {
        let (_handle, mut channel) = Guest::new(server.home.path()).join(server.address).await;
        drain(&mut channel, Duration::from_millis(500)).await;
        let begun = Instant::now();
        for number in 0..1000 {
            channel.window_change(60 + number % 60, 20 + number % 20, 0, 0).await.unwrap();
        }
        let (seen, over) = drain(&mut channel, Duration::from_millis(800)).await;
        assert!(!over);
        let pictures = seen.windows(8).filter(|window| *window == b"\x1b[?2026h").count();
        let most = begun.elapsed().as_millis() / RESIZE.as_millis() + 2;
        assert!(pictures as u128 <= most, "{pictures} pictures in {:?}", begun.elapsed());
        pictures
    });
    assert!(pictures > 0, "and the last size is drawn");
    let mut reader = server.join(&[]);
    reader.wait_for("q quit");
}

#[test]
fn more_than_is_typed_is_taken_slowly_and_holds_nobody_else_up() {
    let Some(server) = Server::start(&[]) else { return };
    let mut reader = server.join(&[]);
    reader.wait_for("q quit");
    runtime().block_on(async {
        let (_handle, mut channel) = Guest::new(server.home.path()).join(server.address).await;
        drain(&mut channel, Duration::from_millis(300)).await;
        let flood = tokio::spawn(async move {
            channel.data(&b"\x1b[200~"[..]).await.unwrap(); // A paste without end, which takes no time to hear.
            for _ in 0..64 {
                if channel.data(&[b'j'; 16 * 1024][..]).await.is_err() {
                    break;
                }
            }
        });
        tokio::time::sleep(Duration::from_millis(500)).await;
        let begun = Instant::now();
        reader.send("2");
        reader.wait_for("Countries");
        assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert!(!flood.is_finished(), "a megabyte is not taken in a second");
        flood.abort();
    });
}

#[test]
fn giant_windows_share_a_bounded_number_of_cells() {
    let Some(server) = Server::start(&["--per-address", "200"]) else { return };
    let guest = Guest { size: (500, 200), ..Guest::new(server.home.path()) };
    runtime().block_on(async {
        let mut readers = Vec::new();
        let mut small = 0;
        for _ in 0..66 {
            let (handle, mut channel) = guest.join(server.address).await;
            let (seen, _) = drain(&mut channel, Duration::from_millis(150)).await;
            let mut emulator = vt100::Parser::new(200.try_into().unwrap(), 500.try_into().unwrap(), 0);
            emulator.process(&seen);
            let footer = emulator.screen().rows(0, 500).last().unwrap();
            small += usize::from(!footer.contains("quit"));
            readers.push((handle, channel));
        }
        assert!((1..=10).contains(&small), "{small} of 66 are drawn small");
    });
    assert!(server.memory() < 700 * 1024, "{} KiB", server.memory());
}

#[test]
fn r55_junk_for_a_handshake_kills_nothing_and_keeps_no_memory() {
    let Some(server) = Server::start(&[]) else { return };
    let child = server.child();
    let mut reader = server.join(&[]);
    reader.wait_for("q quit");
    let before = server.memory();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    for number in 0..200 {
        let Ok(mut socket) = TcpStream::connect(server.address) else { continue };
        socket.set_write_timeout(Some(Duration::from_secs(1))).unwrap();
        let mut junk: Vec<u8> = if number % 4 == 0 { Vec::new() } else { b"SSH-2.0-junk\r\n".to_vec() };
        if number % 4 == 2 {
            junk.extend(u32::MAX.to_be_bytes()); // A packet of four gigabytes.
        }
        if number % 4 == 3 {
            junk.extend([0, 0, 1, 0xf4, 4, 20]); // What may be the beginning of a key exchange.
        }
        junk.extend((0..random() % 2000).map(|_| random() as u8));
        let _ = socket.write_all(&junk);
    }
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(server.child(), child, "the same child");
    assert!(!server.log().contains("panic"), "{}", server.log());
    assert!(server.memory() < before + 16 * 1024, "{} KiB after {before}", server.memory());
    reader.send("2");
    reader.wait_for("Countries");
}
