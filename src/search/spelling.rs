//! Spellings of one word that a reader means alike: British and American, one and many, joined and apart.

/// British beginnings and endings with their American form, cut so that a half-typed word folds as the whole one does.
const SPELLINGS: [(&str, &str); 17] = [
    ("armou", "armo"),
    ("behaviou", "behavio"),
    ("catalogue", "catalog"),
    ("centre", "center"),
    ("colou", "colo"),
    ("defens", "defenc"),
    ("endeavou", "endeavo"),
    ("favou", "favo"),
    ("harbou", "harbo"),
    ("honou", "hono"),
    ("labou", "labo"),
    ("licens", "licenc"),
    ("manoeuv", "maneuv"),
    ("neighbou", "neighbo"),
    ("offens", "offenc"),
    ("programme", "program"),
    ("theatre", "theater"),
];

/// Pairs of letters of which each of these, and each "organize", has one: a word without them is spelled one way.
const MARKS: [[u8; 2]; 7] = [*b"ou", *b"ns", *b"gu", *b"tr", *b"oe", *b"mm", *b"iz"];

/// Words that are written in one or in two, with the length of their first part.
const COMPOUNDS: [(&str, usize); 4] =
    [("counterterror", 7), ("nonproliferat", 3), ("nontraditional", 3), ("peacekeep", 5)];

/// Beginnings that a reader takes for one word whatever its ending.
const FAMILIES: [&str; 2] = ["peacekeep", "terroris"];

/// Where a folded word falls into two, as "counterterrorism" does.
pub fn joint(word: &str) -> Option<usize> {
    COMPOUNDS.iter().find(|(compound, _)| word.starts_with(compound)).map(|&(_, joint)| joint)
}

/// The next replacement that brings a folded word to the spelling of the index: from, to, and the bytes in their place.
pub fn replacement(word: &str) -> Option<(usize, usize, &'static str)> {
    if !word.as_bytes().windows(2).any(|pair| MARKS.iter().any(|mark| pair == mark)) {
        return None;
    }
    let spelled = SPELLINGS.iter().find_map(|&(british, american)| {
        let start = word.find(british)?;
        Some((start, start + british.len(), american))
    });
    spelled.or_else(|| organize(word))
}

/// The endings, after its stem, of all words that have the same stem as another, but for those of a family.
pub const ENDINGS: [&str; 4] = ["", "s", "y", "ies"];

/// Says whether a stem is one that a reader takes for one word whatever its ending.
pub fn is_family(stem: &str) -> bool {
    FAMILIES.contains(&stem)
}

/// What stays of a folded word without the ending of the plural.
pub fn stem(word: &str) -> (&str, &str) {
    if let Some(&family) = FAMILIES.iter().find(|&&family| word.starts_with(family)) {
        return (family, "");
    }
    match word.strip_suffix('s') {
        Some(_) if word.len() < 4 || word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") => (word, ""),
        Some(singular) => singular.strip_suffix("ie").map_or((singular, ""), |start| (start, "y")),
        None => word.strip_suffix('y').map_or((word, ""), |start| (start, "y")),
    }
}

/// The z of "organize", which folds to that of "organise".
fn organize(word: &str) -> Option<(usize, usize, &'static str)> {
    let bytes = word.as_bytes();
    let at = (3..bytes.len()).find(|&at| {
        let before = bytes[at - 1] == b'i' && bytes[at] == b'z';
        before && matches!(bytes.get(at + 1), None | Some(b'a' | b'e' | b'i'))
    })?;
    Some((at, at + 1, "s"))
}
