//! Turns sensor plots into tracks that say how sure they are.
//!
//! A radar, a camera or a direction finder gives *plots*: some are objects, some are rain, and some objects give none. This crate
//! follows what moves behind them. Each [`TrackPoint`] has a name that says its birth, a position with its spread, the
//! chance that the object exists, its age since the last plot, and the ids of the plots it rests on.
//!
//! **The way of one scan** ([`Tracker::step`]): sensor model → prediction → grid gate → clusters → marginal association →
//! update of existence and mixture → newcomers → tracks that tell one object's pasts united → picture. The equations and
//! papers stand at the head of each module's file: `sensor`, `motion`, `gauss`, `associate`, `engine`, `rates`, `register`, `replay`, and
//! [`estimate`].
//!
//! What holds:
//! - **Causal.** What is shown at a scan rests on that scan and those before it. Late scans go through [`Replay`], which gives the
//!   picture that punctual ones would have given, or refuses them and says so.
//! - **Names never change hands in silence.** A name is fixed at birth. Where two sure tracks could have had each other's
//!   plot, both bear a [`Doubt`] that names the other, the time and the chance.
//! - **Nothing impossible reaches the filter.** Plots that are no place are refused one by one, a flood is said, bounded and
//!   founds no tracks; what moves too fast for the scene is marked.
//! - **Stale is said.** A track coasts, grows old and is lost; it is never frozen as if live.
//! - Pure: no clock, no chance, no input or output beyond the reader and writer given to [`scenario::run`].
//!
//! Deliberately absent: any hint of what to do about a track, and any search for a person's pattern of life.
//!
//! ```
//! use vigie_track::{Look, Motion, Plot, PlotId, Scan, Sensor, Settings, Tracker, V2};
//!
//! // One false plot in 10 km², nine of ten objects seen, 15 m of noise.
//! let sensor = Sensor::plane(15.0, 0.9, 1e-7);
//! let mut tracker = Tracker::new(Settings::default(), Motion::constant_velocity(0.5), vec![sensor], None);
//! for second in 0..5_u32 {
//!     let east_m = 100.0 + 12.0 * f64::from(second);
//!     let plots = [Plot::new(PlotId(u64::from(second)), Look::Plane(V2::new(east_m, 40.0)))];
//!     tracker.step(&Scan { sensor: 0, at_s: f64::from(second), plots: &plots })?;
//! }
//! let track = tracker.picture().next().expect("one object");
//! assert_eq!(track.label.to_string(), "0-0-0");
//! assert!(track.existence > 0.95 && (track.velocity.x - 12.0).abs() < 2.0);
//! # Ok::<(), vigie_track::ScanError>(())
//! ```

mod associate;
mod class;
mod engine;
pub mod estimate;
mod frame;
mod gauss;
mod grid;
mod mixture;
mod motion;
mod plane;
mod rates;
mod register;
mod replay;
mod scan;
pub mod scenario;
mod sensor;
mod settings;
mod sheet;
mod track;

pub use class::{CLASSES, Class, ClassHint};
pub use engine::Tracker;
pub use frame::{Frame, FrameError};
pub use motion::{Model, Motion};
pub use plane::{M2, V2};
pub use register::Registration;
pub use replay::Replay;
pub use scan::{Outcome, Plot, Scan, ScanError};
pub use sensor::{Coverage, FAR_M, Geometry, Look, LookError, Sensor};
pub use settings::Settings;
pub use track::{Doubt, Freshness, Label, PlotId, TrackPoint};
