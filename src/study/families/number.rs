//! How many?

use crate::dataset::{Dataset, Date, Figure, Kind, Qualifier, Record};
use crate::study::answer::Answer;
use crate::study::card::{Draft, Family};
use crate::wording;

/// A question for each figure, and for each series whose rounds the source counts without a figure.
pub fn drafts(dataset: &Dataset) -> Vec<Draft> {
    let figures = dataset.records(Kind::Figure).map(|record| {
        let figure = &dataset.figures[record.index()];
        let answer = Answer::Amount { value: figure.value, qualifier: figure.qualifier };
        let subject = format!("{}{}", figure.about.name, when(figure));
        Draft::new(Family::Number, record, format!("How many {}?", figure.unit), subject, answer)
    });
    let rounds = dataset.records(Kind::Mechanism).filter_map(|record| {
        let mechanism = &dataset.mechanisms[record.index()];
        let value = mechanism.rounds_stated.filter(|_| !has_figure(dataset, record))?;
        let answer = Answer::Amount { value: Some(f64::from(value)), qualifier: Qualifier::Exact };
        Some(Draft::new(Family::Number, record, "How many rounds?", &*mechanism.about.name, answer).facet("rounds"))
    });
    figures.chain(rounds).collect()
}

/// The time of a figure; not of one that counts years, which its time would tell, nor where its name says it.
fn when(figure: &Figure) -> String {
    let said = |date: &&Date| date.year().is_some_and(|year| figure.about.name.contains(&year.to_string()));
    let date = figure.date.as_ref().filter(|date| !figure.unit.contains("year") && !said(date));
    date.map(|date| format!(" ({})", wording::period(date))).unwrap_or_default()
}

fn has_figure(dataset: &Dataset, mechanism: Record) -> bool {
    dataset
        .links(mechanism)
        .iter()
        .any(|link| link.record.kind == Kind::Figure && dataset.figures[link.record.index()].unit.contains("round"))
}
