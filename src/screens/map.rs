//! The map: countries and places as points, a line from the country that the dataset speaks for to the selected one,
//! and the same records as a list below.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::branch::Branch;
use super::catalogue::Catalogue;
use crate::action::{Action, Direction};
use crate::context::Context;
use crate::dataset::Record;
use crate::pages::located::{home, point, spot};
use crate::place::Tab;
use crate::widgets::world_map::{Point, Size, View, WorldMap};

/// How many times nearer the nearest view is than the whole world, as a power of two.
const NEAREST: u8 = 4;

/// The least rows that a map needs to be of use.
const LOWEST: u16 = 5;

/// The records of the map, the selected one, and how near the view is.
#[derive(Debug, Clone, PartialEq)]
pub struct WorldScreen {
    list: Catalogue,
    nearness: u8,
}

impl WorldScreen {
    /// The whole world, the first record of the list selected.
    pub fn new(context: &Context) -> WorldScreen {
        WorldScreen { list: Catalogue::new(context, Tab::Map, Branch::Whole), nearness: 0 }
    }

    /// The record that is selected.
    pub fn selected(&self) -> Option<Record> {
        self.list.selected()
    }

    /// Says whether the cursor stands on a row that exists.
    pub fn stands(&self) -> bool {
        self.list.stands()
    }

    /// Selects a record, where the map holds it.
    pub fn select(&mut self, record: Record) {
        self.list.select(record);
    }

    /// How many there are and how they are sorted.
    pub fn caption(&self) -> String {
        self.list.caption()
    }

    /// Moves over points and rows, and nearer and farther.
    pub fn update(&mut self, context: &Context, action: Action, size: Rect) {
        match action {
            Action::Toward(direction) => self.go(context, direction, size),
            Action::Finer => self.nearness = (self.nearness + 1).min(NEAREST),
            Action::Coarser => self.nearness = self.nearness.saturating_sub(1),
            action => self.list.update(context, action, self.parts(context, size).1),
        }
    }

    /// To the nearest point in a direction; among points on one spot to the next or the one before.
    fn go(&mut self, context: &Context, direction: Direction, size: Rect) {
        let view = self.view(context, self.parts(context, size).0);
        let records = self.list.records();
        let Some(own) = self.selected() else { return };
        let Some(at) = records.iter().position(|&record| record == own) else { return };
        let place = |record: Record| spot(context, record).map(|spot| view.place(spot));
        let Some(here) = place(own) else { return };
        let reach = |(index, &record): (usize, &Record)| {
            let there = place(record)?;
            let away = distance(direction, (there.0 - here.0, (there.1 - here.1) * 2.0), index as isize - at as isize)?;
            Some((away, record))
        };
        let reached = records.iter().enumerate().filter_map(reach);
        let nearest = reached.min_by(|(one, _), (other, _)| one.total_cmp(other));
        nearest.into_iter().for_each(|(_, record)| self.list.select(record));
    }

    /// The map above, the list below.
    fn parts(&self, context: &Context, area: Rect) -> (Rect, Rect) {
        let world = View::world(home(context), area).fitted(area).height;
        let height = world.min(area.height / 3 * 2);
        if height < LOWEST {
            return (Rect { height: 0, ..area }, area);
        }
        let below = height + 1;
        (Rect { height, ..area }, Rect { y: area.y + below, height: area.height - below, ..area })
    }

    fn view(&self, context: &Context, area: Rect) -> View {
        let world = View::world(home(context), area);
        match self.selected().and_then(|record| spot(context, record)) {
            Some(spot) if self.nearness > 0 => world.nearer(spot, f64::from(1 << self.nearness)),
            _ => world,
        }
    }

    /// Draws map and list.
    pub fn draw(&self, context: &Context, area: Rect, buffer: &mut Buffer, focused: bool) {
        let (map, list) = self.parts(context, area);
        let records = self.located(context);
        let points: Vec<Point> = records.iter().filter_map(|&record| point(context, record)).collect();
        let selected = records.iter().position(|&record| Some(record) == self.selected());
        let view = self.view(context, map);
        let least_named = if self.nearness == 0 { Size::Large } else { Size::Place };
        WorldMap { view, points: &points, selected, from: home(context), least_named }.draw(
            map,
            buffer,
            &context.theme,
        );
        self.list.draw(context, list, buffer, focused);
    }

    /// The records that have a spot, in the order of the list.
    fn located(&self, context: &Context) -> Vec<Record> {
        self.list.records().iter().copied().filter(|&record| spot(context, record).is_some()).collect()
    }

    /// Lets a click select the nearest point within two cells, or a row of the list; says whether it met one.
    pub fn click(&mut self, context: &Context, at: Position, area: Rect) -> bool {
        let (map, list) = self.parts(context, area);
        if !map.contains(at) {
            return self.list.click(at, list);
        }
        let view = self.view(context, map);
        let away = |&record: &Record| {
            let cell = view.cell(spot(context, record)?, map)?;
            Some((cell.x.abs_diff(at.x) + 2 * cell.y.abs_diff(at.y), record))
        };
        let nearest = self.located(context).iter().filter_map(away).min_by_key(|&(away, _)| away);
        let met = nearest.filter(|(away, _)| *away <= 2);
        met.into_iter().for_each(|(_, record)| self.list.select(record));
        met.is_some()
    }
}

/// How far away something is in a direction, `None` where it does not lie there. What lies straight ahead is nearer than
/// what lies to the side; what lies on the very spot lies to the right where it comes later in the list.
fn distance(direction: Direction, (right, down): (f64, f64), later: isize) -> Option<f64> {
    if right == 0.0 && down == 0.0 {
        let turned = match direction {
            Direction::Right => later > 0,
            Direction::Left => later < 0,
            Direction::Up | Direction::Down => false,
        };
        return turned.then_some(later.unsigned_abs() as f64 / 1e6);
    }
    let (ahead, aside) = match direction {
        Direction::Right => (right, down),
        Direction::Left => (-right, down),
        Direction::Down => (down, right),
        Direction::Up => (-down, right),
    };
    (ahead > 0.0 && aside.abs() <= ahead * 3.0).then(|| ahead.hypot(aside) + aside.abs() * 2.0)
}
