//! Readers behind slow lines: a key is acted on as soon as it arrives, and its picture is short.

use std::time::{Duration, Instant};

use russh::{Channel, ChannelMsg, client::Msg};

use super::hostile::{Guest, drain, runtime};
use super::link::{Link, Quality};
use super::server::{Server, wait_for_slide};

/// A way there and back.
const ROUND: Duration = Duration::from_millis(300);

/// What the server and the machine may add to it.
const BESIDE: Duration = Duration::from_millis(100);

/// The most bytes that the picture of a key takes, at 120 columns and 40 rows; and that of a key to the map and from it, with
/// which every cell changes. Each key of each page is pressed by [`crate::costs`].
const LONGEST: usize = 4 * 1024;
const LONGEST_OF_MAP: usize = 6 * 1024;

/// How many of a hundred packets are lost on a bad line.
const LOST: usize = 3;

/// What a reader does who looks around: each key changes the picture.
const KEYS: &str = "jjkk2jjk3j4j7l1jj";

/// Presses a key; answers how long it took until its picture was there, and how many bytes that has.
async fn press(channel: &mut Channel<Msg>, key: &str) -> (Duration, usize) {
    let begun = Instant::now();
    channel.data(key.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\x1b[?2026l") {
        let message = tokio::time::timeout(Duration::from_secs(10), channel.wait()).await;
        let Some(ChannelMsg::Data { data }) = message.unwrap_or_else(|_| panic!("{key}: no picture")) else { continue };
        bytes.extend_from_slice(&data);
    }
    (begun.elapsed(), bytes.len())
}

/// Presses all keys over a line; answers the times until each picture was there, sorted, without the time that its bytes
/// take to pass a narrow line.
fn looks_around(server: &Server, quality: Quality) -> Vec<Duration> {
    let link = Link::to(server.address, quality);
    let guest = Guest { size: (120, 40), ..Guest::new(server.home.path()) };
    let mut times = runtime().block_on(async {
        let (_handle, mut channel) = guest.join(link.address).await;
        drain(&mut channel, Duration::from_secs(2)).await;
        let mut times = Vec::new();
        for key in KEYS.split("").filter(|key| !key.is_empty()) {
            let (took, bytes) = press(&mut channel, key).await;
            assert!(bytes <= if "71".contains(key) { LONGEST_OF_MAP } else { LONGEST }, "{key:?}: {bytes} bytes");
            let passing = quality.rate.map_or(Duration::ZERO, |rate| Duration::from_secs(bytes as u64) / rate);
            times.push(took.saturating_sub(passing));
        }
        times
    });
    times.sort();
    times
}

fn median(times: &[Duration]) -> Duration {
    times[times.len() / 2]
}

#[test]
fn r62_over_a_long_way_a_key_is_answered_when_it_has_gone_and_come_back() {
    let Some(server) = Server::start(&[]) else { return };
    let took = median(&looks_around(&server, Quality { delay: ROUND / 2, ..Quality::default() }));
    assert!(took >= ROUND, "the way is as long as it is said to be: {took:?}");
    assert!(took <= ROUND + BESIDE, "{took:?}");
}

#[test]
fn r62_over_a_long_and_narrow_way_a_key_is_answered_as_soon_as_its_picture_can_pass() {
    let Some(server) = Server::start(&[]) else { return };
    let narrow = Quality { delay: ROUND / 2, rate: Some(64_000 / 8), ..Quality::default() };
    let took = median(&looks_around(&server, narrow));
    assert!(took <= ROUND + BESIDE, "{took:?}");
}

#[test]
fn r62_over_a_long_way_that_loses_packets_a_key_waits_for_what_is_lost_and_for_nothing_else() {
    let Some(server) = Server::start(&[]) else { return };
    let lossy = Quality { delay: ROUND / 2, lost: LOST, ..Quality::default() };
    let times = looks_around(&server, lossy);
    let once_more = ROUND / 2 * 3;
    assert!(median(&times) <= ROUND + BESIDE, "{times:?}");
    assert!(times[times.len() - 1] >= ROUND + once_more, "something is lost: {times:?}");
    assert!(times[times.len() - 1] <= ROUND + 2 * once_more + BESIDE, "{times:?}");
}

#[test]
fn r62_after_a_line_was_dead_for_a_while_the_newest_slide_is_seen_and_not_all_before_it() {
    let Some(mut server) = Server::present(&["--present", "sea"]) else { return };
    let link = Link::to(server.address, Quality { delay: Duration::from_millis(20), rate: Some(256_000), lost: 0 });
    let mut reader = server.join_sized((120, 40), &["-p", &link.port()]);
    wait_for_slide(&mut reader, "sea", (120, 40), "");
    link.stall(true);
    for _ in 0..200 {
        server.stage().send("Gg");
    }
    server.stage().send("5Gn");
    wait_for_slide(server.stage(), "sea", (80, 24), "5 G n");
    let before = reader.log().len();
    link.stall(false);
    let begun = Instant::now();
    wait_for_slide(&mut reader, "sea", (120, 40), "5 G n");
    let caught_up = begun.elapsed();
    let bytes = reader.log().len() - before;
    assert!(bytes < 512 * 1024, "{bytes} bytes of 400 slides were on their way, seen after {caught_up:?}");
    server.stage().send("n");
    wait_for_slide(&mut reader, "sea", (120, 40), "5 G n n");
}
