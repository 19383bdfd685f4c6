//! Taking a roster.
