//! Words that a record answers to although its name lacks them: its kind, its topics, its years and months.

use crate::dataset::{Date, Entity, EventKind, Kind, Topic, Vocabulary, month_name};

/// The longest span whose months and years are all words of the record, in years; of a longer one only its beginning.
const LONGEST_SPAN: i32 = 2;

/// All words that a record answers to beside its names.
pub fn words(kind: Kind, entity: Entity) -> String {
    let mut words = format!("{kind} {}", nature(entity));
    if let Some(date) = entity.date() {
        add_date(&mut words, date);
    }
    words
}

fn nature(entity: Entity) -> String {
    match entity {
        Entity::Event(event) => {
            let topics = event.topics.iter().map(|&topic| topic_words(topic)).collect::<Vec<_>>().join(" ");
            let level = event.level.map_or("", Vocabulary::word);
            let direction = event.direction.map_or("", Vocabulary::word);
            let round = if event.round.is_some() || event.mechanism.is_some() { "round" } else { "" };
            format!("{} {} {topics} {level} {direction} {round}", event.kind, synonyms(event.kind))
        }
        Entity::Organisation(organisation) => format!("{} body", organisation.kind),
        Entity::Document(document) => format!("{} {} paper", document.kind, document.status),
        Entity::Exercise(exercise) => format!("{} drill manoeuvre", exercise.kind),
        Entity::Position(position) => position.kind.to_string(),
        Entity::Mechanism(_) => "channel series".to_owned(),
        Entity::Figure(figure) => format!("{} number", figure.unit),
        Entity::Section(_) | Entity::Paragraph(_) | Entity::Country(_) | Entity::Place(_) => String::new(),
    }
}

fn synonyms(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Consultation => "dialogue talks",
        EventKind::Meeting => "session",
        EventKind::Summit => "meeting",
        EventKind::Visit => "exchange",
        EventKind::Agreement => "signing signed",
        EventKind::EntryIntoForce => "effect",
        EventKind::Establishment => "inauguration",
        EventKind::Proposal => "initiative",
        EventKind::Exercise => "drill manoeuvre",
        EventKind::Observation => "observers",
        EventKind::PortCall => "ship visit naval",
        EventKind::Deployment => "peacekeeping troops",
        EventKind::Workshop => "conference seminar",
        EventKind::Education => "course students training",
        EventKind::Statement => "said",
        EventKind::Aid => "help",
        EventKind::Protest => "demonstration",
        EventKind::Riot => "mob violence",
        EventKind::Threat => "mobilisation",
        EventKind::Sanction => "embargo",
        EventKind::Coercion => "arrest",
        EventKind::Battle => "clash fight",
        EventKind::Attack => "shelling bomb strike",
        EventKind::ViolenceAgainstCivilians => "killing",
        EventKind::Other => "",
    }
}

fn topic_words(topic: Topic) -> &'static str {
    match topic {
        Topic::CounterTerrorism => "counter-terrorism terrorist",
        Topic::Narcotics => "narcotics drugs",
        Topic::MaritimeSafety => "maritime safety sea",
        topic => topic.word(),
    }
}

fn add_date(words: &mut String, date: &Date) {
    let (Some(first), last) = (date.first(), date.last()) else { return };
    let last = last.filter(|last| last.year - first.year < LONGEST_SPAN).unwrap_or(first);
    for year in first.year..=last.year {
        words.push_str(&format!(" {year}"));
    }
    if date.month().is_none() {
        return;
    }
    let months = (last.year - first.year) * 12 + i32::from(last.month) - i32::from(first.month);
    for month in (0..=months.min(11)).map(|after| (i32::from(first.month) - 1 + after) % 12 + 1) {
        words.push(' ');
        words.push_str(month_name(month as u8));
    }
}
