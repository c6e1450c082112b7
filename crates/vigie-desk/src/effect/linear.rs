//! Small systems of linear equations, of a size that is known when the program is built.

/// A square matrix.
pub type Square<const P: usize> = [[f64; P]; P];

/// Adds to each pivot so that a column of zeros (a half of the day in which nothing ever came) stays solvable.
const RIDGE: f64 = 1e-9;

/// Inverse of a symmetric positive matrix by Gauss and Jordan; a pivot that vanishes is lifted by a ridge.
pub fn inverse<const P: usize>(matrix: &Square<P>) -> Square<P> {
    let mut left = *matrix;
    let mut right = [[0.0; P]; P];
    for i in 0..P {
        left[i][i] += RIDGE;
        right[i][i] = 1.0;
    }
    for i in 0..P {
        let pivot = left[i][i].max(RIDGE);
        scale(&mut left[i], 1.0 / pivot);
        scale(&mut right[i], 1.0 / pivot);
        let (row, image) = (left[i], right[i]);
        for j in (0..P).filter(|j| *j != i) {
            let factor = left[j][i];
            subtract(&mut left[j], &row, factor);
            subtract(&mut right[j], &image, factor);
        }
    }
    right
}

fn scale<const P: usize>(row: &mut [f64; P], factor: f64) {
    for value in row {
        *value *= factor;
    }
}

fn subtract<const P: usize>(row: &mut [f64; P], other: &[f64; P], factor: f64) {
    row.iter_mut().zip(other).for_each(|(value, other)| *value -= factor * other);
}

/// Matrix times vector.
pub fn times<const P: usize>(matrix: &Square<P>, vector: &[f64; P]) -> [f64; P] {
    std::array::from_fn(|i| dot(&matrix[i], vector))
}

/// Inner product.
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matrix_times_its_inverse_is_one() {
        let matrix = [[4.0, 1.0, 0.5], [1.0, 3.0, 0.2], [0.5, 0.2, 2.0]];
        let inverse = inverse(&matrix);
        for (i, row) in matrix.iter().enumerate() {
            for (j, column) in [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]].iter().enumerate() {
                let product = dot(row, &times(&inverse, column));
                assert!((product - f64::from(u8::from(i == j))).abs() < 1e-7, "{i} {j} {product}");
            }
        }
    }

    #[test]
    fn a_matrix_without_inverse_gives_numbers_still() {
        let flat = inverse(&[[0.0, 0.0], [0.0, 1.0]]);
        assert!(flat.iter().flatten().all(|value| value.is_finite()));
    }
}
