//! Says which texts may tell the same story in other words, also across languages. Optional: a mission adds the model
//! file, and without it everything else works and this reads "not assessed".
//!
//! What comes out is a suggestion. A denial stands as near to a rumour as a repetition does: nearness says that two
//! texts are about the same thing, never that they say the same of it.
//!
//! The encoder is the published multilingual-e5-small (Wang et al., "Multilingual E5 Text Embeddings", 2024): a BERT of
//! twelve layers (Devlin et al., 2018) over the pieces of XLM-R's unigram vocabulary (Kudo, 2018), the mean over the
//! tokens, brought to length one. Weights come as 4-bit blocks in an `E5S1` file. Pure: the file's bytes are an
//! argument, one thread, no clock.

#![expect(
    clippy::inline_always,
    reason = "what runs within a dispatch gets its wide instructions only by being a part of it"
)]

mod attention;
mod encode;
mod file;
mod near;
mod pieces;
mod product;
mod smooth;
mod weights;

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) mod tiny;

pub use encode::{Meaning, Prefix};
pub use file::{Limits, ModelFault};
pub use near::{Closeness, Near, Neighbours, Packed};

/// Name of the model in the journal and on the command line.
pub const MODEL_NAME: &str = "e5-small";
/// Raised with every change that gives other vectors or another closeness.
pub const VERSION: &str = "1";
/// The file that the model card describes.
pub const FILE_SHA256: &str = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f";
/// Its name in the package and in the site's folder.
pub const FILE_NAME: &str = "e5-small-q4.bin";

/// Sentences as a site may hear them. What their vectors share is taken away while a site has few of its own.
pub const USUAL: [&str; 12] = [
    "The road to the market was closed this morning.",
    "People say that the water in the camp is not clean.",
    "La radio annonce une réunion demain à la mairie.",
    "Le prix du riz a encore augmenté cette semaine.",
    "قالت الإذاعة إن المدارس ستفتح يوم الأحد",
    "هطلت أمطار غزيرة على المدينة ليلة أمس",
    "Watu wengi wamefika hospitalini leo asubuhi.",
    "Serikali imesema uchaguzi utafanyika mwaka ujao.",
    "La policía encontró dos coches robados cerca del puente.",
    "O comboio de ajuda chegou à aldeia depois do almoço.",
    "Жители города просят открыть новую больницу.",
    "Soldiers were seen near the old bridge last night.",
];
