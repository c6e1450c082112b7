//! What people decide: who may, what is refused and why, what stands first in the queue, how long it has
//! been known, and how the duty log is kept.
//!
//! Everything here is a rule over values: no I/O, no clock, no randomness. The server asks [`rights`] before
//! it does anything, the queue is ordered by [`attention`], and a refusal names a message of the catalogues
//! so that the person reads it in their own language.

pub mod attention;
pub mod clock;
pub mod duty;
pub mod dutylog;
pub mod echo;
pub mod effect;
pub mod facts;
pub mod findings;
pub mod judging;
pub mod keeping;
pub mod looking_back;
pub mod messages;
pub mod opening;
pub mod parting;
pub mod readings;
pub mod record;
pub mod refusal;
pub mod report;
pub mod rights;
pub mod routes;
pub mod seal;
pub mod sending;
pub mod sharing;
pub mod sms;
pub mod suggestions;
pub mod triage;
mod words;

pub use refusal::Refusal;
