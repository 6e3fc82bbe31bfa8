//! What other programs get: a dataset that is one again, tables that a spreadsheet reads, a document whose links lead
//! somewhere.

use std::collections::BTreeSet;
use std::fs;

use detente::dataset;
use serde_json::Value;
use tempfile::tempdir;

use super::{SMALL, detente};

fn exported(arguments: &[&str]) -> Vec<u8> {
    let output = detente(&["export"]).args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// A JSON value without the fields that say nothing.
fn without_blanks(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let said = fields.into_iter().map(|(name, value)| (name, without_blanks(value)));
            Value::Object(said.filter(|(_, value)| !is_blank(value)).collect())
        }
        Value::Array(values) => Value::Array(values.into_iter().map(without_blanks).collect()),
        Value::Number(number) => serde_json::json!(number.as_f64()),
        other => other,
    }
}

fn is_blank(value: &Value) -> bool {
    value.is_null() || value == "" || value.as_array().is_some_and(Vec::is_empty)
}

#[test]
fn a_dataset_comes_out_as_it_went_in() {
    for (path, arguments) in [("assets/dataset.json", &["json"][..]), (SMALL, &["json", "--data", SMALL])] {
        let before: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        let after: Value = serde_json::from_slice(&exported(arguments)).unwrap();
        assert_eq!(without_blanks(after), without_blanks(before), "{path}");
    }
}

#[test]
fn every_part_of_a_dataset_is_a_dataset() {
    for filters in [
        "--country ru",
        "--kind exercise",
        "--year 2003",
        "--topic maritime --year 2004",
        "--section 4",
        "--organisation sco",
    ] {
        let arguments: Vec<&str> = ["json"].into_iter().chain(filters.split(' ')).collect();
        let text = exported(&arguments);
        let reading = dataset::read(&text);
        let findings: Vec<String> = reading.findings.iter().map(ToString::to_string).collect();
        assert!(findings.is_empty(), "{filters}: {}", findings.join("\n"));
        let part = reading.dataset.unwrap();
        assert!(!part.events.is_empty() && part.events.len() < 100, "{filters} leaves {} events", part.events.len());
        assert_eq!(part.paragraphs.len(), 20);
    }
}

#[test]
fn tables_follow_rfc_4180_and_hold_every_field() {
    let home = tempdir().unwrap();
    exported(&["csv", "--data", SMALL, "--output", home.path().to_str().unwrap()]);
    let schema: Value = serde_json::from_str(&dataset::schema()).unwrap();
    let tables = [
        ("events", "Event"),
        ("mechanisms", "Mechanism"),
        ("countries", "Country"),
        ("organisations", "Organisation"),
        ("documents", "Document"),
        ("exercises", "Exercise"),
        ("places", "Place"),
        ("figures", "Figure"),
        ("positions", "Position"),
        ("sections", "Section"),
        ("paragraphs", "Paragraph"),
    ];
    for (table, kind) in tables {
        let text = fs::read_to_string(home.path().join(format!("{table}.csv"))).unwrap();
        assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "{table}");
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        let columns: BTreeSet<String> = rows.headers().unwrap().iter().map(str::to_owned).collect();
        let fields = schema["$defs"][kind]["properties"].as_object().unwrap();
        let missing =
            fields.keys().filter(|field| !columns.contains(*field) && !matches!(&***field, "id" | "paragraphs"));
        assert_eq!(missing.collect::<Vec<_>>(), Vec::<&String>::new(), "{table}");
        assert!(rows.records().all(|row| row.unwrap()[0].contains('/')), "{table}");
    }
}

#[test]
fn no_cell_is_a_formula_and_numbers_stay_numbers() {
    let home = tempdir().unwrap();
    let path = home.path().join("formulas.json");
    let mut text = fs::read_to_string(SMALL).unwrap();
    for (from, to) in
        [("First fair", "=1+1"), ("Second fair", "@sum"), ("Third fair", "+cmd"), ("It rained", "-x, \\\"quoted\\\"")]
    {
        text = text.replace(&format!("\"{from}"), &format!("\"{to}"));
    }
    fs::write(&path, text).unwrap();
    let data = path.to_str().unwrap();
    let events = String::from_utf8(exported(&["csv", "--data", data])).unwrap();
    let mut reader = csv::Reader::from_reader(events.as_bytes());
    let cells: Vec<String> =
        reader.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect();
    assert!(cells.iter().all(|cell| !cell.starts_with(['=', '@', '+', '-'])), "{cells:?}");
    for harmless in ["'=1+1 at the fork", "'@sum at the fork", "'+cmd", "'-x, \"quoted\"."] {
        assert!(cells.iter().any(|cell| cell == harmless), "{harmless} is not in {cells:?}");
    }
    let countries = String::from_utf8(exported(&["csv", "--data", data, "--table", "country"])).unwrap();
    assert!(countries.contains(",-10.5,-20.5,"), "{countries}");
    let marked = exported(&["csv", "--data", data, "--bom"]);
    assert_eq!(marked.strip_prefix("\u{feff}".as_bytes()).unwrap(), events.as_bytes());
}

#[test]
fn every_link_of_the_document_leads_to_one_anchor() {
    for arguments in [&["md"][..], &["md", "--country", "pk"], &["md", "--data", SMALL], &["md", "--kind", "figure"]] {
        let text = String::from_utf8(exported(arguments)).unwrap();
        let anchors: Vec<&str> = text.split("<a id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        let names: BTreeSet<&str> = anchors.iter().copied().collect();
        assert_eq!(names.len(), anchors.len(), "an anchor comes twice: {arguments:?}");
        let links: Vec<&str> = text.split("](#").skip(1).map(|rest| rest.split(')').next().unwrap()).collect();
        assert!(links.len() > 10);
        links.iter().for_each(|link| assert!(names.contains(link), "#{link} leads nowhere: {arguments:?}"));
    }
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let home = tempdir().unwrap();
    let path = home.path().join("part.json");
    fs::write(&path, "before").unwrap();
    exported(&["json", "--output", path.to_str().unwrap()]);
    assert_eq!(fs::read(&path).unwrap(), exported(&["json"]));
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
    detente(&["export", "md", "--output", "/no/such/place/x.md"])
        .assert()
        .code(2)
        .stderr("detente: /no/such/place/x.md: no such file or directory\n");
    exported(&["md", "--output", "/dev/null"]);
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
}

#[test]
fn the_document_on_json_names_every_field_and_no_other_shape_is_printed() {
    let document = fs::read_to_string("docs/json.md").unwrap();
    let printed = |arguments: &[&str]| -> Value {
        let output = detente(arguments).args(["--json", "--data", SMALL]).output().unwrap();
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let fields = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<String>>();
    let (search, show) = (printed(&["search", "fork"]), printed(&["show", "country/aa"]));
    let (timeline, stats) = (printed(&["timeline"]), printed(&["stats"]));
    let mut named = [fields(&search["hits"][0]), fields(&show), fields(&show["links"][0]), fields(&stats)].concat();
    named.extend([fields(&search), fields(&timeline), fields(&timeline["events"][0])].concat());
    for field in named {
        let said = [format!("`{field}`"), format!("\"{field}\"")].iter().any(|spelled| document.contains(spelled));
        assert!(said, "docs/json.md does not say what {field} is");
    }
    assert_eq!([&search, &show, &timeline, &stats].map(|value| &value["version"]), [1; 4]);
    let entries = [&search["hits"][0], &show, &timeline["events"][0]];
    for field in ["address", "kind", "name", "facts", "record"] {
        assert!(entries.iter().all(|entry| !entry[field].is_null()), "an entry lacks {field}");
    }
}
