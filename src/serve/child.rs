//! The child: it speaks with strangers. It has a bounded memory, the listening socket as its standard input, the console
//! at the other end of its standard output, and nothing of the console's.

use std::io;
use std::net::{SocketAddr, TcpListener as Listener};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use russh::server::{Config, run_stream};
use russh::{MethodKind, MethodSet, Preferred, SshId, cipher, kex};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep, sleep_until, timeout_at};
use tracing::{debug, info, warn};

use super::bounds::{
    ATTEMPTS, FAREWELLS, GOODBYE, GRACE, GREETING, HEARD, KEEPALIVE, KEEPALIVES, PIECE, PIECES, REFUSAL, SIGNING_ON,
};
use super::caller::{Caller, Progress, Stage};
use super::door::{Cut, Door};
use super::guests::Guests;
use super::host_key::HostKey;
use super::hub::Hub;
use super::line::{self, Line, Scissors};
use super::messages::{self, News, Order, Orders};
use super::reader::Setting;
use crate::dataset::Dataset;
use crate::search::SharedIndex;

/// How many threads draw and encrypt.
const THREADS: usize = 2;

/// How many threads search a large dataset, or wait for a disk.
const BLOCKING: usize = 4;

/// How long accepting rests where the system has no room for another connection.
const REST: Duration = Duration::from_millis(100);

/// How often it is looked whether all are gone.
const GLANCE: Duration = Duration::from_millis(10);

/// A child that was just started.
#[derive(Debug)]
pub struct Child {
    listener: Listener,
    console: UnixStream,
    orders: Orders,
}

impl Child {
    /// Takes what the console has handed over. Fails where this process is no child of one.
    pub fn begin() -> io::Result<Child> {
        let listener = Listener::from(io::stdin().as_fd().try_clone_to_owned()?);
        let mut console = UnixStream::from(io::stdout().as_fd().try_clone_to_owned()?);
        let Order::Begin(orders) = messages::read(&mut console)? else { return Err(io::ErrorKind::InvalidData.into()) };
        bound(&orders)?;
        Ok(Child { listener, console, orders: *orders })
    }

    /// What the console has asked for.
    pub fn orders(&self) -> &Orders {
        &self.orders
    }

    /// Serves until the console says that it is over, or is gone.
    pub fn run(self, dataset: &'static Dataset) -> io::Result<()> {
        tracing_subscriber::fmt().with_writer(io::stderr).with_target(false).log_internal_errors(false).init();
        std::panic::set_hook(Box::new(|panic| {
            let told = crate::dataset::Clean::line(panic.to_string());
            tracing::error!(%told, "panic");
        }));
        let Child { listener, console, orders } = self;
        let (news, told) = channel();
        let hub = Arc::new(Hub::new(orders.talk.clone(), news));
        listen_to_console(console.try_clone()?, &hub)?;
        tell_console(console, told)?;
        listen_to_signals(&hub)?;
        let config = config(&orders)?;
        let setting = Setting {
            dataset,
            index: SharedIndex::new(dataset),
            hub,
            theme: orders.theme,
            students: orders.students,
            speaker: orders.speaker,
            idle: orders.idle,
            selftest_panic: orders.selftest_panic,
        };
        let (door, guests) = (Door::new(orders.limits), Arc::new(orders.guests));
        let farewells = Arc::new(Semaphore::new(FAREWELLS));
        let server = Server { config: Arc::new(config), setting: Arc::new(setting), door, guests, farewells };
        listener.set_nonblocking(true)?;
        let mut runtime = tokio::runtime::Builder::new_multi_thread();
        let runtime =
            runtime.worker_threads(THREADS).max_blocking_threads(BLOCKING).enable_io().enable_time().build()?;
        let ended = runtime.block_on(server.run(listener));
        runtime.shutdown_timeout(REST);
        ended
    }
}

/// Bounds the memory, and takes as many files as the system gives: each connection is one.
fn bound(orders: &Orders) -> io::Result<()> {
    let memory = Rlimit { current: Some(orders.memory), maximum: Some(orders.memory) };
    setrlimit(Resource::As, memory)?;
    let files = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: files.maximum, ..files })?;
    Ok(())
}

/// Shows what the console shows, and ends when it says so, or is gone.
fn listen_to_console(mut console: UnixStream, hub: &Arc<Hub>) -> io::Result<()> {
    let hub = Arc::clone(hub);
    let work = move || {
        while let Ok(Order::Show(shown)) = messages::read(&mut console) {
            hub.show(shown);
        }
        hub.end();
    };
    thread::Builder::new().name("console".to_owned()).spawn(work).map(drop)
}

fn tell_console(mut console: UnixStream, told: Receiver<News>) -> io::Result<()> {
    let work = move || {
        for news in told {
            if messages::write(&mut console, &news).is_err() {
                return;
            }
        }
    };
    thread::Builder::new().name("news".to_owned()).spawn(work).map(drop)
}

fn listen_to_signals(hub: &Arc<Hub>) -> io::Result<()> {
    let hub = Arc::clone(hub);
    let mut signals = Signals::new([SIGTERM, SIGINT])?;
    let work = move || signals.forever().for_each(|_| hub.end());
    thread::Builder::new().name("signals".to_owned()).spawn(work).map(drop)
}

/// The library's settings: one way of everything, and the bounds that are its own.
fn config(orders: &Orders) -> io::Result<Config> {
    let key = HostKey::parse(&orders.host_key).ok_or(io::ErrorKind::InvalidData)?;
    let anyone = orders.guests == Guests::Anyone;
    let methods: &[MethodKind] =
        if anyone { &[MethodKind::PublicKey, MethodKind::KeyboardInteractive] } else { &[MethodKind::PublicKey] };
    let preferred = Preferred {
        // Only those that the attack on the first packets of a connection (Terrapin) cannot touch, should a client not
        // count them strictly as this server does.
        cipher: vec![cipher::AES_256_GCM, cipher::AES_128_GCM].into(),
        kex: vec![
            kex::MLKEM768X25519_SHA256,
            kex::CURVE25519,
            kex::CURVE25519_PRE_RFC_8731,
            kex::EXTENSION_SUPPORT_AS_SERVER,
            kex::EXTENSION_OPENSSH_STRICT_KEX_AS_SERVER,
        ]
        .into(),
        ..Preferred::DEFAULT
    };
    Ok(Config {
        server_id: SshId::Standard(line::NAME.into()),
        methods: MethodSet::from(methods),
        auth_rejection_time: REFUSAL,
        auth_rejection_time_initial: Some(Duration::ZERO),
        keys: vec![key],
        window_size: PIECE,
        maximum_packet_size: PIECE,
        channel_buffer_size: HEARD,
        event_buffer_size: PIECES,
        preferred,
        max_auth_attempts: ATTEMPTS + 1, // The question which ways there are to sign on is answered by a refusal.
        inactivity_timeout: Some(KEEPALIVE * (KEEPALIVES as u32 + 1)),
        keepalive_interval: Some(KEEPALIVE),
        keepalive_max: KEEPALIVES,
        nodelay: true,
        ..Config::default()
    })
}

/// What serves.
#[derive(Clone)]
struct Server {
    config: Arc<Config>,
    setting: Arc<Setting>,
    door: Door,
    guests: Arc<Guests>,
    /// How many more may be told at once that there is no room; all others are only sent away.
    farewells: Arc<Semaphore>,
}

impl Server {
    async fn run(self, listener: Listener) -> io::Result<()> {
        let listener = TcpListener::from_std(listener)?;
        let mut over = self.setting.hub.over();
        info!(address = %listener.local_addr()?, "serves");
        loop {
            tokio::select! {
                accepted = listener.accept() => match accepted {
                    Ok((socket, address)) => {
                        let server = self.clone();
                        drop(tokio::spawn(async move { server.meet(socket, address).await }));
                    }
                    Err(error) => {
                        warn!(%error, "no connection can be accepted");
                        sleep(REST).await;
                    }
                },
                _ = over.wait_for(|over| *over) => break,
            }
        }
        drop(listener);
        let deadline = Instant::now() + GOODBYE;
        while self.door.count() > 0 && Instant::now() < deadline {
            sleep(GLANCE).await;
        }
        info!("ended");
        Ok(())
    }

    /// Lets a connection in, and stays with it until it ends.
    async fn meet(self, socket: TcpStream, address: SocketAddr) {
        let Ok(line) = Line::new(socket) else { return };
        let scissors = line.scissors();
        let place = match self.door.knock(address.ip(), Box::new(scissors.clone()), std::time::Instant::now()) {
            Ok(place) => place,
            Err(refusal) => {
                warn!(%address, why = refusal.word(), "refused");
                if let Ok(_farewell) = self.farewells.try_acquire() {
                    line.refuse().await;
                }
                return scissors.cut();
            }
        };
        debug!(%address, "knocks");
        let grace = Instant::now() + GRACE;
        let (caller, progress) =
            Caller::new(Arc::clone(&self.setting), Arc::clone(&self.guests), address, place, scissors.clone());
        let why = match timeout_at(grace, run_stream(Arc::clone(&self.config), line, caller)).await {
            Err(_) => "said nothing for too long".to_owned(),
            Ok(Err(error)) => error.to_string(),
            Ok(Ok(session)) => tokio::select! {
                ended = session => ended.err().map_or_else(String::new, |error| error.to_string()),
                why = too_long(&progress, grace, &scissors) => why.to_owned(),
            },
        };
        scissors.cut();
        if progress.has_failed() {
            progress.give_up(address.ip());
        }
        if *progress.stage.borrow() != Stage::Visiting {
            let why = crate::dataset::Clean::line(why);
            info!(%address, %why, "left before there was anything to see");
        }
    }
}

/// Waits until a connection has taken longer to ask for a screen than is allowed; for ever where it has one.
async fn too_long(progress: &Progress, grace: Instant, scissors: &Scissors) -> &'static str {
    let mut stage = progress.stage.clone();
    let waits = async {
        sleep_until(grace).await;
        if scissors.received() >= GREETING {
            sleep_until(grace - GRACE + SIGNING_ON).await;
        }
    };
    let visits = async { drop(stage.wait_for(|stage| *stage == Stage::Visiting).await) };
    tokio::select! {
        () = waits => "took too long to sign on",
        () = visits => std::future::pending().await,
    }
}
