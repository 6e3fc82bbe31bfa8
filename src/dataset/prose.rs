//! Prose: a small Markdown of paragraphs, lists, strong and emphasised words, and links to records.

use std::borrow::Cow;

use memchr::memmem;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::text::Clean;

/// A paragraph or an item of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Block {
    /// Whether it is an item of a list, drawn with a bullet.
    pub item: bool,
    /// Its text, in runs of one look.
    pub spans: Vec<Span>,
}

/// A run of text of one look.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Span {
    /// The text itself.
    pub text: Clean,
    /// Whether it is printed strong.
    pub strong: bool,
    /// Whether it is emphasised.
    pub emphasis: bool,
    /// The address of the record it links to, as written.
    pub link: Option<Clean>,
}

/// Reads prose into blocks. What is not of the small Markdown stays as its text.
pub fn parse(prose: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    for event in Parser::new(prose) {
        reader.take(event);
    }
    reader.end_block();
    reader.blocks
}

/// The addresses that prose links to, in order.
pub fn links(prose: &str) -> Vec<Cow<'_, str>> {
    if memmem::find(prose.as_bytes(), b"](").is_none() {
        return Vec::new();
    }
    let simple =
        simple_runs(prose).map(|runs| runs.into_iter().filter_map(|(_, link)| link.map(Cow::Borrowed)).collect());
    simple.unwrap_or_else(|| {
        let links = Parser::new(prose).filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. }) => Some(Cow::Owned(dest_url.into_string())),
            _ => None,
        });
        links.collect()
    })
}

/// The runs of prose with the addresses that they link to, where it says so in the simplest way: nothing in it can be code,
/// HTML, a picture, an escape or the definition of a link, no bracket stands in another, and addresses are of letters,
/// digits, hyphens and strokes. Else `None`, and a parser has to say it.
fn simple_runs(prose: &str) -> Option<Vec<(&str, Option<&str>)>> {
    let has = |text: &str| memmem::find(prose.as_bytes(), text.as_bytes()).is_some();
    let is_odd = |byte| matches!(byte, b'\\' | b'`' | b'<' | b'&' | b'~' | b'\t' | b'\r' | b'\0');
    let odd = prose.bytes().fold(false, |odd, byte| odd | is_odd(byte)); // to look at all is faster than to stop early
    if odd || prose.starts_with(' ') || ["![", "]:", "\n ", "    "].into_iter().any(has) {
        return None;
    }
    let mut runs = Vec::new();
    let mut rest = prose;
    while let Some((before, after)) = rest.split_once('[') {
        let (words, after) = after.split_once(']')?;
        if words.contains(['[', '\n']) {
            return None;
        }
        match after.strip_prefix('(') {
            Some(after) => {
                let (address, after) = after.split_once(')')?;
                if !address.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'/')) {
                    return None;
                }
                runs.extend([(before, None), (words, Some(address))]);
                rest = after;
            }
            None => {
                runs.push((&rest[..before.len() + words.len() + 2], None));
                rest = after;
            }
        }
    }
    runs.push((rest, None));
    Some(runs)
}

/// What [`plain`] makes of a line that is one block without marks, where that can be said without a parser.
fn simple_plain(line: &str) -> Option<String> {
    let begins = line.starts_with(|letter: char| letter.is_alphabetic() || letter == '[');
    let is_block = begins && !line.ends_with(' ') && !line.contains(['\n', '*', '_']);
    let runs = is_block.then(|| simple_runs(line)).flatten()?;
    Some(runs.into_iter().map(|(words, _)| words).collect())
}

/// The prose without the links whose address does not hold; their words stay.
pub fn unlinked(prose: &str, holds: impl Fn(&str) -> bool) -> String {
    let mut text = String::with_capacity(prose.len());
    let (mut copied, mut open) = (0, None);
    for (event, range) in Parser::new(prose).into_offset_iter() {
        match (event, &mut open) {
            (Event::Start(Tag::Link { dest_url, .. }), _) if !holds(&dest_url) => open = Some(range.end..range.end),
            (Event::End(TagEnd::Link), Some(words)) => {
                text.push_str(&prose[copied..range.start]);
                text.push_str(&prose[words.clone()]);
                (copied, open) = (range.end, None);
            }
            (_, Some(words)) => *words = words.start.min(range.start)..range.end,
            _ => {}
        }
    }
    text + &prose[copied..]
}

/// Text in which nothing is a mark of Markdown or HTML.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// The prose without its marks, one line.
pub fn plain(prose: &str) -> String {
    let blocks = parse(prose).into_iter();
    let texts = blocks.map(|block| block.spans.iter().map(|span| &*span.text).collect::<String>());
    texts.collect::<Vec<_>>().join(" ")
}

/// The beginning of what [`plain`] makes of the prose: all of it, or at least so many letters and one more.
pub fn beginning(prose: &str, letters: usize) -> String {
    let (first, rest) = prose.split_once("\n\n").unwrap_or((prose, ""));
    let text = simple_plain(first).unwrap_or_else(|| plain(first));
    if rest.is_empty() || text.chars().count() > letters { text } else { plain(prose) }
}

/// The byte after the sentence with which a text begins, where another one follows, or a space. A stop before a small
/// letter ends none, nor does that of "No. 5".
pub fn sentence_end(text: &str) -> Option<usize> {
    let stops = text.match_indices(['.', '!', '?']).filter(|(at, _)| !text[..*at].ends_with("No"));
    stops.map(|(at, _)| at + 1).map(|at| at + closing(&text[at..])).find(|&at| {
        let after = text[at..].trim_start();
        after.len() < text.len() - at && !after.starts_with(char::is_lowercase)
    })
}

/// The bytes of the quotation marks and brackets that close behind a stop.
fn closing(text: &str) -> usize {
    text.len() - text.trim_start_matches(['"', '”', '’', '\'', ')', ']']).len()
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    block: Block,
    look: Span,
    /// The run that is being read: its look, and its text, which is made harmless as a whole.
    run: Span,
    text: String,
}

impl Reader {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(Tag::Item) => {
                self.end_block();
                self.block.item = true;
            }
            Event::Start(Tag::Strong) => self.look.strong = true,
            Event::End(TagEnd::Strong) => self.look.strong = false,
            Event::Start(Tag::Emphasis) => self.look.emphasis = true,
            Event::End(TagEnd::Emphasis) => self.look.emphasis = false,
            Event::Start(Tag::Link { dest_url, .. }) => self.look.link = Some(Clean::line(dest_url.into_string())),
            Event::End(TagEnd::Link) => self.look.link = None,
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::SoftBreak | Event::HardBreak => self.text(" "),
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_) | TagEnd::CodeBlock) => self.end_block(),
            _ => {}
        }
    }

    /// Adds text in the present look.
    fn text(&mut self, text: &str) {
        if self.run != self.look {
            self.end_run();
            self.run = self.look.clone();
        }
        self.text.push_str(text);
    }

    /// Ends a run of one look. Markdown's character references can spell a control character out, so the text is made
    /// harmless once more.
    fn end_run(&mut self) {
        let text = std::mem::take(&mut self.text);
        if !text.is_empty() {
            self.block.spans.push(Span { text: Clean::line(text), ..self.run.clone() });
        }
    }

    fn end_block(&mut self) {
        self.end_run();
        let block = std::mem::take(&mut self.block);
        if !block.spans.is_empty() {
            self.blocks.push(block);
        }
    }
}
