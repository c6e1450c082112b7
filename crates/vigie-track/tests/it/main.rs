//! What the tracker promises: causal, punctual or late the same, steady under hostile input.

mod causal;
mod hostile;
mod identity;
mod late;
mod learning;
mod sensors;
mod world;
