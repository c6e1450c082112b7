//! An erasure reaches everything that runs: the engines' memories, the suggestions, the index, the answers of every route.
//! A real server is asked, before and after, while it runs.

use crate::served::{Served, Site, until};
use crate::vigie;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What names her, and what nobody else says.
const NEEDLES: [&str; 4] = ["Zénaïde", "Kpatindé", "maison bleue", "quartier des tisserands"];
/// What was said of her, by whom and about what it stands beside.
const TOLD: &str = "Zénaïde Kpatindé habite la maison bleue du quartier des tisserands et elle parle chaque soir aux \
    soldats de la base, il faut la chasser cette nuit et brûler la maison";

/// Files below `dir` that hold one of the needles.
fn holding(dir: &Path) -> Vec<(PathBuf, &'static str)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).expect("lists") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(holding(&path));
            continue;
        }
        // A log that was emptied meanwhile is gone.
        let Ok(bytes) = std::fs::read(&path) else { continue };
        for needle in NEEDLES {
            if bytes.windows(needle.len()).any(|window| window == needle.as_bytes()) {
                found.push((path.clone(), needle));
            }
        }
    }
    found
}

/// Every route that can be read, with the ids that were erased and those that stand beside them.
fn routes(ids: &[(&str, &str)], entries: u64) -> Vec<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../openapi.json");
    let text = std::fs::read_to_string(file).expect("the description of the API");
    let api: Value = serde_json::from_str(&text).expect("JSON");
    let mut routes = Vec::new();
    for (path, of) in api["paths"].as_object().expect("paths") {
        if of.get("get").is_none() || path.contains("/live") || path.starts_with("/enter") {
            continue;
        }
        match path.split_once('{') {
            None => routes.push(path.clone()),
            Some(_) if path.ends_with("{seq}") => {
                routes.extend((0..entries).map(|seq| path.replace("{seq}", &seq.to_string())));
            }
            Some((start, rest)) => {
                let (_, end) = rest.split_once('}').expect("a closed name");
                let fits = |kind: &str| start.contains(kind);
                routes.extend(
                    ids.iter().filter(|(kind, _)| fits(kind)).map(|(_, id)| format!("{start}{id}{end}")),
                );
            }
        }
    }
    let more = [
        "/api/v1/monitoring?q=maison",
        "/api/v1/monitoring?q=tisserands",
        "/api/v1/monitoring?state=kept",
        "/api/v1/monitoring/table?format=csv",
        "/api/v1/reports/digest?format=csv",
        "/api/v1/reports/shift?hours=24",
    ];
    routes.extend(more.map(ToOwned::to_owned));
    routes
}

/// What a server that runs says about her, to whoever may see most.
fn said(served: &Served, people: &[String], routes: &[String]) -> Vec<String> {
    let mut said = Vec::new();
    for who in people {
        for route in routes {
            let answer = served.get(route, who);
            assert!(answer.0 != 500 && answer.0 != 429, "{route}: {}", answer.2);
            said.extend(
                NEEDLES.iter().filter(|n| answer.2.contains(**n)).map(|needle| format!("{route}: {needle}")),
            );
        }
    }
    said
}

#[test]
fn f53_what_two_people_erase_is_at_once_in_no_memory_no_answer_and_no_file_of_a_running_site() {
    let site = Site::new();
    let (key, other) = (site.source("radio-birao"), site.source("page-du-marche"));
    let served = site.serve();
    let awa = served.sign_in("awa");
    // Eight accounts say it within seconds; people judge it, so that it may answer and teach; a bystander tells of it.
    let signals: Vec<String> = (0..8).map(|n| served.told("radio-birao", &key, n, TOLD)).collect();
    let story = served.story(&signals[0], &awa);
    assert!(signals.iter().all(|signal| served.story(signal, &awa) == story), "copies stand together");
    let judged = json!({ "client_id": "01928374-0000-7000-8000-0000000000c1", "truth": "false", "class": "hate-speech",
        "harm": "some", "reasons": "Lu et comparé" });
    served.post(&format!("/api/v1/narratives/{story}/judgements"), &awa, &judged);
    let found = until("the burst to be found", || {
        let found = served.get(&format!("/api/v1/narratives/{story}/findings"), &awa).json();
        found["items"].as_array()?.first().map(|_| found.to_string())
    });
    assert!(found.contains("burst"), "{found}");
    let like = TOLD.replace("Zénaïde Kpatindé", "une femme");
    let beside = served.told(
        "page-du-marche",
        &other,
        100,
        "On dit que des soldats de la base parlent chaque soir, il faut brûler la maison cette nuit",
    );
    let beside_story = served.story(&beside, &awa);
    drop(served);
    // An export of before: sealed, its keys stay at home.
    let (dir, sealed) = (site.path("site"), site.path("sealed"));
    assert_eq!(vigie(&["-C", &dir, "export", &sealed]).code, 0);

    // The site runs again: the engines remember from what stands.
    let served = site.serve();
    let people: Vec<String> = ["awa", "dia", "eve", "adm"].map(|name| served.sign_in(name)).to_vec();
    let [awa, dia, eve, _] = people.as_slice() else { panic!("four people") };
    let suggested = |story: &str| served.get(&format!("/api/v1/narratives/{story}/suggestions"), awa).2;
    assert!(suggested(&beside_story).contains(&story), "it may answer: {}", suggested(&beside_story));
    let control = served.told("page-du-marche", &other, 101, &like);
    assert_eq!(served.story(&control, awa), story, "without her name it still is a copy");
    until("the index", || {
        let found = served.get("/api/v1/monitoring?q=tisserands", awa);
        found.2.contains("tisserands").then_some(())
    });
    let entries = served.get("/api/v1/journal", eve).json()["entries"].as_u64().expect("a count");
    let mut ids = vec![("narratives", story.as_str()), ("narratives", &beside_story), ("signals", &control)];
    ids.extend(signals.iter().map(|signal| ("signals", signal.as_str())));
    let mut routes = routes(&ids, entries);
    routes.push(format!("/api/v1/narratives/{story}/table?format=csv"));
    let before = said(&served, std::slice::from_ref(awa), &routes);
    for route in
        ["/api/v1/monitoring:", "/suggestions:", "/signals/", "/reports/digest:", "table?format=csv:"]
    {
        assert!(before.iter().any(|line| line.contains(route)), "{route} said it before: {before:#?}");
    }
    assert!(!holding(Path::new(&dir)).is_empty(), "and files hold it");

    let objects: Vec<String> =
        signals.iter().chain([&control]).map(|signal| format!("signal:{signal}")).collect();
    let asked = json!({ "objects": objects, "reason": "the person asked for it", "basis": "principles, 8" });
    let erasure =
        served.post("/api/v1/erasures", dia, &asked).json()["id"].as_str().expect("an id").to_owned();
    let done = served.post(&format!("/api/v1/erasures/{erasure}/agree"), eve, &json!({})).json();
    assert_eq!((&done["objects"], &done["remnants"]), (&json!(9), &json!([])), "{done}");

    // At once: no route says it to anybody, no file of the site holds it.
    assert_eq!(said(&served, &people, &routes), Vec::<String>::new());
    assert_eq!(holding(Path::new(&dir)), Vec::new());
    assert!(!suggested(&beside_story).contains(&story), "what has no words answers nothing");
    // The reader knows it no more: the same words begin a story of their own, and three accounts make no burst of eleven.
    let mut again = Vec::new();
    for n in 200..203 {
        again.push(served.told("page-du-marche", &other, n, &like));
    }
    let anew = served.story(&again[0], awa);
    assert_ne!(anew, story);
    assert!(again.iter().all(|signal| served.story(signal, awa) == anew));
    std::thread::sleep(Duration::from_secs(3));
    for of in [&anew, &story] {
        let found = served.get(&format!("/api/v1/narratives/{of}/findings"), awa).json();
        assert_eq!(found["items"], json!([]), "{of}");
    }
    // The engines run on.
    let log = std::fs::read_to_string(site.path("log")).expect("a log");
    assert!(!log.contains("engine stopped"), "{log}");
    // Repeated by the gateway it is known and not recorded.
    let head = format!("Authorization: Bearer {key}\r\n");
    let body = json!({ "id": "0", "text": TOLD, "author": "compte-0", "lang": "fr" }).to_string();
    let repeated = served.ask("POST", "/intake/radio-birao", &head, &body);
    assert_eq!(
        (repeated.0, &repeated.json()["repeated"], repeated.json()["id"].as_str()),
        (202, &json!(true), Some(signals[0].as_str()))
    );
    let objects: Vec<String> = again.iter().map(|signal| format!("signal:{signal}")).collect();
    let asked = json!({ "objects": objects, "reason": "the person asked for it", "basis": "principles, 8" });
    let erasure =
        served.post("/api/v1/erasures", dia, &asked).json()["id"].as_str().expect("an id").to_owned();
    served.post(&format!("/api/v1/erasures/{erasure}/agree"), eve, &json!({}));
    drop(served);

    // What leaves from now on does not hold it, and what left sealed has no key any more.
    let open = site.path("open");
    assert_eq!(vigie(&["-C", &dir, "export", &open, "--open"]).code, 0);
    for folder in [&dir, &open, &sealed] {
        assert_eq!(holding(Path::new(folder)), Vec::new(), "{folder}");
    }
    assert_eq!(vigie(&["-C", &dir, "rebuild"]).code, 0);
    assert_eq!(vigie(&["-C", &dir, "verify"]).code, 0);
    assert_eq!(vigie(&["verify", &open]).code, 0);
}
