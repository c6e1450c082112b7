//! Fills the blanks of an act: what only a running site knows.
//!
//! `{narrative:EVENT}`, `{signal:EVENT}`, `{user:NAME}`, `{at:3h}` (an instant at that offset) and `{NAME/pointer}`, a
//! part of an earlier answer that was kept under `NAME`. A string that is one blank becomes the value itself.

use serde_json::Value;

/// One blank, as written between the braces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Blank {
    /// The narrative that an event's signal is in.
    Narrative(String),
    /// The signal of an event.
    Signal(String),
    /// The account with this sign-in name.
    User(String),
    /// The instant at this offset.
    At(String),
    /// A part of an earlier answer.
    Kept(String, String),
}

impl Blank {
    fn read(text: &str) -> Self {
        let split = |prefix: &str| text.strip_prefix(prefix).map(str::to_owned);
        if let Some(event) = split("narrative:") {
            Self::Narrative(event)
        } else if let Some(event) = split("signal:") {
            Self::Signal(event)
        } else if let Some(name) = split("user:") {
            Self::User(name)
        } else if let Some(offset) = split("at:") {
            Self::At(offset)
        } else {
            let (name, pointer) = text.split_at(text.find('/').unwrap_or(text.len()));
            Self::Kept(name.to_owned(), pointer.to_owned())
        }
    }
}

/// Every blank in `value`, in the order in which they stand.
pub fn blanks(value: &Value) -> Vec<Blank> {
    match value {
        Value::String(text) => spans(text).into_iter().map(|(_, _, blank)| blank).collect(),
        Value::Array(list) => list.iter().flat_map(blanks).collect(),
        Value::Object(map) => map.values().flat_map(blanks).collect(),
        _ => Vec::new(),
    }
}

/// `value` with its blanks filled, in the order in which [`blanks`] names them.
pub fn fill(value: &Value, filled: &mut impl Iterator<Item = Value>) -> Value {
    match value {
        Value::String(text) => fill_text(text, filled),
        Value::Array(list) => list.iter().map(|one| fill(one, filled)).collect(),
        Value::Object(map) => map.iter().map(|(name, one)| (name.clone(), fill(one, filled))).collect(),
        other => other.clone(),
    }
}

fn fill_text(text: &str, filled: &mut impl Iterator<Item = Value>) -> Value {
    let spans = spans(text);
    if let [(0, end, _)] = spans[..]
        && end == text.len()
    {
        return filled.next().unwrap_or_default();
    }
    let mut out = String::new();
    let mut from = 0;
    for (start, end, _) in spans {
        let value = filled.next().unwrap_or_default();
        out.push_str(&text[from..start]);
        out.push_str(&value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        from = end;
    }
    out.push_str(&text[from..]);
    Value::String(out)
}

fn spans(text: &str) -> Vec<(usize, usize, Blank)> {
    let mut spans = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find('{').map(|at| at + from) {
        let Some(end) = text[start..].find('}').map(|at| at + start + 1) else { break };
        spans.push((start, end, Blank::read(&text[start + 1..end - 1])));
        from = end;
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_string_that_is_one_blank_becomes_the_value_and_others_are_filled_in() {
        let body = json!({ "path": "/requests/{ask/id}/answer", "narrative": "{narrative:post-1}", "texts": ["{d/texts}"] });
        let named = blanks(&body);
        assert_eq!(named.len(), 3);
        let mut values = named.iter().map(|blank| match blank {
            Blank::Kept(name, pointer) => json!(format!("{name}{pointer}")),
            _ => json!(7),
        });
        let filled = fill(&body, &mut values);
        assert_eq!(filled["narrative"], 7);
        assert_eq!(filled["path"], "/requests/ask/id/answer");
    }

    #[test]
    fn blanks_say_what_they_name() {
        let body = json!("{user:spokes} {at:2h} {signal:x} {m/hash}");
        assert_eq!(
            blanks(&body),
            [
                Blank::User("spokes".to_owned()),
                Blank::At("2h".to_owned()),
                Blank::Signal("x".to_owned()),
                Blank::Kept("m".to_owned(), "/hash".to_owned())
            ]
        );
    }
}
