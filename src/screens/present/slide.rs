//! One slide: its title in large letters, its points, what is shown beside them, and where the talk stands.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::Line;
use unicode_width::UnicodeWidthStr;

use super::frame::{self, Frame};
use super::{Seat, Talk, exhibit, points};
use crate::action::{Action, Step};
use crate::context::Context;
use crate::dataset::prose;
use crate::keymap::Mode;
use crate::state::Blank;
use crate::theme::Look;
use crate::tour::Slide;
use crate::widgets::lettering::{Lettering, Size};
use crate::widgets::rich_text::{Block, Layout, Run};
use crate::widgets::{fitted, key_hints};

/// The widest that the words under the title of a tour are set.
const SUBTITLE: u16 = 70;

/// Draws the slide on which a talk stands.
pub fn draw(talk: &Talk, context: &Context, area: Rect, buffer: &mut Buffer) {
    let frame = Frame::new(&talk.slides, context.ascii, area);
    let slide = &talk.slides[talk.standing.slide];
    match slide.at {
        None => draw_opening(slide, context, &frame, area, buffer),
        Some(record) => {
            draw_title(slide, context, &frame, buffer);
            let shown = slide.show.filter(|_| !frame.exhibit.is_empty());
            let drawn = shown.is_some_and(|show| exhibit::draw(show, context, record, frame.exhibit, buffer));
            let place = if drawn || frame.exhibit.is_empty() { frame.points } else { frame.alone() };
            let letters = frame.letters.is_some() && !context.ascii;
            points::draw(&slide.points, talk.standing.points, letters, &context.theme, place, buffer);
        }
    }
    draw_footer(talk, context, frame.footer, buffer);
}

/// Draws an empty screen: black or white, or without colours the terminal's own and its reverse.
pub fn draw_blank(blank: Blank, context: &Context, area: Rect, buffer: &mut Buffer) {
    let colourless = context.theme.style(Look::Accent).fg.is_none();
    let style = match blank {
        Blank::Black if colourless => Style::reset(),
        Blank::White if colourless => Style::reset().add_modifier(Modifier::REVERSED),
        Blank::Black => Style::reset().bg(Color::Black),
        Blank::White => Style::reset().bg(Color::White),
    };
    buffer.set_style(area, style);
}

fn draw_title(slide: &Slide, context: &Context, frame: &Frame, buffer: &mut Buffer) {
    let style = context.theme.style(Look::Title);
    let lettering = Lettering::new(&slide.title);
    match frame.letters.zip(lettering).filter(|(size, lettering)| lettering.width(*size) <= frame.title.width) {
        Some((size, lettering)) => lettering.draw(size, frame.title, buffer, style),
        None => {
            let row = frame.title.bottom().saturating_sub(1).max(frame.title.y);
            let title = fitted(&slide.title, usize::from(frame.title.width));
            buffer.set_stringn(frame.title.x, row, title, usize::from(frame.title.width), style);
        }
    }
}

/// The title of the tour, with what it shows, what it is taken from, and the keys.
fn draw_opening(slide: &Slide, context: &Context, frame: &Frame, area: Rect, buffer: &mut Buffer) {
    let inner = Rect { y: area.y, height: area.height.saturating_sub(1), ..frame.title };
    let letters = frame.letters.is_some();
    let sizes: &[Size] = if letters { frame::sizes(context.ascii) } else { &[] };
    let title = Passage::new(&slide.title, Look::Title, sizes, inner.width, inner.height * 2 / 5);
    let sizes: &[Size] = if letters && !context.ascii { &[Size::Large] } else { &[] };
    let summary = prose::plain(&slide.notes);
    let summary = Passage::new(&summary, Look::Plain, sizes, inner.width, inner.height * 2 / 5);
    let source = &context.dataset.source;
    let taken = [Some(&source.title), source.chapter.as_ref(), source.publisher.as_ref()];
    let taken: Vec<&str> = taken.into_iter().flatten().map(|text| &**text).collect();
    let taken = Passage::new(&taken.join(" · "), Look::Faint, &[], inner.width, inner.height);
    let rows = title.rows() + summary.rows() + taken.rows() + 2;
    let mut row = inner.y + inner.height.saturating_sub(rows) * 2 / 5;
    for passage in [title, summary, taken] {
        let place = Rect { y: row.min(inner.bottom()), height: inner.bottom().saturating_sub(row), ..inner };
        passage.draw(place, context, buffer);
        row += passage.rows() + 1;
    }
}

/// Some text of one look, in the largest letters that it fits in.
enum Passage {
    Plain(Layout<()>),
    Lettered(Vec<Lettering>, Size, Look),
}

impl Passage {
    /// The text in the first of some sizes in which it takes no more than so many columns and rows; plain otherwise.
    fn new(text: &str, look: Look, sizes: &[Size], width: u16, height: u16) -> Passage {
        let lettered = |size: &Size| {
            let lines = Lettering::wrapped(text, *size, width)?;
            (lines.len() as u16 * size.rows() <= height).then_some(Passage::Lettered(lines, *size, look))
        };
        let plain = || {
            let block = Block::paragraph(vec![Run::text(text, look)]);
            Passage::Plain(Layout::new(&[block], usize::from(width.clamp(1, SUBTITLE))))
        };
        sizes.iter().find_map(lettered).unwrap_or_else(plain)
    }

    fn rows(&self) -> u16 {
        match self {
            Passage::Plain(layout) => layout.height() as u16,
            Passage::Lettered(lines, size, _) => lines.len() as u16 * size.rows(),
        }
    }

    fn draw(&self, area: Rect, context: &Context, buffer: &mut Buffer) {
        match self {
            Passage::Plain(layout) => layout.draw(area, buffer, &context.theme, 0, None, false),
            Passage::Lettered(lines, size, look) => {
                for (at, line) in lines.iter().enumerate() {
                    let down = at as u16 * size.rows();
                    let place = Rect { y: area.y + down, height: area.height.saturating_sub(down), ..area };
                    line.draw(*size, place, buffer, context.theme.style(*look));
                }
            }
        }
    }
}

/// What there is to say to who looks at the talk, and at the right where the talk stands.
fn draw_footer(talk: &Talk, context: &Context, area: Rect, buffer: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let right = Line::styled(standing(talk, context), context.theme.style(Look::Faint));
    let room = usize::from(area.width).saturating_sub(right.width() + 2);
    buffer.set_line(area.x, area.y, &said(talk, context, room), room as u16);
    let x = area.right().saturating_sub(right.width() as u16).max(area.x);
    buffer.set_line(x, area.y, &right, area.right() - x);
}

/// The number of the slide that is typed, or of the one that is shown, with the time where that is wanted.
fn standing(talk: &Talk, context: &Context) -> String {
    if !talk.typed.is_empty() {
        return format!("to slide {}", talk.typed);
    }
    let time = talk.timer.then(|| timer(talk, context));
    let audience = match talk.seat {
        Seat::Speaker(Some(watching)) => Some(format!("{watching} watching")),
        Seat::Speaker(None) | Seat::Live | Seat::After | Seat::Behind(_) => None,
    };
    let slide = format!("{}/{}", talk.standing.slide + 1, talk.slides.len());
    [time, audience, Some(slide)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The keys of who has a use for them, else which tour this is.
fn said(talk: &Talk, context: &Context, room: usize) -> Line<'static> {
    let key = |action| context.keymap.key(Mode::Watch, action);
    let keys = |mode| key_hints::line(&context.keymap, mode, &context.theme, room);
    match (talk.seat, talk.slides[talk.standing.slide].at) {
        (Seat::Behind(live), _) => {
            let short = format!("Looking back; {} returns to slide {live}", key(Action::Live));
            note(&[&format!("{short}, which is shown now."), &format!("{short}.")], context, room)
        }
        (Seat::After, _) => {
            let (back, explore, leave) = (Action::Move(Step::Previous), Action::Digress, Action::Quit);
            let (back, explore, leave) = (key(back), key(explore), key(leave));
            let long = format!("The talk is over. {back} looks back, {explore} explores, {leave} leaves.");
            note(&[&long, &format!("The talk is over. {leave} leaves.")], context, room)
        }
        (Seat::Live, _) => keys(Mode::Watch),
        (Seat::Speaker(_), None) if talk.began.is_none() => keys(Mode::Present),
        (Seat::Speaker(_), None) => Line::default(),
        (Seat::Speaker(_), Some(_)) => {
            Line::styled(fitted(&talk.tour.about.name, room), context.theme.style(Look::Faint))
        }
    }
}

/// The first of some wordings, the longest first, that there is room for.
fn note(wordings: &[&str], context: &Context, room: usize) -> Line<'static> {
    let fits = wordings.iter().find(|words| words.width() <= room).or(wordings.last());
    Line::styled(fitted(fits.copied().unwrap_or_default(), room), context.theme.style(Look::Note))
}

/// How long the talk has lasted, in full minutes.
fn timer(talk: &Talk, context: &Context) -> String {
    let minutes = talk.began.map_or(0, |began| context.now.since(began).as_secs() / 60);
    match talk.minutes {
        Some(planned) => format!("{minutes} of {planned} min"),
        None => format!("{minutes} min"),
    }
}
