//! A card in lines: its question, its answers to choose from, and its answer.

use crate::dataset::{Clean, Dataset};
use crate::study::card::letter;
use crate::study::gap::GAP;
use crate::study::schedule::{Phase, Standing};
use crate::study::typed::Verdict;
use crate::study::{Answer, Card};
use crate::wording;

/// What is said for a gap.
const BLANK: &str = "(blank)";

/// The question.
pub fn question(dataset: &Dataset, card: &Card, standing: &Standing) -> Vec<String> {
    let known = match standing.phase {
        Phase::New => "new".to_owned(),
        Phase::Learning(_) => "being learned".to_owned(),
        Phase::Relearning(_) => "was forgotten".to_owned(),
        Phase::Review => format!("known for {}", wording::days(standing.interval)),
    };
    let mut lines = vec![format!("{}, {known}.", wording::capitalised(card.family.word()))];
    let parts = [Some(&card.prompt), card.context.as_ref(), Some(&card.subject)];
    let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
    lines.extend(parts.map(|part| part.replace(GAP, BLANK)));
    let event = |(at, &event)| format!("{}. {}", letter(at), dataset.name(event));
    lines.extend(card.listed.iter().enumerate().map(event));
    lines
}

/// The answers to choose from, by their numbers.
pub fn choices(dataset: &Dataset, card: &Card, choices: &[Answer]) -> Vec<String> {
    let choice = |(at, answer)| format!("{}. {}", at + 1, card.words(dataset, answer));
    choices.iter().enumerate().map(choice).collect()
}

/// What an answer that was typed is worth.
pub fn verdict(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Right => "Right.".to_owned(),
        Verdict::Nearly => "Right, but for the spelling.".to_owned(),
        Verdict::Partly(what) => format!("Not quite; {what}."),
        Verdict::Wrong => "Not so.".to_owned(),
    }
}

/// The answer, and where it is stated.
pub fn answer(dataset: &Dataset, card: &Card) -> Vec<String> {
    let mut lines = vec![format!("Answer: {}.", card.answer_words(dataset))];
    if let Answer::Order(events) = &card.answer {
        for &event in events {
            let at = card.listed.iter().position(|&listed| listed == event).unwrap_or(0);
            let date = dataset.entity(event).date().map(|date| date.short());
            lines.push(format!("{}. {}", letter(at), date.unwrap_or_default()));
        }
    }
    lines.push(Clean::line(wording::capitalised(&card.stated(dataset))).to_string() + ".");
    lines
}
