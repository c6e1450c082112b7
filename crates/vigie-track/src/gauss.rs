//! One Gaussian guess of where an object is and how it moves: predict and correct.
//!
//! With position `x`, velocity `v` and covariance blocks `A = cov(x, x)`, `B = cov(x, v)`, `C = cov(v, v)`, a step of
//! a linear motion is `x' = x + S v`, `v' = R v`, hence
//! `A' = A + B Sᵀ + S Bᵀ + S C Sᵀ + Q₁₁`, `B' = (B + S C) Rᵀ + Q₁₂`, `C' = R C Rᵀ + Q₂₂`.
//! Correction by a seen position `z` with noise `N`: `G = A + N`, `x' = x + A G⁻¹ (z − x)`,
//! `v' = v + Bᵀ G⁻¹ (z − x)` (Kalman, *J. Basic Engineering* 82, 1960).

use crate::motion::Step;
use crate::plane::{M2, V2};

/// Position, velocity and their covariance on the local plane (metres, metres a second).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Gauss {
    /// Mean position.
    pub x: V2,
    /// Mean velocity.
    pub v: V2,
    /// Covariance of the position.
    pub a: M2,
    /// Covariance of position with velocity.
    pub b: M2,
    /// Covariance of the velocity.
    pub c: M2,
}

/// What a seen position means for one Gaussian: distance and likelihood.
#[derive(Debug, Clone, Copy)]
pub struct Fit {
    /// Squared Mahalanobis distance of the plot.
    pub d2: f64,
    /// Likelihood per square metre (or per radian for a bearing).
    pub likelihood: f64,
}

impl Gauss {
    /// Moves the guess through `step`.
    pub fn predict(&mut self, step: &Step) {
        let sc = step.s * self.c;
        let bst = self.b * step.s.t();
        self.a = (self.a + bst + bst.t() + sc * step.s.t() + step.q11).symmetric();
        self.b = (self.b + sc) * step.r.t() + step.q12;
        self.c = (step.r * self.c * step.r.t() + step.q22).symmetric();
        self.x = self.x + step.s * self.v;
        self.v = step.r * self.v;
    }

    /// How well the position `z` with noise `n` fits.
    pub fn fit(&self, z: V2, n: M2) -> Fit {
        let g = self.a + n;
        let d2 = g.inverse().form(z - self.x);
        Fit { d2, likelihood: (-0.5 * d2).exp() / (std::f64::consts::TAU * g.det().sqrt()) }
    }

    /// The guess after seeing the position `z` with noise `n`.
    #[must_use]
    pub fn correct(&self, z: V2, n: M2) -> Self {
        let inverse = (self.a + n).inverse();
        let (ka, kb) = (self.a * inverse, self.b.t() * inverse);
        let residual = z - self.x;
        Self {
            x: self.x + ka * residual,
            v: self.v + kb * residual,
            a: (self.a - ka * self.a).symmetric(),
            b: self.b - ka * self.b,
            c: (self.c - kb * self.b).symmetric(),
        }
    }

    /// How well the scalar `residual` of a linear look `h · x` with variance `n` fits.
    pub fn fit_line(&self, h: V2, residual: f64, n: f64) -> Fit {
        let g = self.a.form(h) + n;
        let d2 = residual * residual / g;
        Fit { d2, likelihood: (-0.5 * d2).exp() / (std::f64::consts::TAU * g).sqrt() }
    }

    /// The guess after such a look.
    #[must_use]
    pub fn correct_line(&self, h: V2, residual: f64, n: f64) -> Self {
        let (pa, pb) = (self.a * h, self.b.t() * h);
        let k = 1.0 / (h.dot(pa) + n);
        Self {
            x: self.x + pa * (residual * k),
            v: self.v + pb * (residual * k),
            a: (self.a - pa.outer(pa) * k).symmetric(),
            b: self.b - pa.outer(pb) * k,
            c: (self.c - pb.outer(pb) * k).symmetric(),
        }
    }

    /// Takes in `share` of `other` against `own` of itself, keeping mean and spread (moment matching).
    pub fn merge(&mut self, own: f64, other: &Self, share: f64) {
        let (p, q) = (own / (own + share), share / (own + share));
        let (dx, dv) = (other.x - self.x, other.v - self.v);
        self.a = self.a * p + other.a * q + dx.outer(dx) * (p * q);
        self.b = self.b * p + other.b * q + dx.outer(dv) * (p * q);
        self.c = self.c * p + other.c * q + dv.outer(dv) * (p * q);
        self.x = self.x + dx * q;
        self.v = self.v + dv * q;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::motion::Model;

    fn guess() -> Gauss {
        Gauss {
            x: V2::new(10.0, -4.0),
            v: V2::new(3.0, 1.0),
            a: M2::new(90.0, 12.0, 12.0, 60.0),
            b: M2::new(5.0, 1.0, -2.0, 4.0),
            c: M2::new(9.0, 0.5, 0.5, 7.0),
        }
    }

    /// Two looks along the axes say what one look at the position says.
    #[test]
    fn a_position_is_two_lines() {
        let (z, n) = (V2::new(14.0, 1.0), 25.0);
        let whole = guess().correct(z, M2::scalar(n));
        let (east, north) = (V2::new(1.0, 0.0), V2::new(0.0, 1.0));
        let half = guess().correct_line(east, z.x - guess().x.x, n);
        let both = half.correct_line(north, z.y - half.x.y, n);
        let near = |p: f64, q: f64| (p - q).abs() < 1e-9;
        assert!(near(whole.x.x, both.x.x) && near(whole.x.y, both.x.y) && near(whole.v.x, both.v.x));
        assert!(near(whole.a.a, both.a.a) && near(whole.a.b, both.a.b) && near(whole.b.c, both.b.c));
        assert!(near(whole.c.d, both.c.d));
        let product = guess().fit_line(east, z.x - guess().x.x, n).likelihood
            * half.fit_line(north, z.y - half.x.y, n).likelihood;
        assert!(near(guess().fit(z, M2::scalar(n)).likelihood, product));
    }

    /// Hand-worked: a metre of standard deviation and a metre a second, one second on.
    #[test]
    fn a_step_spreads_the_position_by_the_speed() {
        let mut one =
            Gauss { v: V2::new(2.0, 0.0), a: M2::scalar(1.0), c: M2::scalar(1.0), ..Gauss::default() };
        one.predict(&Model::straight(3.0).step(1.0));
        assert_eq!(one.x, V2::new(2.0, 0.0));
        assert!(
            (one.a.a - 3.0).abs() < 1e-12 && (one.b.a - 2.5).abs() < 1e-12 && (one.c.a - 4.0).abs() < 1e-12
        );
    }

    #[test]
    fn merging_keeps_mean_and_spread() {
        let mut kept = Gauss { a: M2::scalar(4.0), ..Gauss::default() };
        kept.merge(0.75, &Gauss { x: V2::new(8.0, 0.0), a: M2::scalar(4.0), ..Gauss::default() }, 0.25);
        assert!(
            (kept.x.x - 2.0).abs() < 1e-12
                && (kept.a.a - 16.0).abs() < 1e-12
                && (kept.a.d - 4.0).abs() < 1e-12
        );
    }
}
