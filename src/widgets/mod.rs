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
    let is_ascii = text.is_ascii(); // Every byte is a letter of one column.
    if text.len() <= width && is_ascii || text.width() <= width {
        return text.to_owned();
    }
    if is_ascii && width > 0 {
        return format!("{}…", text[..width - 1].trim_end());
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

/// The text in lines of at most `width` columns, the first one of `first` columns, broken between words; a longer word
/// is cut. At least one line.
pub fn wrapped(text: &str, first: usize, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let width = if lines.len() == 1 { first } else { width };
        let Some(line) = lines.last_mut() else { break };
        if !line.is_empty() && line.width() + 1 + word.width() > width {
            lines.push(fitted(word, width));
        } else {
            let space = if line.is_empty() { "" } else { " " };
            *line = fitted(&format!("{line}{space}{word}"), width);
        }
    }
    lines
}
