//! Facts of the shipped chapter, as its twenty paragraphs state them.

use std::ops::RangeInclusive;

use detente::dataset::{
    DateBasis, Direction, DocumentStatus, Entity, Event, EventKind, Kind, Level, PositionKind, Qualifier, Record,
    Relation, prose,
};

use crate::common::SHIPPED;

fn event(id: &str) -> &'static Event {
    let record = SHIPPED.find(&format!("event/{id}")).unwrap_or_else(|| panic!("no event {id}"));
    &SHIPPED.events[record.index()]
}

fn addresses(records: &[Record]) -> Vec<String> {
    records.iter().map(|&record| SHIPPED.address(record)).collect()
}

#[test]
fn the_chapter_is_whole() {
    let counts: [(Kind, RangeInclusive<usize>); 10] = [
        (Kind::Section, 6..=6),
        (Kind::Paragraph, 20..=20),
        (Kind::Event, 105..=160),
        (Kind::Mechanism, 30..=45),
        (Kind::Country, 36..=36),
        (Kind::Organisation, 41..=60),
        (Kind::Document, 18..=30),
        (Kind::Place, 28..=35),
        (Kind::Figure, 50..=65),
        (Kind::Position, 35..=70),
    ];
    for (kind, range) in counts {
        assert!(range.contains(&SHIPPED.count(kind)), "{} of the kind {kind}", SHIPPED.count(kind));
    }
    let dated = SHIPPED.events.iter().filter(|event| event.date.is_some()).count();
    assert!((85..=110).contains(&dated) && SHIPPED.events.len() - dated >= 15, "{dated} dated events");
}

/// Every dated event, its date, how the date is known, and its round where it has one, in the order of the paper.
const EVENTS: &[(&str, &str, DateBasis, Option<u32>)] = {
    use DateBasis::{Inferred, Inherited, Relative, Stated};
    &[
        ("ru-vice-foreign-ministers-2003", "2003", Stated, None),
        ("ru-counter-terrorism-working-group-2004", "2004", Stated, None),
        ("ru-strategic-stability-2004", "2004", Stated, None),
        ("ru-consultation-mechanism-1997", "1997", Stated, None),
        ("ru-general-staffs-2003", "2003", Stated, Some(7)),
        ("ru-general-staffs-2004", "2004", Stated, Some(8)),
        ("us-vice-foreign-ministers-1", "2003/2004", Relative, None),
        ("us-vice-foreign-ministers-2", "2003/2004", Relative, None),
        ("us-vice-foreign-ministers-3", "2003/2004", Relative, None),
        ("us-defense-consultative-talk-6", "2003/2004", Relative, Some(6)),
        ("us-counter-terrorism-3", "2003/2004", Relative, Some(3)),
        ("us-counter-terrorism-4", "2003/2004", Relative, Some(4)),
        ("us-financial-counter-terrorism-2", "2003/2004", Relative, Some(2)),
        ("us-maritime-working-groups-3", "2003/2004", Inherited, Some(3)),
        ("us-maritime-working-groups-4", "2003/2004", Inherited, Some(4)),
        ("fr-strategic-dialogue-1997", "1997", Stated, None),
        ("gb-strategic-security-dialogue-2003-10", "2003-10", Stated, None),
        ("gb-strategic-security-dialogue-2004-03", "2004-03", Stated, None),
        ("gb-dialogue-mechanism", "2003/2004", Inferred, None),
        ("za-defense-commission-2003", "2003-04", Stated, None),
        ("au-defense-strategic-consultation-7", "2003-10", Relative, Some(7)),
        ("de-strategic-consultation-2", "2004-07", Stated, Some(2)),
        ("pk-defense-security-2", "2003-07", Stated, Some(2)),
        ("th-defense-security-2", "2003-09", Relative, Some(2)),
        ("jp-security-4", "2004-01", Stated, Some(4)),
        ("jp-security-5", "2004-10", Stated, Some(5)),
        ("mn-defense-security-1", "2004-04", Relative, Some(1)),
        ("kg-strategic-2", "2004-09", Inherited, Some(2)),
        ("kz-strategic-2", "2004-09", Inherited, Some(2)),
        ("au-defense-strategic-dialogue-8", "2004-10", Relative, Some(8)),
        ("th-defense-security-3", "2004-10", Relative, Some(3)),
        ("sco-established", "2001", Inferred, None),
        ("shanghai-convention-in-force", "2003", Stated, None),
        ("sco-agency-agreement-in-force", "2003", Stated, None),
        ("sco-secretariat-2004", "2004-01", Stated, None),
        ("sco-counter-terrorism-agency-2004", "2004-01", Stated, None),
        ("sco-tashkent-summit-2004", "2004-06", Stated, None),
        ("tashkent-declaration-2004", "2004-06", Stated, None),
        ("sco-narcotics-agreement-2004", "2004-06", Stated, None),
        ("arf-ministers-11", "2004", Stated, Some(11)),
        ("arf-initiatives-2004", "2004", Stated, None),
        ("arf-intersession-beijing", "2003/2004", Stated, None),
        ("arf-intersession-yangon", "2003/2004", Stated, None),
        ("arf-drug-substitute-workshop-2004", "2004-09", Stated, None),
        ("arf-security-policy-conference-2004", "2004-11", Stated, None),
        ("cn-jp-kr-leaders-5", "2003-10", Stated, Some(5)),
        ("tripartite-declaration-issued", "2003-10", Stated, None),
        ("asean-joint-declaration-2002", "2002-11", Stated, None),
        ("asean-sars-meeting-2003", "2003-04", Stated, None),
        ("asean-sars-declaration-2003", "2003-04", Stated, None),
        ("asean-memorandum-2004", "2004-01", Stated, None),
        ("asean-plus-three-crime-ministers-1", "2004-01", Stated, Some(1)),
        ("crime-concept-paper-2004", "2004-01", Inferred, None),
        ("crime-cooperation-agreed-2004", "2004-01", Inherited, None),
        ("crime-communique-2004", "2004-01", Inherited, None),
        ("un-counter-terrorism-ministers-2003", "2003-01", Stated, None),
        ("cn-four-proposals-2003", "2003-01", Stated, None),
        ("sco-joint-2003-memorandum", "2003-05", Stated, None),
        ("sco-joint-2003-exercise", "2003-08", Stated, None),
        ("pk-friendship-2004", "2004-08", Stated, None),
        ("pk-search-rescue-2003", "2003-10", Stated, None),
        ("in-search-rescue-2003", "2003-11", Stated, None),
        ("fr-search-rescue-2004", "2004-03", Stated, None),
        ("gb-search-rescue-2004", "2004-06", Stated, None),
        ("au-search-rescue-2004", "2004-10", Stated, None),
        ("un-first-observers-1990", "1990", Stated, None),
        ("un-engineers-cambodia", "1990/2004", Inferred, None),
        ("un-engineers-congo", "1990/2004", Inferred, None),
        ("un-medics-congo", "1990/2004", Inferred, None),
        ("un-transport-liberia", "1990/2004", Inferred, None),
        ("un-engineers-liberia", "1990/2004", Inferred, None),
        ("un-medics-liberia", "1990/2004", Inferred, None),
        ("un-staff-officers", "1990/2004", Inferred, None),
        ("un-police-east-timor-since-2000", "2000-01/..", Stated, None),
        ("un-police-east-timor-2004", "2004", Stated, None),
        ("un-police-liberia-2004", "2004", Stated, None),
        ("un-police-afghanistan-2004", "2004", Stated, None),
        ("un-police-kosovo-2004", "2004", Stated, None),
        ("un-police-haiti-2004", "2004", Stated, None),
        ("un-police-detachment-haiti-2004", "2004", Stated, None),
        ("us-defense-minister-visit-2003", "2003-10", Stated, None),
        ("jp-defense-agency-visit-2003", "2003-05", Stated, None),
        ("in-defense-minister-visit-2003", "2003-04", Stated, None),
        ("in-defense-minister-visit-2004", "2004-03", Stated, None),
        ("high-level-delegations-abroad", "2003/2004", Relative, None),
        ("military-leaders-hosted", "2003/2004", Relative, None),
        ("northern-sword-observers-2003", "2003-10", Stated, None),
        ("dragon-2004-observers", "2004-09", Stated, None),
        ("iron-fist-2004-observers", "2004-09", Relative, None),
        ("gb-search-rescue-observers-2004", "2004-06", Stated, None),
        ("guam-port-call-2003", "2003-10/2003-11", Stated, None),
        ("brunei-port-call-2003", "2003-10/2003-11", Stated, None),
        ("singapore-port-call-2003", "2003-10/2003-11", Stated, None),
        ("students-received", "2003/2004", Relative, None),
        ("symposium-course-5", "2003/2004", Relative, Some(5)),
        ("symposium-course-6", "2003/2004", Relative, Some(6)),
    ]
};

#[test]
fn dates_bases_and_rounds_are_those_of_the_paper() {
    let dated: Vec<&Event> = SHIPPED.events.iter().filter(|event| event.date.is_some()).collect();
    assert_eq!(dated.len(), EVENTS.len());
    for (event, (id, date, basis, round)) in dated.into_iter().zip(EVENTS) {
        assert_eq!(&*event.about.id, *id);
        assert_eq!(event.date.as_ref().map(ToString::to_string).as_deref(), Some(*date), "{id}");
        assert_eq!((event.date_basis, event.round), (Some(*basis), *round), "{id}");
    }
}

#[test]
fn participants_papers_and_places_are_those_of_the_paper() {
    let five = ["country/cn", "country/kz", "country/kg", "country/ru", "country/tj"];
    assert_eq!(addresses(&event("sco-joint-2003-memorandum").countries), five);
    assert_eq!(addresses(&event("sco-joint-2003-exercise").countries), five);
    let places = addresses(&event("sco-joint-2003-exercise").places);
    assert_eq!(places, ["place/ucharal", "place/yining", "place/xinjiang"]);
    assert_eq!(addresses(&event("us-maritime-working-groups-3").places), ["place/hawaii"]);
    assert_eq!(addresses(&event("us-maritime-working-groups-4").places), ["place/shanghai"]);
    assert_eq!(addresses(&event("tashkent-declaration-2004").documents), ["document/tashkent-declaration"]);
    for country in ["fr", "gb", "au"] {
        assert_eq!(addresses(&event(&format!("{country}-search-rescue-2004")).places), ["place/yellow-sea"]);
    }
}

/// Every number of the paper with the word that qualifies it, in its order.
const FIGURES: &[(&str, Option<f64>, Qualifier)] = {
    use Qualifier::{Dozens, Exact, MoreThan, Over};
    &[
        ("us-vice-foreign-ministers-rounds", Some(3.0), Exact),
        ("fr-strategic-dialogue-rounds", Some(6.0), Exact),
        ("gb-strategic-security-dialogue-rounds", Some(2.0), Exact),
        ("sco-age", Some(3.0), MoreThan),
        ("arf-intersessions", Some(2.0), Exact),
        ("tripartite-countries", Some(3.0), Exact),
        ("counter-terrorism-proposals", Some(4.0), Exact),
        ("joint-2003-countries", Some(5.0), Exact),
        ("peacekeeping-military-total", Some(3362.0), Exact),
        ("peacekeeping-operations", Some(13.0), Exact),
        ("peacekeeping-observers-total", Some(785.0), Exact),
        ("peacekeeping-cambodia", Some(800.0), Exact),
        ("peacekeeping-cambodia-batches", Some(2.0), Exact),
        ("peacekeeping-congo", Some(654.0), Exact),
        ("peacekeeping-congo-batches", Some(3.0), Exact),
        ("peacekeeping-liberia", Some(1116.0), Exact),
        ("peacekeeping-staff-officers-total", Some(7.0), Exact),
        ("peacekeeping-police-total", Some(404.0), Exact),
        ("peacekeeping-police-areas", Some(6.0), Exact),
        ("peacekeeping-police-2004", Some(59.0), Exact),
        ("haiti-police-detachment-members", Some(125.0), Exact),
        ("peacekeeping-years", Some(14.0), Exact),
        ("peacekeeping-killed", Some(6.0), Exact),
        ("peacekeeping-wounded", None, Dozens),
        ("peacekeeping-present-total", Some(845.0), Exact),
        ("peacekeeping-present-areas", Some(8.0), Exact),
        ("peacekeeping-present-observers", Some(66.0), Exact),
        ("peacekeeping-present-congo-engineers", Some(175.0), Exact),
        ("peacekeeping-present-congo-medical", Some(43.0), Exact),
        ("peacekeeping-present-liberia-engineers", Some(275.0), Exact),
        ("peacekeeping-present-liberia-transport", Some(240.0), Exact),
        ("peacekeeping-present-liberia-medical", Some(43.0), Exact),
        ("peacekeeping-present-staff-officers", Some(3.0), Exact),
        ("military-relations-countries", Some(150.0), MoreThan),
        ("attache-offices-abroad", Some(100.0), Over),
        ("attache-offices-in-china", Some(85.0), Exact),
        ("countries-visited", Some(60.0), Over),
        ("delegations-hosted", Some(130.0), Over),
        ("countries-hosted", Some(70.0), Over),
        ("us-visit-interval", Some(7.0), Exact),
        ("jp-visit-interval", Some(5.0), Exact),
        ("past-two-years", Some(2.0), Exact),
        ("northern-sword-countries", Some(15.0), Exact),
        ("iron-fist-countries", Some(16.0), Exact),
        ("naval-attache-embassies", Some(15.0), Exact),
        ("students-sent", Some(1000.0), Over),
        ("students-sent-countries", Some(20.0), MoreThan),
        ("colleges-with-exchange", Some(19.0), Exact),
        ("exchange-countries", Some(25.0), Exact),
        ("students-received", Some(1245.0), Exact),
        ("students-received-countries", Some(91.0), Exact),
        ("symposium-countries", Some(44.0), Exact),
    ]
};

#[test]
fn every_number_has_its_qualifier() {
    let figures = SHIPPED.figures.iter().map(|figure| (&*figure.about.id, figure.value, figure.qualifier));
    assert_eq!(figures.collect::<Vec<_>>(), FIGURES);
}

#[test]
fn levels_are_those_of_the_paper() {
    for (level, ids) in [
        (Level::ViceForeignMinister, "ru-vice-foreign-ministers-2003 ru-strategic-stability-2004"),
        (
            Level::ViceForeignMinister,
            "us-vice-foreign-ministers-1 us-vice-foreign-ministers-2 us-vice-foreign-ministers-3",
        ),
        (Level::GeneralStaff, "ru-general-staffs-2003 ru-general-staffs-2004"),
        (
            Level::Working,
            "ru-counter-terrorism-working-group-2004 us-maritime-working-groups-3 us-maritime-working-groups-4",
        ),
        (
            Level::Leaders,
            "sco-tashkent-summit-2004 cn-jp-kr-leaders-5 asean-joint-declaration-2002 asean-sars-meeting-2003",
        ),
        (Level::Minister, "arf-ministers-11 asean-plus-three-crime-ministers-1 un-counter-terrorism-ministers-2003"),
        (Level::Minister, "sco-joint-2003-memorandum sco-defense-ministers us-defense-minister-visit-2003"),
        (Level::Minister, "jp-defense-agency-visit-2003 in-defense-minister-visit-2003 in-defense-minister-visit-2004"),
        (Level::SeniorOfficial, "ru-senior-level-meetings-set-up sco-chief-procurators"),
        (Level::Service, "pk-search-rescue-2003 in-search-rescue-2003 fr-search-rescue-2004 au-search-rescue-2004"),
    ] {
        for id in ids.split(' ') {
            assert_eq!(event(id).level, Some(level), "{id}");
        }
    }
}

#[test]
fn firsts_are_those_of_the_paper() {
    let firsts: Vec<&str> =
        SHIPPED.events.iter().filter(|event| event.first.is_some()).map(|event| &*event.about.id).collect();
    let expected = [
        "mn-defense-security-1",
        "asean-plus-three-crime-ministers-1",
        "crime-communique-2004",
        "sco-joint-2003-exercise",
        "un-first-observers-1990",
        "us-defense-minister-visit-2003",
        "jp-defense-agency-visit-2003",
        "in-defense-minister-visit-2003",
        "in-defense-minister-visit-2004",
        "northern-sword-observers-2003",
    ];
    assert_eq!(firsts, expected);
    let first = |id| event(id).first.as_deref().map_or("", |first| first);
    assert!(first("us-defense-minister-visit-2003").contains("seven years"));
    assert!(first("jp-defense-agency-visit-2003").contains("five years"));
    assert!(first("in-defense-minister-visit-2004").contains("many years"));
}

#[test]
fn what_the_paper_leaves_undated_stands_country_by_country() {
    let undated = |kind: EventKind, countries: &str, suffix: &str| {
        for country in countries.split(' ') {
            let event = event(&format!("{country}-{suffix}"));
            assert_eq!((event.kind, &event.date), (kind, &None), "{country}-{suffix}");
            let partner = SHIPPED.find(&format!("country/{country}")).unwrap();
            assert!(event.countries.contains(&partner), "{country}-{suffix}");
        }
    };
    undated(EventKind::Consultation, "ca mx it pl nz", "security-consultations");
    undated(EventKind::Consultation, "ru us pk in gb fr de", "counter-terrorism-exchanges");
    undated(EventKind::PortCall, "gb ru us pk in fr id", "port-call-hosted");
    undated(EventKind::Observation, "ru jp", "exercises-observed");
    undated(EventKind::Observation, "us", "th-sg-exercise-observed");
    for event in SHIPPED.events.iter().filter(|event| event.kind == EventKind::PortCall) {
        let direction = if event.date.is_some() { Direction::Abroad } else { Direction::Hosted };
        assert_eq!(event.direction, Some(direction), "{}", event.about.id);
    }
}

#[test]
fn each_single_proposal_stands_by_itself() {
    let put_forward = |at: &str, kind: PositionKind| {
        let at = SHIPPED.find(at);
        SHIPPED.positions.iter().filter(|position| position.of == at && position.kind == kind).count()
    };
    assert_eq!(put_forward("event/arf-ministers-11", PositionKind::Proposal), 14);
    assert_eq!(put_forward("event/tripartite-declaration-issued", PositionKind::Commitment), 5);
    assert_eq!(put_forward("event/un-counter-terrorism-ministers-2003", PositionKind::Proposal), 1);
}

#[test]
fn papers_stand_as_the_paper_leaves_them() {
    use DocumentStatus::{Adopted, Cited, Drafting, InForce, Issued, Signed, Submitted};
    let expected = [
        ("un-charter", Cited, None),
        ("military-maritime-consultative-agreement", InForce, None),
        ("za-defense-commission-agreement", Signed, Some("2003-04")),
        ("shanghai-convention", InForce, Some("2003")),
        ("sco-counter-terrorism-agency-agreement", InForce, Some("2003")),
        ("tashkent-declaration", Signed, Some("2004-06")),
        ("sco-narcotics-agreement", Signed, Some("2004-06")),
        ("tripartite-declaration-2003", Issued, Some("2003-10")),
        ("asean-joint-declaration-2002", Signed, Some("2002-11")),
        ("asean-sars-declaration-2003", Issued, Some("2003-04")),
        ("asean-memorandum-2004", Signed, Some("2004-01")),
        ("transnational-crime-concept-paper", Submitted, Some("2004-01")),
        ("transnational-crime-communique", Adopted, Some("2004-01")),
        ("resolution-1373", Cited, None),
        ("resolution-1373-reports", Submitted, None),
        ("security-council-counter-terrorism-resolutions", Cited, None),
        ("comprehensive-terrorism-convention", Drafting, None),
        ("nuclear-terrorism-convention", Drafting, None),
        ("joint-2003-memorandum", Signed, Some("2003-05")),
    ];
    for (document, (id, status, date)) in SHIPPED.documents.iter().zip(expected) {
        let stated = document.date.as_ref().map(ToString::to_string);
        assert_eq!((&*document.about.id, document.status, stated.as_deref()), (id, status, date));
    }
    assert_eq!(SHIPPED.documents.len(), expected.len());
}

#[test]
fn the_two_totals_are_whole() {
    for (id, whole, parts) in [
        ("peacekeeping-military-total", 3362.0, vec![785.0, 800.0, 654.0, 1116.0, 7.0]),
        ("peacekeeping-present-total", 845.0, vec![66.0, 175.0, 43.0, 275.0, 240.0, 43.0, 3.0]),
    ] {
        let record = SHIPPED.find(&format!("figure/{id}")).unwrap();
        let values: Vec<f64> =
            SHIPPED.figures.iter().filter(|figure| figure.part_of == Some(record)).filter_map(|f| f.value).collect();
        assert_eq!(values, parts);
        assert_eq!(values.iter().sum::<f64>(), whole);
        assert_eq!(SHIPPED.figures[record.index()].value, Some(whole));
    }
}

#[test]
fn misprints_are_kept_and_explained() {
    for (address, printed) in [
        ("exercise/northern-sword", "NorthernSword-0308U"),
        ("event/northern-sword-observers-2003", "NorthernSword-0308U"),
        ("place/yangon", "Rangoon"),
        ("event/arf-intersession-yangon", "Rangoon"),
        ("place/xinjiang", "XinjiangUygur Autonomous Region"),
        ("event/sco-joint-2003-exercise", "XinjiangUygur Autonomous Region"),
        ("position/pla-against-drugs", "cracking down ondrug production and trafficking"),
        ("country/xk", "Kosovo of Serbia-Herzegovina"),
        ("place/kosovo", "Kosovo of Serbia-Herzegovina"),
        ("event/un-police-kosovo-2004", "Kosovo of Serbia-Herzegovina"),
        ("country/cd", "Congo (Kinshasa)"),
        ("event/un-engineers-cambodia", "Cambodia,654"),
        ("figure/peacekeeping-congo", "Cambodia,654 (in three batches)"),
        ("figure/attache-offices-abroad", "military attach's offices"),
        ("figure/attache-offices-in-china", "military attach's offices"),
        ("event/iron-fist-2004-observers", "military attachs"),
        ("event/gb-search-rescue-observers-2004", "naval attachs"),
        ("figure/naval-attache-embassies", "naval attachs"),
    ] {
        let about = SHIPPED.about(SHIPPED.find(address).unwrap());
        assert_eq!(about.as_printed().map(|printed| &**printed), Some(printed), "{address}");
        assert!(address == "country/cd" || about.note().is_some(), "{address} owes a note");
    }
}

#[test]
fn every_record_is_cited_and_linked_from_the_digest_that_states_it() {
    for record in SHIPPED.all().filter(|record| !matches!(record.kind, Kind::Section | Kind::Paragraph)) {
        let (about, address) = (SHIPPED.about(record), SHIPPED.address(record));
        assert!(!about.cites.is_empty() && !about.summary.is_empty(), "{address} says nothing");
        for &number in &about.cites {
            let paragraph = SHIPPED.about(SHIPPED.paragraph(number).unwrap());
            assert!(
                prose::links(&paragraph.summary).iter().any(|link| *link == address),
                "paragraph {number}: no {address}"
            );
        }
    }
}

#[test]
fn dates_that_are_not_stated_say_how_they_are_known() {
    for event in &SHIPPED.events {
        let owed = event.date_basis.is_some_and(|basis| basis != DateBasis::Stated);
        assert!(!owed || event.about.note().is_some(), "{} owes a note", event.about.id);
        assert_eq!(event.date.is_some(), event.date_basis.is_some(), "{}", event.about.id);
    }
}

#[test]
fn links_go_both_ways() {
    for record in SHIPPED.all() {
        for link in SHIPPED.links(record) {
            let back = SHIPPED.links(link.record).iter().any(|other| other.record == record);
            assert!(back, "{} leads to {} and not back", SHIPPED.address(record), SHIPPED.address(link.record));
        }
    }
    let pakistan = SHIPPED.find("country/pk").unwrap();
    let takes_part = |event: &&Event| event.countries.contains(&pakistan);
    let participations = SHIPPED
        .links(pakistan)
        .iter()
        .filter(|link| link.relation == Relation::Participant && link.incoming && link.record.kind == Kind::Event);
    assert_eq!(participations.count(), SHIPPED.events.iter().filter(takes_part).count());
}

#[test]
fn the_chronology_is_in_order_and_whole() {
    let mut dates = Vec::new();
    for &record in SHIPPED.chronology() {
        if let Entity::Event(event) = SHIPPED.entity(record) {
            dates.push(event.date.as_ref());
        }
    }
    assert_eq!(dates.len(), SHIPPED.events.len());
    for pair in dates.windows(2) {
        match pair {
            [Some(one), Some(other)] => assert!(one.list_order(other).is_le(), "{one} before {other}"),
            [None, Some(date)] => panic!("{date} after the undated"),
            _ => {}
        }
    }
}
