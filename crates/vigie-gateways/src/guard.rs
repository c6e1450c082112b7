//! Which addresses the site may connect to.
//!
//! An address in a feed or a redirect is somebody else's wish. It is followed to public addresses only, unless an
//! administrator has named the very `host:port` in the source's register entry. The check is made by the resolver that
//! connects: a name that answers one address to a check and another to the connection has nothing to answer
//! twice. Sources: IANA IPv4 and IPv6 special-purpose address registries (RFC 6890), RFC 6052, RFC 3056.

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::future::Future;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use url::{Host, Url};
use vigie_model::{At, Fault};

/// How often a redirect is followed.
pub const REDIRECTS_MAX: usize = 5;

/// Why an address is not connected to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not an address at all.
    #[error("not an address")]
    NotAnAddress,
    /// Neither `http` nor `https`.
    #[error("scheme `{0}` is not followed")]
    Scheme(String),
    /// The address holds a name and a password.
    #[error("the address holds credentials")]
    Credentials,
    /// The host is this machine, this network, or otherwise not public.
    #[error("`{0}` is not a public host")]
    Private(String),
    /// A redirect from `https` to `http`.
    #[error("a redirect leads from https to http")]
    Downgrade,
    /// More redirects than are followed.
    #[error("too many redirects")]
    Redirects,
}

impl Refusal {
    /// The fault that tells a person.
    pub fn fault(&self) -> Fault {
        match self {
            Self::NotAnAddress => Fault::new(At::Whole, "fetch-not-an-address"),
            Self::Scheme(scheme) => Fault::new(At::Whole, "fetch-scheme").with("scheme", scheme),
            Self::Credentials => Fault::new(At::Whole, "fetch-credentials"),
            Self::Private(host) => Fault::new(At::Whole, "fetch-private").with("host", host),
            Self::Downgrade => Fault::new(At::Whole, "fetch-downgrade"),
            Self::Redirects => Fault::new(At::Whole, "fetch-redirects").with("max", REDIRECTS_MAX),
        }
    }
}

/// The private addresses that an administrator has allowed for one source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Allowed {
    pairs: Vec<(Host, u16)>,
}

impl Allowed {
    /// Reads `host:port` pairs; a port is never assumed.
    pub fn read<S: AsRef<str>>(pairs: &[S]) -> Result<Self, Fault> {
        let read = |pair: &S| {
            pair_of(pair.as_ref())
                .ok_or_else(|| Fault::new(At::Whole, "source-bad-allow").with("given", pair.as_ref()))
        };
        Ok(Self { pairs: pairs.iter().map(read).collect::<Result<_, _>>()? })
    }

    fn names(&self, host: &Host, port: u16) -> bool {
        self.pairs.iter().any(|(allowed, at)| *at == port && same_host(allowed, host))
    }
}

fn pair_of(pair: &str) -> Option<(Host, u16)> {
    let (host, port) = pair.trim().rsplit_once(':')?;
    Some((Host::parse(host).ok()?, port.parse().ok()?))
}

fn same_host(one: &Host, other: &Host) -> bool {
    match (one, other) {
        (Host::Domain(one), Host::Domain(other)) => bare(one) == bare(other),
        _ => one == other,
    }
}

/// A name without the dot that makes it absolute.
fn bare(name: &str) -> String {
    name.trim_end_matches('.').to_ascii_lowercase()
}

/// Checks everything that can be checked before a name is resolved.
pub(crate) fn check(url: &Url, allowed: &Allowed) -> Result<(), Refusal> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Refusal::Scheme(url.scheme().to_owned()));
    }
    check_host(url, url.port_or_known_default(), allowed)
}

/// The same for an address of any scheme, with the port that it means.
fn check_host(url: &Url, port: Option<u16>, allowed: &Allowed) -> Result<(), Refusal> {
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Refusal::Credentials);
    }
    let (Some(host), Some(port)) = (host_of(url), port) else {
        return Err(Refusal::NotAnAddress);
    };
    let lifted = allowed.names(&host, port);
    let open = match &host {
        Host::Ipv4(ip) => may_connect(IpAddr::V4(*ip), lifted),
        Host::Ipv6(ip) => may_connect(IpAddr::V6(*ip), lifted),
        Host::Domain(name) => lifted || !is_local_name(name),
    };
    if open { Ok(()) } else { Err(Refusal::Private(host.to_string())) }
}

/// The address that a redirect from `from` leads to.
pub(crate) fn redirect(from: &Url, location: &str, allowed: &Allowed) -> Result<Url, Refusal> {
    let next = from.join(location).map_err(|_| Refusal::NotAnAddress)?;
    check(&next, allowed)?;
    if from.scheme() == "https" && next.scheme() == "http" {
        return Err(Refusal::Downgrade);
    }
    Ok(next)
}

/// The host of an address. Outside http a host is not read as an IP address by the parser of addresses; here it is.
fn host_of(url: &Url) -> Option<Host> {
    match url.host()? {
        Host::Domain(name) => Host::parse(name).ok(),
        host => Some(host.to_owned()),
    }
}

/// Where a server other than a web server may be connected to: every address of its host that the rules let through.
pub(crate) async fn addresses(
    lookup: &dyn Lookup,
    url: &Url,
    port: u16,
    allowed: &Allowed,
) -> Result<Vec<SocketAddr>, Unresolved> {
    check_host(url, Some(port), allowed)?;
    let host = host_of(url).ok_or(Refusal::NotAnAddress)?;
    let lifted = allowed.names(&host, port);
    let found = match &host {
        Host::Ipv4(ip) => vec![IpAddr::V4(*ip)],
        Host::Ipv6(ip) => vec![IpAddr::V6(*ip)],
        Host::Domain(name) => lookup.lookup(name).await.map_err(|_| Unresolved::Unknown)?,
    };
    let open = found.into_iter().filter(|ip| may_connect(*ip, lifted));
    let open: Vec<_> = open.map(|ip| SocketAddr::new(ip, port)).collect();
    if open.is_empty() { Err(Refusal::Private(host.to_string()).into()) } else { Ok(open) }
}

/// Why a host has no address to connect to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unresolved {
    /// It is not connected to.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Its name is not known now.
    #[error("the name is not known")]
    Unknown,
}

/// Names that mean this machine or this network, whatever they resolve to.
fn is_local_name(name: &str) -> bool {
    let name = bare(name);
    let last = name.rsplit('.').next().unwrap_or_default();
    name.is_empty() || matches!(last, "localhost" | "local" | "internal" | "lan" | "home" | "corp")
}

fn may_connect(ip: IpAddr, lifted: bool) -> bool {
    if lifted { !is_never(ip) } else { is_public(ip) }
}

/// Whether `ip` belongs to the public internet.
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, d] = ip.octets();
    let special = match a {
        0 | 10 | 127 | 224..=255 => true,
        100 => (64..128).contains(&b),
        169 => b == 254,
        // The address at which a large cloud answers questions about the machine lies among public ones.
        168 => (b, c, d) == (63, 129, 16),
        172 => (16..32).contains(&b),
        192 => matches!((b, c), (0, 0 | 2) | (88, 99) | (168, _)),
        198 => matches!((b, c), (18 | 19, _) | (51, 100)),
        203 => (b, c) == (0, 113),
        _ => false,
    };
    !special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    if let Some(inside) = embedded_v4(ip) {
        return is_public_v4(inside);
    }
    let [a, b, ..] = ip.segments();
    let global_unicast = (0x2000..0x4000).contains(&a);
    // 2001::/23 is for protocols (Teredo and others), 2001:db8::/32 and 3fff::/20 for documentation.
    let special = (a == 0x2001 && (b < 0x0200 || b == 0x0db8)) || (a == 0x3fff && b < 0x1000);
    global_unicast && !special
}

/// The IPv4 address that an IPv6 address leads to: mapped, compatible, NAT64 or 6to4.
fn embedded_v4(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let s = ip.segments();
    let from = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match s {
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => Some(from(high, low)),
        _ => None,
    }
}

/// Addresses that no register entry can allow: those at which clouds hand out credentials, and those that are nobody's.
fn is_never(ip: IpAddr) -> bool {
    const METADATA_V6: Ipv6Addr = Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254);
    match ip {
        IpAddr::V4(ip) => {
            let metadata =
                [[169, 254, 169, 254], [169, 254, 170, 2], [100, 100, 100, 200], [168, 63, 129, 16]];
            metadata.contains(&ip.octets())
                || ip.is_multicast()
                || ip.octets()[0] == 0
                || ip.octets()[0] >= 240
        }
        IpAddr::V6(ip) if ip == Ipv6Addr::LOCALHOST => false,
        IpAddr::V6(ip) => match embedded_v4(ip) {
            Some(inside) => is_never(IpAddr::V4(inside)),
            None => ip.is_multicast() || ip == METADATA_V6,
        },
    }
}

/// A lookup under way.
pub type Looking = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;

/// Turns a name into addresses: the system's resolver, or a test's.
pub trait Lookup: Send + Sync {
    /// Every address of `host`.
    fn lookup(&self, host: &str) -> Looking;
}

/// The resolver of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemLookup;

impl Lookup for SystemLookup {
    fn lookup(&self, host: &str) -> Looking {
        let host = host.to_owned();
        Box::pin(async move {
            let found = tokio::net::lookup_host((host.as_str(), 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// Resolves the host of one request, and hands over only addresses that may be connected to.
pub(crate) struct Guarded {
    lookup: Arc<dyn Lookup>,
    lifted: bool,
}

impl Guarded {
    /// For a request to `url`; whether its `host:port` is allowed is decided here, where the port is known.
    pub(crate) fn new(lookup: Arc<dyn Lookup>, url: &Url, allowed: &Allowed) -> Self {
        let host = url.host().map(|host| host.to_owned());
        let lifted =
            host.zip(url.port_or_known_default()).is_some_and(|(host, port)| allowed.names(&host, port));
        Self { lookup, lifted }
    }
}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let looking = self.lookup.lookup(name.as_str());
        let lifted = self.lifted;
        Box::pin(async move {
            let mut found = looking.await?;
            found.retain(|ip| may_connect(*ip, lifted));
            if found.is_empty() {
                return Err(Refusal::Private(name.as_str().to_owned()).into());
            }
            let addresses: Addrs = Box::new(found.into_iter().map(|ip| SocketAddr::new(ip, 0)));
            Ok(addresses)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn checked(url: &str, allowed: &[&str]) -> Result<(), Refusal> {
        let url = Url::parse(url).map_err(|_| Refusal::NotAnAddress)?;
        check(&url, &Allowed::read(allowed).expect("sound pairs"))
    }

    #[test]
    fn f34_hosts_that_are_not_public_are_refused_however_they_are_written() {
        for host in [
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f.1",
            "0177.0.0.1",
            "①②⑦.0.0.1",
            "0",
            "0.0.0.0",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "100.100.100.200",
            "168.63.129.16",
            "192.0.0.192",
            "192.0.2.1",
            "192.88.99.1",
            "198.18.0.1",
            "198.51.100.7",
            "203.0.113.7",
            "224.0.0.1",
            "255.255.255.255",
            "[::]",
            "[::1]",
            "[::ffff:10.0.0.1]",
            "[::ffff:127.0.0.1]",
            "[::10.0.0.1]",
            "[64:ff9b::10.0.0.1]",
            "[64:ff9b:1::1]",
            "[2002:0a00:0001::]",
            "[2001:0:1::1]",
            "[2001:db8::1]",
            "[3fff::1]",
            "[fc00::1]",
            "[fd00:ec2::254]",
            "[fe80::1]",
            "[fec0::1]",
            "[ff02::1]",
            "[100::1]",
            "localhost",
            "localhost.",
            "LOCALHOST",
            "a.localhost.",
            "printer.local",
            "metadata.google.internal",
            "router.lan",
        ] {
            let seen = checked(&format!("http://{host}/"), &[]);
            assert!(matches!(seen, Err(Refusal::Private(_))), "{host}: {seen:?}");
        }
    }

    #[test]
    fn public_hosts_are_followed() {
        for host in [
            "example.org",
            "example.org.",
            "1.1.1.1",
            "172.32.0.1",
            "[2606:4700::1]",
            "[64:ff9b::1.1.1.1]",
            "[2002:0101:0101::]",
        ] {
            assert_eq!(checked(&format!("https://{host}/feed"), &[]), Ok(()), "{host}");
        }
    }

    #[test]
    fn f36_other_schemes_and_credentials_are_refused() {
        for (url, refusal) in [
            ("file:///etc/passwd", Refusal::Scheme("file".into())),
            ("ftp://example.org/", Refusal::Scheme("ftp".into())),
            ("gopher://example.org/", Refusal::Scheme("gopher".into())),
            ("data:text/xml,<rss/>", Refusal::Scheme("data".into())),
            ("https://me:secret@example.org/", Refusal::Credentials),
        ] {
            assert_eq!(checked(url, &[]), Err(refusal), "{url}");
        }
    }

    #[test]
    fn f34_an_administrator_may_name_one_host_and_port() {
        let allowed = ["camera.lan:8080", "10.1.2.3:80", "[fd12::1]:443"];
        for url in
            ["http://camera.lan:8080/", "http://CAMERA.LAN.:8080/", "http://10.1.2.3/", "https://[fd12::1]/"]
        {
            assert_eq!(checked(url, &allowed), Ok(()), "{url}");
        }
        for url in ["http://camera.lan/", "http://10.1.2.3:8080/", "http://10.1.2.4/", "http://[fd12::2]/"] {
            assert!(checked(url, &allowed).is_err(), "{url}");
        }
        assert!(
            checked("http://169.254.169.254/", &["169.254.169.254:80"]).is_err(),
            "never, even when named"
        );
        for bad in ["10.0.0.1", "camera.lan:", "camera.lan:http", ":80", "a b:80"] {
            assert_eq!(Allowed::read(&[bad]).expect_err(bad).code, "source-bad-allow");
        }
    }

    #[test]
    fn f36_redirects_never_leave_tls_nor_the_rules() {
        let from = Url::parse("https://example.org/a/feed").expect("an address");
        let go = |location: &str| redirect(&from, location, &Allowed::default()).map(String::from);
        assert_eq!(go("../b?x=1"), Ok("https://example.org/b?x=1".into()));
        assert_eq!(go("//example.net/"), Ok("https://example.net/".into()));
        assert_eq!(go("http://example.org/"), Err(Refusal::Downgrade));
        assert_eq!(go("file:///etc/passwd"), Err(Refusal::Scheme("file".into())));
        assert_eq!(go("https://127.1/"), Err(Refusal::Private("127.0.0.1".into())));
        assert_eq!(go("https://["), Err(Refusal::NotAnAddress));
    }

    /// Answers a public address first and this machine afterwards.
    #[derive(Default)]
    struct Rebinding {
        asked: AtomicUsize,
    }

    impl Lookup for Rebinding {
        fn lookup(&self, _: &str) -> Looking {
            let first = self.asked.fetch_add(1, Ordering::SeqCst) == 0;
            let ip = if first { Ipv4Addr::new(1, 1, 1, 1) } else { Ipv4Addr::LOCALHOST };
            Box::pin(async move { Ok(vec![IpAddr::V4(ip)]) })
        }
    }

    #[tokio::test]
    async fn f34_rebinding_is_refused() {
        let url = Url::parse("http://rebind.example/").expect("an address");
        let rebinding = Arc::new(Rebinding::default());
        let guarded = Guarded::new(rebinding.clone(), &url, &Allowed::default());
        let name = || "rebind.example".parse::<Name>().expect("a name");
        let first: Vec<SocketAddr> = guarded.resolve(name()).await.expect("public").collect();
        assert_eq!(first, [SocketAddr::from(([1, 1, 1, 1], 0))], "what was checked is what is handed over");
        assert_eq!(rebinding.asked.load(Ordering::SeqCst), 1, "one lookup serves check and connection");
        let second = guarded.resolve(name()).await.err().expect("refused");
        assert_eq!(second.downcast_ref(), Some(&Refusal::Private("rebind.example".into())));
    }
}
