//! A talk that is given in one place and watched in many.

use std::fs;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::pty::Pty;

use super::server::{Server, above, key, slide, wait_for_slide};

#[test]
fn everybody_sees_the_present_slide_at_once_drawn_for_themselves() {
    let Some(mut server) = Server::present(&["--present", "sea"]) else { return };
    server.stage().send("5G n");
    wait_for_slide(server.stage(), "sea", (80, 24), "5 G Space n");
    let sizes = [(120, 40), (80, 24), (50, 16), (30, 8)];
    let mut readers: Vec<Pty> = sizes.iter().map(|&size| server.join_sized(size, &[])).collect();
    for (reader, size) in readers.iter_mut().zip(sizes) {
        wait_for_slide(reader, "sea", size, "5 G Space n");
    }
    server.stage().wait_for("4 watching");
    server.stage().send("b");
    for reader in &mut readers {
        reader.wait_until("black", |pty| pty.screen().trim().is_empty());
    }
    server.stage().send("bn");
    for (reader, size) in readers.iter_mut().zip(sizes) {
        wait_for_slide(reader, "sea", size, "5 G Space n n");
    }
    readers[0].send("q");
    readers[0].end();
    readers[0].assert_restored();
    server.stage().wait_for("3 watching");
}

#[test]
fn a_reader_looks_back_looks_around_and_returns_to_live_and_is_never_ahead() {
    let Some(mut server) = Server::present(&["--present", "sea"]) else { return };
    server.stage().send("2Gnn4Gn");
    let size = (80, 24);
    let mut reader = server.join(&[]);
    wait_for_slide(&mut reader, "sea", size, "4 G n");
    reader.send("n");
    reader.wait_for("This is live");
    reader.send("hh");
    wait_for_slide(&mut reader, "sea", size, "2 G n n");
    reader.wait_for("Looking back; l returns to slide 4");
    server.stage().send("n");
    reader.send("n");
    wait_for_slide(&mut reader, "sea", size, "4 G");
    reader.send("nnnnn");
    wait_for_slide(&mut reader, "sea", size, "4 G n n");
    reader.send("gh");
    wait_for_slide(&mut reader, "sea", size, "Home");
    reader.send("l");
    wait_for_slide(&mut reader, "sea", size, "4 G n n");
    reader.send("e");
    reader.wait_for("e goes back to the talk");
    reader.send("P");
    reader.wait_for("A talk is being given");
    server.stage().send("G");
    reader.send("2");
    reader.wait_for("Countries");
    reader.send("e");
    wait_for_slide(&mut reader, "sea", size, "G");
    reader.send("h");
    wait_for_slide(&mut reader, "sea", size, "4 G n n");
    server.stage().send("3G");
    wait_for_slide(&mut reader, "sea", size, "3 G");
}

#[test]
fn twenty_readers_see_each_step() {
    let Some(mut server) = Server::present(&["--present", "peacekeeping"]) else { return };
    let mut readers: Vec<Pty> = Vec::new();
    for _ in 0..4 {
        // Some at a time, as no more of one address may be signing on at once.
        let some: Vec<Pty> = (0..5).map(|_| server.join(&[])).collect();
        readers.extend(some);
        for reader in readers.iter_mut().rev().take(5) {
            wait_for_slide(reader, "peacekeeping", (80, 24), "");
        }
    }
    server.stage().wait_for("20 watching");
    let mut keys = String::new();
    for _ in 0..3 {
        server.stage().send("n");
        keys += " n";
        let begun = Instant::now();
        for reader in &mut readers {
            wait_for_slide(reader, "peacekeeping", (80, 24), &keys);
        }
        assert!(begun.elapsed() < Duration::from_secs(3), "{keys} took {:?}", begun.elapsed());
    }
}

#[test]
fn the_holder_of_a_key_gives_the_talk_from_anywhere_and_goes_on_after_a_lost_connection() {
    let Some(home) = Server::home() else { return };
    let speaker = key(home.path(), "speaker");
    let keys = ["reader.pub", "speaker.pub"].map(|name| fs::read_to_string(home.path().join(name)).unwrap());
    fs::write(home.path().join("keys"), keys.concat()).unwrap();
    let server = Server::start_in(home, &["--present", "sea", "--speaker", "speaker"]);
    let size = (80, 24);
    let mut reader = server.join(&[]);
    wait_for_slide(&mut reader, "sea", size, "");
    let options = ["-i", speaker.to_str().unwrap()];
    let mut stage = server.join(&options);
    stage.wait_for("1 watching");
    stage.send("3Gn");
    wait_for_slide(&mut reader, "sea", size, "3 G n");
    stage.signal(Signal::KILL);
    stage.end();
    let mut stage = server.join(&options);
    wait_for_slide(&mut stage, "sea", size, "3 G n");
    stage.send("n");
    wait_for_slide(&mut reader, "sea", size, "3 G n n");
    reader.send("n");
    reader.wait_for("This is live");
    let talk = server.home.path().join("state/talk.json");
    let kept = fs::read_to_string(talk).unwrap();
    assert!(kept.contains("\"slide\": 3"), "the step is kept: {kept}");
}

/// A server on which the holder of the key `speaker` gives the talk, and the options of that holder.
fn given_from_elsewhere() -> Option<(Server, String)> {
    let home = Server::home()?;
    let speaker = key(home.path(), "speaker").display().to_string();
    let keys = ["reader.pub", "speaker.pub"].map(|name| fs::read_to_string(home.path().join(name)).unwrap());
    fs::write(home.path().join("keys"), keys.concat()).unwrap();
    Some((Server::start_in(home, &["--present", "sea", "--speaker", "speaker"]), speaker))
}

#[test]
fn a_speaker_who_comes_by_another_connection_takes_the_talk_along() {
    let Some((server, speaker)) = given_from_elsewhere() else { return };
    let mut reader = server.join(&[]);
    let mut first = server.join(&["-i", &speaker]);
    first.wait_for("1 watching");
    first.send("3Gn");
    wait_for_slide(&mut reader, "sea", (80, 24), "3 G n");
    let mut second = server.join(&["-i", &speaker]);
    wait_for_slide(&mut second, "sea", (80, 24), "3 G n");
    first.end();
    let told = "The talk goes on from another connection with your key.";
    assert!(first.screen().contains(told), "{}", first.screen());
    first.assert_restored();
    second.send("n");
    wait_for_slide(&mut reader, "sea", (80, 24), "3 G n n");
    second.wait_for("1 watching");
    server.wait_for_log("the speaker came by another connection");
}

#[test]
fn a_speaker_elsewhere_who_quits_ends_the_talk_and_may_go_on_with_it() {
    let Some((server, speaker)) = given_from_elsewhere() else { return };
    let size = (80, 24);
    let mut reader = server.join(&[]);
    let mut stage = server.join(&["-i", &speaker]);
    stage.wait_for("1 watching");
    stage.send("3Gn");
    wait_for_slide(&mut reader, "sea", size, "3 G n");
    stage.send("q");
    assert!(stage.end().0.success());
    reader.wait_for("The talk is over. h looks back, e explores, q leaves.");
    wait_for_slide(&mut reader, "sea", size, "3 G n");
    reader.send("n");
    reader.wait_for("The talk is over; h looks back.");
    reader.send("h");
    wait_for_slide(&mut reader, "sea", size, "3 G");
    reader.send("l");
    reader.wait_for("The talk is over.");
    let mut late = server.join(&[]);
    late.wait_for("The talk is over.");
    let talk = server.home.path().join("state/talk.json");
    assert!(fs::read_to_string(&talk).unwrap().contains("\"running\": false"), "and the next run knows");
    let mut stage = server.join(&["-i", &speaker]);
    stage.wait_for("2 watching");
    stage.send("n");
    for viewer in [&mut reader, &mut late] {
        wait_for_slide(viewer, "sea", size, "3 G n n");
        assert!(!viewer.screen().contains("The talk is over"), "{}", viewer.screen());
    }
}

/// What can be seen of each cell of a reader's screen: its letter in its colours and weight, or what is behind it.
fn look(reader: &Pty) -> Vec<(String, vt100::Color, vt100::Color, bool, bool)> {
    let emulator = reader.emulator();
    let (rows, columns) = emulator.screen().size();
    let cells = (0..rows.get()).flat_map(|row| (0..columns.get()).map(move |column| (row, column)));
    let cells = cells.map(|(row, column)| emulator.screen().cell(row, column).unwrap());
    cells
        .map(|cell| match cell.contents().trim() {
            "" => (String::new(), vt100::Color::Default, cell.bgcolor(), false, false),
            letter => (letter.to_owned(), cell.fgcolor(), cell.bgcolor(), cell.bold(), cell.dim()),
        })
        .collect()
}

/// The last picture that a reader was sent.
fn last_picture(reader: &Pty) -> Vec<u8> {
    let log = reader.log();
    let begin = log.windows(8).rposition(|window| window == b"\x1b[?2026h").unwrap();
    log[begin..].to_vec()
}

#[test]
fn those_whose_terminals_show_the_same_are_sent_the_same_and_nobody_else_is() {
    let Some(mut server) = Server::present(&["--present", "sea"]) else { return };
    let size = (80, 24);
    let mut alike: Vec<Pty> = (0..4).map(|_| server.join(&[])).collect();
    let mut light = server.join(&["-l", "light"]);
    let mut narrow = server.join_sized((79, 24), &[]);
    alike.iter_mut().chain([&mut light]).for_each(|reader| wait_for_slide(reader, "sea", size, ""));
    alike[1].send("n?");
    alike[1].wait_for("Help");
    alike[2].send("e");
    alike[2].wait_for("e goes back to the talk");
    server.stage().send("4Gn");
    wait_for_slide(&mut alike[0], "sea", size, "4 G n");
    alike[1].send("q");
    alike[2].send("e");
    alike[3].send("hl");
    let mut keys = String::from("4 G n");
    for _ in 0..3 {
        alike.iter_mut().for_each(|reader| wait_for_slide(reader, "sea", size, &keys));
        server.stage().send("n");
        keys += " n";
    }
    alike.iter_mut().chain([&mut light]).for_each(|reader| wait_for_slide(reader, "sea", size, &keys));
    wait_for_slide(&mut narrow, "sea", (79, 24), &keys);
    let mut fresh = server.join(&[]);
    wait_for_slide(&mut fresh, "sea", size, &keys);
    for reader in &alike {
        assert_eq!(look(reader), look(&fresh), "in colours and weights too");
    }
    assert_ne!(look(&light), look(&fresh));
    let pictures: Vec<Vec<u8>> = alike.iter().map(last_picture).collect();
    assert!(pictures.iter().all(|picture| *picture == pictures[0]), "one picture for all");
    assert_ne!(last_picture(&light), pictures[0]);
}

#[test]
fn the_end_is_told_in_a_line_and_gives_every_terminal_back_within_two_seconds() {
    let Some(mut server) = Server::present(&["--present", "sea"]) else { return };
    let mut readers: Vec<Pty> = (0..3).map(|_| server.join(&[])).collect();
    server.stage().wait_for("3 watching");
    server.signal(Signal::TERM);
    let begun = Instant::now();
    server.end();
    for reader in &mut readers {
        assert!(reader.end().0.success());
        assert!(reader.screen().contains("The talk is over. Thank you for watching."), "{}", reader.screen());
        reader.assert_restored();
    }
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    server.stage().assert_restored();
}

#[test]
fn r61_nothing_of_the_speakers_own_reaches_those_who_watch() {
    let Some(home) = Server::home() else { return };
    let mut dataset: serde_json::Value = serde_json::from_str(detente::dataset::SHIPPED).unwrap();
    for stop in
        dataset["tours"].as_array_mut().unwrap().iter_mut().flat_map(|tour| tour["stops"].as_array_mut().unwrap())
    {
        stop["notes"] = "CANARY for the speaker alone".into();
    }
    let path = home.path().join("canary.json");
    fs::write(&path, dataset.to_string()).unwrap();
    let marks = r#"{"version":1,"marks":["country/ru"],"last":null}"#;
    fs::create_dir_all(home.path().join("state")).unwrap();
    fs::write(home.path().join("state/state.json"), marks).unwrap();
    let server = Server::start_in(home, &["--data", path.to_str().unwrap(), "--present", "sea", "--speaker", "nobody"]);
    let mut reader = server.join(&[]);
    reader.wait_for("1/14");
    reader.send("hle");
    reader.wait_for("e goes back");
    reader.send("?");
    reader.wait_for("Help");
    reader.send("q'");
    reader.wait_for("Nothing is marked");
    let seen = String::from_utf8_lossy(&reader.log()).into_owned();
    assert!(!seen.contains("CANARY"), "a note of the speaker's");
    assert!(!seen.contains(server.home.path().to_str().unwrap()), "a path of the server's");
}

#[test]
fn r62_a_step_is_one_short_write_and_one_picture() {
    let Some(mut server) = Server::present(&["--present", "sea"]) else { return };
    let mut reader = server.join_sized((120, 40), &[]);
    wait_for_slide(&mut reader, "sea", (120, 40), "");
    let mut keys = String::new();
    for _ in 0..12 {
        let before = reader.log().len();
        server.stage().send("n");
        keys += " n";
        wait_for_slide(&mut reader, "sea", (120, 40), &keys);
        let log = reader.log();
        let written = &log[before..];
        let count = |wanted: &[u8]| written.windows(wanted.len()).filter(|window| *window == wanted).count();
        assert_eq!((count(b"\x1b[?2026h"), count(b"\x1b[?2026l")), (1, 1), "{keys}: one picture");
        assert!(written.len() <= 4096, "{keys}: {} bytes", written.len());
    }
    let wanted = slide("sea", (120, 40), &keys);
    assert_eq!(above(&reader.screen(), 40), wanted);
}
