//! A register of sites made ready: what each is called and what lies around it.

use crate::parts::Cut;
use crate::places::index::{Index, Rule};
use crate::places::{Gazetteer, km_between};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use vigie_model::{PlaceKind, Site};

/// The sites of a mission.
#[derive(Debug)]
pub struct Sites {
    sites: Vec<Site>,
    names: Index,
    common: Index,
    contingents: Index,
    around: Vec<Around>,
    unknown: Vec<(String, String)>,
}

/// What lies around one site.
#[derive(Debug, Default)]
pub(crate) struct Around {
    /// The row of the site itself.
    pub own: Option<usize>,
    /// Places of its neighbourhood, with the distance in km.
    pub near: BTreeMap<usize, f64>,
}

/// What a register's wording names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Called {
    /// This site and no other.
    Name,
    /// Some site.
    Common,
    /// The contingent that lives there.
    Contingent,
}

impl Sites {
    /// Makes a register ready. The points come from the gazetteer.
    pub fn new(sites: Vec<Site>, gazetteer: &Gazetteer) -> Self {
        let list = |names: fn(&Site) -> &[String], rule| {
            let all = sites
                .iter()
                .enumerate()
                .flat_map(|(n, site)| names(site).iter().map(move |name| (name.as_str(), n)));
            Index::of_names(all, rule)
        };
        let names = list(|site| &site.names, Rule::Exact);
        let common = list(|site| &site.common_names, Rule::Exact);
        let contingents = list(|site| &site.contingent, Rule::Exact);
        let mut unknown = Vec::new();
        let around = sites.iter().map(|site| surroundings(site, gazetteer, &mut unknown)).collect();
        Self { sites, names, common, contingents, around, unknown }
    }

    /// The sites, in the order given.
    pub fn sites(&self) -> &[Site] {
        &self.sites
    }

    /// Gazetteer rows that a site names and the gazetteer does not have, as (site, row).
    pub fn unknown(&self) -> &[(String, String)] {
        &self.unknown
    }

    pub(crate) fn around(&self, site: usize) -> Option<&Around> {
        self.around.get(site)
    }

    /// The register's own wordings in a text: the parts, how the site is called, the sites meant.
    pub(crate) fn called(&self, cut: &Cut<'_>) -> Vec<(Range<usize>, Called, BTreeSet<usize>)> {
        let lists = [
            (&self.names, Called::Name),
            (&self.contingents, Called::Contingent),
            (&self.common, Called::Common),
        ];
        let mut out = Vec::new();
        for (index, called) in lists {
            for hit in index.hits(cut) {
                let sites = index.places(hit.key).iter().map(|named| named.place as usize).collect();
                out.push((hit.parts, called, sites));
            }
        }
        out
    }
}

/// Radius and list, both; a river or an area has no place within a radius.
fn surroundings(site: &Site, gazetteer: &Gazetteer, unknown: &mut Vec<(String, String)>) -> Around {
    let mut known = |row: &str| {
        let found = gazetteer.position(row);
        if found.is_none() {
            unknown.push((site.id.clone(), row.to_owned()));
        }
        found
    };
    let own = known(&site.place);
    let listed: Vec<usize> = site.neighbours.iter().filter_map(|row| known(row)).collect();
    let Some(here) = own.and_then(|n| gazetteer.place(n)).map(|place| (place.lat_deg, place.lon_deg)) else {
        return Around { own, near: listed.into_iter().map(|n| (n, 0.0)).collect() };
    };
    let mut near = BTreeMap::new();
    for (n, place) in gazetteer.places().iter().enumerate() {
        let km = km_between(here, (place.lat_deg, place.lon_deg));
        let wide = matches!(place.kind, PlaceKind::Admin | PlaceKind::River | PlaceKind::Land);
        if Some(n) != own && ((km <= site.radius_km && !wide) || listed.contains(&n)) {
            near.insert(n, km);
        }
    }
    Around { own, near }
}
