//! One SAPIENT message as a tree of fields, each with the bytes it came from.

use super::schema::{Enumeration, Field, Message};
use super::stamp::Timestamp;

/// A message and where it stands in the input.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub kind: &'static Message,
    pub at: u64,
    pub length: u64,
    pub members: Vec<Member>,
    /// Fields that the definitions do not know, passed over.
    pub unknown: u32,
}

/// One field that stands in a message.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub field: &'static Field,
    pub at: u64,
    pub length: u64,
    pub value: Value,
}

/// What a field says.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Double(f64),
    Float(f32),
    Int(i32),
    Bool(bool),
    Text(String),
    Bytes(Vec<u8>),
    Time(Timestamp),
    Enum(&'static Enumeration, i32),
    Message(Node),
}

impl Node {
    /// The first field of that name.
    pub(crate) fn get(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.field.name == name)
    }

    /// Every field of that name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Member> {
        self.members.iter().filter(move |member| member.field.name == name)
    }

    /// The message that the first field of that name holds.
    pub(crate) fn node(&self, name: &str) -> Option<&Self> {
        self.get(name).and_then(|member| member.value.node())
    }

    /// The text that the first field of that name holds.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        match self.get(name).map(|member| &member.value) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }
}

impl Value {
    pub(crate) const fn node(&self) -> Option<&Node> {
        match self {
            Self::Message(node) => Some(node),
            _ => None,
        }
    }

    /// As a number, if it is one.
    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Self::Double(value) => Some(*value),
            Self::Float(value) => Some(f64::from(*value)),
            Self::Int(value) => Some(f64::from(*value)),
            _ => None,
        }
    }

    /// Whether it says nothing: an empty text, an unspecified choice.
    pub(crate) fn is_blank(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::Bytes(bytes) => bytes.is_empty(),
            Self::Enum(_, value) => *value == 0,
            _ => false,
        }
    }
}
