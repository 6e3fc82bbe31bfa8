//! The clipboard: the terminal's own over SSH, tmux's inside of it, and otherwise the system's, by a program that is
//! never waited for.

use std::io::Write;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rustix::process::{Pid, Signal, kill_process_group};

use super::beginning;
use crate::dataset::Clean;
use crate::wording::thousands;

/// The longest text that is copied, in bytes; some terminals drop what is longer.
const LONGEST: usize = 64 * 1024;

/// How long a program may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// How often it is looked whether a program has ended.
const GLANCE: Duration = Duration::from_millis(10);

/// The longest string that GNU screen passes on at once.
const SCREEN_CHUNK: usize = 76;

/// A program that puts what it reads on a clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Program {
    name: &'static str,
    arguments: &'static [&'static str],
    /// Which way the reader is told that a text went.
    way: &'static str,
}

const TMUX: Program = Program {
    name: "tmux",
    arguments: &["load-buffer", "-w", "-"],
    way: "to tmux’s buffer and the terminal’s clipboard",
};
const WL_COPY: Program = Program { name: "wl-copy", arguments: &[], way: "to the clipboard (wl-copy)" };
const XCLIP: Program =
    Program { name: "xclip", arguments: &["-selection", "clipboard"], way: "to the clipboard (xclip)" };
const XSEL: Program = Program { name: "xsel", arguments: &["-i", "-b"], way: "to the clipboard (xsel)" };
const PBCOPY: Program = Program { name: "pbcopy", arguments: &[], way: "to the clipboard (pbcopy)" };

/// How texts reach a clipboard from here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clipboard {
    /// The programs to try, the best first. Where none works, the terminal is asked.
    programs: Vec<Program>,
    /// Whether GNU screen stands between the program and the terminal.
    screen: bool,
}

/// A text that was copied, or is to be by the terminal.
#[derive(Debug, PartialEq, Eq)]
pub struct Copied {
    /// What the terminal has to be sent.
    pub sequence: Vec<u8>,
    /// What the reader is told.
    pub message: Clean,
}

impl Clipboard {
    /// The way to the clipboard that these variables of the environment describe.
    pub fn of(variable: impl Fn(&str) -> Option<String>) -> Clipboard {
        let set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        let remote = set("SSH_TTY") || set("SSH_CONNECTION");
        let tmux = set("TMUX");
        let mut programs = Vec::new();
        let mut offer = |condition: bool, program: Program| programs.extend(condition.then_some(program));
        offer(tmux, TMUX);
        offer(!remote && set("WAYLAND_DISPLAY"), WL_COPY);
        offer(!remote && set("DISPLAY"), XCLIP);
        offer(!remote && set("DISPLAY"), XSEL);
        offer(!remote && cfg!(target_os = "macos"), PBCOPY);
        let screen = !tmux && variable("TERM").is_some_and(|term| term.starts_with("screen"));
        Clipboard { programs, screen }
    }

    /// Says whether the terminal is asked, so that nothing has to be waited for.
    pub fn is_at_once(&self) -> bool {
        self.programs.is_empty()
    }

    /// Copies a text; may take as long as every program is waited for.
    pub fn copy(&self, text: &Clean) -> Copied {
        let cut = beginning(text, LONGEST);
        let mut failed = None;
        for program in &self.programs {
            match program.take(cut) {
                Ok(()) => return Copied { sequence: Vec::new(), message: told(text, cut, program.way) },
                Err(failure) => failed = failed.or(failure),
            }
        }
        let way = match failed {
            Some(failed) => format!("through the terminal (OSC 52), as {failed}"),
            None => "to the terminal’s clipboard (OSC 52)".to_owned(),
        };
        Copied { sequence: sequence(cut, self.screen), message: told(text, cut, &way) }
    }
}

impl Program {
    /// Gives the program the text. Fails with what is wrong with it, or with nothing where it is not installed.
    fn take(self, text: &str) -> Result<(), Option<String>> {
        let mut command = Command::new(self.name);
        command.args(self.arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        // A group of its own: what stops this program must not stop the one that goes on holding the clipboard.
        let mut child = command.process_group(0).spawn().map_err(|_| None)?;
        if let Some(mut input) = child.stdin.take() {
            let text = text.to_owned();
            let work = move || drop(input.write_all(text.as_bytes()));
            let _ = thread::Builder::new().name("clipboard text".to_owned()).spawn(work);
        }
        match wait(&mut child) {
            Some(true) => Ok(()),
            Some(false) => Err(Some(format!("{} failed", self.name))),
            None => Err(Some(format!("{} did not answer", self.name))),
        }
    }
}

/// Waits for a program, and says whether it has succeeded; ends it, and says nothing, where that takes too long.
fn wait(child: &mut Child) -> Option<bool> {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status.success()),
            Ok(None) => thread::sleep(GLANCE),
            Err(_) => break,
        }
    }
    let _ = kill_process_group(Pid::from_child(child), Signal::KILL);
    let _ = child.wait();
    None
}

/// What the reader is told: how much was copied, and which way it went.
fn told(text: &str, cut: &str, way: &str) -> Clean {
    let kibibytes = |text: &str| text.len().div_ceil(1024);
    let amount = match text.chars().count() {
        _ if cut.len() < text.len() => format!("the first {} of {} KiB", kibibytes(cut), kibibytes(text)),
        1 => "1 character".to_owned(),
        count => format!("{} characters", thousands(count as f64)),
    };
    Clean::line(format!("Copied {amount} {way}"))
}

/// The sequence that asks a terminal to put a text on its clipboard.
fn sequence(text: &str, screen: bool) -> Vec<u8> {
    let encoded = BASE64_STANDARD.encode(text);
    if !screen {
        return format!("\x1b]52;c;{encoded}\x07").into_bytes();
    }
    // GNU screen passes on what stands between ESC P and ESC \, but only so much of it at once.
    let chunks: Vec<&str> =
        encoded.as_bytes().chunks(SCREEN_CHUNK).filter_map(|chunk| str::from_utf8(chunk).ok()).collect();
    format!("\x1bP\x1b]52;c;{}\x07\x1b\\", chunks.join("\x1b\\\x1bP")).into_bytes()
}
