//! Floor 4: the explorer's screen: an outline, a list and a page side by side, each a room of its own; and, with rooms of
//! their own, the screens that are not the explorer's.

mod branch;
mod catalogue;
mod index;
mod map;
mod mouse;
pub mod notes;
mod outline;
mod page;
pub mod present;
pub mod study;
pub mod timeline;

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::action::{Action, Request};
use crate::context::Context;
use crate::dataset::{Kind, Record};
use crate::keymap::Mode;
use crate::place::{Place, Tab};
use crate::search::facet::Facet;
use crate::widgets::pane;

use branch::Branch;
use catalogue::Catalogue;
pub use index::Index;
use index::List;
use page::Page;
use timeline::Timeline;

/// The narrowest screen with three panes, in columns.
const THREE_PANES: u16 = 100;

/// The narrowest screen with two panes, in columns.
const TWO_PANES: u16 = 60;

/// The panes of a screen, from left to right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pane {
    /// The sections, or the groups of a list.
    Outline,
    /// The timeline, or a list.
    List,
    /// The page.
    Page,
}

const PANES: [Pane; 3] = [Pane::Outline, Pane::List, Pane::Page];

/// What joins an event to its likely follower: its mechanism, its first partner, or its first body.
fn thread(context: &Context, event: Record) -> Option<Record> {
    let event = &context.dataset.events[event.index()];
    let partner = context.partners(&event.countries).next();
    event.mechanism.or(partner).or(event.organisations.first().copied())
}

/// The records that a tab lists, in the order in which it first lists them.
pub fn listed(context: &Context, tab: Tab) -> Arc<[Record]> {
    match tab {
        Tab::Home => context.dataset.chronology().into(),
        tab => Catalogue::new(context, tab, Branch::Whole).records().into(),
    }
}

/// Some hundredths of a width.
fn share(width: u16, hundredths: u32) -> u16 {
    (u32::from(width) * hundredths / 100) as u16
}

/// A place that is open, with everything that the reader has set in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Screen {
    index: Index,
    page: Page,
    focus: Pane,
    zoomed: bool,
}

impl Screen {
    /// The screen that the program opens with.
    pub fn new(context: &Context) -> Screen {
        let index = Index::new(context, Tab::Home);
        Screen { index, page: Page::new(Place::Tab(Tab::Home)), focus: Pane::List, zoomed: false }
    }

    /// The place that is open.
    pub fn place(&self) -> Place {
        match self.focus {
            Pane::Page => self.page.place,
            Pane::Outline | Pane::List => Place::Tab(self.index.tab),
        }
    }

    /// The tab whose index is shown.
    pub fn tab(&self) -> Tab {
        self.index.tab
    }

    /// The index as it stands, to return to.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// The keys' mode of what has the focus.
    pub fn mode(&self) -> Mode {
        match self.focus {
            Pane::Outline => Mode::Outline,
            Pane::List => self.index.mode(),
            Pane::Page => Mode::Page,
        }
    }

    /// The record that the page shows.
    pub fn record(&self) -> Option<Record> {
        self.page.record()
    }

    /// The place that is selected: a link of the page, or what the list or outline stands on.
    pub fn selected(&self, context: &Context, area: Rect) -> Option<Place> {
        match self.focus {
            Pane::Page => self.page.selected(context, self.inner(area, Pane::Page)),
            Pane::List => self.index.selected().map(Place::Record),
            Pane::Outline => match self.index.outline.selected(context) {
                Branch::Part(record) => Some(Place::Record(record)),
                Branch::Whole | Branch::Group(_) => None,
            },
        }
    }

    /// Says whether every cursor stands on something that exists.
    pub fn stands(&self, context: &Context, area: Rect) -> bool {
        self.index.stands(context) && self.page.stands(context, self.inner(area, Pane::Page))
    }

    /// Opens a tab as it was left.
    pub fn open_index(&mut self, context: &Context, index: Index) {
        self.focus = index.focus;
        self.index = index;
        self.preview(context);
    }

    /// Goes back from the page to the index.
    pub fn focus_index(&mut self, context: &Context) {
        self.focus = self.index.focus;
        self.preview(context);
    }

    /// Opens a place's page; the list follows where it holds the record.
    pub fn open_page(&mut self, place: Place) {
        self.page = Page::new(place);
        self.focus = Pane::Page;
        self.page.record().into_iter().for_each(|record| self.index.select(record));
    }

    /// Selects the first link of the page that leads to a record.
    pub fn select_link(&mut self, context: &Context, record: Record, area: Rect) {
        let inner = self.inner(area, Pane::Page);
        self.page.select(context, record, inner);
    }

    /// Lets a zoomed pane go back to its place; `false` where none is.
    pub fn unzoom(&mut self) -> bool {
        std::mem::take(&mut self.zoomed)
    }

    /// The event that stands in the middle of attention, and the link that it may share with others: the selected link
    /// of an event's page, the page of a selected event, or what the event is most likely followed by.
    pub fn shared(&self, context: &Context, area: Rect) -> Option<(Record, Record)> {
        let event = |place: Option<Place>| match place {
            Some(Place::Record(record)) if record.kind == Kind::Event => Some(record),
            _ => None,
        };
        let selected = self.selected(context, area);
        let own = self.record().filter(|_| self.focus == Pane::Page);
        match (own, event(selected), selected) {
            (Some(own), None, Some(Place::Record(link))) if own.kind == Kind::Event => Some((own, link)),
            (Some(own), Some(event), _) if own.kind != Kind::Event => Some((event, own)),
            (Some(own), ..) if own.kind == Kind::Event => Some((own, thread(context, own)?)),
            (None, Some(event), _) => Some((event, thread(context, event)?)),
            _ => None,
        }
    }

    /// The timeline, where the index shows it.
    pub fn timeline(&self) -> Option<&Timeline> {
        match &self.index.list {
            List::Timeline(timeline) => Some(timeline),
            List::Catalogue(_) | List::Map(_) => None,
        }
    }

    /// Chooses a facet of the timeline or takes the choice back; without a facet, takes all choices back.
    pub fn choose(&mut self, context: &Context, facet: Option<Facet>) {
        let List::Timeline(timeline) = &mut self.index.list else { return };
        match facet {
            Some(facet) => timeline.toggle(context, facet),
            None => timeline.clear(context),
        }
        if self.focus != Pane::Page {
            self.preview(context);
        }
    }

    /// Lets an action change the pane that has the focus.
    pub fn update(&mut self, context: &Context, action: Action, area: Rect) -> Option<Request> {
        match action {
            Action::NextPane => self.turn(1),
            Action::PreviousPane => self.turn(self.all_panes().len() - 1),
            Action::Zoom => self.zoomed = !self.zoomed,
            Action::Open if self.focus != Pane::Page => return self.open_selected(context, area),
            _ => return self.update_pane(context, action, area),
        }
        None
    }

    fn open_selected(&mut self, context: &Context, area: Rect) -> Option<Request> {
        match self.selected(context, area) {
            Some(place) => Some(Request::Open(place)),
            None => {
                self.turn(1);
                None
            }
        }
    }

    fn update_pane(&mut self, context: &Context, action: Action, area: Rect) -> Option<Request> {
        let inner = self.inner(area, self.focus);
        match self.focus {
            Pane::Page => return self.page.update(context, action, inner),
            Pane::Outline => {
                let before = self.index.outline.selected(context);
                self.index.outline.update(context, action, inner);
                self.follow_outline(context, before);
            }
            Pane::List => {
                self.index.update(context, action, inner);
                self.preview(context);
            }
        }
        None
    }

    fn focus_pane(&mut self, pane: Pane) {
        self.focus = pane;
        if pane != Pane::Page {
            self.index.focus = pane;
        }
    }

    /// Narrows the list to the branch that the outline stands on now.
    fn follow_outline(&mut self, context: &Context, before: Branch) {
        let branch = self.index.outline.selected(context);
        if branch != before {
            self.index.narrow(context, branch);
        }
        self.preview(context);
    }

    /// Lets the page show what the index stands on.
    fn preview(&mut self, context: &Context) {
        let place = match (self.focus, self.index.outline.selected(context)) {
            (Pane::Outline, Branch::Part(record)) => Place::Record(record),
            (Pane::Outline, Branch::Whole) if self.index.tab == Tab::Home => Place::Tab(Tab::Home),
            (Pane::Outline, _) if self.index.tab == Tab::Figures => Place::Tab(Tab::Figures),
            _ => self.index.selected().map_or(Place::Tab(self.index.tab), Place::Record),
        };
        if self.page.place != place {
            self.page = Page::new(place);
        }
    }

    fn turn(&mut self, panes: usize) {
        let all = self.all_panes();
        let at = all.iter().position(|&pane| pane == self.focus).unwrap_or(0) + panes;
        self.focus_pane(all[at % all.len()]);
    }

    /// The panes of the tab: the map needs no outline, and takes its room.
    fn all_panes(&self) -> &'static [Pane] {
        if self.index.tab == Tab::Map { &PANES[1..] } else { &PANES }
    }

    /// The area of each pane that is shown.
    fn panes(&self, area: Rect) -> Vec<(Pane, Rect)> {
        let shown: &[Pane] = match area.width {
            _ if self.zoomed => &[self.focus],
            THREE_PANES.. => self.all_panes(),
            TWO_PANES.. => &[self.index.focus, Pane::Page],
            _ => &[self.focus],
        };
        let widths: Vec<u16> = match (shown.len(), area.width) {
            (3, width) => {
                let outline = share(width, 25).clamp(24, 44);
                let page = share(width - outline, 48).min(88);
                vec![outline, width - outline - page, page]
            }
            (2, width) if self.index.tab == Tab::Map => vec![share(width, 58), width - share(width, 58)],
            (2, width) => vec![share(width, 45), width - share(width, 45)],
            (_, width) => vec![width],
        };
        let mut x = area.x;
        let place = |(&pane, width): (&Pane, u16)| {
            let rect = Rect { x, width, ..area };
            x += width;
            (pane, rect)
        };
        shown.iter().zip(widths).map(place).collect()
    }

    /// The space within a pane; nothing where the pane is not shown.
    fn inner(&self, area: Rect, pane: Pane) -> Rect {
        let shown = self.panes(area).into_iter().find(|(shown, _)| *shown == pane);
        shown.map_or(Rect::ZERO, |(_, rect)| pane::inner(rect))
    }

    /// Draws the panes that fit.
    pub fn draw(&self, context: &Context, area: Rect, buffer: &mut Buffer) {
        for (pane, rect) in self.panes(area) {
            let focused = pane == self.focus;
            let (title, corner) = self.titles(context, pane);
            let inner = pane::draw(rect, buffer, &context.theme, focused, &title, &corner);
            match pane {
                Pane::Outline => self.index.outline.draw(context, inner, buffer, focused, self.record()),
                Pane::List => self.index.draw(context, inner, buffer, focused),
                Pane::Page => self.page.draw(context, inner, buffer, focused),
            }
        }
    }

    /// The title of a pane, and what stands in its lower corner.
    fn titles(&self, context: &Context, pane: Pane) -> (String, String) {
        match pane {
            Pane::Outline if self.index.tab == Tab::Home => ("Sections".to_owned(), String::new()),
            Pane::Outline => ("Groups".to_owned(), String::new()),
            Pane::List => self.index.titles(context),
            Pane::Page => {
                let title = match self.page.place {
                    Place::Tab(Tab::Figures) => "Charts",
                    Place::Tab(_) => "About",
                    Place::Source(_) => "Source",
                    Place::Record(record) => record.kind.title(),
                };
                (title.to_owned(), String::new())
            }
        }
    }
}
