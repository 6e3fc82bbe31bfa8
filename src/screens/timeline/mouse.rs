//! The mouse on the timeline: what a click selects, by the very parts that are drawn.

use ratatui::layout::{Position, Rect};

use super::{Bins, Parts, Timeline, View, lanes, months};
use crate::context::Context;
use crate::widgets::chips;

impl Timeline {
    /// Lets a click select what stands there: an event, a lane, a stretch of time; on a chip, takes the choice back. Says
    /// whether it met an event's own row.
    pub fn click(&mut self, context: &Context, at: Position, area: Rect) -> bool {
        let Parts { chips, strip, body } = self.parts(area);
        if chips.contains(at) {
            let chosen = chips::hit(&self.chips, chips, at.x).map(|index| self.choice.chosen()[index]);
            chosen.into_iter().for_each(|facet| self.toggle(context, facet));
            return false;
        }
        if strip.contains(at) {
            self.click_axis(context, at, area);
            return false;
        }
        match self.view {
            View::List => {
                let row = self.cursor.row_at(at, body, self.rows.len());
                row.is_some_and(|row| self.rows.is_event(row)) && self.cursor.click(at, body, self.rows.len())
            }
            View::Lanes => {
                if self.lane.click(at, lanes::list_area(body), self.lanes.len()) {
                    self.click_axis(context, at, area);
                }
                false
            }
            View::Chart => {
                self.click_axis(context, at, area);
                false
            }
        }
    }

    /// Selects the event that is nearest to a column of the axis: in lanes one of the lane, else the first of its bin.
    fn click_axis(&mut self, context: &Context, at: Position, area: Rect) {
        let all = usize::from(area.width);
        let (left, width) = match self.view {
            View::Lanes => (lanes::label_width(all) + 1, lanes::axis_width(all)),
            View::List | View::Chart => (0, all),
        };
        let pointed = self.selected().and_then(|event| months(context, event));
        let window = self.axis.window(width, pointed);
        let wanted = window.bin(usize::from(at.x.saturating_sub(area.x)).saturating_sub(left)) as i64;
        let distance = |bins: &Option<Bins>| {
            bins.map_or((i64::MAX, 0), |(start, end)| ((start as i64 - wanted).abs(), end - start))
        };
        let distances: Vec<(i64, usize)> = self.bins.iter().map(distance).collect();
        let columns = context.dataset.columns();
        let of_moment = |moment: usize| distances[columns.stretch[moment] as usize];
        let nearest = match self.lanes.get(self.lane.row) {
            Some(lane) if self.view == View::Lanes => {
                lane.events.iter().copied().min_by_key(|&event| of_moment(context.dataset.moment(event)))
            }
            _ => {
                let moments = self.events().moments();
                moments.min_by_key(|&moment| of_moment(moment)).map(|moment| context.dataset.chronology()[moment])
            }
        };
        nearest.into_iter().for_each(|event| self.select(event));
    }
}
