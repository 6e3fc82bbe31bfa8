//! The parts that pages share: titles, fields, prose, notes, and lists of links under a heading.

use crate::action::Action;
use crate::context::Context;
use crate::dataset::{Clean, Kind, Link, Record, Relation, prose as markdown};
use crate::keymap::Mode;
use crate::place::Place;
use crate::theme::{Look, symbol};
use crate::widgets::column;
use crate::wording;

use super::{PageBlock, PageRun, located};

/// The columns of a field's label.
const LABEL: usize = 11;

/// The most rows that a list on a page shows; a page is read, and nobody reads on for so long.
const MOST_ROWS: usize = 500;

/// The columns of a date before an event's name.
const DATE: usize = 13;

/// A record's name, its facts and its address.
pub fn record_title(context: &Context, record: Record) -> Vec<PageBlock> {
    let about = context.dataset.about(record);
    let mut title = vec![PageRun::text(about.name.to_string(), Look::Title)];
    if context.is_marked(record) {
        title.push(PageRun::text(" ★", Look::Accent));
    }
    let said = [wording::facts(context.dataset, record), context.dataset.address(record)];
    let said = said.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ·\u{a0}");
    vec![PageBlock::paragraph(title), PageBlock::paragraph(vec![PageRun::text(said, Look::Faint)]), PageBlock::gap()]
}

/// A labelled line; nothing where there is nothing to say.
pub fn field(label: &str, runs: Vec<PageRun>) -> Option<PageBlock> {
    let said = runs.iter().any(|run| !run.text.is_empty());
    said.then(|| PageBlock::led(column(label, LABEL), Look::Faint, runs))
}

/// A labelled line of plain text.
pub fn text_field(label: &str, text: &str) -> Option<PageBlock> {
    field(label, vec![PageRun::text(text, Look::Plain)])
}

/// A labelled line of links with commas between them.
pub fn link_field(context: &Context, label: &str, records: impl IntoIterator<Item = Record>) -> Option<PageBlock> {
    let mut runs = Vec::new();
    for record in records {
        if !runs.is_empty() {
            runs.push(PageRun::text(", ", Look::Plain));
        }
        runs.push(link(context, record));
    }
    field(label, runs)
}

/// A record's name as a link.
pub fn link(context: &Context, record: Record) -> PageRun {
    PageRun::link(context.dataset.name(record).to_string(), Place::Record(record))
}

/// The spellings of a record besides its name.
pub fn spellings(context: &Context, record: Record) -> Vec<PageBlock> {
    let about = context.dataset.about(record);
    let aliases = about.aliases().iter().map(|alias| &**alias).collect::<Vec<_>>().join(", ");
    let printed = about.as_printed().map(|printed| format!("“{printed}”")).unwrap_or_default();
    [text_field("Also", &aliases), text_field("Printed as", &printed)].into_iter().flatten().collect()
}

/// Prose with its links, a gap after it.
pub fn prose(context: &Context, text: &str) -> Vec<PageBlock> {
    let mut blocks: Vec<PageBlock> = Vec::new();
    for block in markdown::parse(text) {
        let after_item = blocks.last().is_some_and(|last: &PageBlock| !last.lead.is_empty());
        if !(blocks.is_empty() || block.item && after_item) {
            blocks.push(PageBlock::gap());
        }
        let lead = if block.item { "• " } else { "" };
        blocks.push(PageBlock::led(lead, Look::Accent, runs(context, &block.spans)));
    }
    if !blocks.is_empty() {
        blocks.push(PageBlock::gap());
    }
    blocks
}

/// Runs of prose, their links resolved.
pub fn runs(context: &Context, spans: &[markdown::Span]) -> Vec<PageRun> {
    let run = |span: &markdown::Span| {
        let look = match (span.strong, span.emphasis) {
            (true, _) => Look::Strong,
            (_, true) => Look::Emphasis,
            _ => Look::Plain,
        };
        let target = span.link.as_ref().and_then(|address| context.dataset.find(address)).map(Place::Record);
        PageRun { text: span.text.to_string(), look, target }
    };
    spans.iter().map(run).collect()
}

/// A map of where some records lie, a gap after it; nothing where none has a spot.
pub fn inset(context: &Context, records: &[Record]) -> Vec<PageBlock> {
    let map = located::inset(context, records).map(|map| [PageBlock::picture(Vec::new(), map), PageBlock::gap()]);
    map.into_iter().flatten().collect()
}

/// The editor's note, set apart from what the source says.
pub fn note(context: &Context, note: Option<&Clean>) -> Vec<PageBlock> {
    let Some(text) = note else { return Vec::new() };
    let barred = |mut block: PageBlock| {
        block.runs.iter_mut().filter(|run| run.target.is_none()).for_each(|run| run.look = Look::Note);
        PageBlock { lead: format!("│ {}", block.lead), lead_look: Look::Note, repeat_lead: true, ..block }
    };
    let mut noted = prose(context, text);
    let gap = noted.pop();
    let heading = PageBlock::led("│ ", Look::Note, vec![PageRun::text("Editor’s note", Look::Note)]);
    std::iter::once(heading).chain(noted.into_iter().map(barred)).chain(gap).collect()
}

/// Rows of records under a heading with their count; nothing where there are none.
pub fn rows(context: &Context, heading: &str, records: &[Record]) -> Vec<PageBlock> {
    if records.is_empty() {
        return Vec::new();
    }
    let heading = vec![
        PageRun::text(heading.to_owned(), Look::Heading),
        PageRun::text(format!(" · {}", records.len()), Look::Faint),
    ];
    let rows = records.iter().take(MOST_ROWS).map(|&record| row(context, record));
    let more = records.len().saturating_sub(MOST_ROWS);
    let more = (more > 0).then(|| PageBlock::row(vec![PageRun::text(unlisted(context, more), Look::Faint)]));
    std::iter::once(PageBlock::row(heading)).chain(rows).chain(more).chain([PageBlock::gap()]).collect()
}

/// What stands for the rows that a list does not show.
fn unlisted(context: &Context, more: usize) -> String {
    let (filter, next) =
        (context.keymap.key(Mode::Timeline, Action::Filter), context.keymap.key(Mode::Page, Action::NextShared));
    format!("  … and {more} more: {filter} on the timeline lists them all, {next} goes from one to the next")
}

/// A record on one line.
pub fn row(context: &Context, record: Record) -> PageBlock {
    let dataset = context.dataset;
    let before = match record.kind {
        Kind::Event => {
            let event = &dataset.events[record.index()];
            let date = event.date.as_ref().map_or("undated".to_owned(), |date| date.short());
            format!("{} {}", symbol(event.kind), column(&date, DATE))
        }
        Kind::Section => format!("{} ", dataset.sections[record.index()].number),
        Kind::Figure => format!("{} ", column(&wording::amount(&dataset.figures[record.index()]), DATE)),
        _ => String::new(),
    };
    let mut runs = vec![PageRun::text(format!("  {before}"), Look::Faint), link(context, record)];
    if record.kind == Kind::Paragraph {
        runs.push(PageRun::text(format!("  {}", markdown::plain(&dataset.about(record).summary)), Look::Faint));
    }
    PageBlock::row(runs)
}

/// The records that links of this kind join to a record; events in order of time.
pub fn linked(context: &Context, record: Record, fits: impl Fn(&Link) -> bool) -> Vec<Record> {
    let links = context.dataset.links(record).iter().filter(|link| fits(link));
    let mut records: Vec<Record> = links.map(|link| link.record).collect();
    in_time(context, &mut records);
    records
}

/// Puts events in order of time, and leaves other records as they stand.
fn in_time(context: &Context, records: &mut [Record]) {
    if records.iter().all(|record| record.kind == Kind::Event) {
        return records.sort_unstable_by_key(|&event| context.dataset.moment(event));
    }
    let date = |record: &Record| context.dataset.entity(*record).date();
    records.sort_by(|one, other| match (one.kind, other.kind) {
        (Kind::Event, Kind::Event) => match (date(one), date(other)) {
            (Some(one), Some(other)) => one.list_order(other),
            (one, other) => one.is_none().cmp(&other.is_none()),
        },
        (one, other) => one.cmp(&other),
    });
}

/// The links of a record that its page has not said otherwise, each kind under its heading: the page says relations of
/// its own as fields, and lists incoming links from some kinds itself.
pub fn remaining_links(context: &Context, record: Record, said: &[Relation], listed: &[Kind]) -> Vec<PageBlock> {
    let mut groups: Vec<(Relation, bool, Kind)> = Vec::new();
    let unsaid = |link: &&Link| match link.incoming {
        true => !listed.contains(&link.record.kind) || link.relation == Relation::Mentioned,
        false => !said.contains(&link.relation),
    };
    for link in context.dataset.links(record).iter().filter(unsaid) {
        let group = (link.relation, link.incoming, link.record.kind);
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    let group = |(relation, incoming, kind): (Relation, bool, Kind)| {
        let links = context.dataset.links_of(record, relation, incoming, kind).iter();
        let mut records: Vec<Record> = links.map(|link| link.record).collect();
        in_time(context, &mut records);
        rows(context, &heading(relation, incoming, record.kind, kind), &records)
    };
    groups.into_iter().flat_map(group).collect()
}

/// The typed links of a record in one line: "takes part in 14 events · cited in 5 paragraphs".
pub fn link_counts(context: &Context, record: Record) -> Option<PageBlock> {
    let count = |relation, incoming, kind| context.dataset.links_of(record, relation, incoming, kind).len();
    let phrases = [
        ("takes part in", Relation::Participant, true, Kind::Event),
        ("party to", Relation::Participant, true, Kind::Document),
        ("member of", Relation::Participant, true, Kind::Mechanism),
        ("named in", Relation::Participant, true, Kind::Figure),
        ("series of", Relation::Series, true, Kind::Event),
        ("paper of", Relation::Document, true, Kind::Event),
        ("subject of", Relation::Exercise, true, Kind::Event),
        ("place of", Relation::Venue, true, Kind::Event),
        ("made of", Relation::PartOf, true, Kind::Figure),
        ("states", Relation::Cited, true, Kind::Event),
        ("cited in", Relation::Cited, false, Kind::Paragraph),
    ];
    let said = phrases.into_iter().filter_map(|(phrase, relation, incoming, kind)| {
        let count = count(relation, incoming, kind);
        (count > 0).then(|| format!("{phrase} {}", wording::counted(count, kind)))
    });
    text_field("Links", &said.collect::<Vec<_>>().join(" · "))
}

/// What a group of links is called on the page of a record of `own` kind.
fn heading(relation: Relation, incoming: bool, own: Kind, other: Kind) -> String {
    let plain = match (relation, incoming, own, other) {
        (Relation::Participant, true, _, Kind::Event) => "Events",
        (Relation::Participant, true, _, Kind::Document) => "Party to documents",
        (Relation::Participant, true, _, Kind::Mechanism) => "Member of mechanisms",
        (Relation::Participant, true, _, Kind::Exercise) => "Takes part in exercises",
        (Relation::Participant, false, _, Kind::Country) => "Countries",
        (Relation::Participant, false, _, Kind::Organisation) => "Bodies",
        (Relation::Series, true, ..) => "Rounds and events",
        (Relation::Exercise, true, ..) => "Held or observed",
        (Relation::Document, true, ..) => "Signed, issued or applied at",
        (Relation::Venue, true, ..) => "Events here",
        (Relation::PutForward, true, ..) => "Put forward here",
        (Relation::PutForward, false, ..) => "Put forward at",
        (Relation::PartOf, true, ..) => "Parts",
        (Relation::PartOf, false, ..) => "Part of",
        (Relation::Belongs, true, _, Kind::Place) => "Places",
        (Relation::Belongs, true, ..) => "Bodies",
        (Relation::Belongs, false, ..) => "Belongs to",
        (Relation::Cited, false, ..) => "Stated in",
        (Relation::Mentioned, true, ..) => "Mentioned by",
        (Relation::Mentioned, false, ..) => "See also",
        (Relation::Contained, true, ..) => "Paragraphs",
        (Relation::Contained, false, ..) => "Stands in",
        _ => return wording::capitalised(wording::plural(other)),
    };
    match (relation, other) {
        (Relation::Mentioned, kind) => format!("{plain} {}", wording::plural(kind)),
        _ => plain.to_owned(),
    }
}
