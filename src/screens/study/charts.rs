//! The statistics: what will be due, how much was kept, and the reviews of each day as a calendar.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::action::Action;
use crate::context::Context;
use crate::dataset::month_name;
use crate::study::statistics::{Kept, Standings, WAITS};
use crate::study::{Card, Progress, Statistics, StudyDay};
use crate::theme::Look;
use crate::widgets::fitted;
use crate::widgets::rich_text::{Block, Layout, Run};
use crate::widgets::row_list::scroll_bar;

/// How many days of the forecast are shown.
const DAYS: usize = 30;

/// How high the forecast is drawn, in rows.
const HEIGHT: usize = 4;

/// The columns of a wait, and of the numbers behind its bar.
const WAIT: usize = 17;
const COUNT: usize = 14;

/// The longest bar, in columns.
const LONGEST_BAR: usize = 30;

/// The columns of the names of weekdays before the calendar.
const WEEKDAY: usize = 4;

/// The most weeks of the calendar.
const WEEKS: usize = 53;

/// From how many reviews on a day is drawn how full.
const FULL: [(usize, &str); 4] = [(1, "░"), (10, "▒"), (30, "▓"), (60, "█")];

const WEEKDAYS: [&str; 7] = ["Mon", "", "Wed", "", "Fri", "", "Sun"];

/// The statistics page, and how far it is scrolled.
#[derive(Debug)]
pub struct Charts {
    statistics: Statistics,
    /// The share that is to be known when it comes up.
    wanted: f32,
    top: usize,
}

impl Charts {
    /// The statistics of all cards at this moment.
    pub fn new(context: &Context, cards: &[Card], progress: &Progress) -> Charts {
        let cards: Vec<&Card> = cards.iter().collect();
        let wanted = progress.scheduler.settings.retention;
        Charts { statistics: Statistics::new(&cards, progress, context.stamp(), DAYS), wanted, top: 0 }
    }

    /// Scrolls.
    pub fn update(&mut self, action: Action, area: Rect) {
        let Action::Move(step) = action else { return };
        let height = usize::from(area.height);
        let lowest = self.layout(area.width).height().saturating_sub(height);
        // A page leaves one line of the page before in sight.
        self.top = step.scrolled(self.top, height.saturating_sub(1).max(1), lowest);
    }

    /// Draws the charts.
    pub fn draw(&self, context: &Context, area: Rect, buffer: &mut Buffer) {
        let layout = self.layout(area.width);
        let top = self.top.min(layout.height().saturating_sub(usize::from(area.height)));
        layout.draw(area, buffer, &context.theme, top, None, false);
        scroll_bar(area, buffer, &context.theme, layout.height(), top);
    }

    fn layout(&self, width: u16) -> Layout<usize> {
        let width = usize::from(width);
        let parts = [self.standings(), self.forecast(width), self.retention(width), self.calendar(width)];
        Layout::new(&parts.concat(), width)
    }

    fn standings(&self) -> Vec<Block<usize>> {
        let Standings { new, learning, young, firm, suspended } = self.statistics.standings;
        let counts = [
            (new, "new"),
            (learning, "being learned"),
            (young, "known"),
            (firm, "firmly known"),
            (suspended, "suspended"),
        ];
        let counts = counts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}"));
        vec![heading("Cards"), text(counts.collect::<Vec<_>>().join(" · ")), Block::gap()]
    }

    /// The cards that are due on each of the next days, as bars.
    fn forecast(&self, width: usize) -> Vec<Block<usize>> {
        let due = &self.statistics.forecast;
        let total: usize = due.iter().sum();
        let mut blocks = vec![heading(format!("Due in the next {DAYS} days · {total}"))];
        if total == 0 {
            blocks.extend([text("Nothing yet."), Block::gap()]);
            return blocks;
        }
        let most = due.iter().copied().max().unwrap_or(1).max(1);
        let columns = if width >= 2 * DAYS + 6 { 2 } else { 1 };
        for row in (0..HEIGHT).rev() {
            let scale = if row == HEIGHT - 1 { format!("{most:>4} ") } else { " ".repeat(5) };
            let bars: String = due.iter().map(|&count| bar(count, most, row).repeat(columns)).collect();
            blocks.push(Block::row(vec![Run::text(scale, Look::Faint), Run::text(bars, Look::Accent)]));
        }
        let step = 10 / columns;
        let days: String = (0..DAYS).step_by(step).map(|day| format!("{:<10}", ahead(day))).collect();
        blocks.push(Block::row(vec![Run::text(format!("{}{days}", " ".repeat(5)), Look::Faint)]));
        blocks.push(Block::gap());
        blocks
    }

    /// How much was kept after longer and longer waits, beside how much was to be.
    fn retention(&self, width: usize) -> Vec<Block<usize>> {
        let lately = self.statistics.kept_lately;
        let told = lately.share().map(|share| format!(" · {} in the last 30 days", percent(share)));
        let mut blocks = vec![heading(fitted(&format!("Known when asked again{}", told.unwrap_or_default()), width))];
        let before = blocks.len();
        for (at, wait) in WAITS.into_iter().enumerate() {
            let Kept { right, asked } = self.statistics.kept_after[at];
            let Some(share) = self.statistics.kept_after[at].share() else { continue };
            let waited = match WAITS.get(at + 1) {
                Some(2) => "after 1 day".to_owned(),
                Some(next) => format!("after {wait}–{} days", next - 1),
                None => format!("after {wait} days +"),
            };
            let number = format!("{:>6} ", percent(share));
            let count = format!("  {right} of {asked}");
            let room = width.saturating_sub(WAIT + number.width() + COUNT).min(LONGEST_BAR);
            let runs = vec![
                Run::text(format!("{waited:<WAIT$}"), Look::Plain),
                Run::text(number, Look::Strong),
                Run::text(thin_bar(share, f64::from(self.wanted), room), Look::Accent),
                Run::text(count, Look::Faint),
            ];
            blocks.push(Block::row(runs));
        }
        match blocks.len() == before {
            true => blocks.push(text("Nothing was asked a second day yet.")),
            false => blocks.push(faint(format!("│ is the {} that you want to know", percent(f64::from(self.wanted))))),
        }
        blocks.push(Block::gap());
        blocks
    }

    /// The reviews of each day: a column for each week, the days of the week below each other.
    fn calendar(&self, width: usize) -> Vec<Block<usize>> {
        let statistics = &self.statistics;
        let total: usize = statistics.reviews.values().sum();
        let streak = match statistics.streak {
            0 | 1 => String::new(),
            days => format!(" · {days} days in a row"),
        };
        let mut blocks = vec![heading(format!("Reviews of each day · {total}{streak}"))];
        let weeks = (width.saturating_sub(WEEKDAY)).min(WEEKS);
        let monday = statistics.today.0 - statistics.today.weekday() as i32;
        let first = monday - 7 * (weeks.max(1) as i32 - 1);
        blocks
            .push(Block::row(vec![Run::text(format!("{}{}", " ".repeat(WEEKDAY), months(first, weeks)), Look::Faint)]));
        for (weekday, name) in WEEKDAYS.into_iter().enumerate() {
            let days = (0..weeks as i32).map(|week| StudyDay(first + 7 * week + weekday as i32));
            let mut runs = vec![Run::text(format!("{name:<WEEKDAY$}"), Look::Faint)];
            for (drawn, look) in days.map(|day| self.day(day)) {
                match runs.last_mut().filter(|run| run.look == look) {
                    Some(run) => run.text.push_str(drawn),
                    None => runs.push(Run::text(drawn, look)),
                }
            }
            blocks.push(Block::row(runs));
        }
        let legend = FULL.iter().map(|(from, drawn)| format!("{drawn} {from} and more")).collect::<Vec<_>>().join("  ");
        blocks.push(Block::row(vec![Run::text(format!("{}{legend}", " ".repeat(WEEKDAY)), Look::Faint)]));
        blocks
    }

    fn day(&self, day: StudyDay) -> (&'static str, Look) {
        let count = self.statistics.reviews.get(&day).copied().unwrap_or(0);
        let drawn = FULL.iter().rev().find(|(from, _)| count >= *from).map(|(_, drawn)| *drawn);
        match drawn {
            Some(drawn) => (drawn, Look::Accent),
            None if day > self.statistics.today => (" ", Look::Faint),
            None => ("·", Look::Faint),
        }
    }
}

fn heading(text: impl Into<String>) -> Block<usize> {
    Block::row(vec![Run::text(text, Look::Heading)])
}

fn text(text: impl Into<String>) -> Block<usize> {
    Block::paragraph(vec![Run::text(text, Look::Plain)])
}

fn faint(text: impl Into<String>) -> Block<usize> {
    Block::row(vec![Run::text(text, Look::Faint)])
}

/// A thin bar of a share, with a mark where it should end.
fn thin_bar(share: f64, wanted: f64, width: usize) -> String {
    let column = |share: f64| (share * width as f64).round() as usize;
    let (end, mark) = (column(share), column(wanted).min(width.saturating_sub(1)));
    let letter = |at: usize| match at {
        _ if at == mark => '│',
        _ if at < end => '━',
        _ => ' ',
    };
    (0..width).map(letter).collect()
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// What is drawn in a row, counted from below, for a bar of so many among at most so many.
fn bar(count: usize, most: usize, row: usize) -> &'static str {
    const LEVELS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
    let eighths = if count == 0 { 0 } else { (count * HEIGHT * 8 / most).max(1) };
    LEVELS[eighths.saturating_sub(row * 8).min(8)]
}

/// "today", "+5", "+10".
fn ahead(days: usize) -> String {
    if days == 0 { "today".to_owned() } else { format!("+{days}") }
}

/// The names of the months over the weeks in which each begins, where there is room.
fn months(first: i32, weeks: usize) -> String {
    let mut line = String::new();
    let mut before = None;
    for week in 0..weeks {
        let month = StudyDay(first + 7 * week as i32).calendar().month;
        let begins = before.is_some_and(|before| before != month);
        before = Some(month);
        if begins && week >= line.chars().count() && week + 3 <= weeks {
            line.push_str(&" ".repeat(week - line.chars().count()));
            line.push_str(&month_name(month)[..3]);
            line.push(' ');
        }
    }
    line
}
