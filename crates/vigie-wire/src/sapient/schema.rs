//! The shape of SAPIENT messages as data: which fields there are, and what the definitions demand of each.

/// Nothing is demanded.
pub(crate) const NONE: u8 = 0;
/// The field must be there and say something.
pub(crate) const MANDATORY: u8 = 1;
/// The field holds a ULID.
pub(crate) const ULID: u8 = 2;
/// The field holds a UUID.
pub(crate) const UUID: u8 = 4;
/// The field may stand several times.
pub(crate) const LIST: u8 = 8;

/// One kind of message.
#[derive(Debug)]
pub(crate) struct Message {
    /// Name without its package, such as `Task.Region`.
    pub name: &'static str,
    /// In the order of the definitions.
    pub fields: &'static [Field],
    /// Groups of which at most one field stands.
    pub one_ofs: &'static [OneOf],
}

/// One field.
#[derive(Debug)]
pub(crate) struct Field {
    pub number: u32,
    /// `node_id`.
    pub name: &'static str,
    /// `nodeId`.
    pub json: &'static str,
    pub kind: Kind,
    marks: u8,
}

/// At most one of these fields stands.
#[derive(Debug)]
pub(crate) struct OneOf {
    pub name: &'static str,
    pub fields: &'static [u32],
    pub mandatory: bool,
}

/// A list of names.
#[derive(Debug)]
pub(crate) struct Enumeration {
    pub values: &'static [(i32, &'static str)],
}

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    Double,
    Float,
    Int32,
    Bool,
    Text,
    Bytes,
    Timestamp,
    Enum(&'static Enumeration),
    Message(&'static Message),
}

impl Field {
    pub(crate) const fn of(
        number: u32,
        name: &'static str,
        json: &'static str,
        kind: Kind,
        marks: u8,
    ) -> Self {
        Self { number, name, json, kind, marks }
    }

    pub(crate) const fn is(&self, mark: u8) -> bool {
        self.marks & mark != 0
    }
}

impl Message {
    pub(crate) fn numbered(&self, number: u32) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.number == number)
    }

    /// By either of its two spellings.
    pub(crate) fn named(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.json == name || field.name == name)
    }
}

impl Enumeration {
    pub(crate) fn name(&self, value: i32) -> Option<&'static str> {
        self.values.iter().find(|(number, _)| *number == value).map(|(_, name)| *name)
    }

    pub(crate) fn value(&self, name: &str) -> Option<i32> {
        self.values.iter().find(|(_, known)| *known == name).map(|(number, _)| *number)
    }
}
