//! `detente search`: the records that answer a query, the best first.

use std::io::{self, Write};

use clap::Args;

use super::paper::Paper;
use super::{Answer, Exit, json, tell};
use crate::dataset::{Clean, Dataset, Record};
use crate::search::{Hit, Index, Results};
use crate::theme::Look;
use crate::widgets::rich_text::{Block, Run};
use crate::wording;

/// The arguments of `search`.
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  detente search pakistan\n  detente search country:ru kind:exercise year:2003\n  detente search '\"search and rescue\"' -- -india\n  detente search --json sco"
)]
pub struct Arguments {
    /// Words in any order, \"phrases\", fields such as country:ru; a minus leaves out
    #[arg(required = true, allow_hyphen_values = false)]
    pub query: Vec<String>,
    /// At most so many hits
    #[arg(short, long, value_name = "NUMBER")]
    pub limit: Option<usize>,
    /// Print an object with the list of hits; docs/json.md describes it
    #[arg(long)]
    pub json: bool,
}

/// Prints the hits: in a pipe one a line, in a terminal under the headings of their kinds.
pub fn run(arguments: &Arguments, dataset: &'static Dataset, paper: &mut Paper<impl Write>) -> Answer {
    let query = arguments.query.join(" ");
    let results = Index::new(dataset).search(&query).limited_to(arguments.limit.unwrap_or(usize::MAX));
    if arguments.json {
        let note = results.note.as_ref().map(ToString::to_string);
        let head = [("query", Clean::line(query).to_string().into()), ("note", note.into())];
        json::list(paper, &head, "hits", results.hits().map(|hit| json::Found::new(dataset, hit)))?;
    } else {
        results.note.iter().for_each(|note| tell(&Clean::line(format!("detente: {note}"))));
        match paper.width() {
            None => results.records().iter().try_for_each(|&record| line(dataset, record, paper))?,
            Some(_) => groups(dataset, &results, paper)?,
        }
    }
    Ok(if results.records().is_empty() { Exit::Nothing } else { Exit::Found })
}

/// A hit as columns with tabs between them: address, name, facts.
fn line(dataset: &Dataset, record: Record, paper: &mut Paper<impl Write>) -> io::Result<()> {
    let (address, name) = (dataset.address(record), dataset.name(record));
    writeln!(paper, "{address}\t{name}\t{}", wording::facts(dataset, record))
}

fn groups(dataset: &Dataset, results: &Results, paper: &mut Paper<impl Write>) -> io::Result<()> {
    for (number, (kind, hits)) in results.groups().iter().enumerate() {
        if number > 0 {
            paper.set(&Block::<()>::gap())?;
        }
        paper.set(&Block::<()>::paragraph(vec![Run::text(wording::counted(hits.len(), *kind), Look::Heading)]))?;
        hits.iter().try_for_each(|&number| paper.set(&block(dataset, &results.hit(number as usize))))?;
    }
    Ok(())
}

/// A hit with its matched letters, the alias that matched, its facts and its address.
fn block(dataset: &Dataset, hit: &Hit) -> Block<()> {
    let mut runs: Vec<Run<()>> = Vec::new();
    for (at, letter) in dataset.name(hit.record).chars().enumerate() {
        let look = if hit.matched.binary_search(&at).is_ok() { Look::Matched } else { Look::Plain };
        match runs.last_mut().filter(|run| run.look == look) {
            Some(run) => run.text.push(letter),
            None => runs.push(Run::text(letter, look)),
        }
    }
    let alias = hit.alias.as_ref().map(ToString::to_string);
    let said = [alias, Some(wording::facts(dataset, hit.record)), Some(dataset.address(hit.record))];
    let said: Vec<String> = said.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    runs.push(Run::text(format!("  {}", said.join(" · ")), Look::Faint));
    Block::led("  ", Look::Plain, runs)
}
