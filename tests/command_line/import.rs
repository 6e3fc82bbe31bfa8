//! Tables of events become datasets: every row is in the dataset or in the report, and the dataset is sound.

use std::fs;
use std::path::Path;

use detente::dataset::{self, Clean, EventKind, Kind};
use insta::assert_snapshot;
use predicates::prelude::predicate;
use predicates::str::{contains, is_empty};
use tempfile::tempdir;

use super::detente;
use crate::pty::{Pty, command};

/// Tables invented in the layouts of ACLED and of UCDP's GED, some of their rows broken.
const ACLED: &str = "tests/fixtures/tables/acled.csv";
const GED: &str = "tests/fixtures/tables/ged.csv";

/// Imports a table; answers the dataset, what was told, and the exit code.
fn import(table: &str, map: &str, more: &[&str]) -> (String, String, i32) {
    let output = detente(&["import", table, "--map", map]).args(more).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

fn sound(text: &str) -> dataset::Dataset {
    let reading = dataset::read(text.as_bytes());
    let findings: Vec<String> = reading.findings.iter().map(ToString::to_string).collect();
    assert!(findings.is_empty(), "{}", findings.join("\n"));
    reading.dataset.unwrap()
}

#[test]
fn the_maps_that_the_program_carries_read_the_published_layouts() {
    for (name, table, map) in [("acled", ACLED, "acled"), ("ged", GED, "ucdp-ged")] {
        let (printed, told, code) = import(table, map, &[]);
        assert_snapshot!(format!("import_{name}"), format!("{printed}--- told\n{told}--- exit {code}\n"));
        sound(&printed);
    }
}

#[test]
fn every_row_is_in_the_dataset_or_in_the_report_with_its_line() {
    let home = tempdir().unwrap();
    let report = home.path().join("report.csv");
    let (printed, ..) = import(ACLED, "acled", &["--report", report.to_str().unwrap()]);
    let mut rows = csv::ReaderBuilder::new().flexible(true).from_path(ACLED).unwrap();
    let all = rows.byte_records().count();
    let refused = fs::read_to_string(&report).unwrap();
    assert_snapshot!("import_report", refused);
    let taken = sound(&printed).events.len();
    assert_eq!(taken + refused.lines().count() - 1, all);
    let lines: Vec<Vec<u8>> = fs::read(ACLED).unwrap().split(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect();
    for line in csv::Reader::from_reader(refused.as_bytes()).records() {
        let line: usize = line.unwrap()[0].parse().unwrap();
        assert!(lines[line - 1].starts_with(b"ARD"), "line {line} begins no row");
    }
}

#[test]
fn a_report_is_whole_or_what_it_was() {
    let home = tempdir().unwrap();
    let report = home.path().join("report.csv");
    fs::write(&report, "of yesterday").unwrap();
    let run = |output: &str| {
        let report = report.to_str().unwrap();
        detente(&["import", ACLED, "--map", "acled", "--output", output, "--report", report])
            .assert()
            .code(predicate::ne(0))
    };
    run("/no/such/dataset.json");
    assert_eq!(fs::read_to_string(&report).unwrap(), "of yesterday");
    run(home.path().join("dataset.json").to_str().unwrap()).code(1);
    assert!(fs::read_to_string(&report).unwrap().starts_with("line,reason\n"));
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 2, "nothing is left beside them");
}

#[test]
fn the_same_table_with_other_ends_of_lines_has_the_same_report() {
    let home = tempdir().unwrap();
    let unix = home.path().join("unix.csv");
    let bytes = fs::read(ACLED).unwrap();
    fs::write(&unix, bytes.iter().copied().filter(|&byte| byte != b'\r').collect::<Vec<u8>>()).unwrap();
    assert_eq!(import(unix.to_str().unwrap(), "acled", &[]), import(ACLED, "acled", &[]));
}

#[test]
fn a_table_may_come_by_standard_input_and_a_dataset_go_to_a_file() {
    let home = tempdir().unwrap();
    let path = home.path().join("dataset.json");
    let (printed, ..) = import(GED, "ucdp-ged", &[]);
    let written = path.to_str().unwrap();
    detente(&["import", "-", "--map", "ucdp-ged", "--output", written, "--title", "Two\u{1b}[2J rivers"])
        .write_stdin(fs::read(GED).unwrap())
        .assert()
        .code(1)
        .stdout(is_empty());
    let titled = fs::read_to_string(&path).unwrap();
    assert_eq!(titled.replace("Two␛[2J rivers", "UCDP Georeferenced Event Dataset"), printed);
    detente(&["timeline", "--data", written, "--kind", "battle"]).assert().code(0).stdout(contains("Reed Band"));
}

#[test]
fn the_maps_of_the_manual_read_gdelt_and_icews() {
    let manual = fs::read_to_string("docs/import.md").unwrap();
    let maps: Vec<&str> = manual.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    let home = tempdir().unwrap();
    let paths = ["map.toml", "table.tsv"].map(|name| home.path().join(name));
    let try_map = |map: &str, table: String| {
        fs::write(&paths[0], map).unwrap();
        fs::write(&paths[1], table).unwrap();
        let (printed, told, code) = import(paths[1].to_str().unwrap(), paths[0].to_str().unwrap(), &[]);
        assert_eq!(code, 0, "{told}");
        sound(&printed)
    };
    let mut gdelt = vec![String::new(); 61];
    for (column, cell) in [
        (0, "77"),
        (1, "19030514"),
        (6, "ARDA"),
        (12, "MIL"),
        (16, "BREE"),
        (26, "1451"),
        (52, "The Fork"),
        (53, "AR"),
        (56, "10.5"),
        (57, "20.5"),
    ] {
        gdelt[column] = cell.to_owned();
    }
    let dataset = try_map(maps[0], format!("{}\n", gdelt.join("\t")));
    let event = &dataset.events[0];
    assert_eq!((&*event.about.id, event.kind), ("gdelt-77", EventKind::Riot));
    assert_eq!(event.date.as_ref().unwrap().to_string(), "1903-05-14");
    let headings = "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude";
    let row = "5\t1903-05-14\tSteward of Bree\tGovernment\tBree\tExpress intent to meet\t036\t4.0\tPrince of Arda\tGovernment\tArda\t1\t1\tThe Almanac\tThe Fork\t\tFork\tArda\t10.5\t20.5";
    let dataset = try_map(maps[1], format!("{headings}\n{row}\n"));
    assert_eq!(
        (dataset.count(Kind::Country), dataset.count(Kind::Organisation), dataset.count(Kind::Place)),
        (2, 2, 1)
    );
    assert_eq!(dataset.events[0].kind, EventKind::Consultation);
    assert_eq!(dataset.places[0].about.summary, Clean::line("Fork, Arda"));
}

#[test]
fn what_is_wrong_with_a_map_is_said_with_its_line_or_the_near_name() {
    let home = tempdir().unwrap();
    let path = home.path().join("map.toml");
    let map = path.to_str().unwrap();
    let sound = fs::read_to_string("assets/maps/ucdp-ged.toml").unwrap();
    for (from, to, told) in [
        (
            "\"date_start\"",
            "\"date_strat\"",
            "there is no column \"date_strat\", which [event.date] of the map names; did you mean \"date_start\"?",
        ),
        ("{adm_1}", "{adm1}", "there is no column \"adm1\", which [place] of the map names; did you mean \"adm_1\"?"),
        ("\"2\" = \"battle\"", "\"2\" = \"batle\"", "\"batle\" is not in the vocabulary; did you mean \"battle\"?"),
        ("[\"%Y-%m-%d*\"]", "[\"%Y-%m-%q\"]", "\"%Y-%m-%q\" has %q; a format has %Y, %m, %d, %B and %b"),
        ("[\"%Y-%m-%d*\"]", "[\"%Y-%m\"]", "\"%Y-%m\" does not name a day: year, month and day"),
        ("nobody = ", "nobdy = ", "unknown field \"nobdy\", expected one of"),
        ("[place]", "[place", "map.toml:54:"),
    ] {
        assert!(sound.contains(from), "{from}");
        fs::write(&path, sound.replacen(from, to, 1)).unwrap();
        detente(&["import", GED, "--map", map]).assert().code(2).stdout(is_empty()).stderr(contains(told));
    }
    detente(&["import", GED, "--map", "ucdp"])
        .assert()
        .code(2)
        .stderr("detente: there is no map ucdp; there are acled and ucdp-ged, or name a file\n");
    detente(&["import", "no.csv", "--map", "acled"])
        .assert()
        .code(2)
        .stderr("detente: no.csv: no such file or directory\n");
    detente(&["import", ACLED, "--map", "acled", "--report", "/no/such/x.csv"])
        .assert()
        .code(2)
        .stderr(contains("/no/such/x.csv: no such file"));
}

/// What nobody sees in a name, and what no dataset holds, of who and where it is.
#[test]
fn names_of_nothing_that_can_be_seen_name_nobody_and_long_texts_are_cut() {
    let home = tempdir().unwrap();
    let [map, table] = ["map.toml", "table.csv"].map(|name| home.path().join(name));
    let long = "long ".repeat(20_000);
    let carried = fs::read_to_string("assets/maps/acled.toml").unwrap();
    fs::write(&map, carried.replacen("note = \"Numbers", &format!("note = \"{} Numbers", &long[..60_000]), 1)).unwrap();
    let row = String::from_utf8_lossy(&fs::read(ACLED).unwrap()).into_owned();
    let row = row.lines().take(2).collect::<Vec<_>>().join("\n");
    for (name, seen) in [("\u{200b}\u{202e}", None), ("\u{feff} x", Some("x")), (&*long, Some("long"))] {
        let row = row.replace("Water Guard of Arda", name).replace("Arda,Fork", &format!("{name},Fork"));
        fs::write(&table, row.replace(",The Fork,10.5", &format!(",{name},10.5"))).unwrap();
        let (printed, told, code) = import(path(&table), path(&map), &["--title", &long]);
        let dataset = sound(&printed);
        assert_eq!((&*told, code), ("All 1 rows were taken.\n", 0));
        let body = |name: &str| dataset.organisations.iter().filter(|body| body.about.name.starts_with(name)).count();
        let named = [body("x") + body("long"), dataset.countries.len(), dataset.places.len()];
        assert_eq!(named, [usize::from(seen.is_some()); 3], "{seen:?}");
        assert!(seen.is_none_or(|seen| dataset.countries[0].about.name.starts_with(seen)));
    }
}

#[test]
fn a_map_that_is_no_map_is_not_read_without_end() {
    let home = tempdir().unwrap();
    let map = home.path().join("map.toml");
    fs::write(&map, format!("# {}\n", "x".repeat(65_536))).unwrap();
    let told = "map.toml: larger than 64 KiB, the most that is read";
    detente(&["import", ACLED, "--map", path(&map)]).assert().code(2).stdout(is_empty()).stderr(contains(told));
}

#[test]
fn a_large_table_is_never_held_whole() {
    let home = tempdir().unwrap();
    let table = home.path().join("large.csv");
    let (headings, row) = small_row();
    let mut rows = headings;
    for number in 0..3_600 {
        rows.push_str(&row.replace("NUMBER", &number.to_string()).replace("DAY", &format!("{:02}", number % 28 + 1)));
    }
    fs::write(&table, &rows).unwrap();
    let line = format!(
        "ulimit -v 30000; {} import {} --map acled > {}",
        env!("CARGO_BIN_EXE_detente"),
        table.display(),
        home.path().join("out.json").display()
    );
    let output = std::process::Command::new("bash").args(["-c", &line]).output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "All 3,600 rows were taken.\n");
    assert!(rows.len() > 30_000 * 1024, "the table is smaller than the memory: {}", rows.len());
}

/// The headings of ACLED, and a row of about ten thousand letters.
fn small_row() -> (String, String) {
    let table = fs::read(ACLED).unwrap();
    let headings = String::from_utf8_lossy(&table).lines().next().unwrap().trim_start_matches('\u{feff}').to_owned();
    let cell = |column: &str| match column {
        "event_id_cnty" => "ARDNUMBER".to_owned(),
        "event_date" => "1903-05-DAY".to_owned(),
        "event_type" => "Battles".to_owned(),
        "country" | "location" | "actor1" => format!("{column} 1"),
        "latitude" | "longitude" => "10.5".to_owned(),
        "notes" => "The two met on the ice. ".repeat(400),
        _ => String::new(),
    };
    let row = headings.split(',').map(|column| cell(column.trim())).collect::<Vec<_>>().join(",");
    (headings + "\n", row + "\n")
}

#[test]
fn a_bar_is_drawn_in_a_terminal_alone_and_taken_away() {
    let home = tempdir().unwrap();
    let table = fs::canonicalize(ACLED).unwrap();
    let output = home.path().join("out.json");
    let mut pty =
        Pty::start(command(home.path(), &["import", path(&table), "--map", "acled", "--output", path(&output)]));
    let (_, code) = pty.printed();
    assert_eq!(code, 1);
    let screen = pty.screen();
    assert!(screen.starts_with("5 of 11 rows were taken, 6 were not:") && !screen.contains('%'), "{screen}");
    let (_, told, _) = import(ACLED, "acled", &[]);
    assert!(!told.contains('\x1b') && !told.contains('\r'), "{told:?}");
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}
