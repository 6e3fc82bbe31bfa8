//! The outline on the left: the sections and paragraphs of the source, or the groups of a list.

use std::collections::BTreeSet;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::branch::{self, Branch};
use crate::action::{Action, Step};
use crate::context::Context;
use crate::dataset::{Kind, Record};
use crate::place::Tab;
use crate::theme::Look;
use crate::widgets::row_list::{Cursor, RowList};
use crate::widgets::{column, fitted, wrapped};

/// The outline of a tab, its folds and its cursor.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    tab: Tab,
    folded: BTreeSet<Record>,
    cursor: Cursor,
}

impl Outline {
    /// The outline of a tab, all unfolded.
    pub fn new(tab: Tab) -> Outline {
        Outline { tab, folded: BTreeSet::new(), cursor: Cursor::default() }
    }

    /// The row that is selected.
    pub fn selected(&self, context: &Context) -> Branch {
        self.rows(context).get(self.cursor.row).copied().unwrap_or(Branch::Whole)
    }

    /// Says whether the cursor stands on a row that exists.
    pub fn stands(&self, context: &Context) -> bool {
        self.cursor.stands_in(self.rows(context).len())
    }

    /// Moves, folds and unfolds.
    pub fn update(&mut self, context: &Context, action: Action, size: Rect) {
        match action {
            Action::Move(step) => self.go(context, step, size),
            Action::Fold => self.fold(context),
            Action::Unfold => self.unfold(context, size),
            _ => {}
        }
    }

    fn go(&mut self, context: &Context, step: Step, size: Rect) {
        self.cursor.step(step, self.rows(context).len(), usize::from(size.height), |_| true);
    }

    /// Lets a click select a row; says whether it met one.
    pub fn click(&mut self, context: &Context, at: Position, area: Rect) -> bool {
        let lines = self.lines(context, area, &[]);
        if lines.len() > usize::from(area.height) {
            return self.cursor.click(at, area, lines.len());
        }
        let met = area.contains(at).then(|| lines.get(usize::from(at.y - area.y))).flatten();
        self.cursor.row = met.map_or(self.cursor.row, |(row, _)| *row);
        met.is_some()
    }

    /// Folds the section, or goes up to it from a paragraph.
    fn fold(&mut self, context: &Context) {
        let Branch::Part(record) = self.selected(context) else { return };
        if record.kind == Kind::Section && self.folded.insert(record) {
            return;
        }
        let parent = match record.kind {
            Kind::Paragraph => Branch::Part(context.dataset.paragraphs[record.index()].section),
            _ => Branch::Whole,
        };
        self.cursor.row = self.rows(context).iter().position(|&row| row == parent).unwrap_or(0);
    }

    /// Unfolds the section, or goes to its first paragraph.
    fn unfold(&mut self, context: &Context, size: Rect) {
        if let Branch::Part(record) = self.selected(context)
            && !self.folded.remove(&record)
            && record.kind == Kind::Section
        {
            self.go(context, Step::Next, size);
        }
    }

    fn rows(&self, context: &Context) -> Vec<Branch> {
        let mut rows = vec![Branch::Whole];
        if self.tab != Tab::Home {
            rows.extend((0..branch::groups(context, self.tab).len()).map(Branch::Group));
            return rows;
        }
        for (index, section) in context.dataset.sections.iter().enumerate() {
            let record = Record::new(Kind::Section, index);
            rows.push(Branch::Part(record));
            if !self.folded.contains(&record) {
                rows.extend(section.paragraphs.iter().map(|&paragraph| Branch::Part(paragraph)));
            }
        }
        rows
    }

    /// Draws the outline; `open` is the record that is open, whose paragraphs are marked.
    pub fn draw(&self, context: &Context, area: Rect, buffer: &mut Buffer, focused: bool, open: Option<Record>) {
        let here: Vec<u32> = open.map(|record| context.dataset.about(record).cites.to_vec()).unwrap_or_default();
        let lines = self.lines(context, area, &here);
        if lines.len() > usize::from(area.height) {
            let list = RowList { rows: lines.len(), cursor: self.cursor, focused, theme: &context.theme };
            return list.draw(area, buffer, |row| lines[row].1.clone());
        }
        for ((row, line), y) in lines.iter().zip(area.top()..) {
            buffer.set_line(area.x, y, line, area.width);
            if *row == self.cursor.row {
                let style = context.theme.selection(focused);
                buffer.set_style(Rect { y, height: 1, ..area }, style);
            }
        }
    }

    /// The lines of the outline, each with the row that it belongs to.
    fn lines(&self, context: &Context, area: Rect, here: &[u32]) -> Vec<(usize, Line<'static>)> {
        let rows = self.rows(context);
        let width = usize::from(area.width);
        let names = self.section_names(context, rows.len(), area);
        let groups = branch::groups(context, self.tab);
        let lines = |row: &Branch| match *row {
            Branch::Whole => vec![counted_line(context, "Everything", self.whole_count(context), Look::Strong, width)],
            Branch::Group(group) => {
                let (name, count) = &groups[group];
                vec![counted_line(context, &format!("  {name}"), *count, Look::Plain, width)]
            }
            Branch::Part(record) if record.kind == Kind::Section => {
                self.section_lines(context, record, &names[record.index()], width)
            }
            Branch::Part(record) => vec![paragraph_line(context, record, here, width)],
        };
        let numbered = rows.iter().enumerate();
        numbered.flat_map(|(row, branch)| lines(branch).into_iter().map(move |line| (row, line))).collect()
    }

    /// The lines of the name of each section: several where there is room for all, and one, to be cut, where there is
    /// not.
    fn section_names(&self, context: &Context, rows: usize, area: Rect) -> Vec<Vec<String>> {
        if self.tab != Tab::Home {
            return Vec::new();
        }
        let dataset = context.dataset;
        let width = usize::from(area.width);
        let wrapped = |record: Record| {
            let (lead, events) = self.section_lead(context, record);
            let beside_count = width.saturating_sub(lead.width() + events.to_string().width() + 1);
            wrapped(dataset.name(record), beside_count, width.saturating_sub(lead.width()))
        };
        let names: Vec<Vec<String>> = dataset.records(Kind::Section).map(wrapped).collect();
        let further: usize = names.iter().map(|name| name.len().saturating_sub(1)).sum();
        if rows + further <= usize::from(area.height) {
            return names;
        }
        dataset.records(Kind::Section).map(|record| vec![dataset.name(record).to_string()]).collect()
    }

    fn whole_count(&self, context: &Context) -> usize {
        match self.tab {
            Tab::Home => context.dataset.events.len(),
            tab => branch::kinds(tab).iter().map(|&kind| context.dataset.count(kind)).sum(),
        }
    }

    /// What stands before the name of a section, and the number of its events.
    fn section_lead(&self, context: &Context, record: Record) -> (String, usize) {
        let sign = if self.folded.contains(&record) { '▸' } else { '▾' };
        let number = context.dataset.sections[record.index()].number;
        (format!("{sign} {number} "), context.dataset.columns().in_section(record))
    }

    /// A section with its name and the number of its events.
    fn section_lines(&self, context: &Context, record: Record, name: &[String], width: usize) -> Vec<Line<'static>> {
        let (lead, events) = self.section_lead(context, record);
        let below = " ".repeat(lead.width());
        let Some((first, further)) = name.split_first() else { return Vec::new() };
        let first = counted_line(context, &format!("{lead}{first}"), events, Look::Strong, width);
        let further =
            further.iter().map(|text| Line::styled(format!("{below}{text}"), context.theme.style(Look::Strong)));
        std::iter::once(first).chain(further).collect()
    }
}

fn paragraph_line(context: &Context, record: Record, here: &[u32], width: usize) -> Line<'static> {
    let paragraph = &context.dataset.paragraphs[record.index()];
    let mark = if here.contains(&paragraph.number) { "›" } else { " " };
    let number = format!("{:>3} ", paragraph.number);
    let left = width.saturating_sub(5);
    let text = context.dataset.opening(record, left);
    Line::from(vec![
        Span::styled(mark, context.theme.style(Look::Title)),
        Span::styled(number, context.theme.style(Look::Accent)),
        Span::styled(fitted(&text, left), context.theme.style(Look::Plain)),
    ])
}

/// A label with a count at the right edge.
fn counted_line(context: &Context, label: &str, count: usize, look: Look, width: usize) -> Line<'static> {
    let count = if count == 0 { String::new() } else { count.to_string() };
    let label = column(label, width.saturating_sub(count.width() + 1));
    Line::from(vec![
        Span::styled(label, context.theme.style(look)),
        Span::styled(format!(" {count}"), context.theme.style(Look::Faint)),
    ])
}
