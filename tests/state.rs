//! The file of marks and of the last place: written aside, private, and never lost when it cannot be read.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use detente::state::State;
use detente::state_file::StateFile;
use tempfile::tempdir;

fn marked(address: &str) -> State {
    State { version: 1, marks: vec![address.to_owned()], last: Some("home".to_owned()), ..State::default() }
}

fn mode(path: PathBuf) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn what_is_written_is_read_again_and_private() {
    let home = tempdir().unwrap();
    let directory = home.path().join("deep/down");
    let file = StateFile::new(Some(directory.clone()));
    assert_eq!(file.read(), (State::default(), None), "a first start has nothing to tell");
    file.write(&marked("country/ru")).unwrap();
    assert_eq!(StateFile::new(Some(directory.clone())).read(), (marked("country/ru"), None));
    assert_eq!(mode(directory.join("state.json")), 0o600);
    assert_eq!(mode(directory.clone()), 0o700);
    let names = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    assert_eq!(names, ["state.json", "state.lock"], "nothing else is left beside the file");
}

#[test]
fn files_that_cannot_be_understood_are_set_aside_one_by_one() {
    let home = tempdir().unwrap();
    let path = home.path().join("state.json");
    let file = StateFile::new(Some(home.path().to_owned()));
    let broken = ["not json", "{\"version\": 1, \"marks\": 7}", "[1, 2]"];
    for (text, aside) in broken.iter().zip(["state.json.broken", "state.json.broken-2", "state.json.broken-3"]) {
        fs::write(&path, text).unwrap();
        let (state, notice) = file.read();
        assert_eq!(state, State::default());
        assert!(notice.unwrap().ends_with(aside));
        assert_eq!(fs::read_to_string(home.path().join(aside)).unwrap(), *text, "nothing of it is lost");
        assert!(!path.exists());
    }
}

#[test]
fn a_directory_that_takes_nothing_is_told_and_no_end() {
    let file = StateFile::new(Some(PathBuf::from("/proc/no/such/place")));
    assert_eq!(file.read().0, State::default());
    let told = file.write(&marked("country/ru")).unwrap_err();
    assert!(told.starts_with("Marks are not kept: /proc/no/such/place/state.json"), "{told}");
}

#[test]
fn a_file_of_a_newer_version_is_told_and_never_written() {
    let home = tempdir().unwrap();
    let path = home.path().join("state.json");
    let newer = "{\"version\": 2, \"marks\": []}";
    fs::write(&path, newer).unwrap();
    let file = StateFile::new(Some(home.path().to_owned()));
    let (state, notice) = file.read();
    assert_eq!(state, State::default());
    assert!(notice.unwrap().contains("a newer version of this program has written it"));
    assert!(file.write(&marked("country/ru")).unwrap_err().contains("newer version"));
    assert_eq!(fs::read_to_string(path).unwrap(), newer);
}

#[test]
fn copies_of_the_program_keep_what_the_others_have_marked_and_taken_away() {
    let home = tempdir().unwrap();
    let copy = || StateFile::new(Some(home.path().to_owned()));
    copy().write(&marked("country/fr")).unwrap();
    let (one, other) = (copy(), copy());
    let (mut ours, mut theirs) = (one.read().0, other.read().0);
    ours.marks.push("country/ru".to_owned());
    one.write(&ours).unwrap();
    theirs.marks = vec!["country/de".to_owned()];
    other.write(&theirs).unwrap();
    assert_eq!(copy().read().0.marks, ["country/ru", "country/de"], "one is new, one is taken away, one is new");
    ours.marks.retain(|mark| mark != "country/ru");
    one.write(&ours).unwrap();
    assert_eq!(copy().read().0.marks, ["country/de"]);
    fs::remove_file(home.path().join("state.json")).unwrap();
    one.write(&marked("country/gb")).unwrap();
    assert_eq!(copy().read().0.marks, ["country/gb"], "a file that is gone takes nothing with it");
}
