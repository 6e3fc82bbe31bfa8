//! What is missing in a sentence of the digest?

use std::collections::HashMap;

use crate::dataset::{Clean, Dataset, Entity, Figure, Kind, Qualifier, Record, Vocabulary, prose};
use crate::search::fold;
use crate::study::answer::Answer;
use crate::study::card::{Draft, Family};
use crate::study::gap::{GAP, names, without};
use crate::study::typed;

use super::joined_to;

/// The kinds of record that a gap is made for, those that a sentence is most about first.
const KINDS: [Kind; 6] = [Kind::Figure, Kind::Document, Kind::Place, Kind::Country, Kind::Exercise, Kind::Organisation];

/// The most gaps that are made in one sentence, each on a card of its own.
const MOST: usize = 2;

/// The fewest words that must stand around a gap.
const SHORTEST: usize = 8;

/// The most gaps that are made for one record in all paragraphs; numbers have each sentence to themselves.
const MOST_FOR_RECORD: usize = 2;

/// Words near the beginning of a sentence that hang on the one before it.
const HANGING: [&str; 12] =
    ["it", "they", "its", "their", "this", "these", "both", "he", "she", "such", "same", "then"];

/// How many words are near the beginning.
const NEAR: usize = 4;

/// What may stand between the links of a remark that is nothing but links.
const BETWEEN_LINKS: [&str; 6] = ["", "and", "at", "in", "of", "by"];

/// A sentence, with the links in it.
#[derive(Debug, Default, Clone)]
struct Sentence {
    text: String,
    links: Vec<(std::ops::Range<usize>, Record)>,
}

/// Questions for the names and numbers in the sentences of each paragraph.
pub fn drafts(dataset: &Dataset) -> Vec<Draft> {
    let mut asked: HashMap<Record, usize> = HashMap::new();
    let paragraphs = dataset.records(Kind::Paragraph);
    paragraphs.flat_map(|paragraph| paragraph_drafts(dataset, paragraph, &mut asked)).collect()
}

fn paragraph_drafts(dataset: &Dataset, paragraph: Record, asked: &mut HashMap<Record, usize>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut own: HashMap<Record, usize> = HashMap::new();
    let mut lead: Option<String> = None;
    for block in prose::parse(&dataset.about(paragraph).summary) {
        let mut before: Option<String> = None;
        for sentence in sentences(dataset, &block) {
            let context = context(&block, &sentence.text, before.as_ref(), lead.as_ref());
            for target in targets(dataset, &sentence) {
                let (total, number) = (asked.entry(target.1).or_default(), own.entry(target.1).or_default());
                let facet = format!("{} {number}", dataset.address(target.1));
                (*total, *number) = (*total + 1, *number + 1);
                if *total <= MOST_FOR_RECORD {
                    drafts.push(draft(dataset, paragraph, &sentence, target, context.cloned()).facet(facet));
                }
            }
            before = Some(sentence.text).filter(|text| !text.is_empty());
        }
        lead = if block.item { lead } else { before };
    }
    drafts.retain(|draft| draft.subject.split_whitespace().filter(|word| !word.contains(GAP)).count() >= SHORTEST);
    drafts
}

/// The sentence without which another cannot be understood: the one before it, or the one that leads to a list.
fn context<'a>(
    block: &prose::Block,
    text: &str,
    before: Option<&'a String>,
    lead: Option<&'a String>,
) -> Option<&'a String> {
    let goes_on = text.starts_with(char::is_lowercase);
    let led = lead.filter(|lead| hangs(text) || (block.item && (goes_on || lead.ends_with(':'))));
    before.filter(|_| block.item || hangs(text)).or(led)
}

/// Says whether a sentence begins with words that hang on the one before.
fn hangs(text: &str) -> bool {
    fold(text).words().take(NEAR).any(|word| HANGING.contains(&word))
}

/// The sentences of a block. A stop within a link, as in a name, ends none.
fn sentences(dataset: &Dataset, block: &prose::Block) -> Vec<Sentence> {
    let mut sentences = vec![Sentence::default()];
    let is_label = |span: &&prose::Span| span.strong && span.text.ends_with('.');
    for span in block.spans.iter().skip(usize::from(block.spans.first().is_some_and(|first| is_label(&first)))) {
        let target = span.link.as_ref().and_then(|address| dataset.find(address));
        let parts: Vec<&str> =
            if target.is_some() { vec![&span.text] } else { span.text.split_inclusive(". ").collect() };
        for part in parts {
            if sentences.last().is_some_and(|sentence| sentence.text.ends_with(". ")) {
                sentences.push(Sentence::default());
            }
            let Some(sentence) = sentences.last_mut() else { continue };
            let part = if sentence.text.is_empty() { part.trim_start() } else { part };
            let start = sentence.text.len();
            sentence.text.push_str(part);
            sentence.links.extend(target.map(|record| (start..start + part.len(), record)));
        }
    }
    sentences.into_iter().map(Sentence::without_remarks).collect()
}

impl Sentence {
    /// The sentence without remarks that are nothing but links, as "(talks, channel)", and without the space behind it.
    fn without_remarks(mut self) -> Sentence {
        while let Some((start, end)) = self.remark() {
            let removed = end - start;
            self.text.replace_range(start..end, "");
            self.links.retain(|(range, _)| range.end <= start || range.start >= end);
            for (range, _) in self.links.iter_mut().filter(|(range, _)| range.start >= end) {
                *range = range.start - removed..range.end - removed;
            }
        }
        self.text.truncate(self.text.trim_end().len());
        self
    }

    /// A remark of links alone, with the space before it, in bytes.
    fn remark(&self) -> Option<(usize, usize)> {
        let opens = self.text.match_indices(" (").map(|(start, _)| start);
        opens.filter_map(|start| Some((start, start + self.text[start..].find(')')? + 1))).find(|&(start, end)| {
            let inside: Vec<_> =
                self.links.iter().filter(|(range, _)| start < range.start && range.end < end).collect();
            let mut rest = self.text[start + 2..end - 1].to_owned();
            for (range, _) in inside.iter().rev() {
                rest.replace_range(range.start - start - 2..range.end - start - 2, ",");
            }
            let mut words = rest.split([',', ' ']);
            !inside.is_empty() && words.all(|word| BETWEEN_LINKS.contains(&word))
        })
    }
}

/// The links of a sentence that a gap is made for: those whose text is a name or number of their record.
fn targets(dataset: &Dataset, sentence: &Sentence) -> Vec<(std::ops::Range<usize>, Record)> {
    let mut targets: Vec<_> = sentence
        .links
        .iter()
        .filter(|(range, record)| is_named(dataset, &sentence.text[range.clone()], *record))
        .cloned()
        .collect();
    targets.sort_by_key(|(_, record)| KINDS.iter().position(|&kind| kind == record.kind));
    targets.dedup_by_key(|(_, record)| *record);
    targets.truncate(MOST);
    targets
}

fn is_named(dataset: &Dataset, text: &str, record: Record) -> bool {
    // What others there are is asked nowhere: its name means nothing without those it is set against.
    let is_rest = dataset.name(record).starts_with("Other ");
    if !KINDS.contains(&record.kind) || Some(record) == dataset.source.subject || is_rest {
        return false;
    }
    match dataset.entity(record) {
        Entity::Figure(figure) => without(text, &spellings(figure)).is_some(),
        _ => names(dataset, record).iter().any(|name| fold(name).letters() == fold(text).letters()),
    }
}

/// How a figure's number is written.
fn spellings(figure: &Figure) -> Vec<Clean> {
    figure.value.map(typed::spellings).unwrap_or_default().into_iter().map(Clean::line).collect()
}

fn draft(
    dataset: &Dataset,
    paragraph: Record,
    sentence: &Sentence,
    (range, record): (std::ops::Range<usize>, Record),
    context: Option<String>,
) -> Draft {
    let mut text = sentence.text.clone();
    let (thing, answer) = match dataset.entity(record) {
        Entity::Figure(figure) => {
            let gapped = without(&text[range.clone()], &spellings(figure)).unwrap_or_default();
            text.replace_range(range, &gapped);
            ("number", Answer::Amount { value: figure.value, qualifier: Qualifier::Exact })
        }
        _ => {
            text.replace_range(range, GAP);
            (if record.kind == Kind::Organisation { "body" } else { record.kind.word() }, Answer::Records(vec![record]))
        }
    };
    let names: Vec<Clean> = if record.kind == Kind::Figure { Vec::new() } else { names(dataset, record) };
    let masked = |text: String| without(&text, &names).unwrap_or(text).replace(&format!(" ({GAP})"), "");
    let mut also = joined_to(dataset, paragraph);
    also.extend(joined_to(dataset, record));
    let ended = |text: &str| text.trim_end_matches([':', ';', ',']).to_owned();
    let prompt = format!("Which {thing} is missing?");
    let draft = Draft::new(Family::Cloze, paragraph, prompt, masked(ended(&text)), answer);
    let about = sentence.links.iter().map(|&(_, record)| record).collect();
    let whole = Some(ended(&sentence.text));
    Draft { context: context.map(masked), about, whole, ..draft.also_true(also) }
}
