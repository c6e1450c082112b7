//! Who may do what, and who sees which record: one table, read by every route and every query.
//!
//! Two questions, always both: does the *role* include the act ([`may`]), and is every *compartment* of the
//! record open to the person at the level the act needs ([`may_on`], [`visible`])? The row filter of SQL
//! and the check in code are the same rule; a property test holds them together.
//!
//! The administrator runs sources, accounts and the journal and sees no content. The visitor looks and
//! changes nothing. The data-protection officer sees who has access and that the journal is whole, not what
//! is in it. Liaison assistants bring signals in and read nothing back: what they know can endanger them.

use vigie_model::{Compartments, Granted, Level, Role};

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $word:literal $level:ident;)+) => {
        /// Something a person may do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Permission { $($(#[$doc])* $name),+ }

        impl Permission {
            /// Every permission.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word that screens and `GET /me` use.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// How far a grant must go; `None` where the permission is about the site and not about content.
            pub const fn level(self) -> Option<Level> {
                match self { $(Self::$name => permissions!(@level $level)),+ }
            }
        }
    };
    (@level Site) => { None };
    (@level $level:ident) => { Some(Level::$level) };
}

permissions! {
    /// Read the queue, narratives, signals and their files.
    SeeMonitoring = "monitoring.see" See;
    /// Keep, dismiss, assign, label, undo.
    Triage = "triage" Write;
    /// Add a signal by hand, with files.
    AddSignal = "signal.add" Write;
    /// Read the duty log.
    SeeDutyLog = "note.see" See;
    /// Write in the duty log, strike and correct.
    WriteNote = "note.write" Write;
    /// Read an entry of the sealed record with its proof; its compartments count as for any record.
    SeeEntry = "entry.see" Site;
    /// See what waits for whom: requests, tasks, warnings, incidents, functions.
    SeeDesk = "desk.see" See;
    /// Ask, give, warn, report, acknowledge, answer, close.
    WriteDesk = "desk.write" Write;
    /// Read what is asked of a function that one holds, and reply to it; nothing else of the desk.
    AnswerAsked = "asked.answer" Write;
    /// Judge a narrative, agree with a judgement, note an objection.
    Judge = "judge" Write;
    /// Decide an objection.
    DecideContest = "contest.decide" Decide;
    /// Move a narrative into a restricted compartment.
    Restrict = "restrict" Write;
    /// See responses, messages, facts, mandate, plans, questions, releases.
    SeeCommunication = "communication.see" See;
    /// Draft facts, answers, plans, responses and messages.
    WriteCommunication = "communication.write" Write;
    /// Answer for texts in a language, where named for it.
    VerifyText = "message.verify" See;
    /// Approve facts and answers, clear messages, give and end standing approvals.
    Clear = "message.clear" Decide;
    /// Issue what is cleared.
    Issue = "message.issue" Write;
    /// Give a narrative to a partner.
    Share = "narrative.share" Write;
    /// Name functions, their holders and verifiers.
    ManageFunctions = "function.manage" Site;
    /// See sources and their health.
    SeeSources = "source.see" Site;
    /// Register, pause, resume and test sources, issue their keys.
    ManageSources = "source.manage" Site;
    /// See who works here (to assign a narrative), without their grants.
    SeeUsers = "user.see" Site;
    /// See who has been granted what.
    SeeAccess = "access.see" Site;
    /// Make accounts, grant and revoke.
    ManageUsers = "user.manage" Site;
    /// See the state of the sealed record.
    SeeJournal = "journal.see" Site;
    /// Have the sealed record checked from the first entry to the last.
    VerifyJournal = "journal.verify" Site;
    /// See backups, erasures, retention runs and what is kept.
    SeeKeeping = "keeping.see" Site;
    /// Look after the site: see how it stands, have it back itself up now.
    ManageSite = "site.manage" Site;
    /// Ask for an erasure, and agree with somebody else's; lift a keep.
    Erase = "content.erase" Site;
    /// Keep a signal or a narrative beyond its retention.
    Keep = "content.keep" See;
    /// Follow a demonstration or an exercise.
    SeeExercise = "exercise.see" Site;
    /// Run a demonstration or an exercise: pace, link, steps, clock.
    ControlExercise = "exercise.control" Site;
}

/// What everybody includes who works on stories: sees them, brings signals in, judges, asks, answers.
const STAFF: &[Permission] = {
    use Permission as P;
    &[
        P::SeeMonitoring,
        P::Triage,
        P::AddSignal,
        P::SeeDutyLog,
        P::WriteNote,
        P::SeeEntry,
        P::SeeSources,
        P::SeeUsers,
        P::SeeJournal,
        P::SeeDesk,
        P::WriteDesk,
        P::Judge,
        P::Restrict,
        P::SeeCommunication,
        P::VerifyText,
        P::SeeExercise,
    ]
};

/// The table: whether a role includes a permission.
pub fn includes(role: Role, permission: Permission) -> bool {
    let staff = matches!(
        role,
        Role::DutyOfficer
            | Role::Analyst
            | Role::CommunicationsOfficer
            | Role::Operations
            | Role::Police
            | Role::ProtectionAdviser
    );
    staff && STAFF.contains(&permission) || own(role).contains(&permission)
}

/// What a role includes besides what all staff does.
const fn own(role: Role) -> &'static [Permission] {
    use Permission as P;
    match role {
        Role::DutyOfficer => {
            &[P::VerifyJournal, P::DecideContest, P::Issue, P::Share, P::ControlExercise, P::Keep]
        }
        Role::Analyst => &[P::VerifyJournal],
        Role::CommunicationsOfficer => {
            &[P::DecideContest, P::WriteCommunication, P::Clear, P::Issue, P::Share]
        }
        Role::Operations | Role::Police | Role::ProtectionAdviser => &[P::DecideContest, P::Clear],
        Role::Spokesperson => &[
            P::SeeMonitoring,
            P::SeeDutyLog,
            P::SeeEntry,
            P::SeeDesk,
            P::DecideContest,
            P::SeeCommunication,
            P::WriteCommunication,
            P::VerifyText,
            P::Clear,
            P::Issue,
            P::Share,
            P::SeeExercise,
        ],
        Role::Verifier => {
            &[P::SeeMonitoring, P::SeeEntry, P::SeeCommunication, P::VerifyText, P::SeeExercise]
        }
        Role::LiaisonAssistant => &[P::AddSignal, P::AnswerAsked, P::SeeExercise],
        Role::EvidenceOfficer => &[
            P::SeeMonitoring,
            P::SeeDutyLog,
            P::SeeEntry,
            P::SeeSources,
            P::SeeJournal,
            P::VerifyJournal,
            P::SeeDesk,
            P::SeeKeeping,
            P::Erase,
            P::Keep,
            P::SeeExercise,
        ],
        Role::DataProtectionOfficer => &[
            P::SeeEntry,
            P::SeeSources,
            P::SeeUsers,
            P::SeeAccess,
            P::SeeJournal,
            P::VerifyJournal,
            P::SeeKeeping,
            P::Erase,
            P::SeeExercise,
        ],
        Role::Administrator => &[
            P::SeeSources,
            P::ManageSources,
            P::SeeUsers,
            P::SeeAccess,
            P::ManageUsers,
            P::SeeJournal,
            P::VerifyJournal,
            P::ManageFunctions,
            P::SeeKeeping,
            P::ManageSite,
            P::SeeExercise,
            P::ControlExercise,
        ],
        Role::Visitor => &[
            P::SeeMonitoring,
            P::SeeDutyLog,
            P::SeeEntry,
            P::SeeDesk,
            P::SeeCommunication,
            P::SeeSources,
            P::SeeJournal,
            P::SeeExercise,
        ],
    }
}

/// Whether a role held includes `permission` and, where it is about content, at least one compartment is
/// open at the level it needs.
pub fn may(granted: &Granted, permission: Permission) -> bool {
    let in_role = granted.roles.iter().any(|role| includes(*role, permission));
    let open = permission.level().is_none_or(|level| opened(granted, level).bits() != 0);
    in_role && open
}

/// Whether `permission` extends to one record.
pub fn may_on(granted: &Granted, permission: Permission, record: Compartments) -> bool {
    let level = permission.level().unwrap_or(Level::See);
    may(granted, permission) && record.visible_to(opened(granted, level))
}

/// Every permission held, as `GET /me` lists them.
pub fn held(granted: &Granted) -> Vec<Permission> {
    Permission::ALL.iter().copied().filter(|permission| may(granted, *permission)).collect()
}

/// The compartments open at `level`.
pub const fn opened(granted: &Granted, level: Level) -> Compartments {
    match level {
        Level::See => granted.see,
        Level::Write => granted.write,
        Level::Decide => granted.decide,
    }
}

/// Whether a record is visible: **every** compartment on it is granted. The same rule as [`VISIBLE_SQL`].
pub const fn visible(record: Compartments, granted: &Granted) -> bool {
    record.visible_to(granted.see)
}

/// The row filter; its one parameter is the bits of what is granted for seeing.
pub const VISIBLE_SQL: &str = "(compartments & ~?) = 0";

/// The row filter for a column and a parameter of another name: `visible_sql("n.compartments", ":see")`.
///
/// Both are names written in our own source, never input.
pub fn visible_sql(column: &'static str, parameter: &'static str) -> String {
    format!("({column} & ~{parameter}) = 0")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rusqlite::Connection;
    use vigie_model::{Compartment, Level};

    fn person(role: Role, compartments: &[Compartment], level: Level) -> Granted {
        let set = Compartments::of(compartments);
        let at = |needed: Level| if level >= needed { set } else { Compartments::default() };
        Granted { roles: vec![role], see: set, write: at(Level::Write), decide: at(Level::Decide) }
    }

    fn records(bits: &[u32]) -> Connection {
        let store = Connection::open_in_memory().expect("a database in memory");
        store
            .execute("CREATE TABLE record (id INTEGER PRIMARY KEY, compartments INTEGER NOT NULL)", [])
            .expect("a table");
        for (id, one) in bits.iter().enumerate() {
            store.execute("INSERT INTO record VALUES (?, ?)", (id as i64, one)).expect("a row");
        }
        store
    }

    fn seen_by_sql(store: &Connection, filter: &str, granted: &Granted) -> Vec<usize> {
        let query = format!("SELECT id FROM record WHERE {filter} ORDER BY id");
        let mut statement = store.prepare(&query).expect("the row filter is SQL");
        let rows = statement.query_map([granted.see.bits()], |row| row.get::<_, i64>(0)).expect("a query");
        rows.map(|id| usize::try_from(id.expect("an id")).expect("small")).collect()
    }

    proptest! {
        #[test]
        fn the_row_filter_and_the_check_in_code_open_the_same_records(
            bits in prop::collection::vec(0u32..512, 0..40),
            see in 0u32..512,
        ) {
            let granted = Granted { see: Compartments::from_bits(see), ..Granted::default() };
            let by_code: Vec<usize> = (0..bits.len())
                .filter(|i| visible(Compartments::from_bits(bits[*i]), &granted))
                .collect();
            let store = records(&bits);
            prop_assert_eq!(&seen_by_sql(&store, VISIBLE_SQL, &granted), &by_code);
            prop_assert_eq!(&seen_by_sql(&store, &visible_sql("record.compartments", ":see"), &granted), &by_code);
        }

        #[test]
        fn one_compartment_more_on_a_record_never_opens_it(record in 0u32..512, more in 0u32..512, see in 0u32..512) {
            let granted = Granted { see: Compartments::from_bits(see), ..Granted::default() };
            let wider = Compartments::from_bits(record | more);
            prop_assert!(!visible(wider, &granted) || visible(Compartments::from_bits(record), &granted));
        }
    }

    #[test]
    fn the_administrator_runs_the_site_and_sees_no_content() {
        let admin = person(Role::Administrator, Compartment::ALL, Level::Decide);
        for content in
            [Permission::SeeMonitoring, Permission::SeeDutyLog, Permission::SeeEntry, Permission::Triage]
        {
            assert!(!may(&admin, content), "{}", content.word());
        }
        for site in [Permission::ManageSources, Permission::ManageUsers, Permission::VerifyJournal] {
            assert!(may(&admin, site), "{}", site.word());
        }
    }

    #[test]
    fn the_visitor_looks_and_changes_nothing() {
        let visitor = person(Role::Visitor, &[Compartment::Operations], Level::Decide);
        assert!(may(&visitor, Permission::SeeMonitoring));
        for permission in held(&visitor) {
            let (_, verb) = permission.word().split_once('.').expect("noun.verb");
            assert_eq!(verb, "see", "{}", permission.word());
        }
    }

    #[test]
    fn a_liaison_assistant_brings_in_and_answers_and_reads_nothing_else() {
        let liaison = person(Role::LiaisonAssistant, Compartment::ALL, Level::Decide);
        assert_eq!(held(&liaison), [Permission::AddSignal, Permission::AnswerAsked, Permission::SeeExercise]);
        let others = Role::ALL.iter().filter(|role| **role != Role::LiaisonAssistant);
        assert!(
            others.into_iter().all(|role| !includes(*role, Permission::AnswerAsked)),
            "a page of their own"
        );
    }

    #[test]
    fn the_data_protection_officer_sees_access_and_no_text() {
        let officer = person(Role::DataProtectionOfficer, &[Compartment::Operations], Level::See);
        assert!(may(&officer, Permission::SeeAccess) && may(&officer, Permission::SeeJournal));
        assert!(!may(&officer, Permission::SeeMonitoring) && !may(&officer, Permission::ManageUsers));
    }

    #[test]
    fn an_analyst_who_may_only_read_does_not_decide() {
        let reader = person(Role::Analyst, &[Compartment::Operations], Level::See);
        assert!(may(&reader, Permission::SeeMonitoring) && !may(&reader, Permission::Triage));
        let writer = person(Role::Analyst, &[Compartment::Operations], Level::Write);
        assert!(may(&writer, Permission::Triage));
    }

    #[test]
    fn one_closed_compartment_closes_the_whole_record() {
        let analyst = person(Role::Analyst, &[Compartment::Operations], Level::Write);
        let both = Compartments::of(&[Compartment::Operations, Compartment::Crsv]);
        assert!(!may_on(&analyst, Permission::SeeMonitoring, both));
        assert!(may_on(&analyst, Permission::Triage, Compartments::of(&[Compartment::Operations])));
    }

    #[test]
    fn nobody_without_a_grant_may_do_anything() {
        assert_eq!(held(&Granted::default()), []);
        let without_compartment = Granted { roles: vec![Role::DutyOfficer], ..Granted::default() };
        assert!(!may(&without_compartment, Permission::SeeMonitoring));
    }
}
