//! `detente present`: which tour is presented, and from where on; or the notes of the talk that is given.

use std::sync::Arc;

use clap::Args;

use super::arguments::Explorer;
use crate::app::Errand;
use crate::dataset::{Clean, Dataset, Record, Tour};
use crate::screens::present::Talk;
use crate::state::TalkState;
use crate::tour;

/// The arguments of `present`.
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  detente present\n  detente present sea --minutes 15\n  detente present --resume\n  detente present --notes"
)]
pub struct Arguments {
    /// The tour; the first one where none is named
    pub tour: Option<String>,
    /// Present the records that you have marked
    #[arg(long, conflicts_with = "tour")]
    pub marks: bool,
    /// Go on where the last talk was left
    #[arg(long)]
    pub resume: bool,
    /// How long the talk is to last
    #[arg(long, value_name = "N")]
    pub minutes: Option<u32>,
    /// Show the notes of the talk that is given in another terminal, and follow it
    #[arg(long, conflicts_with_all = ["tour", "marks", "resume", "minutes", "plain"])]
    pub notes: bool,
    /// How it is drawn, and where marks and the last talk are kept.
    #[command(flatten)]
    pub explorer: Explorer,
}

/// What the arguments ask for. Fails with what is missing.
pub fn errand(
    arguments: &Arguments,
    dataset: &Dataset,
    marks: &[Record],
    kept: Option<&TalkState>,
) -> Result<Errand, Clean> {
    if arguments.notes { Ok(Errand::Notes) } else { talk(arguments, dataset, marks, kept).map(Errand::Talk) }
}

fn talk(arguments: &Arguments, dataset: &Dataset, marks: &[Record], kept: Option<&TalkState>) -> Result<Talk, Clean> {
    let kept = kept.filter(|kept| arguments.resume && kept.dataset == *dataset.source.title);
    if arguments.resume && kept.is_none() {
        return Err(Clean::line("detente: there is no talk to go on with"));
    }
    let named = arguments.tour.as_deref().or(kept.map(|kept| &*kept.tour));
    let tour = match named {
        _ if arguments.marks && marks.is_empty() => {
            return Err(Clean::line("detente: nothing is marked; m marks a record in the explorer"));
        }
        _ if arguments.marks => tour::of_marks(dataset, marks).into(),
        Some(tour::MARKS) => {
            let kept = kept.ok_or_else(|| unknown(dataset, named))?;
            tour::of_marks(dataset, &records(dataset, &kept.stops)).into()
        }
        named => tour(dataset, named)?,
    };
    let mut talk = Talk::new(dataset, tour.clone(), arguments.minutes);
    kept.filter(|kept| kept.tour == *tour.about.id).into_iter().for_each(|kept| talk.resume(kept));
    Ok(talk)
}

fn records(dataset: &Dataset, addresses: &[String]) -> Vec<Record> {
    addresses.iter().filter_map(|address| dataset.find(address)).collect()
}

/// The tour of a name, or the first one where none is named. Fails where there is no such tour, or none at all.
pub fn tour(dataset: &Dataset, named: Option<&str>) -> Result<Arc<Tour>, Clean> {
    let tour = match named {
        Some(id) => tour::find(dataset, id),
        None => tour::tours(dataset).into_iter().next(),
    };
    tour.ok_or_else(|| unknown(dataset, named))
}

/// What is told where there is no such tour, or none at all.
fn unknown(dataset: &Dataset, named: Option<&str>) -> Clean {
    let ids: Vec<String> = tour::tours(dataset).iter().map(|tour| tour.about.id.to_string()).collect();
    Clean::line(match named {
        Some(id) => format!("detente: there is no tour {id}; there are {}", ids.join(", ")),
        None => "detente: this dataset has nothing to present".to_owned(),
    })
}
