//! A list of cards: what was missed, or what is asked no more.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::action::Action;
use crate::context::Context;
use crate::study::{Card, Progress};
use crate::theme::Look;
use crate::widgets::row_list::{Cursor, RowList};
use crate::widgets::{column, fitted};

/// A list of cards with a cursor.
#[derive(Debug)]
pub struct Shelf {
    /// The cards, by their places among all cards.
    pub places: Vec<usize>,
    /// The selected one.
    pub cursor: Cursor,
}

impl Shelf {
    /// These cards.
    pub fn new(places: Vec<usize>) -> Shelf {
        Shelf { places, cursor: Cursor::default() }
    }

    /// The card that is selected.
    pub fn selected(&self) -> Option<usize> {
        self.places.get(self.cursor.row).copied()
    }

    /// Says whether the cursor stands on a card, where there is one.
    pub fn stands(&self) -> bool {
        self.cursor.stands_in(self.places.len())
    }

    /// Moves among the cards.
    pub fn update(&mut self, action: Action, area: Rect) {
        if let Action::Move(step) = action {
            self.cursor.step(step, self.places.len(), usize::from(area.height), |_| true);
        }
    }

    /// Selects the card at a place on the screen; a second click shows where it is stated.
    pub fn click(&mut self, at: Position, area: Rect) -> Option<Action> {
        let before = self.cursor.row;
        let clicked = self.cursor.click(at, area, self.places.len());
        (clicked && self.cursor.row == before).then_some(Action::Source)
    }

    /// Draws a line for each card.
    pub fn draw(&self, context: &Context, cards: &[Card], progress: &Progress, area: Rect, buffer: &mut Buffer) {
        let rows = RowList { rows: self.places.len(), cursor: self.cursor, focused: true, theme: &context.theme };
        rows.draw(area, buffer, |row| {
            let card = &cards[self.places[row]];
            line(context, card, progress.is_suspended(card.key), usize::from(area.width))
        });
    }
}

/// A card on one line: its question, and as much of its answer as fits, or that it is asked no more.
fn line(context: &Context, card: &Card, suspended: bool, width: usize) -> Line<'static> {
    let theme = &context.theme;
    let (told, look) = match suspended {
        true => ("suspended".to_owned(), Look::Faint),
        false => (fitted(&card.answer_words(context.dataset), width / 3), Look::Accent),
    };
    let listed = || card.listed.iter().map(|&event| context.dataset.name(event).to_string()).collect::<Vec<_>>();
    let subject = match (&*card.subject, &*card.listed) {
        ("", []) => card.prompt.to_string(),
        ("", _) => listed().join("; "),
        (subject, _) => subject.to_owned(),
    };
    let room = width.saturating_sub(told.width() + 3);
    Line::from(vec![Span::raw(format!(" {}  ", column(&subject, room))), Span::styled(told, theme.style(look))])
}
