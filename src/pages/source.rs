//! Where a record is stated: each paragraph's digest, with the sentence that carries the fact made to stand out.

use crate::context::Context;
use crate::dataset::{Record, prose as markdown};
use crate::place::Place;
use crate::printed::{Terms, terms};
use crate::theme::Look;

use super::{PageBlock, PageRun, parts};

/// The narrowest page on which the digest and the printed paragraph stand side by side, in columns.
const TWO_COLUMNS: usize = 76;

/// The page of the digests that state a record.
pub fn blocks(context: &Context, record: Record, width: usize) -> Vec<PageBlock> {
    let about = context.dataset.about(record);
    let source = &context.dataset.source;
    let mut blocks = vec![
        PageBlock::paragraph(vec![
            PageRun::text("Where it is stated: ", Look::Faint),
            PageRun::link(about.name.to_string(), Place::Record(record)),
        ]),
        PageBlock::paragraph(vec![PageRun::text(
            [Some(&source.title), source.chapter.as_ref()]
                .into_iter()
                .flatten()
                .map(|part| &**part)
                .collect::<Vec<_>>()
                .join(", "),
            Look::Faint,
        )]),
        PageBlock::gap(),
    ];
    let cited = about.cites.iter().filter_map(|&number| context.dataset.paragraph(number));
    let terms = context.printed.map(|printed| (printed, terms(context.dataset, record)));
    for paragraph in cited {
        let digest = digest(context, paragraph, record);
        match &terms {
            Some((printed, terms)) => {
                blocks.extend(beside(digest, as_printed(printed.paragraph(paragraph), terms), width))
            }
            None => blocks.extend(digest),
        }
    }
    blocks
}

/// A digest with the printed paragraph: beside it where there is room for two columns, else below it.
fn beside(mut digest: Vec<PageBlock>, printed: Vec<PageBlock>, width: usize) -> Vec<PageBlock> {
    match width >= TWO_COLUMNS {
        true => {
            let end = digest.iter().rposition(|block| !block.runs.is_empty()).map_or(0, |last| last + 1);
            digest.truncate(end);
            vec![PageBlock::columns(digest, printed), PageBlock::gap()]
        }
        false => digest.into_iter().chain(printed).chain([PageBlock::gap()]).collect(),
    }
}

/// The printed paragraph from the reader's own copy, with the terms of the record made to stand out.
fn as_printed(text: &str, terms: &Terms) -> Vec<PageBlock> {
    let mut runs = Vec::new();
    let mut rest = 0;
    for found in terms.find(text) {
        runs.push(PageRun::text(&text[rest..found.start], Look::Plain));
        runs.push(PageRun::text(&text[found.clone()], Look::Matched));
        rest = found.end;
    }
    runs.push(PageRun::text(&text[rest..], Look::Plain));
    vec![PageBlock::paragraph(vec![PageRun::text("As printed, in your copy", Look::Note)]), PageBlock::paragraph(runs)]
}

/// A paragraph under its section and number; the sentences that link to the record are marked with a bar.
fn digest(context: &Context, paragraph: Record, record: Record) -> Vec<PageBlock> {
    let own = &context.dataset.paragraphs[paragraph.index()];
    let section = &context.dataset.sections[own.section.index()];
    let heading = vec![
        PageRun::link(own.about.name.to_string(), Place::Record(paragraph)),
        PageRun::text(format!("  section {}, ", section.number), Look::Faint),
        PageRun::link(section.about.name.to_string(), Place::Record(own.section)),
    ];
    let mut blocks = vec![PageBlock::paragraph(heading)];
    for block in markdown::parse(&own.about.summary) {
        blocks.extend(sentences(parts::runs(context, &block.spans), record, block.item));
        if !block.item {
            blocks.push(PageBlock::gap());
        }
    }
    blocks.push(PageBlock::gap());
    blocks
}

/// A block cut into the stretches that carry the fact and those that do not.
fn sentences(runs: Vec<PageRun>, record: Record, item: bool) -> Vec<PageBlock> {
    let mut sentences: Vec<Vec<PageRun>> = vec![Vec::new()];
    for run in runs {
        let mut rest = &*run.text;
        while let Some(end) = markdown::sentence_end(rest).filter(|_| run.target.is_none()) {
            let (sentence, after) = rest.split_at(end);
            push(&mut sentences, PageRun { text: sentence.to_owned(), ..run.clone() });
            sentences.push(Vec::new());
            rest = after.trim_start();
        }
        push(&mut sentences, PageRun { text: rest.to_owned(), ..run.clone() });
    }
    let carries = |sentence: &[PageRun]| sentence.iter().any(|run| run.target == Some(Place::Record(record)));
    let block = |mut sentence: Vec<PageRun>| {
        let carries = carries(&sentence);
        if carries {
            sentence.iter_mut().filter(|run| run.target.is_none()).for_each(|run| run.look = Look::Strong);
        }
        let lead = match (carries, item) {
            (true, _) => "▌ ",
            (false, true) => "• ",
            (false, false) => "  ",
        };
        PageBlock { repeat_lead: carries, ..PageBlock::led(lead, Look::Accent, sentence) }
    };
    sentences.into_iter().filter(|sentence| !sentence.is_empty()).map(block).collect()
}

fn push(sentences: &mut [Vec<PageRun>], run: PageRun) {
    if let Some(sentence) = sentences.last_mut().filter(|_| !run.text.is_empty()) {
        sentence.push(run);
    }
}
