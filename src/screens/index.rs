//! The index of a tab: its outline and what the middle pane lists, as they were left.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Pane;
use super::branch::Branch;
use super::catalogue::Catalogue;
use super::map::WorldScreen;
use super::outline::Outline;
use super::timeline::Timeline;
use crate::action::Action;
use crate::context::Context;
use crate::dataset::Record;
use crate::keymap::Mode;
use crate::place::Tab;

/// What the middle pane lists.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum List {
    Timeline(Timeline),
    Catalogue(Catalogue),
    Map(WorldScreen),
}

/// The outline and the list of a tab, as they were left.
#[derive(Debug, Clone, PartialEq)]
pub struct Index {
    pub(super) tab: Tab,
    pub(super) outline: Outline,
    pub(super) list: List,
    pub(super) focus: Pane,
}

impl Index {
    /// A tab as it first opens.
    pub fn new(context: &Context, tab: Tab) -> Index {
        let list = match tab {
            Tab::Home => List::Timeline(Timeline::new(context, Branch::Whole)),
            Tab::Map => List::Map(WorldScreen::new(context)),
            _ => List::Catalogue(Catalogue::new(context, tab, Branch::Whole)),
        };
        // The figures open with their charts, which the outline stands for as a whole.
        let focus = if tab == Tab::Figures { Pane::Outline } else { Pane::List };
        Index { tab, outline: Outline::new(tab), list, focus }
    }

    pub(super) fn selected(&self) -> Option<Record> {
        match &self.list {
            List::Timeline(timeline) => timeline.selected(),
            List::Catalogue(catalogue) => catalogue.selected(),
            List::Map(map) => map.selected(),
        }
    }

    /// Says whether every cursor stands on a row that exists.
    pub(super) fn stands(&self, context: &Context) -> bool {
        let list = match &self.list {
            List::Timeline(timeline) => timeline.stands(),
            List::Catalogue(catalogue) => catalogue.stands(),
            List::Map(map) => map.stands(),
        };
        list && self.outline.stands(context)
    }

    pub(super) fn select(&mut self, record: Record) {
        match &mut self.list {
            List::Timeline(timeline) => timeline.select(record),
            List::Catalogue(catalogue) => catalogue.select(record),
            List::Map(map) => map.select(record),
        }
    }

    /// Lets a click select what stands there; says whether it is a row, which a second click opens.
    pub(super) fn click(&mut self, context: &Context, at: Position, area: Rect) -> bool {
        match &mut self.list {
            List::Timeline(timeline) => timeline.click(context, at, area),
            List::Catalogue(catalogue) => catalogue.click(at, area),
            List::Map(map) => map.click(context, at, area),
        }
    }

    pub(super) fn narrow(&mut self, context: &Context, branch: Branch) {
        match &mut self.list {
            List::Timeline(timeline) => timeline.narrow(context, branch),
            List::Catalogue(catalogue) => catalogue.narrow(context, branch),
            List::Map(_) => {}
        }
    }

    /// Lets an action change the list.
    pub(super) fn update(&mut self, context: &Context, action: Action, area: Rect) {
        match &mut self.list {
            List::Timeline(timeline) => timeline.update(context, action, area),
            List::Catalogue(catalogue) => catalogue.update(context, action, area),
            List::Map(map) => map.update(context, action, area),
        }
    }

    /// Draws the list.
    pub(super) fn draw(&self, context: &Context, area: Rect, buffer: &mut Buffer, focused: bool) {
        match &self.list {
            List::Timeline(timeline) => timeline.draw(context, area, buffer, focused),
            List::Catalogue(catalogue) => catalogue.draw(context, area, buffer, focused),
            List::Map(map) => map.draw(context, area, buffer, focused),
        }
    }

    /// The keys' mode of the list.
    pub(super) fn mode(&self) -> Mode {
        match self.list {
            List::Timeline(_) => Mode::Timeline,
            List::Catalogue(_) => Mode::List,
            List::Map(_) => Mode::Map,
        }
    }

    /// The title of the list, and what stands in its lower corner.
    pub(super) fn titles(&self, context: &Context) -> (String, String) {
        let caption = match &self.list {
            List::Timeline(timeline) => timeline.caption(context),
            List::Catalogue(catalogue) => catalogue.caption(),
            List::Map(map) => map.caption(),
        };
        (self.tab.name().to_owned(), caption)
    }
}
