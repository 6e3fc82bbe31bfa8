//! The footer: the keys that work now, as many as fit.

use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::keymap::{Keymap, Mode};
use crate::theme::{Look, Theme};

/// The keys that work in `mode` with a word for each, as many as fit in `width` columns; the last ones, help and quit,
/// are kept before all others.
pub fn line(keymap: &Keymap, mode: Mode, theme: &Theme, width: usize) -> Line<'static> {
    let hints: Vec<(String, &str)> = keymap
        .bindings(mode)
        .filter(|binding| !binding.hint.is_empty())
        .map(|binding| (binding.first_shown(), binding.hint))
        .collect();
    let length = |(key, hint): &(String, &str)| key.width() + 1 + hint.width() + 3;
    let has_no_help = matches!(mode, Mode::Search | Mode::Layer | Mode::Overview | Mode::Typing);
    let last = hints.len().saturating_sub(if has_no_help { 1 } else { 2 });
    let mut left = width.saturating_sub(1 + hints[last..].iter().map(length).sum::<usize>());
    let mut spans = vec![Span::raw(" ")];
    for (index, hint) in hints.iter().enumerate() {
        if index < last {
            if length(hint) > left {
                left = 0;
                continue;
            }
            left -= length(hint);
        }
        spans.push(Span::styled(hint.0.clone(), theme.style(Look::Accent)));
        spans.push(Span::styled(format!(" {}   ", hint.1), theme.style(Look::Faint)));
    }
    Line::from(spans)
}
