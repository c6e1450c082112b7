use super::*;
use crate::facts::tests::{at, fact, person};
use crate::facts::{self, Fact};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use vigie_model::FactId;

fn live(n: u8) -> Fact {
    let mut one = fact(n, person(7));
    let approved = facts::approve(&one, &one.hash(), person(8), at(0)).expect("a second person");
    one.take_approved(&approved, person(8), at(0));
    one
}

fn base(all: Vec<Fact>) -> impl FactBase {
    let all: BTreeMap<FactId, Fact> = all.into_iter().map(|fact| (fact.said.id, fact)).collect();
    move |id: FactId| all.get(&id).cloned()
}

fn function(name: &str) -> FunctionId {
    name.parse().expect("a function")
}

fn empty() -> Message {
    let id = MessageId::new(1_795_000_000_000, [1; 10]);
    let response = ResponseId::new(1_795_000_000_000, [2; 10]);
    Message::new(id, response, "M-26-0001".to_owned(), vec![function("spokesperson")], person(1), at(0))
}

fn said(lang: &str, form: Form, text: &str, fact: u8) -> MessageText {
    let facts = vec![FactId::new(1_795_000_000_000, [fact; 10])];
    MessageText { lang: lang.to_owned(), form, sentences: vec![Sentence { text: text.to_owned(), facts }] }
}

fn wanted(base: u32, words: &str) -> Wanted {
    Wanted { base, texts: vec![said("fr", Form::Sms, words, 1), said("sg", Form::Sms, "Kutukutu.", 1)] }
}

fn outward(message: &Message) -> Outward {
    Outward {
        id: ReleaseId::new(1_795_000_000_000, [5; 10]),
        hash: message.hash(),
        texts: vec![("fr".to_owned(), Form::Sms)],
        channel: Channel::Sms,
        recipients: Recipients::Askers,
        purpose: "answer those who asked".to_owned(),
        expires_at: at(24),
    }
}

fn drafted() -> Message {
    let mut message = empty();
    let facts = base(vec![live(1)]);
    let said = draft(&message, wanted(0, "Le convoi portait du carburant."), &facts).expect("sound");
    message.take_drafted(said, person(1), at(0));
    message
}

fn verified() -> Message {
    let mut message = drafted();
    for lang in ["fr", "sg"] {
        let said = verify(&message, lang, &message.hash_of(lang), person(2), true).expect("a named verifier");
        message.take_verified(&said, person(2), at(0));
    }
    message
}

fn cleared() -> Message {
    let mut message = verified();
    let said = clear(&message, &message.hash(), None, person(3), |_| true, &base(vec![live(1)]), at(1));
    message.take_cleared(&said.expect("a second person"), person(3), at(1));
    message
}

fn code<T>(result: Result<T, Refusal>) -> String {
    result.err().map(|refusal| refusal.code().to_owned()).unwrap_or_default()
}

#[test]
fn a_message_goes_the_whole_way() {
    let message = cleared();
    assert_eq!(message.waits(at(1)), Waits::Out);
    assert!(release(&message, outward(&message), &base(vec![live(1)]), at(2)).is_ok());
}

#[test]
fn two_officers_editing_one_draft_the_second_is_told_and_nothing_is_lost() {
    let mut message = drafted();
    let facts = base(vec![live(1)]);
    let first = draft(&message, wanted(1, "Le convoi portait du gasoil."), &facts).expect("from revision 1");
    message.take_drafted(first, person(1), at(1));
    let refusal = draft(&message, wanted(1, "Le camion portait du carburant."), &facts)
        .expect_err("from revision 1 too");
    assert_eq!(
        (refusal.code(), refusal.fault().args["revision"].as_str()),
        ("message-edited-meanwhile", "2")
    );
    assert_eq!(message.texts[0].said.text(), "Le convoi portait du gasoil.");
}

#[test]
fn a_sentence_without_a_fact_is_no_sentence_of_ours() {
    let mut wish = wanted(0, "Faites-nous confiance.");
    wish.texts[0].sentences[0].facts.clear();
    assert_eq!(code(draft(&empty(), wish, &base(vec![live(1)]))), "message-sentence-without-fact");
    assert_eq!(code(draft(&empty(), wanted(0, "x"), &base(vec![]))), "message-sentence-without-fact");
}

#[test]
fn a_verifier_who_is_also_the_author_is_refused() {
    let message = drafted();
    assert_eq!(code(verify(&message, "fr", &message.hash_of("fr"), person(1), true)), "message-verify-own");
    assert_eq!(
        code(verify(&message, "fr", &message.hash_of("fr"), person(2), false)),
        "message-not-verifier"
    );
    assert_eq!(code(verify(&message, "ha", "", person(2), true)), "message-no-such-language");
}

#[test]
fn a_changed_comma_voids_its_language_and_every_clearance_and_leaves_the_other_language() {
    let mut message = cleared();
    let changed = draft(&message, wanted(1, "Le convoi portait du carburant,"), &base(vec![live(1)]));
    message.take_drafted(changed.expect("sound"), person(4), at(2));
    assert!(message.is_verified("sg") && !message.is_verified("fr"));
    assert_eq!(message.uncleared(at(2)), Some(&function("spokesperson")));
    assert_eq!(message.texts[1].author, person(1));
    assert_eq!(
        code(release(&message, outward(&message), &base(vec![live(1)]), at(2))),
        "message-not-cleared"
    );
}

#[test]
fn nobody_clears_their_own_words_and_an_unverified_language_blocks() {
    let message = verified();
    let clear_by = |message: &Message, by| {
        clear(message, &message.hash(), None, by, |_| true, &base(vec![live(1)]), at(1))
    };
    assert_eq!(code(clear_by(&message, person(1))), "message-clear-own");
    assert_eq!(code(clear_by(&drafted(), person(3))), "message-unverified");
    let without = clear(&message, &message.hash(), None, person(3), |_| false, &base(vec![live(1)]), at(1));
    assert_eq!(code(without), "message-clear-function");
}

#[test]
fn a_fact_that_expires_between_clearance_and_issue_blocks_it() {
    let message = cleared();
    let refusal =
        release(&message, Outward { expires_at: at(90), ..outward(&message) }, &base(vec![live(1)]), at(49));
    let refusal = refusal.expect_err("the fact held for 48 h");
    assert_eq!(
        (refusal.code(), refusal.fault().args["state"].as_str()),
        ("message-fact-not-live", "expired")
    );
}

#[test]
fn lines_cleared_in_advance_go_at_once_and_not_after_their_day() {
    let mut message = verified();
    let said =
        clear(&message, &message.hash(), Some(at(10)), person(3), |_| true, &base(vec![live(1)]), at(1));
    message.take_cleared(&said.expect("sound"), person(3), at(1));
    let facts = base(vec![live(1)]);
    assert!(release(&message, outward(&message), &facts, at(9)).is_ok());
    assert_eq!(code(release(&message, outward(&message), &facts, at(11))), "message-not-cleared");
}

#[test]
fn a_script_of_more_than_a_minute_is_not_cleared() {
    let mut message = empty();
    let long = "mot ".repeat(151);
    let wish = Wanted { base: 0, texts: vec![said("fr", Form::RadioScript, long.trim(), 1)] };
    let said = draft(&message, wish, &base(vec![live(1)])).expect("a draft may be long");
    message.take_drafted(said, person(1), at(0));
    let said = verify(&message, "fr", &message.hash_of("fr"), person(2), true).expect("named");
    message.take_verified(&said, person(2), at(0));
    let refusal = clear(&message, &message.hash(), None, person(3), |_| true, &base(vec![live(1)]), at(1));
    assert_eq!(code(refusal), "message-script-too-long");
}

/// One command that anybody may try, in any order.
#[derive(Debug, Clone)]
enum Try {
    Draft(u8, u32, u8),
    Verify(u8, bool, bool),
    Clear(u8, Option<i64>, bool),
    Back,
    Release(bool),
    Wait(i64),
    StaleHash(u8),
}

fn commands() -> impl Strategy<Value = Vec<Try>> {
    let people = 1u8..5;
    let one = prop_oneof![
        (people.clone(), 0u32..6, 0u8..3).prop_map(|(by, base, words)| Try::Draft(by, base, words)),
        (people.clone(), any::<bool>(), any::<bool>())
            .prop_map(|(by, french, named)| Try::Verify(by, french, named)),
        (people.clone(), prop::option::of(0i64..60), any::<bool>())
            .prop_map(|(by, until, holds)| Try::Clear(by, until, holds)),
        Just(Try::Back),
        any::<bool>().prop_map(Try::Release),
        (0i64..20).prop_map(Try::Wait),
        people.prop_map(Try::StaleHash),
    ];
    prop::collection::vec(one, 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn no_sequence_of_commands_issues_a_text_without_two_distinct_people_on_it(commands in commands()) {
        let facts = base(vec![live(1)]);
        let mut message = empty();
        let mut now = 0;
        // Kept apart from the message, so that the rule is not checked against itself.
        let mut wrote: BTreeMap<String, BTreeSet<UserId>> = BTreeMap::new();
        let mut cleared_by: BTreeMap<String, BTreeSet<UserId>> = BTreeMap::new();
        for command in commands {
            match command {
                Try::Draft(by, base, words) => {
                    let words = ["Du carburant.", "Du gasoil.", "De l'eau."][words as usize];
                    if let Ok(said) = draft(&message, wanted(base, words), &facts) {
                        for text in &said.texts {
                            wrote.entry(seal::text(text)).or_default().insert(person(by));
                        }
                        message.take_drafted(said, person(by), at(now));
                    }
                }
                Try::Verify(by, french, named) => {
                    let lang = if french { "fr" } else { "sg" };
                    if let Ok(said) = verify(&message, lang, &message.hash_of(lang), person(by), named) {
                        message.take_verified(&said, person(by), at(now));
                    }
                }
                Try::Clear(by, until, holds) => {
                    let hash = message.hash();
                    if let Ok(said) = clear(&message, &hash, until.map(at), person(by), |_| holds, &facts, at(now)) {
                        cleared_by.entry(hash).or_default().insert(person(by));
                        message.take_cleared(&said, person(by), at(now));
                    }
                }
                Try::StaleHash(by) => {
                    prop_assert!(clear(&message, "stale", None, person(by), |_| true, &facts, at(now)).is_err());
                }
                Try::Back => {
                    if let Ok(said) = send_back(&message, "plus court") {
                        message.take_returned(&said, at(now));
                    }
                }
                Try::Wait(hours) => now += hours,
                Try::Release(french) => {
                    let lang = if french { "fr" } else { "sg" };
                    let texts = vec![(lang.to_owned(), Form::Sms)];
                    let wish = Outward { texts, expires_at: at(now + 1), ..outward(&message) };
                    if release(&message, wish, &facts, at(now)).is_ok() {
                        let text = message.texts.iter().find(|text| text.said.lang == lang).expect("it goes out");
                        let authors = &wrote[&text.hash];
                        let others = cleared_by.get(&message.hash()).cloned().unwrap_or_default();
                        prop_assert!(others.iter().any(|clearer| !authors.contains(clearer) || authors.len() > 1));
                        prop_assert!(authors.iter().chain(&others).collect::<BTreeSet<_>>().len() >= 2);
                        prop_assert!(message.verified.iter().any(|one| one.lang == lang && one.hash == message.hash_of(lang)));
                        prop_assert!(now <= 48, "the fact held for 48 h");
                    }
                }
            }
        }
    }
}
