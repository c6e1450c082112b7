//! Holds the catalogues to one another, to the model's words and to the code that names their messages.

#![expect(clippy::disallowed_methods, reason = "tests read files; the crate does not")]

mod calls;
mod catalogues;
mod effect;
mod typography;
