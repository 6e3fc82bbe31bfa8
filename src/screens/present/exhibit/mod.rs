//! What is shown beside the points of a slide, made from the record that the slide is about, as it stands in the dataset.

mod chart;
mod excerpt;
mod map;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::context::Context;
use crate::dataset::{Exhibit, Kind, Record};

/// Draws what shows a record; `false` where the dataset has nothing to show of it.
pub fn draw(show: Exhibit, context: &Context, record: Record, area: Rect, buffer: &mut Buffer) -> bool {
    match show {
        Exhibit::Map => map::draw(context, record, area, buffer),
        Exhibit::Chart => chart::draw(context, record, area, buffer),
        Exhibit::Timeline => excerpt::draw(context, record, area, buffer),
    }
}

/// The records of a kind that show what a record is about: for a part of the source those that it states, for others
/// those that they are joined to.
fn joined(context: &Context, record: Record, kind: Kind) -> Vec<Record> {
    let dataset = context.dataset;
    let cites = &dataset.about(record).cites;
    match (record.kind, kind) {
        (Kind::Section | Kind::Paragraph, _) => {
            let all: Vec<Record> =
                if kind == Kind::Event { dataset.chronology().to_vec() } else { dataset.records(kind).collect() };
            let stated = |other: &Record| dataset.about(*other).cites.iter().any(|number| cites.contains(number));
            all.into_iter().filter(stated).collect()
        }
        (_, Kind::Event) => dataset.events_with(record),
        _ => dataset.links(record).iter().map(|link| link.record).filter(|other| other.kind == kind).collect(),
    }
}
