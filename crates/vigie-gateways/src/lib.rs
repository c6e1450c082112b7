//! The outside: everything that the site fetches from elsewhere, and what it hands to others to carry.
//!
//! Nothing is connected to but public addresses and those that an administrator has named; nothing is read beyond its
//! bounds; nothing fetched is believed. Formats are read by `vigie-wire`; what is kept goes through a [`feed::Sink`],
//! so that this crate knows no store. When to ask and whether a source does well are decided without a clock.

pub mod feed;
pub mod fetch;
pub mod guard;
pub mod health;
pub mod mail;
pub mod outcome;
pub mod schedule;
pub mod sms;
