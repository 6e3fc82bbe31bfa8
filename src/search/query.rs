//! A query as it is typed: words, "phrases", fields such as `country:ru`, and what a minus leaves out.

use super::field::Field;
use super::names::{Folded, fold};

/// The longest query that is read, in characters.
pub const LONGEST_QUERY: usize = 256;

/// A query, understood.
#[derive(Debug, Default)]
pub struct Query {
    /// Words and phrases, in order.
    pub terms: Vec<Term>,
    /// Fields with their values, in order.
    pub clauses: Vec<Clause>,
    /// What was not understood, in words.
    pub notes: Vec<String>,
}

/// A word or a phrase of a query.
#[derive(Debug)]
pub struct Term {
    /// Its letters.
    pub text: Folded,
    /// Whether it stands in quotes.
    pub phrase: bool,
    /// Whether its closing quote is still to come.
    pub open: bool,
    /// Whether it must not be found.
    pub excluded: bool,
}

/// A field with its value.
#[derive(Debug)]
pub struct Clause {
    /// The field.
    pub field: Field,
    /// The value as typed, without its quotes.
    pub value: String,
    /// Whether it must not hold.
    pub excluded: bool,
}

/// Words that say nothing beside others, those of questions among them.
const FILLERS: [&str; 24] = [
    "a", "an", "and", "at", "between", "by", "did", "for", "from", "how", "in", "is", "of", "on", "the", "to", "was",
    "were", "what", "when", "where", "which", "who", "with",
];

impl Query {
    /// Reads a query. Nothing is wrong enough to be refused.
    pub fn parse(text: &str) -> Query {
        let mut query = Query::default();
        let end = text.char_indices().nth(LONGEST_QUERY).map(|(end, _)| end);
        if end.is_some() {
            query.notes.push(format!("the query was cut to its first {LONGEST_QUERY} characters"));
        }
        let mut rest = &text[..end.unwrap_or(text.len())];
        while let Some(token) = take_token(&mut rest) {
            query.add(token);
        }
        query.drop_fillers();
        query
    }

    /// The letters of all that is looked for, joined.
    pub fn letters(&self) -> String {
        let wanted = self.terms.iter().filter(|term| !term.excluded);
        wanted.map(|term| term.text.letters()).collect()
    }

    fn add(&mut self, token: Token) {
        let Token { field, text, phrase, open, excluded } = token;
        let Some(name) = field else {
            let text = fold(text);
            if !text.is_empty() {
                self.terms.push(Term { text, phrase, open, excluded });
            }
            return;
        };
        match Field::named(name) {
            Some(_) if fold(text).is_empty() => {}
            Some(field) => self.clauses.push(Clause { field, value: text.to_owned(), excluded }),
            None => self.notes.push(format!("unknown field {name:?}{}", Field::near(name))),
        }
    }

    fn drop_fillers(&mut self) {
        let is_filler = |term: &Term| !term.phrase && FILLERS.contains(&term.text.letters());
        if self.terms.iter().any(|term| !term.excluded && !is_filler(term)) {
            self.terms.retain(|term| term.excluded || !is_filler(term));
        }
    }
}

/// A piece of a query between spaces, quotes minded.
struct Token<'a> {
    field: Option<&'a str>,
    text: &'a str,
    phrase: bool,
    open: bool,
    excluded: bool,
}

fn take_token<'a>(rest: &mut &'a str) -> Option<Token<'a>> {
    *rest = rest.trim_start();
    if rest.is_empty() {
        return None;
    }
    let after_minus = rest.strip_prefix('-').filter(|after| after.starts_with(|c: char| !c.is_whitespace()));
    let excluded = after_minus.is_some();
    *rest = after_minus.unwrap_or(rest);
    let field = take_field(rest);
    if let Some(quoted) = rest.strip_prefix(is_quote) {
        let end = quoted.find(is_quote);
        let text = &quoted[..end.unwrap_or(quoted.len())];
        *rest = quoted[text.len()..].trim_start_matches(is_quote);
        return Some(Token { field, text, phrase: true, open: end.is_none(), excluded });
    }
    let text = &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())];
    *rest = &rest[text.len()..];
    Some(Token { field, text, phrase: false, open: false, excluded })
}

/// The name of a field, where letters and a colon come next.
fn take_field<'a>(rest: &mut &'a str) -> Option<&'a str> {
    let (name, value) = rest.split_once(':')?;
    let is_name = !name.is_empty() && name.chars().all(char::is_alphabetic) && !value.starts_with("//");
    is_name.then(|| {
        *rest = value;
        name
    })
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}
