//! Changes files as accidents and enemies do: bit by bit, token by token, line by line, and in their structure.

use detente::study::chance::Chance;
use serde_json::Value;

/// What is put where something else is expected.
const STRANGE: [&str; 24] = [
    "null",
    "true",
    "-1",
    "0",
    "1e999",
    "1e-999",
    "99999999999999999999",
    "4294967296",
    "-0.0",
    "NaN",
    "\"\"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "\"\u{1b}]0;x\u{7}\"",
    "\"\u{202e}\u{200b}\"",
    "[]",
    "{}",
    "[[[[[[[[]]]]]]]]",
    "\"country/bb\"",
    "\"9999-99-99\"",
    "\"../..\"",
    "\"1903-05/..\"",
    "//",
    "\u{feff}",
];

/// One file of the corpus, changed in one to four places.
pub fn mutant(corpus: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = corpus[chance.below(corpus.len())].clone();
    for _ in 0..=chance.below(4) {
        bytes = match chance.below(10) {
            0..4 => restructured(&bytes, chance).unwrap_or_else(|| with_other_lines(&bytes, chance)),
            4..6 => with_other_lines(&bytes, chance),
            6..8 => with_another_token(&bytes, chance),
            8 => with_other_bytes(bytes, chance),
            _ => spliced(&bytes, &corpus[chance.below(corpus.len())], chance),
        };
    }
    bytes
}

fn range(length: usize, most: usize, chance: &mut Chance) -> std::ops::Range<usize> {
    let from = chance.below(length + 1);
    from..(from + chance.below(most)).min(length)
}

fn with_other_bytes(mut bytes: Vec<u8>, chance: &mut Chance) -> Vec<u8> {
    let range = range(bytes.len(), 40, chance);
    match chance.below(5) {
        0 => drop(bytes.drain(range)),
        1 => bytes.truncate(range.start),
        2 => bytes[range].fill(0),
        3 => bytes = [&bytes[..range.end], &bytes[range.start..]].concat(),
        _ => {
            let at = chance.below(bytes.len());
            bytes.get_mut(at).into_iter().for_each(|byte| *byte ^= 1 << chance.below(8));
        }
    }
    bytes
}

/// Puts something strange where a word, a number or a string stands.
fn with_another_token(bytes: &[u8], chance: &mut Chance) -> Vec<u8> {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'"' | b'/');
    let at = chance.below(bytes.len() + 1);
    let from = bytes[..at].iter().rposition(|&byte| !is_word(byte)).map_or(0, |found| found + 1);
    let to = bytes[at..].iter().position(|&byte| !is_word(byte)).map_or(bytes.len(), |found| at + found);
    let strange = STRANGE[chance.below(STRANGE.len())];
    let strange = if chance.below(40) == 0 { strange.repeat(5_000) } else { strange.to_owned() };
    [&bytes[..from], strange.as_bytes(), &bytes[to..]].concat()
}

/// Drops, doubles, or moves lines, or the fields of one.
fn with_other_lines(bytes: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut lines: Vec<Vec<u8>> = bytes.split(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect();
    let (one, other) = (chance.below(lines.len()), chance.below(lines.len()));
    match chance.below(5) {
        0 => drop(lines.remove(one)),
        1 => lines.insert(other, lines[one].clone()),
        2 => lines.swap(one, other),
        3 => lines = std::iter::repeat_n(lines, 1 + chance.below(4)).flatten().collect(),
        _ => {
            let separator = [b',', b' ', b'=', b'"'][chance.below(4)];
            let mut fields: Vec<&[u8]> = lines[one].split(|&byte| byte == separator).collect();
            let (this, that) = (chance.below(fields.len()), chance.below(fields.len()));
            match chance.below(3) {
                0 => drop(fields.remove(this)),
                1 => fields.insert(that, fields[this]),
                _ => fields.swap(this, that),
            }
            lines[one] = fields.join(&separator);
        }
    }
    lines.join(&b'\n')
}

fn spliced(one: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let range = range(other.len(), other.len() + 1, chance);
    [&one[..chance.below(one.len() + 1)], &other[range]].concat()
}

/// A value of the file drops out, or another one of the same file, or something strange, stands in its place.
fn restructured(bytes: &[u8], chance: &mut Chance) -> Option<Vec<u8>> {
    let mut file: Value = serde_json::from_slice(bytes).ok()?;
    let strange = serde_json::from_str(STRANGE[chance.below(STRANGE.len())]).unwrap_or(Value::Null);
    let other = if chance.below(2) == 0 { strange } else { pick(&mut file, chance).clone() };
    let picked = pick(&mut file, chance);
    match (picked, chance.below(4)) {
        (Value::Object(fields), 0 | 1) => {
            let name = fields.keys().nth(chance.below(fields.len())).cloned()?;
            let value = fields.remove(&name)?;
            if chance.below(2) == 0 {
                fields.insert(format!("{name}s"), value);
            }
        }
        (Value::Array(values), 0 | 1) if !values.is_empty() => {
            let value = values[chance.below(values.len())].clone();
            values.extend(std::iter::repeat_n(value, 1 + chance.below(20)));
        }
        (Value::Array(values), 2) if !values.is_empty() => drop(values.remove(chance.below(values.len()))),
        (Value::Number(number), 0 | 1) => *number = (chance.number() as i64 >> chance.below(64)).into(),
        (picked, _) => *picked = other,
    }
    serde_json::to_vec_pretty(&file).ok()
}

/// Any value in a file.
fn pick<'v>(value: &'v mut Value, chance: &mut Chance) -> &'v mut Value {
    let inner = match value {
        Value::Object(fields) => fields.len(),
        Value::Array(values) => values.len(),
        _ => 0,
    };
    if inner == 0 || chance.below(6) == 0 {
        return value;
    }
    let at = chance.below(inner);
    let picked = match value {
        Value::Object(fields) => fields.values_mut().nth(at),
        Value::Array(values) => values.get_mut(at),
        _ => None,
    };
    pick(picked.unwrap(), chance)
}
