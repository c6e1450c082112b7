//! Files and bodies in, rows and faults out.

mod data;
mod feed;
mod fuzz;
mod intake;
mod sapient;
mod table;
