//! Every door of the server and what opens it.
//!
//! The server builds its router against this table: a route that is not here does not exist, and one that is
//! here without a handler is a fault that its test names. A snapshot shows route × role.

use crate::rights::{Permission, may};
use vigie_model::Granted;

/// What a request must carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// Nothing: signing in, health of the process.
    Open,
    /// A live session, whatever its role.
    SignedIn,
    /// The intake key of the source in the path.
    SourceKey,
    /// A session whose role includes this.
    May(Permission),
}

/// HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads, changes nothing.
    Get,
    /// Adds or acts.
    Post,
    /// Replaces.
    Put,
}

impl Method {
    /// As on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
        }
    }
}

/// One door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// Method.
    pub method: Method,
    /// Path with `{parameters}`, as the router writes it.
    pub path: &'static str,
    /// What opens it.
    pub door: Door,
    /// Exists on demonstration stores only.
    pub demo: bool,
}

const fn route(method: Method, path: &'static str, door: Door) -> Route {
    Route { method, path, door, demo: false }
}

const fn get(path: &'static str, door: Door) -> Route {
    route(Method::Get, path, door)
}

const fn post(path: &'static str, door: Door) -> Route {
    route(Method::Post, path, door)
}

const fn demo(route: Route) -> Route {
    Route { demo: true, ..route }
}

use Door::{May, Open, SignedIn, SourceKey};
use Permission as P;

/// Every route of the API. The pages themselves are files without content and stand outside.
pub const ROUTES: &[Route] = &[
    get("/healthz", Open),
    get("/readyz", Open),
    demo(get("/enter/{token}", Open)),
    post("/intake/{source}", SourceKey),
    post("/intake/{source}/k/{key}", SourceKey),
    get("/api/v1/me", Open),
    post("/api/v1/signin", Open),
    post("/api/v1/signin/token", Open),
    post("/api/v1/signout", SignedIn),
    get("/api/v1/monitoring", May(P::SeeMonitoring)),
    get("/api/v1/monitoring/table", May(P::SeeMonitoring)),
    get("/api/v1/narratives/{id}", May(P::SeeMonitoring)),
    get("/api/v1/narratives/{id}/table", May(P::SeeMonitoring)),
    get("/api/v1/narratives/{id}/signals", May(P::SeeMonitoring)),
    get("/api/v1/narratives/{id}/why", May(P::SeeMonitoring)),
    get("/api/v1/narratives/{id}/neighbours", May(P::SeeMonitoring)),
    post("/api/v1/narratives/{id}/neighbours", May(P::Triage)),
    post("/api/v1/narratives/join", May(P::Triage)),
    post("/api/v1/narratives/{id}/join", May(P::Triage)),
    post("/api/v1/narratives/{id}/part", May(P::Triage)),
    get("/api/v1/signals/{id}", May(P::SeeMonitoring)),
    get("/api/v1/entries/{seq}", May(P::SeeEntry)),
    post("/api/v1/acts", May(P::Triage)),
    post("/api/v1/acts/{seq}/undo", May(P::Triage)),
    get("/api/v1/colleagues", May(P::Triage)),
    post("/api/v1/signals", May(P::AddSignal)),
    post("/api/v1/attachments", May(P::AddSignal)),
    get("/api/v1/attachments/{id}", May(P::SeeMonitoring)),
    get("/api/v1/notes", May(P::SeeDutyLog)),
    post("/api/v1/notes", May(P::WriteNote)),
    post("/api/v1/notes/{id}/strike", May(P::WriteNote)),
    get("/api/v1/functions", SignedIn),
    post("/api/v1/functions", May(P::ManageFunctions)),
    post("/api/v1/verifiers", May(P::ManageFunctions)),
    post("/api/v1/narratives/{id}/judgements", May(P::Judge)),
    post("/api/v1/narratives/{id}/second", May(P::Judge)),
    post("/api/v1/narratives/{id}/contests", May(P::Judge)),
    post("/api/v1/narratives/{id}/contests/decide", May(P::DecideContest)),
    post("/api/v1/narratives/{id}/restrict", May(P::Restrict)),
    get("/api/v1/narratives/{id}/loop", May(P::SeeMonitoring)),
    post("/api/v1/signals/{id}/grade", May(P::Judge)),
    get("/api/v1/narratives/{id}/findings", May(P::SeeMonitoring)),
    get("/api/v1/narratives/{id}/suggestions", May(P::SeeMonitoring)),
    post("/api/v1/narratives/{id}/suggestions", May(P::Judge)),
    post("/api/v1/narratives/{id}/share", May(P::Share)),
    get("/api/v1/shares", May(P::SeeSources)),
    get("/api/v1/checks", May(P::SeeSources)),
    post("/api/v1/checks/{name}/withdraw", May(P::ManageSources)),
    post("/api/v1/findings/{id}/answer", May(P::Judge)),
    get("/api/v1/requests", May(P::SeeDesk)),
    post("/api/v1/requests", May(P::WriteDesk)),
    post("/api/v1/requests/{id}/answer", May(P::WriteDesk)),
    get("/api/v1/asked", May(P::AnswerAsked)),
    post("/api/v1/asked/{id}", May(P::AnswerAsked)),
    get("/api/v1/tasks", May(P::SeeDesk)),
    post("/api/v1/tasks", May(P::WriteDesk)),
    get("/api/v1/warnings", May(P::SeeDesk)),
    post("/api/v1/warnings", May(P::WriteDesk)),
    get("/api/v1/sites", May(P::SeeDesk)),
    get("/api/v1/sites/{id}", May(P::SeeDesk)),
    get("/api/v1/incidents", May(P::SeeDesk)),
    post("/api/v1/incidents", May(P::WriteDesk)),
    post("/api/v1/duties/{object}/acknowledge", May(P::WriteDesk)),
    post("/api/v1/duties/{object}/close", May(P::WriteDesk)),
    get("/api/v1/facts", May(P::SeeCommunication)),
    post("/api/v1/facts", May(P::WriteCommunication)),
    post("/api/v1/facts/import", May(P::WriteCommunication)),
    post("/api/v1/facts/{id}/approve", May(P::Clear)),
    post("/api/v1/facts/{id}/withdraw", May(P::Clear)),
    get("/api/v1/mandates", May(P::SeeCommunication)),
    post("/api/v1/mandates", May(P::WriteCommunication)),
    get("/api/v1/mandates/search", May(P::SeeCommunication)),
    get("/api/v1/questions", May(P::SeeCommunication)),
    post("/api/v1/questions", May(P::WriteCommunication)),
    post("/api/v1/questions/{id}/answer", May(P::WriteCommunication)),
    post("/api/v1/questions/{id}/approve", May(P::Clear)),
    get("/api/v1/plans", May(P::SeeCommunication)),
    post("/api/v1/plans", May(P::WriteCommunication)),
    get("/api/v1/responses", May(P::SeeCommunication)),
    post("/api/v1/responses", May(P::WriteCommunication)),
    get("/api/v1/responses/{id}", May(P::SeeCommunication)),
    post("/api/v1/responses/{id}/option", May(P::WriteCommunication)),
    post("/api/v1/responses/{id}/messages", May(P::WriteCommunication)),
    get("/api/v1/messages", May(P::SeeCommunication)),
    get("/api/v1/messages/{id}", May(P::SeeCommunication)),
    post("/api/v1/messages/{id}/verify", May(P::VerifyText)),
    post("/api/v1/messages/{id}/clear", May(P::Clear)),
    post("/api/v1/messages/{id}/return", May(P::Clear)),
    post("/api/v1/messages/{id}/release", May(P::Issue)),
    get("/api/v1/releases", May(P::SeeCommunication)),
    post("/api/v1/releases/{id}/recall", May(P::Issue)),
    get("/api/v1/approvals", May(P::SeeCommunication)),
    post("/api/v1/approvals", May(P::Clear)),
    post("/api/v1/approvals/{id}/end", May(P::Clear)),
    get("/api/v1/contacts", May(P::Issue)),
    post("/api/v1/contacts", May(P::Issue)),
    get("/api/v1/situation", SignedIn),
    post("/api/v1/watch", May(P::WriteDesk)),
    get("/api/v1/reports/digest", May(P::SeeMonitoring)),
    get("/api/v1/reports/shift", May(P::SeeDutyLog)),
    get("/api/v1/clock", May(P::SeeMonitoring)),
    get("/api/v1/sources", May(P::SeeSources)),
    post("/api/v1/sources", May(P::ManageSources)),
    post("/api/v1/sources/{id}/pause", May(P::ManageSources)),
    post("/api/v1/sources/{id}/resume", May(P::ManageSources)),
    post("/api/v1/sources/{id}/test", May(P::ManageSources)),
    post("/api/v1/sources/{id}/key", May(P::ManageSources)),
    get("/api/v1/models", May(P::SeeUsers)),
    post("/api/v1/models/judges/{user}", May(P::ManageUsers)),
    get("/api/v1/users", May(P::SeeUsers)),
    post("/api/v1/users", May(P::ManageUsers)),
    post("/api/v1/users/{id}/revoke", May(P::ManageUsers)),
    post("/api/v1/users/{id}/rights", May(P::ManageUsers)),
    post("/api/v1/users/{id}/invite", May(P::ManageUsers)),
    get("/api/v1/audit", May(P::SeeAccess)),
    get("/api/v1/reading-rules", SignedIn),
    get("/api/v1/notices", May(P::SeeAccess)),
    post("/api/v1/notices/{seq}/explain", May(P::SeeAccess)),
    get("/api/v1/journal", May(P::SeeJournal)),
    post("/api/v1/journal/verify", May(P::VerifyJournal)),
    get("/api/v1/keeping", May(P::SeeKeeping)),
    post("/api/v1/backups", May(P::ManageSite)),
    get("/api/v1/doctor", May(P::ManageSite)),
    post("/api/v1/erasures", May(P::Erase)),
    post("/api/v1/erasures/{id}/agree", May(P::Erase)),
    post("/api/v1/erasures/{id}/refuse", May(P::Erase)),
    post("/api/v1/keeps", May(P::Keep)),
    post("/api/v1/keeps/{id}/lift", May(P::Erase)),
    get("/api/v1/live", SignedIn),
    demo(get("/api/v1/exercise", May(P::SeeExercise))),
    demo(route(Method::Put, "/api/v1/exercise", May(P::ControlExercise))),
    demo(post("/api/v1/exercise/clock", May(P::ControlExercise))),
    demo(post("/api/v1/exercise/tamper", May(P::ControlExercise))),
];

/// What each kind of message of the live stream needs, beside the compartments of what it tells about.
pub const LIVE: &[(&str, Door)] = &[
    ("rows", May(P::SeeMonitoring)),
    ("note", May(P::SeeDutyLog)),
    // Each record by what its own compartment needs: `SeeDesk` or `SeeCommunication`.
    ("desk", SignedIn),
    ("health", May(P::SeeSources)),
    ("link", SignedIn),
    ("reset", SignedIn),
];

/// The route of a method and a path template.
pub fn find(method: &str, path: &str) -> Option<&'static Route> {
    ROUTES.iter().find(|route| route.method.word() == method && route.path == path)
}

impl Door {
    /// Whether a session with these grants opens it; `None` is nobody signed in. An intake key is no session.
    pub fn opens_to(self, session: Option<&Granted>) -> bool {
        match (self, session) {
            (Self::Open, _) | (Self::SignedIn, Some(_)) => true,
            (Self::May(permission), Some(granted)) => may(granted, permission),
            (Self::SourceKey | Self::SignedIn | Self::May(_), _) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::fmt::Write as _;
    use vigie_model::{Compartment, Compartments, Role};

    fn fully_granted(role: Role) -> Granted {
        let all = Compartments::of(Compartment::ALL);
        Granted { roles: vec![role], see: all, write: all, decide: all }
    }

    fn mark(open: bool) -> &'static str {
        if open { "  +" } else { "  ." }
    }

    fn line(route: &Route) -> String {
        let name =
            format!("{:<4} {}{}", route.method.word(), route.path, if route.demo { " (demo)" } else { "" });
        let roles = Role::ALL.iter().map(|role| mark(route.door.opens_to(Some(&fully_granted(*role)))));
        format!("{name:<46}{}{}", mark(route.door.opens_to(None)), roles.collect::<String>())
    }

    fn table() -> String {
        let mut out = String::from(" 0 nobody signed in\n");
        let mut heads = format!("{:<46}  0", "");
        for (i, role) in Role::ALL.iter().enumerate() {
            writeln!(out, "{:>2} {role}", i + 1).expect("a string");
            write!(heads, "{:>3}", i + 1).expect("a string");
        }
        let lines: Vec<String> = ROUTES.iter().map(line).collect();
        format!("{out}\n{heads}\n{}", lines.join("\n"))
    }

    #[test]
    fn every_route_for_every_role() {
        insta::assert_snapshot!(table());
    }

    #[test]
    fn no_route_stands_twice() {
        let unique: BTreeSet<_> = ROUTES.iter().map(|r| (r.method.word(), r.path)).collect();
        assert_eq!(unique.len(), ROUTES.len());
        assert_eq!(find("POST", "/api/v1/acts").map(|r| r.door), Some(May(P::Triage)));
        assert_eq!(find("GET", "/api/v1/acts"), None);
    }

    #[test]
    fn a_visitor_finds_every_changing_door_closed() {
        let visitor = fully_granted(Role::Visitor);
        let open: Vec<_> = ROUTES
            .iter()
            .filter(|r| {
                r.method != Method::Get && matches!(r.door, May(_)) && r.door.opens_to(Some(&visitor))
            })
            .collect();
        assert_eq!(open, Vec::<&Route>::new());
    }

    #[test]
    fn who_is_not_signed_in_finds_only_the_ways_in() {
        let open: Vec<_> = ROUTES.iter().filter(|r| r.door.opens_to(None)).map(|r| r.path).collect();
        assert_eq!(
            open,
            ["/healthz", "/readyz", "/enter/{token}", "/api/v1/me", "/api/v1/signin", "/api/v1/signin/token"]
        );
    }
}
