//! How handing a message over can end, other than well.

use vigie_model::Fault;

/// Why a message did not go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotSent {
    /// It may work later.
    Later(Fault),
    /// It will not.
    Never(Fault),
    /// Nobody knows: the other side had all of it and said nothing. Sending again could be sending twice.
    Unknown,
}
