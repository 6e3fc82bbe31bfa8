//! Pictures of a talk that many see: drawn and written once for all whose terminals show the same, whatever their number,
//! and kept once for all of them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use bytes::Bytes;
use ratatui::buffer::Buffer;

use crate::state::Shown;
use crate::theme::Theme;
use crate::wire::Wire;

/// How many pictures are kept for others who want the same. What is more is drawn anew.
const PICTURES: usize = 64;

/// The longest picture that is kept, in bytes; a step of a talk is a twentieth of that.
const LONGEST: usize = 64 * 1024;

/// How a window looks, as far as a slide depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looks {
    /// The size in columns and rows.
    pub size: (u16, u16),
    /// What things look like.
    pub theme: Theme,
    /// Whether the terminal knows nothing but ASCII.
    pub ascii: bool,
}

/// The pictures that were made last, and the terminals that show nothing yet.
#[derive(Debug, Default)]
pub struct Gallery {
    pictures: Mutex<VecDeque<Picture>>,
    empty: Mutex<Vec<Arc<Wire>>>,
}

/// The way from what a terminal shows to a slide. It keeps neither the slide nor any terminal's cells alive.
#[derive(Debug)]
struct Picture {
    shown: Weak<Shown>,
    looks: Looks,
    before: Weak<Wire>,
    after: Weak<Wire>,
    bytes: Bytes,
}

impl Picture {
    fn is_of(&self, shown: &Arc<Shown>, looks: &Looks) -> bool {
        std::ptr::eq(self.shown.as_ptr(), Arc::as_ptr(shown)) && self.looks == *looks
    }

    fn begins_at(&self, before: &Arc<Wire>) -> bool {
        std::ptr::eq(self.before.as_ptr(), Arc::as_ptr(before))
    }
}

impl Gallery {
    /// The wire to a terminal of this kind that shows nothing yet.
    pub fn empty(&self, term: &str) -> Arc<Wire> {
        let wire = Wire::new(term);
        let mut empty = self.empty.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = empty.iter().find(|known| ***known == wire) {
            return Arc::clone(known);
        }
        let wire = Arc::new(wire);
        empty.push(Arc::clone(&wire));
        wire
    }

    /// Brings a terminal to what is shown, and answers the bytes that do. `draw` hands over the picture where nobody has
    /// made it yet; meanwhile nobody waits.
    pub fn bring(
        &self,
        wire: &mut Arc<Wire>,
        shown: &Arc<Shown>,
        looks: Looks,
        draw: impl FnOnce(&mut dyn FnMut(&Buffer)),
    ) -> Bytes {
        if let Some((after, bytes)) = self.find(wire, shown, &looks) {
            *wire = after;
            return bytes;
        }
        let (mut after, mut bytes) = (Wire::clone(wire), Bytes::new());
        draw(&mut |picture| bytes = after.picture(picture).into());
        let before = std::mem::replace(wire, self.shared(after, shown, &looks));
        self.keep(Picture {
            shown: Arc::downgrade(shown),
            looks,
            before: Arc::downgrade(&before),
            after: Arc::downgrade(wire),
            bytes: bytes.clone(),
        });
        bytes
    }

    fn find(&self, before: &Arc<Wire>, shown: &Arc<Shown>, looks: &Looks) -> Option<(Arc<Wire>, Bytes)> {
        let pictures = self.pictures();
        let same = |picture: &&Picture| picture.begins_at(before) && picture.is_of(shown, looks);
        pictures.iter().rev().filter(same).find_map(|picture| Some((picture.after.upgrade()?, picture.bytes.clone())))
    }

    /// The wire of those who see the very same by now, so that the next step is one for all; otherwise this one.
    fn shared(&self, wire: Wire, shown: &Arc<Shown>, looks: &Looks) -> Arc<Wire> {
        let alike: Vec<Arc<Wire>> = {
            let pictures = self.pictures();
            let alike = pictures.iter().rev().filter(|picture| picture.is_of(shown, looks));
            alike.filter_map(|picture| picture.after.upgrade()).collect()
        };
        alike.into_iter().find(|other| **other == wire).unwrap_or_else(|| Arc::new(wire))
    }

    fn keep(&self, picture: Picture) {
        if picture.bytes.len() > LONGEST {
            return;
        }
        let mut pictures = self.pictures();
        pictures.retain(|picture| picture.shown.strong_count() > 0); // Nobody will ask for those of steps before.
        pictures.push_back(picture);
        let more = pictures.len().saturating_sub(PICTURES);
        pictures.drain(..more);
    }

    fn pictures(&self) -> MutexGuard<'_, VecDeque<Picture>> {
        self.pictures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
