//! Over a real socket: plain on this machine, TLS for everybody else, and an end that ends.

use crate::ground::Ground;
use std::net::TcpListener;
use std::sync::Arc;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::time::{Duration, Instant, timeout};
use vigie_model::{Compartment, Role};
use vigie_server::{CertificateFiles, ServeError, Server, ServerOptions, TlsError, TlsMode};

async fn say(stream: &mut (impl tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin), head: &str) -> String {
    stream.write_all(head.as_bytes()).await.expect("sent");
    let mut answer = vec![0; 4096];
    let read =
        timeout(Duration::from_secs(5), stream.read(&mut answer)).await.expect("in time").expect("read");
    String::from_utf8_lossy(&answer[..read]).into_owned()
}

#[tokio::test]
async fn plain_http_is_refused_where_others_can_reach_it() {
    let ground = Ground::new(false);
    let server = Server::new(ground.store.clone(), ServerOptions::default());
    let everywhere = "0.0.0.0:0".parse().expect("an address");
    let refused = server.serve(everywhere, TlsMode::Loopback, std::future::pending()).await;
    assert!(matches!(refused, Err(ServeError::Tls(TlsError::NeedsTls(_)))));
}

#[tokio::test]
async fn a_stop_ends_live_streams_and_lets_answers_finish() {
    let mut ground = Ground::new(false);
    let (_, cookie) = ground.person("amina", Role::DutyOfficer, &[Compartment::Operations]);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a socket");
    let address = listener.local_addr().expect("bound");
    let (stop, stopped) = oneshot::channel::<()>();
    let server = Server::new(ground.store.clone(), ServerOptions::default());
    let served = tokio::spawn(server.serve_on(listener, TlsMode::Loopback, async {
        stopped.await.ok();
    }));
    let mut screen = TcpStream::connect(address).await.expect("connected");
    let head = format!("GET /api/v1/live HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\n\r\n");
    assert!(say(&mut screen, &head).await.starts_with("HTTP/1.1 200"));
    let asked = Instant::now();
    stop.send(()).expect("serving");
    timeout(Duration::from_secs(5), served).await.expect("it ends").expect("no panic").expect("in order");
    assert!(
        asked.elapsed() < Duration::from_secs(3),
        "without waiting for the stream: {:?}",
        asked.elapsed()
    );
}

#[tokio::test]
async fn tls_is_ours_to_the_fingerprint_and_cookies_are_secure() {
    let ground = Ground::new(true);
    let files = CertificateFiles::in_site(ground.store.dir());
    files.make("birao", &["127.0.0.1".to_owned()], ground.store.now()).expect("made");
    let mut owner = Ground::new(true);
    let id = owner.account("permanence", Role::DutyOfficer, &[Compartment::Operations]);
    let token = vigie_server::enter_token(&owner.store, id).expect("a demo store");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a socket");
    let address = listener.local_addr().expect("bound");
    let server = Server::new(owner.store.clone(), ServerOptions::default());
    tokio::spawn(server.serve_on(listener, TlsMode::Own(files.clone()), std::future::pending()));

    let pinned = Arc::new(Pinned { fingerprint: files.fingerprint().expect("read") });
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .dangerous()
        .with_custom_certificate_verifier(pinned)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    let tcp = TcpStream::connect(address).await.expect("connected");
    let name = "127.0.0.1".try_into().expect("a name");
    let mut stream =
        tokio_rustls::TlsConnector::from(Arc::new(config)).connect(name, tcp).await.expect("TLS");
    let answer = say(&mut stream, &format!("GET /enter/{token} HTTP/1.1\r\nHost: {address}\r\n\r\n")).await;
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    let cookie = answer.lines().find(|line| line.starts_with("set-cookie")).expect("a cookie").to_owned();
    assert!(cookie.contains("Secure") && cookie.contains("HttpOnly"), "{cookie}");

    let mut plain = TcpStream::connect(address).await.expect("connected");
    let refused = say(&mut plain, &format!("GET / HTTP/1.1\r\nHost: {address}\r\n\r\n")).await;
    assert!(!refused.starts_with("HTTP/1.1 200"), "no plain HTTP on the same socket: {refused}");
}

/// Takes the one certificate whose fingerprint it was told, as a person comparing it would.
#[derive(Debug)]
struct Pinned {
    fingerprint: String,
}

impl rustls::client::danger::ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        certificate: &rustls::pki_types::CertificateDer<'_>,
        _: &[rustls::pki_types::CertificateDer<'_>],
        _: &rustls::pki_types::ServerName<'_>,
        _: &[u8],
        _: rustls::pki_types::UnixTime,
    ) -> Result<rustls::client::danger::ServerCertVerified, rustls::Error> {
        use sha2::{Digest, Sha256};
        let bytes: Vec<String> = Sha256::digest(certificate).iter().map(|b| format!("{b:02X}")).collect();
        if bytes.join(":") == self.fingerprint {
            Ok(rustls::client::danger::ServerCertVerified::assertion())
        } else {
            Err(rustls::Error::General("another certificate".to_owned()))
        }
    }
    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &rustls::pki_types::CertificateDer<'_>,
        signature: &rustls::DigitallySignedStruct,
    ) -> Result<rustls::client::danger::HandshakeSignatureValid, rustls::Error> {
        let known = rustls::crypto::ring::default_provider().signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signature, &known)
    }
    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &rustls::pki_types::CertificateDer<'_>,
        signature: &rustls::DigitallySignedStruct,
    ) -> Result<rustls::client::danger::HandshakeSignatureValid, rustls::Error> {
        let known = rustls::crypto::ring::default_provider().signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signature, &known)
    }
    fn supported_verify_schemes(&self) -> Vec<rustls::SignatureScheme> {
        rustls::crypto::ring::default_provider().signature_verification_algorithms.supported_schemes()
    }
}
