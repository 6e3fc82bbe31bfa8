//! The search once more, as plainly as it can be said: every word of a query is put to every word of every record, by
//! the matcher itself, and nothing is remembered. What the program finds has to be this, in this order.

use std::collections::HashSet;

use detente::dataset::{Clean, Dataset, Kind, Link, Record, Relation};
use detente::search::field::{Field, Filter};
use detente::search::query::{Clause, Term};
use detente::search::{Folded, Query, Rank, fold, stem, texts};
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

/// A dataset with everything folded and nothing else made ready.
pub struct PlainSearch {
    dataset: &'static Dataset,
    entries: Vec<Entry>,
    /// The words of names, kinds and dates.
    naming: HashSet<String>,
    /// The words of prose.
    prose: HashSet<String>,
}

struct Entry {
    record: Record,
    names: Vec<(Clean, Folded)>,
    kind: Folded,
    prose: Folded,
    related: Vec<usize>,
}

/// What was found: the record, its rank, the matched letters of its name, and the alias that matched.
pub type Found = (Record, Rank, Vec<usize>, Option<Clean>);

/// How a word of the query agrees with a word of a record, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Closeness {
    Whole,
    Begun,
    Misspelled,
    Abridged,
}

/// Rank, quality, and whether only a record that this one is joined to earns it.
type Grade = (Rank, u32, bool);

/// A word or phrase that is looked for.
struct Needle {
    letters: String,
    way: Way,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// A word that stands somewhere.
    Known,
    /// A word that stands nowhere as it is written.
    Unknown,
    /// Letters from the start of a word to the end of one.
    Phrase,
    /// A phrase whose last word may be half typed.
    OpenPhrase,
}

fn tokens(text: &Folded) -> impl Iterator<Item = &str> {
    text.tokens().map(|token| text.read(token))
}

impl PlainSearch {
    pub fn new(dataset: &'static Dataset) -> PlainSearch {
        let entry = |record: Record| {
            let entity = dataset.entity(record);
            let names = texts::names(entity).into_iter().map(|name| (Clean::clone(&name), fold(&name)));
            let related = texts::related(dataset, record).map(|other| dataset.ordinal(other));
            let (kind, prose) = (fold(&texts::kind_words(record.kind, entity)), fold(&texts::prose(entity)));
            Entry { record, names: names.collect(), kind, prose, related: related.collect() }
        };
        let entries: Vec<Entry> = dataset.all().map(entry).collect();
        let (mut naming, mut prose) = (HashSet::new(), HashSet::new());
        for entry in &entries {
            let names = entry.names.iter().map(|(_, folded)| folded).chain([&entry.kind]);
            naming.extend(names.flat_map(tokens).map(str::to_owned));
            prose.extend(tokens(&entry.prose).map(str::to_owned));
        }
        PlainSearch { dataset, entries, naming, prose }
    }

    pub fn search(&self, text: &str) -> Vec<Found> {
        let query = Query::parse(text);
        let needles = |excluded: bool| -> Vec<Needle> {
            query.terms.iter().filter(|term| term.excluded == excluded).flat_map(|term| self.needles(term)).collect()
        };
        let (wanted, unwanted, letters) = (needles(false), needles(true), query.letters());
        let mut asks = !(wanted.is_empty() && unwanted.is_empty());
        let mut admitted: Vec<usize> = (0..self.entries.len()).collect();
        admitted.retain(|&at| !unwanted.iter().any(|needle| self.excludes(needle, at)));
        for clause in &query.clauses {
            match self.holds(clause) {
                Some(holds) => {
                    admitted.retain(|&at| holds(self.entries[at].record) != clause.excluded);
                    asks = true;
                }
                None if clause.excluded => {}
                None => return Vec::new(),
            }
        }
        match (asks, wanted.is_empty()) {
            (false, _) => Vec::new(),
            (true, true) => self.listed(&admitted),
            (true, false) => self.ranked(&admitted, &wanted, &letters),
        }
    }

    /// The admitted records without any rank: events in order of time, then all others.
    fn listed(&self, admitted: &[usize]) -> Vec<Found> {
        let others = self.dataset.all().filter(|record| record.kind != Kind::Event);
        let all = self.dataset.chronology().iter().copied().chain(others);
        let admitted = all.filter(|&record| admitted.contains(&self.dataset.ordinal(record)));
        admitted.map(|record| (record, Rank::Listed, Vec::new(), None)).collect()
    }

    fn ranked(&self, admitted: &[usize], wanted: &[Needle], letters: &str) -> Vec<Found> {
        let graded = admitted.iter().filter_map(|&at| Some((self.grade(at, wanted, letters)?, at)));
        let mut graded: Vec<((Rank, u32), usize)> = graded.collect();
        graded.sort_by_key(|&(grade, at)| (grade, self.dataset.name(self.entries[at].record).chars().count(), at));
        graded.into_iter().map(|((rank, _), at)| self.found(rank, at, wanted, letters)).collect()
    }

    /// The needles of a term: one, or where marks part its words and they stand nowhere together, one for each word.
    fn needles(&self, term: &Term) -> Vec<Needle> {
        let letters = term.text.letters();
        let needle = |letters: &str, way| Needle { letters: letters.to_owned(), way };
        match (term.phrase, self.is_known(letters)) {
            (true, _) => vec![needle(letters, if term.open { Way::OpenPhrase } else { Way::Phrase })],
            (false, true) => vec![needle(letters, Way::Known)],
            (false, false) => {
                let way = |word: &str| if self.is_known(word) { Way::Known } else { Way::Unknown };
                term.text.words().map(|word| needle(word, way(word))).collect()
            }
        }
    }

    fn is_known(&self, word: &str) -> bool {
        let is_whole = |other: &String| literal(word, other) == Some(Closeness::Whole);
        self.naming.iter().any(|other| literal(word, other).is_some()) || self.prose.iter().any(is_whole)
    }

    fn closeness(&self, needle: &Needle, other: &str) -> Option<Closeness> {
        match needle.way {
            Way::Unknown if self.naming.contains(other) => {
                near(&needle.letters, other).or_else(|| literal(&needle.letters, other))
            }
            _ => literal(&needle.letters, other),
        }
    }

    fn closest<'a>(&self, needle: &Needle, texts: impl IntoIterator<Item = &'a Folded>) -> Option<Closeness> {
        texts.into_iter().flat_map(tokens).filter_map(|other| self.closeness(needle, other)).min()
    }

    fn by_names(&self, needle: &Needle, at: usize) -> Option<Closeness> {
        self.closest(needle, self.entries[at].names.iter().map(|(_, folded)| folded))
    }

    fn by_related(&self, needle: &Needle, at: usize) -> Option<Closeness> {
        self.entries[at].related.iter().filter_map(|&other| self.by_names(needle, other)).min()
    }

    fn excludes(&self, needle: &Needle, at: usize) -> bool {
        let kind = self.closest(needle, [&self.entries[at].kind]);
        match needle.way {
            Way::Phrase | Way::OpenPhrase => self.phrase(needle, at).is_some(),
            _ => {
                let all = [self.by_names(needle, at), kind, self.by_related(needle, at)];
                all.contains(&Some(Closeness::Whole))
            }
        }
    }

    fn phrase(&self, needle: &Needle, at: usize) -> Option<Grade> {
        let entry = &self.entries[at];
        let stands_in = |text: &Folded| text.contains(&needle.letters, needle.way == Way::OpenPhrase);
        if entry.names.iter().any(|(_, name)| stands_in(name)) {
            return Some((Rank::Words, 0, false));
        }
        stands_in(&entry.prose).then_some((Rank::Prose, 32, false))
    }

    fn word(&self, needle: &Needle, at: usize) -> Option<Grade> {
        let indirect = |closeness, through_another| match closeness {
            Closeness::Whole => (Rank::Related, 4, through_another),
            Closeness::Begun => (Rank::Related, 5, through_another),
            Closeness::Misspelled => (Rank::Fuzzy, 12, through_another),
            Closeness::Abridged => (Rank::Fuzzy, 20, through_another),
        };
        let own = self.by_names(needle, at).map(|closeness| match closeness {
            Closeness::Whole => (Rank::Words, 0, false),
            Closeness::Begun => (Rank::Words, 1, false),
            Closeness::Misspelled => (Rank::Fuzzy, 8, false),
            Closeness::Abridged => (Rank::Fuzzy, 16, false),
        });
        let entry = &self.entries[at];
        let kind = self.closest(needle, [&entry.kind]).map(|closeness| indirect(closeness, false));
        let related = self.by_related(needle, at).map(|closeness| indirect(closeness, true));
        let prose = self.closest(needle, [&entry.prose]).filter(|closeness| *closeness <= Closeness::Begun);
        let prose = prose.map(|closeness| (Rank::Prose, 32 + u32::from(closeness == Closeness::Begun), false));
        [own, kind, related, prose].into_iter().flatten().min()
    }

    fn grade(&self, at: usize, wanted: &[Needle], letters: &str) -> Option<(Rank, u32)> {
        let names = self.entries[at].names.iter().enumerate();
        let whole = names.filter_map(|(number, (_, name))| {
            let alias = u32::from(number > 0);
            let inside = 2 * u32::from(!name.is_word_end(letters.len()));
            match name.letters().strip_prefix(letters)? {
                "" => Some((Rank::Exact, alias)),
                _ => Some((Rank::Prefix, inside + alias)),
            }
        });
        if let Some(whole) = whole.min() {
            return Some(whole);
        }
        let (mut rank, mut quality, mut through_another) = (Rank::Words, 0, true);
        for needle in wanted {
            let is_phrase = matches!(needle.way, Way::Phrase | Way::OpenPhrase);
            let grade = if is_phrase { self.phrase(needle, at) } else { self.word(needle, at) }?;
            (rank, quality, through_another) = (rank.max(grade.0), quality + grade.1, through_another && grade.2);
        }
        (!through_another).then_some((rank, quality))
    }

    fn found(&self, rank: Rank, at: usize, wanted: &[Needle], letters: &str) -> Found {
        let Entry { record, names, .. } = &self.entries[at];
        let whole = names.iter().position(|(_, name)| match rank {
            Rank::Exact => name.letters() == letters,
            Rank::Prefix => name.letters().starts_with(letters),
            _ => false,
        });
        match whole {
            Some(0) => return (*record, rank, names[0].1.positions(0, letters.len()).collect(), None),
            Some(alias) => return (*record, rank, Vec::new(), Some(names[alias].0.clone())),
            None => {}
        }
        let mut matched: Vec<usize> = wanted.iter().flat_map(|needle| self.matched(needle, &names[0].1)).collect();
        matched.sort_unstable();
        matched.dedup();
        let missing = wanted.iter().filter(|needle| self.matched(needle, &names[0].1).is_empty());
        let mut aliases =
            missing.filter_map(|needle| names[1..].iter().find(|(_, alias)| !self.matched(needle, alias).is_empty()));
        (*record, rank, matched, aliases.next().map(|(alias, _)| alias.clone()))
    }

    fn matched(&self, needle: &Needle, name: &Folded) -> Vec<usize> {
        if let Way::Phrase | Way::OpenPhrase = needle.way {
            let found = name.find(&needle.letters, needle.way == Way::OpenPhrase);
            return found.map_or(Vec::new(), |start| name.positions(start, start + needle.letters.len()).collect());
        }
        let agreeing = name.tokens().filter_map(|token| Some((self.closeness(needle, name.read(token))?, token)));
        let best = agreeing.min_by_key(|&(closeness, token)| (closeness, token.start));
        best.map_or(Vec::new(), |(closeness, token)| {
            let begun = closeness == Closeness::Begun;
            name.positions(token.start, if begun { token.start + needle.letters.len() } else { token.end }).collect()
        })
    }

    /// What a field asks of a record; `None` where its value is none.
    fn holds(&self, clause: &Clause) -> Option<Box<dyn Fn(Record) -> bool>> {
        let dataset = self.dataset;
        if let Field::Joined(kind) = clause.field {
            let targets = self.named(kind, &fold(&clause.value));
            let joins = move |record: Record| {
                let is_text = matches!(record.kind, Kind::Paragraph | Kind::Section);
                let counts = |link: &&Link| !link.incoming && (is_text || link.relation != Relation::Mentioned);
                let mut links = dataset.links(record).iter().filter(counts);
                targets.contains(&record) || links.any(|link| targets.contains(&link.record))
            };
            return (!self.named(kind, &fold(&clause.value)).is_empty()).then(|| Box::new(joins) as _);
        }
        let filter: Filter = clause.field.filter(&clause.value, dataset).ok()?;
        Some(Box::new(move |record| filter.admits(record, dataset)))
    }

    /// The records of a kind that a value names: exactly if any does, else by how a name begins, else by a word within.
    fn named(&self, kind: Kind, value: &Folded) -> Vec<Record> {
        let letters = value.letters();
        let is = |entry: &Entry| fold(&self.dataset.about(entry.record).id).letters() == letters;
        let any = |entry: &Entry, fits: &dyn Fn(&Folded) -> bool| entry.names.iter().any(|(_, name)| fits(name));
        let entries = || self.entries.iter().filter(|entry| entry.record.kind == kind);
        let exact = entries().filter(|entry| is(entry) || any(entry, &|name| name.letters() == letters));
        let begun = entries().filter(|entry| any(entry, &|name| name.letters().starts_with(letters)));
        let within = entries().filter(|entry| any(entry, &|name| name.contains(letters, true)));
        let tiers: [Vec<&Entry>; 3] = [exact.collect(), begun.collect(), within.collect()];
        let tier = tiers.into_iter().find(|tier| !tier.is_empty()).unwrap_or_default();
        tier.into_iter().map(|entry| entry.record).collect()
    }
}

fn literal(word: &str, other: &str) -> Option<Closeness> {
    if word == other || stem(word) == stem(other) {
        return Some(Closeness::Whole);
    }
    other.starts_with(word).then_some(Closeness::Begun)
}

/// How near a word comes to another that it is not: one slip of the finger, or letters left out.
fn near(word: &str, other: &str) -> Option<Closeness> {
    let (own, length) = (word.chars().count(), other.chars().count());
    if own < 4 || word.contains(char::is_numeric) {
        return None;
    }
    let slips = |other: &str| strsim::damerau_levenshtein(word, other) <= 1;
    let begun: String = other.chars().take(own).collect();
    let same_start = word.chars().next() == other.chars().next();
    if own >= 5 && length.abs_diff(own) <= 1 {
        if slips(other) {
            return Some(Closeness::Misspelled);
        }
    } else if own >= 6 && length > own && same_start && slips(&begun) {
        return Some(Closeness::Misspelled);
    }
    // A matcher that was used before may give another score, so each pair has a matcher of its own.
    let score = |text: &str| SkimMatcherV2::default().ignore_case().fuzzy_indices(text, word);
    let floor = score(word).map_or(0, |(score, _)| score) * 80 / 100;
    let abridged = score(other).is_some_and(|(score, at)| at.first() == Some(&0) && score >= floor);
    (length > own && length <= 2 * own && abridged).then_some(Closeness::Abridged)
}
