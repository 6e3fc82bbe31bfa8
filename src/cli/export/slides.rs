//! A tour as slides in Markdown, as presenterm opens them: each point a step, the notes as speaker notes.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use crate::cli::file::write;
use crate::cli::paper::Paper;
use crate::cli::{Answer, Exit, Failure, present};
use crate::dataset::prose::escaped;
use crate::dataset::{Dataset, Tour, prose};
use crate::pages::unmarked;
use crate::tour::{self, Slide};

/// The arguments of `export slides`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "Examples:\n  detente export slides\n  detente export slides sea --output sea.md")]
pub struct Arguments {
    /// The tour; the first one where none is named
    pub tour: Option<String>,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Writes the slides of a tour.
pub fn run(arguments: &Arguments, dataset: &'static Dataset, paper: &mut Paper<impl Write>) -> Answer {
    let tour = present::tour(dataset, arguments.tour.as_deref()).map_err(Failure::Usage)?;
    write(arguments.output.as_deref(), paper, |out| slides(dataset, &tour, out))?;
    Ok(Exit::Found)
}

fn slides(dataset: &Dataset, tour: &Tour, out: &mut dyn Write) -> io::Result<()> {
    opening(dataset, tour, out)?;
    let slides = tour::slides(dataset, tour);
    for (at, slide) in slides.iter().enumerate().skip(1) {
        if at > 1 {
            writeln!(out, "\n<!-- end_slide -->")?;
        }
        one(slide, out)?;
    }
    Ok(())
}

/// The front matter, of which presenterm makes the first slide.
fn opening(dataset: &Dataset, tour: &Tour, out: &mut dyn Write) -> io::Result<()> {
    let source = &dataset.source;
    let taken: Vec<&str> =
        [Some(&source.title), source.chapter.as_ref()].into_iter().flatten().map(|it| &**it).collect();
    let summary = prose::plain(&tour.about.summary);
    writeln!(out, "---")?;
    for (key, text) in [("title", &*tour.about.name), ("sub_title", &*summary), ("author", &*taken.join(" · "))] {
        if !text.is_empty() {
            writeln!(out, "{key}: {}", serde_json::to_string(&line(text))?)?;
        }
    }
    writeln!(out, "---")
}

fn one(slide: &Slide, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n{}\n===", line(&slide.title))?;
    if !slide.points.is_empty() {
        writeln!(out, "\n<!-- incremental_lists: true -->\n")?;
    }
    slide.points.iter().try_for_each(|point| writeln!(out, "- {}", line(point)))?;
    notes(&slide.notes, out)
}

/// A line of text in which nothing means more than its letters.
fn line(text: &str) -> String {
    unmarked(escaped(text))
}

/// The notes, in a comment whose end no text can be taken for.
fn notes(notes: &str, out: &mut dyn Write) -> io::Result<()> {
    let paragraphs: Vec<String> =
        notes.split("\n\n").map(prose::plain).filter(|paragraph| !paragraph.is_empty()).collect();
    if paragraphs.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n<!--\nspeaker_note: |")?;
    paragraphs.iter().try_for_each(|paragraph| writeln!(out, "  {}", paragraph.replace("--", "–")))?;
    writeln!(out, "-->")
}
