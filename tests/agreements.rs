//! Agreements by their worked examples (A1–A14), their bad cases (1–33) and random walks, each
//! decided by the pure domain in a village of two households; and asked of the desk.

mod asked;
mod bad;
mod desk;
mod found;
mod life;
mod mixed;
mod near;
mod panels;
mod promises;
mod random;
mod registers;
mod reported;
mod twice;
pub mod village;
mod window;
