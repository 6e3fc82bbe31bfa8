//! The page of a record that needs no page of its own: its facts, its text, and its links by kind.

use crate::context::Context;
use crate::dataset::{Entity, Kind, Paragraph, Record, Relation};

use super::{PageBlock, figures, parts};

/// The page of a record, for a pane `width` columns wide.
pub fn blocks(context: &Context, record: Record, width: usize) -> Vec<PageBlock> {
    let entity = context.dataset.entity(record);
    let mut blocks = parts::record_title(context, record);
    let fields = blocks.len();
    blocks.extend(parts::spellings(context, record));
    blocks.extend(own_fields(context, entity));
    blocks.extend(parts::link_counts(context, record));
    if blocks.len() > fields {
        blocks.push(PageBlock::gap());
    }
    blocks.extend(parts::inset(context, &[record]));
    blocks.extend(parts::prose(context, &entity.about().summary));
    if record.kind == Kind::Figure {
        blocks.extend(figures::of_one(context, record, width));
    }
    blocks.extend(parts::note(context, entity.about().note()));
    blocks.extend(parts::remaining_links(context, record, said(record.kind), listed(record.kind)));
    if let Entity::Paragraph(paragraph) = entity {
        blocks.extend(parts::rows(context, "Before and after", &neighbours(context, paragraph)));
    }
    blocks
}

/// Relations that the fields of a kind say already.
fn said(kind: Kind) -> &'static [Relation] {
    match kind {
        Kind::Organisation | Kind::Place => &[Relation::Belongs],
        Kind::Paragraph => &[Relation::Contained],
        Kind::Event => &[],
        _ => &[Relation::Participant],
    }
}

/// Kinds whose incoming links the page lists itself: the parts of a figure are its bars.
fn listed(kind: Kind) -> &'static [Kind] {
    if kind == Kind::Figure { &[Kind::Figure] } else { &[] }
}

fn own_fields(context: &Context, entity: Entity) -> Vec<PageBlock> {
    let both = |countries: &[Record], organisations: &[Record]| {
        let countries = parts::link_field(context, "Countries", countries.iter().copied());
        let organisations = parts::link_field(context, "Bodies", organisations.iter().copied());
        vec![countries, organisations]
    };
    let fields = match entity {
        Entity::Mechanism(mechanism) => both(&mechanism.countries, &mechanism.organisations),
        Entity::Document(document) => both(&document.countries, &document.organisations),
        Entity::Exercise(exercise) => both(&exercise.countries, &exercise.organisations),
        Entity::Figure(figure) => both(&figure.countries, &figure.organisations),
        Entity::Position(position) => both(&position.countries, &position.organisations),
        Entity::Organisation(organisation) => vec![
            parts::text_field("Short", organisation.short.as_deref().unwrap_or_default()),
            parts::link_field(context, "Country", organisation.country),
        ],
        Entity::Place(place) => vec![parts::link_field(context, "Country", place.country)],
        Entity::Paragraph(paragraph) => vec![parts::link_field(context, "Section", [paragraph.section])],
        Entity::Section(_) | Entity::Event(_) | Entity::Country(_) => Vec::new(),
    };
    fields.into_iter().flatten().collect()
}

/// The paragraphs before and after one.
fn neighbours(context: &Context, paragraph: &Paragraph) -> Vec<Record> {
    let numbers = [paragraph.number.checked_sub(1), paragraph.number.checked_add(1)];
    numbers.into_iter().flatten().filter_map(|number| context.dataset.paragraph(number)).collect()
}
