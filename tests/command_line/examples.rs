//! The help of every command has examples, and each of them does what it says.

use std::process::Command;

use tempfile::tempdir;

use crate::pty::{Pty, command};

/// The commands as the help lists them.
fn commands() -> Vec<String> {
    listed(&["--help"])
}

/// The commands that a help text lists.
fn listed(arguments: &[&str]) -> Vec<String> {
    let help = printed(arguments);
    let list = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names = list.lines().map(|line| line.split_whitespace().next().unwrap().to_owned());
    names.filter(|name| name != "help").collect()
}

fn printed(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_detente")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The examples of a help text.
fn examples(help: &str) -> Vec<String> {
    let after = help.split("Examples:\n").nth(1).unwrap_or_default();
    after.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// The headings and the first rows of a table, which are not broken.
fn sound_rows(from: &std::path::Path, to: &std::path::Path) {
    let table = String::from_utf8_lossy(&std::fs::read(from).unwrap()).into_owned();
    std::fs::write(to, table.lines().take(2).map(|line| format!("{line}\n")).collect::<String>()).unwrap();
}

/// Commands that fill the screen, or go on until they are told to end; theirs are tried elsewhere.
const FULL_SCREEN: [&str; 3] = ["present", "study", "serve"];

#[test]
fn every_command_has_examples_that_work() {
    let home = tempdir().unwrap();
    std::fs::copy("assets/dataset.json", home.path().join("chronology.json")).unwrap();
    for (table, name) in [("acled.csv", "events.csv"), ("ged.csv", "ged.csv"), ("acled.csv", "table.csv")] {
        sound_rows(&std::path::Path::new("tests/fixtures/tables").join(table), &home.path().join(name));
    }
    std::fs::copy("assets/maps/acled.toml", home.path().join("map.toml")).unwrap();
    std::fs::create_dir_all(home.path().join(".local/share/bash-completion/completions")).unwrap();
    std::fs::create_dir_all(home.path().join(".config/fish/completions")).unwrap();
    let programs = std::path::Path::new(env!("CARGO_BIN_EXE_detente")).parent().unwrap();
    let formats = listed(&["export", "--help"]).into_iter().map(|format| format!("export {format}"));
    for name in commands().into_iter().chain(formats) {
        let help: Vec<&str> = name.split(' ').chain(["--help"]).collect();
        let examples = examples(&printed(&help));
        assert!(!examples.is_empty(), "{name} has no example");
        for example in examples.iter().filter(|_| !FULL_SCREEN.contains(&&*name)) {
            let mut shell = Command::new("bash");
            shell.args(["-c", &format!("set -o pipefail; {example}")]).current_dir(home.path());
            shell.env("HOME", home.path()).env("PATH", format!("{}:/usr/bin:/bin", programs.display()));
            let output = shell.output().unwrap();
            assert_eq!(output.status.code(), Some(0), "{example}: {output:?}");
        }
    }
}

#[test]
fn every_command_is_in_the_man_page_and_in_the_completions() {
    let home = tempdir().unwrap();
    printed(&["man", "--output", home.path().to_str().unwrap()]);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = printed(&["completions", shell]);
        commands()
            .iter()
            .for_each(|name| assert!(script.contains(name.as_str()), "{name} is not completed in {shell}"));
    }
    for name in commands() {
        let page = std::fs::read_to_string(home.path().join(format!("detente-{name}.1"))).unwrap();
        assert!(page.contains("Examples:"), "the page of {name} has no example");
        assert!(printed(&["man"]).contains(&format!("detente\\-{name}")), "{name} is not in the main page");
    }
}

#[test]
fn the_examples_that_fill_the_screen_open_and_close() {
    let home = tempdir().unwrap();
    std::fs::copy("assets/dataset.json", home.path().join("chronology.json")).unwrap();
    let asking: Vec<String> = commands().into_iter().filter(|name| name != "present").collect();
    for example in [examples(&printed(&["--help"])), examples(&printed(&["present", "--help"]))].concat() {
        let arguments: Vec<&str> = example.split(' ').skip(1).collect();
        let asks = arguments.first().is_some_and(|first| asking.iter().any(|name| name == first));
        if asks || arguments.contains(&"--source") {
            continue; // Tried above, and where there is a copy of the source.
        }
        let mut pty = Pty::start(command(home.path(), &arguments));
        let plain = arguments.contains(&"--plain");
        let (begun, end) = if plain { ("lists the commands.", "q\r") } else { ("\x1b[?1049h", "q") };
        pty.wait_until(&example, |pty| String::from_utf8_lossy(&pty.log()).contains(begun));
        pty.send(end);
        assert_eq!(pty.end().0.exit_code(), 0, "{example}");
        if plain {
            assert!(!String::from_utf8_lossy(&pty.log()).contains('\x1b'), "{example} is nothing but lines");
        } else {
            pty.assert_restored();
        }
    }
}
