//! Cards: a question about a record, its answer as facts, and the key under which its reviews are kept.

use std::fmt;
use std::str::FromStr;

use crate::dataset::{Clean, Dataset, Record};

use super::answer::Answer;
use super::chance::fingerprint;
use super::gap::{self, GAP};

/// What a card asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// When it was.
    Date,
    /// Who took part.
    Participants,
    /// Which round it was.
    Round,
    /// What was signed, issued or applied.
    Document,
    /// How many.
    Number,
    /// Where it was.
    Place,
    /// Which series or channel it belongs to.
    Mechanism,
    /// In which order events came.
    Order,
    /// What is missing in a sentence.
    Cloze,
    /// Which section says so.
    Section,
}

impl Family {
    /// All families.
    pub const ALL: [Family; 10] = [
        Family::Date,
        Family::Participants,
        Family::Round,
        Family::Document,
        Family::Number,
        Family::Place,
        Family::Mechanism,
        Family::Order,
        Family::Cloze,
        Family::Section,
    ];

    /// The family in a word, which is also a part of its cards' keys.
    pub fn word(self) -> &'static str {
        match self {
            Family::Date => "date",
            Family::Participants => "participants",
            Family::Round => "round",
            Family::Document => "document",
            Family::Number => "number",
            Family::Place => "place",
            Family::Mechanism => "mechanism",
            Family::Order => "order",
            Family::Cloze => "cloze",
            Family::Section => "section",
        }
    }
}

/// The key of a card: which question it is, and what its answer means. A card whose record was reworded keeps its key;
/// one whose answer became another is another card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The question: family, record and what is asked of it.
    pub id: u64,
    /// The answer's meaning.
    pub meaning: u32,
}

impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}-{:08x}", self.id, self.meaning)
    }
}

impl FromStr for Key {
    type Err = ();

    fn from_str(text: &str) -> Result<Key, ()> {
        let (id, meaning) =
            text.split_once('-').filter(|(id, meaning)| id.len() == 16 && meaning.len() == 8).ok_or(())?;
        let lower = |text: &str| text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if !lower(id) || !lower(meaning) {
            return Err(());
        }
        let id = u64::from_str_radix(id, 16).map_err(drop)?;
        Ok(Key { id, meaning: u32::from_str_radix(meaning, 16).map_err(drop)? })
    }
}

/// A question with its answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// Under which its reviews are kept.
    pub key: Key,
    /// What it asks for.
    pub family: Family,
    /// The record that it asks about; its source is the card's.
    pub record: Record,
    /// The records by which decks find it.
    pub about: Box<[Record]>,
    /// The paragraphs that state it.
    pub cites: Box<[u32]>,
    /// The question: "When was this held?"
    pub prompt: Clean,
    /// What the question is about, in one line; empty where the prompt says all.
    pub subject: Clean,
    /// The subject with what stands in its gaps, where one text does.
    pub whole: Option<Clean>,
    /// The sentence before a cloze.
    pub context: Option<Clean>,
    /// Events to put in order, as they are listed.
    pub listed: Box<[Record]>,
    /// The answer.
    pub answer: Answer,
    /// What is true as well, or may be, and so can be no wrong answer.
    pub also_true: Box<[Record]>,
}

impl Card {
    /// All words of the question on one line.
    pub fn question(&self) -> String {
        let parts = [Some(&self.prompt), self.context.as_ref(), Some(&self.subject)];
        let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
        parts.map(|part| &**part).collect::<Vec<_>>().join(" ")
    }

    /// What stands in the gaps of the subject: the words of the text, or where several texts have them, each record in its
    /// own.
    pub fn fillings(&self, dataset: &Dataset) -> Vec<String> {
        let stood = self.whole.as_ref().and_then(|whole| gap::fillings(&self.subject, whole));
        if let Some(stood) = stood {
            return stood.into_iter().map(str::to_owned).collect();
        }
        let gaps = self.subject.matches(GAP).count();
        match &self.answer {
            Answer::Records(records) if records.len() == gaps && gaps > 1 => {
                records.iter().map(|&record| dataset.name(record).to_string()).collect()
            }
            Answer::Records(records) if records.len() > 1 => Vec::new(),
            _ => vec![self.answer_words(dataset)],
        }
    }

    /// Where it is stated: "paragraph 6, Strategic Consultation and Dialogue".
    pub fn stated(&self, dataset: &Dataset) -> String {
        let numbers: Vec<String> = self.cites.iter().map(u32::to_string).collect();
        let section = self.cites.first().and_then(|&number| dataset.paragraph(number));
        let section = section.map(|paragraph| dataset.name(dataset.paragraphs[paragraph.index()].section).to_string());
        let word = if numbers.len() == 1 { "paragraph" } else { "paragraphs" };
        let section = section.filter(|_| numbers.len() == 1).map(|section| format!(", {section}"));
        format!("{word} {}{}", numbers.join(", "), section.unwrap_or_default())
    }

    /// The answer in words.
    pub fn answer_words(&self, dataset: &Dataset) -> String {
        self.words(dataset, &self.answer)
    }

    /// Any answer in the words of this card: events to put in order are said by the letters they are listed under.
    pub fn words(&self, dataset: &Dataset, answer: &Answer) -> String {
        match answer {
            Answer::Order(events) => {
                let letter = |event: &Record| self.listed.iter().position(|listed| listed == event).map(letter);
                events.iter().filter_map(letter).map(String::from).collect::<Vec<_>>().join(" ")
            }
            answer => answer.words(dataset),
        }
    }
}

/// The letter of the event at a place of the list: A, B, C, D.
pub fn letter(place: usize) -> char {
    char::from(b'A' + place.min(25) as u8)
}

/// A question in the making, before it is known whether another asks the same.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What it asks for.
    pub family: Family,
    /// What of its record it asks, where one record has several questions of a family.
    pub facet: String,
    /// The record that it asks about.
    pub record: Record,
    /// The records by which decks find it, beside the record.
    pub about: Vec<Record>,
    /// The question.
    pub prompt: String,
    /// What the question is about.
    pub subject: String,
    /// The subject with what stands in its gaps, where one text does.
    pub whole: Option<String>,
    /// The sentence before a cloze.
    pub context: Option<String>,
    /// The answer.
    pub answer: Answer,
    /// What is true as well, or may be.
    pub also_true: Vec<Record>,
}

impl Draft {
    /// A question that says all in its prompt and subject.
    pub fn new(
        family: Family,
        record: Record,
        prompt: impl Into<String>,
        subject: impl Into<String>,
        answer: Answer,
    ) -> Draft {
        Draft {
            family,
            facet: String::new(),
            record,
            about: Vec::new(),
            prompt: prompt.into(),
            subject: subject.into(),
            whole: None,
            context: None,
            answer,
            also_true: Vec::new(),
        }
    }

    /// The question with a word for what it asks of its record.
    pub fn facet(self, facet: impl Into<String>) -> Draft {
        Draft { facet: facet.into(), ..self }
    }

    /// The question with what is true as well.
    pub fn also_true(self, records: impl IntoIterator<Item = Record>) -> Draft {
        Draft { also_true: records.into_iter().collect(), ..self }
    }

    /// All words of the question, with those of the events to put in order.
    pub fn question(&self, dataset: &Dataset) -> String {
        let mut listed: Vec<Record> = match &self.answer {
            Answer::Order(events) => events.clone(),
            _ => Vec::new(),
        };
        listed.sort_unstable();
        let listed: Vec<&str> = listed.into_iter().map(|event| &**dataset.name(event)).collect();
        format!("{} {} {} {}", self.prompt, self.context.as_deref().unwrap_or_default(), self.subject, listed.join(" "))
    }

    /// The paragraphs that state it: those of the record, or of the events to put in order.
    fn cites(&self, dataset: &Dataset) -> Box<[u32]> {
        let stating = match &self.answer {
            Answer::Order(events) => events.clone(),
            _ => vec![self.record],
        };
        let mut cites: Vec<u32> = stating.into_iter().flat_map(|record| dataset.about(record).cites.to_vec()).collect();
        cites.sort_unstable();
        cites.dedup();
        cites.into()
    }

    /// The card, with its key.
    pub fn finish(self, dataset: &Dataset) -> Card {
        let address = dataset.address(self.record);
        let id = fingerprint([self.family.word(), &address, &self.facet]);
        let meaning = fingerprint([self.family.word(), &self.answer.meaning(dataset)]) as u32;
        let (listed, cites) = (self.answer.listed(id), self.cites(dataset));
        let mut about = self.about;
        about.extend(self.answer.records());
        about.push(self.record);
        about.sort_unstable();
        about.dedup();
        about.retain(|&record| Some(record) != dataset.source.subject || record == self.record);
        Card {
            key: Key { id, meaning },
            family: self.family,
            record: self.record,
            about: about.into(),
            cites,
            prompt: Clean::line(self.prompt),
            subject: Clean::line(self.subject),
            whole: self.whole.map(Clean::line),
            context: self.context.map(Clean::line),
            listed,
            answer: self.answer,
            also_true: self.also_true.into(),
        }
    }
}
