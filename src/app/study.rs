//! Studying beside the explorer: from a card to where it is stated, and back to the very card.

use crossterm::event::KeyEvent;

use super::{App, Stage};
use crate::action::{Action, Effect, Request};
use crate::clock::Moment;
use crate::dataset::Record;
use crate::place::Place;
use crate::screens::study::{Study, Wish};
use crate::study::Report;

impl App {
    /// Begins to study, or goes back to where the reader was.
    pub(super) fn study(&mut self) {
        let index = self.index.get();
        match &mut self.study {
            Some(study) => study.come_back(&self.context, index),
            None => return self.begin_to_study(&Wish::default()),
        }
        (self.stage, self.looking) = (Stage::Study, None);
    }

    /// Begins to study as it was asked for.
    pub(super) fn begin_to_study(&mut self, wish: &Wish) {
        let index = self.index.get();
        self.study = Some(Study::new(&self.context, index, &self.settings, wish));
        self.stage = Stage::Study;
    }

    /// Takes note of the time; a card that was waited for may be due.
    pub(super) fn pass_time(&mut self, now: Moment) {
        self.context.now = now;
        self.study.iter_mut().for_each(|study| study.tick(&self.context));
    }

    /// Asks for the reviews that were kept, once.
    pub(super) fn read_reviews(&mut self) -> Option<Effect> {
        let asks = self.study.as_mut().is_some_and(Study::asks);
        asks.then_some(Effect::ReadReviews)
    }

    /// What an action means while cards have the screen.
    pub(super) fn act_on_study(&mut self, action: Action) -> Vec<Effect> {
        let screen = self.screen();
        let index = self.index.get();
        let Some(study) = &mut self.study else { return Vec::new() };
        match study.update(&self.context, index, action, screen) {
            Some(Request::Note(deed)) => return vec![Effect::Note(self.context.stamp(), deed)],
            Some(Request::Look(record)) => self.look(record),
            Some(Request::Deck { deck, cram }) => study.open(&self.context, index, &deck, cram),
            Some(Request::Leave) if self.errand == Some(Stage::Study) => return self.quit(),
            Some(Request::Leave) => self.stage = Stage::Explore,
            _ => {}
        }
        Vec::new()
    }

    /// Edits the answer or the query that is typed.
    pub(super) fn type_answer(&mut self, key: KeyEvent) {
        let index = self.index.get();
        self.study.iter_mut().for_each(|study| study.edit(&self.context, index, key));
    }

    /// Takes in what became of reviews.
    pub(super) fn take_reviews(&mut self, report: Report) {
        let index = self.index.get();
        let told = self.study.as_mut().and_then(|study| study.take(&self.context, index, report));
        self.message = told.unwrap_or_else(|| self.message.clone());
    }

    /// From the card to where it is stated.
    fn look(&mut self, record: Record) {
        self.looking = Some(self.history.past().len());
        self.stage = Stage::Explore;
        self.open(Place::Source(record));
        let key = self.key(Action::Study);
        self.say(&format!("{key} goes back to the card."));
    }

    /// Says whether going back leads from where a card is stated to the card.
    pub(super) fn back_to_card(&mut self) -> bool {
        let at_card =
            self.stage == Stage::Explore && self.looking.is_some_and(|depth| self.history.past().len() <= depth + 1);
        if at_card {
            self.history.back();
            self.study();
        }
        at_card
    }
}
