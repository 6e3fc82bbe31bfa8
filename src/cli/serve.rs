//! `detente serve`: what is served over SSH, to whom, and where.

use std::fs::{File, OpenOptions};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use etcetera::BaseStrategy;
use jiff::SignedDuration;

use super::arguments::Looks;
use crate::config::Settings;
use crate::dataset::{Clean, Dataset};
use crate::screens::present::Talk;
use crate::serve::{Guests, HostKey, Limits, Orders, read_keys, usable_keys};
use crate::state::Shown;
use crate::state_file;
use crate::wording::went_wrong;

/// The port that is listened on where none is named.
const PORT: u16 = 2222;

/// The longest that a reader can be allowed to do nothing.
const LONGEST_IDLE: Duration = Duration::from_secs(24 * 3600);

/// The arguments of `serve`.
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Readers connect with ssh -p 2222 HOST. A user name chooses looks: ssh -p 2222 light@HOST; auto, dark, light,\nhigh-contrast, mono and ascii are known, and mono+ascii are both.\n\nExamples:\n  detente serve\n  detente serve --listen 0.0.0.0 --keys class.keys\n  detente serve --listen 0.0.0.0 --open --present sea\n  detente serve --present sea --speaker me@laptop --log serve.log"
)]
pub struct Arguments {
    /// The address to listen on, with a port or without
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1", value_parser = listen)]
    pub listen: SocketAddr,
    /// The public keys that get in, in the form of authorized_keys; yours where no file is named
    #[arg(long, value_name = "FILE")]
    pub keys: Option<PathBuf>,
    /// Let anyone in, with a key or without
    #[arg(long, conflicts_with = "keys")]
    pub open: bool,
    /// Give a talk here that all connections watch; the first tour where none is named
    #[arg(long, value_name = "TOUR", num_args = 0..=1)]
    pub present: Option<Option<String>>,
    /// Have the talk given by the holder of this key: its fingerprint, or the comment beside it in the file
    #[arg(long, value_name = "KEY", requires = "present")]
    pub speaker: Option<String>,
    /// How long the talk is to last
    #[arg(long, value_name = "N", requires = "present")]
    pub minutes: Option<u32>,
    /// How many connections there may be
    #[arg(long, value_name = "N", default_value_t = 500)]
    pub connections: usize,
    /// How many from one address
    #[arg(long, value_name = "N", default_value_t = 64)]
    pub per_address: usize,
    /// How long a reader may do nothing, such as 30m; 24 times as long during a talk
    #[arg(long, value_name = "TIME", default_value = "1h", value_parser = idle)]
    pub idle: Duration,
    /// How much memory the server may take, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 1024, value_parser = clap::value_parser!(u64).range(128..))]
    pub memory: u64,
    /// Where the log goes; standard error where no file is named, and a file beside the host key during a talk here
    #[arg(long, value_name = "FILE")]
    pub log: Option<PathBuf>,
    /// Where the host key and what readers learn are kept
    #[arg(long, value_name = "DIR")]
    pub state: Option<PathBuf>,
    /// How the talk is drawn here, and the theme of readers who ask for none.
    #[command(flatten)]
    pub looks: Looks,
    /// Be the server behind a console
    #[arg(long, hide = true)]
    pub child: bool,
    /// Fail where a window is so many columns wide, to try what happens then
    #[arg(long, hide = true, value_name = "COLUMNS")]
    pub selftest_panic_at: Option<u16>,
}

/// An address, with a port or without.
fn listen(written: &str) -> Result<SocketAddr, String> {
    let address = || written.trim_matches(['[', ']']).parse::<IpAddr>().map(|address| SocketAddr::new(address, PORT));
    let named = |name| if name == "localhost" { Ok(IpAddr::V4(Ipv4Addr::LOCALHOST)) } else { Err(()) };
    let local = || named(written).map(|address| SocketAddr::new(address, PORT));
    let found = written.parse().or_else(|_| address()).or_else(|_| local());
    found.map_err(|()| "write an address such as 0.0.0.0, or with a port 0.0.0.0:22".to_owned())
}

/// A time from a second to a day.
fn idle(written: &str) -> Result<Duration, String> {
    let parsed = written.parse::<SignedDuration>().ok().and_then(|time| Duration::try_from(time).ok());
    let sound = parsed.filter(|time| (Duration::from_secs(1)..=LONGEST_IDLE).contains(time));
    sound.ok_or_else(|| "write a time from 1s to 24h, such as 90m".to_owned())
}

/// The directory of the host key, below that of the program's state.
pub fn home(arguments: &Arguments) -> Result<PathBuf, Clean> {
    let home = state_file::home(arguments.state.clone());
    let home = home.ok_or_else(|| Clean::line("detente: there is no directory for the host key; --state names one"))?;
    // The server stands in another directory than the console.
    let home = std::path::absolute(home).map_err(|error| Clean::line(format!("detente: {error}")))?;
    Ok(home.join("serve"))
}

/// What the server is told. Fails with what is missing.
pub fn orders(
    arguments: &Arguments,
    data: Option<&Path>,
    lenient: bool,
    settings: &Settings,
    (home, key): (&Path, &HostKey),
    talk: Option<Shown>,
) -> Result<Orders, Clean> {
    if data == Some(Path::new("-")) {
        return Err(Clean::line("detente: the server reads its dataset itself; --data has to name a file"));
    }
    let absolute = |path: &Path| std::path::absolute(path).map_err(|error| Clean::line(format!("detente: {error}")));
    Ok(Orders {
        data: data.map(absolute).transpose()?,
        lenient,
        host_key: key.text(),
        guests: guests(arguments)?,
        limits: Limits { connections: arguments.connections, per_address: arguments.per_address },
        theme: settings.theme.value,
        students: Some(home.join("students")),
        talk,
        speaker: arguments.speaker.clone(),
        idle: arguments.idle,
        memory: arguments.memory << 20,
        selftest_panic: arguments.selftest_panic_at,
    })
}

/// The talk that is given, at its title. Fails where there is no such tour.
pub fn talk(arguments: &Arguments, dataset: &'static Dataset) -> Result<Option<Talk>, Clean> {
    let Some(named) = &arguments.present else { return Ok(None) };
    let tour = super::present::tour(dataset, named.as_deref())?;
    Ok(Some(Talk::new(dataset, tour, arguments.minutes)))
}

/// Who gets in. Fails where nobody would.
fn guests(arguments: &Arguments) -> Result<Guests, Clean> {
    if arguments.open {
        return Ok(Guests::Anyone);
    }
    let own = || Some(etcetera::choose_base_strategy().ok()?.home_dir().join(".ssh/authorized_keys"));
    let path = arguments.keys.clone().or_else(own).and_then(|path| std::path::absolute(path).ok());
    let path = path.ok_or_else(|| Clean::line("detente: there is no home directory; --keys names a file of keys"))?;
    let instead = "--keys names another file, --open lets anyone in";
    let told = |why: &str| Clean::line(format!("detente: {}: {why}; {instead}", path.display()));
    let text = read_keys(&path).map_err(|error| told(&went_wrong(&error)))?;
    if usable_keys(&text) == 0 {
        return Err(told("nobody would get in: there is no key of ed25519 or ecdsa without conditions"));
    }
    Ok(Guests::Listed(path))
}

/// The file that the log is added to; none where it goes to standard error.
pub fn log(arguments: &Arguments, home: &Path) -> Result<Option<File>, Clean> {
    let here = arguments.present.is_some() && arguments.speaker.is_none();
    let beside = || here.then(|| home.join("serve.log"));
    let Some(path) = arguments.log.clone().or_else(beside) else { return Ok(None) };
    let file = OpenOptions::new().create(true).append(true).mode(0o600).open(&path);
    file.map(Some).map_err(|error| Clean::line(format!("detente: {}: {}", path.display(), went_wrong(&error))))
}

/// What is told at the console when the server begins, line by line.
pub fn told(arguments: &Arguments, address: SocketAddr, key: &HostKey) -> Vec<Clean> {
    let host = match address.ip() {
        ip if ip.is_unspecified() => "this machine’s address".to_owned(),
        ip => ip.to_string(),
    };
    let mut lines = vec![
        format!("Serving on {address}. Readers connect with ssh -p {} and {host}.", address.port()),
        format!("Host key (ED25519): {}", key.fingerprint()),
    ];
    lines.extend(arguments.open.then(|| "Warning: anyone who can reach this address gets in.".to_owned()));
    lines.into_iter().map(Clean::line).collect()
}
