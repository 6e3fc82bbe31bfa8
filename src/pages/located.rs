//! Records as points of the map.

use crate::context::Context;
use crate::dataset::{Coordinates, Kind, Record};
use crate::widgets::picture::Picture;
use crate::widgets::world_map::{Point, Size, Spot};

/// From how many events on a country is drawn large.
const LARGE: usize = 4;

/// A record's spot on the Earth.
pub fn spot(context: &Context, record: Record) -> Option<Spot> {
    context.dataset.entity(record).position().map(|Coordinates { latitude, longitude }| Spot { latitude, longitude })
}

/// A record as a point of the map, sized by its events.
pub fn point(context: &Context, record: Record) -> Option<Point> {
    let size = match (record.kind, context.dataset.event_count(record)) {
        (Kind::Place, _) => Size::Place,
        (_, LARGE..) => Size::Large,
        _ => Size::Small,
    };
    Some(Point { spot: spot(context, record)?, name: context.dataset.name(record).to_string(), size })
}

/// The spot of the country that the dataset speaks for.
pub fn home(context: &Context) -> Option<Spot> {
    spot(context, context.dataset.source.subject?)
}

/// A map of the part of the world around some records, with the countries around them. `None` where none has a spot.
pub fn inset(context: &Context, records: &[Record]) -> Option<Picture> {
    let own = records.iter().filter_map(|&record| point(context, record));
    let mut points: Vec<Point> = own.map(|point| Point { size: Size::Large, ..point }).collect();
    let shown = points.len();
    let others = context.dataset.records(Kind::Country).filter(|country| !records.contains(country));
    points.extend(others.filter_map(|country| point(context, country)));
    (shown > 0).then_some(Picture::Map { points, shown })
}
