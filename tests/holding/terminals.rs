//! Kinds of terminals, and what they do: what each is sent, what each sends, and what each holds back.

use std::thread;
use std::time::{Duration, Instant};

use detente::study::chance::Chance;
use detente::terminal::strainer::{LONGEST_PASTE, LONGEST_SEQUENCE, Strainer};
use tempfile::tempdir;

use super::grammar;
use super::rounds;
use crate::pty::{self, Pty};

/// Names of terminals, and whether each shows more than ASCII.
const TERMS: [(&str, bool); 9] = [
    ("xterm", true),
    ("xterm-256color", true),
    ("tmux-256color", true),
    ("screen", true),
    ("putty", true),
    ("ms-terminal", true),
    ("linux", false),
    ("vt100", false),
    ("vt220", false),
];

/// Locales, and whether each has more than ASCII.
const LOCALES: [(&str, bool); 3] = [("C.UTF-8", true), ("C", false), ("de_DE.ISO-8859-1", false)];

#[test]
fn r20_r21_every_terminal_in_every_locale_gets_what_it_can_show() {
    for ((term, shows_all), (locale, has_all)) in
        TERMS.iter().flat_map(|term| LOCALES.iter().map(move |locale| (*term, *locale)))
    {
        let home = tempdir().unwrap();
        let mut command = pty::command(home.path(), &["country/ru"]);
        command.env("TERM", term);
        command.env("LANG", locale);
        let mut pty = Pty::start(command);
        pty.wait_for("q quit");
        pty.send("7");
        pty.wait_for("6  7 Map");
        pty.send("?");
        pty.wait_for("Help");
        pty.send("?q");
        assert!(pty.end().0.success());
        let log = pty.log();
        grammar::check(&log).unwrap_or_else(|foreign| panic!("TERM={term} LANG={locale}: {foreign}"));
        let text = String::from_utf8(log).unwrap();
        assert!(text.is_ascii() || shows_all && has_all, "TERM={term} LANG={locale} gets more than ASCII");
        if term.starts_with("vt") {
            let looks =
                text.split("\x1b[").skip(1).filter_map(|piece| piece.split_once('m')).map(|(numbers, _)| numbers);
            let mut numbers = looks.filter(|numbers| numbers.bytes().all(|byte| byte.is_ascii_digit() || byte == b';'));
            let coloured = |number: &str| number.parse::<u32>().is_ok_and(|number| number >= 30);
            assert!(!numbers.any(|numbers| numbers.split(';').any(coloured)), "TERM={term} gets colours");
            assert!(term != "vt100" || !text.contains('X') || !text.split("\x1b[").skip(1).any(is_erasing), "{term}");
        }
        pty.assert_restored();
    }
}

/// Says whether a sequence erases in the middle of a line, which terminals before the VT220 cannot.
fn is_erasing(piece: &str) -> bool {
    piece.trim_start_matches(|letter: char| letter.is_ascii_digit()).starts_with('X')
}

/// What different terminals send for the same keys: F1, End, Home, down and the key that goes back.
const SENT: [(&str, [&str; 5]); 6] = [
    ("xterm", ["\x1bOP", "\x1b[F", "\x1b[H", "\x1b[B", "\x7f"]),
    ("xterm with application keys", ["\x1bOP", "\x1bOF", "\x1bOH", "\x1bOB", "\x7f"]),
    ("linux", ["\x1b[[A", "\x1b[4~", "\x1b[1~", "\x1b[B", "\x7f"]),
    ("putty", ["\x1b[11~", "\x1b[4~", "\x1b[1~", "\x1bOB", "\x7f"]),
    ("rxvt", ["\x1b[11~", "\x1b[8~", "\x1b[7~", "\x1b[B", "\x7f"]),
    ("the console of Windows", ["\x1bOP", "\x1b[F", "\x1b[H", "\x1b[B", "\x08"]),
];

#[test]
fn r20_what_different_terminals_send_for_a_key_means_the_same() {
    for (name, [f1, end, home_key, down, back]) in SENT {
        let home = tempdir().unwrap();
        let mut pty = Pty::explore(home.path(), &[]);
        pty.send("2");
        pty.wait_for("Countries");
        pty.send(end);
        pty.send("\r");
        pty.wait_for("Officially");
        let last = pty.screen();
        pty.send(back);
        pty.wait_until(&format!("way back in {name}"), |pty| !pty.screen().contains("Countries › "));
        pty.send(home_key);
        pty.send(down);
        pty.send("\r");
        pty.wait_until(&format!("second country in {name}"), |pty| {
            pty.screen() != last && pty.screen().contains("Officially")
        });
        pty.send(f1);
        pty.wait_for("Help");
        pty.send("\x03");
        assert!(pty.end().0.success(), "{name}");
    }
}

#[test]
fn r15_control_s_holds_and_control_q_releases_with_no_key_lost() {
    let home = tempdir().unwrap();
    let mut pty = Pty::explore(home.path(), &[]);
    pty.send("\x13");
    thread::sleep(Duration::from_millis(50));
    pty.forget();
    pty.send("2\x1b[F\r");
    thread::sleep(Duration::from_millis(200));
    assert_eq!(pty.log(), b"", "something is drawn while Ctrl-S holds");
    pty.send("\x11");
    pty.wait_for("Officially");
    pty.send("\x13q");
    assert!(pty.end().0.success());
    pty.assert_restored();
}

#[test]
fn r15_control_s_is_a_key_where_the_reader_binds_it() {
    let home = tempdir().unwrap();
    let config = home.path().join("config.toml");
    std::fs::write(&config, "[keys]\nsearch = [\"/\", \"Ctrl-s\"]\n").unwrap();
    let mut pty = Pty::explore(home.path(), &["--config", &config.display().to_string()]);
    pty.send("\x13sea");
    pty.wait_for("/ sea");
}

#[test]
fn r17_answers_to_questions_that_others_asked_are_no_keys() {
    let home = tempdir().unwrap();
    let mut pty = Pty::explore(home.path(), &["country/ru"]);
    thread::sleep(Duration::from_millis(100));
    let before = pty.screen();
    for answer in [
        "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
        "\x1b]10;rgb:ffff/qqqq/ffff\x07",
        "\x1b[?62;22;52c",
        "\x1b[>41;388;0c",
        "\x1bP1$r0 q\x1b\\",
        "\x1bP>|XTerm(388)\x1b\\",
        "\x1b[?2026;2$y",
        "\x1b_Gi=31;OK\x1b\\",
        "\x1b]11;rgb:qqqq/2222/3333", // Cut off; a silence ends it.
    ] {
        pty.send(answer);
        thread::sleep(Duration::from_millis(60));
    }
    thread::sleep(Duration::from_millis(300));
    assert_eq!(pty.screen(), before, "an answer was taken for keys");
    pty.send("?");
    pty.wait_for("Help");
}

#[test]
fn r27_a_paste_or_a_sequence_without_end_costs_nothing_and_keys_work_after_it() {
    let home = tempdir().unwrap();
    let mut pty = Pty::explore(home.path(), &[]);
    let memory = |pty: &Pty| -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", pty.pid().as_raw_nonzero())).unwrap();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        peak.trim().trim_end_matches(" kB").parse().unwrap()
    };
    pty.send("/a");
    pty.wait_for("/ a");
    let before = memory(&pty);
    let megabytes = rounds(8, 64) as usize;
    let lot = "x".repeat(1 << 20);
    for begin in ["\x1b[200~", "\x1b[1", "\x1b]0;"] {
        pty.send(begin);
        let lot = if begin == "\x1b[1" { lot.replace('x', "1") } else { lot.clone() };
        for _ in 0..megabytes {
            pty.send(&lot);
        }
        thread::sleep(Duration::from_millis(2_300)); // So long a silence ends it.
        assert!(memory(&pty) < before + 2_048, "{begin:?}: from {before} to {} KiB", memory(&pty));
    }
    pty.send("m\x15zebra");
    pty.wait_for("zebra");
    pty.send("\x03");
    assert!(pty.end().0.success());
}

#[test]
fn r27_a_strainer_lets_through_what_ends_and_bounds_what_does_not() {
    let strained = |pieces: &[&[u8]]| {
        let (mut strainer, mut out) = (Strainer::default(), Vec::new());
        pieces.iter().for_each(|piece| strainer.strain(piece, &mut out));
        out
    };
    for kept in [
        &b"j"[..],
        b"\x1b",
        b"\x1b[A",
        b"\x1b[[A",
        b"\x1bOP",
        b"\x1bj",
        b"\x1b\x1b[A",
        b"\x1b[<35;10;10M",
        b"\x1b[200~a\x1b[31m\nb\x1b[201~q",
        b"\x1b[M !!",
        "é日\u{1f1e8}".as_bytes(),
        b"\x1bP",
        b"\x1b]",
        b"\x1b[1;5R",
        b"\x1b[97;5u",
        b"\x1b[I",
    ] {
        assert_eq!(strained(&[kept]), kept, "{}", String::from_utf8_lossy(kept));
    }
    assert_eq!(strained(&[b"\x1b[20", b"0~ab", b"c\x1b[2", b"01~q"]), b"\x1b[200~abc\x1b[201~q");
    for answer in
        [&b"\x1b[?62;22c"[..], b"\x1b[>41;388;0c", b"\x1b[?2026;2$y", b"\x1b[24;80R", b"\x1b[8;24;80t", b"\x1b[0n"]
    {
        assert_eq!(strained(&[answer]), b"", "{}", String::from_utf8_lossy(answer));
    }
    assert_eq!(strained(&[b"a\x1b]11;rgb:1/2/3\x07b", b"\x1bP1$r\x1b\\c"]), b"abc");
    let long = [b"\x1b[200~", &b"x".repeat(3 * LONGEST_PASTE)[..], b"\x1b[201~q"].concat();
    let out = strained(&[&long]);
    assert!(out.len() < LONGEST_PASTE + 20 && out.ends_with(b"\x1b[201~q"), "{}", out.len());
    let long = [b"\x1b[", &b"1".repeat(5_000)[..], b"~q"].concat();
    assert_eq!(strained(&[&long]), b"q", "longer than {LONGEST_SEQUENCE} bytes");
}

#[test]
fn r27_whatever_is_typed_a_strainer_gives_no_more_than_it_gets() {
    let pieces: [&[u8]; 9] = [b"\x1b", b"[", b"200~", b"201~", b"]", b"P", b"\x07", b"x", b"\x1b[200~"];
    for seed in 0..rounds(2_000, 200_000) {
        let (mut chance, mut strainer, mut got) = (Chance::new(seed), Strainer::default(), 0);
        let mut out = Vec::new();
        for _ in 0..chance.below(60) {
            let piece: Vec<u8> =
                (0..chance.below(5)).flat_map(|_| pieces[chance.below(pieces.len())]).copied().collect();
            got += piece.len();
            strainer.strain(&piece, &mut out);
            if chance.below(9) == 0 {
                strainer.close(&mut out);
                got += 6;
                assert_eq!(strainer.patience(), None, "seed {seed}");
            }
        }
        assert!(out.len() <= got + 6, "seed {seed}");
    }
}

/// Keys that come faster than pictures can be drawn.
#[test]
fn r28_after_a_flood_of_keys_the_program_is_at_rest_at_once() {
    let home = tempdir().unwrap();
    let mut pty = Pty::explore(home.path(), &[]);
    for _ in 0..100 {
        pty.send(&"jk".repeat(100));
        thread::sleep(Duration::from_millis(10));
    }
    pty.forget();
    let begun = Instant::now();
    pty.send("?");
    pty.wait_for("Help");
    assert!(begun.elapsed() < Duration::from_millis(1_000), "{:?} after the flood", begun.elapsed());
    pty.send("\x1b[A");
    pty.forget();
    pty.send(&("jk".repeat(1_500) + "?"));
    pty.wait_until("end of the help", |pty| !pty.screen().contains("Help"));
    let pictures = pty.log().windows(8).filter(|bytes| bytes == b"\x1b[?2026h").count();
    assert!(pictures < 600, "{pictures} pictures of 3,000 keys");
}

#[test]
fn r26_a_mouse_outside_of_the_screen_is_no_end() {
    let home = tempdir().unwrap();
    let mut pty = Pty::explore(home.path(), &["--mouse", "country/ru"]);
    for report in ["0;0", "1;1", "80;24", "81;25", "65535;65535", "99999;99999", "0;24"] {
        for button in [0, 2, 32, 64, 65] {
            pty.send(&format!("\x1b[<{button};{report}M\x1b[<{button};{report}m"));
        }
    }
    pty.send("\x1b[M\x20\x21\x21\x0c?");
    pty.wait_for("Help");
    pty.send("?");
    pty.wait_until("end of the help", |pty| !pty.screen().contains("Help"));
    let before = pty.screen();
    pty.send("\x1b[<65;9999;12M"); // A turn of the wheel beyond the edge is one on the edge.
    pty.wait_until("page that was scrolled", |pty| pty.screen() != before);
    pty.send("\x03");
    assert!(pty.end().0.success());
    pty.assert_restored();
}

#[test]
fn r13_a_tmux_that_is_killed_takes_the_program_with_it() {
    let home = tempdir().unwrap();
    let tmux = |arguments: &[&str]| {
        let socket = home.path().join("tmux");
        let mut command = std::process::Command::new("tmux");
        command.arg("-S").arg(socket).args(["-f", "/dev/null"]).args(arguments).env("HOME", home.path());
        command.output()
    };
    let program = format!("exec env LANG=C.UTF-8 {}", env!("CARGO_BIN_EXE_detente"));
    let Ok(_) = tmux(&["-V"]) else { return }; // Without tmux there is none to kill.
    tmux(&["new-session", "-d", "-x", "80", "-y", "24", &program]).unwrap();
    let deadline = Instant::now() + pty::PATIENCE;
    let says = |arguments: &[&str]| String::from_utf8(tmux(arguments).unwrap().stdout).unwrap();
    while !says(&["capture-pane", "-p"]).contains("q quit") {
        assert!(Instant::now() < deadline, "no picture in tmux");
        thread::sleep(Duration::from_millis(20));
    }
    let process = format!("/proc/{}", says(&["list-panes", "-F", "#{pane_pid}"]).trim());
    tmux(&["kill-server"]).unwrap();
    let begun = Instant::now();
    let runs = || std::fs::read_to_string(format!("{process}/stat")).is_ok_and(|stat| !stat.contains(") Z "));
    while runs() {
        assert!(begun.elapsed() < Duration::from_millis(1_500), "it lives on without its terminal");
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn r19_a_dataset_that_never_ends_can_be_given_up() {
    let home = tempdir().unwrap();
    let line = "(echo '{'; sleep 60) | exec detente --data - country/ru";
    let mut pty = Pty::start(pty::shell(home.path(), &["-c", line]));
    thread::sleep(Duration::from_millis(200));
    pty.send("\x03");
    let (status, took) = pty.end();
    assert!(!status.success() && took < Duration::from_secs(2));
    assert!(!pty.log().contains(&0x1b), "something was drawn");
}
