//! Collects the links of one signal while the shelf is searched.

use crate::hash::Table;
use crate::narratives::Narratives;
use crate::shelf::Guide;

/// One kept text that the new one is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copy {
    /// Its place on the shelf.
    pub place: u32,
    /// Runs of three words that both have.
    pub shared: usize,
    /// Runs that either has.
    pub union: usize,
}

/// What a search has found so far.
pub struct Copies<'a> {
    narratives: &'a Narratives,
    looks_max: usize,
    /// Looks left by narrative, from the first link on.
    linked: Table<u32, usize>,
    /// Everything found.
    pub found: Vec<Copy>,
}

impl<'a> Copies<'a> {
    /// Nothing yet.
    pub fn new(narratives: &'a Narratives, looks_max: usize) -> Self {
        Self { narratives, looks_max, linked: Table::default(), found: Vec::new() }
    }

    /// The roots of the narratives linked.
    pub fn roots(&self) -> Vec<u32> {
        self.linked.keys().copied().collect()
    }
}

impl Guide for Copies<'_> {
    fn wants(&self, group: u32) -> bool {
        self.linked.is_empty() || self.linked.get(&self.narratives.root(group)).is_none_or(|left| *left > 0)
    }

    fn compared(&mut self, place: u32, group: u32, alike: Option<(usize, usize)>) {
        let root = self.narratives.root(group);
        if let Some(left) = self.linked.get_mut(&root) {
            *left = left.saturating_sub(1);
        }
        if let Some((shared, union)) = alike {
            self.linked.entry(root).or_insert(self.looks_max);
            self.found.push(Copy { place, shared, union });
        }
    }
}
