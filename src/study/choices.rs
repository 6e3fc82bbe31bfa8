//! Multiple choice: wrong answers of the same kind as the right one, none of which is also true.

use crate::dataset::{Coordinates, Dataset, Date, Day, Document, Entity, Place, Qualifier, Record, Relation};

use super::answer::Answer;
use super::card::Card;
use super::chance::Chance;
use super::gap::names;

/// How many answers are offered.
const OFFERED: usize = 4;

/// How far a wrong place has to lie from a place that belongs to no country, in kilometres.
const FAR: f64 = 2_000.0;

/// How far two places that belong to no country have to lie apart, since either may be a whole region, in kilometres.
const VERY_FAR: f64 = 5_000.0;

/// From how many of the likeliest wrong answers the offered ones are picked.
const POOL: usize = 9;

/// How many of the likeliest wrong times are made up at least, and are those of no event.
const LEAST_MADE: usize = 3;

/// How many members of a record are looked for in another.
const MOST_MEMBERS: usize = 50;

/// The answers to choose from, in an order of chance; `None` where the dataset has no wrong answer of the kind.
pub fn choices(dataset: &Dataset, card: &Card, seed: u64) -> Option<Vec<Answer>> {
    let mut chance = Chance::new(seed ^ card.key.id);
    let mut offered = wrong(dataset, card, &mut chance);
    let mut seen = vec![card.answer_words(dataset)];
    offered.retain(|answer| {
        let words = card.words(dataset, answer);
        let new = !seen.contains(&words);
        seen.push(words);
        new
    });
    offered.truncate(POOL);
    chance.shuffle(&mut offered);
    offered.truncate(OFFERED - 1);
    if offered.is_empty() {
        return None;
    }
    offered.push(card.answer.clone());
    if matches!(card.answer, Answer::Records(_) | Answer::Order(_)) {
        chance.shuffle(&mut offered);
    } else {
        sort(&mut offered);
    }
    Some(offered)
}

/// Puts dates and numbers in their own order, which is easier to read and gives nothing away.
fn sort(answers: &mut [Answer]) {
    answers.sort_by(|one, other| match (one, other) {
        (Answer::When(one) | Answer::Month(one), Answer::When(other) | Answer::Month(other)) => one.list_order(other),
        (Answer::Amount { value: one, .. }, Answer::Amount { value: other, .. }) => {
            one.unwrap_or(f64::MAX).total_cmp(&other.unwrap_or(f64::MAX))
        }
        (Answer::Rounds(one), Answer::Rounds(other)) => one.cmp(other),
        _ => std::cmp::Ordering::Equal,
    });
}

/// Wrong answers, the likeliest to be taken for right first.
fn wrong(dataset: &Dataset, card: &Card, chance: &mut Chance) -> Vec<Answer> {
    match &card.answer {
        Answer::When(date) => times(dataset, date).into_iter().map(Answer::When).collect(),
        Answer::Month(date) => months(date).into_iter().map(Answer::Month).collect(),
        Answer::Records(records) => sets(records, &rivals(dataset, card, records)),
        Answer::Rounds(rounds) => shifted(rounds),
        &Answer::Amount { value, qualifier } => {
            let numbers = value.map(|value| numbers(dataset, card, value, qualifier)).unwrap_or_default();
            numbers.into_iter().map(|value| Answer::Amount { value: Some(value), qualifier }).collect()
        }
        Answer::Order(events) => orders(events, chance),
    }
}

/// Times of the same precision that do not touch the right one, the nearest first: those of other events, and some that
/// are made up.
fn times(dataset: &Dataset, date: &Date) -> Vec<Date> {
    let alike = |other: &&Date| other.precision() == date.precision() && other.is_interval() == date.is_interval();
    let closed = |other: &&Date| other.first().is_some() && other.last().is_some();
    let apart = |other: &Date| match (date.first(), date.last()) {
        (Some(first), Some(last)) => !other.overlaps(first, last),
        _ => false,
    };
    let published = dataset.source.date.as_ref().and_then(Date::last);
    let known = |other: &Date| published.is_none_or(|published| other.first() <= Some(published));
    let given = dataset.events.iter().filter_map(|event| event.date.as_ref()).filter(alike).filter(closed).cloned();
    let made = [-1, 1, -2, 2, -3, 3, -4, -5].into_iter().filter_map(|steps| stepped(date, steps));
    let mut times: Vec<Date> = given.filter(&apart).collect();
    times.sort_by_key(|other| distance(date, other));
    times.dedup();
    times.truncate(POOL - LEAST_MADE);
    times.extend(made.filter(|other| apart(other) && known(other)).take(POOL - times.len()));
    times
}

/// The date some steps later: years for a year, months for a month, an interval as a whole.
fn stepped(date: &Date, steps: i32) -> Option<Date> {
    let text = date.to_string();
    let ends: Option<Vec<String>> = text.split('/').map(|end| stepped_end(end, steps)).collect();
    Date::parse(&ends?.join("/")).ok()
}

fn stepped_end(end: &str, steps: i32) -> Option<String> {
    let parts: Vec<i32> = end.split('-').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    match *parts.as_slice() {
        [year] => Some(format!("{:04}", year + steps)),
        [year, month, ref rest @ ..] if (1..=12).contains(&month) => {
            let months = year * 12 + month - 1 + steps;
            let day = rest.first().map(|day| format!("-{:02}", day.min(&28))).unwrap_or_default();
            Some(format!("{:04}-{:02}{day}", months.div_euclid(12), months.rem_euclid(12) + 1))
        }
        _ => None,
    }
}

/// How far two dates lie apart, roughly in days.
fn distance(one: &Date, other: &Date) -> i32 {
    let days = |day: Day| day.year * 372 + i32::from(day.month) * 31 + i32::from(day.day);
    let first = |date: &Date| date.first().map(days).unwrap_or_default();
    (first(one) - first(other)).abs()
}

/// The other months of a month's year, the nearest first.
fn months(date: &Date) -> Vec<Date> {
    let (Some(year), Some(own)) = (date.year(), date.month()) else { return Vec::new() };
    let mut months: Vec<u8> = (1..=12).filter(|&month| month != own).collect();
    months.sort_by_key(|month| month.abs_diff(own));
    months.into_iter().filter_map(|month| Date::parse(&format!("{year:04}-{month:02}")).ok()).collect()
}

/// The right records with one of them replaced by a rival.
fn sets(records: &[Record], rivals: &[Record]) -> Vec<Answer> {
    let with = |(at, &rival): (usize, &Record)| {
        let mut set = records.to_vec();
        set[records.len() - 1 - at % records.len()] = rival;
        set.sort_unstable();
        Answer::Records(set)
    };
    rivals.iter().enumerate().map(with).collect()
}

/// Records of the same kind that are not true as well, the most alike first.
fn rivals(dataset: &Dataset, card: &Card, records: &[Record]) -> Vec<Record> {
    let Some(&first) = records.first() else { return Vec::new() };
    let false_ones = dataset.records(first.kind).filter(|record| is_false(dataset, card, records, *record));
    let mut rivals: Vec<Record> = false_ones.filter(|&record| is_alike(dataset, first, record)).collect();
    let mut chance = Chance::new(card.key.id);
    chance.shuffle(&mut rivals);
    rivals.sort_by_cached_key(|&record| std::cmp::Reverse(likeness(dataset, first, record)));
    rivals
}

/// Says whether a record is certainly no answer: it is none of those that are true, and no part or whole of one.
fn is_false(dataset: &Dataset, card: &Card, answer: &[Record], record: Record) -> bool {
    let listed = |records: &[Record]| records.contains(&record);
    if listed(answer) || listed(&card.also_true) || Some(record) == dataset.source.subject {
        return false;
    }
    let linked = || dataset.links(record).iter().any(|link| answer.contains(&link.record));
    match dataset.entity(record) {
        Entity::Section(_) => true,
        Entity::Place(_) => answer.iter().all(|&own| is_elsewhere(dataset, own, record)),
        Entity::Organisation(organisation) => {
            let foreign = |country: Record| {
                let own = |own: &Record| dataset.organisations[own.index()].country == Some(country);
                !card.also_true.contains(&country) && !answer.iter().any(own)
            };
            !linked() && organisation.country.is_none_or(foreign)
        }
        Entity::Document(document) => {
            let own = |own: &Record| &dataset.documents[own.index()];
            !linked() && answer.iter().all(|answer| is_another(document, own(answer)))
        }
        _ => !linked(),
    }
}

/// Says whether two papers cannot be taken for each other: they are of two kinds or times, or of other parties.
fn is_another(one: &Document, other: &Document) -> bool {
    let same_time = match (&one.date, other.date.as_ref().and_then(|date| Some((date.first()?, date.last()?)))) {
        (Some(date), Some((first, last))) => date.overlaps(first, last),
        _ => one.date.is_none() && other.date.is_none(),
    };
    let same_bodies = one.organisations.iter().any(|body| other.organisations.contains(body));
    !(same_time && (same_bodies || one.countries == other.countries))
}

/// Says whether a place lies in another country than `own`, or far away where either lies in none.
fn is_elsewhere(dataset: &Dataset, own: Record, other: Record) -> bool {
    let place = |record: Record| &dataset.places[record.index()];
    let apart = kilometres(place(own).position, place(other).position);
    match (place(own).country, place(other).country) {
        (Some(one), Some(two)) => one != two,
        (None, None) => apart > VERY_FAR,
        (None, Some(_)) => apart > FAR,
        (Some(_), None) => false,
    }
}

/// The great-circle distance of two points, on a sphere of the Earth's mean radius.
fn kilometres(one: Coordinates, other: Coordinates) -> f64 {
    let (phi, psi) = (one.latitude.to_radians(), other.latitude.to_radians());
    let lambda = (one.longitude - other.longitude).to_radians();
    let cosine = phi.sin() * psi.sin() + phi.cos() * psi.cos() * lambda.cos();
    6_371.0 * cosine.clamp(-1.0, 1.0).acos()
}

/// Says whether two records of a kind are of one sort, where their sort tells the answer.
fn is_alike(dataset: &Dataset, one: Record, other: Record) -> bool {
    match (dataset.entity(one), dataset.entity(other)) {
        (Entity::Organisation(one), Entity::Organisation(other)) => one.kind == other.kind,
        (Entity::Place(one), Entity::Place(other)) => is_country(dataset, one) == is_country(dataset, other),
        _ => true,
    }
}

/// Says whether a place is a whole country, by its name.
fn is_country(dataset: &Dataset, place: &Place) -> bool {
    let names = |country| names(dataset, country);
    place.country.is_some_and(|country| names(country).contains(&place.about.name))
}

/// How much alike two records of a kind are: of one sort, of one region, near each other, told of together.
fn likeness(dataset: &Dataset, one: Record, other: Record) -> i64 {
    let alike = match (dataset.entity(one), dataset.entity(other)) {
        (Entity::Country(one), Entity::Country(other)) => 3 * i64::from(one.region == other.region),
        (Entity::Document(one), Entity::Document(other)) => 3 * i64::from(one.kind == other.kind),
        (Entity::Exercise(one), Entity::Exercise(other)) => 3 * i64::from(one.kind == other.kind),
        (Entity::Position(one), Entity::Position(other)) => 3 * i64::from(one.kind == other.kind),
        (Entity::Place(one), Entity::Place(other)) => -(kilometres(one.position, other.position) as i64) / 500,
        _ => 0,
    };
    let cites = |record: Record| &dataset.about(record).cites;
    let shared = cites(one).iter().filter(|number| cites(other).contains(number)).count();
    let members = |record: Record| {
        let members = dataset.links(record).iter().filter(|link| link.relation == Relation::Participant);
        members.map(|link| link.record).filter(|record| Some(*record) != dataset.source.subject)
    };
    let common = members(one).take(MOST_MEMBERS).filter(|own| members(other).any(|other| other == *own)).count();
    alike + 2 * shared.min(2) as i64 + common.min(3) as i64
}

/// The rounds some numbers earlier or later.
fn shifted(rounds: &[u32]) -> Vec<Answer> {
    let by = |step: i64| {
        rounds.iter().map(move |&round| u32::try_from(i64::from(round) + step).ok().filter(|&round| round > 0))
    };
    let steps = [-1, 1, 2, -2, 3, -3];
    steps.into_iter().filter_map(|step| by(step).collect::<Option<Vec<u32>>>().map(Answer::Rounds)).collect()
}

/// Other numbers of the same size: those of figures of the same unit, and others where there are too few.
fn numbers(dataset: &Dataset, card: &Card, value: f64, qualifier: Qualifier) -> Vec<f64> {
    let unit = match dataset.entity(card.record) {
        Entity::Figure(figure) => &*figure.unit,
        _ => "",
    };
    let exact = |qualifier: Qualifier| qualifier == Qualifier::Exact;
    let near = |number: &f64| *number != value && (value / 2.0..=value * 2.0).contains(number);
    let alike =
        dataset.figures.iter().filter(|figure| *figure.unit == *unit && exact(figure.qualifier) == exact(qualifier));
    let mut numbers: Vec<f64> = alike.filter_map(|figure| figure.value).filter(near).collect();
    numbers.truncate(OFFERED);
    let made: Vec<f64> = if value <= 20.0 && value.fract() == 0.0 {
        [1.0, -1.0, 2.0, -2.0, 3.0].iter().map(|step| value + step).filter(|number| *number >= 1.0).collect()
    } else {
        [0.8, 1.2, 0.6, 1.5, 0.9, 1.1].iter().map(|factor| rounded_like(value * factor, value)).collect()
    };
    numbers.extend(made.into_iter().filter(|number| *number != value));
    numbers
}

/// A number as round as `like` is, but with two digits that count.
fn rounded_like(number: f64, like: f64) -> f64 {
    let zeros = (0..12).take_while(|&zeros| like % 10_f64.powi(zeros + 1) == 0.0).count() as i32;
    let digits = like.log10().floor() as i32;
    let unit = 10_f64.powi(zeros.min(digits - 1));
    (number / unit).round() * unit
}

/// Other orders of the same events.
fn orders(events: &[Record], chance: &mut Chance) -> Vec<Answer> {
    let mut orders: Vec<Answer> = Vec::new();
    for _ in 0..POOL {
        let mut order = events.to_vec();
        chance.shuffle(&mut order);
        if order != events {
            orders.push(Answer::Order(order));
        }
    }
    orders
}
