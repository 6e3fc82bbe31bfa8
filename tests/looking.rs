//! Looking and steering: the filter, the views and scales of the timeline, the map, the charts, and the mouse.

use std::sync::LazyLock;

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use detente::action::Input;
use detente::dataset::{Event, Kind, Record};
use detente::search::Facets;
use detente::search::facet::{Choice, Facet, Group};
use detente::widgets::time_axis::{Months, Scale, TimeAxis};
use proptest::prelude::*;

use crate::common::{INVENTED, Journey, SHIPPED};

static FACETS: LazyLock<Facets> = LazyLock::new(|| Facets::new(&SHIPPED));

impl Journey {
    /// Presses a button of the mouse, drags it, or turns its wheel.
    fn mouse(self, kind: MouseEventKind, (column, row): (u16, u16)) -> Journey {
        self.happen(Input::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }))
    }

    fn click(self, at: (u16, u16)) -> Journey {
        self.mouse(MouseEventKind::Down(MouseButton::Left), at)
    }

    /// Clicks on the first letter of words on the screen.
    fn click_on(self, words: &str) -> Journey {
        let at = self.find(words);
        self.click(at)
    }

    /// The column and row of the first of these words.
    fn find(&self, words: &str) -> (u16, u16) {
        let text = self.text();
        let (row, line) = text
            .lines()
            .enumerate()
            .find(|(_, line)| line.contains(words))
            .unwrap_or_else(|| panic!("{words:?} is not on the screen:\n{text}"));
        let column = line[..line.find(words).unwrap()].chars().count();
        (column as u16, row as u16)
    }

    /// The row of the list or window that is selected, as text.
    fn selected_line(&self) -> String {
        let buffer = self.buffer();
        let reversed = |y: u16| {
            let cells = (0..buffer.area.width).map(|x| &buffer[(x, y)]);
            let chosen = cells.filter(|cell| cell.modifier.contains(ratatui::style::Modifier::REVERSED));
            chosen.map(|cell| cell.symbol()).collect::<String>()
        };
        (0..buffer.area.height).map(reversed).find(|text| !text.is_empty()).unwrap_or_default()
    }
}

/// All facets that any event has, with the events that have each.
fn all_facets() -> Vec<Facet> {
    Choice::default().counts(&FACETS, &SHIPPED.records(Kind::Event).collect::<Vec<_>>()).into_keys().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn the_counts_of_the_filter_are_what_choosing_leaves(picks in proptest::collection::vec(any::<prop::sample::Index>(), 0..4)) {
        let facets = all_facets();
        let mut choice = Choice::default();
        picks.iter().for_each(|pick| choice.toggle(*pick.get(&facets)));
        let events: Vec<Record> = SHIPPED.records(Kind::Event).collect();
        let counts = choice.counts(&FACETS, &events);
        for &facet in &facets {
            // What this facet alone would leave, were it the only choice of its group.
            let mut only = Choice::default();
            choice.chosen().iter().filter(|chosen| chosen.group() != facet.group()).for_each(|&chosen| only.toggle(chosen));
            only.toggle(facet);
            let left = only.narrow(&FACETS, events.iter().copied()).len();
            prop_assert_eq!(counts.get(&facet).copied().unwrap_or(0), left, "{:?}", facet);
        }
    }
}

#[test]
fn an_event_has_the_facets_that_its_fields_say() {
    for dataset in [*SHIPPED, *INVENTED] {
        let has = |event: &Event, facet: Facet| match facet {
            Facet::Kind(kind) => event.kind == kind,
            Facet::Country(country) => event.countries.contains(&country) && Some(country) != dataset.source.subject,
            Facet::Organisation(body) => event.organisations.contains(&body),
            Facet::Topic(topic) => event.topics.contains(&topic),
            Facet::Section(section) => dataset
                .paragraphs
                .iter()
                .any(|paragraph| paragraph.section == section && event.about.cites.contains(&paragraph.number)),
            Facet::Year(year) => event.date.as_ref().is_some_and(|date| {
                let ends = [date.first().or(date.last()), date.last().or(date.first())].map(|day| day.unwrap().year);
                (ends[0]..=ends[1]).contains(&year)
            }),
        };
        let events: Vec<Record> = dataset.records(Kind::Event).collect();
        let counts = Choice::default().counts(&Facets::new(dataset), &events);
        let all: usize = counts.values().sum();
        for (facet, count) in counts {
            let plainly = dataset.events.iter().filter(|event| has(event, facet)).count();
            assert_eq!(count, plainly, "{facet:?}");
        }
        let bodies: usize = dataset.events.iter().map(|event| event.organisations.len() + event.topics.len() + 1).sum();
        assert!(all > bodies, "countries, sections and years are counted too");
    }
}

#[test]
fn choices_of_one_group_add_up_and_those_of_several_narrow() {
    let count = |facets: &[Facet]| {
        let mut choice = Choice::default();
        facets.iter().for_each(|&facet| choice.toggle(facet));
        choice.narrow(&FACETS, SHIPPED.records(Kind::Event)).len()
    };
    let country = |id: &str| Facet::Country(SHIPPED.find(&format!("country/{id}")).unwrap());
    let (france, india) = (country("fr"), country("in"));
    let exercise = Facet::Kind(detente::dataset::EventKind::Exercise);
    assert!(count(&[france, india]) > count(&[france]).max(count(&[india])));
    assert!(count(&[france, exercise]) < count(&[france]).min(count(&[exercise])));
    assert!(Group::ALL.iter().all(|group| all_facets().iter().any(|facet| facet.group() == *group)));
}

#[test]
fn the_filter_is_chosen_from_a_list_with_counts_shown_as_chips_and_cleared() {
    let open = Journey::new().press("f");
    assert!(open.sees("Filter") && open.sees("[ ] ◇ consultation"), "{}", open.text());
    let count = SHIPPED.events.iter().filter(|event| event.kind.to_string() == "exercise").count();
    let chosen = choose(open, "exercise").press("Esc");
    assert!(chosen.sees(&format!("[exercise {count} ×]")), "{}", chosen.text());
    assert!(chosen.sees(&format!("{count} of {} events", SHIPPED.events.len())), "{}", chosen.text());
    let opened = chosen.press("Enter");
    assert!(opened.place().starts_with("event/"));
    assert!(opened.press("Backspace").sees("[exercise "), "going back restores the filter");
    let elsewhere = Journey::new().press("f Enter Esc 2 1");
    assert!(elsewhere.sees("[consultation "), "another tab in between restores the filter");
    let cleared = elsewhere.press("F");
    assert!(!cleared.sees("[consultation ") && cleared.sees(&format!("{} events", SHIPPED.events.len())));
}

/// Walks down the filter to a choice and makes it.
fn choose(mut filter: Journey, name: &str) -> Journey {
    for _ in 0..200 {
        if filter.selected_line().contains(name) {
            return filter.press("Enter");
        }
        filter = filter.press("j");
    }
    panic!("no choice {name}");
}

#[test]
fn the_filter_works_within_a_branch_of_the_sections() {
    let narrowed = Journey::new().press("S-Tab j j j j j f");
    assert!(narrowed.sees("Filter"));
    let chosen = narrowed.press("Enter Esc");
    assert!(chosen.sees(" of "), "{}", chosen.text());
}

#[test]
fn an_empty_result_names_the_choice_to_drop() {
    let filtered = choose(Journey::new().press("f"), "workshop").press("Esc");
    let empty = filtered.press("S-Tab j Tab Tab Tab");
    assert!(empty.sees("No event fits."), "{}", empty.text());
    assert!(!empty.sees("Without “"), "nothing would help in a section without events:\n{}", empty.text());
    let empty = empty.press("G k k k h").press("Tab");
    assert!(empty.sees("No event fits.") && empty.sees("Without “workshop”: "), "{}", empty.text());
    assert!(empty.sees("F clears it"));
    assert_eq!(empty.press("j k Enter l h v j l v").place(), "home");
}

#[test]
fn scales_change_the_headings_and_the_selected_event_stays() {
    let month = Journey::at("home").press("l l l l l l");
    let selected = month.selected_line();
    assert!(month.sees("by month"));
    let quarter = month.press("-");
    assert!(quarter.sees("by quarter") && quarter.sees("January–March"), "{}", quarter.text());
    let year = quarter.press("- -");
    assert!(year.sees("by year") && !year.sees("January–March"));
    assert_eq!(year.press("+ +").selected_line(), selected);
}

#[test]
fn lanes_have_a_row_for_each_country_and_keys_walk_along_and_across() {
    let lanes = Journey::sized("home", (120, 60)).press("v g");
    for country in ["United States", "Russia", "Japan", "No country"] {
        assert!(lanes.sees(country), "{}", lanes.text());
    }
    let first = lanes.press("Enter");
    assert!(first.sees("United States"), "{}", first.text());
    let along = first.press("Backspace l l l");
    let caption = |journey: &Journey| {
        let text = journey.text();
        text.lines().nth(text.lines().count() - 3).unwrap().to_owned()
    };
    let before = caption(&along);
    let next = along.press("l");
    assert_ne!(caption(&next), before);
    assert_eq!(caption(&next.press("h")), before);
}

#[test]
fn the_chart_stacks_what_is_exact_and_says_what_is_not() {
    let chart = Journey::new().press("v v");
    assert!(chart.sees("Not here:") && chart.sees("undated") && chart.sees("◇ consultation"), "{}", chart.text());
    let stacked = |journey: &Journey, sign: char| {
        let text = journey.text();
        let above: Vec<&str> = text.lines().take_while(|line| !line.contains("◇ consultation")).collect();
        above.iter().map(|line| line.matches(sign).count()).sum::<usize>()
    };
    // By years, a sign for each event that lies within one.
    let years = chart.press("- - z");
    let within = SHIPPED.events.iter().filter(|event| event.kind.to_string() == "exercise").filter(|event| {
        let months = event.date.as_ref().and_then(|date| date.months());
        months.is_some_and(|(first, last)| first.div_euclid(12) == last.div_euclid(12))
    });
    assert_eq!(stacked(&years, '×'), within.count(), "{}", years.text());
}

#[test]
fn the_axis_is_as_fine_as_what_is_known() {
    let month = |year: i32, month: i32| year * 12 + month - 1;
    let year = |year: i32| (month(year, 1), month(year, 12));
    let things: Vec<Months> = vec![
        year(1990),
        (month(2003, 5), month(2003, 5)),
        (month(2003, 10), month(2003, 11)),
        (month(2003, 7), i32::MAX),
    ];
    let once: Vec<(Months, u32)> = things.iter().map(|&months| (months, 1)).collect();
    let axis = TimeAxis::new(&once, Scale::Month);
    // The year 1990, the years between, and twelve months of 2003.
    assert_eq!(axis.touched(year(1990)), 0..=0);
    assert!(axis.is_gap(1) && !axis.is_gap(0) && !axis.is_gap(2));
    assert_eq!(axis.touched(things[1]), 6..=6);
    assert_eq!(axis.touched(things[2]), 11..=12);
    assert_eq!(axis.touched(things[3]), 8..=13);
    assert!(axis.holds(things[0]) && axis.holds(things[1]) && !axis.holds(things[2]) && !axis.holds(things[3]));
    assert!(TimeAxis::new(&once, Scale::Quarter).holds(things[2]), "October and November lie in one quarter");
    let window = axis.window(80, None);
    assert_eq!(axis.years(window, 80), "1990  2003");
}

proptest! {
    #[test]
    fn the_axis_holds_any_dates(things in proptest::collection::vec((-30_000_i32..30_000, 0_i32..400), 0..20), width in 1_usize..200) {
        let things: Vec<Months> = things.into_iter().map(|(first, more)| (first, first + more)).collect();
        for scale in [Scale::Month, Scale::Quarter, Scale::Year] {
            let once: Vec<(Months, u32)> = things.iter().map(|&months| (months, 1)).collect();
            let axis = TimeAxis::new(&once, scale);
            for &thing in &things {
                let touched = axis.touched(thing);
                let window = axis.window(width, Some(thing));
                prop_assert!(touched.start() <= touched.end());
                prop_assert!(window.column(*touched.start()).is_some() || touched.end() - touched.start() >= window.bins);
                prop_assert!(axis.years(window, width).chars().count() <= width);
            }
        }
    }
}

#[test]
fn arrows_move_over_the_map_in_their_direction() {
    let map = Journey::at("map");
    assert!(map.selected_line().contains("China"), "{}", map.text());
    assert!(map.sees("◆ China") || map.sees("China ◆"), "{}", map.text());
    let longitude = |journey: &Journey| {
        let place = Journey::at(&journey_target(journey));
        let record = SHIPPED.find(&place.place()).unwrap();
        SHIPPED.entity(record).position().unwrap().longitude
    };
    let west = map.press("Left");
    assert!(longitude(&west) < 116.0, "{}", west.selected_line());
    let east = west.press("Right Right Right Right");
    assert!(longitude(&east) > 116.0 || longitude(&east) < 0.0, "{}", east.selected_line());
    assert!(east.press("Enter").place().contains('/'));
}

/// The address of the record that is selected on the map: the page beside it names it.
fn journey_target(journey: &Journey) -> String {
    let text = journey.text();
    let address = text.split_whitespace().find(|word| word.starts_with("country/") || word.starts_with("place/"));
    address.unwrap_or_else(|| panic!("no address on the screen:\n{text}")).to_owned()
}

#[test]
fn every_point_of_the_map_is_reached_by_arrows_alone() {
    let mut reached = vec![journey_target(&Journey::at("map"))];
    let mut paths = vec![String::new()];
    while let Some(path) = paths.pop() {
        for key in ["Up", "Down", "Left", "Right"] {
            let next = format!("{path} {key}");
            let address = journey_target(&Journey::at("map").press(&next));
            if !reached.contains(&address) {
                reached.push(address);
                paths.push(next);
            }
        }
    }
    let all = SHIPPED.count(Kind::Country) + SHIPPED.count(Kind::Place);
    assert_eq!(reached.len(), all, "arrows reach only {} of {all}", reached.len());
}

#[test]
fn points_that_fall_together_are_told_apart_nearer_and_each_is_named() {
    for (name, other) in [("Kyrgyzstan", "Uzbekistan"), ("Tashkent", "Kyrgyzstan"), ("South Korea", "Korean Peninsula")]
    {
        let mut map = Journey::at("map");
        while !map.selected_line().contains(name) {
            map = map.press("j");
        }
        let near = map.press("+ + + +");
        let names = near.text().lines().take(22).collect::<Vec<_>>().join("\n");
        assert!(names.contains(&format!("◆ {name}")) || names.contains(&format!("{name} ◆")), "{names}");
        assert!(names.contains(other), "{other} is not beside {name}:\n{names}");
    }
}

#[test]
fn the_inset_shows_where_a_record_lies_and_ascii_has_its_own_form() {
    for (address, name) in
        [("country/mn", "Mongolia"), ("place/guam", "Guam"), ("event/sco-joint-2003-exercise", "Yining")]
    {
        let page = Journey::sized(address, (120, 60));
        assert!(
            page.sees(&format!("◆ {name}")) || page.sees(&format!("{name} ◆")) || page.sees(name),
            "{}",
            page.text()
        );
        assert!(page.text().chars().any(|c| ('\u{2801}'..='\u{28ff}').contains(&c)), "no coast:\n{}", page.text());
    }
}

#[test]
fn the_figures_open_with_charts_that_add_up() {
    let charts = Journey::sized("home", (200, 60)).press("6");
    assert!(charts.sees("785 + 800 + 654 + 1,116 + 7 = 3,362"), "{}", charts.text());
    let mut scrolled = charts.press("Tab Tab");
    while !scrolled.sees("66 + 175 + 43 + 275 + 240 + 43 + 3 = 845") {
        let before = scrolled.text();
        scrolled = scrolled.press("PageDown");
        assert_ne!(scrolled.text(), before, "the second total is not there");
    }
    let of_section = Journey::sized("figure/peacekeeping-cambodia", (200, 60));
    assert!(of_section.sees("¶16") && of_section.sees("= 3,362"), "{}", of_section.text());
}

#[test]
fn the_mouse_opens_tabs_rows_links_and_points() {
    assert_eq!(Journey::new().click_on("6 Figures").place(), "figures");
    let listed = Journey::at("countries").click_on("Mongolia");
    assert!(listed.selected_line().contains("Mongolia") && listed.place() == "countries");
    assert_eq!(listed.click_on("Mongolia").place(), "country/mn");
    let followed = Journey::at("event/sco-joint-2003-exercise").click_on("Kyrgyzstan");
    assert_eq!(followed.place(), "country/kg");
    assert_eq!(followed.press("Backspace").place(), "event/sco-joint-2003-exercise");
    let map = Journey::at("map").click_on("United States");
    assert!(!map.text().is_empty());
    let point = Journey::at("map");
    let at = point.find("● Japan");
    let clicked = point.click(at);
    assert!(clicked.selected_line().contains("Japan"), "{}", clicked.text());
    assert_eq!(clicked.click(at).place(), "country/jp");
}

#[test]
fn the_mouse_drags_the_strip_takes_chips_away_and_turns_the_wheel() {
    let start = Journey::new();
    let (column, row) = start.find("2004");
    let dragged = start.click((column, row)).mouse(MouseEventKind::Drag(MouseButton::Left), (column - 8, row));
    let there = dragged.press("Enter");
    assert!(there.sees("2003"), "{}", there.text());
    let chips = choose(Journey::new().press("f"), "summit").press("Esc");
    assert!(!chips.click_on("[summit").sees("[summit"));
    let wheel = Journey::new();
    let before = wheel.selected_line();
    let list = wheel.find("Some time in the year");
    let scrolled = wheel.mouse(MouseEventKind::ScrollDown, list);
    assert_ne!(scrolled.selected_line(), before);
    assert_eq!(scrolled.mouse(MouseEventKind::ScrollUp, list).selected_line(), before);
}

#[test]
fn the_mouse_works_in_windows_and_closes_them_beside() {
    let filter = Journey::new().press("f").click_on("[ ] ▲ summit");
    assert!(filter.sees("[x] ▲ summit"), "{}", filter.text());
    assert!(!filter.click((0, 39)).sees("Filter"));
    let trail = Journey::at("country/ru").press("2 3 t").click_on("Russia  Eastern Europe");
    assert_eq!(trail.place(), "organisations", "the first click selects:\n{}", trail.text());
    assert_eq!(trail.click_on("Russia  Eastern Europe").place(), "country/ru");
    let search = Journey::new().press("/").write("pakistan");
    let (column, summary) = search.find("1 country · ");
    let first_hit = (column, summary + 3);
    assert_eq!(search.click(first_hit).place(), "country/pk");
}

#[test]
fn clicks_anywhere_at_any_size_are_harmless() {
    for (width, height) in [(1, 1), (20, 5), (50, 16), (80, 24), (120, 40)] {
        for keys in ["", "v", "v v", "f", "7", "6", "/", "?", "t", "2", "z"] {
            let mut journey = Journey::sized("home", (width, height)).press(keys);
            for (column, row) in
                (0..height).step_by(2).flat_map(|row| (0..width).step_by(19).map(move |column| (column, row)))
            {
                journey = journey.click((column, row)).mouse(MouseEventKind::Drag(MouseButton::Left), (column, row));
            }
            journey.mouse(MouseEventKind::ScrollDown, (width - 1, height - 1)).buffer();
        }
    }
}
