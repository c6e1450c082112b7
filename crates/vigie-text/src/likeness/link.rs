//! Brings an address to the form that all ways of writing it share.
//!
//! What makes no difference to where it leads goes: the scheme, capitals of the host, `www.` and the hosts for
//! telephones, default ports, fragments, slashes at the end, and parameters that only say who passed it on. What may
//! make a difference stays: the path with its capitals, all other parameters (put in order). Nothing is fetched: a short
//! link stays a short link. Source: WHATWG URL Standard for reading, UTS #46 for hosts in other scripts.

use url::Url;

/// An address in its canonical form.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Link {
    /// Host, in ASCII as the network writes it.
    pub host: String,
    /// Host, path and parameters.
    pub canonical: String,
}

/// Parameters that say who passed an address on, not where it leads.
const PASSED_ON: [&str; 22] = [
    "fbclid", "gclid", "dclid", "msclkid", "yclid", "twclid", "ttclid", "igshid", "igsh", "mc_cid", "mc_eid",
    "mkt_tok", "ref_src", "ref_url", "_ga", "_gl", "s_cid", "cmpid", "ocid", "smid", "xtor", "spm",
];
/// First labels of hosts that serve the same pages to telephones.
const SAME_HOST: [&str; 6] = ["www", "m", "mobile", "touch", "amp", "mbasic"];
/// Longest address that is read, in bytes.
const BYTES_MAX: usize = 8 << 10;

impl Link {
    /// Whether it leads to one article, post or video, by the look of it. A site, a channel, a page that every text of
    /// a source ends with lead to no one thing: two stories that both name them are still two stories.
    pub fn leads_to_one_thing(&self) -> bool {
        let rest = self.canonical.split_once('/').map_or("", |(_, rest)| rest);
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let names =
            query.split('&').filter_map(|pair| pair.split_once('=')).any(|(_, value)| value.len() >= 8);
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let Some((last, before)) = parts.split_last() else { return names };
        let year = |part: &&str| part.len() == 4 && all_digits(part);
        names || before.iter().any(year) || if before.is_empty() { is_title(last) } else { is_item(last) }
    }
}

fn all_digits(part: &str) -> bool {
    part.bytes().all(|b| b.is_ascii_digit())
}

/// A part of a path that stands alone: a title, a number, or the letters and digits of a short link.
fn is_title(part: &str) -> bool {
    let count = |is: fn(&u8) -> bool| part.bytes().filter(is).count();
    let short_link = count(u8::is_ascii_uppercase) > 0 && count(u8::is_ascii_digit) > 0 && part.len() >= 6;
    count(|b| *b == b'-') >= 2 || part.len() >= 24 || (all_digits(part) && part.len() >= 4) || short_link
}

/// The last part of a path of several.
fn is_item(part: &str) -> bool {
    let digits = part.bytes().filter(u8::is_ascii_digit).count();
    is_title(part) || all_digits(part) || (part.len() >= 8 && (digits > 0 || part.contains('-')))
}

/// The addresses in a text, in order, each once, at most `most` of them.
pub fn in_text(text: &str, most: usize) -> Vec<Link> {
    let mut found: Vec<Link> = Vec::new();
    let ends =
        |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '«' | '»' | '|' | '(' | ')' | '[' | ']');
    for word in text.split(ends).filter(|word| word.contains('.') && word.len() <= BYTES_MAX) {
        if found.len() >= most {
            break;
        }
        let link = Some(word).filter(|word| is_written_out(word)).and_then(canonical);
        found.extend(link.filter(|link| !found.contains(link)));
    }
    found
}

/// Whether a word is meant as an address: by its scheme, or by a host and a path. "et/ou" and "12.5/3" are none.
fn is_written_out(word: &str) -> bool {
    let lower = |start: &str| word.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    if lower("http://") || lower("https://") || lower("www.") {
        return true;
    }
    let Some((host, _)) = word.split_once('/') else { return false };
    let last = host.rsplit('.').next().unwrap_or_default();
    host.contains('.') && last.len() >= 2 && last.chars().all(char::is_alphabetic)
}

/// The canonical form of `address`; `None` where it is none of the web.
pub fn canonical(address: &str) -> Option<Link> {
    let address = address.trim().trim_end_matches(['.', ',', ';', ')', ']', '»', '"', '\'']);
    if address.is_empty() || address.len() > BYTES_MAX {
        return None;
    }
    let parsed = match Url::parse(address) {
        Ok(parsed) if matches!(parsed.scheme(), "http" | "https") => parsed,
        Err(_) if looks_like_a_host(address) => Url::parse(&format!("https://{address}")).ok()?,
        Ok(_) | Err(_) => return None,
    };
    let host = plain_host(parsed.host_str()?);
    let mut canonical = host.clone();
    if let Some(port) = parsed.port() {
        canonical.push(':');
        canonical.push_str(&port.to_string());
    }
    let path = parsed.path().trim_end_matches('/');
    canonical.push_str(path.strip_suffix("/amp").unwrap_or(path));
    let mut pairs: Vec<(String, String)> = parsed
        .query_pairs()
        .filter(|(name, _)| !passed_on(name))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    pairs.sort();
    pairs.dedup();
    for (n, (name, value)) in pairs.iter().enumerate() {
        canonical.push(if n == 0 { '?' } else { '&' });
        canonical.extend(url::form_urlencoded::byte_serialize(name.as_bytes()));
        if !value.is_empty() {
            canonical.push('=');
            canonical.extend(url::form_urlencoded::byte_serialize(value.as_bytes()));
        }
    }
    Some(Link { host, canonical })
}

fn looks_like_a_host(address: &str) -> bool {
    let host = address.split(['/', '?', '#']).next().unwrap_or_default();
    host.contains('.') && !host.contains(['@', ' ']) && !host.starts_with('.')
}

fn plain_host(host: &str) -> String {
    let mut host = host.trim_end_matches('.');
    while let Some((first, rest)) = host.split_once('.') {
        // `m.com` is a host of its own.
        if !SAME_HOST.contains(&first) || !rest.contains('.') {
            break;
        }
        host = rest;
    }
    host.to_owned()
}

fn passed_on(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("utm_") || PASSED_ON.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(address: &str) -> String {
        canonical(address).map_or_else(String::new, |link| link.canonical)
    }

    #[test]
    fn ways_of_writing_one_address_are_one() {
        for address in [
            "https://www.exemple.example/a/b",
            "http://Exemple.EXAMPLE/a/b/",
            "https://m.exemple.example:443/a/b?utm_source=x&UTM_Medium=y&fbclid=z#top",
            "exemple.example/a/b",
            "https://mobile.exemple.example/a/b/amp",
            "https://exemple.example./a/b).",
        ] {
            assert_eq!(form(address), "exemple.example/a/b", "{address}");
        }
    }

    #[test]
    fn what_may_lead_elsewhere_stays() {
        assert_eq!(form("https://x.example/A?b=2&a=1"), "x.example/A?a=1&b=2");
        assert_ne!(form("https://x.example/A"), form("https://x.example/a"));
        assert_ne!(form("https://x.example:8080/"), form("https://x.example/"));
        assert_eq!(form("https://m.com/x"), "m.com/x");
        assert_eq!(form("https://actu.exemple.example/"), "actu.exemple.example");
    }

    #[test]
    fn a_host_in_another_script_is_written_as_the_network_does() {
        assert_eq!(form("https://пример.example/я"), form("https://xn--e1afmkfd.example/%D1%8F"));
    }

    #[test]
    fn an_article_is_one_thing_and_a_channel_is_not() {
        let one = |address: &str| canonical(address).is_some_and(|link| link.leads_to_one_thing());
        for address in [
            "https://journal.example/2026/11/armes",
            "https://journal.example/mine-d-or",
            "https://journal.example/politique/article-81",
            "https://t.example/canal/5678",
            "https://v.example/watch?v=dQwAbCdEfGh",
            "https://s.example/3xYzAb",
        ] {
            assert!(one(address), "{address}");
        }
        for address in [
            "https://journal.example",
            "https://journal.example/",
            "https://journal.example/abonnement",
            "https://t.example/info24",
            "https://t.example/s/canal",
            "https://f.example/groups/kassode",
            "https://journal.example/?lang=fr",
        ] {
            assert!(!one(address), "{address}");
        }
    }

    #[test]
    fn addresses_are_found_in_a_text_and_fractions_are_not() {
        let found = |text: &str| in_text(text, 8).into_iter().map(|link| link.canonical).collect::<Vec<_>>();
        assert_eq!(found("voir (https://x.example/a/1), puis «x.example/a/1»."), ["x.example/a/1"]);
        assert_eq!(
            found("www.x.example/b et HTTPS://X.example/c?utm_source=y"),
            ["x.example/b", "x.example/c"]
        );
        assert_eq!(found("et/ou 12.5/3 M./Mme v1.2/3 un.deux"), Vec::<String>::new());
        assert_eq!(in_text("https://x.example/1 https://x.example/2", 1).len(), 1);
        assert_eq!(found(&"https://x.example/".repeat(60_000)), Vec::<String>::new());
    }

    #[test]
    fn what_is_no_address_is_none() {
        for text in
            ["", "  ", "hello", "mailto:a@b.example", "javascript:alert(1)", "a@b.example", "https://"]
        {
            assert_eq!(canonical(text), None, "{text}");
        }
        assert_eq!(canonical(&format!("https://x.example/{}", "a".repeat(9_000))), None);
    }
}
