//! `vigie language`: names the language of each line of a file; no site is needed.

use crate::cli::Language;
use crate::say::{DONE, Failure, Say};
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use vigie_model::{Language as Named, Limits};
use vigie_text::{language, normalise};

/// Runs the command: one answer a line, in the order of the file, on standard output.
pub fn run(args: &Language, say: &Say) -> Result<u8, Failure> {
    let unreadable = |cause: std::io::Error| {
        Failure::told("file-unreadable").with("path", args.file.display()).with("cause", cause)
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut answer = |text: &str| {
        let found = language(&normalise(text), args.hint.as_deref());
        writeln!(out, "{}", if say.json() { json(&found) } else { line(&found) })
    };
    let done = if args.file.as_os_str() == "-" {
        each_line(BufReader::new(std::io::stdin().lock()), &mut answer)
    } else {
        each_line(BufReader::new(File::open(&args.file).map_err(unreadable)?), &mut answer)
    };
    match done.and_then(|()| out.flush()) {
        // Whoever reads our answers has had enough: `vigie language FILE | head`.
        Err(cause) if cause.kind() == std::io::ErrorKind::BrokenPipe => Ok(DONE),
        other => other.map(|()| DONE).map_err(unreadable),
    }
}

/// Hands each line over; of a line without an end only the beginning is read into memory.
fn each_line(
    mut input: impl BufRead,
    answer: &mut impl FnMut(&str) -> std::io::Result<()>,
) -> std::io::Result<()> {
    let most = Limits::SIGNAL.field_bytes_max as u64;
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        if input.by_ref().take(most).read_until(b'\n', &mut bytes)? == 0 {
            return Ok(());
        }
        if bytes.last() != Some(&b'\n') {
            input.skip_until(b'\n')?;
        }
        answer(String::from_utf8_lossy(&bytes).trim())?;
    }
}

/// Tag, confidence, script and second language, parted by tabs; `und` alone where nothing is known.
fn line(found: &Named) -> String {
    if found.tag == "und" {
        return found.tag.clone();
    }
    let confidence = found.confidence.map_or_else(|| "-".to_owned(), |c| format!("{c:.2}"));
    let second = found.second.as_ref().map(|tag| format!("\t{tag}")).unwrap_or_default();
    format!("{}\t{confidence}\t{}{second}", found.tag, found.script)
}

fn json(found: &Named) -> String {
    let mut answer = serde_json::json!({
        "lang": found.tag,
        "script": found.script,
        "basis": found.basis.word(),
        "model": vigie_text::MODEL_VERSION,
    });
    if let Some(confidence) = found.confidence {
        answer["confidence"] = confidence.into();
    }
    if let Some(second) = &found.second {
        answer["second"] = second.as_str().into();
    }
    answer.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(input: &[u8]) -> Vec<String> {
        let mut out = Vec::new();
        each_line(input, &mut |text| {
            out.push(line(&language(&normalise(text), None)));
            Ok(())
        })
        .expect("memory can be read");
        out
    }

    #[test]
    fn each_line_has_its_answer_in_order() {
        let found = answers(
            "Le pont est rouvert depuis ce matin\r\n\n12:30 !!\nДорога снова открыта с утра".as_bytes(),
        );
        assert_eq!(found.len(), 4);
        assert!(found[0].starts_with("fr\t") && found[0].ends_with("\tLatn"), "{}", found[0]);
        assert_eq!(&found[1..3], ["und", "und"]);
        assert!(found[3].starts_with("ru\t") && found[3].ends_with("\tCyrl"), "{}", found[3]);
    }

    #[test]
    fn f37_broken_bytes_and_a_line_without_end_are_lines_too() {
        let mut input = b"\xff\xfe\x00\n".to_vec();
        input.extend(vec![b'a'; 3 << 20]);
        input.extend(b"\nle pont est ouvert depuis ce matin");
        let found = answers(&input);
        assert_eq!(found.len(), 3);
        assert_eq!(found[0], "und");
        assert!(found[2].starts_with("fr\t"), "{}", found[2]);
    }
}
