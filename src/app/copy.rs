//! What is copied: the address and citation of what has the reader's attention, or its page as Markdown.

use super::App;
use crate::action::Effect;
use crate::citation::{citation, work};
use crate::dataset::Clean;
use crate::keymap::Mode;
use crate::pages;
use crate::place::Place;

/// The columns that the bars of a page are drawn for.
const WIDTH: usize = 60;

impl App {
    /// Copies the address and the citation of the record of attention, or of the place where there is none.
    pub(super) fn copy(&self) -> Effect {
        let dataset = self.context.dataset;
        let place = self.place();
        Effect::Copy(Clean::line(match self.attended() {
            Some(record) => citation(dataset, record),
            None => format!("{} — {}. {}.", place.address(dataset), place.name(dataset), work(dataset)),
        }))
    }

    /// Copies the page of the place of attention.
    pub(super) fn copy_page(&self) -> Effect {
        let dataset = self.context.dataset;
        let selected = || self.attended().map(Place::Record);
        let place = if self.mode() == Mode::Page { None } else { selected() }.unwrap_or(self.place());
        let blocks = pages::blocks(&self.context, place, WIDTH);
        let address = |place: Place| Some(place.address(dataset));
        Effect::Copy(Clean::lines(pages::markdown(&blocks, 1, &address)))
    }
}
