//! A talk that somebody else gives, as it is watched: live, or looking back at what has been shown.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Seat, Standing, Talk, slide};
use crate::action::{Action, Step};
use crate::context::Context;
use crate::dataset::Record;
use crate::keymap::Mode;
use crate::state::Shown;
use crate::tour;

/// A talk that is watched.
#[derive(Debug, Clone)]
pub struct Watch {
    talk: Talk,
    shown: Shown,
    /// Where a reader looks back.
    back: Option<Standing>,
}

impl Watch {
    /// The talk that is given; nothing where the dataset has no such tour.
    pub fn new(context: &Context, shown: Shown) -> Option<Watch> {
        let tour = tour::given(context.dataset, &shown.talk.tour, &shown.talk.stops)?;
        let mut watch = Watch { talk: Talk::new(context.dataset, tour, None), shown: Shown::default(), back: None };
        watch.follow(shown);
        Some(watch)
    }

    /// Says whether this is the talk that is shown now.
    pub fn is_of(&self, shown: &Shown) -> bool {
        (&self.shown.talk.tour, &self.shown.talk.stops) == (&shown.talk.tour, &shown.talk.stops)
    }

    /// Goes with the speaker. Who looks back stays there, as long as that is not ahead of the speaker.
    pub fn follow(&mut self, mut shown: Shown) {
        shown.furthest.truncate(self.talk.slides.len()); // Whoever says it may have another dataset.
        self.shown = shown;
        self.look(self.back);
    }

    /// Takes in what the reader meant; answers what has to be said in the footer.
    pub fn update(&mut self, context: &Context, action: Action) -> Option<String> {
        match action {
            Action::Move(Step::Previous) => match self.before(self.talk.standing) {
                Some(before) => self.look(Some(before)),
                None => return Some("Nothing was shown before.".to_owned()),
            },
            Action::Move(Step::Next) if self.back.is_none() => {
                let back = context.keymap.key(Mode::Watch, Action::Move(Step::Previous));
                let stands = if self.shown.talk.running { "This is live" } else { "The talk is over" };
                return Some(format!("{stands}; {back} looks back."));
            }
            Action::Move(Step::Next) => self.look(self.after(self.talk.standing)),
            Action::Move(Step::First) => {
                let first = self.shown.furthest.iter().position(Option::is_some).unwrap_or_default();
                self.look(Some(Standing { slide: first, points: self.furthest(first) }));
            }
            Action::Live | Action::Close => self.look(None),
            _ => {}
        }
        None
    }

    /// Says whether the reader sees what is shown now.
    pub fn is_live(&self) -> bool {
        self.back.is_none()
    }

    /// The record on the slide; none on the title.
    pub fn record(&self) -> Option<Record> {
        self.talk.record()
    }

    /// Says whether the slide exists with all its points that are shown.
    pub fn stands(&self) -> bool {
        self.talk.stands()
    }

    /// Draws what the reader looks at.
    pub fn draw(&self, context: &Context, area: Rect, buffer: &mut Buffer) {
        match self.shown.blank.filter(|_| self.back.is_none()) {
            Some(blank) => slide::draw_blank(blank, context, area, buffer),
            None => slide::draw(&self.talk, context, area, buffer),
        }
    }

    fn live(&self) -> Standing {
        let slide = self.shown.talk.slide.saturating_sub(1).min(self.talk.last());
        Standing { slide, points: self.shown.talk.points.min(self.talk.points(slide)) }
    }

    /// Looks back at what was shown, or at what is shown now.
    fn look(&mut self, back: Option<Standing>) {
        let live = self.live();
        let order = |standing: Standing| (standing.slide, standing.points);
        self.back = back.filter(|&back| order(back) < order(live));
        self.talk.standing = self.back.unwrap_or(live);
        self.talk.seat = match self.back {
            Some(_) => Seat::Behind(live.slide + 1),
            None if self.shown.talk.running => Seat::Live,
            None => Seat::After,
        };
    }

    /// How many points of a slide have been shown.
    fn furthest(&self, slide: usize) -> usize {
        let shown = self.shown.furthest.get(slide).copied().flatten().unwrap_or_default();
        shown.min(self.talk.points(slide))
    }

    /// Says whether a slide has been shown.
    fn was_shown(&self, slide: usize) -> bool {
        self.shown.furthest.get(slide).is_some_and(Option::is_some)
    }

    fn before(&self, Standing { slide, points }: Standing) -> Option<Standing> {
        if let Some(points) = points.checked_sub(1) {
            return Some(Standing { slide, points });
        }
        let slide = (0..slide).rev().find(|&slide| self.was_shown(slide))?;
        Some(Standing { slide, points: self.furthest(slide) })
    }

    fn after(&self, Standing { slide, points }: Standing) -> Option<Standing> {
        if points < self.furthest(slide) {
            return Some(Standing { slide, points: points + 1 });
        }
        let slide = (slide + 1..self.talk.slides.len()).find(|&slide| self.was_shown(slide))?;
        Some(Standing { slide, points: 0 })
    }
}
