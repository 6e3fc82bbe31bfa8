//! A query made ready to be put to records.

use std::sync::Arc;

use super::field::Filter;
use super::needle::Needle;
use super::query::{Query, Term};
use super::results::Sought;
use crate::dataset::{Dataset, Record};

/// What is looked for, what must not be found, and what must hold.
#[derive(Debug)]
pub struct Question {
    /// Words and phrases that a record has to answer.
    pub sought: Arc<Sought>,
    /// Words and phrases that a record must not have.
    pub unwanted: Vec<Needle>,
    required: Vec<Filter>,
    forbidden: Vec<Filter>,
}

impl Question {
    /// The question of a query; `None` where nothing is asked, or a field has a value that nothing has. What is not
    /// understood is added to the notes of the query. `is_known` says whether a word stands anywhere as it is written.
    pub fn new(query: &mut Query, dataset: &'static Dataset, is_known: impl Fn(&str) -> bool) -> Option<Question> {
        let (mut required, mut forbidden) = (Vec::new(), Vec::new());
        let mut impossible = false;
        for clause in &query.clauses {
            match clause.field.filter(&clause.value, dataset) {
                Ok(filter) if clause.excluded => forbidden.push(filter),
                Ok(filter) => required.push(filter),
                Err(note) => {
                    impossible |= !clause.excluded;
                    query.notes.push(note);
                }
            }
        }
        let needles = |term: &Term| Needle::all(term, &is_known);
        let wanted: Vec<Needle> = query.terms.iter().filter(|term| !term.excluded).flat_map(needles).collect();
        let unwanted: Vec<Needle> = query.terms.iter().filter(|term| term.excluded).flat_map(needles).collect();
        let asks = !(wanted.is_empty() && unwanted.is_empty() && required.is_empty() && forbidden.is_empty());
        let sought = Arc::new(Sought { dataset, wanted, letters: query.letters() });
        (asks && !impossible).then_some(Question { sought, unwanted, required, forbidden })
    }

    /// Says whether the fields of the query hold for a record.
    pub fn admits(&self, record: Record) -> bool {
        let holds = |filter: &Filter| filter.admits(record, self.sought.dataset);
        self.required.iter().all(holds) && !self.forbidden.iter().any(holds)
    }
}
