//! Which plot is whose: marginal chances for every track and every plot of one scan.
//!
//! With ratios `l[i,j] = w[i,j] / (w[i,0] κ[j])` (track `i` made plot `j`, against track `i` missed and `j` being
//! clutter or a newcomer), the chance of a joint assignment is proportional to the product of the ratios it uses. Tracks that
//! share a plot form a cluster; clusters are independent.
//! - One track or one plot: closed form.
//! - At most [`EXACT_MAX`] plots or tracks in the cluster: exact, by summing over the sets of plots already taken
//!   (`f[i+1](S ∪ j) += f[i](S) l[i,j]`, forwards and backwards), the same sums as full enumeration.
//! - Else loopy belief propagation, `μ[i,j] = l[i,j] / (1 + Σ_{k≠j} l[i,k] ν[k,i])`,
//!   `ν[j,i] = 1 / (1 + Σ_{k≠i} μ[k,j])` (Williams and Lau, *IEEE TAES* 50, 2014), which always converges.

/// Clusters with at most this many plots (or tracks) are summed exactly.
pub const EXACT_MAX: usize = 6;

/// Rounds of belief propagation before it settles for what it has.
const ROUNDS_MAX: usize = 100;

/// Largest change of a message at which belief propagation ends.
const SETTLED: f64 = 1e-4;

/// One possible pairing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// The plot.
    pub plot: u32,
    /// `l[i,j]`, finite and positive.
    pub ratio: f64,
}

/// Pairings by track: those of track `i` are `edges[starts[i]..starts[i + 1]]`.
#[derive(Debug, Clone, Default)]
pub struct Pairings {
    /// Where each track's edges start, and one more for the end.
    pub starts: Vec<u32>,
    /// The edges.
    pub edges: Vec<Edge>,
}

impl Pairings {
    /// Empties it, keeping its memory.
    pub fn clear(&mut self) {
        self.starts.clear();
        self.starts.push(0);
        self.edges.clear();
    }

    /// Ends the edges of one track.
    pub fn end_track(&mut self) {
        self.starts.push(self.edges.len() as u32);
    }

    /// How many tracks there are.
    pub fn tracks(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The places of track `i`'s edges.
    pub fn of(&self, i: usize) -> std::ops::Range<usize> {
        self.starts[i] as usize..self.starts[i + 1] as usize
    }
}

/// Marginal chances, and the memory they are worked out in.
#[derive(Debug, Clone, Default)]
pub struct Marginals {
    /// Chance of each edge.
    pub paired: Vec<f64>,
    /// Chance that each track made none of its plots.
    pub missed: Vec<f64>,
    /// Chance that no track made each plot.
    pub free: Vec<f64>,
    /// Clusters too large for an exact sum in the last scan.
    pub loopy: u32,
    /// How far the last scan's belief propagation was from settling.
    pub unsettled: f64,
    parent: Vec<u32>,
    taken_by: Vec<u32>,
    order: Vec<(u32, u32)>,
    local: Vec<u32>,
    columns: Vec<u32>,
    rows: Vec<Vec<(usize, f64, usize)>>,
    forward: Vec<f64>,
    backward: Vec<f64>,
    to_plot: Vec<f64>,
    to_track: Vec<f64>,
    sum: Vec<f64>,
}

const NONE: u32 = u32::MAX;

impl Marginals {
    /// Works out the marginals of `pairings` over `plots` plots.
    pub fn solve(&mut self, pairings: &Pairings, plots: usize) {
        self.reset(pairings, plots);
        self.cluster(pairings);
        let order = std::mem::take(&mut self.order);
        for cluster in order.chunk_by(|a, b| a.0 == b.0) {
            self.solve_cluster(pairings, cluster);
        }
        self.order = order;
    }

    /// The same by belief propagation alone: what the exact sums are compared with.
    #[cfg(test)]
    fn solve_loopy(&mut self, pairings: &Pairings, plots: usize) {
        self.reset(pairings, plots);
        self.cluster(pairings);
        let order = std::mem::take(&mut self.order);
        self.propagate(pairings, &order);
        self.order = order;
    }

    fn reset(&mut self, pairings: &Pairings, plots: usize) {
        refill(&mut self.paired, pairings.edges.len(), 0.0);
        refill(&mut self.missed, pairings.tracks(), 1.0);
        refill(&mut self.free, plots, 1.0);
        refill(&mut self.sum, plots, 0.0);
        refill(&mut self.local, plots, NONE);
        refill(&mut self.to_plot, pairings.edges.len(), 0.0);
        refill(&mut self.to_track, pairings.edges.len(), 1.0);
        self.loopy = 0;
        self.unsettled = 0.0;
    }

    /// Joins tracks that share a plot (union-find) and orders them by cluster.
    fn cluster(&mut self, pairings: &Pairings) {
        self.parent.clear();
        self.parent.extend(0..pairings.tracks() as u32);
        refill(&mut self.taken_by, self.free.len(), NONE);
        for i in 0..pairings.tracks() {
            for edge in &pairings.edges[pairings.of(i)] {
                let first = self.taken_by[edge.plot as usize];
                if first == NONE {
                    self.taken_by[edge.plot as usize] = i as u32;
                } else {
                    let (a, b) = (self.root(first), self.root(i as u32));
                    self.parent[a.max(b) as usize] = a.min(b);
                }
            }
        }
        self.order.clear();
        for i in 0..pairings.tracks() {
            if !pairings.of(i).is_empty() {
                let root = self.root(i as u32);
                self.order.push((root, i as u32));
            }
        }
        self.order.sort_unstable();
    }

    fn root(&mut self, mut i: u32) -> u32 {
        while self.parent[i as usize] != i {
            self.parent[i as usize] = self.parent[self.parent[i as usize] as usize];
            i = self.parent[i as usize];
        }
        i
    }

    fn solve_cluster(&mut self, pairings: &Pairings, cluster: &[(u32, u32)]) {
        if let [(_, track)] = cluster {
            return self.alone(pairings, *track as usize);
        }
        self.columns.clear();
        for &(_, i) in cluster {
            for edge in &pairings.edges[pairings.of(i as usize)] {
                let local = &mut self.local[edge.plot as usize];
                if *local == NONE {
                    *local = self.columns.len() as u32;
                    self.columns.push(edge.plot);
                }
            }
        }
        if self.columns.len() <= EXACT_MAX {
            self.exact_by_track(pairings, cluster);
        } else if cluster.len() <= EXACT_MAX {
            self.exact_by_plot(pairings, cluster);
        } else {
            self.loopy += 1;
            self.propagate(pairings, cluster);
        }
    }

    fn alone(&mut self, pairings: &Pairings, i: usize) {
        let of = pairings.of(i);
        let total = 1.0 + pairings.edges[of.clone()].iter().map(|edge| edge.ratio).sum::<f64>();
        self.missed[i] = 1.0 / total;
        for e in of {
            let edge = pairings.edges[e];
            self.paired[e] = edge.ratio / total;
            self.free[edge.plot as usize] = 1.0 - self.paired[e];
        }
    }

    fn exact_by_track(&mut self, pairings: &Pairings, cluster: &[(u32, u32)]) {
        let mut rows = self.take_rows(cluster.len());
        for (row, &(_, i)) in rows.iter_mut().zip(cluster) {
            for e in pairings.of(i as usize) {
                let edge = pairings.edges[e];
                row.push((self.local[edge.plot as usize] as usize, edge.ratio, e));
            }
        }
        let columns = self.columns.len();
        self.sum_over_sets(&rows[..cluster.len()], columns);
        self.rows = rows;
        self.totals(pairings, cluster);
    }

    fn exact_by_plot(&mut self, pairings: &Pairings, cluster: &[(u32, u32)]) {
        let mut rows = self.take_rows(self.columns.len());
        for (column, &(_, i)) in cluster.iter().enumerate() {
            for e in pairings.of(i as usize) {
                let edge = pairings.edges[e];
                rows[self.local[edge.plot as usize] as usize].push((column, edge.ratio, e));
            }
        }
        let used = self.columns.len();
        self.sum_over_sets(&rows[..used], cluster.len());
        self.rows = rows;
        self.totals(pairings, cluster);
    }

    fn take_rows(&mut self, needed: usize) -> Vec<Vec<(usize, f64, usize)>> {
        let mut rows = std::mem::take(&mut self.rows);
        if rows.len() < needed {
            rows.resize_with(needed, Vec::new);
        }
        rows.iter_mut().take(needed).for_each(Vec::clear);
        rows
    }

    /// Exact marginals: `rows` choose among `columns` columns, each taken at most once.
    fn sum_over_sets(&mut self, rows: &[Vec<(usize, f64, usize)>], columns: usize) {
        let sets = 1_usize << columns;
        refill(&mut self.forward, (rows.len() + 1) * sets, 0.0);
        refill(&mut self.backward, (rows.len() + 1) * sets, 0.0);
        self.forward[0] = 1.0;
        for (i, row) in rows.iter().enumerate() {
            // Ratios span hundreds of decades in a crowd of sure tracks: each row is scaled by its largest.
            let scale = 1.0 / row.iter().fold(1.0_f64, |most, &(_, ratio, _)| most.max(ratio));
            let (done, rest) = self.forward.split_at_mut((i + 1) * sets);
            let (from, to) = (&done[i * sets..], &mut rest[..sets]);
            for (set, &mass) in from.iter().enumerate().filter(|(_, mass)| **mass > 0.0) {
                to[set] += mass * scale;
                for &(j, ratio, _) in row.iter().filter(|(j, ..)| set >> j & 1 == 0) {
                    to[set | 1 << j] += mass * ratio * scale;
                }
            }
        }
        self.backward[rows.len() * sets..].fill(1.0);
        for (i, row) in rows.iter().enumerate().rev() {
            let scale = 1.0 / row.iter().fold(1.0_f64, |most, &(_, ratio, _)| most.max(ratio));
            let (head, tail) = self.backward.split_at_mut((i + 1) * sets);
            let (to, from) = (&mut head[i * sets..], &tail[..sets]);
            for set in 0..sets {
                let mut mass = from[set] * scale;
                for &(j, ratio, _) in row.iter().filter(|(j, ..)| set >> j & 1 == 0) {
                    mass += from[set | 1 << j] * ratio * scale;
                }
                to[set] = mass;
            }
        }
        let total = self.backward[0];
        for (i, row) in rows.iter().enumerate() {
            let scale = 1.0 / row.iter().fold(1.0_f64, |most, &(_, ratio, _)| most.max(ratio));
            for &(j, ratio, e) in row {
                let (ahead, behind) = (i * sets, (i + 1) * sets);
                let mass: f64 = (0..sets)
                    .filter(|set| set >> j & 1 == 0)
                    .map(|set| self.forward[ahead + set] * self.backward[behind + (set | 1 << j)])
                    .sum();
                self.paired[e] = (mass * ratio * scale / total).clamp(0.0, 1.0);
            }
        }
    }

    fn totals(&mut self, pairings: &Pairings, cluster: &[(u32, u32)]) {
        for &(_, i) in cluster {
            let mut own = 0.0;
            for e in pairings.of(i as usize) {
                own += self.paired[e];
                self.free[pairings.edges[e].plot as usize] -= self.paired[e];
            }
            self.missed[i as usize] = (1.0 - own).max(0.0);
        }
        for &plot in &self.columns {
            let free = &mut self.free[plot as usize];
            *free = free.max(0.0);
        }
    }

    fn propagate(&mut self, pairings: &Pairings, cluster: &[(u32, u32)]) {
        for _ in 0..ROUNDS_MAX {
            let change = self.round(pairings, cluster);
            self.unsettled = change;
            if change < SETTLED {
                break;
            }
        }
        for &(_, i) in cluster {
            let of = pairings.of(i as usize);
            let weigh = |e: usize, to_track: &[f64]| pairings.edges[e].ratio * to_track[e];
            let total = 1.0 + of.clone().map(|e| weigh(e, &self.to_track)).sum::<f64>();
            self.missed[i as usize] = 1.0 / total;
            for e in of {
                self.paired[e] = weigh(e, &self.to_track) / total;
                let plot = pairings.edges[e].plot as usize;
                self.free[plot] = 1.0 / (1.0 + self.sum[plot]);
            }
        }
    }

    /// One round of messages; says by how much any of them changed.
    fn round(&mut self, pairings: &Pairings, cluster: &[(u32, u32)]) -> f64 {
        for &(_, i) in cluster {
            let of = pairings.of(i as usize);
            let total: f64 =
                1.0 + of.clone().map(|e| pairings.edges[e].ratio * self.to_track[e]).sum::<f64>();
            for e in of {
                let edge = pairings.edges[e];
                let message = edge.ratio / (total - edge.ratio * self.to_track[e]).max(1.0);
                self.sum[edge.plot as usize] += message - self.to_plot[e];
                self.to_plot[e] = message;
            }
        }
        let mut change = 0.0_f64;
        for &(_, i) in cluster {
            for e in pairings.of(i as usize) {
                let rest = (self.sum[pairings.edges[e].plot as usize] - self.to_plot[e]).max(0.0);
                let message = 1.0 / (1.0 + rest);
                change = change.max((message - self.to_track[e]).abs());
                self.to_track[e] = message;
            }
        }
        change
    }
}

fn refill<T: Clone>(of: &mut Vec<T>, length: usize, value: T) {
    of.clear();
    of.resize(length, value);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pairings(rows: &[Vec<(u32, f64)>]) -> Pairings {
        let mut all = Pairings::default();
        all.clear();
        for row in rows {
            all.edges.extend(row.iter().map(|&(plot, ratio)| Edge { plot, ratio }));
            all.end_track();
        }
        all
    }

    /// Sums every joint assignment one by one.
    fn brute(rows: &[Vec<(u32, f64)>]) -> (f64, Vec<Vec<f64>>) {
        fn walk(
            rows: &[Vec<(u32, f64)>],
            i: usize,
            taken: u64,
            mass: f64,
            chosen: &mut Vec<Option<usize>>,
            out: &mut (f64, Vec<Vec<f64>>),
        ) {
            if i == rows.len() {
                out.0 += mass;
                for (row, choice) in chosen.iter().enumerate() {
                    if let Some(edge) = choice {
                        out.1[row][*edge] += mass;
                    }
                }
                return;
            }
            chosen.push(None);
            walk(rows, i + 1, taken, mass, chosen, out);
            chosen.pop();
            for (edge, &(plot, ratio)) in
                rows[i].iter().enumerate().filter(|(_, (plot, _))| taken >> plot & 1 == 0)
            {
                chosen.push(Some(edge));
                walk(rows, i + 1, taken | 1 << plot, mass * ratio, chosen, out);
                chosen.pop();
            }
        }
        let mut out = (0.0, rows.iter().map(|row| vec![0.0; row.len()]).collect());
        walk(rows, 0, 0, 1.0, &mut Vec::new(), &mut out);
        out
    }

    /// Up to six tracks over up to seven plots, with ratios from hopeless to sure.
    fn clusters() -> impl Strategy<Value = Vec<Vec<(u32, f64)>>> {
        let row = proptest::collection::btree_map(0_u32..7, -4.0_f64..4.0, 0..4);
        proptest::collection::vec(
            row.prop_map(|row| row.into_iter().map(|(plot, log)| (plot, 10_f64.powf(log))).collect()),
            1..7,
        )
    }

    proptest! {
        #[test]
        fn exact_sums_equal_full_enumeration(rows in clusters()) {
            let all = pairings(&rows);
            let mut marginals = Marginals::default();
            marginals.solve(&all, 7);
            prop_assert_eq!(marginals.loopy, 0);
            let (total, masses) = brute(&rows);
            let mut free = [1.0; 7];
            for (i, row) in rows.iter().enumerate() {
                let mut missed = 1.0;
                for (n, e) in all.of(i).enumerate() {
                    let exact = masses[i][n] / total;
                    prop_assert!((marginals.paired[e] - exact).abs() < 1e-9, "{} {exact}", marginals.paired[e]);
                    free[row[n].0 as usize] -= exact;
                    missed -= exact;
                }
                prop_assert!((marginals.missed[i] - missed).abs() < 1e-9);
            }
            for (j, free) in free.iter().enumerate() {
                prop_assert!((marginals.free[j] - free).abs() < 1e-9);
            }
        }

        #[test]
        fn belief_propagation_always_settles_on_chances(rows in clusters()) {
            let all = pairings(&rows);
            let mut loopy = Marginals::default();
            loopy.solve_loopy(&all, 7);
            prop_assert!(loopy.unsettled < 1e-2, "{}", loopy.unsettled);
            prop_assert!(loopy.paired.iter().chain(&loopy.free).all(|chance| (0.0..=1.0).contains(chance)));
        }
    }

    /// In tight loops of sure tracks belief propagation can be far off, which is why small clusters are summed; over the
    /// clusters that scans bring it is near.
    #[test]
    fn belief_propagation_comes_near_on_the_whole() {
        let (mut off, mut edges, mut state) = (0.0, 0.0, 7_u64);
        let mut unit = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        for _ in 0..400 {
            let rows: Vec<Vec<(u32, f64)>> = (0..5)
                .map(|_| {
                    let mut row = Vec::new();
                    for plot in 0..6 {
                        if unit() < 0.4 {
                            row.push((plot, 10_f64.powf(3.0 * unit() - 1.5)));
                        }
                    }
                    row
                })
                .collect();
            let (mut exact, mut loopy) = (Marginals::default(), Marginals::default());
            exact.solve(&pairings(&rows), 6);
            loopy.solve_loopy(&pairings(&rows), 6);
            off += exact.paired.iter().zip(&loopy.paired).map(|(p, q)| (p - q).abs()).sum::<f64>();
            edges += exact.paired.len() as f64;
        }
        assert!(off / edges < 0.03, "mean error {}", off / edges);
    }

    #[test]
    fn on_a_tree_belief_propagation_is_exact() {
        let rows = vec![vec![(0, 3.0), (1, 0.5)], vec![(1, 2.0), (2, 8.0)], vec![(2, 1.0)]];
        let (mut exact, mut loopy) = (Marginals::default(), Marginals::default());
        exact.solve(&pairings(&rows), 3);
        loopy.solve_loopy(&pairings(&rows), 3);
        for (p, q) in exact.paired.iter().zip(&loopy.paired) {
            assert!((p - q).abs() < 1e-4, "{p} {q}");
        }
    }

    #[test]
    fn a_large_cluster_goes_to_belief_propagation_and_adds_up() {
        let rows: Vec<Vec<(u32, f64)>> =
            (0..20).map(|i| vec![(i, 5.0), (i + 1, 2.0), (i + 2, 0.1)]).collect();
        let all = pairings(&rows);
        let mut marginals = Marginals::default();
        marginals.solve(&all, 22);
        assert_eq!(marginals.loopy, 1);
        for i in 0..20 {
            let sum: f64 = marginals.missed[i] + all.of(i).map(|e| marginals.paired[e]).sum::<f64>();
            assert!((sum - 1.0).abs() < 1e-9);
        }
        // A chain: every plot's shares add up too, as far as the loops allow.
        for plot in 0..22 {
            let taken: f64 = (0..20)
                .flat_map(|i| all.of(i))
                .filter(|e| all.edges[*e].plot == plot)
                .map(|e| marginals.paired[e])
                .sum();
            assert!((taken + marginals.free[plot as usize] - 1.0).abs() < 0.05, "{plot} {taken}");
        }
    }

    #[test]
    fn ratios_of_hundreds_of_decades_stay_finite() {
        let rows = vec![vec![(0, 1e200), (1, 1e190)], vec![(0, 1e200), (1, 1e-5)], vec![(1, 1e150)]];
        let mut marginals = Marginals::default();
        marginals.solve(&pairings(&rows), 2);
        assert!(marginals.paired.iter().chain(&marginals.missed).all(|p| (0.0..=1.0).contains(p)));
        assert!(marginals.paired[1] > 0.99 && marginals.paired[2] > 0.99);
    }
}
