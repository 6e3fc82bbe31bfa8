//! What every page may look at and none may change.

use std::sync::{Arc, OnceLock};

use crate::clock::Moment;
use crate::dataset::{Dataset, Record};
use crate::keymap::Keymap;
use crate::printed::Printed;
use crate::search::Facets;
use crate::study::Stamp;
use crate::theme::Theme;

/// The facts, the looks, the keys and the reader's marks.
#[derive(Debug, Clone)]
pub struct Context {
    /// What is true.
    pub dataset: &'static Dataset,
    /// What things look like.
    pub theme: Theme,
    /// What the keys mean.
    pub keymap: Keymap,
    /// The records that the reader has marked, oldest first.
    pub marks: Vec<Record>,
    /// The reader's own copy of the source, where there is one.
    pub printed: Option<&'static Printed>,
    /// Whether the terminal knows nothing but ASCII.
    pub ascii: bool,
    /// What the clock said when the last input came.
    pub now: Moment,
    /// How far the local clocks are ahead of UTC, in minutes.
    pub ahead: i16,
    /// The facets of all events, once they were asked for.
    pub facets: Arc<OnceLock<Facets>>,
}

impl Context {
    /// A dataset as it is printed, with nobody at the keys.
    pub fn on_paper(dataset: &'static Dataset) -> Context {
        let (theme, keymap) = (Theme::MONO, Keymap::default());
        Context {
            dataset,
            theme,
            keymap,
            marks: Vec::new(),
            printed: None,
            ascii: false,
            now: Moment::default(),
            ahead: 0,
            facets: Arc::default(),
        }
    }

    /// The facets of all events, which are looked up when they are first needed.
    pub fn facets(&self) -> &Facets {
        self.facets.get_or_init(|| Facets::new(self.dataset))
    }

    /// This moment, as reviews are stamped with it.
    pub fn stamp(&self) -> Stamp {
        Stamp { utc_ms: i64::try_from(self.now.0).unwrap_or(i64::MAX), offset: self.ahead }
    }

    /// Says whether a record is marked.
    pub fn is_marked(&self, record: Record) -> bool {
        self.marks.contains(&record)
    }

    /// The countries of a list other than the one that the dataset speaks for.
    pub fn partners<'a>(&self, countries: &'a [Record]) -> impl Iterator<Item = Record> + 'a {
        self.dataset.partners(countries)
    }
}
