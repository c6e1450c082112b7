//! What partners send: messages enter as signals, checks as reference data of the site, and nothing good is lost beside bad.

use crate::{file, vigie};
use serde_json::{Value, json};

const STORY: &str = "11111111-1111-4111-8111-111111111111";

fn site() -> (tempfile::TempDir, String) {
    let root = tempfile::tempdir().expect("a folder");
    let site = root.path().join("site").display().to_string();
    assert_eq!(vigie(&["init", &site, "--mission", "MINUT", "--name", "birao"]).code, 0);
    let source = [
        "source",
        "add",
        "partenaire",
        "--purpose",
        "p",
        "--basis",
        "b",
        "--owner",
        "o",
        "--retention-days",
        "30",
    ];
    let told = vigie(&[&["-C", &site][..], &source].concat());
    assert_eq!(told.code, 0, "{told:?}");
    (root, site)
}

fn microblog(n: u32, post: &str) -> Value {
    let attribute =
        |relation: &str, value: &str| json!({ "object_relation": relation, "type": "text", "value": value });
    json!({
        "name": "microblog", "uuid": format!("22222222-2222-4222-8222-{n:012}"),
        "Attribute": [attribute("post", post), attribute("username", "awa_k"), attribute("language", "fr"),
            attribute("creation-date", "2026-11-20T08:00:00Z")],
    })
}

fn event() -> Value {
    json!({ "Event": {
        "uuid": STORY, "info": "Camions et armes", "date": "2026-11-21", "timestamp": "1795000000",
        "Orgc": { "name": "Partenaire" },
        "Object": [
            { "name": "narrative", "Attribute": [
                { "object_relation": "narrative-summary", "value": "Le convoi portait des armes" },
                { "object_relation": "narrative-disproof", "value": "Il portait du carburant" },
            ] },
            microblog(1, "Les camions portaient des armes"),
            microblog(2, " "),
            microblog(3, "Ils passent la nuit"),
            { "name": "file" },
        ],
    } })
}

#[test]
fn messages_of_an_event_enter_once_and_a_bad_one_hides_no_other() {
    let (root, site) = site();
    let misp = file(&root, "event.json", event().to_string());
    let import = |more: &[&str]| {
        vigie(&[&["--json", "-C", &site, "import", &misp, "--source", "partenaire"], more].concat())
    };
    let would = import(&["--dry-run"]).json();
    assert_eq!((would["new"].clone(), would["refused"].clone()), (json!(2), json!(1)), "{would}");
    let told = import(&[]);
    assert_eq!(told.code, 1, "one was refused: {told:?}");
    let report = told.json();
    assert_eq!((report["rows"].clone(), report["new"].clone()), (json!(3), json!(2)), "{report}");
    assert_eq!(report["faults"][0]["code_to_quote"], json!("VG-EXCHANGE-005"));
    assert_eq!(report["left_aside"], json!({ "file": 1, "story": 1 }));
    // The same file again, also as what it is said to be, adds nothing.
    let again = import(&["--as", "misp"]).json();
    assert_eq!((again["new"].clone(), again["repeated"].clone()), (json!(0), json!(2)), "{again}");
    let other = import(&["--as", "stix"]);
    assert!(other.code == 1 && other.err.contains("VG-EXCHANGE-015"), "{other:?}");
}

#[test]
fn messages_of_a_bundle_enter_and_a_table_of_json_lines_stays_a_table() {
    let (root, site) = site();
    let note = |n: u32, refs: Value| {
        json!({
            "type": "note", "id": format!("note--33333333-3333-4333-8333-{n:012}"), "content": format!("Message {n}"),
            "object_refs": refs,
        })
    };
    let report = format!("report--{STORY}");
    let bundle = json!({ "type": "bundle", "id": "bundle--1", "objects": [
        { "type": "report", "id": report, "name": "Camions", "published": "2026-11-20T08:00:00Z", "object_refs": [] },
        { "type": "observed-data", "id": "observed-data--1", "first_observed": "2026-11-20T08:00:00Z", "object_refs": [] },
        note(1, json!([report])), note(2, json!(["observed-data--1"])), note(3, json!(["malware--1"])),
        { "type": "malware", "id": "malware--1" },
    ] });
    let stix = file(&root, "bundle.json", bundle.to_string());
    let told = vigie(&["--json", "-C", &site, "import", &stix, "--source", "partenaire"]);
    assert_eq!(told.code, 0, "{told:?}");
    let report = told.json();
    assert_eq!(
        (report["new"].clone(), report["left_aside"].clone()),
        (json!(2), json!({ "malware": 1, "note": 1, "story": 1 }))
    );
    // A row that speaks of a bundle is a row.
    let rows = "{\"id\":\"1\",\"text\":\"du riz\",\"channel\":\"bundle\"}\n{\"id\":\"2\",\"text\":\"ce soir\",\"channel\":\"Event\"}\n";
    let table = file(&root, "rows.jsonl", rows);
    let told = vigie(&["--json", "-C", &site, "import", &table, "--source", "partenaire"]).json();
    assert_eq!((told["new"].clone(), told["refused"].clone()), (json!(2), json!(0)), "{told}");
}

fn reviews(verdict: &str) -> Value {
    let review = |claim: &str| {
        json!({
            "@context": "https://schema.org", "@type": "ClaimReview", "claimReviewed": claim, "url": "https://verif.example/1",
            "author": { "name": "Vérif du fleuve" }, "datePublished": "2026-11-02",
            "reviewRating": { "ratingValue": 1, "worstRating": 1, "bestRating": 5, "alternateName": verdict },
        })
    };
    json!([review("Le convoi portait des armes"), review(" "), review("Le vaccin rend stérile")])
}

#[test]
fn a_list_of_checks_is_dated_owned_versioned_and_can_be_withdrawn() {
    let (root, site) = site();
    let (one, two) = (
        file(&root, "1.json", reviews("Faux").to_string()),
        file(&root, "2.json", reviews("Trompeur").to_string()),
    );
    let add = |path: &str, more: &[&str]| {
        let head =
            ["--json", "-C", &site, "claims", "add", path, "--name", "verif", "--owner", "information"];
        let rest = ["--origin", "https://verif.example", "--licence", "CC BY 4.0", "--date", "2026-11-22"];
        vigie(&[&head[..], &rest, more].concat())
    };
    let told = add(&one, &[]);
    assert_eq!(told.code, 1, "one was refused: {told:?}");
    let added = told.json();
    assert_eq!((added["loaded"].clone(), added["refused"].clone()), (json!(2), json!(1)));
    let version = added["list"]["version"].as_str().expect("a version").to_owned();
    assert!(version.starts_with("2026-11-22-"), "{version}");
    assert_eq!(add(&one, &[]).json()["loaded"], json!(0), "the same again");
    let same = add(&two, &["--edition", &version]);
    assert!(same.code == 1 && same.err.contains("VG-EXCHANGE-012"), "{same:?}");
    assert_ne!(add(&two, &[]).json()["list"]["version"], json!(version));
    let list = || vigie(&["--json", "-C", &site, "claims", "list"]).json();
    assert_eq!(
        (list()[0]["checks"].clone(), list()[0]["list"]["licence"].clone()),
        (json!(2), json!("CC BY 4.0"))
    );
    assert_eq!(list().as_array().map(Vec::len), Some(1), "the second version took the place of the first");
    let withdraw = |reason: &str| vigie(&["-C", &site, "claims", "withdraw", "verif", "--reason", reason]);
    assert_eq!(withdraw(" ").code, 1);
    assert_eq!(withdraw("licence retirée").code, 0);
    assert!(list()[0]["withdrawn_at"].is_string() && list()[0]["checks"] == json!(0));
    assert!(withdraw("encore").err.contains("VG-EXCHANGE-013"));
    // The stories of a partner count too; a file that is no list of checks is named as what it is.
    let misp = file(&root, "event.json", event().to_string());
    assert_eq!(add(&misp, &[]).json()["loaded"], json!(1));
    let import = vigie(&["-C", &site, "import", &one, "--source", "partenaire"]);
    assert!(import.code == 1 && import.err.contains("VG-EXCHANGE-014"), "{import:?}");
    assert_eq!(vigie(&["-C", &site, "verify"]).code, 0);
    assert_eq!(vigie(&["-C", &site, "rebuild"]).code, 0);
}
