//! Giving a narrative to a partner: to whom, what for, under which names, and how far it may be passed on.
//!
//! Accounts leave under pseudonyms unless a person says why not. What is restricted to protected compartments stays here,
//! whoever asks; what is restricted otherwise, or names accounts, is for the recipient's organisation alone.

use crate::Refusal;
use crate::refusal::WHOLE;
use crate::words;
use vigie_model::{ChecksWithdrawn, Compartment, Compartments, Fault, ShareAccounts, ShareForm, Tlp};

/// Characters of a recipient, and of a purpose.
pub const LINE_CHARS_MAX: usize = 200;
/// Characters of a reason.
pub const REASON_CHARS_MAX: usize = 1_000;

/// What a person wants to give, to whom and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// In which form.
    pub form: ShareForm,
    /// To whom.
    pub recipient: String,
    /// What for.
    pub purpose: String,
    /// Under which names.
    pub accounts: ShareAccounts,
    /// Why the names as published; empty under pseudonyms.
    pub reason: String,
}

impl Wish {
    /// The wish put in order, or why it is refused: no recipient, no purpose, or plain names without a reason.
    pub fn checked(self) -> Result<Self, Refusal> {
        let line = |text: &str, empty| words::text(text, LINE_CHARS_MAX, empty).and_then(one_line);
        let reason = match self.accounts {
            ShareAccounts::Plain => words::text(&self.reason, REASON_CHARS_MAX, "share-no-reason")?,
            ShareAccounts::Pseudonymous => String::new(),
        };
        let (recipient, purpose) =
            (line(&self.recipient, "share-no-recipient")?, line(&self.purpose, "share-no-purpose")?);
        Ok(Self { recipient, purpose, reason, ..self })
    }
}

/// It goes into names and markings of other systems.
fn one_line(text: String) -> Result<String, Refusal> {
    if text.chars().any(char::is_control) {
        return Err(Refusal::of(Fault::new(WHOLE, "share-one-line")));
    }
    Ok(text)
}

/// How far a narrative of these compartments may be passed on, or why it may not leave at all.
pub fn handling(compartments: Compartments, accounts: ShareAccounts) -> Result<Tlp, Refusal> {
    if compartments.any_protected() {
        return Err(Refusal::of(Fault::new(WHOLE, "share-restricted")));
    }
    let everybodys = compartments == Compartments::of(&[Compartment::Operations]);
    Ok(if everybodys && accounts == ShareAccounts::Pseudonymous { Tlp::Green } else { Tlp::Amber })
}

/// A list of published checks is suggested no more; that needs a reason.
pub fn withdraw(list: &str, reason: &str) -> Result<ChecksWithdrawn, Refusal> {
    let reason = words::text(reason, REASON_CHARS_MAX, "checks-no-reason")?;
    Ok(ChecksWithdrawn { list: list.to_owned(), reason })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish() -> Wish {
        Wish {
            form: ShareForm::Stix,
            recipient: " Cellule de Birao ".to_owned(),
            purpose: "répondre à la rumeur".to_owned(),
            accounts: ShareAccounts::Pseudonymous,
            reason: "reste ici".to_owned(),
        }
    }

    fn code(wish: Wish) -> Option<String> {
        wish.checked().err().map(|refusal| refusal.code().to_owned())
    }

    #[test]
    fn nothing_leaves_without_a_recipient_and_a_purpose() {
        let checked = wish().checked().expect("in order");
        assert_eq!((checked.recipient.as_str(), checked.reason.as_str()), ("Cellule de Birao", ""));
        assert_eq!(code(Wish { recipient: " ".to_owned(), ..wish() }).as_deref(), Some("share-no-recipient"));
        assert_eq!(code(Wish { purpose: String::new(), ..wish() }).as_deref(), Some("share-no-purpose"));
        assert_eq!(code(Wish { recipient: "a\nb".to_owned(), ..wish() }).as_deref(), Some("share-one-line"));
    }

    #[test]
    fn plain_names_need_a_reason() {
        let plain =
            |reason: &str| Wish { accounts: ShareAccounts::Plain, reason: reason.to_owned(), ..wish() };
        assert_eq!(code(plain(" ")).as_deref(), Some("share-no-reason"));
        assert_eq!(code(plain("la plateforme en a besoin")), None);
    }

    #[test]
    fn what_is_protected_stays_and_the_rest_goes_as_far_as_it_may() {
        let of = |list: &[Compartment]| Compartments::of(list);
        let goes = |list: &[Compartment], accounts| handling(of(list), accounts).ok();
        let (operations, communications) = (Compartment::Operations, Compartment::Communications);
        assert_eq!(goes(&[operations], ShareAccounts::Pseudonymous), Some(Tlp::Green));
        assert_eq!(goes(&[operations], ShareAccounts::Plain), Some(Tlp::Amber));
        assert_eq!(goes(&[operations, communications], ShareAccounts::Pseudonymous), Some(Tlp::Amber));
        for protected in Compartment::ALL.iter().filter(|one| one.is_protected()) {
            assert_eq!(goes(&[operations, *protected], ShareAccounts::Pseudonymous), None);
        }
    }

    #[test]
    fn withdrawing_needs_a_reason() {
        assert!(withdraw("unesco", " ").is_err_and(|refusal| refusal.code() == "checks-no-reason"));
        assert!(withdraw("unesco", "licence retirée").is_ok());
    }
}
