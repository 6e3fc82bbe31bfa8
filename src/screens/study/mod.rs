//! Studying: the decks, a session with one of them, what it came to, and what all reviews amount to.

mod charts;
mod decks;
mod face;
mod shelf;
mod sitting;
mod summary;
mod turns;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use unicode_width::UnicodeWidthStr;

use crate::clock::Moment;
use crate::context::Context;
use crate::dataset::Clean;
use crate::keymap::Mode;
use crate::search::Index;
use crate::study::{Card, Deck, Deed, Progress, Report, Scheduler, Settings, Stamp, Unsaved, cards};
use crate::theme::Look;
use crate::widgets::{fitted, key_hints};

use charts::Charts;
use decks::Decks;
use shelf::Shelf;
use sitting::Sitting;
use summary::Summary;
pub use summary::outlook;

/// The widest that cards and lists are set, in columns.
const MEASURE: u16 = 76;

/// What is asked for at the start.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    /// A deck to begin with.
    pub deck: Option<String>,
    /// Whether every card of it is asked, whatever the schedule says.
    pub cram: bool,
}

/// What has the screen.
#[derive(Debug)]
enum View {
    Decks,
    Sitting(Box<Sitting>),
    Summary(Summary),
    /// The cards that are asked no more.
    Suspended(Shelf),
    Charts(Charts),
}

/// What waits for the disk before the next card shows.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Waiting {
    /// An answer, or that a card is suspended.
    Done(Stamp, Deed),
    /// The last thing done is taken back.
    Undo,
}

/// The cards, what was learned of them, and what the reader is doing with them.
#[derive(Debug)]
pub struct Study {
    cards: Vec<Card>,
    progress: Progress,
    /// Whether the reviews that were kept have been asked for, and whether they have been read.
    asked: bool,
    read: bool,
    unsaved: Option<Unsaved>,
    waiting: Option<Waiting>,
    decks: Decks,
    view: View,
    /// Whether answers are chosen rather than recalled.
    choosing: bool,
    /// The deck to begin with once the reviews are read.
    first: Option<Deck>,
    cram: bool,
}

impl Study {
    /// The cards of the dataset, before the reviews are read.
    pub fn new(context: &Context, index: &Index, settings: &Settings, wish: &Wish) -> Study {
        let cards = cards(context.dataset);
        let begin = wish.deck.is_some() || wish.cram;
        let deck = Deck::parse(wish.deck.as_deref().unwrap_or_default(), context.dataset);
        Study {
            decks: Decks::new(context, index, &cards),
            cards,
            progress: Progress::new(Scheduler::new(settings.clone())),
            asked: false,
            read: false,
            unsaved: None,
            waiting: None,
            view: View::Decks,
            choosing: false,
            first: begin.then_some(deck),
            cram: wish.cram,
        }
    }

    /// Says, once, that the reviews that were kept have to be read.
    pub fn asks(&mut self) -> bool {
        !std::mem::replace(&mut self.asked, true)
    }

    /// Goes on where the reader left, with what has changed in the meantime.
    pub fn come_back(&mut self, context: &Context, index: &Index) {
        if self.read && matches!(self.view, View::Decks) {
            self.decks.count(context, index, &self.cards, &self.progress);
        }
    }

    /// What the keys mean now.
    pub fn mode(&self) -> Mode {
        match &self.view {
            View::Decks if self.decks.is_typing() => Mode::Typing,
            View::Decks => Mode::Decks,
            View::Sitting(sitting) => sitting.mode(),
            View::Summary(_) => Mode::Result,
            View::Suspended(_) => Mode::Suspended,
            View::Charts(_) => Mode::Statistics,
        }
    }

    /// Says whether every cursor stands on something that exists.
    pub fn stands(&self) -> bool {
        let view = match &self.view {
            View::Decks | View::Charts(_) => true,
            View::Sitting(sitting) => sitting.stands(self.cards.len()),
            View::Summary(summary) => summary.missed.stands() && summary.sitting().stands(self.cards.len()),
            View::Suspended(shelf) => shelf.stands(),
        };
        view && self.decks.stands()
    }

    /// The moment at which another card is due; none where nothing is waited for.
    pub fn wakes_at(&self) -> Option<Moment> {
        match &self.view {
            View::Sitting(sitting) => sitting.later().map(|utc_ms| Moment(utc_ms.unsigned_abs())),
            _ => None,
        }
    }

    /// Lets time pass: a card that was waited for may be due.
    pub fn tick(&mut self, context: &Context) {
        let View::Sitting(sitting) = &mut self.view else { return };
        if self.waiting.is_none() && sitting.later().is_some_and(|due| due <= context.stamp().utc_ms) {
            self.go_on(context);
        }
    }

    /// Takes in the reviews that were kept, or what became of the last one; answers what the reader has to be told.
    pub fn take(&mut self, context: &Context, index: &Index, report: Report) -> Option<Clean> {
        if let Some(all) = report.all {
            self.progress = Progress::new(self.progress.scheduler.clone());
            self.progress.extend(all);
        }
        self.progress.extend(report.added);
        self.unsaved = report.unsaved;
        let mut told = (!self.read).then(|| self.strange_clock(context)).flatten();
        if let Some(waiting) = self.waiting.take() {
            told = self.carry_out(context, waiting).or(told);
        }
        if !std::mem::replace(&mut self.read, true) {
            self.decks.count(context, index, &self.cards, &self.progress);
            if let Some(deck) = self.first.take() {
                self.begin(context, index, &deck, self.cram);
            }
        }
        report.notice.or(told)
    }

    /// What has to be told where the last review lies in days to come.
    fn strange_clock(&self, context: &Context) -> Option<Clean> {
        let scheduler = &self.progress.scheduler;
        let (last, today) = (scheduler.day(self.progress.latest()?), scheduler.day(context.stamp()));
        let ahead = last.since(today);
        let told = format!("The last review is dated {ahead} days from now. Is the clock right?");
        (ahead > 1).then(|| Clean::line(told))
    }

    /// Edits the answer or the query that is typed.
    pub fn edit(&mut self, context: &Context, index: &Index, key: KeyEvent) {
        match &mut self.view {
            View::Decks => self.decks.edit(context, index, &self.cards, key),
            View::Sitting(sitting) => sitting.edit(key),
            _ => {}
        }
    }

    /// Draws what has the screen.
    pub fn draw(&self, context: &Context, area: Rect, buffer: &mut Buffer) {
        self.draw_title(context, Rect { height: 1, ..area }, buffer);
        let body = body(area);
        match &self.view {
            _ if !self.read => {
                let told = context.theme.style(Look::Faint);
                buffer.set_stringn(body.x, body.y, "Reading your reviews…", usize::from(body.width), told);
            }
            View::Decks => self.decks.draw(context, body, buffer),
            View::Sitting(sitting) => sitting.draw(context, &self.cards, &self.progress, body, buffer),
            View::Summary(summary) => summary.draw(context, &self.cards, &self.progress, body, buffer),
            View::Suspended(shelf) => shelf.draw(context, &self.cards, &self.progress, body, buffer),
            View::Charts(charts) => charts.draw(context, body, buffer),
        }
        self.draw_footer(context, Rect { y: area.bottom().saturating_sub(1), height: 1, ..area }, buffer);
    }

    /// Where the reader is, and how many cards are left.
    fn draw_title(&self, context: &Context, area: Rect, buffer: &mut Buffer) {
        let theme = &context.theme;
        let left = match &self.view {
            View::Sitting(sitting) => sitting.left(&self.cards, &self.progress, context.stamp()),
            _ => String::new(),
        };
        let name = match &self.view {
            View::Decks => "Decks".to_owned(),
            View::Sitting(sitting) => sitting.name().to_owned(),
            View::Summary(summary) => summary.name().to_owned(),
            View::Suspended(_) => "Suspended".to_owned(),
            View::Charts(_) => "Statistics".to_owned(),
        };
        let room = usize::from(area.width).saturating_sub(left.width() + 3);
        let title = fitted(&format!("Study › {name}"), room);
        let line = Line::styled(format!(" {title}"), theme.style(Look::Strong));
        buffer.set_line(area.x, area.y, &line, area.width);
        let column = area.width.saturating_sub(left.width() as u16 + 1);
        buffer.set_stringn(area.x + column, area.y, &left, left.width(), theme.style(Look::Faint));
    }

    /// The keys, or what could not be kept.
    fn draw_footer(&self, context: &Context, area: Rect, buffer: &mut Buffer) {
        let width = usize::from(area.width);
        let line = match (&self.unsaved, self.waiting) {
            (_, Some(_)) => Line::styled(" saving…", context.theme.style(Look::Faint)),
            (Some(unsaved), None) => {
                let Unsaved { count, why } = unsaved;
                let told = format!(" Not saved: {why}. {count} in memory, tried again with the next.");
                Line::styled(fitted(&told, width), context.theme.style(Look::Note))
            }
            (None, None) => key_hints::line(&context.keymap, self.mode(), &context.theme, width),
        };
        buffer.set_line(area.x, area.y, &line, area.width);
    }
}

/// The space between the title and the footer: a column in the middle of a wide screen.
fn body(area: Rect) -> Rect {
    let width = MEASURE.min(area.width.saturating_sub(3)); // The scroll bar stands beside it.
    let height = area.height.saturating_sub(3);
    Rect { x: area.x + (area.width - width) / 2, y: area.y.saturating_add(2).min(area.bottom()), width, height }
}
