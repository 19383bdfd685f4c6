//! Programs killed at moments a seed names, each while it was still running.

use std::{
    io::Read,
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

/// How many programs a test kills.
pub const KILLS: usize = 20;

/// Moments spread over how long a program runs when nobody kills it.
pub struct Moments {
    seed: fastrand::Rng,
    usual: Duration,
    pub struck: usize,
    tries: usize,
}

impl Moments {
    pub fn new(seed: u64) -> Self {
        Self {
            seed: fastrand::Rng::with_seed(seed),
            usual: Duration::from_millis(200),
            struck: 0,
            tries: 0,
        }
    }

    /// Whether more are to be killed; a program that is always too quick ends the test.
    pub fn go_on(&mut self) -> bool {
        self.tries += 1;
        assert!(self.tries < 20 * KILLS, "only {} were struck", self.struck);
        self.struck < KILLS
    }

    /// Runs a program to its end, and learns how long that takes.
    pub fn whole(&mut self, mut command: Command) -> Output {
        let begun = Instant::now();
        let output = command.output().unwrap();
        self.usual = begun.elapsed();
        output
    }

    /// Starts a program and kills it; returns what it had said, and whether it was still
    /// running.
    pub fn strike(&mut self, mut command: Command) -> (String, bool) {
        let wait = self.usual.mul_f64(self.seed.f64() * 1.05);
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(wait);
        child.kill().unwrap();
        let said = said(&mut child);
        let was_running = child.wait().unwrap().code().is_none();
        self.struck += usize::from(was_running);
        (said, was_running)
    }
}

fn said(child: &mut Child) -> String {
    let mut said = String::new();
    let mut out = child.stdout.take().unwrap();
    out.read_to_string(&mut said).unwrap();
    said
}
