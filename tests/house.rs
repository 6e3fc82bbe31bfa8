//! The house's own rules: imports only go down, rooms stay small, and nothing is called after nothing.

use std::fs;
use std::path::{Path, PathBuf};

/// The floor of each module of the library, from the one that everything stands on.
const FLOORS: &[(&str, usize)] = &[
    ("dataset", 0),
    ("search", 1),
    ("printed", 2),
    ("place", 2),
    ("citation", 2),
    ("clock", 2),
    ("tour", 2),
    ("action", 2),
    ("keymap", 2),
    ("theme", 2),
    ("context", 2),
    ("history", 2),
    ("state", 2),
    ("wording", 2),
    ("study", 2),
    ("widgets", 3),
    ("wire", 3),
    ("pages", 4),
    ("screens", 4),
    ("overlays", 4),
    ("app", 5),
    ("shell", 6),
    ("opening", 6),
    ("config", 7),
    ("state_file", 7),
    ("journal", 7),
    ("local_time", 7),
    ("terminal", 7),
    ("serve", 7),
    ("plain", 7),
    ("cli", 7),
    ("main", 8),
    ("serving", 8),
    ("reading", 8),
    ("lib", 9),
];

fn sources(directory: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(sources(path.to_str().unwrap())),
            false if path.extension().is_some_and(|extension| extension == "rs") => found.push(path),
            false => {}
        }
    }
    found
}

/// The module at the top of the library that a file belongs to.
fn room(path: &Path) -> String {
    let name = path.components().nth(1).unwrap().as_os_str().to_str().unwrap();
    name.trim_end_matches(".rs").to_owned()
}

fn floor(room: &str) -> usize {
    FLOORS.iter().find(|(name, _)| *name == room).unwrap_or_else(|| panic!("{room} stands on no floor")).1
}

/// The modules that a file imports from its own library.
fn imports(text: &str) -> Vec<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let paths = code.flat_map(|line| line.split("crate::").skip(1).map(str::to_owned).collect::<Vec<_>>());
    paths.map(|path| path.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap().to_owned()).collect()
}

#[test]
fn imports_only_go_down() {
    let mut uphill = Vec::new();
    for path in sources("src") {
        let own = room(&path);
        let text = fs::read_to_string(&path).unwrap();
        for import in imports(&text).into_iter().filter(|import| *import != own) {
            // The rooms of floor 4 lie side by side: screens and windows show pages, and pages know neither.
            let beside = own == "overlays" && import == "screens" || floor(&own) == 4 && import == "pages";
            let words = floor(&own) == 2 && floor(&import) == 2;
            let waits = own == "opening" && import == "shell";
            let shells = floor(&own) == 7 && ["config", "state_file", "journal", "local_time"].contains(&&*import)
                || floor(&own) == 7 && [("serve", "terminal"), ("cli", "serve")].contains(&(&*own, &*import));
            if floor(&import) >= floor(&own) && !beside && !words && !waits && !shells {
                uphill.push(format!("{} imports {import}", path.display()));
            }
        }
    }
    assert!(uphill.is_empty(), "{}", uphill.join("\n"));
}

#[test]
fn no_file_is_longer_than_500_lines() {
    for path in sources("src").into_iter().chain(sources("tests")) {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= 500, "{} has {lines} lines", path.display());
    }
}

#[test]
fn no_room_is_called_after_nothing() {
    for path in sources("src") {
        let name = path.file_stem().unwrap().to_str().unwrap();
        for empty in ["util", "helper", "common", "manager", "misc", "prelude"] {
            assert!(!name.contains(empty), "{} says nothing about what is in it", path.display());
        }
    }
}

#[test]
fn no_function_is_longer_than_80_lines() {
    for path in sources("src").into_iter().chain(sources("tests")) {
        let text = fs::read_to_string(&path).unwrap();
        let mut begun = None;
        for (number, line) in text.lines().enumerate() {
            let trimmed = line.trim_start();
            let indent = line.len() - trimmed.len();
            let begins = ["fn ", "pub fn ", "pub(super) fn ", "pub(crate) fn ", "const fn "];
            if begins.iter().any(|begin| trimmed.starts_with(begin)) {
                begun = Some((number, indent));
            }
            if let Some((start, _)) = begun.filter(|&(_, own)| line.starts_with('}') || indent == own && trimmed == "}")
            {
                assert!(number - start <= 80, "{}:{} has {} lines", path.display(), start + 1, number - start);
                begun = None;
            }
        }
    }
}

#[test]
fn every_public_item_has_a_sentence() {
    for path in sources("src") {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//! "), "{} does not say what it is for", path.display());
    }
}
