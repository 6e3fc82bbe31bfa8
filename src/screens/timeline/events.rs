//! Events in order of time: all of a dataset, of which nothing is copied, or some.

use std::fmt;
use std::sync::Arc;

use crate::dataset::{Dataset, Kind, Moments, Record};

/// Events in order of time.
#[derive(Clone, Default)]
pub struct Events {
    dataset: Option<&'static Dataset>,
    /// The places of the events in order of time; `None` for all.
    some: Option<Arc<[u32]>>,
}

impl Events {
    /// The events of a set.
    pub fn new(dataset: &'static Dataset, moments: &Moments) -> Events {
        let some =
            (moments.count() < dataset.events.len()).then(|| moments.iter().map(|moment| moment as u32).collect());
        Events { dataset: Some(dataset), some }
    }

    /// Whose events they are; `None` where there are none yet.
    pub fn dataset(&self) -> Option<&'static Dataset> {
        self.dataset
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        let all = self.dataset.map_or(0, |dataset| dataset.events.len());
        self.some.as_ref().map_or(all, |some| some.len())
    }

    /// Says whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The event at a place.
    pub fn get(&self, place: usize) -> Option<Record> {
        let moment = match &self.some {
            Some(some) => *some.get(place)? as usize,
            None => place,
        };
        self.dataset?.chronology().get(moment).copied()
    }

    /// The place of an event; `None` where it is not among them.
    pub fn position(&self, event: Record) -> Option<usize> {
        let moment = self.dataset.filter(|_| event.kind == Kind::Event)?.moment(event);
        match &self.some {
            Some(some) => some.binary_search(&(moment as u32)).ok(),
            None => Some(moment),
        }
    }

    /// The places of the events among all.
    pub fn moments(&self) -> impl Iterator<Item = usize> + use<> {
        let (some, count) = (self.some.clone(), self.len());
        (0..count).map(move |place| some.as_ref().map_or(place, |some| some[place] as usize))
    }
}

impl PartialEq for Events {
    fn eq(&self, other: &Events) -> bool {
        self.len() == other.len() && self.some == other.some
    }
}

impl Eq for Events {}

impl fmt::Debug for Events {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} events", self.len())
    }
}
