//! Searching a dataset that is too large to be searched within a key press: the keys go on, and the answers come.

use std::sync::{Arc, LazyLock, Mutex};

use detente::action::{Effect, Input};
use detente::dataset::Dataset;
use detente::search::{Index, Results};
use detente::state::State;

use crate::common::{Journey, open};
use crate::generated;
use crate::pty::{Pty, command};

/// More records than are searched within a key press.
const LARGE: usize = 10_500;

static MANY: LazyLock<&'static Dataset> =
    LazyLock::new(|| open(std::str::from_utf8(&generated::bytes(LARGE)).unwrap()));

static INDEX: LazyLock<Index> = LazyLock::new(|| Index::new(&MANY));

/// A reader at the window of the search.
fn reader() -> Journey {
    Journey::on(&MANY, (120, 40), None, State::default()).press("/")
}

/// The searches that were asked for, by number and query.
fn searches(journey: &Journey) -> Vec<(u64, &str)> {
    let searches = journey.effects.iter().filter_map(|effect| match effect {
        Effect::Search { number, query } => Some((*number, query.as_str())),
        _ => None,
    });
    searches.collect()
}

fn found(number: u64, results: Results) -> Input {
    Input::Found { number, results: Arc::new(results) }
}

/// The results as they are before all is searched.
fn partly(query: &str) -> Results {
    let mut results = INDEX.search(query).limited_to(3);
    results.more = true;
    results
}

#[test]
fn a_key_press_asks_for_a_search_and_does_not_wait_for_it() {
    let journey = reader().write("su");
    assert_eq!(searches(&journey), [(0, ""), (1, "s"), (2, "su")], "the index is made first");
    assert!(journey.sees("Searching…"));
    let journey = journey.happen(found(2, INDEX.search("su")));
    assert!(!journey.sees("Searching…"));
    assert!(journey.sees(&format!("of {}", detente::wording::thousands(MANY.len() as f64))));
}

#[test]
fn what_an_older_query_found_is_dropped() {
    let journey = reader().write("su").happen(found(1, INDEX.search("s")));
    assert!(journey.sees("Searching…"));
    let journey = journey.happen(found(2, INDEX.search("su")));
    let shown = journey.text();
    assert_eq!(journey.happen(found(1, INDEX.search("s"))).text(), shown);
}

#[test]
fn the_hits_so_far_are_shown_and_the_chosen_one_is_kept() {
    let journey = reader().write("summit").happen(found(6, partly("summit")));
    assert!(journey.sees("Search · 3 of") && journey.sees("searching on…"));
    let chosen = MANY.name(partly("summit").records()[2]).to_string();
    let journey = journey.press("Down Down").happen(found(6, INDEX.search("summit")));
    assert!(!journey.sees("searching on…"));
    let journey = journey.press("Enter");
    assert!(journey.text().contains(&chosen[..20]), "{chosen}\n{}", journey.text());
}

#[test]
fn enter_before_the_answer_opens_the_best_hit_when_it_comes() {
    let best = MANY.name(INDEX.search("summit").records()[0]).to_string();
    let journey = reader().write("summit").press("Enter").happen(found(6, partly("summit")));
    assert!(journey.sees("searching on…"), "what was found so far need not be the best");
    let journey = journey.happen(found(6, INDEX.search("summit")));
    assert!(!journey.sees("Search ·") && journey.text().contains(&best[..20]), "{best}\n{}", journey.text());
    let other = reader().write("summit").press("Enter").write("s").happen(found(7, INDEX.search("summits")));
    assert!(other.sees("Search ·"), "another letter takes it back");
    let closed = reader().write("summit").press("Enter Esc").happen(found(6, INDEX.search("summit")));
    let trail = closed.text().lines().next().unwrap_or_default().to_owned();
    assert!(!trail.contains('›'), "a window that was closed opens nothing: {trail}");
}

#[test]
fn a_search_that_nobody_waits_for_ends_without_an_answer() {
    let index = Index::in_shards(&MANY, 500);
    let asked = Mutex::new(0);
    let is_stale = || {
        let mut asked = asked.lock().unwrap();
        *asked += 1;
        *asked > 4
    };
    assert_eq!(index.seek("s", &is_stale, &mut |_| {}), None);
    let asked = asked.into_inner().unwrap();
    assert!(asked < MANY.len() / 500 * 2, "it went on for long: {asked}");
    assert_eq!(index.seek("s", &|| false, &mut |_| {}), Some(INDEX.search("s")));
}

#[test]
fn a_worker_answers_in_a_terminal() {
    let home = tempfile::tempdir().unwrap();
    let path = generated::file(home.path(), LARGE);
    let mut pty = Pty::start(command(home.path(), &["--data", path.to_str().unwrap()]));
    pty.wait_for("events");
    pty.send("/summit");
    pty.wait_for("Search · ");
    pty.send("\r");
    pty.wait_for("summit");
    pty.send("q");
    assert!(pty.end().0.success());
}
