//! The search palette: a line to type in, the hits by kind with the letters that matched, and the record beside them.

use std::sync::Arc;

use crossterm::event::{Event, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use tui_input::backend::crossterm::EventHandler;
use tui_input::{Input, InputRequest};
use unicode_width::UnicodeWidthStr;

use super::{most, peek};
use crate::action::{Action, Request, Step};
use crate::context::Context;
use crate::dataset::{Clean, Entity, Kind, Record, prose};
use crate::keymap::Mode;
use crate::place::Place;
use crate::search::{Hit, Results};
use crate::theme::{Look, symbol};
use crate::widgets::rich_text::Layout;
use crate::widgets::row_list::{Cursor, RowList};
use crate::widgets::{fitted, pane};
use crate::wording;

/// The columns of the window's content, where the screen has them.
const WIDTH: u16 = 110;

/// The most rows of the window's content.
const HIGHEST: u16 = 32;

/// The narrowest content beside which the record is previewed.
const PREVIEW: u16 = 84;

/// The rows above the hits: the query, and the line that says how many there are.
const HEAD: u16 = 3;

/// The most letters that are taken from a paste; a query of more is cut anyway.
const LONGEST_PASTE: usize = 256;

/// A row of the list of hits.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Row {
    /// A kind, and how many of it were found.
    Heading(Kind, usize),
    /// The number of a hit.
    Hit(usize),
}

/// The query and its hits, as they stand until those of the next search come.
#[derive(Debug, Clone, Default)]
pub struct Palette {
    input: Input,
    results: Arc<Results>,
    cursor: Cursor,
    /// The number of the last search.
    asked: u64,
    /// The number of the search whose results are shown.
    answered: u64,
    /// Whether the reader has asked for the best hit before there was one.
    eager: bool,
}

impl Palette {
    /// The query as it was typed.
    pub fn query(&self) -> &str {
        self.input.value()
    }

    /// Edits the query; says whether it changed.
    pub fn edit(&mut self, key: KeyEvent) -> bool {
        let before = self.query().to_owned();
        self.input.handle_event(&Event::Key(key));
        before != self.query()
    }

    /// Puts pasted text into the query.
    pub fn paste(&mut self, text: &Clean) {
        for letter in text.chars().take(LONGEST_PASTE) {
            self.input.handle(InputRequest::InsertChar(letter));
        }
    }

    /// The number of a new search for the query. What was found before stays until something is found.
    pub fn ask(&mut self) -> u64 {
        self.asked += 1;
        self.eager = false;
        self.asked
    }

    /// Shows what the search of this number found, unless there is a newer one. The cursor goes to the best hit, and
    /// stays with the hit to which the reader has moved it since. Opens the best hit where the reader has asked for it.
    pub fn take(&mut self, number: u64, results: Arc<Results>) -> Option<Request> {
        if number != self.asked {
            return None;
        }
        let chosen = self.selected().filter(|_| self.answered == number && self.cursor.row != 1);
        self.results = results;
        self.answered = number;
        let kept = chosen.and_then(|record| self.row_of(record));
        match kept {
            Some(row) => self.cursor.row = row,
            None => self.cursor = Cursor::at(usize::from(self.rows() > 0)),
        }
        let opens = !self.results.more && std::mem::take(&mut self.eager);
        self.selected().filter(|_| opens).map(|record| Request::Open(Place::Record(record)))
    }

    fn row_of(&self, record: Record) -> Option<usize> {
        let records = self.results.records();
        let group = self.results.groups().iter().position(|(kind, _)| *kind == record.kind)?;
        let hits = &self.results.groups()[group].1;
        let at = hits.iter().position(|&hit| records[hit as usize] == record)?;
        Some(self.headings().nth(group)? + 1 + at)
    }

    /// Says whether nothing is known yet of what the query finds.
    pub fn is_waiting(&self) -> bool {
        self.answered != self.asked
    }

    /// The number of rows: the hits under the headings of their kinds.
    fn rows(&self) -> usize {
        self.results.groups().len() + self.results.records().len()
    }

    fn row(&self, row: usize) -> Option<Row> {
        let mut heading = 0;
        for (kind, hits) in self.results.groups() {
            match row.checked_sub(heading)? {
                0 => return Some(Row::Heading(*kind, hits.len())),
                at if at <= hits.len() => return Some(Row::Hit(hits[at - 1] as usize)),
                _ => heading += hits.len() + 1,
            }
        }
        None
    }

    fn is_hit(&self, row: usize) -> bool {
        matches!(self.row(row), Some(Row::Hit(_)))
    }

    /// The rows of the headings.
    fn headings(&self) -> impl DoubleEndedIterator<Item = usize> {
        let headings: Vec<usize> = self
            .results
            .groups()
            .iter()
            .scan(0, |row, (_, hits)| {
                let heading = *row;
                *row += hits.len() + 1;
                Some(heading)
            })
            .collect();
        headings.into_iter()
    }

    /// Moves among the hits, and opens the selected one.
    pub fn update(&mut self, action: Action, screen: Rect) -> Option<Request> {
        let height = usize::from(size(screen).1.saturating_sub(HEAD));
        match action {
            Action::Move(step) => self.go(step, height),
            Action::NextPane => self.leap(true, height),
            Action::PreviousPane => self.leap(false, height),
            Action::Open if self.is_waiting() => self.eager = true,
            Action::Open => return self.selected().map(|record| Request::Open(Place::Record(record))),
            _ => {}
        }
        None
    }

    /// The hit after the selected one, or the one before it; with its number among all, from 1.
    pub fn step(&mut self, onward: bool) -> Option<(Record, usize, usize)> {
        let before = self.cursor;
        self.go(if onward { Step::Next } else { Step::Previous }, 1);
        if before.row == self.cursor.row {
            return None;
        }
        let headings = self.headings().filter(|&heading| heading <= self.cursor.row).count();
        Some((self.selected()?, self.cursor.row + 1 - headings, self.results.records().len()))
    }

    fn selected(&self) -> Option<Record> {
        match self.row(self.cursor.row)? {
            Row::Hit(number) => self.results.records().get(number).copied(),
            Row::Heading(..) => None,
        }
    }

    /// Says whether the cursor stands on a hit, where there is one.
    pub fn stands(&self) -> bool {
        self.rows() == 0 || self.selected().is_some()
    }

    fn go(&mut self, step: Step, height: usize) {
        let mut cursor = self.cursor;
        cursor.step(step, self.rows(), height, |row| self.is_hit(row));
        self.cursor = cursor;
    }

    /// To the first hit of the next kind, or of the one before.
    fn leap(&mut self, onward: bool, height: usize) {
        let row = self.cursor.row;
        let found = match onward {
            true => self.headings().find(|&heading| heading >= row),
            false => self.headings().rev().find(|&heading| heading + 1 < row),
        };
        if let Some(heading) = found {
            self.cursor.row = heading;
            self.go(Step::Next, height);
        }
    }

    /// Lets a click select a hit, and open what was selected before; a click beside the window answers `None`.
    pub fn click(&mut self, at: Position, screen: Rect) -> Option<Option<Request>> {
        let window = pane::window_area(screen, size(screen));
        if !window.contains(at) {
            return None;
        }
        let list = below_head(pane::inner(window));
        let before = self.cursor;
        let hit = self.cursor.row_at(at, list, self.rows()).filter(|&row| self.is_hit(row));
        let chosen = hit.is_some() && self.cursor.click(at, list, self.rows()) && self.cursor.row == before.row;
        Some(self.selected().filter(|_| chosen).map(|record| Request::Open(Place::Record(record))))
    }

    /// Draws the palette.
    pub fn draw(&self, context: &Context, screen: Rect, buffer: &mut Buffer) {
        let actions = [(Action::Open, "open"), (Action::NextPane, "next kind"), (Action::Close, "close")];
        let useful = if self.rows() == 0 { &[] } else { &actions[..] };
        let corner = context.keymap.caption(Mode::Search, useful);
        let inner = pane::window(screen, buffer, &context.theme, size(screen), &self.title(context), &corner);
        self.draw_query(context, inner, buffer);
        let below = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
        buffer.set_line(below.x, below.y, &self.summary(context), if below.height > 0 { below.width } else { 0 });
        if inner.height <= HEAD {
            return;
        }
        let rows = below_head(inner);
        let list = if inner.width < PREVIEW { rows } else { Rect { width: rows.width / 20 * 11, ..rows } };
        let hits = RowList { rows: self.rows(), cursor: self.cursor, focused: true, theme: &context.theme };
        let is_alone = inner.width < PREVIEW;
        hits.draw(list, buffer, |row| self.line(context, row, usize::from(list.width), is_alone));
        if let Some(record) = self.selected().filter(|_| inner.width >= PREVIEW) {
            let preview = Rect { x: list.right() + 3, width: rows.right() - list.right() - 3, ..rows };
            let layout = Layout::new(&peek::blocks(context, record), usize::from(preview.width));
            layout.draw(preview, buffer, &context.theme, 0, None, false);
        }
    }

    /// The query with its cursor. The cursor is drawn, so that the terminal's own stays hidden.
    fn draw_query(&self, context: &Context, area: Rect, buffer: &mut Buffer) {
        if area.height == 0 || area.width < 4 {
            return;
        }
        let width = usize::from(area.width) - 3;
        let scroll = self.input.visual_scroll(width);
        let accent = context.theme.style(Look::Accent);
        buffer.set_stringn(area.x, area.y, "/ ", 2, accent);
        let mut column = 0;
        let shown: String = self
            .query()
            .chars()
            .skip_while(|&letter| {
                column += unicode_width::UnicodeWidthChar::width(letter).unwrap_or(0);
                column <= scroll
            })
            .collect();
        buffer.set_stringn(area.x + 2, area.y, shown, width, context.theme.style(Look::Strong));
        let cursor = area.x + 2 + self.input.visual_cursor().saturating_sub(scroll).min(width) as u16;
        buffer.set_style(Rect { x: cursor, width: 1, height: 1, ..area }, context.theme.selection(true));
    }

    /// How many hits there are, or what to do where there are none.
    fn summary(&self, context: &Context) -> Line<'static> {
        let faint = context.theme.style(Look::Faint);
        if let Some(note) = &self.results.note {
            return Line::styled(note.to_string(), context.theme.style(Look::Note));
        }
        if self.query().trim().is_empty() {
            return Line::styled(example(context), faint);
        }
        let counts = self.results.groups().iter().map(|(kind, hits)| wording::counted(hits.len(), *kind));
        let counts = counts.collect::<Vec<_>>().join(" · ");
        if counts.is_empty() && (self.is_waiting() || self.results.more) {
            return Line::styled("Searching…", faint);
        }
        if counts.is_empty() {
            return Line::styled(
                "Nothing found. Try fewer letters, or another spelling.",
                context.theme.style(Look::Note),
            );
        }
        let more = if self.results.more { " · searching on…" } else { "" };
        Line::styled(counts + more, faint)
    }

    /// The window's title, with how many of all records were found.
    fn title(&self, context: &Context) -> String {
        let (found, all) = (self.results.records().len(), context.dataset.len());
        let [found, all] = [found, all].map(|count| wording::thousands(count as f64));
        if self.rows() == 0 { "Search".to_owned() } else { format!("Search · {found} of {all}") }
    }

    fn line(&self, context: &Context, row: usize, width: usize, is_alone: bool) -> Line<'static> {
        match self.row(row) {
            Some(Row::Heading(kind, _)) => {
                Line::styled(wording::capitalised(wording::plural(kind)), context.theme.style(Look::Heading))
            }
            Some(Row::Hit(number)) => hit_line(context, &self.results.hit(number), width, is_alone),
            None => Line::default(),
        }
    }
}

/// What can be typed, with the dataset's own names: a country that is not the subject, and the kind and the year of the
/// first event.
fn example(context: &Context) -> String {
    let dataset = context.dataset;
    let countries: Vec<Record> = dataset.records(Kind::Country).take(2).collect();
    let event = dataset.chronology().first().map(|event| &dataset.events[event.index()]);
    let fields = [
        context.partners(&countries).next().map(|country| format!("country:{}", dataset.about(country).id)),
        event.map(|event| format!("kind:{}", event.kind)),
        event.and_then(|event| event.date.as_ref()?.year()).map(|year| format!("year:{year}")),
    ];
    let fields: Vec<String> = fields.into_iter().flatten().collect();
    format!("Words in any order; or {} \"two words\" -without", fields.join(" "))
}

/// A hit on one line: its symbol, its name with the matched letters, the alias that matched, and as much of when it was
/// or of what it says as there is room for. Where no preview beside the list says the whole name, a long one loses its middle.
fn hit_line(context: &Context, hit: &Hit, width: usize, is_alone: bool) -> Line<'static> {
    let theme = &context.theme;
    let entity = context.dataset.entity(hit.record);
    let sign = if let Entity::Event(event) = entity { symbol(event.kind) } else { " " };
    let mut spans = vec![Span::styled(format!(" {sign} "), theme.style(Look::Accent))];
    let name = context.dataset.name(hit.record);
    let (begins, ends) = seen(name, if is_alone { width.saturating_sub(3) } else { usize::MAX });
    for (at, letter) in name.chars().enumerate() {
        let look = if hit.matched.contains(&at) { Look::Matched } else { Look::Plain };
        match at {
            _ if at < begins || at >= ends => spans.push(Span::styled(letter.to_string(), theme.style(look))),
            _ if at == begins => spans.push(Span::styled("…", theme.style(Look::Faint))),
            _ => {}
        }
    }
    let alias = hit.alias.as_ref().map(|alias| format!("  {alias}"));
    let date = entity.date().map(|date| format!("  {}", date.short()));
    let digest = (hit.record.kind == Kind::Paragraph).then(|| format!("  {}", prose::plain(&entity.about().summary)));
    let left = width.saturating_sub(context.dataset.name(hit.record).width() + 3);
    let rest = fitted(&[alias, date, digest].into_iter().flatten().collect::<String>(), left);
    spans.push(Span::styled(rest, theme.style(Look::Faint)));
    Line::from(spans)
}

/// Which letters of a name are seen in so many columns: those before the first number, and those from the second on. Of a
/// long name the middle is left out, since many begin alike and differ at the end.
fn seen(name: &str, width: usize) -> (usize, usize) {
    let count = name.chars().count();
    if name.width() <= width {
        return (count, count);
    }
    let room = |letters: &mut dyn Iterator<Item = char>, columns: usize| {
        let mut used = 0;
        let fits = |letter: &char| {
            used += unicode_width::UnicodeWidthChar::width(*letter).unwrap_or(0);
            used <= columns
        };
        letters.take_while(fits).count()
    };
    let tail = width.saturating_sub(1) / 2;
    let head = width.saturating_sub(1) - tail;
    (room(&mut name.chars(), head), count - room(&mut name.chars().rev(), tail))
}

/// The space of the hits within the window.
fn below_head(inner: Rect) -> Rect {
    Rect { y: inner.y + HEAD, height: inner.height.saturating_sub(HEAD), ..inner }
}

/// The size of the window's content.
fn size(screen: Rect) -> (u16, u16) {
    let (width, height) = most(screen);
    (WIDTH.min(width), HIGHEST.min(height))
}
