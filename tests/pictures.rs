//! Pictures of every kind of page at two sizes, with their styles.

use insta::assert_snapshot;

use crate::common::Journey;

/// A place and the keys pressed there, under a name.
const PICTURES: &[(&str, &str, &str)] = &[
    ("home", "home", ""),
    ("country", "country/pk", "j"),
    ("event", "exercise/joint-2003", "j"),
    ("paragraph", "paragraph/16", "j"),
    ("figures", "figures", "j j"),
    ("map", "map", "j"),
    ("source", "source/country/fr", ""),
    ("help", "home", "?"),
    ("marks", "country/mn", "m 2 m '"),
];

#[test]
fn pictures() {
    for (width, height) in [(80, 24), (120, 40)] {
        for (name, address, keys) in PICTURES {
            let journey = Journey::sized(address, (width, height)).press(keys);
            assert_snapshot!(format!("{name}_{width}x{height}"), journey.picture());
        }
        let search = Journey::sized("home", (width, height)).press("/").write("yellow sea").press("Down");
        assert_snapshot!(format!("search_{width}x{height}"), search.picture());
    }
}
