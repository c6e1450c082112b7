//! The front desk as browsers and gateways meet it.

mod desk;
mod faults;
mod first_loop;
mod form;
mod ground;
mod intake;
mod live;
mod loop_ends;
mod measure;
mod neighbours;
mod pace;
mod public;
mod rights;
mod sign_in;
mod vault;
mod wire;
