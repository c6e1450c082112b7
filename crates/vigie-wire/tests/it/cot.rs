use crate::data;
use vigie_model::Limits;
use vigie_wire::cot::{self, Decoded};

fn decode(bytes: &[u8]) -> Decoded {
    cot::decode(bytes, &Limits::RECORDING)
}

#[test]
fn conformance_cot_examples_are_read_and_written_again() {
    let Some(folder) = data::folder("cot") else { return };
    let files = data::files(&folder.join("examples"));
    let examples: Vec<_> = files
        .iter()
        .filter(|(name, _)| std::path::Path::new(name).extension().is_some_and(|ending| ending == "cot"))
        .collect();
    assert_eq!(examples.len(), 12);
    for (name, bytes) in examples {
        let first = decode(bytes);
        assert_eq!((first.records.len(), &first.faults), (1, &vec![]), "{name}");
        let xml = first.records[0].event.to_xml();
        let second = decode(xml.as_bytes());
        assert_eq!(second.records[0].event, first.records[0].event, "{name}");
        assert_eq!(second.records[0].event.to_xml(), xml, "{name}");
    }
}
