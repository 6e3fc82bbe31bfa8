//! How a record is cited: its address, its name, its date, and where the source states it.

use crate::dataset::{Dataset, Record};
use crate::wording::period;

/// The address and the citation of a record on one line, as in `event/xyz — Name, October 2003. Title, Chapter IX,
/// section 3, paragraph 14.`
pub fn citation(dataset: &Dataset, record: Record) -> String {
    let entity = dataset.entity(record);
    let date = entity.date().map(|date| format!(", {}", period(date))).unwrap_or_default();
    let stated = stated(dataset, &entity.about().cites);
    format!("{} — {}{date}. {}.", dataset.address(record), dataset.name(record), work(dataset) + &stated)
}

/// The title of the source and the number of its chapter.
pub fn work(dataset: &Dataset) -> String {
    let chapter = dataset.source.chapter.as_ref().map(|chapter| chapter.split(':').next().unwrap_or(chapter));
    [Some(&*dataset.source.title), chapter].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The paragraphs, each under its section: ", section 3, paragraphs 11 and 14; section 4, paragraph 16".
fn stated(dataset: &Dataset, cites: &[u32]) -> String {
    let mut sections: Vec<(u32, Vec<u32>)> = Vec::new();
    for &number in cites {
        let Some(paragraph) = dataset.paragraph(number) else { continue };
        let section = dataset.paragraphs[paragraph.index()].section;
        let section = dataset.sections[section.index()].number;
        match sections.last_mut() {
            Some((last, numbers)) if *last == section => numbers.push(number),
            _ => sections.push((section, vec![number])),
        }
    }
    let parts: Vec<String> = sections
        .into_iter()
        .map(|(section, numbers)| {
            let word = if numbers.len() == 1 { "paragraph" } else { "paragraphs" };
            format!("section {section}, {word} {}", listed(&numbers))
        })
        .collect();
    if parts.is_empty() { String::new() } else { format!(", {}", parts.join("; ")) }
}

/// Numbers in words of a sentence, three and more in a row as a range: "2, 5 and 7–9".
fn listed(numbers: &[u32]) -> String {
    let mut parts = Vec::new();
    for run in numbers.chunk_by(|one, next| one + 1 == *next) {
        match run {
            [first, .., last] if run.len() > 2 => parts.push(format!("{first}–{last}")),
            run => parts.extend(run.iter().map(u32::to_string)),
        }
    }
    match parts.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => parts.concat(),
    }
}
