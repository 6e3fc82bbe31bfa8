//! Floor 6: what is shown while a large dataset is read. A key ends it.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use crossterm::event::{KeyCode, KeyModifiers};
use ratatui::Frame;
use ratatui::layout::{Alignment, Rect};
use ratatui::text::Line;
use ratatui::widgets::Gauge;

use crate::action::Input;
use crate::dataset::Clean;
use crate::shell::Outside;
use crate::theme::{Look, Theme};

/// How often the bar is drawn anew.
const BETWEEN: Duration = Duration::from_millis(30);

/// The widest that the bar is drawn, in columns.
const WIDEST: u16 = 60;

/// How far the reading is, as the reading thread tells it.
#[derive(Debug, Default)]
pub struct Progress {
    read: AtomicU64,
    given_up: AtomicBool,
}

impl Progress {
    /// Takes note of how many bytes are read; answers whether to go on.
    pub fn note(&self, read: u64) -> bool {
        self.read.store(read, Ordering::Relaxed);
        !self.given_up.load(Ordering::Relaxed)
    }

    /// The share that is read of so many bytes, from 0 to 1.
    pub fn share(&self, length: u64) -> f64 {
        let read = self.read.load(Ordering::Relaxed).min(length);
        if length == 0 { 0.0 } else { read as f64 / length as f64 }
    }
}

/// What is read, and how it looks.
#[derive(Debug)]
pub struct Waiting<'a> {
    /// The file.
    pub name: &'a Clean,
    /// Its bytes.
    pub length: u64,
    /// How far the reading is.
    pub progress: &'a Progress,
    /// The looks.
    pub theme: &'a Theme,
    /// Whether the terminal knows nothing but ASCII.
    pub ascii: bool,
}

impl Waiting<'_> {
    /// Shows how far the reading is until it is done; answers whether it is, or the reader gave up.
    pub fn until(&self, outside: &mut impl Outside, done: impl Fn() -> bool) -> io::Result<bool> {
        while !done() {
            outside.show(&mut |frame| self.draw(frame))?;
            if outside.wait(Some(outside.now().after(BETWEEN)))?.iter().any(gives_up) {
                self.progress.given_up.store(true, Ordering::Relaxed);
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Draws the bar in the middle of the screen, over it the name of the file, under it how to end the reading.
    pub fn draw(&self, frame: &mut Frame) {
        let area = frame.area();
        let width = WIDEST.min(area.width.saturating_sub(4));
        let (x, y) = (area.x + (area.width - width) / 2, area.y + area.height.saturating_sub(5) / 2);
        let line = |row: u16| Rect { x, y: y + row, width, height: 1 }.intersection(area);
        let read = self.progress.read.load(Ordering::Relaxed).min(self.length);
        let share = self.progress.share(self.length);
        let megabytes = |bytes: u64| bytes / 1_000_000;
        let said = match read {
            read if read < self.length => format!("{} of {} MB", megabytes(read), megabytes(self.length)),
            _ => "Joining what belongs together".to_owned(),
        };
        let gauge = Gauge::default()
            .ratio(share)
            .label(format!("{:.0} %", share * 100.0))
            .use_unicode(!self.ascii)
            .gauge_style(self.theme.style(Look::Accent));
        frame.render_widget(Line::styled(format!("Reading {}", self.name), self.theme.style(Look::Title)), line(0));
        frame.render_widget(gauge, line(2));
        frame.render_widget(Line::styled(said, self.theme.style(Look::Faint)), line(4));
        let hint = Line::styled("q stops", self.theme.style(Look::Faint)).alignment(Alignment::Right);
        frame.render_widget(hint, line(4));
    }
}

/// Says whether the reader no longer wants to wait.
fn gives_up(input: &Input) -> bool {
    let Input::Key(key) = input else { return false };
    match key.code {
        KeyCode::Esc | KeyCode::Char('q') => true,
        KeyCode::Char('c') => key.modifiers.contains(KeyModifiers::CONTROL),
        _ => false,
    }
}
