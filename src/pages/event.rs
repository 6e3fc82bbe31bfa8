//! An event's page: when, who, where, under which paper, in which round, and what else happened that month.

use crate::context::Context;
use crate::dataset::{DateBasis, Event, Record, Relation};
use crate::place::Place;
use crate::theme::{Look, symbol};
use crate::wording::ordinal;

use super::{PageBlock, PageRun, parts};

/// Relations that the fields of the page say already.
const SAID: &[Relation] =
    &[Relation::Participant, Relation::Series, Relation::Exercise, Relation::Document, Relation::Venue];

/// The page of an event.
pub fn blocks(context: &Context, record: Record, event: &Event) -> Vec<PageBlock> {
    let mut blocks = title(context, record, event);
    blocks.extend(fields(context, event));
    blocks.extend(parts::spellings(context, record));
    blocks.push(PageBlock::gap());
    blocks.extend(parts::inset(context, &event.places));
    blocks.extend(parts::prose(context, &event.about.summary));
    blocks.extend(parts::note(context, event.about.note()));
    blocks.extend(parts::remaining_links(context, record, SAID, &[]));
    let (heading, others) = same_month(context, record, event);
    blocks.extend(parts::rows(context, heading, &others));
    blocks
}

fn title(context: &Context, record: Record, event: &Event) -> Vec<PageBlock> {
    let mut title = parts::record_title(context, record);
    let kind = [
        Some(event.kind.to_string()),
        event.level.map(|level| format!("{level} level")),
        event.direction.map(|d| d.to_string()),
    ];
    let words = kind.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let line = vec![
        PageRun::text(format!("{} {words}", symbol(event.kind)), Look::Strong),
        PageRun::text(format!(" ·\u{a0}{}", context.dataset.address(record)), Look::Faint),
    ];
    title[1] = PageBlock::paragraph(line);
    title
}

fn fields(context: &Context, event: &Event) -> impl Iterator<Item = PageBlock> {
    let topics = event.topics.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let fields = [
        parts::field("When", when(event)),
        parts::field(if event.round.is_some() { "Round" } else { "Series" }, round(context, event)),
        parts::text_field("First", event.first.as_deref().map_or("", |first| first)),
        parts::link_field(context, "Countries", event.countries.iter().copied()),
        parts::link_field(context, "Bodies", event.organisations.iter().copied()),
        parts::link_field(context, "Where", event.places.iter().copied()),
        parts::link_field(context, "Papers", event.documents.iter().copied()),
        parts::link_field(context, "Exercise", event.exercise),
        parts::text_field("About", &topics),
    ];
    fields.into_iter().flatten()
}

fn when(event: &Event) -> Vec<PageRun> {
    let words = event.date.as_ref().map_or("the source gives no date".to_owned(), |date| date.words());
    let basis = match event.date_basis {
        None | Some(DateBasis::Stated) => "",
        Some(DateBasis::Relative) => "  from a phrase such as “this year”",
        Some(DateBasis::Inherited) => "  from the sentence before",
        Some(DateBasis::Inferred) => "  worked out by the editor",
    };
    vec![PageRun::text(words, Look::Strong), PageRun::text(basis, Look::Faint)]
}

/// The round in its mechanism, with the rounds before and after it.
fn round(context: &Context, event: &Event) -> Vec<PageRun> {
    let Some(mechanism) = event.mechanism else {
        return event.round.map(|round| PageRun::text(ordinal(round), Look::Strong)).into_iter().collect();
    };
    let mut runs = match event.round {
        Some(round) => vec![PageRun::text(format!("{} of ", ordinal(round)), Look::Strong)],
        None => Vec::new(),
    };
    runs.push(parts::link(context, mechanism));
    let rounds = parts::linked(context, mechanism, |link| link.relation == Relation::Series && link.incoming);
    let Some(own) = event.round else { return runs };
    let numbered = || rounds.iter().filter_map(|&other| Some((context.dataset.events[other.index()].round?, other)));
    let before = numbered().filter(|&(number, _)| number < own).max_by_key(|&(number, _)| number);
    let after = numbered().filter(|&(number, _)| number > own).min_by_key(|&(number, _)| number);
    for (neighbour, word) in [(before, "before: "), (after, "next: ")] {
        let Some((number, neighbour)) = neighbour else { continue };
        runs.push(PageRun::text(format!("  {word}"), Look::Faint));
        runs.push(PageRun::link(ordinal(number), Place::Record(neighbour)));
    }
    runs
}

/// The most events of the same month that are listed before this one, and after it.
const NEAREST: usize = 12;

/// The other events of the same month, or of many those that are nearest, and what they are called.
fn same_month(context: &Context, record: Record, event: &Event) -> (&'static str, Vec<Record>) {
    let month = |event: &Event| event.date.as_ref().and_then(|date| Some((date.year()?, date.month()?)));
    let Some(wanted) = month(event) else { return ("", Vec::new()) };
    // They stand around it in order of time.
    let (chronology, moment) = (context.dataset.chronology(), context.dataset.moment(record));
    let same = |other: &&Record| month(&context.dataset.events[other.index()]) == Some(wanted);
    let before = chronology[..moment].iter().rev().take_while(same).take(NEAREST + 1).count();
    let after = chronology[moment + 1..].iter().take_while(same).take(NEAREST + 1).count();
    let heading = if before.max(after) > NEAREST { "Nearest in the same month" } else { "The same month" };
    let (before, after) = (before.min(NEAREST), after.min(NEAREST));
    let others = chronology[moment - before..=moment + after].iter().copied();
    (heading, others.filter(|&other| other != record).collect())
}
