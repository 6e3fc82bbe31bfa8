//! Which fields join records: one table, from which links are read and in which they are changed.

use super::Dataset;
use super::entity::{
    About, Country, Document, Event, Exercise, Figure, Mechanism, Organisation, Place, Position, Record,
};
use super::links::Relation;
use super::vocabulary::Kind;

/// A record with fields that join it to others.
pub(super) trait Joined {
    /// What it says of itself.
    fn about(&self) -> &About;

    /// Each link that a field states.
    fn joins(&self, take: &mut impl FnMut(Relation, Record));

    /// Changes each link that a field states.
    fn relink(&mut self, change: &impl Fn(&mut Record));
}

macro_rules! joined {
    ($($entity:ident { $($field:ident: $relation:ident),* $(,)? })*) => {
        $(impl Joined for $entity {
            fn about(&self) -> &About {
                &self.about
            }

            fn joins(&self, _take: &mut impl FnMut(Relation, Record)) {
                $(self.$field.iter().for_each(|&record| _take(Relation::$relation, record));)*
            }

            fn relink(&mut self, _change: &impl Fn(&mut Record)) {
                $(self.$field.iter_mut().for_each(_change);)*
            }
        })*
    };
}

joined! {
    Event {
        countries: Participant,
        organisations: Participant,
        documents: Document,
        places: Venue,
        exercise: Exercise,
        mechanism: Series,
    }
    Mechanism { countries: Participant, organisations: Participant }
    Country {}
    Organisation { country: Belongs }
    Document { countries: Participant, organisations: Participant }
    Exercise { countries: Participant, organisations: Participant }
    Place { country: Belongs }
    Figure { part_of: PartOf, countries: Participant, organisations: Participant }
    Position { of: PutForward, organisations: Participant, countries: Participant }
}

/// Each link that a field of a record of the dataset states. A section holds its paragraphs, which says all that its
/// citing them could say.
pub(super) fn all(dataset: &Dataset, take: &mut impl FnMut(Record, Relation, Record)) {
    for (index, paragraph) in dataset.paragraphs.iter().enumerate() {
        take(Record::new(Kind::Paragraph, index), Relation::Contained, paragraph.section);
    }
    list(dataset, Kind::Event, &dataset.events, take);
    list(dataset, Kind::Mechanism, &dataset.mechanisms, take);
    list(dataset, Kind::Country, &dataset.countries, take);
    list(dataset, Kind::Organisation, &dataset.organisations, take);
    list(dataset, Kind::Document, &dataset.documents, take);
    list(dataset, Kind::Exercise, &dataset.exercises, take);
    list(dataset, Kind::Place, &dataset.places, take);
    list(dataset, Kind::Figure, &dataset.figures, take);
    list(dataset, Kind::Position, &dataset.positions, take);
}

fn list(dataset: &Dataset, kind: Kind, records: &[impl Joined], take: &mut impl FnMut(Record, Relation, Record)) {
    for (index, joined) in records.iter().enumerate() {
        let record = Record::new(kind, index);
        joined.joins(&mut |relation, other| take(record, relation, other));
        let paragraphs = joined.about().cites.iter().filter_map(|&number| dataset.paragraph(number));
        paragraphs.for_each(|paragraph| take(record, Relation::Cited, paragraph));
    }
}
