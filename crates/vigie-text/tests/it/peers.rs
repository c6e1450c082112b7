//! Comparison with what two research tools give on the same shares (CooRTweet 2025, QUT toolkit 1.5.2).
//!
//! The data is not part of the project. `VIGIE_DATA` names its folder; without it the test says "skipped: no data".

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use vigie_text::coordination::{Network, Share, Sharing};

fn data(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("VIGIE_DATA").map(|root| PathBuf::from(root).join(name));
    let folder = folder.filter(|path| path.exists());
    if folder.is_none() {
        println!("skipped: no data");
    }
    folder
}

fn rows(path: PathBuf) -> Vec<csv::StringRecord> {
    csv::Reader::from_path(path).expect("a table").records().map(|row| row.expect("a row")).collect()
}

fn number(names: &mut HashMap<String, u32>, name: &str) -> u32 {
    let next = names.len() as u32;
    *names.entry(name.to_owned()).or_insert(next)
}

#[test]
fn the_edges_of_real_reposts_are_those_of_both_tools_with_both_weights() {
    let Some(folder) = data("coordination") else { return };
    let table = rows(folder.join("russian_coord_tweets.csv"));
    // Accounts are numbered in the order of their names, so that the first of an edge is the one both tools put first.
    let accounts: BTreeSet<&str> = table.iter().map(|row| &row[1]).collect();
    let accounts: Vec<&str> = accounts.into_iter().collect();
    let (mut objects, mut messages) = (HashMap::new(), HashMap::new());
    let shares: Vec<Share> = table
        .iter()
        .map(|row| Share {
            object: number(&mut objects, &row[0]),
            account: accounts.binary_search(&&row[1]).expect("known") as u32,
            message: number(&mut messages, &row[2]),
            at_ms: (row[3].parse::<f64>().expect("seconds") * 1e3) as i64,
        })
        .collect();
    let sharing = Sharing::new(10_000, Sharing::OBJECT_PAIRS_MAX).expect("a window");
    let network = Network::of(&shares, &sharing).expect("few pairs");
    let names = |a: u32, b: u32| (accounts[a as usize].to_owned(), accounts[b as usize].to_owned());
    let by_pairs: BTreeMap<_, _> = network.edges.iter().map(|e| (names(e.a, e.b), e.weight_pairs)).collect();
    let by_messages: BTreeMap<_, _> = network.edges.iter().map(|e| (names(e.a, e.b), e.messages_a)).collect();
    let ordered = |row: &csv::StringRecord| {
        let (a, b) = (row[0].to_owned(), row[1].to_owned());
        (if a < b { (a, b) } else { (b, a) }, row[2].parse::<u32>().expect("a weight"))
    };
    let coortweet: BTreeMap<_, _> =
        rows(folder.join("coortweet_ru_10s_edges.csv")).iter().map(ordered).collect();
    let qut: BTreeMap<_, _> = rows(folder.join("qut_ru_coretweet_10s.csv")).iter().map(ordered).collect();
    assert_eq!((by_pairs.len(), network.pairs.len()), (1_092, 1_098));
    assert_eq!(by_pairs, coortweet);
    assert_eq!(by_messages, qut);
    let met: BTreeSet<u32> = network.edges.iter().flat_map(|edge| [edge.a, edge.b]).collect();
    assert_eq!(met.len(), 1_525);
}
