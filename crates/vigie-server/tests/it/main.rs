//! The front desk as browsers and gateways meet it.

mod audit;
mod desk;
mod faults;
mod findings;
mod first_loop;
mod form;
mod ground;
mod intake;
mod keeping;
mod live;
mod loop_ends;
mod measure;
mod neighbours;
mod pace;
mod parting;
mod public;
mod rights;
mod share;
mod sign_in;
mod suggestions;
mod vault;
mod wire;
