//! Finds the plots near a predicted position without looking at all of them.

use crate::plane::V2;

/// Plots by square cell, in a table of chains: any spread of positions costs the same memory.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    cell_m: f64,
    starts: Vec<u32>,
    plots: Vec<u32>,
    keys: Vec<u32>,
    at: Vec<V2>,
}

impl Grid {
    /// Files the positions under cells of `cell_m` metres. A position that is `None` is never found.
    pub fn fill(&mut self, cell_m: f64, positions: impl Iterator<Item = Option<V2>>) {
        self.cell_m = cell_m.max(1e-3);
        self.at.clear();
        self.at.extend(positions.map(|at| at.unwrap_or(V2::new(f64::NAN, f64::NAN))));
        let size = (2 * self.at.len()).next_power_of_two().max(16);
        self.starts.clear();
        self.starts.resize(size + 1, 0);
        self.keys.clear();
        for at in &self.at {
            let key = if at.is_finite() {
                hash(cell(at.x, self.cell_m), cell(at.y, self.cell_m), size)
            } else {
                u32::MAX
            };
            self.keys.push(key);
            if key != u32::MAX {
                self.starts[key as usize] += 1;
            }
        }
        for k in 1..=size {
            self.starts[k] += self.starts[k - 1];
        }
        self.plots.clear();
        self.plots.resize(self.starts[size] as usize, 0);
        // Each entry holds the end of its chain; filling from the back leaves it at the beginning.
        for (plot, &key) in self.keys.iter().enumerate().rev().filter(|(_, key)| **key != u32::MAX) {
            self.starts[key as usize] -= 1;
            self.plots[self.starts[key as usize] as usize] = plot as u32;
        }
    }

    /// Calls `found` once for each plot in the rectangle of half sides `reach` around `centre`.
    pub fn near(&self, centre: V2, reach: V2, mut found: impl FnMut(u32)) {
        if self.plots.is_empty() || !(centre.is_finite() && reach.is_finite()) {
            return;
        }
        let (x0, x1) = (cell(centre.x - reach.x, self.cell_m), cell(centre.x + reach.x, self.cell_m));
        let (y0, y1) = (cell(centre.y - reach.y, self.cell_m), cell(centre.y + reach.y, self.cell_m));
        let within = |plot: u32| {
            let off = self.at[plot as usize] - centre;
            off.x.abs() <= reach.x && off.y.abs() <= reach.y
        };
        let cells =
            (x1.saturating_sub(x0).saturating_add(1)).saturating_mul(y1.saturating_sub(y0).saturating_add(1));
        if cells > 64 && cells as usize > self.plots.len() {
            // Looking at every plot is cheaper than at so many cells.
            (0..self.at.len() as u32).filter(|plot| within(*plot)).for_each(found);
            return;
        }
        for y in y0..=y1 {
            for x in x0..=x1 {
                self.cell_members(x, y, |plot| {
                    if within(plot) {
                        found(plot);
                    }
                });
            }
        }
    }

    fn cell_members(&self, x: i64, y: i64, mut found: impl FnMut(u32)) {
        let key = hash(x, y, self.starts.len() - 1) as usize;
        for &plot in &self.plots[self.starts[key] as usize..self.starts[key + 1] as usize] {
            let at = self.at[plot as usize];
            // Two cells may share a chain: only the plots of this one count, or they would be found twice.
            if cell(at.x, self.cell_m) == x && cell(at.y, self.cell_m) == y {
                found(plot);
            }
        }
    }
}

fn cell(value: f64, cell_m: f64) -> i64 {
    (value / cell_m).floor() as i64
}

fn hash(x: i64, y: i64, size: usize) -> u32 {
    let mixed =
        (x as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (y as u64).wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
    ((mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 33) as u32 & (size as u32 - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_grid_finds_what_looking_at_all_finds(
            positions in proptest::collection::vec((-500.0_f64..500.0, -500.0_f64..500.0), 0..60),
            centre in (-600.0_f64..600.0, -600.0_f64..600.0),
            reach in (0.0_f64..400.0, 0.0_f64..400.0),
            cell_m in 1.0_f64..300.0,
        ) {
            let positions: Vec<V2> = positions.into_iter().map(|(x, y)| V2::new(x, y)).collect();
            let (centre, reach) = (V2::new(centre.0, centre.1), V2::new(reach.0, reach.1));
            let mut grid = Grid::default();
            grid.fill(cell_m, positions.iter().map(|at| Some(*at)));
            let mut found = Vec::new();
            grid.near(centre, reach, |plot| found.push(plot));
            found.sort_unstable();
            let all: Vec<u32> = (0..positions.len() as u32)
                .filter(|plot| {
                    let off = positions[*plot as usize] - centre;
                    off.x.abs() <= reach.x && off.y.abs() <= reach.y
                })
                .collect();
            prop_assert_eq!(found, all);
        }
    }

    #[test]
    fn far_and_missing_positions_do_no_harm() {
        let mut grid = Grid::default();
        grid.fill(
            10.0,
            [Some(V2::new(1e300, 0.0)), None, Some(V2::new(f64::NAN, 0.0)), Some(V2::new(5.0, 5.0))]
                .into_iter(),
        );
        let mut found = Vec::new();
        grid.near(V2::new(0.0, 0.0), V2::new(1e9, 1e9), |plot| found.push(plot));
        assert_eq!(found, [3]);
        grid.near(V2::new(f64::NAN, 0.0), V2::new(1.0, 1.0), |_| panic!("nothing is near nowhere"));
    }
}
