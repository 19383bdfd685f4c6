//! Taking a roster: many entries under one request, all or nothing.

use super::Facts;
use crate::{
    desk::{Stop, reply::Done},
    domain::{programmes::ProgrammeKind, roster::Roster},
    store::{Header, Writing},
};

/// Takes a roster.
pub fn take(
    writing: &mut Writing<'_>,
    _header: &Header,
    _facts: &Facts,
    _roster: &Roster,
    _enrol: &[(u32, ProgrammeKind)],
    _lineage: &str,
) -> Result<Done, Stop> {
    Ok(Done::nothing(writing.head()?))
}
