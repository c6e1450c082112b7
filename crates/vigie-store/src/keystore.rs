//! `keys.db`: the keys and salts that make content readable, and the secrets that open accounts.
//!
//! It is small and apart from the record, so that destroying a key erases content for good, and it is committed
//! before the record: an orphan key is harmless, an entry without its key is not.

use crate::codec::{at, ms, user_id};
use crate::error::StoreError;
use crate::schema;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use vigie_evidence::keys::{self, PassphraseCost, SiteKey};
use vigie_evidence::seal::PayloadKey;
use vigie_model::{SourceId, Timestamp, UserId};

/// Where the site key comes from.
#[derive(Debug, Clone)]
pub enum KeySource {
    /// A file readable by its owner only.
    File(PathBuf),
    /// A passphrase; the key is derived by argon2id with a salt kept in `keys.db`.
    Passphrase(String),
}

/// An open `keys.db`.
pub struct KeyStore {
    pub(crate) conn: Connection,
    site_key: SiteKey,
    /// Keys that are on disk already and that no entry has used yet, by the entry that will.
    ready: BTreeMap<u64, PayloadKey>,
}

/// Keys written ahead at once: their wait for the disk is shared by as many entries.
const AHEAD: u64 = 512;

/// Draws random bytes from the operating system.
pub fn random<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|cause| StoreError::Stopped(format!("the system gave no randomness: {cause}")))?;
    Ok(bytes)
}

const SALT: &str = "passphrase-salt";
const CHECK: &str = "site-key-check";
const THROUGH: &str = "erased-through";
const RETENTION: &str = "retention-at";

impl KeyStore {
    /// Makes `keys.db` for a new site; a key file that does not exist is made.
    pub fn create(path: &Path, source: &KeySource) -> Result<Self, StoreError> {
        let conn = open_tuned(path)?;
        conn.execute_batch(schema::KEYS)?;
        let site_key = match source {
            KeySource::File(file) if !file.exists() => {
                let key = SiteKey::from_bytes(random()?);
                crate::folder::write_private(file, key.to_file_text().as_bytes())?;
                key
            }
            KeySource::File(file) => read_key_file(file)?,
            KeySource::Passphrase(passphrase) => {
                let salt = random::<16>()?;
                conn.execute("INSERT INTO meta(name, value) VALUES (?, ?)", params![SALT, salt])?;
                derive(passphrase, &salt)?
            }
        };
        let keys = Self { conn, site_key, ready: BTreeMap::new() };
        keys.put_secret(CHECK, b"vigie")?;
        Ok(keys)
    }

    /// Opens `keys.db` of a site and checks that the key fits.
    pub fn open(path: &Path, source: &KeySource) -> Result<Self, StoreError> {
        let conn = open_tuned(path)?;
        // What an earlier version did not have is added; a table too many harms no version.
        conn.execute_batch(schema::KEYS)?;
        let site_key = match source {
            KeySource::File(file) => read_key_file(file)?,
            KeySource::Passphrase(passphrase) => {
                let salt: Option<[u8; 16]> = conn
                    .query_row("SELECT value FROM meta WHERE name = ?", [SALT], |row| row.get(0))
                    .optional()?;
                derive(passphrase, &salt.ok_or(StoreError::WrongKey)?)?
            }
        };
        let keys = Self { conn, site_key, ready: BTreeMap::new() };
        keys.secret(CHECK)?;
        Ok(keys)
    }

    /// A second connection to the same file under the same key.
    pub fn another(&self, path: &Path) -> Result<Self, StoreError> {
        Ok(Self { conn: open_tuned(path)?, site_key: self.site_key.clone(), ready: BTreeMap::new() })
    }

    /// A fresh key for entry `seq`, which must be the next of the journal or later. It is on disk when this returns:
    /// keys are written ahead, since an orphan key is harmless and an entry without its key is not. A key whose
    /// entry was taken back serves the next one under that number; every sealing draws its own nonce.
    pub fn fresh_key(&mut self, seq: u64) -> Result<PayloadKey, StoreError> {
        if !self.ready.contains_key(&seq) {
            self.write_ahead(seq)?;
        }
        self.ready = self.ready.split_off(&seq);
        self.ready.get(&seq).cloned().ok_or_else(|| StoreError::Stopped("no key could be made".to_owned()))
    }

    /// Keeps a key that was used before its entry had a number; the one written ahead for that number is dropped.
    pub fn adopt_key(&mut self, seq: u64, key: &PayloadKey) -> Result<(), StoreError> {
        self.ready.remove(&seq);
        self.put_payload_key(seq, key)
    }

    fn write_ahead(&mut self, from: u64) -> Result<(), StoreError> {
        self.conn.execute_batch("BEGIN IMMEDIATE")?;
        let written = (from..from + AHEAD)
            .map(|seq| {
                let key = PayloadKey::from_random(&random()?);
                self.put_payload_key(seq, &key)?;
                Ok((seq, key))
            })
            .collect::<Result<BTreeMap<_, _>, StoreError>>();
        self.conn.execute_batch(if written.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
        self.ready = written?;
        Ok(())
    }

    /// Keeps the key of entry `seq`, wrapped by the site key.
    pub fn put_payload_key(&self, seq: u64, key: &PayloadKey) -> Result<(), StoreError> {
        let wrapped = keys::wrap_payload_key(&self.site_key, seq, key, random()?).map_err(sealing)?;
        self.conn
            .prepare_cached("INSERT OR REPLACE INTO wrapped(seq, blob) VALUES (?, ?)")?
            .execute(params![seq, wrapped])?;
        Ok(())
    }

    /// The key of entry `seq`, or `None` where it was destroyed. A wrong site key is noticed at the opening: a row that
    /// does not open here is damaged, and only that entry with it.
    pub fn payload_key(&self, seq: u64) -> Result<Option<PayloadKey>, StoreError> {
        let blob: Option<Vec<u8>> = self
            .conn
            .prepare_cached("SELECT CAST(blob AS BLOB) FROM wrapped WHERE seq = ?")?
            .query_row([seq], |row| row.get(0))
            .optional()?;
        blob.map(|blob| {
            keys::unwrap_payload_key(&self.site_key, seq, &blob)
                .map_err(|cause| StoreError::Damaged { seq, cause: format!("its key: {cause}") })
        })
        .transpose()
    }

    /// Whether the site key opens this wrapped key of entry `seq`.
    pub(crate) fn is_whole(&self, seq: u64, wrapped: &[u8]) -> bool {
        keys::unwrap_payload_key(&self.site_key, seq, wrapped).is_ok()
    }

    /// Keeps the key of entry `seq` as it stands in a backup: it did not open where it comes from either.
    pub(crate) fn put_damaged_key(&self, seq: u64, wrapped: &[u8]) -> Result<(), StoreError> {
        let mut put = self.conn.prepare_cached("INSERT OR REPLACE INTO wrapped(seq, blob) VALUES (?, ?)")?;
        put.execute(params![seq, wrapped])?;
        Ok(())
    }

    /// Keeps a named secret, wrapped by the site key.
    pub fn put_secret(&self, name: &str, secret: &[u8]) -> Result<(), StoreError> {
        let blob = keys::wrap(&self.site_key, name, secret, random()?).map_err(sealing)?;
        self.conn.execute("INSERT OR REPLACE INTO secret(name, blob) VALUES (?, ?)", params![name, blob])?;
        Ok(())
    }

    /// A named secret; a secret that the site key does not open means the wrong key.
    pub fn secret(&self, name: &str) -> Result<Vec<u8>, StoreError> {
        let blob: Option<Vec<u8>> = self
            .conn
            .query_row("SELECT blob FROM secret WHERE name = ?", [name], |row| row.get(0))
            .optional()?;
        let blob = blob.ok_or(StoreError::WrongKey)?;
        keys::unwrap(&self.site_key, name, &blob)
            .map(|plain| plain.to_vec())
            .map_err(|_| StoreError::WrongKey)
    }

    /// The entry of an erased message with this mark.
    pub fn erased(&self, mark: &[u8; 16]) -> Result<Option<u64>, StoreError> {
        let mut known = self.conn.prepare_cached("SELECT seq FROM erased_key WHERE mark = ?")?;
        Ok(known.query_row([mark], |row| row.get(0)).optional()?)
    }

    /// Remembers an erased message by its mark.
    pub fn put_erased(&self, mark: &[u8; 16], seq: u64) -> Result<(), StoreError> {
        let mut put =
            self.conn.prepare_cached("INSERT OR REPLACE INTO erased_key(mark, seq) VALUES (?, ?)")?;
        put.execute(params![mark, seq])?;
        Ok(())
    }

    /// Destroys keys and salts of these runs of entries.
    pub fn destroy(&self, spans: &[(u64, u64)]) -> Result<(), StoreError> {
        self.conn.execute_batch("BEGIN IMMEDIATE")?;
        let gone = spans.iter().try_for_each(|(first, last)| {
            let mut gone = self.conn.prepare_cached("DELETE FROM wrapped WHERE seq BETWEEN ? AND ?")?;
            gone.execute(params![first, last]).map(drop)
        });
        self.conn.execute_batch(if gone.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
        Ok(gone?)
    }

    /// A wrapped key as it stands in the file.
    pub fn wrapped(&self, seq: u64) -> Result<Option<Vec<u8>>, StoreError> {
        let mut known = self.conn.prepare_cached("SELECT CAST(blob AS BLOB) FROM wrapped WHERE seq = ?")?;
        Ok(known.query_row([seq], |row| row.get(0)).optional()?)
    }

    /// The last erasure whose keys are destroyed.
    pub fn erased_through(&self) -> Result<u64, StoreError> {
        let known: Option<u64> = self
            .conn
            .query_row("SELECT value FROM meta WHERE name = ?", [THROUGH], |row| row.get(0))
            .optional()?;
        Ok(known.unwrap_or(0))
    }

    /// Notes that every erasure up to entry `seq` is carried out.
    pub fn note_erased_through(&self, seq: u64) -> Result<(), StoreError> {
        self.conn.execute("INSERT OR REPLACE INTO meta(name, value) VALUES (?, ?)", params![THROUGH, seq])?;
        Ok(())
    }

    /// When retention last ran, on the mission's clock.
    pub fn retention_at(&self) -> Result<Option<Timestamp>, StoreError> {
        let known: Option<i64> = self
            .conn
            .query_row("SELECT value FROM meta WHERE name = ?", [RETENTION], |row| row.get(0))
            .optional()?;
        Ok(known.map(at))
    }

    /// Notes that retention ran.
    pub fn note_retention_at(&self, when: Timestamp) -> Result<(), StoreError> {
        let values = params![RETENTION, ms(when)];
        self.conn.execute("INSERT OR REPLACE INTO meta(name, value) VALUES (?, ?)", values)?;
        Ok(())
    }

    /// Destroys a named secret.
    pub fn forget_secret(&self, name: &str) -> Result<(), StoreError> {
        self.conn.execute("DELETE FROM secret WHERE name = ?", [name])?;
        Ok(())
    }

    /// The site key as a key file holds it: for the sealed half of a backup, and nothing else.
    pub(crate) fn site_key_text(&self) -> zeroize::Zeroizing<String> {
        self.site_key.to_file_text()
    }

    pub(crate) fn set_password(&self, user: UserId, phc: &str) -> Result<(), StoreError> {
        self.conn.execute(
            "INSERT INTO credential(user, phc) VALUES (?1, ?2) ON CONFLICT(user) DO UPDATE SET phc = ?2",
            params![user.as_bytes(), phc],
        )?;
        Ok(())
    }

    pub(crate) fn password(&self, user: UserId) -> Result<Option<String>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT phc FROM credential WHERE user = ?")?
            .query_row([user.as_bytes()], |row| row.get(0))
            .optional()?)
    }

    pub(crate) fn open_session(
        &self,
        token: &[u8; 32],
        user: UserId,
        expires: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.conn.execute("DELETE FROM session WHERE expires <= ?", [ms(now)])?;
        self.conn.execute(
            "INSERT OR REPLACE INTO session(token, user, expires) VALUES (?, ?, ?)",
            params![token, user.as_bytes(), ms(expires)],
        )?;
        Ok(())
    }

    pub(crate) fn session(&self, token: &[u8; 32]) -> Result<Option<(UserId, Timestamp)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT user, expires FROM session WHERE token = ?")?
            .query_row([token], |row| Ok((user_id(row, 0)?, at(row.get(1)?))))
            .optional()?)
    }

    pub(crate) fn close_session(&self, token: &[u8; 32]) -> Result<(), StoreError> {
        self.conn.execute("DELETE FROM session WHERE token = ?", [token])?;
        Ok(())
    }

    pub(crate) fn close_sessions_of(&self, user: UserId) -> Result<(), StoreError> {
        self.conn.execute("DELETE FROM session WHERE user = ?", [user.as_bytes()])?;
        Ok(())
    }

    pub(crate) fn put_token(
        &self,
        token: &[u8; 32],
        what: &str,
        expires: Timestamp,
        single_use: bool,
    ) -> Result<(), StoreError> {
        self.conn.execute(
            "INSERT OR REPLACE INTO token(token, what, expires, single_use) VALUES (?, ?, ?, ?)",
            params![token, what, ms(expires), single_use],
        )?;
        Ok(())
    }

    pub(crate) fn take_token(&self, token: &[u8; 32], now: Timestamp) -> Result<Option<String>, StoreError> {
        self.conn.execute("DELETE FROM token WHERE expires <= ?", [ms(now)])?;
        // One statement, so that of two takers of a single-use token only one gets it.
        let single: Option<String> = self
            .conn
            .query_row(
                "DELETE FROM token WHERE token = ? AND single_use = 1 RETURNING what",
                [token],
                |row| row.get(0),
            )
            .optional()?;
        if single.is_some() {
            return Ok(single);
        }
        Ok(self
            .conn
            .query_row("SELECT what FROM token WHERE token = ?", [token], |row| row.get(0))
            .optional()?)
    }

    pub(crate) fn set_intake_key(&self, source: &SourceId, hash: &[u8; 32]) -> Result<(), StoreError> {
        self.conn.execute(
            "INSERT INTO intake_key(source, hash) VALUES (?1, ?2) ON CONFLICT(source) DO UPDATE SET hash = ?2",
            params![source.as_str(), hash],
        )?;
        Ok(())
    }

    pub(crate) fn intake_key(&self, source: &SourceId) -> Result<Option<[u8; 32]>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT hash FROM intake_key WHERE source = ?")?
            .query_row([source.as_str()], |row| row.get(0))
            .optional()?)
    }
}

fn sealing(cause: vigie_evidence::seal::SealError) -> StoreError {
    StoreError::Stopped(cause.to_string())
}

fn open_tuned(path: &Path) -> Result<Connection, StoreError> {
    let conn = Connection::open(path)?;
    schema::tune(&conn)?;
    Ok(conn)
}

fn read_key_file(file: &Path) -> Result<SiteKey, StoreError> {
    let text = std::fs::read_to_string(file)
        .map_err(|cause| StoreError::KeyFile { path: file.to_owned(), cause })?;
    SiteKey::from_file_text(&text).map_err(|_| StoreError::WrongKey)
}

fn derive(passphrase: &str, salt: &[u8; 16]) -> Result<SiteKey, StoreError> {
    keys::from_passphrase(passphrase.as_bytes(), salt, PassphraseCost::DEFAULT)
        .map_err(|_| StoreError::WrongKey)
}
