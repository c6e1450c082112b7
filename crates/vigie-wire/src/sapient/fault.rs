//! Faults of SAPIENT messages: what is wrong, at which field, at which byte.

use super::schema::Message;
use vigie_model::{At, Fault, Limits};

/// Faults named a message; more would tell nobody more.
const FAULTS_MAX: usize = 64;

/// The faults of one message, and the path of the field that is being looked at.
#[derive(Debug)]
pub(crate) struct Faults {
    found: Vec<Fault>,
    path: Vec<String>,
    kinds: Vec<&'static str>,
    pub depth_max: usize,
}

impl Faults {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            found: Vec::new(),
            path: vec!["SapientMessage".to_owned()],
            kinds: Vec::new(),
            depth_max: limits.depth_max,
        }
    }

    /// Goes into the field `name`, a message of that `kind`; `nth` where it stands several times, from 1.
    pub(crate) fn enter(&mut self, name: &str, nth: Option<usize>, kind: &Message) {
        self.kinds.push(short(kind));
        self.path.push(nth.map_or_else(|| name.to_owned(), |nth| format!("{name}[{nth}]")));
    }

    pub(crate) fn leave(&mut self) {
        self.path.pop();
        self.kinds.pop();
    }

    pub(crate) const fn is_too_deep(&self) -> bool {
        self.path.len() > self.depth_max
    }

    /// Names a fault of the field `name` of a `message`.
    pub(crate) fn add(&mut self, code: &str, message: &Message, name: &str, place: (u64, u64)) {
        self.add_with(code, message, name, place, &[]);
    }

    /// The same with more to say.
    pub(crate) fn add_with(
        &mut self,
        code: &str,
        message: &Message,
        name: &str,
        (at, length): (u64, u64),
        more: &[(&str, &str)],
    ) {
        if self.found.len() >= FAULTS_MAX {
            return;
        }
        let mut fault = Fault::new(At::Byte(at), code).with("length", length);
        for (key, value) in more {
            fault = fault.with(key, value);
        }
        // Not clipped: the path is what the reader came for, and the definitions bound it.
        fault.args.insert("path".to_owned(), format!("{}.{name}", self.path.join(".")));
        // Writers of the standard name fields by the kind of message they stand in; both are given.
        let kinds = if self.kinds.is_empty() { short(message).to_owned() } else { self.kinds.join(".") };
        fault.args.insert("field".to_owned(), format!("{kinds}.{name}"));
        self.found.push(fault);
    }

    pub(crate) fn into_found(self) -> Vec<Fault> {
        self.found
    }
}

fn short(message: &Message) -> &'static str {
    message.name.rsplit('.').next().unwrap_or(message.name)
}
