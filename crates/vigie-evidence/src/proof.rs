//! Proofs that an entry stands in a signed state, and that a later signed state continues an earlier one
//! (RFC 6962 §2.1.1 and §2.1.2).
//!
//! Making a proof needs the [`Tree`] and its stored tiles; checking one needs nothing but the texts. Lengths
//! are checked before anything is hashed: an empty root never equals an empty leaf here.

use crate::Hash;
use crate::tree::{TileSource, Tree, TreeError};
use std::cell::RefCell;
use tlog_tiles::{HashReader, split_stored_hash_index};

/// A proof has one hash for each level of the tree at most.
pub const PROOF_HASHES_MAX: usize = 63;

/// Why a proof cannot be made or is refused.
#[derive(Debug, thiserror::Error)]
pub enum ProofError {
    /// The sizes or the position do not fit together.
    #[error("no such place in a tree of {size} entries")]
    OutOfRange {
        /// The larger tree.
        size: u64,
    },
    /// A hash that is not 32 bytes long.
    #[error("a hash is {0} bytes long instead of 32")]
    HashLength(usize),
    /// More hashes than any tree has levels.
    #[error("the proof holds {0} hashes, more than {PROOF_HASHES_MAX}")]
    TooLong(usize),
    /// It proves something else.
    #[error("the proof does not lead to the signed state")]
    Refused,
    /// The tiles cannot be read.
    #[error(transparent)]
    Tree(#[from] TreeError),
}

/// The proof that entry `index` stands in the first `size` entries of `tree`.
pub fn inclusion(
    tree: &Tree,
    tiles: &impl TileSource,
    index: u64,
    size: u64,
) -> Result<Vec<Hash>, ProofError> {
    if index >= size || size > tree.size() {
        return Err(ProofError::OutOfRange { size: tree.size() });
    }
    read_with(tree, tiles, |reader| tlog_tiles::prove_record(size, index, reader))
}

/// The proof that the first `new_size` entries of `tree` continue its first `old_size`. Every tree continues
/// the empty one, by an empty proof.
pub fn consistency(
    tree: &Tree,
    tiles: &impl TileSource,
    old_size: u64,
    new_size: u64,
) -> Result<Vec<Hash>, ProofError> {
    if old_size > new_size || new_size > tree.size() {
        return Err(ProofError::OutOfRange { size: tree.size() });
    }
    if old_size == 0 {
        return Ok(Vec::new());
    }
    read_with(tree, tiles, |reader| tlog_tiles::prove_tree(new_size, old_size, reader))
}

/// Checks that the entry with `leaf_hash` stands at `index` in the tree of `size` entries and this `root`.
pub fn verify_inclusion<P: AsRef<[u8]>>(
    leaf_hash: &[u8],
    index: u64,
    size: u64,
    proof: &[P],
    root: &[u8],
) -> Result<(), ProofError> {
    let (leaf_hash, root, proof) = (whole(leaf_hash)?, whole(root)?, whole_proof(proof)?);
    if index >= size {
        return Err(ProofError::OutOfRange { size });
    }
    tlog_tiles::check_record(&proof, size, root, index, leaf_hash).map_err(|_| ProofError::Refused)
}

/// Checks that the tree of `new_size` entries and `new_root` continues that of `old_size` and `old_root`.
pub fn verify_consistency<P: AsRef<[u8]>>(
    old_size: u64,
    old_root: &[u8],
    new_size: u64,
    new_root: &[u8],
    proof: &[P],
) -> Result<(), ProofError> {
    let (old_root, new_root, proof) = (whole(old_root)?, whole(new_root)?, whole_proof(proof)?);
    if old_size > new_size {
        return Err(ProofError::OutOfRange { size: new_size });
    }
    if old_size == 0 {
        // Anything continues nothing, but only the one root of nothing names it.
        let holds =
            proof.is_empty() && old_root == tlog_tiles::EMPTY_HASH && (new_size > 0 || new_root == old_root);
        return if holds { Ok(()) } else { Err(ProofError::Refused) };
    }
    tlog_tiles::check_tree(&proof, new_size, new_root, old_size, old_root).map_err(|_| ProofError::Refused)
}

fn whole(bytes: &[u8]) -> Result<tlog_tiles::Hash, ProofError> {
    bytes.try_into().map(tlog_tiles::Hash).map_err(|_| ProofError::HashLength(bytes.len()))
}

fn whole_proof<P: AsRef<[u8]>>(proof: &[P]) -> Result<Vec<tlog_tiles::Hash>, ProofError> {
    if proof.len() > PROOF_HASHES_MAX {
        return Err(ProofError::TooLong(proof.len()));
    }
    proof.iter().map(|hash| whole(hash.as_ref())).collect()
}

struct Reader<'a, S> {
    tree: &'a Tree,
    tiles: &'a S,
    /// What the library's own error type cannot carry.
    failed: RefCell<Option<TreeError>>,
}

impl<S: TileSource> HashReader for Reader<'_, S> {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error> {
        let read = |index: &u64| {
            let (height, node) = split_stored_hash_index(*index);
            self.tree.node(self.tiles, height, node).map(tlog_tiles::Hash)
        };
        indexes.iter().map(read).collect::<Result<_, _>>().map_err(|cause| {
            *self.failed.borrow_mut() = Some(cause);
            tlog_tiles::Error::IndexesNotInTree
        })
    }
}

fn read_with<S: TileSource>(
    tree: &Tree,
    tiles: &S,
    prove: impl FnOnce(&Reader<'_, S>) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error>,
) -> Result<Vec<Hash>, ProofError> {
    let reader = Reader { tree, tiles, failed: RefCell::new(None) };
    match prove(&reader) {
        Ok(proof) => Ok(proof.into_iter().map(|hash| hash.0).collect()),
        Err(_) => Err(reader.failed.into_inner().map_or(ProofError::Refused, ProofError::Tree)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    type Tiles = BTreeMap<(u8, u64), Vec<u8>>;

    fn leaf(n: u64) -> Hash {
        crate::leaf::hash(&n.to_be_bytes())
    }

    /// A tree, its stored tiles, and the root at every size up to its own.
    fn grow(size: u64) -> (Tree, Tiles, Vec<Hash>) {
        let (mut tree, mut tiles) = (Tree::new(), Tiles::new());
        let mut roots = vec![tree.root()];
        for n in 0..size {
            tiles.extend(tree.push(leaf(n)).into_iter().map(|tile| ((tile.level, tile.index), tile.hashes)));
            roots.push(tree.root());
        }
        (tree, tiles, roots)
    }

    fn flipped(hash: &Hash, bit: usize) -> Hash {
        let mut other = *hash;
        other[bit / 8] ^= 1 << (bit % 8);
        other
    }

    /// Every variant of `proof` with one bit of one hash flipped, for the bits asked for.
    fn spoiled(proof: &[Hash], bits: impl Iterator<Item = usize> + Clone) -> impl Iterator<Item = Vec<Hash>> {
        (0..proof.len()).flat_map(move |at| {
            bits.clone().map(move |bit| {
                let mut other = proof.to_vec();
                other[at] = flipped(&other[at], bit);
                other
            })
        })
    }

    #[test]
    fn every_entry_of_every_size_is_proven_and_nothing_else_is() {
        let (tree, tiles, roots) = grow(300);
        for size in 1..=300 {
            let root = &roots[size as usize];
            for index in 0..size {
                let proof = inclusion(&tree, &tiles, index, size).expect("made");
                let check = |leaf: &Hash, index, size, proof: &[Hash], root: &Hash| {
                    verify_inclusion(leaf, index, size, proof, root).is_ok()
                };
                let here = leaf(index);
                assert!(check(&here, index, size, &proof, root), "{index} of {size}");
                let bit = (index * 7 + size) as usize % 256;
                assert!(!check(&flipped(&here, bit), index, size, &proof, root));
                assert!(!check(&here, index, size, &proof, &flipped(root, bit)));
                assert!(size == 1 || !check(&here, (index + 1) % size, size, &proof, root));
                assert!(!check(&here, index, size, &[proof.as_slice(), &[here]].concat(), root));
                assert!(proof.is_empty() || !check(&here, index, size, &proof[1..], root));
                let bits = if size <= 12 { 0..256 } else { bit..bit + 1 };
                assert!(spoiled(&proof, bits).all(|bad| !check(&here, index, size, &bad, root)));
            }
        }
    }

    #[test]
    fn every_size_continues_every_earlier_one_and_nothing_else_does() {
        let (tree, tiles, roots) = grow(300);
        for new in 0..=300 {
            for old in 0..=new {
                let proof = consistency(&tree, &tiles, old, new).expect("made");
                let (old_root, new_root) = (&roots[old as usize], &roots[new as usize]);
                let check = |old_root: &Hash, proof: &[Hash], new_root: &Hash| {
                    verify_consistency(old, old_root, new, new_root, proof).is_ok()
                };
                assert!(check(old_root, &proof, new_root), "{old} to {new}");
                let bit = (old * 5 + new) as usize % 256;
                assert!(!check(&flipped(old_root, bit), &proof, new_root));
                assert!(old == 0 || !check(old_root, &proof, &flipped(new_root, bit)));
                assert!(!check(old_root, &[proof.as_slice(), &[*old_root]].concat(), new_root));
                assert!(proof.is_empty() || !check(old_root, &proof[1..], new_root));
                let bits = if new <= 12 { 0..256 } else { bit..bit + 1 };
                assert!(spoiled(&proof, bits).all(|bad| !check(old_root, &bad, new_root)));
            }
        }
    }

    #[test]
    fn proofs_reach_across_levels_of_tiles() {
        let (tree, tiles, roots) = grow(66_100);
        for (index, size) in
            [(0, 66_100), (65_535, 65_536), (65_536, 66_100), (255, 256), (66_099, 66_100), (300, 65_999)]
        {
            let proof = inclusion(&tree, &tiles, index, size).expect("made");
            verify_inclusion(&leaf(index), index, size, &proof, &roots[size as usize]).expect("proven");
            let proof = consistency(&tree, &tiles, index, size).expect("made");
            verify_consistency(index, &roots[index as usize], size, &roots[size as usize], &proof)
                .expect("proven");
        }
    }

    #[test]
    fn wrong_lengths_are_refused_before_anything_is_hashed() {
        let none: &[Hash] = &[];
        assert!(matches!(verify_inclusion(&[], 0, 1, none, &[]), Err(ProofError::HashLength(0))));
        assert!(matches!(verify_inclusion(&[0; 32], 0, 1, none, &[0; 31]), Err(ProofError::HashLength(31))));
        assert!(matches!(
            verify_inclusion(&[0; 32], 0, 2, &[[0; 33]], &[0; 32]),
            Err(ProofError::HashLength(33))
        ));
        assert!(matches!(verify_consistency(1, &[], 1, &[], none), Err(ProofError::HashLength(0))));
        let long = vec![[0; 32]; 64];
        assert!(matches!(verify_inclusion(&[0; 32], 0, 2, &long, &[0; 32]), Err(ProofError::TooLong(64))));
        assert!(matches!(
            verify_inclusion(&[0; 32], 1, 1, none, &[0; 32]),
            Err(ProofError::OutOfRange { .. })
        ));
        assert!(matches!(
            verify_consistency(2, &[0; 32], 1, &[0; 32], none),
            Err(ProofError::OutOfRange { .. })
        ));
        let (tree, tiles, _) = grow(3);
        assert!(inclusion(&tree, &tiles, 3, 3).is_err());
        assert!(inclusion(&tree, &tiles, 0, 4).is_err());
        assert!(consistency(&tree, &tiles, 2, 4).is_err());
    }

    #[test]
    fn a_missing_tile_is_named() {
        let (tree, mut tiles, _) = grow(600);
        tiles.remove(&(0, 1));
        let missing = inclusion(&tree, &tiles, 300, 600);
        assert!(matches!(missing, Err(ProofError::Tree(TreeError::Missing { level: 0, index: 1 }))));
    }

    #[test]
    fn what_lies_outside_of_the_tree_is_not_proven() {
        let (tree, tiles, _) = grow(5);
        for (index, size) in [(5, 5), (6, 5), (0, 6), (5, 6), (0, 0)] {
            let told = inclusion(&tree, &tiles, index, size);
            assert!(matches!(told, Err(ProofError::OutOfRange { size: 5 })), "{index} of {size}");
        }
        for (old, new) in [(4, 3), (0, 6), (5, 6), (7, 6)] {
            let told = consistency(&tree, &tiles, old, new);
            assert!(matches!(told, Err(ProofError::OutOfRange { size: 5 })), "{old} to {new}");
        }
    }

    #[test]
    fn nothing_continues_nothing_under_its_one_root_alone() {
        let (none, other) = (Tree::new().root(), [7; 32]);
        let nothing: [Hash; 0] = [];
        assert!(verify_consistency(0, &none, 0, &none, &nothing).is_ok());
        assert!(matches!(verify_consistency(0, &none, 0, &other, &nothing), Err(ProofError::Refused)));
        assert!(matches!(verify_consistency(0, &other, 0, &other, &nothing), Err(ProofError::Refused)));
        assert!(verify_consistency(0, &none, 3, &other, &nothing).is_ok());
    }

    #[test]
    fn a_proof_is_read_up_to_its_longest() {
        let proof = |hashes| vec![[0_u8; 32]; hashes];
        let told = |hashes| verify_inclusion(&[0; 32], 0, 2, &proof(hashes), &[0; 32]);
        assert!(matches!(told(PROOF_HASHES_MAX), Err(ProofError::Refused)));
        assert!(matches!(told(PROOF_HASHES_MAX + 1), Err(ProofError::TooLong(_))));
    }
}
