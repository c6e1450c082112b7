//! The places that a mission knows by name, and the sites it must keep safe.
//!
//! A gazetteer is data that a mission brings: names in the spellings people use, what the place is, where it lies
//! and how precisely that is known. A site register says which of them are the mission's own and what lies around
//! them. Both are facts of a file; nothing here is derived from messages.

use crate::{Place, Precision};
use serde::{Deserialize, Serialize};

crate::rights::words!(
    /// What a place is.
    PlaceKind {
        /// A village or a hamlet.
        Village = "village",
        /// A town or a city.
        Town = "town",
        /// A quarter of a town.
        Quarter = "quarter",
        /// A base or a team site of the mission.
        Base = "base",
        /// Another site: a camp of displaced people, a well, a school, a market, an airstrip.
        Site = "site",
        /// A road, a bridge or a crossing.
        Road = "road",
        /// A river, a lake or a stream.
        River = "river",
        /// A hill, a forest or another part of the land.
        Land = "land",
        /// An administrative area.
        Admin = "admin",
        /// Something else.
        Other = "other",
    }
);

/// One row of a gazetteer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GazetteerPlace {
    /// Name of the row within its gazetteer; unique there.
    pub id: String,
    /// The name in the mission's spelling.
    pub name: String,
    /// Other spellings, other languages and scripts, nicknames.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<String>,
    /// What it is.
    pub kind: PlaceKind,
    /// Latitude in degrees, WGS84, -90 to 90.
    pub lat_deg: f64,
    /// Longitude in degrees, WGS84, -180 to 180.
    pub lon_deg: f64,
    /// How precisely the point is known.
    pub precision: Precision,
    /// The areas it lies in, the largest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub admin: Vec<String>,
    /// Place code of the humanitarian data sets (OCHA COD), where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p_code: Option<String>,
}

impl GazetteerPlace {
    /// The place as a signal carries it.
    pub fn place(&self) -> Place {
        Place {
            name: self.name.clone(),
            lat_deg: Some(self.lat_deg),
            lon_deg: Some(self.lon_deg),
            precision: self.precision,
        }
    }
}

/// One site of the register: what must be kept safe and what counts as its neighbourhood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Site {
    /// Name of the site within the register; unique there.
    pub id: String,
    /// What the mission calls it.
    pub name: String,
    /// The gazetteer row of the site.
    pub place: String,
    /// Places within this distance, in km, are its neighbourhood.
    pub radius_km: f64,
    /// Gazetteer rows that belong to its neighbourhood whatever their distance.
    #[serde(default)]
    pub neighbours: Vec<String>,
    /// What people call this site and no other ("la base de Zamoré", "le camp du Plateau").
    #[serde(default)]
    pub names: Vec<String>,
    /// What people call a site without saying which ("la base", "le camp"): counts where its neighbourhood is
    /// named or known beside it.
    #[serde(default)]
    pub common_names: Vec<String>,
    /// Nicknames of the contingent that lives there.
    #[serde(default)]
    pub contingent: Vec<String>,
}
