//! Studying in lines: a deck, its cards one after the other, each answer kept before the next card is asked, and what
//! the session came to.

use std::io::{self, BufRead, Write};
use std::sync::Arc;

use super::command::{self, STUDY};
use super::leaf::Leaf;
use super::speech::{self, Links};
use super::{Ended, Plain, cards};
use crate::action::Action;
use crate::dataset::Clean;
use crate::keymap::Mode;
use crate::pages;
use crate::place::Place;
use crate::screens::study::{Wish, outlook};
use crate::study::choices::choices;
use crate::study::deck::offered;
use crate::study::session::{Left, Manner, Next};
use crate::study::typed;
use crate::study::{self, Answer, Card, Deck, Deed, Grade, Progress, Report, Scheduler, Session, Stamp};
use crate::wording;

/// The columns that pages are made for.
const WIDTH: usize = 70;

/// The cards, what was learned of them, and a session with some.
struct Sitting {
    cards: Vec<Card>,
    progress: Progress,
    session: Session,
    /// What was done in this session, so that it can be taken back.
    done: Vec<(usize, Stamp, Deed)>,
    /// Whether answers are chosen rather than recalled.
    choosing: bool,
}

/// The decks to choose from, and how far their list is read.
struct Decks {
    decks: Vec<Deck>,
    list: Leaf,
}

/// What became of a card.
enum Turn {
    /// The next card comes.
    On,
    /// The session is over.
    Over,
    /// The input is.
    Gone,
}

impl<R: BufRead, W: Write> Plain<R, W> {
    /// Studies the deck that is wished for, or one after the other that is chosen, until the reader leaves.
    pub(super) fn study(&mut self, wish: &Wish) -> io::Result<Ended> {
        self.look_at_the_clock();
        let cards = study::cards(self.context.dataset);
        let found = self.keeping.read_reviews();
        found.notice.iter().try_for_each(|notice| self.dialogue.say(notice))?;
        let mut progress = Progress::new(Scheduler::new(self.study.clone()));
        progress.extend(found.entries);
        let mut sitting =
            Sitting { cards, progress, session: Session::cram(Vec::new(), 0), done: Vec::new(), choosing: false };
        if wish.deck.is_some() || wish.cram {
            let deck = Deck::parse(wish.deck.as_deref().unwrap_or_default(), self.context.dataset);
            return self.begin(&mut sitting, &deck, wish.cram);
        }
        let mut decks = self.decks(&sitting);
        loop {
            match self.choose_a_deck(&mut decks, &sitting.cards)? {
                Ok(deck) => {
                    if self.begin(&mut sitting, &deck, false)? == Ended::Gone {
                        return Ok(Ended::Gone);
                    }
                }
                Err(ended) => return Ok(ended),
            }
        }
    }

    /// Begins a session with a deck.
    fn begin(&mut self, sitting: &mut Sitting, deck: &Deck, cram: bool) -> io::Result<Ended> {
        self.look_at_the_clock();
        let places = deck.cards(self.context.dataset, self.index.get(), &self.context.marks, &sitting.cards);
        sitting.session = match cram {
            true => Session::cram(places, self.context.stamp().utc_ms.unsigned_abs()),
            false => Session::scheduled(&sitting.cards, places, self.study.new_per_day),
        };
        sitting.done.clear();
        let name = deck.name(self.context.dataset);
        self.dialogue.say(&format!("Study: {name}. Enter shows the answer, or type it; ? lists the commands."))?;
        self.sit(sitting)
    }

    /// The decks that have cards, as they are listed.
    fn decks(&self, sitting: &Sitting) -> Decks {
        let mut decks = Decks { decks: Vec::new(), list: Leaf::default() };
        let mut lines = Vec::new();
        for shelf in offered(self.context.dataset, self.index.get(), &self.context.marks, &sitting.cards) {
            lines.extend((!shelf.heading.is_empty()).then(|| format!("{}:", shelf.heading)));
            for offered in shelf.decks.into_iter().filter(|offered| !offered.places.is_empty()) {
                let session = Session::scheduled(&sitting.cards, offered.places, self.study.new_per_day);
                let Left { new, learning, due } = session.left(&sitting.cards, &sitting.progress, self.context.stamp());
                let counts = [(due + learning, "due"), (new, "new")].into_iter().filter(|(count, _)| *count > 0);
                let counts: String = counts.map(|(count, word)| format!(" · {count} {word}")).collect();
                lines.push(format!("{}. {}{counts}", decks.decks.len() + 1, offered.name));
                decks.decks.push(offered.deck);
            }
        }
        decks.list = Leaf::new(lines, Vec::new(), Arc::default());
        decks
    }

    /// Lists decks and hears which is chosen: by its number, or as it is typed.
    fn choose_a_deck(&mut self, decks: &mut Decks, cards: &[Card]) -> io::Result<Result<Deck, Ended>> {
        if decks.list.read() == 0 {
            self.list_decks(decks)?;
        }
        self.dialogue.say("Type the number of a deck, or words to make one; Enter takes all cards, q leaves.")?;
        loop {
            let Some(line) = self.dialogue.listen()? else { return Ok(Err(Ended::Gone)) };
            let chosen = line.parse::<usize>().map(|number| number.checked_sub(1).and_then(|at| decks.decks.get(at)));
            let deck = match (&*line, chosen) {
                ("q" | "quit", _) => return Ok(Err(Ended::Left)),
                ("more", _) => {
                    self.list_decks(decks)?;
                    continue;
                }
                (_, Ok(Some(deck))) => deck.clone(),
                (_, Ok(None)) => {
                    self.dialogue.say(&format!("There is no deck {line}; the last is {}.", decks.decks.len()))?;
                    continue;
                }
                (words, Err(_)) => Deck::parse(words, self.context.dataset),
            };
            if !deck.cards(self.context.dataset, self.index.get(), &self.context.marks, cards).is_empty() {
                return Ok(Ok(deck));
            }
            self.dialogue.say(&format!("There is no card for {}.", Clean::line(line)))?;
        }
    }

    /// Lists the next decks.
    fn list_decks(&mut self, decks: &mut Decks) -> io::Result<()> {
        let list = &mut decks.list;
        if list.is_read() {
            list.begin_again();
        }
        for line in list.next_piece(self.context.dataset) {
            self.dialogue.say(&line)?;
        }
        let left = list.length() - list.read();
        if left == 0 {
            return self.dialogue.say("Those are all decks.");
        }
        self.dialogue.say(&format!("The word more reads on; {} of {} lines.", list.read(), list.length()))
    }

    /// Asks card after card, until none is left or the reader ends it.
    fn sit(&mut self, sitting: &mut Sitting) -> io::Result<Ended> {
        loop {
            self.look_at_the_clock();
            let turn = match sitting.session.next(&sitting.cards, &sitting.progress, self.context.stamp()) {
                Next::Card(place) => self.ask(sitting, place)?,
                Next::Later(due) => self.wait(due)?,
                Next::Over => Turn::Over,
            };
            match turn {
                Turn::On => {}
                Turn::Over => break,
                Turn::Gone => {
                    self.sum_up(sitting)?;
                    return Ok(Ended::Gone);
                }
            }
        }
        self.sum_up(sitting)?;
        Ok(Ended::Left)
    }

    /// Tells when the next card is due, and waits for the reader.
    fn wait(&mut self, due: i64) -> io::Result<Turn> {
        let minutes = (due - self.context.stamp().utc_ms).max(0) / 60_000 + 1;
        let next = wording::minutes(minutes as f64);
        self.dialogue
            .say(&format!("Nothing more for now. The next card comes in {next}. Enter looks again, q ends."))?;
        Ok(match self.dialogue.listen()?.as_deref() {
            None => Turn::Gone,
            Some("q" | "quit") => Turn::Over,
            Some(_) => Turn::On,
        })
    }

    /// Asks a card: says its question, hears the answer, and how well it was known.
    fn ask(&mut self, sitting: &mut Sitting, place: usize) -> io::Result<Turn> {
        let card = sitting.cards[place].clone();
        let seed = u64::from(sitting.progress.standing(card.key).reviews) + sitting.session.answered.len() as u64;
        let offered = sitting.choosing.then(|| choices(self.context.dataset, &card, seed)).flatten();
        self.say_question(sitting, &card, offered.as_deref())?;
        loop {
            let Some(line) = self.dialogue.listen()? else { return Ok(Turn::Gone) };
            self.look_at_the_clock();
            let chosen =
                offered.as_deref().and_then(|offered| offered.get(line.parse::<usize>().ok()?.checked_sub(1)?));
            match command::understand(&line, STUDY, Mode::Question, &self.context.keymap) {
                _ if chosen.is_some() => {
                    let right = chosen == Some(&card.answer);
                    let grade = if right { Grade::Good } else { Grade::Again };
                    self.dialogue.say(if right { "Right." } else { "Not so." })?;
                    return self.grade(sitting, place, &card, grade);
                }
                None if line.is_empty() => return self.grade(sitting, place, &card, Grade::Good),
                None => {
                    let verdict = typed::verdict(self.context.dataset, &card, &line);
                    self.dialogue.say(&cards::verdict(&verdict))?;
                    let grade = match verdict {
                        typed::Verdict::Right => Grade::Good,
                        typed::Verdict::Nearly => Grade::Hard,
                        typed::Verdict::Partly(_) | typed::Verdict::Wrong => Grade::Again,
                    };
                    return self.grade(sitting, place, &card, grade);
                }
                Some(Action::Redraw) => self.say_question(sitting, &card, offered.as_deref())?,
                Some(action) => {
                    if let Some(turn) = self.act_on_card(sitting, place, &card, action)? {
                        return Ok(turn);
                    }
                }
            }
        }
    }

    /// Says where the session is, and the question.
    fn say_question(&mut self, sitting: &Sitting, card: &Card, offered: Option<&[Answer]>) -> io::Result<()> {
        let Left { new, learning, due } = sitting.session.left(&sitting.cards, &sitting.progress, self.context.stamp());
        let number = sitting.session.answered.len() + 1;
        let all = sitting.session.answered.len() + new + learning + due;
        let dataset = self.context.dataset;
        let mut lines = cards::question(dataset, card, &sitting.progress.standing(card.key));
        if let Some(first) = lines.first_mut() {
            *first = format!("Card {number} of {all}. {first}");
        }
        match offered {
            Some(offered) => lines.extend(cards::choices(dataset, card, offered)),
            None if sitting.choosing => lines.push("There are no choices for this one.".to_owned()),
            None => {}
        }
        lines.iter().try_for_each(|line| self.dialogue.say(line))
    }

    /// What the commands mean that hold before an answer and after it.
    fn act_on_card(
        &mut self,
        sitting: &mut Sitting,
        place: usize,
        card: &Card,
        action: Action,
    ) -> io::Result<Option<Turn>> {
        match action {
            Action::Quit => return Ok(Some(Turn::Over)),
            Action::Choices => {
                sitting.choosing = !sitting.choosing;
                return Ok(Some(Turn::On));
            }
            Action::Undo => {
                let Some(&(_, at, deed)) = sitting.done.last() else {
                    self.dialogue.say("Nothing was answered yet.")?;
                    return Ok(None);
                };
                let Some(number) = sitting.progress.number(at, deed) else { return Ok(None) };
                self.note(sitting, Deed::Undo(number))?;
                sitting.done.pop();
                if matches!(deed, Deed::Review { .. }) {
                    sitting.session.take_back();
                }
                self.dialogue.say("Taken back.")?;
                return Ok(Some(Turn::On));
            }
            Action::SuspendCard => {
                let at = self.note(sitting, Deed::Suspend(card.key))?;
                sitting.done.push((place, at, Deed::Suspend(card.key)));
                self.dialogue.say("That card is asked no more; u takes it back.")?;
                return Ok(Some(Turn::On));
            }
            Action::Source => {
                let blocks = pages::blocks(&self.context, Place::Source(card.record), WIDTH);
                let lines = speech::lines(self.context.dataset, &blocks, &mut Links::silent());
                lines.iter().try_for_each(|line| self.dialogue.say(line))?;
            }
            _ => {
                self.dialogue.say("Enter: show the answer; once it is shown, the grade that is named.")?;
                self.dialogue.say("Any words: your answer.")?;
                self.dialogue
                    .say("1 again, 2 hard, 3 good, 4 easy: how well it was known, once the answer is shown.")?;
                command::help(STUDY).try_for_each(|line| self.dialogue.say(&line))?;
            }
        }
        Ok(None)
    }

    /// Says the answer, hears how well it was known, and keeps that.
    fn grade(&mut self, sitting: &mut Sitting, place: usize, card: &Card, suggested: Grade) -> io::Result<Turn> {
        let lines = cards::answer(self.context.dataset, card);
        lines.iter().try_for_each(|line| self.dialogue.say(line))?;
        self.dialogue.say(&format!("Grade 1 to 4; Enter is {}, {}.", suggested as u8, suggested.word()))?;
        loop {
            let Some(line) = self.dialogue.listen()? else { return Ok(Turn::Gone) };
            self.look_at_the_clock();
            let said = line.parse().ok().and_then(Grade::from_number);
            let said = said.or(Grade::ALL.into_iter().find(|grade| grade.word() == line));
            let grade = if line.is_empty() { Some(suggested) } else { said };
            if let Some(grade) = grade {
                let rehearsal = sitting.session.manner == Manner::Cram;
                let deed = Deed::Review { card: card.key, grade, rehearsal };
                let at = self.note(sitting, deed)?;
                sitting.session.answer(place, grade);
                sitting.done.push((place, at, deed));
                return Ok(Turn::On);
            }
            match command::understand(&line, STUDY, Mode::Answer, &self.context.keymap) {
                Some(Action::Redraw) => lines.iter().try_for_each(|line| self.dialogue.say(line))?,
                Some(action) => {
                    if let Some(turn) = self.act_on_card(sitting, place, card, action)? {
                        return Ok(turn);
                    }
                }
                None => self.dialogue.say("1 again, 2 hard, 3 good, 4 easy; ? lists the commands.")?,
            }
        }
    }

    /// Has a deed kept, and tells where that fails; answers when it was done.
    fn note(&mut self, sitting: &mut Sitting, deed: Deed) -> io::Result<Stamp> {
        let at = self.context.stamp();
        let Report { added, all, unsaved, notice } = self.keeping.note(at, deed);
        if let Some(all) = all {
            sitting.progress = Progress::new(sitting.progress.scheduler.clone());
            sitting.progress.extend(all);
        }
        sitting.progress.extend(added);
        notice.iter().try_for_each(|notice| self.dialogue.say(notice))?;
        if let Some(unsaved) = unsaved {
            let told = format!("Not saved: {}. {} in memory, tried again with the next.", unsaved.why, unsaved.count);
            self.dialogue.say(&told)?;
        }
        Ok(at)
    }

    /// Says what a session came to, and what was missed.
    fn sum_up(&mut self, sitting: &Sitting) -> io::Result<()> {
        let session = &sitting.session;
        let total = session.answered.len();
        let count = |grade: Grade| session.answered.iter().filter(|answered| answered.grade == grade).count();
        let counts = Grade::ALL.map(|grade| (count(grade), grade.word())).into_iter().filter(|(count, _)| *count > 0);
        let counts: Vec<String> = counts.map(|(count, word)| format!("{count} {word}")).collect();
        let told = match total {
            0 => "Nothing was answered.".to_owned(),
            total => format!("{}: {}.", wording::several(total, "answer"), counts.join(", ")),
        };
        self.dialogue.say(&told)?;
        let missed = session.missed();
        if !missed.is_empty() {
            self.dialogue.say(&format!("Missed, {}:", missed.len()))?;
            for card in missed.iter().map(|&place| &sitting.cards[place]) {
                let name = self.context.dataset.name(card.record);
                let answer = card.answer_words(self.context.dataset);
                self.dialogue.say(&format!("{name}, {}: {answer}.", card.family.word()))?;
            }
        }
        let outlook = outlook(&self.context, &sitting.cards, &sitting.progress, session);
        if outlook.is_empty() { Ok(()) } else { self.dialogue.say(&format!("{outlook}.")) }
    }
}
