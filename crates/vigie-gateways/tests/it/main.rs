//! Real servers on this machine, hostile and kind.

mod feed;
mod fetch;
mod mail;
mod server;
