//! What the nodes of a stream said of themselves, and what follows for their messages.
//!
//! A node declares in its registration the units in which it will report; a report in others is refused, for a
//! number in the wrong unit is worse than none. A node that registers as an effector may be known, never tasked.

use super::fault::Faults;
use super::tree::{Member, Node, Value};
use std::collections::BTreeMap;

/// Nodes remembered; a flood of registrations displaces none that is known.
const NODES_MAX: usize = 4_096;

/// Kinds of node that act on things instead of seeing them.
const EFFECTORS: [&str; 5] =
    ["NODE_TYPE_KINETIC", "NODE_TYPE_JAMMER", "NODE_TYPE_CYBER", "NODE_TYPE_LDEW", "NODE_TYPE_RFDEW"];

/// Words of a task that ask a node to act on things.
const ACTS: [&str; 22] = [
    "fire",
    "engage",
    "jam",
    "jamming",
    "shoot",
    "launch",
    "neutralise",
    "neutralize",
    "defeat",
    "destroy",
    "kill",
    "disable",
    "strike",
    "attack",
    "intercept",
    "spoof",
    "arm",
    "detonate",
    "weapon",
    "weapons",
    "effector",
    "effectors",
];

/// What one node declared.
#[derive(Debug, Default, Clone)]
struct Declared {
    units: Vec<i32>,
    datums: Vec<i32>,
    bearing_units: Vec<i32>,
    bearing_datums: Vec<i32>,
    effector: bool,
}

/// The nodes of one stream.
#[derive(Debug, Default)]
pub(crate) struct Nodes {
    known: BTreeMap<String, Declared>,
}

impl Nodes {
    /// Checks a message against what is known, then learns from it if it is sound.
    pub(crate) fn check(&mut self, message: &Node, faults: &mut Faults) {
        if let Some(report) = message.get("detection_report") {
            self.report(message, report, faults);
        }
        if let Some(task) = message.get("task") {
            self.task(message, task, faults);
        }
    }

    /// Learns from a registration.
    pub(crate) fn learn(&mut self, message: &Node) {
        let (Some(id), Some(registration)) = (message.text("node_id"), message.node("registration")) else {
            return;
        };
        if self.known.len() < NODES_MAX || self.known.contains_key(id) {
            self.known.insert(id.to_owned(), declared(registration));
        }
    }

    fn report(&self, message: &Node, member: &Member, faults: &mut Faults) {
        let declared = message.text("node_id").and_then(|id| self.known.get(id));
        let (Some(declared), Some(report)) = (declared, member.value.node()) else { return };
        faults.enter(member.field.json, None, report.kind);
        for (name, units, datums) in [
            ("location", &declared.units, &declared.datums),
            ("range_bearing", &declared.bearing_units, &declared.bearing_datums),
        ] {
            let Some(place) = report.get(name) else { continue };
            let Some(node) = place.value.node() else { continue };
            faults.enter(place.field.json, None, node.kind);
            undeclared(node, "coordinate_system", units, faults);
            undeclared(node, "datum", datums, faults);
            faults.leave();
        }
        faults.leave();
    }

    fn task(&self, message: &Node, member: &Member, faults: &mut Faults) {
        let place = (member.at, member.length);
        let effector = message
            .text("destination_id")
            .and_then(|id| self.known.get(id))
            .is_some_and(|node| node.effector);
        let Some(task) = member.value.node() else { return };
        if effector {
            faults.add("sapient-effector", message.kind, member.field.json, place);
        }
        faults.enter(member.field.json, None, task.kind);
        words(task, &["task_name", "task_description"], faults);
        if let Some(command) = task.node("command") {
            faults.enter("command", None, command.kind);
            words(command, &["request", "mode_change", "command_parameter"], faults);
            faults.leave();
        }
        faults.leave();
    }
}

fn words(node: &Node, fields: &[&str], faults: &mut Faults) {
    for name in fields {
        let Some(member) = node.get(name) else { continue };
        let Value::Text(text) = &member.value else { continue };
        let acts = text
            .split(|letter: char| !letter.is_alphanumeric())
            .any(|word| ACTS.contains(&word.to_lowercase().as_str()));
        if acts {
            faults.add("sapient-effector", node.kind, member.field.json, (member.at, member.length));
        }
    }
}

fn undeclared(node: &Node, name: &str, declared: &[i32], faults: &mut Faults) {
    let Some(member) = node.get(name) else { return };
    if let Value::Enum(list, value) = &member.value
        && !declared.is_empty()
        && !declared.contains(value)
    {
        let said: Vec<&str> = declared.iter().filter_map(|value| list.name(*value)).collect();
        let more = [("value", list.name(*value).unwrap_or("?")), ("declared", &said.join(", "))];
        faults.add_with("sapient-units", node.kind, member.field.json, (member.at, member.length), &more);
    }
}

fn declared(registration: &Node) -> Declared {
    let mut all = Declared::default();
    for mode in registration.all("mode_definition").filter_map(|member| member.value.node()) {
        let definitions = mode.all("detection_definition").filter_map(|member| member.value.node());
        for kind in definitions.filter_map(|definition| definition.node("location_type")) {
            let said = |name| match kind.get(name).map(|member| &member.value) {
                Some(Value::Enum(_, value)) => Some(*value),
                _ => None,
            };
            all.units.extend(said("location_units"));
            all.datums.extend(said("location_datum"));
            all.bearing_units.extend(said("range_bearing_units"));
            all.bearing_datums.extend(said("range_bearing_datum"));
        }
    }
    let kinds =
        registration.all("node_definition").filter_map(|member| member.value.node()?.get("node_type"));
    all.effector = kinds.into_iter().any(|kind| match &kind.value {
        Value::Enum(list, value) => list.name(*value).is_some_and(|name| EFFECTORS.contains(&name)),
        _ => false,
    });
    all
}
