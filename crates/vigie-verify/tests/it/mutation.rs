//! What was changed, dropped, added or moved is noticed, and the right entry is named.

use crate::site::{TABLES, Writer, draft, erase, folder, journal, signer};
use rusqlite::{Connection, params};
use std::path::Path;
use vigie_evidence::tree::Tree;
use vigie_verify::{Demands, Fault, Finding, Report, VerifyError, verify, verify_open};

fn check_with(connection: &Connection, demands: &Demands) -> Report {
    verify_open(connection, Path::new("/nowhere"), demands, &mut |_, _| {}).expect("can be checked")
}

fn check(connection: &Connection) -> Report {
    check_with(connection, &Demands::default())
}

/// Runs `change` on the journal, checks it, and takes the change back.
fn after<T>(connection: &Connection, change: impl FnOnce(&Connection) -> T) -> Report {
    connection.execute_batch("BEGIN").expect("begins");
    change(connection);
    let report = check(connection);
    connection.execute_batch("ROLLBACK").expect("rolls back");
    report
}

fn after_sql(connection: &Connection, change: &str) -> Option<Finding> {
    after(connection, |connection| connection.execute_batch(change).expect("runs")).finding
}

/// The entry that a change of this byte of this row must name.
type Names = fn(row: u64, byte: u64) -> u64;

/// One stored value of the record: table, column, key, bytes.
struct Cell {
    table: &'static str,
    column: &'static str,
    rowid: i64,
    bytes: Vec<u8>,
    names: Names,
    row: u64,
}

fn cells(connection: &Connection) -> Vec<Cell> {
    let read = |table, key, column, names| {
        let sql = format!("SELECT rowid, {key}, CAST({column} AS BLOB) FROM {table}");
        let mut rows = connection.prepare(&sql).expect("prepares");
        let cell = |row: &rusqlite::Row<'_>| {
            Ok(Cell {
                table,
                column,
                rowid: row.get(0)?,
                row: row.get::<_, i64>(1)? as u64,
                bytes: row.get(2)?,
                names,
            })
        };
        rows.query_map([], cell).expect("reads").collect::<Result<Vec<_>, _>>().expect("reads")
    };
    let tables: [(_, _, _, Names); 4] = [
        ("entry", "seq", "leaf", |seq, _| seq),
        ("payload", "seq", "sealed", |seq, _| seq),
        ("tile", "idx", "hashes", |index, byte| index * 256 + byte / 32),
        ("checkpoint", "size", "note", |size, _| size - 1),
    ];
    tables.into_iter().flat_map(|(table, key, column, names)| read(table, key, column, names)).collect()
}

fn flip(connection: &Connection, cell: &Cell, byte: usize, bit: u32) -> Report {
    after(connection, |connection| {
        let mut changed = cell.bytes.clone();
        changed[byte] ^= 1 << bit;
        let sql = format!("UPDATE {} SET {} = ?1 WHERE rowid = ?2", cell.table, cell.column);
        connection.execute(&sql, params![changed, cell.rowid]).expect("updates");
    })
}

fn assert_named(cell: &Cell, byte: usize, bit: u32, report: &Report) {
    let named = (cell.names)(cell.row, byte as u64);
    let place = format!("bit {bit} of byte {byte} of {} {}", cell.table, cell.row);
    assert_eq!(report.first_bad, Some(named), "{place}: {:?}", report.reason);
}

#[test]
fn every_changed_byte_of_a_small_journal_names_its_entry() {
    let connection = journal(&[1, 2, 1, 4]);
    assert!(check(&connection).ok);
    for cell in cells(&connection) {
        for byte in 0..cell.bytes.len() {
            let bit = (byte as u32 * 5 + cell.row as u32) % 8;
            assert_named(&cell, byte, bit, &flip(&connection, &cell, byte, bit));
        }
    }
}

/// A generator of numbers that repeats itself in every run.
fn numbers() -> impl FnMut(usize) -> usize {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    move |below| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    }
}

#[test]
fn three_thousand_changed_bits_of_a_larger_journal_name_their_entries() {
    let connection = journal(&[100, 156, 44, 1]);
    let report = check(&connection);
    assert!(report.ok, "{:?}", report.reason);
    assert_eq!((report.entries, report.tiles, report.payloads), (301, 2, 150));
    let (cells, mut number) = (cells(&connection), numbers());
    for _ in 0..3_000 {
        let cell = &cells[number(cells.len())];
        let (byte, bit) = (number(cell.bytes.len()), number(8) as u32);
        assert_named(cell, byte, bit, &flip(&connection, cell, byte, bit));
    }
}

#[test]
fn a_changed_entry_is_called_changed() {
    let connection = journal(&[3, 3]);
    let report = after(&connection, |c| {
        c.execute("UPDATE entry SET leaf = replace(CAST(leaf AS TEXT), 'true', 'null') WHERE seq = 4", [])
    });
    assert_eq!(report.finding, Some(Finding { seq: 4, fault: Fault::Changed }));
    assert_eq!(
        report.reason.as_deref(),
        Some("entry 4: the stored bytes do not give the tree hash that was signed")
    );
}

#[test]
fn a_dropped_entry_is_missing_and_a_dropped_end_is_cut_off() {
    let connection = journal(&[1, 2, 4]);
    for seq in 0..6 {
        let finding = after_sql(&connection, &format!("DELETE FROM entry WHERE seq = {seq}"));
        assert_eq!(finding, Some(Finding { seq, fault: Fault::Missing }));
    }
    let cut = |entries| Some(Finding { seq: 6, fault: Fault::CutOff { entries } });
    assert_eq!(after_sql(&connection, "DELETE FROM entry WHERE seq = 6"), cut(7));
    // Each trace of the end that was overlooked gives it away.
    let end = "DELETE FROM entry WHERE seq > 5; DELETE FROM payload WHERE seq > 5;";
    assert_eq!(after_sql(&connection, &format!("{end} DELETE FROM tile")), cut(7));
    let unsigned =
        after_sql(&connection, &format!("{end} DELETE FROM checkpoint WHERE size > 6; DELETE FROM tile"));
    assert_eq!(unsigned, Some(Finding { seq: 3, fault: Fault::Unsigned }));
    assert_eq!(
        after_sql(
            &connection,
            "DELETE FROM entry; DELETE FROM checkpoint; DELETE FROM payload; DELETE FROM tile"
        ),
        Some(Finding { seq: 0, fault: Fault::Missing })
    );
    let forgotten =
        "DELETE FROM entry WHERE seq > 2; DELETE FROM tile; DELETE FROM checkpoint WHERE size > 3";
    assert_eq!(after_sql(&connection, forgotten), Some(Finding { seq: 3, fault: Fault::PayloadUnexpected }));
}

#[test]
fn a_journal_cut_back_to_an_older_state_is_noticed_by_a_signed_state_kept_elsewhere() {
    let connection = journal(&[1, 2, 4]);
    let kept: String = connection
        .query_row("SELECT note FROM checkpoint WHERE size = 7", [], |row| row.get(0))
        .expect("reads");
    let demands = Demands { notes: vec![kept.clone()], ..Demands::default() };
    assert!(check_with(&connection, &demands).ok);
    let older = journal(&[1, 2]);
    assert!(check(&older).ok, "by itself the older state holds");
    let report = check_with(&older, &demands);
    assert_eq!(report.finding, Some(Finding { seq: 3, fault: Fault::CutOff { entries: 7 } }));
    let other = journal(&[1, 2, 1]);
    let mut writer = Writer { connection: &other, signer: signer(1), tree: tree_of(&other) };
    let twisted = (4..8).map(|seq| {
        let mut draft = draft(seq, None, "");
        draft.leaf =
            String::from_utf8(draft.leaf).expect("text").replace("console", "model:text@1").into_bytes();
        draft
    });
    writer.commit(twisted.collect());
    assert!(check(&other).ok, "by itself the other history holds");
    let report = check_with(&other, &demands);
    assert_eq!(report.finding, Some(Finding { seq: 6, fault: Fault::OtherHistory { size: 7 } }));
    let foreign = Demands { notes: vec![kept.replace("7\n", "8\n")], ..Demands::default() };
    assert!(matches!(
        check_with(&connection, &foreign).finding,
        Some(Finding { seq: 0, fault: Fault::ForeignNote(_) })
    ));
}

fn tree_of(connection: &Connection) -> Tree {
    let mut tree = Tree::new();
    let mut rows = connection.prepare("SELECT CAST(leaf AS BLOB) FROM entry ORDER BY seq").expect("prepares");
    let leaves = rows.query_map([], |row| row.get::<_, Vec<u8>>(0)).expect("reads");
    leaves.for_each(|leaf| drop(tree.push(vigie_evidence::leaf::hash(&leaf.expect("reads")))));
    tree
}

#[test]
fn entries_that_changed_places_or_were_slipped_in_are_named() {
    let connection = journal(&[1, 2, 4]);
    for (first, second) in [(0, 1), (2, 5), (4, 6)] {
        let swap = format!(
            "UPDATE entry SET seq = -9 WHERE seq = {first}; UPDATE entry SET seq = {first} WHERE seq = {second};
             UPDATE entry SET seq = {second} WHERE seq = -9"
        );
        assert_eq!(
            after_sql(&connection, &swap).map(|finding| finding.seq),
            Some(first),
            "{first} and {second}"
        );
    }
    let shift = "UPDATE entry SET seq = -1 - seq WHERE seq >= 3; UPDATE entry SET seq = -seq WHERE seq < 0;
                 INSERT INTO entry SELECT 3, leaf FROM entry WHERE seq = 2";
    assert_eq!(after_sql(&connection, shift).map(|finding| finding.seq), Some(3));
    let append = "INSERT INTO entry SELECT 7, leaf FROM entry WHERE seq = 2";
    assert_eq!(after_sql(&connection, append).map(|finding| finding.seq), Some(7));
    let valid = draft(7, None, "").leaf;
    let report =
        after(&connection, |c| c.execute("INSERT INTO entry VALUES (7, ?1)", [valid]).expect("inserts"));
    assert_eq!(report.finding, Some(Finding { seq: 7, fault: Fault::Unsigned }));
    let negative = "INSERT INTO entry SELECT -1, leaf FROM entry WHERE seq = 2";
    assert_eq!(after_sql(&connection, negative), Some(Finding { seq: 0, fault: Fault::BadNumber }));
    let number = "UPDATE entry SET leaf = 5 WHERE seq = 2";
    assert_eq!(after_sql(&connection, number), Some(Finding { seq: 2, fault: Fault::Changed }));
}

#[test]
fn without_the_stored_tiles_the_signed_states_still_bound_the_change() {
    let connection = journal(&[1, 2, 4, 1]);
    let change =
        |seq: u64| format!("DELETE FROM tile; UPDATE entry SET leaf = leaf || ' ' WHERE seq = {seq}");
    let within = |seq, last| Some(Finding { seq, fault: Fault::ChangedWithin { last } });
    assert_eq!(after_sql(&connection, &change(5)), within(3, 6));
    assert_eq!(after_sql(&connection, &change(7)), Some(Finding { seq: 7, fault: Fault::Changed }));
    // Stored hashes that were made to fit the changed bytes mislead nobody.
    let report = after(&connection, |c| {
        c.execute_batch("UPDATE entry SET leaf = replace(CAST(leaf AS TEXT), 'true', 'null') WHERE seq = 4")
            .expect("runs");
        let (index, hashes) = tree_of(c).open_tile();
        c.execute("UPDATE tile SET hashes = ?1 WHERE idx = ?2", params![hashes, index as i64])
            .expect("updates");
    });
    assert_eq!(report.finding, within(3, 6));
    assert_eq!(after_sql(&connection, "DELETE FROM tile"), None, "tiles can be derived again");
}

#[test]
fn signed_states_that_were_moved_dropped_or_made_by_another_hand_are_noticed() {
    let connection = journal(&[1, 2, 4]);
    let moved = after_sql(&connection, "UPDATE checkpoint SET size = 2 WHERE size = 1");
    assert_eq!(moved, Some(Finding { seq: 1, fault: Fault::NoteMoved { size: 2, says: 1 } }));
    let dropped = after_sql(&connection, "DELETE FROM checkpoint WHERE size = 7");
    assert_eq!(dropped, Some(Finding { seq: 3, fault: Fault::Unsigned }));
    let all = after_sql(&connection, "DELETE FROM checkpoint");
    assert_eq!(all, Some(Finding { seq: 0, fault: Fault::Unsigned }));
    assert_eq!(after_sql(&connection, "DELETE FROM checkpoint WHERE size = 3"), None, "the next covers it");
    let forged = signer(2).sign_checkpoint(7, &tree_of(&connection).root());
    let report =
        after(&connection, |c| c.execute("UPDATE checkpoint SET note = ?1 WHERE size = 7", [forged]));
    assert!(matches!(report.finding, Some(Finding { seq: 6, fault: Fault::Note { size: 7, .. } })));
}

#[test]
fn a_journal_written_anew_under_another_key_is_noticed_by_who_knows_the_key() {
    let forged = Connection::open_in_memory().expect("opens");
    forged.execute_batch(TABLES).expect("creates");
    Writer::new(&forged, 2).batch(5);
    let report = check(&forged);
    assert!(report.ok && !report.key_given);
    let demands = Demands { verifier: Some(signer(1).verifier()), ..Demands::default() };
    let report = check_with(&forged, &demands);
    assert_eq!(report.finding, Some(Finding { seq: 0, fault: Fault::OtherKey }));
    assert!(check_with(&journal(&[5]), &demands).ok);
}

#[test]
fn an_erased_payload_is_counted_and_refused_only_on_demand() {
    let connection = journal(&[1, 2, 4]);
    erase(&connection, &[(3, 3), (5, 5)]);
    let report = check(&connection);
    assert!(report.ok, "{report}");
    assert_eq!((report.payloads, report.payloads_erased), (1, 2));
    let report = check_with(&connection, &Demands { complete: true, ..Demands::default() });
    assert_eq!(report.finding, Some(Finding { seq: 3, fault: Fault::PayloadMissing }));
}

#[test]
fn a_payload_that_is_gone_without_an_entry_that_says_so_is_a_fault() {
    let connection = journal(&[1, 2, 4]);
    let lost = |seq| Some(Finding { seq, fault: Fault::PayloadLost });
    assert_eq!(after_sql(&connection, "DELETE FROM payload WHERE seq = 5"), lost(5));
    assert_eq!(after_sql(&connection, "DELETE FROM payload"), lost(1));
    erase(&connection, &[(3, 3)]);
    assert_eq!(after_sql(&connection, "DELETE FROM payload WHERE seq = 5"), lost(5));
    assert_eq!(after_sql(&connection, "DELETE FROM payload WHERE seq = 1"), lost(1));
    // What an entry said before a content was there is no word about it.
    erase(&connection, &[(5, 9)]);
    let report = check(&connection);
    assert_eq!(report.finding, lost(5), "an erasure that reaches beyond itself erases nothing: {report}");
}

#[test]
fn payloads_that_no_record_accounts_for_are_named() {
    let connection = journal(&[1, 2, 4]);
    let unexpected = |seq| Some(Finding { seq, fault: Fault::PayloadUnexpected });
    assert_eq!(after_sql(&connection, "INSERT INTO payload VALUES (4, x'01')"), unexpected(4));
    assert_eq!(after_sql(&connection, "INSERT INTO payload VALUES (9, x'01')"), unexpected(9));
    let swapped = "UPDATE payload SET sealed = (SELECT sealed FROM payload WHERE seq = 5) WHERE seq = 3";
    assert_eq!(after_sql(&connection, swapped), Some(Finding { seq: 3, fault: Fault::PayloadChanged }));
}

/// Every row of the record, as far as it can be read.
fn record(path: &Path) -> Result<Vec<(i64, Vec<u8>)>, rusqlite::Error> {
    let connection = Connection::open(path)?;
    let mut rows = connection.prepare(
        "SELECT seq, CAST(leaf AS BLOB) FROM entry UNION ALL SELECT seq, CAST(sealed AS BLOB) FROM payload
         UNION ALL SELECT size, CAST(note AS BLOB) FROM checkpoint
         UNION ALL SELECT idx, CAST(hashes AS BLOB) FROM tile",
    )?;
    let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

#[test]
fn no_changed_byte_of_the_file_itself_passes_unless_the_record_reads_as_before() {
    let site = folder();
    let path = site.dir.path().join("store.db");
    let sound = std::fs::read(&path).expect("reads");
    let before = record(&path).expect("reads");
    let (mut number, mut refused) = (numbers(), 0);
    for _ in 0..600 {
        let (byte, bit) = (number(sound.len()), number(8));
        let mut changed = sound.clone();
        changed[byte] ^= 1 << bit;
        std::fs::write(&path, &changed).expect("writes");
        match verify(site.dir.path(), &Demands::default()) {
            Ok(report) if report.ok => {
                // Read from a copy: reading here would add a log beside it.
                let copy = tempfile::NamedTempFile::new().expect("a file");
                std::fs::write(copy.path(), &changed).expect("writes");
                assert_eq!(record(copy.path()).as_ref(), Ok(&before), "bit {bit} of byte {byte}");
            }
            Ok(report) => {
                assert!(report.first_bad.is_some_and(|seq| seq <= 8));
                refused += 1;
            }
            Err(VerifyError::Database(_) | VerifyError::NotVigie | VerifyError::NewerFormat(_)) => {
                refused += 1;
            }
            Err(other) => panic!("bit {bit} of byte {byte}: {other}"),
        }
    }
    assert!(refused > 50, "only {refused} of 600 changes touched the record");
}

#[test]
fn a_record_without_one_of_its_tables_does_not_hold() {
    let connection = journal(&[1, 2, 4]);
    for table in ["entry", "payload", "checkpoint", "tile"] {
        let finding = after_sql(&connection, &format!("DROP TABLE {table}"));
        assert_eq!(finding, Some(Finding { seq: 0, fault: Fault::Damaged }), "{table}");
    }
}
