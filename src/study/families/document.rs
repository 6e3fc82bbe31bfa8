//! What was signed, issued or applied?

use crate::dataset::{Dataset, Document, DocumentStatus, EventKind, Kind, OrganisationKind, Record, prose};
use crate::study::answer::{self, Answer};
use crate::study::card::{Draft, Family};
use crate::study::gap::{names, without};
use crate::wording;

use super::{joined_to, partners};

/// The fewest words of a description that can be told from another.
const SHORTEST: usize = 6;

/// A question for each paper that an event signs, issues or brings into force, and one for each by what it says.
pub fn drafts(dataset: &Dataset) -> Vec<Draft> {
    let signed = dataset.records(Kind::Event).filter_map(|event| signed(dataset, event));
    let described = dataset
        .records(Kind::Document)
        .filter_map(|record| described(dataset, record, Family::Document, "Which document is this?"));
    signed.chain(described).collect()
}

/// "Which declaration was signed? Shanghai Cooperation Organization, June 2004"
fn signed(dataset: &Dataset, record: Record) -> Option<Draft> {
    let event = &dataset.events[record.index()];
    let &[paper] = &*event.documents else { return None };
    let document = &dataset.documents[paper.index()];
    let verb = match (event.kind, document.status) {
        (EventKind::EntryIntoForce, _) => "took effect",
        (EventKind::Agreement, DocumentStatus::Signed) => "was signed",
        (EventKind::Agreement, DocumentStatus::Issued) => "was issued",
        (EventKind::Agreement, DocumentStatus::Adopted) => "was adopted",
        (EventKind::Proposal, DocumentStatus::Submitted) => "was submitted",
        _ => return None,
    };
    let mut subject = parties(dataset, document);
    subject.extend(event.date.as_ref().map(wording::period));
    let prompt = format!("Which {} {verb}?", document.kind);
    let draft = Draft::new(Family::Document, record, prompt, subject.join(", "), Answer::Records(vec![paper]));
    Some(draft.also_true(joined_to(dataset, record)))
}

/// The parties of a paper, as one list: its countries and its forum. The country that the dataset speaks for is named
/// where there is no forum.
fn parties(dataset: &Dataset, document: &Document) -> Vec<String> {
    let is_forum = |record: &Record| {
        let kind = dataset.organisations[record.index()].kind;
        matches!(kind, OrganisationKind::RegionalForum | OrganisationKind::International)
    };
    let forum = document.organisations.iter().copied().find(is_forum);
    let subject = dataset.source.subject.filter(|_| forum.is_none());
    let partners = partners(dataset, &document.countries);
    let records: Vec<Record> = subject.into_iter().chain(partners).chain(forum).collect();
    if records.is_empty() { Vec::new() } else { vec![answer::names(dataset, &records)] }
}

/// A question for a record by what the source says of it, its own names left out.
pub fn described(dataset: &Dataset, record: Record, family: Family, prompt: &str) -> Option<Draft> {
    let summary = prose::plain(&dataset.about(record).summary);
    let told = without(&summary, &names(dataset, record)).unwrap_or(summary);
    let long_enough = told.split_whitespace().count() >= SHORTEST;
    let draft = Draft::new(family, record, prompt, told, Answer::Records(vec![record]));
    long_enough.then(|| draft.facet("described").also_true(joined_to(dataset, record)))
}
