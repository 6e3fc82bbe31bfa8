//! One reader's visit: an app of their own, drawn for their window. A picture is on its way, or none is; whoever takes
//! them slowly sees fewer, and always the newest.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use ratatui::buffer::Buffer;
use russh::server::Msg;
use russh::{ChannelMsg, ChannelReadHalf, ChannelWriteHalf};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until, timeout};

use super::bounds::{ESCAPE, RESIZE, SITTING, SMALL, STALLED};
use super::easel;
use super::gallery::Looks;
use super::hub::{Cells, Hub, Lectern, Watching};
use super::keystrokes::Keystrokes;
use super::reader::{Reader, Setting, Window};
use crate::action::Input;
use crate::app::{App, Errand};
use crate::clock::Moment;
use crate::shell::{self, World};
use crate::state::Shown;
use crate::terminal::{ENTER, LEAVE};
use crate::wire::Wire;

/// How long an end may take: what is still on its way, and the goodbye.
const LAST_PATIENCE: Duration = Duration::from_millis(800);

/// How a visit ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The reader quit.
    Quit,
    /// The client is gone.
    Gone,
    /// The client took nothing for too long.
    Stalled,
    /// The reader did nothing for too long.
    Idle,
    /// The server ends.
    Over,
    /// The speaker has come by another connection.
    Replaced,
}

impl Ending {
    /// How it ended, in a word for the log.
    pub fn word(self) -> &'static str {
        match self {
            Ending::Quit => "quit",
            Ending::Gone => "connection closed",
            Ending::Stalled => "took nothing for too long",
            Ending::Idle => "did nothing for too long",
            Ending::Over => "server ends",
            Ending::Replaced => "the speaker came by another connection",
        }
    }

    /// What the reader is told on the terminal that was given back.
    fn goodbye(self, talk: bool) -> &'static str {
        match self {
            Ending::Over if talk => "The talk is over. Thank you for watching.\r\n",
            Ending::Over => "The server has ended; what you learned is kept.\r\n",
            Ending::Idle => "You were away for a while; come back whenever you like.\r\n",
            Ending::Replaced => "The talk goes on from another connection with your key.\r\n",
            Ending::Quit | Ending::Gone | Ending::Stalled => "",
        }
    }
}

/// A picture on its way; it fails where the client is gone.
type Sending<'a> = Pin<Box<dyn Future<Output = bool> + Send + 'a>>;

/// A reader's visit.
pub struct Visit {
    app: App,
    reader: Reader,
    wire: Arc<Wire>,
    /// How it is drawn, but for its size.
    looks: Looks,
    keystrokes: Keystrokes,
    /// When the last bytes came that may be the beginning of a longer key.
    heard: Instant,
    /// When the reader did something.
    active: Instant,
    /// The size that is drawn, and the cells that it takes.
    size: (u16, u16),
    cells: Cells,
    /// The size that the window has by now, and when it was drawn at another one.
    wanted: Option<(u16, u16)>,
    resized: Instant,
    /// Whether the picture may be another than the last one.
    due: bool,
    setting: Arc<Setting>,
    reports: UnboundedReceiver<Input>,
    shown: watch::Receiver<Option<Arc<Shown>>>,
    /// What the app was told of that last.
    told: Option<Arc<Shown>>,
    /// How many are watching, for the speaker.
    watching: Option<watch::Receiver<usize>>,
    /// Whether this reader is among them.
    _counted: Option<Watching>,
}

impl Visit {
    /// A visit that begins.
    pub fn new(setting: Arc<Setting>, reader: Window) -> Visit {
        let (sender, reports) = unbounded_channel();
        let hub: &Arc<Hub> = &setting.hub;
        let mut cells = Cells::none(hub);
        let size = granted(&mut cells, reader.size);
        let lectern = setting.is_speaker(&reader).then(|| hub.lectern());
        let shown = hub.shown();
        let told = shown.borrow().clone();
        let errand = setting.errand(&reader, told.as_deref().cloned());
        let speaks = matches!(errand, Some(Errand::Talk(_)));
        let counted = matches!(errand, Some(Errand::Watch(_))).then(|| hub.watch());
        let wire = hub.gallery().empty(&reader.term);
        let opening = reader.opening(&setting, size, errand);
        let looks = Looks { size, theme: opening.theme, ascii: opening.ascii };
        let mut app = App::new(setting.dataset, opening);
        app.share(setting.index.clone());
        let watching = speaks.then(|| hub.watching());
        let now = Instant::now();
        let mut visit = Visit {
            app,
            reader: Reader::new(&setting, &reader, lectern, sender),
            wire,
            looks,
            keystrokes: Keystrokes::default(),
            heard: now,
            active: now,
            size,
            cells,
            wanted: None,
            resized: now,
            due: true,
            setting,
            reports,
            shown,
            told,
            watching,
            _counted: counted,
        };
        visit.greet();
        visit
    }

    /// What the app is told at first: the time, and to the speaker that there is an audience.
    fn greet(&mut self) {
        let count = self.watching.as_mut().map(|watching| Input::Watching(*watching.borrow_and_update()));
        let ahead = Some(self.reader.ahead());
        shell::hear(&mut self.app, &mut self.reader, ahead, count.into_iter().collect());
    }

    /// Goes on until it ends, and gives the terminal back.
    pub async fn run(mut self, mut read: ChannelReadHalf, write: &ChannelWriteHalf<Msg>) -> Ending {
        let ending = self.go_on(&mut read, write).await;
        if !matches!(ending, Ending::Gone | Ending::Stalled) {
            let talk = self.shown.borrow().is_some();
            let goodbye = [LEAVE, ending.goodbye(talk).as_bytes()].concat();
            let _ = timeout(LAST_PATIENCE, say_goodbye(write, goodbye)).await;
        }
        if let Some(settle) = self.reader.student.settle() {
            let _ = tokio::task::spawn_blocking(settle).await;
        }
        ending
    }

    async fn go_on(&mut self, read: &mut ChannelReadHalf, write: &ChannelWriteHalf<Msg>) -> Ending {
        let mut over = self.setting.hub.over();
        let mut sending: Option<Sending> = Some(send(write, Bytes::from_static(ENTER)));
        let mut begun = Instant::now();
        loop {
            if sending.is_none() {
                let picture = self.picture();
                if !picture.is_empty() {
                    (sending, begun) = (Some(send(write, picture)), Instant::now());
                }
            }
            let wakes = self.wakes_at(sending.is_some().then_some(begun));
            let inputs = tokio::select! {
                sent = arrived(&mut sending) => {
                    sending = None;
                    match sent {
                        true => Vec::new(),
                        false => return Ending::Gone,
                    }
                }
                message = read.wait() => match self.take_in(message) {
                    Some(inputs) => inputs,
                    None => return Ending::Gone,
                },
                Some(report) = self.reports.recv() => vec![report],
                Ok(()) = self.shown.changed() => {
                    self.told = self.shown.borrow_and_update().clone();
                    self.told.iter().map(|shown| Input::Shown(Box::new(Shown::clone(shown)))).collect()
                }
                Some(count) = counted(&mut self.watching) => vec![Input::Watching(count)],
                _ = over.wait_for(|over| *over) => return Ending::Over,
                () = lost(&mut self.reader.lectern) => return Ending::Replaced,
                () = sleep_until(wakes) => match self.pass_time(sending.is_some().then_some(begun)) {
                    Ok(inputs) => inputs,
                    Err(ending) => return ending,
                },
            };
            if self.hear(inputs) {
                return Ending::Quit;
            }
        }
    }

    /// Lets the app hear; answers whether the reader quits.
    fn hear(&mut self, inputs: Vec<Input>) -> bool {
        self.due |= !inputs.is_empty();
        let ahead = Some(self.reader.ahead());
        !inputs.is_empty() && shell::hear(&mut self.app, &mut self.reader, ahead, inputs)
    }

    /// What came from the client; nothing where it is gone.
    fn take_in(&mut self, message: Option<ChannelMsg>) -> Option<Vec<Input>> {
        match message? {
            ChannelMsg::Data { data } => {
                (self.heard, self.active) = (Instant::now(), Instant::now());
                let inputs = self.keystrokes.hear(&data);
                Some(inputs.into_iter().map(|input| self.inside(input)).collect())
            }
            ChannelMsg::WindowChange { col_width, row_height, .. } => {
                self.wanted = Some(Window::clamped(col_width, row_height));
                Some(self.resize().into_iter().collect())
            }
            ChannelMsg::Eof | ChannelMsg::Close => None,
            _ => Some(Vec::new()),
        }
    }

    /// What the mouse did, inside of the window.
    fn inside(&self, input: Input) -> Input {
        match input {
            Input::Mouse(mut mouse) => {
                mouse.column = mouse.column.min(self.size.0.saturating_sub(1));
                mouse.row = mouse.row.min(self.size.1.saturating_sub(1));
                Input::Mouse(mouse)
            }
            input => input,
        }
    }

    /// Takes the size that the window has by now, where it has kept the one before for long enough.
    fn resize(&mut self) -> Option<Input> {
        let wanted = self.wanted.filter(|_| self.resized.elapsed() >= RESIZE)?;
        (self.wanted, self.resized) = (None, Instant::now());
        self.size = granted(&mut self.cells, wanted);
        Some(Input::Resize(self.size.0, self.size.1))
    }

    /// When something is due by itself.
    fn wakes_at(&self, begun: Option<Instant>) -> Instant {
        let escape = self.keystrokes.waits().then(|| self.heard + ESCAPE);
        let resize = self.wanted.map(|_| self.resized + RESIZE);
        let stalled = begun.map(|begun| begun + STALLED);
        let app = self.app.wakes_at().map(|moment| Instant::now() + moment.since(self.reader.now()));
        let idle = self.active + self.idle();
        [escape, resize, stalled, app].into_iter().flatten().fold(idle, Instant::min)
    }

    /// How long the reader may do nothing.
    fn idle(&self) -> Duration {
        self.setting.idle * if self.shown.borrow().is_some() { SITTING } else { 1 }
    }

    /// What has become due; or how the visit ends.
    fn pass_time(&mut self, begun: Option<Instant>) -> Result<Vec<Input>, Ending> {
        if begun.is_some_and(|begun| begun.elapsed() >= STALLED) {
            return Err(Ending::Stalled);
        }
        if self.active.elapsed() >= self.idle() {
            return Err(Ending::Idle);
        }
        let mut inputs = Vec::new();
        if self.keystrokes.waits() && self.heard.elapsed() >= ESCAPE {
            inputs.extend(self.keystrokes.fall_silent());
        }
        inputs.extend(self.resize());
        if self.app.wakes_at().is_some_and(|moment| moment <= self.reader.now()) {
            inputs.push(Input::Clock(self.reader.now()));
        }
        Ok(inputs)
    }

    /// What the terminal is sent now; nothing where it shows all of it.
    fn picture(&mut self) -> Bytes {
        if std::mem::take(&mut self.reader.anew) {
            Arc::make_mut(&mut self.wire).forget();
        }
        let asked = std::mem::take(&mut self.reader.asked);
        if !std::mem::take(&mut self.due) && asked.is_empty() {
            return Bytes::new();
        }
        self.setting.selftest_panic(self.size);
        let (app, looks) = (&self.app, Looks { size: self.size, ..self.looks });
        match self.told.as_ref().filter(|_| asked.is_empty() && app.shows_what_all_see()) {
            Some(shown) => {
                let draw = |look: &mut dyn FnMut(&Buffer)| easel::draw(app, looks.size, look);
                self.setting.hub.gallery().bring(&mut self.wire, shown, looks, draw)
            }
            None => {
                let wire = Arc::make_mut(&mut self.wire);
                wire.ask(&asked);
                easel::draw(app, looks.size, |picture| wire.picture(picture)).into()
            }
        }
    }
}

/// The size that a window is drawn at: its own, or a small one where there are no more cells.
fn granted(cells: &mut Cells, size: (u16, u16)) -> (u16, u16) {
    let count = |size: (u16, u16)| usize::from(size.0) * usize::from(size.1);
    if cells.take(count(size)) {
        return size;
    }
    let small = (size.0.min(SMALL.0), size.1.min(SMALL.1));
    cells.take(count(small));
    small
}

fn send(write: &ChannelWriteHalf<Msg>, bytes: Bytes) -> Sending<'_> {
    Box::pin(async move { write.data_bytes(bytes).await.is_ok() })
}

/// Waits until what is on its way has arrived; for ever where nothing is.
async fn arrived(sending: &mut Option<Sending<'_>>) -> bool {
    match sending {
        Some(sending) => sending.await,
        None => std::future::pending().await,
    }
}

/// Waits until another number are watching; for ever where that is not asked.
async fn counted(watching: &mut Option<watch::Receiver<usize>>) -> Option<usize> {
    match watching {
        Some(watching) => watching.changed().await.ok().map(|()| *watching.borrow_and_update()),
        None => std::future::pending().await,
    }
}

/// Waits until another speaker has the talk; for ever where this is none.
async fn lost(lectern: &mut Option<Lectern>) {
    match lectern {
        Some(lectern) => lectern.lost().await,
        None => std::future::pending().await,
    }
}

async fn say_goodbye(write: &ChannelWriteHalf<Msg>, bytes: Vec<u8>) {
    let _ = write.data_bytes(bytes).await;
    let _ = write.exit_status(0).await;
    let _ = write.eof().await;
    let _ = write.close().await;
}

/// This moment, as the app counts it.
pub(super) fn now() -> Moment {
    Moment::default().after(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default())
}
