//! Questions of a researcher who does not know the data: each is answered by the program alone, in at most five keys
//! after the words of the search.

use crate::common::Journey;

/// What is seen after words are searched for and keys are pressed, in the usual two sizes.
fn found(words: &str, keys: &str, seen: &[&str]) {
    assert!(keys.split_whitespace().count() <= 5, "{keys} are more than five keys");
    for size in [(120, 40), (80, 24)] {
        let journey = Journey::sized("home", size).press("/").write(words).press(keys);
        let text = journey.text();
        for words in seen {
            assert!(text.contains(words), "{words} is not seen at {size:?} after {keys:?}:\n{text}");
        }
    }
}

#[test]
fn with_whom_search_and_rescue_exercises_took_place_and_when() {
    for words in ["search and rescue exercise", "who search and rescue exercises with", "kind:exercise rescue"] {
        // The navies in the list, and when for each: the hits follow one another.
        found(words, "", &["Indian navy", "French navy", "British navy", "Pakistani navy", "Australian navy"]);
    }
    found("rescue kind:exercise country:pk", "Enter", &["When", "October 2003", "Pakistan"]);
    let dates = ["Indian", "French", "British", "Pakistani", "Australian"];
    let when = ["November 2003", "March 2004", "June 2004", "October 2003", "October 2004"];
    for (navy, when) in dates.into_iter().zip(when) {
        found(&format!("rescue exercise {navy}"), "Enter", &[navy, when]);
    }
    found("topic:search-and-rescue kind:exercise", "Enter n n n n", &["When", "200"]);
}

#[test]
fn which_consultations_reached_a_third_round() {
    for words in ["third consultation", "which third consultation"] {
        let seen = ["Third security consultation with Thailand", "Third counter-terrorism consultation with the Unit"];
        found(words, "", &["Third security", "Third counter-terrorism"]);
        found(words, "Enter", &[&seen[0][..14], "October 2004", "3rd of"]);
        found(words, "Enter n", &["3rd of", "2003"]);
    }
    for words in ["third round", "which consultations third round", "third of three round"] {
        found(words, "", &["Vice-foreign-ministerial consultatio"]);
    }
    found("third round", "", &["Third security", "Third counter-terrorism"]);
}

#[test]
fn what_was_signed_in_january_2004() {
    for words in ["signed in January 2004", "what was signed in January 2004", "signing january 2004"] {
        found(words, "", &["Signing of the Memorandum of Understanding"]);
    }
    found("signing january 2004", "Enter", &["January 2004", "Memorandum of Understanding"]);
    found("kind:document signed year:2004-01", "Enter", &["memorandum · signed", "January 2004"]);
}

#[test]
fn which_units_serve_in_liberia() {
    for words in ["units Liberia", "units serving in Liberia", "which units in liberia"] {
        found(words, "", &["edical unit", "ngineering unit", "ransportation unit", "Liberia"]);
    }
    found("unit serving Liberia", "Enter", &["serving in Liberia", "2004"]);
    found("liberia", "Enter", &["Liberia"]);
}
