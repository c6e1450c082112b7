//! Formats: bytes in, facts out.
//!
//! Every parser takes [`vigie_model::Limits`] and gives what is good *and* a list of faults with their places:
//! one bad record never hides its neighbours, and no input makes a parser panic. Nothing here does I/O of
//! its own, reads a clock or draws a random number: a table is read from whatever `Read` the caller holds.

pub mod archive;
pub mod asterix;
pub mod cells;
mod charset;
mod columns;
pub mod cot;
pub mod docx;
mod draft;
pub mod exchange;
pub mod fact_table;
pub mod feed;
pub mod gazetteer;
mod html;
pub mod intake;
mod json;
pub mod key;
pub mod klv;
mod mapping;
pub mod mavlink;
mod object;
pub mod posts;
pub mod publish;
mod rows;
pub mod sapient;
pub mod sheet;
pub mod sniff;
pub mod strip;
pub mod table;
mod workbook;
pub mod xlsx;

pub use draft::SignalDraft;
pub use mapping::{COLUMNS, Mapping};
