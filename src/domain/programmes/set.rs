//! A few programmes together, as tasks name them: a bit each, so that a task is copied without
//! asking for memory. Written down they are a list in their order.

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{SeqAccess, Visitor},
};

use super::{PROGRAMMES, ProgrammeKind};

/// Some programmes, each once.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct ProgrammeSet(u16);

const fn bit(kind: ProgrammeKind) -> u16 {
    1 << kind as u16
}

impl ProgrammeSet {
    /// Says whether the programme is among them.
    pub const fn contains(self, kind: &ProgrammeKind) -> bool {
        self.0 & bit(*kind) != 0
    }

    /// Adds a programme.
    pub const fn insert(&mut self, kind: ProgrammeKind) {
        self.0 |= bit(kind);
    }

    /// Takes a programme away.
    pub const fn remove(&mut self, kind: &ProgrammeKind) {
        self.0 &= !bit(*kind);
    }

    /// Counts them.
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Says whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns them in their order.
    pub fn iter(self) -> impl Iterator<Item = &'static ProgrammeKind> {
        (0..u16::BITS).filter_map(move |at| {
            let mut kinds = PROGRAMMES.iter().map(|programme| &programme.kind);
            let is_among = self.0 & (1 << at) != 0;
            is_among.then(|| kinds.find(|kind| **kind as u32 == at))?
        })
    }
}

impl FromIterator<ProgrammeKind> for ProgrammeSet {
    fn from_iter<I: IntoIterator<Item = ProgrammeKind>>(kinds: I) -> Self {
        let bits = kinds.into_iter().fold(0, |bits, kind| bits | bit(kind));
        Self(bits)
    }
}

impl<const N: usize> From<[ProgrammeKind; N]> for ProgrammeSet {
    fn from(kinds: [ProgrammeKind; N]) -> Self {
        kinds.into_iter().collect()
    }
}

impl Extend<ProgrammeKind> for ProgrammeSet {
    fn extend<I: IntoIterator<Item = ProgrammeKind>>(&mut self, kinds: I) {
        self.0 |= kinds.into_iter().collect::<Self>().0;
    }
}

impl fmt::Debug for ProgrammeSet {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.debug_set().entries(self.iter()).finish()
    }
}

impl Serialize for ProgrammeSet {
    fn serialize<S: Serializer>(&self, writer: S) -> Result<S::Ok, S::Error> {
        let kinds: Vec<&ProgrammeKind> = self.iter().collect();
        kinds.serialize(writer)
    }
}

impl<'de> Deserialize<'de> for ProgrammeSet {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_seq(Kinds)
    }
}

struct Kinds;

impl<'de> Visitor<'de> for Kinds {
    type Value = ProgrammeSet;

    fn expecting(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("programmes")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut kinds: A) -> Result<ProgrammeSet, A::Error> {
        let mut set = ProgrammeSet::default();
        while let Some(kind) = kinds.next_element()? {
            set.insert(kind);
        }
        Ok(set)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_programme_has_a_bit_of_its_own() {
        let set: ProgrammeSet = PROGRAMMES.iter().map(|one| one.kind).collect();
        assert_eq!(set.len(), PROGRAMMES.len());
        assert_eq!(set.iter().count(), PROGRAMMES.len());
    }

    #[test]
    fn a_set_is_what_a_tree_of_the_same_programmes_is() {
        for step in 1..=17 {
            let kinds = || PROGRAMMES.iter().rev().step_by(step).map(|one| one.kind);
            let mut set: ProgrammeSet = kinds().collect();
            let mut tree: BTreeSet<ProgrammeKind> = kinds().collect();
            for removed in [
                None,
                Some(ProgrammeKind::Outpatient),
                Some(ProgrammeKind::Tb),
            ] {
                if let Some(kind) = removed {
                    set.remove(&kind);
                    tree.remove(&kind);
                }
                assert!(set.iter().eq(tree.iter()));
                assert_eq!(set.len(), tree.len());
                assert_eq!(set.is_empty(), tree.is_empty());
                let mut all = PROGRAMMES.iter().map(|one| &one.kind);
                assert!(all.all(|kind| set.contains(kind) == tree.contains(kind)));
                assert_eq!(format!("{set:?}"), format!("{tree:?}"));
                let named = rmp_serde::to_vec_named(&set).unwrap();
                assert_eq!(named, rmp_serde::to_vec_named(&tree).unwrap());
                assert_eq!(rmp_serde::from_slice::<ProgrammeSet>(&named).unwrap(), set);
                let bytes = postcard::to_stdvec(&set).unwrap();
                assert_eq!(bytes, postcard::to_stdvec(&tree).unwrap());
                assert_eq!(postcard::from_bytes::<ProgrammeSet>(&bytes).unwrap(), set);
            }
        }
    }
}
