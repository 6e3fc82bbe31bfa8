//! Reading places: each is read in pieces, links are opened by their numbers, and going back says where one was instead
//! of reading it all again.

use std::io::{self, BufRead, Write};
use std::sync::Arc;

use super::command::{self, BROWSE};
use super::leaf::Leaf;
use super::speech::{self, Links};
use super::{Dialogue, Ended, Plain};
use crate::action::Action;
use crate::citation::citation;
use crate::context::Context;
use crate::dataset::{Clean, Kind, Record};
use crate::keymap::Mode;
use crate::pages;
use crate::place::{Place, Tab};
use crate::screens::listed;
use crate::screens::study::Wish;
use crate::wording;

/// The columns that pages are made for: enough for a bar and its words on one line, too few for two columns of text.
const WIDTH: usize = 70;

/// What is read.
#[derive(Debug, Clone)]
enum Subject {
    Place(Place),
    /// The hits of a search.
    Hits(Clean),
    Marks,
    Trail,
}

/// Something that is being read.
#[derive(Debug, Clone)]
pub struct Sheet {
    subject: Subject,
    leaf: Leaf,
}

impl Sheet {
    /// A place, nothing of it read yet.
    pub fn of_place<R: BufRead, W: Write>(context: &Context, place: Place, dialogue: &Dialogue<R, W>) -> Sheet {
        let mut links = Links::default();
        let (said, list) = match place {
            Place::Tab(tab) => (tab_lines(context, tab, &mut links), listed(context, tab)),
            place => {
                let blocks = pages::blocks(context, place, WIDTH);
                (speech::lines(context.dataset, &blocks, &mut links), Arc::default())
            }
        };
        let head = said.iter().flat_map(|line| dialogue.set(line)).collect();
        Sheet { subject: Subject::Place(place), leaf: Leaf::new(head, links.places().to_vec(), list) }
    }

    /// The place that is read; none where it is a list of other things.
    pub fn place(&self) -> Option<Place> {
        match self.subject {
            Subject::Place(place) => Some(place),
            Subject::Hits(_) | Subject::Marks | Subject::Trail => None,
        }
    }

    fn record(&self) -> Option<Record> {
        match self.place()? {
            Place::Record(record) | Place::Source(record) => Some(record),
            Place::Tab(_) => None,
        }
    }

    fn name(&self, context: &Context) -> String {
        match &self.subject {
            Subject::Place(Place::Tab(Tab::Home)) => "Home".to_owned(),
            Subject::Place(Place::Source(record)) => format!("Where it is stated: {}", context.dataset.name(*record)),
            Subject::Place(place) => place.name(context.dataset).to_owned(),
            Subject::Hits(query) => format!("Hits for {query}"),
            Subject::Marks => "Marks".to_owned(),
            Subject::Trail => "Places visited".to_owned(),
        }
    }
}

/// What is said before the list of a tab.
fn tab_lines(context: &Context, tab: Tab, links: &mut Links) -> Vec<String> {
    let dataset = context.dataset;
    if tab != Tab::Home {
        return vec![format!("{}, {}:", tab.name(), listed(context, tab).len())];
    }
    let source = &dataset.source;
    let date = source.date.as_ref().map(|date| Clean::line(date.words()));
    let taken = [source.chapter.as_ref(), source.publisher.as_ref(), date.as_ref()];
    let mut lines = vec![source.title.to_string()];
    lines.extend(taken.into_iter().flatten().map(|text| format!("{text}.")));
    let words = Tab::ALL.iter().skip(1).map(|tab| tab.word()).collect::<Vec<_>>().join(", ");
    lines.push(format!("Lists: {words}. Each is a command."));
    let sections: Vec<Record> = dataset.records(Kind::Section).collect();
    let rows: Vec<_> = sections.iter().map(|&section| pages::row(context, section)).collect();
    if !rows.is_empty() {
        lines.push(format!("Sections, {}:", rows.len()));
        lines.extend(speech::lines(dataset, &rows, links));
    }
    lines.push(format!("Events in order of time, {}:", wording::thousands(dataset.events.len() as f64)));
    lines
}

impl<R: BufRead, W: Write> Plain<R, W> {
    /// Reads places until the reader leaves.
    pub(super) fn browse(&mut self) -> io::Result<Ended> {
        self.read_on()?;
        self.dialogue.say("? lists the commands.")?;
        self.go_about()
    }

    /// Does what the reader says, until they leave.
    pub(super) fn go_about(&mut self) -> io::Result<Ended> {
        loop {
            self.keep_place()?;
            let Some(line) = self.dialogue.listen()? else { return Ok(Ended::Gone) };
            self.look_at_the_clock();
            match command::understand(&line, BROWSE, Mode::Page, &self.context.keymap) {
                Some(Action::Quit) => return Ok(Ended::Left),
                Some(action) => {
                    if self.act(action)? == Some(Ended::Gone) {
                        return Ok(Ended::Gone);
                    }
                }
                None => self.go(&line)?,
            }
        }
    }

    /// What a line means that is no word of the table: reading on, a number, a query, an address.
    fn go(&mut self, line: &str) -> io::Result<()> {
        if line.is_empty() {
            return self.read_on();
        }
        if let Some(query) = line.strip_prefix('/') {
            return self.search(query.trim());
        }
        if let Some(place) = Place::parse(line, self.context.dataset) {
            return self.open(place);
        }
        match line.parse::<usize>() {
            Ok(number) => match self.history.present().leaf.link(number) {
                Some(place) => self.follow(number, place),
                None => {
                    let told = match self.history.present().leaf.links() {
                        0 => "There is nothing to open here.".to_owned(),
                        last => format!("There is no link {number} here; the last is {last}."),
                    };
                    self.dialogue.say(&told)
                }
            },
            Err(_) => {
                let line = Clean::line(line);
                self.dialogue.say(&format!("There is no command {line}. / {line} searches; ? lists the commands."))
            }
        }
    }

    fn act(&mut self, action: Action) -> io::Result<Option<Ended>> {
        match action {
            Action::Back => self.turn_back()?,
            Action::Forward => self.turn_forward()?,
            Action::Redraw => {
                self.history.present_mut().leaf.begin_again();
                self.read_on()?;
            }
            Action::Source => match self.history.present().record() {
                Some(record) => self.open(Place::Source(record))?,
                None => self.dialogue.say("This is no record. A number opens one.")?,
            },
            Action::NextHit => self.open_hit(true)?,
            Action::PreviousHit => self.open_hit(false)?,
            Action::Mark => self.mark()?,
            Action::Marks => {
                let marks = self.context.marks.iter().copied().map(Place::Record).collect();
                self.list(Subject::Marks, "Marks", marks, "Nothing is marked; m marks a record.")?;
            }
            Action::Trail => {
                let mut trail = self.trail();
                trail.extend(self.history.present().place());
                self.list(Subject::Trail, "Places visited, oldest first", trail, "")?;
            }
            Action::Copy => self.cite()?,
            Action::Study => return self.study(&Wish::default()).map(Some),
            Action::Present => return self.choose_a_tour().map(Some),
            _ => self.explain()?,
        }
        Ok(None)
    }

    /// Reads the next piece of what is open, and says how far that is.
    fn read_on(&mut self) -> io::Result<()> {
        let dataset = self.context.dataset;
        let leaf = &mut self.history.present_mut().leaf;
        if leaf.is_read() {
            return self.dialogue.say("That was all. b goes back, r reads it again.");
        }
        let (begun, piece) = (leaf.read() > 0, leaf.next_piece(dataset));
        let (read, length) = (leaf.read(), leaf.length());
        for line in piece {
            self.dialogue.say(&line)?;
        }
        match read < length {
            true => {
                let (read, all) = (wording::thousands(read as f64), wording::several(length, "line"));
                self.dialogue.say(&format!("Enter for more; {read} of {all}."))
            }
            false if begun => self.dialogue.say("That is all."),
            false => Ok(()),
        }
    }

    /// Opens a place, so that going back returns here.
    fn open(&mut self, place: Place) -> io::Result<()> {
        if self.history.present().place() == Some(place) {
            let name = self.history.present().name(&self.context);
            return self.dialogue.say(&format!("This is {name}; r reads it again."));
        }
        let sheet = Sheet::of_place(&self.context, place, &self.dialogue);
        self.enter(sheet)
    }

    fn enter(&mut self, sheet: Sheet) -> io::Result<()> {
        self.history.keep();
        *self.history.present_mut() = sheet;
        self.read_on()
    }

    /// Opens the link of a number; of the hits of a search, takes note of which it was.
    fn follow(&mut self, number: usize, place: Place) -> io::Result<()> {
        if matches!(self.history.present().subject, Subject::Hits(_)) {
            self.hit = number.checked_sub(1);
        }
        self.open(place)
    }

    fn turn_back(&mut self) -> io::Result<()> {
        if !self.history.back() {
            return self.dialogue.say("This is the first place.");
        }
        self.say_where()
    }

    fn turn_forward(&mut self) -> io::Result<()> {
        if !self.history.forward() {
            return self.dialogue.say("There is nothing to go forward to.");
        }
        self.say_where()
    }

    /// Says what is open and how far it is read.
    fn say_where(&mut self) -> io::Result<()> {
        let sheet = self.history.present();
        let (read, length) = (sheet.leaf.read(), sheet.leaf.length());
        let on = if read < length { "Enter reads on" } else { "r reads it again" };
        let (read, length) = (wording::thousands(read as f64), wording::thousands(length as f64));
        let told = format!("{}. Read to line {read} of {length}; {on}.", sheet.name(&self.context));
        self.dialogue.say(&told)
    }

    /// Lists what a query finds.
    fn search(&mut self, query: &str) -> io::Result<()> {
        if query.is_empty() {
            return self.dialogue.say("Words after / are searched: / search and rescue, or / country:ru year:2003.");
        }
        if self.index.is_large() && !self.index.is_made() {
            self.dialogue.announce("Searching.")?;
        }
        let results = self.index.get().search(query);
        let records = results.records();
        for note in results.note.iter() {
            self.dialogue.say(&format!("{}.", wording::capitalised(note)))?;
        }
        let query = Clean::line(query);
        if records.is_empty() {
            return self.dialogue.say(&format!("Nothing is found for {query}."));
        }
        (self.hits, self.hit) = (records.to_vec(), None);
        let hits = wording::several(records.len(), "hit");
        let head = self.dialogue.set(&format!("{hits} for {query}:"));
        let leaf = Leaf::new(head, Vec::new(), records.into());
        self.enter(Sheet { subject: Subject::Hits(query), leaf })
    }

    /// Opens the next hit of the last search, or the one before.
    fn open_hit(&mut self, onward: bool) -> io::Result<()> {
        let next = match (self.hit, onward) {
            (None, _) => Some(0),
            (Some(at), true) => at.checked_add(1),
            (Some(at), false) => at.checked_sub(1),
        };
        let count = self.hits.len();
        let Some((at, &record)) = next.and_then(|at| Some((at, self.hits.get(at)?))) else {
            let end = if onward { "last" } else { "first" };
            let told = if count == 0 {
                "Nothing was searched yet; / and words search.".to_owned()
            } else {
                format!("That was the {end} of {}.", wording::several(count, "hit"))
            };
            return self.dialogue.say(&told);
        };
        self.hit = Some(at);
        self.dialogue.say(&format!("Hit {} of {count}.", at + 1))?;
        self.open(Place::Record(record))
    }

    fn mark(&mut self) -> io::Result<()> {
        let Some(record) = self.history.present().record() else {
            return self.dialogue.say("This is no record. A number opens one, and m marks it there.");
        };
        let name = self.context.dataset.name(record);
        if self.context.is_marked(record) {
            self.context.marks.retain(|&marked| marked != record);
            return self.dialogue.say(&format!("No longer marked: {name}."));
        }
        self.context.marks.push(record);
        self.dialogue.say(&format!("Marked: {name}."))
    }

    fn cite(&mut self) -> io::Result<()> {
        match self.history.present().record() {
            Some(record) => {
                let cited = citation(self.context.dataset, record);
                self.dialogue.say(&cited)
            }
            None => self.dialogue.say("This is no record. A number opens one."),
        }
    }

    /// Lists places by their numbers, or says that there is none.
    fn list(&mut self, subject: Subject, heading: &str, places: Vec<Place>, none: &str) -> io::Result<()> {
        if places.is_empty() {
            return self.dialogue.say(none);
        }
        let dataset = self.context.dataset;
        let row = |(at, place): (usize, &Place)| match *place {
            Place::Record(record) => speech::row(dataset, record, at + 1),
            Place::Source(record) => format!("{}. Where it is stated: {}", at + 1, dataset.name(record)),
            Place::Tab(Tab::Home) => format!("{}. Home", at + 1),
            place @ Place::Tab(_) => format!("{}. {}", at + 1, place.name(dataset)),
        };
        let heading = format!("{heading}, {}:", places.len());
        let lines = std::iter::once(heading).chain(places.iter().enumerate().map(row));
        let head = lines.flat_map(|line| self.dialogue.set(&line)).collect();
        self.enter(Sheet { subject, leaf: Leaf::new(head, places, Arc::default()) })
    }

    fn explain(&mut self) -> io::Result<()> {
        self.dialogue.say("Enter: read on.")?;
        self.dialogue.say("A number: open the link of that number.")?;
        self.dialogue.say("/ and words: search; country:ru and the like narrow it.")?;
        let lists = Tab::ALL.map(Tab::word).join(", ");
        self.dialogue.say(&format!("{lists}: the lists."))?;
        self.dialogue.say("country/ru and the like: open that address.")?;
        command::help(BROWSE).try_for_each(|line| self.dialogue.say(&line))
    }
}
