//! Bundles that others wrote: each is read whole, what is a story enters, and everything else is counted.

use crate::data::{files, folder};
use vigie_model::Limits;
use vigie_wire::exchange;

/// Each example of the standard is read, or refused as no bundle; no object is lost between what is read and what is counted.
#[test]
fn conformance_exchange_examples_of_stix_are_read_and_counted() {
    let Some(folder) = folder("stix/examples") else { return };
    let mut all = files(&folder);
    all.extend(files(&folder.join("threat-reports")));
    let (mut read, mut stories, mut aside, mut refused) = (0, 0, 0, Vec::new());
    for (name, bytes) in all.iter().filter(|(name, _)| name != "README.md") {
        let received = match exchange::read(bytes, &Limits::EXCHANGE) {
            Ok(received) => received,
            Err(fault) => {
                refused.push((name.clone(), fault.code));
                continue;
            }
        };
        assert_eq!(received.faults, [], "{name}");
        let document: serde_json::Value = serde_json::from_slice(bytes).expect("JSON");
        let objects = document["objects"].as_array().expect("objects");
        let known = ["identity", "attack-pattern", "report", "marking-definition"];
        let parts = objects.iter().filter(|it| known.contains(&it["type"].as_str().unwrap_or_default()));
        let left: u64 = received.left_aside.values().sum();
        assert_eq!(parts.count() as u64 + left, objects.len() as u64, "{name}: {:?}", received.left_aside);
        println!(
            "{name}: {} stories, {} messages, left aside {:?}",
            received.stories.len(),
            received.loose.len(),
            received.left_aside
        );
        read += 1;
        stories += received.stories.len();
        aside += left;
    }
    println!(
        "STIX examples: {read} bundles, {stories} stories, {aside} objects left aside, refused {refused:?}"
    );
    assert_eq!((read, stories), (7, 2));
    // One file is a lone object and no bundle.
    let lone = ("interop-objectmarking-test.json".to_owned(), "exchange-unknown".to_owned());
    assert_eq!(refused, [lone]);
}
