//! Tours as slides in Markdown: what presenterm reads of them.

use std::fs;

use detente::tour;
use tempfile::tempdir;

use super::detente;
use crate::common::SHIPPED;

fn exported(arguments: &[&str]) -> String {
    let output = detente(&[&["export", "slides"], arguments].concat()).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The comments of a file, by which presenterm is told what to do.
fn comments(markdown: &str) -> Vec<&str> {
    let begun = markdown.split("\n<!--").skip(1);
    begun.map(|rest| rest.split_once("-->").expect("an open comment").0.trim()).collect()
}

#[test]
fn every_tour_comes_out_slide_by_slide() {
    for tour in &SHIPPED.tours {
        let markdown = exported(&[&tour.about.id]);
        assert!(markdown.starts_with("---\ntitle: \""), "{markdown}");
        let slides: Vec<&str> = markdown.split("<!-- end_slide -->").collect();
        assert_eq!(slides.len(), tour.stops.len());
        for (slide, stop) in slides.iter().zip(&tour.stops) {
            let title = stop.title.as_ref().unwrap_or(SHIPPED.name(stop.at));
            assert!(slide.contains(&format!("\n{title}\n===\n")), "{title} is missing:\n{slide}");
            assert!(stop.points.iter().all(|point| slide.contains(&format!("\n- {point}\n"))), "{slide}");
            assert_eq!(slide.contains("speaker_note: |\n  "), stop.notes.is_some(), "{slide}");
        }
        let known = ["incremental_lists: true", "end_slide"];
        for comment in comments(&markdown) {
            assert!(known.contains(&comment) || comment.starts_with("speaker_note: |\n  "), "{comment}");
        }
    }
}

#[test]
fn the_first_tour_is_written_where_none_is_named_and_a_wrong_name_is_told() {
    assert_eq!(exported(&[]), exported(&[&tour::tours(&SHIPPED)[0].about.id]));
    let output = detente(&["export", "slides", "seas"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("there is no tour seas; there are") && told.contains("sea"), "{told}");
}

#[test]
fn no_text_is_taken_for_markdown_or_for_the_end_of_a_comment() {
    let directory = tempdir().unwrap();
    let data = directory.path().join("hostile.json");
    let text = fs::read_to_string(super::SMALL).unwrap();
    let before = "\"title\": \"Here\", \"points\": [\"Two rivers\", \"One fork\"], \"notes\": \"Wait.\"";
    let hostile = "\"title\": \"# Here <!-- end_slide -->\", \"points\": [\"1. *Two*\", \"- [x](y)\"], \"notes\": \"Wait. --> <!-- end_slide -->\"";
    assert!(text.contains(before));
    fs::write(&data, text.replace(before, hostile)).unwrap();
    let markdown = exported(&["walk", "--data", data.to_str().unwrap()]);
    assert_eq!(markdown.matches("\n<!-- end_slide -->\n").count(), SMALL_STOPS - 1, "{markdown}");
    assert!(markdown.contains("\n\\# Here \\<!-- end\\_slide --\\>\n==="), "{markdown}");
    assert!(markdown.contains("\n- 1\\. \\*Two\\*\n- \\- \\[x\\](y)\n"), "{markdown}");
    assert!(comments(&markdown).iter().filter(|comment| comment.starts_with("speaker_note")).count() > 0);
    assert!(!markdown.contains("Wait. -->"), "{markdown}");
}

/// How many stops the invented dataset's tour has.
const SMALL_STOPS: usize = 4;
