//! Many short lists kept one after the other: what each account or each thing has.

/// Lists by row, one after the other.
#[derive(Debug, Clone, Default)]
pub struct Lists<T> {
    ends: Vec<usize>,
    items: Vec<T>,
}

impl<T: Copy + Ord + Default> Lists<T> {
    /// `rows` lists; each sorted, without repeats.
    pub fn of(rows: usize, entries: impl Iterator<Item = (u32, T)> + Clone) -> Self {
        let mut ends = vec![0_usize; rows + 1];
        for (row, _) in entries.clone() {
            ends[row as usize + 1] += 1;
        }
        for at in 1..ends.len() {
            ends[at] += ends[at - 1];
        }
        let mut next = ends.clone();
        let mut items = vec![T::default(); ends.last().copied().unwrap_or(0)];
        for (row, item) in entries {
            items[next[row as usize]] = item;
            next[row as usize] += 1;
        }
        let mut kept = Self { ends: vec![0], items: Vec::with_capacity(items.len()) };
        for bounds in ends.windows(2) {
            let list = &mut items[bounds[0]..bounds[1]];
            list.sort_unstable();
            let from = kept.items.len();
            for item in list {
                if kept.items.len() == from || kept.items.last() != Some(item) {
                    kept.items.push(*item);
                }
            }
            kept.ends.push(kept.items.len());
        }
        kept
    }

    /// How many lists there are.
    pub fn rows(&self) -> usize {
        self.ends.len().saturating_sub(1)
    }

    /// The list of a row; empty where there is no such row.
    pub fn of_row(&self, row: u32) -> &[T] {
        let at = row as usize;
        match (self.ends.get(at), self.ends.get(at + 1)) {
            (Some(from), Some(to)) => &self.items[*from..*to],
            _ => &[],
        }
    }
}
