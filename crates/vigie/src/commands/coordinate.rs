//! `vigie coordinate`: who shares the same within a short time, with the messages; no site is needed.

use super::table::{Names, Refused, Rows, posts};
use crate::cli::Coordinate;
use crate::say::{Failure, Say};
use serde::Serialize;
use std::collections::HashMap;
use vigie_text::coordination::{
    ByClocks, Chance, Edge, GroupSettings, Kind, Network, Share, Sharing, SharingError, groups,
};
use vigie_text::likeness::link;
use vigie_text::{Folding, Threshold, families};
use vigie_wire::posts::{Post, Posts, Thing};

/// Runs the command.
pub fn run(args: &Coordinate, say: &Say) -> Result<u8, Failure> {
    let kinds = kinds(&args.by)?;
    let mut refused = Refused::default();
    let table = Table::read(args, &kinds, &mut refused)?;
    let sharing = Sharing::new(args.window, args.object_pairs_max).map_err(|e| too_much(&e))?;
    let network = Network::of(&table.shares, &sharing).map_err(|e| too_much(&e))?;
    let chance = Chance::of(&table.shares, args.window).by_clocks(&network);
    let written = table.write_edges(args, say, &network, &chance)?;
    if let Some(path) = &args.messages {
        table.write_messages(path, args, say, &network)?;
    }
    let found = match &args.groups {
        None => None,
        Some(path) => {
            let found = groups(&table.shares, &sharing, &GroupSettings::default());
            let found = found.map_err(|e| too_much(&e))?;
            table.write_groups(path, say, &found)?;
            Some(found.len())
        }
    };
    let crowds = &network.crowds;
    for crowd in crowds {
        say.aside(
            "coordinate-crowd",
            &[
                ("object", table.objects[crowd.object as usize].1.as_str().into()),
                ("accounts", (crowd.accounts as u64).into()),
                ("densest", (crowd.densest as u64).into()),
            ],
        );
    }
    let code = refused.tell(say);
    let answer = serde_json::json!({
        "shares": table.shares.len(), "accounts": table.accounts.len(), "pairs": network.pairs.len(),
        "edges": written, "groups": found, "crowds": crowds.len(), "refused": refused.count,
    });
    say.answer(&answer, || {
        let args = [
            ("edges", (written as u64).into()),
            ("pairs", (network.pairs.len() as u64).into()),
            ("shares", (table.shares.len() as u64).into()),
            ("refused", refused.count.into()),
        ];
        vec![say.text("coordinate-done", &args), say.text("coordinate-no-author", &[])]
    })?;
    Ok(code)
}

fn kinds(by: &[String]) -> Result<Vec<Kind>, Failure> {
    by.iter()
        .map(|name| {
            let known = || Kind::ALL.map(Kind::name).join(", ");
            Kind::of(name).ok_or_else(|| {
                Failure::told("coordinate-kind-unknown").with("kind", name).with("known", known()).exit(2)
            })
        })
        .collect()
}

fn too_much(error: &SharingError) -> Failure {
    match error {
        SharingError::Window => Failure::told("coordinate-window").exit(2),
        SharingError::TooManyPairs(most) => Failure::told("coordinate-too-many-pairs").with("max", most),
    }
}

/// The table of posts as numbers, and the names for them in order.
struct Table {
    shares: Vec<Share>,
    accounts: Vec<String>,
    messages: Vec<String>,
    objects: Vec<(Kind, String)>,
    at_ms: Vec<i64>,
}

struct Reading {
    shares: Vec<Share>,
    accounts: Names,
    messages: Names,
    objects: HashMap<(Kind, String), u32>,
    texts: Vec<(u32, u32, i64, String)>,
    at_ms: Vec<i64>,
}

impl Table {
    fn read(args: &Coordinate, kinds: &[Kind], refused: &mut Refused) -> Result<Self, Failure> {
        let mut reading = Reading {
            shares: Vec::new(),
            accounts: Names::default(),
            messages: Names::default(),
            objects: HashMap::new(),
            texts: Vec::new(),
            at_ms: Vec::new(),
        };
        posts(&args.posts, refused, |posts| sharable(posts, kinds), |post| reading.post(post, kinds))?;
        Ok(reading.finish())
    }

    fn write_edges(
        &self,
        args: &Coordinate,
        say: &Say,
        network: &Network,
        chance: &[ByClocks],
    ) -> Result<usize, Failure> {
        let mut out = Rows::create(&args.out, say.json())?;
        let mut written = 0;
        for (edge, chance) in network.edges.iter().zip(chance).filter(|(edge, _)| args.keeps(edge)) {
            let row = EdgeRow {
                account_a: &self.accounts[edge.a as usize],
                account_b: &self.accounts[edge.b as usize],
                weight_pairs: edge.weight_pairs,
                weight_messages: edge.messages_a,
                dt_mean_s: edge.dt_mean_s(),
                objects: edge.objects,
                p_value: chance.p_value,
            };
            out.row(&row, || {
                serde_json::json!({
                    "expected": chance.expected, "messages_a": edge.messages_a, "messages_b": edge.messages_b,
                    "symmetry": edge.symmetry(),
                })
            })?;
            written += 1;
        }
        if written == 0 {
            out.header(&EDGE_COLUMNS)?;
        }
        out.finish()?;
        Ok(written)
    }

    fn write_messages(
        &self,
        path: &std::path::Path,
        args: &Coordinate,
        say: &Say,
        network: &Network,
    ) -> Result<(), Failure> {
        let mut out = Rows::create(path, say.json())?;
        let edges = network.edges.iter().filter(|edge| args.keeps(edge));
        let mut empty = true;
        for pair in edges.flat_map(|edge| network.evidence(edge)) {
            let (kind, object) = &self.objects[pair.object as usize];
            let row = PairRow {
                kind: kind.name(),
                object_id: object,
                account_a: &self.accounts[pair.a as usize],
                message_a: &self.messages[pair.message_a as usize],
                at_a: self.at_ms[pair.message_a as usize] as f64 / 1e3,
                account_b: &self.accounts[pair.b as usize],
                message_b: &self.messages[pair.message_b as usize],
                at_b: self.at_ms[pair.message_b as usize] as f64 / 1e3,
                dt_s: f64::from(pair.dt_ms) / 1e3,
            };
            out.row(&row, || ())?;
            empty = false;
        }
        if empty {
            out.header(&PAIR_COLUMNS)?;
        }
        out.finish()
    }

    fn write_groups(
        &self,
        path: &std::path::Path,
        say: &Say,
        found: &[vigie_text::coordination::Group],
    ) -> Result<(), Failure> {
        let mut out = Rows::create(path, say.json())?;
        for (n, group) in found.iter().enumerate() {
            let members = group.accounts.iter().map(|account| (account, "repeated"));
            for (account, part) in members.chain(group.joined.iter().map(|account| (account, "once"))) {
                let row = GroupRow {
                    group: n + 1,
                    account_id: &self.accounts[*account as usize],
                    part,
                    accounts: group.accounts.len(),
                    objects: group.objects.len(),
                    pairs: group.pairs,
                    window_s: group.window_ms as f64 / 1e3,
                    expected: group.expected,
                    p_value: group.p_value,
                    discovery_rate: group.discovery_rate,
                };
                out.row(&row, || ())?;
            }
        }
        if found.is_empty() {
            out.header(&GROUP_COLUMNS)?;
        }
        out.finish()
    }
}

impl Coordinate {
    fn keeps(&self, edge: &Edge) -> bool {
        edge.weight_pairs >= self.min_weight
    }
}

/// Whether the table has what is asked for.
fn sharable<R: std::io::Read>(posts: &Posts<R>, kinds: &[Kind]) -> Result<(), Failure> {
    if posts.has(Thing::Object) {
        // A table of shares holds one kind of thing, whatever it is called.
        return match kinds {
            [_] => Ok(()),
            _ => Err(Failure::told("coordinate-one-kind").exit(2)),
        };
    }
    let there = |kind: &Kind| match kind {
        Kind::Repost => posts.has(Thing::Repost),
        Kind::Reply => posts.has(Thing::Reply),
        Kind::Link => posts.has(Thing::Link),
        Kind::Hashtag => posts.has(Thing::Hashtag),
        Kind::Domain => posts.has(Thing::Domain) || posts.has(Thing::Link),
        Kind::Image => posts.has(Thing::Image),
        Kind::Text => posts.has_texts(),
    };
    match kinds.iter().find(|kind| !there(kind)) {
        None => Ok(()),
        Some(kind) => Err(Failure::told("coordinate-kind-absent").with("kind", kind.name())),
    }
}

impl Reading {
    fn post(&mut self, post: Post, kinds: &[Kind]) {
        let account = self.accounts.of(&post.account);
        let message = self.messages.of(&post.message);
        if message as usize == self.at_ms.len() {
            self.at_ms.push(post.at_ms);
        }
        let own_domain = post.things.iter().any(|(thing, _)| *thing == Thing::Domain);
        for (thing, name) in post.things {
            for (kind, object) in objects(thing, name, kinds, own_domain) {
                let number = self.objects.len() as u32;
                let object = *self.objects.entry((kind, object)).or_insert(number);
                self.shares.push(Share { object, account, message, at_ms: post.at_ms });
            }
        }
        if kinds.contains(&Kind::Text) && !post.text.is_empty() {
            self.texts.push((account, message, post.at_ms, post.text));
        }
    }

    /// Numbers accounts and messages in the order of their names, so that the order of the rows does not show.
    fn finish(mut self) -> Table {
        let of_texts =
            families(self.texts.iter().map(|text| text.3.as_str()), Threshold::SIMILAR, Folding::Full);
        for ((account, message, at_ms, _), family) in self.texts.iter().zip(of_texts) {
            let Some(family) = family else { continue };
            let number = self.objects.len() as u32;
            let object = *self.objects.entry((Kind::Text, format!("text-{family}"))).or_insert(number);
            self.shares.push(Share { object, account: *account, message: *message, at_ms: *at_ms });
        }
        let (accounts, account_place) = self.accounts.in_order();
        let (messages, message_place) = self.messages.in_order();
        for share in &mut self.shares {
            share.account = account_place[share.account as usize];
            share.message = message_place[share.message as usize];
        }
        let mut at_ms = vec![0; messages.len()];
        for (old, at) in self.at_ms.into_iter().enumerate() {
            at_ms[message_place[old] as usize] = at;
        }
        let mut objects: Vec<_> = self.objects.into_iter().collect();
        objects.sort_unstable_by_key(|(_, number)| *number);
        // Shares of one object side by side, in order of time: the pass then walks memory in order too.
        self.shares.sort_unstable_by_key(|share| (share.object, share.at_ms, share.account, share.message));
        let objects = objects.into_iter().map(|(object, _)| object).collect();
        Table { shares: self.shares, accounts, messages, objects, at_ms }
    }
}

/// The objects that one thing of a post stands for; none where it is absent or not asked for.
fn objects(thing: Thing, name: String, kinds: &[Kind], own_domain: bool) -> Vec<(Kind, String)> {
    let kind = match thing {
        Thing::Object => return kinds.first().map(|kind| (*kind, name)).into_iter().collect(),
        Thing::Repost => Kind::Repost,
        Thing::Reply => Kind::Reply,
        Thing::Link => return links(&name, kinds, own_domain),
        Thing::Hashtag => Kind::Hashtag,
        Thing::Domain => Kind::Domain,
        Thing::Image => Kind::Image,
    };
    let name = match kind {
        Kind::Hashtag => name.trim_start_matches('#').to_lowercase(),
        Kind::Domain => name.to_lowercase(),
        _ => name,
    };
    if kinds.contains(&kind) && !name.is_empty() { vec![(kind, name)] } else { Vec::new() }
}

fn links(name: &str, kinds: &[Kind], own_domain: bool) -> Vec<(Kind, String)> {
    let found = link::canonical(name);
    let mut out = Vec::new();
    if kinds.contains(&Kind::Link) {
        // What is no address may be the number that stands for one.
        out.push((Kind::Link, found.as_ref().map_or_else(|| name.to_owned(), |link| link.canonical.clone())));
    }
    if let Some(link) = found.filter(|_| kinds.contains(&Kind::Domain) && !own_domain) {
        out.push((Kind::Domain, link.host));
    }
    out
}

const EDGE_COLUMNS: [&str; 7] =
    ["account_a", "account_b", "weight_pairs", "weight_messages", "dt_mean_s", "objects", "p_value"];

#[derive(Serialize)]
struct EdgeRow<'a> {
    account_a: &'a str,
    account_b: &'a str,
    weight_pairs: u32,
    weight_messages: u32,
    dt_mean_s: f64,
    objects: u32,
    p_value: f64,
}

const PAIR_COLUMNS: [&str; 9] =
    ["kind", "object_id", "account_a", "message_a", "at_a", "account_b", "message_b", "at_b", "dt_s"];

#[derive(Serialize)]
struct PairRow<'a> {
    kind: &'a str,
    object_id: &'a str,
    account_a: &'a str,
    message_a: &'a str,
    at_a: f64,
    account_b: &'a str,
    message_b: &'a str,
    at_b: f64,
    dt_s: f64,
}

const GROUP_COLUMNS: [&str; 10] = [
    "group",
    "account_id",
    "part",
    "accounts",
    "objects",
    "pairs",
    "window_s",
    "expected",
    "p_value",
    "discovery_rate",
];

#[derive(Serialize)]
struct GroupRow<'a> {
    group: usize,
    account_id: &'a str,
    part: &'a str,
    accounts: usize,
    objects: usize,
    pairs: u64,
    window_s: f64,
    expected: f64,
    p_value: f64,
    discovery_rate: f64,
}
