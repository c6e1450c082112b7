//! What is due, as a pure function of simulated time and of the uplink.
//!
//! Messages of sources on the uplink wait while it is cut and are delivered in the order in which they were
//! written as soon as it is back. Nothing is skipped: whoever jumps ahead gets everything in between, in order.

use crate::scenario::{Deed, Offset, Scenario, Via};
use std::collections::VecDeque;
use std::time::Duration;

/// One thing to do, by its place in the scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A person acts.
    Act(usize),
    /// A message is delivered.
    Deliver(usize),
    /// An expectation is looked at.
    Check(usize),
}

/// Something due, and what the simulated clock shows when it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The clock.
    pub at: Offset,
    /// What.
    pub what: What,
}

/// The scenario in order, and how far it has been played.
#[derive(Debug)]
pub struct Schedule {
    due: VecDeque<Due>,
    /// By event: whether it comes over the uplink.
    on_uplink: Vec<bool>,
    /// By act: what it makes of the uplink.
    turns_link: Vec<Option<bool>>,
    waiting: VecDeque<usize>,
    link_up: bool,
    at: Offset,
}

impl Schedule {
    /// Nothing played, the uplink up. Of things due at the same instant acts come first, expectations last.
    pub fn new(scenario: &Scenario) -> Self {
        let acts = scenario.acts.iter().enumerate().map(|(i, act)| Due { at: act.at, what: What::Act(i) });
        let events =
            scenario.events.iter().enumerate().map(|(i, e)| Due { at: e.at, what: What::Deliver(i) });
        let checks = scenario.expects.iter().enumerate().map(|(i, e)| Due { at: e.at, what: What::Check(i) });
        let mut due: Vec<Due> = acts.chain(events).chain(checks).collect();
        due.sort_by_key(|due| (due.at, due.what));
        let via = |id| scenario.source(id).map(|source| source.via);
        Self {
            at: due.first().map_or(Offset::ZERO, |first| first.at),
            due: due.into(),
            on_uplink: scenario.events.iter().map(|e| via(&e.source) == Some(Via::Uplink)).collect(),
            turns_link: scenario.acts.iter().map(|act| turns_link(&act.deed)).collect(),
            waiting: VecDeque::new(),
            link_up: true,
        }
    }

    /// The next thing to do on the way to `to`, or nothing before then. One at a time: what is done may cut the
    /// link for what comes after it.
    pub fn next(&mut self, to: Offset) -> Option<Due> {
        if self.link_up
            && let Some(event) = self.waiting.pop_front()
        {
            return Some(Due { at: self.at, what: What::Deliver(event) });
        }
        while let Some(due) = self.due.pop_front_if(|due| due.at <= to) {
            self.at = self.at.max(due.at);
            match due.what {
                What::Deliver(event) if self.on_uplink[event] && !self.link_up => {
                    self.waiting.push_back(event);
                }
                What::Act(act) => {
                    self.link_up = self.turns_link[act].unwrap_or(self.link_up);
                    return Some(due);
                }
                What::Deliver(_) | What::Check(_) => return Some(due),
            }
        }
        self.at = self.at.max(to);
        None
    }

    /// What the site's link was seen to be: people cut it by hand too.
    pub fn see_link(&mut self, up: bool) {
        self.link_up = up;
    }

    /// Messages that wait for the uplink.
    pub fn held(&self) -> usize {
        self.waiting.len()
    }

    /// When the next thing is due.
    pub fn upcoming(&self) -> Option<Offset> {
        self.due.front().map(|due| due.at)
    }

    /// Whether nothing is left to do.
    pub fn is_over(&self) -> bool {
        self.due.is_empty() && self.waiting.is_empty()
    }
}

fn turns_link(deed: &Deed) -> Option<bool> {
    match deed {
        Deed::Link { up } => Some(*up),
        _ => None,
    }
}

/// Where the simulated clock stands after `real` time. What lies before the start is history and takes no time.
pub fn moved(at: Offset, real: Duration, speed: f64, paused: bool) -> Offset {
    let at = at.max(Offset::ZERO);
    if paused {
        return at;
    }
    let simulated = Duration::try_from_secs_f64(real.as_secs_f64() * speed.max(0.0)).unwrap_or_default();
    Offset::try_from(simulated).ok().and_then(|step| at.checked_add(step)).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::tests::lookout;

    const HOUR: Offset = Offset::from_hours(1);

    fn advance(schedule: &mut Schedule, to: Offset, link_up: bool) -> Vec<Due> {
        schedule.see_link(link_up);
        std::iter::from_fn(|| schedule.next(to)).collect()
    }

    fn deliveries(due: &[Due]) -> Vec<usize> {
        due.iter()
            .filter_map(|due| match due.what {
                What::Deliver(event) => Some(event),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn the_whole_day_is_delivered_once_and_in_order() {
        let scenario = lookout();
        let mut schedule = Schedule::new(&scenario);
        let all = advance(&mut schedule, HOUR * 24, true);
        let mut delivered = deliveries(&all);
        assert!(all.is_sorted_by_key(|due| due.at));
        delivered.sort_unstable();
        assert_eq!(delivered, (0..scenario.events.len()).collect::<Vec<_>>());
        assert!(schedule.is_over());
    }

    #[test]
    fn small_steps_and_one_jump_do_the_same_things_in_the_same_order() {
        let scenario = lookout();
        let jump: Vec<_> =
            advance(&mut Schedule::new(&scenario), HOUR * 9, true).iter().map(|due| due.what).collect();
        let mut schedule = Schedule::new(&scenario);
        let mut link_up = true;
        let mut steps = Vec::new();
        for minute in -27 * 60..=9 * 60 {
            for due in advance(&mut schedule, Offset::from_mins(minute), link_up) {
                if let What::Act(act) = due.what {
                    link_up = turns_link(&scenario.acts[act].deed).unwrap_or(link_up);
                }
                steps.push(due.what);
            }
        }
        assert_eq!(steps, jump);
    }

    #[test]
    fn a_cut_uplink_holds_its_messages_back_and_local_ones_come_through() {
        let scenario = lookout();
        let mut schedule = Schedule::new(&scenario);
        advance(&mut schedule, Offset::from_mins(40), true);
        let during = deliveries(&advance(&mut schedule, Offset::from_mins(49), false));
        let held = schedule.held();
        let local = |event: &usize| {
            scenario.source(&scenario.events[*event].source).expect("checked").via == Via::Local
        };
        assert!(!during.is_empty() && during.iter().all(local));
        assert!(held >= 4);
        let back = advance(&mut schedule, Offset::from_secs(49 * 60 + 10), true);
        let late = deliveries(&back);
        assert_eq!((late.len(), schedule.held()), (held, 0));
        assert!(late.is_sorted(), "in the order in which they were written");
        assert!(
            back.iter().all(|due| due.at >= Offset::from_mins(49)),
            "recorded when they arrive, not before"
        );
    }

    #[test]
    fn what_waits_is_counted_as_it_stands_at_each_moment() {
        let scenario = lookout();
        let mut schedule = Schedule::new(&scenario);
        let mut most = 0;
        while schedule.next(HOUR * 9).is_some() {
            most = most.max(schedule.held());
        }
        assert!(most >= 6, "even when the whole day is one jump: {most}");
    }

    #[test]
    fn somebody_who_cuts_the_link_by_hand_loses_nothing_either() {
        let scenario = lookout();
        let mut schedule = Schedule::new(&scenario);
        let before = deliveries(&advance(&mut schedule, Offset::from_mins(5), true)).len();
        let during = deliveries(&advance(&mut schedule, Offset::from_mins(20), false)).len();
        assert!(schedule.held() > 20, "the rumour is on the uplink");
        let after = deliveries(&advance(&mut schedule, HOUR * 9, true)).len();
        assert_eq!(before + during + after, scenario.events.len());
    }

    #[test]
    fn history_takes_no_time_and_a_pause_none_either() {
        let second = Duration::from_secs(1);
        assert_eq!(moved(Offset::from_hours(-26), Duration::ZERO, 60.0, false), Offset::ZERO);
        assert_eq!(moved(Offset::ZERO, second, 60.0, false), Offset::from_mins(1));
        assert_eq!(moved(Offset::from_mins(3), second, 60.0, true), Offset::from_mins(3));
        assert_eq!(moved(Offset::from_mins(3), second, f64::NAN, false), Offset::from_mins(3));
    }
}
