//! How far a long work is, and the wish to end it: shared by who works and who waits.

use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};

use super::{ImportProgress, ImportStage};

/// Set by the worker, read by the one who waits, who may ask it to stop.
#[derive(Debug, Default)]
pub struct Gauge {
    stop: AtomicBool,
    stage: AtomicU8,
    done: AtomicU64,
    of: AtomicU64,
}

impl Gauge {
    /// Asks the worker to end; nothing is kept then.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Takes in how far the work is; returns whether to go on.
    pub fn tell(&self, at: ImportProgress) -> bool {
        let stage = match at.stage {
            ImportStage::Comparing => 0,
            ImportStage::Waiting => 1,
            ImportStage::Writing => 2,
        };
        self.stage.store(stage, Ordering::Relaxed);
        self.done.store(at.done, Ordering::Relaxed);
        self.of.store(at.of, Ordering::Relaxed);
        !self.stop.load(Ordering::Relaxed)
    }

    /// Returns how far the work is.
    pub fn at(&self) -> ImportProgress {
        ImportProgress {
            stage: match self.stage.load(Ordering::Relaxed) {
                0 => ImportStage::Comparing,
                1 => ImportStage::Waiting,
                _ => ImportStage::Writing,
            },
            done: self.done.load(Ordering::Relaxed),
            of: self.of.load(Ordering::Relaxed),
        }
    }
}
