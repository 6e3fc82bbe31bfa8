//! `detente show`: the page of a record, as its link would open it.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use super::paper::Paper;
use super::{Answer, Exit, Failure, copy, json};
use crate::context::Context;
use crate::dataset::{Clean, Dataset, Kind, Vocabulary};
use crate::pages::{self, PageBlock, PageRun};
use crate::place::Place;
use crate::search::Index;
use crate::theme::Look;

/// The columns that bars are drawn for where there is no terminal.
const USUAL_WIDTH: usize = 80;

/// The columns that are kept free behind a bar for the address of what it stands for.
const ADDRESS: usize = 24;

/// The arguments of `show`.
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  detente show country/ru\n  detente show source/country/ru\n  detente show --json event/sco-joint-2003-exercise"
)]
pub struct Arguments {
    /// A record's address, as the explorer and detente search print it
    #[arg(required = true)]
    pub address: String,
    /// Your own copy of the source's text: its paragraphs are printed with the digests that source/… prints
    #[arg(long, value_name = "FILE")]
    pub source: Option<PathBuf>,
    /// Print the record with its links; docs/json.md describes the object
    #[arg(long)]
    pub json: bool,
}

/// Prints the page.
pub fn run(arguments: &Arguments, dataset: &'static Dataset, paper: &mut Paper<impl Write>) -> Answer {
    let place = Place::parse(&arguments.address, dataset).ok_or_else(|| unknown(&arguments.address, dataset))?;
    match place {
        Place::Tab(tab) => Err(Failure::Usage(Clean::line(format!(
            "detente: {} is a list of the explorer; show prints a record, such as country/ru",
            tab.word()
        )))),
        Place::Record(record) | Place::Source(record) if arguments.json => {
            json::object(paper, &json::Page::new(dataset, record))?;
            Ok(Exit::Found)
        }
        Place::Record(_) | Place::Source(_) => {
            let printed = arguments.source.as_deref().map(|path| copy::read(path, dataset)).transpose();
            let printed = printed.map_err(|why| Failure::Usage(Clean::line(format!("detente: {why}"))))?;
            page(Context { printed, ..Context::on_paper(dataset) }, place, paper)?;
            Ok(Exit::Found)
        }
    }
}

fn page(context: Context, place: Place, paper: &mut Paper<impl Write>) -> io::Result<()> {
    let mut blocks = pages::blocks(&context, place, paper.width().unwrap_or(USUAL_WIDTH).saturating_sub(ADDRESS));
    blocks.retain(|block| block.picture.is_none());
    blocks.dedup_by(|later, earlier| later.runs.is_empty() && earlier.runs.is_empty());
    while blocks.last().is_some_and(|block| block.runs.is_empty()) {
        blocks.pop();
    }
    blocks.into_iter().try_for_each(|block| paper.set(&with_address(context.dataset, block)))
}

/// A row of a list with the address behind it, since nothing else here can be followed. A glimpse of what stands there
/// makes room for it.
fn with_address(dataset: &Dataset, mut block: PageBlock) -> PageBlock {
    let target = block.runs.iter().find_map(|run| run.target);
    let Some(target) = target.filter(|_| block.one_line) else { return block };
    block.one_line = false;
    let glimpse = |run: &PageRun| run.target.is_none() && run.look == Look::Faint;
    let end = block.runs.iter().rposition(|run| !glimpse(run)).map_or(0, |last| last + 1);
    block.runs.truncate(end);
    if block.runs[0].target.is_none() {
        let first = block.runs.remove(0);
        block.lead = first.text;
        block.lead_look = first.look;
    }
    block.runs.push(PageRun::text(format!("  {}", target.address(dataset)), Look::Faint));
    block
}

/// What is told of an address that leads nowhere, with the one that was likely meant.
fn unknown(address: &str, dataset: &'static Dataset) -> Failure {
    Failure::Nothing(Clean::line(format!("detente: there is no {address}{}", near(address, dataset))))
}

/// "; did you mean …?" with the address nearest to one that leads nowhere, or to a name that was written in its place.
pub fn near(address: &str, dataset: &'static Dataset) -> String {
    let near = dataset.near(address);
    let named = || Index::new(dataset).search(address).records().first().copied();
    let kind = address.split_once('/').and_then(|(kind, _)| Kind::from_word(kind));
    match (named().filter(|_| !near.contains("did you mean")), kind) {
        (Some(record), _) => format!("; did you mean {:?}?", dataset.address(record)),
        (None, Some(kind)) if near.is_empty() => format!("; detente search kind:{kind} lists what there is"),
        _ => near,
    }
}
