//! Fields without words: which records satisfy all of them.

use crate::dataset::{Dataset, Record};

use super::field::{Field, Filter};

/// Fields with their values, all of which a record has to satisfy.
#[derive(Debug, Default)]
pub struct Filters(Vec<Filter>);

impl Filters {
    /// The filters of fields by name, with values as in a query. Fails with why a value is none, in words.
    pub fn new<'a>(dataset: &Dataset, fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Filters, String> {
        let filter = |(name, value): (&str, &str)| {
            let field = Field::named(name).ok_or_else(|| format!("unknown field {name:?}{}", Field::near(name)))?;
            field.filter(value, dataset)
        };
        fields.into_iter().map(filter).collect::<Result<_, _>>().map(Filters)
    }

    /// Says whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Says whether a record satisfies all of them.
    pub fn admit(&self, record: Record, dataset: &Dataset) -> bool {
        self.0.iter().all(|filter| filter.admits(record, dataset))
    }
}
