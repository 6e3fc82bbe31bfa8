//! `detente timeline`: events in order of time, narrowed by the filters of the explorer.

use std::io::{self, Write};

use clap::Args;

use super::filters::{self, Filters};
use super::paper::Paper;
use super::{Answer, Exit, json};
use crate::dataset::{Dataset, Date, Event, Record, month_name};
use crate::theme::{Look, symbol};
use crate::widgets::rich_text::{Block, Run};

/// The arguments of `timeline`.
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  detente timeline\n  detente timeline --country ru --kind exercise\n  detente timeline --topic maritime --year 2003-2004\n  detente timeline --json --section 3"
)]
pub struct Arguments {
    /// Which events are listed.
    #[command(flatten)]
    pub filters: Filters,
    /// Print an object with the list of events; docs/json.md describes it
    #[arg(long)]
    pub json: bool,
}

/// Prints the events: in a pipe one a line, in a terminal under the headings of their years and months.
pub fn run(arguments: &Arguments, dataset: &'static Dataset, paper: &mut Paper<impl Write>) -> Answer {
    let filters = arguments.filters.read(dataset)?;
    let events = filters::events(&filters, dataset);
    let count = if arguments.json {
        json::list(paper, &[], "events", events.map(|event| json::Entry::new(dataset, event)))?
    } else if paper.width().is_none() {
        lines(dataset, events, paper)?
    } else {
        chronicle(dataset, events, paper)?
    };
    Ok(if count == 0 { Exit::Nothing } else { Exit::Found })
}

/// Each event as columns with tabs between them: date, kind, address, name. The undated have an empty date.
fn lines(dataset: &Dataset, events: impl Iterator<Item = Record>, paper: &mut Paper<impl Write>) -> io::Result<usize> {
    let mut count = 0;
    for record in events {
        let event = &dataset.events[record.index()];
        let date = event.date.as_ref().map(ToString::to_string).unwrap_or_default();
        writeln!(paper, "{date}\t{}\t{}\t{}", event.kind, dataset.address(record), event.about.name)?;
        count += 1;
    }
    Ok(count)
}

/// The events under headings.
fn chronicle(
    dataset: &Dataset,
    events: impl Iterator<Item = Record>,
    paper: &mut Paper<impl Write>,
) -> io::Result<usize> {
    let mut count = 0;
    let mut before: Option<(String, String)> = None;
    for record in events {
        let event = &dataset.events[record.index()];
        let (year, part) = headings(event.date.as_ref());
        let new_year = before.as_ref().is_none_or(|(before, _)| *before != year);
        if new_year {
            if count > 0 {
                paper.set(&Block::<()>::gap())?;
            }
            paper.set(&Block::<()>::paragraph(vec![Run::text(year.clone(), Look::Title)]))?;
        }
        if !part.is_empty() && (new_year || before.as_ref().is_some_and(|(_, before)| *before != part)) {
            paper.set(&Block::<()>::paragraph(vec![Run::text(part.clone(), Look::Heading)]))?;
        }
        before = Some((year, part));
        paper.set(&block(dataset, record, event))?;
        count += 1;
    }
    Ok(count)
}

/// The year under which a date is listed, and the part of it; the part is empty where there is no date.
fn headings(date: Option<&Date>) -> (String, String) {
    let Some((date, year)) = date.and_then(|date| Some((date, date.year()?))) else {
        return ("Without a date".to_owned(), String::new());
    };
    let part = match (date.month(), date.last()) {
        (Some(month), _) => month_name(month),
        (None, Some(last)) if last.year == year => "Some time in the year",
        (None, _) => "Within several years",
    };
    (year.to_string(), part.to_owned())
}

/// An event with its day or span where the headings do not say it, and its address.
fn block(dataset: &Dataset, record: Record, event: &Event) -> Block<()> {
    let date = event.date.as_ref().filter(|date| date.exceeds_heading());
    let said = [date.map(Date::short), Some(dataset.address(record))];
    let said = said.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let runs = vec![Run::text(event.about.name.to_string(), Look::Plain), Run::text(format!("  {said}"), Look::Faint)];
    Block::led(format!("  {} ", symbol(event.kind)), Look::Accent, runs)
}
