//! Addresses: how a record is written in links and on the command line, `kind/id`.

use std::collections::HashMap;

use super::entity::Record;
use super::finding::near;
use super::vocabulary::{Kind, Vocabulary};

/// The record behind every address.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    by_kind: [HashMap<Box<str>, u32>; Kind::ALL.len()],
}

impl Addresses {
    /// Gives `record` its name. `false` when the list has the name already.
    pub fn add(&mut self, record: Record, id: &str) -> bool {
        let names = &mut self.by_kind[record.kind as usize];
        let new = !names.contains_key(id);
        if new {
            names.insert(id.into(), record.number);
        }
        new
    }

    /// The record at an address such as `country/ru`.
    pub fn find(&self, address: &str) -> Option<Record> {
        let (kind, id) = address.split_once('/')?;
        let kind = Kind::from_word(kind)?;
        let number = *self.by_kind[kind as usize].get(id)?;
        Some(Record { kind, number })
    }

    /// "; did you mean …?" with the nearest address, or the shape of one where the kind is unknown.
    pub fn near(&self, address: &str) -> String {
        let (kind, id) = address.split_once('/').unwrap_or(("", address));
        if let Some(kind) = Kind::from_word(kind) {
            let suggestion = near(id, self.by_kind[kind as usize].keys().map(|id| &**id));
            return suggestion.replace("mean \"", &format!("mean \"{kind}/"));
        }
        let same_id = Kind::ALL.iter().find(|&&kind| self.by_kind[kind as usize].contains_key(id));
        match same_id {
            Some(kind) => format!("; did you mean \"{kind}/{id}\"?"),
            None => "; a link is written kind/id, as in country/ru".to_owned(),
        }
    }
}
