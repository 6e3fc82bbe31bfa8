//! What a search finds first, and what it must not find.

use std::sync::LazyLock;

use detente::dataset::Kind;
use detente::search::{Hit, Index, Rank};
use proptest::prelude::*;

use crate::common::SHIPPED;

static INDEX: LazyLock<Index> = LazyLock::new(|| Index::new(&SHIPPED));

/// A query, and the address of the record that must come first; nothing where there must be no hit at all.
const TABLE: &[(&str, &str)] = &[
    ("russia", "country/ru"),
    ("Russian", "country/ru"),
    ("sco", "organisation/sco"),
    ("SCO", "organisation/sco"),
    ("rok", "country/kr"),
    ("republic of korea", "country/kr"),
    ("yellow sea", "place/yellow-sea"),
    ("joint 2003", "exercise/joint-2003"),
    ("joint-2003", "exercise/joint-2003"),
    ("pakistan friendship", "event/pk-friendship-2004"),
    ("friendship pakistan", "event/pk-friendship-2004"),
    ("timor leste", "country/tl"),
    ("east timor", "place/east-timor"),
    ("exercise france", "event/fr-search-rescue-2004"),
    ("peacekeepers haiti", "organisation/haiti-police-detachment"),
    ("tashkent", "place/tashkent"),
    ("tashkent declaration", "document/tashkent-declaration"),
    ("mmca", "document/military-maritime-consultative-agreement"),
    ("1373", "document/resolution-1373"),
    ("resolution 1373", "document/resolution-1373"),
    ("3362", "figure/peacekeeping-military-total"),
    ("3,362", "figure/peacekeeping-military-total"),
    ("845", "figure/peacekeeping-present-total"),
    ("1245", "figure/students-received"),
    ("defence dialogue australia", "mechanism/au-defense-strategic-consultation"),
    ("dialogue australia defense", "mechanism/au-defense-strategic-consultation"),
    ("arf", "organisation/asean-regional-forum"),
    ("asean", "organisation/asean"),
    ("10+3", "organisation/asean-plus-three"),
    ("minustah", "organisation/minustah"),
    ("pla", "organisation/pla"),
    ("kinshasa", "country/cd"),
    ("usa", "country/us"),
    ("uk", "country/gb"),
    ("burma", "country/mm"),
    ("rangoon", "place/yangon"),
    ("kosovo", "country/xk"),
    ("un charter", "document/un-charter"),
    ("five principles", "position/five-principles"),
    ("shanghai convention", "document/shanghai-convention"),
    ("northern sword", "exercise/northern-sword"),
    ("iron fist", "exercise/iron-fist-2004"),
    ("dragon", "exercise/dragon-2004"),
    ("nuclear terrorism", "document/nuclear-terrorism-convention"),
    ("preventive diplomacy", "position/arf-preventive-diplomacy"),
    ("guam", "country/gu"),
    ("Hagatna", "country/gu"),
    ("strategic dialogue france", "mechanism/fr-strategic-dialogue"),
    ("seventh russia", "event/ru-general-staffs-2003"),
    ("russia staffs eighth", "event/ru-general-staffs-2004"),
    ("sars", "event/asean-sars-meeting-2003"),
    // Slips of the finger.
    ("rusia", "country/ru"),
    ("pakitsan", "country/pk"),
    ("kazakstan", "country/kz"),
    ("tashkant", "place/tashkent"),
    ("austrailia", "country/au"),
    ("peacekeepping haiti", "organisation/haiti-police-detachment"),
    // Fields.
    ("country:ru kind:exercise", "event/sco-joint-2003-exercise"),
    ("kind:exercise year:2003 country:in", "event/in-search-rescue-2003"),
    ("country:pk year:2004", "event/pk-friendship-2004"),
    ("topic:maritime country:us", "event/us-maritime-working-groups-3"),
    ("place:\"yellow sea\" country:gb", "event/gb-search-rescue-2004"),
    ("kind:summit year:2004", "event/sco-tashkent-summit-2004"),
    ("search and rescue -france -india -pakistan -australia country:gb", "event/gb-search-rescue-2004"),
    ("\"search and rescue\" country:in", "event/in-search-rescue-2003"),
    ("paragraph:10 kind:document", "document/tripartite-declaration-2003"),
    // Nowhere.
    ("zebra", ""),
    ("xylophone", ""),
    ("quantum", ""),
    ("russia zebra", ""),
    ("country:ru kind:port-call year:1990", ""),
    ("", ""),
    ("   ", ""),
];

fn first(query: &str) -> String {
    INDEX.search(query).records().first().map(|&record| SHIPPED.address(record)).unwrap_or_default()
}

#[test]
fn every_query_finds_first_what_a_reader_means() {
    let wrong: Vec<String> = TABLE
        .iter()
        .filter(|(query, expected)| first(query) != *expected)
        .map(|(query, expected)| format!("{query:?} finds {:?} first, not {expected:?}", first(query)))
        .collect();
    assert!(TABLE.len() >= 60 && wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn hits_stand_in_order_of_rank_and_each_once() {
    for (query, _) in TABLE {
        let hits: Vec<Hit> = INDEX.search(query).hits().collect();
        assert!(hits.is_sorted_by_key(|hit| hit.rank), "{query}");
        let mut records: Vec<_> = hits.iter().map(|hit| hit.record).collect();
        records.sort();
        records.dedup();
        assert_eq!(records.len(), hits.len(), "{query}");
    }
}

#[test]
fn matched_letters_are_letters_of_the_name() {
    let hit = INDEX.search("yellow sea").hit(0);
    assert_eq!((hit.rank, hit.matched), (Rank::Exact, vec![0, 1, 2, 3, 4, 5, 7, 8, 9]));
    let partial = INDEX.search("yel").hit(0);
    assert_eq!(partial.matched, [0, 1, 2]);
    for (query, _) in TABLE {
        for hit in INDEX.search(query).hits() {
            let letters = SHIPPED.name(hit.record).chars().count();
            assert!(hit.matched.iter().all(|&at| at < letters) && hit.matched.is_sorted(), "{query}");
        }
    }
}

#[test]
fn an_alias_that_matched_is_named() {
    let hit = INDEX.search("rok").hit(0);
    assert_eq!(hit.alias.as_deref(), Some("ROK"));
}

#[test]
fn groups_hold_every_hit_under_its_kind() {
    let results = INDEX.search("pakistan");
    let groups = results.groups();
    assert_eq!(groups[0].0, Kind::Country);
    let records = results.records();
    assert!(groups.iter().all(|(kind, hits)| hits.iter().all(|&hit| records[hit as usize].kind == *kind)));
    assert_eq!(groups.iter().map(|(_, hits)| hits.len()).sum::<usize>(), records.len());
}

#[test]
fn fields_alone_list_all_that_satisfy_them() {
    let visits = INDEX.search("kind:visit").records().len();
    assert_eq!(visits, SHIPPED.events.iter().filter(|event| event.kind.to_string() == "visit").count());
    let without = INDEX.search("kind:visit -country:in").records().len();
    assert_eq!(visits - without, 2, "two visits with India are left out");
}

#[test]
fn what_is_not_understood_is_said() {
    let note = |query: &str| INDEX.search(query).note.unwrap_or_default().to_string();
    assert!(note("contry:ru").contains("\"contry\"; did you mean \"country\"?"), "{}", note("contry:ru"));
    assert!(note("country:atlantis").contains("no country is called \"atlantis\""), "{}", note("country:atlantis"));
    assert!(note(&"russia ".repeat(60)).contains("256"), "a query that is cut says so");
    assert_eq!(note("country:"), "", "a field that is still being typed is no fault");
    assert_eq!(note("country:ru"), "");
}

#[test]
fn folding_makes_spellings_alike() {
    for (one, other) in [
        ("counterterrorism", "counter-terrorism"),
        ("organisation", "organization"),
        ("DEFENCE", "defense"),
        ("timor-leste", "Timor Leste"),
        ("Côte", "cote"),
    ] {
        assert_eq!(first(one), first(other), "{one} and {other}");
    }
    assert!(!INDEX.search("counterterrorism").records().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_query_is_too_strange(query: String) {
        INDEX.search(&query);
    }

    #[test]
    fn no_query_of_fields_is_too_strange(query in "(-?(country|kind|year|topic|section):?\"?[a-z0-9 ]{0,6}\"? ?){0,5}") {
        INDEX.search(&query);
    }
}
