//! What a talk costs its server: for 1, 10, 100 and 500 viewers, the memory, the time of its processor for each step, and
//! how long it takes until the viewers have the step. The viewers are light clients in this process, on the same machine.
//!
//! `cargo bench --features serve --bench serve` prints a table and writes it to `RESULTS.md`.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that is read by people")]

mod report;

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use report::Table;
use russh::client::{Config, Handle, Handler, Msg, connect};
use russh::keys::{PrivateKey, PrivateKeyWithHashAlg, PublicKeyOrCertificate};
use russh::{Channel, ChannelMsg, ChannelReadHalf};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::sync::Notify;
use tokio::task::JoinSet;

/// Who watches: how many, and whether all see it alike or each twelfth, in sizes and looks of [`SIZES`] and [`LOOKS`]; and
/// how many of them take nothing.
const HALLS: [Hall; 6] = [
    Hall { viewers: 1, mixed: false, asleep: 0 },
    Hall { viewers: 10, mixed: false, asleep: 0 },
    Hall { viewers: 100, mixed: false, asleep: 0 },
    Hall { viewers: 500, mixed: false, asleep: 0 },
    Hall { viewers: 500, mixed: true, asleep: 0 },
    Hall { viewers: 500, mixed: true, asleep: 50 },
];

/// How many steps the speaker makes, and how much time lies between two.
const STEPS: usize = 20;
const PACE: Duration = Duration::from_millis(700);

/// How many sign on at once; the server lets no more do so from one address.
const AT_ONCE: usize = 6;

/// The ends of a picture.
const END: &[u8] = b"\x1b[?2026l";

/// The viewers' windows and looks where all see it alike, which are the first ones, and where they do not.
const SIZES: [(u32, u32); 3] = [(120, 40), (80, 24), (200, 60)];
const LOOKS: [&str; 4] = ["auto", "dark", "light", "mono+ascii"];

/// The ticks of a second in which the system counts a process's time.
const TICKS: f64 = 100.0;

#[derive(Debug, Clone, Copy)]
struct Hall {
    viewers: usize,
    mixed: bool,
    asleep: usize,
}

impl Hall {
    /// How many take what they are sent.
    fn awake(self) -> usize {
        self.viewers - self.asleep
    }

    /// The window and the looks of a viewer.
    fn kind(self, number: usize) -> ((u32, u32), &'static str) {
        let number = if self.mixed { number } else { 0 };
        (SIZES[number % SIZES.len()], LOOKS[number / SIZES.len() % LOOKS.len()])
    }

    /// What it is called in the table.
    fn name(self) -> String {
        let mixed = if self.mixed { ", 12 sizes and looks" } else { "" };
        let asleep = if self.asleep > 0 { format!(", {} stopped", self.asleep) } else { String::new() };
        format!("{}{mixed}{asleep}", self.viewers)
    }
}

struct Trusting;

impl Handler for Trusting {
    type Error = russh::Error;

    async fn check_server_key(&mut self, _key: &PublicKeyOrCertificate) -> Result<bool, russh::Error> {
        Ok(true)
    }
}

/// A server without a terminal, the talk given by the holder of a key.
struct Server {
    console: Child,
    address: SocketAddr,
    home: tempfile::TempDir,
}

impl Server {
    fn start() -> Server {
        let home = tempfile::tempdir().unwrap();
        for name in ["speaker", "viewer"] {
            let path = home.path().join(name);
            let mut keygen = Command::new("ssh-keygen");
            let made = keygen.args(["-q", "-t", "ed25519", "-N", "", "-C", name, "-f"]).arg(path).status();
            assert!(made.unwrap().success());
        }
        let keys = ["speaker.pub", "viewer.pub"].map(|name| fs::read_to_string(home.path().join(name)).unwrap());
        fs::write(home.path().join("keys"), keys.concat()).unwrap();
        let path = |name: &str| home.path().join(name).display().to_string();
        let log = fs::File::create(home.path().join("log")).unwrap();
        let console = Command::new(env!("CARGO_BIN_EXE_detente"))
            .args(["serve", "--listen", "127.0.0.1:0", "--present", "sea", "--speaker", "speaker"])
            .args(["--connections", "600", "--per-address", "600"])
            .args(["--state", &path("state"), "--keys", &path("keys")])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        let address = loop {
            let told = fs::read_to_string(home.path().join("log")).unwrap();
            let found = told.split_once("Serving on ").and_then(|(_, rest)| rest.split_once(". "));
            if let Some((address, _)) = found {
                break address.parse().unwrap();
            }
            std::thread::sleep(Duration::from_millis(5));
        };
        Server { console, address, home }
    }

    /// The process that serves.
    fn child(&self) -> u32 {
        let console = self.console.id();
        let tasks = fs::read_dir(format!("/proc/{console}/task")).unwrap();
        let children = tasks.map(|task| fs::read_to_string(task.unwrap().path().join("children")).unwrap_or_default());
        children.collect::<String>().split_whitespace().next().unwrap().parse().unwrap()
    }

    /// Its memory now, in KiB.
    fn memory(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    /// Its time on the processor so far, in milliseconds.
    fn time(&self) -> f64 {
        time(&self.child().to_string())
    }
}

/// The time of a process on the processor so far, in milliseconds.
fn time(process: &str) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let fields: Vec<&str> = stat.rsplit_once(") ").unwrap().1.split_whitespace().collect();
    let ticks: f64 = fields[11..13].iter().map(|field| field.parse::<f64>().unwrap()).sum();
    ticks * 1000.0 / TICKS
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = rustix::process::kill_process(
            rustix::process::Pid::from_child(&self.console),
            rustix::process::Signal::TERM,
        );
        let _ = self.console.wait();
    }
}

/// What the viewers have seen.
#[derive(Default)]
struct Seen {
    /// When each viewer had the picture of each step, and how many bytes it took.
    steps: Mutex<Vec<Vec<Instant>>>,
    bytes: Mutex<u64>,
    news: Notify,
}

async fn join(
    address: SocketAddr,
    home: &Path,
    name: &str,
    (size, user): ((u32, u32), &str),
) -> (Handle<Trusting>, Channel<Msg>) {
    let key = Arc::new(PrivateKey::read_openssh_file(home.join(name)).unwrap());
    let config = Config { nodelay: true, channel_buffer_size: 1, ..Config::default() };
    let mut handle = connect(Arc::new(config), address, Trusting).await.unwrap();
    let signed_on = handle.authenticate_publickey(user, PrivateKeyWithHashAlg::new(key, None)).await.unwrap();
    assert!(signed_on.success());
    let channel = handle.channel_open_session().await.unwrap();
    channel.request_pty(false, "xterm-256color", size.0, size.1, 0, 0, &[]).await.unwrap();
    channel.request_shell(false).await.unwrap();
    (handle, channel)
}

/// Watches, and takes note of every picture.
async fn watch(number: usize, mut channel: ChannelReadHalf, seen: Arc<Seen>) {
    let mut tail: Vec<u8> = Vec::new();
    while let Some(message) = channel.wait().await {
        let ChannelMsg::Data { data } = message else { continue };
        *seen.bytes.lock().unwrap() += data.len() as u64;
        tail.extend_from_slice(&data);
        let ends = tail.windows(END.len()).filter(|window| *window == END).count();
        if ends > 0 {
            let now = Instant::now();
            seen.steps.lock().unwrap()[number].extend(vec![now; ends]);
            seen.news.notify_one();
        }
        tail.drain(..tail.len().saturating_sub(END.len() - 1));
    }
}

impl Seen {
    /// Waits until every viewer has seen so many pictures.
    async fn wait(&self, pictures: usize) {
        while self.steps.lock().unwrap().iter().any(|steps| steps.len() < pictures) {
            let _ = tokio::time::timeout(Duration::from_millis(20), self.news.notified()).await;
        }
    }
}

impl Seen {
    /// How long each viewer waited for a step, in milliseconds.
    fn waits(&self, step: usize, viewers: usize, sent: Instant) -> Vec<f64> {
        let steps = self.steps.lock().unwrap();
        steps[..viewers].iter().map(|steps| (steps[step] - sent).as_secs_f64() * 1000.0).collect()
    }
}

/// The figures of so many viewers.
struct Figures {
    hall: Hall,
    memory: f64,
    grown: f64,
    bytes: f64,
    time: f64,
    /// What the viewers themselves take of the same processor.
    viewing: f64,
    waits: Vec<f64>,
}

async fn measure(hall: Hall) -> Figures {
    let server = Server::start();
    let viewers = hall.awake();
    let (_speaker, stage) = join(server.address, server.home.path(), "speaker", hall.kind(0)).await;
    let (stage_read, stage) = stage.split();
    let alone = server.memory();
    let seen = Arc::new(Seen::default());
    seen.steps.lock().unwrap().resize(viewers + 1, Vec::new());
    tokio::spawn(watch(viewers, stage_read, Arc::clone(&seen)));
    let mut handles = Vec::new();
    let mut joining = JoinSet::new();
    for number in 0..hall.viewers {
        let (address, home, seen) = (server.address, server.home.path().to_owned(), Arc::clone(&seen));
        joining.spawn(async move {
            let (handle, channel) = join(address, &home, "viewer", hall.kind(number)).await;
            if number >= viewers {
                return (handle, Some(channel));
            }
            tokio::spawn(watch(number, channel.split().0, seen));
            (handle, None)
        });
        if joining.len() >= AT_ONCE {
            handles.push(joining.join_next().await.unwrap().unwrap());
        }
    }
    while let Some(handle) = joining.join_next().await {
        handles.push(handle.unwrap());
    }
    seen.wait(1).await;
    tokio::time::sleep(PACE).await;
    let memory = server.memory();
    for steps in seen.steps.lock().unwrap().iter_mut() {
        steps.clear();
    }
    *seen.bytes.lock().unwrap() = 0;
    let (begun, viewed, mut waits) = (server.time(), time("self"), Vec::new());
    for step in 0..STEPS {
        let sent = Instant::now();
        stage.data(&b"n"[..]).await.unwrap();
        tokio::time::timeout(Duration::from_secs(20), seen.wait(step + 1)).await.unwrap();
        waits.extend(seen.waits(step, viewers, sent));
        tokio::time::sleep(PACE).await;
    }
    let viewing = (time("self") - viewed) / STEPS as f64;
    let time = (server.time() - begun) / STEPS as f64;
    let bytes = *seen.bytes.lock().unwrap() as f64 / STEPS as f64 / (viewers + 1) as f64;
    waits.sort_by(f64::total_cmp);
    Figures { hall, memory, grown: (memory - alone) / hall.viewers as f64, bytes, time, viewing, waits }
}

fn main() {
    let files = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: files.maximum, ..files }).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let headings = [
        "viewers",
        "memory",
        "each",
        "bytes a step",
        "processor a step",
        "each",
        "viewers’ own",
        "median",
        "99 in 100",
        "last",
    ];
    let mut table = Table::new(headings);
    let wanted: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    for hall in HALLS.into_iter().filter(|hall| wanted.is_empty() || wanted.contains(&hall.viewers)) {
        let figures = runtime.block_on(measure(hall));
        let wait = |share: f64| figures.waits[((figures.waits.len() - 1) as f64 * share) as usize];
        table.row([
            figures.hall.name(),
            format!("{:.0} MiB", figures.memory / 1024.0),
            format!("{:.0} KiB", figures.grown),
            format!("{:.0}", figures.bytes),
            format!("{:.1} ms", figures.time),
            format!("{:.0} µs", figures.time * 1000.0 / hall.awake() as f64),
            format!("{:.1} ms", figures.viewing),
            format!("{:.1} ms", wait(0.5)),
            format!("{:.1} ms", wait(0.99)),
            format!("{:.1} ms", wait(1.0)),
        ]);
        println!("measured: {}", hall.name());
    }
    println!("{table}");
    if wanted.is_empty() {
        let body = format!(
            "{table}\nViewers of 120 × 40, unless said otherwise, on the same two cores as the server, each a client of its own in one process; \
             {STEPS} steps of the tour *sea*, from the speaker’s key to the end of the picture at the viewer.\n"
        );
        report::replace("Serving a talk", "cargo bench --features serve --bench serve", &[], &body);
    }
}
