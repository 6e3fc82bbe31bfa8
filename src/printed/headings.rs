//! Where the sections of a text begin: lines that are a heading of the dataset, in the order of the dataset.

use crate::dataset::{Clean, Dataset, Section};
use crate::search::fold;

use super::Misfit;
use super::sentences::{full_length, had_room};
use super::weights::Weights;

/// The most lines that one heading is broken into.
const LONGEST_HEADING: usize = 3;

/// The most places that are considered for one heading: the body, a table of contents, running heads.
const MOST_PLACES: usize = 12;

/// The most letters that may number a heading, as in "Chapter IX" or "Section 3".
const LONGEST_NUMBER: usize = 12;

/// What it costs that a section goes on over a heading, as it would if it began in the table of contents.
const SKIPPED: f64 = 8.0;

/// A place where a heading stands: its first line, and the line after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    from: usize,
    to: usize,
}

/// The lines of every section's text, in the order of the dataset: behind its heading, before the next. Fails where a
/// heading is missing, or where they come in another order.
pub fn sections<'t>(lines: &[&'t str], dataset: &Dataset, weights: &Weights) -> Result<Vec<Vec<&'t str>>, Misfit> {
    let full = full_length(lines);
    let alike: Vec<Vec<Place>> = dataset.sections.iter().map(|section| places(lines, section)).collect();
    let below_another = |place: &Place| alike.iter().flatten().any(|above| above.to == place.from);
    let stands_apart = |place: &&Place| breaks_before(lines, place.from, full) || below_another(place);
    let places: Vec<Vec<Place>> =
        alike.iter().map(|places| places.iter().filter(stands_apart).copied().collect()).collect();
    for (section, places) in dataset.sections.iter().zip(&places) {
        if places.is_empty() {
            return Err(Misfit::NoHeading(section.about.name.clone()));
        }
    }
    let chain = best_chain(lines, dataset, weights, &places)?;
    let ends = chain.iter().skip(1).map(|next| next.from).chain([lines.len()]);
    let is_heading = |line: usize| places.iter().flatten().any(|place| (place.from..place.to).contains(&line));
    let text = |(place, end): (&Place, usize)| {
        (place.to..end).filter(|&line| !is_heading(line)).map(|line| lines[line]).collect()
    };
    Ok(chain.iter().zip(ends).map(text).collect())
}

/// Every place where the heading of a section may stand, the last ones where there are very many.
fn places(lines: &[&str], section: &Section) -> Vec<Place> {
    let name = fold(&section.about.name);
    let mut found = Vec::new();
    for from in 0..lines.len() {
        let most = lines[from..].iter().take(LONGEST_HEADING).take_while(|line| !line.trim().is_empty()).count();
        let joined = |to: usize| lines[from..to].join(" ");
        let to = (from + 1..=from + most).find(|&to| is_heading(&joined(to), name.letters()));
        let to = to.filter(|&to| !goes_on(lines, to));
        found.extend(to.map(|to| Place { from, to }));
    }
    found.split_off(found.len().saturating_sub(MOST_PLACES))
}

/// Says whether the line before one ends because it is to end, and not because it is full: words of a heading that happen
/// to fill a line of a paragraph are none.
fn breaks_before(lines: &[&str], at: usize, full: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| lines[before].trim_end()) else { return true };
    let ended = before.is_empty() || before.ends_with(['.', '!', '?', '”', '"']);
    ended || had_room(before, lines[at], full)
}

/// Says whether a sentence goes on in a line.
fn goes_on(lines: &[&str], at: usize) -> bool {
    lines.get(at).is_some_and(|line| line.trim_start().starts_with(char::is_lowercase))
}

fn is_heading(line: &str, name: &str) -> bool {
    if name.is_empty() || line.len() > 8 * (name.len() + LONGEST_NUMBER) {
        return false;
    }
    let folded = fold(line);
    let number = folded.letters().strip_suffix(name);
    number.is_some_and(|number| number.len() <= LONGEST_NUMBER && is_number(number))
}

/// Says whether folded letters are a number as headings have them: "3", "ix", "chapterix", "3section", "section3".
fn is_number(letters: &str) -> bool {
    let letters = letters.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let words = ["chapter", "section", "part", "article"];
    let number = words.iter().find_map(|word| letters.strip_prefix(word)).unwrap_or(letters);
    number.chars().all(|letter| letter.is_ascii_digit()) || number.chars().all(|letter| "ivxlc".contains(letter))
}

/// One place for each heading, each behind the one before, such that the text between them answers best to the digests.
/// For each place it is kept what the best way to it is worth, and from which place of the heading before it comes.
fn best_chain(
    lines: &[&str],
    dataset: &Dataset,
    weights: &Weights,
    places: &[Vec<Place>],
) -> Result<Vec<Place>, Misfit> {
    let mut best: Vec<Vec<Option<(f64, usize)>>> = vec![vec![Some((0.0, 0)); places[0].len()]];
    for (number, (earlier, later)) in places.iter().zip(&places[1..]).enumerate() {
        let worth = |from: &Place, to: &Place| {
            let skipped = places.iter().flatten().filter(|place| place.from >= from.to && place.to <= to.from).count();
            weights.of_section(number, &lines[from.to..to.from]) - SKIPPED * skipped as f64
        };
        let reached = |place: &Place| {
            let ways = earlier.iter().enumerate().filter(|(_, before)| before.to <= place.from);
            let ways = ways.filter_map(|(at, before)| Some((best[number][at]?.0 + worth(before, place), at)));
            ways.max_by(|(one, _), (other, _)| one.total_cmp(other))
        };
        let reached: Vec<Option<(f64, usize)>> = later.iter().map(reached).collect();
        if reached.iter().all(Option::is_none) {
            let name = |at: usize| -> Clean { dataset.sections[at].about.name.clone() };
            return Err(Misfit::Disorder(name(number + 1), name(number)));
        }
        best.push(reached);
    }
    Ok(walk_back(lines, weights, places, &best))
}

fn walk_back(
    lines: &[&str],
    weights: &Weights,
    places: &[Vec<Place>],
    best: &[Vec<Option<(f64, usize)>>],
) -> Vec<Place> {
    let last = places.len() - 1;
    let worth = |at: usize| Some(best[last][at]?.0 + weights.of_section(last, &lines[places[last][at].to..]));
    let mut at = (0..places[last].len())
        .filter_map(|at| Some((worth(at)?, at)))
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map_or(0, |(_, at)| at);
    let mut chain = Vec::with_capacity(places.len());
    for number in (0..=last).rev() {
        chain.push(places[number][at]);
        at = best[number][at].map_or(0, |(_, before)| before);
    }
    chain.reverse();
    chain
}
