//! The timeline: events narrowed by a branch and by facets, as a list, as lanes or as a chart, above them how full each
//! stretch of time is. One event is selected, whichever way they are shown.

mod chart;
mod events;
mod lanes;
mod mouse;
mod rows;

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::branch::Branch;
use crate::action::{Action, Step};
use crate::context::Context;
use crate::dataset::{Dataset, Kind, Moments, Record};
use crate::keymap::Mode;
use crate::search::facet::{Choice, Facet};
use crate::theme::{Look, symbol};
use crate::widgets::chips;
use crate::widgets::fitted;
use crate::widgets::row_list::{Cursor, RowList};
use crate::widgets::time_axis::{Months, Scale, TimeAxis};
use crate::wording;

use chart::{Chart, Stacks};
use events::Events;
use lanes::{Lane, Lanes};
use rows::{Row, Rows};

/// The lowest pane in which the strip is drawn, and the lowest in which its bars are two lines high.
const LOWEST_FOR_STRIP: u16 = 12;
const LOWEST_FOR_HIGH_STRIP: u16 = 26;

/// The ways to show events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// One under the other.
    List,
    /// A row for each country.
    Lanes,
    /// Stacks by kind.
    Chart,
}

/// Some events in order of time, and the one that is selected.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    branch: Branch,
    choice: Choice,
    view: View,
    scale: Scale,
    /// The events of the branch, whatever is chosen.
    all: Arc<Moments>,
    rows: Arc<Rows>,
    axis: Arc<TimeAxis>,
    /// The bins that each stretch of time touches.
    bins: Arc<[Option<Bins>]>,
    chips: Arc<[String]>,
    lanes: Arc<[Lane]>,
    stacks: Arc<Stacks>,
    cursor: Cursor,
    lane: Cursor,
}

/// The months that an event may touch.
pub fn months(context: &Context, event: Record) -> Option<Months> {
    context.dataset.events[event.index()].date.as_ref()?.months()
}

/// The first and the last bin of an axis that something touches.
type Bins = (usize, usize);

/// The bins that each stretch of time touches; none for the undated.
fn bins(dataset: &Dataset, axis: &TimeAxis) -> Arc<[Option<Bins>]> {
    let stretches = dataset.columns().stretches.iter();
    let touched = |months| {
        let bins = axis.touched(months);
        (*bins.start(), *bins.end())
    };
    stretches.map(|stretch| stretch.months.map(touched)).collect()
}

/// The parts of the pane, from top to bottom: chips, strip, and the events.
struct Parts {
    chips: Rect,
    strip: Rect,
    body: Rect,
}

impl Timeline {
    /// The events of a branch of the outline, as a list by months.
    pub fn new(context: &Context, branch: Branch) -> Timeline {
        let mut timeline = Timeline {
            branch,
            choice: Choice::default(),
            view: View::List,
            scale: Scale::Month,
            all: Arc::default(),
            rows: Arc::default(),
            axis: Arc::default(),
            bins: Arc::default(),
            chips: Arc::default(),
            lanes: Arc::default(),
            stacks: Arc::default(),
            cursor: Cursor::default(),
            lane: Cursor::default(),
        };
        timeline.gather(context);
        timeline
    }

    /// Narrows the timeline to another branch of the outline; what is chosen beside it stays.
    pub fn narrow(&mut self, context: &Context, branch: Branch) {
        if self.branch != branch {
            self.branch = branch;
            self.cursor = Cursor::default();
            self.gather(context);
        }
    }

    /// Gathers the events of the branch.
    fn gather(&mut self, context: &Context) {
        self.all = Arc::new(self.branch.events(context.dataset));
        self.fill(context);
    }

    /// The facets that are chosen.
    pub fn choice(&self) -> &Choice {
        &self.choice
    }

    /// Chooses a facet, or takes the choice back.
    pub fn toggle(&mut self, context: &Context, facet: Facet) {
        self.choice.toggle(facet);
        self.fill(context);
    }

    /// Takes all choices back.
    pub fn clear(&mut self, context: &Context) {
        self.choice = Choice::default();
        self.fill(context);
    }

    /// All events of the branch, whatever is chosen.
    pub fn branch_events<'a>(&'a self, context: &'a Context) -> impl Iterator<Item = Record> + 'a {
        self.all.iter().map(|moment| context.dataset.chronology()[moment])
    }

    /// The event that is selected.
    pub fn selected(&self) -> Option<Record> {
        match self.rows.get(self.cursor.row) {
            Some(Row::Event(event)) => Some(event),
            _ => None,
        }
    }

    /// The events that are shown.
    fn events(&self) -> &Events {
        self.rows.events()
    }

    /// Says whether the cursors stand on an event, where there is one, and on the lane that holds it.
    pub fn stands(&self) -> bool {
        let holds = |event| self.lanes.get(self.lane.row).is_some_and(|lane| lane.events.contains(&event));
        match self.selected() {
            Some(event) => self.lanes.is_empty() || holds(event),
            None => self.events().is_empty(),
        }
    }

    /// The number of events.
    pub fn count(&self) -> usize {
        self.events().len()
    }

    /// What is shown and how, for the corner of the pane.
    pub fn caption(&self, context: &Context) -> String {
        let (shown, all) = (self.count(), context.dataset.events.len());
        let all_events = wording::counted(all, Kind::Event);
        let count =
            if shown == all { all_events } else { format!("{} of {all_events}", wording::thousands(shown as f64)) };
        format!("{count} · by {}", self.scale.word())
    }

    /// Selects an event, where the timeline holds it.
    pub fn select(&mut self, event: Record) {
        if let Some(row) = self.rows.position(event) {
            self.cursor.row = row;
            self.follow_with_lane();
        }
    }

    /// Moves over events and through time, and changes how they are shown.
    pub fn update(&mut self, context: &Context, action: Action, size: Rect) {
        let height = usize::from(self.parts(size).body.height);
        match action {
            Action::View => {
                self.view = match self.view {
                    View::List => View::Lanes,
                    View::Lanes => View::Chart,
                    View::Chart => View::List,
                };
                self.fill(context);
            }
            Action::Finer => self.rescale(context, self.scale.finer()),
            Action::Coarser => self.rescale(context, self.scale.coarser()),
            Action::Move(step) if self.view == View::Lanes => self.change_lane(context, step, height),
            Action::Fold if self.view == View::Lanes => self.walk_lane(context, false),
            Action::Unfold if self.view == View::Lanes => self.walk_lane(context, true),
            Action::Move(step) => self.go(step, height),
            Action::Fold => self.leap(context, false),
            Action::Unfold => self.leap(context, true),
            _ => {}
        }
    }

    fn rescale(&mut self, context: &Context, scale: Scale) {
        self.scale = scale;
        self.fill(context);
    }

    /// Gathers what is shown; the selected event stays selected where it still is.
    fn fill(&mut self, context: &Context) {
        let (dataset, selected) = (context.dataset, self.selected());
        let events = match self.choice.is_empty() {
            true => Events::new(dataset, &self.all),
            false => {
                let chosen = self.choice.narrow(context.facets(), self.branch_events(context));
                let moments = chosen.into_iter().map(|event| dataset.moment(event));
                Events::new(dataset, &Moments::some(dataset.events.len(), moments))
            }
        };
        let counts = dataset.columns().count_stretches(events.moments());
        self.axis = Arc::new(TimeAxis::new(&dataset.columns().months(&counts), self.scale));
        self.bins = bins(dataset, &self.axis);
        self.lanes = if self.view == View::Lanes { lanes::lanes(dataset, &events).into() } else { Arc::default() };
        self.stacks = Arc::new(match self.view {
            View::Chart => Stacks::new(dataset, &events, &self.axis),
            _ => Stacks::default(),
        });
        self.rows = Arc::new(Rows::new(context, events, self.scale));
        self.chips = self.chips(context).into();
        let kept = selected.and_then(|event| self.rows.position(event));
        self.cursor.row = kept.or_else(|| self.rows.position(self.events().get(0)?)).unwrap_or(0);
        self.follow_with_lane();
    }

    fn go(&mut self, step: Step, height: usize) {
        let rows = self.rows.clone();
        self.cursor.step(step, rows.len(), height, |row| rows.is_event(row));
    }

    /// The first bin that an event touches; `None` for the undated.
    fn start(&self, context: &Context, event: Record) -> Option<usize> {
        let dataset = context.dataset;
        self.bins[dataset.columns().stretch[dataset.moment(event)] as usize].map(|(start, _)| start)
    }

    /// To the first event of the next stretch of time, or of this one, or of the one before.
    fn leap(&mut self, context: &Context, onward: bool) {
        let Some(here) = self.selected().and_then(|event| self.events().position(event)) else { return };
        let start = |place: usize| self.events().get(place).map(|event| self.start(context, event));
        let begins = |&place: &usize| place == 0 || start(place) != start(place - 1);
        let found = match onward {
            true => (here + 1..self.events().len()).find(begins),
            false => (0..here).rev().find(begins),
        };
        let event = found.and_then(|place| self.events().get(place));
        self.cursor.row = event.and_then(|event| self.rows.position(event)).unwrap_or(self.cursor.row);
    }

    /// To another lane, there to the event that is nearest in time.
    fn change_lane(&mut self, context: &Context, step: Step, height: usize) {
        let before = self.lane.row;
        self.lane.step(step, self.lanes.len(), height.saturating_sub(1), |_| true);
        if self.lane.row == before {
            return;
        }
        let start = |event: Record| self.start(context, event).map(|bin| bin as i64);
        let here = self.selected().and_then(start);
        let distance = |event: Record| match (here, start(event)) {
            (Some(here), Some(there)) => (here - there).abs(),
            (None, None) => 0,
            _ => i64::MAX,
        };
        let nearest = self.lanes[self.lane.row].events.iter().copied().min_by_key(|&event| distance(event));
        nearest.into_iter().for_each(|event| self.select(event));
    }

    /// To the next event of the lane, or to the one before.
    fn walk_lane(&mut self, context: &Context, onward: bool) {
        let Some(lane) = self.lanes.get(self.lane.row) else { return };
        let at = self.selected().and_then(|event| lane.position(context.dataset, event));
        let next = at.and_then(|at| if onward { at.checked_add(1) } else { at.checked_sub(1) });
        if let Some(&event) = next.and_then(|next| lane.events.get(next)) {
            self.select(event);
        }
    }

    /// Lets the selected lane be one that holds the selected event.
    fn follow_with_lane(&mut self) {
        let Some((event, dataset)) = self.selected().zip(self.events().dataset()) else { return };
        let holds = |lane: &Lane| lane.position(dataset, event).is_some();
        if !self.lanes.get(self.lane.row).is_some_and(holds) {
            self.lane.row = self.lanes.iter().position(holds).unwrap_or(0);
        }
    }

    fn parts(&self, area: Rect) -> Parts {
        let chips = Rect { height: u16::from(!self.choice.is_empty()).min(area.height), ..area };
        let left = Rect { y: chips.bottom(), height: area.height - chips.height, ..area };
        let strip = match left.height {
            _ if self.view == View::Chart => 0,
            LOWEST_FOR_HIGH_STRIP.. => 4,
            LOWEST_FOR_STRIP.. => 3,
            _ => 0,
        };
        let gap = u16::from(strip > 0 && left.height >= LOWEST_FOR_HIGH_STRIP);
        let body = Rect { y: left.y + strip + gap, height: left.height - strip - gap, ..left };
        Parts { chips, strip: Rect { height: strip, ..left }, body }
    }

    /// Draws chips, strip and events.
    pub fn draw(&self, context: &Context, area: Rect, buffer: &mut Buffer, focused: bool) {
        let Parts { chips, strip, body } = self.parts(area);
        chips::draw(&self.chips, chips, buffer, &context.theme);
        let months = self.selected().and_then(|event| months(context, event));
        if self.events().is_empty() {
            return self.draw_nothing(context, body, buffer);
        }
        match self.view {
            View::List => {
                self.axis.draw(strip, buffer, &context.theme, months);
                let list = RowList { rows: self.rows.len(), cursor: self.cursor, focused, theme: &context.theme };
                let width = usize::from(body.width);
                let line = |row| self.rows.get(row).map(|row| rows::line(context, row, self.scale, width));
                list.draw(body, buffer, |row| line(row).unwrap_or_default());
            }
            View::Lanes => {
                let x = strip.x + lanes::label_width(usize::from(strip.width)) as u16 + 1;
                let under = Rect { x, width: lanes::axis_width(usize::from(strip.width)) as u16, ..strip };
                self.axis.draw(under.intersection(strip), buffer, &context.theme, months);
                let (lanes, axis, bins, selected) = (&*self.lanes, &*self.axis, &*self.bins, self.selected());
                Lanes { lanes, axis, bins, cursor: self.lane, selected, focused }.draw(context, body, buffer);
                self.draw_caption(context, body, buffer);
            }
            View::Chart => {
                let kind = self.selected().map(|event| context.dataset.events[event.index()].kind);
                let chart = Rect { height: body.height.saturating_sub(1), ..body };
                let selected = months.zip(kind);
                Chart { stacks: &self.stacks, axis: &self.axis, selected }.draw(context, chart, buffer);
                self.draw_caption(context, body, buffer);
            }
        }
    }

    /// The selected event in the last line, where the events have no lines of their own.
    fn draw_caption(&self, context: &Context, area: Rect, buffer: &mut Buffer) {
        let Some(record) = self.selected().filter(|_| area.height > 0) else { return };
        let event = &context.dataset.events[record.index()];
        let date = event.date.as_ref().map_or("undated".to_owned(), |date| date.short());
        let width = usize::from(area.width);
        let name = fitted(&event.about.name, width.saturating_sub(date.width() + 4));
        let line = Line::from(vec![
            Span::styled(format!("{} ", symbol(event.kind)), context.theme.style(Look::Accent)),
            Span::styled(name, context.theme.style(Look::Strong)),
            Span::styled(format!("  {date}"), context.theme.style(Look::Faint)),
        ]);
        buffer.set_line(area.x, area.bottom() - 1, &line, area.width);
    }

    /// Says that there is nothing, and without which choice there would be something.
    fn draw_nothing(&self, context: &Context, area: Rect, buffer: &mut Buffer) {
        let events: Vec<Record> = self.branch_events(context).collect();
        let advice = match self.choice.best_dropped(context.facets(), &events) {
            Some((facet, count)) => {
                let name = facet.name(context.dataset);
                vec![format!("Without “{name}”: {}.", wording::counted(count, Kind::Event))]
            }
            None => Vec::new(),
        };
        let key = |action| context.keymap.key(Mode::Timeline, action);
        let clear = (!self.choice.is_empty())
            .then(|| format!("{} changes the filter, {} clears it.", key(Action::Filter), key(Action::ClearFilter)));
        let nothing = if clear.is_some() { "No event fits." } else { "No event is stated here." };
        let lines = std::iter::once(nothing.to_owned()).chain(advice).chain(clear);
        for (line, y) in lines.zip(area.top()..area.bottom()) {
            buffer.set_stringn(area.x, y, &line, usize::from(area.width), context.theme.style(Look::Plain));
        }
    }

    /// The facets that are chosen, each with the number of events that it has a part in.
    fn chips(&self, context: &Context) -> Vec<String> {
        if self.choice.is_empty() {
            return Vec::new();
        }
        let events: Vec<Record> = self.branch_events(context).collect();
        let counts = self.choice.counts(context.facets(), &events);
        let chip = |facet: &Facet| format!("{} {}", facet.name(context.dataset), counts[facet]);
        self.choice.chosen().iter().map(chip).collect()
    }
}
