//! Markup to plain text: what a reader would see, and nothing that could run.
//!
//! The result is text and is shown as text: no tag survives as markup, the content of scripts and styles is
//! dropped, character references are resolved. One pass, linear in time whatever is left unclosed.
//! Source: WHATWG HTML §13.2 (tokenisation), cut down to what plain text needs.

use quick_xml::escape::resolve_html5_entity;

/// Elements whose content is not text.
const SILENT: [&str; 3] = ["script", "style", "template"];
/// Elements that begin and end a line.
const BLOCKS: [&str; 28] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "tr",
    "ul",
];
/// The longest name of a character reference.
const REFERENCE_MAX: usize = 32;

/// The text that `html` shows.
pub(crate) fn plain(html: &str) -> String {
    let mut page = Page { rest: html, out: Shown::default(), quotes: true, tags: true };
    while let Some(at) = page.rest.find(['<', '&']) {
        let (text, rest) = page.rest.split_at(at);
        page.out.push_str(text);
        page.rest = rest;
        if rest.starts_with('<') { page.tag() } else { page.reference() }
    }
    page.out.push_str(page.rest);
    page.out.finish()
}

struct Page<'a> {
    rest: &'a str,
    out: Shown,
    /// Whether quotes hide a `>`. One that is never closed ends that belief, so that time stays linear.
    quotes: bool,
    /// Whether a `>` may still follow.
    tags: bool,
}

impl Page<'_> {
    fn tag(&mut self) {
        if let Some(comment) = self.rest.strip_prefix("<!--") {
            self.rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            return;
        }
        let after = self.rest.get(1..).unwrap_or_default();
        let inner = after.strip_prefix('/').unwrap_or(after);
        let opens = inner.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '!' | '?'));
        let Some(end) = opens.then(|| self.end_of_tag()).flatten() else {
            self.out.push('<');
            self.rest = after;
            return;
        };
        let name = inner.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let name = name.to_ascii_lowercase();
        self.rest = self.rest.get(end + 1..).unwrap_or_default();
        if BLOCKS.contains(&name.as_str()) {
            self.out.line();
        } else if matches!(name.as_str(), "td" | "th") {
            self.out.push(' ');
        } else if SILENT.contains(&name.as_str()) && !after.starts_with('/') {
            self.skip_silent(&name);
        }
    }

    /// Where the tag that starts here ends.
    fn end_of_tag(&mut self) -> Option<usize> {
        if self.quotes {
            let mut quote = None;
            for (at, byte) in self.rest.bytes().enumerate() {
                match (quote, byte) {
                    (None, b'>') => return Some(at),
                    (None, b'"' | b'\'') => quote = Some(byte),
                    (Some(open), byte) if open == byte => quote = None,
                    _ => {}
                }
            }
            self.quotes = false;
        }
        let end = if self.tags { self.rest.find('>') } else { None };
        self.tags = end.is_some();
        end
    }

    fn skip_silent(&mut self, name: &str) {
        let mut rest = self.rest;
        while let Some(at) = rest.find("</") {
            rest = rest.get(at + 2..).unwrap_or_default();
            if rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
                self.rest = rest.split_once('>').map_or("", |(_, rest)| rest);
                return;
            }
        }
        self.rest = "";
    }

    fn reference(&mut self) {
        let after = self.rest.get(1..).unwrap_or_default();
        let name_end = after.bytes().take(REFERENCE_MAX).position(|byte| byte == b';');
        let resolved = name_end.and_then(|end| resolve(after.get(..end)?).map(|text| (end, text)));
        if let Some((end, text)) = resolved {
            self.out.push_str(&text);
            self.rest = after.get(end + 1..).unwrap_or_default();
        } else {
            self.out.push('&');
            self.rest = after;
        }
    }
}

/// The text that a character reference stands for, `&` and `;` left out.
pub(crate) fn resolve(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else {
        return resolve_html5_entity(name).map(str::to_owned);
    };
    let digits = number.strip_prefix(['x', 'X']);
    let code = match digits {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    // Pages say &#146; and mean Windows-1252; the standard follows them.
    if let Some(byte) = u8::try_from(code).ok().filter(|byte| (0x80..0xA0).contains(byte)) {
        return Some(encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.into_owned());
    }
    let letter = char::from_u32(code).filter(|letter| *letter != '\0');
    Some(letter.unwrap_or(char::REPLACEMENT_CHARACTER).to_string())
}

/// Text with runs of white space made one.
#[derive(Default)]
struct Shown {
    text: String,
    space: bool,
    lines: usize,
}

impl Shown {
    fn push_str(&mut self, text: &str) {
        text.chars().for_each(|letter| self.push(letter));
    }

    fn push(&mut self, letter: char) {
        if letter.is_ascii_whitespace() {
            self.space = true;
            return;
        }
        if !self.text.is_empty() {
            if self.lines > 0 {
                self.text.push('\n');
            } else if self.space {
                self.text.push(' ');
            }
        }
        (self.space, self.lines) = (false, 0);
        self.text.push(letter);
    }

    fn line(&mut self) {
        self.lines += 1;
    }

    fn finish(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn markup_becomes_the_text_that_it_shows() {
        let cases = [
            ("<p>One&nbsp;two</p><p>three</p>", "One\u{a0}two\nthree"),
            ("a<br/>b<br>c", "a\nb\nc"),
            ("<td>1</td><td>2</td>", "1 2"),
            ("5 &lt; 6 &amp;amp; 7 &#233;&#x1F600;&#146;&bogus; &", "5 < 6 &amp; 7 é😀’&bogus; &"),
            ("if a < b then c > d", "if a < b then c > d"),
            ("<a title='1 > 0' href=\"x\">link</a>", "link"),
            ("cut <b", "cut <b"),
            ("<!-- hidden --><!DOCTYPE html><?php x ?>shown", "shown"),
        ];
        for (html, text) in cases {
            assert_eq!(plain(html), text, "{html}");
        }
    }

    #[test]
    fn f38_scripts_leave_no_trace() {
        let cases = [
            "ok<script>alert(1)</script >",
            "ok<SCRIPT src=//evil.example></ScRiPt>",
            "ok<style>p{background:url(//evil.example)}</style>",
            "ok<script>never closed",
            "o<img src=x onerror=alert(1)>k",
            "ok<svg onload=alert(1)>",
            "<a href=\"javascript:alert(1)\">ok</a>",
        ];
        for html in cases {
            assert_eq!(plain(html), "ok", "{html}");
        }
    }

    #[test]
    fn f31_time_is_linear_whatever_is_left_open() {
        for unit in ["<a ", "<a \"", "<div>", "&", "<!--x", "<a '\">", "</", "<script></", "&#"] {
            let page = unit.repeat((1 << 20) / unit.len());
            let _ = plain(&page);
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(html in "[<>/&;!\\-a-z\"' é#x0-9]{0,80}") {
            let _ = plain(&html);
        }
    }
}
