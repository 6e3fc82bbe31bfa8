//! The first page: what the dataset is, what is in it, and how to begin.

use crate::action::{Action, Step};
use crate::context::Context;
use crate::dataset::{Kind, Vocabulary};
use crate::keymap::Mode;
use crate::place::Tab;
use crate::theme::Look;
use crate::wording::counted;

use super::{PageBlock, PageRun, parts};

/// The actions that a first-time reader needs.
const FIRST_ACTIONS: [Action; 8] = [
    Action::Move(Step::Next),
    Action::Open,
    Action::Back,
    Action::NextPane,
    Action::Tab(Tab::Countries),
    Action::Search,
    Action::Help,
    Action::Quit,
];

/// The page of the dataset as a whole.
pub fn blocks(context: &Context) -> Vec<PageBlock> {
    let source = &context.dataset.source;
    let published = [source.publisher.as_deref(), source.date.as_ref().map(|date| date.words()).as_deref()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ");
    let mut blocks = vec![
        PageBlock::paragraph(vec![PageRun::text(source.title.to_string(), Look::Title)]),
        PageBlock::paragraph(vec![PageRun::text(source.chapter.as_deref().unwrap_or_default(), Look::Strong)]),
        PageBlock::paragraph(vec![PageRun::text(published, Look::Faint)]),
        PageBlock::gap(),
        PageBlock::paragraph(vec![PageRun::text(contents(context), Look::Plain)]),
        PageBlock::gap(),
    ];
    blocks.extend(keys(context));
    let sections: Vec<_> = context.dataset.records(Kind::Section).collect();
    blocks.extend(parts::rows(context, "Sections", &sections));
    blocks.extend(parts::note(context, source.note.as_ref()));
    blocks
}

/// "96 events · 36 countries · …"
fn contents(context: &Context) -> String {
    let counts = Kind::ALL.iter().map(|&kind| (kind, context.dataset.count(kind))).filter(|(_, count)| *count > 0);
    counts.map(|(kind, count)| counted(count, kind)).collect::<Vec<_>>().join(" · ")
}

/// The keys to begin with, from the key table.
fn keys(context: &Context) -> Vec<PageBlock> {
    let heading = PageBlock::paragraph(vec![PageRun::text("To begin", Look::Heading)]);
    let lines = FIRST_ACTIONS.iter().filter_map(|&action| {
        let binding = context.keymap.bindings(Mode::Timeline).find(|binding| binding.action == action)?;
        let key = PageRun::text(format!("  {:<11}", binding.first_shown()), Look::Accent);
        let help = binding.help.split(';').next().unwrap_or_default();
        Some(PageBlock::row(vec![key, PageRun::text(help, Look::Plain)]))
    });
    std::iter::once(heading).chain(lines).chain([PageBlock::gap()]).collect()
}
