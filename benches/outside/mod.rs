//! Programs in a pseudo-terminal, watched from outside: when they write, how much, and what they need.
#![allow(dead_code, reason = "each measurement uses the part that it needs")]

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// The longest that a program may take for anything.
const PATIENCE: Duration = Duration::from_secs(20);

/// The longest rest between two parts of one picture; csvlens, for one, draws again every quarter of a second.
const REST: Duration = Duration::from_millis(40);

/// What a terminal answers with the place of its cursor; television does not start without.
const ASKS_FOR_CURSOR: &[u8] = b"\x1b[6n";

/// What a program wrote between one thing and the next.
#[derive(Debug, Default, Clone)]
pub struct Written {
    /// From the cause to the last byte, in milliseconds.
    pub milliseconds: f64,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A running program and its terminal.
pub struct Program {
    _master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    read: Receiver<(Instant, Vec<u8>)>,
    begun: Instant,
}

impl Program {
    /// Starts a line of shell, whose last program takes the shell's place, on a terminal of this size.
    pub fn start(line: &str, (columns, rows): (u16, u16), home: &Path) -> Program {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", line]);
        command.env_clear();
        command.env("PATH", std::env::var("PATH").unwrap_or_default());
        command.env("HOME", home);
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.cwd(home);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, read) = channel();
        thread::spawn(move || {
            let mut bytes = [0; 65_536];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if sender.send((Instant::now(), bytes[..count].to_vec())).is_err() {
                    return;
                }
            }
        });
        let writer = pair.master.take_writer().unwrap();
        let begun = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        Program { _master: pair.master, writer, child, read, begun }
    }

    /// The first picture: all that is written until these words were, and then nothing for a while, 40 ms at most.
    pub fn first(&mut self, words: &str, quiet: Duration) -> Written {
        let begun = self.begun;
        self.settle(begun, words.as_bytes(), quiet)
    }

    /// Presses a key: all that is written until nothing is for a while, 40 ms at most once something was.
    pub fn press(&mut self, keys: &str, quiet: Duration) -> Written {
        let begun = Instant::now();
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
        self.settle(begun, b"", quiet)
    }

    fn settle(&mut self, begun: Instant, words: &[u8], quiet: Duration) -> Written {
        let mut written = Written::default();
        loop {
            let seen = words.is_empty() || written.bytes.windows(words.len()).any(|window| window == words);
            let longest = match seen {
                true if written.bytes.is_empty() => quiet,
                true => quiet.min(REST),
                false => PATIENCE,
            };
            match self.read.recv_timeout(longest) {
                Ok((at, bytes)) => {
                    written.milliseconds = at.duration_since(begun).as_secs_f64() * 1000.0;
                    if bytes.windows(ASKS_FOR_CURSOR.len()).any(|window| window == ASKS_FOR_CURSOR) {
                        self.writer.write_all(b"\x1b[1;1R").unwrap();
                    }
                    written.bytes.extend(bytes);
                }
                Err(RecvTimeoutError::Timeout) if seen => return written,
                Err(error) => {
                    let shown = String::from_utf8_lossy(&written.bytes);
                    panic!("{error} waiting for {:?} in {shown:?}", String::from_utf8_lossy(words))
                }
            }
        }
    }

    /// A figure of the process in KiB, as the kernel keeps it: `VmHWM` is the most memory that it had.
    pub fn kibibytes(&self, what: &str) -> usize {
        let path = format!("/proc/{}/status", self.child.process_id().unwrap());
        let status = std::fs::read_to_string(path).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with(what));
        line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or(0)
    }

    /// What the process has used and how often it was run, in ticks of the clock and switches of context.
    pub fn spent(&self) -> (u64, u64) {
        let id = self.child.process_id().unwrap();
        let mut total = (0, 0);
        for task in std::fs::read_dir(format!("/proc/{id}/task")).into_iter().flatten().flatten() {
            let stat = std::fs::read_to_string(task.path().join("stat")).unwrap_or_default();
            let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
            let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok()).unwrap_or(0);
            let status = std::fs::read_to_string(task.path().join("status")).unwrap_or_default();
            let switches = status.lines().filter(|line| line.contains("ctxt_switches"));
            let switches = switches.filter_map(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
            total = (total.0 + ticks(11) + ticks(12), total.1 + switches.sum::<u64>());
        }
        total
    }

    /// Ends the program.
    pub fn end(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program that was built for measuring.
pub const DETENTE: &str = env!("CARGO_BIN_EXE_detente");

/// Says whether a program is there.
pub fn is_there(program: &str) -> bool {
    let path = std::env::var("PATH").unwrap_or_default();
    path.split(':').any(|directory| Path::new(directory).join(program).is_file())
}
