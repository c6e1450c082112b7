use proptest::prelude::*;
use std::fmt::Write as _;
use vigie_model::{At, Fault, Limits, dtg};
use vigie_wire::feed::{self, Feed, Hints};

fn read(text: &str) -> Feed {
    read_bytes(text.as_bytes(), &Hints::default())
}

fn read_bytes(bytes: &[u8], hints: &Hints) -> Feed {
    feed::read(bytes, hints, &Limits::FEED).expect("a feed")
}

fn refused(text: &str) -> Fault {
    feed::read(text.as_bytes(), &Hints::default(), &Limits::FEED).expect_err("must be refused")
}

fn texts(feed: &Feed) -> Vec<&str> {
    feed.drafts.iter().map(|draft| draft.text.as_str()).collect()
}

fn codes(feed: &Feed) -> Vec<(At, &str)> {
    feed.faults.iter().map(|fault| (fault.at, fault.code.as_str())).collect()
}

fn rss(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>Radio Test</title><language>fr</language>{items}</channel></rss>"
    )
}

#[test]
fn rss_items_become_drafts() {
    let feed = read(&rss(
        "<image><title>logo</title></image><item><title>Le pont d&#39;Obo est &lt;b&gt;fermé&lt;/b&gt;</title><link>https://radio.example/1?a=1&amp;b=2</link>\
         <guid isPermaLink=\"false\">r-1</guid><description><![CDATA[<p>Depuis hier.</p><script>x()</script><p>Passez par le gué.</p>]]></description>\
         <dc:creator xmlns:dc=\"http://purl.org/dc/elements/1.1/\">Desk</dc:creator><pubDate>Sun, 22 Nov 2026 15:30:00 GMT</pubDate></item>",
    ));
    assert_eq!((feed.title.as_deref(), codes(&feed)), (Some("Radio Test"), vec![]));
    insta::assert_json_snapshot!(feed.drafts, @r#"
    [
      {
        "external_id": "r-1",
        "text": "Le pont d'Obo est fermé\n\nDepuis hier.\nPassez par le gué.",
        "author": "Desk",
        "url": "https://radio.example/1?a=1&b=2",
        "lang": "fr",
        "channel": "Radio Test",
        "seen_at": "2026-11-22T15:30:00Z"
      }
    ]
    "#);
}

#[test]
fn atom_entries_become_drafts() {
    let feed = read(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\"><title type=\"html\">Town &amp;amp; market</title><id>f</id>\
         <entry><id>tag:example,2026:1</id><title>Prices &lt; last week</title><link rel=\"self\" href=\"/self\"/><link href=\"https://town.example/1\"/>\
         <author><name>Office 3</name></author><updated>2026-11-22T15:30:00Z</updated><published>2026-11-21T15:30:00+01:00</published>\
         <content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Rice 5 &lt; 6</p><script>no</script><p>Oil &amp; salt</p></div></content></entry>\
         <entry xml:lang=\"sg\"><id>2</id><title>Second</title><summary type=\"text\">a &lt;b&gt; c</summary></entry></feed>",
    );
    assert_eq!(feed.title.as_deref(), Some("Town & market"));
    assert_eq!(texts(&feed), ["Prices < last week\n\nRice 5 < 6\nOil & salt", "Second\n\na <b> c"]);
    let first = &feed.drafts[0];
    assert_eq!(
        (first.author.as_deref(), first.url.as_deref()),
        (Some("Office 3"), Some("https://town.example/1"))
    );
    assert_eq!(
        (first.seen_at.map(dtg), first.lang.as_deref()),
        (Some("211430ZNOV26".to_owned()), Some("en"))
    );
    assert_eq!(feed.drafts[1].lang.as_deref(), Some("sg"));
}

#[test]
fn older_and_prefixed_forms_are_read() {
    let rdf = "<rdf:RDF xmlns:rdf=\"r\" xmlns=\"http://purl.org/rss/1.0/\"><channel><title>T</title></channel>\
               <item rdf:about=\"x\"><title>One</title><link>https://a.example</link><dc:date>2026-11-22T15:30:00Z</dc:date></item></rdf:RDF>";
    let prefixed = "<a:feed xmlns:a=\"http://www.w3.org/2005/Atom\"><a:title>T</a:title><a:entry><a:title>One</a:title></a:entry></a:feed>";
    let old =
        "<rss version=\"0.91\"><channel><title>T</title><item><title>One</title></item></channel></rss>";
    for text in [rdf, prefixed, old] {
        let feed = read(text);
        assert_eq!((feed.title.as_deref(), texts(&feed)), (Some("T"), vec!["One"]), "{text}");
    }
}

#[test]
fn json_feed_items_become_drafts() {
    let feed = read(
        r#"{"version":"https://jsonfeed.org/version/1.1","title":"T","language":"ar","items":[
        {"id":7,"content_html":"<p>سوق</p>","date_published":"2026-11-22T15:30:00Z","authors":[{"name":"N"}],"url":"https://j.example/7"},
        {"id":"8","content_text":"a\ud800","title":"H"},{"id":"9"},{"id":"a","id":"b","content_text":"x"},5]}"#,
    );
    assert_eq!(texts(&feed), ["سوق", "H\n\na\u{FFFD}"]);
    assert_eq!(feed.drafts[0].external_id.as_deref(), Some("7"));
    assert_eq!(
        codes(&feed),
        [
            (At::Row(3), "row-without-text"),
            (At::Row(4), "feed-item-broken"),
            (At::Row(5), "feed-item-broken")
        ]
    );
}

#[test]
fn what_is_no_feed_says_what_it_is() {
    assert_eq!(refused("<html><body>Sign in</body></html>").args["found"], "html");
    assert_eq!(refused("{\"ok\":true}").args["found"], "JSON");
    assert_eq!(refused("Service unavailable").args["found"], "text");
    assert_eq!(refused(" \n").code, "feed-empty");
    assert_eq!(refused("<!-- nothing -->").args["found"], "XML");
}

#[test]
fn a_bad_time_refuses_its_item_alone() {
    let items = "<item><title>a</title><pubDate>22 Nov 2026 16:30:00</pubDate></item><item><title>b</title></item>\
                 <item><title>c</title><pubDate>hier</pubDate></item>";
    let feed = read(&rss(items));
    assert_eq!(texts(&feed), ["b"]);
    assert_eq!(codes(&feed), [(At::Row(1), "row-time-without-zone"), (At::Row(3), "row-not-a-time")]);
    let hints = Hints::in_zone(Some("Africa/Bangui")).expect("a known zone");
    let feed = read_bytes(rss(items).as_bytes(), &hints);
    assert_eq!(feed.drafts[0].seen_at.map(dtg), Some("221530ZNOV26".to_owned()));
}

#[test]
fn f30_a_document_type_is_refused_wherever_it_stands() {
    let laughs = "<!DOCTYPE r [<!ENTITY a \"ha\"><!ENTITY b SYSTEM \"file:///etc/passwd\">]>";
    let item = "<item><title>&a;&b;</title></item>";
    assert_eq!(
        refused(&format!(
            "<?xml version=\"1.0\"?>{laughs}{}",
            rss(item).replace("<?xml version=\"1.0\"?>", "")
        ))
        .code,
        "feed-dtd"
    );
    assert_eq!(refused(&rss(&format!("{item}{laughs}"))).code, "feed-dtd");
    assert_eq!(refused(&laughs.to_lowercase()).code, "feed-dtd");
    assert_eq!(texts(&read(&rss(item))), ["&a;&b;"], "an unknown entity is text, never looked up");
}

#[test]
fn f31_depth_attributes_items_fields_and_bytes_have_largest_values() {
    let nested = "<x>".repeat(150_000);
    assert_eq!(refused(&rss(&nested)).code, "feed-too-deep");
    assert_eq!(refused(&nested).code, "feed-not-a-feed");
    let mut attributes = String::new();
    (0..40_000).for_each(|n| write!(attributes, " a{n}=\"\"").expect("writes"));
    assert_eq!(refused(&rss(&format!("<item{attributes}/>"))).code, "feed-too-many-attributes");
    let json = format!("{{\"version\":\"https://jsonfeed.org/version/1\",\"items\":{}", "[".repeat(1 << 20));
    assert_eq!(refused(&json).code, "feed-too-deep");
    let long =
        format!("<item><title>{}</title></item><item><title>kept</title></item>", "x".repeat(300 << 10));
    let feed = read(&rss(&long));
    assert_eq!((texts(&feed), codes(&feed)), (vec!["kept"], vec![(At::Row(1), "row-field-too-long")]));
    let feed = read(&rss(&"<item><title>a</title></item>".repeat(2_001)));
    assert_eq!((feed.drafts.len(), codes(&feed)), (2_000, vec![(At::Whole, "feed-too-many-items")]));
    let whole = " ".repeat((8 << 20) + 1);
    assert_eq!(refused(&whole).code, "feed-too-long");
}

#[test]
fn f31_a_document_full_of_open_ends_takes_linear_time() {
    for unit in ["<item><!--", "<item><![CDATA[", "<item a=\"", "<item></", "<item><title>&", "<item><?x "] {
        let text = rss(&unit.repeat((1 << 20) / unit.len()));
        let _ = feed::read(text.as_bytes(), &Hints::default(), &Limits::FEED);
    }
}

#[test]
fn a_document_that_breaks_in_its_middle_keeps_its_other_items() {
    let feed = read(&rss("<item><title>one</title></item><item><title>two</title><a b=\"></item>\
         <item><title>three &amp four & five</title></item><item><title>six</title><![CDATA[ </item><item><title>seven</title></item>"));
    assert!(texts(&feed).contains(&"one"));
    assert!(texts(&feed).contains(&"seven"), "{:?} {:?}", texts(&feed), codes(&feed));
    let cut = rss("<item><title>one</title></item><item><title>two</ti").replace("</channel></rss>", "");
    let feed = read(&cut);
    assert_eq!(texts(&feed), ["one"]);
    assert!(codes(&feed).contains(&(At::Row(2), "feed-item-broken")), "{:?}", codes(&feed));
    let feed = read(&rss("<item><title>one</title><item><title>two</title></item>"));
    assert_eq!((texts(&feed), codes(&feed)), (vec!["two"], vec![(At::Row(1), "feed-item-broken")]));
}

#[test]
fn f37_declared_and_undeclared_charsets() {
    let declared = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><rss><channel><item><title>\xe9t\xe9</title></item></channel></rss>";
    let feed = read_bytes(declared, &Hints::default());
    assert_eq!((texts(&feed), &feed.drafts[0].raw_base64), (vec!["été"], &None));
    let silent = b"<rss><channel><item><title>\xe9t\xe9</title></item><item><title>sound</title></item></channel></rss>";
    let feed = read_bytes(silent, &Hints::default());
    assert_eq!(texts(&feed), ["été", "sound"]);
    let raw = feed.drafts[0].raw_base64.as_deref().expect("the bytes are kept");
    assert_eq!(raw, "PGl0ZW0+PHRpdGxlPul06TwvdGl0bGU+PC9pdGVtPg==");
    assert_eq!(feed.drafts[1].raw_base64, None);
    let hints = Hints { charset: Some("windows-1256".to_owned()), zone: None };
    let feed = read_bytes(b"<rss><channel><item><title>\xd3\xe6\xde</title></item></channel></rss>", &hints);
    assert_eq!(texts(&feed), ["سوق"]);
    let utf16: Vec<u8> = "\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-16\"?><rss><channel><item><title>سوق"
        .encode_utf16()
        .chain([0xD800])
        .chain("</title></item></channel></rss>".encode_utf16())
        .flat_map(u16::to_be_bytes)
        .collect();
    let feed = read_bytes(&utf16, &Hints::default());
    assert_eq!(texts(&feed), ["سوق\u{FFFD}"]);
    let raw = feed.drafts[0].raw_base64.as_deref().expect("the bytes are kept");
    assert_eq!(
        raw,
        "ADwAaQB0AGUAbQA+ADwAdABpAHQAbABlAD4GMwZIBkLYAAA8AC8AdABpAHQAbABlAD4APAAvAGkAdABlAG0APg=="
    );
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(start in 0_usize..6, bytes: Vec<u8>, end in 0_usize..3) {
        let starts = ["", "<rss><channel><item>", "<feed><entry><title type=\"xhtml\">", "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[", "\u{FEFF}<rss", "<rdf:RDF><item>"];
        let ends = ["", "</title></item></channel></rss>", "]}"];
        let text = [starts[start].as_bytes(), &bytes, ends[end].as_bytes()].concat();
        let _ = feed::read(&text, &Hints::default(), &Limits::FEED);
    }

    #[test]
    fn no_markup_makes_it_panic(parts in proptest::collection::vec(0_usize..22, 0..40)) {
        let words = ["<rss>", "<channel>", "<item>", "</item>", "<title>", "</title>", "<entry>", "</entry>", "<feed>", "<![CDATA[", "]]>", "<!--", "-->",
            "<content type=\"xhtml\">", "</content>", "é…", "&#x110000;", "&a;", "<author><name>", "</name>", "<link href='x'/>", "<pubDate>2026-13-41"];
        let text: String = parts.iter().map(|n| words[*n]).collect();
        let _ = feed::read(text.as_bytes(), &Hints::default(), &Limits::FEED);
    }

    #[test]
    fn good_items_beside_bad_items_always_enter(bad in proptest::collection::vec(0_usize..5, 1..10)) {
        let bads = ["<item></item>", "<item><title>x</title><pubDate>soon</pubDate></item>", "<item><title> </title></item>",
            "<item><title>open", "<item><description><p>  </p></description></item>"];
        let mut items = String::new();
        for (n, b) in bad.iter().enumerate() {
            write!(items, "{}<item><title>good {n}</title></item>", bads[*b]).expect("writes");
        }
        let feed = read(&rss(&items));
        let expected: Vec<_> = (0..bad.len()).map(|n| format!("good {n}")).collect();
        prop_assert_eq!(texts(&feed), expected);
        prop_assert_eq!(feed.faults.len(), bad.len());
    }
}
