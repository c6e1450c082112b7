//! Parts a weighted graph into communities whose members are well connected (the Leiden method).
//!
//! Traag, Waltman and van Eck, "From Louvain to Leiden", Scientific Reports 9, 5233 (2019), with their constant Potts
//! quality: the weight inside a community minus `resolution` for each pair of its members. So members of one community
//! are tied by more than `resolution` on average, whatever the size of the rest of the graph. Where the paper draws by
//! lot, the best choice is taken, and nodes are visited in order: the same graph gives the same communities.

use std::collections::VecDeque;

struct Graph {
    /// By node: its neighbours and the weights of their ties.
    ties: Vec<Vec<(usize, f64)>>,
    /// By node: how many nodes of the first graph it stands for.
    sizes: Vec<f64>,
}

/// The community of each of `nodes` nodes, numbered from 0 in the order of their first members.
pub fn communities(nodes: usize, edges: &[(u32, u32, f64)], resolution: f64) -> Vec<u32> {
    let mut graph = Graph { ties: vec![Vec::new(); nodes], sizes: vec![1.0; nodes] };
    for (a, b, weight) in edges {
        let (a, b) = (*a as usize, *b as usize);
        if a != b && a < nodes && b < nodes {
            graph.ties[a].push((b, *weight));
            graph.ties[b].push((a, *weight));
        }
    }
    let mut stands_for: Vec<usize> = (0..nodes).collect();
    let mut part: Vec<usize> = (0..nodes).collect();
    loop {
        graph.move_nodes(&mut part, resolution);
        let refined = graph.refine(&part, resolution);
        let (refined, count) = renumbered(&refined);
        if count == graph.sizes.len() {
            let of_all: Vec<usize> = stands_for.iter().map(|node| part[*node]).collect();
            return renumbered(&of_all).0.into_iter().map(|c| c as u32).collect();
        }
        let mut next = vec![0; count];
        for (node, to) in refined.iter().enumerate() {
            next[*to] = part[node];
        }
        graph = graph.gathered(&refined, count);
        for node in &mut stands_for {
            *node = refined[*node];
        }
        part = renumbered(&next).0;
    }
}

/// The same parts, numbered from 0 in the order of their first members, and how many there are.
fn renumbered(part: &[usize]) -> (Vec<usize>, usize) {
    let mut names = vec![usize::MAX; part.iter().max().map_or(0, |most| most + 1)];
    let mut count = 0;
    let out = part
        .iter()
        .map(|old| {
            if names[*old] == usize::MAX {
                names[*old] = count;
                count += 1;
            }
            names[*old]
        })
        .collect();
    (out, count)
}

/// Weights of the ties of one node by community, cleared in the time it takes to fill.
struct Tally {
    weight: Vec<f64>,
    met: Vec<usize>,
}

impl Tally {
    fn of(rooms: usize) -> Self {
        Self { weight: vec![0.0; rooms], met: Vec::new() }
    }
    fn add(&mut self, community: usize, weight: f64) {
        if self.weight[community] == 0.0 {
            self.met.push(community);
        }
        self.weight[community] += weight;
    }
    fn clear(&mut self) {
        for community in self.met.drain(..) {
            self.weight[community] = 0.0;
        }
    }
}

impl Graph {
    /// Moves each node to where it fits best, until none wants to move.
    fn move_nodes(&self, part: &mut [usize], resolution: f64) {
        let nodes = self.sizes.len();
        let mut room = vec![0.0; nodes + 1];
        for (node, community) in part.iter().enumerate() {
            room[*community] += self.sizes[node];
        }
        let mut empty: Vec<usize> = (0..=nodes).rev().filter(|c| room[*c] == 0.0).collect();
        let mut tally = Tally::of(nodes + 1);
        let mut queue: VecDeque<usize> = (0..nodes).collect();
        let mut waits = vec![true; nodes];
        while let Some(node) = queue.pop_front() {
            waits[node] = false;
            let (old, size) = (part[node], self.sizes[node]);
            room[old] -= size;
            tally.clear();
            for (other, weight) in &self.ties[node] {
                tally.add(part[*other], *weight);
            }
            let gain = |c: usize, tally: &Tally| tally.weight[c] - resolution * size * room[c];
            let mut best = (old, gain(old, &tally));
            for community in &tally.met {
                let there = gain(*community, &tally);
                if there > best.1 + 1e-12 {
                    best = (*community, there);
                }
            }
            if best.1 < -1e-12 {
                best.0 = empty.pop().unwrap_or(old);
            }
            room[best.0] += size;
            if best.0 == old {
                continue;
            }
            if room[old] <= 0.0 {
                empty.push(old);
            }
            part[node] = best.0;
            for (other, _) in &self.ties[node] {
                if part[*other] != best.0 && !waits[*other] {
                    waits[*other] = true;
                    queue.push_back(*other);
                }
            }
        }
    }

    /// Within each community, joins nodes from one by one, so that what is joined hangs together.
    fn refine(&self, part: &[usize], resolution: f64) -> Vec<usize> {
        let nodes = self.sizes.len();
        let mut refined: Vec<usize> = (0..nodes).collect();
        let mut room = self.sizes.clone();
        let mut whole = vec![0.0; part.iter().max().map_or(0, |most| most + 1)];
        for (node, community) in part.iter().enumerate() {
            whole[*community] += self.sizes[node];
        }
        // Weight of the ties between a refined part and the rest of its community.
        let mut outside: Vec<f64> = (0..nodes).map(|node| self.tied_within(node, part)).collect();
        let tied_enough =
            |weight: f64, size: f64, all: f64| weight >= resolution * size * (all - size) - 1e-12;
        let mut alone = vec![true; nodes];
        let mut tally = Tally::of(nodes);
        for node in 0..nodes {
            let all = whole[part[node]];
            let size = self.sizes[node];
            if !alone[node] || !tied_enough(outside[node], size, all) {
                continue;
            }
            tally.clear();
            for (other, weight) in self.ties[node].iter().filter(|(other, _)| part[*other] == part[node]) {
                tally.add(refined[*other], *weight);
            }
            let mut best = (node, 0.0);
            for &to in &tally.met {
                let gain = tally.weight[to] - resolution * size * room[to];
                if gain > best.1 + 1e-12 && tied_enough(outside[to], room[to], all) {
                    best = (to, gain);
                }
            }
            let to = best.0;
            if to != node {
                alone[to] = false;
                alone[node] = false;
                outside[to] += outside[node] - 2.0 * tally.weight[to];
                room[to] += size;
                room[node] = 0.0;
                refined[node] = to;
            }
        }
        refined
    }

    fn tied_within(&self, node: usize, part: &[usize]) -> f64 {
        self.ties[node].iter().filter(|(other, _)| part[*other] == part[node]).map(|(_, weight)| weight).sum()
    }

    /// The graph whose nodes are the parts.
    fn gathered(&self, part: &[usize], count: usize) -> Self {
        let mut members = vec![Vec::new(); count];
        let mut sizes = vec![0.0; count];
        for (node, to) in part.iter().enumerate() {
            members[*to].push(node);
            sizes[*to] += self.sizes[node];
        }
        let mut tally = Tally::of(count);
        let ties = members.iter().enumerate().map(|(at, nodes)| {
            tally.clear();
            for (other, weight) in nodes.iter().flat_map(|node| &self.ties[*node]) {
                if part[*other] != at {
                    tally.add(part[*other], *weight);
                }
            }
            tally.met.iter().map(|to| (*to, tally.weight[*to])).collect()
        });
        Self { ties: ties.collect(), sizes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clique(from: u32, to: u32) -> impl Iterator<Item = (u32, u32, f64)> {
        (from..to).flat_map(move |a| (a + 1..to).map(move |b| (a, b, 1.0)))
    }

    #[test]
    fn two_cliques_with_one_tie_between_them_are_two() {
        let edges: Vec<_> = clique(0, 6).chain(clique(6, 12)).chain([(2, 8, 1.0)]).collect();
        let found = communities(13, &edges, 0.3);
        assert_eq!(found, [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2]);
    }

    #[test]
    fn a_ring_of_thirty_cliques_keeps_its_thirty() {
        // Modularity would join neighbours here (Fortunato and Barthélemy, 2007); this quality does not.
        let edges: Vec<_> = (0..30)
            .flat_map(|ring| clique(ring * 5, ring * 5 + 5).chain([(ring * 5, (ring * 5 + 6) % 150, 1.0)]))
            .collect();
        let found = communities(150, &edges, 0.3);
        for (node, community) in found.iter().enumerate() {
            assert_eq!(*community as usize, node / 5);
        }
    }

    /// What the method promises and its forerunner does not.
    #[test]
    fn every_community_hangs_together() {
        let mut state = 9_u64;
        let mut draw = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let edges: Vec<_> = (0..900).map(|_| (draw(300) as u32, draw(300) as u32, 1.0)).collect();
        let found = communities(300, &edges, 0.05);
        let count = found.iter().max().map_or(0, |most| *most as usize + 1);
        assert!(count > 1 && count < 300, "{count}");
        for community in 0..count as u32 {
            let members: Vec<u32> = (0..300).filter(|n| found[*n as usize] == community).collect();
            let mut reached = vec![members[0]];
            let mut at = 0;
            while let Some(&node) = reached.get(at) {
                at += 1;
                for (a, b, _) in &edges {
                    for (x, y) in [(a, b), (b, a)] {
                        if *x == node && found[*y as usize] == community && !reached.contains(y) {
                            reached.push(*y);
                        }
                    }
                }
            }
            assert_eq!(reached.len(), members.len(), "community {community}");
        }
    }
}
