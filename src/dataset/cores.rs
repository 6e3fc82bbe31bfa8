//! Work on all cores, where there is enough of it: to wake the others takes longer than a small file.

use rayon::prelude::*;

/// The least work, counted in records or links, that is shared.
const SHARED: usize = 50_000;

/// Makes something of each item; `work` is how much that is in all.
pub(super) fn each<T: Send, R: Send>(items: Vec<T>, work: usize, make: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
    match work {
        SHARED.. => items.into_par_iter().map(make).collect(),
        _ => items.into_iter().map(make).collect(),
    }
}

/// Does two things.
pub(super) fn both<A: Send, B: Send>(
    work: usize,
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    if work >= SHARED { rayon::join(one, other) } else { (one(), other()) }
}

/// Puts items in order.
pub(super) fn sort<T: Ord + Send>(items: &mut [T]) {
    if items.len() >= SHARED { items.par_sort_unstable() } else { items.sort_unstable() }
}
