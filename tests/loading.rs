//! Broken files, each with its exact findings: line, column, path, and what would be right.

use detente::dataset::{self, Severity};
use proptest::prelude::*;
use serde_json::Value;

use crate::common::SMALL;

/// What is wrong, the text that is replaced in the sound file, what it is replaced by, and the findings.
const BROKEN: &[(&str, &str, &str, &[&str])] = &[
    (
        "an unknown field",
        r#""name": "First fair at the fork", "date""#,
        r#""name": "First fair at the fork", "levle": "leaders", "date""#,
        &[r#"9:75: events[0].levle: there is no field "levle"; did you mean "level"?"#],
    ),
    (
        "an unknown field of a paragraph",
        r#""number": 1, "text""#,
        r#""number": 1, "txet": "", "text""#,
        &[r#"4:149: sections[0].paragraphs[0].txet: there is no field "txet"; did you mean "text"?"#],
    ),
    (
        "an unknown list",
        r#""tours": ["#,
        r#""tuors": [], "tours": ["#,
        &[r#"99:10: tuors: there is no field "tuors"; did you mean "tours"?"#],
    ),
    ("a field that is missing", r#""name": "Talks on tolls", "#, "", &[r#"39:1: mechanisms[1]: missing field "name""#]),
    (
        "a field of the wrong type",
        r#""rounds_stated": 3"#,
        r#""rounds_stated": "three""#,
        &[r#"38:207: mechanisms[0].rounds_stated: invalid type: string "three", expected a whole number"#],
    ),
    (
        "a number below nothing",
        r#""round": 2"#,
        r#""round": -2"#,
        &[r#"10:143: events[1].round: invalid value: integer "-2", expected a whole number"#],
    ),
    (
        "a list that is none",
        r#""events": ["#,
        r#""events": 3, "evnets": ["#,
        &[
            "8:11: events: a list of records is expected here",
            r#"8:24: evnets: there is no field "evnets"; did you mean "events"?"#,
        ],
    ),
    (
        "an id that is taken",
        r#""id": "toll-talks""#,
        r#""id": "fairs""#,
        &[r#"39:8: mechanisms[1].id: "fairs" is the id of another mechanism already"#],
    ),
    (
        "an id that is not kebab-case",
        r#""id": "toll-talks""#,
        r#""id": "Toll talks""#,
        &[
            r#"39:8: mechanisms[1].id: "Toll talks" is not kebab-case: small letters, digits and single hyphens between them"#,
        ],
    ),
    (
        "a key that comes twice",
        r#""id": "marsh", "#,
        r#""id": "marsh", "id": "swamp", "#,
        &[r#"79:1: places[1]: duplicate field "id""#],
    ),
    (
        "no paragraph cited",
        r#""id": "letter", "cites": [3]"#,
        r#""id": "letter", "cites": []"#,
        &["61:27: documents[1].cites: at least one paragraph must be cited"],
    ),
    (
        "a paragraph outside the source",
        r#""id": "letter", "cites": [3]"#,
        r#""id": "letter", "cites": [3, 4]"#,
        &["61:31: documents[1].cites[1]: the source has no paragraph 4"],
    ),
    (
        "a date in words",
        r#""date": "1902-05-14""#,
        r#""date": "14 May 1902""#,
        &[
            r#"10:75: events[1].date: "14 May 1902" is not an EDTF date; write 2003, 2003-10, 2003-10-15, 2003-10/2003-11 or 1997/.."#,
        ],
    ),
    (
        "a month that no year has",
        r#""date": "1901-05", "date_basis""#,
        r#""date": "1901-13", "date_basis""#,
        &[
            r#"9:74: events[0].date: "1901-13" is not an EDTF date; write 2003, 2003-10, 2003-10-15, 2003-10/2003-11 or 1997/.."#,
        ],
    ),
    (
        "an interval that runs backwards",
        r#""date": "1901-05/1901-06""#,
        r#""date": "1901-06/1901-05""#,
        &[r#"60:103: documents[0].date: the interval "1901-06/1901-05" ends before it begins"#],
    ),
    (
        "a dated event without its basis",
        r#""date_basis": "stated", "#,
        "",
        &[
            "9:1: events[0].date_basis: a dated event owes how its date is known: stated, relative, inherited or inferred",
        ],
    ),
    (
        "a basis that owes a note",
        r#", "note": "The almanac says the year after.""#,
        "",
        &["10:1: events[1].note: a date that is not stated owes a note that says how it is known"],
    ),
    (
        "a basis outside the vocabulary",
        r#""date_basis": "stated""#,
        r#""date_basis": "guessed""#,
        &[
            "9:1: events[0].note: a date that is not stated owes a note that says how it is known",
            r#"9:99: events[0].date_basis: "guessed" is not in the vocabulary: stated, relative, inherited, inferred"#,
        ],
    ),
    (
        "a kind of event outside the vocabulary",
        r#""kind": "proposal", "countries": ["country/bb"], "organisations": [], "documents""#,
        r#""kind": "propsal", "countries": ["country/bb"], "organisations": [], "documents""#,
        &[r#"11:79: events[2].kind: "propsal" is not in the vocabulary; did you mean "proposal"?"#],
    ),
    (
        "a level outside the vocabulary",
        r#""level": "leaders""#,
        r#""level": "kings""#,
        &[
            r#"9:160: events[0].level: "kings" is not in the vocabulary: leaders, minister, vice-foreign-minister, senior official, general staff, service, working"#,
        ],
    ),
    (
        "a topic outside the vocabulary",
        r#""topics": ["maritime safety"]"#,
        r#""topics": ["maritime safty"]"#,
        &[r#"9:431: events[0].topics[0]: "maritime safty" is not in the vocabulary; did you mean "maritime safety"?"#],
    ),
    (
        "a direction outside the vocabulary",
        r#""direction": "hosted""#,
        r#""direction": "inward""#,
        &[r#"9:141: events[0].direction: "inward" is not in the vocabulary: hosted, abroad"#],
    ),
    (
        "a kind of body outside the vocabulary",
        r#""kind": "state body""#,
        r#""kind": "guild""#,
        &[
            r#"49:97: organisations[0].kind: "guild" is not in the vocabulary: international, regional forum, state body, armed force, school, unit, armed group, people"#,
        ],
    ),
    (
        "a status outside the vocabulary",
        r#""status": "drafting""#,
        r#""status": "draft""#,
        &[r#"61:106: documents[1].status: "draft" is not in the vocabulary; did you mean "drafting"?"#],
    ),
    (
        "a qualifier outside the vocabulary",
        r#""qualifier": "dozens""#,
        r#""qualifier": "many", "value": 30"#,
        &[r#"86:63: figures[3].qualifier: "many" is not in the vocabulary: exact, over, more than, about, dozens"#],
    ),
    (
        "a country that does not exist",
        r#""countries": ["country/aa", "country/bb"], "organisations": ["organisation/guild"], "documents""#,
        r#""countries": ["country/aa", "country/cc"], "organisations": ["organisation/guild"], "documents""#,
        &[r#"9:241: events[0].countries[1]: "country/cc" does not exist"#],
    ),
    (
        "a body that does not exist",
        r#""organisations": ["organisation/league"]"#,
        r#""organisations": ["organisation/leage"]"#,
        &[
            r#"60:203: documents[0].organisations[0]: "organisation/leage" does not exist; did you mean "organisation/league"?"#,
        ],
    ),
    (
        "a document that does not exist",
        r#""documents": ["document/treaty"]"#,
        r#""documents": ["document/traety"]"#,
        &[r#"9:311: events[0].documents[0]: "document/traety" does not exist; did you mean "document/treaty"?"#],
    ),
    (
        "a place that does not exist",
        r#""places": ["place/fork"]"#,
        r#""places": ["place/frok"]"#,
        &[r#"9:342: events[0].places[0]: "place/frok" does not exist; did you mean "place/fork"?"#],
    ),
    (
        "an exercise that does not exist",
        r#""exercise": "exercise/rowing""#,
        r#""exercise": "exercise/towing""#,
        &[r#"9:369: events[0].exercise: "exercise/towing" does not exist; did you mean "exercise/rowing"?"#],
    ),
    (
        "a mechanism that does not exist",
        r#""round": 2, "countries": ["country/aa"], "organisations": [], "documents": [], "places": [], "mechanism": "mechanism/fairs""#,
        r#""round": 2, "countries": ["country/aa"], "organisations": [], "documents": [], "places": [], "mechanism": "mechanism/fair""#,
        &[r#"10:240: events[1].mechanism: "mechanism/fair" does not exist; did you mean "mechanism/fairs"?"#],
    ),
    (
        "a link without its kind",
        r#""of": "event/fair-3""#,
        r#""of": "fair-3""#,
        &[r#"94:96: positions[1].of: "fair-3" does not exist; did you mean "event/fair-3"?"#],
    ),
    (
        "a link to another kind",
        r#""of": "event/fair-3""#,
        r#""of": "mechanism/fairs""#,
        &[r#"94:96: positions[1].of: "mechanism/fairs" is not a link to a record of the kind event"#],
    ),
    (
        "prose that links to nothing",
        r#""text": "A [treaty](document/treaty)"#,
        r#""text": "A [treaty](document/pact)"#,
        &[r#"5:268: sections[1].paragraphs[1].text: the text links to "document/pact", which does not exist"#],
    ),
    (
        "a note that links to nothing",
        r#""note": "The almanac prints Brie.""#,
        r#""note": "The [almanac](place/fark) prints Brie.""#,
        &[
            r#"44:218: countries[1].note: the text links to "place/fark", which does not exist; did you mean "place/fork"?"#,
        ],
    ),
    (
        "a stop at nothing",
        r#""at": "place/fork""#,
        r#""at": "place/bridge""#,
        &[r#"100:95: tours[0].stops[0].at: "place/bridge" does not exist"#],
    ),
    (
        "an exhibit outside the vocabulary",
        r#""show": "map""#,
        r#""show": "maps""#,
        &[r#"100:190: tours[0].stops[0].show: "maps" is not in the vocabulary; did you mean "map"?"#],
    ),
    (
        "a subject that does not exist",
        r#""subject": "country/aa""#,
        r#""subject": "country/ab""#,
        &[r#"2:177: source.subject: "country/ab" does not exist"#],
    ),
    (
        "parts that exceed their whole",
        r#""value": 7"#,
        r#""value": 8"#,
        &["83:66: figures[0].value: its 2 parts add up to 13, more than the 12 of the whole"],
    ),
    (
        "a figure that is part of itself",
        r#""value": 12, "qualifier": "exact", "unit": "ferries", "date": "1903""#,
        r#""value": 12, "qualifier": "exact", "unit": "ferries", "date": "1903", "part_of": "figure/ferries""#,
        &["83:138: figures[0].part_of: the figure is part of itself"],
    ),
    (
        "a figure without its value",
        r#""value": 5, "#,
        "",
        &[r#"84:1: figures[1].value: a figure owes its value; only "dozens" goes without"#],
    ),
    (
        "rounds out of order",
        r#""date": "1902-05-14""#,
        r#""date": "1900-05-14""#,
        &["10:143: events[1].round: round 2 of mechanism/fairs is dated before round 1 (fair-1)"],
    ),
    (
        "a latitude beyond the pole",
        r#""lat": 10.5"#,
        r#""lat": 100.5"#,
        &["43:161: countries[0].lat: 100.5 is no latitude; it goes from -90 to 90"],
    ),
    (
        "a longitude beyond the date line",
        r#""lon": -20.5"#,
        r#""lon": -200.5"#,
        &["44:174: countries[1].lon: -200.5 is no longitude; it goes from -180 to 180"],
    ),
    (
        "a number beyond all numbers",
        r#""lat": 10.5"#,
        r#""lat": 1e999"#,
        &["43:165: the file is no valid JSON: number out of range"],
    ),
    ("an empty name", r#""name": "Drill""#, r#""name": " ""#, &["73:39: exercises[1].name: the name is empty"]),
    (
        "a control character",
        r#""name": "Drill""#,
        r#""name": "Dr\u001bill""#,
        &["73:39: warning: exercises[1].name: the text holds a control character; it is shown as a symbol"],
    ),
    (
        "a line break in a name",
        r#""name": "Drill""#,
        r#""name": "Dr\nill""#,
        &["73:39: warning: exercises[1].name: the text must be one line; it is shown as one"],
    ),
    (
        "half a character",
        r#""name": "Drill""#,
        r#""name": "\ud800""#,
        &["73:46: the file is no valid JSON: unexpected end of hex escape"],
    ),
    ("a comma too many", r#""stops": ["#, r#""stops": [,"#, &["100:88: the file is no valid JSON: expected value"]),
    ("something after the end", "\n]\n}\n", "\n]\n}\n}\n", &["104:1: the file is no valid JSON: trailing characters"]),
    ("an end too early", "\n]\n}\n", "\n]\n", &["103:1: the file is no valid JSON: EOF while parsing an object"]),
];

/// The findings of a file, as they are printed.
fn findings(text: &[u8]) -> Vec<String> {
    dataset::validate(text).iter().map(ToString::to_string).collect()
}

#[test]
fn sound_files_have_no_finding() {
    assert_eq!(findings(SMALL.as_bytes()), [""; 0]);
    assert_eq!(findings(dataset::SHIPPED.as_bytes()), [""; 0]);
}

#[test]
fn r41_every_broken_file_has_its_exact_findings() {
    for (name, sound, broken, expected) in BROKEN {
        assert!(SMALL.contains(sound), "{name}: the sound file has no {sound}");
        assert_eq!(findings(SMALL.replacen(sound, broken, 1).as_bytes()), *expected, "{name}");
    }
}

#[test]
fn all_findings_come_at_once_in_the_order_of_the_file() {
    let apart =
        ["an unknown field", "an id that is not kebab-case", "a link to another kind", "parts that exceed their whole"];
    let mut text = SMALL.to_owned();
    let mut expected = Vec::new();
    for (name, sound, broken, found) in BROKEN.iter().filter(|(name, ..)| apart.contains(name)) {
        text = text.replacen(sound, broken, 1);
        assert!(!found.is_empty(), "{name}");
        expected.extend_from_slice(found);
    }
    expected.sort_by_key(|finding| finding.split(':').next().unwrap().parse::<u32>().unwrap());
    assert_eq!(findings(text.as_bytes()), expected);
}

#[test]
fn the_invented_dataset_leaves_nothing_out() {
    let schema: Value = serde_json::from_str(&dataset::schema()).unwrap();
    let small: Value = serde_json::from_str(SMALL).unwrap();
    let lists = schema["properties"].as_object().unwrap().keys();
    for list in lists {
        let kind = &schema["properties"][list]["items"]["$ref"];
        let kind = kind.as_str().or(schema["properties"][list]["$ref"].as_str()).unwrap();
        let shape = schema.pointer(kind.trim_start_matches('#')).unwrap();
        let records = small[list].as_array().cloned().unwrap_or_else(|| vec![small[list].clone()]);
        assert!(!records.is_empty());
        for field in shape["properties"].as_object().unwrap().keys() {
            let given = |record: &Value| {
                !record[field].is_null() && record[field].as_array().is_none_or(|list| !list.is_empty())
            };
            assert!(records.iter().any(given), "no record of {list} has {field}");
            let optional = !shape["required"].as_array().unwrap().iter().any(|name| name == field.as_str());
            assert!(
                !optional || records.len() == 1 || records.iter().any(|record| !given(record)),
                "all of {list} have {field}"
            );
        }
    }
    for (name, vocabulary) in schema["$defs"].as_object().unwrap() {
        let words = vocabulary["oneOf"].as_array().into_iter().flatten().filter_map(|word| word["const"].as_str());
        for word in words {
            assert!(SMALL.contains(&format!("\"{word}\"")), "no record has the {name} {word}");
        }
    }
}

#[test]
fn a_warning_opens_and_an_error_does_not() {
    let warned = dataset::read(SMALL.replacen("\"Drill\"", r#""Dr\u001bill""#, 1).as_bytes());
    let drill = warned.dataset.unwrap();
    assert_eq!(&**drill.name(drill.find("exercise/drill").unwrap()), "Dr␛ill");
    assert_eq!(warned.findings[0].severity, Severity::Warning);
    let refused = dataset::read(SMALL.replacen("\"Drill\"", "\" \"", 1).as_bytes());
    assert!(refused.dataset.is_none());
}

#[test]
fn r39_r41_encodings_and_limits_are_named() {
    assert_eq!(findings(format!("\u{feff}{SMALL}").as_bytes()), [""; 0], "a byte order mark is no fault");
    let utf16: Vec<u8> = std::iter::once(0xfeff).chain(SMALL.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(findings(&utf16), ["1:1: the file is in UTF-16; save it as UTF-8"]);
    assert_eq!(findings(b"{\n  \xff"), ["2:3: the file is not UTF-8 here"]);
    assert_eq!(findings(b""), ["1:1: the file is no valid JSON: EOF while parsing a value"]);
    assert_eq!(findings(b"hello"), ["1:1: the file is no valid JSON: expected value"]);
    let deep = "[".repeat(100_000);
    let nested = "1:33: arrays and objects nest deeper than 32 levels, the deepest that is read";
    assert_eq!(findings(deep.as_bytes()), [nested]);
    let long = SMALL.replacen("Nobody drowned.", &"o".repeat(65_537), 1);
    let expected = "72:195: exercises[0].summary: the text is 65537 bytes long; the limit is 65536";
    assert_eq!(findings(long.as_bytes()), [expected]);
    assert!(findings(b"{}").len() >= 3, "every list that is missing is named");
    let word = "strange".repeat(9_000);
    let told = findings(SMALL.replacen("\"country/", &format!("\"country/{word}"), 1).as_bytes()).concat();
    assert!(told.contains("country/strange") && told.len() < 4_000, "{} bytes are told of one word", told.len());
}

#[test]
fn the_checked_in_schema_is_that_of_the_types() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/dataset.schema.json");
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(path, dataset::schema()).unwrap();
    }
    let checked_in = std::fs::read_to_string(path).unwrap_or_default();
    assert!(checked_in == dataset::schema(), "assets/dataset.schema.json is old; UPDATE_SCHEMA=1 cargo test renews it");
    assert!(checked_in.contains("https://json-schema.org/draft/2020-12/schema"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_damaged_file_is_opened_or_refused_with_a_finding(at in 0..SMALL.len(), byte: u8, cut in 0..40_usize) {
        let mut damaged = SMALL.as_bytes().to_vec();
        damaged[at] = byte;
        damaged.drain(at..(at + cut).min(SMALL.len()));
        let reading = dataset::read(&damaged);
        prop_assert!(reading.dataset.is_some() || !reading.findings.is_empty());
    }

    #[test]
    fn any_bytes_at_all_are_refused_with_a_finding(bytes: Vec<u8>) {
        prop_assert!(!dataset::validate(&bytes).is_empty());
    }
}
