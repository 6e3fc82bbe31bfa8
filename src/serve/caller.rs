//! A connection as the SSH library tells of it: who signs on, and that they ask for a terminal and a screen. Whatever
//! else a client may ask for is refused: commands, files, forwarding, an agent, variables, a second channel.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Instant;

use russh::keys::ssh_key::Certificate;
use russh::server::{Auth, ChannelOpenHandle, Handler, Msg, PublicKeyOffer, Response, Session, VerifiedPublicKey};
use russh::{Channel, ChannelId, ChannelOpenFailure, Pty};
use tokio::sync::watch;
use tracing::{error, info};

use super::bounds::ATTEMPTS;
use super::door::{Cut, Place};
use super::guests::{Guests, Holder};
use super::line::Scissors;
use super::reader::{Setting, Window};
use super::visit::Visit;
use crate::dataset::Clean;
use crate::terminal::LEAVE;

/// How far a connection has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Nobody knows yet who it is.
    Knocking,
    /// The client has signed on.
    SignedOn,
    /// The client has a screen.
    Visiting,
}

/// A connection.
pub struct Caller {
    setting: Arc<Setting>,
    guests: Arc<Guests>,
    address: SocketAddr,
    place: Arc<Place>,
    scissors: Scissors,
    stage: watch::Sender<Stage>,
    /// How many keys were refused.
    refused: watch::Sender<usize>,
    holder: Option<Holder>,
    user: Clean,
    window: Option<Window>,
    channel: Option<Channel<Msg>>,
    /// Whether there was a channel already.
    opened: bool,
}

/// What the task of a connection can see of it.
pub struct Progress {
    /// How far it has come.
    pub stage: watch::Receiver<Stage>,
    place: Arc<Place>,
    refused: watch::Receiver<usize>,
}

impl Progress {
    /// Keeps the address out for a while, as the connection has used up its attempts.
    pub fn give_up(&self, address: IpAddr) {
        self.place.give_up(address, Instant::now());
    }

    /// Says whether the connection has used up its attempts.
    pub fn has_failed(&self) -> bool {
        *self.stage.borrow() == Stage::Knocking && *self.refused.borrow() >= ATTEMPTS
    }
}

impl Caller {
    /// A connection that begins, and what can be seen of it.
    pub fn new(
        setting: Arc<Setting>,
        guests: Arc<Guests>,
        address: SocketAddr,
        place: Place,
        scissors: Scissors,
    ) -> (Caller, Progress) {
        let place = Arc::new(place);
        let (stage, seen) = watch::channel(Stage::Knocking);
        let (refused, counted) = watch::channel(0);
        let caller = Caller {
            setting,
            guests,
            address,
            place: Arc::clone(&place),
            scissors,
            stage,
            refused,
            holder: None,
            user: Clean::default(),
            window: None,
            channel: None,
            opened: false,
        };
        (caller, Progress { stage: seen, place, refused: counted })
    }

    fn refuse(&self) -> Auth {
        self.refused.send_modify(|refused| *refused += 1);
        Auth::reject()
    }

    /// Begins the visit, on a task of its own: whatever fails there ends this connection and no other.
    fn begin(&mut self, channel: Channel<Msg>, window: Window) {
        let (read, write) = channel.split();
        let (setting, scissors, address) = (Arc::clone(&self.setting), self.scissors.clone(), self.address);
        let place = Arc::clone(&self.place);
        let write = Arc::new(write);
        info!(%address, term = %window.term, columns = window.size.0, rows = window.size.1, "begins");
        self.stage.send_replace(Stage::Visiting);
        tokio::spawn(async move {
            let task = tokio::spawn({
                let write = Arc::clone(&write);
                async move { Visit::new(setting, window).run(read, &write).await }
            });
            match task.await {
                Ok(ending) => info!(%address, why = ending.word(), "ends"),
                Err(_) => {
                    error!(%address, "a reader’s task failed");
                    let told = "détente failed here; please report this. Others are not affected.\r\n";
                    say(&write, [LEAVE, told.as_bytes()].concat(), 1).await;
                }
            }
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
            scissors.cut();
            drop(place);
        });
    }
}

/// Says a last word, and closes the channel.
async fn say(write: &russh::ChannelWriteHalf<Msg>, bytes: Vec<u8>, status: u32) {
    let last = async {
        let _ = write.data_bytes(bytes).await;
        let _ = write.exit_status(status).await;
        let _ = write.eof().await;
        let _ = write.close().await;
    };
    let _ = tokio::time::timeout(std::time::Duration::from_millis(800), last).await;
}

impl Handler for Caller {
    type Error = russh::Error;

    async fn auth_publickey_offered(&mut self, _user: &str, offer: PublicKeyOffer<'_>) -> Result<Auth, Self::Error> {
        Ok(if self.guests.admit(offer.public_key).is_some() { Auth::Accept } else { self.refuse() })
    }

    async fn auth_publickey(&mut self, user: &str, key: VerifiedPublicKey<'_>) -> Result<Auth, Self::Error> {
        self.user = Window::name(user);
        self.holder = self.guests.admit(key.public_key);
        Ok(if self.holder.is_some() { Auth::Accept } else { self.refuse() })
    }

    async fn auth_openssh_certificate(&mut self, _user: &str, _certificate: &Certificate) -> Result<Auth, Self::Error> {
        Ok(self.refuse()) // Nobody's word is taken for somebody else's key.
    }

    /// Where anyone gets in, this asks nothing of those who have no key. They are asked for one first, as only a key tells
    /// whose study progress it is.
    async fn auth_keyboard_interactive<'a>(
        &'a mut self,
        user: &str,
        _submethods: &str,
        response: Option<Response<'a>>,
    ) -> Result<Auth, Self::Error> {
        Ok(match (&*self.guests, response) {
            (Guests::Listed(_), _) => self.refuse(),
            (Guests::Anyone, None) => {
                Auth::Partial { name: "".into(), instructions: "".into(), prompts: [].as_slice().into() }
            }
            (Guests::Anyone, Some(_)) => {
                self.user = Window::name(user);
                Auth::Accept
            }
        })
    }

    async fn auth_succeeded(&mut self, _session: &mut Session) -> Result<(), Self::Error> {
        self.place.sign_on();
        self.stage.send_replace(Stage::SignedOn);
        let (key, comment) = self.holder.as_ref().map_or(("none", ""), |holder| (&holder.fingerprint, &holder.comment));
        info!(address = %self.address, user = %self.user, key, comment, "signed on");
        Ok(())
    }

    async fn channel_open_session(
        &mut self,
        channel: Channel<Msg>,
        reply: ChannelOpenHandle,
        _session: &mut Session,
    ) -> Result<(), Self::Error> {
        if std::mem::replace(&mut self.opened, true) {
            reply.reject(ChannelOpenFailure::AdministrativelyProhibited).await;
        } else {
            self.channel = Some(channel);
            reply.accept().await;
        }
        Ok(())
    }

    async fn pty_request(
        &mut self,
        channel: ChannelId,
        term: &str,
        columns: u32,
        rows: u32,
        _width: u32,
        _height: u32,
        _modes: &[(Pty, u32)],
        session: &mut Session,
    ) -> Result<(), Self::Error> {
        if self.window.is_some() {
            return session.channel_failure(channel);
        }
        let (user, holder) = (self.user.clone(), self.holder.clone());
        self.window = Some(Window { term: Window::name(term), size: Window::clamped(columns, rows), user, holder });
        session.channel_success(channel)
    }

    async fn shell_request(&mut self, id: ChannelId, session: &mut Session) -> Result<(), Self::Error> {
        let Some(channel) = self.channel.take() else { return session.channel_failure(id) };
        session.channel_success(id)?;
        let why = match self.window.take() {
            None => "détente needs a terminal; ssh -t asks for one.\r\n",
            Some(window) if window.can_show_a_screen() => {
                self.begin(channel, window);
                return Ok(());
            }
            Some(_) => "Your TERM names no terminal that can show a screen.\r\n",
        };
        tokio::spawn(async move { say(&channel.split().1, why.as_bytes().to_vec(), 1).await });
        Ok(())
    }

    async fn exec_request(&mut self, id: ChannelId, _data: &[u8], session: &mut Session) -> Result<(), Self::Error> {
        session.channel_failure(id)
    }

    async fn subsystem_request(
        &mut self,
        id: ChannelId,
        _name: &str,
        session: &mut Session,
    ) -> Result<(), Self::Error> {
        session.channel_failure(id)
    }

    async fn env_request(
        &mut self,
        id: ChannelId,
        _name: &str,
        _value: &str,
        session: &mut Session,
    ) -> Result<(), Self::Error> {
        session.channel_failure(id)
    }

    async fn x11_request(
        &mut self,
        id: ChannelId,
        _single: bool,
        _protocol: &str,
        _cookie: &str,
        _screen: u32,
        session: &mut Session,
    ) -> Result<(), Self::Error> {
        session.channel_failure(id)
    }
}
