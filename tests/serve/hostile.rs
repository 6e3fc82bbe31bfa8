//! A client of the tests' own that can do what OpenSSH would not, and sockets that do not even speak.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use russh::client::{Config, Handle, Handler, Msg, connect_stream};
use russh::keys::{PrivateKey, PrivateKeyWithHashAlg, PublicKeyOrCertificate};
use russh::{Channel, ChannelMsg};
use tokio::net::TcpSocket;
use tokio::runtime::Runtime;

/// A client that trusts any server.
#[derive(Debug)]
pub struct Trusting;

impl Handler for Trusting {
    type Error = russh::Error;

    async fn check_server_key(&mut self, _key: &PublicKeyOrCertificate) -> Result<bool, russh::Error> {
        Ok(true)
    }
}

/// Who joins, and with what.
#[derive(Debug, Clone)]
pub struct Guest {
    /// The key.
    pub key: Arc<PrivateKey>,
    /// The name.
    pub user: String,
    /// The kind of terminal.
    pub term: String,
    /// The size of the window.
    pub size: (u32, u32),
    /// The last number of the address on this machine that they come from.
    pub from: u8,
}

/// Something that runs tasks.
pub fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
}

impl Guest {
    /// The reader whose key lies in a directory.
    pub fn new(home: &Path) -> Guest {
        let key = Arc::new(PrivateKey::read_openssh_file(home.join("reader")).unwrap());
        Guest { key, user: "guest".to_owned(), term: "xterm-256color".to_owned(), size: (80, 24), from: 1 }
    }

    /// Signs on.
    pub async fn sign_on(&self, address: SocketAddr) -> Handle<Trusting> {
        let stream = connect(address, self.from).await.unwrap();
        let config = Config { channel_buffer_size: 1, ..Config::default() };
        let mut handle = connect_stream(Arc::new(config), stream, Trusting).await.unwrap();
        let key = PrivateKeyWithHashAlg::new(Arc::clone(&self.key), None);
        assert!(handle.authenticate_publickey(&*self.user, key).await.unwrap().success());
        handle
    }

    /// Signs on, and asks for a terminal and a screen.
    pub async fn join(&self, address: SocketAddr) -> (Handle<Trusting>, Channel<Msg>) {
        let handle = self.sign_on(address).await;
        let channel = handle.channel_open_session().await.unwrap();
        channel.request_pty(false, &self.term, self.size.0, self.size.1, 0, 0, &[]).await.unwrap();
        channel.request_shell(false).await.unwrap();
        (handle, channel)
    }
}

/// A connection from one of this machine's addresses.
pub async fn connect(address: SocketAddr, from: u8) -> std::io::Result<tokio::net::TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddr::from(([127, 0, 0, from], 0)))?;
    socket.connect(address).await
}

/// Reads until nothing more comes for a while, or the channel is over; answers what came and whether it is over.
pub async fn drain(channel: &mut Channel<Msg>, patience: Duration) -> (Vec<u8>, bool) {
    let mut bytes = Vec::new();
    loop {
        match tokio::time::timeout(patience, channel.wait()).await {
            Err(_) => return (bytes, false),
            Ok(None | Some(ChannelMsg::Close)) => return (bytes, true),
            Ok(Some(ChannelMsg::Data { data })) => bytes.extend_from_slice(&data),
            Ok(Some(_)) => {}
        }
    }
}

/// The first words of a server: its name, and what it offers for the key exchange.
pub fn offer(address: SocketAddr) -> Vec<String> {
    let mut socket = TcpStream::connect(address).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    socket.write_all(b"SSH-2.0-test\r\n").unwrap();
    let mut byte = [0];
    let mut name = Vec::new();
    while byte != *b"\n" {
        socket.read_exact(&mut byte).unwrap();
        name.extend(byte);
    }
    let mut length = [0; 4];
    socket.read_exact(&mut length).unwrap();
    let mut packet = vec![0; u32::from_be_bytes(length) as usize];
    socket.read_exact(&mut packet).unwrap();
    let mut rest = &packet[1 + 1 + 16..];
    let mut lists = vec![String::from_utf8(name).unwrap()];
    for _ in 0..10 {
        let (length, after) = rest.split_at(4);
        let (list, after) = after.split_at(u32::from_be_bytes(length.try_into().unwrap()) as usize);
        lists.push(String::from_utf8(list.to_vec()).unwrap());
        rest = after;
    }
    lists
}
