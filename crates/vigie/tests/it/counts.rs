//! What a monitoring system reads from a site that the real program serves.

use crate::running::{Served, patient};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// One line of the page: name, labels, value.
type Sample = (String, String, f64);

/// Reads the Prometheus text format (0.0.4) as strictly as a scraper may: each family has its help and kind once, before
/// its samples, and all of them together.
fn families(page: &str) -> BTreeMap<String, (String, Vec<Sample>)> {
    let mut found: BTreeMap<String, (String, Vec<Sample>)> = BTreeMap::new();
    let (mut helped, mut open) = (String::new(), String::new());
    for line in page.lines() {
        if let Some(rest) = line.strip_prefix("# HELP ") {
            let (name, help) = rest.split_once(' ').expect("a help");
            assert!(help.ends_with('.') && !found.contains_key(name), "{line}");
            name.clone_into(&mut helped);
        } else if let Some(rest) = line.strip_prefix("# TYPE ") {
            let (name, kind) = rest.split_once(' ').expect("a kind");
            assert_eq!(name, helped, "the kind follows the help");
            assert!(["counter", "gauge"].contains(&kind), "{line}");
            found.insert(name.to_owned(), (kind.to_owned(), Vec::new()));
            name.clone_into(&mut open);
        } else {
            let (series, value) = line.rsplit_once(' ').expect("a value");
            let (name, labels) = series.split_once('{').unwrap_or((series, "}"));
            assert_eq!(name, open, "samples stand under their family");
            let labels = labels.strip_suffix('}').expect("closed labels").to_owned();
            for label in labels.split(',').filter(|label| !label.is_empty()) {
                let (key, value) = label.split_once('=').expect("a label");
                assert!(key.bytes().all(|b| b.is_ascii_lowercase()), "{label}");
                assert!(value.len() > 2 && value.starts_with('"') && value.ends_with('"'), "{label}");
            }
            let value = value.parse().expect("a number");
            let samples = &mut found.get_mut(name).expect("announced").1;
            assert!(samples.iter().all(|(_, known, _)| *known != labels), "{line} stands twice");
            samples.push((name.to_owned(), labels, value));
        }
    }
    found
}

#[test]
fn counts_are_prometheus_text_and_each_is_in_the_manual_with_its_unit() {
    let mut site = Served::start("", "reserve_mib = 2", "duty-officer").expect("no mount is needed");
    assert_eq!(site.message("m-1", "Le pont est fermé.").status, 202);
    assert_eq!(site.message("m-1", "Le pont est fermé.").status, 202);
    assert!(site.message("m-2", "").status >= 400);
    patient(Duration::from_secs(30), || {
        (site.count("vigie_source_refused_total{source=\"sms\"}") >= 1.0).then_some(())
    });
    site.sign_in();
    let found = families(&site.counts());
    let value = |name: &str, labels: &str| {
        let samples = &found.get(name).unwrap_or_else(|| panic!("no {name}")).1;
        samples.iter().find(|(_, l, _)| l == labels).unwrap_or_else(|| panic!("no {name}{labels}")).2
    };
    for (name, labels, wanted) in [
        ("vigie_source_accepted_total", "source=\"sms\"", 1.0),
        ("vigie_source_repeated_total", "source=\"sms\"", 1.0),
        ("vigie_source_refused_total", "source=\"sms\"", 1.0),
        ("vigie_disk_full", "", 0.0),
        ("vigie_disk_reserve_bytes", "", 2_097_152.0),
    ] {
        assert!((value(name, labels) - wanted).abs() < 0.5, "{name}: {}", value(name, labels));
    }
    assert!(value("vigie_journal_entries_total", "") >= 4.0);
    assert!(value("vigie_journal_last_entry_age_seconds", "") < 60.0);
    assert!(value("vigie_disk_bytes", "part=\"store\"") > 1_000.0);
    assert!(value("vigie_disk_free_bytes", "") > 1_000.0);
    assert!(value("vigie_source_contact_age_seconds", "source=\"sms\"") < 60.0);
    for (name, (kind, _)) in &found {
        assert_eq!(name.ends_with("_total"), kind == "counter", "{name}");
    }

    // The manual names each with its unit, and no other.
    let manual = include_str!("../../../../docs/how-to/watch-a-site.md");
    let row = |line: &str| Some(line.strip_prefix("| `")?.split('`').next()?.split('{').next()?.to_owned());
    let told: BTreeSet<String> =
        manual.lines().filter_map(row).filter(|name| name.starts_with("vigie_")).collect();
    assert_eq!(told, found.keys().cloned().collect::<BTreeSet<_>>());
    let page = site.counts();
    for secret in ["Amina", "amina", "pont"] {
        assert!(!page.contains(secret), "{secret}");
    }
    site.stop();
}
