//! Going from place to place: opening, sources, hits, and events that share a link.

use super::App;
use crate::action::Action;
use crate::dataset::{Clean, Kind};
use crate::place::Place;
use crate::screens::Index;
use crate::wording::counted;

impl App {
    /// Opens a place, so that going back returns here.
    pub(super) fn open(&mut self, place: Place) {
        if self.place() == place {
            return;
        }
        self.history.keep();
        let screen = self.history.present_mut();
        match place {
            Place::Tab(tab) if tab == screen.tab() => screen.focus_index(&self.context),
            Place::Tab(tab) => {
                self.left.insert(screen.tab(), screen.index().clone());
                let index = self.left.remove(&tab).unwrap_or_else(|| Index::new(&self.context, tab));
                screen.open_index(&self.context, index);
            }
            Place::Record(_) | Place::Source(_) => screen.open_page(place),
        }
    }

    /// The places visited, oldest first, the present one last.
    pub(super) fn trail(&self) -> Vec<Place> {
        let screens = self.history.past().iter().chain([self.history.present()]);
        screens.map(|screen| screen.place()).collect()
    }

    /// Opens the digests that state the record of attention.
    pub(super) fn show_source(&mut self) {
        match self.attended() {
            Some(record) if self.place() != Place::Source(record) => self.open(Place::Source(record)),
            Some(_) => self.say(&format!("This is the source; {} goes back.", self.key(Action::Back))),
            None => self.say("No record is selected."),
        }
    }

    /// Opens the next hit of the last search, or the one before.
    pub(super) fn open_hit(&mut self, onward: bool) {
        if self.palette.query().trim().is_empty() {
            return self.say(&format!("Nothing was searched yet; {} searches.", self.key(Action::Search)));
        }
        if self.palette.is_waiting() {
            return self.say(&format!("Still searching for “{}”.", self.palette.query().trim()));
        }
        match self.palette.step(onward) {
            Some((record, number, count)) => {
                self.open(Place::Record(record));
                self.message = Clean::line(format!("Hit {number} of {count} for “{}”", self.palette.query().trim()));
            }
            None => {
                let end = if onward { "last" } else { "first" };
                self.message = Clean::line(format!("That was the {end} hit for “{}”.", self.palette.query().trim()));
            }
        }
    }

    /// Opens the next event that shares a link with the one of attention, or the event before it.
    pub(super) fn open_shared(&mut self, onward: bool) {
        let body = self.body();
        let Some((event, link)) = self.history.present().shared(&self.context, body) else {
            let (next, previous) = (self.key(Action::NextShared), self.key(Action::PreviousShared));
            let told = format!("Select a link of an event first; then {next} and {previous} follow it through time.");
            return self.say(&told);
        };
        let sharing = self.context.dataset.events_with(link);
        let Some(at) = sharing.iter().position(|&other| other == event) else {
            return self.say("This link is not shared with other events.");
        };
        let next = if onward { at.checked_add(1) } else { at.checked_sub(1) };
        let name = self.context.dataset.name(link);
        let Some(&found) = next.and_then(|next| sharing.get(next)) else {
            let end = if onward { "last" } else { "first" };
            self.message =
                Clean::line(format!("This is the {end} of {} with {name}.", counted(sharing.len(), Kind::Event)));
            return;
        };
        self.open(Place::Record(found));
        self.history.present_mut().select_link(&self.context, link, body);
        let number = if onward { at + 2 } else { at };
        self.message = Clean::line(format!("Event {number} of {} with {name}", sharing.len()));
    }
}
