//! Writes a report as a word processor opens it: headings, paragraphs, nothing that runs.
//!
//! The smallest document that ECMA-376 (Office Open XML, Part 1, §17) calls one: content types, one relation, the text and
//! three styles, in a ZIP archive (APPNOTE 6.3) whose parts are stored as they are. Nothing in it names a program, a
//! person or a time, so the same report gives the same bytes.

use quick_xml::escape::escape;

/// One block of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Block<'t> {
    /// The title.
    Title(&'t str),
    /// A heading.
    Heading(&'t str),
    /// A paragraph.
    Text(&'t str),
    /// A paragraph in small letters: what a line rests on.
    Note(&'t str),
}

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const DOCUMENT_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:spacing w:after="80"/></w:pPr><w:rPr><w:sz w:val="21"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:rPr><w:b/><w:sz w:val="36"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="26"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Note"><w:name w:val="Note"/><w:basedOn w:val="Normal"/><w:rPr><w:color w:val="555555"/><w:sz w:val="16"/></w:rPr></w:style></w:styles>"#;

/// The document in the language `lang` (BCP 47).
pub fn write(lang: &str, blocks: &[Block<'_>]) -> Vec<u8> {
    let mut body = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>",
    );
    for block in blocks {
        paragraph(&mut body, lang, *block);
    }
    body.push_str("<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\"/></w:sectPr></w:body></w:document>");
    crate::archive::stored(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("word/document.xml", body.as_bytes()),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS.as_bytes()),
        ("word/styles.xml", STYLES.as_bytes()),
    ])
}

fn paragraph(out: &mut String, lang: &str, block: Block<'_>) {
    let (style, text) = match block {
        Block::Title(text) => ("Title", text),
        Block::Heading(text) => ("Heading1", text),
        Block::Text(text) => ("Normal", text),
        Block::Note(text) => ("Note", text),
    };
    // XML 1.0 has no place for most control characters, and a report has no need of them.
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    out.push_str("<w:p><w:pPr><w:pStyle w:val=\"");
    out.push_str(style);
    out.push_str("\"/></w:pPr><w:r><w:rPr><w:lang w:val=\"");
    out.push_str(&escape(lang));
    out.push_str("\"/></w:rPr><w:t xml:space=\"preserve\">");
    out.push_str(&escape(clean.as_str()));
    out.push_str("</w:t></w:r></w:p>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f41_what_people_wrote_stays_text_in_print() {
        let bytes = write("fr", &[Block::Title("Synthèse"), Block::Text("<w:p> & \u{1b}[2J =1+1")]);
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.contains("&lt;w:p&gt; &amp;  [2J =1+1"));
        assert!(bytes.starts_with(b"PK\x03\x04") && text.contains("Synthèse"));
        assert_eq!(bytes, write("fr", &[Block::Title("Synthèse"), Block::Text("<w:p> & \u{1b}[2J =1+1")]));
    }
}
