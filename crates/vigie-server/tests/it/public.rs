//! What the public reads: cleared words and no others.

use crate::first_loop::{People, id, ok, site_as};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};
use tower::ServiceExt as _;
use vigie_server::public::{PublicOptions, router};

const TOMORROW: &str = "2026-11-23T05:00:00Z";
/// The title of the response: nobody clears it.
const WORKING_TITLE: &str = "Carburant";

async fn get(p: &People, path: &str) -> (StatusCode, String) {
    let options = PublicOptions { base: "https://info.example".to_owned(), behind_proxy: false };
    let request = Request::get(path).body(Body::empty()).expect("a request");
    let response = router(p.ground.store.clone(), options).oneshot(request).await.expect("infallible");
    let status = response.status();
    assert!(response.headers().get(header::SET_COOKIE).is_none(), "{path}");
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.expect("a body");
    (status, String::from_utf8(bytes.to_vec()).expect("UTF-8"))
}

/// A message of these texts, as far as the public feed.
async fn fed(p: &People, texts: Value, goes: Value) {
    p.response(30).await;
    ok(&p.draft(&p.officer, 30, 40, 0, texts).await);
    p.verify_all(40).await;
    ok(&p.clear(&p.chief, 40).await);
    let hash = p.message(&p.officer, 40).await["hash"].clone();
    let body = json!({ "client_id": id(50), "hash": hash, "texts": goes, "channel": "feed", "purpose": "répondre",
        "recipients": { "to": "audience", "audience": "tous" }, "expires_at": TOMORROW });
    ok(&p.ground.post(&format!("/api/v1/messages/{}/release", id(40)), &p.officer, body).await);
    let judged = json!({ "client_id": id(1), "truth": "false", "class": "misinformation", "harm": "some",
        "reasons": "bordereau 117" });
    ok(&p.ground.post(&format!("/api/v1/narratives/{}/judgements", p.story), &p.analyst, judged).await);
}

fn text(form: &str, sentences: &[&str], fact: &str) -> Value {
    let sentences: Vec<Value> =
        sentences.iter().map(|said| json!({ "text": said, "facts": [fact] })).collect();
    json!({ "lang": "fr", "form": form, "sentences": sentences })
}

#[tokio::test]
async fn what_goes_out_is_cleared_text_alone_and_no_working_title() {
    let p = site_as(false).await;
    let fact = p.fact(20, "2026-11-25T05:00:00Z").await;
    let post = text("post", &["Le convoi portait des vivres.", "Rien de plus."], &fact);
    fed(&p, json!([post]), json!([["fr", "post"]])).await;
    for path in ["/", "/feed.atom", "/feed.json", "/items/S-26-0001/fr"] {
        let (status, body) = get(&p, path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert!(body.contains("Rien de plus."), "{path}: {body}");
        assert!(!body.contains(WORKING_TITLE), "{path}: {body}");
    }
    let atom = get(&p, "/feed.atom").await.1;
    assert!(atom.contains("<title>Le convoi portait des vivres.</title>"), "its first sentence: {atom}");
    let review = get(&p, "/items/S-26-0001/fr/claim-review.json").await;
    assert_eq!(review.0, StatusCode::NOT_FOUND, "no cleared words say what is reviewed");
}

#[tokio::test]
async fn a_claim_is_reviewed_in_the_words_of_a_cleared_question() {
    let p = site_as(false).await;
    let fact = p.fact(20, "2026-11-25T05:00:00Z").await;
    let sheet = text("qa", &["Que portait le convoi de mardi ?", "Il portait de l'essence."], &fact);
    fed(&p, json!([sheet]), json!([["fr", "qa"]])).await;
    let (status, body) = get(&p, "/items/S-26-0001/fr/claim-review.json").await;
    assert_eq!(status, StatusCode::OK, "{body}");
    let review: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(review["claimReviewed"], "Que portait le convoi de mardi ?");
    assert_eq!(review["reviewRating"]["ratingValue"], 1);
    assert!(!body.contains(WORKING_TITLE));
}
