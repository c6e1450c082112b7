use vigie_model::{At, Limits, dtg};
use vigie_wire::{Mapping, intake};

fn read(body: &str) -> intake::Body {
    intake::read(body.as_bytes(), &Mapping::default(), &Limits::INTAKE)
}

fn codes(body: &intake::Body) -> Vec<(At, &str)> {
    body.faults.iter().map(|fault| (fault.at, fault.code.as_str())).collect()
}

#[test]
fn one_object_may_be_written_over_several_lines() {
    let body = read(
        "\n{\n  \"id\": 17,\n  \"text\": \"The well is dry\",\n  \"seen_at\": \"2026-11-22T15:30:00Z\"\n}\n",
    );
    assert_eq!(codes(&body), []);
    let (line, draft) = &body.drafts[0];
    assert_eq!(
        (*line, draft.text.as_str(), draft.external_id.as_deref()),
        (2, "The well is dry", Some("17"))
    );
    assert_eq!(draft.seen_at.map(dtg), Some("221530ZNOV26".to_owned()));
}

#[test]
fn good_lines_enter_beside_bad_ones() {
    let body = read("{\"text\":\"one\"}\n{\"text\":\n\n{\"text\":\"two\",\"mood\":3}\n[]\n{\"seen_at\":1}\n");
    let texts: Vec<_> = body.drafts.iter().map(|(line, draft)| (*line, draft.text.as_str())).collect();
    assert_eq!(texts, [(1, "one"), (4, "two")]);
    let expected = [
        (At::Row(2), "json-unfinished"),
        (At::Row(5), "json-not-an-object"),
        (At::Row(6), "row-without-text"),
    ];
    assert_eq!(codes(&body), expected);
    assert_eq!(body.unused, ["mood"]);
}

#[test]
fn f43_numbers_and_keys_that_two_readers_take_differently_are_refused() {
    let body = read(
        "{\"text\":\"a\",\"id\":12345678901234567890123456789}\n{\"text\":\"a\",\"seen_at\":1e400}\n\
         {\"text\":\"a\",\"text\":\"b\"}\n{\"text\":7}\n{\"text\":\"kept\",\"other\":1e400,\"id\":18446744073709551615}\n",
    );
    let expected = [
        (At::Row(1), "json-number"),
        (At::Row(2), "json-number"),
        (At::Row(3), "json-key-twice"),
        (At::Row(4), "json-not-text"),
    ];
    assert_eq!(codes(&body), expected);
    assert_eq!(body.drafts[0].1.external_id.as_deref(), Some("18446744073709551615"));
}

#[test]
fn f37_a_lone_surrogate_a_nul_and_a_wrong_charset_lose_no_line() {
    let mut bytes = b"{\"text\":\"a\\ud800b\\u0000c\"}\n".to_vec();
    bytes.extend_from_slice(b"{\"text\":\"d\xe9menti\",\"author\":\"\xc3\xa9l\xc3\xa9onore\"}\n");
    let body = intake::read(&bytes, &Mapping::default(), &Limits::INTAKE);
    assert_eq!(codes(&body), []);
    assert_eq!(body.drafts[0].1.text, "a\u{FFFD}b\0c");
    assert!(body.drafts[0].1.raw_base64.is_some());
    assert_eq!(body.drafts[1].1.text, "démenti");
    assert_eq!(body.drafts[1].1.author.as_deref(), Some("éléonore"), "each part has its own charset");
}

#[test]
fn f31_bodies_lines_and_fields_have_largest_sizes() {
    let small = Limits { bytes_max: 4096, field_bytes_max: 100, items_max: 2, ..Limits::INTAKE };
    let read = |body: &str| intake::read(body.as_bytes(), &Mapping::default(), &small);
    assert_eq!(codes(&read(&"x".repeat(5000))), [(At::Whole, "intake-too-long")]);
    let long = format!("{{\"text\":\"{}\"}}\n{{\"text\":\"kept\"}}", "x".repeat(101));
    let body = read(&long);
    assert_eq!(codes(&body), [(At::Row(1), "row-field-too-long")]);
    assert_eq!(body.drafts.len(), 1);
    let body = read("{\"text\":\"1\"}\n{\"text\":\"2\"}\n{\"text\":\"3\"}\n");
    assert_eq!((body.drafts.len(), codes(&body)), (2, vec![(At::Row(3), "intake-too-many")]));
    let deep = format!("{{\"text\":\"a\",\"x\":{}{}}}", "[".repeat(40), "]".repeat(40));
    assert_eq!(codes(&read(&deep)), [(At::Row(1), "json-too-deep")]);
}

#[test]
fn an_empty_body_is_a_fault() {
    assert_eq!(codes(&read(" \n\n")), [(At::Whole, "intake-empty")]);
}

#[test]
fn a_time_without_zone_is_refused_unless_the_source_has_one() {
    let line = "{\"text\":\"a\",\"seen_at\":\"2026-11-22 16:30\"}";
    assert_eq!(codes(&read(line)), [(At::Row(1), "row-time-without-zone")]);
    let map = Mapping::default().or_zone(Some("Africa/Bangui")).expect("a known zone");
    let body = intake::read(line.as_bytes(), &map, &Limits::INTAKE);
    assert_eq!(body.drafts[0].1.seen_at.map(dtg), Some("221530ZNOV26".to_owned()));
}
