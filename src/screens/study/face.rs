//! The two faces of a card, as lines: the question with its choices or what is typed, and the answer with its grades.

use tui_input::Input;
use unicode_width::UnicodeWidthStr;

use crate::action::Action;
use crate::context::Context;
use crate::dataset::{Clean, Dataset, Record};
use crate::keymap::Mode;
use crate::study::card::letter;
use crate::study::gap::GAP;
use crate::study::schedule::{Due, Phase, Scheduler, Standing};
use crate::study::typed::Verdict;
use crate::study::{Answer, Card, Grade};
use crate::theme::Look;
use crate::widgets::column;
use crate::widgets::rich_text::{Block, Run};
use crate::wording;

/// The narrowest card on which the grades stand beside each other, in columns.
const GRADES_BESIDE: usize = 60;

/// What of a card is shown.
#[derive(Debug, Clone)]
pub enum Face {
    /// The question.
    Question,
    /// The question with answers to choose from.
    Choice {
        /// The answers.
        choices: Vec<Answer>,
        /// The selected one.
        row: usize,
    },
    /// The question with an answer that is typed.
    Typing(Input),
    /// The answer.
    Answer {
        /// The grade that goes with how it was answered.
        suggested: Grade,
        /// The answers that were offered, and the one that was chosen.
        chosen: Option<(Vec<Answer>, usize)>,
        /// What was typed, and what it is worth.
        typed: Option<(String, Verdict)>,
    },
}

impl Face {
    /// The answer, after it was recalled.
    pub fn shown() -> Face {
        Face::Answer { suggested: Grade::Good, chosen: None, typed: None }
    }

    /// The answer, after one was chosen.
    pub fn chosen(choices: Vec<Answer>, chosen: usize, right: bool) -> Face {
        let suggested = if right { Grade::Good } else { Grade::Again };
        Face::Answer { suggested, chosen: Some((choices, chosen)), typed: None }
    }

    /// The answer, after it was typed.
    pub fn typed(typed: String, verdict: Verdict) -> Face {
        let suggested = match verdict {
            Verdict::Right => Grade::Good,
            Verdict::Nearly => Grade::Hard,
            Verdict::Partly(_) | Verdict::Wrong => Grade::Again,
        };
        Face::Answer { suggested, chosen: None, typed: Some((typed, verdict)) }
    }
}

/// A piece of a card; what can be clicked leads to an action.
type CardBlock = Block<Action>;

fn line(text: impl Into<String>, look: Look) -> CardBlock {
    Block::paragraph(vec![Run::text(text, look)])
}

/// A card with what its lines depend on.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// What is known besides.
    pub context: &'a Context,
    /// The card.
    pub card: &'a Card,
    /// Where it stands.
    pub standing: Standing,
    /// The rules that say how long each grade puts the card off; none where no grade does.
    pub scheduler: Option<&'a Scheduler>,
    /// Whether answers to choose from are wanted, but there are none.
    pub is_lacking_choices: bool,
    /// How many columns there are.
    pub width: usize,
}

impl Sheet<'_> {
    /// The lines of a face of the card.
    pub fn blocks(&self, face: &Face) -> Vec<CardBlock> {
        let Sheet { context, card, .. } = *self;
        let shown = matches!(face, Face::Answer { .. });
        let mut blocks = vec![line(self.about(), Look::Faint), Block::gap()];
        blocks.extend([line(card.prompt.to_string(), Look::Title), Block::gap()]);
        blocks.extend(card.context.iter().map(|context| line(context.to_string(), Look::Faint)));
        if !card.subject.is_empty() {
            blocks.extend([subject(context.dataset, card, shown), Block::gap()]);
        }
        if !shown {
            blocks.extend(listed(context.dataset, card, &card.listed, false));
        }
        match face {
            Face::Question => {}
            Face::Choice { choices, row } => {
                let choice = |(at, answer): (usize, &Answer)| choice(context, card, answer, at, at == *row);
                blocks.extend(choices.iter().enumerate().map(choice));
            }
            Face::Typing(input) => blocks.push(typing(input)),
            Face::Answer { suggested, chosen, typed } => {
                blocks.extend(answer(context, card, chosen.as_ref(), typed.as_ref()));
                blocks.extend(self.grades(*suggested));
            }
        }
        blocks
    }

    /// "date · new", "place · last seen 8 days ago".
    fn about(&self) -> String {
        let Standing { phase, interval, .. } = self.standing;
        let known = match phase {
            Phase::New => "new".to_owned(),
            Phase::Learning(_) => "being learned".to_owned(),
            Phase::Relearning(_) => "was forgotten".to_owned(),
            Phase::Review => format!("known for {}", wording::days(interval)),
        };
        let lacking = if self.is_lacking_choices { " · no choices for this one" } else { "" };
        format!("{} · {known}{lacking}", self.card.family.word())
    }

    /// The grades with their keys and how long each would put the card off; the marked one is what Enter gives.
    fn grades(&self, suggested: Grade) -> Vec<CardBlock> {
        let in_a_row = if self.width >= GRADES_BESIDE { 4 } else { 2 };
        let cells = Grade::ALL.map(|grade| self.grade(grade, grade == suggested, self.width / in_a_row));
        cells.chunks(in_a_row).map(|row| Block::row(row.concat())).collect()
    }

    fn grade(&self, grade: Grade, suggested: bool, width: usize) -> Vec<Run<Action>> {
        let key = self.context.keymap.key(Mode::Answer, Action::Grade(grade));
        let (mark, look) = if suggested { ("›", Look::Strong) } else { (" ", Look::Plain) };
        let wait = self.wait(grade).map(|wait| format!("  {wait}")).unwrap_or_default();
        let lead = format!("{mark}{key} ");
        let room = width.saturating_sub(lead.width() + grade.word().width());
        let (word, wait) = (Run::text(grade.word(), look), Run::text(column(&wait, room), Look::Faint));
        let action = Action::Grade(grade);
        vec![Run::text(lead, Look::Accent), word.leading_to(action), wait.leading_to(action)]
    }

    /// How long a grade would put the card off.
    fn wait(&self, grade: Grade) -> Option<String> {
        let now = self.context.stamp();
        let after = self.scheduler?.after(&self.standing, self.card.key.id, grade, now);
        Some(match after.due {
            Due::At(moment) => wording::minutes((moment - now.utc_ms) as f64 / 60_000.0),
            Due::On(_) | Due::Any => wording::days(after.interval),
        })
    }
}

/// What the question is about; once the answer is shown, with the gaps filled in.
fn subject(dataset: &Dataset, card: &Card, shown: bool) -> CardBlock {
    let mut fillings = card.fillings(dataset).into_iter().cycle();
    let mut runs = Vec::new();
    for (at, part) in card.subject.split(GAP).enumerate() {
        if at > 0 {
            let filling = fillings.next().filter(|_| shown);
            let look = if shown { Look::Strong } else { Look::Accent };
            runs.push(Run::text(filling.unwrap_or_else(|| GAP.to_owned()), look));
        }
        runs.push(Run::text(part.to_owned(), Look::Plain));
    }
    Block::paragraph(runs)
}

/// The events to put in order, each with its letter, and with its date once the answer is shown.
fn listed(dataset: &Dataset, card: &Card, events: &[Record], dated: bool) -> Vec<CardBlock> {
    let lead = |event: &Record| {
        let at = card.listed.iter().position(|listed| listed == event).unwrap_or(0);
        format!("{}  ", letter(at))
    };
    let event = |event: &Record| {
        let date = dataset.entity(*event).date().filter(|_| dated).map(|date| format!("  {}", date.short()));
        let name = Run::text(dataset.name(*event).to_string(), Look::Plain);
        Block::led(lead(event), Look::Accent, vec![name, Run::text(date.unwrap_or_default(), Look::Faint)])
    };
    let mut blocks: Vec<CardBlock> = events.iter().map(event).collect();
    if !blocks.is_empty() {
        blocks.push(Block::gap());
    }
    blocks
}

fn choice(context: &Context, card: &Card, answer: &Answer, at: usize, selected: bool) -> CardBlock {
    let mark = if selected { "› " } else { "  " };
    let look = if selected { Look::Strong } else { Look::Plain };
    let words = card.words(context.dataset, answer);
    let digit = Action::Digit(at as u8 + 1);
    Block::led(format!("{mark}{}  ", at + 1), Look::Accent, vec![Run::text(words, look).leading_to(digit)])
}

/// The line in which the answer is typed, with its cursor.
fn typing(input: &Input) -> CardBlock {
    let (before, after): (String, String) = {
        let letters: Vec<char> = input.value().chars().collect();
        let at = input.cursor().min(letters.len());
        (letters[..at].iter().collect(), letters[at..].iter().collect())
    };
    let before = Clean::line(before).to_string();
    let after = Clean::line(after).to_string();
    Block::led(
        "› ",
        Look::Accent,
        vec![Run::text(before, Look::Strong), Run::text("▏", Look::Accent), Run::text(after, Look::Strong)],
    )
}

/// The answer, how it compares with what was chosen or typed, and where it is stated.
fn answer(
    context: &Context,
    card: &Card,
    chosen: Option<&(Vec<Answer>, usize)>,
    typed: Option<&(String, Verdict)>,
) -> Vec<CardBlock> {
    let dataset = context.dataset;
    let mut blocks = Vec::new();
    if let Some((choices, chosen)) = chosen {
        blocks
            .extend(choices.iter().enumerate().map(|(at, answer)| compared(context, card, answer, at, at == *chosen)));
    } else {
        blocks.push(Block::led("= ", Look::Accent, vec![Run::text(card.answer_words(dataset), Look::Title)]));
    }
    if let Some((typed, verdict)) = typed {
        let (word, look) = match verdict {
            Verdict::Right => ("right".to_owned(), Look::Accent),
            Verdict::Nearly => ("right, but for the spelling".to_owned(), Look::Accent),
            Verdict::Partly(what) => (format!("not quite; {what}"), Look::Note),
            Verdict::Wrong => ("not so".to_owned(), Look::Note),
        };
        let typed = Clean::line(typed.clone()).to_string();
        blocks.push(Block::led(
            "› ",
            Look::Faint,
            vec![Run::text(format!("{typed}  "), Look::Faint), Run::text(word, look)],
        ));
    }
    blocks.push(Block::gap());
    if let Answer::Order(events) = &card.answer {
        blocks.extend(listed(dataset, card, events, true));
    }
    blocks.push(line(card.stated(dataset), Look::Faint));
    blocks.push(Block::gap());
    blocks
}

/// A choice beside the truth: the right one is marked, and the one that was chosen in its stead.
fn compared(context: &Context, card: &Card, answer: &Answer, at: usize, chosen: bool) -> CardBlock {
    let right = *answer == card.answer;
    let (mark, look) = match (right, chosen) {
        (true, _) => ("√ ", Look::Title),
        (false, true) => ("× ", Look::Note),
        (false, false) => ("  ", Look::Faint),
    };
    let words = card.words(context.dataset, answer);
    let told = if right && chosen { "  chosen" } else { "" };
    let runs = vec![Run::text(words, look), Run::text(told, Look::Faint)];
    Block::led(format!("{mark}{}  ", at + 1), look, runs)
}
