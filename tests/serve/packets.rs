//! SSH by hand: packets of any content, before the keys are exchanged and after, which no library would send.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::agreement::{EphemeralPrivateKey, UnparsedPublicKey, X25519, agree_ephemeral};
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use rustix::net::{AddressFamily, SocketType, bind, connect, socket};

/// The name by which the client goes.
const NAME: &str = "SSH-2.0-test";

/// The longest packet that the server has any reason to send.
const LONGEST: usize = 64 * 1024;

/// The fields of a packet, one after the other.
#[derive(Debug, Clone, Default)]
pub struct Fields(pub Vec<u8>);

impl Fields {
    /// A packet of this kind.
    pub fn of(kind: u8) -> Fields {
        Fields(vec![kind])
    }

    /// And a byte.
    pub fn byte(mut self, byte: u8) -> Fields {
        self.0.push(byte);
        self
    }

    /// And a number.
    pub fn number(mut self, number: u32) -> Fields {
        self.0.extend(number.to_be_bytes());
        self
    }

    /// And a string.
    pub fn string(self, text: impl AsRef<[u8]>) -> Fields {
        let text = text.as_ref();
        let mut fields = self.number(text.len() as u32);
        fields.0.extend(text);
        fields
    }

    /// And bytes as they are.
    pub fn bytes(mut self, bytes: &[u8]) -> Fields {
        self.0.extend(bytes);
        self
    }
}

/// What a packet of one direction is sealed with.
struct Seal {
    key: LessSafeKey,
    fixed: [u8; 4],
    count: u64,
}

impl Seal {
    fn nonce(&mut self) -> Nonce {
        let mut nonce = [0; 12];
        nonce[..4].copy_from_slice(&self.fixed);
        nonce[4..].copy_from_slice(&self.count.to_be_bytes());
        self.count = self.count.wrapping_add(1);
        Nonce::assume_unique_for_key(nonce)
    }
}

/// A connection.
pub struct Connection {
    socket: TcpStream,
    server: Vec<u8>,
    outward: Option<Seal>,
    inward: Option<Seal>,
}

impl Connection {
    /// A connection from one of this machine's addresses, on which the names have been exchanged.
    pub fn open(address: SocketAddr, from: u8) -> io::Result<Connection> {
        let mut socket = dial(address, from)?;
        socket.write_all(format!("{NAME}\r\n").as_bytes())?;
        let mut server = Vec::new();
        while server.last() != Some(&b'\n') && server.len() < 256 {
            let mut byte = [0];
            socket.read_exact(&mut byte)?;
            server.extend(byte);
        }
        server.truncate(server.len().saturating_sub(2));
        Ok(Connection { socket, server, outward: None, inward: None })
    }

    /// Sends bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.socket.write_all(bytes)
    }

    /// Sends a packet.
    pub fn send(&mut self, packet: &[u8]) -> io::Result<()> {
        let head = if self.outward.is_some() { 0 } else { 4 };
        let block = if self.outward.is_some() { 16 } else { 8 };
        let padding = 4 + (block - (head + 1 + packet.len() + 4) % block) % block;
        let mut body = vec![padding as u8];
        body.extend(packet);
        body.resize(body.len() + padding, 0);
        let length = (body.len() as u32).to_be_bytes();
        let tag = self.outward.as_mut().map(|seal| {
            let nonce = seal.nonce();
            seal.key.seal_in_place_separate_tag(nonce, Aad::from(length), &mut body).unwrap()
        });
        let tag: &[u8] = tag.as_ref().map_or(&[], AsRef::as_ref);
        self.socket.write_all(&[&length, body.as_slice(), tag].concat())
    }

    /// The next packet.
    pub fn receive(&mut self) -> io::Result<Vec<u8>> {
        let mut length = [0; 4];
        self.socket.read_exact(&mut length)?;
        let count = u32::from_be_bytes(length) as usize;
        if count > LONGEST {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut body = vec![0; count + if self.inward.is_some() { 16 } else { 0 }];
        self.socket.read_exact(&mut body)?;
        if let Some(seal) = &mut self.inward {
            let nonce = seal.nonce();
            let opened = seal.key.open_in_place(nonce, Aad::from(length), &mut body);
            opened.map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
        }
        let padding = usize::from(body[0]);
        Ok(body[1..count.saturating_sub(padding).max(1)].to_vec())
    }

    /// Waits for a packet of a kind.
    pub fn wait_for(&mut self, kind: u8) -> io::Result<Vec<u8>> {
        loop {
            let packet = self.receive()?;
            if packet.first() == Some(&kind) {
                return Ok(packet);
            }
        }
    }

    /// Waits so long for packets from now on.
    pub fn be_patient(&self, patience: Duration) {
        self.socket.set_read_timeout(Some(patience)).unwrap();
    }

    /// Answers where the server asks whether anybody is there.
    pub fn answer(&mut self, packet: &[u8]) -> io::Result<()> {
        if packet.first() == Some(&80) { self.send(&[82]) } else { Ok(()) }
    }

    /// Exchanges keys; from now on every packet is sealed.
    pub fn exchange_keys(&mut self) -> io::Result<()> {
        let own = offer().0;
        self.send(&own)?;
        let theirs = self.wait_for(20)?;
        let secret = EphemeralPrivateKey::generate(&X25519, &SystemRandom::new()).unwrap();
        let public = secret.compute_public_key().unwrap();
        self.send(&Fields::of(30).string(&public).0)?;
        let reply = self.wait_for(31)?;
        let mut rest = &reply[1..];
        let mut next = || {
            let (length, after) = rest.split_at(4);
            let (string, after) = after.split_at(u32::from_be_bytes(length.try_into().unwrap()) as usize);
            rest = after;
            string.to_vec()
        };
        let (host_key, point) = (next(), next());
        let shared = agree_ephemeral(secret, &UnparsedPublicKey::new(&X25519, &point), large_number).unwrap();
        let hashed = Fields::default().string(NAME).string(&self.server).string(&own).string(&theirs);
        let hashed = hashed.string(&host_key).string(&public).string(&point).bytes(&shared);
        let hash = digest(&SHA256, &hashed.0);
        self.wait_for(21)?;
        self.send(&[21])?;
        let derive = |letter: u8| {
            let text = [&shared, hash.as_ref(), &[letter], hash.as_ref()].concat();
            digest(&SHA256, &text).as_ref().to_vec()
        };
        let seal = |iv: u8, key: u8| Seal {
            key: LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &derive(key)).unwrap()),
            fixed: derive(iv)[..4].try_into().unwrap(),
            count: u64::from_be_bytes(derive(iv)[4..12].try_into().unwrap()),
        };
        (self.outward, self.inward) = (Some(seal(b'A', b'C')), Some(seal(b'B', b'D')));
        Ok(())
    }

    /// Signs on where the door is open.
    pub fn sign_on(&mut self) -> io::Result<()> {
        self.send(&Fields::of(5).string("ssh-userauth").0)?;
        self.wait_for(6)?;
        let asks = Fields::of(50).string("guest").string("ssh-connection").string("keyboard-interactive");
        self.send(&asks.string("").string("").0)?;
        self.wait_for(60)?;
        self.send(&Fields::of(61).number(0).0)?;
        self.wait_for(52).map(drop)
    }

    /// Asks for a screen of 80 columns and 24 rows; answers the number of its channel.
    pub fn enter(&mut self) -> io::Result<u32> {
        self.send(&Fields::of(90).string("session").number(0).number(1 << 20).number(32_768).0)?;
        let opened = self.wait_for(91)?;
        let channel = opened.get(5..9).map(|number| u32::from_be_bytes(number.try_into().unwrap()));
        let channel = channel.ok_or(io::ErrorKind::InvalidData)?;
        let terminal = Fields::of(98).number(channel).string("pty-req").byte(1).string("xterm-256color");
        self.send(&terminal.number(80).number(24).number(0).number(0).string("").0)?;
        self.wait_for(99)?;
        self.send(&Fields::of(98).number(channel).string("shell").byte(1).0)?;
        self.wait_for(99)?;
        Ok(channel)
    }
}

/// What is offered for the exchange of keys.
pub fn offer() -> Fields {
    let lists = ["curve25519-sha256", "ssh-ed25519"].into_iter();
    let lists = lists.chain(["aes256-gcm@openssh.com"; 2]).chain(["hmac-sha2-256"; 2]);
    let lists = lists.chain(["none"; 2]).chain([""; 2]);
    lists.fold(Fields::of(20).bytes(&[7; 16]), Fields::string).byte(0).number(0)
}

/// A secret as SSH writes large numbers: a string without leading zeros, and not negative.
fn large_number(secret: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = secret.iter().copied().skip_while(|byte| *byte == 0).collect();
    let sign: &[u8] = if digits.first().is_some_and(|first| first & 0x80 != 0) { &[0] } else { &[] };
    Fields::default().string([sign, &digits].concat()).0
}

/// A connection from one of this machine's addresses.
fn dial(address: SocketAddr, from: u8) -> io::Result<TcpStream> {
    let socket = socket(AddressFamily::INET, SocketType::STREAM, None)?;
    bind(&socket, &SocketAddr::from(([127, 0, 0, from], 0)))?;
    connect(&socket, &address)?;
    let socket = TcpStream::from(socket);
    socket.set_read_timeout(Some(Duration::from_secs(10)))?;
    socket.set_write_timeout(Some(Duration::from_secs(10)))?;
    socket.set_nodelay(true)?;
    Ok(socket)
}
