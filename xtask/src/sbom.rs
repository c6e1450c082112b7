//! The list of what the shipped programs are made of (CycloneDX 1.5), from the lock and nothing else.
//!
//! No time and no random number stands in it: the same lock gives the same bytes.

use crate::tools::{Told, cargo, output};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The programs that are shipped.
const SHIPPED: [&str; 2] = ["vigie", "vigie-verify"];

/// The list as JSON.
pub fn write() -> Result<String, Told> {
    let text = output(&mut cargo(&["metadata", "--format-version", "1", "--locked"]))?;
    let metadata: Value = serde_json::from_str(&text).map_err(|cause| cause.to_string())?;
    let list = list(&metadata).ok_or("cargo metadata has not the form that is known")?;
    serde_json::to_string_pretty(&list).map_err(|cause| cause.to_string())
}

fn list(metadata: &Value) -> Option<Value> {
    let packages: BTreeMap<&str, &Value> = metadata["packages"]
        .as_array()?
        .iter()
        .filter_map(|package| Some((package["id"].as_str()?, package)))
        .collect();
    let needs: BTreeMap<&str, Vec<&str>> = metadata["resolve"]["nodes"]
        .as_array()?
        .iter()
        .filter_map(|node| Some((node["id"].as_str()?, normal(node))))
        .collect();
    let mut waiting: Vec<&str> = packages
        .iter()
        .filter(|(_, package)| SHIPPED.iter().any(|name| package["name"] == *name))
        .map(|(id, _)| *id)
        .collect();
    let mut within = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if within.insert(id) {
            waiting.extend(needs.get(id).into_iter().flatten());
        }
    }
    let components: Vec<Value> = within.iter().filter_map(|id| component(packages.get(id)?)).collect();
    let dependencies: Vec<Value> = within
        .iter()
        .filter_map(|id| {
            let on: Vec<String> = needs.get(id)?.iter().filter_map(|on| purl(packages.get(on)?)).collect();
            Some(json!({ "ref": purl(packages.get(id)?)?, "dependsOn": on }))
        })
        .collect();
    Some(json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": { "component": { "type": "application", "name": "vigie", "version": env!("CARGO_PKG_VERSION"),
            "licenses": [{ "expression": "Apache-2.0" }] } },
        "components": components,
        "dependencies": dependencies,
    }))
}

/// What a package is built with; what only its tests or its build need is not in the programs.
fn normal(node: &Value) -> Vec<&str> {
    let kinds = |dep: &Value| {
        dep["dep_kinds"].as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind["kind"].is_null()))
    };
    let deps = node["deps"].as_array().into_iter().flatten();
    deps.filter(|dep| kinds(dep)).filter_map(|dep| dep["pkg"].as_str()).collect()
}

fn purl(package: &Value) -> Option<String> {
    Some(format!("pkg:cargo/{}@{}", package["name"].as_str()?, package["version"].as_str()?))
}

fn component(package: &Value) -> Option<Value> {
    let licence = package["license"].as_str().unwrap_or_default().replace('/', " OR ");
    Some(json!({
        "type": "library",
        "bom-ref": purl(package)?,
        "name": package["name"],
        "version": package["version"],
        "purl": purl(package)?,
        "licenses": [{ "expression": licence }],
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shipped_is_listed_and_what_only_tests_need_is_not() {
        let text = write().expect("a list");
        let list: Value = serde_json::from_str(&text).expect("JSON");
        let names: BTreeSet<&str> = list["components"]
            .as_array()
            .expect("components")
            .iter()
            .filter_map(|c| c["name"].as_str())
            .collect();
        for name in ["vigie", "vigie-verify", "vigie-store", "rusqlite", "tokio", "calamine"] {
            assert!(names.contains(name), "{name}");
        }
        for name in ["proptest", "insta", "xtask"] {
            assert!(!names.contains(name), "{name}");
        }
        assert_eq!(text, write().expect("a list"));
    }
}
