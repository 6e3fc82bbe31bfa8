//! A talk in lines: each step says the next point, or the next slide by its number and title. What was said stays said.

use std::io::{self, BufRead, Write};

use super::browse::Sheet;
use super::command::{self, PRESENT};
use super::{Ended, Plain};
use crate::action::{Action, Step};
use crate::clock::Moment;
use crate::dataset::prose;
use crate::keymap::Mode;
use crate::place::Place;
use crate::screens::present::Talk;
use crate::state::TalkState;
use crate::tour::{self, Slide};
use crate::wording;
use ratatui::layout::Rect;

/// A talk with its slides, and where it stood when something was said last.
struct Given {
    talk: Talk,
    slides: Vec<Slide>,
    said: TalkState,
}

impl<R: BufRead, W: Write> Plain<R, W> {
    /// Lists the tours, and gives the one that is chosen.
    pub(super) fn choose_a_tour(&mut self) -> io::Result<Ended> {
        let tours = tour::choices(self.context.dataset, &self.context.marks);
        self.dialogue.say(&format!("Tours, {}:", tours.len()))?;
        for (at, tour) in tours.iter().enumerate() {
            self.dialogue.say(&format!(
                "{}. {} · {}",
                at + 1,
                tour.about.name,
                wording::several(tour.stops.len() + 1, "slide")
            ))?;
        }
        self.dialogue.say("Type a number; q leaves.")?;
        loop {
            let Some(line) = self.dialogue.listen()? else { return Ok(Ended::Gone) };
            let number = line.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            match number.and_then(|at| tours.get(at)) {
                _ if matches!(&*line, "q" | "quit" | "") => return Ok(Ended::Left),
                Some(tour) => return self.present(Talk::new(self.context.dataset, tour.clone(), None)),
                None => self.dialogue.say(&format!("Type a number from 1 to {}; q leaves.", tours.len()))?,
            }
        }
    }

    /// Gives a talk until it is ended.
    pub(super) fn present(&mut self, talk: Talk) -> io::Result<Ended> {
        self.look_at_the_clock();
        let said = talk.state(&self.context);
        let tour = tour::given(self.context.dataset, &said.tour, &said.stops);
        let slides = tour.map(|tour| tour::slides(self.context.dataset, &tour)).unwrap_or_default();
        let mut given = Given { talk, slides, said };
        self.say_slide(&given)?;
        self.dialogue.say("Enter goes on; ? lists the commands.")?;
        let ended = self.give(&mut given)?;
        let over = TalkState { running: false, ..given.talk.state(&self.context) };
        self.keep_talk(&over)?;
        Ok(ended)
    }

    fn give(&mut self, given: &mut Given) -> io::Result<Ended> {
        loop {
            self.keep_talk(&given.said.clone())?;
            let Some(line) = self.dialogue.listen()? else { return Ok(Ended::Gone) };
            self.look_at_the_clock();
            match command::understand(&line, PRESENT, Mode::Present, &self.context.keymap) {
                Some(Action::Quit) => return Ok(Ended::Left),
                Some(action @ Action::Move(_)) => self.go_to_step(given, &[action])?,
                Some(Action::Digress) => {
                    if self.digress(given)? == Ended::Gone {
                        return Ok(Ended::Gone);
                    }
                }
                Some(action) => self.tell(given, action)?,
                None if line.is_empty() => self.go_to_step(given, &[Action::Move(Step::Next)])?,
                None if !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit()) => {
                    let digits = line.bytes().map(|digit| Action::Digit(digit - b'0'));
                    let typed: Vec<Action> = digits.chain([Action::Open]).collect();
                    self.go_to_step(given, &typed)?;
                }
                None => self.misunderstood(&line)?,
            }
        }
    }

    /// Lets actions change the talk, and says what is new.
    fn go_to_step(&mut self, given: &mut Given, actions: &[Action]) -> io::Result<()> {
        let told = actions.iter().filter_map(|&action| given.talk.update(&self.context, action, Rect::ZERO));
        let told: Vec<String> = told.collect();
        told.iter().try_for_each(|told| self.dialogue.say(told))?;
        let before = std::mem::replace(&mut given.said, given.talk.state(&self.context));
        match (given.said.slide == before.slide, given.said.points) {
            (true, points) if points == before.points => Ok(()),
            (true, points) if points == before.points + 1 => self.say_point(given, points),
            (true, points) => self.dialogue.say(&format!("Back at point {points}.")),
            (false, _) => self.say_slide(given),
        }
    }

    fn say_point(&mut self, given: &Given, number: usize) -> io::Result<()> {
        let point = given.slides.get(given.said.slide - 1).and_then(|slide| slide.points.get(number - 1));
        point.map_or(Ok(()), |point| self.dialogue.say(point))
    }

    /// Says a slide as far as it is shown: where it stands, its title, and its points.
    fn say_slide(&mut self, given: &Given) -> io::Result<()> {
        let (number, count) = (given.said.slide, given.slides.len());
        let Some(slide) = given.slides.get(number - 1) else { return Ok(()) };
        let points = match slide.points.len() {
            0 => String::new(),
            points => format!(", {}", wording::several(points, "point")),
        };
        self.dialogue.say(&format!("Slide {number} of {count}{points}: {}", slide.title))?;
        if slide.at.is_none() {
            self.dialogue.say(&prose::plain(&slide.notes))?;
        }
        (1..=given.said.points).try_for_each(|point| self.say_point(given, point))
    }

    /// What is told of a talk without a step.
    fn tell(&mut self, given: &Given, action: Action) -> io::Result<()> {
        match action {
            Action::Redraw => self.say_slide(given),
            Action::Overview => given.slides.iter().enumerate().try_for_each(|(at, slide)| {
                let here = if at + 1 == given.said.slide { " · this one" } else { "" };
                self.dialogue.say(&format!("{}. {}{here}", at + 1, slide.title))
            }),
            Action::Source => {
                let notes = given.slides.get(given.said.slide - 1).map(|slide| prose::plain(&slide.notes));
                let notes = notes.filter(|notes| !notes.is_empty());
                self.dialogue.say(notes.as_deref().unwrap_or("This slide has no notes."))
            }
            Action::Timer => {
                let began = given.said.began.map(Moment);
                let passed = began.map(|began| self.context.now.since(began).as_secs() as f64 / 60.0);
                let told = match (passed, given.said.minutes) {
                    (None, _) => "The talk has not begun.".to_owned(),
                    (Some(passed), None) => format!("{} since the first step.", wording::minutes(passed)),
                    (Some(passed), Some(all)) => format!("{} of {all} min.", wording::minutes(passed)),
                };
                self.dialogue.say(&told)
            }
            _ => {
                self.dialogue.say("Enter: the next point or slide.")?;
                self.dialogue.say("A number: that slide.")?;
                command::help(PRESENT).try_for_each(|line| self.dialogue.say(&line))
            }
        }
    }

    /// Reads the record on the slide, and whatever it leads to, until the reader comes back.
    fn digress(&mut self, given: &Given) -> io::Result<Ended> {
        let Some(record) = given.talk.record() else {
            self.dialogue.say("There is no record on this slide.")?;
            return Ok(Ended::Left);
        };
        let sheet = Sheet::of_place(&self.context, Place::Record(record), &self.dialogue);
        self.history.keep();
        *self.history.present_mut() = sheet;
        let ended = self.browse()?;
        if ended == Ended::Left {
            self.dialogue.say(&format!("Back in the talk, at slide {}.", given.said.slide))?;
        }
        Ok(ended)
    }

    fn keep_talk(&mut self, state: &TalkState) -> io::Result<()> {
        let told = self.keeping.keep_talk(state);
        told.iter().try_for_each(|told| self.dialogue.say(told))
    }
}
