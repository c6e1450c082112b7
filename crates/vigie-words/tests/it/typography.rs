//! French is set as French printers set it: no-break spaces before : ; ? ! and within « ».

use vigie_words::CATALOGUES;

fn faults_of(line: &str) -> Option<&'static str> {
    if [" :", " ;", " ?", " !", " »", "« "].iter().any(|pair| line.contains(pair)) {
        return Some("an ordinary space where a no-break space belongs");
    }
    if line.contains("''") || line.contains('\u{201c}') {
        return Some("foreign quotation marks: use « »");
    }
    None
}

#[test]
fn french_spaces_do_not_break() {
    let mut found = Vec::new();
    for catalogue in CATALOGUES {
        let lines = catalogue.fr.lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
        for (i, line) in lines {
            if let Some(fault) = faults_of(line) {
                found.push(format!("fr/{}.ftl:{}: {fault}: {}", catalogue.name, i + 1, line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
