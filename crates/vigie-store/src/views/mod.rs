//! Reading: what screens and commands ask of the views.
//!
//! Every question about signals and narratives carries what the asker may see, and the row filter
//! `compartments & ~granted = 0` stands in the SQL itself: a count, a page or a search never speaks of a row
//! that the asker may not see.

pub(crate) mod access;
mod admin;
mod desk;
mod effect;
mod journal;
mod log;
mod monitoring;
mod narrative;
mod signal;
mod situation;

pub use access::{AccessKind, AccessRow, NoticedRow};
pub use admin::ActFacts;
pub use desk::{ContactRow, DeliveryRow, DeskQuery, FunctionRow, Passed, VerifierRow, WarnedRow, WatchRow};
pub use effect::{Followed, FunctionWait, WaitedOn};
pub use situation::{Busy, DeskChange, DeskCount, StoryCounts, Withdrawn};

use crate::error::StoreError;
use crate::index::Search;
use rusqlite::Connection;
use std::sync::Arc;

/// A read connection with the questions it answers.
pub struct Views {
    pub(crate) conn: Connection,
    pub(crate) search: Arc<Search>,
}

/// A page marker: the last row's order value and id.
pub(crate) struct Marker {
    pub order: f64,
    pub id: [u8; 16],
}

impl Marker {
    pub fn read(text: &str) -> Result<Self, StoreError> {
        let parse = || {
            let (order, id) = text.split_once('~')?;
            let mut bytes = [0; 16];
            hex::decode_to_slice(id, &mut bytes).ok()?;
            Some(Self { order: order.parse().ok()?, id: bytes })
        };
        parse().ok_or(StoreError::BadCursor)
    }

    pub fn write(order: f64, id: &[u8; 16]) -> String {
        format!("{order}~{}", hex::encode(id))
    }
}

/// Reads a page marker that is a plain number.
pub(crate) fn number(after: Option<&str>) -> Result<Option<i64>, StoreError> {
    after.map(|text| text.parse().map_err(|_| StoreError::BadCursor)).transpose()
}

/// Rows of one page, at most.
pub(crate) const PAGE_MAX: u32 = 200;
