//! Journals written here and then changed in every way that comes to mind: the first bad entry is named.

mod command;
mod many;
mod mutation;
mod site;
