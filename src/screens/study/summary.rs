//! What a session came to: how many answers of each grade, what was missed, and when the next cards come.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::shelf::Shelf;
use super::sitting::Sitting;
use crate::action::Action;
use crate::context::Context;
use crate::keymap::Mode;
use crate::study::schedule::Grade;
use crate::study::session::{Left, Manner};
use crate::study::{Card, Progress, Session};
use crate::theme::Look;
use crate::widgets::fitted;
use crate::wording;

/// The rows above the list of what was missed.
const HEAD: u16 = 5;

/// What a session came to.
#[derive(Debug)]
pub struct Summary {
    sitting: Box<Sitting>,
    /// How many answers there were of each grade, from again to easy.
    counts: [usize; 4],
    /// The cards that were missed, in the order in which they were.
    pub missed: Shelf,
    /// What comes on the days after this one.
    outlook: String,
}

impl Summary {
    /// What a session came to.
    pub fn new(context: &Context, cards: &[Card], progress: &Progress, sitting: Box<Sitting>) -> Summary {
        let session: &Session = &sitting.session;
        let count = |grade: Grade| session.answered.iter().filter(|answered| answered.grade == grade).count();
        let counts = Grade::ALL.map(count);
        let missed = Shelf::new(session.missed());
        let outlook = outlook(context, cards, progress, session);
        Summary { sitting, counts, missed, outlook }
    }

    /// What the deck is called.
    pub fn name(&self) -> &str {
        self.sitting.name()
    }

    /// The session.
    pub fn sitting(&self) -> &Sitting {
        &self.sitting
    }

    /// Back to the session.
    pub fn into_sitting(self) -> Box<Sitting> {
        self.sitting
    }

    /// Moves among what was missed.
    pub fn update(&mut self, action: Action, area: Rect) {
        self.missed.update(action, below_head(area));
    }

    /// Selects the card at a place on the screen; a second click shows where it is stated.
    pub fn click(&mut self, at: Position, area: Rect) -> Option<Action> {
        self.missed.click(at, below_head(area))
    }

    /// Draws the counts and the list.
    pub fn draw(&self, context: &Context, cards: &[Card], progress: &Progress, area: Rect, buffer: &mut Buffer) {
        let total: usize = self.counts.iter().sum();
        let counted = Grade::ALL.iter().zip(self.counts).filter(|(_, count)| *count > 0);
        let counted = counted.map(|(grade, count)| format!("{count} {}", grade.word())).collect::<Vec<_>>().join(" · ");
        let key = context.keymap.key(Mode::Decks, Action::Cram);
        let counted = match total {
            0 => format!("{key} in the decks asks every card of a deck, whatever the schedule says."),
            _ => counted,
        };
        let missed = match (total, self.missed.places.len()) {
            (0, _) => String::new(),
            (_, 0) => "Nothing was missed.".to_owned(),
            (_, 1) => "1 card was missed".to_owned(),
            (_, count) => format!("{count} cards were missed"),
        };
        let lines = [
            (self.head(total), Look::Title),
            (counted, if total == 0 { Look::Faint } else { Look::Plain }),
            (self.outlook.clone(), Look::Faint),
            (String::new(), Look::Plain),
            (missed, Look::Heading),
        ];
        for (row, (text, look)) in lines.into_iter().enumerate().take(usize::from(area.height)) {
            let text = fitted(&text, usize::from(area.width));
            buffer.set_stringn(area.x, area.y + row as u16, text, usize::from(area.width), context.theme.style(look));
        }
        self.missed.draw(context, cards, progress, below_head(area), buffer);
    }

    fn head(&self, total: usize) -> String {
        match (total, self.sitting.session.manner) {
            (0, _) => "Nothing is due.".to_owned(),
            (total, Manner::Scheduled) => wording::several(total, "answer"),
            (1, Manner::Cram) => "1 answer, which leaves the schedule as it is".to_owned(),
            (total, Manner::Cram) => format!("{total} answers, which leave the schedule as it is"),
        }
    }
}

fn below_head(area: Rect) -> Rect {
    Rect { y: area.y.saturating_add(HEAD).min(area.bottom()), height: area.height.saturating_sub(HEAD), ..area }
}

/// "4 are left for today; the next 12 come tomorrow; 398 are still new": what else the deck holds.
pub fn outlook(context: &Context, cards: &[Card], progress: &Progress, session: &Session) -> String {
    if session.manner == Manner::Cram {
        return String::new();
    }
    let now = context.stamp();
    let Left { learning, due, new: new_today } = session.left(cards, progress, now);
    let today = Some(learning + due + new_today).filter(|left| *left > 0);
    let today = today.map(|left| format!("{left} {} left for today", if left == 1 { "is" } else { "are" }));
    let deck = || session.cards().iter().map(|&place| &cards[place]).filter(|card| !progress.is_suspended(card.key));
    let due = progress.next_due(deck(), now).map(|(day, count)| {
        let when = match day.since(progress.scheduler.day(now)) {
            1 => "tomorrow".to_owned(),
            days => format!("in {}", wording::days(days)),
        };
        if count == 1 { format!("the next comes {when}") } else { format!("the next {count} come {when}") }
    });
    let new = deck().filter(|card| progress.standing(card.key).reviews == 0).count();
    let new = (new > 0).then(|| format!("{new} {} still new", if new == 1 { "is" } else { "are" }));
    let told = [today, due, new].into_iter().flatten().collect::<Vec<_>>().join("; ");
    wording::capitalised(&told)
}
