//! The closed lists of words of `vigie-model`, named once in `openapi.json`.

use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

macro_rules! word_schemas {
    ($($name:ident),+ $(,)?) => { $(
        #[doc = concat!("Schema of [`vigie_model::", stringify!($name), "`]: one of its words.")]
        pub(crate) struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let words = vigie_model::$name::ALL.iter().map(|value| value.word());
                RefOr::T(ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).into())
            }
        }

        impl ToSchema for $name {}
    )+ };
}

word_schemas!(
    Affiliation,
    Channel,
    Compartment,
    Component,
    Connector,
    Credibility,
    Decision,
    Delivery,
    ErasedWhy,
    FindingKind,
    Form,
    Harm,
    LanguageBasis,
    Level,
    Likeness,
    ReadingRule,
    Reliability,
    Reply,
    ResponseOption,
    Role,
    ShareAccounts,
    ShareForm,
    SharedKind,
    SignalKind,
    StillTold,
    StoryClass,
    SuggestedKind,
    TimePrecision,
    Tlp,
    Trick,
    Truth,
    Verdict,
    Via,
    WarningKind,
);

/// Schema of [`vigie_model::Standing`], what a standing approval is for. Its name differs, because a narrative's standing
/// is another thing.
pub(crate) struct ApprovalKind;

impl PartialSchema for ApprovalKind {
    fn schema() -> RefOr<Schema> {
        let words = vigie_model::Standing::ALL.iter().map(|value| value.word());
        RefOr::T(ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).into())
    }
}

impl ToSchema for ApprovalKind {}
