//! The way through the program line by line: what is said is nothing but lines, nothing is said twice without being asked
//! for, and what is done is kept as the explorer keeps it.

mod program;
mod terminal;

use std::collections::HashSet;
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

use detente::context::Context;
use detente::dataset::{Dataset, Kind, Vocabulary};
use detente::place::{Place, Tab};
use detente::plain::{BROWSE, Dialogue, Errand, Keeping, Opening, PRESENT, Plain, STUDY, speech};
use detente::screens::present::Talk;
use detente::screens::study::Wish;
use detente::state_file::{StateFile, TalkFile};
use detente::study::{Card, Family, Settings, Stamp, cards};
use detente::tour;
use tempfile::tempdir;

use crate::common::{INVENTED, SHIPPED};

const WIDTH: usize = 76;

fn clock() -> Stamp {
    Stamp { utc_ms: 1_763_201_234_567, offset: 60 }
}

/// What is said where a reader says these lines, and where the files are in `home`.
fn heard_in(home: &Path, dataset: &'static Dataset, place: Option<Place>, errand: Errand, lines: &[&str]) -> String {
    let said = heard_as_wide(WIDTH, home, dataset, place, errand, lines);
    for line in said.lines() {
        assert!(line.chars().count() <= WIDTH || !line.contains(' '), "{line:?} is too long");
    }
    said
}

/// The same in lines of another width.
fn heard_as_wide(
    width: usize,
    home: &Path,
    dataset: &'static Dataset,
    place: Option<Place>,
    errand: Errand,
    lines: &[&str],
) -> String {
    let mut output = Vec::new();
    let input = Cursor::new(lines.iter().map(|line| format!("{line}\n")).collect::<String>());
    let dialogue = Dialogue::new(input, &mut output, width, false, false);
    let file = Arc::new(StateFile::new(Some(home.to_owned())));
    let (state, _) = file.read();
    let talk = TalkFile::new(Some(home.to_owned()));
    let keeping = Keeping::new(file, talk, Some(home.to_owned()), clock);
    let context = Context::on_paper(dataset);
    let opening = Opening { context, state, place, study: Settings::default(), notices: Vec::new() };
    Plain::new(opening, dialogue, keeping).unwrap().run(errand).unwrap();
    let said = String::from_utf8(output).unwrap();
    assert_nothing_is_drawn(&said);
    said
}

fn heard(place: &str, lines: &[&str]) -> String {
    let place = Place::parse(place, &SHIPPED).unwrap();
    heard_in(tempdir().unwrap().path(), &SHIPPED, Some(place), Errand::Browse, lines)
}

/// Lines of letters alone: no control character, no box, no block, no braille, no arrow.
fn assert_nothing_is_drawn(said: &str) {
    for line in said.lines() {
        for letter in line.chars() {
            let drawn = matches!(letter, '\u{2190}'..='\u{21ff}' | '\u{2500}'..='\u{25ff}' | '\u{2800}'..='\u{28ff}');
            assert!(!drawn && !letter.is_control() && letter != '\u{a0}', "{letter:?} in {line:?}");
        }
        assert_eq!(line.trim(), line);
    }
    assert!(said.ends_with('\n'));
}

/// Every place there is.
fn places(dataset: &'static Dataset) -> Vec<Place> {
    let records = Kind::ALL.iter().flat_map(|&kind| dataset.records(kind));
    let records = records.flat_map(|record| [Place::Record(record), Place::Source(record)]);
    Tab::ALL.into_iter().map(Place::Tab).chain(records).collect()
}

#[test]
fn every_place_is_read_to_its_end_and_nothing_of_it_twice() {
    for dataset in [*SHIPPED, *INVENTED] {
        for place in places(dataset) {
            let home = tempdir().unwrap();
            let said = heard_as_wide(10_000, home.path(), dataset, Some(place), Errand::Browse, &[""; 40]);
            let address = place.address(dataset);
            let whole = said.split("That was all.").next().unwrap();
            assert!(said.len() > whole.len(), "{address} is not read to its end: {said}");
            let mut said_before = HashSet::new();
            for line in whole.lines().filter(|line| line.len() > 20) {
                assert!(said_before.insert(line), "{address} says twice: {line}");
            }
            for number in (1..).map(|number| format!(" [{number}]")).take_while(|number| whole.contains(number)) {
                assert_eq!(whole.matches(&number).count(), 1, "{address} says{number} twice: {whole}");
            }
        }
    }
}

#[test]
fn a_long_place_is_read_in_pieces_that_say_how_far_they_are() {
    let said = heard("countries", &["", "", ""]);
    assert!(said.contains("\n20. "), "{said}");
    assert!(said.contains("Enter for more; 20 of 37 lines."));
    assert!(said.contains("\n36. Uzbekistan, Central Asia, capital Tashkent\nThat is all.\n"), "{said}");
    assert_eq!(said.matches("Uzbekistan").count(), 1);
}

#[test]
fn a_number_opens_its_link_and_back_says_where_the_reader_was() {
    let said = heard("countries", &["2", "1", "b", "b", "f", "f", "f", "r"]);
    let lines: Vec<&str> = said.lines().collect();
    let at = |wanted: &str| {
        lines.iter().position(|line| line.starts_with(wanted)).unwrap_or_else(|| panic!("{wanted}: {said}"))
    };
    let order = ["Countries, 36:", "2. Australia", "Australia", "Countries: China [1]"];
    assert!(at(order[0]) < at(order[1]) && at(order[1]) < at("Australia and New Zealand, capital Canberra"));
    assert!(said.contains("Countries. Read to line 20 of 37; Enter reads on.\n"), "{said}");
    assert!(said.contains("Australia. Read to line "), "{said}");
    assert!(said.contains("There is nothing to go forward to."));
    assert_eq!(said.matches("2. Australia, Australia and New Zealand").count(), 1, "nothing is read again: {said}");
}

#[test]
fn searches_are_lists_whose_hits_follow_one_another() {
    let said = heard("home", &["/ search and rescue", "1", "n", "N", "N", "/ zzzzzz", "/", "/ kingdom:x france"]);
    assert!(
        said.contains("22 hits for search and rescue:\n1. Search-and-rescue exercise with the Indian navy, November")
    );
    assert!(said.contains("Hit 2 of 22.\nSearch-and-rescue exercise with the French navy\n"), "{said}");
    assert!(said.contains("Hit 1 of 22.\n") && said.contains("That was the first of 22 hits."));
    assert!(said.contains("Nothing is found for zzzzzz.") && said.contains("Words after / are searched"));
    assert!(said.contains("Unknown field \"kingdom\""), "{said}");
}

#[test]
fn what_means_nothing_says_what_to_do() {
    let said = heard("country/ru", &["x\u{1b}[2Jyz", "9999", "9", "}", "0", "\u{202e}", "' ", "?"]);
    assert!(said.contains("; ? lists the commands."));
    assert!(said.contains("There is no link 9999 here; the last is "), "{said}");
    assert!(said.contains("There is no link 0 here"));
    assert!(said.contains("Nothing is marked; m marks a record."));
    for command in BROWSE {
        let help = format!("{}: {}.", command.words.join(" or "), command.help);
        assert!(said.replace('\n', " ").contains(&help), "{help}: {said}");
    }
}

#[test]
fn marks_and_the_last_place_are_those_of_the_explorer() {
    let home = tempdir().unwrap();
    let at = |address: &str| Place::parse(address, &SHIPPED);
    heard_in(home.path(), &SHIPPED, at("country/fr"), Errand::Browse, &["m", "country/ru", "m", "m"]);
    let (state, _) = StateFile::new(Some(home.path().to_owned())).read();
    assert_eq!((state.marks, state.last.as_deref()), (vec!["country/fr".to_owned()], Some("country/ru")));
    let said = heard_in(home.path(), &SHIPPED, None, Errand::Browse, &["'", "t"]);
    assert!(said.starts_with("Russia\n") && said.contains("Marks, 1:\n1. France, Western Europe, capital Paris\n"));
    assert!(said.contains("Places visited, oldest first, 1:\n1. Russia"), "{said}");
}

#[test]
fn the_sentence_that_states_a_record_is_told_from_the_others() {
    let said = heard("event/sco-joint-2003-memorandum", &["s", "s"]);
    assert_eq!(said.matches("It says so: Joint-2003. In May 2003").count(), 1, "{said}");
    assert!(said.contains("This is Where it is stated"), "{said}");
}

/// The first card of each family, and one whose text has several gaps.
fn one_of_each(dataset: &'static Dataset) -> Vec<Card> {
    let cards = cards(dataset);
    Family::ALL.iter().filter_map(|&family| cards.iter().find(|card| card.family == family).cloned()).collect()
}

#[test]
fn every_family_of_cards_is_asked_and_answered_in_lines() {
    let families = one_of_each(&SHIPPED);
    assert_eq!(families.len(), Family::ALL.len());
    for card in families {
        let home = tempdir().unwrap();
        let wish = Wish { deck: Some(format!("card:{}", card.family.word())), cram: true };
        let asked = heard_in(
            home.path(),
            &SHIPPED,
            None,
            Errand::Study(wish),
            &["", "", "", "1", "c", "1", "", "nonsense", ""],
        );
        let count = cards(&SHIPPED).iter().filter(|other| other.family == card.family).count();
        assert!(asked.contains(&format!("Card 1 of {count}. ")), "{asked}");
        assert_eq!(asked.matches("Answer: ").count(), 4, "{asked}");
        assert!(asked.contains("4 answers: ") && !asked.contains("____"), "{asked}");
    }
}

#[test]
fn a_session_keeps_each_answer_and_says_what_it_came_to() {
    let home = tempdir().unwrap();
    let lines = ["", "", "", "1", "", "4", "u", "", "2", "x", "u", "q"];
    let wish = || Errand::Study(Wish { deck: Some("country/ru".to_owned()), cram: false });
    let said = heard_in(home.path(), &SHIPPED, None, wish(), &lines);
    assert!(
        said.starts_with("Study: Russia. Enter shows the answer, or type it; ? lists the commands.\nCard 1 of 20. ")
    );
    assert!(said.contains("\nCard 2 of ") && said.contains("Taken back."));
    assert!(said.contains("3 answers: 1 again, 1 hard, 1 good.\nMissed, 1:\n"), "{said}");
    let log = std::fs::read_to_string(home.path().join("reviews.log")).unwrap();
    assert_eq!(log.lines().count(), 7, "three answers and one taken back, a card suspended and taken back: {log}");
    let later = heard_in(home.path(), &SHIPPED, None, wish(), &[]);
    assert!(later.contains("being learned") || later.contains("new."), "{later}");
}

#[test]
fn what_is_typed_is_an_answer() {
    let wish = || Errand::Study(Wish { deck: Some("card:date".to_owned()), cram: true });
    let first = heard_in(tempdir().unwrap().path(), &SHIPPED, None, wish(), &[""]);
    let answer = first.lines().find_map(|line| line.strip_prefix("Answer: ")).unwrap().trim_end_matches('.').to_owned();
    let said = heard_in(tempdir().unwrap().path(), &SHIPPED, None, wish(), &[&answer, "", "zzzz", ""]);
    assert!(said.contains("\nRight.\n") && said.contains("Enter is 3, good."), "{said}");
    assert!(said.contains("\nNot so.\n") && said.contains("Enter is 1, again."), "{said}");
    assert!(said.contains("2 answers: 1 again, 1 good."), "{said}");
}

#[test]
fn decks_are_listed_and_chosen_by_number_or_words() {
    let study =
        |lines: &[&str]| heard_in(tempdir().unwrap().path(), &SHIPPED, None, Errand::Study(Wish::default()), lines);
    let said = study(&["more", "more", "999", "zzzzzz", "country:pk", "", "3", "q", "q"]);
    assert!(said.starts_with("1. All cards, 20 new\nSections:\n"), "{said}");
    assert!(said.contains("Those are all decks.") && said.contains("There is no deck 999"));
    assert!(said.contains("There is no card for zzzzzz.") && said.contains("Study: “country:pk”."), "{said}");
    assert_eq!(said.matches("1. All cards").count(), 1, "the decks are not listed again: {said}");
}

#[test]
fn every_tour_is_given_to_its_end_and_nothing_of_it_twice() {
    for dataset in [*SHIPPED, *INVENTED] {
        for tour in tour::tours(dataset) {
            let slides = tour::slides(dataset, &tour);
            let steps: usize = slides.iter().map(|slide| slide.points.len() + 1).sum();
            let talk = || Errand::Talk(Box::new(Talk::new(dataset, tour.clone(), None)));
            let said = heard_in(tempdir().unwrap().path(), dataset, None, talk(), &vec![""; steps]);
            let mut from = 0;
            for (at, slide) in slides.iter().enumerate() {
                let title = speech(&format!("Slide {} of {}", at + 1, slides.len()));
                assert_eq!(said.matches(&format!("\n{title}")).count() + usize::from(at == 0), 1, "{title}: {said}");
                let joined = said.replace('\n', " ");
                for point in slide.points.iter() {
                    let found = joined[from..].find(&speech(point));
                    from += found.unwrap_or_else(|| panic!("{point}: {said}"));
                }
            }
            assert_eq!(said.matches("That was the last slide; q ends the talk.").count(), 1, "{said}");
        }
    }
}

#[test]
fn a_talk_goes_back_jumps_and_tells_its_notes() {
    let tour = tour::find(&SHIPPED, "sea").unwrap();
    let home = tempdir().unwrap();
    let talk = || Errand::Talk(Box::new(Talk::new(&SHIPPED, tour.clone(), Some(10))));
    let lines = ["", "", "", "p", "p", "p", "5", "notes", "o", "time", "e", "q", "r", "99", "zz", "?", "q"];
    let said = heard_in(home.path(), &SHIPPED, None, talk(), &lines);
    assert!(said.contains("Back at point 1.\nBack at point 0.\nSlide 1 of 14: The sea\n"), "{said}");
    assert!(said.contains("Slide 5 of 14, 3 points: Pakistan\n") && said.contains("5. Pakistan, this one\n"));
    assert!(said.contains("1 min of 10 min.") && said.contains("Back in the talk, at slide 5."), "{said}");
    assert!(said.contains("There is no slide 99; the last is 14.") && said.contains("There is no command zz."));
    for command in PRESENT {
        assert!(said.replace('\n', " ").contains(command.help), "{said}");
    }
    let kept = TalkFile::new(Some(home.path().to_owned())).read().unwrap();
    assert_eq!((kept.slide, kept.running), (5, false));
}

#[test]
fn studying_and_presenting_are_left_for_the_place() {
    let said = heard("country/ru", &["S", "q", "P", "2", "", "q", "m", "S"]);
    assert!(said.contains("1. All cards") && said.contains("Tours, 5:\n1. "), "{said}");
    assert!(said.contains("Slide 2 of ") && said.contains("Marked: Russia."), "{said}");
}

#[test]
fn no_command_takes_a_key_that_means_something_else() {
    let keymap = detente::keymap::Keymap::default();
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
    use detente::action::Action;
    use detente::keymap::Mode;
    for (commands, mode) in [(BROWSE, Mode::Page), (STUDY, Mode::Question), (PRESENT, Mode::Present)] {
        let words: Vec<&str> = commands.iter().flat_map(|command| command.words).copied().collect();
        assert_eq!(words.iter().collect::<HashSet<_>>().len(), words.len(), "a word twice");
        for command in commands {
            for word in command.words.iter().filter(|word| word.chars().count() == 1) {
                let key = KeyEvent::new(KeyCode::Char(word.chars().next().unwrap()), KeyModifiers::NONE);
                let meant = keymap.action(mode, key);
                // f and r narrow a timeline and ask again what was missed, which there is none of here.
                let free = matches!(meant, None | Some(Action::Filter));
                assert!(free || meant == Some(command.action), "{word} means {meant:?}");
            }
        }
    }
}

#[test]
fn what_takes_long_is_announced_before_it_begins() {
    let mut output = std::io::BufWriter::new(Vec::new());
    let mut dialogue = Dialogue::new(Cursor::new(""), &mut output, WIDTH, false, false);
    dialogue.announce("Reading a long file.").unwrap();
    assert_eq!(output.get_ref(), b"Reading a long file.\n", "it waits in a buffer");
}
