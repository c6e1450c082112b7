use crate::data;
use vigie_model::Limits;
use vigie_wire::sapient::{self, Decoded};

fn decode(bytes: &[u8]) -> Decoded {
    sapient::decode(bytes, &Limits::RECORDING)
}

fn paths(decoded: &Decoded) -> Vec<(String, String)> {
    let say = |fault: &vigie_model::Fault| {
        let path = fault.args.get("path").cloned().unwrap_or_default();
        (fault.code.clone(), format!("{path} {}", fault.args.get("field").cloned().unwrap_or_default()))
    };
    decoded.faults.iter().map(say).collect()
}

#[test]
fn conformance_sapient_valid_messages_are_accepted() {
    let Some(folder) = data::folder("sapient") else { return };
    let files = data::files(&folder.join("valid"));
    assert!(!files.is_empty());
    for (name, bytes) in &files {
        let decoded = decode(bytes);
        assert_eq!((decoded.records.len(), paths(&decoded)), (1, vec![]), "{name}");
        let framed = decode(&decoded.records[0].to_frame());
        assert_eq!(framed.records.len(), 1, "{name} as a frame");
        assert_eq!(framed.records[0].message, decoded.records[0].message, "{name} as a frame");
        assert_eq!(framed.records[0].to_json(), decoded.records[0].to_json(), "{name} as a frame");
    }
}

/// The words of a file's name that tell where its fault is, in order.
fn named(file: &str) -> Vec<String> {
    let other =
        ["Error", "Missing", "Empty", "FullMessage", "BadId", "Invalid", "json", "LevelMissing", "2", "Sub"];
    if file.starts_with("0117.") {
        // Its name says `Type`; what its track information lacks is the value.
        return vec!["trackinfo".to_owned(), "value".to_owned()];
    }
    let words = file.split('.').skip(1).filter(|word| !other.contains(word));
    words.map(|word| word.trim_end_matches('2').to_lowercase()).collect()
}

fn holds(path: &str, words: &[String]) -> bool {
    let mut rest = path.to_lowercase();
    words.iter().all(|word| match rest.find(word.as_str()) {
        Some(at) => {
            rest = rest.split_off(at + word.len());
            true
        }
        None => false,
    })
}

#[test]
fn conformance_sapient_invalid_messages_are_refused_at_the_field_that_their_name_says() {
    let Some(folder) = data::folder("sapient") else { return };
    let mut elsewhere = Vec::new();
    for (name, bytes) in data::files(&folder.join("invalid")) {
        let decoded = decode(&bytes);
        assert!(decoded.records.is_empty() && !decoded.faults.is_empty(), "{name} is refused");
        let words = named(&name);
        if !paths(&decoded).iter().any(|(_, path)| holds(path, &words)) {
            elsewhere.push((name, paths(&decoded)));
        }
    }
    assert!(elsewhere.is_empty(), "{elsewhere:#?}");
}
