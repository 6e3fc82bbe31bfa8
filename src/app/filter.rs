//! Narrowing the timeline: the filter's window, and what is chosen in it.

use super::App;
use crate::overlays::Overlay;
use crate::overlays::filter::Filter;
use crate::search::facet::Facet;

impl App {
    /// Opens the filter of the timeline, where there is one.
    pub(super) fn open_filter(&mut self) {
        match self.history.present().timeline() {
            Some(timeline) => self.overlay = Some(Overlay::Filter(Filter::new(&self.context, timeline))),
            None => self.say("The filter narrows the timeline; 1 opens it."),
        }
    }

    /// Chooses a facet of the timeline or takes the choice back; without a facet, takes all choices back.
    pub(super) fn choose(&mut self, facet: Option<Facet>) {
        self.history.present_mut().choose(&self.context, facet);
        if let (Some(Overlay::Filter(filter)), Some(timeline)) = (&mut self.overlay, self.history.present().timeline())
        {
            filter.refresh(&self.context, timeline);
        }
    }
}
