//! A server for one test, and readers of it.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use detente::app::Errand;
use detente::screens::present::Talk;
use detente::state::State;
use detente::tour;
use portable_pty::CommandBuilder;
use rustix::process::{Pid, Signal, kill_process};
use tempfile::{TempDir, tempdir};

use crate::common::{Journey, SHIPPED};
use crate::pty::{PATIENCE, Pty};
use crate::sshd::{installed, skipped};

/// A server, its directory, and the keys of its readers.
pub struct Server {
    /// The console: a process without a terminal, or a talk on one.
    pub console: Console,
    /// Where it listens.
    pub address: SocketAddr,
    /// The keys and the state.
    pub home: TempDir,
}

/// The server's own end.
pub enum Console {
    /// It waits for a signal.
    Plain(Child),
    /// The talk is given there.
    Talk(Box<Pty>),
}

/// Makes a key of this name in a directory.
pub fn key(directory: &Path, name: &str) -> PathBuf {
    let path = directory.join(name);
    let keygen = installed("ssh-keygen").unwrap();
    let made = Command::new(keygen).args(["-q", "-t", "ed25519", "-N", "", "-C", name, "-f"]).arg(&path).status();
    assert!(made.unwrap().success());
    path
}

impl Server {
    /// Starts a server with these arguments, to which a reader with the key `reader` is let in; says so and answers
    /// nothing where no client is installed.
    pub fn start(arguments: &[&str]) -> Option<Server> {
        let home = Server::home()?;
        Some(Server::start_in(home, arguments))
    }

    /// A directory with the key `reader`, and a list of keys with that alone.
    pub fn home() -> Option<TempDir> {
        if installed("ssh").is_none() || installed("ssh-keygen").is_none() {
            skipped("openssh-client");
            return None;
        }
        let home = tempdir().unwrap();
        key(home.path(), "reader");
        fs::copy(home.path().join("reader.pub"), home.path().join("keys")).unwrap();
        Some(home)
    }

    /// Starts a server on a directory.
    pub fn start_in(home: TempDir, arguments: &[&str]) -> Server {
        let mut command = Command::new(env!("CARGO_BIN_EXE_detente"));
        command.args(options(home.path(), arguments)).env_clear().env("HOME", home.path());
        let log = fs::File::create(home.path().join("log")).unwrap();
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().unwrap();
        let address = address(&home.path().join("log"));
        Server { console: Console::Plain(child), address, home }
    }

    /// Starts a server whose console gives a talk.
    pub fn present(arguments: &[&str]) -> Option<Server> {
        let home = Server::home()?;
        let options = options(home.path(), arguments);
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        let mut pty = Pty::start(crate::pty::command(home.path(), &options));
        pty.wait_for(" 0 watching");
        let address = found(&String::from_utf8_lossy(&pty.log())).unwrap();
        Some(Server { console: Console::Talk(Box::new(pty)), address, home })
    }

    /// The terminal on which the talk is given.
    pub fn stage(&mut self) -> &mut Pty {
        match &mut self.console {
            Console::Talk(pty) => pty,
            Console::Plain(_) => panic!("no talk is given here"),
        }
    }

    /// What the log says.
    pub fn log(&self) -> String {
        let log = match self.console {
            Console::Plain(_) => self.home.path().join("log"),
            Console::Talk(_) => self.home.path().join("state/serve/serve.log"),
        };
        fs::read_to_string(log).unwrap_or_default()
    }

    /// Waits until the log says something.
    pub fn wait_for_log(&self, words: &str) {
        self.wait_for(&format!("{words:?} in the log"), || self.log().contains(words));
    }

    /// Waits until something holds.
    pub fn wait_for(&self, what: &str, holds: impl Fn() -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !holds() {
            assert!(Instant::now() < deadline, "no {what}:\n{}", self.log());
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// The console's process.
    pub fn pid(&self) -> Pid {
        match &self.console {
            Console::Plain(child) => Pid::from_child(child),
            Console::Talk(pty) => pty.pid(),
        }
    }

    /// The child's process.
    pub fn child(&self) -> Pid {
        let parent = self.pid().as_raw_nonzero();
        let children = fs::read_to_string(format!("/proc/{parent}/task/{parent}/children")).unwrap_or_default();
        // The thread that starts another child is not the first one.
        let tasks = fs::read_dir(format!("/proc/{parent}/task")).unwrap();
        let others = tasks.map(|task| fs::read_to_string(task.unwrap().path().join("children")).unwrap_or_default());
        let all = std::iter::once(children).chain(others).collect::<Vec<_>>().join(" ");
        let child = all.split_whitespace().next().and_then(|pid| pid.parse().ok()).and_then(Pid::from_raw);
        child.unwrap_or_else(|| panic!("no child:\n{}", self.log()))
    }

    /// How much memory the child has taken, in KiB.
    pub fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child().as_raw_nonzero())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    /// A terminal with `ssh`, as the reader with a key, and with some more options.
    pub fn join(&self, options: &[&str]) -> Pty {
        self.join_sized((80, 24), options)
    }

    /// The same at another size than usual.
    pub fn join_sized(&self, (columns, rows): (u16, u16), options: &[&str]) -> Pty {
        Pty::start_sized(self.ssh(options), (columns, rows))
    }

    /// The command of a reader.
    pub fn ssh(&self, options: &[&str]) -> CommandBuilder {
        let mut ssh = CommandBuilder::new(installed("ssh").unwrap());
        ssh.args(self.arguments(options));
        ssh.env_clear();
        ssh.env("TERM", "xterm-256color");
        ssh.env("HOME", self.home.path());
        ssh.env("PATH", "/usr/bin:/bin");
        ssh
    }

    /// Runs `ssh` without a terminal; answers its exit code and what it has said.
    pub fn run(&self, options: &[&str]) -> (Option<i32>, String) {
        let mut ssh = Command::new(installed("ssh").unwrap());
        ssh.args(self.arguments(options)).env_clear().env("HOME", self.home.path()).env("PATH", "/usr/bin:/bin");
        let output = ssh.stdin(Stdio::null()).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8_lossy(&said).into_owned())
    }

    fn arguments(&self, options: &[&str]) -> Vec<String> {
        let usual = "-F none -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR \
                     -o IdentitiesOnly=yes -o IdentityAgent=none";
        let mut arguments: Vec<String> = usual.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        if !options.contains(&"-p") {
            arguments.extend(["-p".to_owned(), self.address.port().to_string()]);
        }
        if !options.contains(&"-i") {
            arguments.extend(["-i".to_owned(), self.home.path().join("reader").display().to_string()]);
        }
        let at = options.iter().position(|option| *option == "--").unwrap_or(options.len());
        arguments.extend(options[..at].iter().map(|option| (*option).to_owned()));
        arguments.push(self.address.ip().to_string());
        arguments.extend(options[at..].iter().skip(1).map(|word| (*word).to_owned()));
        arguments
    }

    /// Sends a signal to the console.
    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    /// Waits for the end of the console, and says how long it took.
    pub fn end(&mut self) -> Duration {
        let begun = Instant::now();
        match &mut self.console {
            Console::Talk(pty) => pty.end().1,
            Console::Plain(child) => {
                while child.try_wait().unwrap().is_none() {
                    assert!(begun.elapsed() < PATIENCE, "the server does not end");
                    thread::sleep(Duration::from_millis(5));
                }
                begun.elapsed()
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Console::Plain(child) = &mut self.console {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn options(home: &Path, arguments: &[&str]) -> Vec<String> {
    let mut options: Vec<String> = ["serve", "--state"].map(str::to_owned).into();
    options.push(home.join("state").display().to_string());
    if !arguments.contains(&"--listen") {
        options.extend(["--listen", "127.0.0.1:0"].map(str::to_owned));
    }
    if !arguments.contains(&"--open") && !arguments.contains(&"--keys") {
        options.extend(["--keys".to_owned(), home.join("keys").display().to_string()]);
    }
    options.extend(arguments.iter().map(|argument| (*argument).to_owned()));
    options
}

fn found(told: &str) -> Option<SocketAddr> {
    let rest = told.split_once("Serving on ")?.1;
    rest.split_once(". ")?.0.parse().ok()
}

fn address(log: &Path) -> SocketAddr {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let told = fs::read_to_string(log).unwrap_or_default();
        if let Some(address) = found(&told) {
            return address;
        }
        assert!(Instant::now() < deadline, "the server does not begin:\n{told}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// What a screen shows of a talk at this size, but for its last line, after these keys of the speaker.
pub fn slide(tour: &str, size: (u16, u16), keys: &str) -> String {
    let talk = Talk::new(&SHIPPED, tour::find(&SHIPPED, tour).unwrap(), None);
    above(&Journey::begun(&SHIPPED, size, Errand::Talk(talk), State::default()).press(keys).text(), size.1)
}

/// A screen without its last line, and without the spaces at the ends of the others.
pub fn above(screen: &str, rows: u16) -> String {
    let lines = screen.lines().take(usize::from(rows) - 1).map(str::trim_end);
    lines.collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

/// Waits until a reader sees a slide.
pub fn wait_for_slide(pty: &mut Pty, tour: &str, size: (u16, u16), keys: &str) {
    let wanted = slide(tour, size, keys);
    pty.wait_until(&format!("the slide after {keys:?}"), |pty| above(&pty.screen(), size.1) == wanted);
}
