//! The Merkle tree over the leaves (RFC 6962 §2.1), grown one leaf at a time.
//!
//! In memory stand only the right edge of the tree and the hashes of the tiles that are still open: a push
//! costs one node hash on average, the root at most sixty-four. What is complete is handed back as tiles of
//! 256 hashes (C2SP `tlog-tiles`: tile `(level, index)` lists the nodes `256·index …` of height `8·level`) and
//! belongs to the caller. Everything else can be derived from tiles and leaf hashes.

use crate::Hash;
use tlog_tiles::{EMPTY_HASH, node_hash};

/// Hashes in a complete tile.
pub const TILE_WIDTH: usize = 256;
/// Bytes of a complete tile.
pub const TILE_BYTES: usize = TILE_WIDTH * 32;

const TILE_HEIGHT: usize = 8;
const LEVELS: usize = 8;

/// A tile that has just become complete and never changes again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompleteTile {
    /// Level: its hashes are nodes of height `8 × level`.
    pub level: u8,
    /// Position within the level, from 0.
    pub index: u64,
    /// [`TILE_BYTES`] bytes.
    pub hashes: Vec<u8>,
}

/// What a [`TileSource`] says when it cannot read.
pub type SourceError = Box<dyn std::error::Error + Send + Sync>;

/// Where tiles are kept.
pub trait TileSource {
    /// The tile stored at `(level, index)`, or `None` where there is none. Only complete tiles are asked for;
    /// but an [audit](crate::audit) also reads the open tile of level 0.
    fn tile(&self, level: u8, index: u64) -> Result<Option<Vec<u8>>, SourceError>;
}

impl TileSource for std::collections::BTreeMap<(u8, u64), Vec<u8>> {
    fn tile(&self, level: u8, index: u64) -> Result<Option<Vec<u8>>, SourceError> {
        Ok(self.get(&(level, index)).cloned())
    }
}

/// Why a tree cannot be taken up again or read.
#[derive(Debug, thiserror::Error)]
pub enum TreeError {
    /// The leaf hashes after the last complete tile are not as many as the size asks for.
    #[error("a tree of {size} entries ends in {wanted} open hashes, {got} were given")]
    Tail {
        /// Size of the tree.
        size: u64,
        /// Hashes it needs.
        wanted: usize,
        /// Hashes given.
        got: usize,
    },
    /// A complete tile is not there.
    #[error("the tile {index} of level {level} is missing")]
    Missing {
        /// Level.
        level: u8,
        /// Index.
        index: u64,
    },
    /// Bytes that are not whole hashes, or not as many as a tile has.
    #[error("the tile {index} of level {level} is {bytes} bytes long")]
    Length {
        /// Level.
        level: u8,
        /// Index.
        index: u64,
        /// Bytes found.
        bytes: usize,
    },
    /// An entry that an entry bundle cannot hold.
    #[error("an entry of {0} bytes is too long for an entry bundle")]
    EntryTooLong(usize),
    /// The source of tiles failed.
    #[error("the stored tiles cannot be read")]
    Source(#[source] SourceError),
}

/// A growing tree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    size: u64,
    /// By height: the root of the perfect subtree of that height on the right edge, where `size` has that bit.
    peaks: Vec<Hash>,
    /// By level: the hashes of the tile that is not complete yet.
    open: Vec<Vec<Hash>>,
}

impl Tree {
    /// The empty tree.
    pub fn new() -> Self {
        Self::default()
    }

    /// The tree of `size` entries, from its complete tiles and the leaf hashes after the last complete tile
    /// (`size % 256` of them).
    pub fn resume(size: u64, tiles: &impl TileSource, tail: &[Hash]) -> Result<Self, TreeError> {
        let wanted = (size % TILE_WIDTH as u64) as usize;
        if tail.len() != wanted {
            return Err(TreeError::Tail { size, wanted, got: tail.len() });
        }
        let mut open = vec![tail.to_vec()];
        for level in 1..LEVELS {
            let nodes = size >> (TILE_HEIGHT * level);
            if nodes == 0 {
                break;
            }
            let first = nodes & !(TILE_WIDTH as u64 - 1);
            let roots = (first..nodes).map(|index| tile_root(tiles, level as u8 - 1, index));
            open.push(roots.collect::<Result<_, _>>()?);
        }
        let peaks = (0..u64::BITS - size.leading_zeros()).map(|height| peak(size, height, &open)).collect();
        Ok(Self { size, peaks, open })
    }

    /// Adds a leaf by its hash ([`crate::leaf::hash`]) and hands back the tiles that are complete now: mostly
    /// none, one every 256 pushes, more rarely several, lowest level first.
    pub fn push(&mut self, leaf_hash: Hash) -> Vec<CompleteTile> {
        let mut complete = Vec::new();
        let mut node = leaf_hash;
        let mut height = 0;
        loop {
            if height % TILE_HEIGHT == 0 {
                complete.extend(self.note(height / TILE_HEIGHT, node));
            }
            if self.size >> height & 1 == 0 {
                break;
            }
            node = join(self.peaks[height], node);
            height += 1;
        }
        if height == self.peaks.len() {
            self.peaks.push(node);
        } else {
            self.peaks[height] = node;
        }
        self.size += 1;
        complete
    }

    /// Keeps a node in the open tile of `level`; gives the tile when that completes it.
    fn note(&mut self, level: usize, node: Hash) -> Option<CompleteTile> {
        if level == self.open.len() {
            self.open.push(Vec::with_capacity(TILE_WIDTH));
        }
        let open = &mut self.open[level];
        open.push(node);
        (open.len() == TILE_WIDTH).then(|| {
            let hashes = open.concat();
            open.clear();
            CompleteTile { level: level as u8, index: tiles_before(self.size, level), hashes }
        })
    }

    /// Entries in the tree.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The root hash (of the empty string when the tree is empty).
    pub fn root(&self) -> Hash {
        let edge = self.peaks.iter().enumerate().filter(|(height, _)| self.size >> height & 1 == 1);
        let root = edge.fold(None, |right, (_, peak)| Some(right.map_or(*peak, |right| join(*peak, right))));
        root.unwrap_or(EMPTY_HASH.0)
    }

    /// The open tile of level 0: its index, and the leaf hashes since the last complete tile as bytes.
    ///
    /// A site that stores it beside the complete tiles, rewritten with each commit, takes up its tree again
    /// without hashing entries, and lets a verifier name the one entry that was changed near the end.
    pub fn open_tile(&self) -> (u64, Vec<u8>) {
        let hashes = self.open.first().map(|open| open.concat()).unwrap_or_default();
        (self.size / TILE_WIDTH as u64, hashes)
    }

    /// Every open tile that holds something, as `(level, index, bytes)`: the partial tiles of C2SP.
    pub fn partial_tiles(&self) -> Vec<(u8, u64, Vec<u8>)> {
        let open = self.open.iter().enumerate().filter(|(_, open)| !open.is_empty());
        open.map(|(level, open)| (level as u8, tiles_before(self.size, level), open.concat())).collect()
    }

    /// The root of the perfect subtree `index` of `height`, all of whose leaves the tree holds.
    pub(crate) fn node(&self, tiles: &impl TileSource, height: u8, index: u64) -> Result<Hash, TreeError> {
        let level = usize::from(height) / TILE_HEIGHT;
        let within = usize::from(height) % TILE_HEIGHT;
        let start = index << within;
        let tile_index = start / TILE_WIDTH as u64;
        let from = (start % TILE_WIDTH as u64) as usize;
        let span = from..from + (1 << within);
        if tile_index < tiles_before(self.size, level) {
            let bytes = complete(tiles, level as u8, tile_index)?;
            return Ok(fold(&bytes.as_chunks().0[span]));
        }
        let open = self.open.get(level).and_then(|open| open.get(span));
        open.map(fold).ok_or(TreeError::Missing { level: level as u8, index: tile_index })
    }
}

/// The hashes that `bytes` hold, or `None` where they are not whole hashes.
pub fn hashes(bytes: &[u8]) -> Option<Vec<Hash>> {
    let (hashes, rest) = bytes.as_chunks::<32>();
    rest.is_empty().then(|| hashes.to_vec())
}

/// Where a tile stands in a log that is served as files (C2SP `tlog-tiles`): `tile/0/x001/067`, or
/// `tile/0/x001/067.p/5` while it holds five hashes. `level` `None` names the entry bundle.
pub fn tile_path(level: Option<u8>, index: u64, width: usize) -> String {
    let level = level.map_or_else(|| "entries".to_owned(), |level| level.to_string());
    let mut place = format!("{:03}", index % 1000);
    let mut above = index / 1000;
    while above > 0 {
        place = format!("x{:03}/{place}", above % 1000);
        above /= 1000;
    }
    if width == TILE_WIDTH {
        format!("tile/{level}/{place}")
    } else {
        format!("tile/{level}/{place}.p/{width}")
    }
}

/// The C2SP entry bundle of these leaves (up to 256): each after its length in two bytes, big-endian.
pub fn entry_bundle<'a>(leaves: impl IntoIterator<Item = &'a [u8]>) -> Result<Vec<u8>, TreeError> {
    let mut bundle = Vec::new();
    for leaf in leaves {
        let length = u16::try_from(leaf.len()).map_err(|_| TreeError::EntryTooLong(leaf.len()))?;
        bundle.extend_from_slice(&length.to_be_bytes());
        bundle.extend_from_slice(leaf);
    }
    Ok(bundle)
}

fn join(left: Hash, right: Hash) -> Hash {
    node_hash(tlog_tiles::Hash(left), tlog_tiles::Hash(right)).0
}

/// Complete tiles of `level` in a tree of `size`.
fn tiles_before(size: u64, level: usize) -> u64 {
    size.checked_shr((TILE_HEIGHT * (level + 1)) as u32).unwrap_or(0)
}

/// The root over a power of two of nodes.
fn fold(nodes: &[Hash]) -> Hash {
    let mut row = nodes.to_vec();
    while row.len() > 1 {
        row = row.chunks_exact(2).map(|pair| join(pair[0], pair[1])).collect();
    }
    row.first().copied().unwrap_or(EMPTY_HASH.0)
}

/// The bytes of a complete tile, checked to be as many as they must.
fn complete(tiles: &impl TileSource, level: u8, index: u64) -> Result<Vec<u8>, TreeError> {
    let bytes = tiles.tile(level, index).map_err(TreeError::Source)?;
    let bytes = bytes.ok_or(TreeError::Missing { level, index })?;
    if bytes.len() == TILE_BYTES {
        Ok(bytes)
    } else {
        Err(TreeError::Length { level, index, bytes: bytes.len() })
    }
}

fn tile_root(tiles: &impl TileSource, level: u8, index: u64) -> Result<Hash, TreeError> {
    complete(tiles, level, index).map(|bytes| fold(bytes.as_chunks().0))
}

/// The peak of `height` in a tree of `size`, or a filler where there is none.
fn peak(size: u64, height: u32, open: &[Vec<Hash>]) -> Hash {
    if size >> height & 1 == 0 {
        return EMPTY_HASH.0;
    }
    // Within one level the peaks stand side by side in the open tile, the highest first.
    let level = height as usize / TILE_HEIGHT;
    let within = height % TILE_HEIGHT as u32;
    let count = (size >> (TILE_HEIGHT * level)) as usize % TILE_WIDTH;
    let from = count >> (within + 1) << (within + 1);
    fold(&open[level][from..from + (1 << within)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    type Tiles = BTreeMap<(u8, u64), Vec<u8>>;

    fn leaf(n: u64) -> Hash {
        crate::leaf::hash(&n.to_be_bytes())
    }

    /// RFC 6962 §2.1, word for word.
    fn naive_root(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => crate::sha256(b""),
            [one] => *one,
            _ => {
                let split = (leaves.len() - 1).ilog2();
                let (left, right) = leaves.split_at(1 << split);
                let node = [&[1], naive_root(left).as_slice(), naive_root(right).as_slice()].concat();
                crate::sha256(&node)
            }
        }
    }

    fn grow(size: u64) -> (Tree, Tiles, Vec<Hash>) {
        let (mut tree, mut tiles, mut leaves) = (Tree::new(), Tiles::new(), Vec::new());
        for n in 0..size {
            leaves.push(leaf(n));
            for tile in tree.push(leaf(n)) {
                assert!(
                    tiles.insert((tile.level, tile.index), tile.hashes).is_none(),
                    "a tile completes once"
                );
            }
        }
        (tree, tiles, leaves)
    }

    #[test]
    fn the_root_is_the_one_of_the_standard() {
        let mut tree = Tree::new();
        let leaves: Vec<_> = (0..600).map(leaf).collect();
        assert_eq!(tree.root(), naive_root(&[]));
        for size in 1..=600 {
            tree.push(leaves[size - 1]);
            assert_eq!(tree.root(), naive_root(&leaves[..size]), "size {size}");
        }
    }

    #[test]
    fn complete_tiles_hold_the_nodes_of_their_level() {
        let (tree, tiles, leaves) = grow(66_000);
        assert_eq!(tiles.keys().filter(|(level, _)| *level == 0).count(), 66_000 / 256);
        assert_eq!(tiles.keys().filter(|(level, _)| *level == 1).count(), 1);
        assert_eq!(tiles[&(0, 3)], leaves[768..1024].concat());
        let second = &tiles[&(1, 0)][32..64];
        assert_eq!(second, naive_root(&leaves[256..512]));
        assert_eq!(tree.root(), naive_root(&leaves));
    }

    #[test]
    fn a_tree_taken_up_again_is_the_same_tree() {
        for size in (0..2_000).step_by(7).chain([255, 256, 257, 65_535, 65_536, 65_537, 131_072, 140_000]) {
            let (tree, tiles, leaves) = grow(size);
            let tail = &leaves[(size as usize / 256) * 256..];
            let mut again = Tree::resume(size, &tiles, tail).expect("resumes");
            assert_eq!(again.root(), tree.root(), "size {size}");
            let mut tree = tree;
            for n in size..size + 300 {
                assert_eq!(again.push(leaf(n)), tree.push(leaf(n)), "tiles at {n}");
            }
            assert_eq!(again.root(), tree.root(), "size {size}, grown");
        }
    }

    #[test]
    fn a_tree_is_not_taken_up_from_half_of_its_tiles() {
        let (_, mut tiles, leaves) = grow(600);
        assert!(matches!(
            Tree::resume(600, &tiles, &leaves[512..599]),
            Err(TreeError::Tail { wanted: 88, got: 87, .. })
        ));
        tiles.entry((0, 1)).and_modify(|bytes| bytes.truncate(31));
        assert!(matches!(
            Tree::resume(600, &tiles, &leaves[512..]),
            Err(TreeError::Length { bytes: 31, .. })
        ));
        tiles.remove(&(0, 1));
        assert!(matches!(
            Tree::resume(600, &tiles, &leaves[512..]),
            Err(TreeError::Missing { level: 0, index: 1 })
        ));
    }

    #[test]
    fn the_files_of_a_log_have_the_names_and_bytes_of_the_standard() {
        assert_eq!(tile_path(Some(0), 0, 5), "tile/0/000.p/5");
        assert_eq!(tile_path(Some(2), 1_234_067, 256), "tile/2/x001/x234/067");
        assert_eq!(tile_path(None, 1_000, 256), "tile/entries/x001/000");
        assert_eq!(entry_bundle([b"ab".as_slice(), b""]).expect("short"), b"\0\x02ab\0\0");
        assert!(entry_bundle([vec![0; 65_536].as_slice()]).is_err());
        let (tree, _, leaves) = grow(600);
        let parts = tree.partial_tiles();
        assert_eq!(parts[0], (0, 2, leaves[512..].concat()));
        assert_eq!(parts[1].2, [naive_root(&leaves[..256]), naive_root(&leaves[256..512])].concat());
        assert_eq!(tree.open_tile(), (2, leaves[512..].concat()));
    }

    proptest! {
        #[test]
        fn any_size_resumes(size in 0u64..3_000) {
            let (tree, tiles, leaves) = grow(size);
            let again = Tree::resume(size, &tiles, &leaves[(size as usize / 256) * 256..]).expect("resumes");
            prop_assert_eq!(again.root(), naive_root(&leaves));
            prop_assert_eq!(again.partial_tiles(), tree.partial_tiles());
        }
    }
}
