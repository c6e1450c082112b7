//! Files and bodies in, rows and faults out.

mod asterix;
mod feed;
mod fuzz;
mod gazetteer;
mod intake;
mod table;
