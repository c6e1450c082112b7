//! Both languages have the same messages with the same arguments, and none is empty.

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use vigie_words::{CATALOGUES, Lang, known, problem};

/// A message or an attribute of it (`id` or `id.hint`) with the arguments it uses.
type Messages = BTreeMap<String, BTreeSet<String>>;

fn parsed(name: &str, source: &str) -> FluentResource {
    match FluentResource::try_new(source.to_owned()) {
        Ok(resource) => resource,
        Err((_, faults)) => panic!("{name}: {faults:?}"),
    }
}

fn messages(name: &str, source: &str) -> Messages {
    let resource = parsed(name, source);
    let mut found = Messages::new();
    let mut add = |id: String, pattern: &Pattern<&str>| {
        assert!(!is_blank(pattern), "{name}: {id} is empty");
        let arguments = BTreeSet::from_iter(arguments(pattern));
        assert!(found.insert(id.clone(), arguments).is_none(), "{name}: {id} stands twice");
    };
    for entry in resource.entries() {
        match entry {
            Entry::Message(message) => {
                let id = message.id.name;
                assert!(message.value.is_some() || !message.attributes.is_empty(), "{name}: {id} is empty");
                message.value.iter().for_each(|value| add(id.to_owned(), value));
                message.attributes.iter().for_each(|a| add(format!("{id}.{}", a.id.name), &a.value));
            }
            Entry::Term(term) => add(format!("-{}", term.id.name), &term.value),
            Entry::Junk { content } => panic!("{name}: not Fluent: {content}"),
            _ => {}
        }
    }
    found
}

fn is_blank(pattern: &Pattern<&str>) -> bool {
    pattern.elements.iter().all(|element| match element {
        PatternElement::TextElement { value } => value.trim().is_empty(),
        PatternElement::Placeable { .. } => false,
    })
}

fn arguments(pattern: &Pattern<&str>) -> Vec<String> {
    let placed = pattern.elements.iter().filter_map(|element| match element {
        PatternElement::Placeable { expression } => Some(expression),
        PatternElement::TextElement { .. } => None,
    });
    placed.flat_map(of_expression).collect()
}

fn of_expression(expression: &Expression<&str>) -> Vec<String> {
    match expression {
        Expression::Inline(inline) => of_inline(inline),
        Expression::Select { selector, variants } => {
            let mut found = of_inline(selector);
            found.extend(variants.iter().flat_map(|variant| {
                assert!(!is_blank(&variant.value), "a variant is empty");
                arguments(&variant.value)
            }));
            found
        }
    }
}

fn of_inline(inline: &InlineExpression<&str>) -> Vec<String> {
    match inline {
        InlineExpression::VariableReference { id } => vec![id.name.to_owned()],
        InlineExpression::FunctionReference { arguments, .. }
        | InlineExpression::TermReference { arguments: Some(arguments), .. } => of_call(arguments),
        InlineExpression::Placeable { expression } => of_expression(expression),
        _ => Vec::new(),
    }
}

fn of_call(call: &CallArguments<&str>) -> Vec<String> {
    call.positional.iter().flat_map(of_inline).collect()
}

#[test]
fn both_languages_say_the_same_things() {
    let mut everywhere = BTreeSet::new();
    for catalogue in CATALOGUES {
        let english = messages(&format!("en/{}", catalogue.name), catalogue.en);
        let french = messages(&format!("fr/{}", catalogue.name), catalogue.fr);
        for (id, arguments) in &english {
            let other = french.get(id).unwrap_or_else(|| panic!("fr/{}: {id} is missing", catalogue.name));
            assert_eq!(arguments, other, "{}: the arguments of {id} differ", catalogue.name);
            assert!(everywhere.insert(id.clone()), "{id} stands in two catalogues");
        }
        for id in french.keys() {
            assert!(english.contains_key(id), "en/{}: {id} is missing", catalogue.name);
        }
    }
    assert!(everywhere.len() > 100, "the catalogues were read");
}

#[test]
fn every_file_of_the_folder_is_compiled_in() {
    let listed: BTreeSet<String> = CATALOGUES.iter().map(|c| format!("{}.ftl", c.name)).collect();
    for lang in Lang::ALL {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales").join(lang.tag());
        let there: BTreeSet<String> = std::fs::read_dir(&folder)
            .expect("the catalogues' folder")
            .map(|file| file.expect("readable").file_name().to_string_lossy().into_owned())
            .collect();
        assert_eq!(
            there, listed,
            "add the name to `catalogues!` in vigie-words, and the file in both languages"
        );
    }
}

#[test]
fn a_code_names_one_problem_and_is_the_same_in_both_languages() {
    let mut owner: BTreeMap<String, String> = BTreeMap::new();
    for catalogue in CATALOGUES {
        for id in messages(catalogue.name, catalogue.en).keys() {
            let Some(id) = id.strip_suffix(".code") else { continue };
            let code = problem(Lang::En, id, &[]).code;
            assert_eq!(code, problem(Lang::Fr, id, &[]).code, "{id}");
            assert!(is_code(&code), "{id}: `{code}` is not of the form VG-AREA-123");
            assert!(!problem(Lang::En, id, &[]).hint.is_empty(), "{id} says no way out (`.hint`)");
            if let Some(other) = owner.insert(code.clone(), id.to_owned()) {
                panic!("{code} belongs to {other} and to {id}");
            }
        }
    }
    assert!(owner.contains_key("VG-DESK-001"), "codes were found");
}

fn is_code(code: &str) -> bool {
    let parts: Vec<&str> = code.split('-').collect();
    let [house, area, number] = parts[..] else { return false };
    house == "VG"
        && (2..=8).contains(&area.len())
        && area.bytes().all(|b| b.is_ascii_uppercase())
        && number.len() == 3
        && number.bytes().all(|b| b.is_ascii_digit())
}

#[test]
fn every_word_of_the_model_has_a_name_on_screen() {
    use vigie_model::{
        Affiliation, Channel, Compartment, Component, Connector, Credibility, Decision, Delivery,
        FindingKind, Form, Harm, LanguageBasis, Late, Level, Likeness, ReadingRule, Reliability, Reply,
        ResponseOption, Role, ShareAccounts, ShareForm, SharedKind, SignalKind, Standing, StillTold,
        StoryClass, SuggestedKind, TimePrecision, Tlp, Trick, Truth, Verdict, Via, WarningKind,
    };
    macro_rules! named {
        ($($prefix:literal $words:ty),+ $(,)?) => { $(for word in <$words>::ALL {
            let id = format!("{}-{word}", $prefix);
            assert!(known(&id), "{id} is missing");
        })+ };
    }
    named!(
        "role" Role, "affiliation" Affiliation, "component" Component, "compartment" Compartment,
        "level" Level, "kind" SignalKind, "connector" Connector, "decision" Decision,
        "likeness" Likeness, "finding" FindingKind, "reading" ReadingRule, "shared" SharedKind, "trick" Trick, "basis" LanguageBasis, "truth" Truth, "class" StoryClass,
        "harm" Harm, "reliability" Reliability, "credibility" Credibility, "via" Via, "channel" Channel,
        "form" Form, "option" ResponseOption, "verdict" Verdict, "delivery" Delivery, "warning" WarningKind,
        "told" StillTold, "standing" Standing, "reply" Reply, "late" Late, "time-precision" TimePrecision,
        "suggested" SuggestedKind, "share-form" ShareForm, "share-accounts" ShareAccounts, "tlp" Tlp,
    );
    for kind in [
        "signal",
        "narrative",
        "note",
        "request",
        "fact",
        "mandate",
        "question",
        "plan",
        "response",
        "message",
        "release",
        "approval",
        "task",
        "warning",
        "incident",
    ] {
        assert!(known(&format!("record-{kind}")), "record-{kind} is missing");
    }
}
