//! Which groups of copies are one narrative, and which of two is the older.
//!
//! A forest of slots: joining two narratives moves no signal, it points one root at the other. Age is the arrival
//! of the founding signal; where that signal is forgotten the narrative is older than every one whose founder is
//! still remembered, and two such are ordered by their identifiers, which are ordered in time.
//!
//! What a person took apart stays apart: such pairs are remembered and never joined by a machine.

use crate::hash::Table;
use std::cell::Cell;
use vigie_model::NarrativeId;

struct Slot {
    parent: Cell<u32>,
    id: NarrativeId,
    /// Arrival number of the founder, 0 when it was never seen here.
    founded: u64,
}

/// The narratives in memory.
#[derive(Default)]
pub struct Narratives {
    slots: Vec<Slot>,
    by_id: Table<NarrativeId, u32>,
    /// Slots that people keep apart; few.
    apart: Vec<(u32, u32)>,
}

impl Narratives {
    /// The slot of `id`, new where it has none.
    pub fn slot(&mut self, id: NarrativeId, founded: u64) -> u32 {
        let next = self.slots.len() as u32;
        let slot = *self.by_id.entry(id).or_insert(next);
        if slot == next {
            self.slots.push(Slot { parent: Cell::new(next), id, founded });
        }
        self.root(slot)
    }

    /// The slot that `slot` has come to.
    pub fn root(&self, slot: u32) -> u32 {
        let mut at = slot;
        loop {
            let parent = self.slots[at as usize].parent.get();
            if parent == at {
                return at;
            }
            let above = self.slots[parent as usize].parent.get();
            self.slots[at as usize].parent.set(above);
            at = above;
        }
    }

    /// The narrative of a root.
    pub fn id(&self, root: u32) -> NarrativeId {
        self.slots[root as usize].id
    }

    /// When the narrative of a root was founded.
    pub fn founded(&self, root: u32) -> u64 {
        self.slots[root as usize].founded
    }

    /// Makes the narrative of the root `younger` part of that of the root `older`.
    pub fn absorb(&mut self, older: u32, younger: u32) {
        self.slots[younger as usize].parent.set(older);
    }

    /// Orders narratives by age, oldest first; `floor` is the first arrival still remembered.
    pub fn age(&self, root: u32, floor: u64) -> (u64, NarrativeId) {
        let founded = self.founded(root);
        (if founded < floor { 0 } else { founded }, self.id(root))
    }

    /// A new slot for `id`, whatever it was part of before.
    pub fn anew(&mut self, id: NarrativeId, founded: u64) -> u32 {
        let slot = self.slots.len() as u32;
        self.slots.push(Slot { parent: Cell::new(slot), id, founded });
        self.by_id.insert(id, slot);
        slot
    }

    /// A person keeps the two apart.
    pub fn keep_apart(&mut self, one: u32, other: u32) {
        if self.root(one) != self.root(other) && !self.are_apart(one, other) {
            self.apart.push((one, other));
        }
    }

    /// A person joins them after all.
    pub fn release(&mut self, one: u32, other: u32) {
        let mut pairs = std::mem::take(&mut self.apart);
        pairs.retain(|pair| !self.is_pair(*pair, one, other));
        self.apart = pairs;
    }

    /// Whether a person keeps the two apart.
    pub fn are_apart(&self, one: u32, other: u32) -> bool {
        self.apart.iter().any(|pair| self.is_pair(*pair, one, other))
    }

    /// The pairs that people keep apart.
    pub fn apart(&self) -> &[(u32, u32)] {
        &self.apart
    }

    fn is_pair(&self, (a, b): (u32, u32), one: u32, other: u32) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        let (one, other) = (self.root(one), self.root(other));
        (a, b) == (one, other) || (b, a) == (one, other)
    }
}
