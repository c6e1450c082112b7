//! Says in the description of the API which parts of an answer always stand in it, empty or not.
//!
//! The derive macros take every value that may be null for one that may be left out. That is so in what is asked; an
//! answer of ours leaves out only what its type marks as `nullable = false`.

use serde_json::Value;
use std::collections::BTreeSet;
use utoipa::openapi::{OpenApi, RefOr, Schema};

/// Marks nullable parts of shapes that are only ever answered as required.
pub(super) fn require_what_is_always_sent(document: &mut OpenApi) {
    let asked = asked(document);
    let Some(components) = document.components.as_mut() else { return };
    for (_, schema) in components.schemas.iter_mut().filter(|(name, _)| !asked.contains(*name)) {
        complete(schema);
    }
}

fn complete(schema: &mut RefOr<Schema>) {
    match schema {
        RefOr::T(Schema::AllOf(parts)) => parts.items.iter_mut().for_each(complete),
        RefOr::T(Schema::Object(object)) => {
            let nullable = object.properties.iter().filter(|(_, part)| may_be_null(part));
            let more: Vec<String> = nullable
                .map(|(name, _)| name.clone())
                .filter(|name| !object.required.contains(name))
                .collect();
            object.required.extend(more);
        }
        _ => {}
    }
}

fn may_be_null(part: &RefOr<Schema>) -> bool {
    let part = serde_json::to_value(part).unwrap_or_default();
    let is_null = |kind: &Value| kind == "null";
    let typed = part["type"].as_array().is_some_and(|kinds| kinds.iter().any(is_null));
    typed || part["oneOf"].as_array().is_some_and(|choices| choices.iter().any(|one| is_null(&one["type"])))
}

/// Names of the shapes that stand in a request, themselves or within another.
fn asked(document: &OpenApi) -> BTreeSet<String> {
    let operations =
        document.paths.paths.values().flat_map(|item| [&item.get, &item.post, &item.put]).flatten();
    let bodies =
        operations.filter_map(|operation| serde_json::to_value(operation.request_body.as_ref()?).ok());
    let mut open: Vec<String> = bodies.flat_map(|body| named(&body)).collect();
    let mut asked = BTreeSet::new();
    while let Some(name) = open.pop() {
        let schema = document.components.as_ref().and_then(|all| all.schemas.get(&name));
        let schema = schema.and_then(|schema| serde_json::to_value(schema).ok());
        if asked.insert(name) {
            open.extend(schema.iter().flat_map(named));
        }
    }
    asked
}

/// Names of the shapes that a piece of the description refers to.
fn named(value: &Value) -> Vec<String> {
    match value {
        Value::Object(parts) => {
            let own = parts.get("$ref").and_then(Value::as_str).and_then(|to| to.rsplit('/').next());
            own.map(ToOwned::to_owned).into_iter().chain(parts.values().flat_map(named)).collect()
        }
        Value::Array(parts) => parts.iter().flat_map(named).collect(),
        _ => Vec::new(),
    }
}
