//! Joining two narratives by hand, and taking a part out of one. Both are remembered, and machines keep to them.
//!
//! A wording goes as a whole: all its copies stand on one side. What arrived first keeps the name of the narrative, its
//! judgements and the answers about it; the other side gets a name of its own and keeps what was decided in the queue.

use crate::Refusal;
use crate::refusal::WHOLE;
use crate::triage::REASON_CHARS_MAX;
use crate::words;
use std::collections::HashSet;
use vigie_model::{Compartments, Fault, NarrativeId, NarrativeParted, NarrativesJoined, SignalId};

/// Signals of a narrative that is taken apart, or of the part.
pub const SIGNALS_MAX: usize = 20_000;

/// A narrative that is to be joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Half {
    /// Its name.
    pub id: NarrativeId,
    /// The entry of its first signal.
    pub first: u64,
    /// Who may see it.
    pub compartments: Compartments,
}

/// A signal of a narrative that is to be taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The signal.
    pub id: SignalId,
    /// Its text as it is compared; empty where there is nothing to compare.
    pub wording: String,
}

fn refused<T>(code: &'static str) -> Result<T, Refusal> {
    Err(Refusal::of(Fault::new(WHOLE, code)))
}

/// The two as one, or why not. The older one keeps its name.
pub fn join(one: Half, other: Half, reason: &str) -> Result<NarrativesJoined, Refusal> {
    if one.id == other.id {
        return refused("compare-itself");
    }
    if one.compartments != other.compartments || one.compartments.any_protected() {
        return refused("join-compartments");
    }
    let reason = words::text(reason, REASON_CHARS_MAX, "join-no-reason")?;
    let (older, younger) = if one.first <= other.first { (one, other) } else { (other, one) };
    Ok(NarrativesJoined { narrative: older.id, other: younger.id, reason })
}

/// The wordings of `chosen` as a narrative of their own, or why not. `members` are all its signals in the order of the
/// journal.
pub fn part(
    narrative: NarrativeId,
    members: &[Member],
    chosen: &[SignalId],
    reason: &str,
) -> Result<NarrativeParted, Refusal> {
    if members.len() > SIGNALS_MAX {
        let fault = Fault::new(WHOLE, "part-too-many");
        return Err(Refusal::too_long(fault, members.len(), SIGNALS_MAX));
    }
    let chosen: HashSet<SignalId> = chosen.iter().copied().collect();
    let wordings: HashSet<&str> = members
        .iter()
        .filter(|member| chosen.contains(&member.id) && !member.wording.is_empty())
        .map(|member| member.wording.as_str())
        .collect();
    let goes = |member: &Member| chosen.contains(&member.id) || wordings.contains(member.wording.as_str());
    let founder = members.iter().find(|member| NarrativeId::founded_by(member.id) == narrative);
    let stays = !founder.or(members.first()).is_some_and(goes);
    let signals: Vec<SignalId> =
        members.iter().filter(|member| goes(member) == stays).map(|member| member.id).collect();
    if signals.len() == members.len() || !members.iter().any(goes) {
        return refused("part-nothing");
    }
    let Some(first) = signals.first() else { return refused("part-all") };
    let reason = words::text(reason, REASON_CHARS_MAX, "part-no-reason")?;
    Ok(NarrativeParted { narrative, part: NarrativeId::founded_by(*first), signals, reason })
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_model::Compartment;

    fn signal(n: u8) -> SignalId {
        SignalId::new(1_795_000_000_000 + i64::from(n), [n; 10])
    }

    fn members(wordings: &[&str]) -> Vec<Member> {
        let each = (0_u8..).zip(wordings);
        each.map(|(n, wording)| Member { id: signal(n), wording: (*wording).to_owned() }).collect()
    }

    fn name() -> NarrativeId {
        NarrativeId::founded_by(signal(0))
    }

    fn taken(wordings: &[&str], chosen: &[u8]) -> Result<NarrativeParted, String> {
        let chosen: Vec<SignalId> = chosen.iter().map(|n| signal(*n)).collect();
        part(name(), &members(wordings), &chosen, "Autre histoire")
            .map_err(|refusal| refusal.code().to_owned())
    }

    #[test]
    fn a_wording_goes_with_all_its_copies() {
        let said = taken(&["a", "b", "a", "b", "c"], &[1]).expect("parted");
        assert_eq!(said.signals, [signal(1), signal(3)]);
        assert_eq!(said.part, NarrativeId::founded_by(signal(1)));
    }

    #[test]
    fn what_arrived_first_keeps_the_name_whichever_side_was_chosen() {
        let said = taken(&["a", "b", "a", "c"], &[0]).expect("parted");
        assert_eq!(said.signals, [signal(1), signal(3)]);
        assert_eq!(said.narrative, name());
    }

    #[test]
    fn signals_without_a_text_go_one_by_one() {
        assert_eq!(taken(&["a", "", ""], &[2]).expect("parted").signals, [signal(2)]);
    }

    #[test]
    fn nothing_all_and_no_reason_are_refused() {
        assert_eq!(taken(&["a", "b"], &[]), Err("part-nothing".to_owned()));
        assert_eq!(taken(&["a", "b"], &[9]), Err("part-nothing".to_owned()));
        assert_eq!(taken(&["a", "b"], &[0, 1]), Err("part-all".to_owned()));
        let mute = part(name(), &members(&["a", "b"]), &[signal(1)], "  ");
        assert!(mute.is_err_and(|refusal| refusal.code() == "part-no-reason"));
    }

    #[test]
    fn the_older_of_two_keeps_its_name_and_none_leaves_its_compartment() {
        let half =
            |n: u8, first, compartments| Half { id: NarrativeId::founded_by(signal(n)), first, compartments };
        let open = Compartments::default();
        let said = join(half(1, 9, open), half(2, 4, open), "La même").expect("joined");
        assert_eq!(said.narrative, NarrativeId::founded_by(signal(2)));
        let closed = Compartments::of(&[Compartment::Protection]);
        let refused = join(half(1, 9, open), half(2, 4, closed), "La même");
        assert!(refused.is_err_and(|refusal| refusal.code() == "join-compartments"));
        let itself = join(half(1, 9, open), half(1, 9, open), "La même");
        assert!(itself.is_err_and(|refusal| refusal.code() == "compare-itself"));
    }
}
