//! Packets that are almost right, at every stage of a connection: whoever sends them gets nowhere, and nobody else notices.

use std::io;
use std::time::Instant;

use detente::study::chance::Chance;

use crate::common::is_long;

use super::packets::{Connection, Fields, offer};
use super::server::Server;

/// How many connections are made, in the short form and in the long one.
const SHORT: u64 = 3_000;
const LONG: u64 = 1_000_000;

/// How far a connection goes before it goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nothing has been said but the names.
    Names,
    /// The offers were exchanged.
    Offers,
    /// All is sealed.
    Sealed,
    /// The client has signed on.
    SignedOn,
    /// It has a screen.
    Screen,
}

/// What connections are made of.
struct Mischief {
    chance: Chance,
    /// The channel of the screen.
    channel: u32,
}

impl Mischief {
    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.chance.below(of.len())]
    }

    fn number(&mut self) -> u32 {
        let random = self.chance.number() as u32;
        self.one(&[0, 1, 2, 80, 24, 255, 32_768, 65_536, i32::MAX as u32, 1 << 31, u32::MAX - 1, u32::MAX, random])
    }

    fn random(&mut self, most: usize) -> Vec<u8> {
        (0..self.chance.below(most)).map(|_| self.chance.number() as u8).collect()
    }

    /// A text that stands where `known` is expected.
    fn text(&mut self, known: &[&str]) -> Vec<u8> {
        let known = self.one(known).as_bytes().to_vec();
        match self.chance.below(8) {
            0 => self.random(64),
            1 => [known.as_slice(), b"\0\n\x1b]0;owned\x07"].concat(),
            2 => b"\xff\xfe\xc3\x28".to_vec(),
            3 => vec![b'a'; self.one(&[0, 1, 1000, 20_000])],
            4 => Vec::new(),
            _ => known,
        }
    }

    /// The same as a string whose length may be a lie.
    fn string(&mut self, fields: Fields, known: &[&str]) -> Fields {
        let text = self.text(known);
        if self.chance.below(12) == 0 { fields.number(self.number()).bytes(&text) } else { fields.string(text) }
    }

    /// A packet of a kind that belongs somewhere.
    fn packet(&mut self) -> Vec<u8> {
        let kinds: [fn(&mut Mischief) -> Fields; 10] = [
            Mischief::transport,
            Mischief::offer,
            Mischief::half,
            Mischief::service,
            Mischief::attempt,
            Mischief::channel,
            Mischief::request,
            Mischief::request,
            Mischief::traffic,
            Mischief::global,
        ];
        let packet = self.one(&kinds)(self).0;
        self.damaged(packet)
    }

    fn transport(&mut self) -> Fields {
        let kind = self.one(&[1, 2, 3, 4, 7, 21, 52, 60, 61, 80, 100]);
        let fields = Fields::of(kind).number(self.number());
        let fields = self.string(fields, &["", "server-sig-algs", "a word"]);
        self.string(fields, &["en", ""])
    }

    fn offer(&mut self) -> Fields {
        let lists =
            ["curve25519-sha256", "mlkem768x25519-sha256", "kex-strict-c-v00@openssh.com", "none", "", ",,,", "a,b"];
        let fields = (0..10).fold(Fields::of(20).bytes(&[0; 16]), |fields, _| self.string(fields, &lists));
        let follows = self.chance.below(3) as u8;
        fields.byte(follows).number(0)
    }

    /// The client's half of the exchange of keys: points of no order, of the wrong length, or none.
    fn half(&mut self) -> Fields {
        let mut point =
            vec![self.one(&[0, 1, 9, 0x7f, 0xff]); self.one(&[0, 1, 31, 32, 33, 65, 1184, 1216, 1217, 5000])];
        if let Some(last) = point.last_mut() {
            *last = self.one(&[0, 0x7f, 0xff]);
        }
        Fields::of(self.one(&[30, 31, 32, 33, 34])).string(point)
    }

    fn service(&mut self) -> Fields {
        let kind = self.one(&[5, 6]);
        self.string(Fields::of(kind), &["ssh-userauth", "ssh-connection", "none"])
    }

    fn attempt(&mut self) -> Fields {
        let fields = self.string(Fields::of(50), &["root", "guest", "light"]);
        let fields = self.string(fields, &["ssh-connection", "none"]);
        let methods = ["none", "password", "publickey", "hostbased", "keyboard-interactive", "gssapi-with-mic"];
        let mut fields = self.string(fields, &methods).byte(self.chance.below(3) as u8);
        let algorithms = [
            "ssh-ed25519",
            "ecdsa-sha2-nistp256",
            "ssh-rsa",
            "ssh-ed25519-cert-v01@openssh.com",
            "sk-ssh-ed25519@openssh.com",
        ];
        for _ in 0..self.chance.below(4) {
            fields = self.string(fields, &algorithms);
        }
        let inner = self.string(Fields::default(), &algorithms);
        let inner = self.string(inner, &["", "\0\0\0\x01"]);
        if self.chance.below(2) == 0 { fields.string(inner.0) } else { fields }
    }

    fn channel(&mut self) -> Fields {
        let kinds = ["session", "direct-tcpip", "x11", "direct-streamlocal@openssh.com", "forwarded-tcpip"];
        let fields = self.string(Fields::of(90), &kinds);
        let fields = fields.number(self.number()).number(self.number()).number(self.number());
        let fields = self.string(fields, &["127.0.0.1", "/tmp/x"]).number(self.number());
        self.string(fields, &["127.0.0.1"]).number(self.number())
    }

    fn request(&mut self) -> Fields {
        let kinds = ["pty-req", "pty-req", "window-change", "shell", "exec", "env", "subsystem", "signal", "x11-req"];
        let channel = if self.chance.below(8) == 0 { self.number() } else { self.channel };
        let fields = self.string(Fields::of(98).number(channel), &kinds).byte(self.chance.below(3) as u8);
        match self.chance.below(3) {
            0 => {
                let fields = self.string(fields, &["xterm", "linux", "dumb"]);
                let fields = (0..4).fold(fields, |fields, _| fields.number(self.number()));
                let modes: Vec<u8> =
                    (0..self.one(&[0, 1, 130, 131, 400])).flat_map(|mode| [mode as u8, 0, 0, 0, 1]).collect();
                fields.string(modes)
            }
            1 => (0..4).fold(fields, |fields, _| fields.number(self.number())),
            _ => {
                let fields = self.string(fields, &["id", "sftp", "LANG", "auth-agent-req@openssh.com"]);
                self.string(fields, &["C", ""])
            }
        }
    }

    fn traffic(&mut self) -> Fields {
        let kind = self.one(&[91, 92, 93, 93, 94, 94, 94, 95, 96, 97, 99, 100]);
        let channel = if self.chance.below(6) == 0 { self.number() } else { self.channel };
        let fields = Fields::of(kind).number(channel);
        match kind {
            93 => fields.number(self.number()),
            95 => {
                let fields = fields.number(self.number());
                self.string(fields, &["j", "\x1b[<0;0;0M"])
            }
            _ => self.string(
                fields,
                &["j", "2", "?", "S", "\x1b[200~", "\x1b[<0;65535;65535M", "\x1b]52;c;?\x07", "/\u{202e}"],
            ),
        }
    }

    fn global(&mut self) -> Fields {
        let names =
            ["tcpip-forward", "cancel-tcpip-forward", "keepalive@openssh.com", "streamlocal-forward@openssh.com"];
        let fields = self.string(Fields::of(80), &names).byte(self.chance.below(3) as u8);
        self.string(fields, &["127.0.0.1", ""]).number(self.number())
    }

    /// The packet, or what is left of it.
    fn damaged(&mut self, mut packet: Vec<u8>) -> Vec<u8> {
        match self.chance.below(6) {
            0 => packet.truncate(self.chance.below(packet.len() + 1)),
            1 => packet.extend(self.random(300)),
            2 if !packet.is_empty() => {
                let at = self.chance.below(packet.len());
                packet[at] ^= 1 << self.chance.below(8);
            }
            _ => {}
        }
        packet
    }

    /// Bytes that are no packet: a length that is a lie, padding that is longer than the packet.
    fn frame(&mut self) -> Vec<u8> {
        let length = self.number();
        let padding = self.one(&[0, 3, 4, 200, 255]);
        let rest = self.random(200);
        Fields::default().number(length).byte(padding).bytes(&rest).0
    }

    /// One connection, which goes well for a while. That the server ends it is no failure.
    fn connect(&mut self, server: &Server) -> io::Result<Stage> {
        let from = 2 + self.chance.below(200) as u8;
        let stages = [Stage::Names, Stage::Offers, Stage::Sealed, Stage::SignedOn, Stage::Screen, Stage::Screen];
        let stage = self.one(&stages);
        let mut connection = Connection::open(server.address, from)?;
        match stage {
            Stage::Names => {}
            Stage::Offers => {
                connection.send(&offer().0)?;
                connection.wait_for(20)?;
            }
            Stage::Sealed | Stage::SignedOn | Stage::Screen => connection.exchange_keys()?,
        }
        if matches!(stage, Stage::SignedOn | Stage::Screen) {
            connection.sign_on()?;
        }
        if stage == Stage::Screen {
            self.channel = connection.enter()?;
        }
        for _ in 0..1 + self.chance.below(8) {
            let sent = match self.chance.below(12) {
                0 => connection.raw(&self.frame()),
                _ => connection.send(&self.packet()),
            };
            if sent.is_err() {
                break; // The server has had enough.
            }
        }
        Ok(stage)
    }
}

#[test]
fn r55_packets_that_are_almost_right_harm_nobody_at_any_stage() {
    let Some(server) = Server::start(&["--open"]) else { return };
    let number = |name: &str| std::env::var(name).ok().and_then(|number| number.parse::<u64>().ok());
    let rounds = number("DETENTE_ROUNDS").unwrap_or(if is_long() { LONG } else { SHORT });
    let seed = number("DETENTE_SEED").unwrap_or(55);
    let child = server.child();
    let mut reader = server.join(&[]);
    reader.wait_for("q quit");
    let begun = Instant::now();
    let (mut reached, mut settled) = ([0_u64; 5], 0);
    for round in 0..rounds {
        let mut mischief = Mischief { chance: Chance::new(seed.wrapping_add(round)), channel: 0 };
        if let Ok(stage) = mischief.connect(&server) {
            reached[stage as usize] += 1;
        }
        assert!(round % 100 != 0 || !server.log().contains("panic"), "seed {}:\n{}", seed + round, server.log());
        if round == rounds / 4 {
            settled = server.memory();
        }
    }
    assert_eq!(server.child(), child, "the same child");
    assert!(!server.log().contains("panic"), "{}", server.log());
    let memory = server.memory();
    assert!(memory < settled + 16 * 1024, "{settled} KiB grew to {memory} KiB");
    assert!(reached.iter().all(|count| *count > rounds / 20), "every stage is reached: {reached:?} of {rounds}");
    reader.send("2");
    reader.wait_for("Countries");
    if is_long() {
        let figures =
            format!("{reached:?} of {rounds} connections went wrong, {settled} to {memory} KiB, {:?}", begun.elapsed());
        let _ = std::io::Write::write_all(&mut std::io::stdout(), format!("{figures}\n").as_bytes());
    }
}
