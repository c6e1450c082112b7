//! Who may connect, and over what: plain HTTP on the machine itself, TLS or a proxy for everything else.
//!
//! A site makes its own certificate at `init`: there may be no certificate authority within reach. People
//! compare the SHA-256 fingerprint that the command line prints with the one their browser shows.

use rcgen::{CertificateParams, DnType, KeyPair, SanType, date_time_ymd};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use sha2::{Digest, Sha256};
use std::io::Write as _;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use vigie_model::Timestamp;

/// Days that a self-made certificate lives: the most that browsers on telephones accept.
const CERTIFICATE_DAYS: i64 = 825;

/// How connections are protected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TlsMode {
    /// Plain HTTP; only on a loopback address.
    Loopback,
    /// Plain HTTP behind a proxy that speaks TLS to people (`--behind-proxy`).
    BehindProxy,
    /// TLS by this process.
    Own(CertificateFiles),
}

/// Where a certificate and its key lie, in PEM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateFiles {
    /// The certificate chain.
    pub certificate: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

/// Why TLS could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// Plain HTTP was asked for on an address that others can reach.
    #[error("{0} can be reached from other machines: it needs TLS, or --behind-proxy")]
    NeedsTls(SocketAddr),
    /// A file could not be read or written.
    #[error("{path}: {cause}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// The certificate could not be made.
    #[error("the certificate could not be made: {0}")]
    Make(#[from] rcgen::Error),
    /// Certificate and key are not a usable pair.
    #[error("certificate and key cannot be used: {0}")]
    Unusable(String),
}

impl TlsMode {
    /// Whether people reach the site over TLS, so that cookies can be `Secure`.
    pub const fn is_secure(&self) -> bool {
        !matches!(self, Self::Loopback)
    }

    /// Refuses plain HTTP on an address that others can reach.
    pub fn check(&self, listen: SocketAddr) -> Result<(), TlsError> {
        match self {
            Self::Loopback if !listen.ip().is_loopback() => Err(TlsError::NeedsTls(listen)),
            _ => Ok(()),
        }
    }
}

impl CertificateFiles {
    /// The files of a site's own certificate, `DIR/tls/cert.pem` and `key.pem`.
    pub fn in_site(dir: &Path) -> Self {
        let tls = dir.join("tls");
        Self { certificate: tls.join("cert.pem"), key: tls.join("key.pem") }
    }

    /// Makes a certificate for `names` (host names and addresses; loopback is always included), replacing none:
    /// existing files are an error. The key file can be read by its owner only.
    pub fn make(&self, site: &str, names: &[String], now: Timestamp) -> Result<(), TlsError> {
        let key = KeyPair::generate()?;
        let certificate = params(site, names, now)?.self_signed(&key)?;
        if let Some(folder) = self.key.parent() {
            std::fs::create_dir_all(folder).map_err(|cause| io(folder, cause))?;
        }
        write_new(&self.key, key.serialize_pem().as_bytes(), 0o600)?;
        write_new(&self.certificate, certificate.pem().as_bytes(), 0o644)
    }

    /// SHA-256 of the certificate as browsers show it: `AB:CD:…`.
    pub fn fingerprint(&self) -> Result<String, TlsError> {
        let chain = self.chain()?;
        let first =
            chain.first().ok_or_else(|| TlsError::Unusable("no certificate in the file".to_owned()))?;
        let bytes: Vec<String> = Sha256::digest(first).iter().map(|b| format!("{b:02X}")).collect();
        Ok(bytes.join(":"))
    }

    fn chain(&self) -> Result<Vec<CertificateDer<'static>>, TlsError> {
        let pem = std::fs::read(&self.certificate).map_err(|cause| io(&self.certificate, cause))?;
        CertificateDer::pem_slice_iter(&pem)
            .collect::<Result<_, _>>()
            .map_err(|e| TlsError::Unusable(e.to_string()))
    }

    /// What rustls needs, with `ring` and nothing else.
    pub(crate) fn config(&self) -> Result<Arc<rustls::ServerConfig>, TlsError> {
        let unusable = |e: &dyn std::fmt::Display| TlsError::Unusable(e.to_string());
        let pem = std::fs::read(&self.key).map_err(|cause| io(&self.key, cause))?;
        let key = PrivateKeyDer::from_pem_slice(&pem).map_err(|e| unusable(&e))?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|e| unusable(&e))?
            .with_no_client_auth()
            .with_single_cert(self.chain()?, key)
            .map_err(|e| unusable(&e))?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }
}

fn params(site: &str, names: &[String], now: Timestamp) -> Result<CertificateParams, rcgen::Error> {
    let mut names = names.to_vec();
    names.push("localhost".to_owned());
    names.sort_unstable();
    names.dedup();
    let addresses = names.iter().filter_map(|n| n.parse::<IpAddr>().ok());
    let loopback = [IpAddr::from([127, 0, 0, 1]), IpAddr::from(std::net::Ipv6Addr::LOCALHOST)];
    let addresses: Vec<IpAddr> = addresses.chain(loopback).collect();
    let hosts: Vec<String> = names.into_iter().filter(|n| n.parse::<IpAddr>().is_err()).collect();
    let mut params = CertificateParams::new(hosts)?;
    params.subject_alt_names.extend(addresses.into_iter().map(SanType::IpAddress));
    params.distinguished_name.push(DnType::CommonName, format!("Vigie {site}"));
    // The day before: clocks of telephones are not exact.
    let (from, until) = (day(now, -1), day(now, CERTIFICATE_DAYS));
    params.not_before = date_time_ymd(from.0, from.1, from.2);
    params.not_after = date_time_ymd(until.0, until.1, until.2);
    Ok(params)
}

fn day(now: Timestamp, later_days: i64) -> (i32, u8, u8) {
    let at = now.as_second().saturating_add(later_days * 86_400);
    let date = Timestamp::from_second(at).unwrap_or(now).to_zoned(jiff::tz::TimeZone::UTC).date();
    (i32::from(date.year()), date.month().unsigned_abs(), date.day().unsigned_abs())
}

fn write_new(path: &Path, bytes: &[u8], mode: u32) -> Result<(), TlsError> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let open = std::fs::OpenOptions::new().write(true).create_new(true).mode(mode).open(path);
    let mut file = open.map_err(|cause| io(path, cause))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|cause| io(path, cause))
}

fn io(path: &Path, cause: std::io::Error) -> TlsError {
    TlsError::Io { path: path.to_owned(), cause }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_stays_on_this_machine() {
        let here = "127.0.0.1:8600".parse().expect("address");
        let everywhere = "0.0.0.0:8600".parse().expect("address");
        assert!(TlsMode::Loopback.check(here).is_ok());
        assert!(matches!(TlsMode::Loopback.check(everywhere), Err(TlsError::NeedsTls(_))));
        assert!(TlsMode::BehindProxy.check(everywhere).is_ok());
    }

    #[test]
    fn a_site_makes_its_own_certificate_once() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().expect("folder");
        let files = CertificateFiles::in_site(dir.path());
        let now = "2026-11-22T05:30:00Z".parse().expect("time");
        files.make("bria", &["vigie.bria.example".to_owned(), "10.0.0.4".to_owned()], now).expect("made");
        assert_eq!(files.fingerprint().expect("read").len(), 32 * 3 - 1);
        files.config().expect("usable");
        let mode = std::fs::metadata(&files.key).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert!(matches!(files.make("bria", &[], now), Err(TlsError::Io { .. })), "never replaced silently");
    }
}
