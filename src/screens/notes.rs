//! The speaker's notes in a terminal of their own: what to say now, what comes next, and the clock. They follow a talk
//! that is given in another terminal of the same account.

use std::sync::Arc;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::action::Action;
use crate::clock::Moment;
use crate::context::Context;
use crate::keymap::Mode;
use crate::pages::prose;
use crate::place::Place;
use crate::state::TalkState;
use crate::theme::Look;
use crate::tour::{self, Slide};
use crate::widgets::rich_text::{Block, Layout, Run};
use crate::widgets::row_list::scroll_bar;
use crate::widgets::{fitted, key_hints};

/// The narrowest screen on which the slides stand beside the notes.
const BESIDE: u16 = 70;

/// The rows above the notes, and the one below them.
const HEAD: u16 = 2;
const FOOT: u16 = 1;

/// The notes, and how far they are scrolled.
#[derive(Debug, Clone, Default)]
pub struct Notes {
    talk: Option<TalkState>,
    slides: Arc<[Slide]>,
    top: usize,
}

impl Notes {
    /// Goes with the talk to where it stands.
    pub fn follow(&mut self, context: &Context, talk: TalkState) {
        let before = self.talk.replace(talk).map(|before| (before.tour, before.stops, before.slide));
        let Some(talk) = &self.talk else { return };
        if before.as_ref().is_none_or(|(tour, stops, _)| (tour, stops) != (&talk.tour, &talk.stops)) {
            self.slides = slides(context, talk).into();
        }
        if before.is_none_or(|(.., slide)| slide != talk.slide) {
            self.top = 0;
        }
    }

    /// Scrolls.
    pub fn update(&mut self, context: &Context, action: Action, screen: Rect) {
        let area = self.areas(screen).0;
        let height = usize::from(area.height).max(1);
        let lowest = self.layout(context, area.width).height().saturating_sub(height);
        self.top = match action {
            Action::Move(step) => step.scrolled(self.top, height, lowest),
            _ => self.top.min(lowest),
        };
    }

    /// When the picture changes by itself: with every second of the talk.
    pub fn wakes_at(&self, now: Moment) -> Option<Moment> {
        let began = Moment(self.talk.as_ref().filter(|talk| talk.running)?.began?);
        Some(began.after(Duration::from_secs(now.since(began).as_secs() + 1)))
    }

    /// Draws the clock, the notes, the slide as the audience sees it, and the next one.
    pub fn draw(&self, context: &Context, screen: Rect, buffer: &mut Buffer) {
        let foot = Rect { y: screen.bottom() - FOOT, height: FOOT, ..screen };
        let hints = key_hints::line(&context.keymap, Mode::Notes, &context.theme, usize::from(foot.width));
        buffer.set_line(foot.x, foot.y, &hints, foot.width);
        let (notes, beside) = self.areas(screen);
        match self.talk.as_ref().filter(|talk| *talk.dataset == *context.dataset.source.title) {
            Some(talk) if !self.slides.is_empty() => {
                self.draw_head(context, talk, Rect { height: 1, ..screen }, buffer);
                let layout = self.layout(context, notes.width);
                layout.draw(notes, buffer, &context.theme, self.top, None, false);
                scroll_bar(notes, buffer, &context.theme, layout.height(), self.top);
                self.draw_slides(context, talk, beside, buffer);
            }
            _ => self.draw_waiting(context, notes.union(beside), buffer),
        }
    }

    fn draw_waiting(&self, context: &Context, area: Rect, buffer: &mut Buffer) {
        let words = match &self.talk {
            Some(talk) if *talk.dataset != *context.dataset.source.title => {
                "The talk is on another dataset; name it with --data here as well."
            }
            Some(_) => "The talk is on a tour that this dataset does not have.",
            None => "No talk yet. It appears here as soon as one begins: detente present in another terminal.",
        };
        let block: Block<Place> = Block::paragraph(vec![Run::text(words, Look::Note)]);
        Layout::new(&[block], usize::from(area.width)).draw(area, buffer, &context.theme, 0, None, false);
    }

    /// The notes' own area, and that of the slides.
    fn areas(&self, screen: Rect) -> (Rect, Rect) {
        let body = Rect {
            x: screen.x + 1.min(screen.width),
            y: (screen.y + HEAD).min(screen.bottom()),
            width: screen.width.saturating_sub(3),
            height: screen.height.saturating_sub(HEAD + FOOT),
        };
        if screen.width >= BESIDE {
            let width = body.width * 3 / 5;
            let beside = Rect { x: body.x + width + 3, width: body.width.saturating_sub(width + 3), ..body };
            (Rect { width, ..body }, beside)
        } else {
            let height = body.height * 3 / 5;
            let below = Rect { y: body.y + height, height: body.height - height, ..body };
            (Rect { height: height.saturating_sub(1), ..body }, below)
        }
    }

    fn slide(&self) -> Option<(usize, &Slide)> {
        let at = self.talk.as_ref()?.slide.saturating_sub(1).min(self.slides.len().checked_sub(1)?);
        Some((at, &self.slides[at]))
    }

    fn layout(&self, context: &Context, width: u16) -> Layout<Place> {
        let notes = self.slide().map_or("", |(_, slide)| &slide.notes);
        Layout::new(&prose(context, notes), usize::from(width))
    }

    /// The number and title of the slide, and the time that has passed and that is left.
    fn draw_head(&self, context: &Context, talk: &TalkState, area: Rect, buffer: &mut Buffer) {
        let Some((at, slide)) = self.slide() else { return };
        let time = self.time(context, talk);
        let room = usize::from(area.width).saturating_sub(time.chars().count() + 3);
        let title = fitted(&format!(" {}/{} {}", at + 1, self.slides.len(), slide.title), room);
        buffer.set_line(area.x, area.y, &Line::styled(title, context.theme.style(Look::Title)), area.width);
        let time = Line::styled(time, context.theme.style(Look::Strong));
        let x = area.right().saturating_sub(time.width() as u16 + 1).max(area.x);
        buffer.set_line(x, area.y, &time, area.right() - x);
    }

    fn time(&self, context: &Context, talk: &TalkState) -> String {
        let Some(began) = talk.began.map(Moment) else { return "not begun".to_owned() };
        if !talk.running {
            return "the talk is over".to_owned();
        }
        let elapsed = context.now.since(began);
        let left = match talk.minutes.map(|minutes| Duration::from_secs(60 * u64::from(minutes))) {
            Some(planned) => match planned.checked_sub(elapsed) {
                Some(left) => format!(" · {} left", clock(left)),
                None => format!(" · {} over", clock(elapsed - planned)),
            },
            None => pace(elapsed, talk.slide, self.slides.len()),
        };
        clock(elapsed) + &left
    }

    /// The slide with its points, and the next one with its own.
    fn draw_slides(&self, context: &Context, talk: &TalkState, area: Rect, buffer: &mut Buffer) {
        let Some((at, slide)) = self.slide() else { return };
        let mut blocks: Vec<Block<Place>> = vec![Block::row(vec![Run::text("On the screen", Look::Heading)])];
        blocks.extend(points(slide, talk.points));
        blocks.push(Block::gap());
        match self.slides.get(at + 1) {
            Some(next) => {
                blocks.push(Block::paragraph(vec![
                    Run::text("Next ", Look::Heading),
                    Run::text(&*next.title, Look::Title),
                ]));
                blocks.extend(points(next, 0));
            }
            None => blocks.push(Block::row(vec![Run::text("This is the last slide.", Look::Heading)])),
        }
        Layout::new(&blocks, usize::from(area.width)).draw(area, buffer, &context.theme, 0, None, false);
    }
}

/// The points of a slide, those that the audience sees apart from those to come.
fn points(slide: &Slide, revealed: usize) -> impl Iterator<Item = Block<Place>> + '_ {
    slide.points.iter().enumerate().map(move |(at, point)| {
        let (bullet, look) = if at < revealed { ("• ", Look::Plain) } else { ("◦ ", Look::Faint) };
        Block::led(bullet, look, vec![Run::text(&**point, look)])
    })
}

/// The slides of the tour that a talk is on; none where the dataset has no such tour.
fn slides(context: &Context, talk: &TalkState) -> Vec<Slide> {
    let tour = tour::given(context.dataset, &talk.tour, &talk.stops);
    tour.map(|tour| tour::slides(context.dataset, &tour)).unwrap_or_default()
}

/// How long the rest takes if it goes on as it went; said once enough of it went.
fn pace(elapsed: Duration, slide: usize, slides: usize) -> String {
    let done = slide.saturating_sub(1) as u32;
    if done < 2 {
        return String::new();
    }
    let left = elapsed / done * slides.saturating_sub(slide - 1) as u32;
    format!(" · about {} min left at this pace", left.as_secs().div_ceil(60))
}

/// Minutes and seconds, with hours where there are any.
fn clock(time: Duration) -> String {
    let (minutes, seconds) = (time.as_secs() / 60, time.as_secs() % 60);
    match minutes / 60 {
        0 => format!("{minutes}:{seconds:02}"),
        hours => format!("{hours}:{:02}:{seconds:02}", minutes % 60),
    }
}
