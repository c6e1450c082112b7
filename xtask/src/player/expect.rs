//! Holds what the site says against what the scenario expects.

use crate::scenario::{Expect, Offset, written};
use serde_json::Value;

/// What became of one expectation.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// When it was looked at.
    pub at: Offset,
    /// What was asked.
    pub query: String,
    /// What was expected, in words.
    pub expected: String,
    /// What was found, or why nothing was.
    pub found: String,
    /// Whether it holds.
    pub holds: bool,
}

impl Checked {
    /// The expectation beside what was found, or beside the reason why nothing was.
    pub fn new(expect: &Expect, found: Result<Value, String>) -> Self {
        let holds = found.as_ref().is_ok_and(|value| holds(expect, value));
        let found = found.map_or_else(|why| why, |value| plain(&value));
        Self { at: expect.at, query: expect.query.clone(), expected: words(expect), found, holds }
    }
}

/// The part of an answer that a JSON pointer names; a list counts as its length.
pub fn pick(answer: &Value, pointer: &str) -> Option<Value> {
    match answer.pointer(pointer)? {
        Value::Array(list) => Some(list.len().into()),
        value => Some(value.clone()),
    }
}

fn holds(expect: &Expect, found: &Value) -> bool {
    let number = found.as_f64();
    let equal = expect.equals.as_ref().is_none_or(|wanted| equals(wanted, found));
    let below = expect.at_most.is_none_or(|most| number.is_some_and(|n| n <= most));
    let above = expect.at_least.is_none_or(|least| number.is_some_and(|n| n >= least));
    equal && below && above
}

/// Numbers are the same within a millionth: 27 hours are 27.0 hours.
fn equals(wanted: &toml::Value, found: &Value) -> bool {
    let number = wanted.as_float().or_else(|| wanted.as_integer().map(|n| n as f64));
    match (number, found.as_f64()) {
        (Some(wanted), Some(found)) => (wanted - found).abs() < 1e-6,
        _ => serde_json::to_value(wanted).is_ok_and(|wanted| wanted == *found),
    }
}

fn words(expect: &Expect) -> String {
    let equal = expect.equals.as_ref().map(|wanted| format!("= {wanted}"));
    let most = expect.at_most.map(|most| format!("≤ {most}"));
    let least = expect.at_least.map(|least| format!("≥ {least}"));
    equal.or(most).or(least).unwrap_or_default()
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The expectations as a table for the terminal.
pub fn table(checks: &[Checked]) -> String {
    let wide = |of: fn(&Checked) -> &str| checks.iter().map(|c| of(c).chars().count()).max().unwrap_or(0);
    let (query, expected) = (wide(|c| &c.query), wide(|c| &c.expected));
    let line = |c: &Checked| {
        let mark = if c.holds { "ok  " } else { "FAIL" };
        let at = written(c.at);
        format!("{mark} {at:>8}  {:<query$}  {:<expected$}  found {}\n", c.query, c.expected, c.found)
    };
    checks.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn expect(bound: &str) -> Expect {
        toml::from_str(&format!("at = '25m'\nuser = 'u'\nquery = '/x#/n'\n{bound}")).expect("an expectation")
    }

    fn checked(bound: &str, found: Value) -> bool {
        Checked::new(&expect(bound), Ok(found)).holds
    }

    #[test]
    fn hours_are_compared_as_numbers_and_words_as_words() {
        assert!(checked("equals = 27", json!(27.0)) && !checked("equals = 27", json!(26.99)));
        assert!(
            checked("equals = 'liaison'", json!("liaison")) && !checked("equals = 'liaison'", json!("post"))
        );
        assert!(checked("at_least = 3", json!(5)) && !checked("at_most = 0", json!(1)));
        assert!(!checked("at_most = 0", json!("none")), "a word is no number");
    }

    #[test]
    fn a_list_counts_as_its_length() {
        let answer = json!({ "tricks": ["split-words", "look-alikes"], "why": { "kind": "liaison" } });
        assert_eq!(pick(&answer, "/tricks"), Some(json!(2)));
        assert_eq!(pick(&answer, "/why/kind"), Some(json!("liaison")));
        assert_eq!(pick(&answer, "/absent"), None);
    }

    #[test]
    fn what_could_not_be_read_does_not_hold() {
        let check = Checked::new(&expect("at_most = 0"), Err("the site does not answer".to_owned()));
        assert!(!check.holds);
        assert_eq!(
            table(&[check, Checked::new(&expect("equals = 37"), Ok(json!(37)))]),
            "FAIL      25m  /x#/n  ≤ 0   found the site does not answer\nok        25m  /x#/n  = 37  found 37\n"
        );
    }
}
