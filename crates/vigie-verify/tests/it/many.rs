//! Thousands of drawn changes to a journal (change, drop, change of places, insertion), each of which is noticed.
//!
//! `VIGIE_MUTATIONS` says how many (500 without it; `cargo xtask mutations` runs 10,000 and more in the release build);
//! `VIGIE_SEED` draws others.

use crate::site::{draft, journal};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;
use std::path::Path;
use vigie_verify::{Demands, Report, verify_open};

fn check(connection: &Connection) -> Report {
    let demands = Demands { complete: true, ..Demands::default() };
    verify_open(connection, Path::new("/nowhere"), &demands, &mut |_, _| {}).expect("can be checked")
}

fn from_environment(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// Numbers below a bound, the same for the same seed.
struct Drawn(u64);

impl Drawn {
    fn below(&mut self, bound: i64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.unsigned_abs().max(1)) as i64
    }
}

/// The tables of the record: name, key, value.
const TABLES: [(&str, &str, &str); 4] = [
    ("entry", "seq", "leaf"),
    ("payload", "seq", "sealed"),
    ("tile", "idx", "hashes"),
    ("checkpoint", "size", "note"),
];

/// Draws a change, makes it and says what it was and where; `None` where it changes nothing.
fn mutate(connection: &Connection, drawn: &mut Drawn) -> (Option<&'static str>, String) {
    let (table, key, value) = TABLES[drawn.below(4) as usize];
    let keys: Vec<i64> = connection
        .prepare(&format!("SELECT {key} FROM {table} ORDER BY {key}"))
        .and_then(|mut rows| rows.query_map([], |row| row.get(0))?.collect())
        .expect("keys");
    let one = keys[drawn.below(keys.len() as i64) as usize];
    let read = |key_value: i64| -> Vec<u8> {
        let sql = format!("SELECT CAST({value} AS BLOB) FROM {table} WHERE {key} = ?1");
        connection.query_row(&sql, [key_value], |row| row.get(0)).expect("a value")
    };
    let write = |key_value: i64, bytes: &[u8]| {
        let sql = format!("UPDATE {table} SET {value} = ?2 WHERE {key} = ?1");
        connection.execute(&sql, params![key_value, bytes]).expect("writes");
    };
    let before = read(one);
    let what = match drawn.below(4) {
        0 => {
            let bytes = changed(before.clone(), drawn);
            write(one, &bytes);
            (bytes != before).then_some("change")
        }
        1 => {
            connection.execute(&format!("DELETE FROM {table} WHERE {key} = ?1"), [one]).expect("deletes");
            Some("drop")
        }
        2 => {
            let other = keys[drawn.below(keys.len() as i64) as usize];
            let beside = read(other);
            write(one, &beside);
            write(other, &before);
            (before != beside).then_some("places")
        }
        _ => {
            let end = keys.last().copied().unwrap_or(0);
            let at = drawn.below(end + 3);
            let valid = draft(at.unsigned_abs(), None, "").leaf;
            let bytes = if table == "entry" && drawn.below(2) == 0 { valid } else { before };
            let shift = format!(
                "UPDATE {table} SET {key} = -1 - {key} WHERE {key} >= {at}; UPDATE {table} SET {key} = -{key} WHERE {key} < 0;"
            );
            connection.execute_batch(&shift).expect("shifts");
            let level = if table == "tile" { "0, " } else { "" };
            let sql = format!("INSERT INTO {table} VALUES ({level}?1, ?2)");
            connection.execute(&sql, params![at, bytes]).expect("inserts");
            Some("insertion")
        }
    };
    (what, format!("{table} {one}"))
}

/// A bit flipped, a byte gone, a byte more, or a stretch of other bytes.
fn changed(mut bytes: Vec<u8>, drawn: &mut Drawn) -> Vec<u8> {
    let at = drawn.below(bytes.len() as i64) as usize;
    match drawn.below(4) {
        0 => bytes[at] ^= 1 << drawn.below(8),
        1 => drop(bytes.remove(at)),
        2 => bytes.insert(at, drawn.below(256) as u8),
        _ => bytes[at..].iter_mut().take(9).for_each(|byte| *byte = drawn.below(256) as u8),
    }
    bytes
}

#[test]
fn f52_every_drawn_change_of_a_journal_is_found() {
    let (count, seed) = (from_environment("VIGIE_MUTATIONS", 500), from_environment("VIGIE_SEED", 1));
    let connection = journal(&[20, 236, 20, 14]);
    let sound = check(&connection);
    assert!(sound.ok);
    let mut drawn = Drawn(0x9e37_79b9_7f4a_7c15 ^ seed.wrapping_mul(0x2545_f491_4f6c_dd1d) | 1);
    let mut tally: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    let mut done = 0;
    while done < count {
        connection.execute_batch("BEGIN").expect("begins");
        let (what, place) = mutate(&connection, &mut drawn);
        let report = what.map(|_| check(&connection));
        connection.execute_batch("ROLLBACK").expect("rolls back");
        let (Some(what), Some(report)) = (what, report) else { continue };
        done += 1;
        // A tile or an earlier signed state that is gone can be derived again or is covered by the next: it is counted.
        let how = if !report.ok {
            "refused"
        } else if report == sound {
            "unnoticed"
        } else {
            "counted as missing"
        };
        *tally.entry((what, how)).or_default() += 1;
        assert_ne!(how, "unnoticed", "{what}, change {done} of seed {seed}: {place}");
    }
    let told: Vec<String> = tally.iter().map(|((what, how), n)| format!("{what} {how}: {n}")).collect();
    println!("{done} changes of a journal of {} entries, none unnoticed: {}", sound.entries, told.join(", "));
}
