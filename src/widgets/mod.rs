//! Floor 3: drawing that knows no facts.

pub mod bars;
pub mod chips;
pub mod key_hints;
pub mod lettering;
pub mod pane;
pub mod picture;
pub mod rich_text;
pub mod row_list;
pub mod time_axis;
pub mod world_map;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The text cut to `width` columns, with an ellipsis where something is missing.
pub fn fitted(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut cut = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        used += grapheme.width();
        if used + 1 > width {
            break;
        }
        cut.push_str(grapheme);
    }
    let mut cut = cut.trim_end().to_owned();
    if width > 0 {
        cut.push('…');
    }
    cut
}

/// The text in exactly `width` columns: cut, or filled up with spaces.
pub fn column(text: &str, width: usize) -> String {
    let text = fitted(text, width);
    let missing = width.saturating_sub(text.width());
    text + &" ".repeat(missing)
}
