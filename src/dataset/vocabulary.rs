//! The fixed words of a dataset: kinds, levels, topics and the like, each an enum that knows its spelling.

use schemars::JsonSchema;

/// Makes an enum whose variants are the words of a vocabulary, spelled as the files spell them.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal: $meaning:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema)]
        pub enum $name { $(#[doc = $meaning] #[schemars(rename = $word)] $variant),+ }

        impl Vocabulary for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];

            fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.word())
            }
        }
    };
}

/// A closed list of words.
pub trait Vocabulary: Copy + PartialEq + 'static {
    /// Every word, in the order in which they are listed.
    const ALL: &'static [Self];

    /// The word as files spell it.
    fn word(self) -> &'static str;

    /// The entry spelled `word`.
    fn from_word(word: &str) -> Option<Self>;
}

vocabulary! {
    /// The kinds of record; a link is written `kind/id`.
    Kind {
        Section = "section": "A section of the source.",
        Paragraph = "paragraph": "A numbered paragraph of the source.",
        Event = "event": "Something that happened.",
        Mechanism = "mechanism": "A standing channel or series.",
        Country = "country": "A country or territory.",
        Organisation = "organisation": "An organisation or body.",
        Document = "document": "A treaty, declaration or other paper.",
        Exercise = "exercise": "A military exercise.",
        Place = "place": "A place.",
        Figure = "figure": "A number with its unit.",
        Position = "position": "A principle, policy, proposal or commitment.",
    }
}

vocabulary! {
    /// The kinds of event: in the terms of the study of defence diplomacy, and behind them those of tables of conflict
    /// events (PLOVER, ACLED, UCDP).
    EventKind {
        Consultation = "consultation": "A dialogue or consultation, often a numbered round.",
        Meeting = "meeting": "A working group, expert meeting or session of a forum.",
        Summit = "summit": "A meeting of leaders.",
        Visit = "visit": "A senior-level visit.",
        Agreement = "agreement": "A paper signed, adopted or issued.",
        EntryIntoForce = "entry-into-force": "A paper takes effect.",
        Establishment = "establishment": "A mechanism, body or relation begins.",
        Proposal = "proposal": "Proposals put forward.",
        Exercise = "exercise": "A military exercise.",
        Observation = "observation": "Observers of an exercise, sent or hosted.",
        PortCall = "port-call": "A visit of naval ships.",
        Deployment = "deployment": "Troops, police or observers sent to keep the peace.",
        Workshop = "workshop": "A workshop, conference or seminar.",
        Education = "education": "Courses, students and academic exchange.",
        Statement = "statement": "Something said in public.",
        Aid = "aid": "Help given.",
        Protest = "protest": "A demonstration.",
        Riot = "riot": "Violence of a crowd.",
        Threat = "threat": "A threat, or forces made ready.",
        Sanction = "sanction": "A sanction, or relations reduced.",
        Coercion = "coercion": "Arrests, seizures and other force short of killing.",
        Battle = "battle": "Armed forces or groups fight.",
        Attack = "attack": "Shelling, bombs and strikes from afar.",
        ViolenceAgainstCivilians = "violence-against-civilians": "Armed force against people without arms.",
        Other = "other": "An event of another kind.",
    }
}

vocabulary! {
    /// Who travelled, seen from the subject country.
    Direction {
        Hosted = "hosted": "Others came.",
        Abroad = "abroad": "The subject country went.",
    }
}

vocabulary! {
    /// The level at which an event was held.
    Level {
        Leaders = "leaders": "Heads of state or government.",
        Minister = "minister": "Ministers.",
        ViceForeignMinister = "vice-foreign-minister": "Vice foreign ministers.",
        SeniorOfficial = "senior official": "Senior officials.",
        GeneralStaff = "general staff": "General staffs.",
        Service = "service": "Armed services.",
        Working = "working": "Working level.",
    }
}

vocabulary! {
    /// How a date is known.
    DateBasis {
        Stated = "stated": "The source gives it.",
        Relative = "relative": "The source gives it relative to another date.",
        Inherited = "inherited": "Carried over from the sentence before.",
        Inferred = "inferred": "Worked out by the editor.",
    }
}

vocabulary! {
    /// What an event or position is about.
    Topic {
        CounterTerrorism = "counter-terrorism": "Acting against terrorism.",
        NonProliferation = "non-proliferation": "Stopping the spread of weapons.",
        ArmsControl = "arms control": "Limiting and reducing arms.",
        MaritimeSafety = "maritime safety": "Safety at sea and in the air above it.",
        SearchAndRescue = "search and rescue": "Search and rescue.",
        Peacekeeping = "peacekeeping": "United Nations peacekeeping.",
        Narcotics = "narcotics": "Drugs.",
        TransnationalCrime = "transnational crime": "Crime across borders.",
        PublicHealth = "public health": "Public health.",
        ConfidenceBuilding = "confidence-building": "Building confidence.",
        StrategicStability = "strategic stability": "Strategic stability.",
        RegionalSecurity = "regional security": "Security of a region.",
        FinancingOfTerrorism = "financing of terrorism": "Money for terrorism.",
        AcademicExchange = "academic exchange": "Exchange between schools and scholars.",
    }
}

vocabulary! {
    /// The kinds of organisation.
    OrganisationKind {
        International = "international": "An international organisation.",
        RegionalForum = "regional forum": "A regional organisation or forum.",
        StateBody = "state body": "A ministry, agency or other body of a state.",
        ArmedForce = "armed force": "An armed force or a command of one.",
        School = "school": "A school or research institution.",
        Unit = "unit": "A unit in the field.",
        ArmedGroup = "armed group": "An armed group outside the forces of a state.",
        People = "people": "People without arms: demonstrators, civilians.",
    }
}

vocabulary! {
    /// The kinds of document.
    DocumentKind {
        Charter = "charter": "A charter.",
        Treaty = "treaty": "A treaty.",
        Convention = "convention": "A convention.",
        Resolution = "resolution": "A resolution.",
        Declaration = "declaration": "A declaration.",
        Agreement = "agreement": "An agreement.",
        Memorandum = "memorandum": "A memorandum.",
        Communique = "communique": "A communique.",
        ConceptPaper = "concept paper": "A concept paper.",
    }
}

vocabulary! {
    /// What became of a document, as far as the source says.
    DocumentStatus {
        Signed = "signed": "Signed.",
        Issued = "issued": "Issued.",
        Adopted = "adopted": "Adopted.",
        InForce = "in force": "In force.",
        Drafting = "drafting": "Being drafted.",
        Submitted = "submitted": "Submitted.",
        Cited = "cited": "Cited only.",
    }
}

vocabulary! {
    /// The kinds of exercise.
    ExerciseKind {
        CounterTerrorism = "counter-terrorism": "Against terrorism.",
        SearchAndRescue = "search and rescue": "Search and rescue.",
        National = "national": "A country's own exercise.",
    }
}

vocabulary! {
    /// How exact a figure is.
    Qualifier {
        Exact = "exact": "Exactly so many.",
        Over = "over": "Over the number.",
        MoreThan = "more than": "More than the number.",
        About = "about": "About the number.",
        Dozens = "dozens": "Dozens, with no number given.",
    }
}

vocabulary! {
    /// The kinds of position.
    PositionKind {
        Principle = "principle": "A principle.",
        Policy = "policy": "A policy.",
        Proposal = "proposal": "A proposal.",
        Commitment = "commitment": "A commitment.",
    }
}

vocabulary! {
    /// What a slide shows beside its points.
    Exhibit {
        Map = "map": "A map.",
        Chart = "chart": "A chart.",
        Timeline = "timeline": "An excerpt of the timeline.",
    }
}

impl Kind {
    /// The name of the kind's list in a file, which is also the word for several of its records.
    pub fn list(self) -> &'static str {
        match self {
            Kind::Section => "sections",
            Kind::Paragraph => "paragraphs",
            Kind::Event => "events",
            Kind::Mechanism => "mechanisms",
            Kind::Country => "countries",
            Kind::Organisation => "organisations",
            Kind::Document => "documents",
            Kind::Exercise => "exercises",
            Kind::Place => "places",
            Kind::Figure => "figures",
            Kind::Position => "positions",
        }
    }

    /// The kind as a heading.
    pub fn title(self) -> &'static str {
        match self {
            Kind::Section => "Section",
            Kind::Paragraph => "Paragraph",
            Kind::Event => "Event",
            Kind::Mechanism => "Mechanism",
            Kind::Country => "Country",
            Kind::Organisation => "Organisation",
            Kind::Document => "Document",
            Kind::Exercise => "Exercise",
            Kind::Place => "Place",
            Kind::Figure => "Figure",
            Kind::Position => "Position",
        }
    }
}
