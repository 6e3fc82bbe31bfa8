//! What the search finds is what the plain search finds, in the same order, whatever the records and the query.

use std::sync::LazyLock;

use detente::dataset::{EventKind, Topic, Vocabulary};
use detente::search::{Index, Results};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::common::{INVENTED, SHIPPED, open};
use crate::plain_search::{Found, PlainSearch};

/// Words that names, prose and queries are made of: near each other, folded into each other, in other scripts.
const WORDS: &[&str] = &[
    "a",
    "b",
    "of",
    "on",
    "the",
    "sea",
    "Sea",
    "seas",
    "season",
    "Aral",
    "Arals",
    "ss",
    "ASEAN",
    "Asia",
    "Côte",
    "cote",
    "d'Ivoire",
    "São",
    "Łódź",
    "Straße",
    "東京",
    "東京都",
    "ﬁnal",
    "XinjiangUygur",
    "Xinjiang",
    "3,362",
    "3362",
    "336",
    "1373",
    "2003",
    "20",
    "10+3",
    "Tashkent",
    "Tashkant",
    "tash",
    "Pakistan",
    "Pakitsan",
    "Paksitan",
    "Pak",
    "committee",
    "commitee",
    "committees",
    "comittee",
    "defence",
    "defense",
    "defences",
    "party",
    "parties",
    "policy",
    "policies",
    "police",
    "programme",
    "program",
    "programs",
    "organisation",
    "organization",
    "counter-terrorism",
    "counterterrorism",
    "counter",
    "terrorist",
    "terrorists",
    "peacekeeping",
    "peacekeepers",
    "peace-keeping",
    "maritime",
    "Maritimes",
    "mrtm",
    "maritme",
    "joint",
    "jointly",
    "joint-2003",
    "x-y-z",
    "xyz",
    "y",
    "by",
    "ys",
    "Kazakhstan",
    "Kazakstan",
    "kzakstn",
    "consultation",
    "consultations",
    "consulation",
    "consults",
    "aaaa",
    "aaaaaaaa",
    "abab",
    "abababab",
    "banana",
    "bananas",
    "bannana",
    "meeting",
    "dialogue",
    "October",
    "event",
];

static PLAINLY_SHIPPED: LazyLock<PlainSearch> = LazyLock::new(|| PlainSearch::new(&SHIPPED));

fn word() -> impl Strategy<Value = String> {
    select(WORDS).prop_map(str::to_owned)
}

/// A name: words with spaces, marks or nothing between them.
fn name() -> impl Strategy<Value = String> {
    let parts = vec((word(), select(&[" ", " ", " ", " ", "-", "", ", ", "/", " – "][..])), 1..7);
    parts.prop_map(|parts| parts.iter().flat_map(|(word, gap)| [word.as_str(), gap]).collect::<String>())
}

/// The name, other names and prose of a record, and numbers that choose whatever else it has.
type Given = (String, Vec<String>, String, [usize; 4]);

/// The records of a list.
fn records(most: usize) -> impl Strategy<Value = Vec<Given>> {
    let record = (name(), vec(name(), 0..3), name(), any::<[u16; 4]>());
    vec(record.prop_map(|(name, aliases, prose, chance)| (name, aliases, prose, chance.map(usize::from))), 1..most)
}

/// The file of a dataset.
fn file() -> impl Strategy<Value = String> {
    (records(40), records(4), records(4), records(4)).prop_map(|(events, countries, places, talks)| {
        let (all_countries, all_places, all_talks) = (countries.len(), places.len(), talks.len());
        let country = |number: usize| format!("country/c{}", number % all_countries);
        let records = |records: &[Given],
                       letter: &str,
                       more: &dyn Fn([usize; 4]) -> Value| {
            let record = |(at, (name, aliases, prose, chance)): (usize, &Given)| {
                let mut record = json!({"id": format!("{letter}{at}"), "cites": [1 + chance[3] % 2],
                    "name": name, "aliases": aliases, "summary": prose});
                let (Some(record_fields), Value::Object(more)) = (record.as_object_mut(), more(*chance)) else {
                    panic!("records are objects")
                };
                record_fields.extend(more);
                record
            };
            records.iter().enumerate().map(record).collect::<Vec<Value>>()
        };
        let event = |[one, two, three, _]: [usize; 4]| {
            let date = [Value::Null, json!("2003"), json!("2003-10"), json!("2004-05-06"), json!("2003/2004")];
            let date = date[one % 5].clone();
            json!({"date_basis": if date.is_null() { Value::Null } else { json!("stated") }, "date": date,
                "kind": EventKind::ALL[two % EventKind::ALL.len()].word(),
                "countries": if three % 2 == 0 { json!([country(one)]) } else { json!([]) },
                "organisations": [], "documents": [],
                "places": if three % 3 == 0 { json!([format!("place/p{}", one % all_places)]) } else { json!([]) },
                "mechanism": if three % 5 == 0 { json!(format!("mechanism/m{}", one % all_talks)) } else { Value::Null },
                "topics": if three % 7 < 3 { json!([Topic::ALL[two % Topic::ALL.len()].word()]) } else { json!([]) }})
        };
        let file = json!({
            "source": {"title": "Invented", "publisher": "Nobody", "date": "2004", "language": "en"},
            "sections": [{"id": "0", "cites": [1, 2], "number": 0, "name": "Of the sea", "summary": "",
                "paragraphs": [{"number": 1, "text": "The [first](event/e0) of [all](country/c0)."},
                    {"number": 2, "text": "A **joint** meeting on the sea."}]}],
            "events": records(&events, "e", &event),
            "mechanisms": records(&talks, "m", &|[one, ..]| json!({"countries": [country(one)], "organisations": []})),
            "countries": records(&countries, "c", &|_| json!({"official_name": "The whole of it", "region": "Asia",
                "capital": "Tashkent", "lat": 1, "lon": 2})),
            "organisations": [], "documents": [], "exercises": [],
            "places": records(&places, "p", &|[one, ..]| json!({"country": country(one), "lat": 1, "lon": 2})),
            "figures": [], "positions": [], "tours": []});
        file.to_string()
    })
}

/// A word as it may be typed: whole, half, with a letter wrong, missing, too many or in another place.
fn typed() -> impl Strategy<Value = String> {
    (word(), 0..9_usize, any::<u16>(), select(&['a', 'e', 's', 'x', 'é', '1'][..])).prop_map(
        |(word, slip, at, letter)| {
            let mut letters: Vec<char> = word.chars().collect();
            let at = usize::from(at) % letters.len();
            match slip {
                0..3 => letters.truncate(at + 1),
                3 => drop(letters.remove(at)),
                4 => letters.insert(at, letter),
                5 => letters[at] = letter,
                6 if at > 0 => letters.swap(at, at - 1),
                7 => letters.retain(|letter| !"aeiou".contains(*letter)),
                _ => {}
            }
            letters.into_iter().collect()
        },
    )
}

fn query() -> impl Strategy<Value = String> {
    let kinds = select(&["visit", "meeting", "summit", "event", "talks", "con", "place", "zebra"][..]);
    let field = (select(&["kind", "country", "place", "topic", "year", "section", "mechanism"][..]), kinds, typed());
    let piece = prop_oneof![
        8 => typed(),
        1 => typed().prop_map(|word| format!("-{word}")),
        1 => (typed(), typed()).prop_map(|(one, other)| format!("\"{one} {other}\"")),
        1 => (word(), typed()).prop_map(|(one, other)| format!("\"{one} {other}")),
        1 => word().prop_map(|word| format!("-\"{word}\"")),
        1 => field.prop_map(|(field, kind, word)| format!("{field}:{}", if field == "kind" { kind } else { &word })),
        1 => select(&["year:2003", "-year:2004", "year:20", "topic:maritime", "kind:visit", "country:c0", "-place:p0"][..])
            .prop_map(str::to_owned),
        1 => "[a-y]{1,20}",
    ];
    prop_oneof![
        9 => vec(piece, 1..4).prop_map(|pieces| pieces.join(" ")),
        2 => (name(), 1..25_usize).prop_map(|(name, length)| name.chars().take(length).collect()),
        1 => any::<String>(),
    ]
}

fn found(results: Results) -> Vec<Found> {
    results.hits().map(|hit| (hit.record, hit.rank, hit.matched, hit.alias)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn all_that_the_plain_search_finds_is_found_in_its_order(file in file(), queries in vec(query(), 24)) {
        let dataset = open(&file);
        let (plain, whole, shards) = (PlainSearch::new(dataset), Index::new(dataset), Index::in_shards(dataset, 7));
        for query in queries {
            let found_plainly = plain.search(&query);
            prop_assert_eq!(found(whole.search(&query)), &found_plainly[..], "{:?}", query);
            prop_assert_eq!(found(shards.search(&query)), found_plainly, "{:?} in shards", query);
        }
    }
}

/// Every beginning of the name of every thirtieth record, and what a slip makes of it.
#[test]
fn the_shipped_chapter_is_searched_as_plainly() {
    let index = Index::new(&SHIPPED);
    for record in SHIPPED.all().step_by(30) {
        let name: Vec<char> = SHIPPED.name(record).chars().collect();
        for length in [1, 2, 3, 5, 8, 13, 20].into_iter().filter(|&length| length <= name.len()) {
            let typed: String = name[..length].iter().collect();
            let slip: String = name[1..length].iter().chain(&name[..1]).collect();
            for query in [typed, slip] {
                assert_eq!(found(index.search(&query)), PLAINLY_SHIPPED.search(&query), "{query:?}");
            }
        }
    }
}

#[test]
fn fields_phrases_and_exclusions_are_searched_as_plainly() {
    let plain = PlainSearch::new(&INVENTED);
    let index = Index::new(&INVENTED);
    for query in [
        "",
        " ",
        "\"",
        "-",
        "kind:",
        "country:aa",
        "country:aa -kind:meeting",
        "-fair",
        "-\"the fork\"",
        "place:fork fair",
        "\"at the fork\"",
        "\"at the fo",
        "year:1901",
        "year:19",
        "year:1901-1902",
        "kind:meeting fair",
        "topic:maritime",
        "section:1",
        "paragraph:2",
        "level:leaders",
        "exercise:rowing",
        "country:zz",
        "-country:zz fair",
        "org:guild toll",
        "organisation:fg -\"the\"",
        "mechanism:fairs -first",
        "nothing:here fair",
        "document:treaty",
    ] {
        assert_eq!(found(index.search(query)), plain.search(query), "{query:?}");
    }
}

/// The parts of a compound stand in a longer one, which has no word that begins as the compound does.
#[test]
fn a_compound_is_found_by_its_parts_within_a_longer_one() {
    let mut file: Value = serde_json::from_str(include_str!("fixtures/small.json")).unwrap();
    file["places"][0]["summary"] = json!("a-peacekeepers");
    for event in file["events"].as_array_mut().unwrap() {
        (event["kind"], event["topics"]) = (json!("visit"), json!([])); // One of them is about peacekeeping.
    }
    let dataset = open(&file.to_string());
    let found = found(Index::new(dataset).search("peacekeepe"));
    assert_eq!(found, PlainSearch::new(dataset).search("peacekeepe"));
    assert!(found.iter().any(|(record, ..)| dataset.address(*record) == "place/fork"), "{found:?}");
}
