//! What a record answers to: its names, the words of its kind, its prose, and what it is joined to.

use std::borrow::Cow;

use crate::dataset::{Clean, Dataset, Entity, Record, prose, thousands};

pub use super::kinds::words as kind_words;

/// The name, then what else a reader may call the record. A country's code and a figure's number count as aliases.
pub fn names(entity: Entity<'_>) -> Vec<Cow<'_, Clean>> {
    let about = entity.about();
    let mut names = Vec::with_capacity(1 + about.aliases().len());
    names.push(Cow::Borrowed(&about.name));
    names.extend(about.aliases().iter().map(Cow::Borrowed));
    match entity {
        Entity::Country(country) => names.extend([&country.official_name, &about.id].map(Cow::Borrowed)),
        Entity::Organisation(organisation) => names.extend(organisation.short.as_ref().map(Cow::Borrowed)),
        Entity::Figure(figure) => {
            names.extend(figure.value.map(|value| Cow::Owned(Clean::line(thousands(value)))));
        }
        _ => {}
    }
    names
}

/// The text in which a word may stand that none of its names has.
pub fn prose(entity: Entity<'_>) -> Cow<'_, str> {
    let about = entity.about();
    let mut text = plain(&about.summary);
    let mut add = |more: &str| {
        let text = text.to_mut();
        text.push('\n');
        text.push_str(more);
    };
    about.note().iter().for_each(|note| add(&plain(note)));
    about.as_printed().iter().for_each(|printed| add(printed));
    match entity {
        Entity::Country(country) => [&country.capital, &country.region].into_iter().for_each(|text| add(text)),
        Entity::Event(event) => event.first.iter().for_each(|first| add(first)),
        _ => {}
    }
    text
}

/// The records that a record is joined to by one of its fields.
pub fn related(dataset: &Dataset, record: Record) -> impl Iterator<Item = Record> + '_ {
    let links = dataset.links(record).iter().filter(|link| !link.incoming && link.relation.is_field());
    links.map(|link| link.record)
}

/// Prose without its marks. Most prose is one paragraph of bare words, which needs no reading as Markdown.
fn plain(text: &str) -> Cow<'_, str> {
    let bare = |byte: u8| byte.is_ascii_alphanumeric() || b" ,.;:()'\"/?!%-".contains(&byte);
    let is_bare = text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.bytes().all(bare);
    if is_bare { Cow::Borrowed(text) } else { Cow::Owned(prose::plain(text)) }
}
