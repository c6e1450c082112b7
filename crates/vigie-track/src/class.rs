//! What a track is, with how much confidence.
//!
//! Each plot may bring a hint. A hint of confidence `γ` says its class with chance `γ` and each other with
//! `(1 − γ) / (K − 1)`; by Bayes `p(k) ∝ p(k) l(k)`. A plot that is the track's only in part counts in that part.

/// What an object may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// On foot.
    Person,
    /// On wheels or tracks.
    Vehicle,
    /// On water.
    Boat,
    /// With people on board.
    Aircraft,
    /// Without.
    Drone,
    /// A bird, a herd.
    Animal,
}

/// Every class, in the order that beliefs are kept in.
pub const CLASSES: [Class; 6] =
    [Class::Person, Class::Vehicle, Class::Boat, Class::Aircraft, Class::Drone, Class::Animal];

/// What a sensor takes a plot for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClassHint {
    /// The class it names.
    pub class: Class,
    /// How often it is right, 0 to 1.
    pub confidence: f32,
}

/// A belief over [`CLASSES`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Belief([f32; CLASSES.len()]);

impl Default for Belief {
    fn default() -> Self {
        Self([1.0 / CLASSES.len() as f32; CLASSES.len()])
    }
}

impl Belief {
    /// Takes in a hint that is this track's with chance `share`.
    pub fn weigh(&mut self, hint: ClassHint, share: f32) {
        // Neither certainty nor nonsense: one hint alone never settles a class for good.
        let sure = if hint.confidence.is_finite() { hint.confidence.clamp(0.01, 0.99) } else { return };
        let rest = (1.0 - sure) / (CLASSES.len() - 1) as f32;
        let mut next = self.0;
        for (belief, class) in next.iter_mut().zip(CLASSES) {
            *belief *= if class == hint.class { sure } else { rest };
        }
        let sum: f32 = next.iter().sum();
        for (belief, weighed) in self.0.iter_mut().zip(next) {
            *belief = (*belief * (1.0 - share) + weighed / sum * share).max(1e-6);
        }
    }

    /// The likeliest class and its chance; `None` before any hint.
    pub fn best(&self) -> Option<(Class, f32)> {
        let (class, belief) =
            CLASSES.into_iter().zip(self.0).reduce(|best, next| if next.1 > best.1 { next } else { best })?;
        let even = 1.0 / CLASSES.len() as f32;
        (belief > even * 1.01).then_some((class, belief))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_add_up_and_a_doubtful_plot_counts_for_less() {
        let hint = ClassHint { class: Class::Drone, confidence: 0.7 };
        let (mut sure, mut doubtful) = (Belief::default(), Belief::default());
        assert_eq!(sure.best(), None);
        sure.weigh(hint, 1.0);
        doubtful.weigh(hint, 0.2);
        let chance = |belief: &Belief| belief.best().expect("a class").1;
        assert!((chance(&sure) - 0.7).abs() < 1e-5 && chance(&doubtful) < 0.3);
        sure.weigh(hint, 1.0);
        assert!(chance(&sure) > 0.9);
        for _ in 0..6 {
            sure.weigh(ClassHint { class: Class::Animal, confidence: 0.8 }, 1.0);
        }
        assert_eq!(sure.best().map(|best| best.0), Some(Class::Animal), "a belief can be changed");
        sure.weigh(ClassHint { class: Class::Boat, confidence: f32::NAN }, 1.0);
        assert_eq!(sure.best().map(|best| best.0), Some(Class::Animal));
    }
}
