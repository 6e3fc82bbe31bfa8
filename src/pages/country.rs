//! A country's page: what it took part in, by kind and in order, with whom, in which mechanisms, and where it says so.

use crate::context::Context;
use crate::dataset::{Country, EventKind, Kind, Record, Relation, Vocabulary};
use crate::place::Place;
use crate::theme::{Look, symbol};
use crate::widgets::picture::Picture;
use crate::widgets::time_axis::{Scale, TimeAxis};

use super::{PageBlock, PageRun, parts};

/// How many of the countries that appear with this one are named.
const COMPANIONS: usize = 6;

/// The page of a country.
pub fn blocks(context: &Context, record: Record, country: &Country) -> Vec<PageBlock> {
    let links = context.dataset.links_of(record, Relation::Participant, true, Kind::Event);
    let events: Vec<usize> = context.dataset.moments(links).collect();
    let mut blocks = parts::record_title(context, record);
    let official = if country.official_name == country.about.name { "" } else { &country.official_name };
    blocks.extend(parts::text_field("Officially", official));
    blocks.extend(parts::spellings(context, record));
    blocks.extend(parts::link_counts(context, record));
    blocks.extend(parts::field("Events", kinds(context, &events)));
    blocks.extend(parts::field("Often with", companions(context, record, &events)));
    blocks.push(PageBlock::gap());
    blocks.extend(parts::inset(context, &[record]));
    blocks.extend(parts::prose(context, &country.about.summary));
    blocks.extend(parts::note(context, country.about.note()));
    blocks.extend(strip(context, &events));
    blocks.extend(mechanisms(context, record));
    blocks.extend(parts::remaining_links(context, record, &[], &[Kind::Mechanism]));
    blocks
}

/// The years and months of the events, where more than one has a date.
fn strip(context: &Context, events: &[usize]) -> Vec<PageBlock> {
    let columns = context.dataset.columns();
    let months = columns.months(&columns.count_stretches(events.iter().copied()));
    let dated = months.iter().map(|&(_, count)| count as usize).sum::<usize>();
    if dated < 2 {
        return Vec::new();
    }
    let undated = events.len() - dated;
    let rest = if undated == 0 { String::new() } else { format!(", {undated} undated") };
    let caption =
        vec![PageRun::text("Over time", Look::Heading), PageRun::text(format!(" · {dated} dated{rest}"), Look::Faint)];
    vec![PageBlock::picture(caption, Picture::Strip(TimeAxis::new(&months, Scale::Month))), PageBlock::gap()]
}

/// How many events of each kind.
fn kinds(context: &Context, events: &[usize]) -> Vec<PageRun> {
    let mut counts = vec![0; EventKind::ALL.len()];
    for &moment in events {
        counts[context.dataset.columns().kinds[moment] as usize] += 1;
    }
    let said = EventKind::ALL
        .iter()
        .zip(counts)
        .filter(|&(_, count)| count > 0)
        .map(|(&kind, count)| format!("{}\u{a0}{kind}\u{a0}{count}", symbol(kind)));
    vec![PageRun::text(said.collect::<Vec<_>>().join("  "), Look::Plain)]
}

/// The countries that take part in the most of the same events.
fn companions(context: &Context, record: Record, events: &[usize]) -> Vec<PageRun> {
    let mut counts = vec![0; context.dataset.countries.len()];
    for &moment in events {
        context.dataset.columns().countries.of(moment).iter().for_each(|&other| counts[other as usize] += 1);
    }
    counts[record.index()] = 0;
    let counts = context.dataset.records(Kind::Country).zip(counts);
    let mut often: Vec<(Record, usize)> = counts.filter(|&(_, count)| count > 0).collect();
    often.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    let run = |(other, count): (Record, usize)| {
        let name = PageRun::link(context.dataset.name(other).to_string(), Place::Record(other));
        [name, PageRun::text(format!("\u{a0}{count}  "), Look::Faint)]
    };
    often.into_iter().take(COMPANIONS).flat_map(run).collect()
}

/// The mechanisms, each with its rounds on one line.
fn mechanisms(context: &Context, record: Record) -> Vec<PageBlock> {
    let mechanisms = parts::linked(context, record, |link| {
        link.incoming && link.record.kind == Kind::Mechanism && link.relation == Relation::Participant
    });
    let rounds = |mechanism: Record| {
        let mut runs = Vec::new();
        for event_record in parts::linked(context, mechanism, |link| link.incoming && link.relation == Relation::Series)
        {
            let Some(round) = context.dataset.events[event_record.index()].round else { continue };
            runs.push(PageRun::text(if runs.is_empty() { "  rounds\u{a0}" } else { "\u{a0}" }, Look::Faint));
            runs.push(PageRun::link(round.to_string(), Place::Record(event_record)));
        }
        runs
    };
    let mut blocks = parts::rows(context, "Mechanisms", &mechanisms);
    for (block, &mechanism) in blocks.iter_mut().skip(1).zip(&mechanisms) {
        let rounds = rounds(mechanism);
        *block = PageBlock {
            one_line: rounds.is_empty(),
            ..PageBlock::led("  ", Look::Plain, [vec![parts::link(context, mechanism)], rounds].concat())
        };
    }
    blocks
}
