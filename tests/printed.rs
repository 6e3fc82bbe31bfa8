//! The reader's own copy of the source, laid against the digests: however it is broken into lines, or refused.

use detente::dataset::{Dataset, Kind};
use detente::printed::{LONGEST, Misfit, Printed, terms};
use proptest::prelude::*;

use crate::common::{INVENTED, SHIPPED};

/// A text of the invented dataset, one paragraph a line, with the headings of its sections.
const ALMANAC: &str = include_str!("fixtures/almanac.txt");

/// The chapter's own text, where it lies beside the project; nothing of it is in the project.
fn chapter() -> Option<String> {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/source/chapter-ix.txt")).ok()
}

/// How a copy is broken into lines.
#[derive(Debug, Clone)]
struct Layout {
    width: usize,
    numbers: bool,
    apart: bool,
    indent: usize,
    crlf: bool,
    contents: bool,
    back: bool,
}

fn layouts() -> impl Strategy<Value = Layout> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (24..140_usize, 0..2_usize, flags).prop_map(|(width, indent, (numbers, apart, crlf, contents, back))| Layout {
        width,
        numbers,
        apart,
        indent: 4 * indent,
        crlf,
        contents,
        back,
    })
}

impl Layout {
    /// A copy of a text whose paragraphs and headings are lines.
    fn copy(&self, text: &str) -> String {
        let headings = text.lines().filter_map(|line| line.strip_prefix("# "));
        let mut copy = String::new();
        if self.contents {
            copy.push_str("To the reader: this copy was typed at night.\n\nContents\n\n");
            headings.for_each(|heading| copy.push_str(&format!("{}\n", heading.split_once(' ').unwrap().1)));
            copy.push_str("\n- 12 -\n\n");
        }
        for line in text.lines().filter(|line| !line.is_empty()) {
            match (line.strip_prefix("# "), line.split_once(". ").filter(|_| !self.numbers)) {
                (Some(heading), _) => copy.push_str(&format!("\n{heading}\n\n")),
                (None, Some((_, words))) => self.wrap(words, &mut copy),
                (None, None) => self.wrap(line, &mut copy),
            }
        }
        if self.back {
            copy.push_str("\nAppendix: Of Ropes and Wool\n\nA rope is measured in fathoms. It is sold at the quay.\n");
        }
        if self.crlf { copy.replace('\n', "\r\n") } else { copy }
    }

    fn wrap(&self, words: &str, copy: &mut String) {
        let mut column = self.indent;
        copy.push_str(&" ".repeat(self.indent));
        for (at, word) in words.split(' ').enumerate() {
            let length = word.chars().count();
            if at > 0 && column + 1 + length > self.width {
                copy.push('\n');
                column = 0;
            } else if at > 0 {
                copy.push(' ');
                column += 1;
            }
            copy.push_str(word);
            column += length;
        }
        copy.push_str(if self.apart { "\n\n" } else { "\n" });
    }
}

/// The paragraphs of a text whose paragraphs are lines, without their numbers.
fn paragraphs(text: &str) -> Vec<&str> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_once(". ").unwrap().1).collect()
}

fn aligned(copy: &str, dataset: &Dataset) -> Result<Vec<String>, Misfit> {
    let printed = Printed::read(copy.as_bytes(), dataset)?;
    Ok(dataset.records(Kind::Paragraph).map(|paragraph| printed.paragraph(paragraph).to_string()).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_copy_aligns_however_it_is_broken_into_lines(layout in layouts()) {
        let copy = layout.copy(ALMANAC);
        prop_assert_eq!(aligned(&copy, &INVENTED), Ok(paragraphs(ALMANAC).iter().map(ToString::to_string).collect()), "{}", copy);
    }

    #[test]
    fn any_text_is_aligned_or_refused(text: String) {
        let _ = Printed::read(text.as_bytes(), &INVENTED);
        let _ = Printed::read(ALMANAC.replace("the", &text).as_bytes(), &INVENTED);
    }
}

#[test]
fn the_chapter_aligns_where_it_lies_beside_the_project() {
    let Some(text) = chapter() else { return };
    let expected: Vec<String> = paragraphs(&text).iter().map(ToString::to_string).collect();
    assert_eq!(aligned(&text, &SHIPPED), Ok(expected.clone()));
    for (width, numbers, apart, indent, contents) in [
        (72, false, true, 0, false),
        (65, false, false, 0, true),
        (78, true, false, 4, false),
        (40, false, false, 0, false),
    ] {
        let layout = Layout { width, numbers, apart, indent, crlf: width == 65, contents, back: contents };
        let copy = layout.copy(&text.replace(" Chapter IX", ""));
        assert!(aligned(&copy, &SHIPPED) == Ok(expected.clone()), "{layout:?}");
    }
}

#[test]
fn a_text_without_any_layout_is_cut_by_its_words() {
    let flat = |text: &str| {
        let mut flat = String::new();
        for line in text.lines().filter(|line| !line.is_empty()) {
            match line.strip_prefix("# ") {
                Some(heading) => flat.push_str(&format!("\n\n{heading}\n\n")),
                None => flat.push_str(&format!("{} ", line.split_once(". ").unwrap().1)),
            }
        }
        flat
    };
    let whole = |text: &str| paragraphs(text).iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(aligned(&flat(ALMANAC), &INVENTED), Ok(whole(ALMANAC)));
    if let Some(text) = chapter() {
        assert!(aligned(&flat(&text), &SHIPPED) == Ok(whole(&text)));
    }
}

#[test]
fn what_is_no_copy_is_refused_with_the_reason() {
    let refused = |text: &str| Printed::read(text.as_bytes(), &INVENTED).unwrap_err().to_string();
    assert_eq!(refused(""), "it has no line that is the heading “Of Rivers”");
    assert_eq!(refused(&ALMANAC.replace("Of Fairs", "Of Markets")), "it has no line that is the heading “Of Fairs”");
    let (first, second) = ALMANAC.split_once("# 1").unwrap();
    assert_eq!(refused(&format!("# 1{second}\n{first}")), "the heading “Of Fairs” does not come after “Of Rivers”");
    let headings: String =
        ALMANAC.lines().filter(|line| line.starts_with('#')).map(|line| format!("{line}\n")).collect();
    assert_eq!(refused(&headings), "under “Of Rivers” it has fewer sentences than the source has paragraphs");
    let lines: Vec<&str> = ALMANAC.lines().collect();
    let mut swapped = lines.clone();
    swapped.swap(4, 8);
    assert_eq!(refused(&swapped.join("\n")), "what it has in the place of paragraph 2 is about something else");
    let foreign =
        ALMANAC.replace(lines[1], "1. Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor.");
    assert_eq!(refused(&foreign), "what it has in the place of paragraph 1 is about something else");
    let thin =
        ALMANAC.replace(lines[8], "9. Dell: lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua, ut enim ad minim veniam, quis nostrud exercitation.");
    assert_eq!(refused(&thin), "what it has in the place of paragraph 9 is about something else");
    assert_eq!(Printed::read(b"\xff\xfe#", &INVENTED), Err(Misfit::NotText));
    assert_eq!(Printed::read(&vec![b' '; LONGEST + 1], &INVENTED), Err(Misfit::TooLong));
    assert!(Printed::read(ALMANAC.as_bytes(), &SHIPPED).is_err(), "a copy of another source");
}

#[test]
fn the_terms_of_a_record_are_found_however_they_are_written() {
    let found = |address: &str, text: &str| -> Vec<String> {
        let terms = terms(&INVENTED, INVENTED.find(address).unwrap());
        terms.find(text).into_iter().map(|range| text[range].to_owned()).collect()
    };
    let treaty = "The treaty of the FORK was signed with Brie, not with the Breeze; the Treatie of the Fork.";
    assert_eq!(found("document/treaty", treaty), ["treaty of the FORK", "Brie", "Treatie of the Fork"]);
    assert_eq!(found("country/bb", "Brie and Bree, Bree’s own, Breeton"), ["Brie", "Bree", "Bree"]);
    let rain = "The second was held on 14 May 1902, in the rain, since the Fayres are.";
    assert_eq!(found("event/fair-2", rain), ["May", "1902", "the Fayres"]);
    assert_eq!(found("figure/tolls", "over 3,000 pence by Brie"), ["3,000", "Brie"]);
    assert_eq!(found("country/bb", "Břie, BRIE-land: ü Brie"), ["Břie", "BRIE", "Brie"]);
}

#[test]
fn what_is_printed_is_harmless() {
    let hostile = ALMANAC.replace("Two rivers meet", "Two \u{1b}]0;x\u{7}\u{202e}rivers meet");
    let printed = aligned(&hostile, &INVENTED).unwrap();
    assert!(!printed.concat().chars().any(|letter| letter.is_control() || letter == '\u{202e}'), "{printed:?}");
}
