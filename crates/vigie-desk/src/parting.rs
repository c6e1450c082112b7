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

/// Narratives that are made one at a time, the one that they go into included.
pub const JOIN_MAX: usize = 200;

/// What becomes of several narratives that are to be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinedAll {
    /// The one that the others go into: the oldest that may be joined with another.
    pub narrative: NarrativeId,
    /// For each of the others, in the order given: that it goes there, or why it stays where it is.
    pub others: Vec<(NarrativeId, Result<NarrativesJoined, Refusal>)>,
}

/// Whether so many may be joined at a time, or why not.
pub fn few(count: usize) -> Result<(), Refusal> {
    let too_many = || Refusal::too_long(Fault::new(WHOLE, "join-too-many"), count, JOIN_MAX);
    if count > JOIN_MAX { Err(too_many()) } else { Ok(()) }
}

/// All of `halves` as one, as far as each may be, or why none is. One that is named twice counts once.
pub fn join_all(halves: &[Half], reason: &str) -> Result<JoinedAll, Refusal> {
    few(halves.len())?;
    let reason = words::text(reason, REASON_CHARS_MAX, "join-no-reason")?;
    let open = halves.iter().filter(|half| !half.compartments.any_protected());
    let Some(kept) = open.min_by_key(|half| half.first).copied() else { return refused("join-compartments") };
    let mut seen = HashSet::from([kept.id]);
    let others: Vec<_> = halves
        .iter()
        .filter(|half| seen.insert(half.id))
        .map(|half| (half.id, join(kept, *half, &reason)))
        .collect();
    if others.is_empty() {
        return refused("join-one");
    }
    Ok(JoinedAll { narrative: kept.id, others })
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

    #[test]
    fn several_go_into_the_oldest_and_each_that_may_not_stays_where_it_is() {
        let half =
            |n: u8, first, compartments| Half { id: NarrativeId::founded_by(signal(n)), first, compartments };
        let (open, closed) = (Compartments::default(), Compartments::of(&[Compartment::Protection]));
        let halves =
            [half(1, 9, open), half(2, 1, closed), half(3, 4, open), half(1, 9, open), half(4, 6, open)];
        let all = join_all(&halves, " La même ").expect("joined");
        assert_eq!(all.narrative, NarrativeId::founded_by(signal(3)));
        let said: Vec<_> = all.others.iter().map(|(id, outcome)| (*id, outcome.is_ok())).collect();
        let name = |n| NarrativeId::founded_by(signal(n));
        assert_eq!(said, [(name(1), true), (name(2), false), (name(4), true)]);
        let code = |halves: &[Half], reason| {
            join_all(halves, reason).map_err(|refusal| refusal.code().to_owned()).err()
        };
        assert_eq!(code(&halves[..1], "x").as_deref(), Some("join-one"));
        assert_eq!(code(&[halves[0], halves[3]], "x").as_deref(), Some("join-one"));
        assert_eq!(code(&halves[1..2], "x").as_deref(), Some("join-compartments"));
        assert_eq!(code(&halves, " ").as_deref(), Some("join-no-reason"));
        assert_eq!(code(&vec![halves[0]; JOIN_MAX + 1], "x").as_deref(), Some("join-too-many"));
    }
}
