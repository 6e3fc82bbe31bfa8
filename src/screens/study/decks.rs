//! The decks: all cards, the marks, the sections, the countries, the kinds of event and of card, and whatever a query
//! finds.

use crossterm::event::{Event, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use tui_input::Input;
use tui_input::backend::crossterm::EventHandler;
use unicode_width::UnicodeWidthStr;

use crate::action::{Action, Request};
use crate::context::Context;
use crate::dataset::Clean;
use crate::search::Index;
use crate::study::deck::{Offered, Shelf, offered};
use crate::study::session::Left;
use crate::study::{Card, Deck, Progress, Session};
use crate::theme::Look;
use crate::widgets::column;
use crate::widgets::row_list::{Cursor, RowList};
use crate::wording;

/// How wide the columns of what is due, being learned and new are, and that of all cards.
const WIDTHS: [usize; 4] = [6, 10, 6, 7];

/// The narrowest list on which what is being learned has a column of its own.
const ALL_NUMBERS: usize = 60;

/// A line of the list.
#[derive(Debug)]
enum Row {
    Heading(&'static str),
    Deck(Offered),
    /// The cards that are asked no more.
    Suspended(usize),
}

/// What a key in the list asks for.
#[derive(Debug)]
pub enum Wanted {
    /// Something of the app.
    Request(Request),
    /// The cards that are asked no more.
    Suspended,
}

/// The list of decks.
#[derive(Debug)]
pub struct Decks {
    rows: Vec<Row>,
    cursor: Cursor,
    /// The query that is being typed, and how many cards it finds.
    query: Option<(Input, usize)>,
}

impl Decks {
    /// The decks that the dataset makes.
    pub fn new(context: &Context, index: &Index, cards: &[Card]) -> Decks {
        let mut rows = Vec::new();
        for Shelf { heading, decks } in offered(context.dataset, index, &context.marks, cards) {
            rows.extend((!heading.is_empty()).then_some(Row::Heading(heading)));
            rows.extend(decks.into_iter().map(Row::Deck));
        }
        Decks { rows, cursor: Cursor::default(), query: None }
    }

    /// Counts what is left of each deck.
    pub fn count(&mut self, context: &Context, index: &Index, cards: &[Card], progress: &Progress) {
        self.rows.retain(|row| !matches!(row, Row::Suspended(_)));
        for row in &mut self.rows {
            let Row::Deck(entry) = row else { continue };
            if entry.deck == Deck::Marks {
                entry.places = entry.deck.cards(context.dataset, index, &context.marks, cards);
            }
            let new_per_day = progress.scheduler.settings.new_per_day;
            let session = Session::scheduled(cards, entry.places.clone(), new_per_day);
            entry.left = session.left(cards, progress, context.stamp());
        }
        let suspended = cards.iter().filter(|card| progress.is_suspended(card.key)).count();
        if suspended > 0 {
            self.rows.push(Row::Suspended(suspended));
        }
        self.cursor.row = self.cursor.row.min(self.rows.len().saturating_sub(1));
    }

    /// Says whether the cursor stands on a deck.
    pub fn stands(&self) -> bool {
        !matches!(self.rows.get(self.cursor.row), None | Some(Row::Heading(_)))
    }

    /// Says whether a query is being typed.
    pub fn is_typing(&self) -> bool {
        self.query.is_some()
    }

    /// Edits the query.
    pub fn edit(&mut self, context: &Context, index: &Index, cards: &[Card], key: KeyEvent) {
        let Some((query, found)) = &mut self.query else { return };
        query.handle_event(&Event::Key(key));
        let deck = Deck::parse(query.value(), context.dataset);
        let is_empty = query.value().trim().is_empty();
        *found = if is_empty { 0 } else { deck.cards(context.dataset, index, &context.marks, cards).len() };
    }

    /// Moves, and asks for a session.
    pub fn update(&mut self, context: &Context, action: Action, area: Rect) -> Option<Wanted> {
        match (action, &self.query) {
            (Action::Close, _) => self.query = None,
            (Action::Open, Some((query, found))) if *found > 0 => {
                let deck = query.value().trim().to_owned();
                self.query = None;
                return Some(Wanted::Request(Request::Deck { deck, cram: false }));
            }
            (Action::Open, None) => return self.chosen(context, false),
            (Action::Cram, None) => return self.chosen(context, true),
            (Action::Type, None) => self.query = Some((Input::default(), 0)),
            (Action::Move(step), None) => {
                let rows = &self.rows;
                let height = usize::from(area.height.saturating_sub(1));
                self.cursor.step(step, rows.len(), height, |row| !matches!(rows[row], Row::Heading(_)));
            }
            _ => {}
        }
        None
    }

    fn chosen(&self, context: &Context, cram: bool) -> Option<Wanted> {
        match self.rows.get(self.cursor.row)? {
            Row::Deck(entry) => {
                let deck = entry.deck.address(context.dataset);
                Some(Wanted::Request(Request::Deck { deck, cram }))
            }
            Row::Suspended(_) => Some(Wanted::Suspended),
            Row::Heading(_) => None,
        }
    }

    /// Selects the row at a place on the screen; says whether it was selected before.
    pub fn click(&mut self, at: Position, area: Rect) -> bool {
        let before = self.cursor.row;
        let clicked = self.query.is_none() && self.cursor.click(at, below_head(area), self.rows.len());
        if matches!(self.rows.get(self.cursor.row), Some(Row::Heading(_))) {
            self.cursor.row = before;
            return false;
        }
        clicked && self.cursor.row == before
    }

    /// Draws the list under the names of its columns, or under the query that is typed.
    pub fn draw(&self, context: &Context, area: Rect, buffer: &mut Buffer) {
        let (theme, width) = (&context.theme, usize::from(area.width));
        let head = match &self.query {
            Some((query, found)) => typed(query, *found, width),
            None => told("", ["due", "learning", "new", "cards"].map(str::to_owned), width, [Look::Faint; 4]),
        };
        buffer.set_line(area.x, area.y, &styled(head, context), area.width);
        if let Some((query, _)) = &self.query {
            let cursor = area.x.saturating_add(2 + query.visual_cursor() as u16).min(area.right().saturating_sub(1));
            let cell = Rect { x: cursor, width: 1, height: 1, ..area }.intersection(buffer.area);
            buffer.set_style(cell, theme.selection(true));
        }
        let focused = self.query.is_none();
        let rows = RowList { rows: self.rows.len(), cursor: self.cursor, focused, theme };
        rows.draw(below_head(area), buffer, |row| styled(line(&self.rows[row], width), context));
    }
}

/// The space of the list below the names of its columns.
fn below_head(area: Rect) -> Rect {
    Rect { y: area.y.saturating_add(1).min(area.bottom()), height: area.height.saturating_sub(1), ..area }
}

type Spans = Vec<(String, Look)>;

/// The query with how many cards it finds.
fn typed(query: &Input, found: usize, width: usize) -> Spans {
    let count = match (query.value().trim(), found) {
        ("", _) => String::new(),
        (_, 0) => "no card".to_owned(),
        (_, found) => wording::several(found, "card"),
    };
    let words = Clean::line(query.value().to_owned());
    let room = width.saturating_sub(count.width() + 4);
    vec![("/ ".to_owned(), Look::Accent), (column(&words, room), Look::Strong), (format!("  {count}"), Look::Faint)]
}

fn line(row: &Row, width: usize) -> Spans {
    let number = |count: usize| if count == 0 { String::new() } else { count.to_string() };
    match row {
        Row::Heading(heading) => vec![((*heading).to_owned(), Look::Heading)],
        Row::Suspended(count) => {
            told("Suspended", ["", "", "", &count.to_string()].map(str::to_owned), width, [Look::Faint; 4])
        }
        Row::Deck(entry) if entry.places.is_empty() => {
            let told = "nothing is marked";
            let name = column(&entry.name, width.saturating_sub(told.width() + 2));
            vec![(format!("  {name}"), Look::Plain), (told.to_owned(), Look::Faint)]
        }
        Row::Deck(entry) => {
            let Left { new, learning, due } = entry.left;
            let due = if width < ALL_NUMBERS { due + learning } else { due };
            let looks = [Look::Strong, Look::Note, Look::Accent, Look::Faint];
            told(&entry.name, [due, learning, new, entry.places.len()].map(number), width, looks)
        }
    }
}

/// A name and the numbers behind it: what is due, what is being learned where there is room for it, what is new, all.
fn told(name: &str, numbers: [String; 4], width: usize, looks: [Look; 4]) -> Spans {
    let shown: &[usize] = if width < ALL_NUMBERS { &[0, 2, 3] } else { &[0, 1, 2, 3] };
    let room = width.saturating_sub(2 + shown.iter().map(|&at| WIDTHS[at]).sum::<usize>());
    let number = |&at: &usize| (format!("{:>1$}", numbers[at], WIDTHS[at]), looks[at]);
    [(format!("  {}", column(name, room)), Look::Plain)].into_iter().chain(shown.iter().map(number)).collect()
}

fn styled(spans: Spans, context: &Context) -> Line<'static> {
    Line::from_iter(spans.into_iter().map(|(text, look)| Span::styled(text, context.theme.style(look))))
}
