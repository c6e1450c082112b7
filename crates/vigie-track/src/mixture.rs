//! A track's mixture: how well a plot fits it, what each hypothesis makes of it, and keeping it small.

use crate::gauss::Fit;
use crate::motion::Component;
use crate::plane::V2;
use crate::sensor::{Seen, turn};
use crate::settings::Settings;

/// One way a component may go on: with a plot or without.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hypothesis {
    pub weight: f64,
    pub parent: usize,
    pub plot: Option<u32>,
}

/// Likelihood of `seen` under `component`, 0 outside the gate.
pub(crate) fn fit<const M: usize>(component: &Component<M>, seen: &Seen, gate_d2: f64) -> f64 {
    let mut sum = 0.0;
    for (guess, share) in component.guess.iter().zip(component.shares) {
        let Fit { d2, likelihood } = match *seen {
            Seen::Point { z, noise, .. } => guess.fit(z, noise),
            Seen::Line { site, azimuth, variance, .. } => {
                let (h, residual) = line(guess.x, site, azimuth);
                guess.fit_line(h, residual, variance)
            }
        };
        if d2 <= gate_d2 {
            sum += share * likelihood;
        }
    }
    sum
}

/// The azimuth's slope at `x` and the residual: the look made linear around the guess.
pub(crate) fn line(x: V2, site: V2, azimuth: f64) -> (V2, f64) {
    let off = x - site;
    let square = off.dot(off).max(1.0);
    (V2::new(off.y / square, -off.x / square), turn(azimuth, off.x.atan2(off.y)))
}

/// The component after one of its hypotheses.
pub(crate) fn correct<const M: usize>(
    component: &Component<M>,
    seen: Option<&Seen>,
    weight: f64,
) -> Component<M> {
    let mut next = *component;
    next.weight = weight;
    let Some(seen) = seen else { return next };
    let mut sum = 0.0;
    for (guess, share) in next.guess.iter_mut().zip(&mut next.shares) {
        let foreseen = match *seen {
            Seen::Point { z, noise, .. } => {
                // A single model needs no weighing of models.
                let foreseen = if M > 1 { guess.fit(z, noise).likelihood } else { 1.0 };
                *guess = guess.correct(z, noise);
                foreseen
            }
            Seen::Line { site, azimuth, variance, .. } => {
                let (h, residual) = line(guess.x, site, azimuth);
                let foreseen = guess.fit_line(h, residual, variance).likelihood;
                *guess = guess.correct_line(h, residual, variance);
                foreseen
            }
        };
        *share *= foreseen;
        sum += *share;
    }
    if sum > 0.0 {
        next.shares.iter_mut().for_each(|share| *share /= sum);
    } else {
        next.shares = component.shares;
    }
    next
}

/// Adds a component to those from `first` on: merged into one that is alike, or beside them while there is room.
pub(crate) fn admit<const M: usize>(
    kept: &mut Vec<Component<M>>,
    first: usize,
    next: &Component<M>,
    settings: &Settings,
) {
    match kept[first..].iter().position(|kept| alike(kept, next, settings.merge_d2)) {
        Some(place) => kept[first + place].merge(next),
        None if kept.len() - first < settings.components_max => kept.push(*next),
        None => {}
    }
}

/// Makes the weights from `first` on sum to one.
pub(crate) fn level<const M: usize>(kept: &mut [Component<M>]) {
    let sum: f64 = kept.iter().map(|component| component.weight).sum();
    for component in kept {
        component.weight /= sum;
    }
}

fn alike<const M: usize>(kept: &Component<M>, next: &Component<M>, merge_d2: f64) -> bool {
    kept.guess.iter().zip(&next.guess).all(|(p, q)| {
        let (dx, dv) = (q.x - p.x, q.v - p.v);
        p.a.inverse().form(dx) < merge_d2 && p.c.inverse().form(dv) < merge_d2
    })
}
