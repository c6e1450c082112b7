//! Reference data that a mission brings: its gazetteer, its register of sites, its lists of wordings.

use crate::{GazetteerPlace, Lexicon, Site};
use serde::{Deserialize, Serialize};

/// Body of `gazetteer.loaded`: one part of a gazetteer; the first part replaces what stood under its name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GazetteerLoaded {
    /// Short name of the gazetteer.
    pub name: String,
    /// Which part, from 0.
    pub part: u32,
    /// Its rows.
    pub places: Vec<GazetteerPlace>,
}

/// Body of `sites.loaded`: the register as it now stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SitesLoaded {
    /// Every site.
    pub sites: Vec<Site>,
}

/// Body of `lexicon.loaded`: a list in a version; another version of the same list takes its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LexiconLoaded {
    /// The list.
    pub list: Lexicon,
}
