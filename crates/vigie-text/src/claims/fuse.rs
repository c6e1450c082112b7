//! Joins the lists of several lanes by their ranks.
//!
//! Reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009): each list adds 1/(60 + rank). Scores are not
//! summed: a cosine and a BM25 score do not mean the same, and a lane that is off leaves the other as it was.

/// A claim in the joint list.
#[derive(Debug, Clone, PartialEq)]
pub struct Fused {
    /// The claim.
    pub claim: u32,
    /// Sum of the reciprocal ranks.
    pub weight: f64,
    /// Its rank in each lane from 1, in the order of the lanes; 0 where that lane does not have it.
    pub ranks: Vec<u32>,
}

const SOFTENED_BY: f64 = 60.0;

/// The joint list, best first; each lane lists its claims best first.
pub fn fuse(lanes: &[&[u32]]) -> Vec<Fused> {
    let mut found: Vec<Fused> = Vec::new();
    for (lane, claims) in lanes.iter().enumerate() {
        for (rank, claim) in (1_u32..).zip(*claims) {
            let at = found.iter().position(|one| one.claim == *claim).unwrap_or_else(|| {
                found.push(Fused { claim: *claim, weight: 0.0, ranks: vec![0; lanes.len()] });
                found.len() - 1
            });
            if let Some(one) = found.get_mut(at).filter(|one| one.ranks[lane] == 0) {
                one.ranks[lane] = rank;
                one.weight += 1.0 / (SOFTENED_BY + f64::from(rank));
            }
        }
    }
    found.sort_by(|x, y| y.weight.total_cmp(&x.weight).then(x.claim.cmp(&y.claim)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_lane_keeps_its_order_and_two_favour_what_both_have() {
        let claims = |lanes: &[&[u32]]| fuse(lanes).iter().map(|one| one.claim).collect::<Vec<_>>();
        assert_eq!(claims(&[&[4, 2, 9]]), [4, 2, 9]);
        assert_eq!(claims(&[&[4, 2, 9], &[]]), [4, 2, 9]);
        assert_eq!(claims(&[&[4, 2, 9], &[2, 7]]), [2, 4, 7, 9]);
        assert_eq!(fuse(&[&[4, 2], &[2]])[0].ranks, [2, 1]);
        assert!(fuse(&[]).is_empty());
    }
}
