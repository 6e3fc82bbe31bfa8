//! Back and forward: a stack of whole screens, so that going back restores rows, scroll and folds by itself.

/// How many screens are kept behind the present one; the oldest is forgotten first.
const LONGEST: usize = 500;

/// The screens visited. Invariant: there is always a present one.
#[derive(Debug, Clone)]
pub struct History<T> {
    past: Vec<T>,
    present: T,
    future: Vec<T>,
}

impl<T: Clone> History<T> {
    /// A history that begins at `present`.
    pub fn new(present: T) -> History<T> {
        History { past: Vec::new(), present, future: Vec::new() }
    }

    /// The screen that is open.
    pub fn present(&self) -> &T {
        &self.present
    }

    /// The screen that is open, to change in place.
    pub fn present_mut(&mut self) -> &mut T {
        &mut self.present
    }

    /// The screens before the present one, oldest first.
    pub fn past(&self) -> &[T] {
        &self.past
    }

    /// Keeps a copy of the present screen behind it; what could be gone forward to is forgotten.
    pub fn keep(&mut self) {
        self.future.clear();
        self.past.push(self.present.clone());
        if self.past.len() > LONGEST {
            self.past.remove(0);
        }
    }

    /// Goes back; `false` at the beginning.
    pub fn back(&mut self) -> bool {
        let Some(screen) = self.past.pop() else { return false };
        self.future.push(std::mem::replace(&mut self.present, screen));
        true
    }

    /// Undoes going back; `false` where there is nothing to undo.
    pub fn forward(&mut self) -> bool {
        let Some(screen) = self.future.pop() else { return false };
        self.past.push(std::mem::replace(&mut self.present, screen));
        true
    }

    /// Goes back to the screen at `index` of the past.
    pub fn back_to(&mut self, index: usize) {
        while self.past.len() > index && self.back() {}
    }
}
