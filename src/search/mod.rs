//! Floor 1: finding.
use crate::dataset::{Clean, Dataset, Kind, Record};
#[derive(Debug)]
pub struct Index(&'static Dataset);
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Results {
    pub hits: Vec<Hit>,
    pub note: Option<Clean>,
}
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    pub record: Record,
    pub matched: Vec<usize>,
    pub alias: Option<Clean>,
}
impl Index {
    pub fn new(dataset: &'static Dataset) -> Index {
        Index(dataset)
    }
    pub fn search(&self, query: &str) -> Results {
        let q = query.to_lowercase();
        let hits = self
            .0
            .all()
            .filter(|&r| !q.is_empty() && self.0.name(r).to_lowercase().contains(&q))
            .map(|record| Hit { record, matched: vec![], alias: None })
            .collect();
        Results { hits, note: None }
    }
}
impl Results {
    pub fn groups(&self) -> Vec<(Kind, Vec<&Hit>)> {
        let mut groups: Vec<(Kind, Vec<&Hit>)> = Vec::new();
        for hit in &self.hits {
            match groups.iter_mut().find(|(k, _)| *k == hit.record.kind) {
                Some((_, g)) => g.push(hit),
                None => groups.push((hit.record.kind, vec![hit])),
            }
        }
        groups
    }
}
