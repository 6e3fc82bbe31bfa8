//! A full hall, of which some have fallen asleep.

use std::time::{Duration, Instant};

use russh::client::{Handle, Msg};
use russh::{Channel, ChannelMsg};
use tokio::runtime::Runtime;

use crate::common::is_long;

use super::hostile::{Guest, Trusting, runtime};
use super::server::{Server, wait_for_slide};

/// How many watch, and how many of them stop taking what they are sent.
const WATCHING: usize = 70;
const STOPPED: usize = 30;

/// For how long some are asleep at any time while the memory is looked at, in the long form; in the short one as many fall
/// asleep twice.
const LONG: Duration = Duration::from_secs(3600);

/// How much time lies between two steps meanwhile, and between two looks at the memory in the long form.
const PACE: Duration = Duration::from_secs(1);
const LOOK: Duration = Duration::from_secs(10);

type Viewer = (Handle<Trusting>, Channel<Msg>);

/// Has so many join, from addresses after `from`.
fn join(runtime: &Runtime, server: &Server, guest: &Guest, from: u8, count: usize) -> Vec<Viewer> {
    runtime.block_on(async {
        let mut viewers = Vec::new();
        for number in 0..count {
            let guest = Guest { from: from + number as u8, ..guest.clone() };
            viewers.push(guest.join(server.address).await);
        }
        viewers
    })
}

/// Waits until every viewer has seen the end of a picture; answers how long that took the slowest.
fn all_see(runtime: &Runtime, viewers: &mut [Viewer], begun: Instant) -> Duration {
    let wait = async {
        for (number, (_, channel)) in viewers.iter_mut().enumerate() {
            let mut seen: Vec<u8> = Vec::new();
            while !seen.ends_with(b"\x1b[?2026l") {
                let message = tokio::time::timeout(Duration::from_secs(10), channel.wait()).await;
                match message.unwrap_or_else(|_| panic!("viewer {number} sees nothing")) {
                    Some(ChannelMsg::Data { data }) => seen.extend_from_slice(&data),
                    Some(_) => {}
                    None => panic!("viewer {number} was cut off"),
                }
            }
        }
    };
    runtime.block_on(wait);
    begun.elapsed()
}

/// Steps to and fro; answers the times in which all had seen each step, sorted.
fn steps(runtime: &Runtime, server: &mut Server, viewers: &mut [Viewer], count: usize) -> Vec<Duration> {
    let mut times = Vec::new();
    for number in 0..count {
        let begun = Instant::now();
        server.stage().send(if number % 2 == 0 { "G" } else { "g" });
        times.push(all_see(runtime, viewers, begun));
    }
    times.sort();
    times
}

#[test]
fn r51_of_a_hundred_who_watch_thirty_stop_and_the_seventy_others_are_served_as_before() {
    let Some(mut server) = Server::present(&["--present", "sea"]) else { return };
    let runtime = runtime();
    let guest = Guest::new(server.home.path());
    let mut awake = join(&runtime, &server, &guest, 2, WATCHING);
    all_see(&runtime, &mut awake, Instant::now());
    let before = steps(&runtime, &mut server, &mut awake, 20);
    // They take in what is sent while they sign on, and nothing afterwards.
    let large = Guest { size: (200, 60), ..guest };
    let asleep = join(&runtime, &server, &large, 100, STOPPED);
    server.stage().wait_for("100 watching");
    let memory = server.memory();
    let begun = Instant::now();
    let mut during = Vec::new();
    let mut most = memory;
    while server.log().matches("took nothing for too long").count() < STOPPED {
        assert!(begun.elapsed() < Duration::from_secs(90), "not cut off:\n{}", server.log());
        during.extend(steps(&runtime, &mut server, &mut awake, 10));
        most = most.max(server.memory());
    }
    during.sort();
    let (usual, now) = (before[before.len() / 2], during[during.len() / 2]);
    assert!(now <= usual * 2 + Duration::from_millis(20), "a step took {usual:?} before and {now:?} then");
    let slowest = during[during.len() * 99 / 100];
    assert!(slowest < Duration::from_secs(2), "99 of 100 steps within {slowest:?}");
    let each = 256 + 200 * 60 * 40 / 1024; // What waits for it, and what its terminal shows.
    assert!(most < memory + STOPPED as u64 * each, "{memory} KiB grew to {most} KiB");
    server.stage().wait_for("70 watching");
    drop(asleep);
    server.stage().send("5Gn");
    wait_for_slide(server.stage(), "sea", (80, 24), "5 G n");
    all_see(&runtime, &mut awake, Instant::now());
}

/// The memory of a server, looked at again and again: when, and how many KiB.
#[derive(Default)]
struct Gauge(Vec<(Duration, u64)>);

impl Gauge {
    /// Looks where the last look is long enough ago.
    fn look(&mut self, begun: Instant, server: &Server) {
        let (now, every) = (begun.elapsed(), if is_long() { LOOK } else { PACE });
        if self.0.last().is_none_or(|(last, _)| now >= *last + every) {
            self.0.push((now, server.memory()));
        }
    }

    /// The straight line that lies nearest: the KiB that it climbs in an hour.
    fn slope(&self) -> f64 {
        let points: Vec<(f64, f64)> = self.0.iter().map(|(at, size)| (at.as_secs_f64(), *size as f64)).collect();
        let count = points.len() as f64;
        let (at, size) = points.iter().fold((0.0, 0.0), |sum, one| (sum.0 + one.0 / count, sum.1 + one.1 / count));
        let (up, over) =
            points.iter().fold((0.0, 0.0), |sum, (x, y)| (sum.0 + (x - at) * (y - size), sum.1 + (x - at).powi(2)));
        up / over * 3600.0
    }

    /// The most, before half of the time has passed and after.
    fn most(&self) -> [u64; 2] {
        let (early, late) = self.0.split_at(self.0.len() / 2);
        [early, late].map(|looks| looks.iter().map(|(_, size)| *size).max().unwrap())
    }
}

#[test]
fn r52_while_thirty_sleep_at_any_time_the_memory_of_the_child_does_not_grow() {
    let Some(mut server) = Server::present(&["--present", "sea"]) else { return };
    let runtime = runtime();
    let guest = Guest::new(server.home.path());
    let large = Guest { size: (200, 60), ..guest.clone() };
    let mut awake = join(&runtime, &server, &guest, 2, WATCHING);
    all_see(&runtime, &mut awake, Instant::now());
    let (begun, mut gauge, mut generations) = (Instant::now(), Gauge::default(), 0);
    while generations < 2 || (is_long() && begun.elapsed() < LONG) {
        let asleep = join(&runtime, &server, &large, 100, STOPPED);
        generations += 1;
        while server.log().matches("took nothing for too long").count() < STOPPED * generations {
            steps(&runtime, &mut server, &mut awake, 2);
            gauge.look(begun, &server);
            std::thread::sleep(PACE);
        }
        drop(asleep);
    }
    let [early, late] = gauge.most();
    assert!(late <= early + 2 * 1024, "{early} KiB grew to {late} KiB");
    if is_long() {
        let figures = format!(
            "{generations} times {STOPPED} of {} slept, {} looks in {:?}: at most {early} KiB and {late} KiB, {:+.0} KiB an hour",
            WATCHING + STOPPED,
            gauge.0.len(),
            begun.elapsed(),
            gauge.slope()
        );
        let _ = std::io::Write::write_all(&mut std::io::stdout(), format!("{figures}\n").as_bytes());
    }
}
