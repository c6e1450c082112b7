//! Short numbers for what is remembered of many signals: accounts by their pseudonyms, and the things that they share.
//!
//! A thing is a text with its copies, a picture in any size, an address or a hashtag. Texts and pictures that turn out to be
//! the same become one thing. Numbers hold until they are given anew, which lets go of what no signal bears any more.

use std::collections::{HashMap, HashSet};
use vigie_model::{SharedKind, SignalId};

/// The numbers given so far.
#[derive(Default)]
pub(super) struct Numbers {
    accounts: Vec<String>,
    account_of: HashMap<String, u32>,
    /// What each thing is, and the one that it turned out to be part of.
    things: Vec<(SharedKind, u32)>,
    named: HashMap<(u32, SharedKind, String), u32>,
    text_of: HashMap<SignalId, u32>,
    picture_of: HashMap<SignalId, u32>,
}

impl Numbers {
    pub fn account(&mut self, name: &str) -> u32 {
        if let Some(known) = self.account_of.get(name) {
            return *known;
        }
        let number = self.accounts.len() as u32;
        self.accounts.push(name.to_owned());
        self.account_of.insert(name.to_owned(), number);
        number
    }

    pub fn name(&self, account: u32) -> &str {
        self.accounts.get(account as usize).map_or("", String::as_str)
    }

    /// An address or a hashtag; in each `pool` of compartments it is another thing.
    pub fn named(&mut self, pool: u32, kind: SharedKind, name: String) -> u32 {
        if let Some(known) = self.named.get(&(pool, kind, name.clone())) {
            return *known;
        }
        let number = self.thing(kind);
        self.named.insert((pool, kind, name), number);
        number
    }

    /// The family of copies that a text belongs to, with those that say the `same`; families that it joins become one.
    pub fn text(&mut self, id: SignalId, same: impl Iterator<Item = SignalId>) -> u32 {
        let others: Vec<u32> = same.filter_map(|to| self.text_of.get(&to).copied()).collect();
        let family = self.one_of(&others, SharedKind::Text);
        self.text_of.insert(id, family);
        family
    }

    /// The family of one picture.
    pub fn picture(&mut self, id: SignalId, same: &[SignalId]) -> u32 {
        let others: Vec<u32> = same.iter().filter_map(|to| self.picture_of.get(to).copied()).collect();
        let family = self.one_of(&others, SharedKind::Picture);
        // The first that carried it had nothing to be linked to.
        for to in same {
            self.picture_of.entry(*to).or_insert(family);
        }
        self.picture_of.insert(id, family);
        family
    }

    pub fn knows_text(&self, id: SignalId) -> bool {
        self.text_of.contains_key(&id)
    }

    pub fn knows_picture(&self, id: SignalId) -> bool {
        self.picture_of.contains_key(&id)
    }

    /// The thing that `thing` turned out to be.
    pub fn root(&self, mut thing: u32) -> u32 {
        while let Some((_, above)) = self.things.get(thing as usize).filter(|(_, above)| *above != thing) {
            thing = *above;
        }
        thing
    }

    pub fn kind(&self, thing: u32) -> SharedKind {
        self.things.get(thing as usize).map_or(SharedKind::Text, |(kind, _)| *kind)
    }

    /// Gives numbers anew to the account and the things of each signal that is `kept`, and to nothing else: what is
    /// remembered stays bounded by the signals, however long the site runs.
    pub fn number_anew<'a>(
        &mut self,
        kept: impl Iterator<Item = (&'a mut u32, &'a mut Vec<u32>)>,
        known: &HashSet<SignalId>,
    ) {
        let before = std::mem::take(self);
        let mut of = HashMap::new();
        let mut anew = |numbers: &mut Self, thing: u32| {
            let root = before.root(thing);
            *of.entry(root).or_insert_with(|| numbers.thing(before.kind(root)))
        };
        for (account, things) in kept {
            *account = self.account(before.name(*account));
            for thing in things.iter_mut() {
                *thing = anew(self, *thing);
            }
            things.sort_unstable();
            things.dedup();
        }
        for (id, thing) in before.text_of.iter().filter(|(id, _)| known.contains(id)) {
            let thing = anew(self, *thing);
            self.text_of.insert(*id, thing);
        }
        for (id, thing) in before.picture_of.iter().filter(|(id, _)| known.contains(id)) {
            let thing = anew(self, *thing);
            self.picture_of.insert(*id, thing);
        }
        for (name, thing) in &before.named {
            if let Some(number) = of.get(&before.root(*thing)) {
                self.named.insert(name.clone(), *number);
            }
        }
    }

    fn thing(&mut self, kind: SharedKind) -> u32 {
        let number = self.things.len() as u32;
        self.things.push((kind, number));
        number
    }

    fn one_of(&mut self, others: &[u32], kind: SharedKind) -> u32 {
        let Some(root) = others.iter().map(|other| self.root(*other)).min() else { return self.thing(kind) };
        for other in others {
            let other = self.root(*other) as usize;
            if let Some(thing) = self.things.get_mut(other) {
                thing.1 = root;
            }
        }
        root
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signal(n: u8) -> SignalId {
        SignalId::from_uuid(uuid::Uuid::from_bytes([n; 16]))
    }

    #[test]
    fn what_no_signal_bears_any_more_is_let_go_and_the_rest_stays_the_same_thing() {
        let mut numbers = Numbers::default();
        let old = (numbers.account("gone"), numbers.named(1, SharedKind::Link, "old.example".to_owned()));
        let first = numbers.text(signal(1), std::iter::empty());
        let link = numbers.named(1, SharedKind::Link, "new.example".to_owned());
        let second = numbers.text(signal(2), std::iter::empty());
        // The third says what both said: all are one text.
        let third = numbers.text(signal(3), [signal(1), signal(2)].into_iter());
        let mut kept = [(numbers.account("a"), vec![second, link]), (numbers.account("b"), vec![third])];
        assert_eq!(numbers.root(second), numbers.root(first));
        let known = HashSet::from([signal(2), signal(3)]);
        numbers.number_anew(kept.iter_mut().map(|(account, things)| (account, things)), &known);
        assert_eq!((numbers.accounts.len(), numbers.things.len(), numbers.named.len()), (2, 2, 1));
        assert_eq!((numbers.name(kept[0].0), numbers.name(kept[1].0)), ("a", "b"));
        let text = kept[1].1[0];
        assert!(kept[0].1.contains(&text) && kept[0].1.len() == 2);
        assert_eq!(numbers.text(signal(4), [signal(2)].into_iter()), text);
        assert_eq!(numbers.kind(text), SharedKind::Text);
        let link = numbers.named(1, SharedKind::Link, "new.example".to_owned());
        assert!(kept[0].1.contains(&link));
        assert!(!numbers.knows_text(signal(1)));
        assert_eq!(numbers.account("gone"), 2, "{old:?} are given to others");
    }
}
