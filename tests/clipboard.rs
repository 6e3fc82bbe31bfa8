//! Copying: what is copied, and which way it goes from here.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use detente::action::Effect;
use detente::place::Place;
use detente::state::State;
use portable_pty::CommandBuilder;
use tempfile::{TempDir, tempdir};

use crate::common::{Journey, open};
use crate::pty::{self, Pty};

/// Where the copying begins in the tests of the terminal, and what `y` copies there.
const PLACE: &str = "country/bn";
const CITATION: &str = "country/bn — Brunei. China's National Defense in 2004, Chapter IX, section 5, paragraph 20.";

/// What was copied.
fn copied(journey: &Journey) -> String {
    match journey.effects.last() {
        Some(Effect::Copy(text)) => text.to_string(),
        other => panic!("nothing was copied, but {other:?}"),
    }
}

#[test]
fn y_copies_the_address_and_the_citation() {
    let of_source = "China's National Defense in 2004, Chapter IX";
    for (address, keys, expected) in [
        (PLACE, "y", CITATION.to_owned()),
        (
            "event/un-engineers-congo",
            "y",
            format!(
                "event/un-engineers-congo — Engineering unit sent to Congo (Kinshasa), 1990–2004. {of_source}, \
                 section 4, paragraphs 16 and 17."
            ),
        ),
        (
            "event/ru-general-staffs-2003",
            "y",
            format!(
                "event/ru-general-staffs-2003 — Seventh strategic consultation of the General Staffs with Russia, 2003. \
                 {of_source}, section 1, paragraph 3."
            ),
        ),
        (
            "country/fr",
            "y",
            format!(
                "country/fr — France. {of_source}, section 1, paragraph 5; section 3, paragraphs 13 and 14; \
                 section 5, paragraph 20."
            ),
        ),
        (
            "source/section/1",
            "y",
            format!("section/1 — Strategic Consultation and Dialogue. {of_source}, section 1, paragraphs 2–6."),
        ),
        ("home", "S-Tab g y", format!("home — Timeline. {of_source}.")),
        ("countries", "g y", format!("country/af — Afghanistan. {of_source}, section 4, paragraph 16.")),
    ] {
        let journey = Journey::at(address).press(keys);
        assert_eq!(copied(&journey), expected, "{keys} at {address}");
    }
}

#[test]
fn any_dataset_can_be_cited() {
    let small = open(&fs::read_to_string("tests/fixtures/small.json").unwrap());
    let place = Place::parse("event/fair-3", small);
    let journey = Journey::on(small, (80, 24), place, State::default()).press("y");
    assert_eq!(
        copied(&journey),
        "event/fair-3 — Third fair. The Almanac of the Two Rivers, Part II, section 1, paragraphs 2 and 3."
    );
}

#[test]
fn capital_y_copies_the_page_as_markdown() {
    let page = copied(&Journey::at("country/pk").press("Y"));
    for expected in [
        "# Pakistan\n",
        "Southern Asia · capital Islamabad · country/pk\n",
        "- Officially: Islamic Republic of Pakistan\n",
        "[defence and security consultation](mechanism/",
        "## Events\n",
        "[Second defence and security consultation with Pakistan](event/pk-defense-security-2)",
        "[Paragraph 6](paragraph/6)",
    ] {
        assert!(page.contains(expected), "{expected:?} is not in\n{page}");
    }
    let seen = Journey::sized("country/pk", (120, 200)).press("z").text();
    let words = |text: &str| {
        text.split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| word.len() > 3)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let on_screen = words(&seen);
    let missing: Vec<String> = words(&page).into_iter().filter(|word| !on_screen.contains(word)).collect();
    let addresses =
        words(&page.split("](").skip(1).map(|part| part.split(')').next().unwrap()).collect::<Vec<_>>().join(" "));
    assert!(missing.iter().all(|word| addresses.contains(word)), "not on the page: {missing:?}");
}

#[test]
fn capital_y_copies_what_is_selected_in_a_list_and_the_source_where_that_is_open() {
    assert!(copied(&Journey::at("countries").press("g Y")).starts_with("# Afghanistan\n"));
    assert!(copied(&Journey::at("source/country/fr").press("Y")).contains("Where it is stated"));
    assert!(copied(&Journey::at("home").press("S-Tab g Y")).starts_with("# China's National Defense in 2004\n"));
}

/// The explorer at [`PLACE`], with only these programs on its path and with these variables.
fn explore(home: &Path, programs: &[(&str, &str)], variables: &[(&str, &str)]) -> Pty {
    let mut command = pty::command(home, &[PLACE]);
    command.env("PATH", with_programs(home, programs));
    for (name, value) in variables {
        command.env(name, value);
    }
    start(command)
}

fn start(command: CommandBuilder) -> Pty {
    let mut pty = Pty::start(command);
    pty.wait_for("q quit");
    pty.forget();
    pty
}

/// A directory with shell scripts as programs.
fn with_programs(home: &Path, programs: &[(&str, &str)]) -> PathBuf {
    let directory = home.join("programs");
    fs::create_dir_all(&directory).unwrap();
    for (name, script) in programs {
        let path = directory.join(name);
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    directory
}

/// A program that keeps what it reads in the home directory, under its own name.
const KEEPS: &str = "echo \"$0 $*\" > \"$HOME/called\"; exec /bin/cat > \"$HOME/clipboard\"";

fn kept(home: &TempDir) -> (String, String) {
    let read = |name: &str| fs::read_to_string(home.path().join(name)).unwrap_or_default();
    let called = read("called");
    (called.trim().rsplit('/').next().unwrap_or_default().to_owned(), read("clipboard"))
}

fn osc_52(text: &str) -> String {
    format!("\x1b]52;c;{}\x07", BASE64_STANDARD.encode(text))
}

fn sent(pty: &Pty) -> String {
    String::from_utf8_lossy(&pty.log()).into_owned()
}

#[test]
fn over_ssh_the_terminal_is_asked_whatever_programs_there_are() {
    for variable in ["SSH_TTY", "SSH_CONNECTION"] {
        let home = tempdir().unwrap();
        let mut pty = explore(home.path(), &[("xclip", KEEPS)], &[(variable, "/dev/pts/9"), ("DISPLAY", ":9")]);
        pty.send("y");
        pty.wait_for("Copied 91 characters to the terminal’s clipboard (OSC 52)");
        assert!(sent(&pty).starts_with(&osc_52(CITATION)), "{:?}", sent(&pty));
        assert_eq!(sent(&pty).matches("\x1b]").count(), 1);
        assert_eq!(kept(&home).0, "", "xclip was called over SSH");
    }
}

#[test]
fn inside_gnu_screen_the_question_is_passed_on_in_pieces() {
    let home = tempdir().unwrap();
    let mut pty = explore(home.path(), &[], &[("SSH_TTY", "/dev/pts/9"), ("TERM", "screen.xterm-256color")]);
    pty.send("y");
    pty.wait_for("Copied 91 characters to the terminal’s clipboard (OSC 52)");
    let sent = sent(&pty);
    let encoded = BASE64_STANDARD.encode(CITATION);
    assert!(encoded.len() > 76, "too short to be cut");
    let expected = format!("\x1bP\x1b]52;c;{}\x1b\\\x1bP{}\x07\x1b\\", &encoded[..76], &encoded[76..]);
    assert!(sent.starts_with(&expected), "{sent:?}");
}

#[test]
fn on_a_desktop_its_own_program_is_used_and_the_terminal_is_left_alone() {
    let both = &[("WAYLAND_DISPLAY", "wayland-9"), ("DISPLAY", ":9")][..];
    for (programs, variables, called) in [
        (&["wl-copy", "xclip", "xsel"][..], both, "wl-copy"),
        (&["xclip", "xsel"], both, "xclip -selection clipboard"),
        (&["xclip", "xsel"], &both[1..], "xclip -selection clipboard"),
        (&["xsel"], &both[1..], "xsel -i -b"),
    ] {
        let home = tempdir().unwrap();
        let programs: Vec<(&str, &str)> = programs.iter().map(|&name| (name, KEEPS)).collect();
        let mut pty = explore(home.path(), &programs, variables);
        pty.send("y");
        let name = called.split(' ').next().unwrap();
        pty.wait_for(&format!("Copied 91 characters to the clipboard ({name})"));
        assert_eq!(kept(&home), (called.to_owned(), CITATION.to_owned()));
        assert!(!sent(&pty).contains("\x1b]"), "the terminal was asked as well");
    }
}

#[test]
fn without_a_program_the_terminal_is_asked() {
    for variables in [&[][..], &[("DISPLAY", ":9")], &[("WAYLAND_DISPLAY", "wayland-9")]] {
        let home = tempdir().unwrap();
        let mut pty = explore(home.path(), &[], variables);
        pty.send("y");
        pty.wait_for("Copied 91 characters to the terminal’s clipboard (OSC 52)");
        assert!(sent(&pty).contains(&osc_52(CITATION)));
    }
}

#[test]
fn a_program_that_fails_is_told_and_the_terminal_is_asked() {
    let home = tempdir().unwrap();
    let mut pty = explore(home.path(), &[("xclip", "exit 1")], &[("DISPLAY", ":9")]);
    pty.send("y");
    pty.wait_for("Copied 91 characters through the terminal (OSC 52), as xclip failed");
    assert!(sent(&pty).contains(&osc_52(CITATION)));
}

#[test]
fn a_program_that_hangs_keeps_no_key_waiting_and_is_ended() {
    let home = tempdir().unwrap();
    let hangs = "echo $$ > \"$HOME/hung\"; exec /bin/sleep 600";
    let mut pty = explore(home.path(), &[("xclip", hangs)], &[("DISPLAY", ":9")]);
    let begun = Instant::now();
    pty.send("y2");
    pty.wait_for("36 by name"); // The tab of the countries is drawn while the program hangs.
    assert!(begun.elapsed() < Duration::from_millis(1500), "a key waited {:?}", begun.elapsed());
    pty.wait_for("Copied 91 characters through the terminal (OSC 52), as xclip did not answer");
    let took = begun.elapsed();
    assert!(took > Duration::from_millis(1900) && took < Duration::from_secs(6), "{took:?}");
    assert!(sent(&pty).contains(&osc_52(CITATION)));
    let process = fs::read_to_string(home.path().join("hung")).unwrap();
    thread::sleep(Duration::from_millis(50));
    assert!(!Path::new("/proc").join(process.trim()).exists(), "the program is still there");
}

#[test]
fn what_is_too_long_is_cut_and_the_message_says_so() {
    let home = tempdir().unwrap();
    let long = format!("{} {}", "é".repeat(16_000), "word ".repeat(6_000));
    let text = fs::read_to_string("tests/fixtures/small.json").unwrap();
    let text = text.replace("\"It rained.\"", &format!("{long:?}")).replace("The almanac says the year after.", &long);
    fs::write(home.path().join("long.json"), text).unwrap();
    let mut command = pty::command(home.path(), &["--data", "long.json", "event/fair-2"]);
    command.env("SSH_TTY", "/dev/pts/9");
    let mut pty = start(command);
    pty.send("Y");
    pty.wait_for("Copied the first 64 of 122 KiB to the terminal’s clipboard (OSC 52)");
    let sent = sent(&pty);
    let encoded = sent.split("\x1b]52;c;").nth(1).unwrap().split('\x07').next().unwrap();
    let decoded = String::from_utf8(BASE64_STANDARD.decode(encoded).unwrap()).unwrap();
    assert!(decoded.starts_with("# Second fair at the fork\n"));
    assert!(decoded.len() <= 64 * 1024 && decoded.len() > 64 * 1024 - 4, "{}", decoded.len());
}

/// A server of tmux in a home of its own, which ends with the test.
struct Tmux(TempDir);

impl Tmux {
    /// What tmux prints; `None` where it is not installed.
    fn run(&self, arguments: &[&str]) -> Option<String> {
        let mut command = Command::new("tmux");
        command.args(["-L", "detente-test", "-f", "/dev/null"]).args(arguments);
        command.env_remove("TMUX").env("TMUX_TMPDIR", self.0.path()).env("HOME", self.0.path()).env("LANG", "C.UTF-8");
        command.env("SSH_TTY", "/dev/pts/9").env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
        command.output().ok().map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn wait_for(&self, words: &str) {
        let deadline = Instant::now() + pty::PATIENCE;
        loop {
            let screen = self.run(&["capture-pane", "-p"]).unwrap();
            if screen.contains(words) {
                return;
            }
            assert!(Instant::now() < deadline, "no {words:?}:\n{screen}");
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        self.run(&["kill-server"]);
    }
}

#[test]
fn inside_tmux_its_buffer_holds_the_text() {
    let tmux = Tmux(tempdir().unwrap());
    let program = format!("{} {PLACE}", env!("CARGO_BIN_EXE_detente"));
    if tmux.run(&["new-session", "-d", "-x", "120", "-y", "30", &program]).is_none() {
        return; // Without tmux there is no inside of it.
    }
    tmux.wait_for("q quit");
    tmux.run(&["send-keys", "y"]);
    tmux.wait_for("Copied 91 characters to tmux’s buffer and the terminal’s clipboard");
    assert_eq!(tmux.run(&["show-buffer"]).as_deref(), Some(CITATION));
}

#[test]
fn where_tmux_does_not_answer_the_terminal_is_asked() {
    let home = tempdir().unwrap();
    let mut pty = explore(home.path(), &[("tmux", "exit 1"), ("xclip", KEEPS)], &[("TMUX", "/tmp/none,1,0")]);
    pty.send("y");
    pty.wait_for("Copied 91 characters through the terminal (OSC 52), as tmux failed");
    assert!(sent(&pty).contains(&osc_52(CITATION)));
}

#[test]
fn what_holds_the_clipboard_is_not_stopped_with_the_program() {
    let home = tempdir().unwrap();
    let holds = "/bin/cat > \"$HOME/clipboard\"; /bin/sleep 600 & echo $! > \"$HOME/holder\"";
    let mut command = pty::shell(home.path(), &["-i"]);
    let path = command.get_env("PATH").unwrap().to_str().unwrap().to_owned();
    command.env("PATH", format!("{}:{path}", with_programs(home.path(), &[("xclip", holds)]).display()));
    command.env("DISPLAY", ":9");
    let mut pty = Pty::start(command);
    pty.wait_for("prompt>");
    pty.send(&format!("detente {PLACE}\r"));
    pty.wait_for("q quit");
    pty.send("y");
    pty.wait_for("(xclip)");
    pty.send("\x1a");
    pty.wait_for("Stopped");
    let holder = fs::read_to_string(home.path().join("holder")).unwrap();
    let state = fs::read_to_string(Path::new("/proc").join(holder.trim()).join("stat")).unwrap();
    let pid = rustix::process::Pid::from_raw(holder.trim().parse().unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
    assert_eq!(state.rsplit(')').next().unwrap().trim().chars().next(), Some('S'), "it was stopped: {state}");
}
