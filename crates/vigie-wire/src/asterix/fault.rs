//! What can be wrong with the bytes of a link, as faults with their place.

use super::structure::{Broken, Why};
use std::ops::Range;
use vigie_model::{At, Fault};

/// A fault that covers `place`.
pub(super) fn at(place: &Range<usize>, code: &str) -> Fault {
    Fault::new(At::Byte(place.start as u64), code).with("length", place.len())
}

/// A record that cannot be read.
pub(super) fn record(place: &Range<usize>, category: u8, broken: Broken) -> Fault {
    let fault = match broken.why {
        Why::Cut => at(place, "asterix-record-cut"),
        Why::FspecTooLong => at(place, "asterix-fspec-too-long"),
        Why::Undefined => at(place, "asterix-undefined-item"),
        Why::Empty => at(place, "asterix-empty-record"),
        Why::Endless => at(place, "asterix-endless-item"),
        Why::Length => at(place, "asterix-item-length"),
        Why::Unaligned => at(place, "asterix-unaligned"),
    };
    let item = if broken.item.is_empty() { "?" } else { broken.item };
    fault.with("category", format!("{category:03}")).with("item", item).with("octet", broken.at)
}
