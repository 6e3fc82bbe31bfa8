//! What only shows across records: sums of figures, the order of rounds, sections that hold what they cite.

use std::collections::HashMap;

use super::Dataset;
use super::entity::{Event, Record};
use super::finding::Finding;
use super::vocabulary::Kind;

/// Reports figures whose parts exceed their whole or go round in a circle, and mechanisms whose rounds are out of order.
pub(super) fn across_records(dataset: &Dataset, findings: &mut Vec<Finding>) {
    parts_within_wholes(dataset, findings);
    parts_of_themselves(dataset, findings);
    rounds_in_order(dataset, findings);
}

fn parts_within_wholes(dataset: &Dataset, findings: &mut Vec<Finding>) {
    let mut sums: HashMap<Record, (f64, usize)> = HashMap::new();
    for (index, part) in dataset.figures.iter().enumerate() {
        if let Some(whole) = part.part_of.filter(|whole| whole.index() != index) {
            let (sum, parts) = sums.entry(whole).or_default();
            *sum += part.value.unwrap_or(0.0);
            *parts += 1;
        }
    }
    for (index, whole) in dataset.figures.iter().enumerate() {
        let (sum, parts) = sums.get(&Record::new(Kind::Figure, index)).copied().unwrap_or_default();
        if let Some(value) = whole.value.filter(|value| sum > *value) {
            let message = format!("its {parts} parts add up to {sum}, more than the {value} of the whole");
            findings.push(Finding::error(format!("figures[{index}].value"), message));
        }
    }
}

/// Reports figures that are part of themselves, be it by way of others. Each figure is gone through once: what stands in
/// a walk that meets itself, from there on, is a circle.
fn parts_of_themselves(dataset: &Dataset, findings: &mut Vec<Finding>) {
    let mut walks = vec![0; dataset.figures.len()];
    for start in 0..dataset.figures.len() {
        let (walk, mut at) = (start + 1, Some(start));
        while let Some(figure) = at.filter(|&figure| walks[figure] == 0) {
            walks[figure] = walk;
            at = dataset.figures[figure].part_of.map(Record::index);
        }
        let Some(first) = at.filter(|&figure| walks[figure] == walk) else { continue };
        let onward = |&figure: &usize| dataset.figures[figure].part_of.map(Record::index).filter(|&next| next != first);
        for index in std::iter::successors(Some(first), onward) {
            findings.push(Finding::error(format!("figures[{index}].part_of"), "the figure is part of itself"));
        }
    }
}

fn rounds_in_order(dataset: &Dataset, findings: &mut Vec<Finding>) {
    let mut rounds: Vec<(Record, u32, usize, &Event)> = (dataset.events.iter().enumerate())
        .filter_map(|(index, event)| Some((event.mechanism?, event.round?, index, event)))
        .collect();
    rounds.sort_by_key(|&(mechanism, round, index, _)| (mechanism, round, index));
    for pair in rounds.windows(2) {
        let [(mechanism, earlier_round, _, earlier), (other, round, index, event)] = pair else { continue };
        if mechanism == other && earlier_round < round && is_after(earlier, event) {
            let message = format!(
                "round {round} of {} is dated before round {earlier_round} ({})",
                dataset.address(*mechanism),
                earlier.about.id
            );
            findings.push(Finding::error(format!("events[{index}].round"), message));
        }
    }
}

/// Says whether all of `one` lies after all of `other`.
fn is_after(one: &Event, other: &Event) -> bool {
    let first = one.date.as_ref().and_then(|date| date.first());
    let last = other.date.as_ref().and_then(|date| date.last());
    matches!((first, last), (Some(first), Some(last)) if first > last)
}
