//! Floor 4: what stands on the page of each kind of record, as blocks of text with links.

mod country;
mod event;
mod figures;
pub mod located;
mod markdown;
mod overview;
mod parts;
mod record;
mod source;

use crate::context::Context;
use crate::dataset::Entity;
use crate::place::{Place, Tab};
use crate::widgets::rich_text::{Block, Run};

/// A piece of a page whose links lead to places.
pub type PageBlock = Block<Place>;

/// A run of text that may lead to a place.
pub type PageRun = Run<Place>;

pub use markdown::{markdown, unmarked};
pub use parts::{prose, record_title, row};

/// The blocks of a place's page, for a pane `width` columns wide.
pub fn blocks(context: &Context, place: Place, width: usize) -> Vec<PageBlock> {
    match place {
        Place::Tab(Tab::Figures) => figures::blocks(context, width),
        Place::Tab(_) => overview::blocks(context),
        Place::Source(record) => source::blocks(context, record, width),
        Place::Record(record) => match context.dataset.entity(record) {
            Entity::Event(event) => event::blocks(context, record, event),
            Entity::Country(country) => country::blocks(context, record, country),
            _ => record::blocks(context, record, width),
        },
    }
}
