//! What each key costs on the line: its picture, in bytes, on every page, at the size of a common window.

use detente::keymap::Keymap;
use detente::theme::Theme;
use detente::wire::Wire;
use ratatui::buffer::Buffer;

use crate::helped::stands;

/// The most bytes that the picture of a key takes.
const MOST: usize = 4 * 1024;

/// The most that it takes where another page fills the window: for each cell that changes, as many as a letter of a frame
/// or a coast has; and in all.
const MOST_OF_A_CELL: usize = 3;
const MOST_OF_A_PAGE: usize = 8 * 1024;

/// The window.
const SIZE: (u16, u16) = (120, 40);

/// Kinds of terminals: one that erases anywhere, and one that only erases to the end of a line.
const TERMS: [&str; 2] = ["xterm-256color", "screen"];

/// How many cells are not as they were.
fn changed(before: &Buffer, after: &Buffer) -> usize {
    before.content.iter().zip(&after.content).filter(|(before, after)| before != after).count()
}

/// The bytes that turn one picture into the other.
fn cost(term: &str, before: &Buffer, after: &Buffer) -> usize {
    let mut wire = Wire::new(term);
    wire.picture(before);
    wire.picture(after).len()
}

#[test]
fn r62_a_key_costs_at_most_four_kibibytes_or_changes_most_of_the_window() {
    let keymap = Keymap::default();
    let (mut keys, mut pages, mut dear) = (0, 0, Vec::new());
    // The colours of this theme take the most bytes.
    for stand in stands([SIZE; 2], Theme::DARK) {
        let before = stand();
        let picture = before.journey().buffer();
        for binding in keymap.bindings(before.journey().mode()) {
            let after = stand().press(&binding.keys[0]);
            let after = after.journey().buffer();
            let cells = changed(&picture, &after);
            for term in TERMS {
                let bytes = cost(term, &picture, &after);
                let place = before.journey().place();
                let told = format!("{bytes} bytes for {cells} cells: {:?} at {place}, {term}", binding.help);
                keys += 1;
                pages += usize::from(bytes > MOST);
                if bytes > MOST.max(cells * MOST_OF_A_CELL) || bytes > MOST_OF_A_PAGE {
                    dear.push(told);
                }
            }
        }
    }
    assert!(dear.is_empty(), "{dear:#?}");
    assert!(pages * 8 < keys, "{pages} of {keys} keys cost more");
}
