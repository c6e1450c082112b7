//! How objects move between two scans, and how a track weighs several such ideas (interacting multiple models).
//!
//! Nearly-constant velocity: white-noise acceleration of density `q`, `Q = q [T³/3, T²/2; T²/2, T]` per axis
//! (Bar-Shalom, Li, Kirubarajan, *Estimation with Applications to Tracking and Navigation*, 2001, §6.2.2).
//! Coordinated turn of known rate `ω` (§11.7.1): `S = [sin ωT, −(1−cos ωT); 1−cos ωT, sin ωT] / ω`, `R` the rotation
//! by `ωT`. Several of them mix as in Blom and Bar-Shalom, *IEEE TAC* 33 (1988): before a step each model starts from
//! the blend of all, weighted by the chance that the object changed over; after it, each is re-weighted by how well it
//! foresaw the plot.

use crate::gauss::Gauss;
use crate::plane::{M2, V2};

/// One idea of how an object moves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Model {
    /// Density of the white-noise acceleration, m²/s³.
    pub q: f64,
    /// Turn rate, radians a second, anticlockwise; 0 is straight on.
    pub turn_rad_s: f64,
}

impl Model {
    /// Straight on, with accelerations of density `q` (m²/s³).
    pub const fn straight(q: f64) -> Self {
        Self { q, turn_rad_s: 0.0 }
    }

    /// The step over `dt_s` seconds.
    pub fn step(&self, dt_s: f64) -> Step {
        let (t, w) = (dt_s, self.turn_rad_s);
        let (s, r) = if (w * t).abs() < 1e-9 {
            (M2::scalar(t), M2::scalar(1.0))
        } else {
            let (sin, cos) = (w * t).sin_cos();
            let (along, across) = (sin / w, (1.0 - cos) / w);
            (M2::new(along, -across, across, along), M2::new(cos, -sin, sin, cos))
        };
        Step {
            s,
            r,
            q11: M2::scalar(self.q * t.powi(3) / 3.0),
            q12: M2::scalar(self.q * t.powi(2) / 2.0),
            q22: M2::scalar(self.q * t),
        }
    }
}

/// A model's step over one interval, ready to apply.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// Velocity to displacement.
    pub s: M2,
    /// Velocity to velocity.
    pub r: M2,
    /// Noise of the position.
    pub q11: M2,
    /// Noise of position with velocity.
    pub q12: M2,
    /// Noise of the velocity.
    pub q22: M2,
}

/// `M` models and how long an object keeps to one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Motion<const M: usize> {
    /// The models.
    pub models: [Model; M],
    /// Their weights at birth.
    pub start: [f64; M],
    /// Mean time an object keeps to one model, seconds.
    pub dwell_s: f64,
}

impl Motion<1> {
    /// One model: nearly-constant velocity.
    pub const fn constant_velocity(q: f64) -> Self {
        Self { models: [Model::straight(q)], start: [1.0], dwell_s: f64::INFINITY }
    }
}

impl Motion<3> {
    /// Straight on, or a turn to either side at `turn_rad_s` with livelier accelerations.
    pub const fn with_turns(q: f64, turn_rad_s: f64) -> Self {
        Self {
            models: [
                Model::straight(q),
                Model { q: 4.0 * q, turn_rad_s },
                Model { q: 4.0 * q, turn_rad_s: -turn_rad_s },
            ],
            start: [0.8, 0.1, 0.1],
            dwell_s: 20.0,
        }
    }
}

impl<const M: usize> Motion<M> {
    /// Everything a prediction over `dt_s` needs.
    pub fn leap(&self, dt_s: f64) -> Leap<M> {
        let stay = if M == 1 { 1.0 } else { (-dt_s / self.dwell_s).exp() };
        Leap { steps: self.models.map(|model| model.step(dt_s)), stay }
    }
}

/// All models' steps over one interval and the chance of keeping to one.
#[derive(Debug, Clone, Copy)]
pub struct Leap<const M: usize> {
    steps: [Step; M],
    stay: f64,
}

/// One possible history of an object: its share of the track, and one Gaussian per model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Component<const M: usize> {
    /// Share of the track, summing to 1 over its components.
    pub weight: f64,
    /// Shares of the models, summing to 1.
    pub shares: [f64; M],
    /// One guess per model.
    pub guess: [Gauss; M],
}

impl<const M: usize> Component<M> {
    /// A new object at `x` with position noise `a`, any direction and velocity variance `speed_var` per axis.
    pub fn born(motion: &Motion<M>, x: V2, a: M2, speed_var: f64) -> Self {
        let guess = Gauss { x, a, c: M2::scalar(speed_var), ..Gauss::default() };
        Self { weight: 1.0, shares: motion.start, guess: [guess; M] }
    }

    /// Moves on over one interval: mix, then let each model take its step.
    pub fn predict(&mut self, leap: &Leap<M>) {
        if M > 1 {
            self.mix(leap.stay);
        }
        for (guess, step) in self.guess.iter_mut().zip(&leap.steps) {
            guess.predict(step);
        }
    }

    fn mix(&mut self, stay: f64) {
        let leave = (1.0 - stay) / (M - 1) as f64;
        let (old, shares) = (self.guess, self.shares);
        for to in 0..M {
            let mut sum = 0.0;
            for from in 0..M {
                let flow = shares[from] * if from == to { stay } else { leave };
                if flow <= 0.0 {
                    continue;
                }
                if sum == 0.0 {
                    self.guess[to] = old[from];
                } else {
                    self.guess[to].merge(sum, &old[from], flow);
                }
                sum += flow;
            }
            self.shares[to] = sum;
        }
    }

    /// The blend of all models: what this history says as one Gaussian.
    pub fn blend(&self) -> Gauss {
        let mut sum = self.shares[0];
        let mut all = self.guess[0];
        for m in 1..M {
            if self.shares[m] > 0.0 {
                all.merge(sum.max(f64::MIN_POSITIVE), &self.guess[m], self.shares[m]);
                sum += self.shares[m];
            }
        }
        all
    }

    /// Takes in `other`, keeping mean and spread model by model.
    pub fn merge(&mut self, other: &Self) {
        let total = self.weight + other.weight;
        for m in 0..M {
            let (own, share) = (self.weight * self.shares[m], other.weight * other.shares[m]);
            if share > 0.0 {
                self.guess[m].merge(own.max(f64::MIN_POSITIVE), &other.guess[m], share);
            }
            self.shares[m] = (own + share) / total;
        }
        self.weight = total;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_turn_ends_at_right_angles() {
        let turn = Model { q: 0.0, turn_rad_s: std::f64::consts::FRAC_PI_2 / 10.0 };
        let mut guess = Gauss { v: V2::new(10.0, 0.0), ..Gauss::default() };
        guess.predict(&turn.step(10.0));
        let radius = 10.0 / turn.turn_rad_s;
        assert!((guess.x - V2::new(radius, radius)).norm() < 1e-9, "{guess:?}");
        assert!((guess.v - V2::new(0.0, 10.0)).norm() < 1e-9);
    }

    #[test]
    fn one_long_step_equals_two_short_ones() {
        for turn_rad_s in [0.0, 0.2] {
            let model = Model { q: 0.0, turn_rad_s };
            let start =
                Gauss { v: V2::new(4.0, -3.0), a: M2::scalar(9.0), c: M2::scalar(2.0), ..Gauss::default() };
            let (mut once, mut twice) = (start, start);
            once.predict(&model.step(3.0));
            twice.predict(&model.step(1.0));
            twice.predict(&model.step(2.0));
            assert!((once.x - twice.x).norm() < 1e-9 && (once.a.a - twice.a.a).abs() < 1e-9);
            assert!((once.b.b - twice.b.b).abs() < 1e-9);
        }
    }

    #[test]
    fn the_models_take_over_when_the_object_turns() {
        let motion = Motion::with_turns(0.1, 0.2);
        let mut track = Component::born(&motion, V2::new(0.0, 0.0), M2::scalar(25.0), 100.0);
        let mut at = Gauss { v: V2::new(15.0, 0.0), ..Gauss::default() };
        let (straight, turning) = (motion.models[0].step(1.0), motion.models[1].step(1.0));
        for second in 0..30 {
            at.predict(if second < 15 { &straight } else { &turning });
            track.predict(&motion.leap(1.0));
            let likely: Vec<f64> =
                track.guess.iter().map(|guess| guess.fit(at.x, M2::scalar(25.0)).likelihood).collect();
            let sum: f64 = track.shares.iter().zip(&likely).map(|(share, fit)| share * fit).sum();
            for (m, likely) in likely.iter().enumerate() {
                track.shares[m] *= likely / sum;
                track.guess[m] = track.guess[m].correct(at.x, M2::scalar(25.0));
            }
            if second == 14 {
                assert!(track.shares[0] > 0.6, "{:?}", track.shares);
            }
        }
        assert!(track.shares[1] > 0.8, "{:?}", track.shares);
        assert!((track.blend().x - at.x).norm() < 5.0);
    }
}
