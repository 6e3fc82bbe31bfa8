//! `detente export anki`: the cards as a text file that Anki imports, and imports again without doubling them.
//!
//! The header lines are those of the Anki manual, "Text Files", "File Headers". A card's GUID is its question's key, so
//! that a card whose answer was mended is updated.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use csv::{QuoteStyle, WriterBuilder};

use super::csv::from_csv;
use crate::cli::file::write;
use crate::cli::paper::Paper;
use crate::cli::{Answer, Exit};
use crate::dataset::{Clean, Dataset, Kind, Record};
use crate::search::Index;
use crate::study::{Card, Deck, card, cards};
use crate::wording;

/// The arguments of `export anki`.
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  detente export anki --output cards.txt\n  detente export anki --deck section/2 > section-2.txt\n  detente export anki --deck \"kind:exercise\" > exercises.txt"
)]
pub struct Arguments {
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Which cards: all, an address such as section/2 or country/ru, or any query
    #[arg(long, value_name = "DECK", default_value = "all")]
    pub deck: String,
}

/// Writes the cards of a deck.
pub fn run(arguments: &Arguments, dataset: &'static Dataset, paper: &mut Paper<impl Write>) -> Answer {
    let cards = cards(dataset);
    let deck = Deck::parse(&arguments.deck, dataset).cards(dataset, &Index::new(dataset), &[], &cards);
    write(arguments.output.as_deref(), paper, |out| {
        write!(out, "{}", header(dataset))?;
        let mut table = WriterBuilder::new().delimiter(b'\t').quote_style(QuoteStyle::Necessary).from_writer(out);
        for &place in &deck {
            let card = &cards[place];
            let guid = format!("detente-{:016x}", card.key.id);
            let row = [guid, front(dataset, card), back(dataset, card), tags(dataset, card)];
            table.write_record(row).map_err(from_csv)?;
        }
        table.flush()
    })?;
    Ok(if deck.is_empty() { Exit::Nothing } else { Exit::Found })
}

fn header(dataset: &Dataset) -> String {
    let title = dataset.source.title.replace("::", ":");
    format!(
        "#separator:tab\n#html:true\n#guid column:1\n#tags column:4\n#notetype:Basic\n#deck:détente::{title}\n\
         #columns:GUID\tFront\tBack\tTags\n"
    )
}

/// The question, and below it what it is about.
fn front(dataset: &Dataset, card: &Card) -> String {
    let listed = card.listed.iter().enumerate();
    let listed = listed.map(|(at, &event)| format!("{}. {}", card::letter(at), dataset.name(event)));
    let subject = Some(card.subject.to_string()).filter(|subject| !subject.is_empty());
    let context = card.context.as_ref().map(|context| format!("<i>{}</i>", escaped(context)));
    let said = std::iter::once(escaped(&card.prompt)).chain(context);
    said.chain(subject.into_iter().chain(listed).map(|line| escaped(&line))).collect::<Vec<_>>().join("<br>")
}

/// The answer, and where it is stated.
fn back(dataset: &Dataset, card: &Card) -> String {
    let dates = card.listed.iter().enumerate().filter_map(|(at, &event)| {
        let date = dataset.entity(event).date()?;
        Some(format!("{}. {}", card::letter(at), wording::period(date)))
    });
    let cites: Vec<String> = card.cites.iter().map(u32::to_string).collect();
    let paragraphs = if cites.len() == 1 { "paragraph" } else { "paragraphs" };
    let source = format!("<small>{} {}</small>", paragraphs, cites.join(", "));
    let answer = format!("<b>{}</b>", escaped(&card.answer_words(dataset)));
    let dates = dates.map(|line| escaped(&line));
    std::iter::once(answer).chain(dates).chain([source]).collect::<Vec<_>>().join("<br>")
}

/// Tags for the kind of question, the sections, and the countries that it is about.
fn tags(dataset: &Dataset, card: &Card) -> String {
    let mut tags = vec![format!("détente::{}", card.family.word())];
    let section = |&number: &u32| Some(dataset.paragraphs[dataset.paragraph(number)?.index()].section);
    let mut sections: Vec<Record> = card.cites.iter().filter_map(section).collect();
    sections.dedup();
    let countries = card.about.iter().copied().filter(|record| record.kind == Kind::Country);
    tags.extend(
        sections
            .into_iter()
            .chain(countries)
            .map(|record| format!("détente::{}", dataset.address(record).replace('/', "::"))),
    );
    tags.dedup();
    tags.join(" ")
}

/// Text as HTML.
fn escaped(text: &str) -> String {
    let text = Clean::line(text);
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
