//! Coming in, staying, and being kept out.

use crate::ground::{Ground, HOST, PASSWORD, request};
use axum::body::Body;
use axum::http::{StatusCode, header};
use serde_json::json;
use vigie_model::{Actor, Compartment, Role, User};
use vigie_server::{FIRST_ADMIN_MINUTES, WelcomeError, first_admin_token, set_password};

async fn sign_in(ground: &Ground, name: &str, password: &str) -> crate::ground::Answer {
    ground.post("/api/v1/signin", "", json!({ "name": name, "password": password })).await
}

fn with_password(ground: &mut Ground, name: &str) {
    let id = ground.account(name, Role::DutyOfficer, &[Compartment::Operations]);
    let user =
        User { id, name: name.to_owned(), display: name.to_owned(), lang: "en".to_owned(), component: None };
    set_password(&ground.store, Actor::Console, &user, PASSWORD).expect("a good password");
}

#[tokio::test]
async fn a_person_comes_in_and_goes() {
    let mut ground = Ground::new(false);
    with_password(&mut ground, "amina");
    let signed_out = ground.get("/api/v1/me", "").await;
    assert_eq!(signed_out.status, StatusCode::OK);
    assert!(signed_out.json()["user"].is_null() && signed_out.json()["may"] == json!([]));

    let answer = sign_in(&ground, " Amina ", PASSWORD).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
    let line = answer.headers[header::SET_COOKIE].to_str().expect("text").to_owned();
    assert!(line.contains("HttpOnly") && line.contains("SameSite=Strict"), "{line}");
    assert!(!line.contains("Secure"), "plain HTTP on this machine: {line}");

    let me = ground.get("/api/v1/me", &answer.cookie()).await.json();
    assert_eq!(me["user"]["name"], "amina");
    assert_eq!(me["roles"], json!(["duty-officer"]));
    assert!(me["may"].as_array().expect("list").contains(&json!("triage")));
    assert_eq!(me["site"]["mission"], "MINUT");

    let out = ground.post("/api/v1/signout", &answer.cookie(), json!({})).await;
    assert_eq!(out.status, StatusCode::NO_CONTENT);
    assert!(ground.get("/api/v1/me", &answer.cookie()).await.json()["user"].is_null());
    assert_eq!(ground.count("user.signed_in"), 1);
}

#[tokio::test]
async fn a_session_ends_after_twelve_idle_hours_and_is_not_revived() {
    let mut ground = Ground::new(false);
    with_password(&mut ground, "amina");
    let cookie = sign_in(&ground, "amina", PASSWORD).await.cookie();
    for _ in 0..3 {
        ground.later(11 * 3_600);
        assert!(!ground.get("/api/v1/me", &cookie).await.json()["user"].is_null(), "used, so it lives on");
    }
    ground.later(12 * 3_600);
    assert!(ground.get("/api/v1/me", &cookie).await.json()["user"].is_null());
    let again = sign_in(&ground, "amina", PASSWORD).await.cookie();
    assert_ne!(again, cookie);
}

#[tokio::test]
async fn a_session_ends_after_seven_days_whatever_happens() {
    let mut ground = Ground::new(false);
    with_password(&mut ground, "amina");
    let cookie = sign_in(&ground, "amina", PASSWORD).await.cookie();
    for _ in 0..(7 * 24 / 6 - 1) {
        ground.later(6 * 3_600);
        assert!(!ground.get("/api/v1/me", &cookie).await.json()["user"].is_null());
    }
    ground.later(6 * 3_600);
    assert!(ground.get("/api/v1/me", &cookie).await.json()["user"].is_null());
}

#[tokio::test]
async fn f47_a_new_site_has_no_account_and_one_code_that_expires() {
    let ground = Ground::new(false);
    for name in ["admin", "administrator", "root", "vigie"] {
        let answer = sign_in(&ground, name, "admin").await;
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::UNAUTHORIZED, "VG-AUTH-001"));
    }
    let token = first_admin_token(&ground.store).expect("a code");
    assert_eq!(token.len(), 22, "128 bits in the alphabet of addresses");
    let come = |token: &str, password: &str| json!({ "token": token, "name": "ousmane", "display": "Ousmane T.", "password": password, "lang": "fr" });
    let short = ground.post("/api/v1/signin/token", "", come(&token, "short")).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY, "and the code is not used up");
    let wrong = ground.post("/api/v1/signin/token", "", come("AAAAAAAAAAAAAAAAAAAAAA", PASSWORD)).await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);

    let answer = ground.post("/api/v1/signin/token", "", come(&token, PASSWORD)).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
    let me = ground.get("/api/v1/me", &answer.cookie()).await.json();
    assert_eq!(me["roles"], json!(["administrator"]));
    let queue = ground.get("/api/v1/monitoring", &answer.cookie()).await;
    assert_eq!(queue.status, StatusCode::FORBIDDEN, "runs the site, reads no content");

    let again = ground.post("/api/v1/signin/token", "", come(&token, PASSWORD)).await;
    assert_eq!(again.status, StatusCode::UNAUTHORIZED, "works once");
    assert!(matches!(first_admin_token(&ground.store), Err(WelcomeError::AlreadyStaffed)));
    let leaves = ground.leaves();
    assert!(!leaves.iter().any(|(_, leaf)| leaf.to_string().contains(&token)), "never in the journal");
}

#[tokio::test]
async fn f47_the_code_is_dead_after_fifteen_minutes() {
    let ground = Ground::new(false);
    let token = first_admin_token(&ground.store).expect("a code");
    ground.later(FIRST_ADMIN_MINUTES * 60);
    let told =
        json!({ "token": token, "name": "ousmane", "display": "O", "password": PASSWORD, "lang": "fr" });
    let answer = ground.post("/api/v1/signin/token", "", told).await;
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::UNAUTHORIZED, "VG-AUTH-004"));
}

#[tokio::test]
async fn f48_guessing_is_slowed_says_so_and_unlocks_by_itself() {
    let mut ground = Ground::new(false);
    with_password(&mut ground, "amina");
    let mut slowed = None;
    for _ in 0..8 {
        let answer = sign_in(&ground, "amina", "wrong password 1").await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            slowed = Some(answer);
            break;
        }
        assert_eq!(answer.code(), "VG-AUTH-001");
    }
    let slowed = slowed.expect("slowed after a few tries");
    assert_eq!(slowed.code(), "VG-AUTH-003");
    assert!(slowed.headers.contains_key(header::RETRY_AFTER));
    assert_eq!(sign_in(&ground, "amina", PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS);
    ground.later(300);
    assert_eq!(sign_in(&ground, "amina", PASSWORD).await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_closed_account_is_out_at_once() {
    let mut ground = Ground::new(false);
    with_password(&mut ground, "amina");
    let amina = sign_in(&ground, "amina", PASSWORD).await.cookie();
    let (_, admin) = ground.person("chef", Role::Administrator, &[Compartment::Operations]);
    let users = ground.get("/api/v1/users", &admin).await.json();
    let id = users["items"][0]["id"].as_str().expect("amina is first by name").to_owned();
    let gone = ground.post(&format!("/api/v1/users/{id}/revoke"), &admin, json!({})).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT, "{}", gone.body);
    assert_eq!(ground.get("/api/v1/monitoring", &amina).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(sign_in(&ground, "amina", PASSWORD).await.code(), "VG-AUTH-001");
}

#[tokio::test]
async fn an_invited_person_sets_a_password_once() {
    let mut ground = Ground::new(false);
    let (_, admin) = ground.person("chef", Role::Administrator, &[Compartment::Operations]);
    let told = json!({ "name": "Moussa.K", "display": "Moussa K.", "lang": "fr", "role": "analyst",
        "affiliation": "civilian", "compartments": ["operations"], "level": "write" });
    let added = ground.post("/api/v1/users", &admin, told.clone()).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.body);
    let invite = added.json()["invite"].as_str().expect("an invitation").to_owned();
    assert_eq!(ground.post("/api/v1/users", &admin, told).await.code(), "VG-AUTH-015");
    let come = json!({ "token": invite, "password": PASSWORD });
    let answer = ground.post("/api/v1/signin/token", "", come.clone()).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
    assert_eq!(ground.post("/api/v1/signin/token", "", come).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(sign_in(&ground, "moussa.k", PASSWORD).await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_demonstration_link_signs_in_with_one_click_and_exists_nowhere_else() {
    let mut demo = Ground::new(true);
    let id = demo.account("permanence", Role::DutyOfficer, &[Compartment::Operations]);
    let token = vigie_server::enter_token(&demo.store, id).expect("a demo store");
    for _ in 0..2 {
        let answer = demo.get(&format!("/enter/{token}"), "").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(answer.headers[header::LOCATION], "/");
        assert_eq!(demo.get("/api/v1/me", &answer.cookie()).await.json()["user"]["name"], "permanence");
    }
    assert_eq!(demo.get("/enter/AAAAAAAAAAAAAAAAAAAAAA", "").await.status, StatusCode::NOT_FOUND);

    let mut real = Ground::new(false);
    let id = real.account("permanence", Role::DutyOfficer, &[Compartment::Operations]);
    assert!(matches!(vigie_server::enter_token(&real.store, id), Err(WelcomeError::NotADemo)));
    assert_eq!(real.get("/enter/AAAAAAAAAAAAAAAAAAAAAA", "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(real.get("/api/v1/exercise", "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn f56_a_page_of_another_site_cannot_act_here() {
    let mut ground = Ground::new(false);
    let (_, cookie) = ground.person("amina", Role::DutyOfficer, &[Compartment::Operations]);
    let note = json!({ "client_id": "01928374-0000-7000-8000-000000000001", "text": "forged" }).to_string();
    let post = |origin: Option<&str>, kind: &str| {
        let mut request = request("POST", "/api/v1/notes", &cookie).header(header::CONTENT_TYPE, kind);
        if let Some(origin) = origin {
            request = request.header(header::ORIGIN, origin);
        }
        request.body(Body::from(note.clone())).expect("a request")
    };
    for origin in [None, Some("null"), Some("https://localhost:8600"), Some("http://evil.example")] {
        let answer = ground.ask(post(origin, "application/json")).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (StatusCode::FORBIDDEN, "VG-AUTH-012"),
            "{origin:?}"
        );
    }
    let ours = format!("http://{HOST}");
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"] {
        let answer = ground.ask(post(Some(&ours), kind)).await;
        assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind}");
    }
    assert_eq!(ground.count("note.written"), 0);
    let rebound = axum::http::Request::builder().uri("/api/v1/me").header(header::HOST, "evil.example:8600");
    let answer = ground.ask(rebound.body(Body::empty()).expect("a request")).await;
    assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST, "a stranger's name pointed at this machine");
    assert_eq!(ground.ask(post(Some(&ours), "application/json")).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn f56_answers_cannot_be_framed_sniffed_or_kept() {
    let ground = Ground::new(false);
    for path in ["/", "/api/v1/me", "/api/v1/nothing", "/healthz"] {
        let answer = ground.get(path, "").await;
        let header = |name: &str| answer.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
        assert!(header("content-security-policy").contains("default-src 'self'"), "{path}");
        assert!(header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert!(!header("x-request-id").is_empty(), "{path}");
    }
    assert_eq!(ground.get("/api/v1/me", "").await.headers[header::CACHE_CONTROL], "no-store");
}

#[tokio::test]
async fn rights_are_given_anew_and_a_forgotten_password_is_renewed_by_an_administrator() {
    let mut ground = Ground::new(false);
    let (chief_id, chief) = ground.person("chef", Role::Administrator, &[Compartment::Operations]);
    let (id, person) = ground.person("amina", Role::Analyst, &[Compartment::Operations]);
    let rights = json!({ "role": "evidence-officer", "affiliation": "civilian", "level": "see", "compartments": ["legal", "operations"] });
    let path = format!("/api/v1/users/{id}/rights");
    assert_eq!(ground.post(&path, &person, rights.clone()).await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        ground.post(&format!("/api/v1/users/{chief_id}/rights"), &chief, rights.clone()).await.status,
        StatusCode::CONFLICT
    );
    assert_eq!(ground.post(&path, &chief, rights).await.status, StatusCode::NO_CONTENT);
    let me = ground.get("/api/v1/me", &person).await.json();
    assert_eq!(
        me["roles"],
        json!(["evidence-officer"]),
        "instead of what was there, and the session goes on"
    );
    // Also after every right had ended.
    assert_eq!(
        ground.post(&format!("/api/v1/users/{id}/revoke"), &chief, json!({})).await.status,
        StatusCode::NO_CONTENT
    );
    let rights = json!({ "role": "analyst", "affiliation": "civilian", "level": "write", "compartments": ["operations"] });
    assert_eq!(ground.post(&path, &chief, rights).await.status, StatusCode::NO_CONTENT);
    let nowhere = format!("/api/v1/users/{}/rights", vigie_model::UserId::new(1, [1; 10]));
    let rights = json!({ "role": "visitor", "affiliation": "civilian", "level": "see", "compartments": ["operations"] });
    assert_eq!(ground.post(&nowhere, &chief, rights).await.status, StatusCode::NOT_FOUND);

    let told = ground.post(&format!("/api/v1/users/{id}/invite"), &chief, json!({})).await;
    let code = told.json()["invite"].as_str().expect("a code").to_owned();
    assert_eq!(ground.count("user.invited"), 1, "whoever gave the code stands in the record");
    let new = json!({ "token": code, "password": "un-autre-mot-de-passe-long" });
    assert_eq!(ground.post("/api/v1/signin/token", "", new.clone()).await.status, StatusCode::NO_CONTENT);
    assert_ne!(ground.post("/api/v1/signin/token", "", new).await.status, StatusCode::NO_CONTENT, "once");
    let known = json!({ "name": "amina", "password": "un-autre-mot-de-passe-long" });
    assert_eq!(ground.post("/api/v1/signin", "", known).await.status, StatusCode::NO_CONTENT);
}
