//! The front desk as browsers and gateways meet it.

mod audit;
mod desk;
mod faults;
mod first_loop;
mod ground;
mod intake;
mod live;
mod measure;
mod neighbours;
mod pace;
mod rights;
mod sign_in;
mod vault;
mod wire;
