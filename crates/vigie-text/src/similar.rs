//! Pairs of posts that say nearly the same, for the tool of that name.
//!
//! The same runs, the same index and the same exact re-check as the reader, over a finished list of posts and a
//! sliding window of time instead of a memory of days.

use crate::normalise;
use crate::shelf::{Guide, Query, Shelf};
use crate::shingle;
use crate::{Settings, Threshold};
use jiff::{SignedDuration, Timestamp};
use std::collections::VecDeque;

/// One post.
#[derive(Debug, Clone, Copy)]
pub struct Post<'a> {
    /// Its text.
    pub text: &'a str,
    /// When it was posted.
    pub at: Timestamp,
}

/// How far apart in time two posts of a pair may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// At most this far; the border itself counts.
    Within(SignedDuration),
    /// Any time apart.
    Any,
}

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Folding {
    /// Words as written: lower-cased, mentions and links removed. What research tools compare.
    #[default]
    Plain,
    /// The folded words, as narratives are grouped: look-alikes, split words, accents and emoji make no difference.
    Full,
}

/// Two posts that say nearly the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// Position of the earlier post in the list given.
    pub a: usize,
    /// Position of the later one.
    pub b: usize,
    /// Shared runs of three words over all runs of three words, exact.
    pub jaccard: f64,
    /// Seconds between them, never negative.
    pub dt_s: f64,
}

#[derive(Default)]
struct Found(Vec<(u32, usize, usize)>);

impl Guide for Found {
    fn wants(&self, _: u32) -> bool {
        true
    }
    fn compared(&mut self, place: u32, _: u32, alike: Option<(usize, usize)>) {
        self.0.extend(alike.map(|(shared, union)| (place, shared, union)));
    }
}

/// Hands every pair of `posts` that reaches `least` within `window` to `pair`, each pair once, in order of the later
/// post. Posts under four words pair with none.
///
/// Nothing is missed and nothing is stored per pair: 100,000 equal posts are five billion pairs, and whether to
/// write them is the caller's decision.
pub fn similar(
    posts: &[Post<'_>],
    least: Threshold,
    window: Window,
    folding: Folding,
    mut pair: impl FnMut(Pair),
) {
    let runs_max = Settings::default().runs_max;
    let mut order: Vec<usize> = (0..posts.len()).collect();
    order.sort_by_key(|&n| (posts[n].at, n));
    let mut batch = Batch { least, window, ..Batch::default() };
    for n in order {
        let set = shingle::runs(&words(posts[n].text, folding), runs_max).set;
        if !set.is_empty() {
            batch.post(n, posts[n].at, set, &mut pair);
        }
    }
}

/// The family of each post: texts that are near-copies of one another, step by step, whatever their times. Posts
/// under four words belong to none. Families are numbered from 0 in the order of their first posts.
///
/// Linear in equal texts: what is the same is kept once.
pub fn families<'a>(
    texts: impl IntoIterator<Item = &'a str>,
    least: Threshold,
    folding: Folding,
) -> Vec<Option<u32>> {
    let runs_max = Settings::default().runs_max;
    let mut shelf = Shelf::default();
    let mut parents: Vec<u32> = Vec::new();
    let mut places = Vec::new();
    for text in texts {
        let set = shingle::runs(&words(text, folding), runs_max).set;
        if set.is_empty() {
            places.push(None);
            continue;
        }
        let mut found = Found::default();
        shelf.search(&Query { set: &set, pool: 0, least, steps_max: usize::MAX }, &mut found);
        let same = found.0.iter().find(|(_, shared, union)| shared == union).map(|(place, ..)| *place);
        let place = same.unwrap_or_else(|| {
            parents.push(parents.len() as u32);
            shelf.put(set.into_boxed_slice(), 0, 0)
        });
        for (other, ..) in found.0 {
            let (x, y) = (root(&mut parents, place), root(&mut parents, other));
            parents[x.max(y) as usize] = x.min(y);
        }
        places.push(Some(place));
    }
    let mut names = vec![None; parents.len()];
    let mut count = 0;
    places
        .into_iter()
        .map(|place| {
            let root = root(&mut parents, place?);
            let name = &mut names[root as usize];
            if name.is_none() {
                *name = Some(count);
                count += 1;
            }
            *name
        })
        .collect()
}

fn root(parents: &mut [u32], mut of: u32) -> u32 {
    while parents[of as usize] != of {
        parents[of as usize] = parents[parents[of as usize] as usize];
        of = parents[of as usize];
    }
    of
}

fn words(text: &str, folding: Folding) -> String {
    match folding {
        Folding::Plain => plain(text),
        Folding::Full => normalise(text).alike,
    }
}

/// The posts of the window.
struct Batch {
    least: Threshold,
    window: Window,
    shelf: Shelf,
    /// By place on the shelf: the posts with that set of runs, in order of time.
    texts: Vec<VecDeque<(usize, Timestamp)>>,
    /// All posts of the window with their places, in order of time.
    posts: VecDeque<(Timestamp, u32)>,
    dropped: usize,
}

impl Default for Batch {
    fn default() -> Self {
        Self {
            least: Threshold::SIMILAR,
            window: Window::Any,
            shelf: Shelf::default(),
            texts: Vec::new(),
            posts: VecDeque::new(),
            dropped: 0,
        }
    }
}

impl Batch {
    fn post(&mut self, n: usize, at: Timestamp, set: Vec<u64>, pair: &mut impl FnMut(Pair)) {
        self.leave_behind(at);
        let mut found = Found::default();
        let query = Query { set: &set, pool: 0, least: self.least, steps_max: usize::MAX };
        self.shelf.search(&query, &mut found);
        let mut own = None;
        for (place, shared, union) in found.0 {
            let jaccard = shared as f64 / union as f64;
            own = own.or((shared == union).then_some(place));
            for &(earlier, then) in &self.texts[place as usize] {
                pair(Pair { a: earlier, b: n, jaccard, dt_s: at.duration_since(then).as_secs_f64() });
            }
        }
        let place = own.unwrap_or_else(|| {
            self.texts.push(VecDeque::new());
            self.shelf.put(set.into_boxed_slice(), 0, 0)
        });
        self.texts[place as usize].push_back((n, at));
        self.posts.push_back((at, place));
    }

    /// Drops what no later post can be paired with.
    fn leave_behind(&mut self, now: Timestamp) {
        let Window::Within(most) = self.window else { return };
        while let Some(&(at, place)) = self.posts.front() {
            if now.duration_since(at) <= most {
                break;
            }
            self.posts.pop_front();
            let posts = &mut self.texts[place as usize];
            posts.pop_front();
            if posts.is_empty() {
                self.shelf.drop_text(place);
                self.dropped += 1;
            }
        }
        if self.dropped > REBUILD_LEAST && self.dropped * 2 > self.texts.len() {
            self.rebuild();
        }
    }

    fn rebuild(&mut self) {
        let texts = std::mem::take(&mut self.texts);
        let mut moved = vec![0; texts.len()];
        for ((old, posts), (set, ..)) in texts.into_iter().enumerate().zip(self.shelf.take()) {
            if !posts.is_empty() {
                moved[old] = self.shelf.put(set, 0, 0);
                self.texts.push(posts);
            }
        }
        for (_, place) in &mut self.posts {
            *place = moved[*place as usize];
        }
        self.dropped = 0;
    }
}

/// Dropped texts below which clearing the index is not worth the work.
const REBUILD_LEAST: usize = 16;

/// The words as written, lower-cased, without mentions and links.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in text.split_whitespace() {
        let end = piece.find("://").map_or(piece.len(), |at| {
            piece[..at].trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len()
        });
        let end = piece[..end].find('@').unwrap_or(end);
        if end > 0 {
            out.extend(piece[..end].chars().flat_map(char::to_lowercase));
            out.push(' ');
        }
    }
    out
}
