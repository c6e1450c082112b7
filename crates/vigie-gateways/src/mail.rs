//! E-mail out, through one mail server that the register names.
//!
//! One message is one connection and one recipient, so that nobody reads who else was written to. The subject is neutral
//! and the body is the cleared text, both encoded so that nothing in them is read as a header or as markup. The same
//! message to the same person has the same `Message-ID` at every attempt. Without TLS nothing is sent, unless the
//! administrator allows it for this server. What is refused for good is told from what may work later, and from what
//! nobody knows: a server that took the whole message and then fell silent. Neither address nor text is ever logged.
//! Source: RFC 5321, RFC 5322, RFC 3207, RFC 3834 (`Auto-Submitted`), RFC 4021 (`Expires`).

use crate::guard::{self, Allowed, Lookup, SystemLookup, Unresolved};
use crate::outcome::NotSent;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail as From, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use lettre::transport::smtp::{Error, SMTP_PORT, SUBMISSIONS_PORT};
use lettre::{Address, message};
use std::error::Error as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use url::Url;
use vigie_model::{At, Fault, SourceEntry, Timestamp};

/// The whole of one attempt ends within this; shorter than the time after which an attempt without an end is unknown.
const WHOLE: Duration = Duration::from_secs(100);
/// Connecting ends within this.
const CONNECT: Duration = Duration::from_secs(20);
/// Bytes handed over at once: a cut is noticed between two such pieces.
const PIECE_BYTES: usize = 4_096;

/// How the site signs on to its mail server; kept beside the register entry that names the server.
#[derive(Clone, Default)]
pub struct Sender {
    /// Address that messages come from.
    pub from: String,
    /// Name shown with it.
    pub name: Option<String>,
    /// Account on the server, with its password.
    pub account: Option<(String, String)>,
    /// Certificates (PEM) of an authority that is believed besides those of this machine: the mission's own.
    pub authority: Option<Vec<u8>>,
    /// Whether a server without TLS may be used.
    pub clear: bool,
}

/// One message to one person.
#[derive(Debug, Clone, Copy)]
pub struct Mail<'m> {
    /// Made by us, the same at every attempt; the first half of the `Message-ID`.
    pub id: &'m str,
    /// The address.
    pub to: &'m str,
    /// One line that says nothing of the matter.
    pub subject: &'m str,
    /// The cleared text.
    pub text: &'m str,
    /// When it is handed over.
    pub at: Timestamp,
    /// Until when it is worth reading.
    pub expires_at: Timestamp,
}

/// Whether something is an address that a message can go to: one mailbox, one line, no name around it.
pub fn is_address(text: &str) -> bool {
    text.len() <= 254 && text.parse::<Address>().is_ok() && !text.chars().any(|c| c.is_control() || c == ' ')
}

/// The message as it goes over the line, with its envelope; `None` where address, sender or subject cannot stand in one.
pub fn written(sender: &Sender, mail: &Mail<'_>) -> Option<Message> {
    if !is_address(mail.to) || !is_line(mail.subject) || !sender.name.as_deref().is_none_or(is_line) {
        return None;
    }
    let from: Address = sender.from.parse().ok()?;
    let id = format!("<{}@{}>", mail.id, from.domain());
    let expires = jiff::fmt::rfc2822::to_string(&mail.expires_at.to_zoned(jiff::tz::TimeZone::UTC)).ok()?;
    let header = |name, value: String| HeaderValue::new(HeaderName::new_from_ascii_str(name), value);
    let made = Message::builder()
        .from(Mailbox::new(sender.name.clone(), from))
        .to(Mailbox::new(None, mail.to.parse().ok()?))
        .subject(mail.subject)
        .message_id(Some(id))
        .date(mail.at.into())
        .header(ContentType::TEXT_PLAIN)
        .header(ContentTransferEncoding::Base64);
    let mut made = made
        .body(
            message::Body::new_with_encoding(
                mail.text.replace("\r\n", "\n").replace('\n', "\r\n"),
                ContentTransferEncoding::Base64,
            )
            .ok()?,
        )
        .ok()?;
    let headers = made.headers_mut();
    headers.insert_raw(header("Expires", expires));
    headers.insert_raw(header("Auto-Submitted", "auto-generated".to_owned()));
    Some(made)
}

/// Whether a text can stand in one line: a line break in a header begins another header.
fn is_line(text: &str) -> bool {
    !text.trim().is_empty() && !text.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
}

/// Hands messages to a mail server.
#[derive(Clone)]
pub struct Mailer {
    lookup: Arc<dyn Lookup>,
}

impl Default for Mailer {
    fn default() -> Self {
        Self::with_lookup(Arc::new(SystemLookup))
    }
}

impl Mailer {
    /// A mailer that asks `lookup` for addresses.
    pub fn with_lookup(lookup: Arc<dyn Lookup>) -> Self {
        Self { lookup }
    }

    /// Hands one message to the server of a register entry (`smtp://host:port` begins TLS after greeting, `smtps://` at once).
    pub async fn send(&self, server: &SourceEntry, sender: &Sender, mail: &Mail<'_>) -> Result<(), NotSent> {
        let Some(message) = written(sender, mail) else { return Err(never("mail-not-an-address")) };
        // From then on the server may have all of it.
        let handed = AtomicBool::new(false);
        match tokio::time::timeout(WHOLE, self.hand_over(server, sender, &message, &handed)).await {
            Ok(Err(NotSent::Later(_))) | Err(_) if handed.load(Ordering::Relaxed) => Err(NotSent::Unknown),
            Ok(done) => done,
            Err(_) => Err(later("mail-too-slow")),
        }
    }

    async fn hand_over(
        &self,
        server: &SourceEntry,
        sender: &Sender,
        message: &Message,
        handed: &AtomicBool,
    ) -> Result<(), NotSent> {
        let mut line = self.connected(server, sender).await?;
        let (envelope, bytes) = (message.envelope(), message.formatted());
        let unicode = envelope.from().into_iter().chain(envelope.to()).any(|one| !one.to_string().is_ascii());
        if unicode && !line.server_info().supports_feature(Extension::SmtpUtfEight) {
            line.abort().await;
            return Err(never("mail-not-possible"));
        }
        let options = if unicode { vec![MailParameter::SmtpUtfEight] } else { Vec::new() };
        // A server that does not take our own address, or no mail at all now, says nothing about the recipient.
        let from = line.command(From::new(envelope.from().cloned(), options)).await;
        if let Err(error) = from {
            line.abort().await;
            return Err(held_up(&error));
        }
        for to in envelope.to() {
            let taken = line.command(Rcpt::new(to.clone(), Vec::new())).await;
            if let Err(error) = taken {
                line.abort().await;
                return Err(judged(&error));
            }
        }
        if let Err(error) = line.command(Data).await {
            line.abort().await;
            return Err(judged(&error));
        }
        let mut pieces = bytes.chunks(PIECE_BYTES);
        // Asked for one piece more only when all others were written, just before the dot that ends the message.
        let pieces = std::iter::from_fn(|| {
            let piece = pieces.next();
            handed.fetch_or(piece.is_none(), Ordering::Relaxed);
            piece
        });
        let done = line.message_iter(pieces).await.map_err(|error| {
            // An answer is an answer: refused, now or for good.
            handed.fetch_and(error.status().is_none(), Ordering::Relaxed);
            judged(&error)
        });
        if done.is_ok() {
            // It has gone; how the line ends changes nothing.
            let _ = tokio::time::timeout(Duration::from_secs(2), line.quit()).await;
        }
        done.map(drop)
    }

    /// A line to the server, safe and signed on.
    async fn connected(&self, server: &SourceEntry, sender: &Sender) -> Result<AsyncSmtpConnection, NotSent> {
        let refused = |refusal: guard::Refusal| NotSent::Never(refusal.fault());
        let url = server.url.as_deref().and_then(|url| Url::parse(url).ok());
        let url = url.ok_or_else(|| never("source-no-address"))?;
        let at_once = match url.scheme() {
            "smtps" => true,
            "smtp" => false,
            other => return Err(refused(guard::Refusal::Scheme(other.to_owned()))),
        };
        let allowed = Allowed::read(&server.allow_private).map_err(NotSent::Never)?;
        let port = url.port().unwrap_or(if at_once { SUBMISSIONS_PORT } else { SMTP_PORT });
        let addresses =
            guard::addresses(&*self.lookup, &url, port, &allowed).await.map_err(|why| match why {
                Unresolved::Refused(refusal) => refused(refusal),
                Unresolved::Unknown => later("mail-no-connection"),
            })?;
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let me = ClientId::default();
        let tls = || secured(&host, sender.authority.as_deref());
        let first = if at_once { Some(tls()?) } else { None };
        let line = AsyncSmtpConnection::connect_tokio1(&addresses[..], Some(CONNECT), &me, first, None).await;
        let mut line = line.map_err(|error| held_up(&error))?;
        if !at_once && line.can_starttls() {
            line.starttls(tls()?, &me).await.map_err(|error| unsafe_line(&error))?;
        }
        if !line.is_encrypted() && (!sender.clear || sender.account.is_some()) {
            line.abort().await;
            return Err(later("mail-no-tls"));
        }
        if let Some((user, password)) = &sender.account {
            let account = Credentials::new(user.clone(), password.clone());
            let taken = line.auth(&[Mechanism::Plain, Mechanism::Login], &account).await;
            if taken.is_err() {
                line.abort().await;
                return Err(later("mail-sign-in"));
            }
        }
        Ok(line)
    }
}

/// What a certificate is held against.
fn secured(host: &str, authority: Option<&[u8]>) -> Result<TlsParameters, NotSent> {
    let mut tls = TlsParameters::builder(host.to_owned());
    if let Some(pem) = authority {
        tls = tls.add_root_certificate(Certificate::from_pem(pem).map_err(|_| later("mail-authority"))?);
    }
    tls.build().map_err(|_| later("mail-authority"))
}

fn later(code: &str) -> NotSent {
    NotSent::Later(Fault::new(At::Whole, code))
}

fn never(code: &str) -> NotSent {
    NotSent::Never(Fault::new(At::Whole, code))
}

/// What the server said about this message or its recipient.
fn judged(error: &Error) -> NotSent {
    if error.is_permanent() { never("mail-refused") } else { held_up(error) }
}

/// What lies at the server or the line: another time it may go.
fn held_up(error: &Error) -> NotSent {
    if error.is_tls() || certificate(error) {
        return unsafe_line(error);
    }
    match error.status() {
        Some(_) => later("mail-later"),
        None if error.is_client() => never("mail-not-possible"),
        None => later("mail-no-connection"),
    }
}

/// The line could not be made safe. Nothing of the message has been said.
fn unsafe_line(error: &Error) -> NotSent {
    later(if certificate(error) { "mail-certificate" } else { "mail-no-tls" })
}

/// Whether the certificate was not accepted.
fn certificate(error: &Error) -> bool {
    let mut cause = error.source();
    while let Some(one) = cause {
        let tls = one.downcast_ref::<rustls::Error>();
        let inner = one.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        let inner = inner.and_then(|inner| inner.downcast_ref::<rustls::Error>());
        if matches!(tls.or(inner), Some(rustls::Error::InvalidCertificate(_))) {
            return true;
        }
        cause = one.source();
    }
    false
}
