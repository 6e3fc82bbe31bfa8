//! What the search keeps of every record: its names, the words it answers to, its prose, and what it is joined to.

use crate::dataset::{Clean, Dataset, Entity, Record, prose};

use super::kinds;
use super::lexicon::{Lexicon, WordNumber};
use super::names::{Folded, Token, fold, fold_away};

/// What the search keeps of a record.
#[derive(Debug)]
pub struct Entry {
    /// Its name, then its aliases.
    pub names: Vec<Name>,
    /// The words of its kind, topics and date.
    pub kind_words: Vec<WordNumber>,
    /// The words of its prose, each once, in order of number.
    pub prose_words: Vec<WordNumber>,
    /// Its prose, for phrases.
    pub prose: Folded,
    /// The ordinals of the records that it is joined to.
    pub related: Vec<usize>,
    /// The length of its name in characters.
    pub length: usize,
}

/// A name or an alias.
#[derive(Debug)]
pub struct Name {
    /// As it is shown.
    pub shown: Clean,
    /// As it is compared.
    pub folded: Folded,
    /// Its words, with their numbers.
    pub words: Vec<(Token, WordNumber)>,
}

/// Makes the entries of all records, by their ordinals.
pub fn all(dataset: &Dataset, lexicon: &mut Lexicon) -> Vec<Entry> {
    dataset.all().map(|record| Entry::new(dataset, record, lexicon)).collect()
}

impl Entry {
    fn new(dataset: &Dataset, record: Record, lexicon: &mut Lexicon) -> Entry {
        let entity = dataset.entity(record);
        let kind_words = lexicon.enter_all(&fold_away(&kinds::words(record.kind, entity)), true);
        let prose = fold_away(&prose_of(entity));
        let mut prose_words = lexicon.enter_all(&prose, false);
        prose_words.sort_unstable();
        prose_words.dedup();
        Entry {
            names: names_of(entity).into_iter().map(|name| Name::new(name, lexicon)).collect(),
            kind_words,
            prose_words,
            prose,
            related: related(dataset, record),
            length: dataset.name(record).chars().count(),
        }
    }

    /// Its name and aliases as they are compared.
    pub fn folded(&self) -> impl Iterator<Item = &Folded> {
        self.names.iter().map(|name| &name.folded)
    }
}

impl Name {
    fn new(shown: Clean, lexicon: &mut Lexicon) -> Name {
        let folded = fold(&shown);
        let words = folded.tokens().map(|token| (token, lexicon.enter(folded.read(token), true))).collect();
        Name { shown, folded, words }
    }
}

/// The names of a record as they are compared.
pub fn folded_names(entity: Entity) -> Vec<Folded> {
    names_of(entity).iter().map(|name| fold(name)).collect()
}

/// The name, then what else a reader may call the record. A country's code and a figure's number count as aliases.
fn names_of(entity: Entity) -> Vec<Clean> {
    let about = entity.about();
    let mut names = vec![about.name.clone()];
    names.extend(about.aliases.iter().cloned());
    match entity {
        Entity::Country(country) => names.extend([country.official_name.clone(), about.id.clone()]),
        Entity::Organisation(organisation) => names.extend(organisation.short.clone()),
        Entity::Figure(figure) => names.extend(figure.value.map(|value| Clean::line(with_commas(value)))),
        _ => {}
    }
    names
}

fn prose_of(entity: Entity) -> String {
    let about = entity.about();
    let mut text = prose::plain(&about.summary);
    let mut add = |more: &str| {
        text.push('\n');
        text.push_str(more);
    };
    if let Some(note) = &about.note {
        add(&prose::plain(note));
    }
    if let Some(printed) = &about.as_printed {
        add(printed);
    }
    match entity {
        Entity::Country(country) => [&country.capital, &country.region].into_iter().for_each(|text| add(text)),
        Entity::Event(event) => event.first.iter().for_each(|first| add(first)),
        _ => {}
    }
    text
}

fn related(dataset: &Dataset, record: Record) -> Vec<usize> {
    let links = dataset.links(record).iter().filter(|link| !link.incoming && link.relation.is_field());
    links.map(|link| dataset.ordinal(link.record)).collect()
}

/// A number as prose writes it, as in 3,362.
fn with_commas(value: f64) -> String {
    let plain = value.to_string();
    let (whole, fraction) = plain.split_at(plain.find('.').unwrap_or(plain.len()));
    let mut text = String::with_capacity(plain.len() + plain.len() / 3);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 && !text.ends_with('-') {
            text.push(',');
        }
        text.push(digit);
    }
    text + fraction
}
