//! Figures as charts: a whole with its parts, each beginning where the one before ends, and the figures of a section
//! that count the same, side by side.

use crate::context::Context;
use crate::dataset::{Figure, Kind, Qualifier, Record, Relation};
use crate::place::Place;
use crate::theme::Look;
use crate::widgets::bars::{self, Bar};
use crate::wording::{self, amount};

use super::{PageBlock, PageRun, parts};

/// The page of all figures: the wholes with their parts first, then the figures that count the same.
pub fn blocks(context: &Context, width: usize) -> Vec<PageBlock> {
    let mut blocks = vec![
        PageBlock::paragraph(vec![PageRun::text("Figures", Look::Title)]),
        PageBlock::paragraph(vec![PageRun::text(
            "Numbers as the source gives them. › marks a number that is only the least.",
            Look::Faint,
        )]),
        PageBlock::gap(),
    ];
    let mut shown: Vec<Record> = Vec::new();
    for whole in context.dataset.records(Kind::Figure) {
        let chart = parts_of(context, whole, width);
        if !chart.is_empty() {
            shown.push(whole);
            shown.extend(parts(context, whole));
            blocks.push(PageBlock::paragraph(vec![
                PageRun { look: Look::Heading, ..parts::link(context, whole) },
                PageRun::text(format!(" · {}", amount(figure(context, whole))), Look::Strong),
            ]));
            blocks.extend(chart);
        }
    }
    for record in context.dataset.records(Kind::Figure) {
        if !shown.contains(&record) {
            let family = family(context, record);
            shown.extend(&family);
            blocks.extend(chart(context, &family, None, width));
        }
    }
    blocks
}

fn figure(context: &Context, record: Record) -> &'static Figure {
    &context.dataset.figures[record.index()]
}

/// The charts of one figure: its parts, and it among the figures of its section that count the same.
pub fn of_one(context: &Context, record: Record, width: usize) -> Vec<PageBlock> {
    let mut blocks = parts_of(context, record, width);
    if !blocks.is_empty() {
        blocks.insert(0, PageBlock::paragraph(vec![PageRun::text("What it is made of", Look::Heading)]));
    }
    if let Some(whole) = figure(context, record).part_of {
        blocks.push(PageBlock::paragraph(vec![
            PageRun::text("Within ", Look::Heading),
            PageRun { look: Look::Heading, ..parts::link(context, whole) },
        ]));
        blocks.extend(parts_of(context, whole, width));
        return blocks;
    }
    let family = family(context, record);
    if family.len() > 1 {
        blocks.extend(chart(context, &family, Some(record), width));
    }
    blocks
}

fn parts(context: &Context, whole: Record) -> Vec<Record> {
    parts::linked(context, whole, |link| link.relation == Relation::PartOf && link.incoming)
}

/// The figures of the same section, unit and whole, in the order of the file.
fn family(context: &Context, record: Record) -> Vec<Record> {
    let section = |record: Record| {
        let first = context.dataset.about(record).cites.first().and_then(|&number| context.dataset.paragraph(number));
        first.map(|paragraph| context.dataset.paragraphs[paragraph.index()].section)
    };
    let own = figure(context, record);
    let alike = |&other: &Record| {
        let figure = figure(context, other);
        figure.unit == own.unit && figure.part_of == own.part_of && section(other) == section(record)
    };
    context.dataset.records(Kind::Figure).filter(alike).collect()
}

/// Figures that count the same as bars from nothing on.
fn chart(context: &Context, figures: &[Record], marked: Option<Record>, width: usize) -> Vec<PageBlock> {
    let Some(&first) = figures.first() else { return Vec::new() };
    let unit = wording::capitalised(&figure(context, first).unit);
    let largest = figures.iter().filter_map(|&record| figure(context, record).value).fold(0.0, f64::max);
    let bars = figures.iter().map(|&record| bar(context, record, 0.0, marked == Some(record))).collect();
    let mut blocks = vec![PageBlock::paragraph(vec![
        PageRun::text(unit, Look::Heading),
        PageRun::text(format!(" · {}", figures.len()), Look::Faint),
    ])];
    blocks.extend(bars::blocks(bars, largest.max(1.0), width));
    blocks.push(PageBlock::gap());
    blocks
}

/// The parts of a figure as bars that visibly add up to it; nothing where it has none.
fn parts_of(context: &Context, record: Record, width: usize) -> Vec<PageBlock> {
    let own = figure(context, record);
    let parts = parts(context, record);
    let Some(whole) = own.value.filter(|_| !parts.is_empty()) else { return Vec::new() };
    let mut sum = 0.0;
    let mut bars: Vec<Bar<Place>> = Vec::new();
    for &part in &parts {
        bars.push(bar(context, part, sum, false));
        sum += figure(context, part).value.unwrap_or_default();
    }
    bars.push(Bar { target: None, ..bar(context, record, 0.0, true) });
    let terms: Vec<String> = parts.iter().map(|&part| amount(figure(context, part))).collect();
    let sign = if sum == whole { "=" } else { "of" };
    let equation = format!("{} {sign} {}", terms.join(" + "), amount(own));
    let mut blocks = bars::blocks(bars, whole, width);
    blocks.push(PageBlock::paragraph(vec![PageRun::text(equation, Look::Strong)]));
    blocks.push(PageBlock::gap());
    blocks
}

/// A figure as a bar, with its date and where it is stated.
fn bar(context: &Context, record: Record, from: f64, marked: bool) -> Bar<Place> {
    let own = figure(context, record);
    let date = own.date.as_ref().map(|date| date.short());
    let cited = own.about.cites.iter().map(|number| format!("¶{number}")).collect::<Vec<_>>().join(" ");
    Bar {
        label: own.about.name.to_string(),
        from,
        value: own.value,
        number: amount(own),
        open: matches!(own.qualifier, Qualifier::Over | Qualifier::MoreThan),
        note: date.into_iter().chain([cited]).collect::<Vec<_>>().join(" · "),
        target: Some(Place::Record(record)),
        marked,
    }
}
