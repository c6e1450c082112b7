//! Files and bodies in, rows and faults out.

mod feed;
mod fuzz;
mod intake;
mod table;
