//! Work that falls into pieces, on all cores.
//!
//! The dataset has another way to use them, for work that is done once and as a whole. Here what comes of a piece is
//! wanted as soon as it is there, on the thread that waits for it, and a search must not wait for a place in a pool.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::thread::{Builder, available_parallelism};

/// Makes something of each part on all cores; answers what comes of each, in order.
pub fn each<P: Sync, T: Send>(parts: &[P], make: impl Fn(&P) -> T + Sync) -> Vec<T> {
    let mut made: Vec<(usize, T)> = Vec::with_capacity(parts.len());
    spread(parts.len(), |at| make(&parts[at]), |at, one| made.push((at, one)));
    made.sort_unstable_by_key(|&(at, _)| at);
    made.into_iter().map(|(_, one)| one).collect()
}

/// Does the pieces of some work on all cores, the first pieces first, and hands over what comes of each as it comes. This
/// thread works too, so that it is done even where there is no other.
pub fn spread<T: Send>(pieces: usize, work: impl Fn(usize) -> T + Sync, mut take: impl FnMut(usize, T)) {
    let next = AtomicUsize::new(0);
    let claim = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|&piece| piece < pieces);
    let helpers = available_parallelism().map_or(1, usize::from).min(pieces).saturating_sub(1);
    std::thread::scope(|scope| {
        let (sender, done) = channel();
        for _ in 0..helpers {
            let (sender, work, claim) = (sender.clone(), &work, &claim);
            let help = move || {
                while let Some(piece) = claim() {
                    let _ = sender.send((piece, work(piece))); // Who waits for it is there until all are done.
                }
            };
            let _ = Builder::new().name("search".to_owned()).spawn_scoped(scope, help); // Else there are fewer.
        }
        drop(sender);
        while let Some(piece) = claim() {
            take(piece, work(piece));
            done.try_iter().for_each(|(piece, made)| take(piece, made));
        }
        done.iter().for_each(|(piece, made)| take(piece, made));
    });
}
