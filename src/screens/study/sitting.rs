//! A session on the screen: the card that is asked, how it is answered, and what was done so far.

use crossterm::event::{Event, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use tui_input::Input;
use tui_input::backend::crossterm::EventHandler;

use super::face::{Face, Sheet};
use crate::action::{Action, Step};
use crate::context::Context;
use crate::keymap::Mode;
use crate::study::choices::choices;
use crate::study::session::{Left, Manner};
use crate::study::typed::verdict;
use crate::study::{Card, Deed, Grade, Progress, Session, Stamp};
use crate::theme::Look;
use crate::widgets::fitted;
use crate::widgets::rich_text::Layout;
use crate::widgets::row_list::scroll_bar;
use crate::wording;

/// The rows that a card usually needs.
const USUAL: u16 = 18;

/// What was done in this session, so that it can be taken back.
#[derive(Debug, Clone, Copy)]
struct Done {
    place: usize,
    at: Stamp,
    deed: Deed,
}

/// A session on the screen.
#[derive(Debug)]
pub struct Sitting {
    name: String,
    /// The session itself.
    pub session: Session,
    card: Option<usize>,
    face: Face,
    /// When the next card is due, where none is now.
    later: Option<i64>,
    done: Vec<Done>,
    /// Whether answers to choose from are wanted, but the card has none.
    is_lacking_choices: bool,
    top: usize,
}

impl Sitting {
    /// A session before its first card.
    pub fn new(name: String, session: Session) -> Sitting {
        Sitting {
            name,
            session,
            card: None,
            face: Face::Question,
            later: None,
            done: Vec::new(),
            is_lacking_choices: false,
            top: 0,
        }
    }

    /// What the deck is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The card that is asked, by its place among all cards.
    pub fn card(&self) -> Option<usize> {
        self.card
    }

    /// When the next card is due, where none is now, in milliseconds of UTC.
    pub fn later(&self) -> Option<i64> {
        self.later
    }

    /// What the keys mean now.
    pub fn mode(&self) -> Mode {
        match &self.face {
            _ if self.card.is_none() => Mode::Pause,
            Face::Question => Mode::Question,
            Face::Choice { .. } => Mode::Choice,
            Face::Typing(_) => Mode::Typing,
            Face::Answer { .. } => Mode::Answer,
        }
    }

    /// Says whether the card that is asked is one of so many, and the answer that is selected one of those offered.
    pub fn stands(&self, cards: usize) -> bool {
        let offered = match &self.face {
            Face::Choice { choices, row } => *row < choices.len(),
            Face::Question | Face::Typing(_) | Face::Answer { .. } => true,
        };
        offered && self.card.is_none_or(|card| card < cards)
    }

    /// Asks a card: with answers to choose from where that is wanted and there are any.
    pub fn ask(&mut self, context: &Context, cards: &[Card], progress: &Progress, place: usize, choosing: bool) {
        let card = &cards[place];
        let seed = u64::from(progress.standing(card.key).reviews) + self.session.answered.len() as u64;
        let offered = choosing.then(|| choices(context.dataset, card, seed)).flatten();
        self.is_lacking_choices = choosing && offered.is_none();
        self.face = offered.map_or(Face::Question, |choices| Face::Choice { choices, row: 0 });
        (self.card, self.later, self.top) = (Some(place), None, 0);
    }

    /// Waits until a moment.
    pub fn wait(&mut self, due: i64) {
        (self.card, self.later) = (None, Some(due));
    }

    /// Lets an action change the card; answers the grade that was given.
    pub fn update(&mut self, context: &Context, card: &Card, action: Action, area: Rect) -> Option<Grade> {
        let height = usize::from(area.height);
        match (&mut self.face, action) {
            (Face::Answer { .. }, Action::Grade(grade)) => return Some(grade),
            (Face::Answer { suggested, .. }, Action::Open) => return Some(*suggested),
            (Face::Answer { .. }, Action::Move(Step::Next)) => {
                let rows = self.layout(context, card, None, area.width).height();
                self.top = (self.top + 1).min(rows.saturating_sub(height));
            }
            (Face::Answer { .. }, Action::Move(_)) => self.top = self.top.saturating_sub(1),
            (Face::Question, Action::Open) => self.show(Face::shown()),
            (Face::Question | Face::Choice { .. }, Action::Type) => self.face = Face::Typing(Input::default()),
            (Face::Typing(_), Action::Close) => self.face = Face::Question,
            (Face::Typing(input), Action::Open) => {
                let typed = input.value().trim().to_owned();
                let verdict = verdict(context.dataset, card, &typed);
                self.show(if typed.is_empty() { Face::shown() } else { Face::typed(typed, verdict) });
            }
            (Face::Choice { choices, row }, Action::Move(step)) => {
                let last = choices.len().saturating_sub(1);
                *row = if step == Step::Next { (*row + 1).min(last) } else { row.saturating_sub(1) };
            }
            (Face::Choice { choices, row }, Action::Open | Action::Digit(_)) => {
                let chosen = match action {
                    Action::Digit(digit) => usize::from(digit).wrapping_sub(1),
                    _ => *row,
                };
                if chosen < choices.len() {
                    let choices = std::mem::take(choices);
                    let right = choices[chosen] == card.answer;
                    self.show(Face::chosen(choices, chosen, right));
                }
            }
            _ => {}
        }
        None
    }

    fn show(&mut self, face: Face) {
        (self.face, self.top) = (face, 0);
    }

    /// Edits the answer that is typed.
    pub fn edit(&mut self, key: KeyEvent) {
        if let Face::Typing(input) = &mut self.face {
            input.handle_event(&Event::Key(key));
        }
    }

    /// Takes note of what was done with the card.
    pub fn done(&mut self, at: Stamp, deed: Deed) {
        let Some(place) = self.card else { return };
        if let Deed::Review { grade, .. } = deed {
            self.session.answer(place, grade);
        }
        self.done.push(Done { place, at, deed });
    }

    /// What was done last, where it can be taken back.
    pub fn last_done(&self) -> Option<(Stamp, Deed)> {
        self.done.last().map(|done| (done.at, done.deed))
    }

    /// Takes back what was done last; answers its card.
    pub fn take_back(&mut self) -> Option<usize> {
        let done = self.done.pop()?;
        if matches!(done.deed, Deed::Review { .. }) {
            self.session.take_back();
        }
        Some(done.place)
    }

    /// How many cards are left, in words: "8 due · 3 learning · 12 new".
    pub fn left(&self, cards: &[Card], progress: &Progress, now: Stamp) -> String {
        let Left { new, learning, due } = self.session.left(cards, progress, now);
        if self.session.manner == Manner::Cram {
            return format!("{due} left");
        }
        let counts = [(due, "due"), (learning, "learning"), (new, "new")].into_iter().filter(|(count, _)| *count > 0);
        counts.map(|(count, word)| format!("{count} {word}")).collect::<Vec<_>>().join(" · ")
    }

    fn layout(&self, context: &Context, card: &Card, progress: Option<&Progress>, width: u16) -> Layout<Action> {
        let width = usize::from(width);
        let sheet = Sheet {
            context,
            card,
            standing: progress.map(|progress| progress.standing(card.key)).unwrap_or_default(),
            scheduler: progress
                .map(|progress| &progress.scheduler)
                .filter(|_| self.session.manner == Manner::Scheduled),
            is_lacking_choices: self.is_lacking_choices,
            width,
        };
        Layout::new(&sheet.blocks(&self.face), width)
    }

    /// Draws the card, or how long there is none.
    pub fn draw(&self, context: &Context, cards: &[Card], progress: &Progress, area: Rect, buffer: &mut Buffer) {
        let Some(place) = self.card else {
            let minutes = self.later.map_or(0, |due| (due - context.stamp().utc_ms).max(0) / 60_000 + 1);
            let told = format!("Nothing more for now. The next card comes in {}.", wording::minutes(minutes as f64));
            let told = fitted(&told, usize::from(area.width));
            buffer.set_stringn(area.x, area.y, told, usize::from(area.width), context.theme.style(Look::Plain));
            return;
        };
        let layout = self.layout(context, &cards[place], Some(progress), area.width);
        let (area, top) = self.seen(&layout, area);
        let layout = layout.with_hidden_links();
        layout.draw(area, buffer, &context.theme, top, None, true);
        scroll_bar(area, buffer, &context.theme, layout.height(), top);
    }

    /// Where the card stands, and the first of its lines that is seen.
    fn seen(&self, layout: &Layout<Action>, area: Rect) -> (Rect, usize) {
        let area = lowered(area, layout.height());
        let lowest = layout.height().saturating_sub(usize::from(area.height));
        // What was just shown stands at the end; where not all fits, the end is what matters.
        let top = match self.face {
            Face::Answer { .. } => lowest.saturating_sub(self.top),
            _ => self.top.min(lowest),
        };
        (area, top)
    }

    /// What a click means: the choice or grade it hits; on a question, that the answer is to be shown.
    pub fn click(
        &self,
        context: &Context,
        card: &Card,
        progress: &Progress,
        at: Position,
        area: Rect,
    ) -> Option<Action> {
        if !area.contains(at) {
            return None;
        }
        let layout = self.layout(context, card, Some(progress), area.width);
        let (area, top) = self.seen(&layout, area);
        let hit = layout.link_at(at, area, top).map(|link| layout.links[link].target);
        hit.or((self.mode() == Mode::Question).then_some(Action::Open))
    }
}

/// On a high screen a card stands lower, nearer to where eyes rest; its question does not move when the answer shows.
fn lowered(area: Rect, rows: usize) -> Rect {
    let spare = usize::from(area.height).saturating_sub(rows);
    let by = (area.height.saturating_sub(USUAL) / 3).min(u16::try_from(spare).unwrap_or(0));
    Rect { y: area.y + by, height: area.height - by, ..area }
}
