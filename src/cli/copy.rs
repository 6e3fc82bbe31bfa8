//! The reader's own copy of the source: named once, found again at every start, and nothing of it kept but its path.

use std::path::Path;

use super::Failure;
use super::arguments::Explorer;
use super::open::open;
use crate::dataset::{Clean, Dataset};
use crate::printed::Printed;
use crate::state::State;

/// The copy that is named now, or that was named before; what the reader has to be told of one that is no longer there
/// or no longer fits. Fails where one is named now that does not align.
pub fn of_explorer(
    explorer: &Explorer,
    state: &mut State,
    dataset: &Dataset,
) -> Result<(Option<&'static Printed>, Option<Clean>), Failure> {
    let title = dataset.source.title.to_string();
    if explorer.forget_source {
        state.copies.remove(&title);
    }
    if let Some(path) = &explorer.source {
        let printed = read(path, dataset).map_err(|why| Failure::Usage(Clean::line(format!("detente: {why}"))))?;
        let path = std::path::absolute(path).ok().and_then(|path| path.to_str().map(str::to_owned));
        let notice = path.is_none().then(|| Clean::line("Its path is not UTF-8, so the copy is not found again."));
        state.copies.extend(path.map(|path| (title, path)));
        return Ok((Some(printed), notice));
    }
    let Some(path) = state.copies.get(&title) else { return Ok((None, None)) };
    match read(Path::new(path), dataset) {
        Ok(printed) => Ok((Some(printed), None)),
        Err(why) => Ok((None, Some(Clean::line(format!("Your copy of the source is not shown: {why}"))))),
    }
}

/// The text in a file, laid against the paragraphs of a dataset. Fails with the file and the reason.
pub fn read(path: &Path, dataset: &Dataset) -> Result<&'static Printed, Clean> {
    let bytes = open(path)?;
    let printed = Printed::read(&bytes, dataset)
        .map_err(|misfit| Clean::line(format!("{}: this is no copy of the source: {misfit}", path.display())))?;
    Ok(Box::leak(Box::new(printed)))
}
