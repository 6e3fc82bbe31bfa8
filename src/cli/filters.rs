//! The filters of the timeline as options: each means what the field of the same name means in a search.

use clap::Args;

use super::Failure;
use crate::dataset::{Clean, Dataset, Record};
use crate::search;

/// Options that narrow what is listed; all of them must hold.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Filters, as the fields of a search")]
pub struct Filters {
    /// Only this kind, of record or event: exercise, visit, document…
    #[arg(long, value_name = "KIND")]
    pub kind: Vec<String>,
    /// Only with this country, by name or code
    #[arg(long, value_name = "NAME")]
    pub country: Vec<String>,
    /// Only with this organisation
    #[arg(long, value_name = "NAME", alias = "org", alias = "organization")]
    pub organisation: Vec<String>,
    /// Only about this topic
    #[arg(long, value_name = "TOPIC")]
    pub topic: Vec<String>,
    /// Only from this section of the source, by number or name
    #[arg(long, value_name = "SECTION")]
    pub section: Vec<String>,
    /// Only from this year, month or span: 2003, 2003-10, 2003-2004
    #[arg(long, value_name = "DATE")]
    pub year: Vec<String>,
}

impl Filters {
    /// The filters as the search understands them. Fails with what is no value of its field.
    pub fn read(&self, dataset: &Dataset) -> Result<search::Filters, Failure> {
        search::Filters::new(dataset, self.fields())
            .map_err(|why| Failure::Usage(Clean::line(format!("detente: {why}"))))
    }

    fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        let fields = [
            ("kind", &self.kind),
            ("country", &self.country),
            ("organisation", &self.organisation),
            ("topic", &self.topic),
            ("section", &self.section),
            ("year", &self.year),
        ];
        fields.into_iter().flat_map(|(field, values)| values.iter().map(move |value| (field, value.as_str())))
    }
}

/// The events that the filters admit, in order of time.
pub fn events(filters: &search::Filters, dataset: &Dataset) -> impl Iterator<Item = Record> {
    dataset.chronology().iter().copied().filter(|&event| filters.admit(event, dataset))
}
