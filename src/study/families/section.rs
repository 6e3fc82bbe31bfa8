//! Which section says so?

use crate::dataset::{Dataset, Entity, Kind, Record};
use crate::study::answer::Answer;
use crate::study::card::{Draft, Family};

/// The kinds of record that are looked up by their section.
const KINDS: [Kind; 4] = [Kind::Position, Kind::Document, Kind::Exercise, Kind::Country];

/// A question for each record of these kinds that one section alone states.
pub fn drafts(dataset: &Dataset) -> Vec<Draft> {
    if dataset.sections.len() < 2 {
        return Vec::new();
    }
    KINDS.iter().flat_map(|&kind| dataset.records(kind)).filter_map(|record| draft(dataset, record)).collect()
}

fn draft(dataset: &Dataset, record: Record) -> Option<Draft> {
    let mut sections = dataset.sections_stating(dataset.about(record)).into_iter();
    let (Some(section), None) = (sections.next(), sections.next()) else { return None };
    let name = dataset.name(record);
    let (prompt, subject) = match dataset.entity(record) {
        Entity::Position(position) => (format!("Which section states this {}?", position.kind), name.to_string()),
        Entity::Document(document) => (format!("Which section names this {}?", document.kind), name.to_string()),
        Entity::Exercise(_) => ("Which section tells of this exercise?".to_owned(), name.to_string()),
        _ => ("Which section alone speaks of this country?".to_owned(), name.to_string()),
    };
    Some(Draft::new(Family::Section, record, prompt, subject, Answer::Records(vec![section])))
}
