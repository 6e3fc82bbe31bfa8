//! The alignment: within each section, the run of sentences that is each paragraph, such that words, layout and numbers
//! agree best.

use crate::dataset::{Clean, Dataset, Kind, Record, Section};

use super::Misfit;
use super::headings;
use super::sentences::{Sentence, Start, sentences};
use super::weights::{Weights, Word};

/// What it is worth that a paragraph begins behind an empty line.
const APART: f64 = 4.0;

/// What it is worth that a paragraph begins behind a short line.
const NEW_LINE: f64 = 1.0;

/// What it is worth that a paragraph begins with its own number.
const NUMBERED: f64 = 12.0;

/// What it costs that a paragraph begins within a line.
const WITHIN: f64 = 1.0;

/// What it costs that a paragraph goes on behind an empty line.
const SPLIT: f64 = 2.0;

/// What a sentence has to be worth to be taken for one of the source at all.
const LEAST: f64 = 1.0;

/// The share of what the words of a paragraph say that has to speak for its digest.
const LEAST_SHARE: f64 = 0.2;

/// How much more than for its own digest the words of a paragraph may speak for another.
const MOST_FOR_ANOTHER: f64 = 1.25;

/// The printed text of every paragraph, by the order of the dataset. Fails with why the text is no copy of the source.
pub fn align(text: &str, dataset: &Dataset) -> Result<Vec<Clean>, Misfit> {
    if dataset.paragraphs.is_empty() {
        return Err(Misfit::NothingToAlign);
    }
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace(['\r', '\u{c}', '\u{2029}'], "\n");
    let lines: Vec<&str> = text.lines().collect();
    let weights = Weights::new(dataset);
    let sections = headings::sections(&lines, dataset, &weights)?;
    let mut printed = vec![Clean::default(); dataset.paragraphs.len()];
    for (section, lines) in dataset.sections.iter().zip(&sections) {
        let numbers: Vec<u32> =
            (section.paragraphs.iter()).map(|paragraph| dataset.paragraphs[paragraph.index()].number).collect();
        let sentences = sentences(lines, &numbers);
        let bounds = Cutting { dataset, section, weights: &weights, sentences: &sentences }.bounds()?;
        for (&paragraph, pair) in section.paragraphs.iter().zip(bounds.windows(2)) {
            let run: Vec<&str> = sentences[pair[0]..pair[1]].iter().map(|sentence| &*sentence.text).collect();
            let run = run.join(" ");
            check(dataset, &weights, paragraph, &run)?;
            printed[paragraph.index()] = Clean::line(run);
        }
    }
    Ok(printed)
}

/// The sentences of a section that are to be cut into its paragraphs.
struct Cutting<'a> {
    dataset: &'a Dataset,
    section: &'a Section,
    weights: &'a Weights,
    sentences: &'a [Sentence],
}

impl Cutting<'_> {
    /// Where each paragraph begins, and behind them where the last one ends. What stands before the first or behind the
    /// last, as a page's foot or the next chapter does, is left out.
    fn bounds(&self) -> Result<Vec<usize>, Misfit> {
        let paragraphs = &self.section.paragraphs;
        if self.sentences.len() < paragraphs.len() {
            return Err(Misfit::TooShort(self.section.about.name.clone()));
        }
        let words: Vec<Vec<Word>> =
            self.sentences.iter().map(|sentence| self.weights.words(&sentence.text).0).collect();
        let splits =
            summed(self.sentences.iter().map(|sentence| if sentence.start == Start::Apart { SPLIT } else { 0.0 }));
        // What the best cutting is worth that ends before each sentence, and for each paragraph where it begins then.
        let begin = |at: usize| if at == 0 || self.may_end_before(at) { 0.0 } else { f64::NEG_INFINITY };
        let mut reached: Vec<f64> = (0..=self.sentences.len()).map(begin).collect();
        let mut ways: Vec<Vec<usize>> = Vec::with_capacity(paragraphs.len());
        for (number, &paragraph) in paragraphs.iter().enumerate() {
            // Summed up from the beginning, so that what a run of sentences is worth is a difference of two.
            let worth = summed(words.iter().map(|words| self.weights.of_paragraph(paragraph, words) - LEAST));
            let mut best = (f64::NEG_INFINITY, 0);
            let mut next = vec![f64::NEG_INFINITY; reached.len()];
            let mut way = vec![0; reached.len()];
            for end in 1..reached.len() {
                let from = end - 1;
                let first = number == 0;
                let begun = reached[from] + self.beginning(paragraph, from, first) - worth[from] + splits[from + 1];
                best = if begun > best.0 { (begun, from) } else { best };
                next[end] = best.0 + worth[end] - splits[end];
                way[end] = best.1;
            }
            reached = next;
            ways.push(way);
        }
        Ok(self.walk_back(&reached, &ways))
    }

    /// The bounds of the best cutting, found from its end.
    fn walk_back(&self, reached: &[f64], ways: &[Vec<usize>]) -> Vec<usize> {
        let ends = (1..reached.len()).filter(|&end| end == self.sentences.len() || self.may_end_before(end));
        let mut bounds = vec![ends.max_by(|&one, &other| reached[one].total_cmp(&reached[other])).unwrap_or(0)];
        for way in ways.iter().rev() {
            bounds.push(way[bounds[bounds.len() - 1]]);
        }
        bounds.reverse();
        bounds
    }

    fn may_end_before(&self, at: usize) -> bool {
        self.sentences.get(at).is_some_and(|sentence| sentence.start != Start::Within)
    }

    /// What the layout says for a paragraph that begins with a sentence.
    fn beginning(&self, paragraph: Record, at: usize, first: bool) -> f64 {
        let own = self.dataset.paragraphs[paragraph.index()].number;
        match self.sentences[at].start {
            Start::Numbered(number) if number == own => NUMBERED,
            Start::Apart | Start::Numbered(_) => APART,
            Start::NewLine => NEW_LINE,
            Start::Within if first => 0.0,
            Start::Within => -WITHIN,
        }
    }
}

/// The sums of the first none, one, two and so on of these numbers.
fn summed(numbers: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut sum = 0.0;
    std::iter::once(0.0)
        .chain(numbers.map(|number| {
            sum += number;
            sum
        }))
        .collect()
}

/// Fails where the words of a paragraph do not speak for its digest, or much more for another.
fn check(dataset: &Dataset, weights: &Weights, paragraph: Record, run: &str) -> Result<(), Misfit> {
    let (words, unknown) = weights.words(run);
    let own = weights.of_paragraph(paragraph, &words);
    let others = dataset.records(Kind::Paragraph).filter(|&other| other != paragraph);
    let another = others.map(|other| weights.of_paragraph(other, &words)).fold(0.0, f64::max);
    let fits = own >= LEAST_SHARE * weights.of_all(&words, unknown) && another <= MOST_FOR_ANOTHER * own;
    if fits { Ok(()) } else { Err(Misfit::Strange(dataset.paragraphs[paragraph.index()].number)) }
}
