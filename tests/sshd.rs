//! A real OpenSSH server on the loopback, with keys and a configuration of its own, for one test.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;
use tempfile::{TempDir, tempdir};

use crate::pty::{PATIENCE, Pty};

/// Where servers are installed that are not on everybody's path.
const PLACES: [&str; 4] = ["/usr/sbin", "/usr/local/sbin", "/usr/bin", "/sbin"];

/// A running server, and the account's home on its other side.
pub struct Sshd {
    server: Child,
    port: u16,
    keys: TempDir,
    /// The home that programs find there.
    pub home: TempDir,
}

/// The path of a program, where it is installed.
pub fn installed(program: &str) -> Option<PathBuf> {
    PLACES.iter().map(|place| Path::new(place).join(program)).find(|path| path.exists())
}

impl Sshd {
    /// Starts a server; says so and answers nothing where none is installed.
    pub fn start() -> Option<Sshd> {
        let (Some(sshd), Some(_), Some(keygen)) = (installed("sshd"), installed("ssh"), installed("ssh-keygen")) else {
            skipped("openssh-server and openssh-client");
            return None;
        };
        let keys = tempdir().unwrap();
        for name in ["host", "user"] {
            let path = keys.path().join(name);
            let made = Command::new(&keygen).args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(path).status().unwrap();
            assert!(made.success());
        }
        if rustix::process::getuid().is_root() {
            fs::create_dir_all("/run/sshd").unwrap(); // The server refuses to start without its empty directory.
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let directory = keys.path().display();
        let settings = format!(
            "Port {port}\nListenAddress 127.0.0.1\nHostKey {directory}/host\nAuthorizedKeysFile {directory}/user.pub\n\
             PidFile none\nUsePAM no\nStrictModes no\nPasswordAuthentication no\nPermitRootLogin yes\nPrintMotd no\n"
        );
        fs::write(keys.path().join("settings"), settings).unwrap();
        let server = Command::new(sshd)
            .arg("-D")
            .args(["-E", &format!("{directory}/log"), "-f", &format!("{directory}/settings")])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let sshd = Sshd { server, port, keys, home: tempdir().unwrap() };
        let deadline = Instant::now() + PATIENCE;
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(Instant::now() < deadline, "{}", sshd.log());
            thread::sleep(Duration::from_millis(20));
        }
        Some(sshd)
    }

    fn log(&self) -> String {
        fs::read_to_string(self.keys.path().join("log")).unwrap_or_default()
    }

    /// Connects a terminal and runs a command on the other side.
    pub fn run(&self, command: &str) -> Pty {
        self.run_through(self.port, command)
    }

    /// The same by way of another port.
    pub fn run_through(&self, port: u16, command: &str) -> Pty {
        let mut ssh = CommandBuilder::new(installed("ssh").unwrap());
        let (key, port) = (self.keys.path().join("user"), port.to_string());
        let options =
            ["-tt", "-F", "none", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=no", "-o", "IdentitiesOnly=yes"];
        ssh.args(options);
        ssh.args(["-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR", "-p", &port, "-i"]);
        ssh.arg(&key);
        let home = self.home.path().display();
        let programs = Path::new(env!("CARGO_BIN_EXE_detente")).parent().unwrap().display();
        let path = format!("{programs}:/usr/bin:/bin");
        ssh.arg("127.0.0.1");
        ssh.arg(format!("cd {home} && exec env -u TMUX HOME={home} PATH={path} LANG=C.UTF-8 {command}"));
        ssh.env_clear();
        ssh.env("TERM", "xterm-256color");
        ssh.env("HOME", self.keys.path());
        ssh.env("PATH", "/usr/bin:/bin");
        Pty::start(ssh)
    }

    /// A line to the server that takes so many bytes a second towards the terminal, once its narrowness is turned on.
    pub fn narrow(&self) -> Narrow {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let narrow = Narrow { port: listener.local_addr().unwrap().port(), rate: Arc::default() };
        let (server, rate) = (self.port, Arc::clone(&narrow.rate));
        thread::spawn(move || {
            let Ok((terminal, _)) = listener.accept() else { return };
            let server = TcpStream::connect(("127.0.0.1", server)).unwrap();
            let (mut keys_in, mut keys_out) = (terminal.try_clone().unwrap(), server.try_clone().unwrap());
            thread::spawn(move || std::io::copy(&mut keys_in, &mut keys_out));
            pour(server, terminal, &rate);
        });
        narrow
    }
}

impl Drop for Sshd {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// A narrow line.
pub struct Narrow {
    /// The port at its near end.
    pub port: u16,
    rate: Arc<AtomicU64>,
}

impl Narrow {
    /// Lets so many bytes a second through from now on.
    pub fn let_through(&self, bytes_a_second: u64) {
        self.rate.store(bytes_a_second, Ordering::Relaxed);
    }
}

/// Passes bytes on, as fast as the line allows; 0 is as fast as they come.
fn pour(mut from: TcpStream, mut to: TcpStream, rate: &AtomicU64) {
    let mut bytes = [0; 64];
    while let Ok(count @ 1..) = from.read(&mut bytes) {
        if let Some(time) = (count as u64 * 1_000_000).checked_div(rate.load(Ordering::Relaxed)) {
            thread::sleep(Duration::from_micros(time));
        }
        if to.write_all(&bytes[..count]).is_err() {
            return;
        }
    }
}

/// Says plainly that a test could not be made.
#[expect(clippy::print_stderr, reason = "a test that is skipped has to say so")]
pub fn skipped(missing: &str) {
    eprintln!("skipped: {missing} is missing");
}
