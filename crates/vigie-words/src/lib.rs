//! Every sentence a person reads, in English and in French.
//!
//! The rest of the house passes message ids and arguments (`import-time-without-zone`, `row = 12`); the
//! sentence is made here, at the edge, in the reader's language, from the Fluent catalogues in `locales/`,
//! which screens, server, command line and reports share. A message that tells of a fault carries its code
//! to quote (`.code`) and what to do next (`.hint`) as attributes.
//!
//! Catalogues are compiled in: no file is read at run time. Tests hold the two languages to the same
//! messages with the same arguments.

mod arg;
mod catalogue;
mod lang;
mod problem;

pub use arg::{Arg, Args};
pub use catalogue::{CATALOGUES, Catalogue, known, language, text};
pub use lang::Lang;
pub use problem::{Problem, fault, fault_problem, problem, reason};
