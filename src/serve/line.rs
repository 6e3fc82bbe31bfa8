//! The socket of a connection: it takes only as much as is allowed, keeps little for a client that does not read, and can
//! be cut from outside whatever waits on it.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use rustix::net::sockopt;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Sleep;

use super::bounds::{INPUT_BURST, INPUT_RATE, SEND_BUFFER};
use super::door::Cut;

/// How the server calls itself; no version of anything is told.
pub const NAME: &str = "SSH-2.0-detente";

/// How long reading rests where nothing more is allowed.
const REST: Duration = Duration::from_millis(250);

/// How long whoever is refused may take to be told.
const FAREWELL: Duration = Duration::from_millis(500);

/// What is told to whoever is refused.
const NO_ROOM: &str = "There is no room; please come later.";

/// A connection as it is seen from outside: it can be ended, and has said so much.
#[derive(Debug, Clone)]
pub struct Scissors(Arc<Wire>);

#[derive(Debug)]
struct Wire {
    socket: TcpStream,
    received: AtomicU64,
}

/// The socket as the SSH library sees it.
#[derive(Debug)]
pub struct Line {
    wire: Arc<Wire>,
    allowance: Allowance,
    resting: Option<Pin<Box<Sleep>>>,
}

/// How much may still be read.
#[derive(Debug)]
struct Allowance {
    left: f64,
    since: Instant,
}

impl Line {
    /// The line of a socket that was just accepted.
    pub fn new(socket: TcpStream) -> io::Result<Line> {
        socket.set_nodelay(true)?;
        sockopt::set_socket_send_buffer_size(&socket, SEND_BUFFER)?;
        let allowance = Allowance { left: f64::from(INPUT_BURST), since: Instant::now() };
        let wire = Wire { socket, received: AtomicU64::new(0) };
        Ok(Line { wire: Arc::new(wire), allowance, resting: None })
    }

    /// Tells a client that there is no room, in the way that clients show to people, and ends. What the client says
    /// meanwhile is taken in: a socket that is closed before that has its last words thrown away.
    pub async fn refuse(mut self) {
        let _ = self.wire.socket.try_write(&refusal());
        let _ = rustix::net::shutdown(&self.wire.socket, rustix::net::Shutdown::Write);
        let hears = async { while matches!(self.read(&mut [0; 1024]).await, Ok(1..)) {} };
        let _ = tokio::time::timeout(FAREWELL, hears).await;
        self.scissors().cut();
    }

    /// What ends it from outside.
    pub fn scissors(&self) -> Scissors {
        Scissors(Arc::clone(&self.wire))
    }
}

/// A name and the packet that says goodbye, as SSH has them before keys are exchanged: too many connections (RFC 4253).
fn refusal() -> Vec<u8> {
    let text = |text: &str| [&(text.len() as u32).to_be_bytes(), text.as_bytes()].concat();
    let (disconnect, too_many) = (1_u8, 12_u32);
    let payload = [&[disconnect], too_many.to_be_bytes().as_slice(), &text(NO_ROOM), &text("")].concat();
    let padding = 4 + (8 - (4 + 1 + payload.len() + 4) % 8) % 8;
    let length = (1 + payload.len() + padding) as u32;
    let packet = [&length.to_be_bytes(), [padding as u8].as_slice(), &payload, &vec![0; padding]].concat();
    [format!("{NAME}\r\n").as_bytes(), &packet].concat()
}

impl Scissors {
    /// How many bytes have come.
    pub fn received(&self) -> u64 {
        self.0.received.load(Ordering::Relaxed)
    }
}

impl Cut for Scissors {
    /// Ends both directions; whoever waits for either is told so.
    fn cut(&self) {
        let _ = rustix::net::shutdown(&self.0.socket, rustix::net::Shutdown::Both);
    }
}

impl Allowance {
    /// How many bytes may be read now.
    fn now(&mut self, now: Instant) -> usize {
        let passed = now.saturating_duration_since(self.since).as_secs_f64();
        self.left = (self.left + passed * f64::from(INPUT_RATE)).min(f64::from(INPUT_BURST));
        self.since = now;
        self.left as usize
    }

    fn take(&mut self, count: usize) {
        self.left -= count as f64;
    }
}

impl AsyncRead for Line {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context, buffer: &mut ReadBuf) -> Poll<io::Result<()>> {
        let line = &mut *self;
        loop {
            if let Some(resting) = &mut line.resting {
                ready!(resting.as_mut().poll(context));
                line.resting = None;
            }
            let allowed = line.allowance.now(Instant::now()).min(buffer.remaining());
            if allowed == 0 && buffer.remaining() > 0 {
                line.resting = Some(Box::pin(tokio::time::sleep(REST)));
                continue;
            }
            ready!(line.wire.socket.poll_read_ready(context))?;
            match line.wire.socket.try_read(buffer.initialize_unfilled_to(allowed)) {
                Ok(count) => {
                    buffer.advance(count);
                    line.allowance.take(count);
                    line.wire.received.fetch_add(count as u64, Ordering::Relaxed);
                    return Poll::Ready(Ok(()));
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }
}

impl AsyncWrite for Line {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context, bytes: &[u8]) -> Poll<io::Result<usize>> {
        loop {
            ready!(self.wire.socket.poll_write_ready(context))?;
            match self.wire.socket.try_write(bytes) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                written => return Poll::Ready(written),
            }
        }
    }

    fn poll_flush(self: Pin<&mut Self>, _context: &mut Context) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _context: &mut Context) -> Poll<io::Result<()>> {
        let _ = rustix::net::shutdown(&self.wire.socket, rustix::net::Shutdown::Write);
        Poll::Ready(Ok(()))
    }
}
