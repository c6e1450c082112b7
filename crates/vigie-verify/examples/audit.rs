//! Measures the audit of a long journal: `cargo run --release -p vigie-verify --example audit -- 1000000`.
//!
//! Half of the entries have a sealed content; a state is signed every 256 entries. It tells CPU seconds of the audit alone.

#[path = "../tests/it/site.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod site;

use vigie_verify::{Demands, verify};

fn cpu_s() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit_once(')').map_or("", |(_, after)| after);
    after.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn main() {
    let wanted: u64 = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let dir = tempfile::tempdir().expect("a folder");
    let connection = site::open(dir.path());
    connection.execute_batch(site::TABLES).expect("creates");
    connection.pragma_update(None, "synchronous", "OFF").expect("no waiting for the disk");
    let mut writer = site::Writer::new(&connection, 1);
    while writer.tree.size() < wanted {
        writer.batch((wanted - writer.tree.size()).min(256));
    }
    drop(writer);
    drop(connection);
    let before = cpu_s();
    let report = verify(dir.path(), &Demands::default()).expect("can be checked");
    let spent = cpu_s() - before;
    assert!(report.ok, "{:?}", report.reason);
    println!(
        "{} entries, {} contents, {} signed states audited in {spent:.2} s CPU",
        report.entries, report.payloads, report.checkpoints
    );
}
