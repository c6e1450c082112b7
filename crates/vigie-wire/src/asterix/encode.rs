//! A record as bytes again, from its tree: the same bytes for every record that was read.

use super::bits::{self, Writer};
use super::record::{Kind, Node, Record};
use super::tables::{Shape, Tables, tables};

impl Record<'_> {
    /// Appends the record's bytes, made from its values: field specification, counts, lengths and extension bits
    /// come from the tree, not from the input.
    pub fn encode(&self, out: &mut Vec<u8>) {
        let mut encoder =
            Encoder { tables: tables(), record: self, out: Writer::behind(std::mem::take(out)) };
        encoder.fspec(0, self.nodes.len(), usize::from(self.fspec_octets), 7);
        encoder.level(0, self.nodes.len());
        *out = encoder.out.bytes;
    }
}

struct Encoder<'e> {
    tables: &'static Tables,
    record: &'e Record<'e>,
    out: Writer,
}

impl Encoder<'_> {
    /// Nodes of one level between two indexes.
    fn each(&self, from: usize, to: usize) -> impl Iterator<Item = (usize, Node)> + use<'_> {
        let mut at = from;
        std::iter::from_fn(move || {
            let node = *self.record.nodes.get(at).filter(|_| at < to)?;
            let here = at;
            at = (node.next as usize).max(at + 1);
            Some((here, node))
        })
    }

    /// `each` slots an octet: seven and an extension bit, or eight.
    fn fspec(&mut self, from: usize, to: usize, octets: usize, each: usize) {
        let mut fspec = [0_u8; 16];
        for (_, node) in self.each(from, to) {
            let slot = usize::from(node.slot);
            if let Some(octet) = fspec.get_mut(slot / each) {
                *octet |= 0x80 >> (slot % each);
            }
        }
        if each == 7 {
            fspec.iter_mut().take(octets.saturating_sub(1)).for_each(|octet| *octet |= 1);
        }
        for octet in fspec.iter().take(octets) {
            self.out.put(u64::from(*octet), 8);
        }
    }

    fn level(&mut self, from: usize, to: usize) {
        let mut at = from;
        while let Some(node) = self.record.nodes.get(at).filter(|_| at < to) {
            let node = *node;
            self.node(at, node);
            at = (node.next as usize).max(at + 1);
        }
    }

    fn node(&mut self, at: usize, node: Node) {
        let (from, to) = (at + 1, node.next as usize);
        match node.kind {
            Kind::Leaf => self.leaf(node),
            Kind::Group => self.level(from, to),
            Kind::Extended => self.extended(from, to, node),
            Kind::Repeat if node.aux == 0 => self.with_bits(from, to),
            Kind::Repeat => {
                let count = self.each(from, to).count() as u64;
                self.out.put(count, u32::from(node.aux) * 8);
                self.level(from, to);
            }
            Kind::Compound => {
                let fixed = matches!(self.tables.shape(node.shape), Shape::Compound { fixed_octets, .. } if *fixed_octets > 0);
                self.fspec(from, to, usize::from(node.aux), if fixed { 8 } else { 7 });
                self.level(from, to);
            }
            Kind::Explicit => self.explicit(from, to),
            Kind::Random => self.random(from, to),
        }
    }

    fn leaf(&mut self, node: Node) {
        if node.bits <= 64 {
            return self.out.put(node.raw, node.bits);
        }
        let first = self.record.at * 8 + node.at_bit as usize;
        let mut done = 0;
        while done < node.bits {
            let count = (node.bits - done).min(32);
            self.out.put(bits::read(self.record.input, first + done as usize, count), count);
            done += count;
        }
    }

    fn extended(&mut self, from: usize, to: usize, node: Node) {
        let Shape::Extended { parts } = self.tables.shape(node.shape) else { return };
        let mut at = from;
        for part in self.tables.parts(parts) {
            if *self.tables.shape(part.shape) == Shape::Fx {
                self.out.put(u64::from(at < to), 1);
                if at >= to {
                    return;
                }
            } else if let Some(inner) = self.record.nodes.get(at).filter(|_| at < to) {
                let inner = *inner;
                self.node(at, inner);
                at = (inner.next as usize).max(at + 1);
            }
        }
        // What is left are extensions of a later edition, one octet each.
        self.with_bits(at, to);
    }

    /// Each node with an extension bit behind it.
    fn with_bits(&mut self, from: usize, to: usize) {
        let mut at = from;
        while let Some(node) = self.record.nodes.get(at).filter(|_| at < to) {
            let node = *node;
            self.node(at, node);
            at = (node.next as usize).max(at + 1);
            self.out.put(u64::from(at < to), 1);
        }
    }

    fn explicit(&mut self, from: usize, to: usize) {
        let length_at = self.out.bytes.len();
        self.out.put(0, 8);
        self.level(from, to);
        let length = (self.out.bytes.len() - length_at) as u8;
        if let Some(octet) = self.out.bytes.get_mut(length_at) {
            *octet = length;
        }
    }

    fn random(&mut self, from: usize, to: usize) {
        let count = self.each(from, to).count() as u64;
        self.out.put(count, 8);
        let mut at = from;
        while let Some(node) = self.record.nodes.get(at).filter(|_| at < to) {
            let node = *node;
            self.out.put(u64::from(node.slot) + 1, 8);
            self.node(at, node);
            at = (node.next as usize).max(at + 1);
        }
    }
}
