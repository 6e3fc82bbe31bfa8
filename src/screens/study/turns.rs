//! What the reader's keys mean while cards have the screen: sessions begin, go on, are taken back and end.

use ratatui::layout::{Position, Rect};

use super::charts::Charts;
use super::decks::Wanted;
use super::shelf::Shelf;
use super::sitting::Sitting;
use super::summary::Summary;
use super::{Study, View, Waiting, body};
use crate::action::{Action, Request};
use crate::context::Context;
use crate::dataset::Clean;
use crate::keymap::Mode;
use crate::search::Index;
use crate::study::session::{Manner, Next};
use crate::study::{Deck, Deed, Session};

impl Study {
    /// Takes in what the reader meant.
    pub fn update(&mut self, context: &Context, index: &Index, action: Action, area: Rect) -> Option<Request> {
        if !self.read || self.waiting.is_some() {
            return (action == Action::Quit).then_some(Request::Leave);
        }
        let body = body(area);
        match (&mut self.view, action) {
            (View::Sitting(_), action) => return self.update_sitting(context, index, action, body),
            (View::Decks, Action::Quit) => return Some(Request::Leave),
            (View::Decks | View::Summary(_), Action::View) => {
                self.view = View::Charts(Charts::new(context, &self.cards, &self.progress));
            }
            (View::Decks, action) => {
                let wanted = self.decks.update(context, action, body);
                return self.answer(wanted);
            }
            (View::Summary(_), Action::Quit) => {
                self.show_decks(context, index);
                return Some(Request::Leave);
            }
            (_, Action::Open | Action::Quit | Action::Close) => self.show_decks(context, index),
            (View::Summary(_), Action::Missed) => self.ask_missed(context),
            (View::Summary(_), Action::Undo) => return self.undo(),
            (View::Summary(_) | View::Suspended(_), Action::Source | Action::SuspendCard) => {
                return self.act_on_selected(context, action);
            }
            (View::Summary(summary), action) => summary.update(action, body),
            (View::Suspended(shelf), action) => shelf.update(action, body),
            (View::Charts(charts), action) => charts.update(action, body),
        }
        None
    }

    /// Selects what is clicked on; answers what the click means beyond that.
    pub fn click(&mut self, context: &Context, at: Position, area: Rect) -> Option<Action> {
        let body = body(area);
        match &mut self.view {
            View::Decks => self.decks.click(at, body).then_some(Action::Open),
            View::Sitting(sitting) => sitting.click(context, &self.cards[sitting.card()?], &self.progress, at, body),
            View::Summary(summary) => summary.click(at, body),
            View::Suspended(shelf) => shelf.click(at, body),
            View::Charts(_) => None,
        }
    }

    /// Does what was asked for in the list of decks.
    fn answer(&mut self, wanted: Option<Wanted>) -> Option<Request> {
        match wanted? {
            Wanted::Request(request) => Some(request),
            Wanted::Suspended => {
                let suspended = |&place: &usize| self.progress.is_suspended(self.cards[place].key);
                self.view = View::Suspended(Shelf::new((0..self.cards.len()).filter(suspended).collect()));
                None
            }
        }
    }

    /// Begins a session with a deck as it was typed or chosen in the list.
    pub fn open(&mut self, context: &Context, index: &Index, deck: &str, cram: bool) {
        let deck = Deck::parse(deck, context.dataset);
        self.begin(context, index, &deck, cram);
    }

    /// Begins a session with a deck.
    pub(super) fn begin(&mut self, context: &Context, index: &Index, deck: &Deck, cram: bool) {
        let places = deck.cards(context.dataset, index, &context.marks, &self.cards);
        let session = match cram {
            true => Session::cram(places, context.stamp().utc_ms.unsigned_abs()),
            false => Session::scheduled(&self.cards, places, self.progress.scheduler.settings.new_per_day),
        };
        self.sit(context, deck.name(context.dataset), session);
    }

    fn sit(&mut self, context: &Context, name: String, session: Session) {
        self.view = View::Sitting(Box::new(Sitting::new(name, session)));
        self.go_on(context);
    }

    /// Asks what was missed once more, and leaves the schedule as it is.
    fn ask_missed(&mut self, context: &Context) {
        let View::Summary(summary) = &self.view else { return };
        let (missed, name) = (summary.missed.places.clone(), summary.name().to_owned());
        if !missed.is_empty() {
            self.sit(context, name, Session::cram(missed, context.stamp().utc_ms.unsigned_abs()));
        }
    }

    /// Goes on to the next card, or to the end.
    pub(super) fn go_on(&mut self, context: &Context) {
        let View::Sitting(sitting) = &mut self.view else { return };
        match sitting.session.next(&self.cards, &self.progress, context.stamp()) {
            Next::Card(place) => sitting.ask(context, &self.cards, &self.progress, place, self.choosing),
            Next::Later(due) => sitting.wait(due),
            Next::Over => self.sum_up(context),
        }
    }

    fn sum_up(&mut self, context: &Context) {
        match std::mem::replace(&mut self.view, View::Decks) {
            View::Sitting(sitting) => {
                self.view = View::Summary(Summary::new(context, &self.cards, &self.progress, sitting));
            }
            view => self.view = view,
        }
    }

    fn show_decks(&mut self, context: &Context, index: &Index) {
        self.decks.count(context, index, &self.cards, &self.progress);
        self.view = View::Decks;
    }

    /// Shows where the selected card is stated, or asks it no more, or again.
    fn act_on_selected(&mut self, context: &Context, action: Action) -> Option<Request> {
        let place = match &self.view {
            View::Summary(summary) => summary.missed.selected()?,
            View::Suspended(shelf) => shelf.selected()?,
            _ => return None,
        };
        let card = &self.cards[place];
        match action {
            Action::Source => Some(Request::Look(card.record)),
            _ if self.progress.is_suspended(card.key) => self.note(context, Deed::Resume(card.key)),
            _ => self.note(context, Deed::Suspend(card.key)),
        }
    }

    fn update_sitting(&mut self, context: &Context, index: &Index, action: Action, body: Rect) -> Option<Request> {
        let View::Sitting(sitting) = &mut self.view else { return None };
        match (action, sitting.card()) {
            (Action::Quit, _) => self.leave_sitting(context, index),
            (Action::Undo, _) => return self.undo(),
            (Action::Source, Some(place)) => return Some(Request::Look(self.cards[place].record)),
            (Action::SuspendCard, Some(place)) => {
                return self.note(context, Deed::Suspend(self.cards[place].key));
            }
            (Action::Choices, Some(place)) => {
                self.choosing = !self.choosing;
                sitting.ask(context, &self.cards, &self.progress, place, self.choosing);
            }
            (action, Some(place)) => {
                let grade = sitting.update(context, &self.cards[place], action, body)?;
                let rehearsal = sitting.session.manner == Manner::Cram;
                let card = self.cards[place].key;
                return self.note(context, Deed::Review { card, grade, rehearsal });
            }
            _ => {}
        }
        None
    }

    /// Ends a session: with what it came to, or at once where nothing was answered.
    fn leave_sitting(&mut self, context: &Context, index: &Index) {
        let View::Sitting(sitting) = &self.view else { return };
        if sitting.session.answered.is_empty() { self.show_decks(context, index) } else { self.sum_up(context) }
    }

    /// Has a deed kept; the next card waits for it.
    fn note(&mut self, context: &Context, deed: Deed) -> Option<Request> {
        self.waiting = Some(Waiting::Done(context.stamp(), deed));
        Some(Request::Note(deed))
    }

    /// Takes back what was done last in this session, also after its end.
    fn undo(&mut self) -> Option<Request> {
        let sitting = match &self.view {
            View::Sitting(sitting) => sitting,
            View::Summary(summary) => summary.sitting(),
            _ => return None,
        };
        let (at, deed) = sitting.last_done()?;
        let number = self.progress.number(at, deed)?;
        self.waiting = Some(Waiting::Undo);
        Some(Request::Note(Deed::Undo(number)))
    }

    /// Does what was waited for the disk with; answers what the reader has to be told.
    pub(super) fn carry_out(&mut self, context: &Context, waiting: Waiting) -> Option<Clean> {
        match waiting {
            Waiting::Done(at, deed) => {
                let View::Sitting(sitting) = &mut self.view else { return None };
                sitting.done(at, deed);
                self.go_on(context);
                let key = context.keymap.key(Mode::Question, Action::Undo);
                let told = || Clean::line(format!("That card is asked no more; {key} takes it back."));
                matches!(deed, Deed::Suspend(_)).then(told)
            }
            Waiting::Undo => {
                self.view = match std::mem::replace(&mut self.view, View::Decks) {
                    View::Summary(summary) => View::Sitting(summary.into_sitting()),
                    view => view,
                };
                let View::Sitting(sitting) = &mut self.view else { return None };
                let place = sitting.take_back()?;
                sitting.ask(context, &self.cards, &self.progress, place, self.choosing);
                None
            }
        }
    }
}
