//! A page as Markdown: its blocks, with the links that the caller knows an address for.

use crate::dataset::prose::escaped;
use crate::place::Place;
use crate::theme::Look;

use super::{PageBlock, PageRun};

/// What a block becomes, which decides about the empty lines around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Heading,
    Paragraph,
    Item,
    Quotation,
}

/// The blocks of a page as Markdown, its title a heading of this level. `address` says what a place is linked by; a
/// place without an address stays words.
pub fn markdown(blocks: &[PageBlock], level: usize, address: &dyn Fn(Place) -> Option<String>) -> String {
    let mut text = String::new();
    let mut before = None;
    for block in blocks.iter().filter(|block| block.picture.is_none()) {
        let line = line(without_glimpse(block), address);
        if line.is_empty() {
            before = before.filter(|_| !block.runs.is_empty());
            continue;
        }
        let part = part(block);
        let line = if part == Part::Paragraph { unmarked(line) } else { line };
        let apart = before != Some(part) || matches!(part, Part::Heading | Part::Paragraph);
        if apart && !text.is_empty() {
            text.push('\n');
        } else if part == Part::Quotation && before == Some(part) {
            text.push_str(">\n");
        }
        text.push_str(&beginning(block, part, level));
        text.push_str(&line);
        text.push('\n');
        before = Some(part);
    }
    text
}

/// The runs of a block; of a row without the glimpse of what its link leads to, since that is in the same document, and
/// without the drawing of a bar, whose number stands beside it.
fn without_glimpse(block: &PageBlock) -> &[PageRun] {
    let drawn = |run: &PageRun| run.text.chars().all(|letter| matches!(letter, ' ' | '›' | '█'..='▏'));
    let faint = |run: &PageRun| run.target.is_none() && run.look == Look::Faint;
    let glimpse = |run: &PageRun| block.one_line && (faint(run) || drawn(run));
    let end = block.runs.iter().rposition(|run| !glimpse(run)).map_or(0, |last| last + 1);
    &block.runs[..end]
}

/// A line that begins as a heading or an item would, made a line of text.
pub fn unmarked(line: String) -> String {
    let number = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    match line.starts_with(['#', '-', '+', '=']) {
        true => format!("\\{line}"),
        false if number.len() < line.len() && number.starts_with(['.', ')']) => {
            format!("{}\\{number}", &line[..line.len() - number.len()])
        }
        false => line,
    }
}

fn part(block: &PageBlock) -> Part {
    let look = block.runs.first().map_or(Look::Plain, |run| run.look);
    match look {
        _ if block.lead.starts_with('│') || block.lead.starts_with('▌') => Part::Quotation,
        Look::Title | Look::Heading => Part::Heading,
        _ if block.one_line || !block.lead.trim().is_empty() || block.lead == "  " => Part::Item,
        _ => Part::Paragraph,
    }
}

fn beginning(block: &PageBlock, part: Part, level: usize) -> String {
    let label = block.lead.trim();
    match part {
        Part::Heading => {
            let below = usize::from(block.runs.first().is_some_and(|run| run.look == Look::Heading));
            format!("{} ", "#".repeat((level + below).min(6)))
        }
        Part::Quotation => "> ".to_owned(),
        Part::Item if label.is_empty() || label == "•" => "- ".to_owned(),
        Part::Item => format!("- {label}: "),
        Part::Paragraph => String::new(),
    }
}

/// The runs on one line, with single spaces between words.
fn line(runs: &[PageRun], address: &dyn Fn(Place) -> Option<String>) -> String {
    let mut line = String::new();
    let titled = runs.first().is_some_and(|run| matches!(run.look, Look::Title | Look::Heading));
    for run in runs {
        let words = run.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if run.text.starts_with(char::is_whitespace) && !line.is_empty() && !line.ends_with(' ') {
            line.push(' ');
        }
        if words.is_empty() {
            continue;
        }
        let words = escaped(&words);
        match (run.target.and_then(address), run.look) {
            (Some(address), _) => line.push_str(&format!("[{words}]({address})")),
            (None, Look::Strong) if !titled => line.push_str(&format!("**{words}**")),
            (None, Look::Emphasis) => line.push_str(&format!("*{words}*")),
            _ => line.push_str(&words),
        }
        if run.text.ends_with(char::is_whitespace) {
            line.push(' ');
        }
    }
    line.trim().to_owned()
}
