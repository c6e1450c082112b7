//! Surveillance data of radars and their kin (EUROCONTROL ASTERIX): bytes in, records with every value and its place
//! out, and faults with theirs.
//!
//! [`read`] goes through a file or a datagram and tells what it comes upon; [`decode`] keeps the records of a small
//! input. Every record names its category and edition and how that edition was chosen; every item and value carries
//! the octets that it was read from; a record encodes to the same bytes again. One bad record never hides its
//! neighbours: what cannot be read is kept raw and told with its offset, length and reason, and nothing is invented
//! from it. Input is refused beyond [`vigie_model::Limits`]; damage costs bounded time. Source: EUROCONTROL-SPEC-0149
//! parts 1 to 29, through the tables of [`Tables`]; layout of blocks and items: part 1, §4 and §5.

mod bits;
mod capture;
mod editions;
mod encode;
mod fault;
mod frames;
mod json;
mod load;
mod plot;
mod reader;
mod record;
mod structure;
mod tables;

pub use editions::{Choice, How, Pin, Source};
pub use plot::{Place, Plot};
pub use reader::{Decoded, Event, Rewriter, Totals, decode, read};
pub use record::{Item, Kind, Marks, Parts, Record, Text, Value};
pub use tables::{
    Content, ContentId, Edition, EditionNumber, Expansion, Part, PartId, Profile, Selector, Shape, ShapeId,
    Slot, Tables, tables,
};
