//! The lists of the tabs 2 to 7: records of one or two kinds, narrowed to a group and sorted one way or another.

use std::cmp::Reverse;
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::branch::{Branch, group, groups, kinds};
use crate::action::Action;
use crate::context::Context;
use crate::dataset::{Entity, Kind, Record};
use crate::place::Tab;
use crate::theme::Look;
use crate::widgets::column;
use crate::widgets::row_list::{Cursor, RowList};
use crate::wording;

/// The narrowest list in which counts say what they count.
const WIDE: usize = 44;

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// By name.
    Name,
    /// The most linked first.
    Links,
    /// By date, the undated last.
    Date,
    /// As the file has them, which is the order of the source.
    Source,
}

impl Order {
    const ALL: [Order; 4] = [Order::Name, Order::Links, Order::Date, Order::Source];

    fn words(self) -> &'static str {
        match self {
            Order::Name => "by name",
            Order::Links => "most linked first",
            Order::Date => "by date",
            Order::Source => "as in the source",
        }
    }
}

/// The records of a tab.
#[derive(Debug, Clone, PartialEq)]
pub struct Catalogue {
    tab: Tab,
    branch: Branch,
    order: Order,
    records: Arc<[Record]>,
    cursor: Cursor,
}

impl Catalogue {
    /// The records of a tab, narrowed to a branch of the outline.
    pub fn new(context: &Context, tab: Tab, branch: Branch) -> Catalogue {
        let order = match tab {
            Tab::Figures => Order::Source,
            Tab::Map => Order::Links,
            _ => Order::Name,
        };
        let mut catalogue = Catalogue { tab, branch, order, records: Arc::default(), cursor: Cursor::default() };
        catalogue.fill(context);
        catalogue
    }

    /// Narrows the list to another branch.
    pub fn narrow(&mut self, context: &Context, branch: Branch) {
        if self.branch != branch {
            self.branch = branch;
            self.cursor = Cursor::default();
            self.fill(context);
        }
    }

    /// The record that is selected.
    pub fn selected(&self) -> Option<Record> {
        self.records.get(self.cursor.row).copied()
    }

    /// Says whether the cursor stands on a row that exists.
    pub fn stands(&self) -> bool {
        self.cursor.stands_in(self.records.len())
    }

    /// The records, in the order of the list.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// Selects a record, where the list holds it.
    pub fn select(&mut self, record: Record) {
        self.cursor.row = self.records.iter().position(|&row| row == record).unwrap_or(self.cursor.row);
    }

    /// How many there are and how they are sorted.
    pub fn caption(&self) -> String {
        let number = if self.tab == Tab::Figures { "amount" } else { "events" };
        format!("{} {} · {number}", self.records.len(), self.order.words())
    }

    /// Moves, and sorts another way.
    pub fn update(&mut self, context: &Context, action: Action, size: Rect) {
        match action {
            Action::Move(step) => {
                self.cursor.step(step, self.records.len(), usize::from(size.height), |_| true);
            }
            Action::Sort => {
                let selected = self.selected();
                let next = Order::ALL.iter().position(|&order| order == self.order).map_or(0, |at| at + 1);
                self.order = Order::ALL[next % Order::ALL.len()];
                self.fill(context);
                selected.into_iter().for_each(|record| self.select(record));
            }
            _ => {}
        }
    }

    fn fill(&mut self, context: &Context) {
        let groups = groups(context, self.tab);
        let all = kinds(self.tab).iter().flat_map(|&kind| context.dataset.records(kind));
        let mut records: Vec<Record> = match self.branch {
            Branch::Group(at) => all.filter(|&record| group(context, self.tab, record) == groups[at].0).collect(),
            Branch::Whole | Branch::Part(_) => all.collect(),
        };
        sort(context, &mut records, self.order);
        self.records = records.into();
    }

    /// Draws the list.
    pub fn draw(&self, context: &Context, area: Rect, buffer: &mut Buffer, focused: bool) {
        let rows = RowList { rows: self.records.len(), cursor: self.cursor, focused, theme: &context.theme };
        rows.draw(area, buffer, |row| line(context, self.records[row], usize::from(area.width)));
    }

    /// Lets a click select a row; says whether it met one.
    pub fn click(&mut self, at: Position, area: Rect) -> bool {
        self.cursor.click(at, area, self.records.len())
    }
}

fn sort(context: &Context, records: &mut [Record], order: Order) {
    let name = |record: &Record| context.dataset.name(*record).to_lowercase();
    match order {
        Order::Source => records.sort_by_key(|record| (context.dataset.about(*record).cites.first().copied(), *record)),
        Order::Name => records.sort_by_cached_key(name),
        Order::Links => {
            records.sort_by_cached_key(|record| (Reverse(context.dataset.event_count(*record)), name(record)))
        }
        Order::Date => records.sort_by_cached_key(|record| {
            let day = context.dataset.entity(*record).date().and_then(|date| date.first().or(date.last()));
            (day.is_none(), day, name(record))
        }),
    }
}

/// A record on one line: its mark, its name, and its number of events, or for a figure its amount.
fn line(context: &Context, record: Record, width: usize) -> Line<'static> {
    let theme = &context.theme;
    let mark = if context.is_marked(record) { "★ " } else { "  " };
    let number = match context.dataset.entity(record) {
        Entity::Figure(figure) => wording::amount(figure),
        _ => match context.dataset.event_count(record) {
            0 => String::new(),
            count if width < WIDE => count.to_string(),
            count => wording::counted(count, Kind::Event),
        },
    };
    let number = match record.kind {
        Kind::Place if number.is_empty() => "place".to_owned(),
        Kind::Place => format!("place · {number}"),
        _ => number,
    };
    let name = column(context.dataset.name(record), width.saturating_sub(3 + number.width()));
    Line::from(vec![
        Span::styled(mark, theme.style(Look::Accent)),
        Span::raw(name),
        Span::styled(format!(" {number}"), theme.style(Look::Faint)),
    ])
}
