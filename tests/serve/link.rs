//! A line between a reader and the server that is slow, narrow, or dead for a while.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use detente::study::chance::Chance;

/// The most bytes that a line passes on at once; a packet of the net holds about as many.
const PACKET: usize = 1400;

/// How many packets are on the line at most; what is more waits at the sender's.
const PACKETS: usize = 64;

/// What a line does to what is sent over it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quality {
    /// How long every byte is on its way, in each direction.
    pub delay: Duration,
    /// How many bytes pass in a second in each direction; as many as come where there is none.
    pub rate: Option<u32>,
    /// How many of a hundred packets are lost, and come when they have been sent once more; those behind them wait.
    pub lost: usize,
}

/// How many ways of a packet pass until it is noticed that it was lost, and it is there after all.
const SENT_ONCE_MORE: u32 = 3;

/// A line to a server.
pub struct Link {
    /// Where readers connect.
    pub address: SocketAddr,
    stalled: Arc<AtomicBool>,
}

impl Link {
    /// A line to an address.
    pub fn to(server: SocketAddr, quality: Quality) -> Link {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let stalled = Arc::new(AtomicBool::new(false));
        let stalls = Arc::clone(&stalled);
        thread::spawn(move || {
            for client in listener.incoming() {
                let (client, server) = (client.unwrap(), TcpStream::connect(server).unwrap());
                for (from, to) in [(&client, &server), (&server, &client)] {
                    to.set_nodelay(true).unwrap();
                    join(from.try_clone().unwrap(), to.try_clone().unwrap(), quality, Arc::clone(&stalls));
                }
            }
        });
        Link { address, stalled }
    }

    /// The port as `ssh -p` wants it.
    pub fn port(&self) -> String {
        self.address.port().to_string()
    }

    /// Passes nothing on from now on, or goes on with all that has come meanwhile.
    pub fn stall(&self, stalled: bool) {
        self.stalled.store(stalled, Ordering::Relaxed);
    }
}

/// Passes on one direction.
fn join(from: TcpStream, to: TcpStream, quality: Quality, stalled: Arc<AtomicBool>) {
    let (sender, packets) = sync_channel(PACKETS);
    thread::spawn(move || take_in(from, &sender));
    thread::spawn(move || pass_on(to, &packets, quality, &stalled));
}

fn take_in(mut from: TcpStream, packets: &SyncSender<(Instant, Vec<u8>)>) {
    let mut bytes = [0; PACKET];
    while let Ok(count @ 1..) = from.read(&mut bytes) {
        if packets.send((Instant::now(), bytes[..count].to_vec())).is_err() {
            return;
        }
    }
}

fn pass_on(mut to: TcpStream, packets: &Receiver<(Instant, Vec<u8>)>, quality: Quality, stalled: &AtomicBool) {
    let mut free = Instant::now();
    let mut chance = Chance::new(62);
    for (came, packet) in packets {
        let takes = quality.rate.map_or(Duration::ZERO, |rate| Duration::from_secs(packet.len() as u64) / rate);
        free = free.max(came) + takes;
        if chance.below(100) < quality.lost {
            free += quality.delay * SENT_ONCE_MORE;
        }
        thread::sleep((free + quality.delay).saturating_duration_since(Instant::now()));
        while stalled.load(Ordering::Relaxed) {
            thread::sleep(Duration::from_millis(2));
        }
        if to.write_all(&packet).is_err() {
            return;
        }
    }
    let _ = to.shutdown(Shutdown::Both);
}
