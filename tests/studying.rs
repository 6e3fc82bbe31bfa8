//! Studying at the keys: sessions, decks and what becomes of each answer.

mod curve;
mod program;
pub mod student;

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use detente::action::Input;
use detente::clock::Moment;
use detente::screens::study::Wish;
use detente::study::schedule::Phase;
use detente::study::stamp::MINUTE;
use detente::study::{Card, Deed, Grade, Settings, cards};

use crate::common::{INVENTED, Journey, SHIPPED};
use crate::journal::model::Model;
use student::{NOON, Student};

const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The grades in the journal, in order.
fn grades(student: &Student) -> Vec<Grade> {
    let grade = |deed| match deed {
        Deed::Review { grade, .. } => Some(grade),
        _ => None,
    };
    student.kept().into_iter().filter_map(|entry| grade(entry.deed)).collect()
}

/// The card that is asked, by its question.
fn asked(student: &Student) -> Card {
    let text = student.text().split_whitespace().collect::<Vec<_>>().join(" ");
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let all = cards(&SHIPPED);
    let found = all.into_iter().find(|card| {
        text.contains(&flat(&card.prompt)) && text.contains(&flat(&card.subject)) && !card.subject.is_empty()
    });
    found.unwrap_or_else(|| panic!("no card on\n{}", student.text()))
}

#[test]
fn an_answer_is_kept_before_the_next_card_shows() {
    let student = Student::of("card:date");
    let first = student.card();
    assert!(student.sees("date · new") && !student.sees("again"), "{first}");
    let student = student.press("Space");
    assert!(student.sees("= ") && student.sees("1 again  1 min") && student.sees("paragraph"), "{}", student.text());
    assert_eq!(student.kept(), []);

    let student = student.slow().press("3");
    assert_eq!(student.footer(), "saving…");
    let waiting = student.card();
    assert!(waiting.contains(first.lines().last().unwrap()), "the card stays until its answer is kept: {waiting}");
    let student = student.press("3 Space 1 u x");
    assert_eq!((student.card(), grades(&student)), (waiting, vec![Grade::Good]), "no answer counts twice");
    let student = student.press("?");
    assert!(student.sees("Keys"), "the keys are heard while the disk is slow: {}", student.text());

    let student = student.press("Esc").deliver();
    assert_ne!(student.card(), first);
    assert!(student.sees("date · new") && !student.footer().contains("saving"), "{}", student.text());
    assert_eq!(grades(&student), [Grade::Good]);
}

#[test]
fn a_session_can_be_left_while_the_disk_is_slow() {
    let student = Student::of("card:date").slow().press("Space 3 q");
    assert!(student.has_left());
    assert_eq!(grades(&student), [Grade::Good]);
    assert!(Student::of("card:date").slow().press("Space 3 C-c").has_left());
}

#[test]
fn four_grades_and_the_marked_one() {
    let student = Student::of("card:date").press("Space 1 Space 2 Space 3 Space 4 Space Space Space Enter");
    assert_eq!(grades(&student), [Grade::Again, Grade::Hard, Grade::Good, Grade::Easy, Grade::Good, Grade::Good]);
}

#[test]
fn any_number_of_answers_is_taken_back_also_after_the_end() {
    let mut student = Student::of("card:date");
    let mut seen = Vec::new();
    for number in 0..40 {
        seen.push(student.card());
        student = student.press("Space").press(["4", "1", "3", "2"][number % 4]).pass(20_000);
    }
    assert_eq!(grades(&student).len(), 40);
    for card in seen.iter().rev() {
        student = student.press("u");
        let (now, then) = (student.card(), card);
        assert_eq!(now.lines().skip(1).collect::<Vec<_>>(), then.lines().skip(1).collect::<Vec<_>>());
    }
    assert!(student.progress().reviews().is_empty(), "all is as if nothing had been answered");
    let first = student.card();
    let student = student.press("u");
    assert_eq!(student.card(), first, "there is nothing more to take back");
    assert_eq!(student.kept().len(), 80);

    let student = student.press("Space 3 q");
    assert!(student.sees("1 answer") && student.sees("1 good"), "{}", student.text());
    let student = student.press("u");
    assert_eq!(student.card(), first, "the summary leads back");
    assert!(student.progress().reviews().is_empty());
    assert!(student.press("q").sees("All cards"), "a session without an answer comes to nothing");
}

#[test]
fn the_source_of_a_card_and_back_to_it() {
    for (face, back) in
        [("", "S"), ("Space", "S"), ("Space", "Backspace"), ("c", "q"), ("", "Enter Backspace Backspace")]
    {
        let student = Student::of("card:place").press(face);
        let card = student.card();
        let record = SHIPPED.address(asked(&student).record);
        let student = student.press("s");
        assert_eq!(student.journey().place(), format!("source/{record}"));
        assert_eq!(student.footer(), "S goes back to the card.");
        let student = student.press("j").press(back);
        assert_eq!(student.card(), card, "after {face:?} and {back:?}");
        assert!(!student.has_left());
    }
    let summary = Student::of("card:place").press("Space 1 q s S");
    assert!(summary.sees("1 card was missed"), "{}", summary.text());
    let summary = summary.press("s S q");
    assert!(summary.has_left(), "what was begun to study ends with it");
}

#[test]
fn studying_from_the_explorer_and_back() {
    let student = Student::at(Journey::at("country/pk"), Model::default()).press("S");
    assert!(student.sees("Study › Decks") && student.sees("All cards"), "{}", student.text());
    let student = student.press("Enter Space 3 q");
    assert_eq!((student.has_left(), student.journey().place()), (false, "country/pk".to_owned()));
    assert!(student.sees("1 answer"), "{}", student.text());
    let student = student.press("q");
    assert!(student.sees("Pakistan") && !student.has_left(), "{}", student.text());
    let again = student.press("S");
    let line = again.text().lines().find(|line| line.contains("All cards")).unwrap().to_owned();
    assert!(line.contains("1 ") && line.contains("19"), "what was learned counts: {line}");
    assert!(again.press("q q").has_left());
}

#[test]
fn choices_are_chosen_and_say_what_was_right() {
    let mut student = Student::of("card:place").press("c");
    assert!(student.footer().starts_with("1 to 4 choose"), "{}", student.footer());
    let (mut right, mut wrong) = (0, 0);
    for number in 0..12 {
        assert!(!student.sees("√") && student.sees("› 1"), "{}", student.text());
        let digit = ["1", "2", "3", "4"][number % 4];
        student = student.press(digit);
        let text = student.text();
        let was_right = text.contains("chosen");
        assert_eq!(text.contains("×"), !was_right, "{text}");
        assert!(text.contains("√") && text.contains(if was_right { "›3 good" } else { "›1 again" }), "{text}");
        student = student.press("Enter");
        right += usize::from(was_right);
        wrong += usize::from(!was_right);
        let expected = if was_right { Grade::Good } else { Grade::Again };
        assert_eq!(grades(&student).last(), Some(&expected));
    }
    assert!(right > 0 && wrong > 0, "right {right}, wrong {wrong}");
    let moved = student.press("Down Down Up");
    assert!(moved.sees("› 2"), "{}", moved.text());
    let moved = moved.press("Enter");
    assert!(moved.sees("√"), "{}", moved.text());
    let recalled = moved.press("Enter c");
    assert!(!recalled.sees("› 1"), "{}", recalled.text());
}

#[test]
fn a_card_without_choices_says_so() {
    let mut student = Student::of("card:participants").press("c");
    let mut lacking = 0;
    for _ in 0..60 {
        let says = student.sees("no choices for this one");
        assert_eq!(says, !student.sees("› 1"), "{}", student.text());
        lacking += usize::from(says);
        student = student.press(if says { "Space 4" } else { "1 4" });
    }
    assert!(lacking > 0);
}

#[test]
fn typed_answers_are_read_kindly() {
    let mut student = Student::of("card:place");
    let place = asked(&student).answer_words(&SHIPPED);
    student = student.press("i");
    assert!(student.footer().starts_with("Enter done"), "{}", student.footer());
    student = student.write(&place.to_uppercase()).press("Enter");
    assert!(student.sees("right") && student.sees("›3 good"), "{}", student.text());

    student = student.press("Enter i").write("qusx?h").press("Enter");
    assert!(student.sees("qusx?h  not so") && student.sees("›1 again"), "letters are text: {}", student.text());
    student = student.press("Enter i Enter");
    assert!(student.sees("›3 good") && !student.sees("not so"), "nothing typed only shows: {}", student.text());
    student = student.press("Enter i").write("x").press("Esc");
    assert!(student.footer().starts_with("Space show"), "{}", student.footer());
    assert_eq!(grades(&student), [Grade::Good, Grade::Again, Grade::Good]);
}

#[test]
fn a_suspended_card_is_asked_no_more_and_can_be_found_again() {
    let student = Student::of("card:place");
    let (first, count) = (student.card(), student.left());
    let student = student.press("x");
    assert_ne!(student.card(), first);
    assert!(student.footer().contains("asked no more"), "{}", student.footer());
    let student = student.press("u");
    assert_eq!((student.card(), student.left()), (first.clone(), count));

    let student = student.press("x q G");
    let text = student.text();
    let last = text.lines().rev().nth(1).unwrap_or_default();
    assert!(last.contains("Suspended") && last.contains('1'), "{text}");
    let student = student.press("Enter");
    assert!(student.sees("Study › Suspended") && student.sees("suspended"), "{}", student.text());
    let student = student.press("x");
    assert!(student.card().lines().count() == 1 && !student.card().contains("suspended"), "{}", student.text());
    let student = student.press("q");
    assert!(!student.sees("Suspended"), "{}", student.text());
    let again = Student::at(Journey::at("home"), student.disk.clone()).press("S");
    assert!(!again.sees("Suspended"));
}

#[test]
fn cram_leaves_the_schedule_as_it_is_and_a_missed_round_follows() {
    let wish = Wish { deck: Some("exercise/joint-2003".to_owned()), cram: true };
    let student = Student::wishing(wish);
    let count: usize = student.left().trim_end_matches(" left").parse().unwrap();
    assert!((2..20).contains(&count), "{}", student.text());
    let student = student.press("Space");
    assert!(student.sees("1 again") && !student.sees("min"), "no grade puts it off: {}", student.text());
    let mut student = student.press("1");
    for _ in 0..count {
        student = student.press("Space 3");
    }
    let text = student.text();
    assert!(text.contains(&format!("{} answers, which leave the schedule", count + 1)), "{text}");
    assert!(text.contains("1 card was missed") && text.contains("1 again · "), "{text}");
    assert!(student.progress().reviews().iter().all(|review| review.rehearsal));
    let student = student.press("r");
    assert_eq!(student.left(), "1 left");
    let student = student.press("Space 3");
    assert!(student.sees("1 answer, which leaves") && student.sees("Nothing was missed."), "{}", student.text());
    let student = student.press("r");
    assert!(student.sees("Nothing was missed."));
    assert!(cards(&SHIPPED).iter().all(|card| student.progress().standing(card.key).phase == Phase::New));
}

#[test]
fn a_day_ends_and_says_what_comes() {
    let settings = Settings { new_per_day: 3, ..Settings::default() };
    let mut student = Student::on(&SHIPPED, (80, 24), Wish::default(), settings, Model::default());
    assert!(
        student.text().lines().any(|line| line.contains("All cards") && line.contains(" 3 ")),
        "{}",
        student.text()
    );
    student = student.press("Enter");
    assert_eq!(student.left(), "3 new");
    student = student.press("Space 4 Space 4 Space 4");
    assert!(student.sees("3 answers") && student.sees("3 easy") && student.sees("Nothing was missed."));
    assert!(student.sees("are still new") && student.sees("come"), "{}", student.text());
    student = student.press("Enter Enter");
    assert!(student.sees("Nothing is due.") && student.sees("c in the decks"), "{}", student.text());
    student = student.press("Enter").pass(DAY).press("G g Enter");
    assert_eq!(student.left(), "3 new", "the next day brings more");
    student = student.pass(20 * DAY).press("Space 4");
    assert!(student.left().starts_with("3 due"), "{}", student.left());
}

#[test]
fn a_card_that_comes_later_today_is_waited_for() {
    let settings = Settings { new_per_day: 1, ..Settings::default() };
    let student = Student::on(&SHIPPED, (80, 24), Wish::default(), settings, Model::default()).press("Enter");
    let card = student.card();
    let student = student.press("Space 3");
    assert_ne!(student.text(), card, "what is left comes early");
    let student = student.pass(-2 * HOUR).press("q Enter Enter");
    assert!(student.sees("The next card comes in 2 h"), "{}", student.text());
    assert_eq!(student.journey().wakes_at(), Some(Moment((NOON.utc_ms + 10 * MINUTE).unsigned_abs())));
    let student = student.press("j").pass(2 * HOUR);
    assert!(student.sees("comes in"), "{}", student.text());
    let student = student.pass(10 * MINUTE);
    assert!(student.sees("being learned"), "{}", student.text());
    assert_eq!(student.journey().wakes_at(), None);
}

/// Where words stand on the screen, in columns and rows.
fn spot(student: &Student, words: &str) -> (u16, u16) {
    let text = student.text();
    let at = |line: &str| line.find(words).map(|at| line[..at].chars().count());
    let found = text.lines().enumerate().find_map(|(row, line)| Some((at(line)? as u16, row as u16)));
    found.unwrap_or_else(|| panic!("no {words} on\n{text}"))
}

fn click(student: Student, words: &str) -> Student {
    let (column, row) = spot(&student, words);
    mouse(student, MouseEventKind::Down(MouseButton::Left), (column, row))
}

fn mouse(student: Student, kind: MouseEventKind, (column, row): (u16, u16)) -> Student {
    student.happen(Input::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }))
}

#[test]
fn the_mouse_selects_decks_shows_answers_chooses_and_grades() {
    let student = click(Student::new(), "Sections");
    assert!(student.sees("Study › Decks"), "a heading is no deck");
    let student = click(click(student, "Regional Security"), "Regional Security");
    assert!(student.sees("Study › Regional Security Cooperation"), "{}", student.text());
    let student = click(student, "new");
    assert!(student.sees("Decks") || student.footer().starts_with("Space show"), "the title is no card");
    let student = mouse(student, MouseEventKind::Down(MouseButton::Left), (20, 6));
    assert!(student.footer().starts_with("1 again"), "{}", student.text());
    let student = click(student, "hard");
    assert_eq!(grades(&student), [Grade::Hard]);
    let student = student.press("c");
    let (column, row) = spot(&student, "  3  ");
    let student = mouse(student, MouseEventKind::Down(MouseButton::Left), (column + 6, row));
    assert!(student.sees("√") && grades(&student).len() == 1, "{}", student.text());
    let student = click(student, "easy");
    assert_eq!(grades(&student), [Grade::Hard, Grade::Easy]);
    let student = click(student.press("1 1 q"), "answers");
    assert!(student.sees("3 answers"), "{}", student.text());
    let student = mouse(student, MouseEventKind::ScrollDown, (20, 10));
    let row = spot(&student, "was missed").1 + 1;
    let student = mouse(student, MouseEventKind::Down(MouseButton::Left), (20, row));
    assert!(student.journey().place().starts_with("source/"), "{}", student.text());
    assert!(student.press("S M").footer().starts_with("The mouse is on"));
}

#[test]
fn a_query_makes_a_deck_and_says_how_large_it_is() {
    let student = Student::new().press("/");
    assert!(student.footer().starts_with("Enter done"), "{}", student.footer());
    let student = student.write("kind:exercise year:2003");
    let text = student.text();
    let found = text.lines().find(|line| line.contains("/ kind:exercise year:2003")).unwrap();
    assert!(found.trim_end().ends_with("cards"), "{found}");
    let student = student.press("Enter");
    assert!(student.sees("Study › “kind:exercise year:2003”") && student.left().ends_with("new"), "{}", student.text());
    let student = student.press("q /").write("xyzzy");
    assert!(student.sees("no card"), "{}", student.text());
    let student = student.press("Enter");
    assert!(student.sees("/ xyzzy"), "a deck without a card is not begun: {}", student.text());
    assert!(student.press("Esc").footer().starts_with("Enter study"));
}

#[test]
fn the_deck_of_marks_follows_the_marks() {
    let student = Student::at(Journey::at("exercise/joint-2003"), Model::default()).press("S");
    assert!(student.sees("nothing is marked"));
    let student = student.press("q m S");
    assert!(!student.sees("nothing is marked"), "{}", student.text());
    let student = student.press("j Enter");
    assert!(student.sees("Study › Marked records") && student.left().ends_with("new"), "{}", student.text());
    let asked = asked(&student);
    let exercise = SHIPPED.find("exercise/joint-2003").unwrap();
    assert!(
        asked.about.contains(&exercise)
            || SHIPPED.links(exercise).iter().any(|link| asked.about.contains(&link.record))
    );
}

#[test]
fn reviews_that_cannot_be_kept_are_told_and_tried_again() {
    let student = Student::of("card:date");
    student.disk.fill(true);
    let student = student.press("Space 3 Space 3");
    let footer = student.footer();
    assert!(footer.starts_with("Not saved: ") && footer.contains("2 in memory"), "{footer}");
    assert!(student.sees("date · new"), "the session goes on");
    assert_eq!(student.kept(), []);
    let student = student.press("u");
    assert!(student.footer().contains("in memory"), "also what is only in memory is taken back: {}", student.footer());
    student.disk.fill(false);
    let student = student.press("Space 4");
    assert!(student.footer().starts_with("Space show"), "{}", student.footer());
    assert_eq!(grades(&student), [Grade::Good, Grade::Good, Grade::Easy]);
    assert_eq!(student.progress().reviews().len(), 2);
}

#[test]
fn a_clock_that_was_ahead_is_told() {
    let before = Student::of("card:date").press("Space 3");
    let student = Student::at(Journey::at("home"), before.disk.clone()).pass(-5 * DAY).press("S");
    assert!(student.footer().contains("dated 5 days from now"), "{}", student.footer());
    let student = student.press("j");
    assert!(student.footer().starts_with("Enter study"), "{}", student.footer());
    let usual = Student::at(Journey::at("home"), before.disk.clone()).pass(DAY).press("S");
    assert!(usual.footer().starts_with("Enter study"), "{}", usual.footer());
}

#[test]
fn two_sessions_at_once_both_count() {
    let one = Student::of("card:date").press("Space 3");
    let other = Student::on(
        &SHIPPED,
        (80, 24),
        Wish { deck: Some("card:place".to_owned()), cram: false },
        Settings::default(),
        one.disk.clone(),
    );
    let other = other.press("Space 4").pass(1_000);
    let one = one.press("Space 2");
    assert_eq!(grades(&one), [Grade::Good, Grade::Easy, Grade::Hard]);
    assert_eq!(grades(&other), grades(&one));
    assert_eq!(one.progress().reviews().len(), 3);
}

#[test]
fn every_card_of_any_dataset_can_be_studied() {
    for dataset in [*SHIPPED, *INVENTED] {
        let count = cards(dataset).len();
        for size in [(120, 40), (80, 24), (50, 16)] {
            let wish = Wish { deck: None, cram: true };
            let mut student = Student::on(dataset, size, wish, Settings::default(), Model::default());
            for number in 0..count {
                if number % 2 == 0 {
                    student = student.press("c");
                }
                let shown = student.press(if number % 3 == 0 { "Space" } else { "i Enter" });
                let text = shown.text();
                assert!(text.contains("again") && text.contains("easy"), "{text}");
                student = shown.press("4");
            }
            assert!(student.sees(&format!("{count} answers")), "{}", student.text());
        }
    }
}
