//! Files and bodies in, rows and faults out.

mod asterix;
mod cot;
mod data;
mod exchange;
mod feed;
mod fuzz;
mod gazetteer;
mod intake;
mod klv;
mod made;
mod mavlink;
mod sapient;
mod sensors;
mod table;
