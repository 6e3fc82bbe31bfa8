//! A program in a real pseudo-terminal: what it wrote, what its screen shows, and how the terminal was left.

use std::fs::File;
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::fs::OFlags;
use rustix::process::{Pid, Signal, kill_process};

/// How long a test waits for what must happen at once; far more than it takes on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// What the program writes when it gives the terminal back.
pub const LEFT: &[u8] = b"\x1b[?1049l";

/// A running program and the terminal that it runs in.
pub struct Pty {
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    child: Box<dyn Child + Send + Sync>,
    log: Arc<Mutex<Vec<u8>>>,
    paused: Arc<AtomicBool>,
    closing: Arc<AtomicBool>,
    reading: thread::JoinHandle<()>,
    size: (u16, u16),
}

/// The program with a home of its own.
pub fn command(home: &Path, arguments: &[&str]) -> CommandBuilder {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_detente"));
    command.args(arguments);
    settle(&mut command, home);
    command
}

/// A shell with a home of its own, in which the program is called `detente`.
pub fn shell(home: &Path, arguments: &[&str]) -> CommandBuilder {
    let mut command = CommandBuilder::new("bash");
    command.args(["--norc", "--noprofile"]);
    command.args(arguments);
    settle(&mut command, home);
    command
}

/// Gives a program nothing but a home, a terminal and a locale.
pub fn settle(command: &mut CommandBuilder, home: &Path) {
    command.env_clear();
    let programs = Path::new(env!("CARGO_BIN_EXE_detente")).parent().unwrap();
    command.env("PATH", format!("{}:/usr/bin:/bin", programs.display()));
    command.env("HOME", home);
    command.env("TERM", "xterm-256color");
    command.env("LANG", "C.UTF-8");
    command.env("PS1", "prompt> ");
    command.cwd(home);
}

impl Pty {
    /// Starts a program at 80×24.
    pub fn start(command: CommandBuilder) -> Pty {
        Pty::start_sized(command, (80, 24))
    }

    /// Starts a program at another size.
    pub fn start_sized(command: CommandBuilder, (columns, rows): (u16, u16)) -> Pty {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        let (log, paused, closing) = (Arc::new(Mutex::new(Vec::new())), Arc::default(), Arc::default());
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (written, stopped, over): (Arc<Mutex<Vec<u8>>>, Arc<AtomicBool>, Arc<AtomicBool>) =
            (log.clone(), Arc::clone(&paused), Arc::clone(&closing));
        let reading = thread::spawn(move || {
            let mut bytes = [0; 4096];
            while !over.load(Ordering::Relaxed) {
                while stopped.load(Ordering::Relaxed) {
                    thread::sleep(Duration::from_millis(5));
                }
                match reader.read(&mut bytes) {
                    Ok(count) if count > 0 => written.lock().unwrap().extend_from_slice(&bytes[..count]),
                    _ => return,
                }
            }
        });
        let writer = Some(pair.master.take_writer().unwrap());
        Pty { master: Some(pair.master), writer, child, log, paused, closing, reading, size: (columns, rows) }
    }

    /// Starts the explorer and waits for its first picture.
    pub fn explore(home: &Path, arguments: &[&str]) -> Pty {
        let mut pty = Pty::start(command(home, arguments));
        pty.wait_for("q quit");
        pty
    }

    /// Sends bytes as if they were typed.
    pub fn send(&mut self, text: &str) {
        let writer = self.writer.as_mut().unwrap();
        writer.write_all(text.as_bytes()).and_then(|()| writer.flush()).unwrap();
    }

    /// Waits until the screen shows these words.
    pub fn wait_for(&mut self, words: &str) {
        self.wait_until(&format!("{words:?} on the screen"), |pty| pty.screen().contains(words));
    }

    /// Waits until something holds.
    pub fn wait_until(&mut self, what: &str, mut holds: impl FnMut(&mut Pty) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !holds(self) {
            let ended = self.child.try_wait().unwrap();
            assert!(Instant::now() < deadline, "no {what} ({ended:?}):\n{}", self.screen());
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// What a person would see.
    pub fn screen(&self) -> String {
        self.emulator().screen().contents()
    }

    /// The terminal after all that was written so far.
    pub fn emulator(&self) -> vt100::Parser {
        let (columns, rows) = (self.size.0.try_into().unwrap(), self.size.1.try_into().unwrap());
        let mut parser = vt100::Parser::new(rows, columns, 0);
        parser.process(&self.log());
        parser
    }

    /// All bytes written so far.
    pub fn log(&self) -> Vec<u8> {
        self.log.lock().unwrap().clone()
    }

    /// Forgets what was written so far.
    pub fn forget(&self) {
        self.log.lock().unwrap().clear();
    }

    /// How often the terminal was given back.
    pub fn times_left(&self) -> usize {
        self.log().windows(LEFT.len()).filter(|window| *window == LEFT).count()
    }

    /// Stops reading, as a suspended viewer or Ctrl-S does, or goes on.
    pub fn pause(&self, paused: bool) {
        self.paused.store(paused, Ordering::Relaxed);
    }

    /// Gives the window another size.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.size = (columns.max(1), rows.max(1));
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().unwrap().resize(size).unwrap();
    }

    /// The terminal as a shell has it that waits for the program to end.
    pub fn held_by_a_shell(&self) -> File {
        let name = self.master.as_ref().unwrap().tty_name().unwrap();
        File::options().read(true).custom_flags(OFlags::NOCTTY.bits().cast_signed()).open(name).unwrap()
    }

    /// Sends a signal to the program.
    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    /// The process.
    pub fn pid(&self) -> Pid {
        Pid::from_raw(self.child.process_id().unwrap() as i32).unwrap()
    }

    /// Lets nobody look at the terminal any more, which its window does before it closes.
    pub fn look_away(&mut self) {
        self.closing.store(true, Ordering::Relaxed);
        let deadline = Instant::now() + PATIENCE;
        while !self.reading.is_finished() {
            assert!(Instant::now() < deadline, "the program draws nothing");
            self.send("\x0c");
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Closes the terminal's window under the program.
    pub fn hang_up(&mut self) {
        self.look_away();
        self.writer = None;
        self.master = None;
    }

    /// Waits for the end, and says how long it took.
    pub fn end(&mut self) -> (ExitStatus, Duration) {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                let took = begun.elapsed();
                self.read_to_the_end();
                return (status, took);
            }
            assert!(begun.elapsed() < PATIENCE, "the program does not end:\n{}", self.screen());
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Waits until all that was written has been read, for as long as somebody reads; but not for ever, since the terminal
    /// may have been handed on.
    fn read_to_the_end(&self) {
        let deadline = Instant::now() + Duration::from_secs(1);
        while !self.reading.is_finished() && !self.paused.load(Ordering::Relaxed) && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Everything that a program which only prints has written, once it has ended; and its exit code.
    pub fn printed(&mut self) -> (String, u32) {
        let code = self.end().0.exit_code();
        self.wait_until("end of what it prints", |pty| pty.reading.is_finished());
        (String::from_utf8(self.log()).unwrap(), code)
    }

    /// The terminal's local modes by name: ICANON, ECHO and so on.
    pub fn local_settings(&self) -> String {
        format!("{:?}", self.master.as_ref().unwrap().get_termios().unwrap().local_flags)
    }

    /// Fails unless the terminal is as a shell wants it: cooked, its own screen, a cursor, no reports; given back once.
    pub fn assert_restored(&self) {
        let emulator = self.emulator();
        let screen = emulator.screen();
        assert!(!screen.alternate_screen(), "still on the alternate screen");
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert!(!screen.bracketed_paste(), "bracketed paste is on");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None, "mouse reports are on");
        let local = self.local_settings();
        assert!(local.contains("ICANON") && local.contains("ECHO") && local.contains("ISIG"), "raw: {local}");
        assert_eq!(self.times_left(), 1, "given back more than once, or never");
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
