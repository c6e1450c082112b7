//! Who may see, write or decide what.
//!
//! A record carries a set of compartments; a person sees it iff **every** one of them is granted. The set
//! is one integer, so the same rule is an SQL row filter (`compartments & ~granted = 0`) and a check in code.

use crate::UserId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant),+ }
        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The word used in addresses, files and tables.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
            /// The value that `word` names.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }
    };
}
pub(crate) use words;

words!(
    /// What a person does here.
    Role {
        /// Runs the watch.
        DutyOfficer = "duty-officer",
        /// Reads the information space.
        Analyst = "analyst",
        /// Drafts answers.
        CommunicationsOfficer = "communications-officer",
        /// Speaks for the mission.
        Spokesperson = "spokesperson",
        /// Verifies a language.
        Verifier = "verifier",
        /// Works with communities.
        LiaisonAssistant = "liaison-assistant",
        /// Sector operations.
        Operations = "operations",
        /// United Nations police.
        Police = "police",
        /// Protection of civilians adviser.
        ProtectionAdviser = "protection-adviser",
        /// Keeps exhibits.
        EvidenceOfficer = "evidence-officer",
        /// Watches over personal data.
        DataProtectionOfficer = "data-protection-officer",
        /// Runs the site; sees no content of cases.
        Administrator = "administrator",
        /// Looks, changes nothing.
        Visitor = "visitor",
    }
);

words!(
    /// Whom a person belongs to.
    Affiliation {
        /// Military component.
        Military = "military",
        /// Police component.
        Police = "police",
        /// Civilian component.
        Civilian = "civilian",
        /// United Nations country team.
        CountryTeam = "country-team",
        /// Host State.
        HostState = "host-state",
        /// Troop or police contributor.
        Contributor = "contributor",
        /// Partner organisation.
        Partner = "partner",
    }
);

words!(
    /// Military, police, civilian.
    Component {
        /// Military.
        Military = "military",
        /// Police.
        Police = "police",
        /// Civilian.
        Civilian = "civilian",
    }
);

words!(
    /// A restricted area of data. The order fixes the bit: append only.
    Compartment {
        /// The mission's day-to-day picture.
        Operations = "operations",
        /// Strategic communications.
        Communications = "communications",
        /// Protection of civilians.
        Protection = "protection",
        /// Conflict-related sexual violence.
        Crsv = "crsv",
        /// Conduct and discipline.
        Conduct = "conduct",
        /// Health.
        Health = "health",
        /// Legal affairs.
        Legal = "legal",
        /// Security of staff and premises.
        Security = "security",
        /// Identities of sources.
        Vault = "vault",
    }
);

words!(
    /// How far a grant goes; each level holds the ones before it.
    Level {
        /// Read.
        See = "see",
        /// Write.
        Write = "write",
        /// Decide.
        Decide = "decide",
    }
);

impl Compartment {
    const fn bit(self) -> u32 {
        1 << (self as u32)
    }

    /// Whether content of this compartment stays out of views and index and is decrypted on demand.
    pub const fn is_protected(self) -> bool {
        !matches!(self, Self::Operations | Self::Communications)
    }
}

/// A set of compartments as one integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "Vec<Compartment>", into = "Vec<Compartment>")]
pub struct Compartments(u32);

impl Compartments {
    /// The set of `compartments`.
    pub fn of(compartments: &[Compartment]) -> Self {
        Self(compartments.iter().fold(0, |bits, c| bits | c.bit()))
    }
    /// The bits, as stored in a row.
    pub const fn bits(self) -> u32 {
        self.0
    }
    /// The set stored in a row.
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }
    /// Whether `one` is in the set.
    pub const fn holds(self, one: Compartment) -> bool {
        self.0 & one.bit() != 0
    }
    /// Whether any compartment of the set is protected.
    pub fn any_protected(self) -> bool {
        self.iter().any(Compartment::is_protected)
    }
    /// The compartments of the set, in order.
    pub fn iter(self) -> impl Iterator<Item = Compartment> {
        Compartment::ALL.iter().copied().filter(move |c| self.holds(*c))
    }
    /// The rule of the whole house: visible iff every compartment of the record is granted.
    pub const fn visible_to(self, granted: Self) -> bool {
        self.0 & !granted.0 == 0
    }
    /// Both sets together.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl From<Vec<Compartment>> for Compartments {
    fn from(list: Vec<Compartment>) -> Self {
        Self::of(&list)
    }
}

impl From<Compartments> for Vec<Compartment> {
    fn from(set: Compartments) -> Self {
        set.iter().collect()
    }
}

/// One line of the rights table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// To whom.
    pub user: UserId,
    /// In which role.
    pub role: Role,
    /// Belonging to whom.
    pub affiliation: Affiliation,
    /// For which compartment.
    pub compartment: Compartment,
    /// How far.
    pub level: Level,
    /// Until when; `None` is until revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// What a person's live grants add up to, at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Granted {
    /// Roles held.
    pub roles: Vec<Role>,
    /// Compartments readable.
    pub see: Compartments,
    /// Compartments writable.
    pub write: Compartments,
    /// Compartments in which the person decides.
    pub decide: Compartments,
}

impl Granted {
    /// Adds up the grants that are live at `now`.
    ///
    /// An administrator's grant opens no compartment: somebody who runs the site and also looks on as a visitor
    /// sees what the visitor's grants open, and nothing through the other role.
    pub fn from_grants<'a>(grants: impl IntoIterator<Item = &'a Grant>, now: Timestamp) -> Self {
        let mut sum = Self::default();
        for grant in grants.into_iter().filter(|g| g.until.is_none_or(|until| now < until)) {
            if !sum.roles.contains(&grant.role) {
                sum.roles.push(grant.role);
            }
            if grant.role == Role::Administrator {
                continue;
            }
            let one = Compartments::of(&[grant.compartment]);
            sum.see = sum.see.with(one);
            if grant.level >= Level::Write {
                sum.write = sum.write.with(one);
            }
            if grant.level >= Level::Decide {
                sum.decide = sum.decide.with(one);
            }
        }
        sum.roles.sort_unstable();
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant(role: Role, compartment: Compartment, level: Level) -> Grant {
        let user = UserId::new(1_795_000_000_000, [1; 10]);
        Grant { user, role, affiliation: Affiliation::Civilian, compartment, level, until: None }
    }

    #[test]
    fn running_the_site_opens_no_compartment() {
        let grants = [
            grant(Role::Administrator, Compartment::Protection, Level::Decide),
            grant(Role::Visitor, Compartment::Operations, Level::See),
        ];
        let sum = Granted::from_grants(&grants, Timestamp::UNIX_EPOCH);
        assert_eq!(sum.roles, [Role::Administrator, Role::Visitor]);
        assert_eq!(sum.see, Compartments::of(&[Compartment::Operations]));
        assert_eq!(sum.decide, Compartments::default());
    }

    #[test]
    fn a_grant_ends_when_it_says() {
        let until = Some(Timestamp::UNIX_EPOCH);
        let over = Grant { until, ..grant(Role::Analyst, Compartment::Operations, Level::Write) };
        assert_eq!(Granted::from_grants([&over], Timestamp::UNIX_EPOCH), Granted::default());
    }
}
