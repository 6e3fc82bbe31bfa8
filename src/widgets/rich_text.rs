//! Text of several looks with links in it, wrapped to a width: what pages are made of.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::fitted;
use super::picture::Picture;
use crate::theme::{Look, Theme};

/// The widest that running text is set, in columns.
pub const MEASURE: usize = 80;

/// What stands between two columns.
const BETWEEN: &str = "  │  ";

/// A run of text of one look, which may be a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run<T> {
    /// The text, without line breaks.
    pub text: String,
    /// What it means.
    pub look: Look,
    /// Where it leads.
    pub target: Option<T>,
}

impl<T> Run<T> {
    /// Text that leads nowhere.
    pub fn text(text: impl Into<String>, look: Look) -> Run<T> {
        Run { text: text.into(), look, target: None }
    }

    /// The text in its own look, which leads to `target`.
    pub fn leading_to(self, target: T) -> Run<T> {
        Run { target: Some(target), ..self }
    }

    /// Text that leads to `target`, and looks so.
    pub fn link(text: impl Into<String>, target: T) -> Run<T> {
        Run { text: text.into(), look: Look::Accent, target: Some(target) }
    }
}

/// A piece of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Block<T> {
    /// What stands before the first line: a bullet, a label, a bar.
    pub lead: String,
    /// The look of the lead.
    pub lead_look: Look,
    /// Whether every further line begins with the lead as well, as a quotation's do.
    pub repeat_lead: bool,
    /// Whether the text is cut to one line instead of wrapped.
    pub one_line: bool,
    /// The text.
    pub runs: Vec<Run<T>>,
    /// A picture below the text.
    pub picture: Option<Picture>,
    /// Two columns of blocks side by side, in the place of a text.
    pub columns: Option<Box<[Vec<Block<T>>; 2]>>,
}

impl<T> Block<T> {
    /// A wrapped paragraph.
    pub fn paragraph(runs: Vec<Run<T>>) -> Block<T> {
        Block {
            lead: String::new(),
            lead_look: Look::Plain,
            repeat_lead: false,
            one_line: false,
            runs,
            picture: None,
            columns: None,
        }
    }

    /// An empty line.
    pub fn gap() -> Block<T> {
        Block::paragraph(Vec::new())
    }

    /// A paragraph behind a lead, under which further lines are indented.
    pub fn led(lead: impl Into<String>, lead_look: Look, runs: Vec<Run<T>>) -> Block<T> {
        Block { lead: lead.into(), lead_look, ..Block::paragraph(runs) }
    }

    /// A picture, under a line of text where there is any.
    pub fn picture(caption: Vec<Run<T>>, picture: Picture) -> Block<T> {
        Block { picture: Some(picture), ..Block::row(caption) }
    }

    /// Blocks in two columns of the same width.
    pub fn columns(left: Vec<Block<T>>, right: Vec<Block<T>>) -> Block<T> {
        Block { columns: Some(Box::new([left, right])), ..Block::gap() }
    }

    /// A line that is cut, not wrapped.
    pub fn row(runs: Vec<Run<T>>) -> Block<T> {
        Block { one_line: true, ..Block::paragraph(runs) }
    }
}

/// A part of a line, of one look.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    text: String,
    look: Look,
    link: Option<usize>,
}

/// A link as laid out: where it leads and on which lines it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkLines<T> {
    /// Where it leads.
    pub target: T,
    /// The line it begins on.
    pub line: usize,
    /// The line it ends on.
    pub last_line: usize,
}

/// A page laid out for one width.
#[derive(Debug, Clone)]
pub struct Layout<T> {
    lines: Vec<Vec<Piece>>,
    /// The pictures, each with the line on which it begins.
    pictures: Vec<(usize, Picture)>,
    /// The links, from top to bottom.
    pub links: Vec<LinkLines<T>>,
}

impl<T: Clone> Layout<T> {
    fn empty() -> Layout<T> {
        Layout { lines: Vec::new(), pictures: Vec::new(), links: Vec::new() }
    }

    /// Lays blocks out in `width` columns.
    pub fn new(blocks: &[Block<T>], width: usize) -> Layout<T> {
        let mut layout = Layout::empty();
        for block in blocks {
            if let Some(picture) = &block.picture {
                if !block.runs.is_empty() {
                    let caption = layout.pieces(block);
                    layout.lines.push(row(block, caption, width));
                }
                layout.pictures.push((layout.lines.len(), picture.clone()));
                let height = picture.height(u16::try_from(width).unwrap_or(u16::MAX));
                layout.lines.extend((0..height).map(|_| Vec::new()));
                continue;
            }
            let lines = layout.lay(block, width);
            layout.lines.extend(lines);
        }
        layout.find_links();
        layout
    }

    /// The lines of a block that has no picture.
    fn lay(&mut self, block: &Block<T>, width: usize) -> Vec<Vec<Piece>> {
        if let Some(columns) = &block.columns {
            let width = (width.saturating_sub(BETWEEN.width()) / 2).min(MEASURE);
            let [left, right] = &**columns;
            let mut lay = |blocks: &[Block<T>]| blocks.iter().flat_map(|block| self.lay(block, width)).collect();
            return side_by_side(lay(left), lay(right), width);
        }
        let pieces = self.pieces(block);
        match block.one_line {
            true => vec![row(block, pieces, width)],
            false => wrapped(block, pieces, width.min(MEASURE)),
        }
    }

    /// Lays blocks out with one line each, however long it is.
    pub fn unwrapped(blocks: &[Block<T>]) -> Layout<T> {
        let mut layout = Layout::empty();
        for block in blocks {
            let lines = layout.lay_unwrapped(block);
            layout.lines.extend(lines);
        }
        layout.find_links();
        layout
    }

    fn lay_unwrapped(&mut self, block: &Block<T>) -> Vec<Vec<Piece>> {
        if let Some(columns) = &block.columns {
            return columns.iter().flatten().flat_map(|block| self.lay_unwrapped(block)).collect();
        }
        let lead = Piece { text: block.lead.clone(), look: block.lead_look, link: None };
        vec![std::iter::once(lead).chain(self.pieces(block)).collect()]
    }

    /// The lines, each as its runs of one look.
    pub fn lines(&self) -> impl Iterator<Item = Vec<(&str, Look)>> {
        self.lines.iter().map(|line| line.iter().map(|piece| (&*piece.text, piece.look)).collect())
    }

    /// The number of lines.
    pub fn height(&self) -> usize {
        self.lines.len()
    }

    /// The runs of a block, their links numbered.
    fn pieces(&mut self, block: &Block<T>) -> Vec<Piece> {
        let mut piece = |run: &Run<T>| {
            let link = run.target.clone().map(|target| {
                self.links.push(LinkLines { target, line: 0, last_line: 0 });
                self.links.len() - 1
            });
            Piece { text: run.text.clone(), look: run.look, link }
        };
        block.runs.iter().map(&mut piece).collect()
    }

    fn find_links(&mut self) {
        let mut seen = vec![false; self.links.len()];
        for (number, line) in self.lines.iter().enumerate() {
            for link in line.iter().filter_map(|piece| piece.link) {
                let link_lines = &mut self.links[link];
                link_lines.line = if seen[link] { link_lines.line } else { number };
                link_lines.last_line = number;
                seen[link] = true;
            }
        }
    }

    /// Draws the lines from `top` on; `focus` is the link that is selected.
    pub fn draw(
        &self,
        area: Rect,
        buffer: &mut Buffer,
        theme: &Theme,
        top: usize,
        focus: Option<usize>,
        focused: bool,
    ) {
        for (offset, pieces) in self.lines.iter().skip(top).take(usize::from(area.height)).enumerate() {
            let line: Line = pieces.iter().map(|piece| span(piece, theme, focus, focused)).collect();
            buffer.set_line(area.x, area.y + offset as u16, &line, area.width);
        }
        for (line, picture) in &self.pictures {
            let skipped = top.saturating_sub(*line).min(usize::from(u16::MAX)) as u16;
            let y = line.saturating_sub(top).min(usize::from(area.height)) as u16;
            let place = Rect { y: area.y + y, height: area.height - y, ..area };
            picture.draw(place, skipped, buffer, theme);
        }
    }

    /// The page with links that look like the text they are in.
    pub fn with_hidden_links(mut self) -> Layout<T> {
        self.lines.iter_mut().flatten().for_each(|piece| piece.link = None);
        self
    }

    /// The link at a place of the area in which the lines from `top` on are drawn.
    pub fn link_at(&self, at: Position, area: Rect, top: usize) -> Option<usize> {
        let line = self.lines.get(top + usize::from(at.y.checked_sub(area.y)?))?;
        let wanted = usize::from(at.x.checked_sub(area.x)?);
        let mut column = 0;
        let found = line.iter().find(|piece| {
            column += piece.text.width();
            column > wanted
        });
        found?.link
    }
}

fn span<'a>(piece: &'a Piece, theme: &Theme, focus: Option<usize>, focused: bool) -> Span<'a> {
    let style = match piece.link {
        Some(link) if focus == Some(link) => theme.selection(focused),
        Some(_) => theme.link(),
        None => theme.style(piece.look),
    };
    Span::styled(&*piece.text, style)
}

/// The lines of two columns beside each other, the left one filled up to its width.
fn side_by_side(left: Vec<Vec<Piece>>, right: Vec<Vec<Piece>>, width: usize) -> Vec<Vec<Piece>> {
    let plain = |text: String, look: Look| Piece { text, look, link: None };
    let mut lines = left.into_iter();
    let mut beside = right.into_iter();
    let both = std::iter::from_fn(|| match (lines.next(), beside.next()) {
        (None, None) => None,
        (one, other) => Some((one.unwrap_or_default(), other.unwrap_or_default())),
    });
    both.map(|(mut line, other)| {
        let used: usize = line.iter().map(|piece| piece.text.width()).sum();
        line.push(plain(" ".repeat(width.saturating_sub(used)), Look::Plain));
        line.push(plain(BETWEEN.to_owned(), Look::Faint));
        line.extend(other);
        line
    })
    .collect()
}

/// A block on one line, cut where it is too long.
fn row<T>(block: &Block<T>, pieces: Vec<Piece>, width: usize) -> Vec<Piece> {
    let mut left = width;
    let lead = Piece { text: block.lead.clone(), look: block.lead_look, link: None };
    let mut line = Vec::with_capacity(pieces.len() + 1);
    for piece in std::iter::once(lead).chain(pieces) {
        let text = fitted(&piece.text, left);
        left -= text.width();
        line.push(Piece { text, ..piece });
    }
    line
}

/// A block on as many lines as it needs.
fn wrapped<T>(block: &Block<T>, pieces: Vec<Piece>, width: usize) -> Vec<Vec<Piece>> {
    let indent = block.lead.width().min(width.saturating_sub(1));
    let lead = |text: &str| Piece { text: fitted(text, indent), look: block.lead_look, link: None };
    let further = if block.repeat_lead { lead(&block.lead) } else { lead(&" ".repeat(indent)) };
    let mut wrap = Wrap { width: width.max(1), indent, column: indent, further, lines: vec![vec![lead(&block.lead)]] };
    for (space, word) in words(pieces) {
        wrap.set(space, word);
    }
    wrap.lines
}

/// The words of a block, each with the space before it. A word may reach over several pieces, as a link and the comma
/// behind it do.
fn words(pieces: Vec<Piece>) -> Vec<(Option<Piece>, Vec<Piece>)> {
    let mut words: Vec<(Option<Piece>, Vec<Piece>)> = vec![(None, Vec::new())];
    for piece in pieces {
        for (index, part) in piece.text.split(' ').enumerate() {
            let part_of = |text: &str| Piece { text: text.to_owned(), ..piece.clone() };
            if index > 0 {
                words.push((Some(part_of(" ")), Vec::new()));
            }
            if let Some((_, word)) = words.last_mut().filter(|_| !part.is_empty()) {
                word.push(part_of(part));
            }
        }
    }
    words
}

/// Lines in the making.
struct Wrap {
    width: usize,
    indent: usize,
    column: usize,
    further: Piece,
    lines: Vec<Vec<Piece>>,
}

impl Wrap {
    fn set(&mut self, space: Option<Piece>, word: Vec<Piece>) {
        let length: usize = word.iter().map(|piece| piece.text.width()).sum();
        let begun = self.column > self.indent;
        if begun && self.column + usize::from(space.is_some()) + length > self.width {
            self.break_line();
        } else if let Some(space) = space.filter(|_| begun) {
            self.put(space);
        }
        for piece in word {
            if length <= self.width - self.indent {
                self.put(piece);
            } else {
                self.put_broken(&piece);
            }
        }
    }

    /// Sets a piece of a word that is longer than a line, grapheme by grapheme.
    fn put_broken(&mut self, piece: &Piece) {
        for grapheme in piece.text.graphemes(true) {
            if self.column > self.indent && self.column + grapheme.width() > self.width {
                self.break_line();
            }
            self.put(Piece { text: grapheme.to_owned(), ..piece.clone() });
        }
    }

    fn break_line(&mut self) {
        self.lines.push(vec![self.further.clone()]);
        self.column = self.indent;
    }

    fn put(&mut self, piece: Piece) {
        self.column += piece.text.width();
        let Some(line) = self.lines.last_mut() else { return };
        match line.last_mut() {
            Some(last) if last.look == piece.look && last.link == piece.link => last.text.push_str(&piece.text),
            _ => line.push(piece),
        }
    }
}
