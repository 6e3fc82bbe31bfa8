//! A talk: a tour on the whole screen, its points revealed one by one.

mod slide;

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::action::{Action, Step};
use crate::clock::Moment;
use crate::context::Context;
use crate::dataset::{Record, Tour};
use crate::keymap::Mode;
use crate::state::TalkState;
use crate::tour::MARKS;

/// A slide, and how many of its points are revealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// The slide, from 0; the first one is the title of the tour.
    pub slide: usize,
    /// How many points are revealed.
    pub points: usize,
}

/// A talk that is being given.
#[derive(Debug, Clone)]
pub struct Talk {
    tour: Arc<Tour>,
    standing: Standing,
    /// Where a jump set out from, until the next step.
    jumped: Option<Standing>,
    began: Option<Moment>,
    minutes: Option<u32>,
}

impl Talk {
    /// A talk at its title.
    pub fn new(tour: Arc<Tour>, minutes: Option<u32>) -> Talk {
        Talk { tour, standing: Standing::default(), jumped: None, began: None, minutes }
    }

    /// Goes on where a talk of the same tour was left; its clock goes on too, where it was cut off.
    pub fn resume(&mut self, state: &TalkState) {
        let slide = state.slide.saturating_sub(1).min(self.slides() - 1);
        self.standing = Standing { slide, points: state.points.min(self.points(slide)) };
        self.began = state.began.filter(|_| state.running).map(Moment);
        self.minutes = self.minutes.or(state.minutes);
    }

    /// What the next run and the notes have to know.
    pub fn state(&self, context: &Context) -> TalkState {
        let marks = &*self.tour.about.id == MARKS;
        let stops = self.tour.stops.iter().filter(|_| marks).map(|stop| context.dataset.address(stop.at));
        TalkState {
            version: 1,
            dataset: context.dataset.source.title.to_string(),
            tour: self.tour.about.id.to_string(),
            stops: stops.collect(),
            slide: self.standing.slide + 1,
            points: self.standing.points,
            began: self.began.map(|moment| moment.0),
            minutes: self.minutes,
            running: true,
        }
    }

    /// What the keys mean now.
    pub fn mode(&self) -> Mode {
        Mode::Present
    }

    /// The record on the slide; none on the title.
    pub fn record(&self) -> Option<Record> {
        let stop = self.standing.slide.checked_sub(1)?;
        self.tour.stops.get(stop).map(|stop| stop.at)
    }

    /// The number of slides; the title is one.
    pub fn slides(&self) -> usize {
        self.tour.stops.len() + 1
    }

    /// How many points a slide has.
    fn points(&self, slide: usize) -> usize {
        slide.checked_sub(1).and_then(|stop| self.tour.stops.get(stop)).map_or(0, |stop| stop.points.len())
    }

    /// Takes in what the speaker meant; answers what the audience's screen cannot show.
    pub fn update(&mut self, context: &Context, action: Action) -> Option<&'static str> {
        match action {
            Action::Move(Step::Next) | Action::Open => return self.step(context),
            Action::Move(Step::Previous) => return self.step_back(),
            Action::Move(Step::First) | Action::Restart => self.jump(Standing::default()),
            Action::Move(Step::Last) => self.jump(Standing { slide: self.slides() - 1, points: 0 }),
            Action::Close => self.standing = self.jumped.take().unwrap_or(self.standing),
            _ => {}
        }
        None
    }

    fn step(&mut self, context: &Context) -> Option<&'static str> {
        self.jumped = None;
        self.began = self.began.or(Some(context.now));
        let Standing { slide, points } = self.standing;
        if points < self.points(slide) {
            self.standing.points += 1;
        } else if slide + 1 < self.slides() {
            self.standing = Standing { slide: slide + 1, points: 0 };
        } else {
            return Some("That was the last slide; q ends the talk.");
        }
        None
    }

    fn step_back(&mut self) -> Option<&'static str> {
        self.jumped = None;
        let Standing { slide, points } = self.standing;
        if points > 0 {
            self.standing.points -= 1;
        } else if let Some(before) = slide.checked_sub(1) {
            self.standing = Standing { slide: before, points: self.points(before) };
        } else {
            return Some("This is the first slide.");
        }
        None
    }

    fn jump(&mut self, standing: Standing) {
        self.jumped = self.jumped.or(Some(self.standing));
        self.standing = standing;
    }

    /// Draws the slide.
    pub fn draw(&self, context: &Context, area: Rect, buffer: &mut Buffer) {
        slide::draw(self, context, area, buffer);
    }
}
