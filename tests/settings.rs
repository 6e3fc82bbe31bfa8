//! The settings: what a broken file is told, what goes before what, and keys that are bound otherwise.

use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;
use detente::action::Action;
use detente::config::{Environment, Origin, Setting, Settings, Wishes};
use detente::dataset::Clean;
use detente::keymap::{self, Keymap, Mode};
use detente::place::{Place, Tab};
use detente::state::State;
use detente::theme::{Colours, Theme, ThemeName};
use predicates::str::{contains, is_empty};
use tempfile::{TempDir, tempdir};

use crate::common::{Journey, SHIPPED, key_event, opening};
use crate::pty::{self, Pty};

/// Files that are wrong, and what is told of each after its name.
const BROKEN: &[(&str, &str)] = &[
    ("thme = \"dark\"", "1:1: there is no setting \"thme\"; did you mean \"theme\"?"),
    (
        "# a remark\n\n  colour = true",
        "3:3: there is no setting \"colour\"; there are theme, ascii, mouse, keys, search, talk, study",
    ),
    ("theme = \"drak\"", "1:9: there is no theme \"drak\"; did you mean \"dark\"?"),
    ("theme = \"xyz\"", "1:9: there is no theme \"xyz\"; there are auto, dark, light, high-contrast, mono"),
    ("theme = 1", "1:9: theme is a string, one of auto, dark, light, high-contrast, mono; this is a number"),
    ("ascii = \"yes\"", "1:9: ascii is true or false; this is a string"),
    ("mouse = [true]", "1:9: mouse is true or false; this is a list"),
    ("mouse = 2004-12-27", "1:9: mouse is true or false; this is a date"),
    ("keys = false", "1:8: keys is a table, which begins with [keys]; this is true or false"),
    ("[keys]\nopne = \"x\"", "2:1: there is no action \"opne\"; did you mean \"open\"?"),
    ("[keys]\nxyz = \"x\"", "2:1: there is no action \"xyz\""),
    ("[keys]\nopen = \"Entr\"", "2:8: there is no key \"Entr\"; did you mean \"Enter\"?"),
    ("[keys]\nopen = \"Ctrl-Hmoe\"", "2:8: there is no key \"Ctrl-Hmoe\"; did you mean \"Ctrl-Home\"?"),
    ("[keys]\nopen = \"\"", "2:8: there is no key \"\""),
    ("[keys]\nopen = \"S-x\"", "2:8: there is no key \"S-x\"; write \"X\""),
    ("[keys]\nopen = \"C-M-x\"", "2:8: there is no key \"C-M-x\""),
    ("[keys]\nopen = \"C-i\"", "2:8: a terminal sends Tab for C-i, so it can mean nothing else"),
    ("[keys]\nopen = \"Ctrl-Tab\"", "2:8: a terminal does not tell Ctrl-Tab from other keys"),
    ("[keys]\nopen = 7", "2:8: open has a key, or a list of keys; this is a number"),
    ("[keys]\nback = [\"x\", 1]", "2:14: back has a key, or a list of keys; this is a number"),
    ("[keys]\nback = []", "2:8: back needs a key"),
    ("[keys]\nback = [\"x\", \"x\"]", "2:14: x stands here twice"),
    ("[keys]\nopen = \"j\"", "2:8: j would mean both open and down in the sections"),
    ("[keys]\nzoom = \"x\"\nsort = [\"Ctrl-x\", \"x\"]", "3:19: x would mean both sort and zoom in the list"),
    ("[keys]\nzoom = \"C-c\"", "2:8: C-c always quits, so it can mean nothing else"),
    ("[keys]\nquit-now = \"x\"", "2:1: quit-now keeps its keys"),
    ("[keys]\nblack = \"x\"", "2:1: black belongs in [talk.keys]"),
    ("[keys.search]\nopen = \"C-x\"", "1:7: the keys of the search stand in [search.keys]"),
    ("[search]\nopen = \"C-x\"", "2:1: there is no setting \"open\"; there is only keys"),
    (
        "[search.keys]\nclose = \"x\"",
        "2:9: x is text in the search; use a key with Ctrl or Alt, or one that writes nothing",
    ),
    (
        "[search.keys]\nclose = \"Space\"",
        "2:9: Space is text in the search; use a key with Ctrl or Alt, or one that writes nothing",
    ),
    ("[search.keys]\nclose = \"Down\"", "2:9: ↓ would mean both down and close in the search"),
    ("[talk.keys]\nblack = \"w\"", "2:9: w would mean both black and white in the talk"),
    ("[talk.keys]\ndigit = \"x\"", "2:1: digit keeps its keys"),
    ("study = 1", "1:9: study is a table, which begins with [study]; this is a number"),
    ("[study]\nretension = 0.9", "2:1: there is no setting \"retension\"; did you mean \"retention\"?"),
    ("[study]\nretention = 90", "2:13: retention is a number from 0.7 to 0.99"),
    ("[study]\nretention = nan", "2:13: retention is a number from 0.7 to 0.99"),
    ("[study]\nretention = \"0.9\"", "2:13: retention is a number from 0.7 to 0.99; this is a string"),
    ("[study]\nnew_per_day = -1", "2:15: new_per_day is a whole number from 0 to 9999"),
    ("[study]\nnew_per_day = 1.5", "2:15: new_per_day is a whole number from 0 to 9999"),
    ("[study]\nday_start = 24", "2:13: day_start is a whole number from 0 to 23"),
    ("[study]\nday_start = 04:00:00", "2:13: day_start is a whole number from 0 to 23; this is a date"),
    ("[study.keys]\nundo = \"1\"", "2:8: 1 would mean both digit and undo in the choice"),
    ("theme = \"dark\"\ntheme = \"light\"", "2:1: this is no TOML: duplicate key"),
    ("theme = dark", "1:9: this is no TOML: string values must be quoted, expected literal string"),
    ("[keys", "1:6: this is no TOML: unclosed table, expected `]`"),
    ("ascii = 1\nthme = 2\n[keys]\nx = 1", "1:9: ascii is true or false; this is a number"),
    ("ascii = true # déjà\nmouse = \"é\" x", "2:13: this is no TOML: unexpected key or value, expected newline, `#`"),
];

/// An environment in which nothing is wanted and everything can be drawn.
const PLAIN: &[(&str, &str)] = &[("TERM", "xterm-256color"), ("LANG", "C.UTF-8")];

fn environment(more: &[(&str, &str)]) -> Environment {
    let set = [PLAIN, more].concat();
    Environment::of(|name| set.iter().rev().find(|(set, _)| *set == name).map(|(_, value)| (*value).to_owned()))
}

/// A file of settings with this text, for as long as the directory is held.
fn file(text: impl AsRef<[u8]>) -> (TempDir, PathBuf) {
    let home = tempdir().unwrap();
    let path = home.path().join("config.toml");
    fs::write(&path, text).unwrap();
    (home, path)
}

/// The settings of a text in a plain environment.
fn settings(text: &str) -> Result<Settings, Clean> {
    let (_home, path) = file(text);
    Settings::read(&Wishes { file: Some(path), ..Wishes::default() }, environment(&[]))
}

fn bound(text: &str) -> Keymap {
    settings(text).unwrap_or_else(|told| panic!("{told}")).keymap
}

#[test]
fn a_broken_file_is_told_in_one_line_with_its_place() {
    for (text, expected) in BROKEN {
        let (_home, path) = file(text);
        let wishes = Wishes { file: Some(path.clone()), ..Wishes::default() };
        let told = Settings::read(&wishes, environment(&[])).map(|_| ()).unwrap_err();
        assert_eq!(*told, format!("{}:{expected}", path.display()), "of {text}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_told_in_one_line() {
    let told = |path: PathBuf| {
        let wishes = Wishes { file: Some(path.clone()), ..Wishes::default() };
        let told = Settings::read(&wishes, environment(&[])).map(|_| ()).unwrap_err();
        told.strip_prefix(&format!("{}:", path.display())).unwrap_or_else(|| panic!("{told}")).to_owned()
    };
    let (home, path) = file("a = \"é\"\nb = \"\u{e9}".as_bytes().iter().copied().chain([0xff]).collect::<Vec<_>>());
    assert_eq!(told(path), "2:7: this is no UTF-8");
    assert_eq!(told(home.path().join("none.toml")), " no such file or directory");
    assert_eq!(told(home.path().to_owned()), " this is no regular file");
    let (_home, path) = file("#".repeat(64 * 1024 + 1));
    assert_eq!(told(path), " larger than 64 KiB, the most that is read");
    let (_home, path) = file("#".repeat(64 * 1024));
    assert!(Settings::read(&Wishes { file: Some(path), ..Wishes::default() }, environment(&[])).is_ok());
}

#[test]
fn options_go_before_the_environment_that_before_the_file_and_that_before_the_default() {
    let (_home, path) = file("ascii = true\ntheme = \"light\"\nmouse = true\n[study]\nnew_per_day = 5");
    let read = |wishes: Wishes, more: &[(&str, &str)]| Settings::read(&wishes, environment(more)).unwrap();
    let nothing = settings("").unwrap();
    assert_eq!(nothing.theme, Setting { value: ThemeName::Auto, origin: Origin::Default });
    assert_eq!(nothing.ascii, Setting { value: false, origin: Origin::Default });

    let of_file = Wishes { file: Some(path), ..Wishes::default() };
    let from_file = read(of_file.clone(), &[]);
    assert_eq!(from_file.theme, Setting { value: ThemeName::Light, origin: Origin::File(2) });
    assert_eq!(from_file.ascii, Setting { value: true, origin: Origin::File(1) });
    assert_eq!(from_file.mouse, Setting { value: true, origin: Origin::File(3) });
    assert_eq!(from_file.new_per_day, Setting { value: 5, origin: Origin::File(5) });
    assert_eq!(from_file.retention, Setting { value: 0.9, origin: Origin::Default });

    let colourless = read(of_file.clone(), &[("NO_COLOR", "1"), ("TERM", "linux")]);
    let said = |text: &str| Origin::Environment(text.to_owned());
    assert_eq!(colourless.theme, Setting { value: ThemeName::Mono, origin: said("NO_COLOR") });
    assert_eq!(colourless.ascii, Setting { value: true, origin: said("TERM=linux") });

    let (theme, ascii, new_per_day) = (Some(ThemeName::Dark), Some(false), Some(0));
    let asked = Wishes { theme, ascii, mouse: true, new_per_day, ..of_file };
    let asked = read(asked, &[("NO_COLOR", "1"), ("TERM", "linux")]);
    assert_eq!(asked.theme, Setting { value: ThemeName::Dark, origin: Origin::Option("--theme") });
    assert_eq!(asked.ascii, Setting { value: false, origin: Origin::Option("--utf8") });
    assert_eq!(asked.mouse, Setting { value: true, origin: Origin::Option("--mouse") });
    assert_eq!(asked.new_per_day, Setting { value: 0, origin: Origin::Option("--new") });
}

#[test]
fn what_the_environment_says_of_colours() {
    let looks = |text: &str, more: &[(&str, &str)]| {
        let (_home, path) = file(text);
        Settings::read(&Wishes { file: Some(path), ..Wishes::default() }, environment(more)).unwrap().looks()
    };
    let (dark, light) = ("theme = \"dark\"", "theme = \"light\"");
    for (text, more, expected) in [
        ("", &[][..], Theme::ANSI),
        ("", &[("COLORFGBG", "0;15")], Theme::ANSI_ON_LIGHT),
        ("", &[("COLORFGBG", "0;default;15")], Theme::ANSI_ON_LIGHT),
        ("", &[("COLORFGBG", "15;0")], Theme::ANSI),
        ("", &[("COLORFGBG", "7;8")], Theme::ANSI),
        ("", &[("COLORFGBG", "15;default")], Theme::ANSI),
        ("", &[("NO_COLOR", "1")], Theme::MONO),
        ("", &[("NO_COLOR", "")], Theme::ANSI),
        ("", &[("CLICOLOR", "0")], Theme::MONO),
        ("", &[("CLICOLOR", "1")], Theme::ANSI),
        ("", &[("CLICOLOR", "0"), ("CLICOLOR_FORCE", "1")], Theme::ANSI),
        ("", &[("CLICOLOR", "0"), ("CLICOLOR_FORCE", "0")], Theme::MONO),
        ("", &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], Theme::MONO),
        (dark, &[], Theme::DARK),
        (dark, &[("NO_COLOR", "1")], Theme::MONO),
        (dark, &[("TERM", "xterm")], Theme::DARK_OF_SIXTEEN),
        (dark, &[("TERM", "xterm"), ("COLORTERM", "truecolor")], Theme::DARK),
        (light, &[("TERM", "linux")], Theme::LIGHT_OF_SIXTEEN),
        (light, &[("TERM", "xterm-kitty")], Theme::LIGHT),
        (dark, &[("TERM", "vt100")], Theme::MONO),
        (dark, &[("TERM", "vt100"), ("CLICOLOR_FORCE", "1")], Theme::DARK_OF_SIXTEEN),
        ("theme = \"high-contrast\"", &[("TERM", "screen")], Theme::HIGH_CONTRAST_OF_SIXTEEN),
    ] {
        assert_eq!(looks(text, more), expected, "{text} with {more:?}");
    }
    assert_eq!(environment(&[("TERM", "tmux")]).colours, Colours::Indexed);
}

#[test]
fn what_the_environment_says_of_letters_and_screens() {
    for (more, said) in [
        (&[][..], None),
        (&[("LC_ALL", "en_GB.utf8"), ("LANG", "C")], None),
        (&[("LC_ALL", "C")], Some("LC_ALL=C")),
        (&[("LC_CTYPE", "de_DE.ISO-8859-1")], Some("LC_CTYPE=de_DE.ISO-8859-1")),
        (&[("LANG", "")], Some("no LANG")),
        (&[("TERM", "vt220")], Some("TERM=vt220")),
    ] {
        assert_eq!(environment(more).ascii.as_deref(), said, "{more:?}");
    }
    assert!(environment(&[]).screen);
    assert!(!environment(&[("TERM", "dumb")]).screen && !environment(&[("TERM", "")]).screen);
}

/// What each key means in each mode, as dispatch, footer and help see it.
fn meanings(keymap: &Keymap) -> Vec<String> {
    let binding = |mode: Mode, binding: &keymap::Binding| {
        binding.keys.iter().map(|key| format!("{mode:?} {key} {:?}", binding.action)).collect::<Vec<_>>()
    };
    let mut all: Vec<String> = Mode::ALL
        .into_iter()
        .flat_map(|mode| keymap.bindings(mode).flat_map(move |bound| binding(mode, bound)).collect::<Vec<_>>())
        .collect();
    all.sort();
    all
}

fn printed(settings: &Settings) -> String {
    let mut out = Vec::new();
    settings.print(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn what_is_printed_is_a_file_that_says_the_same() {
    let remapped = "theme = \"mono\"\nascii = true\nmouse = true\n[keys]\nback = \"Alt-←\"\nquit = ['\"', '\\', 'Q']\n\
                    close = \"X\"\n[search.keys]\ndown = \"C-x\"\n[talk.keys]\ndown = \"PgDn\"\npage-down = \"J\"";
    for text in ["", remapped] {
        let first = settings(text).unwrap();
        let again = settings(&printed(&first)).unwrap_or_else(|told| panic!("{told}\n{}", printed(&first)));
        assert_eq!(again.theme.value, first.theme.value);
        assert_eq!((again.ascii.value, again.mouse.value), (first.ascii.value, first.mouse.value));
        assert_eq!(meanings(&again.keymap), meanings(&first.keymap));
    }
    assert_eq!(meanings(&settings("").unwrap().keymap), meanings(&Keymap::default()));
    assert_ne!(meanings(&settings(remapped).unwrap().keymap), meanings(&Keymap::default()));
}

#[test]
fn every_line_that_is_printed_says_where_it_comes_from() {
    let (_home, path) = file("\ntheme = \"dark\"\n[keys]\nsort = \"O\"");
    let wishes = Wishes { file: Some(path.clone()), mouse: true, ..Wishes::default() };
    let printed = printed(&Settings::read(&wishes, environment(&[("TERM", "xterm"), ("LC_ALL", "C")])).unwrap());
    let line = |begins: &str| {
        let line = printed.lines().find(|line| line.starts_with(begins)).unwrap_or_else(|| panic!("{printed}"));
        line.split_once(" # ").unwrap().1.to_owned()
    };
    let path = path.display();
    assert_eq!(line("theme = "), format!("{path}:2; drawn in 16 colours, as TERM=xterm promises no more"));
    assert_eq!(line("ascii = true "), "environment: LC_ALL=C");
    assert_eq!(line("mouse = true "), "option --mouse");
    assert_eq!(line("sort = \"O\" "), format!("{path}:4"));
    assert_eq!(line("zoom = "), "default");
    assert_eq!(line("# close = [\"Esc\", "), "default, in the filter");
    assert!(printed.starts_with(&format!("# {path} was read\n")));
    for line in printed.lines().filter(|line| !line.is_empty() && !line.starts_with(['[', '#'])) {
        assert!(line.contains(" # "), "{line}");
    }
}

#[test]
fn keys_are_written_as_in_the_table_or_as_in_the_help() {
    for binding in Keymap::default().all() {
        for key in &binding.keys {
            assert_eq!(keymap::parse(key).as_deref(), Ok(&**key));
            assert_eq!(keymap::parse(&keymap::shown(key)).as_deref(), Ok(&**key));
        }
    }
    for (written, spelled) in [
        ("Ctrl-D", "C-d"),
        ("Alt-X", "M-X"),
        ("Ctrl-←", "C-Left"),
        ("C-Space", "C-Space"),
        ("F12", "F12"),
        ("-", "-"),
        ("Alt--", "M--"),
        ("é", "é"),
    ] {
        assert_eq!(keymap::parse(written).as_deref(), Ok(spelled));
        assert_eq!(keymap::spell(key_event(spelled)).as_deref(), Some(spelled), "{spelled} never arrives");
    }
    for wrong in ["", " ", "enter", "F0", "F21", "F+1", "C-", "Ctrl-", "jj", "C-é", "\u{1b}", "M-Esc", "C-1"] {
        assert!(keymap::parse(wrong).is_err(), "{wrong:?} is a key");
    }
}

/// An explorer whose keys were bound otherwise.
fn explorer(text: &str) -> Journey {
    let place = Some(Place::Tab(Tab::Home));
    Journey::opening(
        &SHIPPED,
        detente::app::Opening { keymap: bound(text), ..opening((120, 40), place, State::default()) },
    )
}

#[test]
fn keys_that_are_bound_otherwise_dispatch_and_are_shown_everywhere() {
    let journey =
        explorer("[keys]\nopen = [\"x\", \"Alt-→\"]\nforward = \"F9\"\nhelp = \"F2\"\nback = \"C-b\"\nmark = \"X\"");
    let footer = journey.footer();
    assert!(footer.starts_with("x open   Ctrl-b back   / search"), "{footer}");
    assert!(footer.contains("F2 help") && !footer.contains("Enter"), "{footer}");
    assert!(journey.sees("x          Open what is selected"), "to begin:\n{}", journey.text());
    let unbound = journey.press("Enter");
    assert_eq!(unbound.place(), "home", "Enter has lost its meaning");
    let opened = unbound.press("x");
    assert_ne!(opened.place(), "home");
    let help = opened.press("F2");
    assert!(help.sees("x Alt-→ ") && help.sees("Ctrl-b ") && help.sees("Esc close"), "{}", help.text());
    let back = help.press("Esc C-b");
    assert_eq!(back.place(), "home");
    let marks = back.press("'");
    assert!(marks.sees("X marks the record") && marks.sees("x open · Esc close"), "{}", marks.text());
    let palette = marks.press("Esc /").write("pakistan");
    assert!(palette.sees("Enter open · Tab next kind"), "the search keeps its keys:\n{}", palette.text());
    assert_eq!(palette.press("Enter").place(), "country/pk");
}

#[test]
fn a_key_that_the_table_gives_another_meaning_in_a_mode_keeps_it() {
    let keymap = bound("[keys]\npage-down = [\"Space\", \"J\"]");
    let means = |keymap: &Keymap, mode, key| keymap.action(mode, key_event(key)).map(Action::word);
    assert_eq!(means(&keymap, Mode::Page, "Space"), Some("page-down"));
    assert_eq!(means(&keymap, Mode::Page, "J"), Some("page-down"));
    assert_eq!(means(&keymap, Mode::Filter, "Space"), Some("open"));
    assert_eq!(means(&keymap, Mode::Filter, "J"), Some("page-down"));
    let freed = bound("[keys]\npage-down = [\"Space\", \"J\"]\nopen = \"x\"");
    assert_eq!(means(&freed, Mode::Filter, "Space"), Some("page-down"), "nothing else has it any more");
    let told = settings("[keys]\nopen = [\"x\", \"Space\"]").map(|_| ()).unwrap_err();
    assert!(told.ends_with("2:14: Space would mean both open and page-down in the sections"), "{told}");
}

#[test]
fn keys_of_the_search_and_of_a_talk_are_bound_apart() {
    let found = explorer("[search.keys]\nopen = \"C-x\"").press("/").write("pakistan");
    assert!(found.footer().starts_with("Ctrl-x open"), "{}", found.footer());
    assert_eq!(found.press("C-x").press("Enter").place().split('/').next(), Some("country"));
    let talk = explorer("[talk.keys]\noverview = \"O\"").press("P Enter");
    let slide = talk.text();
    let unbound = talk.press("o");
    assert_eq!(unbound.text(), slide, "o has lost its meaning");
    let overview = unbound.press("O");
    assert_ne!(overview.text(), slide);
    assert_eq!(overview.press("Esc").text(), slide);
    assert_ne!(explorer("[talk.keys]\noverview = \"O\"").press("2 o").text(), explorer("").press("2").text());
}

#[test]
fn control_c_quits_and_letters_are_text_whatever_is_bound() {
    let keymap = bound("[keys]\nquit = \"Q\"\nclose = \"X\"\nopen = \"q\"");
    for mode in Mode::ALL {
        assert_eq!(keymap.action(mode, key_event("C-c")), Some(Action::QuitNow));
    }
    assert_eq!(keymap.action(Mode::Search, key_event("q")), None);
}

#[test]
fn the_example_of_the_manual_holds() {
    let manual = fs::read_to_string("docs/settings.md").unwrap();
    let example = manual.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let settings = settings(example).unwrap_or_else(|told| panic!("{told}"));
    assert_eq!(settings.theme.value, ThemeName::Dark);
    assert_ne!(meanings(&settings.keymap), meanings(&Keymap::default()));
    let words = |text: &str| ThemeName::ALL.iter().all(|name| text.contains(name.word()));
    assert!(words(example.lines().next().unwrap()), "a theme is missing");
    let told = BROKEN.iter().find(|(text, _)| *text == "theme = \"drak\"").unwrap().1;
    assert!(manual.contains(&format!("config.toml:{told}")));
}

#[test]
fn answers_in_a_terminal_look_as_the_reader_wants_and_in_a_pipe_need_no_settings() {
    let home = tempdir().unwrap();
    let directory = home.path().join(".config/detente");
    fs::create_dir_all(&directory).unwrap();
    let show = |settings: &str| {
        fs::write(directory.join("config.toml"), settings).unwrap();
        let mut pty = Pty::start(pty::command(home.path(), &["show", "country/bn"]));
        let (status, _) = pty.end();
        (status.exit_code(), String::from_utf8_lossy(&pty.log()).into_owned())
    };
    let (code, text) = show("theme = \"dark\"");
    assert!(code == 0 && text.contains("\x1b[") && !text.contains("48;5;"), "no background is painted: {text:?}");
    assert!(show("ascii = true").1.is_ascii() && !show("ascii = false").1.is_ascii());
    let (code, text) = show("theme = \"drak\"");
    assert_eq!((code, text.contains("did you mean \"dark\"?"), text.contains("Brunei")), (2, true, false), "{text}");
    detente(&home, &["show", "country/bn"]).assert().code(0).stdout(contains("Brunei")).stderr(is_empty());
}

fn detente(home: &TempDir, arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("detente").unwrap();
    command.args(arguments).env_clear().env("HOME", home.path()).env("TERM", "xterm-256color").env("LANG", "C.UTF-8");
    command
}

#[test]
fn the_usual_file_is_found_where_the_user_keeps_configurations() {
    let home = tempdir().unwrap();
    let none = format!("# {}/.config/detente/config.toml does not exist", home.path().display());
    detente(&home, &["config"]).assert().code(0).stdout(contains(none)).stderr(is_empty());
    let place = home.path().join("xdg/detente");
    fs::create_dir_all(&place).unwrap();
    fs::write(place.join("config.toml"), "theme = \"light\"").unwrap();
    let xdg = home.path().join("xdg");
    let line = format!("theme = \"light\"                    # {}:1\n", place.join("config.toml").display());
    detente(&home, &["config"]).env("XDG_CONFIG_HOME", &xdg).assert().code(0).stdout(contains(line));
    let asked = detente(&home, &["config", "--theme", "mono"]).env("XDG_CONFIG_HOME", &xdg).assert().code(0);
    asked.stdout(contains("theme = \"mono\"                     # option --theme\n"));
    detente(&home, &["config"]).env_remove("HOME").assert().code(0);
}

#[test]
fn a_broken_file_ends_the_program_before_anything_is_drawn() {
    let (home, path) = file("theme = \"drak\"");
    let path = path.to_str().unwrap();
    let told = format!("{path}:1:9: there is no theme \"drak\"; did you mean \"dark\"?\n");
    for arguments in [&["config", "--config", path][..], &["--config", path], &["present", "--config", path]] {
        detente(&home, arguments).assert().code(2).stdout(is_empty()).stderr(told.clone());
    }
    detente(&home, &["--theme", "drak"]).assert().code(2).stderr(contains("dark"));
    detente(&home, &["--theme", "dark", "config"]).assert().code(2);
}

#[test]
fn how_the_reader_studies_is_set_in_a_table_of_its_own() {
    let of = |text: &str| settings(text).unwrap().study();
    assert_eq!(of(""), detente::study::Settings::default());
    let set = of("[study]\nretention = 0.95\nnew_per_day = 0x10\nday_start = 0");
    assert_eq!((set.retention, set.new_per_day, set.day_start), (0.95, 16, 0));
    assert_eq!(of("[study]\nretention = 0.7").retention, 0.7);
    assert_eq!(of("[study.keys]\nundo = \"U\"\n[study]\nnew_per_day = 0").new_per_day, 0);
}
