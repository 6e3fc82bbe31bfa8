//! In which order cells are written: reading order takes few bytes for the cursor, and many for the pen where it changes
//! often, as between a page and its frame. One pen after the other is the other way round.

use super::draft::{Change, RowChange};
use super::pen::{Pen, is_blank};
use super::travel::Spot;

/// The cells of a change, row by row.
pub fn by_rows(change: &Change) -> Vec<Spot> {
    let spots = change.rows().flat_map(|(row, RowChange { changed, .. })| {
        let columns = (0..).zip(changed).filter(|&(_, &changed)| changed);
        columns.map(move |(column, _)| (column, row))
    });
    spots.collect()
}

/// The cells of a change by their pens, each row by row: at first those of the one that is taken up already, then always
/// those of the nearest.
pub fn by_pens(change: &Change, mut pen: Pen) -> Vec<Spot> {
    let mut groups: Vec<(Pen, Vec<Spot>)> = Vec::new();
    for (spot, pen) in written(change) {
        match groups.iter_mut().find(|(own, _)| *own == pen) {
            Some((_, group)) => group.push(spot),
            None => groups.push((pen, vec![spot])),
        }
    }
    let mut ordered = Vec::new();
    while let Some(nearest) = (0..groups.len()).min_by_key(|&at| pen.towards(groups[at].0).len()) {
        let (next, mut group) = groups.remove(nearest);
        pen = next;
        ordered.append(&mut group);
    }
    ordered
}

/// The cells that are to be written, each with its pen: a blank has that of the cell before it where that makes no
/// difference.
fn written(change: &Change) -> Vec<(Spot, Pen)> {
    let mut written = Vec::new();
    for (row, RowChange { changed, .. }) in change.rows() {
        let mut before = Pen::PLAIN;
        for (column, cell) in change.row(row).iter().enumerate() {
            let own = Pen::of(cell);
            if !(is_blank(cell) && before.on_blank() == own) {
                before = own;
            }
            if changed[column] {
                written.push(((column as u16, row), before));
            }
        }
    }
    written
}
