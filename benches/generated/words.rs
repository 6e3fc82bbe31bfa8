//! The words that the generated names are made of.

use super::chance::Chance;

#[rustfmt::skip]
const BEGINNINGS: &[&str] = &[
    "Al", "An", "Ar", "Bar", "Bel", "Bo", "Bran", "Cal", "Cas", "Chan", "Cor", "Dal", "Dor", "Du", "El", "Er",
    "Fal", "Fen", "Gal", "Gor", "Hal", "Har", "Il", "Is", "Ja", "Kal", "Kar", "Kel", "Kor", "La", "Lan", "Lor",
    "Mal", "Mar", "Mer", "Mor", "Na", "Nor", "Ol", "Or", "Os", "Pal", "Per", "Por", "Qua", "Ran", "Ros", "Sal",
    "San", "Sel", "Ser", "Shan", "Sol", "Tal", "Tar", "Tel", "Tor", "Ul", "Ur", "Val", "Var", "Ver", "Vol", "Wes",
    "Yar", "Zan", "Zel", "Côr", "Mün", "São", "Élan", "Ör",
];

#[rustfmt::skip]
const MIDDLES: &[&str] = &[
    "", "", "", "a", "an", "ar", "be", "ca", "da", "de", "di", "en", "er", "ga", "gi", "he", "in", "ka", "ki", "la",
    "le", "li", "lo", "ma", "me", "mi", "mo", "na", "ne", "ni", "no", "pa", "ra", "re", "ri", "ro", "sa", "se",
    "si", "ta", "te", "ti", "to", "va", "ve", "vi", "za",
];

#[rustfmt::skip]
const ENDS: &[&str] = &[
    "berg", "bor", "burg", "by", "dal", "dar", "den", "dor", "fell", "ford", "gar", "grad", "ham", "hold", "kar",
    "land", "leigh", "lin", "lund", "mar", "mere", "mond", "mouth", "nia", "pur", "ra", "ria", "rin", "rov", "sk",
    "stad", "stan", "stead", "ta", "tan", "thal", "ton", "vale", "ville", "ya", "zar", "ção", "ñol",
];

#[rustfmt::skip]
const MANNERS: &[&str] = &[
    "joint", "permanent", "interim", "regional", "northern", "southern", "eastern", "western", "central",
    "maritime", "coastal", "alpine", "federal", "national", "royal", "general", "special", "combined", "mixed",
    "independent", "public", "technical", "legal", "scientific", "medical", "naval", "civil", "rural", "municipal",
    "inland", "customs", "frontier", "harbour", "railway", "postal", "fisheries", "forestry", "water", "mountain",
    "desert",
];

#[rustfmt::skip]
const BODIES: &[&str] = &[
    "commission", "committee", "council", "board", "agency", "authority", "assembly", "secretariat", "office",
    "bureau", "institute", "academy", "college", "university", "ministry", "department", "directorate",
    "inspectorate", "service", "guard", "force", "command", "brigade", "regiment", "squadron", "fleet", "corps",
    "union", "league", "federation", "alliance", "association", "society", "congress", "tribunal", "observatory",
    "registry", "laboratory", "hospital", "company",
];

#[rustfmt::skip]
const MATTERS: &[&str] = &[
    "border crossings", "river navigation", "grain deliveries", "refugee camps", "prisoner exchanges",
    "mine clearance", "flood warnings", "earthquake relief", "fishing quotas", "coast guard patrols",
    "airspace notices", "visa rules", "water rights", "pipeline safety", "railway gauges", "cholera control",
    "malaria research", "vaccine transport", "customs duties", "counterfeit currency", "ship inspections",
    "lighthouse repair", "submarine cables", "radio frequencies", "satellite imagery", "nuclear accidents",
    "chemical storage", "small arms", "landing rights", "ceasefire monitoring", "election observers",
    "troop withdrawals", "hostage releases", "war graves", "forest fires", "locust swarms", "glacier surveys",
    "seabed mapping", "ocean rescue", "pilot training", "language schools", "officer exchanges", "archive access",
    "museum loans", "election funding", "police uniforms", "prison standards", "drug seizures", "money laundering",
    "cattle theft",
];

#[rustfmt::skip]
const ADJECTIVES: &[&str] = &[
    "annual", "extended", "informal", "urgent", "closed", "final", "preliminary", "delayed", "secret", "ceremonial",
    "quiet", "stormy", "inconclusive", "bilateral", "trilateral", "multilateral", "technical", "brief", "lengthy",
    "unannounced", "televised", "postponed", "opening", "second", "third", "fourth", "fifth", "sixth", "seventh",
    "eighth", "ninth", "tenth",
];

/// The name of a place that is on no map.
pub fn proper(chance: &mut Chance) -> String {
    [chance.one(BEGINNINGS), chance.one(MIDDLES), chance.one(MIDDLES), chance.one(ENDS)].concat()
}

/// The name of a body, with the place that it is of.
pub fn body(chance: &mut Chance, of: &str) -> String {
    format!("{} {} of {of}", capital(chance.one(MANNERS)), capital(chance.one(BODIES)))
}

/// What an event or a paper is about, in two or three words.
pub fn matter(chance: &mut Chance) -> &'static str {
    chance.one(MATTERS)
}

/// What an event was like, in a word.
pub fn adjective(chance: &mut Chance) -> &'static str {
    chance.one(ADJECTIVES)
}

/// The word with a capital letter.
pub fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// A name as it stands in an address: small letters and digits, with hyphens between words.
pub fn slug(name: &str) -> String {
    let plain = |letter: char| match letter {
        'ã' => 'a',
        'ç' => 'c',
        'é' => 'e',
        'ñ' => 'n',
        'ô' | 'ö' => 'o',
        'ü' => 'u',
        letter if letter.is_ascii_alphanumeric() => letter,
        _ => '-',
    };
    name.to_lowercase().chars().map(plain).collect()
}
