//! Whether anybody has written, told for next to nothing: from the header every commit writes
//! anew, without a transaction.

use std::{fs::File, io::Read as _, path::PathBuf};

use super::Store;

/// Bytes at the beginning of the database that no commit leaves as they were, sealed or plain.
const HEADER: usize = 320;

/// What the database began with when it was last looked at.
#[derive(Debug)]
pub struct Pulse {
    /// A database in memory has no file.
    path: Option<PathBuf>,
    seen: Option<[u8; HEADER]>,
}

impl Store {
    /// Begins to listen for whoever writes.
    pub fn pulse(&self) -> Pulse {
        Pulse {
            path: self.database.path().map(ToOwned::to_owned),
            seen: None,
        }
    }
}

impl Pulse {
    /// Says whether nobody has written since it was asked last. Where that cannot be told, or
    /// nothing was asked before, somebody may have. The file is opened by its name each time:
    /// another that took its place is another.
    pub fn is_still(&mut self) -> bool {
        let seen = self.header();
        let is_still = seen.is_some() && seen == self.seen;
        self.seen = seen;
        is_still
    }

    fn header(&self) -> Option<[u8; HEADER]> {
        let mut header = [0; HEADER];
        let mut file = File::open(self.path.as_ref()?).ok()?;
        file.read_exact(&mut header).ok()?;
        Some(header)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            day::Day,
            event::{Event, clinic::SignInsTold},
            id::StaffId,
        },
        store::{Header, seal::DataKey},
    };
    use zeroize::Zeroizing;

    fn write(store: &Store, request: &str) {
        let header = Header {
            at: 1_795_226_400_000,
            day: Day::from_ymd_opt(2026, 11, 21).unwrap(),
            user: StaffId::PROGRAM,
            window: "w".to_owned(),
            request: request.to_owned(),
            cause: "test".to_owned(),
        };
        let told = SignInsTold { attempts: vec![] };
        let events = vec![Event::SignInsTold(told)];
        let written = store.write(|writing| writing.append(&header, events));
        written.unwrap();
    }

    #[test]
    fn every_commit_is_felt_and_nothing_else() {
        for key in [None, Some(DataKey::of(Zeroizing::new([7; 32])))] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("clinic.redb");
            let ours = Store::open(&path, key.as_ref()).unwrap();
            let theirs = Store::open(&path, key.as_ref()).unwrap();
            let mut pulse = ours.pulse();
            assert!(!pulse.is_still());
            for round in 0..40 {
                assert!(pulse.is_still());
                theirs.snapshot().unwrap();
                ours.snapshot().unwrap();
                assert!(pulse.is_still());
                let writer = if round % 3 == 0 { &ours } else { &theirs };
                write(writer, &format!("r{round}"));
                assert!(!pulse.is_still());
            }
        }
    }

    #[test]
    fn a_file_that_is_gone_is_no_silence() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("clinic.redb");
        let mut pulse = Store::open(&path, None).unwrap().pulse();
        assert!(!pulse.is_still());
        assert!(pulse.is_still());
        std::fs::remove_file(&path).unwrap();
        assert!(!pulse.is_still());
        assert!(!pulse.is_still());
        assert!(!Store::in_memory(1).unwrap().pulse().is_still());
    }
}
