//! Text messages out, through a gateway that speaks HTTP.
//!
//! One message is one POST of `{"id", "to", "text"}` to the address of the gateway's register entry; 2xx is accepted,
//! and what the gateway answers as `id` is the name under which its receipts come. A gateway that cannot be reached or
//! answers 5xx or 429 is tried again by the sender; 4xx is final. Neither number nor text is ever logged.

use crate::fetch::{FetchError, Fetcher, Posted};
use crate::guard::Allowed;
use crate::outcome::NotSent;
use serde::Serialize;
use vigie_model::{At, Fault, Limits, SourceEntry};

/// One text message.
#[derive(Serialize)]
pub struct Sms<'s> {
    /// Made by us, the same at every attempt: a gateway that knows it sends nothing twice.
    pub id: String,
    /// The number.
    pub to: &'s str,
    /// The text.
    pub text: &'s str,
}

/// Hands a message to the gateway.
pub async fn send(
    fetcher: &Fetcher,
    gateway: &SourceEntry,
    secret: Option<&str>,
    sms: &Sms<'_>,
) -> Result<(), NotSent> {
    let Some(url) = gateway.url.as_deref() else {
        return Err(NotSent::Never(Fault::new(At::Whole, "source-no-address")));
    };
    let allowed = Allowed::read(&gateway.allow_private).map_err(NotSent::Never)?;
    judge(fetcher.post_json(url, &allowed, secret, sms, &Limits::FEED).await)
}

fn judge(posted: Result<Posted, FetchError>) -> Result<(), NotSent> {
    match posted {
        Ok(answer) if (200..300).contains(&answer.status) => Ok(()),
        Ok(answer) => {
            let fault = Fault::new(At::Whole, "fetch-status").with("status", answer.status);
            let later = answer.status >= 500 || answer.status == 429 || answer.status == 408;
            Err(if later { NotSent::Later(fault) } else { NotSent::Never(fault) })
        }
        Err(error @ FetchError::Refused(_)) => Err(NotSent::Never(error.fault())),
        Err(error) => Err(NotSent::Later(error.fault())),
    }
}
