//! A talk: the slides of a tour on the whole screen, their points revealed one by one.

mod exhibit;
mod frame;
mod overview;
mod points;
mod slide;
mod watch;

use std::sync::Arc;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::action::{Action, Step};
use crate::clock::Moment;
use crate::context::Context;
use crate::dataset::{Dataset, Record, Tour};
use crate::keymap::Mode;
use crate::state::{Blank, Shown, TalkState};
use crate::tour::{self, MARKS, Slide};

pub use watch::Watch;

/// The largest number that can be typed, in digits.
const DIGITS: usize = 4;

/// A slide, and how many of its points are revealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// The slide, from 0; the first one is the title of the tour.
    pub slide: usize,
    /// How many points are revealed.
    pub points: usize,
}

/// Who looks at a talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seat {
    /// The speaker; before an audience elsewhere it is known how many are watching.
    Speaker(Option<usize>),
    /// Somebody who watches it live.
    Live,
    /// Somebody who has watched it to its end.
    After,
    /// Somebody who looks back, while this slide is shown, counted from 1.
    Behind(usize),
}

/// A talk that is being given.
#[derive(Debug, Clone)]
pub struct Talk {
    tour: Arc<Tour>,
    slides: Arc<[Slide]>,
    standing: Standing,
    /// Where a jump set out from, until the next step.
    jumped: Option<Standing>,
    /// The number of a slide as far as it is typed.
    typed: String,
    blank: Option<Blank>,
    /// The slide that is selected while all are shown at once.
    overview: Option<usize>,
    timer: bool,
    began: Option<Moment>,
    minutes: Option<u32>,
    seat: Seat,
    /// How many points of each slide have been revealed so far; none where the slide has not been shown.
    furthest: Box<[Option<usize>]>,
}

impl Talk {
    /// A talk at its title.
    pub fn new(dataset: &Dataset, tour: Arc<Tour>, minutes: Option<u32>) -> Talk {
        let slides: Arc<[Slide]> = tour::slides(dataset, &tour).into();
        let mut talk = Talk {
            furthest: vec![None; slides.len()].into(),
            slides,
            tour,
            standing: Standing::default(),
            jumped: None,
            typed: String::new(),
            blank: None,
            overview: None,
            timer: false,
            began: None,
            minutes,
            seat: Seat::Speaker(None),
        };
        talk.remember();
        talk
    }

    /// Goes on where a talk of the same tour was left; its clock goes on too, where it was cut off.
    pub fn resume(&mut self, state: &TalkState) {
        let slide = state.slide.saturating_sub(1).min(self.last());
        self.standing = Standing { slide, points: state.points.min(self.points(slide)) };
        self.began = state.began.filter(|_| state.running).map(Moment);
        self.minutes = self.minutes.or(state.minutes);
        let before = self.slides[..slide].iter().map(|slide| Some(slide.points.len()));
        self.furthest.iter_mut().zip(before).for_each(|(furthest, points)| *furthest = points);
        self.remember();
    }

    /// What an audience is shown.
    pub fn shown(&self, context: &Context) -> Shown {
        Shown { talk: self.state(context), blank: self.blank, furthest: self.furthest.to_vec() }
    }

    /// Takes note of how many are watching elsewhere.
    pub fn count(&mut self, watching: usize) {
        self.seat = Seat::Speaker(Some(watching));
    }

    /// Takes note of what has been shown.
    fn remember(&mut self) {
        let Standing { slide, points } = self.standing;
        self.furthest[slide] = self.furthest[slide].max(Some(points));
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
        if self.overview.is_some() { Mode::Overview } else { Mode::Present }
    }

    /// The record on the slide; none on the title.
    pub fn record(&self) -> Option<Record> {
        self.slides[self.standing.slide].at
    }

    /// Says whether the slide exists with all its points that are revealed, and so does the one selected among all.
    pub fn stands(&self) -> bool {
        let exists = |slide: usize| slide < self.slides.len();
        exists(self.standing.slide)
            && self.standing.points <= self.points(self.standing.slide)
            && self.overview.is_none_or(exists)
    }

    /// When the picture changes by itself: at the next full minute of the timer, while it is shown.
    pub fn wakes_at(&self, now: Moment) -> Option<Moment> {
        let began = self.began.filter(|_| self.timer && self.blank.is_none())?;
        let minutes = now.since(began).as_secs() / 60 + 1;
        Some(began.after(Duration::from_secs(minutes * 60)))
    }

    fn last(&self) -> usize {
        self.slides.len() - 1
    }

    fn points(&self, slide: usize) -> usize {
        self.slides[slide].points.len()
    }

    /// Takes in what the speaker meant; answers what has to be said in the footer.
    pub fn update(&mut self, context: &Context, action: Action, area: Rect) -> Option<String> {
        let said = self.act(context, action, area);
        self.remember();
        said
    }

    fn act(&mut self, context: &Context, action: Action, area: Rect) -> Option<String> {
        if self.blank.is_some() && !matches!(action, Action::Black | Action::White) {
            self.blank = None; // Whatever is pressed brings the slide back first, as it was left.
            return None;
        }
        if let Some(selected) = self.overview {
            self.update_overview(selected, action, area);
            return None;
        }
        let typed = std::mem::take(&mut self.typed).parse::<usize>().ok();
        match (action, typed) {
            (Action::Digit(digit), typed) => self.type_digit(digit, typed),
            (Action::Open | Action::Move(Step::Last), Some(number)) => return self.go_to(number),
            (Action::Open | Action::Move(Step::Next), _) => return self.step(context),
            (Action::Move(Step::Previous), _) => return self.step_back(),
            (Action::Move(Step::First) | Action::Restart, _) => self.jump(0),
            (Action::Move(Step::Last), None) => self.jump(self.last()),
            (Action::Close, None) => self.standing = self.jumped.take().unwrap_or(self.standing),
            (Action::Overview, _) => self.overview = Some(self.standing.slide),
            (Action::Black, _) => self.toggle(Blank::Black),
            (Action::White, _) => self.toggle(Blank::White),
            (Action::Timer, _) => self.timer = !self.timer,
            _ => {}
        }
        None
    }

    fn type_digit(&mut self, digit: u8, typed: Option<usize>) {
        self.typed = typed.map(|number| number.to_string()).unwrap_or_default() + &digit.to_string();
        if self.typed.len() > DIGITS {
            self.typed.remove(0);
        }
    }

    fn go_to(&mut self, number: usize) -> Option<String> {
        match number.checked_sub(1).filter(|&slide| slide <= self.last()) {
            Some(slide) => {
                self.jump(slide);
                None
            }
            None => Some(format!("There is no slide {number}; the last is {}.", self.slides.len())),
        }
    }

    fn step(&mut self, context: &Context) -> Option<String> {
        self.jumped = None;
        self.began = self.began.or(Some(context.now));
        let Standing { slide, points } = self.standing;
        if points < self.points(slide) {
            self.standing.points += 1;
        } else if slide < self.last() {
            self.standing = Standing { slide: slide + 1, points: 0 };
        } else {
            let end = context.keymap.key(Mode::Present, Action::Quit);
            return Some(format!("That was the last slide; {end} ends the talk."));
        }
        None
    }

    fn step_back(&mut self) -> Option<String> {
        self.jumped = None;
        let Standing { slide, points } = self.standing;
        if points > 0 {
            self.standing.points -= 1;
        } else if let Some(before) = slide.checked_sub(1) {
            self.standing = Standing { slide: before, points: self.points(before) };
        } else {
            return Some("This is the first slide.".to_owned());
        }
        None
    }

    fn jump(&mut self, slide: usize) {
        self.jumped = self.jumped.or(Some(self.standing));
        self.standing = Standing { slide, points: 0 };
    }

    fn toggle(&mut self, blank: Blank) {
        self.blank = if self.blank == Some(blank) { None } else { Some(blank) };
    }

    fn update_overview(&mut self, selected: usize, action: Action, area: Rect) {
        match action {
            Action::Move(step) => self.overview = Some(overview::moved(selected, step, self.slides.len(), area)),
            Action::Open => {
                self.overview = None;
                if selected != self.standing.slide {
                    self.jump(selected);
                }
            }
            Action::Close => self.overview = None,
            _ => {}
        }
    }

    /// Draws the slide, or what is shown in its stead.
    pub fn draw(&self, context: &Context, area: Rect, buffer: &mut Buffer) {
        match (self.blank, self.overview) {
            (Some(blank), _) => slide::draw_blank(blank, context, area, buffer),
            (None, Some(selected)) => overview::draw(self, selected, context, area, buffer),
            (None, None) => slide::draw(self, context, area, buffer),
        }
    }
}
