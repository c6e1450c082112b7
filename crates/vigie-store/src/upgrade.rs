//! Brings a folder of an earlier format up to this one, in one transaction: interrupted, it is of the earlier format.

use crate::error::StoreError;
use crate::folder::Folder;
use crate::origins::Origins;
use crate::schema;
use rusqlite::Connection;

/// Brings the folder up from the format `found`, and reads its generations.
pub fn bring_up(folder: &Folder, found: u32) -> Result<Origins, StoreError> {
    let conn = Connection::open(folder.store_db())?;
    schema::tune(&conn)?;
    if found < schema::FORMAT {
        conn.execute_batch("BEGIN IMMEDIATE")?;
        match from_1(&conn) {
            Ok(()) => conn.execute_batch("COMMIT")?,
            Err(error) => {
                let _ = conn.execute_batch("ROLLBACK");
                return Err(error);
            }
        }
    }
    Origins::read(&conn)
}

fn from_1(conn: &Connection) -> Result<(), StoreError> {
    let opened = crate::origins::latest_opening(conn, 1)?;
    let opened = opened.ok_or(StoreError::Damaged { seq: 0, cause: "it is missing".to_owned() })?;
    conn.execute_batch(schema::FROM_1)?;
    conn.execute("INSERT INTO generation(number, seq, origin) VALUES (0, 0, ?)", [&opened.origin])?;
    conn.execute("UPDATE meta SET value = ? WHERE name = 'format'", [schema::FORMAT])?;
    Ok(())
}
