//! What has the screen: the explorer, or a talk that leaves for it and comes back to the very step.

use super::{App, Errand, Stage};
use crate::action::{Action, Effect};
use crate::place::Place;
use crate::screens::present::{Talk, Watch};
use crate::state::{Shown, TalkState};
use crate::tour;

impl App {
    /// Does what the program was started for.
    pub(super) fn run(&mut self, errand: Errand) {
        match errand {
            Errand::Talk(talk) => {
                self.talk = Some(talk);
                self.stage = Stage::Present;
            }
            Errand::Notes => self.stage = Stage::Notes,
            Errand::Study(wish) => self.begin_to_study(&wish),
            Errand::Watch(shown) => {
                self.stage = Stage::Watch;
                self.follow(shown);
            }
        }
        self.errand = Some(self.stage);
    }

    /// Begins a talk on one of the tours to choose from.
    pub(super) fn present(&mut self, index: usize) {
        let tours = tour::choices(self.context.dataset, &self.context.marks);
        self.talk = tours.into_iter().nth(index).map(|tour| Talk::new(self.context.dataset, tour, None));
        self.stage = if self.talk.is_some() { Stage::Present } else { Stage::Explore };
    }

    /// Lets an action change the talk.
    pub(super) fn act_on_talk(&mut self, action: Action) {
        let screen = self.screen();
        let Some(talk) = &mut self.talk else { return };
        if let Some(message) = talk.update(&self.context, action, screen) {
            self.say(&message);
        }
    }

    /// From the talk to the explorer, at the record on the slide, or back to the very step. The explorer's trail keeps
    /// where a talk has led.
    pub(super) fn digress(&mut self) {
        self.overlay = None;
        match (self.stage, &self.talk) {
            (Stage::Explore, None) if self.watch.is_some() => self.stage = Stage::Watch,
            (Stage::Explore, None) => {
                let begin = self.key(Action::Present);
                self.say(&format!("No talk is being given; {begin} begins one."));
            }
            (Stage::Explore, Some(_)) => self.stage = Stage::Present,
            (Stage::Present | Stage::Notes | Stage::Study | Stage::Watch, talk) => {
                let record = talk.as_ref().and_then(Talk::record).or(self.watch.as_ref().and_then(Watch::record));
                self.stage = Stage::Explore;
                record.into_iter().for_each(|record| self.open(Place::Record(record)));
                let back = self.key(Action::Digress);
                self.say(&format!("{back} goes back to the talk"));
            }
        }
    }

    /// Goes with the talk that is watched; one that begins is followed at once.
    pub(super) fn follow(&mut self, shown: Shown) {
        match self.watch.as_mut().filter(|watch| watch.is_of(&shown)) {
            Some(watch) => watch.follow(shown),
            None => self.watch = Watch::new(&self.context, shown),
        }
    }

    /// Says whether the screen shows a talk as everybody sees it who watches it live.
    pub fn shows_what_all_see(&self) -> bool {
        let live = self.watch.as_ref().is_some_and(Watch::is_live);
        self.stage == Stage::Watch && live && self.overlay.is_none() && self.message.is_empty()
    }

    /// Lets an action change how the talk is watched.
    pub(super) fn act_on_watch(&mut self, action: Action) {
        let said = self.watch.as_mut().and_then(|watch| watch.update(&self.context, action));
        said.into_iter().for_each(|message| self.say(&message));
    }

    /// Takes note of how many are watching; from now on the audience is shown each step.
    pub(super) fn count(&mut self, watching: usize) {
        self.audience.get_or_insert_default();
        self.talk.iter_mut().for_each(|talk| talk.count(watching));
    }

    /// Has the audience shown what it has not seen yet.
    pub(super) fn show(&mut self) -> Option<Effect> {
        let last = self.audience.as_mut()?;
        let shown = self.talk.as_ref()?.shown(&self.context);
        let changed = last.as_ref() != Some(&shown);
        *last = Some(shown.clone());
        changed.then_some(Effect::Show(shown))
    }

    /// Ends what has the screen: an excursion from a talk, a talk, or the program.
    pub(super) fn leave(&mut self) -> Vec<Effect> {
        match self.stage {
            Stage::Explore if self.looking.is_some() => self.study(),
            Stage::Explore if self.talk.is_some() => {
                self.stage = Stage::Present;
                let end = self.key(Action::Quit);
                self.say(&format!("Back in the talk; {end} ends it."));
            }
            Stage::Explore if self.watch.is_some() => {
                self.stage = Stage::Watch;
                let end = self.key(Action::Quit);
                self.say(&format!("Back in the talk; {end} leaves."));
            }
            Stage::Present if self.errand != Some(Stage::Present) => {
                self.talk = None;
                self.stage = Stage::Explore;
            }
            Stage::Explore | Stage::Present | Stage::Notes | Stage::Study | Stage::Watch => return self.quit(),
        }
        Vec::new()
    }

    /// Ends the program.
    pub(super) fn quit(&mut self) -> Vec<Effect> {
        self.talk = None;
        vec![Effect::Save(self.state()), Effect::Quit]
    }

    /// Has the talk's step kept where it is another than before, or that the talk is over.
    pub(super) fn keep_talk(&mut self) -> Option<Effect> {
        let state = match &self.talk {
            Some(talk) => talk.state(&self.context),
            None => TalkState { running: false, ..self.kept.clone()? },
        };
        let changed = self.kept.as_ref() != Some(&state);
        self.kept = Some(state.clone());
        changed.then_some(Effect::KeepTalk(state))
    }
}
