//! Points and 2×2 matrices on the local plane.
//!
//! The whole filter works on 2×2 blocks (position, velocity and what binds them), each a handful of
//! multiplications that stay in registers: a linear-algebra library would bring thirteen packages for these lines.

use std::ops::{Add, Mul, Sub};

/// A point or a vector: east and north, in metres or metres a second.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct V2 {
    /// East.
    pub x: f64,
    /// North.
    pub y: f64,
}

/// A 2×2 matrix, row by row.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct M2 {
    /// First row, first column.
    pub a: f64,
    /// First row, second column.
    pub b: f64,
    /// Second row, first column.
    pub c: f64,
    /// Second row, second column.
    pub d: f64,
}

impl V2 {
    /// The vector (`x`, `y`).
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// The scalar product.
    pub fn dot(self, other: Self) -> f64 {
        self.x * other.x + self.y * other.y
    }

    /// The length.
    pub fn norm(self) -> f64 {
        self.x.hypot(self.y)
    }

    /// The matrix `self · otherᵀ`.
    pub fn outer(self, other: Self) -> M2 {
        M2::new(self.x * other.x, self.x * other.y, self.y * other.x, self.y * other.y)
    }

    /// Whether both numbers are finite.
    pub fn is_finite(self) -> bool {
        self.x.is_finite() && self.y.is_finite()
    }
}

impl M2 {
    /// The matrix of these rows.
    pub const fn new(a: f64, b: f64, c: f64, d: f64) -> Self {
        Self { a, b, c, d }
    }

    /// `s` times the identity.
    pub const fn scalar(s: f64) -> Self {
        Self::new(s, 0.0, 0.0, s)
    }

    /// The transpose.
    #[must_use]
    pub const fn t(self) -> Self {
        Self::new(self.a, self.c, self.b, self.d)
    }

    /// The determinant.
    pub fn det(self) -> f64 {
        self.a * self.d - self.b * self.c
    }

    /// The trace.
    pub fn trace(self) -> f64 {
        self.a + self.d
    }

    /// The inverse; the caller knows that the matrix has one (a covariance plus noise).
    #[must_use]
    pub fn inverse(self) -> Self {
        let k = 1.0 / self.det();
        Self::new(self.d * k, -self.b * k, -self.c * k, self.a * k)
    }

    /// The same matrix made symmetric: rounding must not drift a covariance.
    #[must_use]
    pub fn symmetric(self) -> Self {
        let off = 0.5 * (self.b + self.c);
        Self::new(self.a, off, off, self.d)
    }

    /// `vᵀ · self · v`.
    pub fn form(self, v: V2) -> f64 {
        v.dot(self * v)
    }
}

impl Add for V2 {
    type Output = Self;
    fn add(self, o: Self) -> Self {
        Self::new(self.x + o.x, self.y + o.y)
    }
}

impl Sub for V2 {
    type Output = Self;
    fn sub(self, o: Self) -> Self {
        Self::new(self.x - o.x, self.y - o.y)
    }
}

impl Mul<f64> for V2 {
    type Output = Self;
    fn mul(self, k: f64) -> Self {
        Self::new(self.x * k, self.y * k)
    }
}

impl Add for M2 {
    type Output = Self;
    fn add(self, o: Self) -> Self {
        Self::new(self.a + o.a, self.b + o.b, self.c + o.c, self.d + o.d)
    }
}

impl Sub for M2 {
    type Output = Self;
    fn sub(self, o: Self) -> Self {
        Self::new(self.a - o.a, self.b - o.b, self.c - o.c, self.d - o.d)
    }
}

impl Mul<f64> for M2 {
    type Output = Self;
    fn mul(self, k: f64) -> Self {
        Self::new(self.a * k, self.b * k, self.c * k, self.d * k)
    }
}

impl Mul<V2> for M2 {
    type Output = V2;
    fn mul(self, v: V2) -> V2 {
        V2::new(self.a * v.x + self.b * v.y, self.c * v.x + self.d * v.y)
    }
}

impl Mul for M2 {
    type Output = Self;
    fn mul(self, o: Self) -> Self {
        Self::new(
            self.a * o.a + self.b * o.c,
            self.a * o.b + self.b * o.d,
            self.c * o.a + self.d * o.c,
            self.c * o.b + self.d * o.d,
        )
    }
}
