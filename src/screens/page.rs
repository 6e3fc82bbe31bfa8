//! A page: the text of a place, with one of its links selected.

use std::cell::RefCell;
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::action::{Action, Request, Step};
use crate::context::Context;
use crate::dataset::Record;
use crate::pages;
use crate::place::Place;
use crate::widgets::rich_text::Layout;
use crate::widgets::row_list::scroll_bar;

/// The page of a place, how far it is scrolled, and which of its links is selected.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// What the page shows.
    pub place: Place,
    link: Option<usize>,
    top: usize,
    laid: Laid,
}

/// The page as it was last laid out, and what for: a key asks for it several times, and a long page takes long to make.
#[derive(Debug, Clone, Default)]
struct Laid(RefCell<Option<(Setting, Arc<Layout<Place>>)>>);

/// All that a page's text depends on, besides what is true.
#[derive(Debug, Clone, PartialEq)]
struct Setting {
    width: usize,
    marks: Vec<Record>,
    printed: bool,
}

impl PartialEq for Laid {
    /// What was laid out says nothing of the page.
    fn eq(&self, _: &Laid) -> bool {
        true
    }
}

impl Page {
    /// The page of a place, from its beginning.
    pub fn new(place: Place) -> Page {
        Page { place, link: None, top: 0, laid: Laid::default() }
    }

    /// The record that the page is about.
    pub fn record(&self) -> Option<Record> {
        match self.place {
            Place::Record(record) | Place::Source(record) => Some(record),
            Place::Tab(_) => None,
        }
    }

    /// The place that the selected link leads to.
    pub fn selected(&self, context: &Context, size: Rect) -> Option<Place> {
        let layout = self.layout(context, size);
        let link = layout.links.get(self.link?)?;
        self.shows(link.line, size).then_some(link.target)
    }

    /// Says whether the selected link exists, if one is selected.
    pub fn stands(&self, context: &Context, size: Rect) -> bool {
        self.link.is_none_or(|link| link < self.layout(context, size).links.len())
    }

    /// Selects the first link that leads to a record and brings it in sight.
    pub fn select(&mut self, context: &Context, record: Record, size: Rect) {
        let layout = self.layout(context, size);
        let found = layout.links.iter().position(|link| link.target == Place::Record(record));
        self.link = found.or(self.link);
        let line = self.link.map_or(0, |link| layout.links[link].last_line);
        self.top = self.top.max((line + 1).saturating_sub(usize::from(size.height)));
    }

    /// Moves over links and text, and opens the selected link.
    pub fn update(&mut self, context: &Context, action: Action, size: Rect) -> Option<Request> {
        match action {
            Action::Move(step) => self.go(&self.layout(context, size), step, size),
            Action::Open => return self.selected(context, size).map(Request::Open),
            _ => {}
        }
        None
    }

    /// Lets a click follow the link that stands there.
    pub fn click(&mut self, context: &Context, at: Position, area: Rect) -> Option<Request> {
        let layout = self.layout(context, area);
        let link = layout.link_at(at, area, self.top.min(lowest_top(&layout, area)))?;
        self.link = Some(link);
        Some(Request::Open(layout.links[link].target))
    }

    /// Scrolls by a line, whatever is selected.
    pub fn scroll(&mut self, context: &Context, step: Step, size: Rect) {
        let lowest = lowest_top(&self.layout(context, size), size);
        self.top = match step {
            Step::Previous => self.top.min(lowest).saturating_sub(1),
            _ => (self.top + 1).min(lowest),
        };
    }

    /// Draws the page.
    pub fn draw(&self, context: &Context, area: Rect, buffer: &mut Buffer, focused: bool) {
        let layout = self.layout(context, area);
        let top = self.top.min(lowest_top(&layout, area));
        let link = self.link.filter(|_| focused);
        layout.draw(area, buffer, &context.theme, top, link, focused);
        scroll_bar(area, buffer, &context.theme, layout.height(), top);
    }

    fn layout(&self, context: &Context, size: Rect) -> Arc<Layout<Place>> {
        let width = usize::from(size.width);
        let setting = Setting { width, marks: context.marks.clone(), printed: context.printed.is_some() };
        let mut laid = self.laid.0.borrow_mut();
        match &*laid {
            Some((own, layout)) if *own == setting => layout.clone(),
            _ => {
                let layout = Arc::new(Layout::new(&pages::blocks(context, self.place, width), width));
                *laid = Some((setting, layout.clone()));
                layout
            }
        }
    }

    fn shows(&self, line: usize, size: Rect) -> bool {
        (self.top..self.top + usize::from(size.height)).contains(&line)
    }

    fn go(&mut self, layout: &Layout<Place>, step: Step, size: Rect) {
        let (height, lowest) = (usize::from(size.height), lowest_top(layout, size));
        self.top = self.top.min(lowest);
        match step {
            Step::Next => self.next(layout, size),
            Step::Previous => self.previous(layout, size),
            Step::PageDown => self.turn((self.top + height.saturating_sub(2).max(1)).min(lowest), layout, size),
            Step::PageUp => self.turn(self.top.saturating_sub(height.saturating_sub(2).max(1)), layout, size),
            Step::First => (self.top, self.link) = (0, (!layout.links.is_empty()).then_some(0)),
            Step::Last => (self.top, self.link) = (lowest, layout.links.len().checked_sub(1)),
        }
    }

    /// The selected link, where it is in sight.
    fn visible_link(&self, layout: &Layout<Place>, size: Rect) -> Option<usize> {
        self.link.filter(|&link| layout.links.get(link).is_some_and(|link| self.shows(link.line, size)))
    }

    /// To the next link where it is in sight, else a line further down.
    fn next(&mut self, layout: &Layout<Place>, size: Rect) {
        let next = match self.visible_link(layout, size) {
            Some(link) => Some(link + 1),
            None => layout.links.iter().position(|link| link.line >= self.top),
        };
        let link = next.and_then(|link| layout.links.get(link));
        match link {
            Some(link) if self.shows(link.line, size) => {
                self.link = next;
                let overhang = (link.last_line + 1).saturating_sub(self.top + usize::from(size.height));
                self.top = (self.top + overhang).min(lowest_top(layout, size));
            }
            _ => self.top = (self.top + 1).min(lowest_top(layout, size)),
        }
    }

    /// To the link before where it is in sight, else a line further up.
    fn previous(&mut self, layout: &Layout<Place>, size: Rect) {
        let bottom = self.top + usize::from(size.height);
        let previous = match self.visible_link(layout, size) {
            Some(link) => link.checked_sub(1),
            None => layout.links.iter().rposition(|link| link.line < bottom),
        };
        match previous.and_then(|link| layout.links.get(link)) {
            Some(link) if self.shows(link.line, size) => self.link = previous,
            _ => self.top = self.top.saturating_sub(1),
        }
    }

    /// Scrolls by a page and selects the first link in sight.
    fn turn(&mut self, top: usize, layout: &Layout<Place>, size: Rect) {
        self.top = top;
        self.link = layout.links.iter().position(|link| self.shows(link.line, size)).or(self.link);
    }
}

/// How far a layout can be scrolled.
fn lowest_top(layout: &Layout<Place>, size: Rect) -> usize {
    layout.height().saturating_sub(usize::from(size.height))
}
