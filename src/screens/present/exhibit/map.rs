//! A map: where a record is, seen from the country that the dataset speaks for.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::chart::parts;
use super::joined;
use crate::context::Context;
use crate::dataset::{Kind, Link, Record, Relation};
use crate::pages::located::{home, point};
use crate::widgets::world_map::{Point, Size, Spot, View, WorldMap};

/// The most points that are all drawn large and named; of more, the names of some would cover the rest.
const FEW: usize = 12;

/// Draws the part of the world in which a record lies; `false` where it lies nowhere.
pub fn draw(context: &Context, record: Record, area: Rect, buffer: &mut Buffer) -> bool {
    let mut points: Vec<Point> = located(context, record).into_iter().filter_map(|at| point(context, at)).collect();
    let few = points.len() <= FEW;
    if points.is_empty() {
        return false;
    }
    points.iter_mut().filter(|_| few).for_each(|point| point.size = Size::Large);
    let alone = (points.len() == 1).then_some(0);
    let subject = context.dataset.source.subject.and_then(|subject| point(context, subject));
    let from = home(context).filter(|home| points.iter().all(|point| point.spot != *home));
    points.extend(subject.filter(|_| from.is_some()).map(|point| Point { size: Size::Small, ..point }));
    let spots: Vec<Spot> = points.iter().map(|point| point.spot).collect();
    let Some(view) = View::around(&spots, area) else { return false };
    let least_named = if few { Size::Small } else { Size::Large };
    let map = WorldMap { view, points: &points, selected: alone, from: alone.and(from), least_named };
    map.draw(area, buffer, &context.theme);
    true
}

/// The countries and places that show where a record is.
fn located(context: &Context, record: Record) -> Vec<Record> {
    let mut found = match record.kind {
        _ if Some(record) == context.dataset.source.subject => everyone(context),
        Kind::Country | Kind::Place => vec![record],
        Kind::Section | Kind::Paragraph => joined(context, record, Kind::Country),
        Kind::Event => told_with(context, record).into_iter().flat_map(|event| of_one(context, event)).collect(),
        Kind::Figure => {
            let with_parts = [vec![record], parts(context, record)].concat();
            with_parts.into_iter().flat_map(|part| of_one(context, part)).collect()
        }
        _ => [of_one(context, record), of_events(context, record)].concat(),
    };
    if found.is_empty() {
        found = of_events(context, record);
    }
    let mut seen = Vec::new();
    found.retain(|&at| {
        let new = !seen.contains(&at) && Some(at) != context.dataset.source.subject;
        seen.push(at);
        new
    });
    found
}

/// All countries that take part in an event.
fn everyone(context: &Context) -> Vec<Record> {
    let takes_part = |country: &Record| context.dataset.event_count(*country) > 0;
    context.dataset.records(Kind::Country).filter(takes_part).collect()
}

/// An event, and those that are told in one breath with it: of the same kind and time, in the same paragraphs.
fn told_with(context: &Context, record: Record) -> Vec<Record> {
    let event = |record: Record| &context.dataset.events[record.index()];
    let told = |record: Record| {
        let event = event(record);
        (event.kind, event.direction, &event.date, &event.about.cites)
    };
    let all = context.dataset.chronology().iter().copied();
    all.filter(|&other| told(other) == told(record)).collect()
}

/// Where a record is held, and its parties.
fn of_one(context: &Context, record: Record) -> Vec<Record> {
    let says_where = |link: &Link| !link.incoming && matches!(link.relation, Relation::Venue | Relation::Participant);
    linked(context, record, says_where)
}

/// Where the events are held that a record is joined to.
fn of_events(context: &Context, record: Record) -> Vec<Record> {
    let events = joined(context, record, Kind::Event);
    events.into_iter().flat_map(|event| linked(context, event, |link| link.relation == Relation::Venue)).collect()
}

fn linked(context: &Context, record: Record, fits: impl Fn(&Link) -> bool) -> Vec<Record> {
    let lies_somewhere = |link: &&Link| matches!(link.record.kind, Kind::Country | Kind::Place) && fits(link);
    context.dataset.links(record).iter().filter(lies_somewhere).map(|link| link.record).collect()
}
