//! Places: the address of anything that can be opened.

use crate::dataset::{Dataset, Record};

/// A tab: what the index lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tab {
    /// Sections and the event timeline.
    Home,
    /// Countries.
    Countries,
    /// Organisations.
    Organisations,
    /// Documents and exercises.
    Documents,
    /// Mechanisms and positions.
    Mechanisms,
    /// Figures.
    Figures,
    /// The map and its places.
    Map,
}

impl Tab {
    /// All tabs, in the order of their digits 1 to 7.
    pub const ALL: [Tab; 7] =
        [Tab::Home, Tab::Countries, Tab::Organisations, Tab::Documents, Tab::Mechanisms, Tab::Figures, Tab::Map];

    /// What the tab is called.
    pub fn name(self) -> &'static str {
        match self {
            Tab::Home => "Timeline",
            Tab::Countries => "Countries",
            Tab::Organisations => "Organisations",
            Tab::Documents => "Documents and exercises",
            Tab::Mechanisms => "Mechanisms and positions",
            Tab::Figures => "Figures",
            Tab::Map => "Map",
        }
    }

    /// What the tab is called where there is little room.
    pub fn short_name(self) -> &'static str {
        match self {
            Tab::Documents => "Documents",
            Tab::Mechanisms => "Mechanisms",
            tab => tab.name(),
        }
    }

    /// The tab's word in an address.
    pub fn word(self) -> &'static str {
        match self {
            Tab::Home => "home",
            Tab::Countries => "countries",
            Tab::Organisations => "organisations",
            Tab::Documents => "documents",
            Tab::Mechanisms => "mechanisms",
            Tab::Figures => "figures",
            Tab::Map => "map",
        }
    }
}

/// The address of anything that can be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// A tab of the index.
    Tab(Tab),
    /// A record's page.
    Record(Record),
    /// The digests that state a record.
    Source(Record),
}

impl Place {
    /// The place in words that [`Place::parse`] reads: `home`, `country/ru`, `source/country/ru`.
    pub fn address(self, dataset: &Dataset) -> String {
        match self {
            Place::Tab(tab) => tab.word().to_owned(),
            Place::Record(record) => dataset.address(record),
            Place::Source(record) => format!("source/{}", dataset.address(record)),
        }
    }

    /// The place at an address.
    pub fn parse(address: &str, dataset: &Dataset) -> Option<Place> {
        if let Some(tab) = Tab::ALL.into_iter().find(|tab| tab.word() == address) {
            return Some(Place::Tab(tab));
        }
        match address.strip_prefix("source/") {
            Some(record) => dataset.find(record).map(Place::Source),
            None => dataset.find(address).map(Place::Record),
        }
    }

    /// What the place is called.
    pub fn name(self, dataset: &'static Dataset) -> &'static str {
        match self {
            Place::Tab(tab) => tab.name(),
            Place::Record(record) | Place::Source(record) => dataset.name(record),
        }
    }
}
