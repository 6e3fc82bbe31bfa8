//! `detente stats`: how many records there are, and how the events lie in time and among kinds, topics and countries.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

use clap::Args;
use serde::Serialize;

use super::filters::{self, Filters};
use super::paper::Paper;
use super::{Answer, Exit, json};
use crate::dataset::{Clean, Dataset, Kind, Record, Vocabulary};
use crate::theme::Look;
use crate::widgets::bars::{self, Bar};
use crate::widgets::rich_text::{Block, Run};
use crate::wording;

/// The arguments of `stats`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "Examples:\n  detente stats\n  detente stats --country ru\n  detente stats --json")]
pub struct Arguments {
    /// Which records and events are counted.
    #[command(flatten)]
    pub filters: Filters,
    /// Print an object of counts; docs/json.md describes it
    #[arg(long)]
    pub json: bool,
}

/// The counts, as `--json` prints them.
#[derive(Debug, Serialize)]
struct Counts<'a> {
    version: u32,
    title: &'a Clean,
    records: Vec<Count>,
    event_kinds: Vec<Count>,
    years: Vec<Count>,
    topics: Vec<Count>,
    countries: Vec<CountOf<'a>>,
}

/// How many of what.
#[derive(Debug, Serialize)]
struct Count {
    name: String,
    count: usize,
}

/// How many events of a country.
#[derive(Debug, Serialize)]
struct CountOf<'a> {
    address: String,
    name: &'a Clean,
    count: usize,
}

/// Prints the counts: in a pipe as columns with tabs between them, in a terminal as bars.
pub fn run(arguments: &Arguments, dataset: &'static Dataset, paper: &mut Paper<impl Write>) -> Answer {
    let filters = arguments.filters.read(dataset)?;
    let records: Vec<Record> = dataset.all().filter(|&record| filters.admit(record, dataset)).collect();
    let counts = Counts::new(dataset, &records, filters::events(&filters, dataset));
    if arguments.json {
        json::object(paper, &counts)?;
    } else if let Some(width) = paper.width() {
        counts.draw(width, paper)?;
    } else {
        counts.print(paper)?;
    }
    Ok(if records.is_empty() { Exit::Nothing } else { Exit::Found })
}

impl Count {
    fn new(name: &str, count: usize) -> Count {
        Count { name: name.to_owned(), count }
    }

    /// The name of a kind of record as that of several.
    fn in_plural(&self) -> (String, usize) {
        let name = Kind::from_word(&self.name).map(|kind| wording::plural(kind).to_owned());
        (name.unwrap_or_else(|| self.name.clone()), self.count)
    }
}

impl<'a> Counts<'a> {
    fn new(dataset: &'a Dataset, records: &[Record], events: impl Iterator<Item = Record>) -> Counts<'a> {
        let mut by_record: BTreeMap<Kind, usize> = BTreeMap::new();
        records.iter().for_each(|record| *by_record.entry(record.kind).or_default() += 1);
        let (mut kinds, mut years) = (BTreeMap::new(), BTreeMap::new());
        let (mut topics, mut countries) = (BTreeMap::new(), BTreeMap::new());
        for event in events.map(|record| &dataset.events[record.index()]) {
            let year = event.date.as_ref().and_then(|date| date.year());
            *kinds.entry(event.kind).or_insert(0) += 1;
            *years.entry((year.is_none(), year)).or_insert(0) += 1;
            event.topics.iter().for_each(|&topic| *topics.entry(topic).or_insert(0) += 1);
            event.countries.iter().for_each(|&country| *countries.entry(country).or_insert(0) += 1);
        }
        let mut countries: Vec<(Record, usize)> = countries.into_iter().collect();
        countries.sort_by_key(|&(_, count)| Reverse(count));
        let country = |(record, count)| CountOf { address: dataset.address(record), name: dataset.name(record), count };
        let year = |((_, year), count): ((bool, Option<i32>), usize)| Count {
            name: year.map_or("undated".to_owned(), |year| year.to_string()),
            count,
        };
        Counts {
            version: json::VERSION,
            title: &dataset.source.title,
            records: by_record.into_iter().map(|(kind, count)| Count::new(kind.word(), count)).collect(),
            event_kinds: kinds.into_iter().map(|(kind, count)| Count::new(kind.word(), count)).collect(),
            years: years.into_iter().map(year).collect(),
            topics: topics.into_iter().map(|(topic, count)| Count::new(topic.word(), count)).collect(),
            countries: countries.into_iter().map(country).collect(),
        }
    }

    /// The groups of counts by heading.
    fn groups(&self) -> Vec<(&'static str, Vec<(String, usize)>)> {
        let named = |counts: &[Count]| counts.iter().map(|count| (count.name.clone(), count.count)).collect();
        let countries = self.countries.iter().map(|country| (country.name.to_string(), country.count)).collect();
        vec![
            ("Records", self.records.iter().map(Count::in_plural).collect()),
            ("Events by kind", named(&self.event_kinds)),
            ("Events by year", named(&self.years)),
            ("Events by topic", named(&self.topics)),
            ("Events by country", countries),
        ]
    }

    fn print(&self, paper: &mut Paper<impl Write>) -> io::Result<()> {
        for (heading, counts) in self.groups() {
            for (name, count) in counts {
                writeln!(paper, "{heading}\t{name}\t{count}")?;
            }
        }
        Ok(())
    }

    fn draw(&self, width: usize, paper: &mut Paper<impl Write>) -> io::Result<()> {
        paper.set(&Block::<()>::paragraph(vec![Run::text(self.title.to_string(), Look::Title)]))?;
        for (heading, counts) in self.groups().into_iter().filter(|(_, counts)| !counts.is_empty()) {
            paper.set(&Block::<()>::gap())?;
            paper.set(&Block::<()>::paragraph(vec![Run::text(heading, Look::Heading)]))?;
            let most = counts.iter().map(|&(_, count)| count).max().unwrap_or(0);
            let bar = |(name, count): (String, usize)| {
                Bar::<()>::new(format!("  {name}"), count as f64, wording::thousands(count as f64))
            };
            let bars = bars::blocks(counts.into_iter().map(bar).collect(), most as f64, width);
            bars.iter().try_for_each(|bar| paper.set(bar))?;
        }
        Ok(())
    }
}
