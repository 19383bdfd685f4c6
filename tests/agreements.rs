//! Agreements by their worked examples (A1–A14), their bad cases (1–33) and random walks, each
//! decided by the pure domain in a village of two households; and asked of the desk.

mod asked;
mod bad;
mod desk;
mod life;
mod panels;
mod promises;
mod random;
mod twice;
pub mod village;
mod window;
